package journal

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// sale returns a receipt of n lines, the shape that tills send.
func sale(till, count, n int) receipt.Receipt {
	r := receipt.Receipt{
		ID:      fmt.Sprintf("0199f0c2-%04x-7000-8000-%012x", till, count),
		Number:  fmt.Sprintf("1-%d-%d", till, count),
		Type:    receipt.Sale,
		State:   receipt.Paid,
		Shift:   1 + count/1000,
		Date:    "2026-11-22",
		Cashier: "7",
	}
	for i := range n {
		r.Lines = append(r.Lines, receipt.Line{
			N: i + 1, SKU: "100234", Code: "4600123456789", Unit: "pcs", Quantity: 1000,
			Price: 12990, TaxClass: "standard", TaxBP: 2000, At: 1_790_000_000_000,
			Gross: 12990, Net: 12990, Tax: 2165,
		})
		r.Lines[i].Name.RU, r.Lines[i].Name.EN = "Молоко пастеризованное 3,2 %", "Pasteurised milk 3.2 %"
		r.Total += 12990
	}
	r.Tenders = []receipt.Tender{{Kind: receipt.Cash, Amount: r.Total}}
	return r
}

// pushes returns count sales of a till in batches as it sends them.
func pushes(tb testing.TB, device string, till, count, lines int) (headers []wire.PushHeader, bodies [][][]byte) {
	tb.Helper()
	var prev fact.Hash
	var batch [][]byte
	h := wire.PushHeader{Proto: 1, Device: device, Epoch: 1, First: 1}
	size := 0
	flush := func(next uint64) {
		if len(batch) == 0 {
			return
		}
		h.Count = len(batch)
		headers, bodies = append(headers, h), append(bodies, batch)
		h.First, h.Prev = next, prev
		batch, size = nil, 0
	}
	for i := 1; i <= count; i++ {
		b, err := fact.Encode(fact.Header{
			Device: device, Epoch: 1, Seq: uint64(i), Kind: fact.SaleRegistered, Version: 1,
			At: 1_790_000_000_000 + int64(i), Zone: 180, Store: "1", Till: till,
		}, sale(till, i, lines))
		if err != nil {
			tb.Fatal(err)
		}
		if len(batch) == wire.FactsMax || size+len(b) > wire.BytesMax {
			flush(uint64(i))
		}
		batch, size = append(batch, b), size+len(b)
		prev = fact.Chain(prev, b)
	}
	flush(0)
	return headers, bodies
}

// BenchmarkAppend measures durable facts of 12 lines, from 4 tills at once.
func BenchmarkAppend(b *testing.B) {
	const tills, each = 4, 2500
	type till struct {
		place   Place
		headers []wire.PushHeader
		bodies  [][][]byte
	}
	var all []till
	for t := range tills {
		headers, bodies := pushes(b, fmt.Sprintf("till-%d", t), t, each, 12)
		all = append(all, till{Place{"1", t}, headers, bodies})
	}
	b.ResetTimer()
	for n := range b.N {
		j, err := Open(filepath.Join(b.TempDir(), fmt.Sprintf("journal-%d.db", n)), time.Now)
		if err != nil {
			b.Fatal(err)
		}
		var wait sync.WaitGroup
		for _, t := range all {
			wait.Go(func() {
				for i, h := range t.headers {
					if _, err := j.Append(b.Context(), t.place, h, t.bodies[i]); err != nil {
						b.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if j.Position() != tills*each {
			b.Fatalf("position %d", j.Position())
		}
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*tills*each)/b.Elapsed().Seconds(), "facts/s")
}
