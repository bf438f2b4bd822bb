package audit

import (
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// recall raises an alarm when the receipt had been recalled before: two tills that
// could not ask anybody have read the same slip. Both sales count, since money has
// changed hands.
func (l look) recall(f fact.Fact, r *parking.Recall) error {
	var first int64
	till := 0
	err := l.tx.Query(`INSERT INTO recalled_first (parking, pos, till) VALUES (?, ?, ?)
		ON CONFLICT (parking) DO UPDATE SET pos = pos RETURNING pos, till`, func(row sqlite.Row) error {
		first, till = row.Int64(0), row.Int(1)
		return nil
	}, r.Parking, l.pos, f.Till)
	if err != nil || first == l.pos {
		return err
	}
	return l.tx.Exec(`INSERT OR REPLACE INTO price_alarm
		(pos, line, reason, at, store, till, receipt, number, name, found, expected)
		VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.pos, wire.AlarmRecall, r.At, f.Store, f.Till, r.Receipt, r.As, r.Number, f.Till, till)
}
