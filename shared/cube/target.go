package cube

import (
	"slices"
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/segment"
)

// Office is what a comparison with the plan needs beside the facts.
type Office struct {
	Plans     []segment.Plan
	Regions   map[string]string // of each store that has sold
	Employees map[string]bool   // who were at a till
}

// plannable are the measures that a plan can be made for: those that add up
// over days and stores.
var plannable = []MeasureID{Revenue, Receipts, Margin, Items, Units}

// Plannable returns the measures that a plan can be made for.
func Plannable() []MeasureID { return slices.Clone(plannable) }

// historyDays before a month say how its plan falls on its weekdays.
const historyDays = 56

// HistoryFrom returns the first day that a comparison with the plan looks at
// when it begins on from.
func HistoryFrom(from EpochDay) EpochDay { return from.monthStart() - historyDays }

func (d EpochDay) monthStart() EpochDay { return d - EpochDay(d.time().Day()-1) }

// planned is the plan of a cell: sums by the number of a measure in plannable.
type planned struct {
	sums  [8]int64
	known [8]bool
}

func (p *planned) add(measure int, value int64) {
	p.sums[measure] += value
	p.known[measure] = true
}

func (p *planned) join(other *planned) {
	for i, known := range other.known {
		if known {
			p.add(i, other.sums[i])
		}
	}
}

// of returns the plan of a measure: its own, or what follows from those of its
// parts; nothing where there is none.
func (p *planned) of(id MeasureID) Value {
	if p == nil {
		return Value{}
	}
	if i := slices.Index(plannable, id); i >= 0 {
		return Value{N: p.sums[i], OK: p.known[i]}
	}
	for _, ratio := range plannedRatios {
		num, den := slices.Index(plannable, ratio.num), slices.Index(plannable, ratio.den)
		if ratio.id == id && p.known[num] && p.known[den] && p.sums[den] > 0 {
			return Some(money.MulDiv(p.sums[num], ratio.scale, p.sums[den]))
		}
	}
	return Value{}
}

var plannedRatios = []struct {
	id, num, den MeasureID
	scale        int64
}{
	{AverageReceipt, Revenue, Receipts, 1},
	{ItemsPerReceipt, Items, Receipts, 1000},
}

// target lays the plan over the cells of a query.
//
// A month's figure counts whole where the query covers the month; of a part of
// it, and by days, it is split over the month's days to the minor unit, by what
// the weekdays brought in the store in the 56 days before the month (equally
// when it sold nothing then).
type target struct {
	e       executor
	w       window
	office  Office
	byStaff bool                // figures of employees count, else those of stores
	daily   bool                // a month may fall into different cells, or out
	rows    map[string]*planned // by their keys, joined
	total   planned
	shares  map[string]map[string][7]int64 // month → store → by weekday
}

// targetOf returns the plan within w, cell by cell. What is asked by or
// filtered by anything but time, store, region and employee has none.
func targetOf(e executor, w window) (*target, error) {
	t := &target{e: e, w: w, rows: map[string]*planned{}, shares: map[string]map[string][7]int64{}}
	var err error
	if t.office, err = e.office(); err != nil {
		return nil, err
	}
	plain := true
	for _, f := range w.q.Where {
		plain = plain && t.knows(f.Dim)
	}
	if !plain {
		return t, nil
	}
	for _, id := range w.q.By {
		plain = t.knows(id) && plain
	}
	for _, p := range t.office.Plans {
		if err := t.take(p, plain); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// knows reports whether plan figures can be told by a dimension, and notes what
// it takes to do so.
func (t *target) knows(id DimID) bool {
	switch id {
	case Month, Quarter, Year, Store, Region:
	case Day, Week, Weekday:
		t.daily = true
	case Cashier:
		t.byStaff = true
	default:
		return false
	}
	return true
}

// take adds one figure; rows says whether it belongs to cells too.
func (t *target) take(p segment.Plan, rows bool) error {
	measure := slices.Index(plannable, MeasureID(p.Measure))
	_, open := t.office.Regions[p.Store]
	if measure < 0 || !open || (p.Employee != "") != t.byStaff || t.byStaff && !t.office.Employees[p.Employee] {
		return nil
	}
	first, err := ParseDay(p.Month + "-01")
	if err != nil {
		return errcode.New(errcode.Internal, "cube.target", err)
	}
	last := EpochDay(first.time().AddDate(0, 1, -1).Unix() / 86400)
	if last < t.w.from || first > t.w.to {
		return nil
	}
	if !t.daily && t.w.from <= first && last <= t.w.to {
		t.put(p, first, measure, p.Value, rows)
		return nil
	}
	weights, err := t.weights(p, first, last)
	if err != nil {
		return err
	}
	for i, part := range money.Split(money.Amount(p.Value), weights) {
		if day := first + EpochDay(i); t.w.from <= day && day <= t.w.to {
			t.put(p, day, measure, int64(part), rows)
		}
	}
	return nil
}

// put adds a value to the cell of a day, unless a filter leaves it out.
func (t *target) put(p segment.Plan, day EpochDay, measure int, value int64, rows bool) {
	key := func(id DimID) string {
		switch id {
		case Store:
			return p.Store
		case Region:
			return t.office.Regions[p.Store]
		case Cashier:
			return p.Employee
		}
		return day.Key(id)
	}
	for _, f := range t.w.q.Where {
		if slices.Contains(f.In, key(f.Dim)) == f.Not {
			return
		}
	}
	t.total.add(measure, value)
	if !rows {
		return
	}
	keys := make([]string, len(t.w.q.By))
	for i, id := range t.w.q.By {
		keys[i] = key(id)
	}
	at := joined(keys)
	if t.rows[at] == nil {
		t.rows[at] = &planned{}
	}
	t.rows[at].add(measure, value)
}

// weights says how a figure falls on the days of its month.
func (t *target) weights(p segment.Plan, first, last EpochDay) ([]int64, error) {
	shares, ok := t.shares[p.Month]
	if !ok {
		var err error
		if shares, err = t.history(first); err != nil {
			return nil, err
		}
		t.shares[p.Month] = shares
	}
	week, sold := shares[p.Store]
	list := make([]int64, 0, 31)
	for day := first; day <= last; day++ {
		weight := int64(1)
		if sold {
			weight = week[(int(day.time().Weekday())+6)%7]
		}
		list = append(list, weight)
	}
	return list, nil
}

// history returns what the weekdays before a month brought, by store.
func (t *target) history(first EpochDay) (map[string][7]int64, error) {
	from := max(0, first-historyDays)
	r, err := t.e.ask(Query{
		Measures: []MeasureID{Revenue}, By: []DimID{Store, Weekday}, From: from.String(), To: (first - 1).String(),
	})
	if err != nil {
		return nil, err
	}
	shares := map[string][7]int64{}
	for _, row := range r.Rows {
		week := shares[row.Keys[0]]
		week[row.Keys[1][0]-'1'] = max(0, row.Values[0].N)
		shares[row.Keys[0]] = week
	}
	for store, week := range shares {
		if week == [7]int64{} {
			delete(shares, store)
		}
	}
	return shares, nil
}

// tuples returns the keys of the rows that have a plan.
func (t *target) tuples() [][]string {
	list := make([][]string, 0, len(t.rows))
	for at := range t.rows {
		list = append(list, t.keys(at))
	}
	return list
}

func (t *target) keys(at string) []string {
	if len(t.w.q.By) == 0 {
		return []string{}
	}
	return strings.Split(at, "\x00")
}

// noPlan is the plan of what has none.
var noPlan planned

// lay puts the plan onto the cells that have facts, adds those that have a plan
// only, and returns the cells.
func (t *target) lay(cells []cell) []cell {
	byCell := make(map[int64]*planned, len(t.rows))
	for at, plan := range t.rows {
		byCell[t.e.cell(t.keys(at))] = plan
	}
	for i := range cells {
		cells[i].plan = &noPlan
		if plan, ok := byCell[cells[i].n]; ok {
			cells[i].plan = plan
			delete(byCell, cells[i].n)
		}
	}
	for n, plan := range byCell { // sorting puts them in their place
		cells = append(cells, cell{n: n, now: &nothing, plan: plan})
	}
	return cells
}

// planOf joins the plans of cells, nil when they are not compared with any.
func planOf(cells []cell) *planned {
	var all *planned
	for _, c := range cells {
		if c.plan == nil {
			continue
		}
		if all == nil {
			all = &planned{}
		}
		all.join(c.plan)
	}
	return all
}
