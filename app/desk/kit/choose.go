package kit

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/report"
)

// Choice is one of several things of which one is chosen.
type Choice struct {
	ID    string
	Label string
}

// Chooser is a button that says what is chosen, with a menu of the others.
func Chooser(d *Desk, id, label, chosen string, list []Choice, choose func(id string)) app.UI {
	value := ""
	var options []app.UI
	for _, c := range list {
		if c.ID == chosen {
			value = c.Label
		}
		options = append(options, d.Option(id+"-"+c.ID, c.Label, c.ID == chosen, func() {
			d.Menu = ""
			choose(c.ID)
		}))
	}
	return app.Div().Class("filter").Body(
		&ui.Button{ID: id, Label: label + ": " + value + " ▾", Kind: ui.Quiet, Class: "widget-table", Toggle: true, Pressed: d.Menu == id,
			OnPress: d.Press(func() { d.ToggleMenu(id) })},
		app.If(d.Menu == id, func() app.UI {
			return app.Div().Class("menu menu-end").Body(app.Div().Class("options options-long").Body(options...))
		}),
	)
}

// DimChoices offers dimensions.
func DimChoices(d *Desk, list ...cube.DimID) []Choice {
	var choices []Choice
	for _, id := range list {
		choices = append(choices, Choice{string(id), d.DimWord(id)})
	}
	return choices
}

// MeasureChoices offers measures.
func MeasureChoices(d *Desk, list ...cube.MeasureID) []Choice {
	var choices []Choice
	for _, id := range list {
		choices = append(choices, Choice{string(id), d.MeasureWord(id)})
	}
	return choices
}

// DimWord names a dimension, measureWord a measure.
func (d *Desk) DimWord(id cube.DimID) string {
	if name := i18n.DimNames[string(id)]; name != nil {
		return d.Lang.T(name)
	}
	return string(id)
}

func (d *Desk) MeasureWord(id cube.MeasureID) string {
	if name := i18n.MeasureNames[string(id)]; name != nil {
		return d.Lang.T(name)
	}
	if rest, own := strings.CutPrefix(string(id), cube.OwnPrefix); own {
		if item, ok := KeptItem(d, KeptMeasure, rest); ok {
			return item.Name
		}
	}
	return string(id)
}

// Against is the compared period of the filter, for reports.
func (d *Desk) Against() report.Against {
	q := d.CubeQuery(nil)
	if q.Compare == cube.Plan {
		return report.Against{}
	}
	return report.Against{Compare: q.Compare, Earlier: q.Earlier, Until: q.Until}
}

// Slice is the filter's period and conditions.
func (d *Desk) Slice() cube.Slice {
	from, to := d.Dates()
	return cube.Slice{From: from, To: to, Where: d.Filter.Conditions()}
}

// FileOf names a file of a report about the filter's period.
func (d *Desk) FileOf(name string) string {
	from, to := d.Dates()
	return name + "-" + from + "-" + to
}

// KeyWord names a key as people do: by its name, or what it stands for.
func (d *Desk) KeyWord(dim cube.DimID, key, name string) string {
	switch {
	case name != "":
		return name
	case key == "":
		return d.Lang.T(i18n.SalesUnknown)
	case dim == cube.Customer:
		return ShortID(key)
	}
	return d.KeyName(dim, key)
}

// Sum writes money as a sentence names it: large sums without minor units.
func (d *Desk) Sum(n int64) string {
	return Headline(cube.Revenue, cube.Some(n), d.Lang, d.Currency())
}

// Signed writes money with its sign.
func (d *Desk) Signed(n int64) string {
	if n > 0 {
		return "+" + d.Sum(n)
	}
	return d.Sum(n)
}

// Brief writes money for a chart's label, with its sign when it is a change.
func Brief(d *Desk, n int64, change bool) string {
	text := Short(cube.Revenue, float64(n), d.Lang, d.Currency())
	if change && n > 0 {
		return "+" + text
	}
	return text
}

// NamesRoom is the width for names beside a chart, in pixels.
func NamesRoom(d *Desk) int {
	if d.Narrow {
		return 110
	}
	return 170
}

// Lower writes a name as it stands within a sentence.
func Lower(text string) string {
	for i, r := range text {
		return strings.ToLower(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// Cut keeps the first n of a list.
func Cut[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// Lines joins the lines of a box at a mark, leaving empty ones out.
func Lines(list ...string) []string {
	var out []string
	for _, line := range list {
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// ValueAxis has a drawing's axis write a measure.
func ValueAxis(d *Desk, drawing *chart.Drawing, id cube.MeasureID) {
	l, c := d.Lang, d.Currency()
	drawing.Value = func(v float64) string { return Short(id, v, l, c) }
}

// Ppm writes parts per million as percent, small ones with more digits.
func Ppm(d *Desk, n int64) string {
	if n < 10_000 {
		return d.Lang.Decimal(money.MulDiv(n, 1, 100), 2) + " %"
	}
	return d.Lang.Percent(Whole(n / 100))
}
