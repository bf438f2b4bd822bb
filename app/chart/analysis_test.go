package chart

import (
	"math"
	"testing"
)

// value reads the plain value of an item of a series.
func value(item any) float64 {
	if point, ok := item.(tree); ok {
		return point["value"].(float64)
	}
	return item.(float64)
}

// TestWaterfallHangsTogether: each bar begins where the one before ended, also
// below zero and across it, and the last one is the sum.
func TestWaterfallHangsTogether(t *testing.T) {
	steps := []float64{30, -50, -10, 45, 5}
	d, err := Waterfall{Names: []string{"a", "b", "c", "d", "e"}, Labels: make([]string, 5), Steps: steps, Total: "all"}.Draw(CanvasColours())
	o := option(t, d, err)
	base, above, below := series(o, 0)["data"].([]any), series(o, 1)["data"].([]any), series(o, 2)["data"].([]any)
	running := 0.0
	for i := range base {
		from, to := running, 0.0
		if i < len(steps) {
			to = running + steps[i]
			running = to
		} else {
			from, to = 0, running
		}
		// ECharts stacks what is above and below zero apart, both on the base.
		low, high := math.Min(value(base[i]), 0)+value(below[i]), math.Max(value(base[i]), 0)+value(above[i])
		if value(base[i]) > 0 {
			low = value(base[i])
		} else if value(base[i]) < 0 {
			high = value(base[i])
		}
		if low != math.Min(from, to) || high != math.Max(from, to) {
			t.Errorf("bar %d reaches from %v to %v, want %v to %v", i, low, high, from, to)
		}
	}
	if d.Points != 6 {
		t.Errorf("%d points", d.Points)
	}
}

func TestLinesTellApart(t *testing.T) {
	d, err := Lines{Names: []string{"a", "b"}, Labels: []string{"0", "1"}, Values: [][]float64{{0, 1}, {0, 1}}, Even: true, Most: 1}.Draw(CanvasColours())
	o := option(t, d, err)
	if n := len(o["series"].([]any)); n != 3 || LineColour(0) == LineColour(1) {
		t.Errorf("%d series", n)
	}
	if end := series(o, 2)["data"].([]any)[1]; end != 1.0 {
		t.Errorf("equal shares end at %v", end)
	}
}

// A curve of shares ends at all of it, and its axes go by quarters and fifths.
func TestSharesEndAtAll(t *testing.T) {
	d := Lines{Names: []string{"a"}, Values: [][]float64{nil}, Even: true, Most: 10000}
	for i := range 101 {
		d.Labels, d.Values[0] = append(d.Labels, "x"), append(d.Values[0], float64(100*i))
	}
	drawing, err := d.Draw(CanvasColours())
	o := option(t, drawing, err)
	y, x := o["yAxis"].([]any)[0].(tree), o["xAxis"].([]any)[0].(tree)
	if y["max"] != 10000.0 || y["interval"] != 2000.0 || x["axisLabel"].(tree)["interval"] != 24.0 {
		t.Errorf("%v, %v", y, x)
	}
}

// TestBubbles: the area tells the size, and what says little is hollow.
func TestBubbles(t *testing.T) {
	d, err := Bubbles{Items: []Bubble{{X: 1, Y: 1, Size: 400}, {X: 2, Y: 2, Size: 100, Faint: true}, {X: 3, Y: 3}}, Across: 2, Along: 2}.Draw(CanvasColours())
	o := option(t, d, err)
	data := series(o, 0)["data"].([]any)
	large, small := data[0].(tree)["symbolSize"].(float64), data[1].(tree)["symbolSize"].(float64)
	if large != 2*small || data[2].(tree)["symbolSize"].(float64) != bubbleLeast {
		t.Errorf("%v across for 400, %v for 100", large, small)
	}
	if data[1].(tree)["itemStyle"].(tree)["color"] != "transparent" || d.Points != 3 {
		t.Error("few receipts are drawn like many")
	}
}

// TestAtlas: points count the places, then the regions, and the map is shown
// where the places are.
func TestAtlas(t *testing.T) {
	a := Atlas{Map: "russia", Places: []AtlasPlace{{X: -3000, Y: 100, Value: 4}, {X: -2000, Y: 300, Value: 1}}, Regions: []AtlasRegion{{"Тверская", 5}},
		Close: true, Width: 8000, Height: 4000}
	d, err := a.Draw(CanvasColours())
	o := option(t, d, err)
	geo := o["geo"].(tree)
	if geo["center"].([]any)[0] != -2500.0 || geo["zoom"].(float64) < 5 || geo["zoom"].(float64) > 7 {
		t.Errorf("middle %v, zoom %v", geo["center"], geo["zoom"])
	}
	if d.Points != 3 || d.Map != "russia" || d.Series[1] != 2 {
		t.Errorf("%+v", d)
	}
	a.Places = nil
	if _, err := a.Draw(CanvasColours()); err != nil {
		t.Error(err)
	}
}
