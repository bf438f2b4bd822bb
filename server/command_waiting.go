package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	"tillsight/server/journal"
	"tillsight/server/warehouse"
)

// factsCommand is what a person does about facts that are kept and not counted.
type factsCommand struct {
	Fork       forkCommand       `cmd:"" help:"Facts that came under numbers that were held already: a copied tablet, or bytes that changed on the way."`
	Quarantine quarantineCommand `cmd:"" help:"Facts that make no sense and are in no report."`
}

type forkCommand struct {
	List     forkListCommand  `cmd:"" help:"List the registers with facts of other branches."`
	Show     forkShowCommand  `cmd:"" help:"Print the facts that are set aside, a line each."`
	Adopt    forkAdoptCommand `cmd:"" help:"Count them too, beside those that are held: those sales happened. The server must be stopped."`
	SetAside forkAsideCommand `cmd:"" help:"Leave them uncounted for good: somebody looked at them. The server must be stopped."`
}

type quarantineCommand struct {
	List     quarantineListCommand    `cmd:"" help:"List the facts with the reason why each waits."`
	Show     quarantineShowCommand    `cmd:"" help:"Print a fact."`
	Release  quarantineReleaseCommand `cmd:"" help:"Try a fact again, after an update that may understand it. The server must be stopped."`
	SetAside quarantineAsideCommand   `cmd:"" help:"Leave a fact uncounted for good: somebody looked at it. The server must be stopped."`
}

// look opens the facts to read, beside a running server too.
func (d dataDir) look(do func(j *journal.Journal) error) (err error) {
	if err := errors.Join(d.need(), d.refuseNewer()); err != nil {
		return err
	}
	j, err := journal.Open(d.path(journalFile), d.now)
	if err != nil {
		return err
	}
	return errors.Join(do(j), j.Close())
}

type forkListCommand struct{ dataDir }

// Run implements the command.
func (c *forkListCommand) Run(s streams) error {
	return c.look(func(j *journal.Journal) error {
		list, err := j.Forks("", 0, math.MaxInt32)
		if err == nil && len(list) == 0 {
			fmt.Fprintln(s.out, "no register has another branch")
		}
		for len(list) > 0 {
			n, adopted, left := 0, 0, 0
			for n < len(list) && list[n].Device == list[0].Device && list[n].Epoch == list[0].Epoch {
				switch {
				case list[n].Adopted > 0:
					adopted++
				case list[n].Adopted < 0:
					left++
				}
				n++
			}
			fmt.Fprintf(s.out, "%s  epoch %d: %d facts from number %d on, %d of them adopted, %d left aside\n",
				list[0].Device, list[0].Epoch, n, list[0].Seq, adopted, left)
			list = list[n:]
		}
		return err
	})
}

type forkShowCommand struct {
	dataDir
	Register string `arg:"" help:"Register, as the list names it."`
}

// Run implements the command.
func (c *forkShowCommand) Run(s streams) error {
	return c.look(func(j *journal.Journal) error {
		list, err := j.Forks(c.Register, 0, math.MaxInt32)
		for _, f := range list {
			fmt.Fprintf(s.out, "%s\n", f.Bytes)
		}
		return err
	})
}

// branch names what came from other branches of a register.
type branch struct {
	Register string `arg:"" help:"Register, as the list names it."`
	Epoch    uint32 `arg:"" help:"And its epoch."`
}

// verdict says whose decision it is.
type verdict struct {
	By   string `required:"" help:"Who looked at it."`
	Note string `help:"What they found."`
}

type forkAdoptCommand struct {
	dataDir
	branch
}

// Run implements the command.
func (c *forkAdoptCommand) Run(ctx context.Context, s streams) error {
	return c.decide(func(t *truth) error {
		n, err := t.journal.Adopt(ctx, c.Register, c.Epoch)
		if err == nil {
			fmt.Fprintf(s.out, "%d facts are counted from the next start on\n", n)
		}
		return err
	})
}

type forkAsideCommand struct {
	dataDir
	branch
	verdict
}

// Run implements the command.
func (c *forkAsideCommand) Run(ctx context.Context, s streams) error {
	return c.decide(func(t *truth) error {
		n, err := t.journal.Leave(ctx, c.Register, c.Epoch, c.By, c.Note)
		if err == nil {
			fmt.Fprintf(s.out, "%d facts stay uncounted\n", n)
		}
		return err
	})
}

// withWarehouse opens the warehouse of the directory.
func (d dataDir) withWarehouse(do func(w *warehouse.Warehouse) error) error {
	w, err := warehouse.Open(d.path(warehouseFile))
	if err != nil {
		return err
	}
	return errors.Join(do(w), w.Close())
}

type quarantineListCommand struct{ dataDir }

// Run implements the command.
func (c *quarantineListCommand) Run(s streams) error {
	return c.look(func(j *journal.Journal) error {
		return c.withWarehouse(func(w *warehouse.Warehouse) error {
			list, err := w.QuarantineList(j, 0, math.MaxInt32)
			for _, q := range list {
				settled := ""
				if q.Settled != nil {
					settled = fmt.Sprintf("  (left aside by %s: %s)", q.Settled.By, q.Settled.Note)
				}
				fmt.Fprintf(s.out, "%d  %s  %s: %s%s\n", q.Pos, q.Kind, q.Reason, q.Detail, settled)
			}
			if err == nil && len(list) == 0 {
				fmt.Fprintln(s.out, "nothing waits")
			}
			return err
		})
	})
}

// position names a fact.
type position struct {
	Pos int64 `arg:"" help:"Position of the fact, as the list names it."`
}

type quarantineShowCommand struct {
	dataDir
	position
}

// Run implements the command.
func (c *quarantineShowCommand) Run(s streams) error {
	return c.look(func(j *journal.Journal) error {
		return c.withWarehouse(func(w *warehouse.Warehouse) error {
			q, err := w.QuarantineAt(j, c.Pos)
			if err == nil {
				fmt.Fprintf(s.out, "%s\n", q.Bytes)
			}
			return err
		})
	})
}

type quarantineReleaseCommand struct {
	dataDir
	position
}

// Run implements the command.
func (c *quarantineReleaseCommand) Run(ctx context.Context, s streams) error {
	return c.decide(func(t *truth) error {
		return c.withWarehouse(func(w *warehouse.Warehouse) error {
			err := w.Release(ctx, t.journal, c.Pos)
			if err == nil {
				fmt.Fprintln(s.out, "it is counted")
			}
			return err
		})
	})
}

type quarantineAsideCommand struct {
	dataDir
	position
	verdict
}

// Run implements the command.
func (c *quarantineAsideCommand) Run(ctx context.Context) error {
	return c.decide(func(t *truth) error {
		return c.withWarehouse(func(w *warehouse.Warehouse) error {
			if _, err := w.QuarantineAt(t.journal, c.Pos); err != nil {
				return err
			}
			return t.journal.Settle(ctx, c.Pos, c.By, c.Note)
		})
	})
}
