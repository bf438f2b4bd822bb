package parked_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/server/parked"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
)

// tape is a journal in memory.
type tape struct {
	facts [][]byte
	notice.Board
}

func (t *tape) Calm(context.Context) {}

func (t *tape) Position() int64 { return int64(len(t.facts)) }

func (t *tape) Batch(ctx context.Context, after int64, limit int) (list []journal.Entry, err error) {
	for i := int(after); i < min(len(t.facts), int(after)+limit); i++ {
		list = append(list, journal.Entry{Pos: int64(i) + 1, Bytes: t.facts[i]})
	}
	return list, ctx.Err()
}

// world is two stores with their registers.
type world struct {
	*testing.T
	*tape
	lot *parked.Lot
	dir string
	at  time.Time
}

var (
	one   = routes.Device{ID: "one", Store: "1", Till: 1}
	two   = routes.Device{ID: "two", Store: "1", Till: 2}
	three = routes.Device{ID: "three", Store: "1", Till: 3}
	far   = routes.Device{ID: "far", Store: "2", Till: 1}
)

func newWorld(t *testing.T) *world {
	w := &world{T: t, tape: &tape{}, dir: t.TempDir(), at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	f, err := feed.Open(filepath.Join(w.dir, "reference.db"), filepath.Join(w.dir, "snapshots"), func() time.Time { return w.at })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	if w.lot, err = parked.Open(w.tape, f, func() time.Time { return w.at }); err != nil {
		t.Fatal(err)
	}
	return w
}

// tell adds a fact of d to the journal and has it looked at.
func (w *world) tell(d routes.Device, kind fact.Kind, body any) {
	w.Helper()
	raw, err := fact.Encode(fact.Header{Device: d.ID, Epoch: 1, Seq: uint64(len(w.facts) + 1), Kind: kind, Version: 1,
		At: w.at.UnixMilli(), Store: d.Store, Till: d.Till}, body)
	if err != nil {
		w.Fatal(err)
	}
	w.facts = append(w.facts, raw)
	if _, err := w.lot.Look(w.Context()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) park(d routes.Device, id string) {
	w.Helper()
	w.tell(d, fact.ReceiptParked, &parking.Parking{ID: id, Name: "Анна", Note: "note", At: w.at.UnixMilli(), Till: d.Till,
		Receipt: receipt.Receipt{ID: "r" + id, Number: number(id), Type: receipt.Sale, State: receipt.Open, Date: "2026-11-22", Store: d.Store,
			Total: 100_00, Lines: []receipt.Line{{N: 1, SKU: "1", Unit: "pc", Quantity: 1000, Price: 100_00}}}})
}

// number is that of a receipt parked as id.
func number(id string) string { return receipt.NumberOf("1", 1, uint64(id[0])) }

func (w *world) recalled(d routes.Device, id string) {
	w.Helper()
	w.tell(d, fact.ReceiptRecalled, parking.Recall{Parking: id, Till: d.Till, At: w.at.UnixMilli()})
}

// sees fails unless d is told of the parkings.
func (w *world) sees(d routes.Device, want ...string) {
	w.Helper()
	list, err := w.lot.List(d)
	if err != nil {
		w.Fatal(err)
	}
	got := []string{}
	for _, row := range list.Rows {
		got = append(got, row.ID)
	}
	if fmt.Sprint(got) != fmt.Sprint(append([]string{}, want...)) {
		w.Errorf("%s sees %v, want %v", d.ID, got, want)
	}
}

// asks fails unless d's recall is answered so.
func (w *world) asks(d routes.Device, id string, want errcode.Code) {
	w.Helper()
	answer, err := w.lot.Recall(w.Context(), d, id)
	if errcode.Of(err) != want {
		w.Errorf("%s recalls %s: %v, want %q", d.ID, id, err, want)
	}
	if err == nil && answer.Parking != nil && answer.Parking.ID != id {
		w.Errorf("%s recalls %s and gets %s", d.ID, id, answer.Parking.ID)
	}
}

func TestOneRegisterGetsIt(t *testing.T) {
	w := newWorld(t)
	before := w.lot.Revision("1")
	w.park(one, "a")
	w.at = w.at.Add(time.Second)
	w.park(one, "b")
	if after := w.lot.Revision("1"); after != before+2 || w.lot.Revision("2") != 0 {
		t.Errorf("revision %d after %d", after, before)
	}
	w.sees(one) // it has a list of its own
	w.sees(two, "b", "a")
	w.sees(far)
	w.asks(far, "a", errcode.NotFound)
	w.asks(two, "a", "")
	w.asks(two, "a", "") // an answer was lost
	w.asks(three, "a", errcode.ParkedGone)
	w.asks(one, "a", errcode.ParkedGone) // its own, but it came second
	w.sees(two, "b", "a")                // it has asked and may have lost the answer
	w.sees(three, "b")
	w.recalled(two, "a")
	w.sees(two, "b")
	w.asks(two, "a", errcode.ParkedGone)
	list, err := w.lot.List(one)
	if err != nil || len(list.Taken) != 1 || list.Taken[0].ID != "a" || list.Taken[0].Till != 2 {
		t.Errorf("the one that parked it hears %+v, %v", list.Taken, err)
	}
	w.tell(one, fact.ParkedTaken, parking.Taken{Parking: "a", Till: 2})
	if list, err = w.lot.List(one); err != nil || len(list.Taken) != 0 {
		t.Errorf("told again: %+v, %v", list.Taken, err)
	}
}

// TestClaimThatNothingFollows: the register that asked has ended before it had
// the receipt.
func TestClaimThatNothingFollows(t *testing.T) {
	w := newWorld(t)
	w.park(one, "a")
	w.asks(two, "a", "")
	w.at = w.at.Add(9 * time.Minute)
	w.asks(three, "a", errcode.ParkedGone)
	w.at = w.at.Add(2 * time.Minute)
	w.sees(three, "a")
	w.asks(three, "a", "")
	w.asks(two, "a", errcode.ParkedGone)
}

// TestKnownFromPaper: a slip is recalled before the register that printed it
// has reached the server.
func TestKnownFromPaper(t *testing.T) {
	w := newWorld(t)
	w.asks(two, "a", "")
	w.asks(three, "a", errcode.ParkedGone)
	w.recalled(two, "a")
	w.park(one, "a")
	w.sees(three)
	list, err := w.lot.List(one)
	if err != nil || len(list.Taken) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestRecalledWhereItWasParked(t *testing.T) {
	w := newWorld(t)
	w.park(one, "a")
	w.asks(one, "a", "")
	w.recalled(one, "a")
	w.sees(two)
	if list, err := w.lot.List(one); err != nil || len(list.Taken) != 0 {
		t.Errorf("it is told what it did itself: %+v, %v", list.Taken, err)
	}
}

// TestOldOnesAreForgotten keeps the table small.
func TestOldOnesAreForgotten(t *testing.T) {
	w := newWorld(t)
	w.park(one, "a")
	w.at = w.at.Add(91 * 24 * time.Hour)
	w.park(one, "b")
	w.sees(two, "b")
}

func TestNonsenseIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	w.tell(one, fact.ReceiptParked, "nonsense")
	w.tell(one, fact.ReceiptRecalled, 5)
	w.tell(one, fact.ParkedTaken, []int{1})
	w.sees(two)
}
