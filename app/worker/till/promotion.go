package till

import (
	"fmt"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// ruling is the promotions at the till. An open receipt keeps those of its
// first line: the customer saw prices made by them.
type ruling struct {
	version int64 // with which they changed last
	now     *pricing.Rules
	of      int64 // version of now, 0: none could be compiled since the start
	behind  bool  // the newest could not be compiled
	read    bool

	had map[string]map[string]int // what this till knows of uses: who → rule → times; nil before it was gathered
}

// readRules compiles the promotions when the reference data has other ones.
func (s *reference) readRules() error {
	version, err := refdata.RulesVersion(s.ref, s.book.cursor)
	if err != nil {
		return err
	}
	if !s.rules.read || version != s.rules.version {
		if err := s.compileRules(version); err != nil {
			return err
		}
	}
	return nil
}

// compileRules makes the promotions of a version those of now. When they can't be
// compiled, or read, those that counted last go on counting (none after a start):
// selling goes on, and everybody at the register sees why prices may be old.
func (s *reference) compileRules(version int64) error {
	rules, dropped, err := refdata.RulesAt(s.ref, version)
	if err != nil {
		s.log("compile promotions", err)
		s.notice(errcode.New(errcode.RulesKept, "till.promotions", err))
		if s.rules.now == nil {
			if s.rules.now, err = pricing.Compile(pricing.Set{}, nil); err != nil {
				return err
			}
		}
		s.rules.version, s.rules.read, s.rules.behind = version, true, true
		return nil
	}
	s.unnotice(errcode.RulesKept)
	if dropped > 0 {
		why := errcode.New(errcode.RulesKept, "till.promotions", fmt.Errorf("%d are not understood", dropped))
		s.log("read promotions", why)
		s.notice(why)
	}
	s.rules.version, s.rules.now, s.rules.read = version, rules, true
	s.rules.of, s.rules.behind = version, false
	return nil
}

// rulesVersion is the version of the reference data whose promotions count now.
func (s *reference) rulesVersion() int64 {
	if s.rules.behind {
		return s.rules.of
	}
	return s.book.cursor
}

// hadBy says how often somebody has had promotions, as far as is known here:
// what the server told, and what this till sold since.
func (s *reference) hadBy(who string) (map[string]int, error) {
	used, err := refdata.UsedBy(s.ref, who)
	if err != nil {
		return nil, err
	}
	if s.rules.had == nil {
		if err := s.gatherHad(); err != nil {
			return nil, err
		}
	}
	for rule, times := range s.rules.had[who] {
		if used == nil {
			used = map[string]int{}
		}
		used[rule] = max(used[rule], times)
	}
	return used, nil
}

// hadReceipts is how many of the newest receipts are asked what customers had:
// the server has told of the others.
const hadReceipts = 200

// gatherHad reads after a start what this till sold before it.
func (s *reference) gatherHad() error {
	s.rules.had = map[string]map[string]int{}
	if s.rules.now.Len() == 0 {
		return nil
	}
	if err := s.settle(); err != nil {
		return err
	}
	rows, err := s.db.Receipts("", hadReceipts)
	if err != nil {
		return err
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].State != receipt.Paid {
			continue
		}
		r, err := s.db.Receipt(rows[i].ID)
		if err != nil {
			return err
		}
		s.noteHad(&r)
	}
	return nil
}

// noteHad counts the promotions of a paid receipt.
func (s *reference) noteHad(r *receipt.Receipt) {
	if s.rules.had == nil || r.Type != receipt.Sale {
		return // gathered when it is asked for
	}
	note := func(who, rule string, times int) {
		if s.rules.had[who] == nil {
			s.rules.had[who] = map[string]int{}
		}
		s.rules.had[who][rule] = max(s.rules.had[who][rule], times)
	}
	before := map[string]int{}
	for _, u := range r.Used {
		before[u.Rule] = u.Times
	}
	who, totals := lookup.Holder(r.Card, r.Customer), map[string]int{}
	for _, u := range r.Totals {
		totals[u.Rule] = u.Times
	}
	for _, saved := range r.Saved {
		if who != "" && saved.Times > 0 {
			note(who, saved.Rule, before[saved.Rule]+saved.Times)
		}
		if saved.Times > 0 {
			note(everybody, saved.Rule, totals[saved.Rule]+saved.Times)
		}
		for _, code := range saved.Coupons {
			note(code, saved.Rule, 1)
		}
	}
}

// totals says how often promotions that are limited in all have been had, as
// far as is known here: a till that is offline knows what it was last told and
// what it sold since.
func (s *reference) totals() ([]receipt.Used, error) {
	limited := s.rules.now.Limited()
	if len(limited) == 0 {
		return nil, nil
	}
	had, err := s.hadBy(everybody)
	if err != nil {
		return nil, err
	}
	var list []receipt.Used
	for _, rule := range limited {
		if had[rule] > 0 {
			list = append(list, receipt.Used{Rule: rule, Times: had[rule]})
		}
	}
	return list, nil
}
