package pricing

import "testing"

// TestCouponSpelling: letters may be large or small unless only they tell two
// coupons apart.
func TestCouponSpelling(t *testing.T) {
	rules := &Rules{rules: []compiled{
		{Rule: Rule{ID: "a", Coupon: Coupon{Code: "AUTUMN26"}}}, {Rule: Rule{ID: "b", Coupon: Coupon{Code: "Осень"}}},
		{Rule: Rule{ID: "c", Coupon: Coupon{Prefix: "AB", Length: 6}}},
		{Rule: Rule{ID: "d", Coupon: Coupon{Code: "Two"}}}, {Rule: Rule{ID: "e", Coupon: Coupon{Code: "TWO"}}},
	}}
	for code, want := range map[string]string{
		"AUTUMN26": "AUTUMN26", "autumn26": "AUTUMN26", "осень": "Осень", "ab1234": "AB1234", "AB1234": "AB1234",
		"Two": "Two", "TWO": "TWO", "two": "", "ab12": "", "a": "", "AUTUMN": "", "": "",
	} {
		if got, ok := rules.Coupon(code); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", code, got, ok, want)
		}
	}
}
