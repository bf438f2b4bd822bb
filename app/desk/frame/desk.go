package frame

import (
	"context"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// Keys of the browser's storage.
const (
	foldedKey = "desk.folded"
)

// frame is what stands around the pages: navigation, session, filter bar, what
// people keep, the report worker's life.
type frame struct {
	*kit.Desk

	pages  []kit.Page
	starts []time.Time // of the report worker
	theme  string

	page    kit.Page
	views   map[string]kit.View // by path, those that were opened
	checked bool                // the server, or its absence, has said who is logged in
	login   loginForm

	own     kit.Filter // dates being typed
	choices choices
	palette palette
	jumping time.Time // when g was pressed
	folded  bool      // the navigation shows signs only
}

// Desk is the page of managers and administrators.
type Desk struct {
	app.Compo

	Office *kit.Office
	Pages  []kit.Page

	d    *frame
	stop func() // listening to the device's theme and to keys
}

// OnMount finds out who is here and starts the report worker.
func (p *Desk) OnMount(ctx app.Context) {
	p.start(ctx)
	theme, keys := ui.OnDeviceTheme(func() { p.d.On(p.d.repaint) }), p.listenKeys()
	p.stop = func() {
		theme()
		keys()
	}
	if p.d.User == nil {
		p.d.checked = true // nobody was logged in here: no need to ask
		return
	}
	p.d.checkSession()
}

// OnPreRender starts the page where go-app mounts nothing: in native tests.
func (p *Desk) OnPreRender(ctx app.Context) { p.start(ctx) }

func (p *Desk) start(ctx app.Context) {
	d := &frame{Desk: kit.NewDesk(ctx, p.Office), pages: p.Pages}
	d.Desk.Frame = d
	p.d = d
	d.loadPreferences()
	d.navigated()
}

// OnNav shows the section of the address.
func (p *Desk) OnNav(ctx app.Context) {
	if p.d != nil {
		p.d.Ctx = ctx
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
		p.d.Rev++
	}
}

// OnAppInstallChange shows or hides the button to install.
func (p *Desk) OnAppInstallChange(app.Context) {
	if p.d != nil {
		p.d.Rev++
	}
}

// OnDismount ends the worker.
func (p *Desk) OnDismount() {
	if p.stop != nil {
		p.stop()
	}
	if p.d != nil && p.d.Client != nil {
		p.d.Client.Close()
	}
}

func (d *frame) loadPreferences() {
	d.Lang = prefs.Language(d.Ctx)
	d.theme = prefs.Load(d.Ctx).Theme
	ui.SetLang(string(d.Lang))
	ui.SetTheme(d.theme)
	var f kit.Filter
	if err := d.Ctx.LocalStorage().Get(kit.FilterKey, &f); err == nil && f.Period != "" {
		d.Filter = f
	}
	if err := d.Ctx.LocalStorage().Get(foldedKey, &d.folded); err != nil {
		d.folded = false
	}
	if err := d.Ctx.LocalStorage().Get(kit.KeptKey, &d.Shelf); err != nil {
		d.Shelf = kit.Shelf{}
	}
	if err := d.Ctx.LocalStorage().Get(kit.GridsKey, &d.Grids); err != nil || d.Grids == nil {
		d.Grids = map[string]kit.GridState{}
	}
	var u wire.User
	if err := d.Ctx.LocalStorage().Get(kit.UserKey, &u); err == nil && u.Login != "" {
		d.enter(u)
	}
	d.measureScreen()
}

// measureScreen reads what drawings depend on: width and colours.
func (d *frame) measureScreen() {
	width, _ := app.Window().Size()
	d.Narrow = width > 0 && width < narrowWidth
	d.Colours = chart.CanvasColours()
}

// narrowWidth is the width below which tables stand upright, in CSS pixels.
const narrowWidth = 700

func (d *frame) setLang(lang i18n.Lang) {
	d.Lang = lang
	prefs.SetLanguage(d.Ctx, lang)
	ui.SetLang(string(lang))
	d.redraw()
	d.title()
}

func (d *frame) setTheme(theme string) {
	d.theme = theme
	stored := prefs.Load(d.Ctx)
	stored.Theme = theme
	prefs.Save(d.Ctx, stored)
	ui.SetTheme(theme)
	d.repaint()
}

// repaint draws everything in the colours of the theme of the moment.
func (d *frame) repaint() {
	d.measureScreen()
	d.redraw()
}

// navigated shows the page of the address.
func (d *frame) navigated() {
	before := d.page.Path
	next := d.pageAt(d.Ctx.Page().URL().Path)
	if v, ok := d.views[before].(kit.Leaver); ok && before != next.Path {
		v.Leave()
	}
	d.page = next
	if before == next.Path && d.DrillPanel.Open {
		if d.Ctx.Page().URL().Fragment != kit.BehindMark { // Back
			d.DrillPanel.Marked = false
			d.CloseDrill()
		}
		return
	}
	d.Menu = ""
	d.CloseDrill()
	d.title()
	d.readAddress()
	d.opened()
}

// readAddress takes the filter of the address, or gives it ours.
func (d *frame) readAddress() {
	if d.page.Uses == kit.UsesNothing {
		return
	}
	if f, ok := kit.FilterOf(d.Ctx.Page().URL().Query()); ok {
		d.Filter, d.choices.lost = f, 0
		d.Keep(kit.FilterKey, d.Filter)
		if d.Insight.Ready {
			d.loadNames()
		}
	}
	d.ShowAddress()
}

func (d *frame) title() {
	d.Ctx.Page().SetTitle(d.Lang.T(d.page.Name) + " · Tillsight")
}

// opened gets what the page shows.
func (d *frame) opened() {
	if d.User != nil && d.page.Make != nil && d.allowed(d.page) {
		d.view().Refresh()
	}
}

// Refresh asks anew for what the page shows.
func (d *frame) Refresh() { d.opened() }

// RefreshReports asks anew for what depends on the filter.
func (d *frame) RefreshReports() {
	if d.page.Uses != kit.UsesNothing {
		d.opened()
	}
}

// redraw makes all drawings anew: colours, language or width changed.
func (d *frame) redraw() {
	d.Rev++
	d.Looks++
	for _, v := range d.views {
		v.Redraw()
	}
}

// Connect starts the report worker.
func (d *frame) Connect() {
	if d.Client != nil {
		return
	}
	port, err := d.Office.StartInsight()
	if err != nil {
		d.Fault = errcode.As(err)
		return
	}
	d.starts = append(d.starts, d.Now())
	client := bridge.NewClient(port)
	d.Client, d.Fault = client, nil
	bridge.OnEvent(client, bridge.EventInsight, func(s bridge.Insight) { d.On(func() { d.Learn(s) }) })
	bridge.OnEvent(client, bridge.EventProgress, func(p bridge.Progress) {
		d.On(func() {
			if p.Task == "query" {
				d.Work = p
			} else {
				d.Progress = p
			}
		})
	})
	client.OnGone(func(e *errcode.Error) { d.On(func() { d.gone(client, e) }) })
	kit.ApplyBudget(d.Desk, kit.DeviceBudget(d.Desk))
	d.refresh()
}

func (d *frame) refresh() {
	kit.Query(context.Background(), d.Desk, bridge.InsightState, bridge.Nothing{}, func(s bridge.Insight, e *errcode.Error) {
		if e != nil {
			d.Fault = e
			return
		}
		d.Learn(s)
	})
}

// gone starts a worker that has ended anew; one that ends three times in a
// minute is left alone.
func (d *frame) gone(client *bridge.Client, e *errcode.Error) {
	if client != d.Client || e.Code == errcode.Cancelled {
		return
	}
	recent := 0
	for _, at := range d.starts {
		if d.Now().Sub(at) < time.Minute {
			recent++
		}
	}
	client.Close()
	d.Client = nil
	if recent >= 3 {
		d.Fault = e
		return
	}
	d.Connect()
}

// Learn takes the report worker's state in and asks again when its data changed.
func (d *frame) Learn(s bridge.Insight) {
	before := d.Insight
	d.Insight, d.Heard = s, true
	if s.Fault != nil && s.Fault.Code == errcode.Unauthorised {
		d.checkSession()
	}
	if s.Online && !before.Online && len(d.Shelf.Dirty) > 0 {
		kit.SyncKept(d.Desk)
	}
	if s.Ready && (!before.Ready || s.Data != before.Data) {
		d.loadNames()
		d.RefreshReports()
	}
}
