package open

import (
	"encoding/json"
	"errors"
	"testing"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
	"tillsight/shared/tender"
)

// place is a place for receipts on storage in memory.
type place struct {
	Receipt
	t    *testing.T
	dir  *opfs.Memory
	full error // what writing says
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, dir: opfs.NewMemory()}
	p.on()
	return p
}

func (p *place) on() {
	p.t.Helper()
	draft, err := journal.OpenDraft(p.dir)
	if err != nil {
		p.t.Fatal(err)
	}
	p.Receipt = On(draft, func(write func() error) error {
		if p.full != nil {
			return p.full
		}
		return write()
	})
}

// restart ends the program without a word and begins it again.
func (p *place) restart() *Change {
	p.t.Helper()
	p.dir = p.dir.Reopen()
	p.on()
	first, err := p.Load()
	if err != nil {
		p.t.Fatal(err)
	}
	if p.Doc != nil {
		p.Use(rules)
	}
	return first
}

// rules are no promotions.
var rules = func() *pricing.Rules {
	rules, err := pricing.Compile(pricing.Set{}, nil)
	if err != nil {
		panic(err)
	}
	return rules
}()

func (p *place) begin() (receipt.Opening, *pricing.Rules, error) {
	number := receipt.NumberOf("12", 3, p.Counter+1)
	return receipt.Opening{ID: "id-" + number, Number: number, Type: receipt.Sale, Store: "12", Date: "2026-01-02"}, rules, nil
}

func (p *place) do(c Change) bridge.Delta {
	p.t.Helper()
	d, err := p.Do(c, p.begin)
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

func line(price money.Amount) Change {
	return Change{Line: &receipt.Line{SKU: "1", Unit: quantity.Piece, Quantity: quantity.One, Price: price, TaxClass: tax.Standard, TaxBP: 2000}}
}

func (p *place) want(total money.Amount, count, last int) {
	p.t.Helper()
	if d := p.Whole(); d.Total != total || d.Count != count || d.Last != last || !d.Full {
		p.t.Errorf("total %d, %d lines, last %d; want %d, %d, %d", d.Total, d.Count, d.Last, total, count, last)
	}
}

// TestDo: every kind of change is there after a restart as it was before.
func TestDo(t *testing.T) {
	p := newPlace(t)
	if d := p.Whole(); d.State != "" || d.Lines == nil {
		t.Errorf("nothing is open: %+v", d)
	}
	p.do(line(100))
	p.do(line(250))
	p.do(line(70))
	for _, tt := range []struct {
		name  string
		c     Change
		total money.Amount
		count int
		last  int
	}{
		{"quantity", Change{Quantity: &bridge.SetQuantity{N: 1, Quantity: 3000}}, 620, 3, 1},
		{"less of it", Change{Reduce: &bridge.SetQuantity{N: 1, Quantity: 2000}}, 520, 3, 1},
		{"void", Change{Void: 2}, 270, 2, 2},
		{"restore", Change{Restore: 2}, 520, 3, 2},
		{"discount", Change{Discount: &Discount{N: 2, Manual: receipt.Manual{BP: 1000, Limit: 1000, By: "1"}}}, 495, 3, 2},
		{"age", Change{Age: &receipt.AgeCheck{Years: 18, By: "1"}}, 495, 3, 2},
		{"refused", Change{Refuse: &Refused{Lines: []int{3}, Reason: receipt.VoidBanned}}, 425, 2, 3},
	} {
		p.do(tt.c)
		if d := p.Whole(); d.Total != tt.total || d.Count != tt.count {
			t.Errorf("%s: total %d of %d lines, want %d of %d", tt.name, d.Total, d.Count, tt.total, tt.count)
		}
		before, err := json.Marshal(p.Doc)
		if err != nil {
			t.Fatal(err)
		}
		p.restart()
		if after, err := json.Marshal(p.Doc); err != nil || string(after) != string(before) {
			t.Errorf("%s: after a restart\n%s, want\n%s, %v", tt.name, after, before, err)
		}
	}
}

// TestCardAndCoupons: what the customer showed is on the receipt and in the draft.
func TestCardAndCoupons(t *testing.T) {
	p := newPlace(t)
	d := p.do(Change{Card: &lookup.Card{Card: "29", Customer: "c", Name: "Анна", Groups: []string{"gold"}}})
	if d.Card != "29" || d.Customer != "Анна" || d.Count != 0 || len(d.Groups) != 1 {
		t.Errorf("%+v", d)
	}
	p.restart()
	if d := p.Head(); d.Card != "29" || d.Customer != "c" { // its name is not the receipt's to keep
		t.Errorf("after a restart: %+v", d)
	}
	if d := p.do(Change{Card: &lookup.Card{}}); d.Card != "" || d.Customer != "" {
		t.Errorf("taken off: %+v", d)
	}
	if _, err := p.Do(Change{NoCoupon: "X"}, p.begin); errcode.Of(err) != errcode.NotFound {
		t.Errorf("a coupon that is not there: %v", err)
	}
}

// TestNumbers: a receipt that could not be kept has used up no number.
func TestNumbers(t *testing.T) {
	p := newPlace(t)
	p.full = errors.New("full")
	if _, err := p.Do(line(100), p.begin); !errors.Is(err, p.full) || p.Doc != nil || p.Counter != 0 {
		t.Errorf("%v, receipt %v, counter %d", err, p.Doc, p.Counter)
	}
	p.full = nil
	if d := p.do(line(100)); d.Number != "12-3-000001" {
		t.Errorf("first %s", d.Number)
	}
	p.End()
	if d := p.do(line(100)); d.Number != "12-3-000002" {
		t.Errorf("second %s", d.Number)
	}
	p.restart()
	if p.Counter != 2 {
		t.Errorf("counter %d after a restart", p.Counter)
	}
}

// TestUndo: a change that is refused or can't be kept has not happened.
func TestUndo(t *testing.T) {
	p := newPlace(t)
	p.do(line(100))
	p.do(line(250))
	p.full = errors.New("full")
	if _, err := p.Do(Change{Void: 2}, p.begin); !errors.Is(err, p.full) {
		t.Errorf("no room: %v", err)
	}
	p.full = nil
	p.want(350, 2, 2)
	p.do(Change{Payments: p.Recorded(300, 1)})
	if _, err := p.Do(Change{Void: 2}, p.begin); errcode.Of(err) != errcode.CardTaken {
		t.Errorf("less than was paid: %v", err)
	}
	p.want(350, 2, 2)
	if _, err := p.Do(Change{Void: 9}, p.begin); errcode.Of(err) != errcode.NoLine {
		t.Errorf("no such line: %v", err)
	}
	p.restart()
	p.want(350, 2, 2)
}

// TestEnd: the draft outlives its receipt until there is time, and no longer.
func TestEnd(t *testing.T) {
	p := newPlace(t)
	p.do(line(100))
	p.do(Change{Payments: p.Recorded(100, 1)})
	p.End()
	if p.Doc != nil || p.Payments != nil || p.Rules() != nil || p.Head().State != "" {
		t.Errorf("after the end: %+v", p.Head())
	}
	if first := p.restart(); first == nil || first.Open == nil || p.Payments.Taken() != 100 {
		t.Errorf("the draft is gone before the journal was asked: %+v", first)
	}
	if err := p.Drop(); err != nil {
		t.Fatal(err)
	}
	if first := p.restart(); first != nil || p.Doc != nil {
		t.Errorf("dropped: %+v", first)
	}
	p.do(line(70))
	p.End()
	p.do(line(30)) // clears what was there
	p.restart()
	p.want(30, 1, 1)
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// TestResume: a receipt that goes on is in the draft before it is on the counter.
func TestResume(t *testing.T) {
	p := newPlace(t)
	p.do(line(100))
	doc := *p.Doc
	p.End()
	rec := Resume{Receipt: doc}
	rec.Recall.Parking = "p"
	if err := p.Resume(rec); err != nil || p.Doc != nil {
		t.Fatalf("%v, %v", p.Doc, err)
	}
	p.GoOn(&doc, rules, "Анна")
	p.want(100, 1, 1)
	p.do(line(20))
	if first := p.restart(); first.Resume == nil || first.Resume.Recall.Parking != "p" {
		t.Errorf("first change %+v", first)
	}
	p.want(120, 2, 2)
}

// A draft of a program that knew the sum of cards only is read as payments; one
// that counted on from the receipt before is read, too.
func TestPaymentsOfBefore(t *testing.T) {
	tests := []struct {
		name  string
		draft []string
		taken money.Amount
		next  int
	}{
		{"sums", []string{`{"open":{}}`, `{"taken":1000}`, `{"taken":2500}`, `{"taken":700}`, `{"void":1}`}, 700, 4},
		{"given back", []string{`{"taken":1000}`, `{"taken":0}`}, 0, 2},
		{"counted on", []string{`{"payments":[{"n":3,"kind":"card","amount":500,"state":"taken"}]}`}, 500, 4},
		{"counted on and back", []string{
			`{"payments":[{"n":2,"kind":"card","amount":500,"state":"taken"}]}`, `{"payments":[{"n":2,"kind":"card","amount":500,"state":"returned"}]}`,
		}, 0, 3},
	}
	for _, tt := range tests {
		var changes [][]byte
		for _, text := range tt.draft {
			changes = append(changes, []byte(text))
		}
		ps, err := paymentsOf(changes)
		if err != nil || ps.Taken() != tt.taken || ps.Held() != tt.taken {
			t.Errorf("%s: %+v, %v", tt.name, ps, err)
			continue
		}
		after, err := ps.Step(tender.Payment{N: len(ps) + 1, Kind: tender.Card, Amount: 1, State: tender.Taken})
		if err != nil || len(after) != tt.next {
			t.Errorf("%s: the next one is number %d, %v", tt.name, len(after), err)
		}
	}
	if _, err := paymentsOf([][]byte{[]byte(`{"payments":[{"n":1000000000,"kind":"card","amount":1,"state":"taken"}]}`)}); errcode.Of(err) != errcode.JournalDamaged {
		t.Errorf("a number that is none: %v", err)
	}
}

func TestBornBy(t *testing.T) {
	for date, want := range map[string]string{"2026-11-22": "2008-11-22", "2026-03-01": "2008-03-01", "2024-02-29": "2006-02-28", "2026-01-01": "2008-01-01", "x": ""} {
		if got := bornBy(date, 18); got != want {
			t.Errorf("on %s: %s, want %s", date, got, want)
		}
	}
}

// FuzzReplay checks that no draft whatever makes the start panic.
func FuzzReplay(f *testing.F) {
	f.Add([]byte(`{"open":{"ID":"1","Number":"1-1-000001"},"line":{"sku":"1","qty":1000,"unit":"pc"}}`), []byte(`{"void":1}`))
	f.Add([]byte(`{"void":1}`), []byte(`{"quantity":{"n":1,"qty":2000}}`))
	f.Add([]byte(`{"open":{}}`), []byte(`{"discount":{"n":0,"manual":{"bp":100}}}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		r, err := Replay([][]byte{a, b})
		if err == nil && r != nil && r.State != receipt.Open {
			t.Errorf("replay gave a receipt that is %s", r.State)
		}
	})
}
