package audit

import (
	"context"
	"slices"
	"time"

	"tillsight/server/follow"
	"tillsight/shared/fact"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// Limits of a simulation.
const (
	simulatedDays     = 31
	simulatedReceipts = 200_000
	simulatedStep     = 5000 // facts read at a time, from the newest back
)

// Simulate prices the receipts of the last days once with the promotions that
// run now and once with a draft beside them. The draft's dates are left aside,
// its days and hours are not. Only receipts of
// stores that who sees count.
func (a *Auditor) Simulate(ctx context.Context, draft pricing.Rule, days int, now time.Time, who scope.Scope) (wire.Simulated, error) {
	days = min(max(days, 1), simulatedDays)
	out := wire.Simulated{To: now.UTC().Format(time.DateOnly), From: now.UTC().AddDate(0, 0, 1-days).Format(time.DateOnly)}
	s := simulation{out: &out, customers: map[string]bool{}, days: map[string]*wire.SimulatedDay{}, draft: draft.ID}
	err := a.feed.View(func(q refdata.Querier) (err error) {
		s.before, s.after, err = bothRules(q, draft)
		return err
	})
	if err != nil {
		return out, err
	}
	err = a.eachSale(ctx, out.From, func(f fact.Fact, r *receipt.Receipt) {
		if r.Date >= out.From && r.Date <= out.To && who.Sees(f.Store) {
			s.replay(f, r)
		}
	})
	s.finish(days, now)
	return out, err
}

// bothRules compiles the rules of now without and with the draft.
func bothRules(q refdata.Querier, draft pricing.Rule) (before, after *pricing.Rules, err error) {
	promotions, err := refdata.AllPromotions(q)
	if err != nil {
		return nil, nil, err
	}
	tree, err := refdata.AllCategories(q)
	if err != nil {
		return nil, nil, err
	}
	never, err := refdata.NeverGoods(q)
	if err != nil {
		return nil, nil, err
	}
	set := pricing.Set{Never: never}
	lists, err := refdata.AllPriceLists(q)
	if err != nil {
		return nil, nil, err
	}
	for _, l := range lists {
		if !l.Stopped {
			set.Lists = append(set.Lists, l.List)
		}
	}
	regulations, err := refdata.AllRegulations(q)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range regulations {
		if !g.Stopped {
			set.Regulations = append(set.Regulations, g.Regulation)
		}
	}
	for _, p := range promotions {
		if !p.Stopped && p.Rule.ID != draft.ID {
			set.Rules = append(set.Rules, p.Rule)
		}
	}
	if before, err = pricing.Compile(set, tree); err != nil {
		return nil, nil, err
	}
	draft.When.From, draft.When.Until = "", ""
	set.Rules = append(slices.Clone(set.Rules), draft)
	after, err = pricing.Compile(set, tree)
	return before, after, err
}

// eachSale calls f for the sales of the journal from the newest back, until
// those of a step are all from before the date.
func (a *Auditor) eachSale(ctx context.Context, from string, f func(fact.Fact, *receipt.Receipt)) error {
	seen := 0
	for end := a.journal.Position(); end > 0 && seen < simulatedReceipts; end -= simulatedStep {
		fresh := false
		for at := max(0, end-simulatedStep); at < end; {
			batch, err := a.journal.Batch(ctx, at, int(end-at))
			if err != nil {
				return err
			}
			if len(batch) == 0 {
				break
			}
			at = batch[len(batch)-1].Pos
			for _, raw := range batch {
				one, err := follow.Understand(raw)
				r, ok := one.Body.(*receipt.Receipt)
				if err != nil || !ok || one.Fact.Kind != fact.SaleRegistered || r.Date < from {
					continue // what makes no sense is the warehouse's to keep aside
				}
				fresh = true
				seen++
				f(one.Fact, r)
			}
		}
		if !fresh {
			return nil
		}
	}
	return nil
}

// simulation gathers what comes of a draft.
type simulation struct {
	before, after *pricing.Rules
	draft         string
	out           *wire.Simulated
	customers     map[string]bool
	days          map[string]*wire.SimulatedDay
}

func (s *simulation) replay(f fact.Fact, r *receipt.Receipt) {
	b := r.Basket()
	b.Store = f.Store // receipts of old did not say
	net := func(priced []pricing.Priced) (sum, off int64) {
		for i := range priced {
			sum += int64(priced[i].Net)
			for _, applied := range priced[i].Applied {
				if applied.Rule == s.draft {
					off += int64(applied.Amount)
				}
			}
		}
		return sum, off
	}
	was, _ := net(pricing.Price(b, s.before))
	priced, verdicts := pricing.Explain(b, s.after)
	is, off := net(priced)
	s.out.Receipts++
	s.out.Revenue += was
	for _, v := range verdicts {
		if v.Rule == s.draft && (v.Why == pricing.WhyCount && v.Missing == 1 || v.Why == pricing.WhySum && v.Missing > 0 && v.Missing*3 <= was) {
			s.out.Near++
		}
	}
	if off == 0 {
		return
	}
	s.out.Reached++
	s.out.Touched += was
	s.out.Cost += was - is
	s.out.Rivals += off - (was - is)
	if who := r.Customer + r.Card; who != "" {
		s.customers[who] = true
	}
	day := s.days[r.Date]
	if day == nil {
		day = &wire.SimulatedDay{Date: r.Date}
		s.days[r.Date] = day
	}
	day.Reached++
	day.Cost += was - is
}

func (s *simulation) finish(days int, now time.Time) {
	for i := days - 1; i >= 0; i-- {
		date := now.UTC().AddDate(0, 0, -i).Format(time.DateOnly)
		day := wire.SimulatedDay{Date: date}
		if have := s.days[date]; have != nil {
			day = *have
		}
		s.out.Days = append(s.out.Days, day)
	}
	s.out.Customers = len(s.customers)
	if left := s.out.Touched - s.out.Cost; left > 0 {
		s.out.Lift = s.out.Cost * 10000 / left
	}
}
