package httpapi

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tillsight/server/export"
	"tillsight/server/routes"
	"tillsight/shared/customer"
	"tillsight/shared/fact"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

// tell pushes a fact.
func (w *world) tell(r *register, kind fact.Kind, body any) {
	w.Helper()
	r.seq++
	raw, err := fact.Encode(fact.Header{Device: r.Device, Epoch: r.Epoch, Seq: r.seq, Kind: kind, Version: 1,
		At: w.clock().UnixMilli(), Store: r.Store.ID, Till: r.Till}, body)
	w.must(err)
	head, err := json.Marshal(wiresync.PushHeader{Proto: 1, Device: r.Device, Epoch: r.Epoch, First: r.seq, Prev: r.prev, Count: 1})
	w.must(err)
	w.push(r, string(head)+"\n"+string(raw)+"\n")
	r.prev = fact.Chain(r.prev, raw)
}

// Who customers are is told by no route to who may not know it, also where the
// person sees the whole chain.
func TestNothingPersonal(t *testing.T) {
	w := full(t)
	till := w.enrol("1", 1)
	w.tell(till, fact.CustomerEnrolled, customer.Customer{ID: "c-77", Card: "9900000000175", Name: "UNSEEN", Phone: "+79990000000",
		Email: "unseen@example.org", Birth: "1984-05-17", Sex: "f", Store: "1", Since: 1, Consent: customer.Consent{Data: true, At: 1}})
	w.must(w.star.LoadAll(t.Context(), w.server.Journal, nil))
	w.must(w.server.Users.Add(office.User{Login: "chain", Role: "manager", All: true}, managerPassword))
	people := map[string]map[string]string{"chain": w.person("chain", managerPassword), "two": w.two()}
	boss := w.boss()
	for name, stores := range map[string]string{"program": `"all":true`, "program of a store": `"stores":["1"]`} {
		made := decode[office.MadeToken](t, w.ask(request{method: "POST", path: office.NewToken.Path, header: boss,
			body: `{"name":"BI",` + stores + `}`, status: http.StatusOK}).Body)
		people[name] = withToken(made.Secret)
	}
	seen := map[string]bool{}
	for _, route := range w.server.List() {
		if route.Who == routes.Admin || route.Path == wiresync.Listen.Path { // a stream of versions that does not end
			continue
		}
		paths, body := []string{at(route)}, ""
		switch route.Path {
		case office.GetCustomer.Path:
			paths = []string{office.GetCustomer.At("c-77")}
		case office.Export.Path:
			paths = nil
			for _, table := range export.Tables() {
				paths = append(paths, office.Export.At(table.Name+".csv"))
			}
		case office.TrySegment.Path:
			body = `{"field":"sex","op":"in","text":["f"]}`
		}
		for _, path := range paths {
			ask := request{method: route.Method, path: path, body: body, header: boss}
			tells := func(header map[string]string) bool {
				ask.header = header
				told := w.ask(ask).Body.String()
				return strings.Contains(told, "UNSEEN") || strings.Contains(told, "79990000000") || strings.Contains(told, "unseen@")
			}
			if route.Method == "GET" || body != "" {
				seen[route.Path] = seen[route.Path] || tells(boss)
			}
			for who, header := range people {
				if route.Path != office.GetSession.Path && tells(header) {
					t.Errorf("%s is told who customers are by %s", who, path)
				}
			}
		}
	}
	for _, path := range []string{office.GetCustomer.Path, office.Export.Path, office.TrySegment.Path} {
		if !seen[path] {
			t.Errorf("the administrator is not told by %s: the test looks at little", path)
		}
	}
}
