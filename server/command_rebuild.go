package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"tillsight/server/audience"
	"tillsight/server/journal"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
)

// rebuildCommand makes the warehouse from the journal.
type rebuildCommand struct{ dataDir }

// Run implements the command.
func (c *rebuildCommand) Run(ctx context.Context, s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	t, err := c.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	return t.rebuild(ctx, c.path(warehouseFile), s.err)
}

func (t *truth) rebuild(ctx context.Context, path string, progress io.Writer) error {
	bar := newBar(progress, "loading facts")
	total := int(t.journal.Position())
	err := warehouse.Rebuild(ctx, path, t.journal, t.feed, t.budget, func(position int64) { bar.show(int(position), total) })
	if err != nil {
		return err
	}
	bar.end()
	return nil
}

// verifyCommand checks everything that can be computed twice.
type verifyCommand struct{ dataDir }

// Run implements the command. Beside a running server the warehouse, which
// moves on, is left out.
func (c *verifyCommand) Run(ctx context.Context, s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	findings := 0
	found := func(format string, args ...any) {
		findings++
		fmt.Fprintf(s.out, format+"\n", args...)
	}
	release, err := c.lock()
	switch {
	case errcode.Of(err) == errcode.Conflict:
		err = c.verifyRunning(ctx, s, found)
	case err == nil:
		err = errors.Join(c.verifyAll(ctx, s, found), release())
	}
	if err != nil {
		return err
	}
	if findings > 0 {
		return errcode.New(errcode.DBDamaged, "verify", fmt.Errorf("%d things to look at", findings))
	}
	fmt.Fprintln(s.out, "everything agrees")
	return nil
}

func (c *verifyCommand) verifyRunning(ctx context.Context, s streams, found finding) (err error) {
	j, err := journal.Open(c.path(journalFile), c.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	fmt.Fprintln(s.err, "the server runs: the warehouse is not compared")
	return verifyFacts(ctx, j, s.out, found)
}

func (c *verifyCommand) verifyAll(ctx context.Context, s streams, found finding) (err error) {
	t, err := c.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	if err := verifyFacts(ctx, t.journal, s.out, found); err != nil {
		return err
	}
	return c.compareWarehouse(ctx, t, s, found)
}

// compareWarehouse makes a second warehouse and compares all rows.
func (c *verifyCommand) compareWarehouse(ctx context.Context, t *truth, s streams, found finding) (err error) {
	dir, err := os.MkdirTemp(c.Data, "verify-")
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	second := filepath.Join(dir, warehouseFile)
	if err := t.rebuild(ctx, second, s.err); err != nil {
		return err
	}
	held, quarantined, err := c.sums(ctx, t, c.path(warehouseFile))
	if err != nil {
		return err
	}
	made, _, err := c.sums(ctx, t, second)
	if err != nil {
		return err
	}
	for _, table := range slices.Sorted(maps.Keys(made)) {
		if held[table] != made[table] {
			found("warehouse: table %s is not what the journal says: tillsight rebuild makes it anew", table)
		}
	}
	fmt.Fprintf(s.out, "%d tables of the warehouse compared, %d facts in quarantine\n", len(made), quarantined)
	return nil
}

// sums loads what a warehouse lacks and hashes its tables.
func (c *verifyCommand) sums(ctx context.Context, t *truth, path string) (sums map[string]string, quarantined int64, err error) {
	w, err := warehouse.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := errors.Join(w.Refer(t.feed), w.TakeBudget(t.budget)); err != nil {
		return nil, 0, err
	}
	if err := w.LoadAll(ctx, t.journal, nil); err != nil {
		return nil, 0, err
	}
	people, err := audience.Open(t.office, w, t.now, t.zone)
	if err == nil {
		err = w.TakeMembers(people)
	}
	if err != nil {
		return nil, 0, err
	}
	if quarantined, err = w.Quarantined(); err != nil {
		return nil, 0, err
	}
	sums, err = w.Sums()
	return sums, quarantined, err
}
