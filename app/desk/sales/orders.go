package sales

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
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
	d *kit.Desk
	r *report.Orders

	borders []int64
	typed   string // borders being typed
	bad     bool   // what was typed is not understood
}

func newOrders(d *kit.Desk) kit.Study { return &orders{d: d} }

func (p *orders) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameOrders, report.OrdersRequest{Slice: p.d.Slice(), Borders: p.borders}, &p.r)}
}

func (p *orders) Formula() string { return p.d.Lang.T(ordersFormula) }

func (p *orders) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Receipts == 0 {
		return nil
	}
	tenth := func(i int) string { return l.Percent(kit.Whole(r.Spread[i].Tenth)) }
	return []kit.Part{
		{ID: "order-groups", Span: 7, Title: l.T(ordersGroups), Reading: p.readGroups(), Both: true, Tall: 60 + 44*len(r.Groups),
			Chart: p.drawGroups, Grid: p.groupsGrid, Pick: p.open, Body: p.head()},
		{ID: "order-spread", Span: 5, Title: l.T(ordersSpread), Both: true, Body: []app.UI{p.legend()}, Chart: p.drawSpread, Grid: p.spreadGrid,
			Reading: l.T(ordersRead, "orders", tenth(0), "people", tenth(1), "goods", tenth(2))},
	}
}

// head lets the borders be set, and says what the bars are.
func (p *orders) head() []app.UI {
	l := p.d.Lang
	sign := l.Sign(p.d.Currency().Code)
	set := []app.UI{&kit.Typed{ID: "order-borders", Hint: l.T(ordersBorders, "sign", sign), Value: p.typed, On: p.setBorders}}
	if p.borders != nil {
		set = append(set, &ui.Button{ID: "order-auto", Label: l.T(ordersByData), Kind: ui.Quiet, Class: "widget-table", OnPress: p.d.Press(func() { p.setBorders("") })})
	}
	if p.bad {
		set = append(set, app.Span().Class("few").Role("alert").Text(l.T(ordersBad)))
	}
	return []app.UI{
		app.Div().Class("setting").Body(set...),
		app.P().Class("legend").Body(
			app.Span().Body(app.Span().Class("legend-mark"), app.Text(l.T(ordersOfSales))),
			app.Span().Body(app.Span().Class("legend-mark legend-then"), app.Text(l.T(ordersShare)))),
	}
}

// setBorders takes borders as typed, in whole units of the currency.
func (p *orders) setBorders(text string) {
	p.typed, p.bad = text, false
	p.d.Rev++
	borders, ok := bordersOf(text, p.d.Currency())
	if !ok {
		p.bad = true
		return
	}
	p.borders = borders
	p.d.RefreshPage()
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
	l := p.d.Lang
	write := func(n int64) string { return sumWhole(p.d, n) }
	switch {
	case g.Below == 0:
		return l.T(ordersFrom, "least", write(g.Least))
	case g.Least == 0:
		return l.T(ordersBelow, "below", write(g.Below))
	}
	return l.T(ordersBetween, "least", write(g.Least), "below", write(g.Below))
}

// sumWhole writes a sum without minor units when it has none.
func sumWhole(d *kit.Desk, n int64) string {
	unit, c := int64(1), d.Currency()
	for range c.Exponent {
		unit *= 10
	}
	if n%unit != 0 {
		return d.Lang.Sum(money.Amount(n), c)
	}
	return d.Lang.Sum(money.Amount(n/unit), money.Currency{Code: c.Code})
}

func (p *orders) readGroups() string {
	l, r := p.d.Lang, p.r
	best := slices.MaxFunc(r.Groups, func(a, b report.OrderGroup) int { return int(a.Sales - b.Sales) })
	return l.T(ordersMedian, "median", p.d.Sum(r.Median), "group", p.groupName(best),
		"share", l.Percent(kit.Whole(kit.Share(best.Sales, r.Sales))), "count", l.Percent(kit.Whole(kit.Share(best.Receipts, r.Receipts))))
}

func (p *orders) drawGroups(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.Lang, p.r
	bars := chart.Ranking{Room: kit.NamesRoom(p.d)}
	for _, g := range r.Groups {
		bars.Names = append(bars.Names, p.groupName(g))
		bars.Labels = append(bars.Labels, l.Percent(kit.Whole(kit.Share(g.Sales, r.Sales))))
		bars.Now = append(bars.Now, float64(kit.Share(g.Sales, r.Sales)))
		bars.Before = append(bars.Before, float64(kit.Share(g.Receipts, r.Receipts)))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		g := r.Groups[i]
		return []string{p.groupName(g), l.T(ordersOfSales) + ": " + l.Percent(kit.Whole(kit.Share(g.Sales, r.Sales))),
			l.T(ordersShare) + ": " + l.Percent(kit.Whole(kit.Share(g.Receipts, r.Receipts)))}
	}
	return drawing, nil
}

// open opens the receipts of the group of a bar.
func (p *orders) open(i int) {
	if i < len(p.r.Groups) {
		p.openGroup(p.r.Groups[i])
	}
}

func (p *orders) openGroup(g report.OrderGroup) {
	p.d.DrillInto(kit.Drill{Measure: cube.Sales, Sums: &cube.Between{Least: g.Least, Below: g.Below}, Say: p.groupName(g)})
}

func (p *orders) groupsGrid() *kit.Grid {
	r := p.r
	column := func(title *i18n.Message, format kit.Format, cell func(report.OrderGroup) sheet.Cell) kit.TableColumn[report.OrderGroup] {
		return kit.TableColumn[report.OrderGroup]{Title: title, Format: format, Cell: cell, Total: cell(r.OrderGroup)}
	}
	sum := func(id cube.MeasureID, of func(report.OrderGroup) int64) kit.TableColumn[report.OrderGroup] {
		c := column(nil, kit.AsMoney, func(g report.OrderGroup) sheet.Cell { return sheet.Of(of(g)) })
		c.Text = p.d.MeasureWord(id)
		return c
	}
	return kit.Table[report.OrderGroup]{Name: p.d.FileOf("orders"), Rows: r.Groups, Columns: []kit.TableColumn[report.OrderGroup]{
		{Title: ordersGroups, Cell: func(g report.OrderGroup) sheet.Cell { return sheet.TextOf(p.groupName(g)) }},
		column(ordersOrders, kit.AsCount, func(g report.OrderGroup) sheet.Cell { return sheet.Of(g.Receipts) }),
		column(ordersShare, kit.AsShare, func(g report.OrderGroup) sheet.Cell { return sheet.Of(kit.Share(g.Receipts, r.Receipts)) }),
		sum(cube.Sales, func(g report.OrderGroup) int64 { return g.Sales }),
		column(ordersOfSales, kit.AsShare, func(g report.OrderGroup) sheet.Cell { return sheet.Of(kit.Share(g.Sales, r.Sales)) }),
		column(ordersAverage, kit.AsMoney, averageOf),
		sum(cube.Margin, func(g report.OrderGroup) int64 { return g.Margin }),
		sum(cube.Discount, func(g report.OrderGroup) int64 { return g.Discount }),
	}, Open: p.openGroup, Note: func(g report.OrderGroup) string { return p.d.Note(int(g.Receipts)) }}.Grid(p.d.Lang)
}

// averageOf is the average receipt of a group.
func averageOf(g report.OrderGroup) sheet.Cell {
	if g.Receipts == 0 {
		return sheet.Cell{}
	}
	return sheet.Of(money.MulDiv(g.Sales, 1, g.Receipts))
}

// spreadName names what a curve is of; spreadNames are in the order of the curves.
var (
	spreadName  = map[cube.DimID]*i18n.Message{"": ordersOrders, cube.Customer: ordersPeople, cube.Product: ordersGoods}
	spreadNames = []*i18n.Message{ordersOrders, ordersPeople, ordersGoods}
)

// legend names the lines of the curve.
func (p *orders) legend() app.UI {
	return colourLegend(p.d, spreadNames)
}

// colourLegend names lines by their colours.
func colourLegend(d *kit.Desk, names []*i18n.Message) app.UI {
	return app.P().Class("legend").Body(app.Range(names).Slice(func(i int) app.UI {
		return app.Span().Body(app.Span().Class("legend-mark").Style("background", chart.LineColour(i)), app.Text(d.Lang.T(names[i])))
	}))
}

func (p *orders) drawSpread(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.Lang, p.r
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
		text := []string{l.T(ordersTip, "part", l.Percent(int64(i)*100))}
		for _, k := range shown {
			text = append(text, l.T(spreadNames[k])+": "+l.Percent(kit.Whole(r.Spread[k].Curve[i])))
		}
		return text
	}
	return drawing, nil
}

func (p *orders) spreadGrid() *kit.Grid {
	l := p.d.Lang
	column := func(title *i18n.Message, format kit.Format, of func(report.Concentrate) int64) kit.TableColumn[report.Concentrate] {
		return kit.TableColumn[report.Concentrate]{Title: title, Format: format,
			Cell: func(s report.Concentrate) sheet.Cell { return sheet.Cell{N: of(s), OK: s.Items > 0} }}
	}
	return kit.Table[report.Concentrate]{Name: p.d.FileOf("concentration"), Rows: p.r.Spread, Columns: []kit.TableColumn[report.Concentrate]{
		{Title: i18n.ColItem, Cell: func(s report.Concentrate) sheet.Cell { return sheet.TextOf(l.T(spreadName[s.Item])) }},
		{Title: ordersItems, Format: kit.AsCount, Cell: func(s report.Concentrate) sheet.Cell { return sheet.Of(int64(s.Items)) }},
		column(ordersTenth, kit.AsShare, func(s report.Concentrate) int64 { return s.Tenth }),
		column(ordersHalf, kit.AsCount, func(s report.Concentrate) int64 { return int64(s.Half) }),
		column(ordersGini, kit.AsShare, func(s report.Concentrate) int64 { return s.Gini }),
	}, Note: func(s report.Concentrate) string { return p.d.Note(s.Items) }}.Grid(l)
}
