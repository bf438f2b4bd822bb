package chart

// Lines are several figures over the same steps. LineColour tells what a legend
// is to be made of.
type Lines struct {
	Names  []string // of the lines, at most as many as lineColours
	Labels []string // of the steps
	Values [][]float64
	Even   bool // draw what equal shares would be: from nothing to the last step's most
	Most   float64
}

// lineColours are told apart by colour-blind readers (Okabe and Ito).
var lineColours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}

// LineColour is the colour of line i.
func LineColour(i int) string { return lineColours[i%len(lineColours)] }

// lineTypes tell the lines apart on paper too.
var lineTypes = []string{"solid", "dashed", "dotted"}

// Draw makes the drawing. Its points count the steps.
func (d Lines) Draw(c Colours) (*Drawing, error) {
	var series []any
	for i, name := range d.Names {
		colour := lineColours[i%len(lineColours)]
		series = append(series, tree{
			"type": "line", "name": name, "data": d.Values[i], "showSymbol": false,
			"lineStyle": tree{"color": colour, "width": 2.5, "type": lineTypes[i/2%len(lineTypes)]}, "itemStyle": tree{"color": colour},
			"emphasis": tree{"focus": "series"},
		})
	}
	if d.Even && len(d.Labels) > 1 {
		even := make([]float64, len(d.Labels))
		for i := range even {
			even[i] = d.Most * float64(i) / float64(len(d.Labels)-1)
		}
		series = append(series, tree{"type": "line", "data": even, "showSymbol": false, "silent": true,
			"lineStyle": tree{"color": c.Faint, "width": 1.5, "type": "dashed"}, "itemStyle": tree{"color": c.Faint}})
	}
	x := tree{"type": "category", "data": d.Labels, "boundaryGap": false}
	axisStyle(x, c, false)
	y := tree{"type": "value", "min": 0, "splitNumber": 4}
	if d.Most > 0 {
		y["max"], y["interval"] = d.Most, d.Most/5
	}
	axisStyle(y, c, true)
	if quarter := (len(d.Labels) - 1) / 4; d.Even && quarter > 0 && 4*quarter == len(d.Labels)-1 {
		x["axisLabel"].(tree)["interval"] = quarter - 1 // labels left out between two
	}
	option := tree{
		"grid":    tree{"left": 4, "right": 16, "top": 12, "bottom": 4, "containLabel": true},
		"tooltip": tree{"trigger": "axis"},
		"xAxis":   []any{x}, "yAxis": []any{y}, "series": series,
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Labels)}, err
}
