package kit

import (
	"net/url"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
)

// Area is a group of pages in the navigation.
type Area string

// Areas, in the order in which they are offered.
const (
	InOverview  Area = "overview"
	InSales     Area = "sales"
	InCustomers Area = "customers"
	InGoods     Area = "goods"
	InStores    Area = "stores"
	InMarketing Area = "marketing"
	InData      Area = "data"
	InSettings  Area = "settings"
)

// Uses says which parts of the filter a page honours. The bar shows the others
// as having no effect here.
type Uses uint

// Parts of the filter.
const (
	UsesFrom    Uses = 1 << iota // the first date; without it only the last one counts
	UsesTo                       // the last date
	UsesCompare                  // the compared period
	UsesWhere                    // stores, goods, customers and the other conditions

	UsesNothing Uses = 0 // a page without a filter bar
	UsesEnd          = UsesTo | UsesWhere
	UsesPeriod       = UsesFrom | UsesEnd
	UsesAll          = UsesPeriod | UsesCompare
)

// Page is a page of the desk.
type Page struct {
	Path  string
	Area  Area
	Name  *i18n.Message
	Uses  Uses
	Admin bool // for administrators only
	Make  func(d *Desk) View
}

// View is what a page shows. It is made when the page is first opened and kept
// until the person leaves.
type View interface {
	// Refresh gets what the page shows for the filter and the data of the
	// moment. It is called when the page is opened, and while it is open when
	// the filter changes or newer sales come.
	Refresh()
	// Redraw makes drawings anew: colours, language or width changed.
	Redraw()
	// Draw draws the page. A page with a filter bar draws what is below it.
	Draw() app.UI
}

// Head is what the frame writes above a page, with the tabs of the area below it.
type Head struct {
	Back  app.UI // before the title: the way to what the page showed before; nil: none
	Title string
	Acts  []app.UI // beside the title
}

// Headed is a view of a page without a filter bar; the frame draws its head.
type Headed interface{ Head() Head }

// Header is a view with something to do beside the page's title.
type Header interface{ HeadActs() []app.UI }

// Leaver is a view with something to end when another page is opened.
type Leaver interface{ Leave() }

// Addressed is a view that has something of its own in the address.
type Addressed interface{ Address(url.Values) }

// Escaper is a view that closes something with Escape.
type Escaper interface{ Escape() }
