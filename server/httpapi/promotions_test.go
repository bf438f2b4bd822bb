package httpapi

import (
	"net/http"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

func TestPromotions(t *testing.T) {
	w := newWorld(t)
	boss, two := w.boss(), w.two()
	post := func(header map[string]string, body string, status int, code errcode.Code) office.SavedPromotion {
		t.Helper()
		a := w.ask(request{method: "POST", path: office.GetPromotions.Path, header: header, body: body, status: status, code: code})
		if status != http.StatusOK {
			return office.SavedPromotion{}
		}
		return decode[office.SavedPromotion](t, a.Body)
	}
	const milk = `{"rule":{"id":"milk","kind":"line","name":{"ru":"Молоко −10 %"},"goods":{"skus":["101"]},"off":{"bp":1000}`
	before := w.server.Feed.Version()
	saved := post(boss, milk+`}}`, http.StatusOK, "")
	if saved.Promotion == nil || saved.Promotion.Rule.Version != 1 || saved.Promotion.By != "boss" || saved.Version != before+1 {
		t.Errorf("saved %+v", saved)
	}
	post(boss, milk+`}}`, http.StatusConflict, errcode.Conflict) // the version that was read is another
	if saved = post(boss, milk+`,"version":1,"priority":5}}`, http.StatusOK, ""); saved.Promotion.Rule.Version != 2 {
		t.Errorf("saved again %+v", saved)
	}
	post(two, milk+`,"version":2}}`, http.StatusForbidden, errcode.Forbidden)                // for the chain
	post(two, milk+`,"version":2,"stores":["2"]}}`, http.StatusForbidden, errcode.Forbidden) // takes it from the chain
	post(two, `{"rule":{"id":"own","kind":"line","name":{"ru":"Своя"},"goods":{"all":true},"off":{"bp":100},"stores":["2"]}}`, http.StatusOK, "")
	post(two, `{"rule":{"id":"other","kind":"line","name":{"ru":"Чужая"},"goods":{"all":true},"off":{"bp":100},"stores":["1","2"]}}`, http.StatusForbidden, errcode.Forbidden)

	bad := post(boss, "{\"rule\":{\"id\":\"bad\",\"kind\":\"line\",\"name\":{\"ru\":\"x\"},\n \"goods\":{\"all\":true},\"off\":{\"bp\":20000}}}", http.StatusOK, "")
	if bad.Promotion != nil || len(bad.Problems) != 1 || bad.Problems[0].Path != "off.bp" || bad.Problems[0].Line != 2 {
		t.Errorf("problems %+v", bad.Problems)
	}
	misspelt := post(boss, `{"rule":{"id":"bad","kind":"line","name":{"ru":"x"},"gods":{"all":true},"goods":{"all":true},"off":{"bp":1}}}`, http.StatusOK, "")
	if len(misspelt.Problems) != 1 || misspelt.Problems[0].Path != "gods" || misspelt.Problems[0].Code != "unknown" {
		t.Errorf("problems %+v", misspelt.Problems)
	}
	post(boss, `{"rule":`, http.StatusBadRequest, errcode.Invalid)

	stop := func(header map[string]string, body string, status int) {
		t.Helper()
		w.ask(request{method: "POST", path: office.StopPromotion.Path, header: header, body: body, status: status})
	}
	stop(two, `{"id":"milk","version":2}`, http.StatusForbidden)
	stop(boss, `{"id":"milk","version":1}`, http.StatusConflict)
	stop(boss, `{"id":"nothing","version":1}`, http.StatusNotFound)
	stop(boss, `{"id":"milk","version":2}`, http.StatusOK)
	w.ask(request{method: "GET", path: office.GetPromotions.Path, header: two, status: http.StatusOK,
		want: []string{`"milk"`, `"stopped":true`, `"own"`}})
	w.ask(request{method: "GET", path: office.GetRuleSchema.Path, status: http.StatusOK, want: []string{"$schema"}})
}

func TestPromotionsReachATill(t *testing.T) {
	w := newWorld(t)
	boss, till := w.boss(), w.enrol("1", 1).header()
	w.ask(request{method: "POST", path: office.GetPromotions.Path, header: boss, status: http.StatusOK,
		body: `{"rule":{"id":"milk","kind":"line","name":{"ru":"Молоко"},"goods":{"skus":["101"]},"off":{"bp":1000}}}`})
	w.ask(request{method: "GET", path: sync.Pull.Path + "?since=0", header: till, status: http.StatusOK, want: []string{`"promotion"`, `"milk"`}})
}

func TestGoodsThatNoPromotionTouches(t *testing.T) {
	w := newWorld(t)
	save := func(header map[string]string, body string, status int) {
		t.Helper()
		w.ask(request{method: "POST", path: office.SaveNever.Path, header: header, body: body, status: status})
	}
	save(w.boss(), `{"goods":{"skus":["101"]}}`, http.StatusOK)
	w.ask(request{method: "GET", path: office.GetPromotions.Path, header: w.boss(), status: http.StatusOK, want: []string{`"never":{"skus":["101"]}`}})
	save(w.boss(), `{"goods":{"skus":["102"]}}`, http.StatusConflict) // they were read before
	save(w.two(), `{"goods":{"skus":["102"]},"had":{"skus":["101"]}}`, http.StatusForbidden)
	save(w.boss(), `{"goods":{"marks":[""],"skus":[""]},"had":{"skus":["101"]}}`, http.StatusBadRequest)
	save(w.boss(), `{"goods":{},"had":{"skus":["101"]}}`, http.StatusOK)
	a := w.ask(request{method: "GET", path: office.GetPromotions.Path, header: w.boss(), status: http.StatusOK})
	if page := decode[office.Promotions](t, a.Body); page.Never != nil {
		t.Errorf("never %+v", page.Never)
	}
}
