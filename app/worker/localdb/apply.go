package localdb

import (
	"encoding/json"
	"errors"
	"fmt"

	"tillsight/app/worker/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
)

// Apply takes the next fact, with its canonical bytes, into the tables in one
// transaction. A fact that was applied before changes nothing; one that skips a
// number is refused with Conflict, for Open to catch up. A fact that makes no
// sense here is kept for look-up and changes no totals: the journal
// has it, and the server will say what is wrong with it.
func (db *DB) Apply(f fact.Fact, raw []byte) error {
	if f.Seq <= db.applied {
		return nil
	}
	if f.Seq > db.applied+1 {
		return errcode.New(errcode.Conflict, "localdb.Apply", fmt.Errorf("fact %d after %d", f.Seq, db.applied))
	}
	return db.apply(numbered{f, raw})
}

// numbered is a fact with its canonical bytes.
type numbered struct {
	fact fact.Fact
	raw  []byte
}

// apply takes facts in, in one transaction. Numbers may be missing: the journal
// may have lost some.
func (db *DB) apply(facts ...numbered) error {
	if len(facts) == 0 {
		return nil
	}
	next := *db
	err := db.sql.Write(func(tx *sqlite.Tx) error {
		for _, n := range facts {
			next.applied = n.fact.Seq
			if err := tx.Exec(`INSERT INTO fact (seq, bytes) VALUES (?, ?)`, n.fact.Seq, n.raw); err != nil {
				return err
			}
			if err := next.project(tx, n.fact); err != nil {
				return err
			}
		}
		text, err := json.Marshal(next.shift)
		if err != nil {
			return errcode.New(errcode.Internal, "localdb.Apply", err)
		}
		return tx.Exec(`UPDATE state SET applied = ?, counter = ?, shift = ?`, next.applied, next.counter, string(text))
	})
	if err != nil {
		return fmt.Errorf("apply facts from %d: %w", facts[0].fact.Seq, err)
	}
	db.counter, db.shift, db.applied = next.counter, next.shift, next.applied
	return nil
}

// replay applies what the journal has behind the last fact in the tables.
func (db *DB) replay(j *journal.Journal) error {
	var batch []numbered
	err := j.Each(db.applied, func(_ uint64, raw []byte) error {
		f, err := fact.Decode(raw)
		if err != nil {
			return err
		}
		if batch = append(batch, numbered{f, raw}); len(batch) < replayBatch {
			return nil
		}
		err = db.apply(batch...)
		batch = batch[:0]
		return err
	})
	if err != nil {
		return err
	}
	return db.apply(batch...)
}

// step is one fact on its way into the tables.
type step struct {
	db *DB
	tx *sqlite.Tx
}

// projected says what a fact does to the tables and running totals.
var projected = func() fact.Table[step] {
	t := fact.Table[step]{}
	fact.On(t, fact.SaleRegistered, step.register)
	fact.On(t, fact.ReturnRegistered, step.register)
	fact.On(t, fact.ReceiptCancelled, step.register)
	fact.On(t, fact.ShiftOpened, step.open)
	fact.On(t, fact.ShiftClosed, step.close)
	fact.On(t, fact.CashMoved, step.move)
	fact.On(t, fact.SignedIn, step.signedIn)
	fact.On(t, fact.SignInRefused, step.refused)
	fact.On(t, fact.ReceiptParked, step.park)
	fact.On(t, fact.ReceiptRecalled, step.recall)
	fact.On(t, fact.ParkedTaken, step.taken)
	fact.Ignore(t, "profiles come down with the reference data", fact.CustomerEnrolled)
	fact.Ignore(t, "nothing is left of what it stands for", fact.FactLost)
	return t
}()

// project updates the tables and running totals for f.
func (db *DB) project(tx *sqlite.Tx, f fact.Fact) error { return take(projected, step{db, tx}, f) }

// take has a table take a fact; one that can't be read changes nothing.
func take(t fact.Table[step], s step, f fact.Fact) error {
	body, err := f.Read()
	if err != nil {
		return nil
	}
	return t.TakeRead(s, f, body)
}

func (s step) open(f fact.Fact, b *fact.ShiftOpening) error {
	if opened, err := shift.Open(b.Number, b.Float, b.By, f.At); err == nil {
		s.db.shift = opened
	}
	return nil
}

func (s step) close(_ fact.Fact, closed *shift.Shift) error {
	s.db.shift = *closed
	return nil
}

func (s step) move(_ fact.Fact, m *shift.CashMove) error {
	moved := s.db.shift
	if moved.Move(*m) == nil {
		s.db.shift = moved
	}
	return nil
}

// register takes a closed receipt in.
func (s step) register(f fact.Fact, r *receipt.Receipt) error {
	if r.ID == "" {
		return nil
	}
	if err := s.listed(f, r); err != nil {
		return err
	}
	s.db.counter = max(s.db.counter, countOf(r.Number))
	totals := s.db.shift
	totals.Tax = append([]receipt.TaxTotal(nil), totals.Tax...) // Apply changes it in place
	if totals.Apply(r) == nil {
		s.db.shift = totals
	}
	return nil
}

// listed writes the row by which a receipt is looked up.
func (s step) listed(f fact.Fact, r *receipt.Receipt) error {
	if r.ID == "" {
		return nil
	}
	return s.tx.Exec(`INSERT INTO receipt (id, seq, number, type, state, at, total, count)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		r.ID, f.Seq, r.Number, string(r.Type), string(r.State), r.Closed, int64(r.Total), r.Count())
}

// countOf returns the count at the end of a receipt number, 0 when it has none.
func countOf(number string) uint64 {
	count, _ := receipt.CountOf(number)
	return count
}

func (s step) signedIn(_ fact.Fact, b *fact.SignIn) error {
	if err := s.tx.Exec(`UPDATE failure SET count = max(0, count - 1) WHERE employee = ''`); err != nil {
		return err
	}
	return s.tx.Exec(`DELETE FROM failure WHERE employee = ?`, b.Employee)
}

func (s step) refused(f fact.Fact, b *fact.SignIn) error {
	return s.tx.Exec(`INSERT INTO failure (employee, count, at) VALUES (?, ?, ?)
		ON CONFLICT (employee) DO UPDATE SET count = max(count, excluded.count), at = max(at, excluded.at)`,
		b.Employee, b.Failures, f.At)
}

func decodeShift(text []byte, s *shift.Shift) error {
	if len(text) == 0 {
		return nil
	}
	if err := json.Unmarshal(text, s); err != nil {
		return errcode.New(errcode.DBDamaged, "localdb.Open", errors.Join(errors.New("shift"), err))
	}
	return nil
}
