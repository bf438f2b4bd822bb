package desk

import (
	"context"
	"encoding/json"
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
	"tillsight/shared/report"
	"tillsight/shared/syncproto"
)

// Keys of the browser's storage.
const (
	deskUserKey   = "desk.user" // who was logged in last: the desk opens without a network
	deskFilterKey = "desk.filter"
	gridsKey      = "desk.grids" // sorting and columns of tables
	foldedKey     = "desk.folded"
)

const roleAdmin = "admin"

// Office is what the desk's pages are connected to.
type Office struct {
	StartInsight func() (bridge.Port, error) // starts the report worker
	Server       *office.Client
}

// Desk is the page of managers and administrators.
type Desk struct {
	app.Compo

	Office *Office

	d    *desk
	stop func() // listening to the device's theme and to keys
}

// desk is everything that the page shows. It is touched on the UI goroutine only.
type desk struct {
	ctx    app.Context
	office *Office
	client *bridge.Client
	starts []time.Time
	now    func() time.Time

	lang  i18n.Lang
	theme string
	rev   int

	page    page
	views   map[string]view // by path, those that were opened
	user    *syncproto.User
	checked bool // the server, or its absence, has said who is logged in
	offline bool // the server did not answer last time
	login   loginForm

	insight  bridge.Insight
	heard    bool            // the report worker has told its state
	progress bridge.Progress // of the download
	work     bridge.Progress // of the question under way
	fault    *errcode.Error  // of the report worker

	filter   filter
	menu     string // open menu; "" for none
	own      filter // dates being typed
	stores   []bridge.DimValue
	choices  choices
	shelf    shelf
	naming   naming
	palette  palette
	printing bool      // tables are drawn whole
	jumping  time.Time // when g was pressed
	folded   bool      // the navigation shows signs only
	drill    drill
	marked   bool                 // the address says that the panel is open
	tables   map[string]bool      // parts shown as a table
	grids    map[string]gridState // by part
	borders  *report.RFMBorders   // of RFM as the person set them; nil: quintiles
	colours  chart.Colours
	narrow   bool
	looks    int // rises when everything has to be drawn anew
	said     saying

	prices     prices
	promotions promotions
	tills      tills
}

// OnMount finds out who is here and starts the report worker.
func (p *Desk) OnMount(ctx app.Context) {
	p.start(ctx)
	theme, keys := ui.OnDeviceTheme(func() { p.d.on(p.d.repaint) }), p.listenKeys()
	p.stop = func() {
		theme()
		keys()
	}
	if p.d.user == nil {
		p.d.checked = true // nobody was logged in here: no need to ask
		return
	}
	p.d.checkSession()
}

// OnPreRender starts the page where go-app mounts nothing: in native tests.
func (p *Desk) OnPreRender(ctx app.Context) { p.start(ctx) }

func (p *Desk) start(ctx app.Context) {
	d := &desk{ctx: ctx, office: p.Office, now: time.Now, tables: map[string]bool{}, grids: map[string]gridState{}, filter: firstFilter()}
	p.d = d
	d.loadPreferences()
	d.navigated()
}

// OnNav shows the section of the address.
func (p *Desk) OnNav(ctx app.Context) {
	if p.d != nil {
		p.d.ctx = ctx
		p.d.navigated()
	}
}

// OnResize draws what depends on the width anew.
func (p *Desk) OnResize(app.Context) {
	if p.d != nil {
		p.d.measureScreen()
		p.d.redraw()
	}
}

// OnAppUpdate shows that a newer program is ready.
func (p *Desk) OnAppUpdate(app.Context) {
	if p.d != nil {
		p.d.rev++
	}
}

// OnAppInstallChange shows or hides the button to install.
func (p *Desk) OnAppInstallChange(app.Context) {
	if p.d != nil {
		p.d.rev++
	}
}

// OnDismount ends the worker.
func (p *Desk) OnDismount() {
	if p.stop != nil {
		p.stop()
	}
	if p.d != nil && p.d.client != nil {
		p.d.client.Close()
	}
}

// on runs f on the UI goroutine and has the page drawn.
func (d *desk) on(f func()) {
	d.ctx.Dispatch(func(app.Context) {
		d.rev++
		f()
	})
}

// press makes a handler of what a button does to the desk.
func (d *desk) press(f func()) ui.Press {
	return func(app.Context) {
		d.rev++
		f()
	}
}

// call asks the server and hands the answer over on the UI goroutine.
func call[T any](d *desk, ask func(context.Context) (T, error), then func(T, *errcode.Error)) {
	d.ctx.Async(func() {
		answer, err := ask(context.Background())
		d.on(func() {
			e := errcode.As(err)
			d.offline = e != nil && e.Code == errcode.Offline
			if e != nil && e.Code == errcode.Unauthorised {
				d.leave()
			}
			then(answer, e)
		})
	})
}

// ask asks the report worker for a report and hands the answer over on the UI
// goroutine.
func ask[T any](ctx context.Context, d *desk, name report.Name, request any, then func(T, *errcode.Error)) {
	body, err := json.Marshal(request)
	if err != nil {
		var none T
		then(none, errcode.As(err))
		return
	}
	its := bridge.Method[bridge.ReportRequest, T](bridge.InsightReport) // the method with this report's answer
	query(ctx, d, its, bridge.ReportRequest{Report: string(name), Ask: body}, then)
}

// query asks the report worker and hands the answer over on the UI goroutine.
func query[Q, A any](ctx context.Context, d *desk, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	client := d.client
	if client == nil {
		return
	}
	d.ctx.Async(func() {
		answer, err := bridge.Call(ctx, client, method, request)
		d.on(func() { then(answer, errcode.As(err)) })
	})
}

func (d *desk) loadPreferences() {
	d.lang = prefs.Language(d.ctx)
	d.theme = prefs.Load(d.ctx).Theme
	ui.SetLang(string(d.lang))
	ui.SetTheme(d.theme)
	var f filter
	if err := d.ctx.LocalStorage().Get(deskFilterKey, &f); err == nil && f.Period != "" {
		d.filter = f
	}
	if err := d.ctx.LocalStorage().Get(foldedKey, &d.folded); err != nil {
		d.folded = false
	}
	if err := d.ctx.LocalStorage().Get(keptKey, &d.shelf); err != nil {
		d.shelf = shelf{}
	}
	if err := d.ctx.LocalStorage().Get(gridsKey, &d.grids); err != nil || d.grids == nil {
		d.grids = map[string]gridState{}
	}
	var b report.RFMBorders
	if err := d.ctx.LocalStorage().Get(bordersKey, &b); err == nil && len(b.Money) > 0 {
		d.borders = &b
	}
	var u syncproto.User
	if err := d.ctx.LocalStorage().Get(deskUserKey, &u); err == nil && u.Login != "" {
		d.enter(u)
	}
	d.measureScreen()
}

// measureScreen reads what drawings depend on: width and colours.
func (d *desk) measureScreen() {
	width, _ := app.Window().Size()
	d.narrow = width > 0 && width < narrowWidth
	d.colours = chart.CanvasColours()
}

// narrowWidth is the width below which tables stand upright, in CSS pixels.
const narrowWidth = 700

func (d *desk) setLang(lang i18n.Lang) {
	d.lang = lang
	prefs.SetLanguage(d.ctx, lang)
	ui.SetLang(string(lang))
	d.redraw()
	d.title()
}

func (d *desk) setTheme(theme string) {
	d.theme = theme
	stored := prefs.Load(d.ctx)
	stored.Theme = theme
	prefs.Save(d.ctx, stored)
	ui.SetTheme(theme)
	d.repaint()
}

// repaint draws everything in the colours of the theme of the moment.
func (d *desk) repaint() {
	d.measureScreen()
	d.redraw()
}

// navigated shows the page of the address.
func (d *desk) navigated() {
	before := d.page.path
	next := pageAt(d.ctx.Page().URL().Path)
	if v, ok := d.views[before].(leaver); ok && before != next.path {
		v.leave()
	}
	d.page = next
	if before == next.path && d.drill.open {
		if d.ctx.Page().URL().Fragment != behindMark { // Back
			d.marked = false
			d.closeDrill()
		}
		return
	}
	d.menu = ""
	d.closeDrill()
	d.title()
	d.readAddress()
	d.opened()
}

// readAddress takes the filter of the address, or gives it ours.
func (d *desk) readAddress() {
	if d.page.uses == usesNothing {
		return
	}
	if f, ok := filterOf(d.ctx.Page().URL().Query()); ok {
		d.filter, d.choices.lost = f, 0
		d.keep(deskFilterKey, d.filter)
		if d.insight.Ready {
			d.loadNames()
		}
	}
	d.showAddress()
}

// dates are the first and the last business date of the filter's period.
func (d *desk) dates() (from, to string) { return d.filter.dates(d.now()) }

// filterWords says the filter, one condition each.
func (d *desk) filterWords() []string {
	from, to := d.dates()
	return d.inWords(cube.Slice{From: from, To: to, Where: d.filter.where()})
}

func (d *desk) title() {
	d.ctx.Page().SetTitle(d.lang.T(d.page.name) + " · Tillsight")
}

// opened gets what the page shows.
func (d *desk) opened() {
	if d.user != nil && d.page.make != nil && d.allowed(d.page) {
		d.view().refresh()
	}
}

// refreshPage asks anew for what the page shows.
func (d *desk) refreshPage() { d.opened() }

// redraw makes all drawings anew: colours, language or width changed.
func (d *desk) redraw() {
	d.rev++
	d.looks++
	for _, v := range d.views {
		v.redraw()
	}
}

func (d *desk) admin() bool { return d.user != nil && d.user.Role == roleAdmin }

// connect starts the report worker.
func (d *desk) connect() {
	if d.client != nil {
		return
	}
	port, err := d.office.StartInsight()
	if err != nil {
		d.fault = errcode.As(err)
		return
	}
	d.starts = append(d.starts, d.now())
	client := bridge.NewClient(port)
	d.client, d.fault = client, nil
	bridge.OnEvent(client, bridge.EventInsight, func(s bridge.Insight) { d.on(func() { d.learn(s) }) })
	bridge.OnEvent(client, bridge.EventProgress, func(p bridge.Progress) {
		d.on(func() {
			if p.Task == "query" {
				d.work = p
			} else {
				d.progress = p
			}
		})
	})
	client.OnGone(func(e *errcode.Error) { d.on(func() { d.gone(client, e) }) })
	d.applyBudget(d.deviceBudget())
	d.refresh()
}

func (d *desk) refresh() {
	query(context.Background(), d, bridge.InsightState, bridge.Nothing{}, func(s bridge.Insight, e *errcode.Error) {
		if e != nil {
			d.fault = e
			return
		}
		d.learn(s)
	})
}

// gone starts a worker that has ended anew; one that ends three times in a
// minute is left alone.
func (d *desk) gone(client *bridge.Client, e *errcode.Error) {
	if client != d.client || e.Code == errcode.Cancelled {
		return
	}
	recent := 0
	for _, at := range d.starts {
		if d.now().Sub(at) < time.Minute {
			recent++
		}
	}
	client.Close()
	d.client = nil
	if recent >= 3 {
		d.fault = e
		return
	}
	d.connect()
}

// learn takes the report worker's state in and asks again when its data changed.
func (d *desk) learn(s bridge.Insight) {
	before := d.insight
	d.insight, d.heard = s, true
	if s.Fault != nil && s.Fault.Code == errcode.Unauthorised {
		d.checkSession()
	}
	if s.Online && !before.Online && len(d.shelf.Dirty) > 0 {
		d.syncKept()
	}
	if s.Ready && (!before.Ready || s.Data != before.Data) {
		d.loadNames()
		if d.page.uses != usesNothing {
			d.refreshPage()
		}
	}
}

// saying is a short message to the person: what was done, or why not.
type saying struct {
	tone  ui.Tone
	text  string
	undo  func() // takes back what was done; nil: nothing to take back
	round int
}

// sayingStays is how long a message is shown.
const sayingStays = 8 * time.Second

// say shows a message for a while.
func (d *desk) say(tone ui.Tone, text string) { d.offerUndo(tone, text, nil) }

// offerUndo says what was done, with a way to take it back.
func (d *desk) offerUndo(tone ui.Tone, text string, undo func()) {
	round := d.said.round + 1
	d.said = saying{tone: tone, text: text, undo: undo, round: round}
	d.later(sayingStays, func() {
		if d.said.round == round {
			d.said.text = ""
		}
	})
}

// keep remembers a choice in this browser.
func (d *desk) keep(key string, value any) { prefs.Store(d.ctx, key, value) }

// askServer has the report worker look for newer sales now.
func (d *desk) askServer() {
	query(context.Background(), d, bridge.InsightRefresh, bridge.Nothing{}, func(s bridge.Insight, _ *errcode.Error) { d.learn(s) })
}

// naming is a name that is being typed for something that is kept.
type naming struct {
	text string
	rev  int
}

// name puts a name into the field for it.
func (d *desk) name(text string) {
	d.naming.text = text
	d.naming.rev++
}

// print prints the page with its tables whole.
func (d *desk) print() {
	d.printing = true
	d.rev++
	d.ctx.Defer(func(app.Context) {
		ui.PrintPage()
		d.on(func() { d.printing = false })
	})
}
