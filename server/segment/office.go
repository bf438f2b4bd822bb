package segment

import (
	"maps"
	"slices"

	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// budgetMark changes whenever plan figures or expenses do.
const budgetMark = `SELECT coalesce(max(value), 0) FROM meta WHERE name = 'budget'`

// officeFiles are the plan figures and expenses, each store's in files of its own.
func officeFiles(q warehouse.Querier) ([]segment.File, error) {
	plans, expenses := map[string][]segment.Plan{}, map[string][]segment.Expense{}
	err := q.Query(`SELECT store, month, measure, employee, value
		FROM ref_plan
		ORDER BY store, month, measure, employee`, func(r sqlite.Row) error {
		p := segment.Plan{Store: r.Text(0), Month: r.Text(1), Measure: r.Text(2), Employee: r.Text(3), Value: r.Int64(4)}
		plans[p.Store] = append(plans[p.Store], p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = q.Query(`SELECT store, month, kind, amount, text FROM ref_expense ORDER BY n`, func(r sqlite.Row) error {
		e := segment.Expense{Store: r.Text(0), Month: r.Text(1), Kind: r.Text(2), Amount: money.Amount(r.Int64(3)), Text: r.Text(4)}
		expenses[e.Store] = append(expenses[e.Store], e)
		return nil
	})
	var files []segment.File
	for _, store := range slices.SortedFunc(maps.Keys(plans), cube.Natural) {
		files = append(files, segment.PlanFile(store, plans[store]))
	}
	for _, store := range slices.SortedFunc(maps.Keys(expenses), cube.Natural) {
		files = append(files, segment.ExpenseFile(store, expenses[store]))
	}
	return files, err
}

// segmentMark changes whenever somebody enters or leaves a segment of customers
// and when one is saved.
const segmentMark = `SELECT coalesce(max(value), 0) FROM meta WHERE name = 'segments'`

// segmentFiles are the segments of customers that are in use and who is in them.
func segmentFiles(q warehouse.Querier) ([]segment.File, error) {
	var rows segment.Rows[segment.Segment]
	keys := map[string]int32{}
	err := q.Query(`SELECT id, name_ru, name_en FROM ref_segment WHERE retired = 0 ORDER BY id`, func(r sqlite.Row) error {
		key := int32(len(rows.Keys))
		keys[r.Text(0)] = key
		rows.Keys = append(rows.Keys, key)
		rows.Rows = append(rows.Rows, segment.Segment{ID: r.Text(0), Name: catalogue.Text{RU: r.Text(1), EN: r.Text(2)}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	members := make([][]int32, len(rows.Keys))
	err = q.Query(`SELECT segment, customer FROM segment_member WHERE left = 0 ORDER BY segment, customer`, func(r sqlite.Row) error {
		if key, used := keys[r.Text(0)]; used {
			members[key] = append(members[key], int32(r.Int64(1)))
		}
		return nil
	})
	files := []segment.File{segment.SegmentFile(rows)}
	for key, list := range members {
		if len(list) > 0 {
			files = append(files, segment.MemberFile(int32(key), list))
		}
	}
	return files, err
}
