package register

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
)

// header is the line at the top: where this is, how safe the sales are, the
// time, and who sells.
type header struct {
	app.Compo

	R   *register
	Rev int
}

func (r *register) drawHeader() app.UI { return &header{R: r, Rev: r.Rev} }

// Render draws the header.
func (h *header) Render() app.UI {
	r := h.R
	now := r.Now().UnixMilli()
	tone, text := kit.Light(r.State, r.Lang, now)
	name := ""
	if r.State.Cashier != nil {
		name = r.State.Cashier.Name
	}
	return app.Header().Class("top").Body(
		app.Div().Class("top-place").Body(
			app.Span().Class("top-store").Text(r.State.Store.Name.In(string(r.Lang))),
			app.Span().Text(r.Lang.T(i18n.TillNo, "n", r.State.Till)),
			app.If(r.State.Shift != nil && r.State.Shift.Closed == 0, func() app.UI {
				return app.Span().Class("top-shift").Text(r.Lang.T(i18n.ShiftNo, "n", r.State.Shift.Number))
			}),
		),
		app.If(r.paid.lastText() != "", func() app.UI { return app.Span().ID("last-change").Class("top-last").Text(r.paid.lastText()) }),
		app.If(len(r.State.Notices) > 0 && !r.seen, func() app.UI {
			return app.Button().Type("button").ID("notices").Class("top-button top-notices").
				OnClick(h.notices).Text("ⓘ " + strconv.Itoa(len(r.State.Notices)))
		}),
		app.If(r.unprotected(), func() app.UI {
			return app.Button().Type("button").ID("unprotected").Class("top-button top-notices").OnClick(h.light).
				Aria("label", "⚠ "+r.Lang.T(i18n.Unprotected)).Body(app.Span().Text("⚠"), app.Span().Class("top-unprotected").Text(r.Lang.T(i18n.Unprotected)))
		}),
		app.Button().Type("button").ID("light").Class("top-button").OnClick(h.light).Body(ui.StatusLight(tone, text)),
		app.Time().Class("top-clock").Text(r.Clock(now, i18n.Clock)),
		app.Button().Type("button").ID("menu").Class("top-button top-menu").OnClick(h.menu).
			Aria("label", strings.TrimSpace(name+" ▾ "+r.Lang.T(i18n.Menu))).Body(
			app.Span().Class("top-name").Text(name),
			app.Span().Aria("hidden", true).Text("▾"),
		),
	)
}

func (h *header) light(app.Context, app.Event)   { h.open(&lightSheet{h.R.form()}) }
func (h *header) menu(app.Context, app.Event)    { h.open(&menuSheet{h.R.form()}) }
func (h *header) notices(app.Context, app.Event) { h.open(&noticesSheet{h.R.form()}); h.R.seen = true }

func (h *header) open(s sheet) {
	h.R.Rev++
	h.R.openSheet(s)
}

// closing is the button in a sheet's corner.
func (r *register) closing() *ui.Button {
	return &ui.Button{ID: "sheet-close-button", Label: "✕", Name: r.Lang.T(i18n.Close), Kind: ui.Quiet, OnPress: r.Press(r.closeSheet)}
}

// unprotected reports whether the browser may throw the till's storage away when
// the device runs out of room.
func (r *register) unprotected() bool { return r.State.Storage.Quota > 0 && !r.State.Storage.Persisted }

func group(label string, choices ...app.UI) app.UI {
	return app.Div().Class("choices").Role("group").Aria("label", label).Body(
		app.Span().Class("choices-label").Text(label),
		app.Div().Class("choices-row").Body(choices...),
	)
}
