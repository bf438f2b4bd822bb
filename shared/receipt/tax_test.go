package receipt_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

// What is taxed at zero and what is not taxed are two totals, on a line and in a
// kit; a receipt that was written when they were one still verifies.
func TestUntaxedIsNoRateOfZero(t *testing.T) {
	r := receipt.New(receipt.Opening{ID: "1", Number: "1-1-000001", Type: receipt.Sale, Date: "2026-11-30"}, nil)
	for _, l := range []receipt.Line{
		{SKU: "a", Unit: quantity.Piece, Quantity: quantity.One, Price: 100_00, TaxClass: tax.Zero},
		{SKU: "b", Unit: quantity.Piece, Quantity: quantity.One, Price: 50_00, TaxClass: tax.None},
		{SKU: "c", Unit: quantity.Piece, Quantity: quantity.One, Price: 120_00, TaxClass: tax.Standard, TaxBP: 2000},
	} {
		if _, err := r.AddLine(l); err != nil {
			t.Fatal(err)
		}
	}
	want := []receipt.TaxTotal{{BP: 2000, Base: 100_00, Tax: 20_00}, {Base: 100_00}, {Class: tax.None, Base: 50_00}}
	if !reflect.DeepEqual(r.Tax, want) {
		t.Errorf("totals %+v, want %+v", r.Tax, want)
	}
	if err := r.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: 270_00}}, 1); err != nil {
		t.Fatal(err)
	}
	before := *r
	before.Tax = []receipt.TaxTotal{{BP: 2000, Base: 100_00, Tax: 20_00}, {Base: 150_00}}
	if err := before.Verify(); err != nil {
		t.Errorf("a receipt of before: %v", err)
	}
	text, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var again receipt.Receipt
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	if now, err := json.Marshal(again); err != nil || string(now) != string(text) {
		t.Errorf("its bytes are\n%s, %v, were\n%s", now, err, text)
	}
	before.Tax[1].Base++
	if before.Verify() == nil {
		t.Error("a wrong total verifies")
	}
}
