package shift_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/tax"
)

// sold returns a receipt of one line, closed by end.
func sold(t rapid.TB, n int, kind receipt.Type, price money.Amount, bp int64, end func(*receipt.Receipt) error) *receipt.Receipt {
	t.Helper()
	r := receipt.New(receipt.Opening{
		ID: fmt.Sprintf("id-%d", n), Number: fmt.Sprintf("12-3-%d", n), Type: kind, Shift: 7, Date: "2026-11-22", Cashier: "e1",
	}, nil)
	l := receipt.Line{SKU: catalogue.SKU("a"), Unit: quantity.Piece, Quantity: quantity.One, Price: price, TaxClass: tax.Standard, TaxBP: bp}
	if _, err := r.AddLine(l); err != nil {
		t.Fatal(err)
	}
	if err := end(r); err != nil {
		t.Fatal(err)
	}
	return r
}

func cash(given money.Amount) func(*receipt.Receipt) error {
	return func(r *receipt.Receipt) error {
		return r.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: given}}, 1)
	}
}

func card(r *receipt.Receipt) error {
	return r.Pay([]receipt.Tender{{Kind: receipt.Card, Amount: r.Total}}, 1)
}

func cancel(r *receipt.Receipt) error { return r.Cancel("changed their mind", 1) }

func TestDay(t *testing.T) {
	s, err := shift.Open(7, 1_000_00, "e1", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*receipt.Receipt{
		sold(t, 1, receipt.Sale, 122_00, 2200, cash(200_00)),
		sold(t, 2, receipt.Sale, 110_00, 1000, card),
		sold(t, 3, receipt.Sale, 500_00, 2200, cancel),
		sold(t, 4, receipt.Return, 61_00, 2200, cash(61_00)),
	} {
		if err := s.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range []money.Amount{500_00, -1_200_00} {
		if err := s.Move(shift.CashMove{Shift: 7, Amount: m, By: "e1"}); err != nil {
			t.Fatal(err)
		}
	}
	counted := money.Amount(360_00)
	if err := s.Close(&counted, "e2", 900); err != nil {
		t.Fatal(err)
	}
	want := shift.Shift{
		Number: 7, Opened: 100, Closed: 900, OpenedBy: "e1", ClosedBy: "e2", Float: 1_000_00,
		Sales:     shift.Totals{Receipts: 2, Total: 232_00, Cash: 122_00, Card: 110_00},
		Returns:   shift.Totals{Receipts: 1, Total: 61_00, Cash: 61_00},
		Cancelled: 1, CashIn: 500_00, CashOut: 1_200_00, Cash: 361_00, Counted: &counted,
		Tax:   []receipt.TaxTotal{{BP: 2200, Base: 50_00, Tax: 11_00}, {BP: 1000, Base: 100_00, Tax: 10_00}},
		First: "12-3-1", Last: "12-3-4",
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	if err := s.Verify(); err != nil {
		t.Error(err)
	}
	if over, ok := s.Over(); over != -1_00 || !ok {
		t.Errorf("over by %d, %v; want a rouble short", over, ok)
	}
}

func TestRefusals(t *testing.T) {
	paid := sold(t, 1, receipt.Sale, 10_00, 2200, card)
	other := sold(t, 2, receipt.Sale, 10_00, 2200, card)
	other.Shift = 8
	unpaid := receipt.New(receipt.Opening{ID: "x", Number: "1", Shift: 7}, nil)
	negative, huge := money.Amount(-1), shift.CashMax+1
	tests := []struct {
		name string
		do   func(*shift.Shift) error
		want errcode.Code
	}{
		{"receipt of another shift", func(s *shift.Shift) error { return s.Apply(other) }, errcode.NoShift},
		{"open receipt", func(s *shift.Shift) error { return s.Apply(unpaid) }, errcode.ReceiptIsOpen},
		{"more than the drawer holds", func(s *shift.Shift) error { return s.Move(shift.CashMove{Shift: 7, Amount: -100_01}) }, errcode.BadAmount},
		{"nothing moved", func(s *shift.Shift) error { return s.Move(shift.CashMove{Shift: 7}) }, errcode.BadAmount},
		{"absurd move", func(s *shift.Shift) error { return s.Move(shift.CashMove{Shift: 7, Amount: huge}) }, errcode.BadAmount},
		{"move of another shift", func(s *shift.Shift) error { return s.Move(shift.CashMove{Shift: 6, Amount: 1}) }, errcode.NoShift},
		{"counted less than nothing", func(s *shift.Shift) error { return s.Close(&negative, "e1", 1) }, errcode.BadAmount},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := shift.Open(7, 100_00, "e1", 1)
			if err != nil {
				t.Fatal(err)
			}
			before := s
			if err := test.do(&s); errcode.Of(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if !reflect.DeepEqual(s, before) {
				t.Errorf("the shift changed: %+v", s)
			}
		})
	}
	for _, float := range []money.Amount{-1, huge} {
		if _, err := shift.Open(1, float, "e1", 1); errcode.Of(err) != errcode.BadAmount {
			t.Errorf("float of %d: %v", float, err)
		}
	}
	closed, err := shift.Open(7, 0, "e1", 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(nil, "e1", 2); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"receipt": closed.Apply(paid), "move": closed.Move(shift.CashMove{Shift: 7, Amount: 1}), "close": closed.Close(nil, "e1", 3),
	} {
		if errcode.Of(err) != errcode.NoShift {
			t.Errorf("%s after the end: %v", name, err)
		}
	}
	if _, ok := closed.Over(); ok {
		t.Error("a difference without a count")
	}
}

// The totals kept along the way are those of adding everything up at the end,
// and they survive being written and read in between.
func TestTotalsEqualASumOfReceipts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := shift.Open(7, 50_000_00, "e1", 1)
		if err != nil {
			t.Fatal(err)
		}
		var sales, drawer, tax money.Amount
		drawer = s.Float
		for n := range rapid.IntRange(0, 30).Draw(t, "receipts") {
			kind := rapid.SampledFrom([]receipt.Type{receipt.Sale, receipt.Return}).Draw(t, "type")
			price := money.Amount(rapid.Int64Range(1, 1000_00).Draw(t, "price"))
			end, paid, inCash := cash(price), true, true
			switch rapid.IntRange(0, 3).Draw(t, "end") {
			case 0:
				end, paid = cancel, false
			case 1:
				end, inCash = card, false
			case 2:
				if kind == receipt.Sale {
					end = cash(price + 77_77)
				}
			}
			r := sold(t, n+1, kind, price, rapid.SampledFrom([]int64{0, 1000, 2200}).Draw(t, "bp"), end)
			if err := s.Apply(r); err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			s = shift.Shift{}
			if err := json.Unmarshal(b, &s); err != nil {
				t.Fatal(err)
			}
			if !paid {
				continue
			}
			sign := money.Amount(1)
			if kind == receipt.Return {
				sign = -1
			}
			sales += sign * r.Total
			tax += sign * r.Tax[0].Tax
			if inCash {
				drawer += sign * price
			}
		}
		if err := s.Verify(); err != nil {
			t.Fatal(err)
		}
		var stored money.Amount
		for _, total := range s.Tax {
			stored += total.Tax
		}
		if s.Sales.Total-s.Returns.Total != sales || s.Cash != drawer || stored != tax {
			t.Fatalf("sales %d, drawer %d, tax %d; want %d, %d, %d", s.Sales.Total-s.Returns.Total, s.Cash, stored, sales, drawer, tax)
		}
	})
}
