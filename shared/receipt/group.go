package receipt

import "slices"

// Grouping says which equal positions become one line.
type Grouping string

// Groupings.
const (
	GroupAny         Grouping = ""            // all that are equal
	GroupConsecutive Grouping = "consecutive" // those scanned one after another
	GroupNone        Grouping = "none"        // every scan is a line of its own
)

// Groupings lists them all.
var Groupings = []Grouping{GroupAny, GroupConsecutive, GroupNone}

// mergeable returns the index of the line that a scan of l adds to, -1 when
// there is none. What differs in anything that a person could see or that money
// depends on stays apart, and a line with a discount given by hand keeps it to itself.
func (r *Receipt) mergeable(l Line, g Grouping) int {
	if g == GroupNone || !l.Unit.Whole() || l.Single || l.LabelSum != 0 || l.Manual.Given() {
		return -1
	}
	for i := len(r.Lines) - 1; i >= 0; i-- {
		have := &r.Lines[i]
		if have.Voided {
			continue
		}
		if have.takes(&l) {
			return i
		}
		if g == GroupConsecutive {
			return -1
		}
	}
	return -1
}

// takes reports whether a scan of l is one more of the same.
func (l *Line) takes(more *Line) bool {
	return l.SKU == more.SKU && !l.Single && l.LabelSum == 0 && !l.Manual.Given() &&
		l.Unit == more.Unit && l.Mark == more.Mark && l.shelf() == more.shelf() && slices.Equal(l.lists(), more.lists()) && l.PackMax == more.PackMax &&
		l.TaxClass == more.TaxClass && l.TaxBP == more.TaxBP && l.TaxAdded == more.TaxAdded &&
		l.MinAge == more.MinAge && l.Batch == more.Batch && l.Expires == more.Expires && l.Best == more.Best &&
		slices.EqualFunc(l.Parts, more.Parts, Part.same)
}

// serialLine returns the number of another line than but with the package of l, 0 for none.
func (r *Receipt) serialLine(l Line, but int) int {
	if l.Serial == "" {
		return 0
	}
	for i := range r.Lines {
		have := &r.Lines[i]
		if have.N != but && !have.Voided && have.Serial == l.Serial && have.SKU == l.SKU {
			return have.N
		}
	}
	return 0
}
