package refdata

import (
	"strconv"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// fromMax is the end of 2099: nobody plans prices for later.
const fromMax = 4_102_444_800_000

// judge refuses rows that tills would take and choke on, or that make sums
// overflow. What is stored already is not judged again: tills have it.
func judge(row Row) error {
	p, ok := row.Value.(catalogue.Price)
	if !ok {
		return nil
	}
	return judgePrice(p)
}

func judgePrice(p catalogue.Price) error {
	if !inRange(p.Amount) || !inRange(p.Min) || !inRange(p.Cost) {
		return errcode.New(errcode.BadAmount, "refdata.Put", invalid("price of %s: %d, at least %d, cost %d", p.SKU, p.Amount, p.Min, p.Cost)).
			With("min", "0").With("max", strconv.FormatInt(int64(receipt.PriceMax), 10))
	}
	if p.From < 0 || p.From > fromMax {
		return invalid("price of %s from %d", p.SKU, p.From)
	}
	return nil
}
