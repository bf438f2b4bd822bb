package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tillsight/server/segment"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
)

// derived is what is made from the truth and can be made again.
type derived struct {
	warehouse *warehouse.Warehouse
	segments  *segment.Files
}

// openDerived opens the warehouse, making it anew when it is damaged or of
// another journal, as after a restore.
func (d dataDir) openDerived(ctx context.Context, t *truth, log *slog.Logger) (*derived, error) {
	w, err := warehouse.Open(d.path(warehouseFile))
	if err == nil && w.Position() > t.journal.Position() {
		err = errors.Join(errcode.New(errcode.DBDamaged, "warehouse",
			fmt.Errorf("at %d, the journal has %d facts", w.Position(), t.journal.Position())), w.Close())
	}
	if errcode.Of(err) == errcode.DBDamaged {
		log.Warn("the warehouse is made anew", slog.Any("error", err))
		if err := warehouse.Rebuild(ctx, d.path(warehouseFile), t.journal, t.feed, t.budget, nil); err != nil {
			return nil, err
		}
		w, err = warehouse.Open(d.path(warehouseFile))
	}
	if err != nil {
		return nil, err
	}
	files, err := segment.Open(d.path(segmentsDir), w, t.devices, time.Now)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return &derived{w, files}, nil
}

// run keeps warehouse and segments up with the journal until ctx ends. Segments
// wait until the warehouse has caught up: they would be made again and again.
func (d *derived) run(ctx context.Context, t *truth, log *slog.Logger, beside *sync.WaitGroup) {
	failed := func(what string) func(error) {
		return func(err error) {
			if ctx.Err() == nil {
				log.Error(what, slog.Any("error", err))
			}
		}
	}
	beside.Go(func() {
		err := d.warehouse.Refer(t.feed)
		if err == nil {
			err = d.warehouse.TakeBudget(t.budget)
		}
		if err == nil {
			err = d.warehouse.LoadAll(ctx, t.journal, nil)
		}
		if err != nil {
			failed("load warehouse")(err)
		}
		beside.Go(func() { d.segments.Run(ctx, failed("make segments")) })
		d.warehouse.Run(ctx, t.journal, t.feed, t.budget, failed("load warehouse"))
	})
}

func (d *derived) close() error { return d.warehouse.Close() }
