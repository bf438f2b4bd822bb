package board

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

func ids(l layout) []string {
	var list []string
	for _, w := range l.Widgets {
		list = append(list, w.ID)
	}
	return list
}

func TestLayoutMoves(t *testing.T) {
	l := layout{Widgets: []widget{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}}
	for _, tt := range []struct {
		from, to int
		want     []string
	}{
		{0, 2, []string{"b", "c", "a", "d"}}, {3, 0, []string{"d", "a", "b", "c"}}, {1, 99, []string{"a", "c", "d", "b"}},
		{7, 0, []string{"a", "b", "c", "d"}}, {2, 2, []string{"a", "b", "c", "d"}}, {2, -5, []string{"c", "a", "b", "d"}},
	} {
		if got := ids(l.moved(tt.from, tt.to)); !slices.Equal(got, tt.want) {
			t.Errorf("%d to %d: %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
	if !slices.Equal(ids(l), []string{"a", "b", "c", "d"}) {
		t.Error("moving changed the layout that was there")
	}
}

// TestLayoutIsMended reads dashboards of any version: what is kept can be drawn
// and asked, and mending twice changes nothing more.
func TestLayoutIsMended(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var l layout
		for range rapid.IntRange(0, 6).Draw(r, "widgets") {
			l.Widgets = append(l.Widgets, widget{ID: rapid.SampledFrom([]string{"", "a", "b"}).Draw(r, "id"),
				Kind: rapid.SampledFrom([]widgetKind{widgetNumber, widgetBars, widgetText, "hologram"}).Draw(r, "kind"),
				By:   rapid.SampledFrom([]cube.DimID{cube.Store, "planet", ""}).Draw(r, "by"),
				Wide: rapid.IntRange(-3, 40).Draw(r, "wide"), Tall: rapid.IntRange(-100, 5000).Draw(r, "tall")})
		}
		once := l.mended()
		text, err := json.Marshal(once)
		if err != nil {
			r.Fatal(err)
		}
		var again layout
		if err := json.Unmarshal(text, &again); err != nil {
			r.Fatal(err)
		}
		seen := map[string]bool{}
		for i, w := range again.mended().Widgets {
			if seen[w.ID] || w.ID != once.Widgets[i].ID || w.Wide < wideMin || w.Wide > wideMax || w.Tall != 0 && (w.Tall < tallMin || w.Tall > tallMax) || w.Kind == "hologram" || w.By == "planet" {
				r.Fatalf("%+v of %+v", w, l)
			}
			seen[w.ID] = true
		}
	})
}

func TestOnlyOneMeasure(t *testing.T) {
	r := &cube.Result{Measures: []cube.MeasureID{cube.Revenue, cube.Receipts}, Total: cube.Row{Values: []cube.Value{cube.Some(7), cube.Some(3)}},
		Rows: []cube.Row{{Keys: []string{"a"}, Values: []cube.Value{cube.Some(5), cube.Some(2)}, Before: []cube.Value{cube.Some(1), cube.Some(9)}}}}
	got := only(r, 1)
	if got.Measures[0] != cube.Receipts || got.Total.Values[0].N != 3 || got.Rows[0].Values[0].N != 2 || got.Rows[0].Before[0].N != 9 || got.Total.Before != nil {
		t.Errorf("got %+v", got)
	}
	if r.Rows[0].Values[0].N != 5 || len(r.Measures) != 2 {
		t.Error("the answer itself was changed")
	}
}

func TestUnfinishedStepsAreOpen(t *testing.T) {
	d := kittest.Desk(i18n.EN) // sunday, 12:00
	d.Insight.To = "2026-11-22"
	r := kittest.Answer(cube.Day, "2026-11-20", "2026-11-22", []string{"2026-11-20", "2026-11-21", "2026-11-22"}, []int64{3, 3, 1}, nil)
	if got := openSteps(d, r, points(d, r)); got != 1 {
		t.Errorf("%d open steps, want today", got)
	}
	d.Insight.To = "2026-11-21" // nothing of today has come yet
	if got := openSteps(d, r, points(d, r)); got != 0 {
		t.Errorf("%d open steps without sales of today", got)
	}
	d.Now = func() time.Time { return kittest.Sunday.AddDate(0, 0, 3) }
	d.Insight.To = "2026-11-22"
	if got := openSteps(d, r, points(d, r)); got != 0 {
		t.Errorf("%d open steps in a period that is over", got)
	}
	week := kittest.Answer(cube.Week, "2026-11-09", "2026-11-22", []string{"2026-W46", "2026-W47"}, []int64{9, 5}, nil)
	d.Now = func() time.Time { return kittest.Sunday }
	if got := openSteps(d, week, points(d, week)); got != 1 {
		t.Errorf("%d open weeks, want one", got)
	}
}
