// Package cubesql answers the queries of package cube with SQL over the
// warehouse's star: the second executor beside the typed columns. The two must
// give equal results for every query, which a test asks a thousand times.
//
// The text keeps to what SQLite and ClickHouse both understand and count alike:
// whole numbers only, no division, no functions of dates (periods come from the
// calendar), every result column named.
package cubesql

import (
	"fmt"

	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// Run answers query over one state of the warehouse (warehouse.View).
func Run(q warehouse.Querier, query cube.Query) (*cube.Result, error) {
	r, err := cube.RunOn(&star{q: q}, query)
	if err != nil {
		return nil, fmt.Errorf("answer with SQL: %w", err)
	}
	return r, nil
}

// star is the warehouse's tables.
type star struct {
	q    warehouse.Querier
	year int // of the latest sale
}

// Span implements cube.Collector.
func (s *star) Span() (from, to cube.EpochDay, ok bool, err error) {
	err = s.q.Query(`SELECT count(*) AS days, coalesce(min(day), 0) AS first, coalesce(max(day), 0) AS last FROM sales_day`,
		func(r sqlite.Row) error {
			ok, from, to = r.Int64(0) > 0, cube.EpochDay(r.Int64(1)), cube.EpochDay(r.Int64(2))
			s.year = to.Year()
			return nil
		})
	return from, to, ok, err
}

// Collect implements cube.Collector.
func (s *star) Collect(a cube.Ask) (rows []cube.Collected, total [cube.Bases]int64, err error) {
	if rows, err = s.collect(a); err != nil {
		return nil, total, err
	}
	if len(a.By) == 0 {
		for _, row := range rows {
			total = row.Bases
		}
		return rows, total, nil
	}
	whole := a
	whole.By = nil
	sum, err := s.collectExcept(whole, a.By)
	for _, row := range sum {
		total = row.Bases
	}
	return rows, total, err
}

func (s *star) collect(a cube.Ask) ([]cube.Collected, error) { return s.collectExcept(a, a.By) }

// collectExcept asks with the keys that a.Except leaves out being of dimensions keyed.
func (s *star) collectExcept(a cube.Ask, keyed []cube.DimID) ([]cube.Collected, error) {
	text, args := statementOf(a, keyed, s.year)
	at := map[string]int{}
	var rows []cube.Collected
	err := s.q.Query(text, func(r sqlite.Row) error {
		keys, id := make([]string, len(a.By)), ""
		for i, dim := range a.By {
			keys[i] = keyOf(dim, r.Text(i))
			id += keys[i] + "\x00"
		}
		n, ok := at[id]
		if !ok {
			n = len(rows)
			at[id] = n
			rows = append(rows, cube.Collected{Keys: keys})
		}
		put(&rows[n].Bases, r, len(a.By))
		return nil
	}, args...)
	return rows, err
}

// put reads the figures behind the keys: those of sales or of returns.
func put(bases *[cube.Bases]int64, r sqlite.Row, from int) {
	kind := cube.Base(r.Int(from)) * (cube.ReturnNet - cube.SaleNet)
	for b := cube.SaleNet; b < cube.ReturnNet; b++ {
		bases[b+kind] += r.Int64(from + 1 + int(b))
	}
	if r.Int(from) == segment.KindSale {
		bases[cube.Buyers] += r.Int64(from + 1 + int(cube.ReturnNet))
	}
}

// names are the statements that give the names of keys, as the segments' files have them.
var names = map[cube.DimID]string{
	cube.Store:     `SELECT id, name_ru, name_en FROM ref_store`,
	cube.HomeStore: `SELECT id, name_ru, name_en FROM ref_store`,
	cube.Cashier:   `SELECT id, name, '' AS name_en FROM ref_employee`,
	cube.Product: `SELECT p.sku, coalesce(f.name_ru, p.name_ru) AS ru, coalesce(f.name_en, p.name_en) AS en
		FROM product p
		LEFT JOIN ref_product f ON f.sku = p.sku`,
	cube.Department: `SELECT id, name_ru, name_en FROM ref_category`,
	cube.Group:      `SELECT id, name_ru, name_en FROM ref_category`,
	cube.Category:   `SELECT id, name_ru, name_en FROM ref_category`,
}

// Names implements cube.Collector.
func (s *star) Names(id cube.DimID) (map[string]catalogue.Text, error) {
	table := map[string]catalogue.Text{}
	err := s.q.Query(names[id], func(r sqlite.Row) error {
		table[r.Text(0)] = catalogue.Text{RU: r.Text(1), EN: r.Text(2)}
		return nil
	})
	return table, err
}
