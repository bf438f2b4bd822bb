package ban_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

var tree = []catalogue.Category{{ID: "alcohol"}, {ID: "beer", Parent: "alcohol"}, {ID: "dairy"}, {ID: "ring", Parent: "ring2"}, {ID: "ring2", Parent: "ring"}}

// The Russian bans as they stand: Federal Law 171-FZ of 1995-11-22, article 16
// (23:00 to 8:00, regions may forbid more), and what regions add: Saint
// Petersburg from 22:00, no alcohol on 1 September in most of them.
var russian = []ban.Rule{
	{ID: "night", Name: catalogue.Text{RU: "ночью"}, Categories: []string{"alcohol"}, Except: []catalogue.SKU{"900"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}},
	{ID: "spb", Name: catalogue.Text{RU: "Петербург"}, Categories: []string{"alcohol"}, Regions: []string{"Санкт-Петербург"}, Hours: []ban.Span{{From: "22:00", To: "08:00"}}},
	{ID: "knowledge", Name: catalogue.Text{RU: "День знаний"}, Categories: []string{"alcohol"}, Dates: []string{"09-01"}},
	{ID: "school", Name: catalogue.Text{RU: "у школы"}, SKUs: []catalogue.SKU{"555"}, Stores: []string{"7"}, Days: []int{1, 2, 3, 4, 5}, From: "2026-09-01", Until: "2027-05-31", Hours: []ban.Span{{From: "08:00", To: "15:00"}}},
	{ID: "never", Name: catalogue.Text{RU: "никогда"}, SKUs: []catalogue.SKU{"666"}, Stores: []string{"7"}},
	{ID: "off", Name: catalogue.Text{RU: "выключен"}, Categories: []string{"dairy"}, Off: true},
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestAt(t *testing.T) {
	moscow, petersburg := ban.Place{Store: "1", Region: "Москва"}, ban.Place{Store: "7", Region: "Санкт-Петербург"}
	beer, milk := ban.Goods{SKU: "100", Category: "beer"}, ban.Goods{SKU: "101", Category: "dairy"}
	tests := []struct {
		name  string
		place ban.Place
		goods ban.Goods
		wall  string
		rule  string // "" is allowed
		until string
	}{
		{"beer by day", moscow, beer, "2026-11-22 22:59", "", ""},
		{"beer from eleven", moscow, beer, "2026-11-22 23:00", "night", "2026-11-23 08:00"},
		{"beer after midnight", moscow, beer, "2026-11-23 03:00", "night", "2026-11-23 08:00"},
		{"beer at eight", moscow, beer, "2026-11-23 08:00", "", ""},
		{"beer at ten in the north", petersburg, beer, "2026-11-22 22:00", "spb", "2026-11-23 08:00"},
		{"without alcohol", moscow, ban.Goods{SKU: "900", Category: "beer"}, "2026-11-22 23:30", "", ""},
		{"milk", moscow, milk, "2026-11-22 23:30", "", ""},
		{"knowledge day runs into its night", moscow, beer, "2026-09-01 12:00", "knowledge", "2026-09-02 08:00"},
		{"the night before knowledge day", moscow, beer, "2026-08-31 23:30", "night", "2026-09-02 08:00"},
		{"energy near a school", petersburg, ban.Goods{SKU: "555"}, "2026-11-20 10:00", "school", "2026-11-20 15:00"},
		{"energy after lessons", petersburg, ban.Goods{SKU: "555"}, "2026-11-20 15:00", "", ""},
		{"energy on Saturday", petersburg, ban.Goods{SKU: "555"}, "2026-11-21 10:00", "", ""},
		{"energy in the holidays", petersburg, ban.Goods{SKU: "555"}, "2026-07-01 10:00", "", ""},
		{"energy elsewhere", moscow, ban.Goods{SKU: "555"}, "2026-11-20 10:00", "", ""},
		{"never here", petersburg, ban.Goods{SKU: "666"}, "2026-11-20 10:00", "never", ""},
		{"a ring of categories", moscow, ban.Goods{SKU: "1", Category: "ring"}, "2026-11-22 23:30", "", ""},
	}
	for _, tt := range tests {
		set, dropped := ban.NewSet(russian, tree, tt.place)
		if dropped != 0 {
			t.Fatalf("%d rules dropped", dropped)
		}
		v := set.At(tt.goods, at(t, tt.wall))
		until := ""
		if !v.Until.IsZero() {
			until = v.Until.Format("2006-01-02 15:04")
		}
		if v.Banned != (tt.rule != "") || v.Rule.ID != tt.rule || until != tt.until {
			t.Errorf("%s: %v by %q until %q, want %q until %q", tt.name, v.Banned, v.Rule.ID, until, tt.rule, tt.until)
		}
	}
}

func TestValidate(t *testing.T) {
	good := russian[0]
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*ban.Rule){
		"id":     func(r *ban.Rule) { r.ID = "a/b" },
		"name":   func(r *ban.Rule) { r.Name.RU = " " },
		"goods":  func(r *ban.Rule) { r.Categories = nil },
		"from":   func(r *ban.Rule) { r.From = "1.9.2026" },
		"until":  func(r *ban.Rule) { r.From, r.Until = "2026-09-02", "2026-09-01" },
		"dates":  func(r *ban.Rule) { r.Dates = []string{"02-30"} },
		"days":   func(r *ban.Rule) { r.Days = []int{0} },
		"hours":  func(r *ban.Rule) { r.Hours = []ban.Span{{From: "23:00", To: "23:00"}} },
		"stores": func(r *ban.Rule) { r.Stores = make([]string, 1001) },
	} {
		rule := good
		spoil(&rule)
		err := rule.Validate()
		if errcode.Of(err) != errcode.Invalid || errcode.As(err).Data["field"] != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if set, dropped := ban.NewSet([]ban.Rule{{ID: "x"}}, nil, ban.Place{}); dropped != 1 || set.Len() != 0 {
		t.Errorf("an unknown rule: %d dropped, %d kept", dropped, set.Len())
	}
}

// Until is exactly the first minute at which the goods may be sold again.
func TestUntilIsTheFirstFreeMinute(t *testing.T) {
	clock := rapid.Custom(func(t *rapid.T) string {
		return time.Unix(0, 0).UTC().Add(time.Duration(rapid.IntRange(0, 1439).Draw(t, "minute")) * time.Minute).Format("15:04")
	})
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ban.Rule {
			r := ban.Rule{ID: rapid.StringMatching(`[a-z]{1,4}`).Draw(t, "id"), Name: catalogue.Text{RU: "x"}, SKUs: []catalogue.SKU{"1"}}
			r.Days = rapid.SliceOfNDistinct(rapid.IntRange(1, 7), 0, 3, rapid.ID[int]).Draw(t, "days")
			for range rapid.IntRange(0, 2).Draw(t, "spans") {
				if span := (ban.Span{From: clock.Draw(t, "from"), To: clock.Draw(t, "to")}); span.From != span.To {
					r.Hours = append(r.Hours, span)
				}
			}
			return r
		}), 1, 3).Draw(t, "rules")
		set, _ := ban.NewSet(rules, nil, ban.Place{})
		now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 3*1440).Draw(t, "now")) * time.Minute)
		v := set.At(ban.Goods{SKU: "1"}, now)
		if !v.Banned {
			return
		}
		if v.Until.IsZero() {
			for day := range 14 {
				if m := now.AddDate(0, 0, day); !set.At(ban.Goods{SKU: "1"}, m).Banned {
					t.Fatalf("said to be for ever, but free at %s", m)
				}
			}
			return
		}
		if set.At(ban.Goods{SKU: "1"}, v.Until).Banned || !set.At(ban.Goods{SKU: "1"}, v.Until.Add(-time.Minute)).Banned || !v.Until.After(now) {
			t.Fatalf("at %s until %s", now, v.Until)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	set, _ := ban.NewSet(russian, tree, ban.Place{Store: "1", Region: "Москва"})
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for b.Loop() {
		set.At(ban.Goods{SKU: "100", Category: "beer"}, now)
	}
}

// Limits of texts count characters as people do.
func TestNameLength(t *testing.T) {
	for n, ok := range map[int]bool{150: true, 200: true, 201: false} {
		rule := ban.Rule{ID: "x", Name: catalogue.Text{RU: strings.Repeat("я", n)}, SKUs: []catalogue.SKU{"1"}}
		if err := rule.Validate(); (err == nil) != ok {
			t.Errorf("%d letters: %v", n, err)
		}
	}
}
