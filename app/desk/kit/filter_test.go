package kit

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/money"
)

// sunday is the 22nd of November 2026, 12:00.
var sunday = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

func TestFilterDates(t *testing.T) {
	tests := []struct {
		filter   Filter
		from, to string
		grain    cube.DimID
	}{
		{Filter{Period: Today}, "2026-11-22", "2026-11-22", cube.Hour},
		{Filter{Period: yesterday}, "2026-11-21", "2026-11-21", cube.Hour},
		{Filter{Period: week}, "2026-11-16", "2026-11-22", cube.Day},
		{Filter{Period: month}, "2026-10-24", "2026-11-22", cube.Day},
		{Filter{Period: ThisMonth}, "2026-11-01", "2026-11-22", cube.Day},
		{Filter{Period: lastMonth}, "2026-10-01", "2026-10-31", cube.Day},
		{Filter{Period: quarter}, "2026-08-25", "2026-11-22", cube.Day},
		{Filter{Period: Year}, "2025-11-23", "2026-11-22", cube.Week},
		{Filter{Period: OwnDates, From: "2024-01-01", To: "2026-01-31"}, "2024-01-01", "2026-01-31", cube.Month},
		{Filter{Period: OwnDates, From: "2026-02-01", To: "2026-01-31"}, "2026-10-24", "2026-11-22", cube.Day},
		{Filter{Period: OwnDates, From: "yesterday", To: "2026-01-31"}, "2026-10-24", "2026-11-22", cube.Day},
		{Filter{Period: "of a later version"}, "2026-10-24", "2026-11-22", cube.Day},
	}
	for _, tt := range tests {
		from, to := tt.filter.dates(sunday)
		if from != tt.from || to != tt.to {
			t.Errorf("%+v: %s to %s, want %s to %s", tt.filter, from, to, tt.from, tt.to)
		}
		if got := Grain(from, to); got != tt.grain {
			t.Errorf("%+v: by %s, want %s", tt.filter, got, tt.grain)
		}
	}
}

// TestFilterSurvivesAddressAndStorage writes filters of any kind and reads them back.
func TestFilterSurvivesAddressAndStorage(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := Filter{Period: rapid.SampledFrom(Periods).Draw(r, "period").Period, Compare: rapid.SampledFrom(Compares).Draw(r, "compare").Compare}
		if rapid.Bool().Draw(r, "own") {
			f.Period, f.From, f.To = OwnDates, "2026-01-01", "2026-01-31"
		}
		for range rapid.IntRange(0, 4).Draw(r, "conditions") {
			f.Set(rapid.SampledFrom(Facets).Draw(r, "facet").Dim, rapid.SliceOfNDistinct(rapid.StringMatching(`[ -~а-я&=,+]{1,8}`), 1, 3, rapid.ID).Draw(r, "keys"))
		}
		query, err := url.ParseQuery(f.Values().Encode())
		if err != nil {
			r.Fatal(err)
		}
		if got, ok := FilterOf(query); !ok || !reflect.DeepEqual(got, f) {
			r.Fatalf("address %s: %+v, want %+v", f.Values().Encode(), got, f)
		}
		text, err := json.Marshal(f)
		if err != nil {
			r.Fatal(err)
		}
		var got Filter
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, f) {
			r.Fatalf("storage %s: %+v, %v", text, got, err)
		}
	})
}

func TestAddressesOfOtherVersions(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  Filter
		ok    bool
	}{
		{"", Filter{}, false},
		{"store=1", Filter{}, false},
		{"period=century&compare=dreams&planet=mars", Filter{Period: startsWith, Compare: cube.Previous}, true},
		{"period=own&from=2026-02-30&to=2026-03-01&compare=none", Filter{Period: startsWith}, true},
		{"period=7&from=2026-01-01&compare=last_year&store=3&store=1", Filter{Period: week, Compare: cube.LastYear,
			Where: []cube.Filter{{Dim: cube.Store, In: []string{"3", "1"}}}}, true},
	} {
		query, err := url.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := FilterOf(query); ok != tt.ok || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", tt.query, got, ok, tt.want)
		}
	}
}

func TestUnfinishedPeriods(t *testing.T) {
	at := func(day, hour, minute int, m time.Month) time.Time {
		return time.Date(2026, m, day, hour, minute, 0, 0, time.UTC)
	}
	for _, tt := range []struct {
		filter  Filter
		now     time.Time
		earlier string
		until   int
	}{
		{Filter{Period: Today, Compare: cube.Previous}, at(22, 14, 10, time.November), "", 14},
		{Filter{Period: Today, Compare: cube.LastYear}, at(22, 14, 40, time.November), "", 15},
		{Filter{Period: Today, Compare: cube.Previous}, at(22, 0, 5, time.November), "", 1},
		{Filter{Period: Today}, at(22, 14, 40, time.November), "", 0},
		{Filter{Period: yesterday, Compare: cube.Previous}, at(22, 14, 40, time.November), "", 0},
		{Filter{Period: ThisMonth, Compare: cube.Previous}, at(22, 14, 40, time.November), "2026-10-01", 15},
		{Filter{Period: ThisMonth, Compare: cube.Previous}, at(28, 9, 0, time.March), "2026-02-01", 9},
		{Filter{Period: ThisMonth, Compare: cube.Previous}, at(29, 9, 0, time.March), "", 9}, // February has 28 days
		{Filter{Period: ThisMonth, Compare: cube.LastYear}, at(22, 9, 0, time.March), "", 9},
		{Filter{Period: month, Compare: cube.Previous}, at(30, 0, 20, time.November), "", 1},
		{Filter{Period: Year, Compare: cube.LastYear}, at(22, 14, 40, time.November), "", 15},
		{Filter{Period: month, Compare: cube.Plan}, at(22, 14, 40, time.November), "", 0},
		{Filter{Period: OwnDates, From: "2026-11-01", To: "2026-11-22", Compare: cube.Previous}, at(22, 14, 10, time.November), "", 14},
		{Filter{Period: OwnDates, From: "2026-11-01", To: "2026-11-21", Compare: cube.Previous}, at(22, 14, 10, time.November), "", 0},
	} {
		if got := tt.filter.Earlier(tt.now); got != tt.earlier {
			t.Errorf("%+v at %v begins %q, want %q", tt.filter, tt.now, got, tt.earlier)
		}
		if got := tt.filter.Until(tt.now); got != tt.until {
			t.Errorf("%+v at %v until %d, want %d", tt.filter, tt.now, got, tt.until)
		}
	}
}

func TestComparedDates(t *testing.T) {
	now := time.Date(2026, time.November, 30, 0, 20, 0, 0, time.UTC)
	for _, tt := range []struct {
		filter   Filter
		from, to string
	}{
		{Filter{Period: month, Compare: cube.Previous}, "2026-10-02", "2026-10-31"},
		{Filter{Period: month, Compare: cube.LastYear}, "2025-11-02", "2025-12-01"},
		{Filter{Period: ThisMonth, Compare: cube.Previous}, "2026-10-01", "2026-10-30"},
		{Filter{Period: Today, Compare: cube.Previous}, "2026-11-29", "2026-11-29"},
		{Filter{Period: month, Compare: cube.Plan}, "", ""}, {Filter{Period: month}, "", ""},
	} {
		if from, to := tt.filter.Compared(now); from != tt.from || to != tt.to {
			t.Errorf("%+v is compared with %s to %s, want %s to %s", tt.filter, from, to, tt.from, tt.to)
		}
	}
}

// answer makes a result by one dimension from keys, values and those before.
func answer(by cube.DimID, from, to string, keys []string, now, before []int64) *cube.Result {
	r := &cube.Result{By: []cube.DimID{by}, Measures: []cube.MeasureID{cube.Revenue}, From: from, To: to}
	var total, totalBefore int64
	for i, key := range keys {
		row := cube.Row{Keys: []string{key}, Values: []cube.Value{cube.Some(now[i])}}
		total += now[i]
		if before != nil {
			row.Before = []cube.Value{cube.Some(before[i])}
			totalBefore += before[i]
		}
		r.Rows = append(r.Rows, row)
	}
	r.Total = cube.Row{Values: []cube.Value{cube.Some(total)}}
	if before != nil {
		r.Before = &cube.Period{}
		r.Total.Before = []cube.Value{cube.Some(totalBefore)}
	}
	return r
}

func TestCourseHasEveryStep(t *testing.T) {
	r := answer(cube.Day, "2026-11-19", "2026-11-23", []string{"2026-11-19", "2026-11-21"}, []int64{100, 300}, []int64{50, 0})
	p := Course(r, cube.Day, 0, "2026-11-22", i18n.EN)
	if len(p.Keys) != 5 {
		t.Fatalf("steps %v", p.Keys)
	}
	want := []any{100.0, 0.0, 300.0, 0.0, nil}
	for i, v := range p.Now {
		if v == nil && want[i] != nil || v != nil && *v != want[i] {
			t.Errorf("%s: %v, want %v", p.Keys[i], v, want[i])
		}
	}
	if *p.Before[0] != 50 || *p.Before[3] != 0 || p.Before[4] != nil {
		t.Error("the compared period is not laid out as far as there is something to compare")
	}
}

func TestCourseByWeekAndMonth(t *testing.T) {
	// 2026-W53 ends on sunday 3 January 2027; 2027-W01 begins on the 4th (ISO 8601).
	r := answer(cube.Week, "2026-12-28", "2027-01-05", []string{"2026-W53"}, []int64{1}, nil)
	p := Course(r, cube.Week, 0, "2027-01-05", i18n.EN)
	if got := strings.Join(p.Keys, " "); got != "2026-W53 2027-W01" {
		t.Errorf("weeks %s", got)
	}
	if first, ok := monday("2026-W53"); !ok || first.Format(time.DateOnly) != "2026-12-28" {
		t.Errorf("week 53 begins on %s", first)
	}
	if _, ok := monday("week"); ok {
		t.Error("a key that is no week was read")
	}
	r = answer(cube.Month, "2026-11-15", "2027-01-05", nil, nil, nil)
	if got := strings.Join(steps(r, cube.Month), " "); got != "2026-11 2026-12 2027-01" {
		t.Errorf("months %s", got)
	}
	if got := steps(answer(cube.Hour, "2026-11-22", "2026-11-22", []string{"09", "12"}, []int64{1, 1}, nil), cube.Hour); len(got) != 4 {
		t.Errorf("hours %v", got)
	}
}

func TestDelta(t *testing.T) {
	tests := []struct {
		now, before int64
		want        string
	}{
		{112, 100, "▲ 12\u00a0%"}, {100, 112, "▼ 11\u00a0%"}, {100, 100, "= 0\u00a0%"},
		{10_049, 10_000, "▲ 0.5\u00a0%"}, {10_004, 10_000, "= 0\u00a0%"}, {0, 100, "▼ 100\u00a0%"}, {3_000, 100, "▲ 2,900\u00a0%"},
	}
	for _, tt := range tests {
		bp, ok := Change(cube.Some(tt.now), cube.Some(tt.before))
		if got := Delta(bp, i18n.EN); !ok || got != tt.want {
			t.Errorf("%d after %d: %q, want %q", tt.now, tt.before, got, tt.want)
		}
	}
	for _, before := range []cube.Value{{}, cube.Some(0), cube.Some(-5)} {
		if _, ok := Change(cube.Some(1), before); ok {
			t.Errorf("compared with %+v", before)
		}
	}
}

func TestFigures(t *testing.T) {
	rub := money.RUB
	tests := []struct {
		id         cube.MeasureID
		value      cube.Value
		full, head string
	}{
		{cube.Revenue, cube.Some(123_456_789), "1,234,567.89\u00a0₽", "1,234,568\u00a0₽"},
		{cube.AverageReceipt, cube.Some(123_456), "1,234.56\u00a0₽", "1,234.56\u00a0₽"},
		{cube.Receipts, cube.Some(15_000), "15,000", "15,000"},
		{cube.ItemsPerReceipt, cube.Some(8_425), "8.43", "8.43"},
		{cube.DiscountShare, cube.Some(1050), "10.5\u00a0%", "10.5\u00a0%"},
		{cube.AverageReceipt, cube.Value{}, "–", "–"},
	}
	for _, tt := range tests {
		if got := Figure(tt.id, tt.value, i18n.EN, rub); got != tt.full {
			t.Errorf("%s: %q, want %q", tt.id, got, tt.full)
		}
		if got := Headline(tt.id, tt.value, i18n.EN, rub); got != tt.head {
			t.Errorf("%s: headline %q, want %q", tt.id, got, tt.head)
		}
	}
}

func TestReadings(t *testing.T) {
	stores := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{600, 400}, []int64{590, 200})
	stores.Names = []map[string]catalogue.Text{{"1": {RU: "Центр", EN: "Centre"}}}
	if got := ReadLead(stores, i18n.EN); got != "Centre: 60\u00a0% of the revenue; 2 grew most, by 100\u00a0%." {
		t.Error(got)
	}
	if got := ReadTop(stores, i18n.RU); got != "2 лидера дают 100\u00a0% выручки." {
		t.Error(got)
	}
	r := answer(cube.Day, "2026-11-21", "2026-11-22", []string{"2026-11-21", "2026-11-22"}, []int64{300_00, 100_00}, []int64{200_00, 300_00})
	p := Course(r, cube.Day, 0, "2026-11-22", i18n.EN)
	got := testDesk(i18n.EN).ReadCourse(p, cube.Revenue, r.Total)
	if !strings.HasPrefix(got, "20\u00a0% less") || !strings.Contains(got, "300.00\u00a0₽") {
		t.Error(got)
	}
	heat := &cube.Result{Total: cube.Row{Values: []cube.Value{cube.Some(1000)}}}
	for _, cell := range []struct {
		day, hour string
		n         int64
	}{{"6", "17", 100}, {"6", "18", 110}, {"6", "19", 90}, {"1", "10", 150}} {
		heat.Rows = append(heat.Rows, cube.Row{Keys: []string{cell.day, cell.hour}, Values: []cube.Value{cube.Some(cell.n)}})
	}
	if got := ReadHeat(heat, i18n.EN); got != "Sat 17–20 brings 30\u00a0% of the revenue." {
		t.Error(got)
	}
	empty := &cube.Result{Total: cube.Row{Values: []cube.Value{cube.Some(0)}}}
	if got := ReadHeat(empty, i18n.EN) + ReadLead(empty, i18n.EN) + ReadTop(empty, i18n.EN); got != "" {
		t.Errorf("nothing was read as %q", got)
	}
}
