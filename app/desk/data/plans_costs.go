package data

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/budget"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// costs is the list of expenses and the one being entered.
type costs struct {
	page  budget.Expenses
	asked bool

	draft  budget.Expense
	amount string
	rev    int
	busy   bool
	wrong  *errcode.Error
}

// kindName names a kind of expenses.
func kindName(d *kit.Desk, kind string) string {
	if m := i18n.ExpenseKinds[kind]; m != nil {
		return d.Lang.T(m)
	}
	return kind
}

// editCost puts an expense into the form; the zero one clears it.
func (v *plansView) editCost(e budget.Expense) {
	c := &v.costs
	c.draft, c.wrong, c.amount = e, nil, ""
	if e.Amount != 0 {
		c.amount = v.d.Lang.Bare(e.Amount, v.d.Currency())
	}
	c.rev++
	v.d.Ctx.Defer(func(app.Context) { ui.Focus("cost-amount") })
}

// saveCost sends the form.
func (v *plansView) saveCost() {
	c := &v.costs
	amount, err := money.ParseSigned(c.amount, v.d.Currency())
	if err != nil {
		c.wrong = errcode.As(err)
		return
	}
	e := c.draft
	if e.Amount = amount; e.Month == "" {
		e.Month = v.thisMonth()
	}
	if e.Kind == "" {
		e.Kind = v.kinds()[0]
	}
	if e.Store == "" && !c.page.Chain && len(c.page.Stores) > 0 {
		e.Store = c.page.Stores[0].ID
	}
	c.busy = true
	v.sendCost(budget.SaveExpense{Expense: e}, func(saved budget.Expense) {
		v.costs.draft = budget.Expense{Store: e.Store, Month: e.Month, Kind: e.Kind}
		v.costs.amount, v.costs.wrong = "", nil
		v.costs.rev++
		v.d.Say(ui.Good, kindName(v.d, saved.Kind)+", "+v.d.Lang.Sum(saved.Amount, v.d.Currency()))
	})
}

func (v *plansView) sendCost(s budget.SaveExpense, then func(budget.Expense)) {
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveExpense, s),
		func(saved budget.Expense, e *errcode.Error) {
			v.costs.busy, v.costs.wrong = false, e
			if e == nil {
				then(saved)
			}
			v.Refresh()
		})
}

// removeCost takes an expense away; that can be taken back.
func (v *plansView) removeCost(e budget.Expense) {
	v.sendCost(budget.SaveExpense{Expense: e, Delete: true}, func(budget.Expense) {
		words := v.d.Lang.T(i18n.ExpenseRemoved, "kind", kindName(v.d, e.Kind), "sum", v.d.Lang.Sum(e.Amount, v.d.Currency()))
		v.d.OfferUndo(ui.Good, words, func() {
			again := e
			again.ID, again.Version = 0, 0
			v.sendCost(budget.SaveExpense{Expense: again}, func(budget.Expense) {})
		})
	})
}

// thisMonth is the month of the year shown that is nearest to today.
func (v *plansView) thisMonth() string {
	now := kit.InShops(v.d, v.d.Now())
	if now.Year() == v.year {
		return now.Format("2006-01")
	}
	return fmt.Sprintf("%d-12", v.year)
}

func (v *plansView) kinds() []string {
	if len(v.costs.page.Kinds) > 0 {
		return v.costs.page.Kinds
	}
	return budget.Kinds()
}

func (v *plansView) drawCosts() []app.UI {
	l, c := v.d.Lang, &v.costs
	body := []app.UI{app.Div().Class("list-bar office-bar").Body(v.drawYear(), app.Span().Class("muted").Text(v.costSum())), v.drawCostForm()}
	switch {
	case !c.asked:
		return append(body, app.Div().Class("office-table").Aria("busy", v.fault == nil))
	case len(c.page.Expenses) == 0:
		return append(body, ui.EmptyState("▤", l.T(i18n.ExpenseNone, "year", fmt.Sprint(v.year)), l.T(i18n.ExpenseNoneHow)))
	}
	month, rows := "", []app.UI{}
	for _, e := range c.page.Expenses {
		if e.Month != month {
			month = e.Month
			rows = append(rows, app.Div().Class("office-month").Body(
				app.Span().Text(v.monthName(month)), app.Span().Class("num").Text(v.d.Lang.Sum(v.costOf(month), v.d.Currency()))))
		}
		rows = append(rows, v.drawCost(e))
	}
	return append(body, app.Div().Class("items office-costs").Body(rows...))
}

// monthName writes 2026-11 as people do.
func (v *plansView) monthName(month string) string {
	var year, n int
	if _, err := fmt.Sscanf(month, "%d-%d", &year, &n); err != nil || n < 1 || n > 12 {
		return month
	}
	return v.d.Lang.T(i18n.MonthNames[n-1]) + " " + fmt.Sprint(year)
}

func (v *plansView) costOf(month string) (sum money.Amount) {
	for _, e := range v.costs.page.Expenses {
		if e.Month == month {
			sum += e.Amount
		}
	}
	return sum
}

func (v *plansView) costSum() string {
	var sum money.Amount
	for _, e := range v.costs.page.Expenses {
		sum += e.Amount
	}
	return v.d.Lang.T(i18n.ExpenseSum, "sum", v.d.Lang.Sum(sum, v.d.Currency()))
}

func (v *plansView) drawCost(e budget.Expense) app.UI {
	l := v.d.Lang
	id := fmt.Sprint(e.ID)
	return app.Div().Class("item office-cost").DataSet("cost", id).Body(
		app.Span().Class("item-label").Text(kindName(v.d, e.Kind)),
		app.Span().Class("muted").Text(v.storeNamed(e.Store)),
		app.Span().Class("muted office-text").Text(e.Text),
		app.Span().Class("num").Text(l.Sum(e.Amount, v.d.Currency())),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "cost-edit-" + id, Label: l.T(i18n.ExpenseEdit), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.editCost(e) })},
			&ui.Button{ID: "cost-remove-" + id, Label: l.T(i18n.ExpenseRemove), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.removeCost(e) })},
		),
	)
}

func (v *plansView) drawCostForm() app.UI {
	d, l, c := v.d, v.d.Lang, &v.costs
	choose := func(set func()) func() { return func() { set(); d.Menu = "" } }
	var months, kinds, stores []app.UI
	for m := 12; m >= 1; m-- {
		month := fmt.Sprintf("%d-%02d", v.year, m)
		months = append(months, d.Option("cost-month-"+month, v.monthName(month), c.draft.Month == month, choose(func() { c.draft.Month = month })))
	}
	for _, kind := range v.kinds() {
		kinds = append(kinds, d.Option("cost-kind-"+kind, kindName(d, kind), c.draft.Kind == kind, choose(func() { c.draft.Kind = kind })))
	}
	if c.page.Chain {
		stores = append(stores, d.Option("cost-chain", l.T(i18n.ExpenseChain), c.draft.Store == "", choose(func() { c.draft.Store = "" })))
	}
	for _, s := range c.page.Stores {
		stores = append(stores, d.Option("cost-store-"+s.ID, s.Name, c.draft.Store == s.ID, choose(func() { c.draft.Store = s.ID })))
	}
	store, month, kind := c.draft.Store, c.draft.Month, c.draft.Kind
	if store == "" && !c.page.Chain && len(c.page.Stores) > 0 {
		store = c.page.Stores[0].ID
	}
	if month == "" {
		month = v.thisMonth()
	}
	if kind == "" {
		kind = v.kinds()[0]
	}
	act := i18n.ExpenseAdd
	if c.draft.ID != 0 {
		act = i18n.ExpenseSave
	}
	list := func(body []app.UI) func() app.UI {
		return func() app.UI { return app.Div().Class("options options-long").Body(body...) }
	}
	return app.Div().Class("form-card office-form").Body(
		d.FilterMenu("cost-month", l.T(i18n.ExpenseMonth), v.monthName(month), list(months)),
		d.FilterMenu("cost-store", l.T(i18n.PlansStore), v.storeNamed(store), list(stores)),
		d.FilterMenu("cost-kind", l.T(i18n.ExpenseKind), kindName(d, kind), list(kinds)),
		&ui.Field{ID: "cost-amount", Example: l.T(i18n.ExpenseAmount), Value: c.amount, Rev: c.rev, Mode: "decimal", Unit: "₽",
			OnText: func(_ app.Context, text string) { c.amount, c.wrong = text, nil; d.Rev++ }, OnEnter: d.Press(v.saveCost)},
		&ui.Field{ID: "cost-text", Example: l.T(i18n.ExpenseText), Value: c.draft.Text, Rev: c.rev, Class: "office-comment",
			OnText: func(_ app.Context, text string) { c.draft.Text = text }, OnEnter: d.Press(v.saveCost)},
		&ui.Button{ID: "cost-save", Label: l.T(act), Kind: ui.Primary, Disabled: c.busy || c.amount == "", OnPress: d.Press(v.saveCost)},
		app.If(c.draft.ID != 0, func() app.UI {
			return &ui.Button{ID: "cost-back", Label: "✕", Name: l.T(i18n.Cancel), Kind: ui.Quiet, OnPress: d.Press(func() { v.editCost(budget.Expense{}) })}
		}),
		d.ErrorBox(c.wrong),
	)
}
