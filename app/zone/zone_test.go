package zone

import (
	"testing"
	"time"
)

// TestOffsetOf reads what browsers say of zones.
func TestOffsetOf(t *testing.T) {
	tests := []struct {
		text    string
		minutes int
		ok      bool
	}{
		{"GMT", 0, true}, {"GMT+03:00", 180, true}, {"GMT-09:30", -570, true}, {"GMT+05:45", 345, true},
		{"UTC+3", 0, false}, {"GMT3", 0, false}, {"GMT+3", 0, false}, {"GMT+99:00", 0, false}, {"", 0, false}, {"GMT*03:00", 0, false},
	}
	for _, tt := range tests {
		got, err := offsetOf(tt.text)
		if (err == nil) != tt.ok || got != tt.minutes {
			t.Errorf("offsetOf(%q) = %d, %v", tt.text, got, err)
		}
	}
}

// TestOffset: an offset is of a zone at a moment.
func TestOffset(t *testing.T) {
	winter, summer := time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, time.July, 15, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		zone    string
		at      time.Time
		minutes int
		ok      bool
	}{{"Europe/Moscow", winter, 180, true}, {"Europe/Berlin", winter, 60, true}, {"Europe/Berlin", summer, 120, true}, {"Nowhere/At all", winter, 0, false}} {
		got, err := Offset(tt.zone, tt.at)
		if (err == nil) != tt.ok || got != tt.minutes {
			t.Errorf("%s at %s: %d, %v, want %d", tt.zone, tt.at, got, err, tt.minutes)
		}
	}
}
