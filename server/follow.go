package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"

	"tillsight/server/audit"
	"tillsight/server/parked"
	"tillsight/server/stock"
)

// followers read the journal and write what they find beside the reference data.
type followers struct {
	audit  *audit.Auditor
	parked *parked.Lot
	stock  *stock.Stock
}

func openFollowers(t *truth) (f followers, err error) {
	if f.audit, err = audit.Open(t.journal, t.feed); err != nil {
		return f, err
	}
	if f.parked, err = parked.Open(t.journal, t.feed, t.now); err != nil {
		return f, err
	}
	if err = t.feed.SealAllSlips(rand.Reader); err != nil {
		return f, err
	}
	f.stock, err = stock.Open(t.journal, t.feed, t.now)
	return f, err
}

// run has them and the feed work until ctx ends.
func (f *followers) run(ctx context.Context, t *truth, log *slog.Logger, beside *sync.WaitGroup) {
	for task, run := range map[string]func(context.Context, func(error)){
		"make snapshots": t.feed.Run, "take in parked receipts": f.parked.Run, "audit receipts": f.audit.Run, "count stock": f.stock.Run,
	} {
		beside.Go(func() { run(ctx, func(err error) { log.Error(task, slog.Any("error", err)) }) })
	}
}
