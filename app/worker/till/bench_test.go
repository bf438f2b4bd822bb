package till

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/receipt"
)

// BenchmarkSale is a receipt of twelve scans and its payment, on a disk that
// costs nothing.
func BenchmarkSale(b *testing.B) {
	p := newSelling(b)
	codes := []string{milk, pen, cheeseLabel}
	for b.Loop() {
		var last bridge.Delta
		for n := range 12 {
			d, err := p.Scan(b.Context(), bridge.Scan{Code: codes[n%3]})
			if err != nil {
				b.Fatal(err)
			}
			last = d
		}
		if _, err := p.Pay(b.Context(), bridge.Pay{ID: last.ID, Tenders: []receipt.Tender{{Kind: receipt.Card, Amount: last.Total}}}); err != nil {
			b.Fatal(err)
		}
	}
}
