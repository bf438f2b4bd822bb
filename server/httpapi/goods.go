package httpapi

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	goods "tillsight/server/assortment"
	"tillsight/server/user"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// Goods is the assortment and the rules of its sale.
type Goods interface {
	List(syncproto.GoodsQuery) (syncproto.Goods, error)
	Card(catalogue.SKU) (syncproto.GoodCard, error)
	Save(syncproto.GoodCard) (syncproto.SavedGood, error)
	Stop(syncproto.StopGoods) (syncproto.Saved, error)
	Export(io.Writer) error
	Import(data []byte, dry bool) (syncproto.Imported, error)
	Bans() (syncproto.Bans, error)
	SaveBan(ban.Rule) (syncproto.Saved, error)
	DropBan(id string) (syncproto.Saved, error)
	ShelfLives() (syncproto.ShelfLives, error)
	SaveShelfLives(syncproto.ShelfLives) (syncproto.Saved, error)
	Selling() (syncproto.Selling, error)
	SaveSelling(syncproto.Selling) (syncproto.Saved, error)
	QuickKeys() (syncproto.QuickKeys, error)
	SaveQuickKeys(syncproto.QuickKeys) (syncproto.QuickKeys, error)
}

// Stock takes in documents of goods.
type Stock interface {
	Document(id string, doc syncproto.StockDocument, login string) (syncproto.Saved, error)
}

const (
	goodsMax    = 500
	cardMax     = 1 << 20
	documentMax = 16 << 20
	stopMax     = 8 << 20
)

// goodsRoutes are for managers; changes are for those who see the whole chain.
func (s *Server) goodsRoutes(mux *http.ServeMux) {
	if s.Goods == nil {
		return
	}
	look := func(path string, h func(http.ResponseWriter, *http.Request, syncproto.User) error) {
		s.handle(mux, "GET", path, s.person(user.Manager, h))
	}
	change := func(method, path string, h func(http.ResponseWriter, *http.Request, syncproto.User) error) {
		s.handle(mux, method, path, s.person(user.Manager, wholeChain(h)))
	}
	look(syncproto.PathGoods, s.listGoods)
	look(syncproto.PathGood+"{sku}", s.goodCard)
	change("PUT", syncproto.PathGood+"{sku}", s.saveGood)
	change("POST", syncproto.PathGoodsStop, changed(stopMax, s.Goods.Stop))
	look(syncproto.PathGoodsFile, s.exportGoods)
	change("POST", syncproto.PathGoodsFile, s.importGoods)
	look(syncproto.PathBans, told(s.Goods.Bans))
	change("PUT", syncproto.PathBan+"{id}", s.saveBan)
	change("DELETE", syncproto.PathBan+"{id}", s.dropBan)
	look(syncproto.PathShelfLives, told(s.Goods.ShelfLives))
	change("PUT", syncproto.PathShelfLives, changed(cardMax, s.Goods.SaveShelfLives))
	look(syncproto.PathSelling, told(s.Goods.Selling))
	change("PUT", syncproto.PathSelling, changed(cardMax, s.Goods.SaveSelling))
	look(syncproto.PathQuickKeys, told(s.Goods.QuickKeys))
	change("PUT", syncproto.PathQuickKeys, changed(cardMax, s.Goods.SaveQuickKeys))
	s.handle(mux, "PUT", syncproto.PathStock+"{document}", s.person(user.Manager, s.stockDocument))
}

// wholeChain refuses a change of what all stores sell to who has only some of them.
func wholeChain(h func(http.ResponseWriter, *http.Request, syncproto.User) error) func(http.ResponseWriter, *http.Request, syncproto.User) error {
	return func(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
		if !user.May(u, "") {
			return errcode.New(errcode.Forbidden, "httpapi.goods", errors.New("not with these stores"))
		}
		return h(w, r, u)
	}
}

// told answers with what read returns.
func told[T any](read func() (T, error)) func(http.ResponseWriter, *http.Request, syncproto.User) error {
	return func(w http.ResponseWriter, _ *http.Request, _ syncproto.User) error {
		value, err := read()
		if err != nil {
			return err
		}
		return answer(w, value)
	}
}

// changed reads a message of at most limit bytes and answers with what came of it.
func changed[Q, A any](limit int64, change func(Q) (A, error)) func(http.ResponseWriter, *http.Request, syncproto.User) error {
	return func(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
		request, err := readUpTo[Q](r, limit)
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

func (s *Server) listGoods(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	limit, e1 := number(r, "limit", 100)
	offset, e2 := number(r, "offset", 0)
	if err := errors.Join(e1, e2); err != nil {
		return err
	}
	q := r.URL.Query()
	query := syncproto.GoodsQuery{
		Text: q.Get("q"), Category: q.Get("category"), Store: q.Get("store"), State: syncproto.GoodsState(q.Get("state")),
		Sort: q.Get("sort"), Desc: q.Get("desc") == "1", Lang: q.Get("lang"),
		Offset: int(min(offset, 10_000_000)), Limit: int(min(max(limit, 1), goodsMax)),
	}
	if query.Store != "" && !user.May(u, query.Store) {
		return errcode.New(errcode.Forbidden, "httpapi.goods", errors.New("not with these stores"))
	}
	page, err := s.Goods.List(query)
	if err != nil {
		return err
	}
	if query.Store == "" && !user.May(u, "") {
		for i := range page.Rows { // the sum over stores is not for who sees only some
			page.Rows[i].Counted, page.Rows[i].Left = false, 0
		}
	}
	return answer(w, page)
}

// goodCard leaves out what stores have that are not the person's.
func (s *Server) goodCard(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	card, err := s.Goods.Card(catalogue.SKU(r.PathValue("sku")))
	if err != nil {
		return err
	}
	return answer(w, own(card, u))
}

func own(card syncproto.GoodCard, u syncproto.User) syncproto.GoodCard {
	stock, prices := card.Stock, card.Prices
	card.Stock, card.Prices = nil, nil
	for _, row := range stock {
		if user.May(u, row.Store) {
			card.Stock = append(card.Stock, row)
		}
	}
	for _, price := range prices {
		if price.Store == "" || user.May(u, price.Store) {
			card.Prices = append(card.Prices, price)
		}
	}
	return card
}

func (s *Server) saveGood(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	card, err := readUpTo[syncproto.GoodCard](r, cardMax)
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
		*saved.Card = own(*saved.Card, u)
	}
	return answer(w, saved)
}

func (s *Server) exportGoods(w http.ResponseWriter, _ *http.Request, _ syncproto.User) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="goods.csv"`)
	return s.Goods.Export(w)
}

func (s *Server) importGoods(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	data, err := io.ReadAll(io.LimitReader(r.Body, goods.FileMax+1))
	if err != nil {
		return errcode.New(errcode.Cancelled, "httpapi.importGoods", err)
	}
	if len(data) > goods.FileMax {
		return errcode.New(errcode.TooLarge, "httpapi.importGoods", errors.New(strconv.Itoa(len(data))))
	}
	outcome, err := s.Goods.Import(data, r.URL.Query().Get("dry") == "1")
	if err != nil {
		return err
	}
	return answer(w, outcome)
}

func (s *Server) saveBan(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	rule, err := readUpTo[ban.Rule](r, cardMax)
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

func (s *Server) dropBan(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	saved, err := s.Goods.DropBan(r.PathValue("id"))
	if err != nil {
		return err
	}
	return answer(w, saved)
}

// stockDocument takes in goods of a store of the person.
func (s *Server) stockDocument(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
	doc, err := readUpTo[syncproto.StockDocument](r, documentMax)
	if err != nil {
		return err
	}
	if !user.May(u, doc.Store) {
		return errcode.New(errcode.Forbidden, "httpapi.stock", errors.New("not with these stores"))
	}
	if s.Stock == nil {
		return errcode.New(errcode.NotFound, "httpapi.stock", nil)
	}
	saved, err := s.Stock.Document(r.PathValue("document"), doc, u.Login)
	if err != nil {
		return err
	}
	return answer(w, saved)
}
