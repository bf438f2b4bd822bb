// Package demo makes a chain of grocery stores that never was: assortment,
// prices, staff, customers and two years of facts, as its tills would have
// made them. The same options give the same bytes.
//
// What it plants for models to find (elasticities, pairs, sequences, churn,
// uplift, seasons) is in plant.go and, with the numbers measured on the default
// chain, in testdata/demo/TRUTH.md.
package demo

import (
	"context"
	"fmt"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// Options of the chain. The zero value of a field means the default.
type Options struct {
	Seed   uint64
	Stores int   // 5
	Months int   // 24
	Lines  int64 // 400 000 receipt lines, met within a few percent
	SKUs   int   // 12 000
	// End is the last business date, 2026-11-21: callers pass Yesterday.
	End string
	// Progress is called now and then with business days done and in all.
	Progress func(done, total int)
}

// home is how many minutes east of UTC the chain's own days are: Moscow.
const home = 180

// Yesterday is the day before now where the chain is at home, wherever the
// program runs.
func Yesterday(now time.Time) string {
	return now.In(time.FixedZone("", home*60)).AddDate(0, 0, -1).Format(time.DateOnly)
}

// Limits of the options.
const (
	StoresMax = 100
	MonthsMax = 120
	LinesMax  = 100_000_000
	SKUsMax   = 100_000
)

// Defaults of the options.
const (
	defaultStores = 5
	defaultMonths = 24
	defaultLines  = 400_000
	defaultSKUs   = 12_000
)

func (o Options) withDefaults() (Options, error) {
	if o.Stores == 0 {
		o.Stores = defaultStores
	}
	if o.Months == 0 {
		o.Months = defaultMonths
	}
	if o.Lines == 0 {
		o.Lines = defaultLines
	}
	if o.SKUs == 0 {
		o.SKUs = defaultSKUs
	}
	var err error
	switch {
	case o.Stores < 1 || o.Stores > StoresMax:
		err = fmt.Errorf("%d stores, 1 to %d are possible", o.Stores, StoresMax)
	case o.Months < 1 || o.Months > MonthsMax:
		err = fmt.Errorf("%d months, 1 to %d are possible", o.Months, MonthsMax)
	case o.Lines < 1 || o.Lines > LinesMax:
		err = fmt.Errorf("%d lines, 1 to %d are possible", o.Lines, LinesMax)
	case o.SKUs < 300 || o.SKUs > SKUsMax:
		err = fmt.Errorf("%d SKUs, 300 to %d are possible", o.SKUs, SKUsMax)
	}
	if err == nil {
		_, err = time.Parse(time.DateOnly, o.End)
	}
	if err != nil {
		return o, errcode.New(errcode.Invalid, "demo.Options", err)
	}
	return o, nil
}

// Sink takes what Generate makes, in the order of the methods: reference data
// and prices first, then devices, then facts.
type Sink interface {
	// Reference takes rows for refdata.Put.
	Reference(ctx context.Context, rows []refdata.Row) error
	// PriceHistory takes past prices for refdata.LogPrices.
	PriceHistory(ctx context.Context, prices []catalogue.Price) error
	// Device takes a register that facts will come from.
	Device(ctx context.Context, d Device) error
	// Facts takes canonical bytes as journal.Append does: at most
	// wire.FactsMax facts and wire.BytesMax bytes of one device. The
	// slices are the sink's to keep.
	Facts(ctx context.Context, h wire.PushHeader, facts [][]byte) error
}

// Device is a register of the chain.
type Device struct {
	ID       string
	Epoch    uint32
	Store    string
	Till     int
	Enrolled int64 // unix ms
}

// PIN is a log-in at the tills, in clear: demo data only.
type PIN struct {
	Employee string
	Name     string
	Role     string
	Store    string
	PIN      string
}

// Summary counts what was made.
type Summary struct {
	Stores    int
	Products  int
	Barcodes  int
	Customers int // enrolled
	Facts     int64
	Receipts  int64 // paid sales
	Lines     int64 // of paid sales, without voided ones
	Returns   int64
	First     string // business dates
	Last      string
}
