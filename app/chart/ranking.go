package chart

import (
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Ranking is a list of named amounts, largest first, as bars from zero with the
// amount at their end.
type Ranking struct {
	Names  []string
	Labels []string // what stands at the bars' ends
	Now    []float64
	Before []float64 // as long as Now, or nil
	Room   int       // width for the names, in pixels
}

// nameGap is the distance between names and bars, in pixels.
const nameGap = 8

// Draw makes the drawing. Its points count from the top.
func (d Ranking) Draw(c Colours) (*Drawing, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithGridOpts(opts.Grid{Left: strconv.Itoa(d.Room + nameGap), Right: "72", Top: "4", Bottom: "4"}),
	)
	names := slices.Clone(d.Names)
	bar.SetXAxis(names)
	data := make([]opts.BarData, len(d.Now))
	for i, v := range d.Now {
		data[i] = opts.BarData{Value: v, Label: &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: d.Labels[i], Color: c.Text}}
	}
	bar.AddSeries("now", data,
		charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Main}))
	if d.Before != nil {
		data := make([]opts.BarData, len(d.Before))
		for i, v := range d.Before {
			data[i] = opts.BarData{Value: v}
		}
		bar.AddSeries("before", data,
			charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Pale}))
	}
	bar.XYReversal()
	bar.Validate()
	option, err := plant(bar.JSON())
	if err != nil {
		return nil, err
	}
	y := first(option, "yAxis")
	y["inverse"] = true
	axisStyle(y, c, false)
	label := y["axisLabel"].(tree)
	label["width"], label["overflow"], label["fontSize"] = d.Room, "truncate", 13
	x := first(option, "xAxis")
	axisStyle(x, c, true)
	x["type"], y["type"] = "value", "category"
	x["show"] = false
	for i, s := range option["series"].([]any) {
		series := s.(tree)
		series["barMaxWidth"] = []int{18, 6}[i] // the compared period is thinner too
		series["barGap"] = "10%"
		if label, ok := series["label"].(tree); ok {
			label["textBorderWidth"] = 0
		}
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Names)}, err
}
