package warehouse

import (
	"testing"
	"time"
)

// TestProductionCalendar: working days of a 40-hour week by the production
// calendars of the Ministry of Labour: 248 in 2024, 247 in 2025, 247 in 2026.
func TestProductionCalendar(t *testing.T) {
	for year, want := range map[int]int{2024: 248, 2025: 247, 2026: 247} {
		worked := 0
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			if !dayOff(day) {
				worked++
			}
		}
		if worked != want {
			t.Errorf("%d: %d working days, want %d", year, worked, want)
		}
	}
	for date, want := range map[string]bool{
		"2024-04-27": false, "2024-04-29": true, "2024-12-31": true, "2025-02-24": false, "2025-05-08": true, "2025-11-01": false,
		"2026-01-09": true, "2026-01-12": false, "2026-03-09": true, "2026-05-11": true, "2026-11-04": true,
		"2027-05-03": true, "2027-05-10": true, "2027-06-14": true, "2027-06-15": false, "2028-11-06": true,
	} {
		day, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		if dayOff(day) != want {
			t.Errorf("%s: day off %v, want %v", date, !want, want)
		}
	}
}
