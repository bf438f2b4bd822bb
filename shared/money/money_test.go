package money_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// bigMulDiv rounds half away from zero with arbitrary precision.
func bigMulDiv(a, num, den int64) *big.Int {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(num))
	sign := product.Sign()
	product.Abs(product)
	product.Add(product, big.NewInt(den/2))
	product.Quo(product, big.NewInt(den))
	return product.Mul(product, big.NewInt(int64(sign)))
}

func TestMulDivEqualsBigInt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, num := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "num")
		den := rapid.Int64Range(1, 1<<62).Draw(t, "den")
		want := bigMulDiv(a, num, den)
		if !want.IsInt64() {
			return
		}
		if got := money.MulDiv(a, num, den); got != want.Int64() {
			t.Fatalf("MulDiv(%d, %d, %d) = %d, want %s", a, num, den, got, want)
		}
	})
}

func TestMulDivRounding(t *testing.T) {
	tests := []struct{ a, num, den, want int64 }{
		{1, 1, 2, 1}, {-1, 1, 2, -1}, {1, 1, 3, 0}, {2, 1, 3, 1}, {5, 1, 10, 1}, {4, 1, 10, 0},
		{-5, 1, 10, -1}, {5, -1, 10, -1}, {-5, -1, 10, 1}, {0, 7, 3, 0}, {1e18, 1e18, 1e18, 1e18},
	}
	for _, test := range tests {
		if got := money.MulDiv(test.a, test.num, test.den); got != test.want {
			t.Errorf("MulDiv(%d, %d, %d) = %d, want %d", test.a, test.num, test.den, got, test.want)
		}
	}
}

// Vectors of research/pos.md §4.4.
func TestSplit(t *testing.T) {
	tests := []struct {
		total   money.Amount
		weights []int64
		want    []money.Amount
	}{
		{10_00, []int64{33_33, 33_33, 33_34}, []money.Amount{3_33, 3_33, 3_34}},
		{15_10, []int64{99_90, 49_90, 1_20}, []money.Amount{9_99, 4_99, 12}},
		{1_00, []int64{1_00, 1_00, 1_00}, []money.Amount{34, 33, 33}},
		{-1_00, []int64{1, 1, 1}, []money.Amount{-34, -33, -33}},
		{5, []int64{0, 0}, []money.Amount{5, 0}},
		{5, []int64{0, 3, 0}, []money.Amount{0, 5, 0}},
		{7, nil, []money.Amount{}},
	}
	for _, test := range tests {
		if got := money.Split(test.total, test.weights); !slices.Equal(got, test.want) {
			t.Errorf("Split(%d, %v) = %v, want %v", test.total, test.weights, got, test.want)
		}
	}
}

func TestSplitSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := money.Amount(rapid.Int64Range(-1e15, 1e15).Draw(t, "total"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e14), 1, 50).Draw(t, "weights")
		parts := money.Split(total, weights)
		var sum, all int64
		for _, w := range weights {
			all += w
		}
		for i, part := range parts {
			sum += int64(part)
			if all == 0 {
				continue
			}
			// No part is a whole unit or more away from its exact share.
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(weights[i])), big.NewInt(all))
			if diff := exact.Sub(exact, new(big.Rat).SetInt64(int64(part))); diff.Abs(diff).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of Split(%d, %v) is %d", i, total, weights, part)
			}
		}
		if sum != int64(total) {
			t.Fatalf("Split(%d, %v) sums to %d", total, weights, sum)
		}
	})
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want money.Amount
		ok   bool
	}{
		{"12,5", 12_50, true}, {"12.5", 12_50, true}, {"1 234,56", 1234_56, true},
		{"1\u00a0234,56", 1234_56, true}, {"1\u202f234\u202f567,8", 1234567_80, true},
		{"1,234.56", 1234_56, true}, {"1.234,56", 1234_56, true}, {"0", 0, true}, {"0,00", 0, true},
		{",5", 50, true}, {"5,", 5_00, true}, {"  7 ", 7_00, true}, {"007", 7_00, true},
		{"1'234.50", 1234_50, true},
		{"", 0, false}, {" ", 0, false}, {",", 0, false}, {"-5", 0, false}, {"+5", 0, false},
		{"12,555", 0, false}, {"12,500", 0, false}, {"1,2,3", 0, false}, {"12 34", 0, false}, {"1 23,4", 0, false},
		{"1234 567", 0, false}, {"12a", 0, false}, {"1e3", 0, false}, {"0x10", 0, false},
		{"99999999999999999999", 0, false}, {"١٢", 0, false}, {" , ", 0, false}, {"1  234", 0, false},
	}
	for _, test := range tests {
		got, err := money.Parse(test.text, money.RUB)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("Parse(%q) = %d, %v; want %d", test.text, got, err, test.want)
		}
		if err != nil && errcode.Of(err) != errcode.BadAmount {
			t.Errorf("Parse(%q): code %q", test.text, errcode.Of(err))
		}
	}
}

func TestFormat(t *testing.T) {
	yen := money.Currency{Code: "JPY"}
	tests := []struct {
		sum      money.Amount
		currency money.Currency
		want     string
	}{
		{1234_50, money.RUB, "1234.50"}, {-5, money.RUB, "-0.05"}, {0, money.RUB, "0.00"},
		{-1 << 63, money.RUB, "-92233720368547758.08"}, {1234, yen, "1234"},
	}
	for _, test := range tests {
		if got := test.sum.Format(test.currency); got != test.want {
			t.Errorf("Format(%d) = %q, want %q", test.sum, got, test.want)
		}
	}
}

func FuzzDecimal(f *testing.F) {
	for _, text := range []string{"12,5", "1 234,56", "1,234.56", ",", "0.842", "\u00a01"} {
		f.Add(text, 2)
	}
	f.Fuzz(func(t *testing.T, text string, exponent int) {
		exponent = exponent & 3
		n, err := money.Decimal(text, exponent)
		if err != nil {
			return
		}
		if n < 0 {
			t.Fatalf("Decimal(%q, %d) = %d", text, exponent, n)
		}
		plain := money.FormatDecimal(n, exponent)
		again, err := money.Decimal(plain, exponent)
		if err != nil || again != n {
			t.Fatalf("Decimal(%q) = %d, but %q reads as %d, %v", text, n, plain, again, err)
		}
	})
}
