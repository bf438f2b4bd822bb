package httpapi

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	goods "tillsight/server/assortment"
	"tillsight/server/stock"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// withGoods gives the world's server the assortment and the stock.
func (w *world) withGoods() {
	w.Helper()
	_, err := w.server.Feed.Put([]refdata.Row{
		{Table: refdata.Categories, Value: catalogue.Category{ID: "dairy", Name: catalogue.Text{RU: "Молочное"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "bakery", Name: catalogue.Text{RU: "Хлеб"}}},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Reduced, From: "2026-01-01", BP: 1000}},
	})
	w.must(err)
	counted, err := stock.Open(w.server.Journal, w.server.Feed, w.clock)
	w.must(err)
	bans, err := goods.Bans.Open(w.server.Feed, w.clock)
	w.must(err)
	w.add(goods.New(w.server.Feed, w.clock).Routes, bans.Routes, counted.Routes)
}

// TestGoodsRights lets everybody look, and only those who see the whole chain
// change what all stores sell.
func TestGoodsRights(t *testing.T) {
	w := newWorld(t)
	w.withGoods()
	boss, two := w.boss(), w.two()
	card := decode[wire.GoodCard](t, w.ask(request{method: "GET", path: wire.GetGood.At("101"), header: two, status: http.StatusOK, want: []string{"Молоко"}}).Body)
	card.Product.MinAge = 6
	body, err := json.Marshal(card)
	w.must(err)
	for _, r := range []request{
		{method: "GET", path: wire.GetGoods.Path + "?q=хлеб", header: two, status: http.StatusOK, want: []string{`"102"`}, not: []string{`"101"`}},
		{method: "GET", path: wire.GetGoods.Path + "?store=1", header: two, code: errcode.Forbidden},
		{method: "GET", path: wire.GetGoods.Path + "?sort=cost", header: boss, code: errcode.Invalid},
		{method: "GET", path: wire.GetGoods.Path, status: http.StatusUnauthorized},
		{method: "GET", path: wire.GetGood.At("nothing"), header: boss, code: errcode.NotFound},
		{method: "PUT", path: wire.GetGood.At("101"), header: two, body: string(body), code: errcode.Forbidden},
		{method: "PUT", path: wire.GetGood.At("102"), header: boss, body: string(body), code: errcode.Invalid},
		{method: "PUT", path: wire.GetGood.At("101"), header: boss, body: string(body), status: http.StatusOK, want: []string{`"min_age":6`}},
		{method: "PUT", path: wire.GetGood.At("101"), header: boss, body: string(body), status: http.StatusOK}, // again
		{method: "PUT", path: wire.GetGood.At("101"), header: boss, body: strings.Replace(string(body), `"min_age":6`, `"min_age":7`, 1), code: errcode.Conflict},
		{method: "POST", path: wire.StopGoods.Path, header: two, body: `{"skus":["101"]}`, code: errcode.Forbidden},
		{method: "POST", path: wire.StopGoods.Path, header: boss, body: `{"skus":["101"]}`, status: http.StatusOK, want: []string{`"count":1`}},
		{method: "GET", path: wire.ExportGoods.Path, header: two, status: http.StatusOK, want: []string{"sku;name_ru", "101;Молоко"}},
		{method: "POST", path: wire.ExportGoods.Path + "?dry=1", header: boss, body: "sku,price\n101,95\n", status: http.StatusOK, want: []string{`"changed":1`}, not: []string{`"done"`}},
		{method: "POST", path: wire.ExportGoods.Path, header: two, body: "sku,price\n101,95\n", code: errcode.Forbidden},
		{method: "PUT", path: wire.Ban.Save().At("night"), header: two, body: `{"body":{"id":"night","name":{"ru":"x"},"categories":["dairy"]}}`, code: errcode.Forbidden},
		{method: "PUT", path: wire.Ban.Save().At("night"), header: boss, status: http.StatusOK, want: []string{`"version":1`, `"by":"boss"`},
			body: `{"body":{"id":"night","name":{"ru":"x"},"categories":["dairy"],"hours":[{"from":"23:00","to":"08:00"}]}}`},
		{method: "PUT", path: wire.Ban.Save().At("other"), header: boss, body: `{"body":{"id":"night","name":{"ru":"x"},"categories":["dairy"]}}`, code: errcode.Invalid},
		{method: "GET", path: wire.Ban.List().Path, header: two, status: http.StatusOK, want: []string{`"night"`, `"23:00"`}},
		{method: "PUT", path: wire.Ban.Save().At("night"), header: boss, body: `{"gone":true}`, code: errcode.Conflict},
		{method: "PUT", path: wire.Ban.Save().At("night"), header: boss, body: `{"seen":1,"gone":true}`, status: http.StatusOK, want: []string{`"gone":true`}},
		{method: "POST", path: wire.Ban.Undo().At("night"), header: boss, body: `{"seen":2,"to":1}`, status: http.StatusOK, want: []string{`"version":3`}},
		{method: "GET", path: wire.Ban.History().At("night"), header: two, status: http.StatusOK, want: []string{`"version":1`, `"version":2`, `"version":3`}},
		{method: "GET", path: wire.GetActs.Path, header: boss, status: http.StatusOK, want: []string{`"ban.save"`, `"ban.drop"`, `"ban.undo"`}},
		{method: "PUT", path: wire.GetSelling.Path, header: boss, body: `{"grouping":"sideways"}`, code: errcode.Invalid},
		{method: "PUT", path: wire.GetSelling.Path, header: boss, body: `{"grouping":"none"}`, status: http.StatusOK},
		{method: "GET", path: wire.GetSelling.Path, header: two, status: http.StatusOK, want: []string{`"none"`}},
		{method: "PUT", path: wire.GetShelfLives.Path, header: boss, body: `{"rules":[{"category":"dairy","hint":2,"markdown_bp":3000}]}`, status: http.StatusOK},
		{method: "PUT", path: wire.GetQuickKeys.Path, header: two, body: `{"groups":[]}`, code: errcode.Forbidden},
	} {
		if w.ask(r); t.Failed() {
			t.Fatalf("%s %s", r.method, r.path)
		}
	}
}

// TestStockDocuments lets a manager bring goods into his own store, once.
func TestStockDocuments(t *testing.T) {
	w := newWorld(t)
	w.withGoods()
	two := w.two()
	const document = `{"store":"2","at":1,"kind":"receipt","rows":[{"sku":"101","qty":12000}]}`
	w.ask(request{method: "PUT", path: wire.SaveStock.At("n-1"), header: two, body: strings.Replace(document, `"2"`, `"1"`, 1), code: errcode.Forbidden})
	for range 2 {
		w.ask(request{method: "PUT", path: wire.SaveStock.At("n-1"), header: two, body: document, status: http.StatusOK})
	}
	w.ask(request{method: "PUT", path: wire.SaveStock.At("n-1"), header: two, body: strings.Replace(document, "12000", "13000", 1), code: errcode.Conflict})
	w.ask(request{method: "GET", path: wire.GetGood.At("101"), header: two, status: http.StatusOK, want: []string{`"stock":[{"store":"2","left":12000}]`}})
	w.ask(request{method: "GET", path: wire.GetGoods.Path + "?store=2", header: two, status: http.StatusOK, want: []string{`"left":12000`}})
	w.ask(request{method: "GET", path: wire.GetGoods.Path, header: two, status: http.StatusOK, not: []string{`"left"`}})
}
