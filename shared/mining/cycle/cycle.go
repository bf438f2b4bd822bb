// Package cycle says where customers are in the course of their purchases: how
// often each of them comes, whether he is due, and in which stage he is.
package cycle

import "slices"

// Rhythm is how often a customer comes, from the days between his purchases.
type Rhythm struct {
	Gaps   int // how many there are
	Median int // days, the lower of the middle two
	Long   int // nine in ten of his gaps are at most as long
}

// GapsMin is how many gaps it takes to speak of a rhythm.
const GapsMin = 3

// RhythmOf returns the rhythm of days of purchase, ascending and all different;
// not ok when there are fewer than GapsMin gaps.
func RhythmOf(days []int) (r Rhythm, ok bool) {
	if len(days) <= GapsMin {
		return Rhythm{Gaps: max(0, len(days)-1)}, false
	}
	gaps := make([]int, len(days)-1)
	for i := range gaps {
		gaps[i] = days[i+1] - days[i]
	}
	slices.Sort(gaps)
	return Rhythm{Gaps: len(gaps), Median: gaps[(len(gaps)-1)/2], Long: gaps[(len(gaps)*9+9)/10-1]}, true
}

// Shorter returns how many gaps between days are at most as long as silence.
func Shorter(days []int, silence int) (n int) {
	for i := 1; i < len(days); i++ {
		if days[i]-days[i-1] <= silence {
			n++
		}
	}
	return n
}

// Due says where a customer is within his rhythm.
type Due string

// States of a customer with a rhythm.
const (
	Waiting Due = "waiting" // his median gap is not over
	Now     Due = "due"     // it is, but he has been away as long before
	Overdue Due = "overdue" // longer than nine in ten of his gaps
	Gone    Due = "gone"    // more than GoneFactor times that
)

// Dues lists the states in their order.
var Dues = []Due{Waiting, Now, Overdue, Gone}

// GoneFactor is how many long gaps of silence mean that somebody is gone.
const GoneFactor = 3

// Of returns the state after so many days of silence.
func (r Rhythm) Of(silence int) Due {
	switch {
	case silence < r.Median:
		return Waiting
	case silence <= r.Long:
		return Now
	case silence <= GoneFactor*r.Long:
		return Overdue
	}
	return Gone
}

// Stage is where a customer is in his life as one.
type Stage string

// Stages.
const (
	New      Stage = "new"      // first purchase in the latest window
	Growing  Stage = "growing"  // came in both windows, now at least a quarter more often
	Regular  Stage = "regular"  // came in both about as often
	Fading   Stage = "fading"   // came in both, now at least a quarter less often
	Returned Stage = "returned" // again after a whole window without a purchase
	Sleeping Stage = "sleeping" // latest purchase in the window before
	Lost     Stage = "lost"     // latest purchase longer ago
)

// Stages lists the stages in their order.
var Stages = []Stage{New, Growing, Regular, Fading, Returned, Sleeping, Lost}

// Life is a customer's purchases as of a day.
type Life struct {
	First, Last int // days ago of the first and latest purchase: 0 is the day itself
	Now, Before int // receipts in the latest window of days and in that before
}

// Stage returns the stage for windows of so many days.
func (l Life) Stage(window int) Stage {
	switch {
	case l.Last >= 2*window:
		return Lost
	case l.Last >= window:
		return Sleeping
	case l.First < window:
		return New
	case l.Before == 0:
		return Returned
	case 4*l.Now >= 5*l.Before:
		return Growing
	case 4*l.Now <= 3*l.Before:
		return Fading
	}
	return Regular
}
