package office

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/server/routes"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/document"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// note is a document of some stores.
type note struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Stores []string `json:"stores,omitempty"`
}

var notes = Store[note]{Kind: document.Kind[note]{Name: "note", Key: func(n note) string { return n.ID },
	Stores: func(n note) []string { return n.Stores },
	Check: func(n note) error {
		if n.Text == "" {
			return errcode.New(errcode.Invalid, "note", errors.New("empty")).With("field", "text")
		}
		return nil
	}}}

func caller(login string, s scope.Scope) routes.Caller {
	return routes.Caller{Scope: s, User: wire.User{Login: login}}
}

var (
	boss = caller("boss", scope.All())
	two  = caller("two", scope.Of("2"))
)

func clock() time.Time { return time.UnixMilli(1_800_000_000_000) }

func openNotes(t *testing.T) *Store[note] {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "office.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := notes.Open(Own{db}, clock)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(id, text string, seen int, stores ...string) document.Put[note] {
	return document.Put[note]{Key: id, Seen: seen, Body: note{id, text, stores}}
}

// Nobody overwrites what they have not seen, or what is not theirs.
func TestSave(t *testing.T) {
	s := openNotes(t)
	for i, tt := range []struct {
		who     routes.Caller
		put     document.Put[note]
		version int
		field   string
		code    errcode.Code
	}{
		{boss, put("a", "", 0), 0, "text", ""},
		{boss, put("", "x", 0), 0, "", errcode.Invalid},
		{boss, put("a/b", "x", 0), 0, "", errcode.Invalid},
		{boss, document.Put[note]{Key: "b", Body: note{"a", "x", nil}}, 0, "", errcode.Invalid},
		{two, put("a", "x", 0), 0, "", errcode.Forbidden}, // the whole chain's
		{boss, put("a", "x", 3), 0, "", errcode.Conflict},
		{boss, put("a", "x", 0), 1, "", ""},
		{boss, put("a", "x", 0), 1, "", ""}, // the answer was lost
		{boss, put("a", "y", 0), 0, "", errcode.Conflict},
		{two, put("a", "y", 1, "2"), 0, "", errcode.Forbidden}, // takes it over
		{boss, put("a", "y", 1, "1", "2"), 2, "", ""},
		{two, put("a", "y", 2, "2"), 0, "", errcode.Forbidden},
		{two, put("c", "mine", 0, "2"), 1, "", ""},
		{two, put("c", "theirs", 1, "1"), 0, "", errcode.Forbidden},
		{two, document.Put[note]{Key: "a", Seen: 2, Gone: true}, 0, "", errcode.Forbidden},
		{boss, document.Put[note]{Key: "a", Seen: 1, Gone: true}, 0, "", errcode.Conflict},
		{boss, document.Put[note]{Key: "a", Seen: 2, Gone: true}, 3, "", ""},
		{boss, put("a", "again", 3), 4, "", ""},
	} {
		saved, err := s.Save(tt.who, tt.put)
		if errcode.Of(err) != tt.code || (tt.version > 0) != (saved.Document != nil) || saved.Document != nil && saved.Document.Version != tt.version ||
			(tt.field != "") != (len(saved.Problems) > 0) || tt.field != "" && saved.Problems[0].Field != tt.field {
			t.Errorf("%d: %+v, %v", i, saved, err)
		}
	}
	if list, err := s.List(boss); err != nil || len(list) != 2 || list[0].Body.Text != "again" || list[0].At != clock().UnixMilli() {
		t.Errorf("%+v, %v", list, err)
	}
}

// Who sees a store sees its documents and the chain's, and of their past what was
// theirs then.
func TestReading(t *testing.T) {
	s := openNotes(t)
	for _, p := range []document.Put[note]{put("one", "secret", 0, "1"), put("all", "x", 0), put("two", "secret", 0, "1"), put("two", "now", 1, "2")} {
		if _, err := s.Save(boss, p); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := s.List(two); err != nil || len(list) != 2 || list[0].Key != "all" || list[1].Key != "two" {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := s.List(caller("lost", scope.Scope{})); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := s.History(two, "two"); err != nil || len(list) != 1 || list[0].Version != 2 {
		t.Errorf("%+v, %v", list, err)
	}
	for _, key := range []string{"one", "none"} {
		if _, err := s.History(two, key); errcode.Of(err) != errcode.NotFound {
			t.Errorf("%s: %v", key, err)
		}
	}
	if _, err := s.Undo(two, document.Back{Key: "two", Seen: 2, To: 1}); errcode.Of(err) != errcode.NotFound {
		t.Errorf("undone: %v", err)
	}
}

// What is undone is a version of its own; the oldest versions go.
func TestUndo(t *testing.T) {
	s := openNotes(t)
	for i := range versionsMax + 5 {
		if _, err := s.Save(boss, put("a", fmt.Sprint(i), i)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.History(boss, "a")
	if err != nil || len(list) != versionsMax || list[0].Version != versionsMax+5 {
		t.Fatalf("%d versions, %v", len(list), err)
	}
	if saved, err := s.Undo(boss, document.Back{Key: "a", Seen: list[0].Version, To: 10}); err != nil || saved.Document.Body.Text != "9" {
		t.Errorf("%+v, %v", saved, err)
	}
	if _, err := s.Undo(boss, document.Back{Key: "a", Seen: list[0].Version, To: 11}); errcode.Of(err) != errcode.Conflict {
		t.Errorf("undone over another's: %v", err)
	}
	if _, err := s.Undo(boss, document.Back{Key: "a", Seen: list[0].Version + 1, To: 1}); errcode.Of(err) != errcode.NotFound {
		t.Errorf("a version that went: %v", err)
	}
}

// Tills hear of a document in the same transaction; what stood there before there
// were versions, or was set up since, is a version of nobody's.
func TestTills(t *testing.T) {
	dir := t.TempDir()
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	rule := ban.Rule{ID: "night", Name: catalogue.Text{RU: "Ночью"}, Categories: []string{"beer"}}
	before := rule
	before.Off = true
	if _, err := f.Put([]refdata.Row{{Table: refdata.SaleBans, Value: before}}); err != nil {
		t.Fatal(err)
	}
	s, err := Store[ban.Rule]{Kind: wire.Ban, Table: refdata.SaleBans}.Open(f, clock)
	if err != nil {
		t.Fatal(err)
	}
	put := func(r ban.Rule, seen, version int) {
		t.Helper()
		told := f.Version()
		saved, err := s.Save(boss, document.Put[ban.Rule]{Key: r.ID, Seen: seen, Body: r})
		if err != nil || saved.Document == nil || saved.Document.Version != version || f.Version() == told {
			t.Fatalf("%+v, %v", saved, err)
		}
	}
	if list, err := s.List(two); err != nil || len(list) != 1 || list[0].Version != 1 || list[0].By != "" || !list[0].Body.Off {
		t.Fatalf("%+v, %v", list, err)
	}
	put(rule, 1, 2)
	if _, err := f.Put([]refdata.Row{{Table: refdata.SaleBans, Value: before}}); err != nil { // a set-up
		t.Fatal(err)
	}
	rule.Days = []int{1}
	if _, err := s.Save(boss, document.Put[ban.Rule]{Key: "night", Seen: 2, Body: rule}); errcode.Of(err) != errcode.Conflict {
		t.Errorf("over what was not seen: %v", err)
	}
	put(rule, 3, 4)
	if _, err := f.Put([]refdata.Row{{Table: refdata.SaleBans, Key: "night"}}); err != nil {
		t.Fatal(err)
	}
	list, err := s.History(boss, "night")
	if err != nil || len(list) != 5 || !list[0].Gone || list[0].Version != 5 || list[2].By != "" || list[3].By != "boss" {
		t.Fatalf("%+v, %v", list, err)
	}
	if saved, err := s.Undo(boss, document.Back{Key: "night", Seen: 5, To: 4}); err != nil || saved.Document == nil {
		t.Fatalf("%+v, %v", saved, err)
	}
	if saved, err := s.Save(boss, document.Put[ban.Rule]{Key: "night", Seen: 6, Gone: true}); err != nil || !saved.Document.Gone {
		t.Fatalf("%+v, %v", saved, err)
	}
	err = f.View(func(q refdata.Querier) error {
		rules, err := refdata.AllBans(q)
		if len(rules) != 0 {
			t.Errorf("tills have %+v", rules)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
