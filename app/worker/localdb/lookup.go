package localdb

import (
	"fmt"
	"strings"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
)

// receiptsMax limits a list of receipts.
const receiptsMax = 500

// Applied returns the number of the last fact in the tables.
func (db *DB) Applied() uint64 { return db.applied }

// Shift returns the last shift, open or closed, with its running totals; ok is
// false before the first.
func (db *DB) Shift() (s shift.Shift, ok bool, err error) {
	s = db.shift
	s.Tax = append([]receipt.TaxTotal(nil), s.Tax...)
	return s, s.Number != 0, nil
}

// Counter returns the highest receipt count in this till's receipt numbers.
func (db *DB) Counter() (uint64, error) { return db.counter, nil }

// Receipts returns receipts whose number contains text, newest first. A limit
// of 0 is that of the list.
func (db *DB) Receipts(text string, limit int) ([]bridge.ReceiptRow, error) {
	if limit <= 0 || limit > receiptsMax {
		limit = receiptsMax
	}
	const columns = `SELECT id, number, type, state, at, total, count FROM receipt `
	rows := []bridge.ReceiptRow{}
	collect := func(r sqlite.Row) error {
		rows = append(rows, bridge.ReceiptRow{
			ID:     r.Text(0),
			Number: r.Text(1),
			Type:   receipt.Type(r.Text(2)),
			State:  receipt.State(r.Text(3)),
			At:     r.Int64(4),
			Total:  money.Amount(r.Int64(5)),
			Count:  r.Int(6),
		})
		return nil
	}
	var err error
	if text = strings.TrimSpace(text); text == "" {
		err = db.sql.Query(columns+`ORDER BY seq DESC LIMIT ?`, collect, limit)
	} else {
		err = db.sql.Query(columns+`WHERE instr(number, ?) > 0 ORDER BY seq DESC LIMIT ?`, collect, text, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("list receipts: %w", err)
	}
	return rows, nil
}

// Receipt returns the receipt id, or NotFound.
func (db *DB) Receipt(id string) (receipt.Receipt, error) {
	var raw []byte
	err := db.sql.Query(`SELECT bytes FROM fact WHERE seq = (SELECT seq FROM receipt WHERE id = ?)`, func(r sqlite.Row) error {
		raw = r.Blob(0)
		return nil
	}, id)
	if err != nil {
		return receipt.Receipt{}, fmt.Errorf("look up receipt %s: %w", id, err)
	}
	if raw == nil {
		return receipt.Receipt{}, errcode.New(errcode.NotFound, "localdb.Receipt", fmt.Errorf("receipt %s", id))
	}
	f, err := fact.Decode(raw)
	if err != nil {
		return receipt.Receipt{}, err
	}
	return fact.BodyOf[receipt.Receipt](f)
}

// Since calls each for the newest facts after seq, at most limit of them, in their order.
func (db *DB) Since(seq uint64, limit int, each func(fact.Fact) error) error {
	err := db.sql.Query(`SELECT bytes FROM (SELECT seq, bytes FROM fact WHERE seq > ? ORDER BY seq DESC LIMIT ?) ORDER BY seq`,
		func(r sqlite.Row) error {
			f, err := fact.Decode(r.Blob(0))
			if err != nil {
				return err
			}
			return each(f)
		}, int64(seq), limit)
	if err != nil {
		return fmt.Errorf("facts after %d: %w", seq, err)
	}
	return nil
}

// CountFailure counts a PIN attempt of employee ("" when it is nobody's yet) at
// time at (unix ms), durably and before the PIN is checked. It returns how many
// there have been, this one included. The fact SignedIn of that employee sets
// the count back to 0, and takes back this one attempt from that of nobody.
func (db *DB) CountFailure(employee string, at int64) (int, error) {
	count := 0
	err := db.sql.Write(func(tx *sqlite.Tx) error {
		return tx.Query(`INSERT INTO failure (employee, count, at) VALUES (?, 1, ?)
			ON CONFLICT (employee) DO UPDATE SET count = count + 1, at = excluded.at RETURNING count`, func(r sqlite.Row) error {
			count = r.Int(0)
			return nil
		}, employee, at)
	})
	if err == nil {
		err = db.sql.Query(`PRAGMA wal_checkpoint(TRUNCATE)`, func(sqlite.Row) error { return nil })
	}
	if err != nil {
		return count, fmt.Errorf("count PIN attempt: %w", err)
	}
	return count, nil
}

// Forgive takes n attempts off the count of nobody.
func (db *DB) Forgive(n int) error {
	return db.sql.Write(func(tx *sqlite.Tx) error {
		return tx.Exec(`UPDATE failure SET count = max(0, count - ?) WHERE employee = ''`, n)
	})
}

// Failures returns the count and the time (unix ms) of the last attempt.
func (db *DB) Failures(employee string) (count int, last int64, err error) {
	err = db.sql.Query(`SELECT count, at FROM failure WHERE employee = ?`, func(r sqlite.Row) error {
		count, last = r.Int(0), r.Int64(1)
		return nil
	}, employee)
	return count, last, err
}
