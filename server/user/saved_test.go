package user

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

func savedWorld(t *testing.T) *Registry {
	t.Helper()
	r := newRegistry(t, func() time.Time { return time.UnixMilli(1_000_000) })
	for _, login := range []string{"anna", "boris"} {
		if err := r.Add(wire.User{Login: login, Role: Manager, All: true}, "long enough"); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func item(id string, at int64, text string) wire.DeskItem {
	return wire.DeskItem{ID: id, Kind: "filter", Name: text, Body: json.RawMessage(fmt.Sprintf("%q", text)), At: at}
}

func TestLaterEditStays(t *testing.T) {
	r := savedWorld(t)
	for _, tt := range []struct {
		edit wire.DeskItem
		want string
	}{
		{item("a", 10, "first"), "first"}, {item("a", 30, "phone"), "phone"}, {item("a", 20, "tablet, sent late"), "phone"},
		{item("a", 30, "phone"), "phone"}, {item("b", 5, "other"), "other"},
	} {
		kept, err := r.Save("anna", tt.edit)
		if err != nil || kept.Name != tt.want || kept.Owner != "anna" {
			t.Errorf("%s at %d: kept %+v, %v, want %s", tt.edit.Name, tt.edit.At, kept, err, tt.want)
		}
	}
	gone := item("a", 40, "")
	gone.Gone, gone.Body = true, nil
	if _, err := r.Save("anna", gone); err != nil {
		t.Fatal(err)
	}
	list, err := r.Saved("anna")
	if err != nil || len(list) != 2 || !list[0].Gone || list[1].ID != "b" {
		t.Errorf("kept %+v, %v", list, err)
	}
}

func TestSavedOfOthers(t *testing.T) {
	r := savedWorld(t)
	shared := item("s", 10, "for all")
	shared.Shared = true
	for _, s := range []wire.DeskItem{shared, item("p", 10, "own")} {
		if _, err := r.Save("anna", s); err != nil {
			t.Fatal(err)
		}
	}
	list, err := r.Saved("boris")
	if err != nil || len(list) != 1 || list[0].ID != "s" || list[0].Owner != "anna" {
		t.Fatalf("boris sees %+v, %v", list, err)
	}
	// His own edit of it is his own thing.
	if _, err := r.Save("boris", item("s", 20, "boris's")); err != nil {
		t.Fatal(err)
	}
	list, err = r.Saved("anna")
	if err != nil || len(list) != 2 || list[0].Owner != "anna" || list[1].Owner != "anna" {
		t.Errorf("anna sees %+v, %v", list, err)
	}
}

func TestSavedHasLimits(t *testing.T) {
	r := savedWorld(t)
	large := item("a", 1, strings.Repeat("x", 10))
	large.Body = json.RawMessage(`"` + strings.Repeat("x", wire.SavedBodyMax) + `"`)
	broken, nameless, early := item("a", 1, "x"), item("", 1, "x"), item("a", 0, "x")
	broken.Body = json.RawMessage("{")
	for _, bad := range []wire.DeskItem{large, broken, nameless, early} {
		if _, err := r.Save("anna", bad); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%+.40v: %v, want invalid", bad, err)
		}
	}
	far := item("far", 1<<50, "of a clock in another century")
	if kept, err := r.Save("anna", far); err != nil || kept.At != 1_000_000+wire.SavedAhead {
		t.Errorf("kept %+v, %v", kept, err)
	}
	for n := range wire.SavedMax - 1 {
		if _, err := r.Save("anna", item(fmt.Sprint(n), 1, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.Save("anna", item("one more", 1, "x")); errcode.Of(err) != errcode.DataLimit {
		t.Errorf("got %v, want a limit", err)
	}
	if _, err := r.Save("anna", item("7", 2, "x")); err != nil {
		t.Errorf("what is there can't be changed: %v", err)
	}
}

// What was removed counts too: it is kept so that other devices hear of it.
func TestRemovedThingsAreBounded(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	r := newRegistry(t, func() time.Time { return now })
	if err := r.Add(wire.User{Login: "anna", Role: Manager, All: true}, "long enough"); err != nil {
		t.Fatal(err)
	}
	for i := range wire.SavedMax + 50 {
		item := wire.DeskItem{ID: fmt.Sprint("id", i), Kind: "x", Body: json.RawMessage("1"), At: int64(i + 1), Gone: true}
		if _, err := r.Save("anna", item); err != nil {
			t.Fatal(err)
		}
	}
	list, err := r.Saved("anna")
	if err != nil || len(list) != wire.SavedMax {
		t.Errorf("%d things are kept, %v", len(list), err)
	}
}
