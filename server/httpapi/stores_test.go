package httpapi

import (
	"net/http"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// TestStorePlaces: a manager says where his stores stand, and only his; what else
// is known of a store stays.
func TestStorePlaces(t *testing.T) {
	w := newWorld(t)
	boss, two := w.boss(), w.two()
	for _, r := range []request{
		{method: "GET", path: wire.GetStorePlaces.Path, status: http.StatusUnauthorized},
		{method: "GET", path: wire.GetStorePlaces.Path, header: two, status: http.StatusOK, want: []string{`"store":"2"`}, not: []string{`"store":"1"`}},
		{method: "POST", path: wire.GetStorePlaces.Path, header: two, body: `{"store":"1","region":"x","lat":1,"lon":1}`, code: errcode.Forbidden},
		{method: "POST", path: wire.GetStorePlaces.Path, header: boss, body: `{"store":"99","region":"x"}`, code: errcode.NotFound},
		{method: "POST", path: wire.GetStorePlaces.Path, header: boss, body: `{"store":"1","region":"x","lat":91000000}`, code: errcode.Invalid},
		{method: "POST", path: wire.GetStorePlaces.Path, header: boss, body: `{"store":"1","region":" Тверская область ","lat":56858600,"lon":35911700}`,
			status: http.StatusOK, want: []string{`"region":"Тверская область"`, `"lat":56858600`}},
	} {
		w.ask(r)
	}
	var after catalogue.Store
	w.must(w.server.Feed.View(func(q refdata.Querier) (err error) {
		after, _, err = refdata.Store(q, "1")
		return err
	}))
	if after.Name == (catalogue.Text{}) || after.Zone == "" || after.Lon != 35_911_700 {
		t.Errorf("store 1 is %+v", after)
	}
}
