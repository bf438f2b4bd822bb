package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"

	"tillsight/server/audit"
	"tillsight/server/follow"
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
	if f.audit, err = audit.Open(t.journal, t.feed, t.now); err != nil {
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

// follower is one of those who read the journal.
type follower interface {
	Run(ctx context.Context, failed func(error))
	State() (follow.State, error)
}

// states tells how the followers do, and the warehouse.
func (f *followers) states(t *truth, d *derived) (list []follow.State, err error) {
	state, err := d.warehouse.State(t.journal)
	list = append(list, state)
	for _, one := range f.all() {
		if err != nil {
			return list, err
		}
		state, err = one.State()
		list = append(list, state)
	}
	return list, err
}

// run has them and the feed work until ctx ends.
func (f *followers) run(ctx context.Context, t *truth, log *slog.Logger, beside *sync.WaitGroup) {
	failed := func(err error) { log.Error("follow the journal", slog.Any("error", err)) }
	for _, one := range f.all() {
		beside.Go(func() { one.Run(ctx, failed) })
	}
	beside.Go(func() { t.feed.Run(ctx, func(err error) { log.Error("make snapshots", slog.Any("error", err)) }) })
}
