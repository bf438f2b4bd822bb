package data

import (
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// sheetIn is a file of plan figures or expenses on its way in: tried first, then
// loaded.
type sheetIn struct {
	kit.Form[sheetDraft, budget.Imported]

	tried *budget.Imported // what the file holds; nil: it was not tried
}

// sheetDraft is a file that was chosen.
type sheetDraft struct {
	costs bool // it goes to the expenses
	name  string
	data  []byte
}

func (v *plansView) takeSheet(name string, data []byte) {
	v.sheet.Set(func(draft *sheetDraft) { draft.name, draft.data = name, data })
	v.sheet.tried = nil
	v.sendSheet(true)
}

// sendSheet has the file tried, or loaded.
func (v *plansView) sendSheet(dry bool) {
	draft, to := v.sheet.Draft, wire.ImportPlans
	if draft.costs {
		to = wire.ImportExpenses
	}
	v.sheet.Save(v.d, office.Asking(v.d.Office.Server, to, wire.Sheet{Dry: dry, File: draft.data}), func(found budget.Imported) []kit.Problem {
		v.sheet.tried = &found
		if found.Done {
			v.d.Say(ui.Good, v.d.Lang.T(sheetDone, "n", found.New+found.Changed))
			v.sheet.tried, v.sheet.Draft.data = nil, nil
		}
		return nil
	})
}

func (v *plansView) drawSheet() []app.UI {
	d, l, s := v.d, v.d.Lang, &v.sheet
	how, table := sheetPlansHow, "plans"
	if s.Draft.costs {
		how, table = sheetCostsHow, "expenses"
	}
	choose := func(costs bool) func() {
		return func() {
			v.sheet.tried = nil
			v.sheet.Set(func(draft *sheetDraft) { *draft = sheetDraft{costs: costs} })
		}
	}
	body := []app.UI{
		app.Div().Class("choices-row").Body(
			d.Choice("sheet-plans", l.T(plansFigures), table == "plans", choose(false)),
			d.Choice("sheet-costs", l.T(plansExpenses), table == "expenses", choose(true)),
		),
		app.P().Class("muted").Text(l.T(how)),
		app.Div().Class("office-bar").Body(
			&kit.FileField{Label: l.T(i18n.ImportFile), OnFile: func(name string, data []byte) { d.On(func() { v.takeSheet(name, data) }) }},
			app.A().ID("sheet-save").Class("office-link").Href("/v1/export/"+table+".csv").Download(table+".csv").Text(l.T(sheetSave)),
		),
		d.ErrorBox(s.Fault()),
	}
	if s.Busy() {
		body = append(body, ui.Toast(ui.Busy, l.T(i18n.ImportBusy), app.Span().Hidden(true)))
	}
	if s.tried != nil {
		body = append(body, v.drawFound()...)
	}
	return []app.UI{app.Div().Class("form-card office-sheet").Body(body...)}
}

func (v *plansView) drawFound() []app.UI {
	l, found := v.d.Lang, v.sheet.tried
	body := []app.UI{app.P().ID("sheet-sum").Class("good-title").Text(v.sheet.Draft.name + ": " +
		l.T(sheetSum, "rows", found.Rows, "new", found.New, "changed", found.Changed, "same", found.Same))}
	if len(found.Unknown) > 0 {
		body = append(body, app.P().Class("muted").Text(l.T(i18n.ImportUnknown, "columns", strings.Join(found.Unknown, ", "))))
	}
	if len(found.Errors) > 0 {
		return append(body, drawSheetFaults(found.Errors, l)...)
	}
	return append(body, v.drawSample(found),
		&ui.Button{ID: "sheet-go", Label: l.T(i18n.ImportGo), Kind: ui.Primary, Disabled: v.sheet.Busy() || found.New+found.Changed == 0,
			OnPress: v.d.Press(func() { v.sendSheet(false) })})
}

// drawSheetFaults says what is wrong in which row.
func drawSheetFaults(faults []budget.ImportError, l i18n.Lang) []app.UI {
	var list []app.UI
	for _, e := range kit.Cut(faults, kit.ImportShown) {
		what := e.Code
		if m := i18n.SheetFaultWords[e.Code]; m != nil {
			what = l.T(m, "value", e.Value)
		}
		list = append(list, app.Li().Text(l.T(sheetFault, "row", fmt.Sprint(e.Row), "column", e.Column, "what", what)))
	}
	return []app.UI{app.P().Class("office-bad").Text(l.T(sheetFaults, "n", len(faults))),
		app.Ul().ID("sheet-faults").Class("form-problems").Body(list...)}
}

// drawSample is the first rows of the file as they were understood.
func (v *plansView) drawSample(found *budget.Imported) app.UI {
	d, l := v.d, v.d.Lang
	var rows []app.UI
	row := func(cells ...string) {
		line := make([]app.UI, len(cells))
		for i, cell := range cells {
			line[i] = app.Td().Text(cell)
		}
		rows = append(rows, app.Tr().Body(line...))
	}
	for i, f := range found.Plans {
		was := ""
		if i < len(found.Was) && found.Was[i] != nil && *found.Was[i] != *f.Value {
			was = l.T(changeWas, "sum", figureText(d, budget.Figure{Measure: f.Measure, Value: found.Was[i]}))
		}
		row(v.storeNamed(f.Store), v.monthName(f.Month), measureName(d, f.Measure), f.Employee, figureText(d, f), was)
	}
	for _, e := range found.Expenses {
		row(v.storeNamed(e.Store), v.monthName(e.Month), kindName(d, e.Kind), l.Sum(e.Amount, d.Currency()), e.Text)
	}
	return app.Div().Class("office-table").Body(app.Table().Class("plan-table").Body(app.TBody().Body(rows...)))
}

// figureText writes the value of a figure in its unit.
func figureText(d *kit.Desk, f budget.Figure) string {
	if f.Value == nil {
		return "—"
	}
	switch m, _ := cube.MeasureOf(f.Measure); m.Format {
	case cube.FormatMoney:
		return d.Lang.Sum(money.Amount(*f.Value), d.Currency())
	case cube.FormatMilli:
		return d.Lang.Decimal(*f.Value, 3)
	}
	return d.Lang.Int(*f.Value)
}

// drawChanges lists who changed what.
func (v *plansView) drawChanges(list *[]budget.Change) app.UI {
	if len(*list) == 0 {
		return app.P().Class("muted").Text(v.d.Lang.T(changeNone))
	}
	return app.Div().Class("items").Body(app.Range(*list).Slice(func(i int) app.UI { return v.drawChange((*list)[i]) }))
}

func (v *plansView) drawChange(c budget.Change) app.UI {
	d, l := v.d, v.d.Lang
	what, now, before := "", "", ""
	switch {
	case c.Plan != nil:
		what = measureName(d, c.Plan.Measure) + " · " + v.storeNamed(c.Plan.Store) + " · " + v.monthName(c.Plan.Month)
		if c.Plan.Employee != "" {
			what += " · " + c.Plan.Employee
		}
		now = figureText(d, *c.Plan)
		if c.Before != nil {
			before = l.T(changeWas, "sum", figureText(d, budget.Figure{Measure: c.Plan.Measure, Value: c.Before}))
		}
	case c.Expense != nil:
		what = kindName(d, c.Expense.Kind) + " · " + v.storeNamed(c.Expense.Store) + " · " + v.monthName(c.Expense.Month)
		now = l.Sum(c.Expense.Amount, d.Currency())
		if c.Before != nil && !c.Deleted {
			before = l.T(changeWas, "sum", l.Sum(money.Amount(*c.Before), d.Currency()))
		}
	}
	if c.Deleted {
		now += " " + l.T(changeGone)
	}
	return app.Div().Class("item office-change").Body(
		app.Span().Class("muted").Text(d.Moment(c.At)+" · "+c.By),
		app.Span().Class("item-label").Text(what),
		app.Span().Class("num").Text(now),
		app.Span().Class("muted num").Text(before),
	)
}
