package desk

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
)

// drawFilters draws the bar that all reports share: what can be chosen, and as
// chips what is.
func (d *desk) drawFilters() app.UI {
	l, f := d.lang, d.filter
	return app.Div().Class("filters").Role("search").Body(
		d.filterMenu("period", l.T(i18n.FilterPeriod), d.periodName(), d.drawPeriods),
		d.filterMenu("compare", l.T(i18n.FilterCompare), l.T(compareName(f.Compare)), d.drawCompare),
		d.filterMenu("stores", l.T(i18n.FilterStores), d.chosen(f.Stores, d.stores), func() app.UI {
			return d.drawChoice(d.stores, f.Stores, func(key string) { d.setFilter(func(f *filter) { f.Stores = toggled(f.Stores, key) }) })
		}),
		d.filterMenu("goods", l.T(i18n.FilterGoods), d.chosen(f.Goods, d.goods), func() app.UI {
			return d.drawChoice(d.goods, f.Goods, func(key string) { d.setFilter(func(f *filter) { f.Goods = toggled(f.Goods, key) }) })
		}),
		d.drawChips(),
	)
}

// filterMenu is a button with a panel below it.
func (d *desk) filterMenu(name, label, value string, panel func() app.UI) app.UI {
	return app.Div().Class("filter").Body(
		&ui.Button{ID: "filter-" + name, Label: label + ": " + value, Class: "filter-button", Toggle: true, Pressed: d.menu == name,
			OnPress: d.press(func() { d.toggleMenu(name); d.own = d.ownDates() })},
		app.If(d.menu == name, func() app.UI { return app.Div().Class("menu").Body(panel()) }),
	)
}

// ownDates are the dates that typing begins with.
func (d *desk) ownDates() filter {
	from, to := d.filter.dates(d.now())
	return filter{From: from, To: to}
}

func (d *desk) periodName() string {
	for _, p := range periods {
		if p.period == d.filter.Period {
			return d.lang.T(p.label)
		}
	}
	from, to := d.filter.dates(d.now())
	if from == to {
		return d.date(from)
	}
	return d.date(from) + " – " + d.date(to)
}

func compareName(c cube.Compare) *i18n.Message {
	switch c {
	case cube.Previous:
		return i18n.ComparePrev
	case cube.LastYear:
		return i18n.CompareYear
	}
	return i18n.CompareNone
}

func (d *desk) chosen(keys []string, names []bridge.DimValue) string {
	switch len(keys) {
	case 0:
		return d.lang.T(i18n.FilterAll)
	case 1:
		return d.dimName(keys[0], names)
	}
	return d.lang.Int(int64(len(keys)))
}

func (d *desk) dimName(key string, names []bridge.DimValue) string {
	for _, v := range names {
		if v.Key == key && v.Name.In(string(d.lang)) != "" {
			return v.Name.In(string(d.lang))
		}
	}
	return key
}

func (d *desk) drawPeriods() app.UI {
	l := d.lang
	var list []app.UI
	for _, p := range periods {
		list = append(list, d.option("period-"+string(p.period), l.T(p.label), d.filter.Period == p.period, func() {
			d.menu = ""
			d.setFilter(func(f *filter) { f.Period = p.period })
		}))
	}
	return app.Div().Body(
		app.Div().Class("options").Body(list...),
		app.P().Class("menu-label").Text(l.T(i18n.PeriodCustom)),
		app.Div().Class("own").Body(
			&dateField{ID: "own-from", Label: l.T(i18n.FilterFrom), Value: d.own.From, OnDate: func(v string) { d.own.From = v; d.rev++ }},
			&dateField{ID: "own-to", Label: l.T(i18n.FilterTo), Value: d.own.To, OnDate: func(v string) { d.own.To = v; d.rev++ }},
		),
		&ui.Button{ID: "own-apply", Label: l.T(i18n.FilterApply), Kind: ui.Primary, Class: "wide", Disabled: !validDates(d.own.From, d.own.To),
			OnPress: d.press(func() {
				d.menu = ""
				d.setFilter(func(f *filter) { f.Period, f.From, f.To = ownDates, d.own.From, d.own.To })
			})},
	)
}

func (d *desk) drawCompare() app.UI {
	var list []app.UI
	for _, c := range []cube.Compare{cube.Previous, cube.LastYear, cube.NoCompare} {
		list = append(list, d.option("compare-"+string(c), d.lang.T(compareName(c)), d.filter.Compare == c, func() {
			d.menu = ""
			d.setFilter(func(f *filter) { f.Compare = c })
		}))
	}
	return app.Div().Class("options").Body(list...)
}

// drawChoice lists keys of a dimension with marks; it stays open for several.
func (d *desk) drawChoice(all []bridge.DimValue, chosen []string, toggle func(key string)) app.UI {
	var list []app.UI
	for _, v := range all {
		list = append(list, d.option("pick-"+v.Key, d.dimName(v.Key, all), slices.Contains(chosen, v.Key), func() { toggle(v.Key) }))
	}
	return app.Div().Class("options options-long").Body(list...)
}

func (d *desk) option(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Kind: ui.Quiet, Class: "option", Toggle: true, Pressed: on, OnPress: d.press(do)}
}

// drawChips shows each condition with a way to take it off.
func (d *desk) drawChips() app.UI {
	l, f := d.lang, d.filter
	var list []app.UI
	chip := func(id, label string, clear func(*filter)) {
		list = append(list, &ui.Button{ID: id, Label: label + " ✕", Class: "chip", Name: l.T(i18n.FilterRemove, "name", label),
			OnPress: d.press(func() { d.setFilter(clear) })})
	}
	for _, key := range f.Stores {
		chip("chip-store-"+key, d.dimName(key, d.stores), func(f *filter) { f.Stores = toggled(f.Stores, key) })
	}
	for _, key := range f.Goods {
		chip("chip-goods-"+key, d.dimName(key, d.goods), func(f *filter) { f.Goods = toggled(f.Goods, key) })
	}
	if f.narrowed() {
		list = append(list, &ui.Button{ID: "clear", Label: l.T(i18n.FilterClear), Kind: ui.Quiet, Class: "chip-clear",
			OnPress: d.press(func() { d.setFilter(func(f *filter) { f.Stores, f.Goods = nil, nil }) })})
	}
	return app.Div().Class("chips").Body(list...)
}

// dateField is a date that the browser helps to pick.
type dateField struct {
	app.Compo

	ID     string
	Label  string
	Value  string // 2026-11-22
	OnDate func(string)
}

// Render draws the field.
func (f *dateField) Render() app.UI {
	return app.Label().Class("field").Body(
		app.Span().Class("field-label").Text(f.Label),
		app.Span().Class("field-box").Body(
			app.Input().ID("%s", f.ID).Type("date").Class("field-input").Value(f.Value).OnChange(f.change),
		),
	)
}

func (f *dateField) change(ctx app.Context, _ app.Event) {
	f.OnDate(strings.TrimSpace(ctx.JSSrc().Get("value").String()))
}
