package kit

import (
	"slices"
	"testing"

	"tillsight/app/i18n"
	wire "tillsight/shared/wire/office"
)

func TestKeptOfTwoDevices(t *testing.T) {
	d := testDesk(i18n.EN)
	d.User = &wire.User{Login: "anna"}
	of := func(id, name string, at int64) wire.DeskItem {
		return wire.DeskItem{ID: id, Kind: KeptFilter, Name: name, At: at, Owner: "anna"}
	}
	d.Shelf.Items = []wire.DeskItem{of("sent", "new", 20), of("since", "newest", 30), of("old", "here", 5)}
	d.Shelf.Dirty = []string{"sent", "since"}
	server := []wire.DeskItem{of("sent", "new", 20), of("since", "older", 25), of("old", "there", 9), of("other", "phone's", 1)}
	mergeKept(d, []wire.DeskItem{of("sent", "new", 20), of("since", "older", 25)}, server)
	names := map[string]string{}
	for _, item := range d.Shelf.Items {
		names[item.ID] += item.Name
	}
	for id, want := range map[string]string{"sent": "new", "since": "newest", "old": "there", "other": "phone's"} {
		if names[id] != want {
			t.Errorf("%s is %q, want %q", id, names[id], want)
		}
	}
	if !slices.Equal(d.Shelf.Dirty, []string{"since"}) {
		t.Errorf("to be sent: %v", d.Shelf.Dirty)
	}
}
