package chart

import "math"

// Atlas is a map with regions as dark and places as large as what they bring.
// Coordinates are those of the map's file.
type Atlas struct {
	Map     string // name of the file that holds the regions
	Regions []AtlasRegion
	Places  []AtlasPlace
	Close   bool    // only where the places are, not the whole map
	Width   float64 // of the whole map, in the units of its coordinates
	Height  float64
}

// AtlasRegion is a region of the map's file.
type AtlasRegion struct {
	Name  string // as the file has it
	Value float64
}

// AtlasPlace is a point on the map.
type AtlasPlace struct {
	Name   string
	X, Y   float64
	Value  float64
	Tagged bool // its name stands beside it
}

// around is how much of the map is shown at least about the places, in the
// units of its coordinates.
const around = 350.0

// Draw makes the drawing. Its points count the places, then the regions.
func (d Atlas) Draw(c Colours) (*Drawing, error) {
	most, strongest := 0.0, 0.0
	for _, p := range d.Places {
		most = math.Max(most, p.Value)
	}
	regions := make([]any, len(d.Regions))
	for i, r := range d.Regions {
		strongest = math.Max(strongest, r.Value)
		regions[i] = tree{"name": r.Name, "value": r.Value}
	}
	places := make([]any, len(d.Places))
	for i, p := range d.Places {
		size := bubbleLeast
		if most > 0 && p.Value > 0 {
			size = math.Max(bubbleLeast, 40*math.Sqrt(p.Value/most))
		}
		places[i] = tree{"value": []float64{p.X, p.Y}, "symbolSize": size,
			"label": tree{"show": p.Tagged, "formatter": p.Name, "position": "right", "color": c.Text, "textBorderColor": c.Back, "textBorderWidth": 3, "fontSize": 12}}
	}
	geo := tree{
		"map": d.Map, "aspectScale": 1, "roam": "move", "left": 4, "right": 4, "top": 4, "bottom": 4,
		"itemStyle": tree{"areaColor": c.Faint, "borderColor": c.Back, "borderWidth": 0.7},
		"label":     tree{"show": false},
		"emphasis":  tree{"label": tree{"show": false}, "itemStyle": tree{"areaColor": c.Pale}},
		"select":    tree{"disabled": true},
		"tooltip":   tree{"show": false},
	}
	if d.Close && len(d.Places) > 0 {
		geo["center"], geo["zoom"] = d.focus()
	}
	option := tree{
		"geo":     geo,
		"tooltip": tree{"trigger": "item"},
		"visualMap": tree{"type": "continuous", "show": false, "seriesIndex": 1, "min": 0, "max": math.Max(strongest, 1),
			"inRange": tree{"color": c.Heat}},
		"series": []any{
			tree{"type": "scatter", "coordinateSystem": "geo", "data": places, "z": 5, "labelLayout": tree{"hideOverlap": true},
				"itemStyle": tree{"color": takesColour, "opacity": 0.8, "borderColor": c.Back, "borderWidth": 1}},
			tree{"type": "map", "map": d.Map, "geoIndex": 0, "data": regions},
		},
	}
	text, err := common(option, c)
	return &Drawing{Option: text, Points: len(d.Places) + len(d.Regions), Map: d.Map, Series: []int{0, len(d.Places)}}, err
}

// focus is the middle of the places, and how many times larger than the whole
// map they are shown.
func (d Atlas) focus() (center [2]float64, zoom float64) {
	left, right, low, high := d.Places[0].X, d.Places[0].X, d.Places[0].Y, d.Places[0].Y
	for _, p := range d.Places {
		left, right, low, high = math.Min(left, p.X), math.Max(right, p.X), math.Min(low, p.Y), math.Max(high, p.Y)
	}
	w, h := math.Max(right-left, around)*1.3, math.Max(high-low, around)*1.3
	return [2]float64{(left + right) / 2, (low + high) / 2}, math.Max(1, math.Min(d.Width/w, d.Height/h))
}
