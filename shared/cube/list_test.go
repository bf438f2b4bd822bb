package cube

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
)

// valueOf computes a measure from a list's rows alone.
func valueOf(m Measure, rows []Listed) Value {
	var bases [Bases]int64
	buyers := map[string]bool{}
	for _, r := range rows {
		kind := Base(0)
		if r.Kind == KindReturn {
			kind = Base(perKind)
		}
		for _, l := range r.Lines {
			bases[SaleNet+kind] += l.Sum.Net
			bases[SaleDiscount+kind] += l.Sum.Discount
			bases[SaleTax+kind] += l.Sum.Tax
			bases[SaleCost+kind] += l.Sum.Cost
			bases[SaleQuantity+kind] += l.Sum.Quantity
			bases[SaleManual+kind] += l.Sum.Manual
			if l.Sum.Cost == 0 {
				bases[SaleUncosted+kind] += l.Sum.Net
			}
			bases[SaleLines+kind]++
		}
		bases[SaleVoided+kind] += int64(r.Voided)
		bases[SaleWhole+kind] += int64(r.Whole)
		if r.Took >= 1 && r.Took <= 1_800_000 {
			bases[SaleTook+kind] += r.Took
			bases[SaleTimed+kind] += int64(r.Whole)
		}
		bases[SaleReceipts+kind]++
		if r.Customer != "" {
			bases[SaleKnown+kind]++
			if r.Kind == KindSale {
				buyers[r.Customer] = true
			}
		}
	}
	bases[Buyers] = int64(len(buyers))
	return m.Of(&bases)
}

// TestReceiptsBehindANumberAddUp proves the promise of every report: the list behind a number,
// whatever the cell and the filters, gives that number.
func TestReceiptsBehindANumberAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := New(randomData(t))
		if err != nil {
			t.Fatal(err)
		}
		q := randomQuery(t)
		q.Compare, q.Earlier, q.Sort, q.Rest, q.Limit = NoCompare, "", nil, false, 0
		r, err := c.Run(t.Context(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows := append([]Row{r.Total}, r.Rows...)
		row := rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")]
		at := rapid.IntRange(0, len(q.Measures)-1).Draw(t, "measure")
		d := Drill{Slice: Slice{From: q.From, To: q.To, Where: q.Where}, Measure: q.Measures[at]}
		for i, key := range row.Keys {
			d.Where = append(d.Where[:len(d.Where):len(d.Where)], Filter{Dim: q.By[i], In: []string{key}})
		}
		list, err := c.List(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := MeasureOf(d.Measure)
		if list.Value != row.Values[at] || valueOf(m, list.Rows) != row.Values[at] || len(list.Rows) != list.Receipts {
			t.Fatalf("%s of %v: list says %v, its rows %v, the report %v", d.Measure, row.Keys, list.Value, valueOf(m, list.Rows), row.Values[at])
		}
		if list.Receipts == 0 {
			return
		}
		d.Offset, d.Limit = rapid.IntRange(0, list.Receipts-1).Draw(t, "offset"), 2
		page, err := c.List(t.Context(), d)
		if err != nil || page.Value != list.Value || len(page.Rows) != min(2, list.Receipts-d.Offset) ||
			page.Rows[0].Number != list.Rows[d.Offset].Number || page.Rows[0].Store != list.Rows[d.Offset].Store {
			t.Fatalf("page from %d: %+v, %v", d.Offset, page, err)
		}
	})
}

func TestListBadRequest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := New(randomData(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []Drill{
			{Measure: "wealth"}, {Measure: Revenue, Limit: RowsMax + 1}, {Measure: Revenue, Offset: -1},
			{Measure: Revenue, Slice: Slice{From: "yesterday"}},
		} {
			if _, err := c.List(t.Context(), d); errcode.Of(err) != errcode.BadQuery {
				t.Fatalf("%+v: %v", d, err)
			}
		}
	})
}

// TestListBetweenSums: wherever sums of receipts are cut, the two lists are all
// receipts, and each keeps to its side.
func TestListBetweenSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := New(randomData(t))
		if err != nil {
			t.Fatal(err)
		}
		q := randomQuery(t)
		d := Drill{Slice: Slice{From: q.From, To: q.To, Where: q.Where}, Measure: Sales}
		border := rapid.Int64Range(1, 9000).Draw(t, "border")
		list := func(sums *Between) *Listing {
			d.Sums = sums
			l, err := c.List(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		all, below, above := list(nil), list(&Between{Below: border}), list(&Between{Least: border})
		if below.Receipts+above.Receipts != all.Receipts || below.Value.N+above.Value.N != all.Value.N {
			t.Fatalf("%d and %d of %d receipts, %d and %d of %d", below.Receipts, above.Receipts, all.Receipts, below.Value.N, above.Value.N, all.Value.N)
		}
		for _, row := range below.Rows {
			if row.Sum.Net >= border {
				t.Fatalf("a receipt of %d is below %d", row.Sum.Net, border)
			}
		}
	})
}
