package main

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	tilljournal "tillsight/app/worker/journal"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/sqlite"
)

// simKey names a chain of facts.
type simKey struct {
	device string
	epoch  uint32
}

// check compares everything with everything.
func (w *simWorld) check() {
	atServer := w.serverFacts()
	printed := map[string]int64{} // total by receipt ID, over all tills
	for _, till := range w.tills {
		state, err := till.State(w.t.Context(), struct{}{})
		if err != nil || state.Sync.Waiting != 0 {
			w.fatalf("till %d: %d facts wait, %v", till.number, state.Sync.Waiting, err)
		}
		if state.Sync.Data != w.server.feed.Version() {
			w.fatalf("till %d: reference data at %d, server at %d", till.number, state.Sync.Data, w.server.feed.Version())
		}
		key := simKey{state.Device, 1}
		here := till.journalFacts(key)
		if there := atServer[key]; !slices.EqualFunc(here, there, bytes.Equal) {
			w.fatalf("till %d: journal holds %d facts, the server %d of them, or others", till.number, len(here), len(there))
		}
		w.checkTill(till, here)
		for id, r := range till.printed {
			printed[id] = int64(r.Total)
		}
	}
	if forked, repeated, err := w.server.journal.Odd(); forked != 0 || repeated != 0 || err != nil {
		w.fatalf("server set aside %d forks, %d repeated receipts, %v", forked, repeated, err)
	}
	w.checkWarehouse(printed)
}

// checkTill compares one till's journal with what its customers hold: numbers
// never twice, facts without gaps, every printed receipt once and no other.
func (w *simWorld) checkTill(till *simTill, facts [][]byte) {
	numbers := map[string]bool{}
	sold := map[string]int64{}
	for i, raw := range facts {
		f, err := fact.Decode(raw)
		if err != nil || f.Seq != uint64(i+1) {
			w.fatalf("till %d: fact %d has number %d, %v", till.number, i+1, f.Seq, err)
		}
		if f.Kind != fact.SaleRegistered && f.Kind != fact.ReceiptCancelled {
			continue
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		if err != nil {
			w.fatalf("till %d: %v", till.number, err)
		}
		if numbers[r.Number] {
			w.fatalf("till %d: receipt number %s was used twice", till.number, r.Number)
		}
		numbers[r.Number] = true
		if f.Kind == fact.SaleRegistered {
			sold[r.ID] = int64(r.Total)
		}
	}
	printed := map[string]int64{}
	for id, r := range till.printed {
		printed[id] = int64(r.Total)
	}
	if !maps.Equal(sold, printed) {
		w.fatalf("till %d: journal holds the sales %v, customers %v", till.number, sold, printed)
	}
}

func (w *simWorld) serverFacts() map[simKey][][]byte {
	facts := map[simKey][][]byte{}
	err := w.server.journal.Read(w.t.Context(), 0, 1<<20, func(_ int64, raw []byte) error {
		f, err := fact.Decode(raw)
		key := simKey{f.Device, f.Epoch}
		facts[key] = append(facts[key], bytes.Clone(raw))
		return err
	})
	if err != nil {
		w.fatalf("read the server's journal: %v", err)
	}
	return facts
}

// journalFacts reads the till's journal as the next start would find it.
func (till *simTill) journalFacts(key simKey) [][]byte {
	id := tilljournal.Identity{Device: key.device, Epoch: key.epoch, Store: "5", Till: till.number}
	j, report, err := tilljournal.Open(till.disk.Reopen(), id)
	if err != nil || len(report.Damages) > 0 {
		till.w.fatalf("till %d: journal: %v, %v", till.number, report, err)
	}
	var facts [][]byte
	err = j.Each(0, func(_ uint64, raw []byte) error {
		facts = append(facts, bytes.Clone(raw))
		return nil
	})
	if err == nil {
		err = j.Close()
	}
	if err != nil {
		till.w.fatalf("till %d: journal: %v", till.number, err)
	}
	return facts
}

func (w *simWorld) checkWarehouse(printed map[string]int64) {
	got := map[string]int64{}
	err := w.server.warehouse.View(func(q warehouse.Querier) error {
		return q.Query(`SELECT id, net FROM receipt ORDER BY pos`, func(r sqlite.Row) error {
			got[r.Text(0)] += r.Int64(1)
			return nil
		})
	})
	if err != nil {
		w.fatalf("read the warehouse: %v", err)
	}
	if !maps.Equal(got, printed) {
		w.fatalf("warehouse holds the receipts %v, customers %v", got, printed)
	}
	if n, err := w.server.warehouse.Quarantined(); n != 0 || err != nil {
		w.fatalf("%d facts in quarantine, %v", n, err)
	}
}

// TestSimulationClone copies a register's disk to another tablet. Both go on
// selling; the server keeps the first branch, tells of the fork, and neither
// till loses a fact.
func TestSimulationClone(t *testing.T) {
	w := newSimWorld(t, simTemplate(t), 4242)
	w.faults = false
	first := w.tills[0]
	first.scan()
	first.pay()
	first.push()
	first.Close()
	first.disk = first.disk.Reopen()
	clone := &simTill{w: w, number: first.number, disk: first.disk.Reopen(), ids: 1000, printed: map[string]receipt.Receipt{}}
	for _, till := range []*simTill{first, clone} {
		till.start()
		till.resume()
		till.scan()
		till.pay()
	}
	if _, err := first.Sync().Push(t.Context()); err != nil {
		t.Fatalf("the first: %v", err)
	}
	if _, err := clone.Sync().Push(t.Context()); errcode.Of(err) != errcode.Fork {
		t.Fatalf("the clone: %v, want %s", err, errcode.Fork)
	}
	if forked, _, err := w.server.journal.Odd(); forked == 0 || err != nil {
		t.Errorf("the server noticed %d forked facts, %v", forked, err)
	}
	clone.scan()
	clone.pay() // selling goes on
	state, err := clone.State(t.Context(), struct{}{})
	if err != nil || state.Sync.Waiting == 0 || state.Phase != bridge.PhaseSelling {
		t.Errorf("the clone: phase %s, %d facts wait, %v", state.Phase, state.Sync.Waiting, err)
	}
	devices, err := w.server.devices.List()
	if err != nil || len(devices) != simTills {
		t.Errorf("%d devices, %v", len(devices), err)
	}
	if facts := w.serverFacts()[simKey{state.Device, 1}]; len(facts) == 0 {
		t.Error("the first branch is not there")
	}
}

// TestSimulationWiped enrols a tablet anew whose storage was cleared: numbers go
// on above everything the server heard of, in a new epoch.
func TestSimulationWiped(t *testing.T) {
	w := newSimWorld(t, simTemplate(t), 7)
	w.faults = false
	till := w.tills[0]
	for range 3 {
		till.scan()
		till.pay()
	}
	till.push()
	till.scan()
	till.pay() // the server never hears of this one
	lost := till.printed
	till.Close()
	till.disk, till.printed, till.shown = opfs.NewMemory(), map[string]receipt.Receipt{}, bridge.Delta{}
	till.start()
	till.enrol()
	till.scan()
	till.pay()
	till.push()
	for _, r := range till.printed {
		for _, old := range lost {
			if r.Number <= old.Number {
				t.Errorf("number %s after %s was printed", r.Number, old.Number)
			}
		}
	}
	if _, repeated, err := w.server.journal.Odd(); repeated != 0 || err != nil {
		t.Errorf("%d repeated receipts, %v", repeated, err)
	}
}
