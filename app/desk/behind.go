package desk

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// behindStep is what is behind a point of the course.
func (d *desk) behindStep(by cube.DimID, key string) behind {
	b := behind{measure: cards[d.measure].id, cell: []cube.Filter{{Dim: by, In: []string{key}}}}
	if by == cube.Day {
		b.only = func() { d.setFilter(func(f *filter) { f.Period, f.From, f.To = ownDates, key, key }) }
	}
	return b
}

// behindHour is what is behind a cell of the heat map.
func (d *desk) behindHour(heat chart.Heat, point int) behind {
	i, j := point/len(heat.Columns), point%len(heat.Columns)
	hour := heat.Columns[j]
	if d.narrow {
		i, hour = j, heat.Rows[point/len(heat.Columns)]
	}
	return behind{measure: cube.Revenue, cell: []cube.Filter{
		{Dim: cube.Weekday, In: []string{fmt.Sprint(i + 1)}}, {Dim: cube.Hour, In: []string{hour}},
	}}
}

// behindBar is what is behind a bar of a ranking; narrow filters all reports by it.
func behindBar(r *cube.Result, i int, narrow func(string)) behind {
	key := r.Rows[i].Keys[0]
	b := behind{measure: r.Measures[0], cell: []cube.Filter{{Dim: r.By[0], In: []string{key}}}}
	if narrow != nil {
		b.only = func() { narrow(key) }
	}
	return b
}

// saveBoard saves the table of a widget with all its rows, those too that the
// widget sums up as others.
func (d *desk) saveBoard(name string) {
	q, ok := d.filter.queries(d.now())[name]
	if !ok {
		return
	}
	q.Limit, q.Rest = 0, false
	query(context.Background(), d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
		if e != nil {
			d.board.fault = e
			return
		}
		d.save(d.resultTable(name, &r))
	})
}

// resultTable is an answer as a table: keys, names, each measure and what it was
// in the compared period.
func (d *desk) resultTable(name string, r *cube.Result) tableFile {
	l := d.lang
	s := tableFile{name: name + "-" + r.From + "-" + r.To}
	for i, by := range r.By {
		s.head = append(s.head, string(by))
		if r.Names[i] != nil {
			s.head = append(s.head, l.T(i18n.PricesName))
		}
	}
	for _, id := range r.Measures {
		s.head = append(s.head, string(id))
		if r.Before != nil {
			s.head = append(s.head, string(id)+", "+l.T(i18n.ExportThen))
		}
	}
	line := func(row cube.Row) []string {
		var cells []string
		for i := range r.By {
			key := ""
			if i < len(row.Keys) {
				key = row.Keys[i]
			}
			cells = append(cells, key)
			if r.Names[i] != nil {
				cells = append(cells, r.Names[i][key].In(string(l)))
			}
		}
		for i, id := range r.Measures {
			cells = append(cells, d.bareFigure(id, row.Values[i]))
			if r.Before != nil {
				then := cube.Value{}
				if i < len(row.Before) {
					then = row.Before[i]
				}
				cells = append(cells, d.bareFigure(id, then))
			}
		}
		return cells
	}
	for _, row := range r.Rows {
		s.rows = append(s.rows, line(row))
	}
	total := line(r.Total)
	if len(total) > 0 {
		total[0] = l.T(i18n.WidgetTotal)
	}
	s.rows = append(s.rows, total)
	return s
}

// bareFigure writes a value of a measure plainly.
func (d *desk) bareFigure(id cube.MeasureID, v cube.Value) string {
	if !v.OK {
		return ""
	}
	m, _ := cube.MeasureOf(id)
	switch m.Format {
	case cube.FormatMoney:
		return d.bareSum(v.N)
	case cube.FormatMilli:
		return bare(v.N, 3, d.lang)
	case cube.FormatShare:
		return bare(v.N, 2, d.lang)
	}
	return bare(v.N, 0, d.lang)
}
