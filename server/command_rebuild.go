package main

import (
	"context"
	"fmt"
	"io"

	"tillsight/server/segment"
	"tillsight/server/warehouse"
)

// rebuildCommand makes the warehouse from the journal.
type rebuildCommand struct{ dataDir }

// Run implements the command.
func (c *rebuildCommand) Run(ctx context.Context, s streams) error {
	return c.decide(func(t *truth) error {
		// Files of reports that were spoilt are made anew by the next start.
		files, err := segment.Open(c.path(segmentsDir), nil, nil, c.now)
		if err == nil {
			err = files.Drop(ctx, func(damage error) { fmt.Fprintln(s.err, damage) })
		}
		if err != nil {
			return err
		}
		return t.rebuild(ctx, c.path(warehouseFile), s.err)
	})
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
