package board

import (
	"encoding/json"
	"strings"
	"testing"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	wire "tillsight/shared/wire/office"
)

func TestOwnMeasuresHaveNamesAndFormats(t *testing.T) {
	d := kittest.Desk(i18n.EN)
	d.User = &wire.User{Login: "anna"}
	d.Shelf.Items = []wire.DeskItem{
		{ID: "m1", Kind: kit.KeptMeasure, Name: "Per customer", Owner: "boris", Shared: true, Body: json.RawMessage(`{"expr":"revenue / customers"}`)},
		{ID: "m2", Kind: kit.KeptMeasure, Name: "Gone", Owner: "anna", Gone: true, Body: json.RawMessage(`null`)},
	}
	if got := d.MeasureWord("own:m1"); got != "Per customer" {
		t.Errorf("named %q", got)
	}
	if got := d.Figure("own:m1", cube.Some(12345)); got != "123.45\u00a0₽" {
		t.Errorf("written %q", got)
	}
	w := widget{ID: "x", Kind: widgetBars, Measure: "own:m1", By: cube.Store, Top: 5}
	if q := widgetQuery(d, w); q.Validate() != nil || len(q.Own) != 1 {
		t.Errorf("asked %+v: %v", q, q.Validate())
	}
	w.Measure = "own:m2"
	if q := widgetQuery(d, w); q.Validate() == nil {
		t.Error("a measure that is gone is asked for")
	}
}

func TestBehindACell(t *testing.T) {
	heat := chart.Heat{Rows: []string{"Mon", "Tue"}, Columns: []string{"09", "10", "11"}}
	d := kittest.Desk(i18n.EN)
	if got := d.HourCells(heat, 4); got[0].In[0] != "2" || got[1].In[0] != "10" {
		t.Errorf("Tuesday at ten is %v", got)
	}
	d.Narrow = true // hours are rows
	heat = chart.Heat{Rows: []string{"09", "10"}, Columns: []string{"Mon", "Tue", "Wed"}}
	if got := d.HourCells(heat, 5); got[0].In[0] != "3" || got[1].In[0] != "10" {
		t.Errorf("Wednesday at ten is %v", got)
	}
	r := kittest.Answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{600, 400}, nil)
	own := []cube.Filter{{Dim: cube.Department, In: []string{"food"}}}
	b := behindBar(d, widget{Measure: cube.Margin, Where: own}, r, 1)
	if b.Measure != cube.Margin || len(b.Cell) != 2 || b.Cell[0].Dim != cube.Department || b.Cell[1].In[0] != "2" || b.Only == nil {
		t.Errorf("got %+v", b)
	}
	if len(own) != 1 {
		t.Error("the widget's own filter was changed")
	}
}

func TestWidgetQueriesAreValid(t *testing.T) {
	for _, c := range kit.Compares {
		for _, p := range []kit.Period{kit.Year, kit.Today, kit.ThisMonth} {
			d := kittest.Desk(i18n.EN)
			d.Filter = kit.Filter{Period: p, Compare: c.Compare}
			d.Filter.Set(cube.Store, []string{"1", "2"})
			d.Filter.Set(cube.Department, []string{"D1"})
			for _, w := range usualLayout().Widgets {
				q := widgetQuery(d, w)
				if err := q.Validate(); err != nil {
					t.Errorf("%s of %s compared with %q: %v", w.ID, p, c.Compare, err)
				}
				if len(q.Where) != 2 {
					t.Errorf("%s: %d conditions", w.ID, len(q.Where))
				}
			}
		}
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
