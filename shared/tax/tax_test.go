package tax_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/money"
	"tillsight/shared/tax"
)

// Vectors of research/pos.md §4.5.
func TestOf(t *testing.T) {
	tests := []struct {
		sum       money.Amount
		bp        int64
		exclusive bool
		want      money.Amount
	}{
		{100_00, 2200, false, 18_03}, {100_00, 2000, false, 16_67}, {100_00, 1000, false, 9_09},
		{1_01, 2200, false, 18}, {7_07, 2200, false, 1_27}, // 7 lines of 1.01 give 1.26, one of 7.07 1.27
		{100_00, 0, false, 0}, {100_00, 2200, true, 22_00}, {1_01, 2200, true, 22}, {-100_00, 2200, false, -18_03},
	}
	for _, test := range tests {
		rate := tax.Rate{BP: test.bp, Exclusive: test.exclusive}
		if got := rate.Of(test.sum); got != test.want {
			t.Errorf("%+v of %d = %d, want %d", rate, test.sum, got, test.want)
		}
	}
}

// 22 % since 2026-01-01: law 425-FZ of 28.11.2025, research/pos.md §4.5.
var table = tax.Table{
	{Class: tax.Standard, From: "2026-01-01", BP: 2200},
	{Class: tax.Standard, From: "2019-01-01", BP: 2000},
	{Class: tax.Reduced, From: "2019-01-01", BP: 1000},
}

func TestOn(t *testing.T) {
	tests := []struct {
		class tax.Class
		date  string
		want  int64
		ok    bool
	}{
		{tax.Standard, "2025-12-31", 2000, true},
		{tax.Standard, "2026-01-01", 2200, true},
		{tax.Standard, "2018-12-31", 0, false},
		{tax.Reduced, "2026-11-22", 1000, true},
		{tax.Zero, "2026-11-22", 0, false},
	}
	for _, test := range tests {
		rate, ok := table.On(test.class, test.date)
		if rate.BP != test.want || ok != test.ok {
			t.Errorf("%s on %s: %d, %v; want %d, %v", test.class, test.date, rate.BP, ok, test.want, test.ok)
		}
	}
}

// The tax put on a net sum is the tax found in the gross one, give or take the
// rounding of one minor unit.
func TestAddedIsIncluded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := money.Amount(rapid.Int64Range(0, 1e12).Draw(t, "net"))
		bp := rapid.Int64Range(0, 10000).Draw(t, "bp")
		added := tax.Rate{BP: bp, Exclusive: true}.Of(net)
		included := tax.Rate{BP: bp}.Of(net + added)
		if d := added - included; d < -1 || d > 1 {
			t.Fatalf("%d bp on %d adds %d, %d has %d in it", bp, net, added, net+added, included)
		}
	})
}
