package localdb

import (
	"fmt"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
)

func parkedOf(n int) *parking.Parking {
	r := saleOf(n, 7, 2)
	r.State, r.Tenders, r.Change, r.Closed, r.Date = receipt.Open, nil, 0, 0, "2026-11-22"
	return &parking.Parking{ID: fmt.Sprintf("p-%d", n), Note: "red coat", By: "e1", Name: "Anna", At: int64(n), Till: 3, Receipt: r}
}

// TestParkedOfEarlierShifts: a projection made anew knows at once what earlier
// shifts have left parked, and what of it was recalled.
func TestParkedOfEarlierShifts(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	s.day(t, 1, 200)
	for n := 901; n <= 903; n++ {
		s.must(t, fact.ReceiptParked, int64(n), parkedOf(n))
	}
	s.must(t, fact.ReceiptRecalled, 910, parking.Recall{Parking: "p-902", Number: "S1-3-000902", Till: 3})
	s.day(t, 301, 300) // the running shift
	s.must(t, fact.ParkedTaken, 20_000, parking.Taken{Parking: "p-903", Till: 5})
	s.must(t, fact.ReceiptParked, 20_001, parkedOf(904))
	check := func() {
		t.Helper()
		rows, err := s.db.ParkedRows()
		if err != nil || len(rows) != 2 || rows[0].ID != "p-904" || rows[1].ID != "p-901" || rows[1].Note != "red coat" || rows[1].Total != 2000 {
			t.Errorf("%+v, %v", rows, err)
		}
		if p, err := s.db.Parked("p-901"); err != nil || p.Receipt.Number != "S1-3-000901" {
			t.Errorf("%+v, %v", p, err)
		}
		if p, err := s.db.ParkedReceipt("id-00904"); err != nil || p.ID != "p-904" {
			t.Errorf("%+v, %v", p, err)
		}
		for id, want := range map[string]string{"p-902": "S1-3-000902 3", "p-903": "S1-3-000903 5"} {
			number, till, ok, err := s.db.Recalled(id)
			if got := fmt.Sprint(number, " ", till); !ok || err != nil || got != want {
				t.Errorf("%s went on as %q, %v; want %q", id, got, err, want)
			}
			if _, err := s.db.Parked(id); errcode.Of(err) != errcode.NotFound {
				t.Errorf("%s still waits: %v", id, err)
			}
		}
		if n, err := s.db.Counter(); n != 904 || err != nil {
			t.Errorf("counter %d, %v", n, err)
		}
	}
	check()
	s.close(t)
	scribble(dir, "local-1.db", 100)
	s = mustTill(t, dir)
	check()
	for left := 1; left > 0; {
		var err error
		if left, err = s.db.Fill(s.j, 90); err != nil {
			t.Fatal(err)
		}
	}
	check()
	s.close(t)
}
