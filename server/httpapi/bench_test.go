package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// sales returns the push bodies with which r delivers n receipts of lines lines.
func (r *register) sales(tb testing.TB, n, lines int) (bodies [][]byte) {
	tb.Helper()
	var batch [][]byte
	size := 0
	header := wire.PushHeader{Proto: 1, Device: r.Device, Epoch: r.Epoch, First: 1}
	flush := func() {
		header.Count = len(batch)
		head, err := json.Marshal(header)
		if err != nil {
			tb.Fatal(err)
		}
		bodies = append(bodies, bytes.Join(append([][]byte{head}, batch...), []byte("\n")))
		header.First, header.Prev = header.First+uint64(len(batch)), r.prev
		batch, size = nil, 0
	}
	for range n {
		r.seq++
		doc := receipt.Receipt{
			ID: fmt.Sprintf("0199f0c2-%s-%d", r.Device[:13], r.seq), Number: fmt.Sprintf("%s-%d-%d", r.Store.ID, r.Till, r.seq),
			Type: receipt.Sale, State: receipt.Paid, Shift: 1, Date: "2026-11-22", Cashier: "7",
		}
		for i := range lines {
			line := receipt.Line{N: i + 1, SKU: "100234", Code: "04600123456789", Category: "milk", Unit: "pc", Quantity: 1000,
				Price: 12990, TaxClass: "reduced", TaxBP: 1000, At: 1_790_000_000_000, Gross: 12990, Net: 12990, Tax: 1181}
			line.Name.RU, line.Name.EN = "Молоко пастеризованное 3,2 %", "Pasteurised milk 3.2 %"
			doc.Lines = append(doc.Lines, line)
		}
		raw, err := fact.Encode(fact.Header{Device: r.Device, Epoch: r.Epoch, Seq: r.seq, Kind: fact.SaleRegistered, Version: 1,
			At: 1_790_000_000_000, Zone: 180, Store: r.Store.ID, Till: r.Till}, doc)
		if err != nil {
			tb.Fatal(err)
		}
		if len(batch) == wire.FactsMax || size+len(raw) > wire.BytesMax {
			flush()
		}
		batch, size = append(batch, raw), size+len(raw)
		r.prev = fact.Chain(r.prev, raw)
	}
	flush()
	return bodies
}

// deliver sends bodies one after the other, as a till does.
func deliver(server *httptest.Server, r *register, bodies [][]byte) error {
	for _, body := range bodies {
		q, err := http.NewRequest("POST", server.URL+wire.Push.Path, bytes.NewReader(body))
		if err != nil {
			return err
		}
		for name, value := range r.header() {
			q.Header.Set(name, value)
		}
		a, err := server.Client().Do(q)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(a.Body)
		if err != nil || a.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d: %s, %v", a.StatusCode, text, err)
		}
		if err := a.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}

// benchmarkPush measures durable facts over HTTP on loopback, the sending side
// on the same processors.
func benchmarkPush(b *testing.B, registers, each, lines int) {
	total := 0
	b.StopTimer()
	for range b.N {
		w := newWorld(b)
		server := httptest.NewServer(w.server)
		bodies := make([][][]byte, registers)
		rs := make([]*register, registers)
		for i := range rs {
			w.pass(1)
			rs[i] = w.enrol(fmt.Sprint(1+i%2), 1+i/2)
			bodies[i] = rs[i].sales(b, each, lines)
		}
		var wait sync.WaitGroup
		b.StartTimer()
		for i := range rs {
			wait.Go(func() {
				if err := deliver(server, rs[i], bodies[i]); err != nil {
					b.Error(err)
				}
			})
		}
		wait.Wait()
		b.StopTimer()
		if got := w.server.Journal.Position(); got != int64(registers*each) {
			b.Fatalf("%d facts, want %d", got, registers*each)
		}
		total += registers * each
		server.Close()
	}
	b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "facts/s")
}

// BenchmarkPush is push_per_s: 10 000 sales of 12 lines from 4 registers.
func BenchmarkPush(b *testing.B) { benchmarkPush(b, 4, 2500, 12) }

// BenchmarkReconnect is a morning after a night without a line: 40 registers
// with 1 000 receipts of 8 lines each.
func BenchmarkReconnect(b *testing.B) { benchmarkPush(b, 40, 1000, 8) }
