package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// sheet is a dialog over the selling screen. Its state is made when it opens and
// dies with it. To add one: a type with a form in a file of its own, and the
// action that opens it. What it has to do with scans it says by holder, settler,
// numeric and reader; without them a scan closes it and sells, so that nothing
// stands in a scanner's way.
type sheet interface {
	id() string // of the dialog
	draw() app.UI
	base() *form
}

// holder is a sheet for which scans have to wait, and why.
type holder interface{ hold() *i18n.Message }

// settler takes what was typed before a scan closes the sheet; false when that
// can't be taken, and the scan has to wait.
type settler interface{ settle() bool }

// numeric is a sheet whose number is what is typed without a field.
type numeric interface{ decimals() int }

// reader takes codes that are scanned while the sheet is open.
type reader interface{ read(code string) }

// form is what all sheets have.
type form struct {
	*kit.Page
	r *register

	text  string // of the main field
	rev   int    // rises when the program changes text
	busy  bool
	fault *errcode.Error
	note  string
}

func (r *register) form() form { return form{Page: r.Page, r: r, rev: r.Rev} }

func (f *form) base() *form { return f }

// done closes the sheet after its answer, or shows the answer's error in it. When
// the sheet is gone, since a scan went on, the error is said beside the input.
func (f *form) done(e *errcode.Error) bool {
	if f.r.sheet == nil || f.r.sheet.base() != f {
		if e != nil {
			f.Refuse(e)
		}
		return e == nil
	}
	f.busy, f.fault = false, e
	if e != nil {
		return false
	}
	f.r.sheet = nil
	return true
}

// taken takes the answer to a sheet that changed the receipt.
func (f *form) taken(d bridge.Delta, e *errcode.Error) {
	if f.done(e) {
		f.r.basket.changed(d)
	}
}

// put makes text the sheet's number, as if it had been typed.
func (f *form) put(text string) {
	f.text, f.fault, f.note = text, nil, ""
	f.rev++
}

// readSum reads the sheet's sum, which is more than nothing.
func (f *form) readSum() (money.Amount, bool) {
	amount, err := money.Parse(f.text, f.Currency())
	switch {
	case err != nil:
		f.fault = errcode.As(err)
		return 0, false
	case amount <= 0:
		f.Tell(f.Lang.T(i18n.MoreThanNothing))
		return 0, false
	}
	return amount, true
}

// field is the main field of a sheet.
func (f *form) field(id, label, unit, hint string, enter func()) *ui.Field {
	return &ui.Field{ID: id, Label: label, Unit: unit, Hint: hint, Value: f.text, Rev: f.rev, Mode: "decimal", Focus: true,
		Class: "field-large", OnEnter: f.Press(enter),
		OnText: func(_ app.Context, text string) { f.Rev++; f.text, f.fault, f.note = text, nil, "" }}
}

// keypad puts its keys into the sheet's field.
func (f *form) keypad(decimals int) app.UI {
	return &ui.Keypad{Left: f.DecimalSign(), Delete: f.Lang.T(i18n.Backspace), OnPress: func(_ app.Context, key string) {
		f.Rev++
		f.put(ui.Type(f.text, key, decimals, 9))
	}}
}

// padded puts the keypad beside what a sheet asks.
func (f *form) padded(decimals int, body ...app.UI) app.UI {
	return app.Div().Class("sheet-cols").Body(app.Div().Class("sheet-col").Body(body...), f.keypad(decimals))
}

// problem shows what keeps the sheet from being done, in a place that is always
// there.
func (f *form) problem() app.UI {
	if f.note != "" {
		return f.Problem(f.note, nil)
	}
	return f.Problem("", f.fault)
}

// closing is the button in a sheet's corner.
func (f *form) closing() *ui.Button {
	return &ui.Button{ID: "sheet-close-button", Label: "✕", Name: f.Lang.T(i18n.Close), Kind: ui.Quiet, OnPress: f.Press(f.r.closeSheet)}
}

// actions are the buttons at the end of a sheet.
func (f *form) actions(buttons ...app.UI) app.UI {
	return app.Div().Class("sheet-actions").Body(
		append([]app.UI{&ui.Button{Label: f.Lang.T(i18n.Cancel), OnPress: f.Press(f.r.closeSheet)}}, buttons...)...)
}

// reason is why something is done: a usual reason, so that nobody has to write,
// or any other.
type reason struct {
	usual []*i18n.Message
	text  string
}

func (why *reason) draw(f *form, label *i18n.Message) app.UI {
	var choices []app.UI
	for i, m := range why.usual {
		text := f.Lang.T(m)
		choices = append(choices, f.Choice("reason-"+strconv.Itoa(i), text, why.text == text, func() {
			if why.text == text {
				text = ""
			}
			why.text = text
			f.rev++
		}))
	}
	field := &ui.Field{ID: "reason", Label: f.Lang.T(label), Value: why.text, Rev: f.rev, Mode: "text",
		OnText: func(_ app.Context, text string) { f.Rev++; why.text = text }}
	return app.Div().Class("reasons").Body(field, app.Div().Class("choices-row").Body(choices...))
}

func (r *register) openSheet(s sheet) {
	r.sheet = s
	r.Later(func() { ui.ShowModal(s.id()) })
}

func (r *register) closeSheet() { r.sheet = nil }

// sheetID is the id of the open sheet, "" for none.
func (r *register) sheetID() string {
	if r.sheet == nil {
		return ""
	}
	return r.sheet.id()
}

// drawSheet draws the open sheet, or nothing.
func (r *register) drawSheet() app.UI {
	if r.sheet == nil {
		return app.Span().Hidden(true)
	}
	return r.sheet.draw()
}
