package desk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// orders is the page of receipts by their sum, and of how much the best part of
// receipts, customers and products brings.
type orders struct {
	d *desk
	r *report.Orders

	borders []int64
	typed   string // borders being typed
	bad     bool   // what was typed is not understood
}

func newOrders(d *desk) study { return &orders{d: d} }

func (p *orders) questions() []question {
	return []question{asks(report.NameOrders, report.OrdersRequest{Slice: p.d.slice(), Borders: p.borders}, &p.r)}
}

func (p *orders) formula() string { return p.d.lang.T(i18n.OrdersFormula) }

func (p *orders) parts() []part {
	l, r := p.d.lang, p.r
	if r.Receipts == 0 {
		return nil
	}
	tenth := func(i int) string { return l.Percent(whole(r.Spread[i].Tenth)) }
	return []part{
		{id: "order-groups", span: 7, title: l.T(i18n.OrdersGroups), reading: p.readGroups(), both: true, tall: 60 + 44*len(r.Groups),
			chart: p.drawGroups, grid: p.groupsGrid, pick: p.open, body: p.head()},
		{id: "order-spread", span: 5, title: l.T(i18n.OrdersSpread), both: true, body: []app.UI{p.legend()}, chart: p.drawSpread, grid: p.spreadGrid,
			reading: l.T(i18n.OrdersRead, "orders", tenth(0), "people", tenth(1), "goods", tenth(2))},
	}
}

// head lets the borders be set, and says what the bars are.
func (p *orders) head() []app.UI {
	l := p.d.lang
	sign := l.Sign(p.d.currency().Code)
	set := []app.UI{&typed{ID: "order-borders", Hint: l.T(i18n.OrdersBorders, "sign", sign), Value: p.typed, On: p.setBorders}}
	if p.borders != nil {
		set = append(set, &ui.Button{ID: "order-auto", Label: l.T(i18n.OrdersByData), Kind: ui.Quiet, Class: "widget-table", OnPress: p.d.press(func() { p.setBorders("") })})
	}
	if p.bad {
		set = append(set, app.Span().Class("few").Role("alert").Text(l.T(i18n.OrdersBad)))
	}
	return []app.UI{
		app.Div().Class("setting").Body(set...),
		app.P().Class("legend").Body(
			app.Span().Body(app.Span().Class("legend-mark"), app.Text(l.T(i18n.OrdersOfSales))),
			app.Span().Body(app.Span().Class("legend-mark legend-then"), app.Text(l.T(i18n.OrdersShare)))),
	}
}

// setBorders takes borders as typed, in whole units of the currency.
func (p *orders) setBorders(text string) {
	p.typed, p.bad = text, false
	p.d.rev++
	borders, ok := bordersOf(text, p.d.currency())
	if !ok {
		p.bad = true
		return
	}
	p.borders = borders
	p.d.refreshPage()
}

// bordersOf reads growing sums; none is nil.
func bordersOf(text string, c money.Currency) (borders []int64, ok bool) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ';' || r == '\u00a0' }) {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil || n <= 0 || n > 1e12 {
			return nil, false
		}
		for range c.Exponent {
			n *= 10
		}
		borders = append(borders, n)
	}
	return borders, len(borders) <= 12 && slices.IsSorted(borders) && len(slices.Compact(slices.Clone(borders))) == len(borders)
}

// groupName names a group by its borders.
func (p *orders) groupName(g report.OrderGroup) string {
	l := p.d.lang
	write := func(n int64) string { return p.d.sumWhole(n) }
	switch {
	case g.Below == 0:
		return l.T(i18n.OrdersFrom, "least", write(g.Least))
	case g.Least == 0:
		return l.T(i18n.OrdersBelow, "below", write(g.Below))
	}
	return l.T(i18n.OrdersBetween, "least", write(g.Least), "below", write(g.Below))
}

// sumWhole writes a sum without minor units when it has none.
func (d *desk) sumWhole(n int64) string {
	unit, c := int64(1), d.currency()
	for range c.Exponent {
		unit *= 10
	}
	if n%unit != 0 {
		return d.lang.Sum(money.Amount(n), c)
	}
	return d.lang.Sum(money.Amount(n/unit), money.Currency{Code: c.Code})
}

func (p *orders) readGroups() string {
	l, r := p.d.lang, p.r
	best := slices.MaxFunc(r.Groups, func(a, b report.OrderGroup) int { return int(a.Sales - b.Sales) })
	return l.T(i18n.OrdersMedian, "median", p.d.sum(r.Median), "group", p.groupName(best),
		"share", l.Percent(whole(share(best.Sales, r.Sales))), "count", l.Percent(whole(share(best.Receipts, r.Receipts))))
}

func (p *orders) drawGroups(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.lang, p.r
	bars := chart.Ranking{Room: p.d.namesRoom()}
	for _, g := range r.Groups {
		bars.Names = append(bars.Names, p.groupName(g))
		bars.Labels = append(bars.Labels, l.Percent(whole(share(g.Sales, r.Sales))))
		bars.Now = append(bars.Now, float64(share(g.Sales, r.Sales)))
		bars.Before = append(bars.Before, float64(share(g.Receipts, r.Receipts)))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		g := r.Groups[i]
		return []string{p.groupName(g), l.T(i18n.OrdersOfSales) + ": " + l.Percent(whole(share(g.Sales, r.Sales))),
			l.T(i18n.OrdersShare) + ": " + l.Percent(whole(share(g.Receipts, r.Receipts)))}
	}
	return drawing, nil
}

// open opens the receipts of a group.
func (p *orders) open(i int) {
	if i < len(p.r.Groups) {
		g := p.r.Groups[i]
		p.d.drillInto(behind{measure: cube.Sales, sums: &cube.Between{Least: g.Least, Below: g.Below}, say: p.groupName(g)})
	}
}

func (p *orders) groupsGrid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: p.d.fileOf("orders"), columns: []column{{title: l.T(i18n.OrdersGroups)}, {title: l.T(i18n.OrdersOrders), form: asCount},
		{title: l.T(i18n.OrdersShare), form: asShare}, {title: p.d.measureWord(cube.Sales), form: asMoney}, {title: l.T(i18n.OrdersOfSales), form: asShare},
		{title: l.T(i18n.OrdersAverage), form: asMoney}, {title: p.d.measureWord(cube.Margin), form: asMoney}, {title: p.d.measureWord(cube.Discount), form: asMoney}}}
	line := func(name string, o report.OrderGroup) []sheet.Cell {
		average := sheet.Cell{}
		if o.Receipts > 0 {
			average = sheet.Of(money.MulDiv(o.Sales, 1, o.Receipts))
		}
		return []sheet.Cell{sheet.TextOf(name), sheet.Of(o.Receipts), sheet.Of(share(o.Receipts, r.Receipts)), sheet.Of(o.Sales), sheet.Of(share(o.Sales, r.Sales)),
			average, sheet.Of(o.Margin), sheet.Of(o.Discount)}
	}
	for i, group := range r.Groups {
		row := gridRow{cells: line(p.groupName(group), group), open: func() { p.open(i) }}
		if group.Receipts > 0 && group.Receipts < few {
			row.note = l.T(i18n.ReportFew, "n", group.Receipts)
		}
		g.rows = append(g.rows, row)
	}
	g.total = line("", r.OrderGroup)
	return g
}

var spreadNames = []*i18n.Message{i18n.OrdersOrders, i18n.OrdersPeople, i18n.OrdersGoods}

// legend names the lines of the curve.
func (p *orders) legend() app.UI {
	return p.d.colourLegend(spreadNames)
}

// colourLegend names lines by their colours.
func (d *desk) colourLegend(names []*i18n.Message) app.UI {
	return app.P().Class("legend").Body(app.Range(names).Slice(func(i int) app.UI {
		return app.Span().Body(app.Span().Class("legend-mark").Style("background", chart.LineColour(i)), app.Text(d.lang.T(names[i])))
	}))
}

func (p *orders) drawSpread(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.lang, p.r
	d := chart.Lines{Even: true, Most: 10000}
	for percent := range 101 {
		d.Labels = append(d.Labels, l.Percent(int64(percent)*100))
	}
	var shown []int
	for i, s := range r.Spread {
		values := make([]float64, len(s.Curve))
		for k, bp := range s.Curve {
			values[k] = float64(bp)
		}
		d.Names, d.Values, shown = append(d.Names, l.T(spreadNames[i])), append(d.Values, values), append(shown, i)
	}
	drawing, err := d.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v)) }
	drawing.Tip = func(i int) []string {
		text := []string{l.T(i18n.OrdersTip, "part", l.Percent(int64(i)*100))}
		for _, k := range shown {
			text = append(text, l.T(spreadNames[k])+": "+l.Percent(whole(r.Spread[k].Curve[i])))
		}
		return text
	}
	return drawing, nil
}

func (p *orders) spreadGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("concentration"), columns: []column{{title: l.T(i18n.ColItem)}, {title: l.T(i18n.OrdersItems), form: asCount},
		{title: l.T(i18n.OrdersTenth), form: asShare}, {title: l.T(i18n.OrdersHalf), form: asCount}, {title: l.T(i18n.OrdersGini), form: asShare}}}
	for i, s := range p.r.Spread {
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(l.T(spreadNames[i])), sheet.Of(int64(s.Items)), {N: s.Tenth, OK: s.Items > 0},
			{N: int64(s.Half), OK: s.Items > 0}, {N: s.Gini, OK: s.Items > 0}}, note: p.d.note(s.Items)})
	}
	return g
}

// typed is a short field beside a title that takes what is typed when it is left
// or Enter is pressed.
type typed struct {
	app.Compo

	ID, Hint, Value string
	On              func(string)
}

// Render draws the field.
func (f *typed) Render() app.UI {
	return app.Input().ID("%s", f.ID).Class("field-input typed").Type("text").Placeholder(f.Hint).Aria("label", f.Hint).Value(f.Value).OnChange(f.change)
}

func (f *typed) change(ctx app.Context, _ app.Event) {
	f.On(strings.TrimSpace(ctx.JSSrc().Get("value").String()))
}
