package desk

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/syncproto"
)

// Render draws the log-in page or the section.
func (p *Desk) Render() app.UI {
	root := app.Main().ID("desk").Class("desk")
	d := p.d
	if d == nil || d.user == nil && !d.checked {
		return root.Body(app.Div().Class("desk-wait"))
	}
	root.Lang(string(d.lang)).DataSet("page", d.page.path)
	if d.user == nil {
		return root.Body(d.drawLogIn())
	}
	return root.Body(
		app.A().Class("skip").Href("#page").Text(d.lang.T(i18n.NavSkip)),
		d.drawNav(),
		app.Div().ID("page").Class("desk-page").Body(
			d.drawUpdate(),
			d.drawPage(),
		),
		app.If(d.drill.open, d.drawDrill),
		app.If(d.said.text != "", d.drawSaying),
		app.If(d.menu != "" || d.palette.open, func() app.UI { return &backdrop{D: d} }),
		app.If(d.palette.open, d.drawPalette),
		app.If(d.menu == "keys", d.drawKeyList),
	)
}

// backdrop closes the open menu when anything else is pressed.
type backdrop struct {
	app.Compo

	D *desk
}

// Render draws the backdrop.
func (b *backdrop) Render() app.UI { return app.Div().Class("backdrop").OnClick(b.click) }

func (b *backdrop) click(app.Context, app.Event) {
	b.D.menu, b.D.palette.open = "", false
	b.D.rev++
}

// drawPage draws the page of the address.
func (d *desk) drawPage() app.UI {
	l, p := d.lang, d.page
	if !d.allowed(p) {
		return app.Div().Class("board-state").Body(ui.EmptyState("⊘", l.T(p.name), l.T(i18n.DeskNoRight)))
	}
	if p.uses == usesNothing {
		return app.Div().Class("plain-page").Body(d.view().draw())
	}
	return app.Div().Class("overview").Body(
		d.drawHead(app.H1().Class("desk-title").Text(l.T(p.name)),
			app.Div().Class("head-acts").Body(append(d.headActs(), d.drawKeep())...), d.drawFreshness()),
		d.drawPrintHead(),
		d.drawFilters(),
		d.view().draw(),
	)
}

// headActs are what the page offers beside its title.
func (d *desk) headActs() []app.UI {
	if v, ok := d.view().(header); ok {
		return v.headActs()
	}
	return nil
}

// drawPrintHead says on paper what the page is about.
func (d *desk) drawPrintHead() app.UI {
	return app.P().Class("print-head").Text(strings.Join(append(d.filterWords(), d.freshness()), " · "))
}

// drawHead draws the head of a page: its title, what it offers, and below them
// the other pages of the area.
func (d *desk) drawHead(parts ...app.UI) app.UI {
	return app.Div().Class("desk-top").Body(app.Header().Class("desk-head").Body(parts...), d.drawTabs())
}

// drawTabs offers the other pages of the area.
func (d *desk) drawTabs() app.UI {
	list := d.offered(d.page.area)
	if len(list) < 2 {
		return app.Span().Hidden(true)
	}
	return app.Nav().Class("tabs").Body(
		app.Range(list).Slice(func(i int) app.UI {
			a := app.A().ID("%s", "tab-"+lastPart(list[i].path)).Class("tab").Href(d.href(list[i])).Text(d.lang.T(list[i].name))
			if list[i].path == d.page.path {
				a.Class("tab-here").Aria("current", "page")
			}
			return a
		}),
	)
}

// lastPart is the end of a path: rfm of /manager/rfm.
func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// drawSaying draws the message of the moment.
func (d *desk) drawSaying() app.UI {
	action := app.UI(app.Span().Hidden(true))
	if undo := d.said.undo; undo != nil {
		action = &ui.Button{ID: "undo", Label: d.lang.T(i18n.DeskUndo), Kind: ui.Quiet, OnPress: d.press(func() {
			d.said.text = ""
			undo()
		})}
	}
	return app.Div().Class("saying").Body(ui.Toast(d.said.tone, d.said.text, action))
}

// drawNav draws the areas: at the left, or at the bottom of a phone.
func (d *desk) drawNav() app.UI {
	l := d.lang
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
		if d.page.area == in.area {
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
		&ui.Button{ID: "nav-more", Label: "⋯", Note: l.T(i18n.NavMore), Kind: ui.Quiet, Class: "nav-more", OnPress: d.press(func() { d.openPalette("") })},
		app.Div().Class("nav-end").Body(
			&ui.Button{ID: "nav-fold", Label: sign, Name: l.T(fold), Kind: ui.Quiet, Class: "nav-fold", OnPress: d.press(func() {
				d.folded = !d.folded
				d.keep(foldedKey, d.folded)
			})},
			&ui.Button{ID: "settings", Label: firstName(d.user), Kind: ui.Quiet, Class: "nav-user", Name: l.T(i18n.DeskMenu),
				OnPress: d.press(func() { d.toggleMenu("settings") })},
			app.If(d.menu == "settings", d.drawSettings),
		),
	)
}

func firstName(u *syncproto.User) string {
	name := u.Name
	if name == "" {
		name = u.Login
	}
	if word, _, cut := strings.Cut(name, " "); cut {
		return word
	}
	return name
}

func (d *desk) toggleMenu(name string) {
	if d.menu == name {
		name = ""
	}
	d.menu = name
}

func (d *desk) drawSettings() app.UI {
	l := d.lang
	return app.Div().Class("menu menu-settings").Body(
		app.P().Class("menu-title").Text(d.user.Name+" · "+d.user.Login),
		app.P().Class("menu-label").Text(l.T(i18n.DeskLanguage)),
		d.languages(),
		app.P().Class("menu-label").Text(l.T(i18n.DeskTheme)),
		app.Div().Class("gate-langs").Body(
			d.choice("theme-device", l.T(i18n.DeskThemeOf), d.theme == "", func() { d.setTheme("") }),
			d.choice("theme-light", l.T(i18n.DeskLight), d.theme == "light", func() { d.setTheme("light") }),
			d.choice("theme-dark", l.T(i18n.DeskDark), d.theme == "dark", func() { d.setTheme("dark") }),
		),
		app.If(d.insight.Receipts > 0, func() app.UI { return app.P().Class("menu-note").Text(d.onDevice()) }),
		app.If(d.ctx.IsAppInstallable(), func() app.UI {
			return &ui.Button{ID: "install", Label: l.T(i18n.DeskInstall), Class: "wide", OnPress: func(ctx app.Context) { ctx.ShowAppInstallPrompt() }}
		}),
		&ui.Button{ID: "log-out", Label: l.T(i18n.LogOut), Class: "wide", OnPress: d.press(d.logOut)},
		app.P().Class("menu-note").Text(l.T(i18n.LogOutHow)),
	)
}

// onDevice says which sales are on this device.
func (d *desk) onDevice() string {
	return d.lang.T(i18n.DataOnDevice, "from", d.date(d.insight.From), "to", d.date(d.insight.To),
		"n", d.insight.Receipts, "size", d.lang.Bytes(d.insight.Bytes))
}

// drawUpdate offers a newer version of the program.
func (d *desk) drawUpdate() app.UI {
	if shell.Next() == "" {
		return app.Span().Hidden(true)
	}
	return ui.Toast(ui.Busy, d.lang.T(i18n.DeskUpdate),
		&ui.Button{ID: "update", Label: d.lang.T(i18n.DeskUpdateGo), Kind: ui.Quiet, OnPress: func(app.Context) { shell.Switch() }})
}

// freshness says up to when the data goes.
func (d *desk) freshness() string {
	if up := d.insight.Freshness.UpTo; up > 0 {
		return d.lang.T(i18n.DataUpTo, "time", d.moment(up))
	}
	return d.lang.T(i18n.DataNone)
}

// drawFreshness says up to when the data goes, and what is missing.
func (d *desk) drawFreshness() app.UI {
	l, s := d.lang, d.insight
	tone, text := ui.Good, d.freshness()
	if n := len(s.Freshness.Behind); n > 0 {
		tone, text = ui.Warn, text+" · "+l.T(i18n.DataBehind, "n", n)
	}
	if !d.heard {
		tone, text = ui.Busy, l.T(i18n.Starting)
	} else if s.Tried && !s.Online {
		tone, text = ui.Warn, text+" · "+l.T(i18n.DataOffline)
	}
	if d.atServer() {
		text += " · " + l.T(i18n.AtServerShort)
	}
	return app.Div().Class("fresh").Body(
		&ui.Button{ID: "freshness", Label: text, Kind: ui.Quiet, Class: "fresh-button fresh-" + string(tone),
			OnPress: d.press(func() { d.toggleMenu("fresh") })},
		app.If(d.menu == "fresh", d.drawBehind),
	)
}

// atServer reports whether what the page asks about is answered by the server:
// it goes back to months that are not kept here.
func (d *desk) atServer() bool {
	from, to := d.dates()
	limit := d.insight.Elsewhere
	if limit == "" || d.page.uses == usesNothing || len(to) < len(limit) {
		return false
	}
	if d.page.uses&usesFrom == 0 {
		return true // it looks at everything up to a day
	}
	first, _ := cube.Query{From: from, To: to, Compare: d.filter.Compare}.Months()
	return first <= limit
}

func (d *desk) drawBehind() app.UI {
	l := d.lang
	lines := []app.UI{app.P().Class("menu-note").Text(d.onDevice())}
	for _, b := range d.insight.Freshness.Behind {
		lines = append(lines, app.P().Class("menu-line").Text(
			l.T(i18n.DataSilent, "store", b.Store, "till", b.Till, "time", d.moment(b.UpTo))))
	}
	if d.atServer() {
		lines = append(lines, app.P().ID("at-server").Class("menu-note").Text(l.T(i18n.AtServer, "month", d.insight.Elsewhere)))
	}
	if d.insight.InMemory {
		lines = append(lines, app.P().Class("menu-note").Text(l.T(i18n.DataNoDevice)))
	}
	return app.Div().Class("menu menu-fresh").Body(lines...)
}

// moment writes a time of today as a clock, of other days with the date.
func (d *desk) moment(ms int64) string {
	if now := d.now().UnixMilli(); d.time(ms, i18n.Day) == d.time(now, i18n.Day) {
		return d.time(ms, i18n.Clock)
	}
	return d.time(ms, i18n.Moment)
}

// time writes a time by the clock of the person's shops.
func (d *desk) time(ms int64, style i18n.Style) string {
	zone := ""
	if d.user != nil {
		zone = d.user.Zone
	}
	return d.lang.Time(ms, zone, style)
}

// date writes a business date.
func (d *desk) date(text string) string {
	day, err := cube.ParseDay(text)
	if err != nil {
		return text
	}
	return d.lang.Time(int64(day)*86_400_000, "UTC", i18n.Day)
}
