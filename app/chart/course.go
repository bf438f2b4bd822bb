package chart

import (
	"slices"

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
	Open   int        // steps at the end of Now that are not over: dashed
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
	over, open := d.parted()
	line.AddSeries(d.Name, lineData(over),
		charts.WithLineChartOpts(opts.LineChart{ShowSymbol: symbols, Symbol: "circle"}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: c.Main, Width: 2.5}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Main}),
		charts.WithAreaStyleOpts(opts.AreaStyle{Color: c.Fill}))
	if open != nil {
		line.AddSeries("open", lineData(open),
			charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(true), Symbol: "emptyCircle"}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: c.Main, Width: 2.5, Type: "dashed"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: c.Main}))
	}
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

// parted is what is over, and what is not with the step before it; nil when all
// is over.
func (d Course) parted() (over, open []*float64) {
	if d.Open <= 0 || d.Open > len(d.Now) {
		return d.Now, nil
	}
	over, open = slices.Clone(d.Now), make([]*float64, len(d.Now))
	first := len(d.Now) - d.Open
	copy(open[max(first-1, 0):], d.Now[max(first-1, 0):])
	for i := first; i < len(over); i++ {
		over[i] = nil
	}
	return over, open
}
