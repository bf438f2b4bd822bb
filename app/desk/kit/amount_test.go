package kit

import (
	"testing"

	"tillsight/app/i18n"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// Whatever is wrong with a price is said without a gap in the sentence.
func TestAmountRefused(t *testing.T) {
	d := &Desk{Lang: i18n.EN, User: &wire.User{Currency: "RUB"}}
	for text, want := range map[string]string{
		"0":           "The sum must be between 0.01 and 100,000,000.00.",
		"99999999999": "The sum must be between 0.01 and 100,000,000.00.",
		"−1":          "“−1”: a number here must be zero or more.",
		"abc":         "“abc” is not a number.",
		"":            "Enter a number.",
		"1,999":       "“1,999”: the decimal sign may be followed by 2 digits at most; write thousands with a space or with nothing between.",
	} {
		_, err := d.Amount(text, 1)
		if got := d.Lang.ErrorIn(errcode.As(err), d.Currency()); got != want {
			t.Errorf("%q: %s\nwant %s", text, got, want)
		}
	}
	d.User.Currency = "JPY"
	if sum, err := d.Amount("1 500", 1); sum != 1500 || err != nil {
		t.Errorf("yen: %d, %v", sum, err)
	}
	_, err := d.Amount("0", 1)
	if got := d.Lang.ErrorIn(errcode.As(err), d.Currency()); got != "The sum must be between 1 and 10,000,000,000." {
		t.Error(got)
	}
}
