package journal

import (
	"context"
	"fmt"

	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// VerifyTables compares what the journal keeps beside the facts with what they
// say: the numbers of till places, the first fact of each receipt, those that
// came again. found hears what does not agree.
func (j *Journal) VerifyTables(ctx context.Context, found func(format string, args ...any)) error {
	type numbers struct {
		counter uint64
		shift   int
	}
	places := map[Place]numbers{}
	receipts, repeated := int64(0), int64(0)
	for after, end := int64(0), j.Position(); after < end; {
		batch, err := j.Batch(ctx, after, verifyPage)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil // positions without facts: a finding of their chains
		}
		for _, raw := range batch {
			after = raw.Pos
			h, _, err := fact.HeaderOf(raw.Bytes)
			from := Place{h.Store, h.Till}
			var e entry
			if err == nil {
				e, err = readEntry(raw.Bytes, from, wire.PushHeader{Device: h.Device, Epoch: h.Epoch}, h.Seq)
			}
			if err != nil {
				continue // of a version that took what is refused today: the warehouse keeps it aside
			}
			if e.counter != 0 || e.shift != 0 {
				held := places[from]
				places[from] = numbers{max(held.counter, e.counter), max(held.shift, e.shift)}
			}
			if e.receipt == "" {
				continue
			}
			first, err := j.firstOf(e.receipt)
			switch {
			case err != nil:
				return err
			case first == raw.Pos:
				receipts++
			case first > 0 && first < raw.Pos:
				repeated++
			default:
				found("receipt %s: its fact is at %d, the list says %d", e.receipt, raw.Pos, first)
			}
		}
	}
	for p, want := range places {
		counter, shift, err := j.Highest(p.Store, p.Till)
		if err != nil {
			return err
		}
		if counter < want.counter || shift < want.shift {
			found("store %s, till %d: receipt %d and shift %d were given, the counters stand at %d and %d",
				p.Store, p.Till, want.counter, want.shift, counter, shift)
		}
	}
	return j.read.Query(`SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM repeated)`, func(r sqlite.Row) error {
		if r.Int64(0) != receipts || r.Int64(1) != repeated {
			found("%d receipts and %d that came again are in the facts, the lists hold %d and %d", receipts, repeated, r.Int64(0), r.Int64(1))
		}
		return nil
	})
}

// firstOf returns the position of the first fact of a receipt, 0 when it is not listed.
func (j *Journal) firstOf(id string) (pos int64, err error) {
	err = j.read.Query(`SELECT pos FROM receipt WHERE id = ?`, func(r sqlite.Row) error {
		pos = r.Int64(0)
		return nil
	}, id)
	if err != nil {
		return 0, fmt.Errorf("look up receipt: %w", err)
	}
	return pos, nil
}
