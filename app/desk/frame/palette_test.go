package frame

import (
	"testing"
	"time"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	wire "tillsight/shared/wire/office"
)

func TestPaletteFinds(t *testing.T) {
	d := &frame{Desk: kittest.Desk(i18n.EN), pages: testPages}
	d.User = &wire.User{Login: "anna", Role: "manager"}
	d.Shelf.Items = []wire.DeskItem{{ID: "r", Kind: kit.KeptReport, Name: "Monday’s RFM", Owner: "anna"}}
	for text, want := range map[string]string{"retent": "page-/manager/cohorts", "rfm": "page-/manager/rfm", "monday": "report-r", "light": "do-light"} {
		d.palette.text = text
		if list := found(d); len(list) == 0 || list[0].id != want {
			t.Errorf("%q finds %+v first, want %s", text, list, want)
		}
	}
	d.palette.text = "no such thing"
	if list := found(d); len(list) != 0 {
		t.Errorf("found %v", list)
	}
	d.palette.text = "registers"
	for _, e := range found(d) {
		if e.id == "page-/admin" {
			t.Error("a manager is led to the administrator's page")
		}
	}
}

func TestKeysOfTheDesk(t *testing.T) {
	d := &frame{Desk: kittest.Desk(i18n.EN), pages: testPages}
	d.User = &wire.User{Login: "anna"}
	now := kittest.Sunday
	d.Now = func() time.Time { return now }
	for _, tt := range []struct {
		name string
		key  ui.Key
		does bool
	}{
		{"slash", ui.Key{Name: "/", Code: "Slash"}, true},
		{"slash while typing", ui.Key{Name: "/", Code: "Slash", Typing: true}, false},
		{"slash of a Russian layout", ui.Key{Name: ".", Code: "Slash"}, true},
		{"Ctrl K while typing", ui.Key{Name: "k", Code: "KeyK", Command: true, Typing: true}, true},
		{"Escape while typing", ui.Key{Name: "Escape", Typing: true}, true},
		{"a letter", ui.Key{Name: "s", Code: "KeyS"}, false},
		{"g", ui.Key{Name: "g", Code: "KeyG"}, false},
		{"s after g", ui.Key{Name: "ы", Code: "KeyS"}, true},
		{"s once more", ui.Key{Name: "s", Code: "KeyS"}, false},
		{"browser's own", ui.Key{Name: "p", Code: "KeyP", Command: true}, false},
	} {
		if got := d.keyDoes(tt.key) != nil; got != tt.does {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.does)
		}
	}
	d.keyDoes(ui.Key{Name: "g", Code: "KeyG"})
	now = now.Add(time.Minute)
	if d.keyDoes(ui.Key{Name: "s", Code: "KeyS"}) != nil {
		t.Error("a jump waits for ever")
	}
}

// testPages are pages as the program gives them.
var testPages = []kit.Page{
	{Path: "/manager", Area: kit.InOverview, Name: i18n.DeskOverview, Uses: kit.UsesAll, Admin: false, Make: nil},
	{Path: "/manager/sales", Area: kit.InSales, Name: i18n.TabSales, Uses: kit.UsesAll, Admin: false, Make: nil},
	{Path: "/manager/rfm", Area: kit.InCustomers, Name: i18n.TabRFM, Uses: kit.UsesEnd, Admin: false, Make: nil},
	{Path: "/manager/cohorts", Area: kit.InCustomers, Name: i18n.TabCohorts, Uses: kit.UsesEnd, Admin: false, Make: nil},
	{Path: "/admin", Area: kit.InSettings, Name: i18n.DeskTills, Uses: kit.UsesNothing, Admin: true, Make: nil},
}
