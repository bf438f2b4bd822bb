package httpapi

import (
	"crypto/rand"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/server/audience"
	store "tillsight/server/budget"
	"tillsight/server/cubes"
	"tillsight/server/export"
	"tillsight/server/parked"
	"tillsight/server/routes"
	segments "tillsight/server/segment"
	"tillsight/server/token"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// openOffice gives the world what the office decides, and a warehouse.
func (w *world) openOffice() {
	w.Helper()
	db, err := sqlite.Open(filepath.Join(w.dir, "office.db"), sqlite.Options{})
	w.must(err)
	book, err := store.Open(db, w.clock)
	w.must(err)
	tokens, err := token.Open(db, w.clock, rand.Reader)
	w.must(err)
	star, err := warehouse.Open(filepath.Join(w.dir, "warehouse.db"))
	w.must(err)
	w.must(star.Refer(w.server.Feed))
	people, err := audience.Open(db, star, w.clock, func() *time.Location { return time.UTC })
	w.must(err)
	files, err := segments.Open(filepath.Join(w.dir, "segments"), star, w.server.Devices, w.clock)
	w.must(err)
	lot, err := parked.Open(w.server.Journal, w.server.Feed, w.clock)
	w.must(err)
	w.server.Tokens, w.server.Parked, w.star = tokens, lot, star
	w.add(
		store.Desk{Book: book, Chain: w.server.Feed}.Routes,
		export.Desk{Star: star, Log: w.server.Log}.Routes,
		func(r *routes.Registry) { tokens.Routes(r, w.server.Feed.Known) },
		people.Routes,
		cubes.New(files).Routes,
		lot.Routes,
	)
	w.closers = append([]func() error{star.Close, db.Close}, w.closers...)
}

func withToken(secret string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + secret}
}

func TestExportToken(t *testing.T) {
	w := newWorld(t)
	w.openOffice()
	boss, two := w.boss(), w.two()
	w.ask(request{method: "POST", path: office.GetTokens.Path, header: two, body: `{"name":"BI"}`, status: http.StatusForbidden})
	w.ask(request{method: "POST", path: office.GetTokens.Path, header: boss, body: `{"name":""}`, status: http.StatusBadRequest})
	w.ask(request{method: "POST", path: office.GetTokens.Path, header: boss, body: `{"name":"BI","stores":["9"]}`, status: http.StatusBadRequest})
	made := decode[office.MadeToken](t, w.ask(request{method: "POST", path: office.GetTokens.Path, header: boss,
		body: `{"name":"Power BI","stores":["2"],"days":30}`, status: http.StatusOK}).Body)
	if !strings.HasPrefix(made.Secret, token.Prefix) || made.By != "boss" {
		t.Errorf("made %+v", made)
	}
	bi := withToken(made.Secret)
	stores := w.ask(request{method: "GET", path: office.Export.At("stores.csv"), header: bi, status: http.StatusOK}).Body.String()
	if lines := strings.Split(strings.TrimSpace(stores), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[1], "2,") {
		t.Errorf("a token of store 2 read %q", stores)
	}
	dictionary := w.ask(request{method: "GET", path: office.GetDictionary.Path, header: bi, status: http.StatusOK}).Body.String()
	if strings.Contains(dictionary, `"phone"`) || !strings.Contains(dictionary, `"birth_year"`) {
		t.Error("the dictionary tells of personal columns, or not of the others")
	}
	for _, path := range []string{"nothing.csv", "stores.doc", "stores", "customer_identities.csv"} {
		w.ask(request{method: "GET", path: office.Export.At(path), header: bi, status: http.StatusNotFound})
	}
	w.ask(request{method: "GET", path: office.Export.At("receipts.csv") + "?from=yesterday", header: bi, status: http.StatusBadRequest})
	w.ask(request{method: "GET", path: office.Export.At("stores.csv"), header: withToken(made.Secret + "x"), status: http.StatusUnauthorized, code: errcode.Unauthorised})
	w.ask(request{method: "GET", path: office.Export.At("stores.csv"), status: http.StatusUnauthorized})
	w.ask(request{method: "GET", path: office.GetManifest.Path, header: bi, status: http.StatusUnauthorized}) // it reads exports only
	w.ask(request{method: "GET", path: sync.Pull.Path, header: bi, status: http.StatusUnauthorized})
	list := w.ask(request{method: "GET", path: office.GetTokens.Path, header: boss, status: http.StatusOK}).Body.String()
	if strings.Contains(list, made.Secret) || !strings.Contains(list, `"uses":7`) {
		t.Errorf("tokens are told as %s", list)
	}
	w.pass(31 * 24 * time.Hour)
	w.ask(request{method: "GET", path: office.Export.At("stores.csv"), header: bi, status: http.StatusUnauthorized})
}

func TestRevokedToken(t *testing.T) {
	w := newWorld(t)
	w.openOffice()
	boss := w.boss()
	made := decode[office.MadeToken](t, w.ask(request{method: "POST", path: office.GetTokens.Path, header: boss,
		body: `{"name":"notebook","all":true,"personal":true}`, status: http.StatusOK}).Body)
	w.ask(request{method: "GET", path: office.Export.At("customer_identities.csv"), header: withToken(made.Secret), status: http.StatusOK})
	w.ask(request{method: "POST", path: office.RevokeToken.Path, header: boss, body: `{"id":1}`, status: http.StatusNoContent})
	w.ask(request{method: "POST", path: office.RevokeToken.Path, header: boss, body: `{"id":2}`, status: http.StatusNotFound})
	w.ask(request{method: "GET", path: office.Export.At("stores.csv"), header: withToken(made.Secret), status: http.StatusUnauthorized})
}

// TestBudgetByRight: a manager of store 2 plans store 2 and sees nothing of the
// chain's expenses.
func TestBudgetByRight(t *testing.T) {
	w := newWorld(t)
	w.openOffice()
	boss, two := w.boss(), w.two()
	plan := func(header map[string]string, store string, status int) {
		t.Helper()
		w.ask(request{method: "POST", path: "/v1/plans", header: header, status: status,
			body: `{"figures":[{"store":"` + store + `","month":"2026-11","measure":"revenue","value":1000}]}`})
	}
	plan(boss, "1", http.StatusOK)
	plan(boss, "1", http.StatusConflict)
	plan(two, "1", http.StatusForbidden)
	plan(two, "2", http.StatusOK)
	w.ask(request{method: "POST", path: "/v1/expenses", header: boss, body: `{"store":"","month":"2026-11","kind":"ads","amount":5}`, status: http.StatusOK})
	w.ask(request{method: "POST", path: "/v1/expenses", header: two, body: `{"store":"","month":"2026-11","kind":"ads","amount":5}`, status: http.StatusForbidden})
	w.ask(request{method: "POST", path: "/v1/expenses", header: boss, body: `{"store":"9","month":"2026-11","kind":"ads","amount":5}`, status: http.StatusBadRequest})
	seen := w.ask(request{method: "GET", path: "/v1/plans?from=2026-01", header: two, status: http.StatusOK, want: []string{`"store":"2"`}}).Body.String()
	if strings.Contains(seen, `"store":"1"`) {
		t.Errorf("the manager of store 2 is told %s", seen)
	}
	if seen := w.ask(request{method: "GET", path: "/v1/expenses", header: two, status: http.StatusOK}).Body.String(); strings.Contains(seen, `"amount"`) {
		t.Errorf("the manager of store 2 is told %s", seen)
	}
	w.ask(request{method: "POST", path: "/v1/plans/import?dry=1", header: two, status: http.StatusOK, want: []string{`"code":"forbidden"`},
		body: "store,month,measure,value\n1,2026-11,revenue,5\n"})
}
