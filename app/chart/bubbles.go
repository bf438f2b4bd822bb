package chart

import "math"

// Bubbles are items in a plane, as large as what they bring, with a border
// across each axis.
type Bubbles struct {
	Items   []Bubble
	X, Y    string    // names of the axes
	Across  float64   // border of X
	Along   float64   // border of Y
	Log     bool      // X in steps of ten: items differ a thousandfold
	Corners [4]string // names of the quarters: above right, below right, above left, below left
}

// Bubble is an item.
type Bubble struct {
	Name   string
	X, Y   float64
	Size   float64
	Kind   int  // 0 … 3, as Corners
	Faint  bool // says little: only its outline is drawn
	Tagged bool // its name stands beside it
}

// cornerColours of the quarters (Okabe and Ito).
var cornerColours = [4]string{"#009e73", "#0072b2", "#e69f00", "#999999"}

// Sizes of bubbles, pixels across.
const (
	bubbleLeast = 6.0
	bubbleMost  = 54.0
)

// Draw makes the drawing. Its points count the items.
func (d Bubbles) Draw(c Colours) (*Drawing, error) {
	most := 0.0
	for _, b := range d.Items {
		most = math.Max(most, b.Size)
	}
	data := make([]any, len(d.Items))
	for i, b := range d.Items {
		size := bubbleLeast
		if most > 0 && b.Size > 0 {
			size = math.Max(bubbleLeast, bubbleMost*math.Sqrt(b.Size/most))
		}
		colour := cornerColours[b.Kind]
		style := tree{"color": colour, "opacity": 0.75, "borderColor": c.Back, "borderWidth": 1}
		if b.Faint {
			style = tree{"color": "transparent", "borderColor": colour, "borderWidth": 1, "borderType": "dashed", "opacity": 0.8}
		}
		data[i] = tree{"value": []float64{b.X, b.Y}, "symbolSize": size, "itemStyle": style,
			"label": tree{"show": b.Tagged, "formatter": b.Name, "position": "right", "color": c.Text, "fontSize": 12, "width": 130, "overflow": "truncate"}}
	}
	axis := func(name string, log bool) tree {
		a := tree{"type": "value", "name": name, "nameLocation": "middle", "nameGap": 28, "scale": true, "nameTextStyle": tree{"color": c.Text}}
		if log {
			a["type"] = "log"
		}
		axisStyle(a, c, true)
		return a
	}
	y := axis(d.Y, false)
	y["nameGap"] = 50
	series := tree{
		"type": "scatter", "data": data, "labelLayout": tree{"hideOverlap": true},
		"markLine": tree{"silent": true, "symbol": "none", "lineStyle": tree{"color": c.Text, "type": "solid", "width": 1}, "label": tree{"show": false},
			"data": []any{tree{"xAxis": d.Across}, tree{"yAxis": d.Along}}},
	}
	corner := func(i int, place tree) tree {
		place["type"], place["silent"], place["z"] = "text", true, 0
		place["style"] = tree{"text": d.Corners[i], "fill": cornerColours[i], "font": "600 13px system-ui, sans-serif"}
		return place
	}
	option := tree{
		"grid":    tree{"left": 64, "right": 110, "top": 28, "bottom": 44},
		"tooltip": tree{"trigger": "item"},
		"xAxis":   []any{axis(d.X, d.Log)}, "yAxis": []any{y}, "series": []any{series},
		"graphic": []any{
			corner(0, tree{"right": 110, "top": 4}), corner(1, tree{"right": 110, "bottom": 46}),
			corner(2, tree{"left": 70, "top": 4}), corner(3, tree{"left": 70, "bottom": 46}),
		},
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Items)}, err
}
