package till

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
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
