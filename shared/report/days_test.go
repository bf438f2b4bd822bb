package report_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// TestDaysAgree: how long ago a customer came is counted one way, on whatever page
// the customer is listed: the day of the report itself is no day ago.
func TestDaysAgree(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		const to = "2026-04-20"
		scored := must[[]report.Person](t)(report.People(t.Context(), c, report.PeopleRequest{RFMRequest: report.RFMRequest{To: to}}))
		staged := must[[]report.Person](t)(report.StagePeople(t.Context(), c, report.StagePeopleRequest{StageRequest: report.StageRequest{To: to}}))
		days := map[string]int{}
		for _, p := range staged {
			days[p.ID] = p.Days
		}
		for _, p := range scored {
			card := must[*report.Card](t)(report.CardOf(t.Context(), c, report.CardRequest{To: to, ID: p.ID}))
			if at, ok := days[p.ID]; ok && at != p.Days {
				t.Fatalf("%s: %d days in one list, %d in another", p.ID, p.Days, at)
			}
			last := must[cube.EpochDay](t)(cube.ParseDay(card.Last))
			if want := int(must[cube.EpochDay](t)(cube.ParseDay(to)) - last); p.Days != want {
				t.Fatalf("%s came on %s: %d days ago, not %d", p.ID, card.Last, p.Days, want)
			}
			seen++
		}
	})
	if seen == 0 {
		t.Error("nobody was looked at")
	}
}
