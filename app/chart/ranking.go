package chart

import (
	"slices"

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
}

// Draw makes the drawing. Its points count from the top.
func (d Ranking) Draw(c Colours) (*Drawing, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "64", Top: "4", Bottom: "4", ContainLabel: opts.Bool(true)}),
	)
	names := slices.Clone(d.Names)
	bar.SetXAxis(names)
	data := make([]opts.BarData, len(d.Now))
	for i, v := range d.Now {
		data[i] = opts.BarData{Value: v, Label: &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: d.Labels[i]}}
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
	label["width"], label["overflow"] = 150, "truncate"
	x := first(option, "xAxis")
	axisStyle(x, c, true)
	x["type"], y["type"] = "value", "category"
	x["show"] = false
	for i, s := range option["series"].([]any) {
		series := s.(tree)
		series["barMaxWidth"] = []int{18, 6}[i] // the compared period is thinner too
		series["barGap"] = "10%"
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Names)}, err
}
