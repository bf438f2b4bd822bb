package shelflife_test

import (
	"testing"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/shelflife"
)

func TestJudge(t *testing.T) {
	chilled := shelflife.Rule{Category: "meat", Refuse: 1, Hint: 3, MarkdownBP: 3000}
	tests := []struct {
		name string
		life shelflife.Life
		rule shelflife.Rule
		wall string
		want shelflife.State
		date string
	}{
		{"nothing said", shelflife.Life{}, chilled, "2026-11-22 12:00", shelflife.Good, ""},
		{"good through its last day", shelflife.Life{UseBy: "2026-11-22"}, shelflife.Rule{}, "2026-11-22 23:59", shelflife.Good, ""},
		{"past it", shelflife.Life{UseBy: "2026-11-22"}, shelflife.Rule{}, "2026-11-23 00:00", shelflife.Expired, "2026-11-22"},
		{"with an hour", shelflife.Life{UseBy: "2026-11-22T14:30"}, shelflife.Rule{}, "2026-11-22 14:30", shelflife.Expired, "2026-11-22T14:30"},
		{"before that hour", shelflife.Life{UseBy: "2026-11-22T14:30"}, shelflife.Rule{}, "2026-11-22 14:29", shelflife.Good, ""},
		{"not on the last day of chilled meat", shelflife.Life{UseBy: "2026-11-22"}, chilled, "2026-11-22 00:00", shelflife.Expired, "2026-11-22"},
		{"two days before: reduced", shelflife.Life{UseBy: "2026-11-22"}, chilled, "2026-11-21 23:00", shelflife.Near, "2026-11-22"},
		{"the first day of the hint", shelflife.Life{UseBy: "2026-11-22"}, chilled, "2026-11-20 00:00", shelflife.Near, "2026-11-22"},
		{"before the hint", shelflife.Life{UseBy: "2026-11-22"}, chilled, "2026-11-19 23:59", shelflife.Good, ""},
		{"past its best", shelflife.Life{BestBefore: "2026-11-21"}, chilled, "2026-11-22 00:00", shelflife.Stale, "2026-11-21"},
		{"best today", shelflife.Life{BestBefore: "2026-11-22"}, chilled, "2026-11-22 12:00", shelflife.Good, ""},
		{"use by goes before best", shelflife.Life{UseBy: "2026-11-01", BestBefore: "2026-10-01"}, shelflife.Rule{}, "2026-11-22 12:00", shelflife.Expired, "2026-11-01"},
		{"garbage is not said", shelflife.Life{UseBy: "22.11.26"}, chilled, "2027-01-01 00:00", shelflife.Good, ""},
	}
	for _, tt := range tests {
		wall, err := time.Parse("2006-01-02 15:04", tt.wall)
		if err != nil {
			t.Fatal(err)
		}
		if got, date := shelflife.Judge(tt.life, tt.rule, wall); got != tt.want || date != tt.date {
			t.Errorf("%s: %q by %q, want %q by %q", tt.name, got, date, tt.want, tt.date)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, r := range []shelflife.Rule{{}, {Category: "a/b"}, {Category: "a", Refuse: -1}, {Category: "a", MarkdownBP: 10001}, {Category: "a", Hint: 400}} {
		if errcode.Of(r.Validate()) != errcode.Invalid {
			t.Errorf("%+v accepted", r)
		}
	}
	if err := (shelflife.Rule{Category: "a", Hint: 2, MarkdownBP: 3000}).Validate(); err != nil {
		t.Error(err)
	}
}
