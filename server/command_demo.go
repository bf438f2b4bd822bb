package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"tillsight/server/audit"
	"tillsight/server/demo"
	"tillsight/server/device"
	"tillsight/server/follow"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/segment"
	wire "tillsight/shared/wire/sync"
)

// demoFlags are the size of a generated chain.
type demoFlags struct {
	Seed   uint64 `help:"Another seed makes another chain." default:"1"`
	Stores int    `help:"Stores." default:"5"`
	Months int    `help:"Months of history, up to yesterday." default:"24"`
	Lines  int64  `help:"Receipt lines." default:"400000"`
	SKUs   int    `name:"skus" help:"Articles." default:"12000"`
	End    string `help:"Last business date, 2026-11-21; yesterday when empty."`
}

func (f demoFlags) options(now time.Time) demo.Options {
	return demo.Options{
		Seed:   f.Seed,
		Stores: f.Stores,
		Months: f.Months,
		Lines:  f.Lines,
		SKUs:   f.SKUs,
		End:    cmp.Or(f.End, demo.Yesterday(now)),
	}
}

// demoCommand fills a directory with a chain and makes its warehouse.
type demoCommand struct {
	dataDir
	demoFlags
	demoLogins
}

// Run implements the command.
func (c *demoCommand) Run(ctx context.Context, s streams) (err error) {
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := c.makeDemo(ctx, c.demoFlags, c.demoLogins, s.err); err != nil {
		return err
	}
	return printLogins(s.out, c.dataDir)
}

// makeDemo generates the chain into an empty directory, with people who may log
// in. It is made aside and moved when it is whole.
func (d dataDir) makeDemo(ctx context.Context, flags demoFlags, logins demoLogins, progress io.Writer) (err error) {
	if found, err := d.exists(); err != nil {
		return err
	} else if found {
		return errcode.New(errcode.Conflict, "demo", fmt.Errorf("%s is not empty", d.Data))
	}
	aside := dataDir{d.path("making-demo"), d.clock}
	if err := errors.Join(os.RemoveAll(aside.Data), os.Mkdir(aside.Data, 0o750)); err != nil {
		return fmt.Errorf("make demo chain: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside.Data)) }()
	if err := aside.generate(ctx, flags, logins, progress); err != nil {
		return fmt.Errorf("make demo chain: %w", err)
	}
	// The journal, by which the directory counts as filled, comes last.
	for _, name := range []string{loginsFile, referenceFile, officeFile, journalFile} {
		if err := os.Rename(aside.path(name), d.path(name)); err != nil {
			return fmt.Errorf("make demo chain: %w", err)
		}
	}
	return nil
}

func (d dataDir) generate(ctx context.Context, flags demoFlags, logins demoLogins, progress io.Writer) (err error) {
	t, err := d.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	opt := flags.options(d.now())
	bar := newBar(progress, "making the demo chain")
	opt.Progress = bar.show
	last, err := time.Parse(time.DateOnly, opt.End)
	if err != nil {
		return fmt.Errorf("last date: %w", err)
	}
	made, err := demo.Generate(ctx, opt, demoSink{t, last.Add(closing)})
	if err != nil {
		return err
	}
	bar.end()
	// What was made up had no rules that it could have been priced by.
	if err := follow.Skip(t.journal, t.feed, audit.Name); err != nil {
		return err
	}
	fmt.Fprintf(progress, "%d stores, %d articles, %d customers; %d receipts with %d lines from %s to %s\n",
		made.Stores, made.Products, made.Customers, made.Receipts, made.Lines, made.First, made.Last)
	return logins.make(d, t.users, opt)
}

// closing is when the registers of a demo chain fell silent on its last day.
const closing = 20 * time.Hour

// demoSink puts a generated chain where a real one would be.
type demoSink struct {
	t    *truth
	seen time.Time
}

// Reference implements demo.Sink.
func (s demoSink) Reference(_ context.Context, rows []refdata.Row) error {
	_, err := s.t.feed.Put(rows)
	return err
}

// Office implements demo.OfficeSink.
func (s demoSink) Office(_ context.Context, plans []segment.Plan, expenses []segment.Expense) error {
	return s.t.budget.Adopt(plans, expenses, "demo")
}

// PriceHistory implements demo.Sink.
func (s demoSink) PriceHistory(_ context.Context, prices []catalogue.Price) error {
	return s.t.feed.LogPrices(prices)
}

// Device implements demo.Sink.
func (s demoSink) Device(_ context.Context, d demo.Device) error {
	return s.t.devices.Adopt(device.Device{
		ID:       d.ID,
		Name:     "demo",
		Store:    d.Store,
		Till:     d.Till,
		Epoch:    d.Epoch,
		Enrolled: d.Enrolled,
		Seen:     s.seen.UnixMilli(),
	})
}

// Facts implements demo.Sink.
func (s demoSink) Facts(ctx context.Context, h wire.PushHeader, facts [][]byte) error {
	from, err := s.t.placeOf(h.Device)
	if err != nil {
		return err
	}
	ack, err := s.t.journal.Append(ctx, from, h, facts)
	if err != nil {
		return err
	}
	if last := h.First + uint64(len(facts)) - 1; ack.Acked != last {
		return errcode.New(errcode.Internal, "demo", fmt.Errorf("%s: %d facts held, %d sent", h.Device, ack.Acked, last))
	}
	return nil
}
