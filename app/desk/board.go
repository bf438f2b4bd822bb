package desk

import (
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
)

// drawBoard draws the numbers and the widgets, or why there are none.
func (d *desk) drawBoard() app.UI {
	l, b := d.lang, &d.board
	total := b.answers[askTotal]
	switch {
	case d.fault != nil:
		return app.Div().Class("board-state").Body(d.errorBox(d.fault),
			&ui.Button{ID: "again", Label: l.T(i18n.DeskAgain), OnPress: d.press(func() { d.fault = nil; d.connect() })})
	case d.insight.Fault != nil && total == nil:
		return app.Div().Class("board-state").Body(d.errorBox(d.insight.Fault), d.refreshButton())
	case b.fault != nil && total == nil:
		return app.Div().Class("board-state").Body(d.errorBox(b.fault), d.refreshButton())
	case total == nil && d.heard && !d.insight.Ready:
		return d.drawFirst()
	case total != nil && d.insight.Receipts == 0 && b.waiting == 0:
		return ui.EmptyState("◔", l.T(i18n.DataNone), l.T(i18n.WidgetEmptyHow))
	}
	return app.Div().Class("board").Aria("busy", total == nil || b.waiting > 0).Body(
		d.drawCards(total),
		app.If(b.fault != nil && total != nil, func() app.UI { return d.errorBox(b.fault) }),
		d.drawCourseWidget(),
		d.drawHeatWidget(),
		d.drawRankingWidget(askStores, "", i18n.WidgetStores, readLead, d.pickStore),
		d.drawRankingWidget(askGroups, "", i18n.WidgetGroups, readLead, d.pickGoods),
		d.drawRankingWidget(askProducts, "wide-widget", i18n.WidgetProducts, readTop, nil),
	)
}

func (d *desk) refreshButton() *ui.Button {
	return &ui.Button{ID: "again", Label: d.lang.T(i18n.DeskAgain), OnPress: d.press(d.askServer)}
}

// drawFirst shows how the first download goes.
func (d *desk) drawFirst() app.UI {
	l, p := d.lang, d.progress
	return app.Div().Class("board-state").Body(
		app.P().Text(l.T(i18n.DataFirst)),
		ui.ProgressBar(p.Done, p.Total),
		app.P().Class("muted").Text(l.T(i18n.DataLoading, "done", l.Bytes(p.Done), "total", l.Bytes(p.Total))),
	)
}

// drawCards draws the row of numbers. Pressing one shows its course below.
func (d *desk) drawCards(total *cube.Result) app.UI {
	var list []app.UI
	for i, card := range cards {
		c := &numberCard{ID: "card-" + string(card.id), Label: d.lang.T(card.label), Number: "…", On: d.measure == i,
			Go: d.press(func() { d.measure = i; d.draw(askCourse) })}
		if total != nil {
			d.fillCard(c, total, i)
		}
		list = append(list, c)
	}
	return app.Div().Class("cards").Body(list...)
}

func (d *desk) fillCard(c *numberCard, total *cube.Result, i int) {
	l, value := d.lang, total.Total.Values[i]
	c.Number, c.Exact = headline(cards[i].id, value, l, d.currency()), figure(cards[i].id, value, l, d.currency())
	c.Value = value.N
	if total.Before != nil {
		c.Note = l.T(i18n.CompareNothing)
		if bp, ok := change(value, total.Total.Before[i]); ok {
			c.Delta, c.Up, c.Down = delta(bp, l), whole(bp) > 0, whole(bp) < 0
			c.Note = figureShort(d, cards[i].id, total.Total.Before[i])
		}
	}
	if r := d.board.answers[askCourse]; r != nil {
		c.Spark = spark(d.points(r, i).now)
	}
}

func figureShort(d *desk, id cube.MeasureID, v cube.Value) string {
	return headline(id, v, d.lang, d.currency())
}

// numberCard is a number with its change and its course in small.
type numberCard struct {
	app.Compo

	ID, Label, Number, Exact, Delta, Note string

	Value    int64
	Up, Down bool
	On       bool
	Spark    string
	Go       ui.Press
}

// Render draws the card.
func (c *numberCard) Render() app.UI {
	tone := ""
	switch {
	case c.Up:
		tone = "up"
	case c.Down:
		tone = "down"
	}
	return app.Button().Type("button").ID("%s", c.ID).Class("card").Aria("pressed", c.On).Title(c.Exact).
		DataSet("value", c.Value).OnClick(c.click).Body(
		app.Span().Class("card-label").Text(c.Label),
		app.Span().Class("card-number").Text(c.Number),
		app.Span().Class("card-change").Body(
			app.Span().Class("delta").Class(tone).Text(c.Delta),
			app.Span().Class("card-note").Text(c.Note),
		),
		app.If(c.Spark != "", func() app.UI { return app.Raw(c.Spark) }),
	)
}

func (c *numberCard) click(ctx app.Context, _ app.Event) { c.Go(ctx) }

// spark draws values as a line without axes.
func spark(values []*float64) string {
	const width, height = 120.0, 28.0
	low, high, n := 0.0, 0.0, 0
	for _, v := range values {
		if v == nil {
			continue
		}
		if n == 0 || *v < low {
			low = *v
		}
		high, n = max(high, *v), n+1
	}
	if n < 2 || high == low {
		return ""
	}
	var path strings.Builder
	for i, v := range values {
		if v != nil {
			fmt.Fprintf(&path, "%.1f,%.1f ", float64(i)*width/float64(len(values)-1), 2+(height-4)*(1-(*v-low)/(high-low)))
		}
	}
	return fmt.Sprintf(`<svg class="spark" viewBox="0 0 %.0f %.0f" preserveAspectRatio="none" aria-hidden="true"><polyline points="%s"/></svg>`,
		width, height, strings.TrimSpace(path.String()))
}

// widget is a titled panel with a sentence, and a chart or its table.
func (d *desk) widget(name, class, title, reading string, empty bool, table func() app.UI, pick func(app.Context, int)) app.UI {
	l := d.lang
	asTable := d.tables[name]
	label := l.T(i18n.WidgetTable)
	if asTable {
		label = l.T(i18n.WidgetChart)
	}
	var body app.UI
	switch drawing := d.board.drawings[name]; {
	case empty:
		body = ui.EmptyState("–", l.T(i18n.WidgetEmpty), l.T(i18n.WidgetEmptyHow))
	case asTable:
		body = table()
	default:
		body = &chart.Canvas{ID: "chart-" + name, Name: title + ". " + reading, Class: "chart-" + name, Drawing: drawing,
			Rev: d.board.revs[name], OnPick: pick}
	}
	return app.Section().ID("%s", "widget-"+name).Class("widget").Class(class).Body(
		app.Header().Class("widget-head").Body(
			app.Div().Body(
				app.H2().Class("widget-title").Text(title),
				app.P().Class("widget-reading").Text(reading),
				app.If(name == askCourse, d.drawLegend),
			),
			app.Div().Class("widget-acts").Body(
				app.If(asTable && !empty, func() app.UI {
					return &ui.Button{ID: "csv-" + name, Label: l.T(i18n.ExportCSV), Kind: ui.Quiet, Class: "widget-table", OnPress: d.press(func() { d.saveBoard(name) })}
				}),
				app.If(name == askCourse && !empty, func() app.UI {
					return &ui.Button{ID: "drill-open", Label: l.T(i18n.DrillOpen), Kind: ui.Quiet, Class: "widget-table",
						OnPress: d.press(func() { d.drillInto(behind{measure: cards[d.measure].id}) })}
				}),
				&ui.Button{ID: "table-" + name, Label: label, Kind: ui.Quiet, Class: "widget-table", OnPress: d.press(func() { d.tables[name] = !asTable })},
			),
		),
		body,
	)
}

var grainName = map[cube.DimID]*i18n.Message{
	cube.Hour: i18n.GrainHours, cube.Day: i18n.GrainDays, cube.Week: i18n.GrainWeeks, cube.Month: i18n.GrainMonths,
}

func (d *desk) drawCourseWidget() app.UI {
	l, r := d.lang, d.board.answers[askCourse]
	by := grain(d.dates())
	if r != nil {
		by = stepBy(r)
	}
	title := l.T(i18n.WidgetDays, "measure", l.T(cards[d.measure].label), "grain", l.T(grainName[by]))
	if r == nil {
		return d.widget(askCourse, "wide-widget", title, "", false, nil, nil)
	}
	p := d.points(r, d.measure)
	reading := readCourse(p, cards[d.measure].id, r.Total, d.measure, l, d.currency())
	return d.widget(askCourse, "wide-widget", title, reading, len(r.Rows) == 0, func() app.UI { return d.courseTable(r) }, func(_ app.Context, i int) {
		if i < len(p.keys) {
			d.rev++
			d.drillInto(d.behindStep(by, p.keys[i]))
		}
	})
}

func (d *desk) drawHeatWidget() app.UI {
	l, r := d.lang, d.board.answers[askHeat]
	if r == nil {
		return d.widget(askHeat, "heat-widget", l.T(i18n.WidgetHeat), "", false, nil, nil)
	}
	unit := l.T(heatScale(r, d.currency()).name, "sign", l.Sign(d.currency().Code))
	return d.widget(askHeat, "heat-widget", l.T(i18n.WidgetHeat)+", "+unit, readHeat(r, l), len(r.Rows) == 0, func() app.UI { return d.heatAsTable(r) }, func(_ app.Context, i int) {
		d.rev++
		d.drillInto(d.behindHour(d.heatTable(r), i))
	})
}

func (d *desk) drawRankingWidget(name, class string, title *i18n.Message, read func(*cube.Result, i18n.Lang) string, narrow func(string)) app.UI {
	r := d.board.answers[name]
	if r == nil {
		return d.widget(name, class, d.lang.T(title), "", false, nil, nil)
	}
	return d.widget(name, class, d.lang.T(title), read(r, d.lang), len(r.Rows) == 0, func() app.UI { return d.rankingTable(r) }, func(_ app.Context, i int) {
		if i < len(r.Rows) {
			d.rev++
			d.drillInto(behindBar(r, i, narrow))
		}
	})
}

func (d *desk) pickStore(key string) {
	d.setFilter(func(f *filter) { f.set(cube.Store, []string{key}) })
}
func (d *desk) pickGoods(key string) {
	d.setFilter(func(f *filter) { f.set(cube.Department, []string{key}) })
}

// drawLegend says which line is which period.
func (d *desk) drawLegend() app.UI {
	r := d.board.answers[askCourse]
	if r == nil || r.Before == nil {
		return app.Span().Hidden(true)
	}
	span := func(from, to string) string {
		return d.lang.T(i18n.CompareShown, "from", d.date(from), "to", d.date(to))
	}
	return app.P().Class("legend").Body(
		app.Span().Body(app.Span().Class("legend-mark"), app.Text(span(r.From, r.To))),
		app.Span().Body(app.Span().Class("legend-mark legend-then"), app.Text(span(r.Before.From, r.Before.To))),
	)
}
