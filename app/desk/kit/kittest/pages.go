package kittest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/network"
	"tillsight/app/office"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/wire"
	ask "tillsight/shared/wire/office"
)

// Answers are what pages are told in tests.
type Answers struct {
	Server  map[string]any // by path: "/v1/price-lists", or method and path: "POST /v1/price-lists"
	Reports map[string]any // by name: "rfm"
	Query   func(cube.Query) cube.Result
	Heard   func(path string, body []byte) // hears of what was sent; nil: nobody
	// Desk, when there is one, gives the desk what the pages find on it.
	Desk func(*kit.Desk)
	// Shows is a text that the page of a path draws in English when the answers
	// have come.
	Shows map[string]string
}

// Pages draws each page in both languages while it waits, when there is nothing to
// be told, when everything fails, and with answers; no ID of an element stands
// twice, and a failure is said with its code.
func Pages(t *testing.T, pages []kit.Page, filled Answers) {
	t.Helper()
	for _, page := range pages {
		for _, lang := range i18n.Langs {
			t.Run(strings.TrimPrefix(page.Path, "/")+" "+string(lang), func(t *testing.T) {
				nothing := Answers{Desk: filled.Desk}
				empty := open(t, page, lang, nothing, nil)
				once(t, "waiting", empty.HTML())
				empty.Settle()
				once(t, "empty", empty.HTML())

				failed := open(t, page, lang, nothing, errcode.New(errcode.Internal, "kittest", nil))
				failed.Settle()
				html := failed.HTML()
				once(t, "failed", html)
				if !strings.Contains(html, string(errcode.Internal)) {
					t.Errorf("a failure is not said:\n%s", html)
				}

				full := open(t, page, lang, filled, nil)
				full.Settle()
				html = full.HTML()
				once(t, "filled", html)
				want := filled.Shows[page.Path]
				if want == "" {
					t.Errorf("the test does not say what %s shows", page.Path)
				}
				if lang == i18n.EN && !strings.Contains(html, want) {
					t.Errorf("%q is not shown:\n%s", want, html)
				}
			})
		}
	}
}

var idOf = regexp.MustCompile(` id="([^"]*)"`)

// once fails the test when an ID stands twice.
func once(t *testing.T, state, html string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range idOf.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("%s: two elements have the ID %q", state, m[1])
		}
		seen[m[1]] = true
	}
}

// Opened is a page that has begun to ask.
type Opened struct {
	engine app.TestEngine
	D      *kit.Desk
	View   kit.View
	gate   chan struct{} // closed: answers come
}

// Open opens a page to an administrator and lets everything be answered.
func Open(t *testing.T, page kit.Page, lang i18n.Lang, answers Answers) *Opened {
	t.Helper()
	o := open(t, page, lang, answers, nil)
	o.Settle()
	return o
}

// open opens a page to an administrator. Nothing is answered before Settle.
func open(t *testing.T, page kit.Page, lang i18n.Lang, answers Answers, fault *errcode.Error) *Opened {
	t.Helper()
	engine, d := deskIn(lang)
	o := &Opened{engine: engine, D: d, gate: make(chan struct{})}
	d.Office = &kit.Office{Server: &office.Client{Network: told{o.gate, answers, fault}}}
	d.User = &ask.User{Login: "anna", Name: "Anna", Role: kit.RoleAdmin, Personal: true, Currency: "RUB", Zone: "Europe/Moscow"}
	d.Frame, d.After = still{}, func(time.Duration, func(app.Context)) {}
	d.Insight = bridge.Insight{Ready: true, Online: true, From: "2025-01-01", To: "2026-11-22", Receipts: 1000}
	d.Heard = true
	d.Client = worker(t, o.gate, answers, fault)
	if answers.Desk != nil {
		answers.Desk(d)
	}
	o.View = page.Make(d)
	o.View.Refresh()
	return o
}

// Settle lets everything be answered that was asked so far.
func (o *Opened) Settle() {
	select {
	case <-o.gate:
	default:
		close(o.gate)
	}
	o.engine.ConsumeAll()
}

// HTML is what the page draws now, with its head.
func (o *Opened) HTML() string {
	var body []app.UI
	if v, ok := o.View.(kit.Headed); ok {
		body = append(body, o.D.DrawHead(append([]app.UI{app.H1().Text(v.Head().Title)}, v.Head().Acts...)...))
	}
	if v, ok := o.View.(kit.Header); ok {
		body = append(body, v.HeadActs()...)
	}
	body = append(body, o.View.Draw())
	return app.HTMLString(app.Div().Body(body...))
}

// worker is a report worker that says what it was told to.
func worker(t *testing.T, gate chan struct{}, answers Answers, fault *errcode.Error) *bridge.Client {
	t.Helper()
	page, port := bridge.Pair()
	server := bridge.NewServer(port)
	asked := bridge.Method[report.Request, json.RawMessage](bridge.InsightReport)
	bridge.HandleParallel(server, asked, func(_ context.Context, r report.Request) (json.RawMessage, error) {
		<-gate
		return encoded(answers.Reports[string(r.Report)], fault)
	})
	bridge.HandleParallel(server, bridge.InsightQuery, func(_ context.Context, q cube.Query) (cube.Result, error) {
		<-gate
		if answers.Query == nil || fault != nil {
			return Nothing(q), errorOf(fault)
		}
		return answers.Query(q), nil
	})
	bridge.HandleParallel(server, bridge.InsightDims, func(context.Context, bridge.DimsRequest) ([]bridge.DimValue, error) {
		<-gate
		return nil, errorOf(fault)
	})
	if err := server.Serve(); err != nil {
		t.Fatal(err)
	}
	client := bridge.NewClient(page)
	t.Cleanup(client.Close)
	return client
}

// Nothing is the answer to a query when nothing was sold.
func Nothing(q cube.Query) cube.Result {
	return cube.Result{By: q.By, Measures: q.Measures, From: q.From, To: q.To,
		Total: cube.Row{Values: make([]cube.Value, len(q.Measures))}}
}

func encoded(answer any, fault *errcode.Error) (json.RawMessage, error) {
	if fault != nil {
		return nil, fault
	}
	if answer == nil {
		return json.RawMessage("{}"), nil
	}
	return json.Marshal(answer)
}

func errorOf(fault *errcode.Error) error {
	if fault == nil {
		return nil
	}
	return fault
}

// told is a server that says what it was told to.
type told struct {
	gate    chan struct{}
	answers Answers
	fault   *errcode.Error
}

// Do answers a request; of what was not told it knows nothing: null.
func (n told) Do(_ context.Context, r network.Request) (network.Response, error) {
	<-n.gate
	status, body := 200, any(nil)
	if n.fault != nil {
		status, body = 500, wire.Failure{Error: n.fault}
	} else if to, err := url.Parse(r.URL); err == nil {
		body = n.answers.Server[to.Path]
		if answer, of := n.answers.Server[r.Method+" "+to.Path]; of {
			body = answer
		}
		if n.answers.Heard != nil {
			n.answers.Heard(to.Path, r.Body)
		}
	}
	text, err := json.Marshal(body)
	return network.Response{Status: status, Body: io.NopCloser(bytes.NewReader(text))}, err
}

// still is a frame around a page that does nothing.
type still struct{}

func (still) Leave()               {}
func (still) Connect()             {}
func (still) Learn(bridge.Insight) {}
func (still) Refresh()             {}
func (still) RefreshReports()      {}
func (still) ShowAddress()         {}
func (still) Tabs() app.UI         { return app.Nav().ID("tabs") }
