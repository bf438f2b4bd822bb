package kit

import (
	"slices"

	"tillsight/shared/money"
)

// notes are what people pay with, in whole units of the currency.
var notes = []money.Amount{50, 100, 500, 1000, 2000, 5000}

// LikelySums returns four sums above total that a customer probably hands
// over: total rounded up to each banknote, then one more of the largest.
func LikelySums(total money.Amount, currency money.Currency) []money.Amount {
	unit := money.Amount(1)
	for range currency.Exponent {
		unit *= 10
	}
	var sums []money.Amount
	add := func(note money.Amount) {
		sum := (total/(note*unit) + 1) * note * unit
		if !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	for _, note := range notes {
		add(note)
	}
	slices.Sort(sums)
	largest := notes[len(notes)-1]
	for len(sums) < 4 {
		sums = append(sums, (sums[len(sums)-1]/(largest*unit)+1)*largest*unit)
	}
	return sums[:4]
}
