package desk

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/sheet"
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
	q, ok := d.queries()[name]
	if !ok {
		return
	}
	q.Limit, q.Rest = 0, false
	query(context.Background(), d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
		if e != nil {
			d.board.fault = e
			return
		}
		d.writeGrid(d.resultGrid(name, &r), name, asCSV)
	})
}

// resultGrid is an answer as a table: keys, names, each measure and what it was
// in the compared period.
func (d *desk) resultGrid(name string, r *cube.Result) *grid {
	l := d.lang
	g := &grid{name: name + "-" + r.From + "-" + r.To}
	for i, by := range r.By {
		g.columns = append(g.columns, column{title: string(by)})
		if r.Names[i] != nil {
			g.columns = append(g.columns, column{title: l.T(i18n.PricesName)})
		}
	}
	for _, id := range r.Measures {
		g.columns = append(g.columns, measured(id, string(id)))
		if r.Before != nil {
			g.columns = append(g.columns, measured(id, string(id)+", "+l.T(i18n.ExportThen)))
		}
	}
	line := func(row cube.Row) []sheet.Cell {
		var cells []sheet.Cell
		for i := range r.By {
			key := ""
			if i < len(row.Keys) {
				key = row.Keys[i]
			}
			cells = append(cells, sheet.TextOf(key))
			if r.Names[i] != nil {
				cells = append(cells, sheet.TextOf(r.Names[i][key].In(string(l))))
			}
		}
		for i := range r.Measures {
			cells = append(cells, valued(row.Values[i]))
			if r.Before != nil {
				then := cube.Value{}
				if i < len(row.Before) {
					then = row.Before[i]
				}
				cells = append(cells, valued(then))
			}
		}
		return cells
	}
	for _, row := range r.Rows {
		g.rows = append(g.rows, gridRow{cells: line(row)})
	}
	g.total = line(r.Total)
	if len(r.By) > 0 {
		g.total[0] = sheet.TextOf(l.T(i18n.WidgetTotal))
	}
	return g
}
