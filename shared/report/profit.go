package report

import (
	"context"
	"math"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/abc"
	"tillsight/shared/mining/interval"
	"tillsight/shared/mining/rfm"
)

// ByRFM breaks customers down by their segment of RFM at the end of the period.
const ByRFM cube.DimID = "rfm"

// ProfitRequest asks what known customers bring after tax and purchase cost.
type ProfitRequest struct {
	cube.Slice
	By cube.DimID `json:"by,omitempty"` // a dimension of customers, or ByRFM; "" is ByRFM
}

// Span implements the period that must be at hand.
func (r ProfitRequest) Span() (from, to string) {
	if r.By == ByRFM || r.By == "" {
		return min(r.From, yearBefore(r.To)), r.To
	}
	return r.From, r.To
}

// Profit is what known customers bring.
type Profit struct {
	From     string     `json:"from"`
	To       string     `json:"to"`
	By       cube.DimID `json:"by"`
	Known    int64      `json:"known"`    // revenue of known customers, basis points of all
	Uncosted int64      `json:"uncosted"` // revenue without a known cost, basis points of all
	Overlap  bool       `json:"overlap"`  // a customer can be in several parts
	All      ProfitPart `json:"all"`
	// Losing are customers who cost more than they brought, Loss how much.
	Losing int          `json:"losing"`
	Loss   int64        `json:"loss"`
	Tenth  int64        `json:"tenth"` // of the positive margin: what the best tenth brings, basis points
	Gini   int64        `json:"gini"`  // of the margin, those below zero counted as zero, basis points
	Curve  []int64      `json:"curve"` // what the best 0, 1, … 100 % bring, basis points
	Parts  []ProfitPart `json:"parts"` // largest margin first
}

// ProfitPart is the figures of some customers.
type ProfitPart struct {
	Key       string         `json:"key"`
	Name      catalogue.Text `json:"name,omitzero"`
	Customers int            `json:"customers"`
	Receipts  int            `json:"receipts"`
	Revenue   int64          `json:"revenue"`
	Discount  int64          `json:"discount"`
	Tax       int64          `json:"tax"`
	Cost      int64          `json:"cost"`
	Margin    int64          `json:"margin"`
	// Each is the margin per customer; its 95 % interval is ± Half, −1 when there are too few.
	Each int64 `json:"each"`
	Half int64 `json:"half"`

	squares float64
}

func (p *ProfitPart) add(one *ProfitPart) {
	p.Customers++
	p.Receipts += one.Receipts
	p.Revenue += one.Revenue
	p.Discount += one.Discount
	p.Tax += one.Tax
	p.Cost += one.Cost
	p.Margin += one.Margin
	p.squares += float64(one.Margin) * float64(one.Margin)
}

func (p *ProfitPart) mean() {
	p.Half = -1
	if p.Customers > 0 {
		p.Each = int64(math.Round(float64(p.Margin) / float64(p.Customers)))
	}
	if _, half, ok := interval.Mean(p.Customers, float64(p.Margin), p.squares); ok {
		p.Half = int64(math.Round(half))
	}
}

// profits is the figures of every customer of the slice by key; who has no
// receipt has no Customers either.
func profits(ctx context.Context, c *cube.Cube, s cube.Slice) ([]ProfitPart, error) {
	all := make([]ProfitPart, c.CustomerKeys())
	return all, c.Visits(ctx, s, func(v *cube.Visit) {
		p := &all[v.Customer]
		p.Customers = 1
		p.Revenue += v.Net
		p.Discount += v.Discount
		p.Tax += v.Tax
		p.Cost += v.Cost
		p.Margin += v.Margin()
		if !v.Return {
			p.Receipts++
		}
	})
}

// NameProfit is what ProfitOf is asked for by.
var NameProfit = define("profit", ProfitOf)

// ProfitOf answers r.
func ProfitOf(ctx context.Context, c *cube.Cube, r ProfitRequest) (*Profit, error) {
	parts, err := partsOf(ctx, c, r)
	if err != nil {
		return nil, err
	}
	each, err := profits(ctx, c, r.Slice)
	if err != nil {
		return nil, err
	}
	out := &Profit{From: r.From, To: r.To, By: parts.by, Overlap: parts.members != nil, Parts: []ProfitPart{}}
	if out.Known, out.Uncosted, err = coverage(ctx, c, r.Slice, each); err != nil {
		return nil, err
	}
	at := map[string]int{}
	var margins []int64
	for key := range each {
		one := &each[key]
		if one.Customers == 0 {
			continue
		}
		out.All.add(one)
		margins = append(margins, one.Margin)
		if one.Margin < 0 {
			out.Losing++
			out.Loss -= one.Margin
		}
		for _, id := range parts.of(int32(key)) {
			i, ok := at[id]
			if !ok {
				i = len(out.Parts)
				at[id] = i
				out.Parts = append(out.Parts, ProfitPart{Key: id})
			}
			out.Parts[i].add(one)
		}
	}
	out.All.mean()
	for i := range out.Parts {
		out.Parts[i].mean()
		out.Parts[i].Name, _ = c.Name(parts.by, out.Parts[i].Key)
	}
	slices.SortFunc(out.Parts, func(a, b ProfitPart) int {
		if a.Margin != b.Margin {
			if a.Margin > b.Margin {
				return -1
			}
			return 1
		}
		return cube.Natural(a.Key, b.Key)
	})
	out.Tenth, out.Curve, out.Gini = abc.Top(margins, 0.1), abc.Curve(margins), abc.Gini(margins)
	return out, nil
}

// coverage says how much of the revenue is of known customers, and how much has
// no known cost.
func coverage(ctx context.Context, c *cube.Cube, s cube.Slice, each []ProfitPart) (known, uncosted int64, err error) {
	var own int64
	for _, p := range each {
		own += p.Revenue
	}
	q := cube.Query{Measures: []cube.MeasureID{cube.Revenue, cube.Uncosted}, From: s.From, To: s.To, Where: s.Where}
	all, err := c.Run(ctx, q, nil)
	if err != nil {
		return 0, 0, err
	}
	total := all.Total.Values[0].N
	return share(own, total), share(all.Total.Values[1].N, total), nil
}

// share returns part of whole in basis points, 0 when there is no whole.
func share(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return int64(math.Round(float64(part) / float64(whole) * 10000))
}

// parting puts customers into parts.
type parting struct {
	by      cube.DimID
	keys    []string   // by customer key; nil with members
	members [][]string // by customer key
}

func (p *parting) of(key int32) []string {
	if p.members == nil {
		return p.keys[key : key+1]
	}
	if ids := p.members[key]; ids != nil {
		return ids
	}
	return []string{""}
}

// partsOf finds the parts that customers are in.
func partsOf(ctx context.Context, c *cube.Cube, r ProfitRequest) (*parting, error) {
	p := &parting{by: r.By}
	switch r.By {
	case "", ByRFM:
		p.by = ByRFM
		_, people, err := scored(ctx, c, RFMRequest{Where: r.Where}, r.To)
		if err != nil {
			return nil, err
		}
		p.keys = make([]string, c.CustomerKeys())
		for i := range p.keys {
			p.keys[i] = string(RFMNobody)
		}
		for _, person := range people {
			if key, ok := c.CustomerKey(person.ID); ok {
				p.keys[key] = string(person.Segment)
			}
		}
	case cube.Segment:
		p.members = make([][]string, c.CustomerKeys())
		for s, members := range c.Dims().Members {
			for _, key := range members {
				if int(key) < len(p.members) && s < len(c.Dims().Segments) {
					p.members[key] = append(p.members[key], c.Dims().Segments[s].ID)
				}
			}
		}
	default:
		if p.keys = c.CustomerParts(r.By); p.keys == nil || r.By == cube.Customer {
			return nil, errcode.New(errcode.BadQuery, "report.ProfitOf", nil).With("field", "by").With("value", string(r.By))
		}
	}
	return p, nil
}

// ProfitPeopleRequest asks for the customers behind a number of Profit.
type ProfitPeopleRequest struct {
	ProfitRequest
	All    bool   `json:"all,omitempty"`    // of every part
	Key    string `json:"key,omitempty"`    // of this part
	Losing bool   `json:"losing,omitempty"` // only those with a negative margin
}

// Span implements the period that must be at hand.
func (r ProfitPeopleRequest) Span() (from, to string) { return r.ProfitRequest.Span() }

// NameProfitPeople is what ProfitPeople is asked for by.
var NameProfitPeople = people("profit-people", ProfitPeople)

// ProfitPeople lists them. Values are their margin of the period; with Losing
// the worst come first.
func ProfitPeople(ctx context.Context, c *cube.Cube, r ProfitPeopleRequest) ([]Person, error) {
	parts, err := partsOf(ctx, c, r.ProfitRequest)
	if err != nil {
		return nil, err
	}
	each, err := profits(ctx, c, r.Slice)
	if err != nil {
		return nil, err
	}
	f, err := gather(ctx, c, r.Slice, (*cube.Visit).Margin)
	if err != nil {
		return nil, err
	}
	list, err := f.people(c, r.To, func(key int) bool {
		return each[key].Customers > 0 && (!r.Losing || each[key].Margin < 0) &&
			(r.All || slices.Contains(parts.of(int32(key)), r.Key))
	})
	if r.Losing {
		slices.Reverse(list)
	}
	for i := range list {
		if key, ok := c.CustomerKey(list[i].ID); ok && parts.by == ByRFM && parts.keys[key] != string(RFMNobody) {
			list[i].Segment = rfm.Segment(parts.keys[key])
		}
	}
	return list, err
}
