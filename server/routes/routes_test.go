package routes

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

type question struct {
	ID    string `path:"id" json:"-"`
	Limit int    `query:"limit" json:"-"`
	Text  string `json:"text"`
}

type answered struct {
	ID    string `json:"id"`
	Limit int    `json:"limit"`
	Text  string `json:"text"`
	By    string `json:"by"`
}

var (
	echo  = wire.Endpoint[question, answered]{Method: "PUT", Path: "/v1/echo/{id}", Limit: 100}
	quiet = wire.Endpoint[wire.Nothing, wire.Nothing]{Method: "DELETE", Path: "/v1/echo"}
	bytes = wire.Endpoint[wire.Nothing, wire.File]{Method: "GET", Path: "/v1/bytes"}
)

func registry(fault error) *Registry {
	r := &Registry{}
	Add(r, echo, Manager, Whole, func(_ context.Context, who Caller, q question) (answered, error) {
		return answered{q.ID, q.Limit, q.Text, who.Name()}, fault
	}, Figures)
	Add(r, quiet, Admin, Common, func(context.Context, Caller, wire.Nothing) (wire.Nothing, error) { return wire.Nothing{}, fault })
	Serve(r, bytes, Reader, Persons, func(w http.ResponseWriter, _ *http.Request, _ Caller, _ wire.Nothing) error {
		Attachment(w, wire.CSV, "x.csv")
		_, err := w.Write([]byte("a;b"))
		return err
	})
	return r
}

// ask has a route answer as the server's mux does.
func ask(t *testing.T, r *Registry, method, path, typ, body string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	mux, out := http.NewServeMux(), httptest.NewRecorder()
	var err error
	for _, route := range r.All() {
		mux.HandleFunc(route.Pattern(), func(w http.ResponseWriter, r *http.Request) {
			if route.Limit > 0 {
				r.Body = http.MaxBytesReader(w, r.Body, route.Limit)
			}
			err = route.Handle(w, r, Caller{User: office.User{Login: "anna"}})
		})
	}
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Content-Type", typ)
	mux.ServeHTTP(out, q)
	return out, err
}

// A route is what its endpoint says, with who may ask.
func TestAdd(t *testing.T) {
	list := registry(nil).All()
	for i, want := range []Route{
		{Method: "PUT", Path: "/v1/echo/{id}", Who: Manager, Shows: Whole, Limit: 100, Figures: true},
		{Method: "DELETE", Path: "/v1/echo", Who: Admin, Shows: Common},
		{Method: "GET", Path: "/v1/bytes", Who: Reader, Shows: Persons},
	} {
		got := list[i]
		got.Handle = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	sorted := strings.Split(registry(nil).String(), "\n")
	if len(sorted) != 4 || !strings.HasPrefix(sorted[0], "GET    /v1/bytes") {
		t.Errorf("%q", sorted)
	}
}

func TestQuestionAndAnswer(t *testing.T) {
	for _, tt := range []struct {
		method, path, typ, body string
		status                  int
		want                    string
		code                    errcode.Code
	}{
		{"PUT", "/v1/echo/a%2Fb?limit=7", "application/json; charset=utf-8", `{"text":"x"}`, 200, `{"id":"a/b","limit":7,"text":"x","by":"anna"}`, ""},
		{"PUT", "/v1/echo/a?limit=-7", wire.JSON, `{}`, 0, "", errcode.Invalid},
		{"PUT", "/v1/echo/a?limit=x", wire.JSON, `{}`, 0, "", errcode.Invalid},
		{"PUT", "/v1/echo/a", wire.JSON, `{"text":5}`, 0, "", errcode.Invalid},
		{"PUT", "/v1/echo/a", wire.JSON, ``, 0, "", errcode.Invalid},
		{"PUT", "/v1/echo/a", "text/plain", `{}`, 0, "", errcode.Invalid},
		{"PUT", "/v1/echo/a", wire.JSON, `{"text":"` + strings.Repeat("x", 100) + `"}`, 0, "", errcode.TooLarge},
		{"DELETE", "/v1/echo", "", "", 204, "", ""},
		{"GET", "/v1/bytes", "", "", 200, "a;b", ""},
	} {
		a, err := ask(t, registry(nil), tt.method, tt.path, tt.typ, tt.body)
		if errcode.Of(err) != tt.code || tt.status != 0 && (a.Code != tt.status || a.Body.String() != tt.want) || tt.code != "" && a.Body.Len() > 0 {
			t.Errorf("%s %s %.40s: %d %s, %v", tt.method, tt.path, tt.body, a.Code, a.Body, err)
		}
	}
}

// What failed has written nothing.
func TestFailure(t *testing.T) {
	fault := errors.New("no")
	a, err := ask(t, registry(fault), "PUT", "/v1/echo/a", wire.JSON, `{}`)
	if !errors.Is(err, fault) || a.Body.Len() != 0 {
		t.Errorf("%q, %v", a.Body, err)
	}
}

// A right that got lost opens no door.
func TestAdmit(t *testing.T) {
	nobody, one, all := scope.Scope{}, scope.Of("1"), scope.All()
	for shows, want := range map[Shows][3]bool{
		Nothing: {true, true, true}, Own: {true, true, true}, Stores: {true, true, true}, Persons: {true, true, true},
		Common: {false, true, true}, Whole: {false, false, true}, "": {},
	} {
		for i, s := range []scope.Scope{nobody, one, all} {
			err := Route{Shows: shows}.Admit(Caller{Scope: s})
			if (err == nil) != want[i] || err != nil && errcode.Of(err) != errcode.Forbidden {
				t.Errorf("%q to %s: %v", shows, s, err)
			}
		}
	}
}

type diary []string

func (d *diary) Known(who Caller) { *d = append(*d, "known "+who.Name()) }

func (d *diary) Did(who Caller, what, object string) { *d = append(*d, who.Name()+" "+what+" "+object) }

// What is done is written down under who did it, where there is somewhere to write.
func TestVisit(t *testing.T) {
	var d diary
	who := Caller{Device: Device{ID: "d1"}, Visit: &d}
	who.Did("ban.save", "night")
	who.Known(Caller{Program: "token 3"})
	Caller{}.Did("nothing", "")
	Caller{}.Known(who)
	if want := (diary{"d1 ban.save night", "known token 3"}); !reflect.DeepEqual(d, want) {
		t.Errorf("%q", d)
	}
}
