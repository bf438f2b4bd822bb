package demo

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"tillsight/shared/money"
	office "tillsight/shared/segment"
)

// OfficeSink is a Sink that takes what the chain planned and spent too, after
// all facts.
type OfficeSink interface {
	Sink
	Office(ctx context.Context, plans []office.Plan, expenses []office.Expense) error
}

// planMonths is for how many months back employees have plans of their own.
const planMonths = 6

// marginShare is what the chain plans to keep of its revenue.
const marginShare = 0.235

// took is what came in, in a store and month.
type took struct {
	revenue  int64
	receipts int64
	staff    map[string]int64 // revenue by employee
}

type storeMonth struct {
	store int
	month string
}

// tally adds a receipt to what its store and cashier took.
func (t *register) tally(total money.Amount, sale bool) {
	if t.g.took == nil {
		t.g.took = map[storeMonth]*took{}
	}
	at := storeMonth{slices.IndexFunc(t.g.stores, func(s store) bool { return s.ID == t.store.ID }), t.date[:7]}
	have := t.g.took[at]
	if have == nil {
		have = &took{staff: map[string]int64{}}
		t.g.took[at] = have
	}
	if sale {
		have.receipts++
	} else {
		total = -total
	}
	have.revenue += int64(total)
	have.staff[t.cashier.ID] += int64(total)
}

// office makes plans around what came true and expenses in proportion to the
// size of the stores.
func (g *generator) office() (plans []office.Plan, expenses []office.Expense) {
	r := stream(g.opt.Seed, streamOffice)
	months := g.months()
	for s := range g.stores {
		mean := g.monthly(s)
		for i, month := range months {
			full := g.fullMonth(s, month)
			if full == 0 {
				full = mean
			}
			aim := full * math.Exp(0.015+0.06*r.NormFloat64())
			plans = append(plans, g.plansOf(r, s, month, aim, i >= len(months)-planMonths)...)
			if i < len(months)-1 { // the month that is planned ahead has no bills yet
				expenses = append(expenses, g.bills(r, s, month, mean)...)
			}
		}
	}
	var all float64
	for s := range g.stores {
		all += g.monthly(s)
	}
	for _, month := range months[:len(months)-1] {
		expenses = append(expenses,
			office.Expense{Month: month, Kind: "ads", Amount: rounded(all*0.011*math.Exp(0.3*r.NormFloat64()), 1000_00), Text: "Реклама сети"},
			office.Expense{Month: month, Kind: "software", Amount: rounded(all*0.004, 1000_00), Text: "Программы и связь"},
			office.Expense{Month: month, Kind: "wages", Amount: rounded(all*0.02, 1000_00), Text: "Офис"})
	}
	return plans, expenses
}

// months returns the months of the chain and the one after.
func (g *generator) months() (list []string) {
	last := g.date(g.days - 1)
	end := time.Date(last.Year(), last.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	for m := time.Date(g.first.Year(), g.first.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(end); m = m.AddDate(0, 1, 0) {
		list = append(list, m.Format("2006-01"))
	}
	return list
}

// fullMonth is what a store took in a month, or would have in the whole of it.
func (g *generator) fullMonth(s int, month string) float64 {
	have := g.took[storeMonth{s, month}]
	first, err := time.Parse("2006-01", month)
	if have == nil || err != nil {
		return 0
	}
	next := first.AddDate(0, 1, 0)
	days := next.Sub(first).Hours() / 24
	from, to := first, next
	if g.first.After(from) {
		from = g.first
	}
	if end := g.date(g.days); end.Before(to) {
		to = end
	}
	return float64(have.revenue) * days / (to.Sub(from).Hours() / 24)
}

// monthly is a store's mean revenue of a month.
func (g *generator) monthly(s int) float64 {
	var sum int64
	for at, have := range g.took {
		if at.store == s {
			sum += have.revenue
		}
	}
	return float64(sum) / float64(g.days) * 365.25 / 12
}

func (g *generator) plansOf(r *rand.Rand, s int, month string, aim float64, staff bool) []office.Plan {
	id := g.stores[s].ID
	average := 700_00.0
	have := g.took[storeMonth{s, month}]
	if have != nil && have.receipts > 0 {
		average = float64(have.revenue) / float64(have.receipts)
	}
	revenue := rounded(aim, 1000_00)
	list := []office.Plan{
		{Store: id, Month: month, Measure: "revenue", Value: int64(revenue)},
		{Store: id, Month: month, Measure: "receipts", Value: int64(rounded(aim/average/1.01, 10))},
		{Store: id, Month: month, Measure: "margin", Value: int64(rounded(aim*marginShare, 100_00))},
	}
	if !staff || have == nil {
		return list
	}
	for _, employee := range slices.Sorted(maps.Keys(have.staff)) {
		own := float64(have.staff[employee]) / float64(max(1, have.revenue))
		share := (own + 1/float64(len(have.staff))) / 2 * math.Exp(0.04*r.NormFloat64())
		list = append(list, office.Plan{
			Store: id, Month: month, Measure: "revenue", Employee: employee, Value: int64(rounded(aim*share, 100_00)),
		})
	}
	return list
}

// bills are what a store spends in a month, in proportion to its usual revenue.
func (g *generator) bills(r *rand.Rand, s int, month string, mean float64) []office.Expense {
	id := g.stores[s].ID
	cold := 1.0 // more light and heat in winter
	if m := month[5:]; m >= "11" || m <= "03" {
		cold = 1.35
	}
	vary := func(spread float64) float64 { return math.Exp(spread * r.NormFloat64()) }
	list := []office.Expense{
		{Store: id, Month: month, Kind: "rent", Amount: rounded(mean*0.045, 500_00)},
		{Store: id, Month: month, Kind: "wages", Amount: rounded(mean*0.085*vary(0.03), 100_00)},
		{Store: id, Month: month, Kind: "energy", Amount: rounded(mean*0.014*cold*vary(0.08), 10_00)},
		{Store: id, Month: month, Kind: "bank", Amount: rounded(mean*0.009*vary(0.05), 1_00), Text: "Эквайринг"},
		{Store: id, Month: month, Kind: "security", Amount: rounded(mean*0.006, 100_00)},
	}
	if r.Float64() < 0.12 {
		list = append(list, office.Expense{
			Store: id, Month: month, Kind: "repairs", Amount: rounded(mean*0.02*vary(0.5), 100_00), Text: "Ремонт холодильника",
		})
	}
	return list
}

// rounded returns x as a multiple of step.
func rounded(x float64, step float64) money.Amount {
	return money.Amount(math.Round(x/step) * step)
}

// giveOffice hands plans and expenses to a sink that takes them.
func (g *generator) giveOffice(ctx context.Context) error {
	sink, takes := g.sink.(OfficeSink)
	if !takes {
		return nil
	}
	plans, expenses := g.office()
	if err := sink.Office(ctx, plans, expenses); err != nil {
		return fmt.Errorf("plans of the demo chain: %w", err)
	}
	return nil
}
