package chart

// Pyramid is two groups beside each other by a common order, as bars to the left
// and to the right of the middle.
type Pyramid struct {
	Labels      []string // from the bottom to the top
	Left, Right []float64
	Names       [2]string // of the groups
	Texts       [2][]string
}

// Draw makes the drawing. Its points count the labels from the bottom.
func (d Pyramid) Draw(c Colours) (*Drawing, error) {
	side := func(i int, values []float64, sign float64) tree {
		data := make([]any, len(values))
		for k, v := range values {
			label := tree{"show": d.Texts[i][k] != "", "position": []string{"left", "right"}[i], "formatter": d.Texts[i][k], "color": c.Text}
			data[k] = tree{"value": sign * v, "label": label}
		}
		return tree{"type": "bar", "name": d.Names[i], "stack": "all", "data": data, "barCategoryGap": "20%",
			"itemStyle": tree{"color": []string{stackColours[3], stackColours[0]}[i]}}
	}
	most := 1.0
	for i := range d.Labels {
		most = max(most, d.Left[i], d.Right[i])
	}
	x := tree{"type": "value", "min": -most * 1.3, "max": most * 1.3, "splitNumber": 4}
	axisStyle(x, c, true)
	x["axisLabel"] = tree{"show": false}
	y := tree{"type": "category", "data": d.Labels}
	axisStyle(y, c, false)
	option := tree{
		"grid":    tree{"left": 4, "right": 12, "top": 12, "bottom": 4, "containLabel": true},
		"tooltip": tree{"trigger": "axis"},
		"xAxis":   []any{x}, "yAxis": []any{y}, "series": []any{side(0, d.Left, -1), side(1, d.Right, 1)},
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Labels)}, err
}
