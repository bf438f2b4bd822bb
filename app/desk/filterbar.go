package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// choices are the keys of the filter's dimensions: names of those that are known,
// and the list that is open.
type choices struct {
	names map[cube.DimID]map[string]string
	dim   cube.DimID // open
	text  string     // searched for
	list  []bridge.DimValue
	got   bool // list answers dim and text
	round int
	lost  int // conditions of a link that the person may not see
}

// choicesShown is how many keys a menu lists; more are found by typing.
const choicesShown = 200

// drawFilters draws the bar that all reports share: what can be chosen, and as
// chips what is.
func (d *desk) drawFilters() app.UI {
	l, f, p := d.lang, d.filter, d.page.uses
	return app.Div().ID("filters").Class("filters").Role("search").Body(
		d.honoured(p&usesTo != 0, "period", l.T(i18n.FilterPeriod), d.periodName(), d.drawPeriods),
		d.honoured(p&usesCompare != 0, "compare", l.T(i18n.FilterCompare), l.T(compareName(f.Compare)), d.drawCompare),
		d.facetMenu(menuStores, i18n.FilterStores),
		d.facetMenu(menuGoods, i18n.FilterGoods),
		d.facetMenu(menuPeople, i18n.FilterPeople),
		d.facetMenu(menuMore, i18n.FilterMore),
		d.drawChips(),
		d.drawFilterNotes(),
	)
}

// filterMenu is a button with a panel below it.
func (d *desk) filterMenu(name, label, value string, panel func() app.UI) app.UI {
	return d.honoured(true, name, label, value, panel)
}

// honoured is a menu of the bar, or only its name on a page that it has no
// effect on.
func (d *desk) honoured(is bool, name, label, value string, panel func() app.UI) app.UI {
	if value != "" {
		label += ": " + value
	}
	button := &ui.Button{ID: "filter-" + name, Label: label, Class: "filter-button", Toggle: true, Pressed: d.menu == name,
		OnPress: d.press(func() { d.openMenu(name) })}
	if !is {
		button.Disabled, button.Name = true, d.lang.T(i18n.FilterUnused, "name", label)
	}
	return app.Div().Class("filter").Body(button,
		app.If(d.menu == name, func() app.UI { return app.Div().Class("menu").Body(panel()) }),
	)
}

// openMenu opens a menu of the filter bar.
func (d *desk) openMenu(name string) {
	d.toggleMenu(name)
	from, to := d.dates()
	d.own = filter{From: from, To: to}
	for _, facet := range facets {
		if d.menu == name && facet.menu == name {
			d.openFacet(facet.dim)
			return
		}
	}
}

// facetMenu is the menu of some dimensions.
func (d *desk) facetMenu(name string, label *i18n.Message) app.UI {
	set := 0
	value := ""
	for _, facet := range facets {
		keys := d.filter.keys(facet.dim)
		if facet.menu != name || len(keys) == 0 {
			continue
		}
		set += len(keys)
		value = d.keyName(facet.dim, keys[0])
	}
	if set > 1 {
		value = d.lang.Int(int64(set))
	}
	return d.honoured(d.page.uses&usesWhere != 0, name, d.lang.T(label), value, func() app.UI { return d.drawFacets(name) })
}

// openFacet lists the keys of a dimension.
func (d *desk) openFacet(dim cube.DimID) {
	d.choices.dim, d.choices.text, d.choices.list, d.choices.got = dim, "", nil, false
	d.findKeys()
}

// findKeys looks for keys of the open dimension by the text.
func (d *desk) findKeys() {
	c := &d.choices
	c.round++
	round, dim := c.round, c.dim
	query(context.Background(), d, bridge.InsightDims, bridge.DimsRequest{Dim: dim, Text: c.text, Limit: choicesShown},
		func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil || round != d.choices.round {
				return
			}
			d.choices.list, d.choices.got = list, true
			d.learnNames(dim, list)
		})
}

// learnNames remembers the names of keys.
func (d *desk) learnNames(dim cube.DimID, list []bridge.DimValue) {
	if d.choices.names == nil {
		d.choices.names = map[cube.DimID]map[string]string{}
	}
	if d.choices.names[dim] == nil {
		d.choices.names[dim] = map[string]string{}
	}
	for _, v := range list {
		d.choices.names[dim][v.Key] = v.Name.In(string(d.lang))
	}
}

// drawFacets draws the dimensions of a menu and the keys of the open one.
func (d *desk) drawFacets(menu string) app.UI {
	l, c := d.lang, &d.choices
	var tabs []app.UI
	for _, facet := range facets {
		if facet.menu == menu {
			tabs = append(tabs, d.pick("facet-"+string(facet.dim), l.T(facet.name), c.dim == facet.dim, func() { d.openFacet(facet.dim) }))
		}
	}
	chosen := d.filter.keys(c.dim)
	find := len(c.list) > 12 || c.text != "" || c.dim == cube.Product
	return app.Div().Class("facets").Body(
		app.If(len(tabs) > 1, func() app.UI { return app.Div().Class("facet-tabs").Body(tabs...) }),
		app.If(find, func() app.UI {
			return &ui.Field{ID: "facet-find-" + string(c.dim), Example: l.T(i18n.FilterSearch), Mode: "search", Focus: true,
				OnText: func(_ app.Context, text string) { c.text = text; d.rev++; d.findKeys() }}
		}),
		app.Div().Class("options options-long").Body(d.drawKeys(chosen)...),
		app.If(len(chosen) > 0, func() app.UI {
			return &ui.Button{ID: "facet-clear", Label: l.T(i18n.FilterFree), Kind: ui.Quiet, Class: "wide",
				OnPress: d.press(func() { d.setFilter(func(f *filter) { f.set(c.dim, nil) }) })}
		}),
	)
}

// drawKeys lists the keys of the open dimension: what is chosen first.
func (d *desk) drawKeys(chosen []string) []app.UI {
	dim := d.choices.dim
	option := func(key string, on bool) app.UI {
		return d.option("pick-"+key, d.keyName(dim, key), on, func() { d.setFilter(func(f *filter) { f.toggle(dim, key) }) })
	}
	var list []app.UI
	for _, key := range chosen {
		if !slices.ContainsFunc(d.choices.list, func(v bridge.DimValue) bool { return v.Key == key }) {
			list = append(list, option(key, true))
		}
	}
	for _, v := range d.choices.list {
		list = append(list, option(v.Key, slices.Contains(chosen, v.Key)))
	}
	if len(list) == 0 && d.choices.got {
		list = append(list, app.P().Class("menu-note").Text(d.lang.T(i18n.FilterNothing)))
	}
	return list
}

func (d *desk) periodName() string {
	for _, p := range periods {
		if p.period == d.filter.Period {
			return d.lang.T(p.label)
		}
	}
	from, to := d.dates()
	if from == to {
		return d.date(from)
	}
	return d.date(from) + " – " + d.date(to)
}

func compareName(c cube.Compare) *i18n.Message {
	for _, known := range compares {
		if known.compare == c {
			return known.label
		}
	}
	return i18n.CompareNone
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
	for _, c := range compares {
		list = append(list, d.option("compare-"+string(c.compare), d.lang.T(c.label), d.filter.Compare == c.compare, func() {
			d.menu = ""
			d.setFilter(func(f *filter) { f.Compare = c.compare })
		}))
	}
	return app.Div().Class("options").Body(list...)
}

func (d *desk) option(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Kind: ui.Quiet, Class: "option", Toggle: true, Pressed: on, OnPress: d.press(do)}
}

// chipsMax is how many chips are shown; the menus show the others.
const chipsMax = 12

// drawChips shows each condition with a way to take it off.
func (d *desk) drawChips() app.UI {
	l, f := d.lang, d.filter
	var list []app.UI
	for _, c := range f.Where {
		facet, _ := facetOf(c.Dim)
		for _, key := range c.In {
			if len(list) == chipsMax {
				break
			}
			label := d.keyName(c.Dim, key)
			if facet.menu != menuStores && facet.menu != menuGoods {
				label = l.T(facet.say, "name", label)
			}
			list = append(list, &ui.Button{ID: "chip-" + string(c.Dim) + "-" + key, Label: label + " ✕", Class: "chip", Name: l.T(i18n.FilterRemove, "name", label),
				OnPress: d.press(func() { d.setFilter(func(f *filter) { f.toggle(c.Dim, key) }) })})
		}
	}
	if f.narrowed() {
		list = append(list, &ui.Button{ID: "clear", Label: l.T(i18n.FilterClear), Kind: ui.Quiet, Class: "chip-clear",
			OnPress: d.press(func() { d.setFilter(func(f *filter) { f.Where = nil }) })})
	}
	return app.Div().Class("chips").Body(list...)
}

// drawFilterNotes says what the figures are not: of an unfinished day, of shops
// that the person may not see.
func (d *desk) drawFilterNotes() app.UI {
	l := d.lang
	var notes []string
	if d.page.uses&usesCompare != 0 {
		if hour := d.filter.until(d.now()); hour > 0 {
			notes = append(notes, l.T(i18n.CompareUntil, "hour", hour))
		}
		if first := d.filter.earlier(d.now()); first != "" {
			notes = append(notes, l.T(i18n.CompareSame, "from", d.date(first)))
		}
	}
	if d.choices.lost > 0 {
		notes = append(notes, l.T(i18n.LinkLess, "n", d.choices.lost))
	}
	return app.If(len(notes) > 0, func() app.UI {
		return app.P().Class("filter-notes").Role("status").Text(strings.Join(notes, " "))
	})
}

// setFilter changes what all reports are about.
func (d *desk) setFilter(change func(*filter)) {
	change(&d.filter)
	d.keep(deskFilterKey, d.filter)
	d.showAddress()
	d.refreshPage()
}

// showAddress puts the filter into the address, so that it can be shared.
func (d *desk) showAddress() {
	if d.user == nil || d.page.uses == usesNothing {
		return
	}
	shown := *d.ctx.Page().URL()
	values := d.filter.values()
	if b, ok := d.views[d.page.path].(*board); ok && b.id != "" && b.id != homeBoard {
		values.Set(inBoard, b.id)
	}
	shown.RawQuery = values.Encode()
	if shown.String() != d.ctx.Page().URL().String() {
		d.ctx.Page().ReplaceURL(&shown)
	}
}

// href is the address of a page with the filter of the moment.
func (d *desk) href(p page) string {
	if p.uses == usesNothing {
		return p.path
	}
	return p.path + "?" + d.filter.values().Encode()
}

// loadNames gets the names that chips and words need, and takes conditions off
// that the person may not see: a link may come from somebody with more rights.
func (d *desk) loadNames() {
	for _, c := range d.filter.Where {
		if _, ok := d.choices.names[c.Dim]; ok && c.Dim != cube.Product {
			continue
		}
		query(context.Background(), d, bridge.InsightDims, bridge.DimsRequest{Dim: c.Dim, Keys: c.In}, func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil {
				return
			}
			d.learnNames(c.Dim, list)
			d.forget(c, list)
		})
	}
	for _, dim := range []cube.DimID{cube.Store, cube.Department} {
		query(context.Background(), d, bridge.InsightDims, bridge.DimsRequest{Dim: dim}, func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil {
				return
			}
			d.learnNames(dim, list)
			if dim == cube.Store {
				d.stores = list
			}
		})
	}
}

// forget takes the stores and regions off that this person's data does not have.
// When none is left the condition stays: its figures are nothing, and not those
// of other shops.
func (d *desk) forget(c cube.Filter, known []bridge.DimValue) {
	if c.Dim != cube.Store && c.Dim != cube.Region {
		return
	}
	var left []string
	for _, key := range d.filter.keys(c.Dim) {
		if slices.ContainsFunc(known, func(v bridge.DimValue) bool { return v.Key == key }) {
			left = append(left, key)
		}
	}
	if lost := len(d.filter.keys(c.Dim)) - len(left); lost > 0 {
		d.choices.lost += lost
		if len(left) > 0 {
			d.filter.set(c.Dim, left)
			d.refreshPage()
		}
	}
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
