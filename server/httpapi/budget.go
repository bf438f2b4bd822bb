package httpapi

import (
	"fmt"
	"net/http"
	"strconv"

	store "tillsight/server/budget"
	"tillsight/server/routes"
	"tillsight/shared/budget"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

// Budget is what the office plans and enters as spent.
type Budget interface {
	Version() int64
	Figures(from, to string, allowed store.Allowed) ([]budget.Figure, error)
	SaveFigures(figures []budget.Figure, by string, allowed store.Allowed) ([]budget.Figure, error)
	ImportPlans(file []byte, known store.Places, by string, allowed store.Allowed, dry bool) (budget.Imported, error)
	Expenses(from, to string, allowed store.Allowed) ([]budget.Expense, error)
	SaveExpense(s budget.SaveExpense, by string, allowed store.Allowed) (budget.Expense, error)
	ImportExpenses(file []byte, known store.Places, by string, allowed store.Allowed, dry bool) (budget.Imported, error)
	Kinds() ([]string, error)
	History(limit int, allowed store.Allowed) ([]budget.Change, error)
}

const (
	importMax  = 4 << 20 // bytes of a sheet
	historyMax = 500
)

// monthsOf reads ?from=&to=.
func monthsOf(r *http.Request) (from, to string, err error) {
	from, to = r.FormValue("from"), r.FormValue("to")
	for _, month := range []string{from, to} {
		if month != "" && !budget.IsMonth(month) {
			return "", "", errcode.New(errcode.Invalid, "httpapi.months", fmt.Errorf("month %q", month)).With("field", "month").With("value", month)
		}
	}
	if to == "" {
		to = "9999"
	}
	return from, to, nil
}

// places are the stores of the person, with those who work there, and all that a sheet may name.
func (s *Server) places(who routes.Caller) (list []budget.Store, known store.Places, err error) {
	known = store.Places{Stores: map[string]bool{}, Employees: map[string]bool{}}
	list = []budget.Store{}
	err = s.Feed.View(func(q refdata.Querier) error {
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

// plans lists plan figures.
func (s *Server) plans(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	from, to, err := monthsOf(r)
	if err != nil {
		return err
	}
	page := budget.Plans{Version: s.Budget.Version()}
	if page.Figures, err = s.Budget.Figures(from, to, who.Sees); err != nil {
		return err
	}
	if page.Stores, _, err = s.places(who); err != nil {
		return err
	}
	return answer(w, page)
}

// savePlans changes plan figures.
func (s *Server) savePlans(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[budget.SavePlans](r)
	if err != nil {
		return err
	}
	saved, err := s.Budget.SaveFigures(request.Figures, who.User.Login, who.Sees)
	if err != nil {
		return err
	}
	return answer(w, budget.Plans{Figures: saved, Version: s.Budget.Version()})
}

// expenses lists expenses.
func (s *Server) expenses(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	from, to, err := monthsOf(r)
	if err != nil {
		return err
	}
	page := budget.Expenses{Chain: who.Whole()}
	if page.Expenses, err = s.Budget.Expenses(from, to, who.Sees); err != nil {
		return err
	}
	if page.Kinds, err = s.Budget.Kinds(); err != nil {
		return err
	}
	if page.Stores, _, err = s.places(who); err != nil {
		return err
	}
	for i := range page.Stores {
		page.Stores[i].Employees = nil
	}
	return answer(w, page)
}

// saveExpense puts an expense or takes it away.
func (s *Server) saveExpense(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[budget.SaveExpense](r)
	if err != nil {
		return err
	}
	if _, known, err := s.places(who); err != nil {
		return err
	} else if request.Store != "" && !known.Stores[request.Store] {
		return errcode.New(errcode.Invalid, "httpapi.saveExpense", fmt.Errorf("store %q", request.Store)).With("field", "store").With("value", request.Store)
	}
	saved, err := s.Budget.SaveExpense(request, who.User.Login, who.Sees)
	if err != nil {
		return err
	}
	return answer(w, saved)
}

// importBudget reads a sheet with one of the book's imports.
func (s *Server) importBudget(read func(file []byte, known store.Places, by string, allowed store.Allowed, dry bool) (budget.Imported, error)) routes.Handler {
	return func(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
		file, err := readBody(r)
		if err != nil {
			return err
		}
		_, known, err := s.places(who)
		if err != nil {
			return err
		}
		err = s.Feed.View(func(q refdata.Querier) (err error) {
			known.Currency, err = refdata.Currency(q)
			return err
		})
		if err != nil {
			return err
		}
		result, err := read(file, known, who.User.Login, who.Sees, r.URL.Query().Get("dry") != "")
		if err != nil {
			return err
		}
		return answer(w, result)
	}
}

// budgetHistory lists the newest changes.
func (s *Server) budgetHistory(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit < 1 || limit > historyMax {
		limit = historyMax
	}
	list, err := s.Budget.History(limit, who.Sees)
	if err != nil {
		return err
	}
	return answer(w, list)
}

// budgetRoutes are those of plan figures and expenses.
func (s *Server) budgetRoutes(r *routes.Registry) {
	if s.Budget == nil {
		return
	}
	person := func(method, path string, limit int64, h routes.Handler) {
		r.Add(routes.Route{Method: method, Path: path, Who: routes.Manager, Shows: routes.Stores, Limit: limit, Handle: h})
	}
	person("GET", budget.PathPlans, 0, s.plans)
	person("POST", budget.PathPlans, importMax, s.savePlans)
	person("POST", budget.PathPlansImport, importMax, s.importBudget(s.Budget.ImportPlans))
	person("GET", budget.PathExpenses, 0, s.expenses)
	person("POST", budget.PathExpenses, messageMax, s.saveExpense)
	person("POST", budget.PathExpensesImport, importMax, s.importBudget(s.Budget.ImportExpenses))
	person("GET", budget.PathHistory, 0, s.budgetHistory)
}
