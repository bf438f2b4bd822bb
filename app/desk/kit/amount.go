package kit

import (
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// Currency is that of the person's stores.
func (d *Desk) Currency() money.Currency {
	if d.User == nil {
		return money.RUB
	}
	return money.CurrencyOf(d.User.Currency)
}

// Amount reads a sum of at least least.
func (d *Desk) Amount(text string, least money.Amount) (money.Amount, error) {
	sum, err := money.Parse(text, d.Currency())
	if err == nil && (sum < least || sum > receipt.PriceMax) {
		err = errcode.New(errcode.BadAmount, "desk.amount", nil).
			With("min", strconv.FormatInt(int64(least), 10)).With("max", strconv.FormatInt(int64(receipt.PriceMax), 10))
	}
	return sum, err
}
