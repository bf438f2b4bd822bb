package kit

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/money"
)

// DrawDrill draws the panel.
func DrawDrill(d *Desk) app.UI {
	l, p := d.Lang, &d.DrillPanel
	title := l.T(i18n.DrillOf, "sum", "…")
	switch {
	case p.own != nil:
		title = p.own.Title
	case p.list != nil:
		title = l.T(i18n.DrillOf, "sum", d.Figure(p.ask.Measure, p.list.Value))
	}
	return app.Aside().ID("drill").Class("drill").Role("dialog").Aria("label", title).Aria("busy", p.busy).Body(
		app.Header().Class("drill-head").Body(
			app.If(len(p.before) > 0, func() app.UI {
				return &ui.Button{ID: "drill-back", Label: "‹", Name: l.T(i18n.DrillBack), Kind: ui.Quiet, OnPress: d.Press(func() { drillBack(d) })}
			}),
			app.Div().Class("drill-title").Body(
				app.H2().Class("widget-title").Text(title),
				app.P().Class("drill-count").Text(drillCount(d)),
			),
			&ui.Button{ID: "drill-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(d.ClosePanel)},
		),
		app.Ul().Class("drill-words").Body(app.Range(p.words).Slice(func(i int) app.UI { return app.Li().Text(p.words[i]) })),
		app.Div().Class("drill-acts").Body(drillActs(d)...),
		app.If(p.fault != nil, func() app.UI { return d.ErrorBox(p.fault) }),
		drawBehindList(d),
	)
}

// drillActs saves what the panel shows, or narrows all reports to it.
func drillActs(d *Desk) []app.UI {
	l, p := d.Lang, &d.DrillPanel
	if p.own != nil {
		if p.grid == nil {
			return nil
		}
		acts := []app.UI{exportMenu(d, "drill", p.own.Title, nil, p.grid)}
		if p.own.Acts != nil {
			acts = append(acts, p.own.Acts()...)
		}
		return acts
	}
	none := p.list == nil || p.list.Receipts == 0
	acts := []app.UI{
		&ui.Button{ID: "drill-csv", Label: l.T(i18n.ExportCSV), Disabled: none, OnPress: d.Press(func() { saveBehind(d, asCSV) })},
		&ui.Button{ID: "drill-xlsx", Label: l.T(i18n.ExportXLSX), Disabled: none, OnPress: d.Press(func() { saveBehind(d, asXLSX) })},
	}
	if p.only != nil {
		only := p.only
		acts = append(acts, &ui.Button{ID: "drill-only", Label: l.T(i18n.DrillOnly), Kind: ui.Quiet, OnPress: d.Press(func() { d.ClosePanel(); only() })})
	}
	return acts
}

// drawBehindList draws the rows of the panel.
func drawBehindList(d *Desk) app.UI {
	p := &d.DrillPanel
	switch {
	case p.own == nil:
		return drawBehindRows(d)
	case p.grid == nil:
		return app.Div().Class("drill-list")
	case p.own.Above != nil:
		return app.Div().Class("drill-list").Body(append(p.own.Above(), &gridView{ID: "drill-card", Grid: p.grid, Rev: p.rev, D: d, Look: d.Rev})...)
	case len(p.grid.Rows) == 0:
		return ui.EmptyState("–", d.Lang.T(i18n.DrillNobodyAll), d.Lang.T(i18n.WidgetEmptyHow))
	}
	return app.Div().Class("drill-list drill-grid").Body(&gridView{ID: "drill", Grid: p.grid, Rev: p.rev, D: d, Look: d.Rev})
}

func drillCount(d *Desk) string {
	p := &d.DrillPanel
	switch {
	case p.own != nil && p.grid != nil && p.own.Above == nil:
		return d.Lang.T(i18n.DrillRows, "n", len(p.grid.Rows))
	case p.own != nil || p.list == nil:
		return ""
	}
	return d.Lang.T(i18n.DrillCount, "n", p.list.Receipts) + " · " + d.Lang.T(i18n.DrillLines, "n", p.list.Lines)
}

func drawBehindRows(d *Desk) app.UI {
	l, p := d.Lang, &d.DrillPanel
	if p.list != nil && p.list.Receipts == 0 {
		return ui.EmptyState("–", l.T(i18n.DrillNone), l.T(i18n.DrillNoneHow))
	}
	return app.Div().Class("drill-list").Body(
		app.Range(p.rows).Slice(func(i int) app.UI { return drawBehindRow(d, i) }),
		app.If(p.list != nil && len(p.rows) < p.list.Receipts, func() app.UI {
			return &ui.Button{ID: "drill-more", Label: l.T(i18n.DrillMore), Class: "wide", Disabled: p.busy, OnPress: d.Press(func() { moreBehind(d) })}
		}),
	)
}

func drawBehindRow(d *Desk, i int) app.UI {
	l, p := d.Lang, &d.DrillPanel
	row := p.rows[i]
	who := l.T(i18n.DrillNobody)
	if row.Customer != "" {
		who = l.T(i18n.DrillBuyer, "id", ShortID(row.Customer))
	}
	if row.Kind == cube.KindReturn {
		who = l.T(i18n.DrillReturn) + " · " + who
	}
	return app.Div().Class("drill-row").Body(
		&drillButton{Place: listedName(d, row), Time: d.time(row.At, i18n.Moment), Who: who, Sum: l.Sum(money.Amount(row.Sum.Net), d.Currency()),
			Open: p.spread == i, Go: d.Press(func() {
				if p.spread == i {
					p.spread = -1
					return
				}
				p.spread = i
			})},
		app.If(p.spread == i, func() app.UI { return drawBehindLines(d, row) }),
	)
}

// listedName names a receipt: store, till, number.
func listedName(d *Desk, row cube.Listed) string {
	return d.Lang.T(i18n.DrillReceipt, "store", listName(d, cube.Store, row.Store), "till", row.Till, "n", strconv.Itoa(row.Number))
}

// listName names a key in the list.
func listName(d *Desk, id cube.DimID, key string) string {
	if name := d.DrillPanel.list.Names[id][key].In(string(d.Lang)); name != "" {
		return name
	}
	return key
}

func drawBehindLines(d *Desk, row cube.Listed) app.UI {
	l := d.Lang
	return app.Table().Class("drill-lines").Body(app.TBody().Body(
		app.Range(row.Lines).Slice(func(i int) app.UI {
			line := row.Lines[i]
			return app.Tr().Body(
				app.Th().Scope("row").Text(listName(d, cube.Product, line.Product)),
				app.Td().Text(shortMilli(line.Sum.Quantity, l)+" × "+l.Money(money.Amount(line.Price), d.Currency())),
				app.Td().Text(l.Money(money.Amount(line.Sum.Net), d.Currency())),
			)
		}),
	))
}

// shortMilli writes thousandths, whole ones without decimals.
func shortMilli(n int64, l i18n.Lang) string {
	if n%1000 == 0 {
		return l.Int(n / 1000)
	}
	return l.Decimal(n, 3)
}

// drillButton is a receipt of the list.
type drillButton struct {
	app.Compo

	Place, Time, Who, Sum string

	Open bool
	Go   ui.Press
}

// Render draws the receipt.
func (b *drillButton) Render() app.UI {
	return app.Button().Type("button").Class("drill-receipt").Aria("expanded", b.Open).OnClick(b.click).Body(
		app.Span().Class("drill-time").Text(b.Time),
		app.Span().Class("drill-sum").Text(b.Sum),
		app.Span().Class("drill-place").Text(b.Place),
		app.Span().Class("drill-who").Text(b.Who),
	)
}

func (b *drillButton) click(ctx app.Context, _ app.Event) { b.Go(ctx) }
