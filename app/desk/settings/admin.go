package settings

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	wire "tillsight/shared/wire/office"
)

// tills is the page of checkouts, the registers there, and codes for new ones.
type tills struct {
	d *kit.Desk

	places  kit.Remote[[]wire.TillPlace]
	devices kit.Remote[[]wire.Device]

	asked  kit.Form[struct{}, wire.Code] // a code that is being made
	code   *wire.Code                    // that is shown; nil: none
	place  string                        // words for the code's checkout
	copied bool
	ticks  int // rises with each second that a code is shown

	sure   string // device that is about to be revoked
	revoke kit.Form[struct{}, struct{}]
}

// silentAfter is how long a register may be quiet before it counts as silent.
// Registers look for news at least every minute.
const silentAfter = 3 * time.Minute

// Refresh gets checkouts and registers.
func (t *tills) Refresh() {
	server := t.d.Office.Server
	t.places.Load(t.d, office.Asking(server, wire.GetTills, struct{}{}), func(list *[]wire.TillPlace) {
		slices.SortStableFunc(*list, func(a, b wire.TillPlace) int { return cmp.Or(cube.Natural(a.Store, b.Store), a.Till-b.Till) })
	})
	t.devices.Load(t.d, office.Asking(server, wire.GetDevices, struct{}{}), nil)
}

// known is the registers that the page has been told of.
func (t *tills) known() []wire.Device {
	if list := t.devices.Value(); list != nil {
		return *list
	}
	return nil
}

// placeName names a checkout.
func (t *tills) placeName(p wire.TillPlace) string {
	d := t.d
	return t.storeName(p) + ", " + d.Lang.T(tillsNumber, "n", p.Till)
}

func (t *tills) storeName(p wire.TillPlace) string {
	d := t.d
	if name := d.DimName(p.Store, d.Stores); name != p.Store {
		return name
	}
	if p.Name != "" {
		return p.Name
	}
	return d.Lang.T(tillsStore, "store", p.Store)
}

// newCode asks for a code and shows it.
func (t *tills) newCode(p wire.TillPlace) {
	d := t.d
	t.asked.Save(d, office.Asking(d.Office.Server, wire.NewCode, wire.CodeRequest{Store: p.Store, Till: p.Till}),
		func(code wire.Code) []kit.Problem {
			t.code, t.place, t.copied = &code, t.placeName(p), false
			d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-code") })
			t.countDown(&code)
			return nil
		})
}

// countDown has the page drawn each second while code is shown, and looks
// whether its register has come.
func (t *tills) countDown(code *wire.Code) {
	d := t.d
	d.After(time.Second, func(app.Context) {
		if t.code != code {
			return
		}
		d.Rev++
		if t.ticks++; t.ticks%5 == 0 {
			t.Refresh()
		}
		t.countDown(code)
	})
}

// end takes the rights of the register that was asked about.
func (t *tills) end() {
	id := wire.DeviceID{Device: t.sure}
	t.sure = ""
	t.revoke.Save(t.d, func(ctx context.Context) (struct{}, error) {
		return office.Call(ctx, t.d.Office.Server, wire.Revoke, id)
	}, func(struct{}) []kit.Problem {
		t.Refresh()
		return nil
	})
}

// device returns the register id.
func (t *tills) device(id string) (wire.Device, bool) {
	list := t.known()
	i := slices.IndexFunc(list, func(d wire.Device) bool { return d.ID == id })
	if id == "" || i < 0 {
		return wire.Device{}, false
	}
	return list[i], true
}

// Head names the page, with what asks for the registers anew.
func (t *tills) Head() kit.Head {
	l := t.d.Lang
	return kit.Head{Title: l.T(i18n.DeskTills), Acts: []app.UI{
		&ui.Button{ID: "tills-again", Label: "⟳", Name: l.T(i18n.DeskAgain), Kind: ui.Quiet, OnPress: t.d.Press(t.Refresh)}}}
}

// Draw draws the checkouts by store, and registers that are at none any more.
func (t *tills) Draw() app.UI {
	d := t.d
	l := d.Lang
	if !d.Admin() {
		return app.Div().Class("tills").Body(ui.EmptyState("⊘", l.T(i18n.DeskNoRight), ""))
	}
	return app.Div().Class("tills").Body(
		app.P().Class("muted").Text(l.T(tillsHow)),
		app.Div().Class("problem").Body(d.ErrorBox(t.asked.Fault()), d.ErrorBox(t.revoke.Fault())),
		t.places.Draw(d, func(places *[]wire.TillPlace) app.UI {
			// Without the registers no place can be said to be free.
			return t.devices.Draw(d, func(*[]wire.Device) app.UI { return t.drawPlaces(*places) })
		}),
		t.drawCode(),
		t.drawSure(),
	)
}

// drawPlaces draws the checkouts by store, and registers that are at none any more.
func (t *tills) drawPlaces(places []wire.TillPlace) app.UI {
	l := t.d.Lang
	var body []app.UI
	if len(places) == 0 {
		body = append(body, ui.EmptyState("▤", l.T(tillsNone), l.T(tillsNoneHow)))
	}
	for rest := places; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(p wire.TillPlace) bool { return p.Store != rest[0].Store })
		if n < 0 {
			n = len(rest)
		}
		group := []app.UI{app.H2().Class("store-name").Text(t.storeName(rest[0]))}
		for _, p := range rest[:n] {
			group = append(group, t.drawPlace(p))
		}
		body, rest = append(body, app.Section().Class("store").Body(group...)), rest[n:]
	}
	return app.Div().Body(append(body, t.drawOld(places))...)
}

// drawPlace draws a checkout with the register there.
func (t *tills) drawPlace(p wire.TillPlace) app.UI {
	d := t.d
	l := d.Lang
	device, taken := t.device(p.Device)
	tone, state := ui.Tone("free"), l.T(tillsFree)
	detail := ""
	if taken {
		tone, state = t.deviceState(device)
		detail = device.Name
	}
	return app.Div().Class("place").DataSet("place", fmt.Sprintf("%s-%d", p.Store, p.Till)).Body(
		app.Span().Class("place-name").Text(l.T(tillsNumber, "n", p.Till)),
		app.Span().Class("place-state").Body(ui.StatusLight(tone, state), app.Span().Class("muted").Text(detail)),
		app.If(taken, func() app.UI {
			return app.Span().Class("place-facts muted").Text(l.T(tillsFacts) + ": " + l.Int(int64(device.Acked)))
		}).Else(func() app.UI { return app.Span() }),
		app.Div().Class("place-actions").Body(
			&ui.Button{ID: fmt.Sprintf("code-%s-%d", p.Store, p.Till), Label: l.T(tillsNew), Disabled: t.asked.Busy(),
				OnPress: d.Press(func() { t.newCode(p) })},
			app.If(taken, func() app.UI {
				return t.revokeButton(device.ID)
			}),
		),
		app.If(device.Fork, func() app.UI { return app.P().Class("place-fork").Text(l.T(tillsForkHow)) }),
	)
}

// revokeButton asks whether a register is to lose its rights.
func (t *tills) revokeButton(id string) app.UI {
	d := t.d
	return &ui.Button{ID: "revoke-" + id, Label: d.Lang.T(tillsRevoke), Kind: ui.Quiet, OnPress: d.Press(func() {
		t.sure = id
		d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-sure") })
	})}
}

// deviceState says how a register is.
func (t *tills) deviceState(device wire.Device) (ui.Tone, string) {
	d := t.d
	l := d.Lang
	switch {
	case device.Revoked:
		return ui.Bad, l.T(tillsRevoked)
	case device.Replaced:
		return ui.Warn, l.T(tillsReplaced)
	case device.Fork:
		return ui.Bad, l.T(tillsFork)
	case device.LastSeen == 0:
		return ui.Busy, l.T(tillsNever)
	}
	quiet := d.Now().Sub(time.UnixMilli(device.LastSeen))
	if quiet > silentAfter {
		return ui.Warn, l.T(tillsSilent) + ", " + ago(quiet, l)
	}
	return ui.Good, l.T(tillsOnline) + ", " + ago(quiet, l)
}

// ago says how long something was.
func ago(t time.Duration, l i18n.Lang) string {
	switch {
	case t < time.Minute:
		return l.T(agoNow)
	case t < time.Hour:
		return l.T(agoMinutes, "n", int(t.Minutes()))
	case t < 48*time.Hour:
		return l.T(agoHours, "n", int(t.Hours()))
	}
	return l.T(agoDays, "n", int(t.Hours()/24))
}

// drawOld lists registers that are at no checkout any more.
func (t *tills) drawOld(places []wire.TillPlace) app.UI {
	d := t.d
	var rows []app.UI
	for _, device := range t.known() {
		if slices.ContainsFunc(places, func(p wire.TillPlace) bool { return p.Device == device.ID }) {
			continue
		}
		tone, state := t.deviceState(device)
		rows = append(rows, app.Div().Class("place").Body(
			app.Span().Class("place-name").Text(device.Name+" "+device.Store+"-"+fmt.Sprint(device.Till)),
			app.Span().Class("place-state").Body(ui.StatusLight(tone, state)),
			app.Span().Class("place-facts muted").Text(d.Lang.T(tillsFacts)+": "+d.Lang.Int(int64(device.Acked))),
			app.If(!device.Revoked, func() app.UI { return app.Div().Class("place-actions").Body(t.revokeButton(device.ID)) }),
		))
	}
	if len(rows) == 0 {
		return app.Span().Hidden(true)
	}
	return app.Section().Class("store").Body(append([]app.UI{app.H2().Class("store-name").Text(d.Lang.T(tillsOld))}, rows...)...)
}

// drawCode shows the code in large letters, how long it is valid, and where to
// type it.
func (t *tills) drawCode() app.UI {
	d := t.d
	l := d.Lang
	if t.code == nil {
		return app.Span().Hidden(true)
	}
	left := time.UnixMilli(t.code.Expires).Sub(d.Now()).Round(time.Second)
	how := l.T(codeLeft, "time", fmt.Sprintf("%d:%02d", int(left.Minutes()), int(left.Seconds())%60))
	if left <= 0 {
		how = l.T(codeOver)
	}
	label := l.T(codeCopy)
	if t.copied {
		label = l.T(codeCopied)
	}
	closing := &ui.Button{ID: "code-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { t.code = nil })}
	return ui.Sheet("sheet-code", l.T(codeTitle, "place", t.place), "sheet-code", closing,
		app.P().ID("code").Class("code").Text(grouped(t.code.Code)),
		app.P().Class("code-left").Text(how),
		app.P().Class("muted").Text(l.T(codeHow)),
		app.P().Class("code-address").Text(app.Window().URL().Scheme+"://"+app.Window().URL().Host),
		&ui.Button{ID: "code-copy", Label: label, Class: "wide", OnPress: d.Press(func() {
			t.copied = true
			app.Window().Get("navigator").Get("clipboard").Call("writeText", t.code.Code)
		})},
	)
}

// grouped parts a code in the middle, so that it is read off without slips.
func grouped(code string) string {
	if len(code) < 8 || strings.Contains(code, "-") {
		return code
	}
	return code[:len(code)/2] + "-" + code[len(code)/2:]
}

// drawSure asks before a register is revoked.
func (t *tills) drawSure() app.UI {
	d := t.d
	l := d.Lang
	device, ok := t.device(t.sure)
	if !ok {
		return app.Span().Hidden(true)
	}
	keep := d.Press(func() { t.sure = "" })
	place := device.Store + "-" + fmt.Sprint(device.Till)
	return ui.Sheet("sheet-sure", l.T(tillsRevoke), "",
		&ui.Button{ID: "sure-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: keep},
		app.P().Text(l.T(tillsSure, "name", device.Name, "place", place)),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "sure-keep", Label: l.T(tillsKeep), OnPress: keep},
			&ui.Button{ID: "sure-revoke", Label: l.T(tillsRevoke), Kind: ui.Danger, Disabled: t.asked.Busy(),
				OnPress: d.Press(t.end)},
		),
	)
}

func newTills(d *kit.Desk) kit.View {
	return &tills{d: d, devices: kit.Remote[[]wire.Device]{Again: "devices-again"}}
}

// Redraw has nothing to do: the page draws no charts.
func (t *tills) Redraw() {}
