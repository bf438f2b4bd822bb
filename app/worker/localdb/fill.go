package localdb

import (
	"errors"
	"fmt"

	"tillsight/app/worker/journal"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/sqlite"
)

// gap is a range of facts, to of them 0 when there is none, that the tables do
// not hold yet although they hold later ones.
type gap struct{ from, to uint64 }

// skip leaves earlier shifts to Fill when the tables are more than limit facts
// behind the journal, so that a register whose projection is made anew sells
// at once. The running shift, the last receipt number and what is parked are all
// it needs.
func (db *DB) skip(j *journal.Journal, limit uint64) error {
	if db.gap.to != 0 || j.Last() < db.applied+limit {
		return nil
	}
	var kept kept
	err := j.Each(db.applied, func(_ uint64, raw []byte) error {
		h, body, err := fact.HeaderOf(raw)
		if err != nil {
			return err
		}
		kept.raw = raw
		return neededAtOnce.Take(&kept, fact.Fact{Header: h, Body: body})
	})
	if err != nil || kept.opened <= db.applied+1 {
		return err
	}
	if r, err := fact.BodyOf[receipt.Receipt](kept.last); err == nil {
		db.counter = max(db.counter, countOf(r.Number))
	}
	skipped := gap{db.applied + 1, kept.opened - 1}
	err = db.sql.Write(func(tx *sqlite.Tx) error {
		if err := db.parkEarlier(tx, kept.parked, skipped.to); err != nil {
			return err
		}
		return tx.Exec(`UPDATE state SET applied = ?, counter = ?, gap_from = ?, gap_to = ?`,
			skipped.to, db.counter, skipped.from, skipped.to)
	})
	if err != nil {
		return err
	}
	db.applied, db.gap = skipped.to, skipped
	return nil
}

// kept is what a register needs of earlier shifts before it can sell.
type kept struct {
	raw    []byte     // the fact at hand
	opened uint64     // fact with which the running shift began
	last   fact.Fact  // receipt with the last number
	parked []numbered // facts about parked receipts
}

// neededAtOnce says which facts those are. Their bodies are not read yet.
var neededAtOnce = func() fact.Table[*kept] {
	t := fact.Table[*kept]{}
	last := func(k *kept, f fact.Fact) error {
		k.last = f
		return nil
	}
	parked := func(k *kept, f fact.Fact) error {
		k.parked = append(k.parked, numbered{f, k.raw})
		return nil
	}
	fact.OnRaw(t, fact.ShiftOpened, func(k *kept, f fact.Fact) error {
		k.opened = f.Seq
		return nil
	})
	fact.OnRaw(t, fact.SaleRegistered, last)
	fact.OnRaw(t, fact.ReturnRegistered, last)
	fact.OnRaw(t, fact.ReceiptCancelled, last)
	fact.OnRaw(t, fact.ReceiptParked, parked)
	fact.OnRaw(t, fact.ReceiptRecalled, parked)
	fact.OnRaw(t, fact.ParkedTaken, parked)
	fact.Ignore(t, "of a shift that is over, or read from its beginning on", fact.ShiftClosed, fact.CashMoved)
	fact.Ignore(t, "tries to sign in count for minutes", fact.SignedIn, fact.SignInRefused)
	fact.Ignore(t, "not projected", fact.CustomerEnrolled, fact.FactLost)
	return t
}()

// Fill takes in up to limit facts of earlier shifts that Open left out, newest
// first, for look-up. It returns how many are left. Call it when the till is
// idle.
func (db *DB) Fill(j *journal.Journal, limit int) (left int, err error) {
	if db.gap.to == 0 {
		return 0, nil
	}
	next := db.gap
	from := max(next.from, j.First())
	if uint64(limit) < next.to && next.to-uint64(limit) >= from {
		from = next.to - uint64(limit) + 1
	}
	var batch []numbered
	err = j.Each(from-1, func(seq uint64, raw []byte) error {
		if seq > next.to {
			return errFilled
		}
		f, err := fact.Decode(raw)
		batch = append(batch, numbered{f, raw})
		return err
	})
	if err != nil && !errors.Is(err, errFilled) {
		return 0, fmt.Errorf("fill projection: %w", err)
	}
	next.to = from - 1
	if next.to < max(next.from, j.First()) {
		next = gap{}
	}
	if err := db.fill(batch, next); err != nil {
		return 0, fmt.Errorf("fill projection: %w", err)
	}
	db.gap = next
	if next.to == 0 {
		return 0, nil
	}
	return int(next.to - next.from + 1), nil
}

// fill writes rows for look-up; totals and counters are not touched.
func (db *DB) fill(batch []numbered, next gap) error {
	return db.sql.Write(func(tx *sqlite.Tx) error {
		for _, n := range batch {
			if err := tx.Exec(`INSERT INTO fact (seq, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING`, n.fact.Seq, n.raw); err != nil {
				return err
			}
			if err := take(lookedUp, step{db, tx}, n.fact); err != nil {
				return err
			}
		}
		return tx.Exec(`UPDATE state SET gap_from = ?, gap_to = ?`, next.from, next.to)
	})
}

// lookedUp says which facts of earlier shifts have rows of their own.
var lookedUp = func() fact.Table[step] {
	t := fact.Table[step]{}
	fact.On(t, fact.SaleRegistered, step.listed)
	fact.On(t, fact.ReturnRegistered, step.listed)
	fact.On(t, fact.ReceiptCancelled, step.listed)
	fact.Ignore(t, "only totals and states of their time", fact.ShiftOpened, fact.ShiftClosed, fact.CashMoved,
		fact.SignedIn, fact.SignInRefused)
	fact.Ignore(t, "taken in at once when the gap was made", fact.ReceiptParked, fact.ReceiptRecalled, fact.ParkedTaken)
	fact.Ignore(t, "not projected", fact.CustomerEnrolled, fact.FactLost)
	return t
}()

var errFilled = errors.New("the gap ends here")
