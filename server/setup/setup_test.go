package setup

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

const example = "../../testdata/chain/two-stores.yaml"

func newWriter(t *testing.T) *Writer {
	t.Helper()
	dir := t.TempDir()
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Writer{Feed: f, Random: rand.NewChaCha8([32]byte{1})}
}

func parse(t *testing.T, text string) chain.Chain {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d.Chain
}

func parseExample(t *testing.T) chain.Chain {
	t.Helper()
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(text))
}

func (w *Writer) mustWrite(t *testing.T, c chain.Chain) Result {
	t.Helper()
	r, err := w.Write(c)
	if err != nil || len(r.Problems) > 0 {
		t.Fatalf("%+v, %v", r.Problems, err)
	}
	return r
}

func (w *Writer) mustRead(t *testing.T) (c chain.Chain) {
	t.Helper()
	err := w.Feed.View(func(q refdata.Querier) (err error) {
		c, err = Read(q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWrittenOnce: a document is written once, reads back equal, and what a person
// changes in it is all that changes.
func TestWrittenOnce(t *testing.T) {
	w, c := newWriter(t), parseExample(t)
	if r, err := w.Try(c); err != nil || len(r.Changes) != 16 || r.Same != 0 {
		t.Fatalf("tried: %+v, %v", r, err)
	}
	if back := w.mustRead(t); len(back.Stores) != 0 {
		t.Fatalf("trying has written %+v", back)
	}
	if r := w.mustWrite(t, c); len(r.Changes) != 16 || !r.Changes[0].New {
		t.Errorf("first: %+v", r)
	}
	if r := w.mustWrite(t, c); len(r.Changes) != 0 || r.Same != 16 {
		t.Errorf("again: %+v", r)
	}

	back := w.mustRead(t)
	text, err := Format(back)
	if err != nil {
		t.Fatal(err)
	}
	if again := parse(t, string(text)); !reflect.DeepEqual(again, back) {
		t.Errorf("read back\n%+v\nwant\n%+v", again, back)
	}
	if r := w.mustWrite(t, parse(t, string(text))); len(r.Changes) != 0 {
		t.Errorf("what was written back changes %+v", r.Changes)
	}

	c.Stores[1].Tills = append(c.Stores[1].Tills, 2)
	c.Employees[2].PIN, c.Employees[0].Dismissed = "7788", true
	r := w.mustWrite(t, c)
	want := []Change{{refdata.Tills, "007/2", true}, {refdata.Employees, "e1", false}, {refdata.Employees, "e3", false}}
	if !reflect.DeepEqual(r.Changes, want) {
		t.Errorf("changed %+v, want %+v", r.Changes, want)
	}
	if r := w.mustWrite(t, chain.Chain{Taxes: c.Taxes[:1]}); len(r.Changes) != 0 {
		t.Errorf("what a document leaves out is changed: %+v", r.Changes)
	}
}

// TestWhatTillsGet: stores take from the company what they leave out, a PIN keeps
// its zero, and people share a salt.
func TestWhatTillsGet(t *testing.T) {
	w := newWriter(t)
	w.mustWrite(t, parseExample(t))
	err := w.Feed.View(func(q refdata.Querier) error {
		one, _, err := refdata.Store(q, "1")
		if err != nil || one.Zone != "Europe/Moscow" || one.Currency.Code != "RUB" || one.TaxID != "7707083893" || one.Thanks.EN != "Thank you!" ||
			one.Area != 420 || one.Lat != 55_759000 || one.Lon != 37_611000 {
			t.Errorf("store 1 %+v, %v", one, err)
		}
		far, _, err := refdata.Store(q, "007")
		if err != nil || far.Zone != "Asia/Vladivostok" || far.Name.EN != "" || far.Name.RU != "Ромашка, Владивосток" {
			t.Errorf("store 007 %+v, %v", far, err)
		}
		people, err := refdata.AllEmployees(q)
		if err != nil || len(people) != 3 {
			t.Fatalf("%d people, %v", len(people), err)
		}
		for i, pin := range []string{"0123", "4821", "5599"} {
			if !people[i].HasPIN(pin) || !bytes.Equal(people[i].PINSalt, people[0].PINSalt) {
				t.Errorf("%s: PIN %s", people[i].ID, pin)
			}
		}
		if people[1].DiscountBP != 12_50 || people[2].Store != "007" {
			t.Errorf("people %+v", people)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPINsAreOnesOwn: nobody gets the PIN of somebody beside them, in the document
// or before it; in different stores two may have the same.
func TestPINsAreOnesOwn(t *testing.T) {
	w := newWriter(t)
	w.mustWrite(t, parseExample(t))
	for text, want := range map[string]string{
		`employees: [{id: n, name: N, role: cashier, store: 1, pin: 4821}]`:                                                    "e2",
		`employees: [{id: n, name: N, role: cashier, pin: 4821}]`:                                                              "e2",
		`employees: [{id: n, name: N, role: cashier, store: 007, pin: 4821}]`:                                                  "",
		`employees: [{id: n, name: N, role: cashier, store: 007, pin: 0123}]`:                                                  "e1",
		`employees: [{id: e2, name: N, role: cashier, store: 1, pin: 4821}]`:                                                   "",
		`employees: [{id: n, name: N, role: cashier, store: 1, pin: 9000}, {id: m, name: M, role: cashier, pin: 9000}]`:        "n",
		`employees: [{id: n, name: N, role: cashier, pin: 9000, dismissed: true}, {id: m, name: M, role: cashier, pin: 9000}]`: "",
	} {
		r, err := w.Try(parse(t, text))
		got := ""
		if len(r.Problems) > 0 {
			got = r.Problems[0].Value
		}
		if err != nil || got != want || len(r.Problems) > 1 {
			t.Errorf("%s: %+v, %v; want %q", text, r.Problems, err, want)
		}
	}
}

// TestParse: what is written is what is read, and what can't be read says where.
func TestParse(t *testing.T) {
	for _, c := range []struct{ text, line, says string }{
		{"", "", "one document"},
		{"stores: [{id: 1}]\n---\nstores: []", "", "one document"},
		{"stores:\n  - id: 1\n    id: 2\n", "", "already"},
		{"stores:\n  - id: 1\n    colour: red\n", "", `unknown field "colour"`},
		{"stores:\n  - {id: 1, area: many}\n", "", "many"},
		{"stores:\n  - {id: 1, tills: [1.5]}\n", "", "1.5"},
		{"taxes:\n  - {class: a, percent: 12,345}\n", "", ""},
		{"a: &a [1]\nb: *a\n", "1", "not understood"},
		{"a: {b: {c: {d: {e: {f: {g: {h: {i: {j: 1}}}}}}}}}", "1", "too deep"},
		{"\t- x", "", ""},
		{"company: !!binary aGk=", "1", "not understood"},
	} {
		_, err := Parse([]byte(c.text))
		var coded *errcode.Error
		if !errors.As(err, &coded) || coded.Code != errcode.Invalid || coded.Data["line"] != c.line || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	d, err := Parse([]byte("employees:\n  - id: 007\n    name: 1e3\n    pin: 0123\n    role: yes\n"))
	if err != nil {
		t.Fatal(err)
	}
	if e := d.Employees[0]; e.ID != "007" || e.Name != "1e3" || e.PIN != "0123" {
		t.Errorf("read %+v", e)
	}
	for field, want := range map[string]int{"employees[0].pin": 4, "employees[0].store": 2, "employees[0]": 2, "nothing": 0} {
		if got := d.Line(field); got != want {
			t.Errorf("%s on line %d, want %d", field, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	text, err := os.ReadFile(example)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add("stores: [{id: 1, name: {ru: a, en: b}, tills: [1]}]")
	f.Add("a: &a [*a]")
	known := chain.Known{Zone: knownZone, PINOf: func(string, string) string { return "" }}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse([]byte(text))
		if err != nil || len(d.Check(known)) > 0 {
			return
		}
		out, err := Format(d.Chain)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(out)
		if err != nil || !reflect.DeepEqual(again.Chain, d.Chain) {
			t.Fatalf("%s\nwas read as\n%+v\nand back from\n%s\nas\n%+v, %v", text, d.Chain, out, again, err)
		}
	})
}
