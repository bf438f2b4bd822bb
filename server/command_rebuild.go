package main

import (
	"context"
	"errors"
	"io"

	"tillsight/server/warehouse"
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
