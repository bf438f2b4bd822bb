package data

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// plansTab is a part of the page of plans and expenses.
type plansTab string

// Tabs.
const (
	planFigures plansTab = "figures"
	planCosts   plansTab = "costs"
	planSheet   plansTab = "sheet"
	planChanges plansTab = "changes"
)

// plansView is the page of plan figures and expenses.
type plansView struct {
	d    *kit.Desk
	tab  plansTab
	year int

	plans   kit.Remote[budget.Plans]
	measure cube.MeasureID
	store   string // whose employees are planned, "" for stores
	have    map[budget.Figure]budget.Figure
	rev     int // of the cells
	percent string

	costs   costs
	sheet   sheetIn
	changes kit.Remote[[]budget.Change]
}

func newPlans(d *kit.Desk) kit.View {
	v := &plansView{
		d: d, tab: planFigures, year: kit.InShops(d, d.Now()).Year(), measure: cube.Revenue, percent: "5",
		have: map[budget.Figure]budget.Figure{},
	}
	// Somebody else may have changed or taken away what the person sees.
	v.costs.form.Failed = func(*errcode.Error) { v.Refresh() }
	v.costs.remove.Failed = v.costs.form.Failed
	return v
}

// Redraw has nothing to do: the page draws no charts.
func (v *plansView) Redraw() {}

// Refresh gets what the tab shows.
func (v *plansView) Refresh() {
	server := v.d.Office.Server
	months := wire.Months{From: fmt.Sprintf("%d-01", v.year), To: fmt.Sprintf("%d-12", v.year)}
	switch v.tab {
	case planFigures:
		v.plans.Load(v.d, office.Asking(server, wire.GetPlans, months), func(p *budget.Plans) {
			v.have = map[budget.Figure]budget.Figure{}
			v.learn(p.Figures)
		})
	case planCosts:
		v.costs.page.Load(v.d, office.Asking(server, wire.GetExpenses, months), nil)
	case planChanges:
		v.changes.Load(v.d, office.Asking(server, wire.GetBudgetHistory, wire.Newest{Limit: 200}), nil)
	}
}

// stores are those that can be planned.
func (v *plansView) stores() []budget.Store {
	if p := v.plans.Value(); p != nil {
		return p.Stores
	}
	return nil
}

// placeOf is what names a figure.
func placeOf(f budget.Figure) budget.Figure {
	return budget.Figure{Store: f.Store, Month: f.Month, Measure: f.Measure, Employee: f.Employee}
}

func (v *plansView) learn(figures []budget.Figure) {
	for _, f := range figures {
		if f.Value == nil {
			delete(v.have, placeOf(f))
			continue
		}
		v.have[placeOf(f)] = f
	}
	v.rev++
}

// planRow is a row of the table: a store or an employee of one.
type planRow struct{ store, employee, name string }

func (v *plansView) rows() (list []planRow) {
	for _, s := range v.stores() {
		if v.store == "" {
			list = append(list, planRow{s.ID, "", s.Name})
			continue
		}
		if s.ID == v.store {
			for _, e := range s.Employees {
				list = append(list, planRow{s.ID, e.ID, e.Name})
			}
		}
	}
	return list
}

func (v *plansView) place(r planRow, month int) budget.Figure {
	return budget.Figure{Store: r.store, Month: fmt.Sprintf("%d-%02d", v.year, month+1), Measure: v.measure, Employee: r.employee}
}

// unit is how many of the measure's smallest parts the table counts as one.
func (v *plansView) unit() int64 {
	switch m, _ := cube.MeasureOf(v.measure); m.Format {
	case cube.FormatMoney:
		unit := int64(1)
		for range v.d.Currency().Exponent {
			unit *= 10
		}
		return unit
	case cube.FormatMilli:
		return 1000
	}
	return 1
}

// text is a figure as the table shows it, and as read takes it: grouped by
// blanks, with a full stop before decimals.
func (v *plansView) text(n int64) string {
	whole := strings.ReplaceAll(v.d.Lang.Int(n/v.unit()), ",", "\u00a0")
	if n%v.unit() == 0 {
		return whole
	}
	_, part, _ := strings.Cut(money.FormatDecimal(n, v.exponent()), ".")
	return whole + "." + strings.TrimRight(part, "0")
}

func (v *plansView) exponent() (exponent int) {
	for unit := v.unit(); unit > 1; unit /= 10 {
		exponent++
	}
	return exponent
}

// read takes what was typed as a figure; empty takes it away.
func (v *plansView) read(text string) (value *int64, ok bool) {
	if strings.TrimSpace(text) == "" {
		return nil, true
	}
	if m, _ := cube.MeasureOf(v.measure); m.Format == cube.FormatMoney {
		sum, err := money.Parse(text, v.d.Currency())
		return (*int64)(&sum), err == nil
	}
	n, err := money.Decimal(text, v.exponent())
	return &n, err == nil
}

// put saves what was typed into a cell.
func (v *plansView) put(r planRow, month int, text string) {
	at := v.place(r, month)
	before, had := v.have[at]
	value, ok := v.read(text)
	if !ok {
		v.rev++
		v.d.Say(ui.Warn, v.d.Lang.T(plansBad, "text", text))
		return
	}
	if value == nil && !had || value != nil && had && *value == *before.Value {
		v.rev++
		return
	}
	fresh := at
	fresh.Value, fresh.Version = value, before.Version
	words := v.d.Lang.T(plansSaved, "place", r.name, "month", v.d.Lang.T(i18n.MonthNames[month])+" "+fmt.Sprint(v.year))
	v.save([]budget.Figure{fresh}, words, true)
}

// save sends figures; undo takes them back.
func (v *plansView) save(figures []budget.Figure, words string, undo bool) {
	before := make([]budget.Figure, len(figures))
	for i, f := range figures {
		if before[i] = placeOf(f); v.have[placeOf(f)].Value != nil {
			before[i].Value = v.have[placeOf(f)].Value
		}
	}
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SavePlans, budget.SavePlans{Figures: figures}),
		func(p budget.Plans, e *errcode.Error) {
			switch {
			case e != nil && e.Code == errcode.Conflict:
				v.d.Say(ui.Warn, v.d.Lang.T(plansConflict, "by", e.Data["by"]))
				v.Refresh()
			case e != nil:
				v.rev++
				v.d.Say(ui.Bad, v.d.Lang.Error(e))
			default:
				v.learn(p.Figures)
				if !undo {
					v.d.Say(ui.Good, words)
					return
				}
				v.d.OfferUndo(ui.Good, words, func() {
					for i := range before {
						before[i].Version = v.have[placeOf(before[i])].Version
					}
					v.save(before, v.d.Lang.T(plansTaken), false)
				})
			}
		})
}

// copyLastYear fills the empty cells of the table with what was sold in the
// same months of last year, and some percent more.
func (v *plansView) copyLastYear() {
	percent, err := money.Decimal(strings.ReplaceAll(strings.TrimSpace(v.percent), "%", ""), 2)
	if err != nil {
		v.d.Say(ui.Warn, v.d.Lang.T(plansBad, "text", v.percent))
		return
	}
	q := cube.Query{
		Measures: []cube.MeasureID{v.measure}, By: []cube.DimID{cube.Store, cube.Month},
		From: fmt.Sprintf("%d-01-01", v.year-1), To: fmt.Sprintf("%d-12-31", v.year-1),
	}
	if v.store != "" {
		q.By[0] = cube.Cashier
		q.Where = []cube.Filter{{Dim: cube.Store, In: []string{v.store}}}
	}
	kit.Query(context.Background(), v.d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
		if e != nil {
			v.d.Say(ui.Bad, v.d.Lang.Error(e))
			return
		}
		v.fill(r, percent)
	})
}

func (v *plansView) fill(r cube.Result, percent int64) {
	sold := map[[2]string]int64{}
	for _, row := range r.Rows {
		sold[[2]string{row.Keys[0], row.Keys[1]}] = row.Values[0].N
	}
	step := v.unit() * 1000
	if m, _ := cube.MeasureOf(v.measure); m.Format == cube.FormatCount {
		step = 10
	}
	var figures []budget.Figure
	for _, place := range v.rows() {
		for month := range 12 {
			at := v.place(place, month)
			key := place.store
			if place.employee != "" {
				key = place.employee
			}
			n := sold[[2]string{key, fmt.Sprintf("%d-%02d", v.year-1, month+1)}]
			if _, has := v.have[at]; has || n <= 0 {
				continue
			}
			value := (money.MulDiv(n, 10000+percent, 10000) + step/2) / step * step
			at.Value = &value
			figures = append(figures, at)
		}
	}
	if len(figures) == 0 {
		v.d.Say(ui.Warn, v.d.Lang.T(plansNothing))
		return
	}
	v.save(figures, v.d.Lang.T(plansCopied, "n", len(figures)), true)
}

func (v *plansView) open(tab plansTab) {
	v.tab = tab
	v.Refresh()
}

func (v *plansView) turn(years int) {
	v.year += years
	v.Refresh()
}

// Draw draws the page.
func (v *plansView) Draw() app.UI {
	var body []app.UI
	switch v.tab {
	case planFigures:
		body = []app.UI{v.drawBar(), v.plans.Draw(v.d, v.drawFigures)}
	case planCosts:
		body = v.drawCosts()
	case planSheet:
		body = v.drawSheet()
	case planChanges:
		body = []app.UI{v.changes.Draw(v.d, v.drawChanges)}
	}
	return app.Div().Class("office").Body(body...)
}

// Head names the page, with its tabs.
func (v *plansView) Head() kit.Head {
	d, l := v.d, v.d.Lang
	tabs := []app.UI{}
	for _, t := range []struct {
		tab  plansTab
		name *i18n.Message
	}{{planFigures, plansFigures}, {planCosts, plansExpenses}, {planSheet, plansSheet}, {planChanges, plansChanges}} {
		tabs = append(tabs, d.Choice("plans-"+string(t.tab), l.T(t.name), v.tab == t.tab, func() { v.open(t.tab) }))
	}
	return kit.Head{Title: l.T(tabPlans), Acts: []app.UI{app.Div().Class("choices-row office-tabs").Body(tabs...)}}
}

// drawYear draws the year with the ones beside it.
func (v *plansView) drawYear() app.UI {
	l := v.d.Lang
	return app.Div().Class("office-year").Body(
		&ui.Button{ID: "plans-back", Label: "‹", Name: l.T(plansBefore), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.turn(-1) })},
		app.Span().ID("plans-year").Class("office-year-n").Text(fmt.Sprint(v.year)),
		&ui.Button{ID: "plans-next", Label: "›", Name: l.T(plansNext), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.turn(1) })},
	)
}

// drawBar chooses the figures, and fills them in from last year.
func (v *plansView) drawBar() app.UI {
	d, l := v.d, v.d.Lang
	var measures []app.UI
	for _, id := range cube.Plannable() {
		measures = append(measures, d.Option("plan-"+string(id), measureName(d, id), v.measure == id, func() {
			v.measure, d.Menu = id, ""
			v.rev++
		}))
	}
	stores := []app.UI{d.Option("plan-stores", l.T(plansOfStores), v.store == "", func() { v.store, d.Menu = "", ""; v.rev++ })}
	shown := l.T(plansOfStores)
	for _, s := range v.stores() {
		if s.ID == v.store {
			shown = s.Name
		}
		stores = append(stores, d.Option("plan-store-"+s.ID, s.Name, v.store == s.ID, func() { v.store, d.Menu = s.ID, ""; v.rev++ }))
	}
	return app.Div().Class("list-bar office-bar").Body(
		v.drawYear(),
		d.FilterMenu("plan-measure", l.T(plansMeasure), measureName(d, v.measure),
			func() app.UI { return app.Div().Class("options").Body(measures...) }),
		d.FilterMenu("plan-store", l.T(plansStore), shown, func() app.UI { return app.Div().Class("options options-long").Body(stores...) }),
		app.Div().Class("office-copy").Body(
			app.Span().Class("muted").Text(l.T(plansCopy)),
			&ui.Field{ID: "plan-percent", Value: v.percent, Mode: "decimal", Unit: "%", Class: "office-percent",
				OnText: func(_ app.Context, text string) { v.percent = text }, OnEnter: d.Press(v.copyLastYear)},
			&ui.Button{ID: "plan-copy", Label: l.T(plansCopyGo), OnPress: d.Press(v.copyLastYear)},
		),
	)
}

func (v *plansView) drawFigures(p *budget.Plans) app.UI {
	l, rows := v.d.Lang, v.rows()
	switch {
	case len(p.Stores) == 0:
		return ui.EmptyState("▦", l.T(plansNone), l.T(plansNoneHow))
	case len(rows) == 0:
		return app.P().Class("muted").Text(l.T(plansNoPeople))
	}
	return app.Div().Class("office").Body(app.P().Class("muted").Text(l.T(plansHow)), v.drawTable(rows))
}

func (v *plansView) drawTable(rows []planRow) app.UI {
	l := v.d.Lang
	first := plansStore
	if v.store != "" {
		first = plansEmployee
	}
	now := kit.InShops(v.d, v.d.Now())
	head := []app.UI{app.Th().Scope("col").Class("office-name").Text(l.T(first))}
	sums := make([]int64, 12)
	for month := range 12 {
		th := app.Th().Scope("col").Text(l.T(i18n.MonthNames[month]))
		if v.year == now.Year() && time.Month(month+1) == now.Month() {
			th.Class("now")
		}
		head = append(head, th)
	}
	head = append(head, app.Th().Scope("col").Text(l.T(plansTotal)))
	var body []app.UI
	table := fmt.Sprintf("plan-%s-%s-%d", v.measure, v.store, v.year)
	for i, row := range rows {
		cells := []app.UI{app.Th().Scope("row").Class("office-name").Text(row.name)}
		var sum int64
		for month := range 12 {
			text := ""
			if f, has := v.have[v.place(row, month)]; has {
				text = v.text(*f.Value)
				sum += *f.Value
				sums[month] += *f.Value
			}
			cells = append(cells, app.Td().Body(&kit.CellField{
				Table: table, Row: i, Col: month, Value: text, Rev: v.rev, Name: row.name + ", " + l.T(i18n.MonthNames[month]),
				OnPut: func(text string) { v.d.On(func() { v.put(row, month, text) }) },
			}))
		}
		body = append(body, app.Tr().Body(append(cells, app.Td().Class("num").Text(v.text(sum)))...))
	}
	foot := []app.UI{app.Th().Scope("row").Class("office-name").Text(l.T(plansTotal))}
	var all int64
	for _, sum := range sums {
		all += sum
		foot = append(foot, app.Td().Class("num").Text(v.text(sum)))
	}
	foot = append(foot, app.Td().Class("num").ID("plan-total").Text(v.text(all)))
	return app.Div().Class("office-table").Body(app.Table().Class("plan-table").Body(
		app.THead().Body(app.Tr().Body(head...)), app.TBody().Body(body...), app.TFoot().Body(app.Tr().Body(foot...)),
	))
}

// storeNamed names a store of the budget, or the chain.
func (v *plansView) storeNamed(id string) string {
	if id == "" {
		return v.d.Lang.T(expenseChain)
	}
	for _, s := range slices.Concat(v.stores(), v.costs.known().Stores) {
		if s.ID == id {
			return s.Name
		}
	}
	return v.d.DimName(id, v.d.Stores)
}

// measureName names a measure.
func measureName(d *kit.Desk, id cube.MeasureID) string {
	if m := i18n.MeasureNames[string(id)]; m != nil {
		return d.Lang.T(m)
	}
	return string(id)
}
