package till

import (
	"context"
	"math/rand/v2"
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/tender"
)

// What a card has paid of a receipt outlives the program, and holds the receipt
// until it is paid or given back.
func TestCardPartIsKept(t *testing.T) {
	p := newSelling(t)
	ctx := t.Context()
	open := p.scan(pen)
	take := func(sum money.Amount) error {
		_, err := p.TakeCard(ctx, bridge.CardPart{ID: open.ID, Amount: sum})
		return err
	}
	for sum, want := range map[money.Amount]errcode.Code{-1: errcode.BadAmount, 2501: errcode.CardOverpaid} {
		if err := take(sum); errcode.Of(err) != want {
			t.Errorf("take %d: %v, want %s", sum, err, want)
		}
	}
	if err := take(1000); err != nil {
		t.Fatal(err)
	}
	p.restart()
	p.signIn("2222")
	state := p.phase(bridge.PhaseSelling)
	if state.Receipt.Taken != 1000 {
		t.Fatalf("after a restart %d is taken, want 1000", state.Receipt.Taken)
	}
	if _, err := p.CancelReceipt(ctx, bridge.Reason{}); errcode.Of(err) != errcode.CardTaken {
		t.Errorf("cancel: %v", err)
	}
	if _, err := p.Park(ctx, bridge.Park{ID: open.ID}); errcode.Of(err) != errcode.CardTaken {
		t.Errorf("park: %v", err)
	}
	if _, err := p.Pay(ctx, bridge.Pay{ID: open.ID, Tenders: []receipt.Tender{
		{Kind: receipt.Card, Amount: 1000}, {Kind: receipt.Cash, Amount: 1500},
	}}); err != nil {
		t.Fatal(err)
	}
	open = p.scan(pen)
	if open.Taken != 0 {
		t.Errorf("the next receipt has %d taken", open.Taken)
	}
	if err := take(500); err != nil {
		t.Fatal(err)
	}
	if err := take(0); err != nil {
		t.Fatal(err)
	}
	if _, err := p.CancelReceipt(ctx, bridge.Reason{}); err != nil {
		t.Errorf("cancel after it was given back: %v", err)
	}
}

// Whatever would make a receipt cheaper than what a card has paid of it is
// refused, and nothing of it is left behind: the money has to go back first.
func TestTotalStaysAboveTheCardPart(t *testing.T) {
	coupon := refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{ID: "c", Version: 1,
		Name: catalogue.Text{RU: "Купон"}, Kind: pricing.LineRule, Goods: pricing.Goods{SKUs: []catalogue.SKU{"1001"}},
		Coupon: pricing.Coupon{Code: "HALF"}, Off: pricing.Off{BP: 5000}}}}
	gift := refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{ID: "g", Version: 1,
		Name: catalogue.Text{RU: "От трёх"}, Kind: pricing.ReceiptRule, Goods: pricing.Goods{SKUs: []catalogue.SKU{"1001"}},
		Steps: []pricing.Step{{From: 25000, Off: pricing.Off{BP: 5000}}}}}}
	ctx := t.Context()
	tests := []struct {
		name string
		rows []refdata.Row
		do   func(p *shop) (bridge.Delta, error)
	}{
		{"void", nil, func(p *shop) (bridge.Delta, error) { return p.VoidLine(ctx, bridge.LineRef{N: 1}) }},
		{"quantity", nil, func(p *shop) (bridge.Delta, error) {
			return p.SetQuantity(ctx, bridge.SetQuantity{N: 1, Quantity: quantity.One})
		}},
		{"discount of a line", nil, func(p *shop) (bridge.Delta, error) { return p.Discount(ctx, bridge.Discount{N: 1, BP: 1000}) }},
		{"discount of the receipt", nil, func(p *shop) (bridge.Delta, error) { return p.Discount(ctx, bridge.Discount{Amount: 1000}) }},
		{"card with a price list", goldList(60_00), func(p *shop) (bridge.Delta, error) {
			return p.Scan(ctx, bridge.Scan{Code: loyal})
		}},
		{"coupon", []refdata.Row{coupon}, func(p *shop) (bridge.Delta, error) { return p.Scan(ctx, bridge.Scan{Code: "HALF"}) }},
		{"one more that brings a promotion", []refdata.Row{gift}, func(p *shop) (bridge.Delta, error) {
			return p.Scan(ctx, bridge.Scan{Code: milk})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newSelling(t)
			if tt.rows != nil {
				p.office.put(t, tt.rows...)
				p.hear()
			}
			p.scan(milk)
			open := p.scan(milk)
			if _, err := p.TakeCard(ctx, bridge.CardPart{ID: open.ID, Amount: open.Total}); err != nil {
				t.Fatal(err)
			}
			if _, err := tt.do(p); errcode.Of(err) != errcode.CardTaken {
				t.Errorf("with all paid by card: %v, want %s", err, errcode.CardTaken)
			}
			state := p.phase(bridge.PhaseSelling)
			if r := state.Receipt; r.Total != open.Total || r.Taken != open.Total || r.Lines[0].Voided {
				t.Errorf("the receipt is %+v", r)
			}
			p.restart()
			p.signIn("2222")
			if r := p.phase(bridge.PhaseSelling).Receipt; r.Total != open.Total || r.Taken != open.Total {
				t.Errorf("after a restart %d, taken %d", r.Total, r.Taken)
			}
			if _, err := p.TakeCard(ctx, bridge.CardPart{ID: open.ID}); err != nil {
				t.Fatal(err)
			}
			if _, err := tt.do(p); err != nil {
				t.Errorf("after it was given back: %v", err)
			}
		})
	}
}

// A receipt is closed with all that cards have paid of it, or not at all.
func TestPayKeepsTheCardPart(t *testing.T) {
	card := func(sum money.Amount) receipt.Tender { return receipt.Tender{Kind: receipt.Card, Amount: sum} }
	cash := func(sum money.Amount) receipt.Tender { return receipt.Tender{Kind: receipt.Cash, Amount: sum} }
	for name, tenders := range map[string][]receipt.Tender{
		"cash alone": {cash(2500)}, "less by card": {card(999), cash(1501)}, "nothing": nil,
	} {
		t.Run(name, func(t *testing.T) {
			p := newSelling(t)
			open := p.scan(pen)
			if _, err := p.TakeCard(t.Context(), bridge.CardPart{ID: open.ID, Amount: 1000}); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Pay(t.Context(), bridge.Pay{ID: open.ID, Tenders: tenders}); errcode.Of(err) != errcode.CardTaken {
				t.Errorf("pay: %v, want %s", err, errcode.CardTaken)
			}
			if _, err := p.Pay(t.Context(), bridge.Pay{ID: open.ID, Tenders: []receipt.Tender{card(700), card(300), cash(1500)}}); err != nil {
				t.Errorf("pay with the card part: %v", err)
			}
		})
	}
}

// terminal is a device with a memory of its own, which outlives the register.
type terminal struct {
	done   map[int]tender.State // by number of the payment
	refuse bool
	before func() // in the middle of a request: nothing is moved yet
	after  func() // and when it was, before the register hears of it
	silent bool   // the answer is lost
}

func (d *terminal) ask(p tender.Payment, to tender.State) error {
	if d.before != nil {
		d.before()
	}
	if d.refuse {
		if to == tender.Taken {
			d.done[p.N] = tender.Refused
		}
		return errcode.New(errcode.PaymentRefused, "terminal", nil)
	}
	d.done[p.N] = to
	if d.after != nil {
		d.after()
	}
	if d.silent {
		return context.DeadlineExceeded
	}
	return nil
}

func (d *terminal) Take(_ context.Context, _ string, p tender.Payment) (string, error) {
	return "rrn-1", d.ask(p, tender.Taken)
}

func (d *terminal) GiveBack(_ context.Context, _ string, p tender.Payment) error {
	return d.ask(p, tender.Returned)
}

func (d *terminal) Find(_ context.Context, _ string, p tender.Payment) (tender.State, string, error) {
	if state, ok := d.done[p.N]; ok {
		return state, "rrn-1", nil
	}
	return tender.Refused, "", nil // it never heard of it
}

// crash cuts the power of the register: what was not flushed is gone.
func (p *shop) crash() {
	p.t.Helper()
	p.dir = p.dir.Crash(rand.New(rand.NewPCG(1, 2)))
	p.hall.owner = nil
	p.open()
	p.signIn("2222")
}

// The register is killed at every state of a payment. Wherever the money is when
// it is back, the register says so: it asks nobody twice and forgets nothing.
func TestKilledAtEveryPaymentState(t *testing.T) {
	tests := []struct {
		name  string
		prep  func(p *shop, d *terminal) // before the payment of 25.00 is asked for
		give  bool                       // it is given back then
		kill  bool                       // at the end
		state tender.State               // found after the start
	}{
		{"asked, nothing moved", func(p *shop, d *terminal) { d.before, d.refuse = p.crash, true }, false, false, tender.Refused},
		{"asked, money moved", func(p *shop, d *terminal) { d.after = p.crash }, false, false, tender.Taken},
		{"taken", func(*shop, *terminal) {}, false, true, tender.Taken},
		{"refused", func(_ *shop, d *terminal) { d.refuse = true }, false, true, tender.Refused},
		{"unknown", func(_ *shop, d *terminal) { d.silent = true }, false, true, tender.Taken},
		{"returning, nothing moved", func(p *shop, d *terminal) {}, true, false, tender.Taken},
		{"returning, money moved", func(p *shop, d *terminal) {}, true, true, tender.Returned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &terminal{done: map[int]tender.State{}}
			p := newSelling(t)
			p.devices = map[tender.Kind]tender.Device{tender.Card: d}
			p.restart()
			p.signIn("2222")
			open := p.scan(pen)
			tt.prep(p, d)
			_, err := p.Take(t.Context(), bridge.Take{ID: open.ID, Kind: tender.Card, Amount: open.Total})
			if refused := errcode.Of(err) == errcode.PaymentRefused; err != nil && refused != d.refuse && !d.silent && d.after == nil {
				t.Fatal(err)
			}
			if tt.give {
				if d.after = p.crash; !tt.kill {
					d.before, d.refuse, d.after = p.crash, true, nil
				}
				_, err := p.GiveBack(t.Context(), bridge.PaymentRef{ID: open.ID, N: 1})
				t.Logf("what the dead program answers is heard by nobody: %v", err)
			} else if tt.kill {
				p.crash()
			}
			d.before, d.after, d.silent = nil, nil, false
			if _, err := p.FindPayments(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			r := p.phase(bridge.PhaseSelling).Receipt
			if len(r.Payments) != 1 || r.Payments[0].State != tt.state {
				t.Fatalf("payments %+v, want %s", r.Payments, tt.state)
			}
			p.crash() // what was found is kept
			if r = p.phase(bridge.PhaseSelling).Receipt; r.Payments[0].State != tt.state {
				t.Errorf("after another start %+v", r.Payments)
			}
			cash := []receipt.Tender{{Kind: receipt.Cash, Amount: open.Total}}
			card := []receipt.Tender{{Kind: receipt.Card, Amount: open.Total}}
			wrong, right := card, cash
			if tt.state == tender.Taken {
				wrong, right = cash, card
			}
			if _, err := p.Pay(t.Context(), bridge.Pay{ID: open.ID, Tenders: wrong}); err == nil {
				t.Error("closed with what is not taken, or without what is")
			}
			sold, err := p.Pay(t.Context(), bridge.Pay{ID: open.ID, Tenders: right})
			if err != nil {
				t.Fatal(err)
			}
			if want := map[bool]string{true: "rrn-1"}[tt.state == tender.Taken]; sold.Receipt.Tenders[0].Ref != want {
				t.Errorf("tenders %+v", sold.Receipt.Tenders)
			}
		})
	}
}

// While a terminal works the register goes on, but nothing that would lose the
// payment: not Pay, not cancelling, not a cheaper receipt, not a second payment.
func TestWhileTheTerminalWorks(t *testing.T) {
	ctx := t.Context()
	d := &terminal{done: map[int]tender.State{}}
	p := newSelling(t)
	p.devices = map[tender.Kind]tender.Device{tender.Card: d}
	p.restart()
	p.signIn("2222")
	open := p.scan(pen)
	d.before = func() {
		if got := p.scan(milk); got.Total != open.Total+89_90 {
			t.Errorf("a scan meanwhile: %d", got.Total)
		}
		for name, do := range map[string]func() error{
			"pay": func() error {
				_, err := p.Pay(ctx, bridge.Pay{ID: open.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: open.Total + 89_90}}})
				return err
			},
			"cancel": func() error { _, err := p.CancelReceipt(ctx, bridge.Reason{}); return err },
			"park":   func() error { _, err := p.Park(ctx, bridge.Park{ID: open.ID}); return err },
			"again": func() error {
				_, err := p.Take(ctx, bridge.Take{ID: open.ID, Kind: tender.Card, Amount: 100})
				return err
			},
		} {
			if code := errcode.Of(do()); code != errcode.PaymentUnknown && code != errcode.CardTaken {
				t.Errorf("%s meanwhile: %q", name, code)
			}
		}
		must(t)(p.VoidLine(ctx, bridge.LineRef{N: 2}))
		if _, err := p.VoidLine(ctx, bridge.LineRef{N: 1}); errcode.Of(err) != errcode.CardTaken {
			t.Errorf("void meanwhile: %v", err)
		}
	}
	if got, err := p.Take(ctx, bridge.Take{ID: open.ID, Kind: tender.Card, Amount: open.Total}); err != nil || got.Taken != open.Total {
		t.Errorf("taken %d, %v", got.Taken, err)
	}
}

// TestPaymentsEndWithTheirReceipt: what was given back before a receipt was parked
// is no payment of the next one, now or after a restart.
func TestPaymentsEndWithTheirReceipt(t *testing.T) {
	p := newSelling(t)
	ctx := t.Context()
	d := p.scan(milk)
	for _, sum := range []money.Amount{1000, 0} {
		must(t)(p.TakeCard(ctx, bridge.CardPart{ID: d.ID, Amount: sum}))
	}
	p.park("")
	d = p.scan(pen)
	if len(d.Payments) != 0 {
		t.Errorf("payments of the parked receipt: %+v", d.Payments)
	}
	must(t)(p.TakeCard(ctx, bridge.CardPart{ID: d.ID, Amount: 500}))
	p.restart()
	if got := p.phase(bridge.PhaseSignedOut).Receipt; got.Taken != 500 {
		t.Errorf("taken %d after a restart, want 500", got.Taken)
	}
}
