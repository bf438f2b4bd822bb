package report

import (
	"context"
	"slices"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/abc"
)

// OrdersRequest asks how receipts of sale spread by their sum, and how much the
// largest of them bring.
type OrdersRequest struct {
	cube.Slice
	Borders []int64 `json:"borders,omitempty"` // of groups, minor units, ascending; none: chosen by the data
}

// Span implements the period that must be at hand.
func (r OrdersRequest) Span() (from, to string) { return r.From, r.To }

// bordersMost is how many borders groups can have.
const bordersMost = 12

// Orders is receipts of sale by their sum. Groups add up to the whole.
type Orders struct {
	OrderGroup
	Median int64         `json:"median"`
	Groups []OrderGroup  `json:"groups"`
	Spread []Concentrate `json:"spread"` // of orders, customers, products
}

// OrderGroup is the receipts whose sum is from Least to less than Below.
type OrderGroup struct {
	Least    int64 `json:"least"`
	Below    int64 `json:"below"` // 0: no end
	Receipts int64 `json:"receipts"`
	Sales    int64 `json:"sales"`
	Margin   int64 `json:"margin"`
	Discount int64 `json:"discount"`
}

// Concentrate says how much the largest part brings.
type Concentrate struct {
	Item  cube.DimID `json:"item"` // "" is orders
	Items int        `json:"items"`
	Sum   int64      `json:"sum"`   // of what brings something
	Tenth int64      `json:"tenth"` // what the best tenth brings, basis points
	Half  int        `json:"half"`  // how many bring half of it
	Gini  int64      `json:"gini"`  // basis points: 0 all the same, 10000 one brings all
	Curve []int64    `json:"curve"` // what the best 0, 1, … 100 % bring, basis points
}

// NameOrders is what OrdersOf is asked for by.
var NameOrders = define("orders", OrdersOf)

// OrdersOf answers r.
func OrdersOf(ctx context.Context, c *cube.Cube, r OrdersRequest) (*Orders, error) {
	if len(r.Borders) > bordersMost || !slices.IsSorted(r.Borders) || len(slices.Compact(slices.Clone(r.Borders))) != len(r.Borders) ||
		len(r.Borders) > 0 && r.Borders[0] <= 0 {
		return nil, errcode.New(errcode.BadQuery, "report.OrdersOf", nil).With("field", "borders")
	}
	var sums []cube.ListedSum
	var values []int64
	err := c.Orders(ctx, r.Slice, func(s cube.ListedSum) {
		sums, values = append(sums, s), append(values, s.Net)
	})
	if err != nil {
		return nil, err
	}
	out := &Orders{Groups: []OrderGroup{}, Spread: []Concentrate{concentrate("", values)}}
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) > 0 {
		out.Median = sorted[(len(sorted)-1)/2]
	}
	if r.Borders == nil {
		r.Borders = bordersBy(sorted)
	}
	if len(sums) > 0 {
		out.group(r.Borders, sums)
	}
	for _, item := range []cube.DimID{cube.Customer, cube.Product} {
		f, err := c.Figures(ctx, cube.Query{Measures: []cube.MeasureID{cube.Sales}, By: []cube.DimID{item}, From: r.From, To: r.To, Where: r.Where})
		if err != nil {
			return nil, err
		}
		values = values[:0]
		for _, row := range f.Rows {
			if row.Keys[0] != "" && row.Now[cube.SaleNet] > 0 {
				values = append(values, row.Now[cube.SaleNet])
			}
		}
		out.Spread = append(out.Spread, concentrate(item, values))
	}
	return out, nil
}

// group puts every receipt into its group.
func (out *Orders) group(borders []int64, sums []cube.ListedSum) {
	least := int64(0)
	for _, border := range borders {
		out.Groups = append(out.Groups, OrderGroup{Least: least, Below: border})
		least = border
	}
	out.Groups = append(out.Groups, OrderGroup{Least: least})
	for _, s := range sums {
		at, same := slices.BinarySearch(borders, s.Net)
		if same {
			at++
		}
		out.Groups[at].add(s)
		out.add(s)
	}
}

func (g *OrderGroup) add(s cube.ListedSum) {
	g.Receipts++
	g.Sales += s.Net
	g.Margin += s.Net - s.Tax - s.Cost
	g.Discount += s.Discount
}

// bordersBy chooses round borders near the quantiles of sorted values: most
// receipts are small, so there are more groups above the median than below.
func bordersBy(sorted []int64) []int64 {
	borders := []int64{}
	for _, percent := range []int{15, 35, 55, 75, 90, 97} {
		if len(sorted) == 0 {
			break
		}
		border := roundNear(sorted[(len(sorted)-1)*percent/100])
		if border > 0 && (len(borders) == 0 || border > borders[len(borders)-1]) {
			borders = append(borders, border)
		}
	}
	return borders
}

// roundNear is the number nearest to n that people would choose: 1, 1.5, 2, 2.5,
// 3, 4, 5, 6, 8 times a power of ten.
func roundNear(n int64) int64 {
	best := int64(0)
	for power := int64(10); power <= 1e15; power *= 10 {
		for _, tenths := range []int64{10, 15, 20, 25, 30, 40, 50, 60, 80} {
			if v := power / 10 * tenths; abs(v-n) < abs(best-n) {
				best = v
			}
		}
	}
	return best
}

// concentrate says how much the largest of values bring.
func concentrate(item cube.DimID, values []int64) Concentrate {
	out := Concentrate{Item: item, Items: len(values), Tenth: abc.Top(values, 0.1), Gini: abc.Gini(values), Curve: abc.Curve(values)}
	for _, v := range values {
		out.Sum += max(v, 0)
	}
	var running int64
	for _, i := range abc.Order(values) {
		if 2*running >= out.Sum {
			break
		}
		running += max(values[i], 0)
		out.Half++
	}
	return out
}
