package warehouse

import (
	"fmt"

	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// Budget is the office's book that plan figures and expenses come from.
type Budget interface {
	// All returns what is in force, with its version.
	All() (plans []segment.Plan, expenses []segment.Expense, version int64, err error)
	Version() int64
	Subscribe() (changed <-chan struct{}, cancel func())
}

// TakeBudget takes over plan figures and expenses when their version is another
// than the one held.
func (w *Warehouse) TakeBudget(b Budget) error {
	held, err := metaOf(w.read, "budget")
	if err != nil || held == b.Version() {
		return err
	}
	plans, expenses, version, err := b.All()
	if err != nil {
		return err
	}
	err = w.db.Write(func(tx *sqlite.Tx) error {
		if err := writeBudget(tx, plans, expenses); err != nil {
			return err
		}
		if _, err := nextRevision(tx); err != nil {
			return err
		}
		return setMeta(tx, "budget", version)
	})
	if err != nil {
		return fmt.Errorf("take over budget: %w", err)
	}
	w.news.Post()
	return nil
}

func writeBudget(tx *sqlite.Tx, plans []segment.Plan, expenses []segment.Expense) error {
	for _, table := range []string{"ref_plan", "ref_expense"} {
		if err := tx.Exec(`DELETE FROM ` + table); err != nil {
			return err
		}
	}
	for _, p := range plans {
		err := tx.Exec(`INSERT INTO ref_plan (store, month, measure, employee, value) VALUES (?, ?, ?, ?, ?)`,
			p.Store, p.Month, p.Measure, p.Employee, p.Value)
		if err != nil {
			return err
		}
	}
	for n, e := range expenses {
		err := tx.Exec(`INSERT INTO ref_expense (n, store, month, kind, amount, text) VALUES (?, ?, ?, ?, ?, ?)`,
			n, e.Store, e.Month, e.Kind, int64(e.Amount), e.Text)
		if err != nil {
			return err
		}
	}
	return nil
}
