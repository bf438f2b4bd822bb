package audience

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tillsight/server/warehouse"
	"tillsight/shared/audience"
	"tillsight/shared/cube"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/sqlite"
)

// rfmDays is what RFM looks back on.
const rfmDays = 365

// facts reads what conditions ask of some customers.
type facts struct {
	q     warehouse.Querier
	today cube.EpochDay
	keys  []int64       // of the customers, ascending
	place map[int64]int // of a key in keys
	since int64         // −1: all customers; else those changed after this revision
	sums  map[int]*sums // by window
	who   *profiles
	rfm   []string
}

// readFacts lists the customers: all, or those changed after a revision.
func readFacts(q warehouse.Querier, today cube.EpochDay, since int64) (*facts, error) {
	f := &facts{q: q, today: today, since: since, place: map[int64]int{}, sums: map[int]*sums{}}
	text, args := `SELECT key FROM customer ORDER BY key`, []any{}
	if since >= 0 {
		text, args = `SELECT customer FROM customer_change WHERE revision > ? ORDER BY customer`, []any{since}
	}
	return f, q.Query(text, func(r sqlite.Row) error {
		f.place[r.Int64(0)] = len(f.keys)
		f.keys = append(f.keys, r.Int64(0))
		return nil
	}, args...)
}

// among limits a statement to the customers of f.
func (f *facts) among(column string, args []any) (string, []any) {
	if f.since < 0 {
		return column + " IS NOT NULL", args
	}
	return column + " IN (SELECT customer FROM customer_change WHERE revision > ?)", append(args, f.since)
}

// columns reads what comparisons ask.
func (f *facts) columns(leaves []audience.Condition) ([]audience.Column, error) {
	list := make([]audience.Column, len(leaves))
	for i, l := range leaves {
		var err error
		if list[i], err = f.column(l); err != nil {
			return nil, fmt.Errorf("field %s: %w", l.Field, err)
		}
	}
	return list, nil
}

func (f *facts) column(l audience.Condition) (audience.Column, error) {
	switch l.Field {
	case audience.Visited, audience.Categories, audience.Products:
		in, err := f.bought(l)
		return audience.Column{Any: in}, err
	case audience.RFM:
		groups, err := f.rfmGroups()
		return audience.Column{Text: groups, Known: given(groups)}, err
	case audience.Recency, audience.First, audience.Receipts, audience.Returns, audience.Revenue, audience.Margin,
		audience.Discount, audience.Average, audience.Items, audience.Stores, audience.Interval:
		s, err := f.sumsOf(l.Days)
		if err != nil {
			return audience.Column{}, err
		}
		return s.column(l.Field, f.today), nil
	}
	p, err := f.profiles()
	if err != nil {
		return audience.Column{}, err
	}
	return p.column(l.Field), nil
}

// given marks what is not empty.
func given(texts []string) []bool {
	known := make([]bool, len(texts))
	for i, text := range texts {
		known[i] = text != ""
	}
	return known
}

// sums are what customers bought in a window.
type sums struct {
	receipts, returns, net, sales, margin, discount, items, stores, first, last, days []int64
}

// from returns the first day of a window, 0 for ever.
func (f *facts) from(days int) int64 {
	if days == 0 {
		return 0
	}
	return int64(f.today) - int64(days) + 1
}

func (f *facts) sumsOf(days int) (*sums, error) {
	if s, ok := f.sums[days]; ok {
		return s, nil
	}
	s := &sums{}
	all := []*[]int64{&s.receipts, &s.returns, &s.net, &s.sales, &s.margin, &s.discount, &s.items, &s.stores, &s.first, &s.last, &s.days}
	for _, list := range all {
		*list = make([]int64, len(f.keys))
	}
	among, args := f.among("customer", []any{f.from(days)})
	err := f.q.Query(`SELECT customer, sum(kind = 0), sum(kind = 1), sum(net), sum(CASE kind WHEN 0 THEN net ELSE 0 END),
			sum(net - tax - cost), sum(discount), sum(CASE kind WHEN 0 THEN lines ELSE 0 END),
			count(DISTINCT CASE kind WHEN 0 THEN store END), coalesce(min(CASE kind WHEN 0 THEN day END), 0),
			coalesce(max(CASE kind WHEN 0 THEN day END), 0), count(DISTINCT CASE kind WHEN 0 THEN day END)
		FROM receipt
		WHERE day >= ? AND `+among+`
		GROUP BY customer`, func(r sqlite.Row) error {
		i, ok := f.place[r.Int64(0)]
		for n, list := range all {
			if ok {
				(*list)[i] = r.Int64(n + 1)
			}
		}
		return nil
	}, args...)
	f.sums[days] = s
	return s, err
}

func (s *sums) column(field audience.Field, today cube.EpochDay) audience.Column {
	bought := make([]bool, len(s.receipts))
	for i, n := range s.receipts {
		bought[i] = n > 0
	}
	computed := func(value func(i int) int64, known []bool) audience.Column {
		c := audience.Column{N: make([]int64, len(s.receipts)), Known: known}
		for i := range c.N {
			if known[i] {
				c.N[i] = value(i)
			}
		}
		return c
	}
	switch field {
	case audience.Recency:
		return computed(func(i int) int64 { return max(0, int64(today)-s.last[i]) }, bought)
	case audience.First:
		return computed(func(i int) int64 { return max(0, int64(today)-s.first[i]) }, bought)
	case audience.Average:
		return computed(func(i int) int64 { return s.sales[i] / s.receipts[i] }, bought)
	case audience.Interval:
		often := make([]bool, len(bought))
		for i, days := range s.days {
			often[i] = days > 1
		}
		return computed(func(i int) int64 { return (s.last[i] - s.first[i]) / (s.days[i] - 1) }, often)
	}
	return audience.Column{N: map[audience.Field][]int64{
		audience.Receipts: s.receipts, audience.Returns: s.returns, audience.Revenue: s.net, audience.Margin: s.margin,
		audience.Discount: s.discount, audience.Items: s.items, audience.Stores: s.stores,
	}[field]}
}

// below lists categories with all that are under them.
const below = `WITH RECURSIVE below (id) AS (
	SELECT value FROM json_each(?)
	UNION
	SELECT c.id FROM ref_category c JOIN below b ON c.parent = b.id
)
`

// bought marks who bought in or from what a comparison names.
func (f *facts) bought(l audience.Condition) ([]bool, error) {
	named := jsonList(l.Text)
	text := `SELECT DISTINCT r.customer
		FROM receipt r
		WHERE r.kind = 0 AND r.store IN (SELECT value FROM json_each(?)) AND r.day >= ? AND `
	switch l.Field {
	case audience.Categories:
		text = below + `SELECT DISTINCT r.customer
			FROM receipt r
			CROSS JOIN receipt_line l ON l.receipt = r.pos AND l.voided = 0
			WHERE r.kind = 0 AND l.product IN (SELECT p.key FROM product p LEFT JOIN ref_product f ON f.sku = p.sku
				WHERE coalesce(f.category, p.category) IN (SELECT id FROM below)) AND r.day >= ? AND `
	case audience.Products:
		text = `SELECT DISTINCT r.customer
			FROM receipt r
			CROSS JOIN receipt_line l ON l.receipt = r.pos AND l.voided = 0
			WHERE r.kind = 0 AND l.product IN (SELECT key FROM product WHERE sku IN (SELECT value FROM json_each(?)))
				AND r.day >= ? AND `
	}
	among, args := f.among("r.customer", []any{named, f.from(l.Days)})
	in := make([]bool, len(f.keys))
	return in, f.q.Query(text+among, func(r sqlite.Row) error {
		if i, ok := f.place[r.Int64(0)]; ok {
			in[i] = true
		}
		return nil
	}, args...)
}

func jsonList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quoteJSON(text)
	}
	return "[" + strings.Join(quoted, ",") + "]"
}

// rfmGroups gives the RFM segment of who bought in the last year: quintiles of
// all who did.
func (f *facts) rfmGroups() ([]string, error) {
	if f.rfm != nil {
		return f.rfm, nil
	}
	s, err := f.sumsOf(rfmDays)
	if err != nil {
		return nil, err
	}
	var days, receipts, money []int64
	for i, n := range s.receipts {
		if n > 0 {
			days, receipts, money = append(days, int64(f.today)-s.last[i]), append(receipts, n), append(money, s.net[i])
		}
	}
	r, fr, m := rfm.Cuts(days, rfm.Scores), rfm.Cuts(receipts, rfm.Scores), rfm.Cuts(money, rfm.Scores)
	f.rfm = make([]string, len(f.keys))
	for i, n := range s.receipts {
		if n > 0 {
			value := rfm.Value(rfm.Score(float64(n), fr), rfm.Score(float64(s.net[i]), m))
			f.rfm[i] = string(rfm.SegmentOf(rfm.Recency(float64(int64(f.today)-s.last[i]), r), value))
		}
	}
	return f.rfm, nil
}

// profiles are what customers told of themselves.
type profiles struct {
	texts   map[audience.Field][]string
	numbers map[audience.Field]audience.Column
}

func (p *profiles) column(field audience.Field) audience.Column {
	if texts, ok := p.texts[field]; ok {
		return audience.Column{Text: texts, Known: given(texts)}
	}
	return p.numbers[field]
}

func (f *facts) profiles() (*profiles, error) {
	if f.who != nil {
		return f.who, nil
	}
	var texts []audience.Field
	columns := ""
	for _, t := range cube.Traits() {
		texts = append(texts, audience.Field(t.Field))
		columns += ", " + t.Column
	}
	numbers := []audience.Field{audience.Age, audience.BirthdayIn, audience.Household, audience.Children, audience.Offers, audience.Enrolled}
	p := &profiles{texts: map[audience.Field][]string{}, numbers: map[audience.Field]audience.Column{}}
	for _, field := range texts {
		p.texts[field] = make([]string, len(f.keys))
	}
	for _, field := range numbers {
		p.numbers[field] = audience.Column{N: make([]int64, len(f.keys)), Known: make([]bool, len(f.keys))}
	}
	put := func(field audience.Field, i int, value int64, known bool) {
		p.numbers[field].N[i], p.numbers[field].Known[i] = value, known
	}
	among, args := f.among("customer", nil)
	err := f.q.Query(`SELECT customer, birth, size, children, marketing, since`+columns+`
		FROM customer_profile
		WHERE valid_to = 9223372036854775807 AND `+among, func(r sqlite.Row) error {
		i, ok := f.place[r.Int64(0)]
		if !ok {
			return nil
		}
		for n, field := range texts {
			p.texts[field][i] = r.Text(n + 6)
		}
		age, next, known := ages(r.Text(1), f.today)
		put(audience.Age, i, age, known)
		put(audience.BirthdayIn, i, next, known)
		put(audience.Household, i, r.Int64(2), r.Int64(2) > 0)
		put(audience.Children, i, r.Int64(3), r.Int64(2) > 0)
		put(audience.Offers, i, r.Int64(4), true)
		put(audience.Enrolled, i, max(0, int64(f.today)-r.Int64(5)/86_400_000), r.Int64(5) > 0)
		return nil
	}, args...)
	f.who = p
	return p, err
}

// ages returns the age on a day and the days until the next birthday. Who was
// born on 29 February has his birthday on 1 March of other years.
func ages(birth string, today cube.EpochDay) (age, next int64, known bool) {
	born, err := time.Parse(time.DateOnly, birth)
	if err != nil || born.Year() < cube.BirthFirst {
		return 0, 0, false
	}
	now := time.Unix(int64(today)*86400, 0).UTC()
	age = int64(now.Year() - born.Year())
	birthday := time.Date(now.Year(), born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)
	if birthday.After(now) {
		age--
	}
	if birthday.Before(now) {
		birthday = time.Date(now.Year()+1, born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)
	}
	return age, int64(birthday.Sub(now).Hours() / 24), age >= 0
}

// Values returns the texts that customers have in fields, most frequent first.
func Values(q warehouse.Querier) (map[audience.Field][]string, error) {
	f, err := readFacts(q, 0, -1)
	if err != nil {
		return nil, err
	}
	p, err := f.profiles()
	if err != nil {
		return nil, err
	}
	values := map[audience.Field][]string{}
	for field, texts := range p.texts {
		counts := map[string]int{}
		for _, text := range texts {
			if text != "" {
				counts[text]++
			}
		}
		for text := range counts {
			values[field] = append(values[field], text)
		}
		slices.SortFunc(values[field], func(a, b string) int {
			if counts[a] != counts[b] {
				return counts[b] - counts[a]
			}
			return strings.Compare(a, b)
		})
	}
	for _, name := range rfm.Segments {
		values[audience.RFM] = append(values[audience.RFM], string(name))
	}
	return values, nil
}

func quoteJSON(text string) string {
	b, err := json.Marshal(text)
	if err != nil { // a string always can be
		return `""`
	}
	return string(b)
}
