//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// register is a till that sells without a browser.
type register struct {
	wire.Enrolment
	seq  uint64
	prev fact.Hash
}

// push measures durable facts through the server's front door; the floor is
// each batch appended to a file and flushed.
func push(ctx context.Context, b *bench) error {
	const registers, each, lines = 2, 5000, 12
	c, err := b.theChain(ctx)
	if err != nil {
		return err
	}
	bodies := make([][][]byte, registers)
	tokens := make([]string, registers)
	for i := range registers {
		r, err := enrolRegister(ctx, c, fmt.Sprint(1+i), 2)
		if err != nil {
			return err
		}
		tokens[i] = r.Token
		if bodies[i], err = r.sales(each, lines, b.clock.Now().UnixMilli()); err != nil {
			return err
		}
	}
	began := time.Now()
	failed := make([]error, registers)
	var wait sync.WaitGroup
	for i := range registers {
		wait.Go(func() { failed[i] = deliver(ctx, c.URL, tokens[i], bodies[i]) })
	}
	wait.Wait()
	took := time.Since(began)
	if err := errors.Join(failed...); err != nil {
		return err
	}
	floor, err := appendAll(filepath.Join(b.dir, "push-floor"), bodies)
	if err != nil {
		return err
	}
	n := registers * each
	b.addBeside("push_per_s", "1/s", float64(n)/took.Seconds(), float64(n)/floor.Seconds(), n)
	return nil
}

func enrolRegister(ctx context.Context, c *chain, store string, till int) (*register, error) {
	code, err := c.Code(ctx, store, till)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(wire.EnrolRequest{Code: code})
	if err != nil {
		return nil, err
	}
	answer, err := post(ctx, c.URL+wire.Enrol.Path, "", body)
	if err != nil {
		return nil, err
	}
	r := &register{}
	return r, json.Unmarshal(answer, &r.Enrolment)
}

// sales returns the push bodies that deliver n receipts of a moment, in unix ms.
func (r *register) sales(n, lines int, at int64) (bodies [][]byte, err error) {
	head := wire.PushHeader{Proto: 1, Device: r.Device, Epoch: r.Epoch, First: 1}
	var batch [][]byte
	size := 0
	flush := func() error {
		head.Count = len(batch)
		first, err := json.Marshal(head)
		if err != nil {
			return err
		}
		bodies = append(bodies, bytes.Join(append([][]byte{first}, batch...), []byte("\n")))
		head.First, head.Prev = head.First+uint64(len(batch)), r.prev
		batch, size = nil, 0
		return nil
	}
	for range n {
		r.seq++
		raw, err := fact.Encode(fact.Header{
			Device: r.Device, Epoch: r.Epoch, Seq: r.seq, Kind: fact.SaleRegistered, Version: 1,
			At: at, Zone: 180, Store: r.Store.ID, Till: r.Till,
		}, r.sale(lines, at))
		if err != nil {
			return nil, err
		}
		if len(batch) == wire.FactsMax || size+len(raw) > wire.BytesMax {
			if err := flush(); err != nil {
				return nil, err
			}
		}
		batch, size = append(batch, raw), size+len(raw)
		r.prev = fact.Chain(r.prev, raw)
	}
	return bodies, flush()
}

func (r *register) sale(lines int, at int64) receipt.Receipt {
	doc := receipt.Receipt{
		ID: fmt.Sprintf("%s-%d", r.Device, r.seq), Number: fmt.Sprintf("%s-%d-%06d", r.Store.ID, r.Till, r.Counter+r.seq),
		Type: receipt.Sale, State: receipt.Paid, Shift: r.Shift + 1, Opened: at, Closed: at,
		Date: time.UnixMilli(at).UTC().Format(time.DateOnly), Cashier: "7",
	}
	for i := range lines {
		line := receipt.Line{
			N: i + 1, SKU: "100234", Code: "04600123456789", Category: "milk", Unit: "pc", Quantity: 1000,
			Price: 12990, TaxClass: "reduced", TaxBP: 1000, At: at, Gross: 12990, Net: 12990, Tax: 1181,
		}
		line.Name.RU, line.Name.EN = "Молоко пастеризованное 3,2 %", "Pasteurised milk 3.2 %"
		doc.Lines = append(doc.Lines, line)
		doc.Total += line.Net
	}
	doc.Tax = []receipt.TaxTotal{{BP: 1000, Base: doc.Total - 1181*12, Tax: 1181 * 12}}
	doc.Tenders = []receipt.Tender{{Kind: receipt.Cash, Amount: doc.Total}}
	return doc
}

// deliver sends bodies one after the other, as a till does.
func deliver(ctx context.Context, url, token string, bodies [][]byte) error {
	for _, body := range bodies {
		if _, err := post(ctx, url+wire.Push.Path, token, body); err != nil {
			return err
		}
	}
	return nil
}

func post(ctx context.Context, url, token string, body []byte) ([]byte, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
		q.Header.Set("Content-Type", "application/x-ndjson")
	}
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", url, a.Status, text)
	}
	return text, errors.Join(err, a.Body.Close())
}

// appendAll writes every body to a file, one flush each.
func appendAll(name string, bodies [][][]byte) (took time.Duration, err error) {
	file, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	began := time.Now()
	for _, list := range bodies {
		for _, body := range list {
			if _, err := file.Write(body); err != nil {
				return 0, err
			}
			if err := file.Sync(); err != nil {
				return 0, err
			}
		}
	}
	return time.Since(began), nil
}
