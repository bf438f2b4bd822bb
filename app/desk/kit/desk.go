package kit

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// Desk is what a page is given: who asks about what, in which language, and
// whom to ask. It is touched on the UI goroutine only.
type Desk struct {
	Ctx    app.Context
	Office *Office
	Now    func() time.Time
	After  func(time.Duration, func(app.Context))
	Frame  Frame

	Lang    i18n.Lang
	Rev     int // rises when anything is to be drawn anew
	User    *wire.User
	Offline bool // the server did not answer last time
	screen
	worker

	Filter     Filter
	Stores     []bridge.DimValue
	Names      map[cube.DimID]map[string]string // of keys that are known
	Menu       string                           // open menu; "" for none
	Said       toast
	DrillPanel drillPanel
	Tables     map[string]bool      // parts shown as a table
	Grids      map[string]GridState // by part
	Shelf      Shelf
	Naming     naming
}

// screen is what drawings depend on.
type screen struct {
	Colours  chart.Colours
	Narrow   bool
	Printing bool // tables are drawn whole
	Looks    int  // rises when everything has to be drawn anew
}

// worker is the report worker as the pages know it.
type worker struct {
	Client   *bridge.Client
	Insight  bridge.Insight
	Heard    bool            // it has told its state
	Progress bridge.Progress // of the download
	Work     bridge.Progress // of the question under way
	Fault    *errcode.Error
}

// Frame is what pages have the frame around them do.
type Frame interface {
	Leave()               // shows the log-in page
	Connect()             // starts the report worker
	Learn(bridge.Insight) // takes the report worker's state in
	Refresh()             // has the page ask anew
	RefreshReports()      // has the page ask anew when it depends on the filter
	ShowAddress()         // puts the filter into the address
	Tabs() app.UI         // offers the other pages of the area
}

// Office is what the desk's pages are connected to.
type Office struct {
	StartInsight func() (bridge.Port, error) // starts the report worker
	Server       *office.Client
}

// NewDesk is the desk of a page that has just begun.
func NewDesk(ctx app.Context, connected *Office) *Desk {
	return &Desk{Ctx: ctx, Office: connected, Now: time.Now, After: ctx.After, Filter: firstFilter(), Tables: map[string]bool{}, Grids: map[string]GridState{}}
}

// RefreshPage has the page ask anew.
func (d *Desk) RefreshPage() { d.Frame.Refresh() }

// RoleAdmin is the role of who may see the pages of administrators.
const RoleAdmin = "admin"

// Keys of the browser's storage.
const (
	FilterKey = "desk.filter"
	UserKey   = "desk.user"  // who was logged in last: the desk opens without a network
	GridsKey  = "desk.grids" // sorting and columns of tables
)

// On runs f on the UI goroutine and has the page drawn.
func (d *Desk) On(f func()) {
	d.Ctx.Dispatch(func(app.Context) {
		d.Rev++
		f()
	})
}

// Press makes a handler of what a button does to the desk.
func (d *Desk) Press(f func()) ui.Press {
	return func(app.Context) {
		d.Rev++
		f()
	}
}

// Dates are the first and the last business date of the filter's period.
func (d *Desk) Dates() (from, to string) { return d.Filter.dates(InShops(d, d.Now())) }

// FilterWords says the filter, one condition each.
func (d *Desk) FilterWords() []string {
	from, to := d.Dates()
	return d.InWords(cube.Slice{From: from, To: to, Where: d.Filter.Conditions()})
}

func (d *Desk) Admin() bool { return d.User != nil && d.User.Role == RoleAdmin }

// toast is a short message to the person: what was done, or why not.
type toast struct {
	Tone  ui.Tone
	Text  string
	Undo  func() // takes back what was done; nil: nothing to take back
	round int
}

// sayingStays is how long a message is shown.
const sayingStays = 8 * time.Second

// Say shows a message for a while.
func (d *Desk) Say(tone ui.Tone, text string) { d.OfferUndo(tone, text, nil) }

// OfferUndo says what was done, with a way to take it back.
func (d *Desk) OfferUndo(tone ui.Tone, text string, undo func()) {
	round := d.Said.round + 1
	d.Said = toast{Tone: tone, Text: text, Undo: undo, round: round}
	d.later(sayingStays, func() {
		if d.Said.round == round {
			d.Said.Text = ""
		}
	})
}

// Keep remembers a choice in this browser.
func (d *Desk) Keep(key string, value any) { prefs.Store(d.Ctx, key, value) }

// naming is a name that is being typed for something that is kept.
type naming struct {
	Text string
	Rev  int
}

// Name puts a name into the field for it.
func (d *Desk) Name(text string) {
	d.Naming.Text = text
	d.Naming.Rev++
}

// Print prints the page with its tables whole.
func (d *Desk) Print() {
	d.Printing = true
	d.Rev++
	d.Ctx.Defer(func(app.Context) {
		ui.PrintPage()
		d.On(func() { d.Printing = false })
	})
}

// later calls f on the UI goroutine after a while.
func (d *Desk) later(after time.Duration, f func()) {
	d.After(after, func(app.Context) {
		d.Rev++
		f()
	})
}

// RedrawAll has the whole page drawn after a part of it changed the desk.
func (d *Desk) RedrawAll(app.Context) { d.On(func() {}) }

func (d *Desk) ToggleMenu(name string) {
	if d.Menu == name {
		name = ""
	}
	d.Menu = name
}
