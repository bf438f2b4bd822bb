package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"tillsight/server/audience"
	"tillsight/server/follow"
	"tillsight/server/segment"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

// derived is what is made from the truth and can be made again.
type derived struct {
	warehouse *warehouse.Warehouse
	segments  *segment.Files
	audience  *audience.Segments
	until     int64  // position up to which a warehouse begun anew tells nothing yet, 0: it tells all the time
	damaged   string // name of the file that says so to the next start
}

// openDerived opens the warehouse. One that is damaged or of another journal, as
// after a restore, is begun anew: it fills up while the server works.
func (d dataDir) openDerived(t *truth, log *slog.Logger) (*derived, error) {
	made := &derived{damaged: d.path(warehouseFile + ".damaged")}
	w, err := warehouse.Open(d.path(warehouseFile))
	if _, statErr := os.Stat(made.damaged); err == nil && statErr == nil {
		err = errors.Join(errcode.New(errcode.DBDamaged, "warehouse", errors.New("found while the server ran")), w.Close())
	}
	if err == nil && w.Position() > t.journal.Position() {
		err = errors.Join(errcode.New(errcode.DBDamaged, "warehouse",
			fmt.Errorf("at %d, the journal has %d facts", w.Position(), t.journal.Position())), w.Close())
	}
	if errcode.Of(err) == errcode.DBDamaged {
		log.Warn("the warehouse is made anew", slog.Any("error", err))
		if w, err = warehouse.Anew(d.path(warehouseFile)); err == nil {
			err = removeDatabase(made.damaged)
		}
	}
	if err != nil {
		return nil, err
	}
	if w.Position() == 0 {
		made.until = t.journal.Position()
	}
	files, err := segment.Open(d.path(segmentsDir), w, t.devices, t.now)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	people, err := audience.Open(t.office, w, t.now, t.zone)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	made.warehouse, made.segments, made.audience = w, files, people
	return made, nil
}

// making tells how far a warehouse that was begun anew is. Until it has caught up
// with what there was, and files are made of it, its figures would be too small.
func (d *derived) making() (done, total int64, making bool) {
	done = d.warehouse.Position()
	return done, d.until, d.until > 0 && (done < d.until || !d.segments.Made())
}

// zone is where the chain's days begin: the time zone of its first store.
func (t *truth) zone() *time.Location {
	zone := time.UTC
	err := t.feed.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		if err != nil || len(stores) == 0 {
			return err
		}
		zone, err = time.LoadLocation(stores[0].Zone)
		return err
	})
	if err != nil {
		return time.UTC
	}
	return zone
}

// run keeps warehouse and segments up with the journal until ctx ends. Segments
// wait until the warehouse has caught up: they would be made again and again.
func (d *derived) run(ctx context.Context, t *truth, log *slog.Logger, beside *sync.WaitGroup) {
	failed := func(what string) func(error) {
		return func(err error) {
			if ctx.Err() == nil {
				log.Error(what, slog.Any("error", err))
			}
			if errcode.Of(err) == errcode.DBDamaged {
				d.note(log)
			}
		}
	}
	beside.Go(func() {
		err := follow.Guard(func() error {
			return errors.Join(d.warehouse.Refer(t.feed), d.warehouse.TakeBudget(t.budget), d.warehouse.LoadAll(ctx, t.journal, nil))
		})
		if err != nil {
			failed("load warehouse")(err)
		}
		beside.Go(func() { d.segments.Run(ctx, failed("make segments")) })
		beside.Go(func() { d.runAudience(ctx, t, failed("look at segments of customers")) })
		d.warehouse.Run(ctx, t.journal, t.feed, t.budget, t.now, failed("load warehouse"))
	})
}

// runAudience keeps segments of customers up with the warehouse, and warehouse
// and tills with them.
func (d *derived) runAudience(ctx context.Context, t *truth, failed func(error)) {
	loaded, cancel := d.warehouse.Subscribe()
	defer cancel()
	d.audience.Run(ctx, loaded, func() error {
		if err := d.warehouse.TakeMembers(d.audience); err != nil {
			return err
		}
		of, all, err := d.audience.Tills()
		if err == nil && len(all) > 0 {
			_, err = t.feed.Group(of, all)
		}
		return err
	}, failed)
}

// note has the next start make the warehouse anew.
func (d *derived) note(log *slog.Logger) {
	if err := os.WriteFile(d.damaged, nil, 0o600); err != nil {
		log.Error("note a damaged warehouse", slog.Any("error", err))
	}
}

func (d *derived) close() error { return d.warehouse.Close() }
