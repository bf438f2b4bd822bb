package report

import (
	"cmp"
	"context"
	"math"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

// ProfileFew is the number of customers below which a group is not told: it
// could say something about one of them.
const ProfileFew = 10

// favourites is how many categories the profile names.
const favourites = 30

// ProfileRequest asks what the customers of a period are like. They are those
// whom the filters on customers let pass; all known customers whom the other
// filters let pass are what they are compared with.
type ProfileRequest struct {
	cube.Slice
}

// Span implements the period that must be at hand.
func (r ProfileRequest) Span() (from, to string) { return r.From, r.To }

// Profile says what customers are like and how they buy.
type Profile struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Customers int    `json:"customers"` // looked at
	All       int    `json:"all"`       // compared with, those looked at among them
	Chosen    bool   `json:"chosen"`    // filters on customers make the two differ
	// KnownReceipts and KnownRevenue are the parts of receipts and revenue that
	// have a known customer at all, basis points.
	KnownReceipts int64           `json:"known_receipts"`
	KnownRevenue  int64           `json:"known_revenue"`
	Few           int             `json:"few"`
	Traits        []ProfileTrait  `json:"traits"`
	Pyramid       []PyramidRow    `json:"pyramid"` // the youngest first
	Hours         [7][24]HourCell `json:"hours"`   // by weekday from Monday
	Goods         []ProfileGoods  `json:"goods"`   // highest index first
	Habits        ProfileHabits   `json:"habits"`
	AllHabits     ProfileHabits   `json:"all_habits"`
}

// ProfileTrait is one thing that is told about customers.
type ProfileTrait struct {
	Dim   cube.DimID    `json:"dim"`   // or Tenure
	Known int64         `json:"known"` // for how many it is told, basis points
	Parts []ProfilePart `json:"parts"`
}

// Tenure is how long ago a customer enrolled, or if that is not known bought
// first in the period.
const Tenure cube.DimID = "tenure"

// tenures are the borders of Tenure in days, and its keys.
var tenures = []struct {
	below int
	key   string
}{{30, "0-1"}, {91, "1-3"}, {182, "3-6"}, {365, "6-12"}, {730, "12-24"}, {math.MaxInt, "24+"}}

// ProfilePart is customers who have a trait in common. When they are fewer than
// ProfileFew nothing but Small is said.
type ProfilePart struct {
	Key       string         `json:"key"`
	Name      catalogue.Text `json:"name,omitzero"`
	Small     bool           `json:"small,omitempty"`
	Customers int            `json:"customers"`
	Revenue   int64          `json:"revenue"`
	// Index is the part's share of the customers looked at by its share of all,
	// 100 when they are the same; −1 when that can't be said.
	Index int `json:"index"`
}

// PyramidRow is the customers of an age; −1 stands for fewer than ProfileFew.
type PyramidRow struct {
	Age    string `json:"age"`
	Women  int    `json:"women"`
	Men    int    `json:"men"`
	Unsaid int    `json:"unsaid"`
}

// HourCell is the receipts of an hour of the week. Index compares its share with
// that of all, as in ProfilePart.
type HourCell struct {
	Receipts int `json:"receipts"`
	Index    int `json:"index"`
}

// ProfileGoods is what customers spend on a category. Index compares the share
// of their money with that of all, as in ProfilePart.
type ProfileGoods struct {
	Key     string         `json:"key"`
	Name    catalogue.Text `json:"name,omitzero"`
	Revenue int64          `json:"revenue"`
	Share   int64          `json:"share"`  // basis points of their revenue
	Buyers  int            `json:"buyers"` // of them
	Index   int            `json:"index"`
}

// ProfileHabits is how customers buy. Shares are basis points.
type ProfileHabits struct {
	Receipts int   `json:"receipts"`
	Receipt  int64 `json:"receipt"`  // average
	Monthly  int64 `json:"monthly"`  // receipts per customer and 30 days, thousandths
	Promo    int64 `json:"promo"`    // receipts with a discount
	Discount int64 `json:"discount"` // discounts by what it would have cost without
	Weekend  int64 `json:"weekend"`  // receipts on Saturdays and Sundays
	Evening  int64 `json:"evening"`  // receipts from 18:00 on
	// Tiers are the parts of revenue spent in the cheapest, middle and dearest
	// third of the articles of their category, of what was spent in categories
	// with TierGoods articles or more.
	Tiers [3]int64 `json:"tiers"`
}

// TierGoods is how many articles a category needs to have tiers of price.
const TierGoods = 3

// profiler puts a Profile together.
type profiler struct {
	c       *cube.Cube
	r       ProfileRequest
	chosen  []bool  // customers looked at, by key
	bought  []bool  // any receipt in the period
	revenue []int64 // by key
	first   []cube.EpochDay
	out     *Profile
}

// NameProfile is what ProfileOf is asked for by.
var NameProfile = define("profile", ProfileOf)

// ProfileOf answers r.
func ProfileOf(ctx context.Context, c *cube.Cube, r ProfileRequest) (*Profile, error) {
	p := &profiler{c: c, r: r, out: &Profile{From: r.From, To: r.To, Few: ProfileFew, Traits: []ProfileTrait{}, Goods: []ProfileGoods{}}}
	var err error
	if p.chosen, err = c.PassingCustomers(r.Where); err != nil {
		return nil, err
	}
	around := r.Slice
	around.Where = nil
	for _, f := range r.Where {
		if cube.OfCustomers(f.Dim) {
			p.out.Chosen = true
		} else {
			around.Where = append(around.Where, f)
		}
	}
	if err := p.visit(ctx, around); err != nil {
		return nil, err
	}
	for _, dim := range []cube.DimID{cube.Sex, cube.Age, cube.City, cube.HomeRegion, cube.HomeStore, cube.Household, cube.Children, cube.Income, cube.Home, cube.Offers} {
		p.trait(dim, c.CustomerParts(dim))
	}
	tenure, err := p.tenure()
	if err != nil {
		return nil, err
	}
	p.trait(Tenure, tenure)
	p.pyramid()
	if err := p.goods(ctx, around); err != nil {
		return nil, err
	}
	return p.out, p.known(ctx, around)
}

// visit goes over the receipts of all and of those looked at.
func (p *profiler) visit(ctx context.Context, around cube.Slice) error {
	n := p.c.CustomerKeys()
	p.bought, p.revenue, p.first = make([]bool, n), make([]int64, n), make([]cube.EpochDay, n)
	var hours [7][24]int
	own, all := habits{}, habits{}
	err := p.c.Visits(ctx, around, func(v *cube.Visit) {
		k := v.Customer
		p.revenue[k] += v.Net
		all.add(v)
		if p.chosen[k] {
			own.add(v)
		}
		if v.Return {
			return
		}
		p.bought[k] = true
		if p.first[k] == 0 || v.Day < p.first[k] {
			p.first[k] = v.Day
		}
		hours[v.Day.Weekday()][v.Hour]++
		if p.chosen[k] {
			p.out.Hours[v.Day.Weekday()][v.Hour].Receipts++
		}
	})
	if err != nil {
		return err
	}
	for key, bought := range p.bought {
		if bought {
			p.out.All++
			if p.chosen[key] {
				p.out.Customers++
			}
		}
	}
	days := span(p.c, around)
	p.out.Habits, p.out.AllHabits = own.sum(p.out.Customers, days), all.sum(p.out.All, days)
	for day := range hours {
		for hour, n := range hours[day] {
			cell := &p.out.Hours[day][hour]
			cell.Index = index(cell.Receipts, own.receipts, n, all.receipts)
		}
	}
	return nil
}

// span is how many days of s have data.
func span(c *cube.Cube, s cube.Slice) int {
	from, to := c.Span()
	if s.From > from {
		from = s.From
	}
	if s.To != "" && s.To < to {
		to = s.To
	}
	first, errFirst := cube.ParseDay(from)
	last, errLast := cube.ParseDay(to)
	if errFirst != nil || errLast != nil || last < first {
		return 0
	}
	return int(last-first) + 1
}

// index compares the share part has in whole with that of otherPart in other.
func index(part, whole, otherPart, other int) int {
	if whole == 0 || otherPart == 0 || other == 0 {
		return -1
	}
	return int(math.Round(float64(part) / float64(whole) / (float64(otherPart) / float64(other)) * 100))
}

// habits adds up how customers buy.
type habits struct {
	receipts, promo, weekend, evening int
	sales, net, discount              int64
}

func (h *habits) add(v *cube.Visit) {
	h.net += v.Net
	h.discount += v.Discount
	if v.Return {
		return
	}
	h.sales += v.Net
	h.receipts++
	if v.Discount > 0 {
		h.promo++
	}
	if v.Day.Weekday() >= 5 {
		h.weekend++
	}
	if v.Hour >= 18 {
		h.evening++
	}
}

func (h *habits) sum(customers, days int) ProfileHabits {
	part := func(n int) int64 { return share(int64(n), int64(h.receipts)) }
	out := ProfileHabits{
		Receipts: h.receipts, Promo: part(h.promo), Weekend: part(h.weekend), Evening: part(h.evening),
		Discount: share(h.discount, h.net+h.discount),
	}
	if h.receipts > 0 {
		out.Receipt = int64(math.Round(float64(h.sales) / float64(h.receipts)))
	}
	if customers > 0 && days > 0 {
		out.Monthly = int64(math.Round(float64(h.receipts) * 30 * 1000 / float64(customers) / float64(days)))
	}
	return out
}

// trait counts customers by what is told about them, by their key.
func (p *profiler) trait(dim cube.DimID, told []string) {
	all, own, revenue := map[string]int{}, map[string]int{}, map[string]int64{}
	allKnown, known := 0, 0
	for key, bought := range p.bought {
		if !bought || told[key] == "" {
			continue
		}
		all[told[key]]++
		allKnown++
		if p.chosen[key] {
			own[told[key]]++
			revenue[told[key]] += p.revenue[key]
			known++
		}
	}
	t := ProfileTrait{Dim: dim, Known: share(int64(known), int64(p.out.Customers)), Parts: []ProfilePart{}}
	for key, n := range own {
		part := ProfilePart{Key: key, Customers: n, Revenue: revenue[key], Index: index(n, known, all[key], allKnown)}
		if n < ProfileFew {
			part = ProfilePart{Key: key, Small: true, Index: -1}
		}
		part.Name, _ = p.c.Name(dim, key)
		t.Parts = append(t.Parts, part)
	}
	slices.SortFunc(t.Parts, func(a, b ProfilePart) int {
		if dim == cube.City || dim == cube.HomeRegion || dim == cube.HomeStore {
			return cmp.Or(-cmp.Compare(a.Customers, b.Customers), cube.Natural(a.Key, b.Key))
		}
		return cube.Natural(a.Key, b.Key)
	})
	p.out.Traits = append(p.out.Traits, t)
}

// tenure tells how long every customer has been one.
func (p *profiler) tenure() ([]string, error) {
	last, err := cube.ParseDay(p.r.To)
	if err != nil {
		return nil, err
	}
	told := make([]string, len(p.bought))
	for key := range told {
		began := p.first[key]
		if since := p.c.Customer(int32(key)).Since; since > 0 {
			began = min(began, cube.EpochDay(since/86_400_000))
		}
		if began == 0 {
			continue
		}
		for _, t := range tenures {
			if int(last-began) < t.below {
				told[key] = t.key
				break
			}
		}
	}
	return told, nil
}

// pyramid counts customers by age and sex.
func (p *profiler) pyramid() {
	ages, sexes := p.c.CustomerParts(cube.Age), p.c.CustomerParts(cube.Sex)
	at := map[string]*PyramidRow{}
	for _, band := range cube.AgeBands {
		at[band.Key] = &PyramidRow{Age: band.Key}
	}
	for key, bought := range p.bought {
		row := at[ages[key]]
		if !bought || !p.chosen[key] || row == nil {
			continue
		}
		switch sexes[key] {
		case "f":
			row.Women++
		case "m":
			row.Men++
		default:
			row.Unsaid++
		}
	}
	for _, band := range cube.AgeBands {
		row := *at[band.Key]
		for _, n := range []*int{&row.Women, &row.Men, &row.Unsaid} {
			if *n > 0 && *n < ProfileFew {
				*n = -1
			}
		}
		p.out.Pyramid = append(p.out.Pyramid, row)
	}
}

// known says how much of the whole the known customers are.
func (p *profiler) known(ctx context.Context, around cube.Slice) error {
	q := cube.Query{Measures: []cube.MeasureID{cube.KnownShare, cube.Revenue}, From: around.From, To: around.To, Where: around.Where}
	r, err := p.c.Run(ctx, q, nil)
	if err != nil {
		return err
	}
	var own int64
	for _, v := range p.revenue {
		own += v
	}
	p.out.KnownReceipts, p.out.KnownRevenue = r.Total.Values[0].N, share(own, r.Total.Values[1].N)
	return nil
}

// goods compares on what money is spent, by category and tier of price.
func (p *profiler) goods(ctx context.Context, around cube.Slice) error {
	known := cube.Filter{Dim: cube.Customer, In: []string{""}, Not: true}
	ask := func(where []cube.Filter, by cube.DimID, measures ...cube.MeasureID) (*cube.Result, error) {
		return p.c.Run(ctx, cube.Query{Measures: measures, By: []cube.DimID{by}, From: p.r.From, To: p.r.To,
			Where: append(slices.Clone(where), known)}, nil)
	}
	all, err := ask(around.Where, cube.Category, cube.Revenue)
	if err != nil {
		return err
	}
	own, err := ask(p.r.Where, cube.Category, cube.Revenue, cube.Customers)
	if err != nil {
		return err
	}
	whole := map[string]int64{}
	for _, row := range all.Rows {
		whole[row.Keys[0]] = row.Values[0].N
	}
	total, allTotal := own.Total.Values[0].N, all.Total.Values[0].N
	for _, row := range own.Rows {
		g := ProfileGoods{Key: row.Keys[0], Name: own.Names[0][row.Keys[0]], Revenue: row.Values[0].N, Buyers: int(row.Values[1].N)}
		g.Share = share(g.Revenue, total)
		if g.Buyers < ProfileFew || g.Key == "" || g.Revenue <= 0 || whole[g.Key] <= 0 || total <= 0 || allTotal <= 0 {
			continue
		}
		g.Index = int(math.Round(float64(g.Revenue) / float64(total) / (float64(whole[g.Key]) / float64(allTotal)) * 100))
		p.out.Goods = append(p.out.Goods, g)
	}
	slices.SortFunc(p.out.Goods, func(a, b ProfileGoods) int {
		return cmp.Or(-cmp.Compare(a.Index, b.Index), -cmp.Compare(a.Revenue, b.Revenue), cube.Natural(a.Key, b.Key))
	})
	p.out.Goods = p.out.Goods[:min(favourites, len(p.out.Goods))]
	prices, err := ask(around.Where, cube.Product, cube.Revenue, cube.Units)
	if err != nil {
		return err
	}
	bought, err := ask(p.r.Where, cube.Product, cube.Revenue)
	if err != nil {
		return err
	}
	tier := p.tiers(prices)
	p.out.AllHabits.Tiers, p.out.Habits.Tiers = spent(prices, tier), spent(bought, tier)
	return nil
}

// tiers puts every article into the cheapest (0), middle or dearest (2) third of
// its category, by its average price of a piece or kilogram.
func (p *profiler) tiers(prices *cube.Result) map[string]int {
	type priced struct {
		sku   string
		price float64
	}
	category := map[string]int32{}
	for _, product := range p.c.Dims().Products {
		category[product.SKU] = product.Category
	}
	lists := map[int32][]priced{}
	for _, row := range prices.Rows {
		of, ok := category[row.Keys[0]]
		if units := row.Values[1].N; ok && of >= 0 && units > 0 && row.Values[0].N > 0 {
			lists[of] = append(lists[of], priced{row.Keys[0], float64(row.Values[0].N) / float64(units)})
		}
	}
	tier := map[string]int{}
	for _, list := range lists {
		if len(list) < TierGoods {
			continue
		}
		slices.SortFunc(list, func(a, b priced) int { return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(a.sku, b.sku)) })
		for i, one := range list {
			tier[one.sku] = i * 3 / len(list)
		}
	}
	return tier
}

// spent returns the parts of revenue that fall into each tier.
func spent(r *cube.Result, tier map[string]int) (parts [3]int64) {
	var sum [3]int64
	for _, row := range r.Rows {
		if t, ok := tier[row.Keys[0]]; ok {
			sum[t] += row.Values[0].N
		}
	}
	for t := range parts {
		parts[t] = share(sum[t], sum[0]+sum[1]+sum[2])
	}
	return parts
}
