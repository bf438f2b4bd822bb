package report

import (
	"cmp"
	"context"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/mining/growth"
)

// GrowthRequest asks why revenue is another than in the compared period.
type GrowthRequest struct {
	cube.Slice
	Against
	By    cube.DimID `json:"by"`              // where the change came from
	Limit int        `json:"limit,omitempty"` // of Drivers; 0: all
}

// Span implements the period that must be at hand.
func (r GrowthRequest) Span() (from, to string) { return r.spanOf(r.Slice) }

// Against is the period that one is compared with, as in a cube.Query.
type Against struct {
	Compare cube.Compare `json:"compare,omitempty"` // that with the plan counts as none
	Earlier string       `json:"earlier,omitempty"`
	Until   int          `json:"until,omitempty"`
}

// query asks for measures of s and of the compared period.
func (a Against) query(s cube.Slice, measures []cube.MeasureID, by ...cube.DimID) cube.Query {
	if a.Compare == cube.Plan {
		a = Against{}
	}
	return cube.Query{Measures: measures, By: by, From: s.From, To: s.To, Where: s.Where, Compare: a.Compare, Earlier: a.Earlier, Until: a.Until}
}

// spanOf is the period of s with the one before that it is compared with.
func (a Against) spanOf(s cube.Slice) (from, to string) {
	first, errFrom := cube.ParseDay(s.From)
	last, errTo := cube.ParseDay(s.To)
	if errFrom != nil || errTo != nil {
		return s.From, s.To
	}
	switch a.Compare {
	case cube.Previous:
		first -= last - first + 1
		if earlier, err := cube.ParseDay(a.Earlier); err == nil {
			first = min(first, earlier)
		}
	case cube.LastYear:
		first -= yearShift
	}
	return max(first, 0).String(), s.To
}

// yearShift is how many days the same weekdays of last year are back.
const yearShift = 364

// Growth is the change of revenue and what it consists of: Parts and Returns add
// up to Now.Revenue − Then.Revenue.
type Growth struct {
	From    string       `json:"from"`
	To      string       `json:"to"`
	Before  *cube.Period `json:"before,omitempty"` // nil: nothing to compare with
	Now     GrowthSide   `json:"now"`
	Then    GrowthSide   `json:"then"`
	Parts   growth.Parts `json:"parts"`
	Returns int64        `json:"returns"` // less what was paid back more
	Both    int          `json:"both"`    // products sold in both periods
	New     int          `json:"new"`
	Gone    int          `json:"gone"`
	Drivers []Driver     `json:"drivers"` // the largest changes first
	Others  int          `json:"others"`  // that the limit left out
}

// GrowthSide is the figures of one period.
type GrowthSide struct {
	Revenue  int64 `json:"revenue"`
	Sales    int64 `json:"sales"`
	Returns  int64 `json:"returns"`
	Receipts int64 `json:"receipts"`
	Quantity int64 `json:"quantity"` // sold, thousandths
	Discount int64 `json:"discount"`
}

// Driver is a part of the business and its revenue in both periods.
type Driver struct {
	Key  string         `json:"key"`
	Name catalogue.Text `json:"name,omitzero"`
	Now  int64          `json:"now"`
	Then int64          `json:"then"`
}

// growthMeasures are those whose bases the parts are made of.
var growthMeasures = []cube.MeasureID{cube.Revenue, cube.AveragePrice, cube.AverageReceipt, cube.Discount}

// NameGrowth is what GrowthOf is asked for by.
var NameGrowth = define("growth", GrowthOf)

// GrowthOf answers r.
func GrowthOf(ctx context.Context, c *cube.Cube, r GrowthRequest) (*Growth, error) {
	q := r.query(r.Slice, growthMeasures, cube.Product)
	goods, err := c.Figures(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &Growth{From: goods.From, To: goods.To, Before: goods.Before, Now: sideOf(goods.Now), Drivers: []Driver{}}
	if goods.Then == nil {
		return out, nil
	}
	out.Then = sideOf(goods.Then)
	now, then := growth.Period{Receipts: out.Now.Receipts}, growth.Period{Receipts: out.Then.Receipts}
	for _, row := range goods.Rows {
		a, b := goodOf(row.Then), goodOf(row.Now)
		then.Goods, now.Goods = append(then.Goods, a), append(now.Goods, b)
		switch {
		case a.Quantity > 0 && b.Quantity > 0:
			out.Both++
		case b.Quantity > 0:
			out.New++
		case a.Quantity > 0:
			out.Gone++
		}
	}
	out.Parts, out.Returns = growth.Split(now, then), out.Then.Returns-out.Now.Returns
	q.Measures, q.By = []cube.MeasureID{cube.Revenue}, []cube.DimID{r.By}
	return out, out.drive(ctx, c, q, r.Limit)
}

func sideOf(b *[cube.Bases]int64) GrowthSide {
	return GrowthSide{
		Revenue: b[cube.SaleNet] + b[cube.ReturnNet], Sales: b[cube.SaleNet], Returns: -b[cube.ReturnNet],
		Receipts: b[cube.SaleReceipts], Quantity: b[cube.SaleQuantity], Discount: b[cube.SaleDiscount],
	}
}

func goodOf(b *[cube.Bases]int64) growth.Good {
	return growth.Good{Quantity: b[cube.SaleQuantity], Net: b[cube.SaleNet], Discount: b[cube.SaleDiscount]}
}

// drive lists where the change came from.
func (out *Growth) drive(ctx context.Context, c *cube.Cube, q cube.Query, limit int) error {
	f, err := c.Figures(ctx, q)
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		d := Driver{Key: row.Keys[0], Now: sideOf(row.Now).Revenue, Then: sideOf(row.Then).Revenue}
		if d.Now != 0 || d.Then != 0 {
			out.Drivers = append(out.Drivers, d)
		}
	}
	slices.SortStableFunc(out.Drivers, func(a, b Driver) int { return cmp.Compare(abs(b.Now-b.Then), abs(a.Now-a.Then)) })
	if limit > 0 && len(out.Drivers) > limit {
		out.Others = len(out.Drivers) - limit
		out.Drivers = out.Drivers[:limit]
	}
	for i := range out.Drivers {
		out.Drivers[i].Name, _ = c.Name(q.By[0], out.Drivers[i].Key)
	}
	return nil
}

func abs(n int64) int64 { return max(n, -n) }
