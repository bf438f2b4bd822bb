package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Course is a figure over time, beside the compared period's. Values are nil
// where there is nothing, not zero.
type Course struct {
	Name   string // of the figure, for screen readers
	Labels []string
	Now    []*float64
	Before []*float64 // as long as Now, or nil
	Zero   bool       // begin the axis at zero
}

// Draw makes the drawing: a line with a quiet area, the compared period paler.
func (d Course) Draw(c Colours) (*Drawing, error) {
	line := charts.NewLine()
	line.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "12", Top: "12", Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Scale: opts.Bool(!d.Zero), SplitNumber: 4}),
	)
	line.SetXAxis(d.Labels)
	symbols := opts.Bool(len(d.Labels) == 1) // a single point has no line to be seen by
	if d.Before != nil {
		line.AddSeries("before", lineData(d.Before),
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: symbols, Symbol: "circle"}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: c.Pale, Width: 2}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Pale}))
	}
	line.AddSeries(d.Name, lineData(d.Now),
		charts.WithLineChartOpts(opts.LineChart{ShowSymbol: symbols, Symbol: "circle"}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: c.Main, Width: 2.5}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Main}),
		charts.WithAreaStyleOpts(opts.AreaStyle{Color: c.Fill}))
	line.Validate()
	option, err := plant(line.JSON())
	if err != nil {
		return nil, err
	}
	x := first(option, "xAxis")
	x["boundaryGap"] = false
	axisStyle(x, c, false)
	axisStyle(first(option, "yAxis"), c, true)
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Labels)}, err
}

func lineData(values []*float64) []opts.LineData {
	data := make([]opts.LineData, len(values))
	for i, v := range values {
		data[i] = opts.LineData{Value: nil}
		if v != nil {
			data[i].Value = *v
		}
	}
	return data
}
