package localdb

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

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

// project updates the tables and running totals for f.
func (db *DB) project(tx *sqlite.Tx, f fact.Fact) error {
	switch f.Kind {
	case fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled:
		return db.register(tx, f)
	case fact.ShiftOpened:
		if b, err := fact.BodyOf[fact.ShiftOpening](f); err == nil {
			if s, err := shift.Open(b.Number, b.Float, b.By, f.At); err == nil {
				db.shift = s
			}
		}
	case fact.ShiftClosed:
		if s, err := fact.BodyOf[shift.Shift](f); err == nil {
			db.shift = s
		}
	case fact.CashMoved:
		if m, err := fact.BodyOf[shift.CashMove](f); err == nil {
			moved := db.shift
			if moved.Move(m) == nil {
				db.shift = moved
			}
		}
	case fact.SignedIn, fact.SignInRefused:
		return signIn(tx, f)
	case fact.ReceiptParked, fact.ReceiptRecalled, fact.ParkedTaken:
		return db.park(tx, f)
	}
	return nil
}

// register takes a closed receipt in.
func (db *DB) register(tx *sqlite.Tx, f fact.Fact) error {
	r, err := fact.BodyOf[receipt.Receipt](f)
	if err != nil || r.ID == "" {
		return nil
	}
	err = tx.Exec(`INSERT INTO receipt (id, seq, number, type, state, at, total, count)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		r.ID, f.Seq, r.Number, string(r.Type), string(r.State), r.Closed, int64(r.Total), r.Count())
	if err != nil {
		return err
	}
	db.counter = max(db.counter, countOf(r.Number))
	totals := db.shift
	totals.Tax = append([]receipt.TaxTotal(nil), totals.Tax...) // Apply changes it in place
	if totals.Apply(&r) == nil {
		db.shift = totals
	}
	return nil
}

// countOf returns the count at the end of a receipt number, 0 when it has none.
func countOf(number string) uint64 {
	n, err := strconv.ParseUint(number[strings.LastIndexByte(number, '-')+1:], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func signIn(tx *sqlite.Tx, f fact.Fact) error {
	b, err := fact.BodyOf[fact.SignIn](f)
	if err != nil {
		return nil
	}
	if f.Kind == fact.SignedIn {
		return tx.Exec(`DELETE FROM failure WHERE employee IN (?, '')`, b.Employee)
	}
	return tx.Exec(`INSERT INTO failure (employee, count, at) VALUES (?, ?, ?)
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
