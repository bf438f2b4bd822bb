package frame

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// group is an area as the navigation shows it.
type group struct {
	area kit.Area
	name *i18n.Message
	sign string
	key  string // goes there after g
}

var areas = []group{
	{kit.InOverview, i18n.DeskOverview, "◔", "o"},
	{kit.InSales, i18n.AreaSales, "↗", "s"},
	{kit.InCustomers, i18n.AreaCustomers, "☺", "c"},
	{kit.InGoods, i18n.AreaGoods, "▦", "g"},
	{kit.InStores, i18n.AreaStores, "⌂", "t"},
	{kit.InMarketing, i18n.AreaMarketing, "%", "m"},
	{kit.InData, i18n.AreaData, "≣", "d"},
	{kit.InSettings, i18n.AreaSettings, "⚙", "e"},
}

// pageAt returns the page of an address, the overview for one that is none's.
func (d *frame) pageAt(path string) kit.Page {
	for _, p := range d.pages {
		if p.Path == path {
			return p
		}
	}
	return d.pages[0]
}

// allowed reports whether the person may open p.
func (d *frame) allowed(p kit.Page) bool { return !p.Admin || d.Admin() }

// offered are the pages of an area that the person may open.
func (d *frame) offered(in kit.Area) []kit.Page {
	var list []kit.Page
	for _, p := range d.pages {
		if p.Area == in && d.allowed(p) {
			list = append(list, p)
		}
	}
	return list
}

// view returns what the page of the moment shows.
func (d *frame) view() kit.View {
	if d.views == nil {
		d.views = map[string]kit.View{}
	}
	v := d.views[d.page.Path]
	if v == nil {
		v = d.page.Make(d.Desk)
		d.views[d.page.Path] = v
	}
	return v
}

// Areas are the areas of the navigation, in order.
func Areas() []kit.Area {
	var list []kit.Area
	for _, in := range areas {
		list = append(list, in.area)
	}
	return list
}
