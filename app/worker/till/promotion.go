package till

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// ruling is the promotions at the till. An open receipt keeps those of its
// first line: the customer saw prices made by them.
type ruling struct {
	version int64 // with which they changed last
	now     *pricing.Rules
	of      int64 // version of now, 0: none could be compiled since the start
	behind  bool  // the newest could not be compiled
	read    bool

	kept  *pricing.Rules // of the open receipt
	given bool           // the open receipt has them

	had map[string]map[string]int // what this till knows of uses: who → rule → times; nil before it was gathered
}

// readRules compiles the promotions when the reference data has other ones, and
// gives a receipt that was read from the draft those of its first line.
func (s *Session) readRules() error {
	version, err := refdata.RulesVersion(s.ref, s.book.cursor)
	if err != nil {
		return err
	}
	if !s.rules.read || version != s.rules.version {
		if err := s.compileRules(version); err != nil {
			return err
		}
	}
	if s.receipt != nil && !s.rules.given {
		return s.ruleReceipt()
	}
	return nil
}

// compileRules makes the promotions of a version those of now. When they can't be
// compiled, or read, those that counted last go on counting (none after a start):
// selling goes on, and everybody at the register sees why prices may be old.
func (s *Session) compileRules(version int64) error {
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
func (s *Session) rulesVersion() int64 {
	if s.rules.behind {
		return s.rules.of
	}
	return s.book.cursor
}

// ruleReceipt gives the open receipt the promotions that it was opened with. A
// copy of the reference data that came meanwhile may not know them any more:
// then those of now count from here on.
func (s *Session) ruleReceipt() error {
	from, err := refdata.RulesFrom(s.ref)
	if err != nil {
		return err
	}
	s.rules.kept = s.rules.now
	if s.receipt.Rules >= from {
		if kept, _, err := refdata.RulesAt(s.ref, s.receipt.Rules); err == nil {
			s.rules.kept = kept
		} else {
			s.log("promotions of the open receipt", err)
			s.receipt.Rules = s.rulesVersion()
		}
	} else {
		s.receipt.Rules = s.rulesVersion()
	}
	s.receipt.UseRules(s.rules.kept, nil)
	s.rules.given = true
	return nil
}

// trimRules forgets promotions that nothing here needs any more.
func (s *Session) trimRules(tx *sqlite.Tx, changed bool, cursor int64) error {
	if !changed {
		return nil
	}
	if s.receipt != nil {
		cursor = min(cursor, s.receipt.Rules)
	}
	for _, row := range s.lot.own {
		if row.Rules > 0 && row.Date == s.date(s.opt.Now()) {
			cursor = min(cursor, row.Rules)
		}
	}
	return refdata.TrimRules(tx, cursor)
}

// hadBy says how often somebody has had promotions, as far as is known here:
// what the server told, and what this till sold since.
func (s *Session) hadBy(who string) (map[string]int, error) {
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
func (s *Session) gatherHad() error {
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
func (s *Session) noteHad(r *receipt.Receipt) {
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

// Explain says why line N costs what it costs: every promotion, whether it won,
// and if not, why.
func (s *Session) Explain(_ context.Context, q bridge.LineRef) (bridge.Why, error) {
	const op = "till.Explain"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Why{}, err
	}
	if s.receipt == nil {
		return bridge.Why{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	why := bridge.Why{Number: s.receipt.Number, Rules: []bridge.Tried{}}
	for i := range s.receipt.Lines {
		if s.receipt.Lines[i].N == q.N {
			why.Line = s.receipt.Lines[i]
		}
	}
	if why.Line.N == 0 {
		return bridge.Why{}, errcode.New(errcode.NoLine, op, nil)
	}
	why.Prices = s.prices(q.N)
	for _, v := range s.receipt.Explain() {
		if s.receipt.Wants(v.Rule, q.N) {
			why.Rules = append(why.Rules, s.tried(why.Line, v))
		} else {
			why.Others++
		}
	}
	return why, nil
}

// tried is a verdict as it concerns one line.
func (s *Session) tried(line receipt.Line, v pricing.Verdict) bridge.Tried {
	rule, _ := s.receipt.Promotion(v.Rule)
	t := bridge.Tried{
		Rule: v.Rule, Version: rule.Version, Name: rule.Name, Why: v.Why, By: s.ruleName(v.By),
		Missing: v.Missing, Priority: rule.Priority,
	}
	for _, a := range line.Applied {
		if a.Rule == v.Rule {
			t.Amount = a.Amount
		}
	}
	if t.Why == pricing.WhyApplied && t.Amount == 0 {
		t.Why, t.By = pricing.WhyLost, catalogue.Text{}
		if len(line.Applied) > 0 {
			t.By = s.ruleName(line.Applied[0].Rule)
		}
		t.Elsewhere = len(line.Applied) == 0
	}
	return t
}

func (s *Session) ruleName(id string) catalogue.Text {
	rule, _ := s.receipt.Promotion(id)
	return rule.Name
}

// Limits of what a cashier is told unasked.
const (
	promptLines = 60 // beyond, explaining at every scan takes too long
	promptsMax  = 2
	nearPieces  = 1
	nearPart    = 4 // a threshold is near when a quarter of it is missing at most
)

// prompts are the promotions that are nearly reached: one more and it is free.
func (s *Session) prompts() []bridge.Prompt {
	r := s.receipt
	if r == nil || r.Promotions() == 0 || r.Count() == 0 || r.Count() > promptLines {
		return nil
	}
	var list []bridge.Prompt
	for _, v := range r.Explain() {
		rule, known := r.Promotion(v.Rule)
		if !known || len(list) == promptsMax {
			break
		}
		switch {
		case v.Why == pricing.WhyCount && v.Missing > 0 && v.Missing <= nearPieces:
			p := promptOf(rule, v)
			p.Pieces = v.Missing
			list = append(list, p)
		case (v.Why == pricing.WhySum || v.Why == pricing.WhyApplied && rule.Kind == pricing.ReceiptRule) && v.Missing > 0 && near(rule, v.Missing):
			p := promptOf(rule, v)
			p.Sum = v.Missing
			list = append(list, p)
		}
	}
	return list
}

// promptOf says what a rule gives when what it lacks is there.
func promptOf(rule pricing.Rule, v pricing.Verdict) bridge.Prompt {
	p := bridge.Prompt{Rule: rule.ID, Name: rule.Name, Kind: rule.Kind, Off: rule.Off}
	switch rule.Kind {
	case pricing.MultiRule:
		p.Of, p.Get = rule.Buy+rule.Get, rule.Get
	case pricing.GiftRule:
		p.Get = rule.Count
	case pricing.ReceiptRule:
		p.Off = rule.Steps[v.Next].Off
	}
	if p.Off == (pricing.Off{}) {
		p.Off.BP = 10000 // free, when a rule does not say otherwise
	}
	return p
}

// near reports whether a rule on a sum lacks little.
func near(rule pricing.Rule, missing int64) bool {
	from := int64(rule.From)
	for _, step := range rule.Steps {
		if from = int64(step.From); from >= missing*nearPart {
			return true
		}
	}
	return from >= missing*nearPart
}
