package chart

import (
	"encoding/json"
	"fmt"
)

// Colours of the page's theme. Series are checked for colour-blind readers
// (Okabe and Ito); Pale is the first of them for the compared period.
type Colours struct {
	Text   string // labels
	Faint  string // axes and grid lines
	Back   string // behind the drawing
	Main   string // the first series
	Pale   string // the compared period
	Fill   string // area below the first series
	Heat   []string
	OnHeat [2]string // text on weak and on strong cells
}

// Drawing is a chart ready to be shown.
type Drawing struct {
	Option  string                   // JSON
	Value   func(v float64) string   // labels of the value axis
	Across  func(v float64) string   // labels of the axis below when it has others than Value; nil: none
	Tip     func(point int) []string // lines of the box at a point; nil for none
	Points  int
	Map     string // name of the map's file that it needs; "" for none
	Series  []int  // number of the first point of each series; nil when they count the same points
	Columns int    // of a table whose points count row by row; else 0
}

// tree is an option as plain JSON values, to set what go-echarts has no field for.
type tree = map[string]any

// plant turns the configuration of a chart into plain values.
func plant(configuration map[string]any) (tree, error) {
	text, err := json.Marshal(configuration)
	if err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	var option tree
	if err := json.Unmarshal(text, &option); err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	return option, nil
}

// first returns the named component's first entry.
func first(option tree, name string) tree {
	switch part := option[name].(type) {
	case []any:
		if len(part) > 0 {
			if t, ok := part[0].(tree); ok {
				return t
			}
		}
	case tree:
		return part
	}
	t := tree{}
	option[name] = []any{t}
	return t
}

// common sets what all drawings share and writes the option down.
func common(option tree, c Colours) (string, error) {
	for _, name := range []string{"title", "legend", "toolbox"} {
		delete(option, name)
	}
	option["animationDuration"] = 0
	option["animationDurationUpdate"] = 120
	option["backgroundColor"] = "transparent"
	option["textStyle"] = tree{"fontFamily": "system-ui, sans-serif", "color": c.Text}
	tip, _ := option["tooltip"].(tree)
	if tip == nil {
		tip = tree{}
	}
	tip["show"] = true
	tip["renderMode"] = "richText" // drawn, not HTML: nothing for the security policy to refuse
	tip["confine"] = true
	tip["backgroundColor"] = c.Back
	tip["borderColor"] = c.Faint
	tip["textStyle"] = tree{"color": c.Text, "fontSize": 13}
	option["tooltip"] = tip
	option["aria"] = tree{"enabled": true}
	text, err := json.Marshal(option)
	return string(text), err
}

func axisStyle(axis tree, c Colours, grid bool) {
	label, _ := axis["axisLabel"].(tree)
	if label == nil {
		label = tree{}
	}
	label["color"] = c.Text
	label["hideOverlap"] = true
	axis["axisLabel"] = label
	axis["axisTick"] = tree{"show": false}
	axis["axisLine"] = tree{"show": !grid, "lineStyle": tree{"color": c.Faint}}
	axis["splitLine"] = tree{"show": grid, "lineStyle": tree{"color": c.Faint}}
}
