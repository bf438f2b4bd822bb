package chart

import (
	"encoding/json"
	"strings"
	"testing"
)

func numbers(values ...float64) []*float64 {
	list := make([]*float64, len(values))
	for i := range values {
		list[i] = &values[i]
	}
	return list
}

func option(t *testing.T, d *Drawing, err error) tree {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var o tree
	if err := json.Unmarshal([]byte(d.Option), &o); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(d.Option, "__f__") || strings.Contains(d.Option, "function") {
		t.Error("the option holds code")
	}
	return o
}

func series(o tree, i int) tree { return o["series"].([]any)[i].(tree) }

func TestCourse(t *testing.T) {
	now := append(numbers(3, 5), nil)
	d, err := Course{Name: "Revenue", Labels: []string{"1", "2", "3"}, Now: now, Before: numbers(1, 2, 3), Zero: true}.Draw(CanvasColours())
	o := option(t, d, err)
	if got := len(o["series"].([]any)); got != 2 {
		t.Fatalf("%d series, want the compared period and this one", got)
	}
	data := series(o, 1)["data"].([]any)
	if got := data[1].(tree)["value"]; got != 5.0 {
		t.Errorf("second value %v", got)
	}
	if _, has := data[2].(tree)["value"]; has {
		t.Error("a day without data was drawn as a value")
	}
	if got := first(o, "xAxis")["data"].([]any)[2]; got != "3" {
		t.Errorf("third label %v", got)
	}
	if got := o["tooltip"].(tree)["renderMode"]; got != "richText" {
		t.Errorf("tooltip is rendered as %v", got)
	}
}

func TestRankingLiesAndBeginsAtTheTop(t *testing.T) {
	d, err := Ranking{Names: []string{"a", "b"}, Labels: []string{"2 ₽", "1 ₽"}, Now: []float64{2, 1}}.Draw(CanvasColours())
	o := option(t, d, err)
	y := first(o, "yAxis")
	if y["inverse"] != true || y["data"].([]any)[0] != "a" {
		t.Errorf("axis of names: %v", y)
	}
	if scale := first(o, "xAxis")["scale"]; scale == true {
		t.Error("bars do not begin at zero")
	}
	label := series(o, 0)["data"].([]any)[0].(tree)["label"].(tree)
	if label["formatter"] != "2 ₽" {
		t.Errorf("label %v", label)
	}
}

func TestHeatTextIsReadable(t *testing.T) {
	c := CanvasColours()
	heat := Heat{
		Rows: []string{"Mon", "Tue"}, Columns: []string{"9", "10"},
		Cells:  [][]*float64{{numbers(10)[0], nil}, {numbers(1)[0], numbers(9)[0]}},
		Labels: [][]string{{"10", ""}, {"1", "9"}},
	}
	d, err := heat.Draw(c)
	o := option(t, d, err)
	data := series(o, 0)["data"].([]any)
	if len(data) != 3 {
		t.Fatalf("%d cells, want those with a value", len(data))
	}
	want := []string{c.OnHeat[1], c.OnHeat[0], c.OnHeat[1]}
	for i, item := range data {
		if got := item.(tree)["label"].(tree)["color"]; got != want[i] {
			t.Errorf("cell %d: text colour %v, want %v", i, got, want[i])
		}
	}
	if d.Points != 4 || heat.Point(1, 1) != 3 {
		t.Errorf("points %d, last %d", d.Points, heat.Point(1, 1))
	}
}

func TestEmptyDrawings(t *testing.T) {
	if _, err := (Course{}).Draw(CanvasColours()); err != nil {
		t.Error(err)
	}
	if _, err := (Ranking{}).Draw(CanvasColours()); err != nil {
		t.Error(err)
	}
	if _, err := (Heat{}).Draw(CanvasColours()); err != nil {
		t.Error(err)
	}
}

func TestHeatHatchesWhatIsOpen(t *testing.T) {
	d, err := Heat{Rows: []string{"a"}, Columns: []string{"1", "2"}, Cells: [][]*float64{numbers(1, 2)}, Labels: [][]string{{"1", "2"}},
		Open: [][]bool{{false, true}}}.Draw(CanvasColours())
	data := series(option(t, d, err), 0)["data"].([]any)
	if data[0].(tree)["itemStyle"] != nil || data[1].(tree)["itemStyle"].(tree)["decal"] == nil {
		t.Errorf("cells %v", data)
	}
}

func TestPyramidHasTwoSides(t *testing.T) {
	d, err := Pyramid{Labels: []string{"18-24"}, Left: []float64{3}, Right: []float64{2}, Names: [2]string{"f", "m"}, Texts: [2][]string{{"3"}, {"2"}}}.Draw(CanvasColours())
	o := option(t, d, err)
	left, right := series(o, 0)["data"].([]any)[0].(tree), series(o, 1)["data"].([]any)[0].(tree)
	if left["value"] != -3.0 || right["value"] != 2.0 || left["label"].(tree)["formatter"] != "3" {
		t.Errorf("left %v, right %v", left, right)
	}
}
