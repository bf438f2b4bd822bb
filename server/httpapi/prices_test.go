package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

func TestPriceLists(t *testing.T) {
	w := newWorld(t)
	boss, two := w.boss(), w.two()
	save := func(header map[string]string, body string, status int, code errcode.Code) (saved office.SavedPriceList) {
		t.Helper()
		a := w.ask(request{method: "POST", path: office.GetPriceLists.Path, header: header, body: body, status: status, code: code})
		if status == http.StatusOK {
			saved = decode[office.SavedPriceList](t, a.Body)
		}
		return saved
	}
	const gold = `{"list":{"id":"gold","name":{"ru":"Золото"}`
	if saved := save(boss, gold+`}}`, http.StatusOK, ""); saved.List == nil || saved.List.List.Version != 1 || saved.List.By != "boss" {
		t.Errorf("saved %+v", saved)
	}
	save(boss, gold+`}}`, http.StatusConflict, errcode.Conflict)
	save(two, gold+`,"version":1}}`, http.StatusForbidden, errcode.Forbidden)
	save(two, `{"list":{"id":"own","name":{"ru":"Своё"},"stores":["2"]}}`, http.StatusOK, "")
	bad := save(boss, "{\"list\":{\"id\":\"bad\",\"name\":{\"ru\":\"x\"},\n \"when\":{\"hours\":[{\"from\":\"9\",\"to\":\"10:00\"}]}}}", http.StatusOK, "")
	if len(bad.Problems) != 1 || bad.Problems[0].Path != "when.hours[0].from" || bad.Problems[0].Line != 2 {
		t.Errorf("problems %+v", bad.Problems)
	}

	set := func(header map[string]string, body string, status int) (set office.ListPricesSet) {
		t.Helper()
		a := w.ask(request{method: "POST", path: office.GetListPrices.Path, header: header, body: body, status: status})
		if status == http.StatusOK {
			set = decode[office.ListPricesSet](t, a.Body)
		}
		return set
	}
	if got := set(boss, `{"list":"gold","text":"101;80,00\n102;-"}`, http.StatusOK); got.Changed != 1 || got.Same != 1 {
		t.Errorf("set %+v", got)
	}
	set(two, `{"list":"gold","text":"101;80,00"}`, http.StatusForbidden)
	if got := set(two, `{"list":"gold","store":"2","text":"101;70,00"}`, http.StatusOK); got.Changed != 1 {
		t.Errorf("set for a store %+v", got)
	}
	w.ask(request{method: "GET", path: office.GetListPrices.Path + "?list=gold&q=моло", header: boss, status: http.StatusOK, want: []string{`"total":2`, `"amount":8000`, `"amount":7000`}})
	w.ask(request{method: "GET", path: office.GetPriceLists.Path, header: two, status: http.StatusOK, want: []string{`"gold"`, `"own"`, `"prices":1`}})
	w.ask(request{method: "GET", path: office.GetListFile.Path + "?list=gold", header: boss, status: http.StatusOK, want: []string{"101;Молоко;80,00"}})
	w.ask(request{method: "GET", path: office.GetPriceWhen.Path + "?sku=101&store=2", header: two, status: http.StatusOK, want: []string{`"price":9490`, `"price":7000`, `"zone":180`}})
	w.ask(request{method: "GET", path: office.GetPriceWhen.Path + "?sku=101&store=1", header: two, status: http.StatusForbidden})

	till := w.enrol("1", 1).header()
	w.ask(request{method: "GET", path: sync.Pull.Path + "?since=0", header: till, status: http.StatusOK, want: []string{`"price_list"`, `"list_price"`, `"gold"`}})
}

func TestRegulations(t *testing.T) {
	w := newWorld(t)
	save := func(body string) office.SavedRegulation {
		t.Helper()
		return decode[office.SavedRegulation](t, w.ask(request{method: "POST", path: office.SaveRegulation.Path, header: w.boss(), body: body, status: http.StatusOK}).Body)
	}
	saved := save(`{"regulation":{"id":"milk","name":{"ru":"Молоко"},"goods":{"skus":["101"]},"max":9000}}`)
	if saved.Regulation == nil || saved.Regulation.Above != 1 || saved.Regulation.Regulation.Version != 1 {
		t.Errorf("%+v", saved) // 94.90 in store 2
	}
	if bad := save(`{"regulation":{"id":"x","name":{"ru":"x"},"goods":{"all":true},"min":5,"max":4}}`); len(bad.Problems) != 1 || bad.Problems[0].Path != "max" {
		t.Errorf("%+v", bad)
	}
	w.ask(request{method: "POST", path: office.SaveRegulation.Path, header: w.two(), status: http.StatusForbidden,
		body: `{"regulation":{"id":"two","name":{"ru":"x"},"goods":{"all":true},"fixed":true}}`})
}

// Serial coupons that were issued have a key, which nobody has to make up.
func TestSerialCouponsGetAKey(t *testing.T) {
	w := newWorld(t)
	const rule = `{"rule":{"id":"c","kind":"line","name":{"ru":"Купон"},"goods":{"all":true},"off":{"bp":1000},"coupon":{"prefix":"TS","length":14,"issued":100`
	saved := decode[office.SavedPromotion](t, w.ask(request{method: "POST", path: office.GetPromotions.Path, header: w.boss(), status: http.StatusOK, body: rule + `}}}`}).Body)
	if k := saved.Promotion.Rule.Coupon; k.Key != "secret" || len(k.Taken([]string{k.Serial(100)})) != 1 || len(k.Taken([]string{strings.Repeat("0", 14)})) != 0 {
		t.Errorf("%+v", k)
	}
	saved = decode[office.SavedPromotion](t, w.ask(request{method: "POST", path: office.GetPromotions.Path, header: w.boss(), status: http.StatusOK, body: rule + `,"key":"own"},"version":1}}`}).Body)
	if saved.Promotion.Rule.Coupon.Key != "own" {
		t.Errorf("%+v", saved.Promotion.Rule.Coupon)
	}
}
