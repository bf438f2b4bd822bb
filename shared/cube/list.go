package cube

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// Drill asks for the receipts behind a number of a measure.
type Drill struct {
	Slice
	Measure MeasureID `json:"measure"`
	Own     []Own     `json:"own,omitempty"`  // as in Query
	Sums    *Between  `json:"sums,omitempty"` // only receipts whose sum is between; nil: all
	Offset  int       `json:"offset,omitempty"`
	Limit   int       `json:"limit,omitempty"` // 0: RowsMax
}

// Between is sums of receipts from Least to less than Below; Below 0 is no end.
// The sum of a receipt is that of its lines that the filters let pass.
type Between struct {
	Least int64 `json:"least"`
	Below int64 `json:"below,omitempty"`
}

func (b *Between) has(n int64) bool { return b == nil || n >= b.Least && (b.Below == 0 || n < b.Below) }

// Listing is the receipts behind a number, newest first. The amounts of a
// receipt are those of its lines that the filters let pass, so the list adds up
// to the number.
type Listing struct {
	Value    Value                               `json:"value"` // the number, of the whole list
	Receipts int                                 `json:"receipts"`
	Lines    int                                 `json:"lines"`
	Rows     []Listed                            `json:"rows"` // the part that was asked for
	Names    map[DimID]map[string]catalogue.Text `json:"names"`
}

// Listed is a receipt of a Listing.
type Listed struct {
	At       int64        `json:"at"` // unix ms
	Day      string       `json:"day"`
	Kind     string       `json:"kind"`
	Store    string       `json:"store"`
	Till     string       `json:"till"`
	Number   int          `json:"number"` // within the till
	Cashier  string       `json:"cashier"`
	Customer string       `json:"customer,omitempty"`
	Took     int64        `json:"took,omitempty"`   // ms, 0 when unknown
	Voided   int          `json:"voided,omitempty"` // lines taken back before the end
	Whole    int          `json:"whole"`            // positions, those too that the filters leave out
	Sum      ListedSum    `json:"sum"`
	Lines    []ListedLine `json:"lines"`
}

// ListedSum is the amounts of a line or of the lines of a receipt; negative for
// a return.
type ListedSum struct {
	Quantity int64 `json:"quantity"` // thousandths
	Net      int64 `json:"net"`
	Discount int64 `json:"discount"`
	Tax      int64 `json:"tax"`
	Cost     int64 `json:"cost"`
	Manual   int64 `json:"manual,omitempty"` // part of the discount that a person gave
}

// ListedLine is a line of a receipt.
type ListedLine struct {
	Product string    `json:"product"` // SKU
	Price   int64     `json:"price"`   // per unit, before discounts
	Sum     ListedSum `json:"sum"`
}

// kindOf is the only kind of receipts that counts for m, "" when both do.
func kindOf(m Measure) string {
	sales, returns := false, false
	for _, t := range slices.Concat(m.Num, m.Den) {
		if t.Base >= ReturnNet && t.Base < Buyers {
			returns = true
		} else {
			sales = true
		}
	}
	switch {
	case sales && !returns:
		return KindSale
	case returns && !sales:
		return KindReturn
	}
	return ""
}

// found is a receipt that passes: where it is.
type found struct {
	part, row int32
	at        uint32
}

// List returns the receipts behind d. Only receipts of the kind that counts for
// the measure are in it.
func (c *Cube) List(ctx context.Context, d Drill) (*Listing, error) {
	m, ok := Query{Own: d.Own}.measureOf(d.Measure)
	if !ok || d.Limit < 0 || d.Limit > RowsMax || d.Offset < 0 {
		return nil, errcode.New(errcode.BadQuery, "cube.List", nil).With("field", "measure").With("value", string(d.Measure))
	}
	if kind := kindOf(m); kind != "" {
		d.Where = append(slices.Clone(d.Where), Filter{Dim: Kind, In: []string{kind}})
	}
	list := &Listing{Rows: []Listed{}, Names: map[DimID]map[string]catalogue.Text{}}
	var rows []found
	var bases [Bases]int64
	buyers := map[int32]bool{}
	var lineKeys []int64 // what the product adds to a line's key; nil: nothing
	parts := map[*segment.Sales]int32{}
	for i, part := range c.data.Sales {
		parts[part] = int32(i)
	}
	err := c.each(ctx, d.Slice, func(x *scan, part *segment.Sales, from, to int) {
		lineKeys = x.p.tables[fromProduct]
		for r := from; r < to; r++ {
			if x.keys[r-from] < 0 {
				continue
			}
			var own [Bases]int64
			n := x.p.tallyReceipt(&own, part, r)
			if n == 0 || !d.Sums.has(own[SaleNet]+own[ReturnNet]) {
				continue
			}
			for b, v := range own {
				bases[b] += v
			}
			list.Lines += n
			rows = append(rows, found{part: parts[part], row: int32(r), at: part.At[r]})
			if customer := part.Customer[r]; customer >= 0 && part.Kind[r] == segment.KindSale {
				buyers[customer] = true
			}
		}
	})
	if err != nil {
		return nil, err
	}
	bases[Buyers] = int64(len(buyers))
	list.Value, list.Receipts = m.Of(&bases), len(rows)
	slices.SortFunc(rows, func(a, b found) int {
		return cmp.Or(-cmp.Compare(a.at, b.at), cmp.Compare(a.part, b.part), -cmp.Compare(a.row, b.row))
	})
	rows = rows[min(d.Offset, len(rows)):]
	if d.Limit == 0 {
		d.Limit = RowsMax
	}
	for _, f := range rows[:min(d.Limit, len(rows))] {
		list.Rows = append(list.Rows, c.listed(c.data.Sales[f.part], int(f.row), lineKeys))
	}
	c.name(list)
	return list, nil
}

// tallyReceipt adds the lines of receipt r that pass to the bases and returns
// how many there are.
func (p *plan) tallyReceipt(bases *[Bases]int64, s *segment.Sales, r int) (lines int) {
	kind := Base(int(s.Kind[r]) * perKind)
	lineKeys := p.tables[fromProduct]
	cut := firstCut(s, int(s.First[r]))
	for l := int(s.First[r]); l < int(s.First[r+1]); l++ {
		if lineKeys != nil && lineKeys[s.Product[l]] < 0 {
			continue
		}
		lines++
		if s.Line.Cost.At(l) == 0 {
			bases[SaleUncosted+kind] += s.Line.Net.At(l)
		}
		for ; cut < len(s.Cut.Line) && int(s.Cut.Line[cut]) <= l; cut++ {
			if int(s.Cut.Line[cut]) == l && p.byHand(s.Cut.Rule[cut]) {
				bases[SaleManual+kind] += s.Cut.Amount.At(cut)
			}
		}
		bases[SaleNet+kind] += s.Line.Net.At(l)
		bases[SaleDiscount+kind] += s.Line.Discount.At(l)
		bases[SaleTax+kind] += s.Line.Tax.At(l)
		bases[SaleCost+kind] += s.Line.Cost.At(l)
		bases[SaleQuantity+kind] += s.Line.Quantity.At(l)
	}
	if lines == 0 {
		return 0
	}
	bases[SaleLines+kind] += int64(lines)
	bases[SaleReceipts+kind]++
	if s.Customer[r] >= 0 {
		bases[SaleKnown+kind]++
	}
	took, timed, voided, whole := besideOf(s, r)
	bases[SaleTook+kind] += took
	bases[SaleTimed+kind] += timed
	bases[SaleVoided+kind] += voided
	bases[SaleWhole+kind] += whole
	return lines
}

// listed writes receipt r out.
func (c *Cube) listed(s *segment.Sales, r int, lineKeys []int64) Listed {
	d := c.data.Dims
	out := Listed{
		At: int64(s.At[r]) * 1000, Day: EpochDay(s.Day[r]).String(), Kind: []string{KindSale, KindReturn}[s.Kind[r]],
		Store: s.Store, Number: int(s.Number[r]), Lines: []ListedLine{},
		Took: int64(s.Took[r]), Voided: int(s.Voided[r]), Whole: int(s.First[r+1] - s.First[r]),
		Till:    at(d.Tills, func(t segment.Till) string { return strconv.Itoa(int(t.N)) })(int(s.Till[r])),
		Cashier: at(d.Cashiers, func(c segment.Cashier) string { return c.ID })(int(s.Cashier[r])),
	}
	if s.Customer[r] >= 0 {
		out.Customer = at(d.Customers, func(c segment.Customer) string { return c.ID })(int(s.Customer[r]))
	}
	sku := at(d.Products, func(p segment.Product) string { return p.SKU })
	for l := int(s.First[r]); l < int(s.First[r+1]); l++ {
		if lineKeys != nil && lineKeys[s.Product[l]] < 0 {
			continue
		}
		manual := int64(0)
		for i := firstCut(s, l); i < len(s.Cut.Line) && int(s.Cut.Line[i]) == l; i++ {
			if rule := int(s.Cut.Rule[i]); rule < len(d.Rules) && d.Rules[rule].Manual() {
				manual += s.Cut.Amount.At(i)
			}
		}
		sum := ListedSum{
			Manual:   manual,
			Quantity: s.Line.Quantity.At(l), Net: s.Line.Net.At(l), Discount: s.Line.Discount.At(l),
			Tax: s.Line.Tax.At(l), Cost: s.Line.Cost.At(l),
		}
		out.Lines = append(out.Lines, ListedLine{Product: sku(int(s.Product[l])), Price: s.Price.At(l), Sum: sum})
		out.Sum.add(sum)
	}
	return out
}

func (s *ListedSum) add(t ListedSum) {
	s.Quantity += t.Quantity
	s.Net += t.Net
	s.Discount += t.Discount
	s.Tax += t.Tax
	s.Cost += t.Cost
	s.Manual += t.Manual
}

// name gives the names of all keys in the rows.
func (c *Cube) name(list *Listing) {
	for _, id := range []DimID{Store, Cashier, Product} {
		list.Names[id] = map[string]catalogue.Text{}
	}
	put := func(id DimID, key string) {
		if name, ok := c.Name(id, key); ok {
			list.Names[id][key] = name
		}
	}
	for _, row := range list.Rows {
		put(Store, row.Store)
		put(Cashier, row.Cashier)
		for _, line := range row.Lines {
			put(Product, line.Product)
		}
	}
}
