package quantity_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		unit quantity.Unit
		want quantity.Milli
		err  errcode.Code
	}{
		{"3", quantity.Piece, 3000, ""},
		{"3,000", quantity.Piece, 0, errcode.NumberUnclear}, // three, or three thousand
		{"3.000", quantity.Piece, 0, errcode.NumberUnclear},
		{"3,0", quantity.Piece, 3000, ""},
		{"1\u2009250", quantity.Piece, 1250_000, ""},
		{"1,250", quantity.Kilogram, 1250, ""}, // as a scale writes it
		{"1.250", quantity.Kilogram, 1250, ""},
		{"1 250,5", quantity.Kilogram, 1250_500, ""},
		{"1 250", quantity.Piece, 1250_000, ""},
		{"0.842", quantity.Kilogram, 842, ""},
		{"0,5", quantity.Litre, 500, ""},
		{"0", quantity.Piece, 0, ""},
		{"1,5", quantity.Piece, 0, errcode.WholeQuantity},
		{"0,8425", quantity.Kilogram, 0, errcode.NumberDecimals},
		{"-1", quantity.Piece, 0, errcode.NumberNegative},
		{"", quantity.Piece, 0, errcode.NoNumber},
		{"four", quantity.Piece, 0, errcode.NotNumber},
	}
	for _, test := range tests {
		got, err := quantity.Parse(test.text, test.unit)
		if got != test.want || errcode.Of(err) != test.err {
			t.Errorf("Parse(%q, %s) = %d, %v; want %d, %q", test.text, test.unit, got, err, test.want, test.err)
		}
	}
}

func TestStringReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quantity.Milli(rapid.Int64Range(0, 1e15).Draw(t, "q"))
		got, err := quantity.Parse(q.String(), quantity.Kilogram)
		if err != nil || got != q {
			t.Fatalf("%d is written %q and reads as %d, %v", q, q, got, err)
		}
	})
	for q, want := range map[quantity.Milli]string{3000: "3", 842: "0.842", -1500: "-1.5", 0: "0", 1000_000: "1000"} {
		if got := q.String(); got != want {
			t.Errorf("%d is written %q, want %q", int64(q), got, want)
		}
	}
}

// The line sum is price × grams / 1000 rounded half up: research/pos.md §4.2.
func TestCost(t *testing.T) {
	tests := []struct {
		q     quantity.Milli
		price money.Amount
		want  money.Amount
	}{
		{842, 123_45, 103_94}, // 10394.49
		{500, 1, 1}, {499, 1, 0}, {3000, 33_33, 99_99}, {1, 1_00, 0}, {5, 1_00, 1},
	}
	for _, test := range tests {
		if got := test.q.Cost(test.price); got != test.want {
			t.Errorf("%d × %d = %d, want %d", test.q, test.price, got, test.want)
		}
	}
}
