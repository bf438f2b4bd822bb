package report

import (
	"cmp"
	"context"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// BCGRequest asks which goods or customer groups are large and which grow.
type BCGRequest struct {
	cube.Slice
	Against            // none: last year when the data go back far enough, else the period before
	Item    cube.DimID `json:"item"`             // product, category, group, department, customer_group
	Share   *int64     `json:"share,omitempty"`  // border, parts per million; none: the median
	Growth  *int64     `json:"growth,omitempty"` // border, basis points; none: the median
	Limit   int        `json:"limit,omitempty"`  // of Rows; 0: all
}

// Span implements the period that must be at hand.
func (r BCGRequest) Span() (from, to string) {
	if r.Compare == cube.NoCompare || r.Compare == cube.Plan {
		return Against{Compare: cube.LastYear}.spanOf(r.Slice)
	}
	return r.spanOf(r.Slice)
}

// Quadrant is where an item lies.
type Quadrant string

// Quadrants.
const (
	Star     Quadrant = "star"     // large and growing
	Cow      Quadrant = "cow"      // large, not growing
	Question Quadrant = "question" // small, growing
	Dog      Quadrant = "dog"      // small, not growing
	Fresh    Quadrant = "new"      // was not sold before: no growth to tell
	Ended    Quadrant = "gone"     // is not sold any more
)

// Quadrants lists them in the order in which they are shown.
var Quadrants = []Quadrant{Star, Cow, Question, Dog, Fresh, Ended}

// fewReceipts is the number of receipts in either period below which an item's
// growth is chance.
const fewReceipts = 30

// BCG is items by share and growth. Every item is in one quadrant.
type BCG struct {
	From    string         `json:"from"`
	To      string         `json:"to"`
	Before  *cube.Period   `json:"before,omitempty"`
	Compare cube.Compare   `json:"compare"`
	Season  bool           `json:"season"` // the same time of last year is compared with: seasons don't mislead
	Share   int64          `json:"share"`  // border, parts per million
	Growth  int64          `json:"growth"` // border, basis points
	Few     int            `json:"few"`    // receipts below which an item is small
	Now     int64          `json:"now"`    // revenue
	Then    int64          `json:"then"`
	Lists   []QuadrantList `json:"lists"` // in the order of Quadrants
	Rows    []BCGRow       `json:"rows"`  // largest first
	Others  int            `json:"others"`
}

// QuadrantList is the figures of a quadrant.
type QuadrantList struct {
	Quadrant Quadrant `json:"quadrant"`
	Items    int      `json:"items"`
	Small    int      `json:"small"` // of them with few receipts
	Now      int64    `json:"now"`
	Then     int64    `json:"then"`
}

// BCGRow is an item.
type BCGRow struct {
	Key      string         `json:"key"`
	Name     catalogue.Text `json:"name,omitzero"`
	Now      int64          `json:"now"` // revenue
	Then     int64          `json:"then"`
	Margin   int64          `json:"margin"`
	Receipts int64          `json:"receipts"`
	Share    int64          `json:"share"`  // of revenue, parts per million
	Growth   cube.Value     `json:"growth"` // basis points; nothing when it was not sold in one period
	Quadrant Quadrant       `json:"quadrant"`
	Small    bool           `json:"small"` // fewer than Few receipts in either period
}

var bcgItems = []cube.DimID{cube.Product, cube.Category, cube.Group, cube.Department, cube.CustomerGroup}

// NameBCG is what BCGOf is asked for by.
var NameBCG = define("bcg", BCGOf)

// BCGOf answers r.
func BCGOf(ctx context.Context, c *cube.Cube, r BCGRequest) (*BCG, error) {
	if !slices.Contains(bcgItems, r.Item) {
		return nil, errcode.New(errcode.BadQuery, "report.BCGOf", nil).With("field", "item").With("value", string(r.Item))
	}
	if r.Compare == cube.NoCompare || r.Compare == cube.Plan {
		r.Against = Against{Compare: cube.Previous}
		if first, err := cube.ParseDay(r.From); err == nil {
			if from, _ := c.Span(); from != "" && (first-yearShift).String() >= from {
				r.Compare = cube.LastYear
			}
		}
	}
	f, err := c.Figures(ctx, r.query(r.Slice, []cube.MeasureID{cube.Revenue, cube.Margin, cube.Receipts}, r.Item))
	if err != nil {
		return nil, err
	}
	out := &BCG{From: f.From, To: f.To, Before: f.Before, Compare: r.Compare, Season: r.Compare == cube.LastYear, Few: fewReceipts,
		Rows: []BCGRow{}}
	for _, row := range f.Rows {
		now, then := accountOf(row.Now), accountOf(row.Then)
		if now.Revenue == 0 && then.Revenue == 0 {
			continue
		}
		out.Now, out.Then = out.Now+now.Revenue, out.Then+then.Revenue
		out.Rows = append(out.Rows, BCGRow{Key: row.Keys[0], Now: now.Revenue, Then: then.Revenue, Margin: now.Margin,
			Receipts: now.Receipts, Small: min(now.Receipts, then.Receipts) < fewReceipts})
	}
	out.place(r)
	for i := range out.Rows {
		out.Rows[i].Name, _ = c.Name(r.Item, out.Rows[i].Key)
	}
	return out, nil
}

// place finds the borders and puts every item into its quadrant.
func (out *BCG) place(r BCGRequest) {
	var shares, growths []int64
	for i := range out.Rows {
		row := &out.Rows[i]
		if out.Now > 0 {
			row.Share = money.MulDiv(row.Now, 1_000_000, out.Now)
		}
		if row.Now > 0 && row.Then > 0 {
			row.Growth = cube.Some(money.MulDiv(row.Now-row.Then, 10_000, row.Then))
			if !row.Small {
				shares, growths = append(shares, row.Share), append(growths, row.Growth.N)
			}
		}
	}
	out.Share, out.Growth = border(r.Share, shares), border(r.Growth, growths)
	lists := map[Quadrant]*QuadrantList{}
	out.Lists = make([]QuadrantList, len(Quadrants))
	for i, q := range Quadrants {
		out.Lists[i].Quadrant = q
		lists[q] = &out.Lists[i]
	}
	for i := range out.Rows {
		row := &out.Rows[i]
		row.Quadrant = out.quadrant(row)
		list := lists[row.Quadrant]
		list.Items, list.Now, list.Then = list.Items+1, list.Now+row.Now, list.Then+row.Then
		if row.Small {
			list.Small++
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b BCGRow) int { return cmp.Or(cmp.Compare(b.Now, a.Now), cube.Natural(a.Key, b.Key)) })
	if r.Limit > 0 && len(out.Rows) > r.Limit {
		out.Others = len(out.Rows) - r.Limit
		out.Rows = out.Rows[:r.Limit]
	}
}

func (out *BCG) quadrant(row *BCGRow) Quadrant {
	switch {
	case row.Now <= 0:
		return Ended
	case row.Then <= 0:
		return Fresh
	case row.Share >= out.Share && row.Growth.N >= out.Growth:
		return Star
	case row.Share >= out.Share:
		return Cow
	case row.Growth.N >= out.Growth:
		return Question
	}
	return Dog
}

// border is the one set, or the median of values.
func border(set *int64, values []int64) int64 {
	if set != nil {
		return *set
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}
