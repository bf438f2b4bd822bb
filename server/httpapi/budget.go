package httpapi

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	store "tillsight/server/budget"
	"tillsight/server/user"
	"tillsight/shared/budget"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/syncproto"
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

// mayBudget lets the stores of u through, and the chain when he may see all of it.
func mayBudget(u syncproto.User) store.Allowed {
	return func(store string) bool { return user.May(u, store) && (store != "" || len(stores(u)) == 0) }
}

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
func (s *Server) places(u syncproto.User) (list []budget.Store, known store.Places, err error) {
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
			if !user.May(u, one.ID) {
				continue
			}
			shop := budget.Store{ID: one.ID, Name: one.Name.In(u.Lang)}
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
func (s *Server) plans(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	from, to, err := monthsOf(r)
	if err != nil {
		return err
	}
	page := budget.Plans{Version: s.Budget.Version()}
	if page.Figures, err = s.Budget.Figures(from, to, mayBudget(u)); err != nil {
		return err
	}
	if page.Stores, _, err = s.places(u); err != nil {
		return err
	}
	return answer(w, page)
}

// savePlans changes plan figures.
func (s *Server) savePlans(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	request, err := readUpTo[budget.SavePlans](r, importMax)
	if err != nil {
		return err
	}
	saved, err := s.Budget.SaveFigures(request.Figures, u.Login, mayBudget(u))
	if err != nil {
		return err
	}
	return answer(w, budget.Plans{Figures: saved, Version: s.Budget.Version()})
}

// expenses lists expenses.
func (s *Server) expenses(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	from, to, err := monthsOf(r)
	if err != nil {
		return err
	}
	page := budget.Expenses{Chain: mayBudget(u)("")}
	if page.Expenses, err = s.Budget.Expenses(from, to, mayBudget(u)); err != nil {
		return err
	}
	if page.Kinds, err = s.Budget.Kinds(); err != nil {
		return err
	}
	if page.Stores, _, err = s.places(u); err != nil {
		return err
	}
	for i := range page.Stores {
		page.Stores[i].Employees = nil
	}
	return answer(w, page)
}

// saveExpense puts an expense or takes it away.
func (s *Server) saveExpense(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	request, err := readMessage[budget.SaveExpense](r)
	if err != nil {
		return err
	}
	if _, known, err := s.places(u); err != nil {
		return err
	} else if request.Store != "" && !known.Stores[request.Store] {
		return errcode.New(errcode.Invalid, "httpapi.saveExpense", fmt.Errorf("store %q", request.Store)).With("field", "store").With("value", request.Store)
	}
	saved, err := s.Budget.SaveExpense(request, u.Login, mayBudget(u))
	if err != nil {
		return err
	}
	return answer(w, saved)
}

// importBudget reads a sheet with one of the book's imports.
func (s *Server) importBudget(read func(file []byte, known store.Places, by string, allowed store.Allowed, dry bool) (budget.Imported, error)) personHandler {
	return func(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
		file, err := io.ReadAll(io.LimitReader(r.Body, importMax+1))
		switch {
		case err != nil:
			return errcode.New(errcode.Cancelled, "httpapi.import", fmt.Errorf("read sheet: %w", err))
		case len(file) > importMax:
			return errcode.New(errcode.TooLarge, "httpapi.import", errors.New("the sheet is too large"))
		}
		_, known, err := s.places(u)
		if err != nil {
			return err
		}
		result, err := read(file, known, u.Login, mayBudget(u), r.URL.Query().Get("dry") != "")
		if err != nil {
			return err
		}
		return answer(w, result)
	}
}

// budgetHistory lists the newest changes.
func (s *Server) budgetHistory(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit < 1 || limit > historyMax {
		limit = historyMax
	}
	list, err := s.Budget.History(limit, mayBudget(u))
	if err != nil {
		return err
	}
	return answer(w, list)
}

// budgetRoutes are those of plan figures and expenses.
func (s *Server) budgetRoutes(mux *http.ServeMux) {
	if s.Budget == nil {
		return
	}
	s.handle(mux, "GET", budget.PathPlans, s.person(user.Manager, s.plans))
	s.handle(mux, "POST", budget.PathPlans, s.person(user.Manager, s.savePlans))
	s.handle(mux, "POST", budget.PathPlansImport, s.person(user.Manager, s.importBudget(s.Budget.ImportPlans)))
	s.handle(mux, "GET", budget.PathExpenses, s.person(user.Manager, s.expenses))
	s.handle(mux, "POST", budget.PathExpenses, s.person(user.Manager, s.saveExpense))
	s.handle(mux, "POST", budget.PathExpensesImport, s.person(user.Manager, s.importBudget(s.Budget.ImportExpenses)))
	s.handle(mux, "GET", budget.PathHistory, s.person(user.Manager, s.budgetHistory))
}
