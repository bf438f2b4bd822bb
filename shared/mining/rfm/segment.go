package rfm

import "math"

// Scores is how many scores there are: 1 is the worst, Scores the best.
const Scores = 5

// Cuts returns the n−1 borders between n groups of values: quantiles by linear
// interpolation (type 7 of Hyndman and Fan, as R and NumPy have it). There are
// none without values.
func Cuts[T int32 | int64](values []T, n int) []float64 {
	if len(values) == 0 {
		return nil
	}
	order := Order(values)
	cuts := make([]float64, n-1)
	for i := range cuts {
		at := float64(i+1) * float64(len(order)-1) / float64(n)
		below := math.Floor(at)
		low := float64(values[order[int(below)]])
		high := float64(values[order[min(int(below)+1, len(order)-1)]])
		cuts[i] = low + (at-below)*(high-low)
	}
	return cuts
}

// Score returns 1 … len(cuts)+1: one more than the number of borders that v is
// above. Equal values have equal scores, so groups need not be of equal size.
func Score(v float64, cuts []float64) int {
	score := 1
	for _, cut := range cuts {
		if v > cut {
			score++
		}
	}
	return score
}

// Recency returns the score of so many days since the latest purchase: few are good.
func Recency(days float64, cuts []float64) int { return len(cuts) + 2 - Score(days, cuts) }

// Segment names customers who buy alike.
type Segment string

// Segments.
const (
	Champions  Segment = "champions"   // bought just now, often and much
	Loyal      Segment = "loyal"       // buy often and much
	Potential  Segment = "potential"   // bought lately, on the way to loyal
	New        Segment = "new"         // bought just now for the first times
	Promising  Segment = "promising"   // bought lately, little
	Attention  Segment = "attention"   // middling in all
	Sleeping   Segment = "sleeping"    // little, and a while ago
	AtRisk     Segment = "at_risk"     // bought a good deal, long ago
	CantLose   Segment = "cant_lose"   // bought most of all, long ago
	Hibernated Segment = "hibernating" // little, long ago
	Lost       Segment = "lost"        // least, longest ago
)

// Segments lists all, the best first.
var Segments = []Segment{Champions, Loyal, Potential, New, Promising, Attention, Sleeping, AtRisk, CantLose, Hibernated, Lost}

// grid gives the segment of a recency score (row) and a value score (column).
var grid = [Scores][Scores]Segment{
	{Lost, Hibernated, AtRisk, AtRisk, CantLose},
	{Hibernated, Hibernated, AtRisk, AtRisk, CantLose},
	{Sleeping, Sleeping, Attention, Loyal, Loyal},
	{Promising, Potential, Potential, Loyal, Loyal},
	{New, Potential, Potential, Champions, Champions},
}

// Value joins the scores of frequency and money: their mean, halves upwards.
func Value(frequency, money int) int { return (frequency + money + 1) / 2 }

// SegmentOf returns the segment of a recency and a value score, both 1 … Scores.
func SegmentOf(recency, value int) Segment { return grid[recency-1][value-1] }
