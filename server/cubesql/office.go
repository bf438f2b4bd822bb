package cubesql

import (
	"tillsight/shared/cube"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// Office implements cube.Collector.
func (s star) Office() (o cube.Office, err error) {
	o = cube.Office{Regions: map[string]string{}, Employees: map[string]bool{}}
	err = s.q.Query(`SELECT store, month, measure, employee, value FROM ref_plan ORDER BY store, month, measure, employee`,
		func(r sqlite.Row) error {
			o.Plans = append(o.Plans, segment.Plan{
				Store: r.Text(0), Month: r.Text(1), Measure: r.Text(2), Employee: r.Text(3), Value: r.Int64(4),
			})
			return nil
		})
	if err != nil {
		return o, err
	}
	err = s.q.Query(`SELECT d.store, coalesce(s.region, '') AS region
		FROM (SELECT DISTINCT store FROM sales_day) d
		LEFT JOIN ref_store s ON s.id = d.store`, func(r sqlite.Row) error {
		o.Regions[r.Text(0)] = r.Text(1)
		return nil
	})
	if err != nil {
		return o, err
	}
	return o, s.q.Query(`SELECT id FROM employee`, func(r sqlite.Row) error {
		o.Employees[r.Text(0)] = true
		return nil
	})
}
