package desk

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
)

// area is a group of pages in the navigation.
type area string

// Areas, in the order in which they are offered.
const (
	inOverview  area = "overview"
	inSales     area = "sales"
	inCustomers area = "customers"
	inGoods     area = "goods"
	inStores    area = "stores"
	inMarketing area = "marketing"
	inData      area = "data"
	inSettings  area = "settings"
)

// group is an area as the navigation shows it.
type group struct {
	area area
	name *i18n.Message
	sign string
	key  string // goes there after g
}

var areas = []group{
	{inOverview, i18n.DeskOverview, "◔", "o"},
	{inSales, i18n.AreaSales, "↗", "s"},
	{inCustomers, i18n.AreaCustomers, "☺", "c"},
	{inGoods, i18n.AreaGoods, "▦", "g"},
	{inStores, i18n.AreaStores, "⌂", "t"},
	{inMarketing, i18n.AreaMarketing, "%", "m"},
	{inData, i18n.AreaData, "≣", "d"},
	{inSettings, i18n.AreaSettings, "⚙", "e"},
}

// uses says which parts of the filter a page honours. The bar shows the others
// as having no effect here.
type uses uint

// Parts of the filter.
const (
	usesFrom    uses = 1 << iota // the first date; without it only the last one counts
	usesTo                       // the last date
	usesCompare                  // the compared period
	usesWhere                    // stores, goods, customers and the other conditions

	usesNothing uses = 0 // a page without a filter bar
	usesEnd          = usesTo | usesWhere
	usesPeriod       = usesFrom | usesEnd
	usesAll          = usesPeriod | usesCompare
)

// page is a page of the desk.
type page struct {
	path  string
	area  area
	name  *i18n.Message
	uses  uses
	admin bool // for administrators only
	make  func(d *desk) view
}

// pages lists every page. The first one of an area is where its sign leads.
func pages() []page {
	return []page{
		{"/manager", inOverview, i18n.DeskOverview, usesAll, false, newBoard},
		{"/manager/sales", inSales, i18n.TabSales, usesAll, false, studied(newSales)},
		{"/manager/finance", inSales, i18n.TabFinance, usesAll, false, studied(newFinance)},
		{"/manager/orders", inSales, i18n.TabOrders, usesPeriod, false, studied(newOrders)},
		{"/manager/rfm", inCustomers, i18n.TabRFM, usesEnd | usesCompare, false, studied(newScores)},
		{"/manager/cohorts", inCustomers, i18n.TabCohorts, usesEnd, false, studied(newCohorts)},
		{"/manager/base", inCustomers, i18n.TabBase, usesEnd, false, studied(newBase)},
		{"/manager/due", inCustomers, i18n.TabDue, usesEnd, false, studied(newDue)},
		{"/manager/life", inCustomers, i18n.TabLife, usesEnd | usesCompare, false, studied(newLife)},
		{"/manager/profit", inCustomers, i18n.TabProfit, usesAll, false, studied(newProfit)},
		{"/manager/profile", inCustomers, i18n.TabProfile, usesPeriod, false, studied(newProfile)},
		{"/manager/abc", inGoods, i18n.TabABC, usesPeriod, false, studied(newABC)},
		{"/manager/bcg", inGoods, i18n.TabBCG, usesAll, false, studied(newBCG)},
		{"/manager/goods", inGoods, i18n.DeskGoods, usesNothing, false, newGoods},
		{"/manager/plans", inData, i18n.TabPlans, usesNothing, false, newPlans},
		{"/manager/segments", inCustomers, i18n.TabSegments, usesNothing, false, newSegments},
		{"/manager/exports", inData, i18n.TabExports, usesNothing, false, newExports},
		{"/manager/measures", inData, i18n.TabMeasures, usesAll, false, newMeasures},
		{"/manager/prices", inGoods, i18n.DeskPrices, usesNothing, false, newPrices},
		{"/manager/price-lists", inGoods, i18n.DeskLists, usesNothing, false, newPriceLists},
		{"/manager/quick-keys", inGoods, i18n.DeskKeys, usesNothing, false, newKeys},
		{"/manager/barcodes", inGoods, i18n.DeskCodes, usesNothing, false, newLab},
		{"/manager/rules", inGoods, i18n.DeskRules, usesNothing, false, newRules},
		{"/manager/map", inStores, i18n.TabMap, usesAll, false, studied(newAtlas)},
		{"/manager/people", inStores, i18n.TabPeople, usesPeriod, false, studied(newEmployees)},
		{"/manager/promotions", inMarketing, i18n.DeskPromotions, usesNothing, false, newPromotions},
		{"/admin", inSettings, i18n.DeskTills, usesNothing, true, newTills},
	}
}

// view is what a page shows. It is made when the page is first opened and kept
// until the person leaves.
type view interface {
	// refresh gets what the page shows for the filter and the data of the
	// moment. It is called when the page is opened, and while it is open when
	// the filter changes or newer sales come.
	refresh()
	// redraw makes drawings anew: colours, language or width changed.
	redraw()
	// draw draws the page. A page with a filter bar draws what is below it.
	draw() app.UI
}

// header is a view with something to do beside the page's title.
type header interface{ headActs() []app.UI }

// leaver is a view with something to end when another page is opened.
type leaver interface{ leave() }

// pageAt returns the page of an address, the overview for one that is none's.
func pageAt(path string) page {
	all := pages()
	for _, p := range all {
		if p.path == path {
			return p
		}
	}
	return all[0]
}

// allowed reports whether the person may open p.
func (d *desk) allowed(p page) bool { return !p.admin || d.admin() }

// offered are the pages of an area that the person may open.
func (d *desk) offered(in area) []page {
	var list []page
	for _, p := range pages() {
		if p.area == in && d.allowed(p) {
			list = append(list, p)
		}
	}
	return list
}

// view returns what the page of the moment shows.
func (d *desk) view() view {
	if d.views == nil {
		d.views = map[string]view{}
	}
	v := d.views[d.page.path]
	if v == nil {
		v = d.page.make(d)
		d.views[d.page.path] = v
	}
	return v
}

// simple is a page that gets and draws things of its own, without the filter.
type simple struct {
	open func()
	show func() app.UI
}

func (p simple) refresh()     { p.open() }
func (p simple) redraw()      {}
func (p simple) draw() app.UI { return p.show() }

func newPrices(d *desk) view {
	return simple{func() {
		if !d.prices.asked {
			d.findProducts()
		}
	}, d.drawPrices}
}

func newPromotions(d *desk) view { return simple{d.loadPromotions, d.drawPromotions} }

func newTills(d *desk) view { return simple{d.loadTills, d.drawTills} }
