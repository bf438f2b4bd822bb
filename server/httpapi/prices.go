package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// PriceLists are the price lists and regulated prices of the chain.
type PriceLists interface {
	Lists(who scope.Scope) (wire.PriceLists, error)
	SaveList(l refdata.PriceList, allowed func(before *refdata.PriceList) error) (wire.PriceList, int64, error)
	SaveRegulation(g refdata.Regulation, allowed func(before *refdata.Regulation) error) (wire.Regulation, int64, error)
	Prices(who scope.Scope, list, text string, offset, limit int) (wire.ListPrices, error)
	SetPrices(change wire.ListPricesChange, allowed func(refdata.PriceList) error) (wire.ListPricesSet, error)
	Export(who scope.Scope, w io.Writer, list string) error
	When(who scope.Scope, sku catalogue.SKU, store string) (wire.PriceWhen, error)
}

// listTextMax bounds a file of prices.
const listTextMax = 4 << 20

// priceRoutes are for people.
func (s *Server) priceRoutes(r *routes.Registry) {
	if s.PriceLists == nil {
		return
	}
	person := func(method, path string, limit int64, h routes.Handler) {
		r.Add(routes.Route{Method: method, Path: path, Who: routes.Manager, Shows: routes.Stores, Limit: limit, Handle: h})
	}
	person("GET", wire.PathPriceLists, 0, s.priceLists)
	person("POST", wire.PathPriceLists, messageMax, s.savePriceList)
	person("GET", wire.PathListPrices, 0, s.listPrices)
	person("POST", wire.PathListPrices, listTextMax, s.setListPrices)
	person("GET", wire.PathListFile, 0, s.listFile)
	person("POST", wire.PathRegulations, messageMax, s.saveRegulation)
	person("GET", wire.PathPriceWhen, 0, s.priceWhen)
}

func (s *Server) priceLists(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	page, err := s.PriceLists.Lists(who.Scope)
	if err != nil {
		return err
	}
	return answer(w, page)
}

// parsePart reads one element of a set's list; problems have the places in its own text.
func parsePart(list string, text json.RawMessage) (pricing.Set, pricing.Problems, error) {
	before, after := `{"rules":[],"`+list+`":[`, `]}`
	set, err := pricing.Parse([]byte(before + string(text) + after))
	var problems pricing.Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].Path = strings.TrimPrefix(problems[i].Path, list+"[0].")
			if problems[i].Line == 1 {
				problems[i].Column = max(1, problems[i].Column-len(before))
			}
		}
		return set, problems, nil
	}
	if err == nil && len(set.Lists)+len(set.Regulations) != 1 {
		err = errcode.New(errcode.Invalid, "httpapi.parsePart", errors.New("not one of "+list))
	}
	return set, nil, err
}

func (s *Server) savePriceList(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.PriceListChange](r)
	if err != nil {
		return err
	}
	set, problems, err := parsePart("lists", request.List)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return answer(w, wire.SavedPriceList{Problems: problems})
	}
	list := refdata.PriceList{List: set.Lists[0], Stopped: request.Stopped, By: who.User.Login}
	if err := who.Must("httpapi.prices", list.List.Stores...); err != nil {
		return err
	}
	saved, version, err := s.PriceLists.SaveList(list, func(before *refdata.PriceList) error {
		if before == nil {
			return nil
		}
		return who.Must("httpapi.prices", before.List.Stores...)
	})
	if errors.As(err, &problems) {
		return answer(w, wire.SavedPriceList{Problems: problems})
	}
	if err != nil {
		return err
	}
	return answer(w, wire.SavedPriceList{List: &saved, Version: version})
}

func (s *Server) saveRegulation(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.RegulationChange](r)
	if err != nil {
		return err
	}
	set, problems, err := parsePart("regulations", request.Regulation)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return answer(w, wire.SavedRegulation{Problems: problems})
	}
	g := refdata.Regulation{Regulation: set.Regulations[0], Stopped: request.Stopped, By: who.User.Login}
	if err := who.Must("httpapi.prices", g.Regulation.Stores...); err != nil {
		return err
	}
	saved, version, err := s.PriceLists.SaveRegulation(g, func(before *refdata.Regulation) error {
		if before == nil {
			return nil
		}
		return who.Must("httpapi.prices", before.Regulation.Stores...)
	})
	if errors.As(err, &problems) {
		return answer(w, wire.SavedRegulation{Problems: problems})
	}
	if err != nil {
		return err
	}
	return answer(w, wire.SavedRegulation{Regulation: &saved, Version: version})
}

func (s *Server) listPrices(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	limit, err := number(r, "limit", 50)
	if err != nil {
		return err
	}
	offset, err := number(r, "offset", 0)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	page, err := s.PriceLists.Prices(who.Scope, query.Get("list"), query.Get("q"), int(min(offset, 10_000_000)), int(min(max(limit, 1), productsMax)))
	if err != nil {
		return err
	}
	return answer(w, page)
}

// setListPrices changes prices of a list, for the stores that are the person's.
func (s *Server) setListPrices(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	change, err := readMessage[wire.ListPricesChange](r)
	if err != nil {
		return err
	}
	set, err := s.PriceLists.SetPrices(change, func(list refdata.PriceList) error {
		if change.Store != "" {
			return who.Must("httpapi.prices", change.Store)
		}
		return who.Must("httpapi.prices", list.List.Stores...)
	})
	if err != nil {
		return err
	}
	return answer(w, set)
}

// listFile is a list as a file that can be edited and sent back.
func (s *Server) listFile(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="prices.csv"`)
	return s.PriceLists.Export(who.Scope, w, r.URL.Query().Get("list"))
}

func (s *Server) priceWhen(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	query := r.URL.Query()
	store := query.Get("store")
	if store != "" {
		if err := who.Must("httpapi.priceWhen", store); err != nil {
			return err
		}
	}
	when, err := s.PriceLists.When(who.Scope, catalogue.SKU(query.Get("sku")), store)
	if err != nil {
		return err
	}
	return answer(w, when)
}
