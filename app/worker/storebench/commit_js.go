package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

var self = journal.Identity{Device: "0193c0de-0000-7000-8000-000000000001", Epoch: 1, Store: "12", Till: 3}

// sale is receipt n with 12 lines, as the till registers it.
func sale(n int) receipt.Receipt {
	r := receipt.Receipt{
		ID: fmt.Sprintf("0193c0de-0000-7000-8000-%012d", n), Number: fmt.Sprintf("12-3-%06d", n),
		Type: receipt.Sale, State: receipt.Paid, Shift: 1, Opened: 1_790_000_000_000, Closed: 1_790_000_030_000,
		Date: "2026-11-22", Cashier: "e-17",
	}
	for i := range 12 {
		k := (n*12 + i) * 7919 % articles
		price := money.Amount(1000 + k%5000)
		r.Lines = append(r.Lines, receipt.Line{
			N: i + 1, SKU: catalogue.SKU(fmt.Sprint(100_001 + k)), Code: gtinOf(k),
			Name:     catalogue.Text{RU: fmt.Sprintf("Товар %06d пастеризованный 500 г", k), EN: fmt.Sprintf("Product %06d 500 g", k)},
			Category: fmt.Sprint(k % 200), Unit: "pc", Quantity: 1000, Price: price, TaxClass: "standard", TaxBP: 2000,
			At: 1_790_000_000_000 + int64(i)*900, Gross: price, Net: price, Tax: price / 6,
		})
		r.Total += price
	}
	r.Tax = []receipt.TaxTotal{{BP: 2000, Base: r.Total - r.Total/6, Tax: r.Total / 6}}
	r.Tenders = []receipt.Tender{{Kind: receipt.Cash, Amount: r.Total}}
	return r
}

const (
	rounds = 5
	each   = 500
)

// commits measures durable sales, in turns with the floor, and opening again.
func commits() error {
	dir, err := fresh("journal")
	if err != nil {
		return err
	}
	if err := journal.Create(dir, self); err != nil {
		return err
	}
	j, _, err := journal.Open(dir, self)
	if err != nil {
		return err
	}
	var ours, plain, whole sample // whole: with what Append leaves for later
	var raw []byte
	for round := range rounds {
		for i := range each {
			body := sale(round*each + i + 1)
			t := time.Now()
			if _, raw, err = j.Append(fact.Header{Kind: fact.SaleRegistered, Version: 1, At: body.Closed, Zone: 180}, body); err != nil {
				return err
			}
			ours = append(ours, time.Since(t))
			j.Settle()
			whole = append(whole, time.Since(t))
		}
		s, err := floor(raw, each)
		if err != nil {
			return err
		}
		plain = append(plain, s...)
		if err := j.Maintain(0); err != nil {
			return err
		}
	}
	if err := j.Close(); err != nil {
		return err
	}
	return errors.Join(
		report(row{"commit_p50_ms", "ms", ms(ours.at(.5)), ms(plain.at(.5)), len(ours)}),
		report(row{"commit_p99_ms", "ms", ms(ours.at(.99)), ms(plain.at(.99)), len(ours)}),
		report(row{"commit_per_s", "1/s", whole.perSecond(), plain.perSecond(), len(ours)}),
		report(row{"commit_bytes", "B", float64(len(raw)), 0, 1}),
		encoding(),
		reopening(dir),
	)
}

// encoding measures the part of a commit that is making the bytes.
func encoding() error {
	var s sample
	body := sale(1)
	for range 500 {
		t := time.Now()
		if _, err := json.Marshal(body); err != nil {
			return err
		}
		s = append(s, time.Since(t))
	}
	return report(row{"commit_encode_ms", "ms", ms(s.at(.5)), 0, len(s)})
}

// reopening measures a start on the journal in dir, without and with a projection.
func reopening(dir opfs.Dir) error {
	start := time.Now()
	j, _, err := journal.Open(dir, self)
	if err != nil {
		return err
	}
	if err := report(row{"journal_open_ms", "ms", ms(time.Since(start)), 0, 1}); err != nil {
		return err
	}
	for _, name := range []string{"projection_rebuild_ms", "projection_open_ms"} {
		start = time.Now()
		db, _, err := localdb.Open(dir, self, j)
		if err != nil {
			return err
		}
		if err := report(row{name, "ms", ms(time.Since(start)), 0, rounds * each}); err != nil {
			return err
		}
		if err := db.Close(); err != nil {
			return err
		}
	}
	return j.Close()
}
