package desk

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
		filter   filter
		from, to string
		grain    cube.DimID
	}{
		{filter{Period: today}, "2026-11-22", "2026-11-22", cube.Hour},
		{filter{Period: yesterday}, "2026-11-21", "2026-11-21", cube.Hour},
		{filter{Period: week}, "2026-11-16", "2026-11-22", cube.Day},
		{filter{Period: month}, "2026-10-24", "2026-11-22", cube.Day},
		{filter{Period: thisMonth}, "2026-11-01", "2026-11-22", cube.Day},
		{filter{Period: lastMonth}, "2026-10-01", "2026-10-31", cube.Day},
		{filter{Period: quarter}, "2026-08-25", "2026-11-22", cube.Day},
		{filter{Period: year}, "2025-11-23", "2026-11-22", cube.Week},
		{filter{Period: ownDates, From: "2024-01-01", To: "2026-01-31"}, "2024-01-01", "2026-01-31", cube.Month},
		{filter{Period: ownDates, From: "2026-02-01", To: "2026-01-31"}, "2026-10-24", "2026-11-22", cube.Day},
		{filter{Period: ownDates, From: "yesterday", To: "2026-01-31"}, "2026-10-24", "2026-11-22", cube.Day},
		{filter{Period: "of a later version"}, "2026-10-24", "2026-11-22", cube.Day},
	}
	for _, tt := range tests {
		from, to := tt.filter.dates(sunday)
		if from != tt.from || to != tt.to {
			t.Errorf("%+v: %s to %s, want %s to %s", tt.filter, from, to, tt.from, tt.to)
		}
		if got := grain(from, to); got != tt.grain {
			t.Errorf("%+v: by %s, want %s", tt.filter, got, tt.grain)
		}
	}
}

func TestWidgetQueriesAreValid(t *testing.T) {
	for _, c := range compares {
		for _, p := range []period{year, today, thisMonth} {
			d := reportDesk(i18n.EN)
			d.filter = filter{Period: p, Compare: c.compare}
			d.filter.set(cube.Store, []string{"1", "2"})
			d.filter.set(cube.Department, []string{"D1"})
			for _, w := range usualLayout().Widgets {
				q := d.widgetQuery(w)
				if err := q.Validate(); err != nil {
					t.Errorf("%s of %s compared with %q: %v", w.ID, p, c.compare, err)
				}
				if len(q.Where) != 2 {
					t.Errorf("%s: %d conditions", w.ID, len(q.Where))
				}
			}
		}
	}
}

// TestFilterSurvivesAddressAndStorage writes filters of any kind and reads them back.
func TestFilterSurvivesAddressAndStorage(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := filter{Period: rapid.SampledFrom(periods).Draw(r, "period").period, Compare: rapid.SampledFrom(compares).Draw(r, "compare").compare}
		if rapid.Bool().Draw(r, "own") {
			f.Period, f.From, f.To = ownDates, "2026-01-01", "2026-01-31"
		}
		for range rapid.IntRange(0, 4).Draw(r, "conditions") {
			f.set(rapid.SampledFrom(facets).Draw(r, "facet").dim, rapid.SliceOfNDistinct(rapid.StringMatching(`[ -~а-я&=,+]{1,8}`), 1, 3, rapid.ID).Draw(r, "keys"))
		}
		query, err := url.ParseQuery(f.values().Encode())
		if err != nil {
			r.Fatal(err)
		}
		if got, ok := filterOf(query); !ok || !reflect.DeepEqual(got, f) {
			r.Fatalf("address %s: %+v, want %+v", f.values().Encode(), got, f)
		}
		text, err := json.Marshal(f)
		if err != nil {
			r.Fatal(err)
		}
		var got filter
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, f) {
			r.Fatalf("storage %s: %+v, %v", text, got, err)
		}
	})
}

func TestAddressesOfOtherVersions(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  filter
		ok    bool
	}{
		{"", filter{}, false},
		{"store=1", filter{}, false},
		{"period=century&compare=dreams&planet=mars", filter{Period: startsWith, Compare: cube.Previous}, true},
		{"period=own&from=2026-02-30&to=2026-03-01&compare=none", filter{Period: startsWith}, true},
		{"period=7&from=2026-01-01&compare=last_year&store=3&store=1", filter{Period: week, Compare: cube.LastYear,
			Where: []cube.Filter{{Dim: cube.Store, In: []string{"3", "1"}}}}, true},
	} {
		query, err := url.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := filterOf(query); ok != tt.ok || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", tt.query, got, ok, tt.want)
		}
	}
}

func TestUnfinishedPeriods(t *testing.T) {
	at := func(day, hour, minute int, m time.Month) time.Time {
		return time.Date(2026, m, day, hour, minute, 0, 0, time.UTC)
	}
	for _, tt := range []struct {
		filter  filter
		now     time.Time
		earlier string
		until   int
	}{
		{filter{Period: today, Compare: cube.Previous}, at(22, 14, 10, time.November), "", 14},
		{filter{Period: today, Compare: cube.LastYear}, at(22, 14, 40, time.November), "", 15},
		{filter{Period: today, Compare: cube.Previous}, at(22, 0, 5, time.November), "", 1},
		{filter{Period: today}, at(22, 14, 40, time.November), "", 0},
		{filter{Period: yesterday, Compare: cube.Previous}, at(22, 14, 40, time.November), "", 0},
		{filter{Period: thisMonth, Compare: cube.Previous}, at(22, 14, 40, time.November), "2026-10-01", 0},
		{filter{Period: thisMonth, Compare: cube.Previous}, at(28, 9, 0, time.March), "2026-02-01", 0},
		{filter{Period: thisMonth, Compare: cube.Previous}, at(29, 9, 0, time.March), "", 0}, // February has 28 days
		{filter{Period: thisMonth, Compare: cube.LastYear}, at(22, 9, 0, time.March), "", 0},
	} {
		if got := tt.filter.earlier(tt.now); got != tt.earlier {
			t.Errorf("%+v at %v begins %q, want %q", tt.filter, tt.now, got, tt.earlier)
		}
		if got := tt.filter.until(tt.now); got != tt.until {
			t.Errorf("%+v at %v until %d, want %d", tt.filter, tt.now, got, tt.until)
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
	p := course(r, cube.Day, 0, "2026-11-22", i18n.EN)
	if len(p.keys) != 5 {
		t.Fatalf("steps %v", p.keys)
	}
	want := []any{100.0, 0.0, 300.0, 0.0, nil}
	for i, v := range p.now {
		if v == nil && want[i] != nil || v != nil && *v != want[i] {
			t.Errorf("%s: %v, want %v", p.keys[i], v, want[i])
		}
	}
	if *p.before[0] != 50 || *p.before[4] != 0 {
		t.Error("the compared period is not laid out")
	}
}

func TestCourseByWeekAndMonth(t *testing.T) {
	// 2026-W53 ends on Sunday 3 January 2027; 2027-W01 begins on the 4th (ISO 8601).
	r := answer(cube.Week, "2026-12-28", "2027-01-05", []string{"2026-W53"}, []int64{1}, nil)
	p := course(r, cube.Week, 0, "2027-01-05", i18n.EN)
	if got := strings.Join(p.keys, " "); got != "2026-W53 2027-W01" {
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
		bp, ok := change(cube.Some(tt.now), cube.Some(tt.before))
		if got := delta(bp, i18n.EN); !ok || got != tt.want {
			t.Errorf("%d after %d: %q, want %q", tt.now, tt.before, got, tt.want)
		}
	}
	for _, before := range []cube.Value{{}, cube.Some(0), cube.Some(-5)} {
		if _, ok := change(cube.Some(1), before); ok {
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
		if got := figure(tt.id, tt.value, i18n.EN, rub); got != tt.full {
			t.Errorf("%s: %q, want %q", tt.id, got, tt.full)
		}
		if got := headline(tt.id, tt.value, i18n.EN, rub); got != tt.head {
			t.Errorf("%s: headline %q, want %q", tt.id, got, tt.head)
		}
	}
}

func TestReadings(t *testing.T) {
	stores := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{600, 400}, []int64{590, 200})
	stores.Names = []map[string]catalogue.Text{{"1": {RU: "Центр", EN: "Centre"}}}
	if got := readLead(stores, i18n.EN); got != "Centre: 60\u00a0% of the revenue; 2 grew most, by 100\u00a0%." {
		t.Error(got)
	}
	if got := readTop(stores, i18n.RU); got != "2 лидера дают 100\u00a0% выручки." {
		t.Error(got)
	}
	r := answer(cube.Day, "2026-11-21", "2026-11-22", []string{"2026-11-21", "2026-11-22"}, []int64{300_00, 100_00}, []int64{200_00, 300_00})
	p := course(r, cube.Day, 0, "2026-11-22", i18n.EN)
	got := reportDesk(i18n.EN).readCourse(p, cube.Revenue, r.Total)
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
	if got := readHeat(heat, i18n.EN); got != "Sat 17–20 brings 30\u00a0% of the revenue." {
		t.Error(got)
	}
	empty := &cube.Result{Total: cube.Row{Values: []cube.Value{cube.Some(0)}}}
	if got := readHeat(empty, i18n.EN) + readLead(empty, i18n.EN) + readTop(empty, i18n.EN); got != "" {
		t.Errorf("nothing was read as %q", got)
	}
}

func TestSpark(t *testing.T) {
	two := []float64{1, 3}
	if got := spark([]*float64{&two[0], nil, &two[1]}); !strings.Contains(got, `points="0.0,`) || !strings.Contains(got, "120.0,2.0") {
		t.Error(got)
	}
	for _, values := range [][]*float64{nil, {&two[0]}, {nil, nil}} {
		if got := spark(values); got != "" {
			t.Errorf("%v: %s", values, got)
		}
	}
}

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Second: "только что", 61 * time.Second: "1 минуту назад", 5 * time.Hour: "5 часов назад", 72 * time.Hour: "3 дня назад",
	} {
		if got := ago(d, i18n.RU); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
