package localdb

import (
	"bytes"
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
	var opened uint64
	var last []byte
	var parked []parkedFact
	err := j.Each(db.applied, func(seq uint64, raw []byte) error {
		switch kindOf(raw) {
		case fact.ShiftOpened:
			opened = seq
		case fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled:
			last = raw
		case fact.ReceiptParked, fact.ReceiptRecalled, fact.ParkedTaken:
			parked = append(parked, parkedFact{seq, raw})
		}
		return nil
	})
	if err != nil || opened <= db.applied+1 {
		return err
	}
	if last != nil {
		if f, err := fact.Decode(last); err == nil {
			if r, err := fact.BodyOf[receipt.Receipt](f); err == nil {
				db.counter = max(db.counter, countOf(r.Number))
			}
		}
	}
	skipped := gap{db.applied + 1, opened - 1}
	err = db.sql.Write(func(tx *sqlite.Tx) error {
		if err := db.parkEarlier(tx, parked, skipped.to); err != nil {
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

// kindOf reads the kind from canonical bytes without decoding them: the header
// comes first and its fields are in order.
func kindOf(raw []byte) fact.Kind {
	const mark = `,"kind":"`
	at := bytes.Index(raw, []byte(mark))
	if at < 0 {
		return ""
	}
	rest := raw[at+len(mark):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return ""
	}
	return fact.Kind(rest[:end])
}

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
		rows := DB{}
		for _, n := range batch {
			if err := tx.Exec(`INSERT INTO fact (seq, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING`, n.fact.Seq, n.raw); err != nil {
				return err
			}
			switch n.fact.Kind {
			case fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled:
				if err := rows.register(tx, n.fact); err != nil {
					return err
				}
			}
		}
		return tx.Exec(`UPDATE state SET gap_from = ?, gap_to = ?`, next.from, next.to)
	})
}

var errFilled = errors.New("the gap ends here")
