package barcode_test

import (
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// A sum in a code has the decimals of the store's currency.
func TestSumInCurrency(t *testing.T) {
	for _, tt := range []struct {
		ai, currency string
		want         money.Amount
		err          errcode.Code
	}{
		{"3920", "JPY", 1500, ""}, {"3920", "RUB", 1500_00, ""}, {"3922", "RUB", 15_00, ""}, {"3922", "JPY", 15, ""},
		{"3923", "KWD", 1500, ""}, {"3920", "KWD", 1500_000, ""}, {"3923", "JPY", 0, errcode.BadBarcode},
	} {
		code, err := barcode.ParseIn("0104601234567893"+tt.ai+"1500", nil, money.CurrencyOf(tt.currency))
		if errcode.Of(err) != tt.err || code.Sum != tt.want {
			t.Errorf("%s in %s: %d, %v; want %d", tt.ai, tt.currency, code.Sum, err, tt.want)
		}
	}
}
