package budget

import (
	"context"
	"fmt"

	"tillsight/server/routes"
	"tillsight/shared/budget"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Reference is what the chain consists of.
type Reference interface {
	View(func(refdata.Querier) error) error
}

// Desk is the book with the stores and people that it plans for.
type Desk struct {
	*Book
	Chain Reference
}

const historyMax = 500

// Routes are those of plan figures and expenses.
func (d Desk) Routes(r *routes.Registry) {
	routes.Add(r, office.GetPlans, routes.Manager, routes.Stores, d.plans)
	routes.Add(r, office.SavePlans, routes.Manager, routes.Stores, d.savePlans)
	d.reads(r, office.ImportPlans, "plans.import", d.ImportPlans)
	routes.Add(r, office.GetExpenses, routes.Manager, routes.Stores, d.expenses)
	routes.Add(r, office.SaveExpense, routes.Manager, routes.Stores, d.saveExpense)
	d.reads(r, office.ImportExpenses, "expenses.import", d.ImportExpenses)
	routes.Add(r, office.GetBudgetHistory, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, q office.Newest) ([]budget.Change, error) {
			if q.Limit == 0 {
				q.Limit = historyMax
			}
			return d.History(min(q.Limit, historyMax), who.Sees)
		})
}

// checked are months that there are, to the end of time unless it is said.
func checked(m office.Months) (office.Months, error) {
	for _, month := range []string{m.From, m.To} {
		if month != "" && !budget.IsMonth(month) {
			return m, errcode.New(errcode.Invalid, "budget.months", fmt.Errorf("month %q", month)).With("field", "month").With("value", month)
		}
	}
	if m.To == "" {
		m.To = "9999"
	}
	return m, nil
}

// places are the stores of the person, with those who work there, and all that a sheet may name.
func (d Desk) places(who routes.Caller) (list []budget.Store, known Places, err error) {
	known = Places{Stores: map[string]bool{}, Employees: map[string]bool{}}
	list = []budget.Store{}
	err = d.Chain.View(func(q refdata.Querier) error {
		all, err := refdata.AllStores(q)
		if err != nil {
			return err
		}
		people, err := refdata.AllEmployees(q)
		if err != nil {
			return err
		}
		for _, one := range all {
			known.Stores[one.ID] = true
			if !who.Sees(one.ID) {
				continue
			}
			shop := budget.Store{ID: one.ID, Name: one.Name.In(who.User.Lang)}
			for _, e := range people {
				if e.Store == one.ID {
					shop.Employees = append(shop.Employees, budget.Employee{ID: e.ID, Name: e.Name})
				}
			}
			list = append(list, shop)
		}
		for _, e := range people {
			known.Employees[e.ID] = true
		}
		return nil
	})
	return list, known, err
}

func (d Desk) plans(_ context.Context, who routes.Caller, q office.Months) (page budget.Plans, err error) {
	if q, err = checked(q); err != nil {
		return page, err
	}
	page.Version = d.Version()
	if page.Figures, err = d.Figures(q.From, q.To, who.Sees); err != nil {
		return page, err
	}
	page.Stores, _, err = d.places(who)
	return page, err
}

func (d Desk) savePlans(_ context.Context, who routes.Caller, q budget.SavePlans) (budget.Plans, error) {
	saved, err := d.SaveFigures(q.Figures, who.User.Login, who.Sees)
	if err == nil {
		who.Did("plans.save", "")
	}
	return budget.Plans{Figures: saved, Version: d.Version()}, err
}

func (d Desk) expenses(_ context.Context, who routes.Caller, q office.Months) (page budget.Expenses, err error) {
	if q, err = checked(q); err != nil {
		return page, err
	}
	page.Chain = who.Whole()
	if page.Expenses, err = d.Expenses(q.From, q.To, who.Sees); err != nil {
		return page, err
	}
	if page.Kinds, err = d.Kinds(); err != nil {
		return page, err
	}
	page.Stores, _, err = d.places(who)
	return page, err
}

func (d Desk) saveExpense(_ context.Context, who routes.Caller, q budget.SaveExpense) (budget.Expense, error) {
	if _, known, err := d.places(who); err != nil {
		return budget.Expense{}, err
	} else if q.Store != "" && !known.Stores[q.Store] {
		return budget.Expense{}, errcode.New(errcode.Invalid, "budget.saveExpense", fmt.Errorf("store %q", q.Store)).
			With("field", "store").With("value", q.Store)
	}
	saved, err := d.SaveExpense(q, who.User.Login, who.Sees)
	if err == nil {
		who.Did("expense.save", q.Store)
	}
	return saved, err
}

// reads adds the route of one of the book's imports.
func (d Desk) reads(r *routes.Registry, e wire.Endpoint[office.Sheet, budget.Imported], what string,
	read func(file []byte, known Places, by string, allowed Allowed, dry bool) (budget.Imported, error)) {
	routes.Add(r, e, routes.Manager, routes.Stores, func(_ context.Context, who routes.Caller, q office.Sheet) (budget.Imported, error) {
		_, known, err := d.places(who)
		if err != nil {
			return budget.Imported{}, err
		}
		err = d.Chain.View(func(q refdata.Querier) (err error) {
			known.Currency, err = refdata.Currency(q)
			return err
		})
		if err != nil {
			return budget.Imported{}, err
		}
		done, err := read(q.File, known, who.User.Login, who.Sees, q.Dry)
		if err == nil && !q.Dry {
			who.Did(what, "")
		}
		return done, err
	})
}
