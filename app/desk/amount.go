package desk

import (
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// currency is that of the person's stores.
func (d *desk) currency() money.Currency {
	if d.user == nil {
		return money.RUB
	}
	return money.CurrencyOf(d.user.Currency)
}

// amount reads a sum of at least least.
func (d *desk) amount(text string, least money.Amount) (money.Amount, error) {
	sum, err := money.Parse(text, d.currency())
	if err == nil && (sum < least || sum > receipt.PriceMax) {
		err = errcode.New(errcode.BadAmount, "desk.amount", nil).
			With("min", strconv.FormatInt(int64(least), 10)).With("max", strconv.FormatInt(int64(receipt.PriceMax), 10))
	}
	return sum, err
}
