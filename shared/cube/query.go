package cube

import (
	"fmt"
	"strconv"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// Limits of a query.
const (
	MeasuresMax = 12
	ByMax       = 3
	FiltersMax  = 16
	KeysMax     = 10_000 // in all filters
	RowsMax     = 100_000
)

// Query asks for measures, broken down and filtered.
type Query struct {
	Measures []MeasureID `json:"measures"`
	Own      []Own       `json:"own,omitempty"` // those of Measures that people made
	By       []DimID     `json:"by,omitempty"`  // none: the total only
	From     string      `json:"from,omitempty"`
	To       string      `json:"to,omitempty"`    // both included, 2026-11-22; empty: as far as the data goes
	Where    []Filter    `json:"where,omitempty"` // all must hold
	Compare  Compare     `json:"compare,omitempty"`
	// Earlier is where the compared period of Previous begins, "" for right before:
	// the days of a month that are over can be compared with the same of another.
	Earlier string `json:"earlier,omitempty"`
	// Until takes only the hours before it of the last compared day, 0 for all: a
	// day that is not over can be compared with the same part of another.
	Until int    `json:"until,omitempty"`
	Sort  []Sort `json:"sort,omitempty"`  // after it, and without it, rows are in the order of their keys
	Limit int    `json:"limit,omitempty"` // 0: RowsMax
	Rest  bool   `json:"rest,omitempty"`  // give what the limit cut as one row
}

// Filter keeps what has one of the keys In, or none of them when Not.
type Filter struct {
	Dim DimID    `json:"dim"`
	In  []string `json:"in"`
	Not bool     `json:"not,omitempty"`
}

// Compare names the period to compare with. It needs From and To.
type Compare string

// Comparisons.
const (
	NoCompare Compare = ""
	Previous  Compare = "previous"  // as many days right before
	LastYear  Compare = "last_year" // 364 days before: the same weekdays
	Plan      Compare = "plan"      // what was planned for the same days: Before is the plan, null where there is none
)

// Sort orders rows by a measure, or by a dimension's keys.
type Sort struct {
	Measure MeasureID `json:"measure,omitempty"`
	Dim     DimID     `json:"dim,omitempty"`
	Desc    bool      `json:"desc,omitempty"`
	Change  bool      `json:"change,omitempty"` // by the difference to the compared period
}

// Result answers a Query.
type Result struct {
	By       []DimID     `json:"by"`
	Measures []MeasureID `json:"measures"`
	From     string      `json:"from"` // "" when there is no data at all
	To       string      `json:"to"`
	Before   *Period     `json:"before,omitempty"` // compared with
	Rows     []Row       `json:"rows"`
	Rest     *Row        `json:"rest,omitempty"`
	RestOf   int         `json:"rest_of,omitempty"` // rows that the rest stands for
	Total    Row         `json:"total"`
	// Names holds, for each dimension of By that has names, those of the keys in Rows.
	Names []map[string]catalogue.Text `json:"names"`
}

// Period is a range of business dates, both included.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Row is a line of a Result: one value per measure, in the query's order.
type Row struct {
	Keys   []string `json:"keys"`
	Values []Value  `json:"values"`
	Before []Value  `json:"before,omitempty"` // in the compared period
}

// MarshalJSON writes the number, or null.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.OK {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, v.N, 10), nil
}

// UnmarshalJSON reads a number or null.
func (v *Value) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*v = Value{}
		return nil
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return errcode.New(errcode.Invalid, "cube.Value", err)
	}
	*v = Some(n)
	return nil
}

// Validate checks a query before it runs. The error's Data names what is wrong
// ("field") and the value that is not understood ("value").
func (q Query) Validate() error {
	bad := func(field, value string) error {
		return errcode.New(errcode.BadQuery, "cube.Validate", nil).With("field", field).With("value", value)
	}
	if len(q.Measures) == 0 || len(q.Measures) > MeasuresMax {
		return bad("measures", strconv.Itoa(len(q.Measures)))
	}
	if len(q.Own) > MeasuresMax {
		return bad("own", strconv.Itoa(len(q.Own)))
	}
	for _, own := range q.Own {
		if _, err := own.MeasureOf(); err != nil {
			return err
		}
	}
	for _, id := range q.Measures {
		if _, ok := q.measureOf(id); !ok {
			return bad("measures", string(id))
		}
	}
	if len(q.By) > ByMax {
		return bad("by", strconv.Itoa(len(q.By)))
	}
	for i, id := range q.By {
		if dim, ok := DimOf(id); !ok || dim.Many || contains(q.By[:i], id) {
			return bad("by", string(id))
		}
	}
	if q.Limit < 0 || q.Limit > RowsMax {
		return bad("limit", strconv.Itoa(q.Limit))
	}
	if field, value := q.badPeriod(); field != "" {
		return bad(field, value)
	}
	if value := q.badFilter(); value != "" {
		return bad("where", value)
	}
	if value := q.badSort(); value != "" {
		return bad("sort", value)
	}
	return nil
}

func (q Query) badPeriod() (field, value string) {
	for _, date := range []string{q.From, q.To} {
		if _, err := ParseDay(date); date != "" && err != nil {
			return "period", date
		}
	}
	if q.From != "" && q.To != "" && q.From > q.To {
		return "period", q.From
	}
	if q.Until < 0 || q.Until > 24 {
		return "until", strconv.Itoa(q.Until)
	}
	if _, err := ParseDay(q.Earlier); q.Earlier != "" && (err != nil || q.Compare != Previous || q.Earlier >= q.From) {
		return "earlier", q.Earlier
	}
	switch q.Compare {
	case NoCompare:
	case Previous, LastYear, Plan:
		if q.From == "" || q.To == "" {
			return "compare", string(q.Compare)
		}
	default:
		return "compare", string(q.Compare)
	}
	return "", ""
}

func (q Query) badFilter() string {
	keys := 0
	for _, f := range q.Where {
		if _, ok := DimOf(f.Dim); !ok {
			return "dim " + string(f.Dim)
		}
		keys += len(f.In)
	}
	if len(q.Where) > FiltersMax || keys > KeysMax {
		return fmt.Sprintf("%d keys", keys)
	}
	return ""
}

func (q Query) badSort() string {
	for _, s := range q.Sort {
		switch {
		case s.Measure != "" && s.Dim == "" && contains(q.Measures, s.Measure) && (!s.Change || q.Compare != NoCompare):
		case s.Dim != "" && s.Measure == "" && contains(q.By, s.Dim) && !s.Change:
		default:
			return "sort " + string(s.Measure) + string(s.Dim)
		}
	}
	return ""
}

func contains[T comparable](list []T, item T) bool {
	for _, have := range list {
		if have == item {
			return true
		}
	}
	return false
}

// EpochDay is a business date as days since 1970-01-01.
type EpochDay int

// Days that a date may name: what segment.Sales.Day holds.
const dayMax = EpochDay(1<<16 - 1)

// ParseDay reads a business date, 2026-11-22.
func ParseDay(date string) (EpochDay, error) {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, errcode.New(errcode.Invalid, "cube.ParseDay", err)
	}
	day := EpochDay(t.Unix() / 86400)
	if t.Unix() < 0 || day > dayMax {
		return 0, errcode.New(errcode.Invalid, "cube.ParseDay", fmt.Errorf("%s is out of range", date))
	}
	return day, nil
}

func (d EpochDay) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String returns the date, 2026-11-22.
func (d EpochDay) String() string { return d.time().Format(time.DateOnly) }

// Months returns the first and the last month that q looks at, 2026-11: those
// of the period compared with among them, and with a plan those by which it is
// split over days.
func (q Query) Months() (first, last string) {
	first, last = "", "9999"
	if to, err := ParseDay(q.To); err == nil {
		last = to.Key(Month)
	}
	from, err := ParseDay(q.From)
	if err != nil {
		return first, last
	}
	switch q.Compare {
	case Previous:
		if to, err := ParseDay(q.To); err == nil {
			from -= to - from + 1
		}
		if earlier, err := ParseDay(q.Earlier); err == nil {
			from = earlier
		}
	case LastYear:
		from -= YearShift
	case Plan:
		from = HistoryFrom(from)
	}
	return max(0, from).Key(Month), last
}
