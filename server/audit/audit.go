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
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"tillsight/server/follow"
	"tillsight/shared/fact"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Name of the follower.
const Name = "audit"

const (
	batchMax = 1000           // facts looked at in one transaction
	slack    = 10 * 60 * 1000 // ms that a till's clock may be off
	cacheMax = 16             // versions of the rules kept compiled
)

// Journal is where the facts come from.
type Journal interface {
	follow.Journal
	// ReceiptAt returns where the first fact of a receipt stands, 0 when there is none.
	ReceiptAt(id string) (pos int64, err error)
}

// Auditor looks receipts through.
type Auditor struct {
	*follow.Reader
	journal Journal
	feed    follow.Feed
	rules   map[int64]*pricing.Rules // by the version with which they changed
}

// Open returns the auditor that keeps its findings in the feed's file.
func Open(j Journal, f follow.Feed, now func() time.Time) (*Auditor, error) {
	a := &Auditor{journal: j, feed: f, rules: map[int64]*pricing.Rules{}}
	var err error
	a.Reader, err = follow.Open(j, f, now, follow.Follower{
		Name: Name, Kinds: audited.Kinds(), Limit: batchMax,
		Take: func(tx *sqlite.Tx, e follow.Entry) error { return follow.Take(audited, look{a, tx, e.Pos}, e) },
	}, Migrations)
	return a, err
}

// look is one fact being looked at.
type look struct {
	*Auditor
	tx  *sqlite.Tx
	pos int64
}

// audited says what is looked at.
var audited = func() fact.Table[look] {
	t := fact.Table[look]{}
	fact.On(t, fact.SaleRegistered, look.sale)
	fact.On(t, fact.ReturnRegistered, look.back)
	fact.On(t, fact.ReceiptRecalled, look.recall)
	fact.Ignore(t, "no money has changed hands", fact.ReceiptCancelled, fact.ReceiptParked, fact.ParkedTaken)
	fact.Ignore(t, "the drawer is the shift report's", fact.ShiftOpened, fact.ShiftClosed, fact.CashMoved)
	fact.Ignore(t, "nothing was sold", fact.SignedIn, fact.SignInRefused, fact.CustomerEnrolled, fact.FactLost)
	return t
}()

// entry is a receipt to look at.
type entry struct {
	pos  int64
	fact fact.Fact
	*receipt.Receipt
}

// sale checks one receipt. What it says of itself is not believed: what can't be
// checked is an alarm.
func (l look) sale(f fact.Fact, r *receipt.Receipt) error {
	e := &entry{l.pos, f, r}
	if err := e.checkGivers(l.tx); err != nil {
		return err
	}
	if err := e.checkTimes(l.tx); err != nil {
		return err
	}
	newest, err := refdata.Cursor(l.tx)
	if err != nil {
		return err
	}
	if e.Rules <= 0 || e.Rules > newest {
		return e.alarm(l.tx, wire.AlarmRules, 0, "", e.Rules, newest)
	}
	if err := e.checkRules(l.tx); err != nil {
		return err
	}
	rules, err := l.rulesAt(l.tx, e.Rules)
	if err != nil {
		return err
	}
	wrong, times := e.Check(rules)
	for _, want := range wrong {
		have := e.line(want.N)
		if err := e.alarm(l.tx, wire.AlarmRule, want.N, have.Name.RU, int64(have.Net), int64(want.Net)); err != nil {
			return err
		}
	}
	if err := e.checkPrices(l.tx, rules); err != nil {
		return err
	}
	return e.count(l.tx, rules, times)
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
	done := map[string]bool{}
	for _, saved := range e.Saved {
		if done[saved.Rule] {
			continue // said twice, it took its coupons once
		}
		done[saved.Rule] = true
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
				if err := e.alarm(tx, wire.AlarmCoupon, 0, code, int64(saved.Amount), 0); err != nil {
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
func (a *Auditor) Alarms(who scope.Scope, limit int) ([]wire.Alarm, error) {
	list := []wire.Alarm{}
	stores, err := json.Marshal(append([]string{}, who.Stores()...))
	if err != nil {
		return nil, err
	}
	err = a.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT reason, at, store, till, receipt, number, line, name, found, expected
			FROM price_alarm
			WHERE ?1 OR store IN (SELECT value FROM json_each(?2))
			ORDER BY pos DESC, line, reason LIMIT ?3`, func(r sqlite.Row) error {
			list = append(list, wire.Alarm{
				Reason: r.Text(0), At: r.Int64(1), Store: r.Text(2), Till: r.Int(3), Receipt: r.Text(4), Number: r.Text(5),
				Line: r.Int(6), Name: r.Text(7), Found: r.Int64(8), Expected: r.Int64(9),
			})
			return nil
		}, who.Whole(), string(stores), limit)
	})
	return list, err
}
