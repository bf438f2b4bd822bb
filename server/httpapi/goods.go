package httpapi

import (
	"errors"
	"io"
	"net/http"

	goods "tillsight/server/assortment"
	"tillsight/server/routes"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// Goods is the assortment and the rules of its sale.
type Goods interface {
	List(catalogue.GoodsQuery) (catalogue.Goods, error)
	Card(catalogue.SKU) (wire.GoodCard, error)
	Save(wire.GoodCard) (wire.SavedGood, error)
	Stop(wire.GoodsStop) (wire.Saved, error)
	Export(io.Writer) error
	Import(data []byte, dry bool) (wire.Imported, error)
	Bans() (wire.Bans, error)
	SaveBan(ban.Rule) (wire.Saved, error)
	DropBan(id string) (wire.Saved, error)
	ShelfLives() (wire.ShelfLives, error)
	SaveShelfLives(wire.ShelfLives) (wire.Saved, error)
	Selling() (wire.Selling, error)
	SaveSelling(wire.Selling) (wire.Saved, error)
	QuickKeys() (wire.QuickKeys, error)
	SaveQuickKeys(wire.QuickKeys) (wire.QuickKeys, error)
}

// Stock takes in documents of goods.
type Stock interface {
	Document(id string, doc wire.StockDocument, login string) (wire.Saved, error)
}

const (
	goodsMax    = 500
	cardMax     = 1 << 20
	documentMax = 16 << 20
	stopMax     = 8 << 20
)

// goodsRoutes are for people; changes are for those who see the whole chain.
func (s *Server) goodsRoutes(r *routes.Registry) {
	if s.Goods == nil {
		return
	}
	look := func(path string, shows routes.Shows, h routes.Handler) {
		r.Add(routes.Route{Method: "GET", Path: path, Who: routes.Manager, Shows: shows, Handle: h})
	}
	change := func(method, path string, limit int64, h routes.Handler) {
		r.Add(routes.Route{Method: method, Path: path, Who: routes.Manager, Shows: routes.Whole, Limit: limit, Handle: h})
	}
	look(wire.PathGoods, routes.Stores, s.listGoods)
	look(wire.PathGood+"{sku}", routes.Stores, s.goodCard)
	change("PUT", wire.PathGood+"{sku}", cardMax, s.saveGood)
	change("POST", wire.PathGoodsStop, stopMax, changed(s.Goods.Stop))
	look(wire.PathGoodsFile, routes.Common, s.exportGoods)
	change("POST", wire.PathGoodsFile, goods.FileMax, s.importGoods)
	look(wire.PathBans, routes.Common, told(s.Goods.Bans))
	change("PUT", wire.PathBan+"{id}", cardMax, s.saveBan)
	change("DELETE", wire.PathBan+"{id}", 0, s.dropBan)
	look(wire.PathShelfLives, routes.Common, told(s.Goods.ShelfLives))
	change("PUT", wire.PathShelfLives, cardMax, changed(s.Goods.SaveShelfLives))
	look(wire.PathSelling, routes.Common, told(s.Goods.Selling))
	change("PUT", wire.PathSelling, cardMax, changed(s.Goods.SaveSelling))
	look(wire.PathQuickKeys, routes.Common, told(s.Goods.QuickKeys))
	change("PUT", wire.PathQuickKeys, cardMax, changed(s.Goods.SaveQuickKeys))
	r.Add(routes.Route{Method: "PUT", Path: wire.PathStock + "{document}", Who: routes.Manager, Shows: routes.Stores, Limit: documentMax, Handle: s.stockDocument})
}

// told answers with what read returns.
func told[T any](read func() (T, error)) routes.Handler {
	return func(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
		value, err := read()
		if err != nil {
			return err
		}
		return answer(w, value)
	}
}

// changed reads a message and answers with what came of it.
func changed[Q, A any](change func(Q) (A, error)) routes.Handler {
	return func(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
		request, err := readMessage[Q](r)
		if err != nil {
			return err
		}
		outcome, err := change(request)
		if err != nil {
			return err
		}
		return answer(w, outcome)
	}
}

func (s *Server) listGoods(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	limit, e1 := number(r, "limit", 100)
	offset, e2 := number(r, "offset", 0)
	if err := errors.Join(e1, e2); err != nil {
		return err
	}
	q := r.URL.Query()
	query := catalogue.GoodsQuery{
		Text: q.Get("q"), Category: q.Get("category"), Store: q.Get("store"), State: catalogue.GoodsState(q.Get("state")),
		Sort: q.Get("sort"), Desc: q.Get("desc") == "1", Lang: q.Get("lang"),
		Offset: int(min(offset, 10_000_000)), Limit: int(min(max(limit, 1), goodsMax)),
	}
	if query.Store != "" {
		if err := who.Must("httpapi.goods", query.Store); err != nil {
			return err
		}
	}
	page, err := s.Goods.List(query)
	if err != nil {
		return err
	}
	if query.Store == "" && !who.Whole() {
		for i := range page.Rows { // the sum over stores is not for who sees only some
			page.Rows[i].Counted, page.Rows[i].Left = false, 0
		}
	}
	return answer(w, page)
}

// goodCard leaves out what stores have that are not the person's.
func (s *Server) goodCard(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	card, err := s.Goods.Card(catalogue.SKU(r.PathValue("sku")))
	if err != nil {
		return err
	}
	return answer(w, own(card, who))
}

func own(card wire.GoodCard, who routes.Caller) wire.GoodCard {
	stock, prices := card.Stock, card.Prices
	card.Stock, card.Prices = nil, nil
	for _, row := range stock {
		if who.Sees(row.Store) {
			card.Stock = append(card.Stock, row)
		}
	}
	for _, price := range prices {
		if price.Store == "" || who.Sees(price.Store) {
			card.Prices = append(card.Prices, price)
		}
	}
	return card
}

func (s *Server) saveGood(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	card, err := readMessage[wire.GoodCard](r)
	if err != nil {
		return err
	}
	if string(card.Product.SKU) != r.PathValue("sku") {
		return errcode.New(errcode.Invalid, "httpapi.saveGood", errors.New("another article in the address"))
	}
	saved, err := s.Goods.Save(card)
	if err != nil {
		return err
	}
	if saved.Card != nil {
		*saved.Card = own(*saved.Card, who)
	}
	return answer(w, saved)
}

func (s *Server) exportGoods(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="goods.csv"`)
	return s.Goods.Export(w)
}

func (s *Server) importGoods(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	data, err := readBody(r)
	if err != nil {
		return err
	}
	outcome, err := s.Goods.Import(data, r.URL.Query().Get("dry") == "1")
	if err != nil {
		return err
	}
	return answer(w, outcome)
}

func (s *Server) saveBan(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	rule, err := readMessage[ban.Rule](r)
	if err != nil {
		return err
	}
	if rule.ID != r.PathValue("id") {
		return errcode.New(errcode.Invalid, "httpapi.saveBan", errors.New("another ban in the address"))
	}
	saved, err := s.Goods.SaveBan(rule)
	if err != nil {
		return err
	}
	return answer(w, saved)
}

func (s *Server) dropBan(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	saved, err := s.Goods.DropBan(r.PathValue("id"))
	if err != nil {
		return err
	}
	return answer(w, saved)
}

// stockDocument takes in goods of a store of the person.
func (s *Server) stockDocument(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	doc, err := readMessage[wire.StockDocument](r)
	if err != nil {
		return err
	}
	if err := who.Must("httpapi.stock", doc.Store); err != nil {
		return err
	}
	if s.Stock == nil {
		return errcode.New(errcode.NotFound, "httpapi.stock", nil)
	}
	saved, err := s.Stock.Document(r.PathValue("document"), doc, who.User.Login)
	if err != nil {
		return err
	}
	return answer(w, saved)
}
