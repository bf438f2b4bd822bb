package till

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
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
