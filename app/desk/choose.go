package desk

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

// choice is one of several things of which one is chosen.
type choice struct {
	id    string
	label string
}

// chooser is a button that says what is chosen, with a menu of the others.
func (d *desk) chooser(id, label, chosen string, list []choice, choose func(id string)) app.UI {
	value := ""
	var options []app.UI
	for _, c := range list {
		if c.id == chosen {
			value = c.label
		}
		options = append(options, d.option(id+"-"+c.id, c.label, c.id == chosen, func() {
			d.menu = ""
			choose(c.id)
		}))
	}
	return app.Div().Class("filter").Body(
		&ui.Button{ID: id, Label: label + ": " + value + " ▾", Kind: ui.Quiet, Class: "widget-table", Toggle: true, Pressed: d.menu == id,
			OnPress: d.press(func() { d.toggleMenu(id) })},
		app.If(d.menu == id, func() app.UI {
			return app.Div().Class("menu menu-end").Body(app.Div().Class("options options-long").Body(options...))
		}),
	)
}

// dimChoices offers dimensions.
func (d *desk) dimChoices(list ...cube.DimID) []choice {
	var choices []choice
	for _, id := range list {
		choices = append(choices, choice{string(id), d.dimWord(id)})
	}
	return choices
}

// measureChoices offers measures.
func (d *desk) measureChoices(list ...cube.MeasureID) []choice {
	var choices []choice
	for _, id := range list {
		choices = append(choices, choice{string(id), d.measureWord(id)})
	}
	return choices
}

// dimWord names a dimension, measureWord a measure.
func (d *desk) dimWord(id cube.DimID) string {
	if name := i18n.DimNames[string(id)]; name != nil {
		return d.lang.T(name)
	}
	return string(id)
}

func (d *desk) measureWord(id cube.MeasureID) string {
	if name := i18n.MeasureNames[string(id)]; name != nil {
		return d.lang.T(name)
	}
	if rest, own := strings.CutPrefix(string(id), cube.OwnPrefix); own {
		if item, ok := d.keptItem(keptMeasure, rest); ok {
			return item.Name
		}
	}
	return string(id)
}

// against is the compared period of the filter, for reports.
func (d *desk) against() report.Against {
	q := d.cubeQuery(nil)
	if q.Compare == cube.Plan {
		return report.Against{}
	}
	return report.Against{Compare: q.Compare, Earlier: q.Earlier, Until: q.Until}
}

// slice is the filter's period and conditions.
func (d *desk) slice() cube.Slice {
	from, to := d.dates()
	return cube.Slice{From: from, To: to, Where: d.filter.where()}
}

// fileOf names a file of a report about the filter's period.
func (d *desk) fileOf(name string) string {
	from, to := d.dates()
	return name + "-" + from + "-" + to
}

// keyWord names a key as people do: by its name, or what it stands for.
func (d *desk) keyWord(dim cube.DimID, key, name string) string {
	switch {
	case name != "":
		return name
	case key == "":
		return d.lang.T(i18n.SalesUnknown)
	case dim == cube.Customer:
		return shortID(key)
	}
	return d.keyName(dim, key)
}

// sum writes money as a sentence names it: large sums without minor units.
func (d *desk) sum(n int64) string {
	return headline(cube.Revenue, cube.Some(n), d.lang, d.currency())
}

// signed writes money with its sign.
func (d *desk) signed(n int64) string {
	if n > 0 {
		return "+" + d.sum(n)
	}
	return d.sum(n)
}

// brief writes money for a chart's label, with its sign when it is a change.
func (d *desk) brief(n int64, change bool) string {
	text := short(cube.Revenue, float64(n), d.lang, d.currency())
	if change && n > 0 {
		return "+" + text
	}
	return text
}

// namesRoom is the width for names beside a chart, in pixels.
func (d *desk) namesRoom() int {
	if d.narrow {
		return 110
	}
	return 170
}

// lower writes a name as it stands within a sentence.
func lower(text string) string {
	for i, r := range text {
		return strings.ToLower(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// cut keeps the first n of a list.
func cut[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// lines joins the lines of a box at a mark, leaving empty ones out.
func lines(list ...string) []string {
	var out []string
	for _, line := range list {
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// valueAxis has a drawing's axis write a measure.
func (d *desk) valueAxis(drawing *chart.Drawing, id cube.MeasureID) {
	l, c := d.lang, d.currency()
	drawing.Value = func(v float64) string { return short(id, v, l, c) }
}

// ppm writes parts per million as percent, small ones with more digits.
func (d *desk) ppm(n int64) string {
	if n < 10_000 {
		return d.lang.Decimal(money.MulDiv(n, 1, 100), 2) + " %"
	}
	return d.lang.Percent(whole(n / 100))
}
