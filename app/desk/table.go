package desk

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

// table draws rows of figures; the first column is a name.
func table(head []string, rows [][]string) app.UI {
	return app.Div().Class("table-frame").Body(
		app.Table().Class("figures").Body(
			app.THead().Body(app.Tr().Body(
				app.Range(head).Slice(func(i int) app.UI { return app.Th().Scope("col").Text(head[i]) }),
			)),
			app.TBody().Body(
				app.Range(rows).Slice(func(i int) app.UI {
					return app.Tr().Body(app.Range(rows[i]).Slice(func(j int) app.UI {
						if j == 0 {
							return app.Th().Scope("row").Text(rows[i][j])
						}
						return app.Td().Text(rows[i][j])
					}))
				}),
			),
		),
	)
}

// courseTable is the course in figures, with the total.
func (d *desk) courseTable(r *cube.Result) app.UI {
	l, id := d.lang, cards[d.measure].id
	p := d.points(r, d.measure)
	head := []string{"", l.T(cards[d.measure].label)}
	if r.Before != nil {
		head = append(head, l.T(i18n.WidgetThen), l.T(i18n.MeasureChange))
	}
	row := func(name string, now, before cube.Value) []string {
		cells := []string{name, figure(id, now, l, d.currency())}
		if r.Before != nil {
			cells = append(cells, figure(id, before, l, d.currency()), d.changeText(now, before))
		}
		return cells
	}
	var rows [][]string
	for i, label := range p.labels {
		var before *float64
		if p.before != nil {
			before = p.before[i]
		}
		rows = append(rows, row(label, value(p.now[i]), value(before)))
	}
	before := cube.Value{}
	if r.Before != nil {
		before = r.Total.Before[d.measure]
	}
	return table(head, append(rows, row(l.T(i18n.WidgetTotal), r.Total.Values[d.measure], before)))
}

func value(n *float64) cube.Value {
	if n == nil {
		return cube.Value{}
	}
	return cube.Some(int64(*n))
}

func (d *desk) changeText(now, before cube.Value) string {
	if bp, ok := change(now, before); ok {
		return delta(bp, d.lang)
	}
	return "–"
}

// heatAsTable is the heat map in figures.
func (d *desk) heatAsTable(r *cube.Result) app.UI {
	heat := d.heatTable(r)
	rows := make([][]string, len(heat.Rows))
	for i := range heat.Rows {
		rows[i] = []string{heat.Rows[i]}
		for j := range heat.Columns {
			rows[i] = append(rows[i], figure(cube.Revenue, value(heat.Cells[i][j]), d.lang, d.currency()))
		}
	}
	return table(append([]string{""}, heat.Columns...), rows)
}

// rankingTable is a ranking in figures: share, change, the rest and the total.
func (d *desk) rankingTable(r *cube.Result) app.UI {
	l := d.lang
	head := []string{"", l.T(i18n.MeasureRevenue), l.T(i18n.MeasureShare)}
	if r.Before != nil {
		head = append(head, l.T(i18n.MeasureChange))
	}
	row := func(name string, row cube.Row) []string {
		cells := []string{name, figure(cube.Revenue, row.Values[0], l, d.currency()),
			l.Percent(whole(share(row.Values[0].N, r.Total.Values[0].N)))}
		if r.Before != nil {
			before := cube.Value{}
			if len(row.Before) > 0 {
				before = row.Before[0]
			}
			cells = append(cells, d.changeText(row.Values[0], before))
		}
		return cells
	}
	var rows [][]string
	for _, line := range r.Rows {
		rows = append(rows, row(nameOf(r, line, l), line))
	}
	if r.Rest != nil {
		rows = append(rows, row(l.T(i18n.WidgetRest, "n", r.RestOf), *r.Rest))
	}
	return table(head, append(rows, row(l.T(i18n.WidgetTotal), r.Total)))
}
