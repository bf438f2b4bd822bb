package cube

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/formula"
)

func TestOwnDerives(t *testing.T) {
	for _, tt := range []struct {
		expr       string
		format     Format
		additivity Additivity
	}{
		{"revenue - cost", FormatMoney, Additive},
		{"revenue - 2 * returns", FormatMoney, Additive},
		{"revenue * 20%", FormatMoney, Ratio}, // rounded in every row
		{"revenue / receipts", FormatMoney, Ratio},
		{"margin / revenue", FormatShare, Ratio},
		{"(revenue - cost) / revenue", FormatShare, Ratio},
		{"1 - cost / revenue", FormatShare, Ratio},
		{"receipts / customers", FormatMilli, Ratio},
		{"receipts + return_receipts", FormatCount, ReceiptOnly},
		{"receipts + customers", FormatCount, Distinct},
		{"revenue - 1000", FormatMoney, Ratio},
		{"revenue + receipts", FormatMilli, ReceiptOnly},
		{"margin_share * 2", FormatShare, Ratio},
		{"revenue * revenue", FormatMilli, Ratio},
		{"units * average_price", FormatMoney, Ratio},
		{"max(revenue, returns)", FormatMoney, Ratio},
		{"42", FormatMilli, Ratio},
	} {
		m, err := Own{ID: "own:x", Expr: tt.expr}.MeasureOf()
		if err != nil || m.Format != tt.format || m.Additivity != tt.additivity {
			t.Errorf("%s: %s, %s, %v; want %s, %s", tt.expr, m.Format, m.Additivity, err, tt.format, tt.additivity)
		}
	}
}

func TestOwnComputes(t *testing.T) {
	var row [Bases]int64
	row[SaleNet], row[SaleReceipts], row[SaleCost] = 100_00, 3, 60_00
	for _, tt := range []struct {
		own  Own
		want Value
	}{
		{Own{Expr: "revenue / receipts"}, Some(33_33)},
		{Own{Expr: "-revenue / receipts"}, Some(-33_33)},
		{Own{Expr: "revenue * 1.5%"}, Some(1_50)},
		{Own{Expr: "revenue - 100"}, Some(0)}, // of the main unit
		{Own{Expr: "cost / revenue"}, Some(6000)},
		{Own{Expr: "cost / revenue", Format: FormatMilli}, Some(600)},
		{Own{Expr: "0.005 + receipts - receipts", Format: FormatMoney}, Some(1)}, // half a kopeck, away from zero
		{Own{Expr: "-0.005 + receipts - receipts", Format: FormatMoney}, Some(-1)},
		{Own{Expr: "revenue / returns"}, Value{}},
		{Own{Expr: "average_receipt * 2"}, Some(66_66)}, // of the value as it is shown
		{Own{Expr: "revenue * 999999999999999999"}, Value{}},
	} {
		tt.own.ID = "own:x"
		m, err := tt.own.MeasureOf()
		if err != nil {
			t.Errorf("%s: %v", tt.own.Expr, err)
			continue
		}
		for range 2 { // computing changes nothing
			if got := m.Of(&row); got != tt.want {
				t.Errorf("%s = %+v, want %+v", tt.own.Expr, got, tt.want)
			}
		}
	}
}

func TestOwnRefuses(t *testing.T) {
	for _, own := range []Own{
		{ID: "own:x", Expr: "revenue +"}, {ID: "own:x", Expr: "profits"}, {ID: "own:x", Expr: "own:x"},
		{ID: "revenue", Expr: "revenue"}, {ID: "own:x", Expr: "revenue", Format: "hectares"},
	} {
		_, err := own.MeasureOf()
		if errcode.Of(err) != errcode.BadQuery {
			t.Errorf("%+v: %v", own, err)
		}
		q := Query{Measures: []MeasureID{own.ID}, Own: []Own{own}}
		if errcode.Of(q.Validate()) != errcode.BadQuery {
			t.Errorf("%+v is asked", own)
		}
	}
	_, err := Own{ID: "own:x", Expr: "revenue / profits"}.MeasureOf()
	var p *formula.Problem
	if !errors.As(err, &p) || p.At != 10 {
		t.Errorf("the place is lost: %v", err)
	}
}

// TestOwnAddsUp asks an own measure and its parts of random data: in every row
// and in total, now and before, its value is the expression of theirs; one that
// says it adds up does.
func TestOwnAddsUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, err := New(randomData(r))
		if err != nil {
			r.Fatal(err)
		}
		q := randomQuery(r)
		q.Measures, q.Sort, q.Limit, q.Rest = []MeasureID{"own:x", Revenue, Receipts, Cost}, nil, 0, false
		q.Own = []Own{{ID: "own:x", Expr: rapid.SampledFrom([]string{"revenue - 2*cost", "revenue - cost/receipts", "(revenue+cost)*3"}).Draw(r, "expr")}}
		m, err := q.Own[0].MeasureOf()
		if err != nil {
			r.Fatal(err)
		}
		got, err := c.Run(r.Context(), q, nil)
		if err != nil {
			r.Fatal(err)
		}
		e, err := formula.Parse(q.Own[0].Expr)
		if err != nil {
			r.Fatal(err)
		}
		check := func(values []Value) {
			want := Value{}
			if v, ok := e.Eval(func(name string) (*big.Rat, bool) {
				i := map[string]int{"revenue": 1, "receipts": 2, "cost": 3}[name]
				part, _ := MeasureOf(MeasureID(name))
				return big.NewRat(values[i].N, perUnit[part.Format]), values[i].OK
			}); ok {
				want = rounded(new(big.Rat).Mul(v, big.NewRat(perUnit[m.Format], 1)))
			}
			if values[0] != want {
				r.Fatalf("%s of %v is %+v, want %+v", q.Own[0].Expr, values[1:], values[0], want)
			}
		}
		var sum int64
		for _, row := range got.Rows {
			check(row.Values)
			sum += row.Values[0].N
			if len(row.Before) > 0 {
				check(row.Before)
			}
		}
		check(got.Total.Values)
		if m.Additivity == Additive && len(q.By) > 0 && sum != got.Total.Values[0].N {
			r.Fatalf("rows come to %d, the total is %d", sum, got.Total.Values[0].N)
		}
	})
}
