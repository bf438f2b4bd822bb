package money_test

import (
	"math"
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
	yen, dinar := money.Currency{Code: "JPY"}, money.Currency{Code: "KWD", Exponent: 3}
	taken := []struct {
		text     string
		currency money.Currency
		want     money.Amount
	}{
		{"12,5", money.RUB, 12_50}, {"12.5", money.RUB, 12_50}, {"1 234,56", money.RUB, 1234_56},
		{"1\u00a0234,56", money.RUB, 1234_56}, {"1\u202f234\u202f567,8", money.RUB, 1234567_80},
		{"1\u2007234,50", money.RUB, 1234_50}, {"1\u2009234,50", money.RUB, 1234_50}, {"1\u3000234,50", money.RUB, 1234_50},
		{"\u200e1 250\ufeff", money.RUB, 1250_00}, {"1,234.56", money.RUB, 1234_56}, {"1.234,56", money.RUB, 1234_56},
		{"0", money.RUB, 0}, {"0,00", money.RUB, 0}, {",5", money.RUB, 50}, {"5,", money.RUB, 5_00}, {"  7 ", money.RUB, 7_00},
		{"007", money.RUB, 7_00}, {"1'234.50", money.RUB, 1234_50}, {"1’234.50", money.RUB, 1234_50}, {"1 234,500", money.RUB, 1234_50},
		{"1234,500", money.RUB, 1234_50}, {"0,500", money.RUB, 50}, {"12,5000", money.RUB, 12_50},
		{"1,234,567", money.RUB, 1234567_00}, {"1.234.567", money.RUB, 1234567_00}, {"1,234,567.8", money.RUB, 1234567_80},
		{"1 250 ₽", money.RUB, 1250_00}, {"89,90 руб.", money.RUB, 89_90}, {"¥1500", yen, 1500}, {"1500", yen, 1500},
		{"1 500", yen, 1500}, {"1500,00", yen, 1500}, {"1.250", dinar, 1250}, {"0,250", dinar, 250}, {"12,5", dinar, 12500},
	}
	for _, test := range taken {
		if got, err := money.Parse(test.text, test.currency); got != test.want || err != nil {
			t.Errorf("Parse(%q, %s) = %d, %v; want %d", test.text, test.currency.Code, got, err, test.want)
		}
	}
	refused := []struct {
		text     string
		currency money.Currency
		want     errcode.Code
	}{
		{"", money.RUB, errcode.NoNumber}, {" ", money.RUB, errcode.NoNumber}, {",", money.RUB, errcode.NotNumber},
		{"-5", money.RUB, errcode.NumberNegative}, {"−1", money.RUB, errcode.NumberNegative}, {"+5", money.RUB, errcode.NotNumber},
		{"12,555", money.RUB, errcode.NumberDecimals}, {"12,500", money.RUB, errcode.NumberDecimals}, {"1.999", money.RUB, errcode.NumberDecimals},
		{"150,000", money.RUB, errcode.NumberDecimals}, {"1234,567", money.RUB, errcode.NumberDecimals}, {"1,2,3", money.RUB, errcode.NotNumber},
		{"12 34", money.RUB, errcode.NotNumber}, {"1 23,4", money.RUB, errcode.NotNumber}, {"1234 567", money.RUB, errcode.NotNumber},
		{"1 234.567,89", money.RUB, errcode.NotNumber}, {"0 123", money.RUB, errcode.NotNumber}, {"1 ,5", money.RUB, errcode.NotNumber},
		{"12,5 0", money.RUB, errcode.NotNumber}, {"12a", money.RUB, errcode.NotNumber}, {"1e3", money.RUB, errcode.NotNumber},
		{"0x10", money.RUB, errcode.NotNumber}, {"١٢", money.RUB, errcode.NotNumber}, {" , ", money.RUB, errcode.NotNumber},
		{"1  234", money.RUB, errcode.NotNumber}, {"abc", money.RUB, errcode.NotNumber}, {"1,234.", money.RUB, errcode.NotNumber},
		{"99999999999999999999", money.RUB, errcode.NumberLarge}, {"10000000000000,01", money.RUB, errcode.NumberLarge},
		{"1,500", yen, errcode.NumberUnclear}, {"1500,5", yen, errcode.NumberDecimals}, {"1,250", dinar, errcode.NumberUnclear},
		{"89,90 $", money.RUB, errcode.NotNumber},
	}
	for _, test := range refused {
		if got, err := money.Parse(test.text, test.currency); got != 0 || errcode.Of(err) != test.want {
			t.Errorf("Parse(%q, %s) = %d, %v; want %s", test.text, test.currency.Code, got, err, test.want)
		}
	}
	if got, err := money.ParseSigned("−1 250,5 ₽", money.RUB); got != -1250_50 || err != nil {
		t.Errorf("less than nothing is %d, %v", got, err)
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

// No number from outside ends the program: what does not fit is the largest there is.
func TestNumbersThatDoNotFit(t *testing.T) {
	const most, least = math.MaxInt64, math.MinInt64
	for _, test := range []struct{ a, num, den, want int64 }{
		{most, most, 1, most}, {most, -most, 1, -most}, {least, least, 1, most}, {least, 1, 1, -most},
		{most, 3000, 1000, most},
		{1_000_000_00, 4611686018427387904, 10000, most}, {most, 1, most, 1}, {most, most, most, most},
		{1, 1, 0, most}, {5, 1, -2, -3}, {-5, 1, -2, 3}, {7, least, least, 7},
	} {
		if got := money.MulDiv(test.a, test.num, test.den); got != test.want {
			t.Errorf("%d × %d / %d = %d, want %d", test.a, test.num, test.den, got, test.want)
		}
	}
	for _, weights := range [][]int64{{most, most, most}, {-1, 2}, {-1, -1}, {least, most, 1}, {most, 0, most}} {
		for _, total := range []money.Amount{0, 1, 100, most, least + 1, -7} {
			var sum money.Amount
			for i, part := range money.Split(total, weights) {
				if sum += part; weights[i] < 0 && part != 0 && i > 0 {
					t.Errorf("weight %d takes %d", weights[i], part)
				}
			}
			if sum != total {
				t.Errorf("%d over %v sums to %d", total, weights, sum)
			}
		}
	}
}
