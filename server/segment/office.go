package segment

import (
	"maps"
	"slices"

	"tillsight/server/warehouse"
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
