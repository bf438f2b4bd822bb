package segment

import (
	"maps"
	"slices"

	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// chunk is how many products or customers a file holds: a new one makes only
// the last file anew.
const chunk = 1 << 14

// group is a set of dimension tables that are made anew together.
type group struct {
	name  string
	named bool   // also when a name in the reference data changes
	mark  string // SQL of what changes when rows are added
	files func(q warehouse.Querier) ([]segment.File, error)
}

var groups = []group{
	{"assortment", true, `SELECT count(*) FROM product`, assortmentFiles},
	{"customer", false, profileMark, customerFiles},
	{"person", false, profileMark, personFiles},
	{"rule", false, `SELECT count(*) || ' ' || coalesce(sum(marked), 0) || ' ' ||
		(SELECT coalesce(group_concat(name_ru || name_en), '') FROM (SELECT name_ru, name_en FROM rule ORDER BY key))
		FROM rule`, ruleFiles},
	{"place", true, `SELECT (SELECT count(*) FROM till) || ' ' || (SELECT count(*) FROM employee_store) || ' ' ||
		(SELECT count(DISTINCT store) FROM sales_day)`, placeFiles},
	{"office", false, budgetMark, officeFiles},
	{"segment", false, segmentMark, segmentFiles},
}

// current returns what changes whenever the group's tables do.
func (g group) current(q warehouse.Querier) (mark string, err error) {
	if g.named {
		if mark, err = warehouse.Names(q); err != nil {
			return "", err
		}
	}
	err = q.Query(g.mark, func(r sqlite.Row) error {
		mark += " " + r.Text(0)
		return nil
	})
	return mark, err
}

func assortmentFiles(q warehouse.Querier) ([]segment.File, error) {
	categories, err := categoryRows(q)
	if err != nil {
		return nil, err
	}
	products, err := productRows(q, categories)
	if err != nil {
		return nil, err
	}
	files := []segment.File{segment.CategoryFile(categories)}
	for _, rows := range chunks(products) {
		files = append(files, segment.ProductFile(rows))
	}
	return files, nil
}

func chunks[T any](all segment.Rows[T]) (list []segment.Rows[T]) {
	for from := 0; from < len(all.Keys); from += chunk {
		to := min(from+chunk, len(all.Keys))
		list = append(list, segment.Rows[T]{Keys: all.Keys[from:to], Rows: all.Rows[from:to]})
	}
	return list
}

// categoryRows are the categories of the reference data and those that only
// products name, keyed in the order of their IDs.
func categoryRows(q warehouse.Querier) (rows segment.Rows[segment.Category], err error) {
	keys := map[string]int32{}
	var parents []string
	err = q.Query(`SELECT id, parent, name_ru, name_en FROM ref_category
		UNION ALL
		SELECT DISTINCT category, '', '', '' FROM product
		WHERE category <> '' AND category NOT IN (SELECT id FROM ref_category)
		ORDER BY id`, func(r sqlite.Row) error {
		key := int32(len(rows.Keys))
		keys[r.Text(0)] = key
		rows.Keys = append(rows.Keys, key)
		rows.Rows = append(rows.Rows, segment.Category{ID: r.Text(0), Name: catalogue.Text{RU: r.Text(2), EN: r.Text(3)}, Parent: -1})
		parents = append(parents, r.Text(1))
		return nil
	})
	for i, parent := range parents {
		if key, ok := keys[parent]; ok {
			rows.Rows[i].Parent = key
		}
	}
	return rows, err
}

// productRows are the products ever sold; the reference data names them, or
// else their latest receipt.
func productRows(q warehouse.Querier, categories segment.Rows[segment.Category]) (rows segment.Rows[segment.Product], err error) {
	keys := map[string]int32{}
	for i, c := range categories.Rows {
		keys[c.ID] = categories.Keys[i]
	}
	err = q.Query(`SELECT p.key, p.sku, coalesce(r.name_ru, p.name_ru), coalesce(r.name_en, p.name_en),
			coalesce(r.category, p.category)
		FROM product p
		LEFT JOIN ref_product r ON r.sku = p.sku
		ORDER BY p.key`, func(r sqlite.Row) error {
		category, ok := keys[r.Text(4)]
		if !ok {
			category = -1
		}
		rows.Keys = append(rows.Keys, int32(r.Int64(0)))
		rows.Rows = append(rows.Rows, segment.Product{
			SKU: r.Text(1), Name: catalogue.Text{RU: r.Text(2), EN: r.Text(3)}, Category: category,
		})
		return nil
	})
	return rows, err
}

// ruleFiles are what takes something off prices.
func ruleFiles(q warehouse.Querier) ([]segment.File, error) {
	var rows segment.Rows[segment.Rule]
	err := q.Query(`SELECT key, id, name_ru, name_en, marked FROM rule ORDER BY key`, func(r sqlite.Row) error {
		rows.Keys = append(rows.Keys, int32(r.Int64(0)))
		rows.Rows = append(rows.Rows, segment.Rule{ID: r.Text(1), Name: catalogue.Text{RU: r.Text(2), EN: r.Text(3)}, Marked: r.Bool(4)})
		return nil
	})
	return []segment.File{segment.RuleFile(rows)}, err
}

// placeFiles are, for each store with sales, the store, its tills and its cashiers.
func placeFiles(q warehouse.Querier) ([]segment.File, error) {
	stores := map[string]segment.Store{}
	err := q.Query(`SELECT s.store, coalesce(r.name_ru, ''), coalesce(r.name_en, ''), coalesce(r.region, ''),
			coalesce(r.lat, 0), coalesce(r.lon, 0)
		FROM (SELECT DISTINCT store FROM sales_day) s
		LEFT JOIN ref_store r ON r.id = s.store`, func(r sqlite.Row) error {
		stores[r.Text(0)] = segment.Store{ID: r.Text(0), Name: catalogue.Text{RU: r.Text(1), EN: r.Text(2)}, Region: r.Text(3),
			Lat: int32(r.Int64(4)), Lon: int32(r.Int64(5))}
		return nil
	})
	if err != nil {
		return nil, err
	}
	tills := map[string]segment.Rows[segment.Till]{}
	err = q.Query(`SELECT key, store, n FROM till ORDER BY key`, func(r sqlite.Row) error {
		rows := tills[r.Text(1)]
		rows.Keys = append(rows.Keys, int32(r.Int64(0)))
		rows.Rows = append(rows.Rows, segment.Till{ID: r.Text(1) + "-" + r.Text(2), Store: r.Text(1), N: int32(r.Int(2))})
		tills[r.Text(1)] = rows
		return nil
	})
	if err != nil {
		return nil, err
	}
	cashiers := map[string]segment.Rows[segment.Cashier]{}
	err = q.Query(`SELECT w.store, e.key, e.id, coalesce(r.name, '')
		FROM employee_store w
		JOIN employee e ON e.key = w.employee
		LEFT JOIN ref_employee r ON r.id = e.id
		ORDER BY w.store, e.key`, func(r sqlite.Row) error {
		rows := cashiers[r.Text(0)]
		rows.Keys = append(rows.Keys, int32(r.Int64(1)))
		rows.Rows = append(rows.Rows, segment.Cashier{ID: r.Text(2), Name: r.Text(3), Store: r.Text(0)})
		cashiers[r.Text(0)] = rows
		return nil
	})
	var files []segment.File
	for key, id := range slices.SortedFunc(maps.Keys(stores), cube.Natural) {
		store := segment.StoreFile(segment.Rows[segment.Store]{Keys: []int32{int32(key)}, Rows: []segment.Store{stores[id]}})
		till := segment.TillFile(tills[id])
		store.Store, till.Store = id, id
		files = append(files, store, till, segment.CashierFile(id, cashiers[id]))
	}
	return files, err
}
