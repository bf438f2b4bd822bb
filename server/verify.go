package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tillsight/server/audience"
	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/server/segment"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

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
	if err := c.verifyPages(found, journalFile, referenceFile, officeFile); err != nil {
		return err
	}
	j, err := journal.Open(c.path(journalFile), c.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	fmt.Fprintln(s.err, "the server runs: what is made from the facts is not compared")
	return verifyFacts(ctx, j, s.out, found)
}

func (c *verifyCommand) verifyAll(ctx context.Context, s streams, found finding) (err error) {
	damaged := 0
	note := func(format string, args ...any) {
		damaged++
		found(format, args...)
	}
	if err := c.verifyPages(note, journalFile, referenceFile, officeFile); err != nil || damaged > 0 {
		return err
	}
	t, err := c.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	if err := verifyFacts(ctx, t.journal, s.out, found); err != nil {
		return err
	}
	if err := t.verifyBeside(ctx, found); err != nil {
		return err
	}
	err = segment.Verify(ctx, c.path(segmentsDir), func(err error) { found("%v: it is made anew when the server starts", err) })
	if err != nil {
		return err
	}
	if err := c.verifyPages(note, warehouseFile); err != nil || damaged > 0 {
		return err
	}
	return c.compareWarehouse(ctx, t, s, found)
}

// verifyPages looks through databases, every page of them.
func (c *verifyCommand) verifyPages(found finding, names ...string) error {
	for _, name := range names {
		if _, err := os.Stat(c.path(name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		db, err := sqlite.Open(c.path(name), sqlite.Options{ReadOnly: true})
		if err == nil {
			err = errors.Join(db.Check(func(fault string) { found("%s: %s", name, fault) }), db.Close())
		}
		if errcode.Of(err) == errcode.DBDamaged {
			found("%s: %v", name, err)
		} else if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// verifyBeside compares what is kept beside the facts: registers, the tables of
// the journal, reference data and what is sent to the tills.
func (t *truth) verifyBeside(ctx context.Context, found finding) error {
	if err := t.verifyRegisters(found); err != nil {
		return err
	}
	if err := t.journal.VerifyTables(ctx, found); err != nil {
		return err
	}
	err := t.feed.Verify(func(err error) { found("%v: it is made anew when a till asks for it", err) })
	if err != nil {
		return err
	}
	if err := t.feed.Migrate(follow.Migrations); err != nil { // no server has run here yet
		return err
	}
	_, err = t.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		if err := refdata.Verify(tx, found); err != nil {
			return 0, err
		}
		return 0, tx.Query(`SELECT name, count(*) FROM follow_aside GROUP BY name ORDER BY name`, func(r sqlite.Row) error {
			found("%s put %d facts aside", r.Text(0), r.Int64(1))
			return nil
		})
	})
	return err
}

// verifyRegisters looks whether all facts are of registers that are known.
func (t *truth) verifyRegisters(found finding) error {
	chains, err := t.journal.Chains()
	if err != nil {
		return err
	}
	registers, err := t.devices.List()
	if err != nil {
		return err
	}
	known := map[string]uint32{}
	for _, d := range registers {
		known[d.ID] = d.Epoch
	}
	for _, c := range chains {
		device, _, _ := strings.Cut(c.Device, "~") // of a branch that was adopted
		if epoch, ok := known[device]; !ok || epoch != c.Epoch {
			found("register %s, epoch %d: its facts are here, but the registers do not list it", c.Device, c.Epoch)
		}
	}
	return nil
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
	if quarantined > 0 {
		found("%d facts are in quarantine and in no report: tillsight facts quarantine list", quarantined)
	}
	fmt.Fprintf(s.out, "%d tables of the warehouse compared, %d facts in quarantine\n", len(made), quarantined)
	return nil
}

// sums loads what a warehouse lacks and hashes its tables.
func (c *verifyCommand) sums(ctx context.Context, t *truth, path string) (sums map[string]string, quarantined int, err error) {
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
	if quarantined, err = w.Waiting(t.journal); err != nil {
		return nil, 0, err
	}
	sums, err = w.Sums()
	return sums, quarantined, err
}

// finding is something that verify has to say.
type finding func(format string, args ...any)

// verifyFacts recomputes all chains and receipts.
func verifyFacts(ctx context.Context, j *journal.Journal, out io.Writer, found finding) error {
	facts, err := j.Verify(ctx, func(c journal.Chain, err error) {
		found("register %s, epoch %d: %v", c.Device, c.Epoch, err)
	})
	if err != nil {
		return err
	}
	chains, err := j.Chains()
	if err != nil {
		return err
	}
	for _, c := range chains {
		if c.Forked != 0 {
			found("register %s, epoch %d: other facts came from number %d on: tillsight facts fork list", c.Device, c.Epoch, c.Forked)
		}
	}
	receipts, err := verifyReceipts(ctx, j, found)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d facts in %d chains, %d receipts recomputed\n", facts, len(chains), receipts)
	return nil
}

const verifyPage = 2000

func verifyReceipts(ctx context.Context, j *journal.Journal, found finding) (n int64, err error) {
	for after, end := int64(0), j.Position(); after < end; {
		err := j.Read(ctx, after, verifyPage, func(pos int64, b []byte) error {
			after = pos
			f, err := fact.Decode(b)
			if err != nil {
				found("fact at %d: %v", pos, err)
				return nil
			}
			switch f.Kind {
			case fact.SaleRegistered, fact.ReturnRegistered:
			default:
				return nil
			}
			n++
			r, err := fact.BodyOf[receipt.Receipt](f)
			if err == nil {
				err = r.Verify()
			}
			if err != nil {
				found("receipt %s (fact at %d): %v", r.Number, pos, err)
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
