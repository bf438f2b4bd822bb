package audit

import (
	"strings"
	"time"

	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/office"
)

// back checks a return: it names a sale that is known.
func (l look) back(f fact.Fact, r *receipt.Receipt) error {
	e := &entry{l.pos, f, r}
	if err := e.checkGivers(l.tx); err != nil {
		return err
	}
	at := int64(0)
	if r.Original != "" {
		var err error
		if at, err = l.journal.ReceiptAt(r.Original); err != nil {
			return err
		}
	}
	if at != 0 && at < l.pos {
		return nil
	}
	return e.alarm(l.tx, wire.AlarmReturn, 0, r.Original, int64(r.Total), 0)
}

// checkRules finds a register that goes back to older rules than it has sold by:
// a receipt that was opened later was priced by an earlier version.
func (e *entry) checkRules(tx *sqlite.Tx) error {
	var rules, opened int64
	err := tx.Query(`SELECT rules, opened FROM audit_rules WHERE device = ? AND epoch = ?`, func(r sqlite.Row) error {
		rules, opened = r.Int64(0), r.Int64(1)
		return nil
	}, e.fact.Device, int64(e.fact.Epoch))
	switch {
	case err != nil:
		return err
	case e.Rules < rules && e.Opened >= opened:
		return e.alarm(tx, wire.AlarmRules, 0, "", e.Rules, rules)
	case e.Rules <= rules:
		return nil
	}
	return tx.Exec(`INSERT OR REPLACE INTO audit_rules (device, epoch, rules, opened) VALUES (?, ?, ?, ?)`,
		e.fact.Device, int64(e.fact.Epoch), e.Rules, e.Opened)
}

// checkTimes finds lines that were scanned while the receipt was not open. One
// that was parked may have lines of before.
func (e *entry) checkTimes(tx *sqlite.Tx) error {
	from := e.Opened - slack
	if e.Parked != "" {
		from = e.Opened - parkedMax.Milliseconds()
	}
	for i := range e.Lines {
		l := &e.Lines[i]
		if l.Voided || from <= l.At && l.At <= e.Closed+slack {
			continue
		}
		if err := e.alarm(tx, wire.AlarmTime, l.N, l.Name.RU, int64(l.Net), int64(l.Net)); err != nil {
			return err
		}
	}
	return nil
}

// parkedMax is how long a parked receipt is good for: its slip for a day, and the
// night.
const parkedMax = 48 * time.Hour

// checkGivers asks of every discount by hand who gave it, and whether they may give
// that much.
func (e *entry) checkGivers(tx *sqlite.Tx) error {
	for i := range e.Lines {
		l := &e.Lines[i]
		var off money.Amount
		for _, a := range l.Applied {
			if a.Rule == pricing.RuleManual || a.Rule == pricing.RuleReceipt {
				off += a.Amount
			}
		}
		if off == 0 {
			continue
		}
		limit, known := int64(0), true
		for _, a := range l.Applied {
			given := l.Manual
			switch a.Rule {
			case pricing.RuleReceipt:
				given = e.Manual
			case pricing.RuleManual:
			default:
				continue
			}
			most, ok, err := mayGive(tx, given.By, e.fact.Store)
			if err != nil {
				return err
			}
			limit, known = max(limit, most), known && ok && given.Given()
		}
		reason, most := wire.AlarmGiver, money.Amount(0)
		if known {
			reason, most = wire.AlarmManual, l.Gross.Percent(limit)+1 // a receipt's discount is rounded over its lines
			if off <= most {
				continue
			}
		}
		if err := e.alarm(tx, reason, l.N, l.Name.RU, int64(l.Gross-off), int64(l.Gross-most)); err != nil {
			return err
		}
	}
	return nil
}

// mayGive returns the highest share that an employee may take off by hand in a
// store, in basis points. ok is false when nobody of that name may.
func mayGive(tx *sqlite.Tx, id, store string) (limit int64, ok bool, err error) {
	if id == "" || strings.ContainsAny(id, "/\x00\n") {
		return 0, false, nil
	}
	e, found, err := refdata.EmployeeByID(tx, id)
	if err != nil || !found || e.Store != "" && e.Store != store || !e.May(staff.Discount) {
		return 0, false, err
	}
	if e.DiscountBP == 0 {
		return 10000, true, nil
	}
	return e.DiscountBP, true, nil
}

// labelBP is how far the sum on a label may be from price and quantity: labels are
// printed before prices change.
const labelBP = 3000

// wrongLabel returns what a labelled package should cost when its sum is far from
// that.
func wrongLabel(l *receipt.Line) *difference {
	want := l.Quantity.Cost(l.Shelf())
	if l.LabelSum == 0 || (l.LabelSum-want).Abs() <= max(want.Percent(labelBP), 100) {
		return nil
	}
	return &difference{int64(l.LabelSum), int64(want)}
}
