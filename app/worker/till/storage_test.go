package till

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/app/zone"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// TestReload checks that everything comes back as it was.
func TestReload(t *testing.T) {
	p := newSelling(t)
	p.payCash(p.scan(milk))
	p.scan(milk)
	p.scan("2900000000025")
	p.scan(cheeseLabel)
	if _, err := p.VoidLine(t.Context(), bridge.LineRef{N: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Discount(t.Context(), bridge.Discount{N: 2, BP: 300}); err != nil {
		t.Fatal(err)
	}
	before := must(t)(p.State(t.Context(), struct{}{}))
	p.restart()
	p.signIn("2222")
	after := p.phase(bridge.PhaseSelling)
	before.Receipt.Last, after.Receipt.Last = 0, 0
	before.Receipt.Customer, after.Receipt.Customer = "", ""
	if !reflect.DeepEqual(after.Receipt, before.Receipt) {
		t.Errorf("receipt after reload\n%+v\nwant\n%+v", after.Receipt, before.Receipt)
	}
	if !reflect.DeepEqual(after.Shift, before.Shift) {
		t.Errorf("shift after reload\n%+v\nwant\n%+v", after.Shift, before.Shift)
	}
}

// TestRandomCrash cuts the power at random writes of random work, again and
// again, and checks what people were told against what is there afterwards.
func TestRandomCrash(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 7))
		p := newSelling(t)
		told := map[string]receipt.Receipt{} // paid, by number
		var shown bridge.Delta               // the last answer about the open receipt
		var trying string                    // a receipt whose Pay failed: it may or may not be there
		for range 25 {
			cut := p.dir.Calls() + random.IntN(60)
			p.dir.Before = func(n int, _, _ string) error {
				if n > cut {
					return errcode.New(errcode.StorageFault, "power", errors.New("cut"))
				}
				return nil
			}
			for range 30 {
				var err error
				if random.IntN(3) == 0 && shown.Total > 0 {
					trying = shown.Number
					var paid bridge.Paid
					paid, err = p.Pay(t.Context(), bridge.Pay{ID: shown.ID, Tenders: []receipt.Tender{{Kind: receipt.Card, Amount: shown.Total}}})
					if err == nil {
						told[paid.Receipt.Number] = paid.Receipt
						shown, trying = bridge.Delta{}, ""
					}
				} else {
					var d bridge.Delta
					code := []string{milk, pen, cheeseLabel}[random.IntN(3)]
					if d, err = p.Scan(t.Context(), bridge.Scan{Code: code}); err == nil {
						shown = d
					}
				}
				if err != nil {
					break
				}
			}
			p.dir = p.dir.Crash(random)
			p.hall.owner = nil
			p.open()
			p.phase(bridge.PhaseSignedOut)
			p.signIn("2222")
			checkAfterCrash(t, seed, p, told, shown, trying)
			state := p.phase(bridge.PhaseSelling)
			shown = *state.Receipt
		}
	}
}

func checkAfterCrash(t *testing.T, seed uint64, p *shop, told map[string]receipt.Receipt, shown bridge.Delta, trying string) {
	t.Helper()
	seen := map[string]int{}
	var sum, want int64
	for _, f := range p.facts() {
		if f.Kind != fact.SaleRegistered {
			continue
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		if err != nil {
			t.Fatal(err)
		}
		seen[r.Number]++
		if r.Number == trying {
			told[r.Number] = r // it was paid after all
		}
		sum += int64(r.Total)
	}
	for number, r := range told {
		if seen[number] != 1 {
			t.Fatalf("seed %d: receipt %s, told as paid, is there %d times", seed, number, seen[number])
		}
		want += int64(r.Total)
	}
	if sum != want {
		t.Fatalf("seed %d: journal sums to %d, people were told %d", seed, sum, want)
	}
	open := p.current.Doc
	if shown.State == receipt.Open && seen[shown.Number] == 0 && (open == nil || open.ID != shown.ID || len(open.Lines) < shown.Count) {
		t.Fatalf("seed %d: open receipt %s of %d lines came back as %+v", seed, shown.Number, shown.Count, open)
	}
	if open != nil && seen[open.Number] > 0 {
		t.Fatalf("seed %d: receipt %s is paid and open", seed, open.Number)
	}
	if p.shift.Sales.Total != 0 && int64(p.shift.Sales.Total) != sum {
		t.Fatalf("seed %d: shift sums to %d, journal to %d", seed, p.shift.Sales.Total, sum)
	}
}

// TestFailedWriteLeavesReceipt checks that a scan that could not be kept is not shown.
func TestFailedWriteLeavesReceipt(t *testing.T) {
	p := newSelling(t)
	before := p.scan(milk)
	p.dir.Before = func(int, string, string) error { return errcode.New(errcode.StorageFault, "disk", nil) }
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: pen}); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("scan: %v, want storage.fault", err)
	}
	if _, err := p.Pay(t.Context(), bridge.Pay{ID: before.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: 8990}}}); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("pay: %v, want storage.fault", err)
	}
	p.dir.Before = nil
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != before.Total || state.Receipt.Count != 1 {
		t.Errorf("receipt after failures: %+v", state.Receipt)
	}
	p.payCash(before)
}

// TestStorageFull checks that the open receipt can still be finished.
func TestStorageFull(t *testing.T) {
	p := newSelling(t)
	p.scan(milk)
	used := usage(t, p.dir)
	p.dir.SetQuota(used)
	var last bridge.Delta
	for range 2000 { // more changes than the prepared draft holds
		d, err := p.Scan(t.Context(), bridge.Scan{Code: cheeseLabel})
		if err != nil {
			if code := errcode.Of(err); code != errcode.ReceiptLong {
				t.Fatalf("scan with the quota used up: %v", err)
			}
			break
		}
		last = d
	}
	p.payCash(last)
	p.restart()
	p.signIn("2222")
	rows, err := p.Receipts(t.Context(), bridge.Receipts{})
	if err != nil || len(rows) != 1 || rows[0].Total != last.Total {
		t.Errorf("receipts: %+v, %v", rows, err)
	}
}

// TestStorageFullAtTheStart checks that people can sign in, sell and are told.
func TestStorageFullAtTheStart(t *testing.T) {
	p := newSelling(t)
	open := p.scan(milk)
	p.dir.SetQuota(usage(t, p.dir))
	p.restart()
	p.dir.SetQuota(usage(t, p.dir))
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != open.Total {
		t.Errorf("the open receipt is %d, was %d", state.Receipt.Total, open.Total)
	}
	p.payCash(open)
	notices := must(t)(p.State(t.Context(), struct{}{})).Notices
	if len(notices) != 1 || notices[0].Code != errcode.StorageFull {
		t.Errorf("notices: %v", notices)
	}
}

func usage(t *testing.T, dir *opfs.Memory) (used int64) {
	t.Helper()
	names, err := dir.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		used += int64(len(dir.Bytes(name)))
	}
	return used
}

func TestRefuses(t *testing.T) {
	base := Options{
		Dir:      func() (opfs.Dir, error) { return opfs.NewMemory(), nil },
		Storage:  func() (opfs.Facts, error) { return opfs.Facts{}, nil },
		Election: &voter{hall: &hall{}},
		Now:      time.Now, Zone: zone.Offset,
	}
	tests := []struct {
		name string
		set  func(*Options)
	}{
		{"no OPFS", func(o *Options) {
			o.Dir = func() (opfs.Dir, error) { return nil, errcode.New(errcode.NoStorage, "", nil) }
		}},
		{"no locks", func(o *Options) { o.Election = &voter{none: true} }},
		{"outside a browser", func(o *Options) { o.Election = BrowserElection() }},
		{"no facts", func(o *Options) {
			o.Storage = func() (opfs.Facts, error) { return opfs.Facts{}, errcode.New(errcode.NoStorage, "", nil) }
		}},
	}
	for _, tt := range tests {
		opt := base
		tt.set(&opt)
		s := New(opt)
		s.Open(t.Context())
		state, err := s.State(t.Context(), struct{}{})
		if err != nil || state.Phase != bridge.PhaseRefused || state.Fault == nil || state.Fault.Code != errcode.NoStorage {
			t.Errorf("%s: phase %s, fault %v", tt.name, state.Phase, state.Fault)
		}
		if _, err := s.Scan(t.Context(), bridge.Scan{Code: milk}); errcode.Of(err) != errcode.NoStorage {
			t.Errorf("%s: scan: %v", tt.name, err)
		}
		if _, err := s.Enrol(t.Context(), wire.EnrolRequest{Code: "GOOD"}); errcode.Of(err) != errcode.Conflict {
			t.Errorf("%s: enrol: %v", tt.name, err)
		}
	}
}

func TestTwoTabs(t *testing.T) {
	first := newSelling(t)
	d := first.scan(milk)
	second := &shop{t: t, office: first.office, hall: first.hall, dir: first.dir, at: first.at, ids: first.ids}
	second.open()
	second.phase(bridge.PhaseElsewhere)
	if _, err := second.Scan(t.Context(), bridge.Scan{Code: milk}); errcode.Of(err) != errcode.OtherTab {
		t.Errorf("scan in the second tab: %v", err)
	}
	must(t)(second.TakeOver(t.Context(), struct{}{}))
	second.signIn("2222")
	if state := second.phase(bridge.PhaseSelling); state.Receipt.ID != d.ID {
		t.Errorf("the open receipt did not come along: %+v", state.Receipt)
	}
	first.phase(bridge.PhaseElsewhere)
	if _, err := first.Pay(t.Context(), bridge.Pay{ID: d.ID}); errcode.Of(err) != errcode.OtherTab {
		t.Errorf("pay in the first tab: %v", err)
	}
	must(t)(first.TakeOver(t.Context(), struct{}{})) // and back
	first.signIn("2222")
	first.payCash(d)
	second.phase(bridge.PhaseElsewhere)
}

// TestDamage checks that each kind of damage is told and nothing told is lost.
func TestDamage(t *testing.T) {
	file := func(p *shop, prefix string) string {
		names, err := p.dir.List()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				return name
			}
		}
		t.Fatalf("no file %s… among %v", prefix, names)
		return ""
	}
	flip := func(p *shop, name string, off int64) {
		if !p.dir.Flip(name, off, 0x40) {
			t.Fatalf("%s is shorter than %d", name, off)
		}
	}
	tests := []struct {
		name   string
		damage func(p *shop)
		notice errcode.Code
		phase  bridge.Phase
	}{
		{"a byte in the middle of the journal", func(p *shop) {
			flip(p, file(p, "journal-"), int64(strings.Index(string(p.dir.Bytes(file(p, "journal-"))), "SaleRegistered")))
		}, errcode.JournalDamaged, bridge.PhaseSignedOut},
		{"projection", func(p *shop) { flip(p, file(p, "local-"), 3) }, errcode.DBRebuilt, bridge.PhaseSignedOut},
		{"catalogue", func(p *shop) { flip(p, file(p, "reference-"), 3) }, "", bridge.PhaseLoading},
		{"identity", func(p *shop) { flip(p, "identity", 20) }, errcode.Invalid, bridge.PhaseNew},
		{"journal gone", func(p *shop) {
			if err := p.dir.Remove(file(p, "journal-")); err != nil {
				t.Fatal(err)
			}
		}, errcode.JournalDamaged, bridge.PhaseNew},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newSelling(t)
			p.payCash(p.scan(milk))
			p.payCash(p.scan(pen))
			p.Session.Close()
			p.dir = p.dir.Reopen()
			tt.damage(p)
			p.open()
			state := p.phase(tt.phase)
			told := state.Notices
			if state.Fault != nil {
				told = append(told, state.Fault)
			}
			if tt.notice != "" && (len(told) != 1 || told[0].Code != tt.notice) {
				t.Errorf("told %v, want %s", told, tt.notice)
			}
			if tt.phase == bridge.PhaseLoading {
				if err := p.Load(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if tt.phase == bridge.PhaseNew {
				p.office.counter = 2
				must(t)(p.Enrol(t.Context(), wire.EnrolRequest{Code: "GOOD"}))
				p.signIn("2222")
				must(t)(p.OpenShift(t.Context(), bridge.Float{}))
				if d := p.scan(milk); d.Number != "12-3-001003" {
					t.Errorf("first number after enrolling anew is %s", d.Number)
				}
				return
			}
			p.signIn("2222")
			p.phase(bridge.PhaseSelling)
			rows, err := p.Receipts(t.Context(), bridge.Receipts{})
			if err != nil || len(rows) != 2 {
				t.Errorf("%d receipts, %v, want 2", len(rows), err)
			}
			if d := p.scan(milk); d.Number < "12-3-000003" {
				t.Errorf("number %s is used again", d.Number)
			}
		})
	}
}

func TestTornTail(t *testing.T) {
	p := newSelling(t)
	d := p.scan(milk)
	p.dir.Before = func(_ int, op, name string) error {
		if op == "flush" && strings.HasPrefix(name, "journal-") {
			return errcode.New(errcode.StorageFault, "power", nil)
		}
		return nil
	}
	if _, err := p.Pay(t.Context(), bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Card, Amount: d.Total}}}); err == nil {
		t.Fatal("paid without a flush")
	}
	p.dir = p.dir.Crash(rand.New(rand.NewPCG(5, 5)))
	p.hall.owner = nil
	p.open()
	p.signIn("2222")
	p.phase(bridge.PhaseSelling)
	if paid := p.payCash(d); paid.Number != d.Number {
		t.Errorf("paid as %s", paid.Number)
	}
}
