package report

import (
	"cmp"
	"context"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/mining/runrate"
	"tillsight/shared/money"
)

// EmployeesRequest asks how employees at the tills work, side by side, and
// whether they and the stores will reach the plan of the month that the period
// ends in.
type EmployeesRequest struct {
	cube.Slice
	// Today is the day that is under way; "": the last one of the data may be.
	Today string `json:"today,omitempty"`
}

// historyMonths is how many months before the one at hand are looked back at:
// the forecast is tried on them.
const historyMonths = 6

// Span implements the period that must be at hand.
func (r EmployeesRequest) Span() (from, to string) {
	last, err := cube.ParseDay(r.To)
	if err != nil {
		return r.From, r.To
	}
	earliest := monthsBack(last, historyMonths) - 7*runrate.Weeks
	if first, err := cube.ParseDay(r.From); err == nil {
		earliest = min(earliest, first)
	}
	return max(earliest, 0).String(), r.To
}

// monthsBack is the first day of the month n before that of day.
func monthsBack(day cube.EpochDay, n int) cube.EpochDay {
	start := monthStart(day)
	for range n {
		start = monthStart(start - 1)
	}
	return start
}

func monthStart(day cube.EpochDay) cube.EpochDay {
	for (day - 1).Key(cube.Month) == day.Key(cube.Month) {
		day--
	}
	return day
}

func monthEnd(day cube.EpochDay) cube.EpochDay {
	for (day + 1).Key(cube.Month) == day.Key(cube.Month) {
		day++
	}
	return day
}

// Employees is the people at the tills and the plan.
type Employees struct {
	From      string     `json:"from"`
	To        string     `json:"to"`
	Total     Employee   `json:"total"`      // all together
	Rows      []Employee `json:"rows"`       // who sells most first
	Weeks     []string   `json:"weeks"`      // of Employee.Course
	KnowsLost bool       `json:"knows_lost"` // Lost can be told: no condition on goods or customers
	Month     string     `json:"month"`      // of the plan
	Through   string     `json:"through"`    // days up to here are done; the next one may be under way
	Left      int        `json:"left"`       // days of the month after it
	Tried     []Tried    `json:"tried"`      // the forecast on earlier months, oldest first
	Few       int        `json:"few"`        // receipts below which figures say little
}

// Employee is the figures of somebody who works at a till.
type Employee struct {
	ID          string         `json:"id"`
	Name        catalogue.Text `json:"name,omitzero"`
	Store       string         `json:"store"`
	Days        int            `json:"days"` // with a receipt
	Receipts    int64          `json:"receipts"`
	Revenue     int64          `json:"revenue"`
	Sales       int64          `json:"sales"`
	Items       int64          `json:"items"`
	Average     cube.Value     `json:"average"`    // receipt
	PerMinute   cube.Value     `json:"per_minute"` // positions, thousandths
	Voided      int64          `json:"voided"`
	VoidedShare cube.Value     `json:"voided_share"`
	Lost        int            `json:"lost"` // receipts given up
	LostTotal   int64          `json:"lost_total"`
	Manual      int64          `json:"manual"` // taken off by hand
	Returns     int64          `json:"returns"`
	KnownShare  cube.Value     `json:"known_share"`
	Course      []int64        `json:"course"` // revenue of the latest weeks
	Small       bool           `json:"small"`
	Target      Target         `json:"target"`
}

// Target is the month's revenue and where it goes.
type Target struct {
	Done     int64      `json:"done"`     // up to now
	Plan     cube.Value `json:"plan"`     // of the whole month; nothing: there is none
	Expected cube.Value `json:"expected"` // at the month's end; nothing: too few weeks are known
	Low      int64      `json:"low"`
	High     int64      `json:"high"`
}

// Tried is the forecast of an earlier month, made on the same day of it.
type Tried struct {
	Month    string `json:"month"`
	Actual   int64  `json:"actual"`
	Expected int64  `json:"expected"`
	Low      int64  `json:"low"`
	High     int64  `json:"high"`
}

// courseWeeks is how many weeks a course shows.
const courseWeeks = 12

// employeeFew is the number of receipts below which somebody's figures say little.
const employeeFew = 30

var employeeMeasures = []cube.MeasureID{cube.Revenue, cube.Receipts, cube.ItemsPerReceipt, cube.ItemsPerMinute, cube.VoidedShare,
	cube.ManualDiscount, cube.KnownShare}

// NameEmployees is what EmployeesOf is asked for by.
var NameEmployees = define("employees", EmployeesOf)

// EmployeesOf answers r.
func EmployeesOf(ctx context.Context, c *cube.Cube, r EmployeesRequest) (*Employees, error) {
	f, err := c.Figures(ctx, cube.Query{Measures: employeeMeasures, By: []cube.DimID{cube.Cashier}, From: r.From, To: r.To, Where: r.Where})
	if err != nil {
		return nil, err
	}
	out := &Employees{From: f.From, To: f.To, Rows: []Employee{}, Few: employeeFew, Total: employeeOf(f.Now), Tried: []Tried{}, Weeks: []string{}}
	stores := map[string]string{}
	for _, e := range c.Cashiers() {
		stores[e.ID] = e.Store
	}
	for _, row := range f.Rows {
		e := employeeOf(row.Now)
		e.ID, e.Store = row.Keys[0], stores[row.Keys[0]]
		e.Name, _ = c.Name(cube.Cashier, e.ID)
		out.Rows = append(out.Rows, e)
	}
	slices.SortStableFunc(out.Rows, func(a, b Employee) int { return cmp.Or(cmp.Compare(b.Revenue, a.Revenue), cube.Natural(a.ID, b.ID)) })
	if err := out.lose(c, r.Slice); err != nil || out.To == "" {
		return out, err
	}
	return out, out.aim(ctx, c, r)
}

func employeeOf(b *[cube.Bases]int64) Employee {
	e := Employee{
		Receipts: b[cube.SaleReceipts], Revenue: b[cube.SaleNet] + b[cube.ReturnNet], Sales: b[cube.SaleNet], Items: b[cube.SaleLines],
		Voided: b[cube.SaleVoided], Manual: b[cube.SaleManual] + b[cube.ReturnManual], Returns: -b[cube.ReturnNet],
		Small: b[cube.SaleReceipts] < employeeFew,
	}
	for id, place := range map[cube.MeasureID]*cube.Value{
		cube.AverageReceipt: &e.Average, cube.ItemsPerMinute: &e.PerMinute, cube.VoidedShare: &e.VoidedShare, cube.KnownShare: &e.KnownShare,
	} {
		m, _ := cube.MeasureOf(id)
		*place = m.Of(b)
	}
	return e
}

// lose counts the receipts that were given up.
func (out *Employees) lose(c *cube.Cube, s cube.Slice) error {
	list, ok, err := c.Lost(s)
	if err != nil {
		return err
	}
	out.KnowsLost = ok
	for _, lost := range list {
		out.Total.Lost += lost.Receipts
		out.Total.LostTotal += lost.Total
		i := slices.IndexFunc(out.Rows, func(e Employee) bool { return e.ID == lost.Cashier })
		if i < 0 { // sold nothing
			name, _ := c.Name(cube.Cashier, lost.Cashier)
			i, out.Rows = len(out.Rows), append(out.Rows, Employee{ID: lost.Cashier, Name: name, Small: true})
		}
		out.Rows[i].Lost, out.Rows[i].LostTotal = lost.Receipts, lost.Total
	}
	return nil
}

// aim holds the month against its plan.
func (out *Employees) aim(ctx context.Context, c *cube.Cube, r EmployeesRequest) error {
	days, err := dailyOf(ctx, c, r)
	if err != nil || len(days.days) == 0 {
		return err
	}
	through := days.through
	out.Month, out.Through = days.month.Key(cube.Month), through.String()
	out.Left = int(monthEnd(days.month) - through)
	plans, err := plansOf(ctx, c, r.Where, days.month)
	if err != nil {
		return err
	}
	out.Total.Target, out.Total.Course = days.target("", through), days.course("")
	out.Total.Target.Plan = plans.total
	out.Total.Days = days.worked("", out.From, out.To)
	out.Weeks = days.weeks()
	for i := range out.Rows {
		e := &out.Rows[i]
		e.Target, e.Course = days.target(e.ID, through), days.course(e.ID)
		e.Target.Plan = plans.of[e.ID]
		e.Days = days.worked(e.ID, out.From, out.To)
	}
	done := int(through - days.month)
	for n := historyMonths; n > 0; n-- {
		start := monthsBack(days.month, n)
		if start < days.first {
			continue
		}
		at := min(start+cube.EpochDay(done), monthEnd(start))
		target := days.target("", at)
		if !target.Expected.OK {
			continue
		}
		out.Tried = append(out.Tried, Tried{Month: start.Key(cube.Month), Actual: days.sum("", start, monthEnd(start)),
			Expected: target.Expected.N, Low: target.Low, High: target.High})
	}
	return nil
}

// daily is revenue by day of everybody, "" being all together.
type daily struct {
	first, last cube.EpochDay
	through     cube.EpochDay // the last day that is certainly over
	month       cube.EpochDay // first day of the month at hand
	days        map[string][]int64
}

// dailyOf collects the days that forecasts rest on. The day that is under way is
// not history yet.
func dailyOf(ctx context.Context, c *cube.Cube, r EmployeesRequest) (*daily, error) {
	from, to := r.Span()
	d := &daily{days: map[string][]int64{}}
	dataFrom, dataTo := c.Span()
	first, errFirst := cube.ParseDay(max(from, dataFrom))
	last, errLast := cube.ParseDay(min(to, dataTo))
	asked, errAsked := cube.ParseDay(to)
	if errFirst != nil || errLast != nil || errAsked != nil || first > last {
		return d, nil
	}
	d.first, d.last, d.through, d.month = first, last, last, monthStart(asked)
	if today, err := cube.ParseDay(cmp.Or(r.Today, dataTo)); err == nil {
		d.through = min(last, today-1)
	}
	d.through = max(d.through, d.month-1)
	m, err := c.Matrix(ctx, cube.Slice{From: first.String(), To: last.String(), Where: r.Where}, cube.Cashier, cube.Day)
	if err != nil {
		return nil, err
	}
	size := int(last-first) + 1
	d.days[""] = make([]int64, size)
	for i, net := range m.Net {
		day, err := cube.ParseDay(m.Columns[m.Column[i]])
		if err != nil || day < first || day > last {
			continue
		}
		who := m.Rows[m.Row[i]]
		if d.days[who] == nil {
			d.days[who] = make([]int64, size)
		}
		d.days[who][day-first] += net
		if who != "" {
			d.days[""][day-first] += net
		}
	}
	return d, nil
}

// sum is what somebody brought from … to.
func (d *daily) sum(who string, from, to cube.EpochDay) (sum int64) {
	for day := max(from, d.first); day <= min(to, d.last); day++ {
		if list := d.days[who]; list != nil {
			sum += list[day-d.first]
		}
	}
	return sum
}

// worked counts the days on which somebody brought something.
func (d *daily) worked(who, from, to string) (n int) {
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil || d.days[who] == nil {
		return 0
	}
	for day := max(first, d.first); day <= min(last, d.last); day++ {
		if d.days[who][day-d.first] != 0 {
			n++
		}
	}
	return n
}

// target forecasts the end of the month of through, as seen at its end.
func (d *daily) target(who string, through cube.EpochDay) Target {
	start, end := monthStart(through), monthEnd(through)
	if through < d.month && through+1 == d.month { // nothing of the month is done
		start, end = d.month, monthEnd(d.month)
	}
	done := d.sum(who, start, through)
	t := Target{Done: done} // no sales of a day that is said to be unfinished
	list := d.days[who]
	if list == nil || through < d.first {
		return t
	}
	history := list[:min(int(through-d.first)+1, len(list))]
	weekday := func(i int) int { return (int(d.first) + i) % 7 }
	left := int(end - through)
	ahead, ok := runrate.Forecast(history, weekday, left)
	if !ok {
		return t
	}
	t.Low, t.High = max(done+ahead.Low, t.Done), max(done+ahead.High, t.Done)
	t.Expected = cube.Some(max(done+ahead.Expected, t.Done))
	return t
}

// weeks are the weeks of courses: whole ones, seven days up to through each.
func (d *daily) weeks() []string {
	list := []string{}
	for n := courseWeeks; n > 0; n-- {
		if from := d.through - cube.EpochDay(7*n) + 1; from >= d.first {
			list = append(list, from.String())
		}
	}
	return list
}

// course is somebody's revenue of those weeks.
func (d *daily) course(who string) []int64 {
	list := []int64{}
	for n := courseWeeks; n > 0; n-- {
		if from := d.through - cube.EpochDay(7*n) + 1; from >= d.first {
			list = append(list, d.sum(who, from, from+6))
		}
	}
	return list
}

// plans are the revenue planned for a month.
type plans struct {
	total cube.Value
	of    map[string]cube.Value // by employee
}

func plansOf(ctx context.Context, c *cube.Cube, where []cube.Filter, month cube.EpochDay) (plans, error) {
	p := plans{of: map[string]cube.Value{}}
	q := cube.Query{Measures: []cube.MeasureID{cube.Revenue}, From: month.String(), To: monthEnd(month).String(), Where: where, Compare: cube.Plan}
	all, err := c.Run(ctx, q, nil)
	if err != nil {
		return p, err
	}
	if len(all.Total.Before) > 0 {
		p.total = all.Total.Before[0]
	}
	q.By = []cube.DimID{cube.Cashier}
	each, err := c.Run(ctx, q, nil)
	if err != nil {
		return p, err
	}
	for _, row := range each.Rows {
		if len(row.Before) > 0 {
			p.of[row.Keys[0]] = row.Before[0]
		}
	}
	return p, nil
}

// Pace is the share of the plan that will be reached, basis points.
func (t Target) Pace() (bp int64, ok bool) {
	if !t.Plan.OK || t.Plan.N <= 0 || !t.Expected.OK {
		return 0, false
	}
	return money.MulDiv(t.Expected.N, 10_000, t.Plan.N), true
}
