package httpapi

import (
	"errors"
	"fmt"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// devices lists all registers, those that were replaced or revoked too.
func (s *Server) devices(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	registered, err := s.Devices.List()
	if err != nil {
		return err
	}
	chains, err := s.Journal.Chains()
	if err != nil {
		return err
	}
	list := make([]wire.Device, 0, len(registered))
	for _, d := range registered {
		device := wire.Device{
			ID:       d.ID,
			Name:     d.Name,
			Store:    d.Store,
			Till:     d.Till,
			Epoch:    d.Epoch,
			Enrolled: d.Enrolled,
			LastSeen: d.Seen,
			Revoked:  d.Revoked,
			Replaced: d.Replaced,
		}
		for _, c := range chains {
			if c.Device == d.ID && c.Epoch == d.Epoch {
				device.Acked, device.Fork = c.High, c.Forked != 0
			}
		}
		list = append(list, device)
	}
	return answer(w, list)
}

// tills lists the checkouts of the chain with the register at each.
func (s *Server) tills(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	registered, err := s.Devices.List()
	if err != nil {
		return err
	}
	places := []wire.TillPlace{}
	err = s.Feed.View(func(q refdata.Querier) error {
		tills, err := refdata.AllTills(q)
		if err != nil {
			return err
		}
		for _, till := range tills {
			store, _, err := refdata.Store(q, till.Store)
			if err != nil {
				return err
			}
			places = append(places, wire.TillPlace{Store: till.Store, Name: store.Name.RU, Till: till.Number})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range places {
		for _, d := range registered {
			if d.Store == places[i].Store && d.Till == places[i].Till && !d.Replaced && !d.Revoked {
				places[i].Device = d.ID
			}
		}
	}
	return answer(w, places)
}

// newCode makes an enrolment code.
func (s *Server) newCode(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.CodeRequest](r)
	if err != nil {
		return err
	}
	known := false
	err = s.Feed.View(func(q refdata.Querier) error {
		tills, err := refdata.AllTills(q)
		for _, till := range tills {
			known = known || till.Store == request.Store && till.Number == request.Till
		}
		return err
	})
	if err != nil {
		return err
	}
	if !known {
		return errcode.New(errcode.NotFound, "httpapi.newCode", fmt.Errorf("till %d of store %q", request.Till, request.Store))
	}
	code, err := s.Devices.NewCode(request.Store, request.Till)
	if err != nil {
		return err
	}
	s.note(who, "device.code", fmt.Sprintf("%s-%d", request.Store, request.Till))
	return answer(w, code)
}

// revoke takes a register's rights away, at once if it is connected.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[struct {
		Device string `json:"device"`
	}](r)
	if err != nil {
		return err
	}
	if err := s.Devices.Revoke(request.Device); err != nil {
		return err
	}
	if err := s.sealAnew(request.Device); err != nil {
		return err
	}
	s.note(who, "device.revoke", request.Device)
	s.revoked.Post()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// setPrice writes a price. One for the whole chain is not for who has only some stores.
func (s *Server) setPrice(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	price, err := readMessage[catalogue.Price](r)
	if err != nil {
		return err
	}
	if err := who.Must("httpapi.setPrice", price.Store); err != nil {
		return err
	}
	version, err := s.Feed.SetPrice(price)
	if err != nil {
		return err
	}
	s.note(who, "price.set", fmt.Sprintf("%s in %q: %d", price.SKU, price.Store, price.Amount))
	return answer(w, struct {
		Version int64 `json:"version"`
	}{version})
}

const productsMax = 200

// products lists the assortment, or what a text finds in it, with the prices
// of a store.
func (s *Server) products(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	limit, err := number(r, "limit", 50)
	if err != nil {
		return err
	}
	offset, err := number(r, "offset", 0)
	if err != nil {
		return err
	}
	limit, offset = min(max(limit, 1), productsMax), min(offset, 10_000_000)
	query := r.URL.Query()
	store := query.Get("store")
	if store != "" {
		if err := who.Must("httpapi.products", store); err != nil {
			return err
		}
	}
	page := wire.Products{Products: []wire.PricedProduct{}}
	err = s.Feed.View(func(q refdata.Querier) error {
		items, err := find(q, query.Get("q"), store, s.Now().UnixMilli(), int(offset), int(limit)+1)
		for i, item := range items {
			if page.More = i == int(limit); page.More {
				break
			}
			page.Products = append(page.Products, priced(item))
		}
		return err
	})
	if err != nil {
		return err
	}
	return answer(w, page)
}

func priced(item refdata.Item) wire.PricedProduct {
	p := wire.PricedProduct{Product: item.Product, Code: item.Code}
	if item.Priced {
		p.Price = &item.Price
	}
	return p
}

// find returns the page of items that text finds; an empty one finds all.
func find(q refdata.Querier, text, store string, at int64, offset, limit int) ([]refdata.Item, error) {
	if text != "" {
		items, err := refdata.Search(q, text, store, at, offset+limit)
		return items[min(offset, len(items)):], err
	}
	var skus []catalogue.SKU
	enough := errors.New("enough")
	n := 0
	err := refdata.EachProduct(q, func(p catalogue.Product) error {
		if n++; n > offset {
			skus = append(skus, p.SKU)
		}
		if len(skus) == limit {
			return enough
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, err
	}
	var items []refdata.Item
	for _, sku := range skus {
		item, found, err := refdata.ProductBySKU(q, sku, store, at)
		if err != nil {
			return nil, err
		}
		if found {
			items = append(items, item)
		}
	}
	return items, nil
}
