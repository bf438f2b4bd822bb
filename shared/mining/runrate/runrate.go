// Package runrate says where a running sum will end, by the weekdays that are
// left: shops sell on Saturday what they don't on Tuesday, so days done by days
// of the month would mislead.
//
// Each day left is expected to bring the mean of its weekday in the history. The
// interval holds the end with about four chances in five: it adds up what days of
// one weekday differ by, what whole weeks differ by beyond that (good and bad
// weeks come in rows), and that the means are taken from few weeks.
package runrate

import "math"

// quantile of the normal distribution that 80 % lie within.
const quantile = 1.2816

// Weeks is how many weeks of history count.
const Weeks = 8

// weeksLeast is the fewest whole weeks that say anything about weekdays.
const weeksLeast = 2

// Ahead is what days to come bring together.
type Ahead struct {
	Expected int64
	Low      int64 // the interval
	High     int64
	Weeks    int // whole weeks of history it rests on
}

// Forecast expects the days after history, which ends the day before: weekday
// tells the weekday (0 … 6) of history[i] for i below len(history) and goes on
// for the days ahead. It is not ok with less than two whole weeks.
func Forecast(history []int64, weekday func(i int) int, ahead int) (Ahead, bool) {
	first := max(0, len(history)-7*Weeks)
	first += (len(history) - first) % 7 // whole weeks, the latest ones
	past := history[first:]
	weeks := len(past) / 7
	if weeks < weeksLeast {
		return Ahead{}, false
	}
	var mean, variance [7]float64
	totals := make([]float64, weeks)
	for i, v := range past {
		mean[weekday(first+i)] += float64(v) / float64(weeks)
		totals[i/7] += float64(v)
	}
	for i, v := range past {
		d := float64(v) - mean[weekday(first+i)]
		variance[weekday(first+i)] += d * d / float64(weeks-1)
	}
	var week, within, expected, spread float64
	for d := range 7 {
		week += mean[d]
		within += variance[d]
	}
	var between float64
	for _, total := range totals {
		between += (total - week) * (total - week) / float64(weeks-1)
	}
	for i := range ahead {
		d := weekday(len(history) + i)
		expected += mean[d]
		spread += variance[d]
	}
	span := float64(ahead) / 7
	spread += span * span * max(0, between-within)
	spread *= 1 + 1/float64(weeks)
	// With few weeks the variance itself is uncertain: Student's t has wider
	// tails than the normal distribution, by about this much.
	reach := quantile * (1 + (quantile*quantile+1)/(4*float64(weeks-1))) * math.Sqrt(spread)
	return Ahead{
		Expected: int64(math.Round(expected)), Low: int64(math.Round(max(min(0, expected), expected-reach))),
		High: int64(math.Round(expected + reach)), Weeks: weeks,
	}, true
}
