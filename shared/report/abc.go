package report

import (
	"context"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/abc"
)

// weeksFew is the fewest whole weeks that say how evenly something sells.
const weeksFew = 8

// ABCRequest asks how much and how evenly goods or customers bring.
type ABCRequest struct {
	cube.Slice
	Item  cube.DimID `json:"item"`            // product, category, customer
	Limit int        `json:"limit,omitempty"` // of Rows; 0: all
}

// Span implements the period that must be at hand.
func (r ABCRequest) Span() (from, to string) { return r.From, r.To }

// ABC is items by what they bring (A, B, C) and how evenly (X, Y, Z).
type ABC struct {
	Items   int           `json:"items"`
	Revenue int64         `json:"revenue"`
	Weeks   int           `json:"weeks"` // whole weeks of the period; below Few evenness says nothing
	Few     int           `json:"few"`
	Tenth   int64         `json:"tenth"` // what the best tenth brings, basis points
	Cells   [3][3]ABCCell `json:"cells"` // by class, then evenness; all in Z when there are too few weeks
	Gini    int64         `json:"gini"`  // basis points
	Curve   []int64       `json:"curve"` // what the best 0, 1, … 100 % bring, basis points
	Rows    []ABCRow      `json:"rows"`  // largest first
}

// ABCCell is the figures of a class.
type ABCCell struct {
	Items   int   `json:"items"`
	Revenue int64 `json:"revenue"`
}

// ABCRow is an item.
type ABCRow struct {
	Key       string         `json:"key"`
	Name      catalogue.Text `json:"name,omitzero"`
	Revenue   int64          `json:"revenue"`
	Class     abc.Class      `json:"class"`
	Even      abc.Class      `json:"even"`
	Variation int64          `json:"variation"` // basis points; −1: can't be said
}

// NameABC is what ABCOf is asked for by.
var NameABC = define("abc", ABCOf)

// ABCOf answers r.
func ABCOf(ctx context.Context, c *cube.Cube, r ABCRequest) (*ABC, error) {
	if r.Item != cube.Product && r.Item != cube.Category && r.Item != cube.Customer {
		return nil, errcode.New(errcode.BadQuery, "report.ABCOf", nil).With("field", "item").With("value", string(r.Item))
	}
	m, err := c.Matrix(ctx, r.Slice, r.Item, cube.Week)
	if err != nil {
		return nil, err
	}
	weeks := wholeWeeks(m.Columns, r.From, r.To)
	out := &ABC{Weeks: len(weeks), Few: weeksFew, Rows: []ABCRow{}}
	net, steps := make([]int64, len(m.Rows)), make([][]int64, len(m.Rows))
	for i, v := range m.Net {
		row := m.Row[i]
		net[row] += v
		if steps[row] == nil {
			steps[row] = make([]int64, len(weeks))
		}
		if week, ok := weeks[m.Columns[m.Column[i]]]; ok {
			steps[row][week] += v
		}
	}
	var keys []string
	var values []int64
	var courses [][]int64
	for row, key := range m.Rows {
		if steps[row] != nil && key != "" {
			keys, values, courses = append(keys, key), append(values, net[row]), append(courses, steps[row])
		}
	}
	out.sort(c, r, keys, values, courses)
	return out, nil
}

// sort puts the items into their classes.
func (out *ABC) sort(c *cube.Cube, r ABCRequest, keys []string, values []int64, courses [][]int64) {
	out.Items = len(keys)
	classes := abc.Classes(values)
	for _, i := range abc.Order(values) {
		row := ABCRow{Key: keys[i], Revenue: values[i], Class: classes[i], Even: abc.Z, Variation: -1}
		if out.Weeks >= out.Few {
			if bp, ok := abc.Variation(courses[i]); ok {
				row.Variation, row.Even = bp, abc.Evenness(bp)
			}
		}
		out.Revenue += row.Revenue
		cell := &out.Cells[row.Class][row.Even]
		cell.Items++
		cell.Revenue += row.Revenue
		if r.Limit == 0 || len(out.Rows) < r.Limit {
			row.Name, _ = c.Name(r.Item, row.Key)
			out.Rows = append(out.Rows, row)
		}
	}
	out.Tenth = abc.Top(values, 0.1)
	out.Gini, out.Curve = abc.Gini(values), abc.Curve(values)
}

// wholeWeeks numbers the weeks that lie in the period altogether.
func wholeWeeks(keys []string, from, to string) map[string]int {
	count := map[string]int{}
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil {
		return nil
	}
	for day := first; day <= last; day++ {
		count[day.Key(cube.Week)]++
	}
	weeks := map[string]int{}
	for _, key := range keys {
		if count[key] == 7 {
			weeks[key] = len(weeks)
		}
	}
	return weeks
}
