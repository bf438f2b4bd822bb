package audit

import (
	"bytes"

	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
)

// recall is a parked receipt that goes on at a till.
type recall struct {
	pos  int64
	fact fact.Fact
	parking.Recall
}

// readRecall decodes a fact that says so.
func readRecall(pos int64, raw []byte) (recall, bool) {
	if !bytes.Contains(raw, []byte(`"kind":"ReceiptRecalled"`)) {
		return recall{}, false
	}
	f, err := fact.Decode(raw)
	if err != nil || f.Kind != fact.ReceiptRecalled {
		return recall{}, false
	}
	r, err := fact.BodyOf[parking.Recall](f)
	return recall{pos, f, r}, err == nil && r.Parking != ""
}

// lookRecall raises an alarm when the receipt had been recalled before: two
// tills that could not ask anybody have read the same slip. Both sales count,
// since money has changed hands.
func (a *Auditor) lookRecall(tx *sqlite.Tx, r recall) error {
	var first int64
	till := 0
	err := tx.Query(`INSERT INTO recalled_first (parking, pos, till) VALUES (?, ?, ?)
		ON CONFLICT (parking) DO UPDATE SET pos = pos RETURNING pos, till`, func(row sqlite.Row) error {
		first, till = row.Int64(0), row.Int(1)
		return nil
	}, r.Parking, r.pos, r.fact.Till)
	if err != nil || first == r.pos {
		return err
	}
	return tx.Exec(`INSERT OR REPLACE INTO price_alarm
		(pos, line, reason, at, store, till, receipt, number, name, found, expected)
		VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.pos, syncproto.AlarmRecall, r.At, r.fact.Store, r.fact.Till, r.Receipt, r.As, r.Number, r.fact.Till, till)
}
