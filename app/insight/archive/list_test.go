package archive_test

import (
	"testing"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// TestListFetchesWhatItNeeds lists the receipts behind a month's revenue.
func TestListFetchesWhatItNeeds(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	d.until("complete", complete)
	list, err := d.archive.List(t.Context(), cube.Drill{
		Slice: cube.Slice{From: "2026-10-01", To: "2026-10-31"}, Measure: cube.Revenue, Limit: 3,
	})
	if err != nil || list.Value != cube.Some(400) || list.Receipts != 4 || len(list.Rows) != 3 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if list.Rows[0].Day != "2026-10-04" || list.Names[cube.Product]["7"].EN != "Bread" {
		t.Errorf("got %+v", list)
	}
	if _, err := d.archive.List(t.Context(), cube.Drill{Slice: cube.Slice{From: "x"}, Measure: cube.Revenue}); errcode.Of(err) != errcode.BadQuery {
		t.Errorf("a date that is none: %v", err)
	}
}
