package data

import (
	"context"
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/budget"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// costs is the list of expenses and the one being entered.
type costs struct {
	page   kit.Remote[budget.Expenses]
	form   kit.Form[costDraft, budget.Expense]
	remove kit.Form[struct{}, budget.Expense]
}

// costDraft is an expense as the form has it. What is "" is chosen for the person:
// the nearest month, the first kind, the first store.
type costDraft struct {
	budget.Expense

	amount string
}

// known is the expenses that the page has been told, and what they can be.
func (c *costs) known() budget.Expenses {
	if page := c.page.Value(); page != nil {
		return *page
	}
	return budget.Expenses{}
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
	v.costs.form.Set(func(draft *costDraft) {
		*draft = costDraft{Expense: e}
		if e.Amount != 0 {
			draft.amount = v.d.Lang.Bare(e.Amount, v.d.Currency())
		}
	})
	v.d.Ctx.Defer(func(app.Context) { ui.Focus("cost-amount") })
}

// cost is the expense that the form says.
func (v *plansView) cost() budget.Expense {
	page, e := v.costs.known(), v.costs.form.Draft.Expense
	if e.Month == "" {
		e.Month = v.thisMonth()
	}
	if e.Kind == "" {
		e.Kind = v.kinds()[0]
	}
	if e.Store == "" && !page.Chain && len(page.Stores) > 0 {
		e.Store = page.Stores[0].ID
	}
	return e
}

// saveCost sends the form; the next expense begins like it.
func (v *plansView) saveCost() {
	e := v.cost()
	amount, err := money.ParseSigned(v.costs.form.Draft.amount, v.d.Currency())
	e.Amount = amount
	v.costs.form.Save(v.d, func(ctx context.Context) (budget.Expense, error) {
		if err != nil {
			return e, err
		}
		return office.Call(ctx, v.d.Office.Server, wire.SaveExpense, budget.SaveExpense{Expense: e})
	}, func(saved budget.Expense) []kit.Problem {
		v.costs.form.Set(func(draft *costDraft) {
			*draft = costDraft{Expense: budget.Expense{Store: e.Store, Month: e.Month, Kind: e.Kind}}
		})
		v.d.Say(ui.Good, kindName(v.d, saved.Kind)+", "+v.d.Lang.Sum(saved.Amount, v.d.Currency()))
		v.Refresh()
		return nil
	})
}

// removeCost takes an expense away; that can be taken back.
func (v *plansView) removeCost(e budget.Expense) {
	v.sendCost(budget.SaveExpense{Expense: e, Delete: true}, func() {
		words := v.d.Lang.T(expenseRemoved, "kind", kindName(v.d, e.Kind), "sum", v.d.Lang.Sum(e.Amount, v.d.Currency()))
		v.d.OfferUndo(ui.Good, words, func() {
			again := e
			again.ID, again.Version = 0, 0
			v.sendCost(budget.SaveExpense{Expense: again}, func() {})
		})
	})
}

func (v *plansView) sendCost(s budget.SaveExpense, then func()) {
	v.costs.remove.Save(v.d, office.Asking(v.d.Office.Server, wire.SaveExpense, s), func(budget.Expense) []kit.Problem {
		then()
		v.Refresh()
		return nil
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
	if kinds := v.costs.known().Kinds; len(kinds) > 0 {
		return kinds
	}
	return budget.Kinds()
}

func (v *plansView) drawCosts() []app.UI {
	return []app.UI{
		app.Div().Class("list-bar office-bar").Body(v.drawYear(), app.Span().Class("muted").Text(v.costSum())),
		v.drawCostForm(), v.d.ErrorBox(v.costs.remove.Fault()), v.costs.page.Draw(v.d, v.drawCostList),
	}
}

func (v *plansView) drawCostList(page *budget.Expenses) app.UI {
	l := v.d.Lang
	if len(page.Expenses) == 0 {
		return ui.EmptyState("▤", l.T(expenseNone, "year", fmt.Sprint(v.year)), l.T(expenseNoneHow))
	}
	month, rows := "", []app.UI{}
	for _, e := range page.Expenses {
		if e.Month != month {
			month = e.Month
			rows = append(rows, app.Div().Class("office-month").Body(
				app.Span().Text(v.monthName(month)), app.Span().Class("num").Text(v.d.Lang.Sum(v.costOf(month), v.d.Currency()))))
		}
		rows = append(rows, v.drawCost(e))
	}
	return app.Div().Class("items office-costs").Body(rows...)
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
	for _, e := range v.costs.known().Expenses {
		if e.Month == month {
			sum += e.Amount
		}
	}
	return sum
}

func (v *plansView) costSum() string {
	var sum money.Amount
	for _, e := range v.costs.known().Expenses {
		sum += e.Amount
	}
	return v.d.Lang.T(expenseSum, "sum", v.d.Lang.Sum(sum, v.d.Currency()))
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
			&ui.Button{ID: "cost-edit-" + id, Label: l.T(expenseEdit), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.editCost(e) })},
			&ui.Button{ID: "cost-remove-" + id, Label: l.T(expenseRemove), Kind: ui.Quiet, Disabled: v.costs.remove.Busy(),
				OnPress: v.d.Press(func() { v.removeCost(e) })},
		),
	)
}

func (v *plansView) drawCostForm() app.UI {
	d, l, f := v.d, v.d.Lang, &v.costs.form
	draft, shown := &f.Draft, v.cost()
	act := expenseAdd
	if draft.ID != 0 {
		act = expenseSave
	}
	edited := func() { f.Edited(); d.Rev++ }
	return app.Div().Class("form-card office-form").Body(
		d.FilterMenu("cost-month", l.T(expenseMonth), v.monthName(shown.Month), v.costMonths),
		d.FilterMenu("cost-store", l.T(plansStore), v.storeNamed(shown.Store), v.costStores),
		d.FilterMenu("cost-kind", l.T(expenseKind), kindName(d, shown.Kind), v.costKinds),
		&ui.Field{ID: "cost-amount", Example: l.T(expenseAmount), Value: draft.amount, Rev: f.Rev, Mode: "decimal",
			Unit:   l.Symbol(d.Currency()),
			OnText: func(_ app.Context, text string) { draft.amount = text; edited() }, OnEnter: d.Press(v.saveCost)},
		&ui.Field{ID: "cost-text", Example: l.T(expenseText), Value: draft.Text, Rev: f.Rev, Class: "office-comment",
			OnText: func(_ app.Context, text string) { draft.Text = text; edited() }, OnEnter: d.Press(v.saveCost)},
		&ui.Button{ID: "cost-save", Label: l.T(act), Kind: ui.Primary, Disabled: f.Busy() || draft.amount == "", OnPress: d.Press(v.saveCost)},
		app.If(draft.ID != 0, func() app.UI {
			return &ui.Button{ID: "cost-back", Label: "✕", Name: l.T(i18n.Cancel), Kind: ui.Quiet,
				OnPress: d.Press(func() { v.editCost(budget.Expense{}) })}
		}),
		d.ErrorBox(f.Fault()),
	)
}

// costOption is something to choose for the expense of the form.
func (v *plansView) costOption(id, label string, on bool, set func(*costDraft)) app.UI {
	return v.d.Option(id, label, on, func() {
		set(&v.costs.form.Draft)
		v.costs.form.Edited()
		v.d.Menu = ""
	})
}

func (v *plansView) costMonths() app.UI {
	var options []app.UI
	for m := 12; m >= 1; m-- {
		month := fmt.Sprintf("%d-%02d", v.year, m)
		options = append(options, v.costOption("cost-month-"+month, v.monthName(month), v.costs.form.Draft.Month == month,
			func(draft *costDraft) { draft.Month = month }))
	}
	return app.Div().Class("options options-long").Body(options...)
}

func (v *plansView) costKinds() app.UI {
	var options []app.UI
	for _, kind := range v.kinds() {
		options = append(options, v.costOption("cost-kind-"+kind, kindName(v.d, kind), v.costs.form.Draft.Kind == kind,
			func(draft *costDraft) { draft.Kind = kind }))
	}
	return app.Div().Class("options options-long").Body(options...)
}

func (v *plansView) costStores() app.UI {
	page, chosen := v.costs.known(), v.costs.form.Draft.Store
	var options []app.UI
	if page.Chain {
		options = append(options, v.costOption("cost-chain", v.d.Lang.T(expenseChain), chosen == "",
			func(draft *costDraft) { draft.Store = "" }))
	}
	for _, s := range page.Stores {
		options = append(options, v.costOption("cost-store-"+s.ID, s.Name, chosen == s.ID, func(draft *costDraft) { draft.Store = s.ID }))
	}
	return app.Div().Class("options options-long").Body(options...)
}
