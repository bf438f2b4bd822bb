package localdb

import (
	"encoding/json"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/sqlite"
)

// park notes a receipt that was set aside.
func (s step) park(f fact.Fact, p *parking.Parking) error {
	if p.ID == "" {
		return nil
	}
	row, err := json.Marshal(ParkedRow(p))
	if err != nil {
		return errcode.New(errcode.Internal, "localdb.park", err)
	}
	s.db.counter = max(s.db.counter, countOf(p.Receipt.Number))
	return s.tx.Exec(`INSERT INTO parked (id, seq, receipt, row) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		p.ID, f.Seq, p.Receipt.ID, string(row))
}

func (s step) recall(f fact.Fact, r *parking.Recall) error {
	return unpark(s.tx, r.Parking, f.Seq, r.Number, f.Till)
}

func (s step) taken(f fact.Fact, t *parking.Taken) error {
	return unpark(s.tx, t.Parking, f.Seq, "", t.Till)
}

func unpark(tx *sqlite.Tx, id string, seq uint64, number string, till int) error {
	err := tx.Exec(`INSERT INTO recalled (id, seq, number, till)
		VALUES (?1, ?2, coalesce(nullif(?3, ''), (SELECT json_extract(row, '$.number') FROM parked WHERE id = ?1), ''), ?4)
		ON CONFLICT DO NOTHING`, id, seq, number, till)
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM parked WHERE id = ?`, id)
}

// parkEarlier takes in what earlier shifts, up to fact last, have left parked.
func (db *DB) parkEarlier(tx *sqlite.Tx, facts []numbered, last uint64) error {
	for _, n := range facts {
		if n.fact.Seq > last {
			break
		}
		if err := tx.Exec(`INSERT INTO fact (seq, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING`, n.fact.Seq, n.raw); err != nil {
			return err
		}
		if err := db.project(tx, n.fact); err != nil {
			return err
		}
	}
	return nil
}

// ParkedRow is how a list shows a receipt parked at this till.
func ParkedRow(p *parking.Parking) bridge.ParkedRow {
	r := &p.Receipt
	return bridge.ParkedRow{
		ID: p.ID, Number: r.Number, At: p.At, Date: r.Date, Count: r.Count(), Total: r.Total,
		By: p.Name, Note: p.Note, Name: p.Holder, Till: p.Till, Own: true, Rules: r.Rules,
	}
}

// ParkedRows lists what waits here, newest first.
func (db *DB) ParkedRows() ([]bridge.ParkedRow, error) {
	rows := []bridge.ParkedRow{}
	err := db.sql.Query(`SELECT row FROM parked ORDER BY seq DESC`, func(r sqlite.Row) error {
		var row bridge.ParkedRow
		if err := json.Unmarshal([]byte(r.Text(0)), &row); err != nil {
			return errcode.New(errcode.DBDamaged, "localdb.ParkedRows", err)
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list parked receipts: %w", err)
	}
	return rows, nil
}

// Parked returns what was parked here as id and waits, or NotFound.
func (db *DB) Parked(id string) (parking.Parking, error) {
	return db.parked(`SELECT bytes FROM fact WHERE seq = (SELECT seq FROM parked WHERE id = ?)`, id)
}

// ParkedReceipt returns the parking that receipt id waits in, or NotFound.
func (db *DB) ParkedReceipt(id string) (parking.Parking, error) {
	return db.parked(`SELECT bytes FROM fact WHERE seq = (SELECT max(seq) FROM parked WHERE receipt = ?)`, id)
}

func (db *DB) parked(query, id string) (parking.Parking, error) {
	var raw []byte
	err := db.sql.Query(query, func(r sqlite.Row) error {
		raw = r.Blob(0)
		return nil
	}, id)
	if err != nil {
		return parking.Parking{}, fmt.Errorf("look up parked receipt %s: %w", id, err)
	}
	if raw == nil {
		return parking.Parking{}, errcode.New(errcode.NotFound, "localdb.Parked", fmt.Errorf("parked %s", id))
	}
	f, err := fact.Decode(raw)
	if err != nil {
		return parking.Parking{}, err
	}
	return fact.BodyOf[parking.Parking](f)
}

// Recalled says what became of a parking that waits no longer; ok is false
// when nothing is known of it here.
func (db *DB) Recalled(id string) (number string, till int, ok bool, err error) {
	err = db.sql.Query(`SELECT number, till FROM recalled WHERE id = ?`, func(r sqlite.Row) error {
		number, till, ok = r.Text(0), r.Int(1), true
		return nil
	}, id)
	if err != nil {
		err = fmt.Errorf("look up recalled receipt %s: %w", id, err)
	}
	return number, till, ok, err
}
