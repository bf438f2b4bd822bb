package fact_test

import (
	"fmt"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

// sale returns a paid receipt of n lines as a grocery makes them.
func sale(tb testing.TB, n int) *receipt.Receipt {
	tb.Helper()
	r := receipt.New(receipt.Opening{
		ID: "0193a5f2-7c1e-7d3a-9b1f-2a6c5e8d4f10", Number: "12-3-1024", Type: receipt.Sale, Shift: 41,
		At: 1_795_340_000_000, Zone: 180, Date: "2026-11-22", Cashier: "e17",
	}, nil)
	for i := range n {
		l := receipt.Line{
			SKU: catalogue.SKU(fmt.Sprintf("1%05d", i)), Code: fmt.Sprintf("460123456%04d", i),
			Name:     catalogue.Text{RU: "Молоко «Домик в деревне» 3,2 % 950 мл", EN: "Milk 3.2 % 950 ml"},
			Category: "dairy", Unit: quantity.Piece, Quantity: quantity.One, Price: 98_90,
			TaxClass: tax.Reduced, TaxBP: 1000, At: r.Opened + int64(i)*2800,
		}
		if i%4 == 3 {
			l.Unit, l.Quantity, l.Single = quantity.Kilogram, 842, true
		}
		if _, err := r.AddLine(l); err != nil {
			tb.Fatal(err)
		}
	}
	if _, err := r.SetDiscount(1, receipt.Manual{BP: 1000, By: "e17"}); err != nil {
		tb.Fatal(err)
	}
	if err := r.Pay([]receipt.Tender{{Kind: receipt.Card, Amount: r.Total, Ref: "A1"}}, r.Opened+60_000); err != nil {
		tb.Fatal(err)
	}
	return r
}

func header() fact.Header {
	return fact.Header{
		Device: "d-12-3", Epoch: 1, Seq: 2048, Kind: fact.SaleRegistered, Version: 1,
		At: 1_795_340_060_000, Zone: 180, Store: "12", Till: 3,
	}
}

// BenchmarkEncodeSale is what a sale costs before its bytes reach the disk.
func BenchmarkEncodeSale(b *testing.B) {
	r, h := sale(b, 12), header()
	var prev fact.Hash
	for b.Loop() {
		text, err := fact.Encode(h, r)
		if err != nil {
			b.Fatal(err)
		}
		prev = fact.Chain(prev, text)
	}
}

func BenchmarkChain(b *testing.B) {
	text, err := fact.Encode(header(), sale(b, 12))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	var prev fact.Hash
	for b.Loop() {
		prev = fact.Chain(prev, text)
	}
}
