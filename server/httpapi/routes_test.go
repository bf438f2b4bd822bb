package httpapi

import (
	"flag"
	"net/http"
	"os"
	"strings"
	"testing"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

var update = flag.Bool("update", false, "write testdata/routes.txt anew")

// full is a world whose server has all routes that need no files.
func full(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.openOffice()
	w.withGoods()
	return w
}

// The whole interface is on one page, and no route comes or changes unseen.
func TestListOfRoutes(t *testing.T) {
	const file = "testdata/routes.txt"
	got := full(t).server.registry.String()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("other routes than in %s (go test -update writes it anew):\n%s", file, got)
	}
}

// at is a path with something in place of its names.
func at(route routes.Route) string {
	path := route.Path
	for strings.Contains(path, "{") {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + "x" + after
	}
	return path
}

// Every route is asked by everybody who has no business there.
func TestEveryRouteRefuses(t *testing.T) {
	w := full(t)
	two := w.two()
	w.must(w.server.Users.Add(office.User{Login: "lost", Role: "manager", Stores: []string{"1"}}, managerPassword))
	w.must(w.people.Exec(`UPDATE user SET stores = '[]' WHERE login = 'lost'`)) // a right that got lost
	lost := w.person("lost", managerPassword)
	till, replaced, revoked := w.enrol("1", 1), w.enrol("1", 2), w.enrol("2", 1)
	w.enrol("1", 2)
	w.must(w.server.Devices.Revoke(revoked.Device))
	for _, route := range w.server.List() {
		register := route.Who == routes.Register || route.Who == routes.Current || route.Who == routes.Either
		person := route.Who == routes.Manager || route.Who == routes.Admin || route.Who == routes.Either || route.Who == routes.Reader
		for who, test := range map[string]struct {
			header  map[string]string
			refused bool
		}{
			"nobody":                 {ownJSON, route.Who != routes.Anybody},
			"another site":           {map[string]string{"Cookie": two["Cookie"], "X-Tillsight": "1", "Sec-Fetch-Site": "cross-site"}, route.Who != routes.Anybody},
			"a till":                 {till.header(), !register && route.Who != routes.Anybody},
			"a till that was":        {replaced.header(), route.Who != routes.Register && route.Who != routes.Anybody},
			"a till that is revoked": {revoked.header(), route.Who != routes.Anybody},
			"a program":              {withToken("tillsight_none"), route.Who != routes.Anybody},
			"a manager of a store": {two, !person && route.Who != routes.Anybody ||
				route.Who == routes.Admin || route.Shows == routes.Whole},
			"a manager of nothing": {lost, !person && route.Who != routes.Anybody ||
				route.Who == routes.Admin || route.Shows == routes.Whole || route.Shows == routes.Common},
		} {
			if !test.refused || route.Method == "DELETE" && route.Path == office.GetSession.Path {
				continue
			}
			a := w.ask(request{method: route.Method, path: at(route), header: test.header, body: "{}"})
			if a.Code != http.StatusUnauthorized && a.Code != http.StatusForbidden {
				t.Errorf("%s is answered to %s: %d %s", route.Pattern(), who, a.Code, a.Body)
			}
		}
	}
}

// What belongs to store 1 alone is told by no route to the manager of store 2,
// nor to one whose stores got lost.
func TestNothingOfOtherStores(t *testing.T) {
	w := full(t)
	boss, two := w.boss(), w.two()
	w.must(w.server.Users.Add(office.User{Login: "lost", Role: "manager", Stores: []string{"1"}}, managerPassword))
	w.must(w.people.Exec(`UPDATE user SET stores = '[]' WHERE login = 'lost'`))
	lost := w.person("lost", managerPassword)
	const mark, sum = "UNSEEN", "777777"
	for path, body := range map[string]string{
		office.GetPriceLists.Path:  `{"list":{"id":"UNSEEN","name":{"ru":"UNSEEN"},"stores":["1"]}}`,
		office.SaveRegulation.Path: `{"regulation":{"id":"UNSEEN","name":{"ru":"x"},"stores":["1"],"goods":{"skus":["101"]},"max":777777}}`,
		office.GetPromotions.Path:  `{"rule":{"id":"UNSEEN","kind":"line","name":{"ru":"x"},"stores":["1"],"goods":{"all":true},"off":{"bp":1000}}}`,
		office.SetPrice.Path:       `{"sku":"101","store":"1","amount":777777}`,
		"/v1/plans":                `{"figures":[{"store":"1","month":"2026-11","measure":"revenue","value":777777}]}`,
		"/v1/expenses":             `{"store":"1","month":"2026-11","kind":"ads","amount":777777}`,
	} {
		w.ask(request{method: "POST", path: path, header: boss, body: body, status: http.StatusOK, not: []string{`"problems"`}})
	}
	w.ask(request{method: "POST", path: office.GetPriceLists.Path, header: boss, body: `{"list":{"id":"all","name":{"ru":"x"}}}`, status: http.StatusOK})
	w.ask(request{method: "POST", path: office.GetListPrices.Path, header: boss, body: `{"list":"UNSEEN","text":"101;7777,77"}`, status: http.StatusOK})
	w.ask(request{method: "POST", path: office.GetListPrices.Path, header: boss, body: `{"list":"all","store":"1","text":"101;7777,77"}`, status: http.StatusOK})
	w.pass(1000_000_000)
	seen := 0
	for _, route := range w.server.List() {
		if route.Method != "GET" || route.Who != routes.Manager && route.Who != routes.Reader {
			continue
		}
		paths := []string{at(route)}
		switch route.Path {
		case office.GetListPrices.Path, office.GetListFile.Path:
			paths = []string{route.Path + "?list=UNSEEN", route.Path + "?list=all"}
		case office.GetPriceWhen.Path:
			paths = []string{route.Path + "?sku=101&store=2", route.Path + "?sku=101", route.Path + "?sku=101&store=1"}
		case office.GetProducts.Path, office.GetGoods.Path:
			paths = []string{route.Path + "?q=x", route.Path + "?store=1", route.Path}
		case office.GetGood.At("{sku}"):
			paths = []string{office.GetGood.At("101")}
		case office.Export.At("{file}"):
			paths = []string{"/v1/export/plans.csv", "/v1/export/expenses.csv", "/v1/export/stores.csv"}
		}
		for _, path := range paths {
			if body := w.ask(request{method: "GET", path: path, header: boss}).Body.String(); strings.Contains(body, mark) || strings.Contains(body, sum) || strings.Contains(body, "7777,77") {
				seen++
			}
			for who, header := range map[string]map[string]string{"store 2": two, "nothing": lost} {
				a := w.ask(request{method: "GET", path: path, header: header})
				if body := a.Body.String(); strings.Contains(body, mark) || strings.Contains(body, sum) || strings.Contains(body, "7777,77") {
					t.Errorf("the manager of %s reads by %s: %s", who, path, body)
				}
			}
		}
	}
	if seen < 9 {
		t.Errorf("the administrator sees it by %d addresses only: the test looks at little", seen)
	}
}

// The key of coupons makes codes: who may not change a promotion is not told.
func TestCouponKeyIsKept(t *testing.T) {
	w := newWorld(t)
	boss, two := w.boss(), w.two()
	w.ask(request{method: "POST", path: office.GetPromotions.Path, header: boss, status: http.StatusOK,
		body: `{"rule":{"id":"c","kind":"line","name":{"ru":"Купон"},"goods":{"all":true},"off":{"bp":1000},"coupon":{"prefix":"TS","length":14,"issued":100}}}`})
	w.ask(request{method: "GET", path: office.GetPromotions.Path, header: two, status: http.StatusOK, want: []string{`"id":"c"`}, not: []string{"secret"}})
	w.ask(request{method: "GET", path: office.GetPromotions.Path, header: boss, status: http.StatusOK, want: []string{"secret"}})
}

// A visitor is one address however a proxy writes it.
func TestAddresses(t *testing.T) {
	for from, want := range map[string]string{
		"203.0.113.5": "203.0.113.5", "203.0.113.5:51234": "203.0.113.5", "[2001:db8::7]:443": "2001:db8::7",
		"2001:DB8:0::7": "2001:db8::7", "2001:db8::7": "2001:db8::7", "[2001:db8::7]": "2001:db8::7", `"[2001:db8::7]:80"`: "2001:db8::7",
		"::ffff:203.0.113.5": "203.0.113.5", "fe80::1%eth0": "fe80::1", "unknown": "unknown", "": "",
		strings.Repeat("x", 1000): strings.Repeat("x", 64),
	} {
		if got := plainAddress(from); got != want {
			t.Errorf("%q: %q, want %q", from, got, want)
		}
	}
}

// Nothing of a body is read of who is not let in.
func TestBodyOfNobody(t *testing.T) {
	w := full(t)
	w.ask(request{method: "POST", path: office.ExportGoods.Path, header: map[string]string{"X-Tillsight": "1", "Content-Encoding": "gzip"},
		body: strings.Repeat("not gzip", 1<<18), status: http.StatusUnauthorized})
	w.ask(request{method: "POST", path: sync.Enrol.Path, header: ownJSON, body: `{"code":"` + strings.Repeat("x", 2000) + `"}`, code: errcode.TooLarge})
}
