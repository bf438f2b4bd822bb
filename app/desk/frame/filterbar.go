package frame

import (
	"context"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// choices are the keys of the filter's dimensions: names of those that are known,
// and the list that is open.
type choices struct {
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
func (d *frame) drawFilters() app.UI {
	l, f, p := d.Lang, d.Filter, d.page.Uses
	return app.Div().ID("filters").Class("filters").Role("search").Body(
		d.honoured(p&kit.UsesTo != 0, "period", l.T(i18n.FilterPeriod), d.periodName(), func() app.UI { return drawPeriods(d) }),
		d.honoured(p&kit.UsesCompare != 0, "compare", l.T(i18n.FilterCompare), l.T(compareName(f.Compare)), func() app.UI { return drawCompare(d) }),
		d.facetMenu(kit.MenuStores, i18n.FilterStores),
		d.facetMenu(kit.MenuGoods, i18n.FilterGoods),
		d.facetMenu(kit.MenuPeople, i18n.FilterPeople),
		d.facetMenu(kit.MenuMore, i18n.FilterMore),
		drawChips(d),
		drawFilterNotes(d),
	)
}

// honoured is a menu of the bar, or only its name on a page that it has no
// effect on.
func (d *frame) honoured(is bool, name, label, value string, panel func() app.UI) app.UI {
	return d.MenuButton(is, name, label, value, func() { d.openMenu(name) }, panel)
}

// openMenu opens a menu of the filter bar.
func (d *frame) openMenu(name string) {
	d.ToggleMenu(name)
	from, to := d.Dates()
	d.own = kit.Filter{From: from, To: to}
	for _, facet := range kit.Facets {
		if d.Menu == name && facet.Menu == name {
			d.openFacet(facet.Dim)
			return
		}
	}
}

// facetMenu is the menu of some dimensions.
func (d *frame) facetMenu(name string, label *i18n.Message) app.UI {
	set := 0
	value := ""
	for _, facet := range kit.Facets {
		keys := d.Filter.Keys(facet.Dim)
		if facet.Menu != name || len(keys) == 0 {
			continue
		}
		set += len(keys)
		value = d.KeyName(facet.Dim, keys[0])
	}
	if set > 1 {
		value = d.Lang.Int(int64(set))
	}
	return d.honoured(d.page.Uses&kit.UsesWhere != 0, name, d.Lang.T(label), value, func() app.UI { return drawFacets(d, name) })
}

// openFacet lists the keys of a dimension.
func (d *frame) openFacet(dim cube.DimID) {
	d.choices.dim, d.choices.text, d.choices.list, d.choices.got = dim, "", nil, false
	d.findKeys()
}

// findKeys looks for keys of the open dimension by the text.
func (d *frame) findKeys() {
	c := &d.choices
	c.round++
	round, dim := c.round, c.dim
	kit.Query(context.Background(), d.Desk, bridge.InsightDims, bridge.DimsRequest{Dim: dim, Text: c.text, Limit: choicesShown},
		func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil || round != d.choices.round {
				return
			}
			d.choices.list, d.choices.got = list, true
			d.learnNames(dim, list)
		})
}

// learnNames remembers the names of keys.
func (d *frame) learnNames(dim cube.DimID, list []bridge.DimValue) {
	if d.Names == nil {
		d.Names = map[cube.DimID]map[string]string{}
	}
	if d.Names[dim] == nil {
		d.Names[dim] = map[string]string{}
	}
	for _, v := range list {
		d.Names[dim][v.Key] = v.Name.In(string(d.Lang))
	}
}

// drawFacets draws the dimensions of a menu and the keys of the open one.
func drawFacets(d *frame, menu string) app.UI {
	l, c := d.Lang, &d.choices
	var tabs []app.UI
	for _, facet := range kit.Facets {
		if facet.Menu == menu {
			tabs = append(tabs, d.Pick("facet-"+string(facet.Dim), l.T(facet.Name), c.dim == facet.Dim, func() { d.openFacet(facet.Dim) }))
		}
	}
	chosen := d.Filter.Keys(c.dim)
	find := len(c.list) > 12 || c.text != "" || c.dim == cube.Product
	return app.Div().Class("facets").Body(
		app.If(len(tabs) > 1, func() app.UI { return app.Div().Class("facet-tabs").Body(tabs...) }),
		app.If(find, func() app.UI {
			return &ui.Field{ID: "facet-find-" + string(c.dim), Example: l.T(i18n.FilterSearch), Mode: "search", Focus: true,
				OnText: func(_ app.Context, text string) { c.text = text; d.Rev++; d.findKeys() }}
		}),
		app.Div().Class("options options-long").Body(drawKeys(d, chosen)...),
		app.If(len(chosen) > 0, func() app.UI {
			return &ui.Button{ID: "facet-clear", Label: l.T(i18n.FilterFree), Kind: ui.Quiet, Class: "wide",
				OnPress: d.Press(func() { d.SetFilter(func(f *kit.Filter) { f.Set(c.dim, nil) }) })}
		}),
	)
}

// drawKeys lists the keys of the open dimension: what is chosen first.
func drawKeys(d *frame, chosen []string) []app.UI {
	dim := d.choices.dim
	option := func(key string, on bool) app.UI {
		return d.Option("pick-"+key, d.KeyName(dim, key), on, func() { d.SetFilter(func(f *kit.Filter) { f.Toggle(dim, key) }) })
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
		list = append(list, app.P().Class("menu-note").Text(d.Lang.T(i18n.FilterNothing)))
	}
	return list
}

func (d *frame) periodName() string {
	for _, p := range kit.Periods {
		if p.Period == d.Filter.Period {
			return d.Lang.T(p.Label)
		}
	}
	from, to := d.Dates()
	if from == to {
		return d.Date(from)
	}
	return d.Date(from) + " – " + d.Date(to)
}

func compareName(c cube.Compare) *i18n.Message {
	for _, known := range kit.Compares {
		if known.Compare == c {
			return known.Label
		}
	}
	return i18n.CompareNone
}

func drawPeriods(d *frame) app.UI {
	l := d.Lang
	var list []app.UI
	for _, p := range kit.Periods {
		list = append(list, d.Option("period-"+string(p.Period), l.T(p.Label), d.Filter.Period == p.Period, func() {
			d.Menu = ""
			d.SetFilter(func(f *kit.Filter) { f.Period = p.Period })
		}))
	}
	return app.Div().Body(
		app.Div().Class("options").Body(list...),
		app.P().Class("menu-label").Text(l.T(i18n.PeriodCustom)),
		app.Div().Class("own").Body(
			&kit.DateField{ID: "own-from", Label: l.T(i18n.FilterFrom), Value: d.own.From, OnDate: func(v string) { d.own.From = v; d.Rev++ }},
			&kit.DateField{ID: "own-to", Label: l.T(i18n.FilterTo), Value: d.own.To, OnDate: func(v string) { d.own.To = v; d.Rev++ }},
		),
		&ui.Button{ID: "own-apply", Label: l.T(i18n.FilterApply), Kind: ui.Primary, Class: "wide", Disabled: !kit.ValidDates(d.own.From, d.own.To),
			OnPress: d.Press(func() {
				d.Menu = ""
				d.SetFilter(func(f *kit.Filter) { f.Period, f.From, f.To = kit.OwnDates, d.own.From, d.own.To })
			})},
	)
}

func drawCompare(d *frame) app.UI {
	var list []app.UI
	for _, c := range kit.Compares {
		list = append(list, d.Option("compare-"+string(c.Compare), d.Lang.T(c.Label), d.Filter.Compare == c.Compare, func() {
			d.Menu = ""
			d.SetFilter(func(f *kit.Filter) { f.Compare = c.Compare })
		}))
	}
	return app.Div().Class("options").Body(list...)
}

// chipsMax is how many chips are shown; the menus show the others.
const chipsMax = 12

// drawChips shows each condition with a way to take it off.
func drawChips(d *frame) app.UI {
	l, f := d.Lang, d.Filter
	var list []app.UI
	for _, c := range f.Where {
		facet, _ := kit.FacetOf(c.Dim)
		for _, key := range c.In {
			if len(list) == chipsMax {
				break
			}
			label := d.KeyName(c.Dim, key)
			if facet.Menu != kit.MenuStores && facet.Menu != kit.MenuGoods {
				label = l.T(facet.Say, "name", label)
			}
			list = append(list, &ui.Button{ID: "chip-" + string(c.Dim) + "-" + key, Label: label + " ✕", Class: "chip", Name: l.T(i18n.FilterRemove, "name", label),
				OnPress: d.Press(func() { d.SetFilter(func(f *kit.Filter) { f.Toggle(c.Dim, key) }) })})
		}
	}
	if f.Narrowed() {
		list = append(list, &ui.Button{ID: "clear", Label: l.T(i18n.FilterClear), Kind: ui.Quiet, Class: "chip-clear",
			OnPress: d.Press(func() { d.SetFilter(func(f *kit.Filter) { f.Where = nil }) })})
	}
	return app.Div().Class("chips").Body(list...)
}

// drawFilterNotes says what the figures are not: of an unfinished day, of shops
// that the person may not see.
func drawFilterNotes(d *frame) app.UI {
	l := d.Lang
	var notes []string
	if d.page.Uses&kit.UsesCompare != 0 {
		now := kit.InShops(d.Desk, d.Now())
		switch from, to := d.Filter.Compared(now); {
		case from == "":
		case from == to:
			notes = append(notes, l.T(i18n.CompareDay, "date", d.Date(from)))
		default:
			notes = append(notes, l.T(i18n.CompareDays, "from", d.Date(from), "to", d.Date(to)))
		}
		if hour := d.Filter.Until(now); hour > 0 {
			notes = append(notes, l.T(i18n.CompareUntil, "hour", hour))
		}
	}
	if d.choices.lost > 0 {
		notes = append(notes, l.T(i18n.LinkLess, "n", d.choices.lost))
	}
	return app.If(len(notes) > 0, func() app.UI {
		return app.P().Class("filter-notes").Role("status").Text(strings.Join(notes, " "))
	})
}

// ShowAddress puts the filter into the address, so that it can be shared.
func (d *frame) ShowAddress() {
	if d.User == nil || d.page.Uses == kit.UsesNothing {
		return
	}
	shown := *d.Ctx.Page().URL()
	values := d.Filter.Values()
	if v, ok := d.views[d.page.Path].(kit.Addressed); ok {
		v.Address(values)
	}
	shown.RawQuery = values.Encode()
	if shown.String() != d.Ctx.Page().URL().String() {
		d.Ctx.Page().ReplaceURL(&shown)
	}
}

// href is the address of a page with the filter of the moment.
func (d *frame) href(p kit.Page) string {
	if p.Uses == kit.UsesNothing {
		return p.Path
	}
	return p.Path + "?" + d.Filter.Values().Encode()
}

// loadNames gets the names that chips and words need, and takes conditions off
// that the person may not see: a link may come from somebody with more rights.
func (d *frame) loadNames() {
	for _, c := range d.Filter.Where {
		if _, ok := d.Names[c.Dim]; ok && c.Dim != cube.Product {
			continue
		}
		kit.Query(context.Background(), d.Desk, bridge.InsightDims, bridge.DimsRequest{Dim: c.Dim, Keys: c.In}, func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil {
				return
			}
			d.learnNames(c.Dim, list)
			d.forget(c, list)
		})
	}
	for _, dim := range []cube.DimID{cube.Store, cube.Department} {
		kit.Query(context.Background(), d.Desk, bridge.InsightDims, bridge.DimsRequest{Dim: dim}, func(list []bridge.DimValue, e *errcode.Error) {
			if e != nil {
				return
			}
			d.learnNames(dim, list)
			if dim == cube.Store {
				d.Stores = list
			}
		})
	}
}

// forget takes the stores and regions off that this person's data does not have.
// When none is left the condition stays: its figures are nothing, and not those
// of other shops.
func (d *frame) forget(c cube.Filter, known []bridge.DimValue) {
	if c.Dim != cube.Store && c.Dim != cube.Region {
		return
	}
	var left []string
	for _, key := range d.Filter.Keys(c.Dim) {
		if slices.ContainsFunc(known, func(v bridge.DimValue) bool { return v.Key == key }) {
			left = append(left, key)
		}
	}
	if lost := len(d.Filter.Keys(c.Dim)) - len(left); lost > 0 {
		d.choices.lost += lost
		if len(left) > 0 {
			d.Filter.Set(c.Dim, left)
			d.RefreshPage()
		}
	}
}
