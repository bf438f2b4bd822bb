package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Heat is a table of amounts shown by colour and number. Cells[row][column] is
// nil where there is nothing.
type Heat struct {
	Rows, Columns []string
	Cells         [][]*float64
	Labels        [][]string // what stands in the cells
	// Open marks cells that are not complete yet, by hatching; nil: none.
	Open [][]bool
}

// strong is the part of the largest amount from which a cell is dark enough for
// the light text.
const strong = 0.62

// Draw makes the drawing. Its points count row by row.
func (d Heat) Draw(c Colours) (*Drawing, error) {
	most := 0.0
	data := []opts.HeatMapData{}
	for row := range d.Cells {
		for column, v := range d.Cells[row] {
			if v == nil {
				continue
			}
			most = max(most, *v)
			data = append(data, opts.HeatMapData{Value: [3]any{column, row, *v}})
		}
	}
	heat := charts.NewHeatMap()
	heat.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "4", Top: "4", Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: d.Columns}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: d.Rows}),
		charts.WithVisualMapOpts(opts.VisualMap{
			Type: "continuous", Show: opts.Bool(false), Min: 0, Max: float32(max(most, 1)),
			InRange: &opts.VisualMapInRange{Color: c.Heat},
		}),
	)
	heat.AddSeries("heat", data, charts.WithItemStyleOpts(opts.ItemStyle{BorderColor: c.Back, BorderWidth: 2}))
	option, err := plant(heat.JSON())
	if err != nil {
		return nil, err
	}
	x, y := first(option, "xAxis"), first(option, "yAxis")
	x["data"], y["data"], y["inverse"] = d.Columns, d.Rows, true
	axisStyle(x, c, false)
	axisStyle(y, c, false)
	x["axisLine"], y["axisLine"] = tree{"show": false}, tree{"show": false}
	d.label(option, most, c)
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Rows) * len(d.Columns), Columns: len(d.Columns)}, err
}

// label writes each cell's number in a colour that is read on the cell's own.
func (d Heat) label(option tree, most float64, c Colours) {
	series := option["series"].([]any)[0].(tree)
	for _, item := range series["data"].([]any) {
		cell := item.(tree)
		value := cell["value"].([]any)
		column, row, amount := int(value[0].(float64)), int(value[1].(float64)), value[2].(float64)
		colour := c.OnHeat[0]
		if amount > strong*most {
			colour = c.OnHeat[1]
		}
		if d.Open != nil && d.Open[row][column] { // the number stands on a plate: hatches would run through it
			cell["itemStyle"] = tree{"decal": hatching(c)}
			cell["label"] = tree{"show": true, "formatter": d.Labels[row][column], "color": c.Text, "backgroundColor": c.Back,
				"padding": []int{2, 3}, "borderRadius": 3, "fontSize": 12}
			continue
		}
		cell["label"] = tree{"show": true, "formatter": d.Labels[row][column], "color": colour, "fontSize": 12}
	}
	series["emphasis"] = tree{"itemStyle": tree{"borderColor": c.Text}}
}

// hatching is the pattern of what is not complete yet.
func hatching(c Colours) tree {
	return tree{"color": c.Back, "symbol": "rect", "symbolSize": 1, "dashArrayX": []float64{1, 0}, "dashArrayY": []float64{2, 5}, "rotation": -0.785}
}

// Point is the number of the cell in row and column.
func (d Heat) Point(row, column int) int { return row*len(d.Columns) + column }
