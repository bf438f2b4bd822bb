package chart

import "math"

// Waterfall is what a change consists of: each bar begins where the one before
// ended, the last one is the whole change from zero.
type Waterfall struct {
	Names  []string
	Labels []string // what stands at the bars' ends
	Steps  []float64
	Total  string // name of the last bar
	Sum    string // its label
	Room   int    // width for the names, in pixels
}

// Colours of what adds and what takes away: told apart by colour-blind readers
// (Okabe and Ito), and a sign stands at every bar besides.
const (
	addsColour  = "#009e73"
	takesColour = "#d55e00"
)

// Draw makes the drawing. Its points count from the top, the total last.
func (d Waterfall) Draw(c Colours) (*Drawing, error) {
	names := append(append([]string{}, d.Names...), d.Total)
	n := len(names)
	base, above, below := make([]any, n), make([]any, n), make([]any, n)
	running := 0.0
	most, least := 0.0, 0.0
	for i := range names {
		from, to, colour, label := running, 0.0, addsColour, d.Sum
		if i < len(d.Steps) {
			to, label = running+d.Steps[i], d.Labels[i]
			if d.Steps[i] < 0 {
				colour = takesColour
			}
			running = to
		} else {
			from, to, colour = 0, running, c.Main
		}
		low, high := math.Min(from, to), math.Max(from, to)
		most, least = math.Max(most, high), math.Min(least, low)
		bar := func(v float64, text string) tree {
			return tree{"value": v, "itemStyle": tree{"color": colour}, "label": tree{"show": text != "", "position": "right", "formatter": text, "color": c.Text}}
		}
		base[i], above[i], below[i] = 0, bar(0, ""), bar(0, "")
		switch { // labels stand right of the bars, where there is room for them
		case low >= 0:
			base[i], above[i] = low, bar(high-low, label)
		case high <= 0:
			base[i], below[i] = high, bar(low-high, label)
		default:
			above[i], below[i] = bar(high, label), bar(low, "")
		}
	}
	room := (most - least) * 0.34 // for the labels
	series := func(data []any, silent bool) tree {
		s := tree{"type": "bar", "stack": "all", "data": data, "barMaxWidth": 22, "barCategoryGap": "30%"}
		if silent {
			s["silent"], s["itemStyle"] = true, tree{"color": "transparent"}
			s["tooltip"] = tree{"show": false}
		}
		return s
	}
	y := tree{"type": "category", "data": names, "inverse": true}
	axisStyle(y, c, false)
	label := y["axisLabel"].(tree)
	label["width"], label["overflow"], label["fontSize"] = d.Room, "break", 13
	x := tree{"type": "value", "show": false, "min": least, "max": most + room}
	option := tree{
		"grid":    tree{"left": d.Room + nameGap, "right": 8, "top": 4, "bottom": 4},
		"tooltip": tree{"trigger": "axis", "axisPointer": tree{"type": "shadow"}},
		"xAxis":   []any{x}, "yAxis": []any{y},
		"series": []any{series(base, true), series(above, false), series(below, false)},
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: n}, err
}
