// Package audit prices every arriving receipt again, by the promotions and
// prices that its till had, counts what customers used up, and notices a parked
// receipt that went on at two tills.
//
// A difference of a minor unit raises an alarm for a person; the fact is kept
// and counted, because money has changed hands. The counts go back to the tills
// with the feed. Alarms, counts and the place in the journal change in one
// transaction of reference.db, so nothing is counted twice.
package audit

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tillsight/server/follow"
	"tillsight/shared/fact"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

const (
	batchMax = 1000           // facts looked at in one transaction
	slack    = 10 * 60 * 1000 // ms that a till's clock may be off
	cacheMax = 16             // versions of the rules kept compiled
)

// Auditor looks receipts through.
type Auditor struct {
	journal follow.Journal
	feed    follow.Feed
	rules   map[int64]*pricing.Rules // by the version with which they changed
}

// Open returns the auditor that keeps its findings in the feed's file.
func Open(j follow.Journal, f follow.Feed) (*Auditor, error) {
	if err := f.Migrate(Migrations); err != nil {
		return nil, fmt.Errorf("open audit: %w", err)
	}
	if err := follow.Back(j, f, "audited"); err != nil {
		return nil, fmt.Errorf("open audit: %w", err)
	}
	return &Auditor{journal: j, feed: f, rules: map[int64]*pricing.Rules{}}, nil
}

// Run follows the journal until ctx ends. failed hears what went wrong; it is
// tried again.
func (a *Auditor) Run(ctx context.Context, failed func(error)) {
	follow.Run(ctx, a.journal, a.Look, failed)
}

// entry is a receipt to look at.
type entry struct {
	pos  int64
	fact fact.Fact
	receipt.Receipt
}

// Look looks through the next facts, at most one batch, and returns how many
// there were.
func (a *Auditor) Look(ctx context.Context) (int, error) {
	after, err := a.position()
	if err != nil {
		return 0, err
	}
	var list []entry
	var recalls []recall
	n, last := 0, after
	err = a.journal.Read(ctx, after, batchMax, func(pos int64, raw []byte) error {
		n, last = n+1, pos
		if e, ok := read(pos, raw); ok {
			list = append(list, e)
		} else if r, ok := readRecall(pos, raw); ok {
			recalls = append(recalls, r)
		}
		return nil
	})
	if err != nil || n == 0 {
		return 0, err
	}
	_, err = a.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		for i := range list {
			if err := a.look(tx, &list[i]); err != nil {
				return 0, fmt.Errorf("fact at position %d: %w", list[i].pos, err)
			}
		}
		for _, r := range recalls {
			if err := a.lookRecall(tx, r); err != nil {
				return 0, fmt.Errorf("fact at position %d: %w", r.pos, err)
			}
		}
		if err := tx.Exec(`INSERT OR REPLACE INTO audited (id, pos) VALUES (1, ?)`, last); err != nil {
			return 0, err
		}
		return refdata.Cursor(tx)
	})
	if err != nil {
		return 0, fmt.Errorf("audit receipts: %w", err)
	}
	return n, nil
}

// position returns up to where the journal was looked through.
func (a *Auditor) position() (pos int64, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT pos FROM audited`, func(r sqlite.Row) error {
			pos = r.Int64(0)
			return nil
		})
	})
	return pos, err
}

// read decodes a sale that names the rules it was priced by. What does not make
// sense by itself is the warehouse's to quarantine.
func read(pos int64, raw []byte) (entry, bool) {
	if !bytes.Contains(raw, []byte(`"rules":`)) {
		return entry{}, false
	}
	f, err := fact.Decode(raw)
	if err != nil || f.Kind != fact.SaleRegistered {
		return entry{}, false
	}
	r, err := fact.BodyOf[receipt.Receipt](f)
	if err != nil || r.Rules <= 0 || r.State != receipt.Paid || r.Verify() != nil {
		return entry{}, false
	}
	return entry{pos, f, r}, true
}

// look checks one receipt.
func (a *Auditor) look(tx *sqlite.Tx, e *entry) error {
	newest, err := refdata.Cursor(tx)
	if err != nil || e.Rules > newest {
		return err // of a server that was restored from before
	}
	rules, err := a.rulesAt(tx, e.Rules)
	if err != nil {
		return err
	}
	wrong, times := e.Check(rules)
	for _, want := range wrong {
		have := e.line(want.N)
		if err := e.alarm(tx, syncproto.AlarmRule, want.N, have.Name.RU, int64(have.Net), int64(want.Net)); err != nil {
			return err
		}
	}
	if err := e.checkPrices(tx, rules); err != nil {
		return err
	}
	return e.count(tx, rules, times)
}

func (e *entry) line(n int) receipt.Line {
	for i := range e.Lines {
		if e.Lines[i].N == n {
			return e.Lines[i]
		}
	}
	return receipt.Line{}
}

// rulesAt returns the compiled rules of a version.
func (a *Auditor) rulesAt(tx *sqlite.Tx, version int64) (*pricing.Rules, error) {
	changed, err := refdata.RulesVersion(tx, version)
	if err != nil {
		return nil, err
	}
	if rules, ok := a.rules[changed]; ok {
		return rules, nil
	}
	rules, _, err := refdata.RulesAt(tx, changed)
	if err != nil {
		return nil, err
	}
	if len(a.rules) >= cacheMax {
		clear(a.rules)
	}
	a.rules[changed] = rules
	return rules, nil
}

// count adds what was used up to what tills are told.
func (e *entry) count(tx *sqlite.Tx, rules *pricing.Rules, times map[string]int) error {
	who := e.Customer
	if who == "" {
		who = e.Card
	}
	var rows []refdata.Row
	for _, id := range slices.Sorted(maps.Keys(times)) {
		rule, _ := rules.Find(id)
		if rule.LimitCustomer > 0 && countable(who) {
			if err := e.countUse(tx, &rows, who, rule, times[id], rule.LimitCustomer); err != nil {
				return err
			}
		}
		if rule.LimitTotal > 0 {
			if err := e.countUse(tx, &rows, everybody, rule, times[id], rule.LimitTotal); err != nil {
				return err
			}
		}
	}
	for _, saved := range e.Saved {
		rule, _ := rules.Find(saved.Rule)
		for _, code := range rule.Coupon.Taken(e.Coupons) {
			if !countable(code) {
				continue
			}
			before, err := use(tx, &rows, code, rule.ID, 1)
			if err != nil {
				return err
			}
			if before > 0 {
				if err := e.alarm(tx, syncproto.AlarmCoupon, 0, code, int64(saved.Amount), 0); err != nil {
					return err
				}
			}
		}
	}
	_, err := refdata.Put(tx, rows)
	return err
}

// countable reports whether uses can be counted for who, a customer, card or coupon.
func countable(who string) bool {
	return who != "" && who != everybody && len(who) <= 64 && !strings.ContainsAny(who, "/\x00\n")
}

func (e *entry) alarm(tx *sqlite.Tx, reason string, line int, name string, found, expected int64) error {
	return tx.Exec(`INSERT OR REPLACE INTO price_alarm
		(pos, line, reason, at, store, till, receipt, number, name, found, expected)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.pos, line, reason, e.Closed, e.fact.Store, e.fact.Till, e.ID, e.Number, name, found, expected)
}

// Count returns how many alarms there are.
func (a *Auditor) Count() (n int64, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT count(*) FROM price_alarm`, func(r sqlite.Row) error {
			n = r.Int64(0)
			return nil
		})
	})
	return n, err
}

// Alarms returns the newest alarms.
func (a *Auditor) Alarms(limit int) ([]syncproto.Alarm, error) {
	list := []syncproto.Alarm{}
	err := a.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT reason, at, store, till, receipt, number, line, name, found, expected
			FROM price_alarm ORDER BY pos DESC, line, reason LIMIT ?`, func(r sqlite.Row) error {
			list = append(list, syncproto.Alarm{
				Reason: r.Text(0), At: r.Int64(1), Store: r.Text(2), Till: r.Int(3), Receipt: r.Text(4), Number: r.Text(5),
				Line: r.Int(6), Name: r.Text(7), Found: r.Int64(8), Expected: r.Int64(9),
			})
			return nil
		}, limit)
	})
	return list, err
}
