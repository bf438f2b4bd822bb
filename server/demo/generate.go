package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"tillsight/shared/refdata"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// generator is a chain on its way through the days.
type generator struct {
	opt    Options
	m      *material
	list   []article
	shelf  *shelves
	stores []store
	kinds  map[string]int // by English name

	first time.Time // midnight UTC of the first business date
	days  int

	shoppers   []shopper
	households [passerBy]chooser
	visits     [][]int32      // customers by day
	returns    map[int][]back // by day
	plain      chooser        // kinds by how often they are bought
	tables     map[tableKey]*chooser
	week       *week
	weekNumber int
	scale      float64 // of lines a receipt
	receipts   float64 // wanted in all
	without    float64 // sum over all days of dayFactor: what one receipt without a card is shared by

	couples   [][]link // by first kind
	sequences [][]int  // indexes by first kind

	tills []*register // by store, then till
	took  map[storeMonth]*took
	sink  Sink
	sum   Summary
}

type link struct {
	kind  int
	added float64
}

type tableKey struct {
	segment int
	store   int
}

// build makes everything but the facts.
func build(opt Options) (*generator, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	m, err := load()
	if err != nil {
		return nil, err
	}
	last, err := time.Parse(time.DateOnly, opt.End)
	if err != nil {
		return nil, fmt.Errorf("last day: %w", err)
	}
	g := &generator{opt: opt, m: m, kinds: map[string]int{}, returns: map[int][]back{}, weekNumber: -1}
	g.first = last.AddDate(0, -opt.Months, 1)
	g.days = int(last.Sub(g.first).Hours()/24) + 1
	for k, t := range m.types {
		g.kinds[t.name.EN] = k
		g.plain.add(t.lines)
	}
	g.link()
	g.list = m.assortment(opt.Seed, opt.SKUs)
	g.stopSome()
	g.stores = m.stores(opt.Seed, opt.Stores)
	g.shelf = m.shelves(opt.Seed, g.list, g.first, last)
	for s := range g.households {
		g.households[s] = m.fitting(s)
	}
	g.receipts = float64(opt.Lines) / meanLines
	for d := range g.days {
		g.without += dayFactor(g.date(d))
	}
	g.meet(g.receipts)
	g.scaleLines()
	g.openTills()
	return g, nil
}

func (g *generator) date(d int) time.Time { return g.first.AddDate(0, 0, d) }

// link turns the planted names into kinds.
func (g *generator) link() {
	g.couples = make([][]link, len(g.m.types))
	for _, p := range couples {
		first := g.kinds[p.first]
		g.couples[first] = append(g.couples[first], link{g.kinds[p.second], p.added})
	}
	g.sequences = make([][]int, len(g.m.types))
	for i, s := range sequences {
		first := g.kinds[s.first]
		g.sequences[first] = append(g.sequences[first], i)
	}
}

// stopSome takes every 400th article off sale.
func (g *generator) stopSome() {
	for i := range g.list {
		if i%400 == 399 {
			g.list[i].Stopped = true
		}
	}
}

// scaleLines makes the mean over all receipts meanLines.
func (g *generator) scaleLines() {
	var visits, lines float64
	for _, seg := range segments[:passerBy] {
		share := seg.share * activeDays(seg.churn, float64(g.days)) / seg.interval
		visits += share
		lines += share * (seg.lines - 1)
	}
	mean := cardShare*lines/visits + (1-cardShare)*(segments[passerBy].lines-1)
	g.scale = (meanLines - 1) / mean
	var traffic, basket float64
	for _, s := range g.stores {
		traffic += s.traffic
		basket += s.traffic * s.basket
	}
	g.scale *= traffic / basket * (1 + repeated)
}

// dayFactor is how many receipts without a card a day has, 1 on average.
func dayFactor(date time.Time) float64 {
	seg := segments[passerBy]
	return seg.weekdays[(date.Weekday()+6)%7] * traffic[date.Month()-1] * holiday(date)
}

// PINs returns the log-ins of the chain's tills without making its facts.
func PINs(opt Options) ([]PIN, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	m, err := load()
	if err != nil {
		return nil, err
	}
	var pins []PIN
	for _, s := range m.stores(opt.Seed, opt.Stores) {
		for _, w := range s.workers() {
			pins = append(pins, PIN{Employee: w.ID, Name: w.Name, Role: string(w.Role), Store: s.ID, PIN: w.pin})
		}
	}
	return pins, nil
}

// Generate makes the chain of opt and gives it to sink.
func Generate(ctx context.Context, opt Options, sink Sink) (Summary, error) {
	g, err := build(opt)
	if err != nil {
		return Summary{}, err
	}
	g.sink = sink
	if err := g.reference(ctx); err != nil {
		return Summary{}, fmt.Errorf("reference data of the demo chain: %w", err)
	}
	for _, t := range g.tills {
		if err := sink.Device(ctx, t.device); err != nil {
			return Summary{}, fmt.Errorf("register %s: %w", t.device.ID, err)
		}
	}
	for d := range g.days {
		if err := ctx.Err(); err != nil {
			return Summary{}, err
		}
		if err := g.day(ctx, d); err != nil {
			return Summary{}, fmt.Errorf("%s of the demo chain: %w", g.date(d).Format(time.DateOnly), err)
		}
		if opt.Progress != nil {
			opt.Progress(d+1, g.days)
		}
	}
	if err := g.push(ctx); err != nil {
		return Summary{}, err
	}
	if err := g.giveOffice(ctx); err != nil {
		return Summary{}, err
	}
	return g.summary(), nil
}

func (g *generator) summary() Summary {
	s := g.sum
	s.Stores, s.Products = len(g.stores), len(g.list)
	for _, a := range g.list {
		s.Barcodes += len(a.codes)
	}
	for _, t := range g.tills {
		s.Facts += int64(t.seq)
	}
	s.First, s.Last = g.first.Format(time.DateOnly), g.date(g.days-1).Format(time.DateOnly)
	return s
}

// referenceBatch is how many rows go to the sink at once.
const referenceBatch = 5000

// reference gives the sink all that is not a fact.
func (g *generator) reference(ctx context.Context) error {
	rows := g.smallRows()
	for i := range g.list {
		a := &g.list[i]
		rows = append(rows, refdata.Row{Table: refdata.Products, Value: a.Product})
		for _, code := range a.codes {
			rows = append(rows, refdata.Row{Table: refdata.Barcodes, Value: code})
		}
	}
	current, past := g.shelf.rows(g.stores)
	for _, price := range current {
		rows = append(rows, refdata.Row{Table: refdata.Prices, Value: price})
	}
	rows = append(rows, listRows(g.date(g.days-1), g.list, current)...)
	rows = append(rows, regulationRows(g.date(g.days-1), g.m, g.list, current)...)
	rows = append(rows, kitRows(g.m, g.list, current)...)
	rows = append(rows, g.stockRows()...)
	for n := range g.shoppers {
		rows = append(rows, g.cardRow(n))
	}
	for part := range slices.Chunk(rows, referenceBatch) {
		if err := g.sink.Reference(ctx, part); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(past, referenceBatch) {
		if err := g.sink.PriceHistory(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

func taxRates() []tax.Rate {
	return []tax.Rate{
		{Class: tax.Standard, From: "2019-01-01", BP: 2000},
		{Class: tax.Standard, From: vatRise, BP: 2200},
		{Class: tax.Reduced, From: "2004-01-01", BP: 1000},
		{Class: tax.Zero, From: "2004-01-01", BP: 0},
		{Class: tax.None, From: "2004-01-01", BP: 0},
	}
}

func (g *generator) smallRows() []refdata.Row {
	var rows []refdata.Row
	for _, rate := range taxRates() {
		rows = append(rows, refdata.Row{Table: refdata.TaxRates, Value: rate})
	}
	for _, mask := range masks {
		rows = append(rows, refdata.Row{Table: refdata.Masks, Value: mask})
	}
	for _, c := range g.m.categories {
		rows = append(rows, refdata.Row{Table: refdata.Categories, Value: c.Category})
	}
	for i := range g.stores {
		s := &g.stores[i]
		rows = append(rows, refdata.Row{Table: refdata.Stores, Value: s.Store})
		for till := range tillsPerStore + 1 {
			rows = append(rows, refdata.Row{Table: refdata.Tills, Value: refdata.Till{Store: s.ID, Number: till + 1}})
		}
		for _, w := range s.workers() {
			w.PINSalt = s.manager.PINSalt // the store's: see staff.Employee
			w.PINHash = staff.HashPIN(w.pin, w.PINSalt)
			rows = append(rows, refdata.Row{Table: refdata.Employees, Value: w.Employee})
		}
	}
	rows = append(rows, promotionRows(g.date(g.days-1))...)
	rows = append(rows, saleRuleRows()...)
	return append(rows, quickKeyRows(g.list, g.m)...)
}

// visit is somebody at a store on a day.
type visit struct {
	at      int // second of the day, local
	store   int
	shopper int // -1: no card
	back    *back
}

// day lets everybody of a day shop and closes the tills.
func (g *generator) day(ctx context.Context, d int) error {
	date := g.date(d)
	g.turn(date)
	r := rand.New(rand.NewPCG(g.opt.Seed, streamDays<<32|uint64(d)))
	all := g.dayVisits(r, d, date)
	slices.SortStableFunc(all, func(a, b visit) int { return cmp.Compare(a.at, b.at) })
	for _, t := range g.tills {
		if err := t.open(g, d, date); err != nil {
			return err
		}
	}
	for i := range all {
		v := &all[i]
		t := g.tillFor(r, v)
		if t == nil {
			continue // the queue was too long until the doors closed
		}
		if err := t.serve(r, v, d); err != nil {
			return err
		}
		if t.full() {
			if err := g.push(ctx); err != nil {
				return err
			}
		}
	}
	for _, t := range g.tills {
		if err := t.close(); err != nil {
			return err
		}
	}
	delete(g.returns, d)
	g.visits[d] = nil
	if date.AddDate(0, 0, 1).Day() == 1 {
		return g.push(ctx)
	}
	return nil
}

// push gives the sink what all tills have, when one is full and at the end of a
// month, so that the journal's order is about that of time.
func (g *generator) push(ctx context.Context) error {
	for _, t := range g.tills {
		if err := t.push(ctx, g.sink); err != nil {
			return fmt.Errorf("register %s: %w", t.device.ID, err)
		}
	}
	return nil
}

// turn computes the shelves anew on Mondays and the tables of kinds every day.
func (g *generator) turn(date time.Time) {
	number := int(monday(date).Sub(g.shelf.first).Hours() / 24 / 7)
	for g.weekNumber < number {
		g.weekNumber++
		g.week = g.shelf.week(g.weekNumber, g.week)
	}
	g.tables = map[tableKey]*chooser{}
}

// dayVisits lists who comes: customers from the calendar, passers-by, returns.
func (g *generator) dayVisits(r *rand.Rand, d int, date time.Time) []visit {
	var all []visit
	for _, n := range g.visits[d] {
		sh := &g.shoppers[n]
		place := int(sh.store)
		if r.Float64() < 0.06 {
			place = r.IntN(len(g.stores))
		}
		all = append(all, visit{at: g.hour(r, int(sh.segment), date), store: place, shopper: int(n)})
	}
	var traffic float64
	for _, s := range g.stores {
		traffic += s.traffic
	}
	share := (1 - cardShare) * g.receipts * dayFactor(date) / g.without
	for s := range g.stores {
		for range poisson(r, share*g.stores[s].traffic/traffic) {
			all = append(all, visit{at: g.hour(r, passerBy, date), store: s, shopper: -1})
		}
	}
	for i := range g.returns[d] {
		b := &g.returns[d][i]
		all = append(all, visit{at: g.hour(r, b.segment, date), store: b.store, shopper: -1, back: b})
	}
	return all
}

// hour draws when a segment comes: the data's profile of the weekday, bent by
// the segment's habit.
func (g *generator) hour(r *rand.Rand, segment int, date time.Time) int {
	var c chooser
	for h := openHour; h < closeHour; h++ {
		bend := segments[segment].hours[2]
		switch {
		case h < 12:
			bend = segments[segment].hours[0]
		case h < 17:
			bend = segments[segment].hours[1]
		}
		c.add(g.m.hours[(date.Weekday()+6)%7][h] * bend)
	}
	return (openHour+c.draw(r))*3600 + r.IntN(3600)
}

// taste is how much more a segment buys of a kind than people do on average.
func (g *generator) taste(segment, k int) float64 {
	c := g.m.categories[g.m.types[k].category]
	if t, ok := segments[segment].taste[c.Parent]; ok {
		return t
	}
	return 1
}

// kindTable is what a segment buys in a store on this day.
func (g *generator) kindTable(segment, place int, date time.Time) *chooser {
	key := tableKey{segment, place}
	if c := g.tables[key]; c != nil {
		return c
	}
	c := &chooser{}
	for k := range g.m.types {
		cat := g.m.categories[g.m.types[k].category]
		weight := g.week.totals[k] * season(cat.season, date) * g.taste(segment, k)
		if factor, ok := profiles[g.stores[place].profile][cat.Parent]; ok {
			weight *= factor
		}
		c.add(weight)
	}
	g.tables[key] = c
	return c
}

func (g *generator) openTills() {
	for i := range g.stores {
		for n := range tillsPerStore {
			s := &g.stores[i]
			g.tills = append(g.tills, &register{
				g: g, store: s, number: n + 1,
				rand: stream(g.opt.Seed, streamTills<<32|uint64(len(g.tills))),
				device: Device{
					ID: "demo-" + s.ID + "-" + strconv.Itoa(n+1), Epoch: 1, Store: s.ID, Till: n + 1,
					Enrolled: g.first.UnixMilli() - day/2,
				},
			})
		}
	}
}

// tillFor returns the till of a visit: the first if it is free, mostly; when
// all are busy the one that is free soonest. nil: not before closing time.
func (g *generator) tillFor(r *rand.Rand, v *visit) *register {
	tills := g.tills[v.store*tillsPerStore : (v.store+1)*tillsPerStore]
	n := 0
	if x := r.Float64(); x > 0.8 {
		n = 2
	} else if x > 0.5 {
		n = 1
	}
	best := tills[n]
	if best.free > v.at {
		for _, t := range tills {
			if t.free < best.free {
				best = t
			}
		}
	}
	if best.free > closeHour*3600+20*60 {
		return nil
	}
	return best
}
