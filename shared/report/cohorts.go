package report

import (
	"context"
	"time"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cohort"
)

// cohortsUsual is how many of the latest cohorts are shown when nothing is said.
const cohortsUsual = 13

// Beginning is what puts a customer into a cohort.
type Beginning string

// Beginnings.
const (
	ByPurchase Beginning = ""       // his first purchase
	BySignUp   Beginning = "signup" // his enrolment
)

// CohortRequest asks how customers who began in the same period go on. All
// purchases up to a date count.
type CohortRequest struct {
	To    string        `json:"to"`
	Where []cube.Filter `json:"where,omitempty"`
	Grain cube.DimID    `json:"grain,omitempty"` // week, month, quarter; "" is month
	By    Beginning     `json:"by,omitempty"`
	Limit int           `json:"limit,omitempty"` // latest cohorts; 0: 13
}

// Span implements the period that must be at hand.
func (r CohortRequest) Span() (from, to string) { return "", r.To }

func (r *CohortRequest) check() error {
	if r.Grain == "" {
		r.Grain = cube.Month
	}
	if r.Limit <= 0 {
		r.Limit = cohortsUsual
	}
	bad := func(field, value string) error {
		return errcode.New(errcode.BadQuery, "report.CohortsOf", nil).With("field", field).With("value", value)
	}
	if r.Grain != cube.Week && r.Grain != cube.Month && r.Grain != cube.Quarter {
		return bad("grain", string(r.Grain))
	}
	if r.By != ByPurchase && r.By != BySignUp {
		return bad("by", string(r.By))
	}
	return nil
}

// Cohorts follows customers by when they began.
type Cohorts struct {
	To    string     `json:"to"`
	Grain cube.DimID `json:"grain"`
	By    Beginning  `json:"by"`
	Whole bool       `json:"whole"` // the last period is over
	Rows  []Cohort   `json:"rows"`  // oldest first
	// Unplaced are customers whose enrolment is not known, or was before the
	// data begin: they are in no cohort. 0 for first purchases.
	Unplaced int `json:"unplaced"`
}

// Cohort is the customers who began in a period. Counts[k] of them bought k
// periods later, on Receipts[k] receipts, for Revenue[k] with Margin[k] in it.
type Cohort struct {
	Period   string  `json:"period"`
	Since    bool    `json:"since"` // the data begin here: older customers are among them
	Size     int     `json:"size"`  // of first purchases the same as Counts[0]
	Counts   []int   `json:"counts"`
	Receipts []int   `json:"receipts"`
	Revenue  []int64 `json:"revenue"`
	Margin   []int64 `json:"margin"`
	// Ads is what advertising cost in the period, 0 when nothing is entered.
	Ads int64 `json:"ads"`
}

// begun is in which period every customer began, by key; −1 is in none.
type begun struct {
	cal      *calendar
	period   []int32
	active   *cube.Activity
	unplaced int
}

// begin finds out when customers began.
func begin(ctx context.Context, c *cube.Cube, r CohortRequest) (*begun, error) {
	cal, err := periods(c, r.Grain, r.To)
	if err != nil {
		return nil, err
	}
	b := &begun{cal: cal, period: make([]int32, c.CustomerKeys())}
	for key := range b.period {
		b.period[key] = -1
	}
	if b.active, err = c.Activity(ctx, cube.Slice{To: r.To, Where: r.Where}, r.Grain); err != nil {
		return nil, err
	}
	if r.By == ByPurchase {
		b.active.Each(func(key int32, at []int) { b.period[key] = int32(at[0]) })
		return b, nil
	}
	pass, err := c.PassingCustomers(r.Where)
	if err != nil {
		return nil, err
	}
	for key := range b.period {
		if !pass[key] {
			continue
		}
		since := c.Customer(int32(key)).Since
		day := cube.EpochDay(since / (24 * time.Hour).Milliseconds())
		b.period[key] = int32(cal.at(day))
		if since == 0 || day < cal.first {
			b.unplaced++
		}
	}
	return b, nil
}

// NameCohorts is what CohortsOf is asked for by.
var NameCohorts = define("cohorts", CohortsOf)

// CohortsOf answers r.
func CohortsOf(ctx context.Context, c *cube.Cube, r CohortRequest) (*Cohorts, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	b, err := begin(ctx, c, r)
	if err != nil {
		return nil, err
	}
	out := &Cohorts{To: r.To, Grain: r.Grain, By: r.By, Whole: b.cal.whole, Rows: []Cohort{}, Unplaced: b.unplaced}
	n := len(b.cal.keys)
	all := make([]Cohort, n)
	counts := cohort.New(n)
	for i := range all {
		all[i] = Cohort{
			Period: b.cal.keys[i], Since: i == 0, Counts: counts.Counts[i], Receipts: make([]int, n-i),
			Revenue: make([]int64, n-i), Margin: make([]int64, n-i),
		}
	}
	for _, period := range b.period {
		if period >= 0 {
			all[period].Size++
		}
	}
	b.active.Each(func(key int32, at []int) {
		if began := int(b.period[key]); began >= 0 {
			counts.Add(began, at)
		}
	})
	err = c.Visits(ctx, cube.Slice{To: r.To, Where: r.Where}, func(v *cube.Visit) {
		began, at := int(b.period[v.Customer]), b.cal.at(v.Day)
		if began < 0 || at < began {
			return
		}
		row := &all[began]
		row.Revenue[at-began] += v.Net
		row.Margin[at-began] += v.Margin()
		if !v.Return {
			row.Receipts[at-began]++
		}
	})
	if err != nil {
		return nil, err
	}
	for i := max(0, n-r.Limit); i < n; i++ {
		if all[i].Size > 0 {
			all[i].Ads = ads(c, r.Grain, all[i].Period)
			out.Rows = append(out.Rows, all[i])
		}
	}
	return out, nil
}

// KindAds is the kind of expenses that bring customers.
const KindAds = "ads"

// ads adds up what advertising cost in the months of a period; a week has none,
// since expenses are known by month.
func ads(c *cube.Cube, grain cube.DimID, period string) (sum int64) {
	for _, e := range c.Dims().Expenses {
		day, err := cube.ParseDay(e.Month + "-01")
		if err == nil && e.Kind == KindAds && grain != cube.Week && day.Key(grain) == period {
			sum += int64(e.Amount)
		}
	}
	return sum
}

// CohortPeopleRequest asks for the customers behind a cell of Cohorts.
type CohortPeopleRequest struct {
	CohortRequest
	Period string `json:"period"`
	Age    int    `json:"age"` // periods later; −1: the whole cohort
	// Money says that the cell shows an amount: who only gave goods back in the
	// period is behind it too.
	Money bool `json:"money,omitempty"`
	// UpTo says that the cell shows what the whole cohort has brought up to
	// Age: everybody is behind it.
	UpTo bool `json:"up_to,omitempty"`
}

// NameCohort is what CohortPeople is asked for by.
var NameCohort = people("cohort", CohortPeople)

// CohortPeople lists them. Values are their revenue in the cell.
func CohortPeople(ctx context.Context, c *cube.Cube, r CohortPeopleRequest) ([]Person, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	b, err := begin(ctx, c, r.CohortRequest)
	if err != nil {
		return nil, err
	}
	began := int32(b.cal.find(r.Period))
	if began < 0 {
		return []Person{}, nil
	}
	active := make([]bool, len(b.period))
	b.active.Each(func(key int32, at []int) {
		for _, period := range at {
			active[key] = active[key] || b.period[key] == began && period == int(began)+r.Age
		}
	})
	f, err := gather(ctx, c, cube.Slice{To: r.To, Where: r.Where}, func(v *cube.Visit) int64 {
		age := b.cal.at(v.Day) - int(began)
		if b.period[v.Customer] == began && age >= 0 && (r.Age < 0 || age == r.Age || r.UpTo && age < r.Age) {
			return v.Net
		}
		return 0
	})
	if err != nil {
		return nil, err
	}
	return f.people(c, r.To, func(key int) bool {
		return b.period[key] == began && (r.Age < 0 || r.UpTo || active[key] || r.Money && f.value[key] != 0)
	})
}
