package warehouse

import (
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// rule is what is known of something that takes something off prices.
type rule struct {
	key int64
	segment.Rule
}

// readRules reads the rules that were given keys.
func readRules(q Querier) (map[string]rule, error) {
	rules := map[string]rule{}
	return rules, q.Query(`SELECT key, id, name_ru, name_en, marked FROM rule`, func(r sqlite.Row) error {
		known := rule{key: r.Int64(0), Rule: segment.Rule{ID: r.Text(1), Marked: r.Bool(4)}}
		known.Name.RU, known.Name.EN = r.Text(2), r.Text(3)
		rules[known.ID] = known
		return nil
	})
}

// rule returns the key of a rule and keeps what a receipt says of it.
func (k *keys) rule(tx *sqlite.Tx, said segment.Rule) (int64, error) {
	have, ok := k.rules[said.ID]
	said.Marked = said.Marked && (!ok || have.Marked)
	if said.Name.RU == "" && said.Name.EN == "" {
		said.Name = have.Name
	}
	switch {
	case ok && have.Rule == said:
		return have.key, nil
	case ok:
		set(k, k.rules, said.ID, rule{have.key, said})
		return have.key, tx.Exec(`UPDATE rule SET name_ru = ?, name_en = ?, marked = ? WHERE key = ?`,
			said.Name.RU, said.Name.EN, said.Marked, have.key)
	}
	key := int64(len(k.rules))
	set(k, k.rules, said.ID, rule{key, said})
	return key, tx.Exec(`INSERT INTO rule (key, id, name_ru, name_en, marked) VALUES (?, ?, ?, ?, ?)`,
		key, said.ID, said.Name.RU, said.Name.EN, said.Marked)
}

// cuts writes what took how much off a line and returns the part that a person
// gave by hand.
func (p *projection) cuts(e *entry, s *sale, l *receipt.Line, sign int64) (manual int64, err error) {
	for i, a := range l.Applied {
		if l.Voided || a.Amount == 0 {
			continue
		}
		said := segment.Rule{ID: a.Rule, Marked: l.Mark != ""}
		for _, saved := range s.Saved {
			if saved.Rule == a.Rule {
				said.Name = saved.Name
			}
		}
		key, err := p.keys.rule(p.tx, said)
		if err != nil {
			return 0, err
		}
		amount := sign * int64(a.Amount)
		if a.Rule == pricing.RuleManual || a.Rule == pricing.RuleReceipt {
			manual += amount
		}
		err = p.tx.Exec(`INSERT INTO receipt_cut (receipt, n, i, rule, amount) VALUES (?, ?, ?, ?, ?)`, e.pos, l.N, i+1, key, amount)
		if err != nil {
			return 0, err
		}
	}
	return manual, nil
}

// cancelled writes a receipt that was given up.
func (p *projection) cancelled(e *entry, till int64, r *receipt.Receipt) error {
	cashier, err := p.keys.employee(p.tx, r.Cashier, e.fact.Store)
	if err != nil {
		return err
	}
	day, ok := dayOf(r.Date)
	if !ok {
		e.err = quarantined(errcode.ClockWrong, "business date %q", r.Date)
		return p.quarantine(e)
	}
	p.touched[storeDay{e.fact.Store, day}] = true
	return p.tx.Exec(`INSERT INTO cancelled_receipt (pos, id, number, store, till, cashier, at, lines, total, reason, day, hour)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.pos, r.ID, r.Number, e.fact.Store, till, cashier, e.fact.At, len(r.Lines), int64(r.Total), r.Reason, int64(day),
		hourOf(e.fact.At, e.fact.Zone))
}
