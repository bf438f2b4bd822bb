// Package money counts in minor units (kopecks, cents) as integers.
//
// There are no floats. Every division names its rounding: half up, away from
// zero for negatives, so that a return mirrors its sale to the kopeck.
package money

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Amount is a sum of money in minor units of the store's currency.
type Amount int64

// Currency is an ISO 4217 code with the number of its decimals.
type Currency struct {
	Code     string `json:"code"`     // "RUB"
	Exponent int    `json:"exponent"` // 2: one hundred minor units
}

// RUB is the home market's currency.
var RUB = Currency{Code: "RUB", Exponent: 2}

// exponents of ISO 4217 that are not 2.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0,
	"XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// CurrencyOf returns the currency with a code; without one it is the home market's.
func CurrencyOf(code string) Currency {
	if code == "" {
		return RUB
	}
	if exponent, special := exponents[code]; special {
		return Currency{Code: code, Exponent: exponent}
	}
	return Currency{Code: code, Exponent: 2}
}

// MulDiv returns a×num/den rounded half away from zero. The product is kept in
// 128 bits. A quotient beyond 63 bits is the largest there is: numbers that come
// from outside may make a sum wrong, which is found, but must not end a program.
func MulDiv(a, num, den int64) int64 {
	negative := (a < 0) != (num < 0)
	hi, lo := bits.Mul64(abs(a), abs(num))
	lo, carry := bits.Add64(lo, abs(den)/2, 0)
	quotient := uint64(math.MaxInt64)
	if hi += carry; hi < abs(den) {
		quotient, _ = bits.Div64(hi, lo, abs(den))
		quotient = min(quotient, math.MaxInt64)
	}
	if negative != (den < 0) {
		return -int64(quotient)
	}
	return int64(quotient)
}

func abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Abs returns the sum without its sign.
func (a Amount) Abs() Amount { return max(a, -a) }

// Percent returns bp hundredths of a percent of a (1000 bp = 10 %).
func (a Amount) Percent(bp int64) Amount { return Amount(MulDiv(int64(a), bp, 10000)) }

// Split divides total over weights by the largest-remainder method: the parts
// sum to total exactly, ties go to the earlier part. A negative weight counts as
// none; if all are zero the first part takes everything.
func Split(total Amount, weights []int64) []Amount {
	parts := make([]Amount, len(weights))
	if len(weights) == 0 {
		return parts
	}
	weights, sum := summable(weights)
	if sum == 0 {
		parts[0] = total
		return parts
	}
	sign := int64(1)
	whole := abs(int64(total))
	if total < 0 {
		sign = -1
	}
	type remainder struct {
		value uint64
		part  int
	}
	var remainders []remainder
	left := whole
	for i, w := range weights {
		hi, lo := bits.Mul64(whole, uint64(w))
		quotient, rest := bits.Div64(hi, lo, uint64(sum))
		parts[i] = Amount(sign * int64(quotient))
		if rest > 0 {
			remainders = append(remainders, remainder{rest, i})
		}
		left -= quotient
	}
	if left > 0 {
		slices.SortFunc(remainders, func(a, b remainder) int {
			return cmp.Or(cmp.Compare(b.value, a.value), a.part-b.part)
		})
	}
	for _, r := range remainders[:left] {
		parts[r.part] += Amount(sign)
	}
	return parts
}

// summable returns the weights without negative ones, and their sum. Weights whose
// sum would overflow are halved until it does not.
func summable(weights []int64) (fit []int64, sum int64) {
	fit = weights
	for i, w := range weights {
		if w < 0 {
			fit = slices.Clone(fit)
			fit[i] = 0
			w = 0
		}
		if sum += w; sum < 0 {
			fit = slices.Clone(fit)
			for i := range fit {
				fit[i] /= 2
			}
			return summable(fit)
		}
	}
	return fit, sum
}
