package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Stack is parts of a whole over time as bars on top of each other; negative
// parts hang below zero.
type Stack struct {
	Names  []string // of the parts
	Labels []string
	Values [][]float64 // of each part, as many as labels
	Open   bool        // the last label's period is not over: its bar is hatched
}

// stackColours are told apart by colour-blind readers (Okabe and Ito) and are
// light enough for both themes.
var stackColours = []string{"#0072b2", "#56b4e9", "#009e73", "#e69f00"}

// Draw makes the drawing. Its points count the labels.
func (d Stack) Draw(c Colours) (*Drawing, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "12", Top: "12", Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", SplitNumber: 4}),
	)
	bar.SetXAxis(d.Labels)
	for i, name := range d.Names {
		data := make([]opts.BarData, len(d.Values[i]))
		for k, v := range d.Values[i] {
			data[k] = opts.BarData{Value: v}
		}
		bar.AddSeries(name, data, charts.WithBarChartOpts(opts.BarChart{Stack: "all"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: stackColours[i%len(stackColours)]}))
	}
	bar.Validate()
	option, err := plant(bar.JSON())
	if err != nil {
		return nil, err
	}
	axisStyle(first(option, "xAxis"), c, false)
	axisStyle(first(option, "yAxis"), c, true)
	for _, s := range option["series"].([]any) {
		s.(tree)["barMaxWidth"] = 36
		if data, _ := s.(tree)["data"].([]any); d.Open && len(data) > 0 {
			data[len(data)-1].(tree)["itemStyle"] = tree{"decal": hatching(c)}
		}
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Labels)}, err
}
