package receipt_test

import (
	"slices"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
)

const promotions = `{"rules": [
  {"id": "milk2+1", "version": 3, "name": {"en": "Three for two"}, "kind": "multi", "goods": {"skus": ["milk"]}, "buy": 2, "get": 1},
  {"id": "gold", "name": {"en": "Gold"}, "kind": "line", "goods": {"skus": ["bread"]}, "off": {"bp": 1000}, "who": {"groups": ["gold"]}},
  {"id": "word", "name": {"en": "Word"}, "kind": "line", "goods": {"skus": ["tea"]}, "off": {"amount": 2000}, "coupon": {"code": "AUTUMN"}}
]}`

func TestPromotionsOnAReceipt(t *testing.T) {
	r := receipt.New(receipt.Opening{ID: "i", Number: "1", Type: receipt.Sale, Date: "2026-11-22", Store: "12"}, compile(t, promotions))
	steps := []struct {
		name  string
		do    func() ([]int, error)
		lines []int
		total int
	}{
		{"milk", func() ([]int, error) { return r.AddLine(piece("milk", 90_00)) }, []int{1}, 90_00},
		{"bread", func() ([]int, error) { return r.AddLine(piece("bread", 40_00)) }, []int{2}, 130_00},
		{"tea", func() ([]int, error) { return r.AddLine(piece("tea", 200_00)) }, []int{3}, 330_00},
		{"a voided line takes no part", func() ([]int, error) { return r.VoidLine(3) }, []int{3}, 130_00},
		{"back again", func() ([]int, error) { return r.RestoreLine(3) }, []int{3}, 330_00},
		{"third milk is free", func() ([]int, error) { return r.SetQuantity(1, 3000) }, []int{1}, 420_00},
		{"gold card", func() ([]int, error) { return r.SetCard("99", "c1", "gold") }, []int{2}, 416_00},
		{"coupon", func() ([]int, error) { return r.AddCoupon("AUTUMN") }, []int{3}, 396_00},
		{"the same coupon", func() ([]int, error) { return r.AddCoupon("AUTUMN") }, nil, 396_00},
		{"no card", func() ([]int, error) { return r.SetCard("", "") }, []int{2}, 400_00},
	}
	for _, step := range steps {
		changed, err := step.do()
		if err != nil || !slices.Equal(changed, step.lines) || int(r.Total) != step.total {
			t.Errorf("%s: lines %v, total %d, %v; want %v, %d", step.name, changed, r.Total, err, step.lines, step.total)
		}
		if err := r.Verify(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	if got := r.Lines[0].Applied; len(got) != 1 || got[0] != (receipt.Applied{Rule: "milk2+1", Version: 3, Amount: 90_00}) {
		t.Errorf("applied %+v", got)
	}
	for _, v := range r.Explain() {
		want := map[string]pricing.Why{"milk2+1": pricing.WhyApplied, "gold": pricing.WhyCustomer, "word": pricing.WhyApplied}[v.Rule]
		if v.Why != want || v.Rule == "word" && !slices.Equal(v.Items, []int{3}) {
			t.Errorf("%+v, want %s", v, want)
		}
	}
	for _, code := range []string{"", strings.Repeat("x", 65)} {
		if _, err := r.AddCoupon(code); errcode.Of(err) != errcode.BadBarcode {
			t.Errorf("coupon %q: %v", code, err)
		}
	}
}
