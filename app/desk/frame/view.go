package frame

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	wire "tillsight/shared/wire/office"
)

// Render draws the log-in page or the section.
func (p *Desk) Render() app.UI {
	root := app.Main().ID("desk").Class("desk")
	d := p.d
	if d == nil || d.User == nil && !d.checked {
		return root.Body(app.Div().Class("desk-wait"))
	}
	root.Lang(string(d.Lang)).DataSet("page", d.page.Path)
	if d.User == nil {
		return root.Body(drawLogIn(d))
	}
	return root.Body(
		app.A().Class("skip").Href("#page").Text(d.Lang.T(i18n.NavSkip)),
		drawNav(d),
		app.Div().ID("page").Class("desk-page").Body(
			drawUpdate(d),
			d.drawPage(),
		),
		app.If(d.DrillPanel.Open, func() app.UI { return kit.DrawDrill(d.Desk) }),
		app.If(d.Said.Text != "", func() app.UI { return drawSaying(d) }),
		app.If(d.Menu != "" || d.palette.open, func() app.UI { return &backdrop{D: d} }),
		app.If(d.palette.open, func() app.UI { return drawPalette(d) }),
		app.If(d.Menu == "keys", func() app.UI { return drawKeyList(d) }),
	)
}

// backdrop closes the open menu when anything else is pressed.
type backdrop struct {
	app.Compo

	D *frame
}

// Render draws the backdrop.
func (b *backdrop) Render() app.UI { return app.Div().Class("backdrop").OnClick(b.click) }

func (b *backdrop) click(app.Context, app.Event) {
	b.D.Menu, b.D.palette.open = "", false
	b.D.Rev++
}

// drawPage draws the page of the address.
func (d *frame) drawPage() app.UI {
	l, p := d.Lang, d.page
	if !d.allowed(p) {
		return app.Div().Class("board-state").Body(ui.EmptyState("⊘", l.T(p.Name), l.T(i18n.DeskNoRight)))
	}
	if p.Uses == kit.UsesNothing {
		return app.Div().Class("plain-page").Body(d.drawOwnHead(), d.view().Draw())
	}
	return app.Div().Class("overview").Body(
		d.DrawHead(app.H1().Class("desk-title").Text(l.T(p.Name)),
			app.Div().Class("head-acts").Body(append(d.HeadActs(), drawKeep(d))...), drawFreshness(d)),
		d.drawPrintHead(),
		d.drawFilters(),
		d.view().Draw(),
	)
}

// drawOwnHead draws the head that a page without a filter bar has for itself.
func (d *frame) drawOwnHead() app.UI {
	v, ok := d.view().(kit.Headed)
	if !ok {
		return app.Span().Hidden(true) // it draws its own
	}
	head := v.Head()
	var parts []app.UI
	if head.Back != nil {
		parts = append(parts, head.Back)
	}
	return d.DrawHead(append(append(parts, app.H1().Class("desk-title").Text(head.Title)), head.Acts...)...)
}

// HeadActs are what the page offers beside its title.
func (d *frame) HeadActs() []app.UI {
	if v, ok := d.view().(kit.Header); ok {
		return v.HeadActs()
	}
	return nil
}

// drawPrintHead says on paper what the page is about.
func (d *frame) drawPrintHead() app.UI {
	return app.P().Class("print-head").Text(strings.Join(append(d.FilterWords(), d.Freshness()), " · "))
}

// Tabs offers the other pages of the area.
func (d *frame) Tabs() app.UI {
	list := d.offered(d.page.Area)
	if len(list) < 2 {
		return app.Span().Hidden(true)
	}
	return app.Nav().Class("tabs").Body(
		app.Range(list).Slice(func(i int) app.UI {
			a := app.A().ID("%s", "tab-"+lastPart(list[i].Path)).Class("tab").Href(d.href(list[i])).Text(d.Lang.T(list[i].Name))
			if list[i].Path == d.page.Path {
				a.Class("tab-here").Aria("current", "page")
			}
			return a
		}),
	)
}

// lastPart is the end of a path: rfm of /manager/rfm.
func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// drawSaying draws the message of the moment.
func drawSaying(d *frame) app.UI {
	action := app.UI(app.Span().Hidden(true))
	if undo := d.Said.Undo; undo != nil {
		action = &ui.Button{ID: "undo", Label: d.Lang.T(i18n.DeskUndo), Kind: ui.Quiet, OnPress: d.Press(func() {
			d.Said.Text = ""
			undo()
		})}
	}
	return app.Div().Class("saying").Body(ui.Toast(d.Said.Tone, d.Said.Text, action))
}

// drawNav draws the areas: at the left, or at the bottom of a phone.
func drawNav(d *frame) app.UI {
	l := d.Lang
	var items []app.UI
	for _, in := range areas {
		list := d.offered(in.area)
		if len(list) == 0 {
			continue
		}
		a := app.A().Class("nav-item").ID("nav-"+string(in.area)).Href(d.href(list[0])).Title(l.T(in.name)).Body(
			app.Span().Class("nav-sign").Aria("hidden", true).Text(in.sign),
			app.Span().Class("nav-name").Text(l.T(in.name)),
		)
		if d.page.Area == in.area {
			a.Class("nav-here").Aria("current", "page")
		}
		items = append(items, a)
	}
	fold, sign := i18n.NavFold, "«"
	nav := app.Nav().Class("nav")
	if d.folded {
		nav.Class("nav-folded")
		fold, sign = i18n.NavUnfold, "»"
	}
	return nav.Body(
		app.Div().Class("nav-brand").Body(app.Span().Class("brand-mark").Aria("hidden", true), app.Span().Class("nav-name").Text("Tillsight")),
		app.Div().Class("nav-items").Body(items...),
		&ui.Button{ID: "nav-more", Label: "⋯", Note: l.T(i18n.NavMore), Kind: ui.Quiet, Class: "nav-more", OnPress: d.Press(func() { d.openPalette("") })},
		app.Div().Class("nav-end").Body(
			&ui.Button{ID: "nav-fold", Label: sign, Name: l.T(fold), Kind: ui.Quiet, Class: "nav-fold", OnPress: d.Press(func() {
				d.folded = !d.folded
				d.Keep(foldedKey, d.folded)
			})},
			&ui.Button{ID: "settings", Label: firstName(d.User), Kind: ui.Quiet, Class: "nav-user", Name: l.T(i18n.DeskMenu),
				OnPress: d.Press(func() { d.ToggleMenu("settings") })},
			app.If(d.Menu == "settings", func() app.UI { return drawSettings(d) }),
		),
	)
}

func firstName(u *wire.User) string {
	name := u.Name
	if name == "" {
		name = u.Login
	}
	if word, _, cut := strings.Cut(name, " "); cut {
		return word
	}
	return name
}

func drawSettings(d *frame) app.UI {
	l := d.Lang
	return app.Div().Class("menu menu-settings").Body(
		app.P().Class("menu-title").Text(d.User.Name+" · "+d.User.Login),
		app.P().Class("menu-label").Text(l.T(i18n.DeskLanguage)),
		languages(d),
		app.P().Class("menu-label").Text(l.T(i18n.DeskTheme)),
		app.Div().Class("gate-langs").Body(
			d.Choice("theme-device", l.T(i18n.DeskThemeOf), d.theme == "", func() { d.setTheme("") }),
			d.Choice("theme-light", l.T(i18n.DeskLight), d.theme == "light", func() { d.setTheme("light") }),
			d.Choice("theme-dark", l.T(i18n.DeskDark), d.theme == "dark", func() { d.setTheme("dark") }),
		),
		app.If(d.Insight.Receipts > 0, func() app.UI { return app.P().Class("menu-note").Text(d.onDevice()) }),
		app.If(d.Ctx.IsAppInstallable(), func() app.UI {
			return &ui.Button{ID: "install", Label: l.T(i18n.DeskInstall), Class: "wide", OnPress: func(ctx app.Context) { ctx.ShowAppInstallPrompt() }}
		}),
		&ui.Button{ID: "log-out", Label: l.T(i18n.LogOut), Class: "wide", OnPress: d.Press(d.logOut)},
		app.P().Class("menu-note").Text(l.T(i18n.LogOutHow)),
	)
}

// onDevice says which sales are on this device.
func (d *frame) onDevice() string {
	return d.Lang.T(i18n.DataOnDevice, "from", d.Date(d.Insight.From), "to", d.Date(d.Insight.To),
		"n", d.Insight.Receipts, "size", d.Lang.Bytes(d.Insight.Bytes))
}

// drawUpdate offers a newer version of the program.
func drawUpdate(d *frame) app.UI {
	if shell.Next() == "" {
		return app.Span().Hidden(true)
	}
	return ui.Toast(ui.Busy, d.Lang.T(i18n.DeskUpdate),
		&ui.Button{ID: "update", Label: d.Lang.T(i18n.DeskUpdateGo), Kind: ui.Quiet, OnPress: func(app.Context) { shell.Switch() }})
}

// drawFreshness says up to when the data goes, and what is missing.
func drawFreshness(d *frame) app.UI {
	l, s := d.Lang, d.Insight
	tone, text := ui.Good, d.Freshness()
	if n := len(s.Freshness.Behind); n > 0 {
		tone, text = ui.Warn, text+" · "+l.T(i18n.DataBehind, "n", n)
	}
	if !d.Heard {
		tone, text = ui.Busy, l.T(i18n.DataStarting)
	} else if s.Tried && !s.Online {
		tone, text = ui.Warn, text+" · "+l.T(i18n.DataOffline)
	}
	if d.atServer() {
		text += " · " + l.T(i18n.AtServerShort)
	}
	return app.Div().Class("fresh").Body(
		&ui.Button{ID: "freshness", Label: text, Kind: ui.Quiet, Class: "fresh-button fresh-" + string(tone),
			OnPress: d.Press(func() { d.ToggleMenu("fresh") })},
		app.If(d.Menu == "fresh", func() app.UI { return drawBehind(d) }),
	)
}

// atServer reports whether what the page asks about is answered by the server:
// it goes back to months that are not kept here.
func (d *frame) atServer() bool {
	from, to := d.Dates()
	limit := d.Insight.Elsewhere
	if limit == "" || d.page.Uses == kit.UsesNothing || len(to) < len(limit) {
		return false
	}
	if d.page.Uses&kit.UsesFrom == 0 {
		return true // it looks at everything up to a day
	}
	first, _ := cube.Query{From: from, To: to, Compare: d.Filter.Compare}.Months()
	return first <= limit
}

func drawBehind(d *frame) app.UI {
	l := d.Lang
	lines := []app.UI{app.P().Class("menu-note").Text(d.onDevice())}
	for _, b := range d.Insight.Freshness.Behind {
		lines = append(lines, app.P().Class("menu-line").Text(
			l.T(i18n.DataSilent, "store", b.Store, "till", b.Till, "time", d.Moment(b.UpTo))))
	}
	if d.atServer() {
		lines = append(lines, app.P().ID("at-server").Class("menu-note").Text(l.T(i18n.AtServer, "month", d.Insight.Elsewhere)))
	}
	if d.Insight.InMemory {
		lines = append(lines, app.P().Class("menu-note").Text(l.T(i18n.DataNoDevice)))
	}
	return app.Div().Class("menu menu-fresh").Body(lines...)
}
