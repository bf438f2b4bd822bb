package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// offer is a button in the strip: what may be done about what it says.
type offer struct {
	id    string
	label *i18n.Message
	do    func(*register)
}

// drawOffers draws the buttons of the strip.
func (r *register) drawOffers() app.UI {
	var buttons []app.UI
	for _, o := range r.strip.offers {
		buttons = append(buttons, &ui.Button{ID: o.id, Label: r.lang.T(o.label), Kind: ui.Quiet, OnPress: r.press(func() { o.do(r) })})
	}
	return app.Span().Class("toast-offers").Body(buttons...)
}

// drawParkedSheet lists what can be recalled.
func (r *register) drawParkedSheet() app.UI {
	l, p := r.lang, &r.parked
	var body []app.UI
	switch {
	case p.fault != nil:
		body = append(body, r.errorBox(p.fault))
	case !p.ready:
		body = append(body, app.Div().Class("parked-list").Aria("busy", true))
	case len(p.list.Rows) == 0:
		body = append(body, ui.EmptyState("⏸", l.T(i18n.ParkedNone), l.T(i18n.ParkedHow)))
	default:
		body = append(body, r.drawParkedList())
	}
	if r.basket.open() {
		body = append(body, app.P().Class("sheet-how").Text(l.T(i18n.ParkedOpen)))
	}
	foot := i18n.ParkedScan
	if p.ready && p.fault == nil && !p.list.Online {
		foot = i18n.ParkedOffline
	}
	body = append(body, app.P().Class("sheet-how").Text(l.T(foot)), r.problem())
	return ui.Sheet(string(sheetParked), l.T(i18n.ParkedTitle), "sheet-wide", r.closing(), body...)
}

func (r *register) drawParkedList() app.UI {
	l := r.lang
	var rows []app.UI
	own := true
	for i, row := range r.parked.list.Rows {
		if i == 0 && row.Own && !r.parked.list.Rows[len(r.parked.list.Rows)-1].Own {
			rows = append(rows, app.P().Class("parked-part").Text(l.T(i18n.ParkedHere)))
		}
		if own && !row.Own {
			own = false
			rows = append(rows, app.P().Class("parked-part").Text(l.T(i18n.ParkedOthers)))
		}
		rows = append(rows, r.drawParkedRow(row))
	}
	return app.Div().Class("parked-list").ID("parked-list").Body(rows...)
}

func (r *register) drawParkedRow(row bridge.ParkedRow) app.UI {
	l := r.lang
	what := row.Note
	for _, more := range []string{row.Name, row.By} {
		if more != "" && what != "" {
			what += " · "
		}
		what += more
	}
	if !row.Own {
		what = l.T(i18n.ParkedTill, "n", row.Till) + " · " + what
	}
	var slip app.UI = app.Span().Hidden(true)
	if row.Own {
		slip = &ui.Button{ID: "slip-" + row.ID, Label: l.T(i18n.ParkedSlip), Kind: ui.Quiet, OnPress: r.press(func() { r.showSlip(row.ID) })}
	}
	return app.Div().Class("parked-line").Body(
		app.Button().Type("button").Class("parked-row").DataSet("id", row.ID).DataSet("number", row.Number).
			Disabled(r.basket.open() || r.form.busy).OnClick(r.recallRow).Body(
			app.Span().Class("row-number").Text(row.Number),
			app.Span().Class("row-sum").Text(r.sum(row.Total)),
			app.Span().Class("row-time").Text(r.clock(row.At, i18n.Moment)+" · "+l.T(i18n.Positions, "n", row.Count)),
			app.Span().Class("parked-note").Text(what),
		),
		slip,
	)
}

func (r *register) recallRow(ctx app.Context, _ app.Event) {
	r.rev++
	r.recallOne(ctx.JSSrc().Get("dataset").Get("id").String())
}

// drawSlipSheet shows a parking slip: the codes can be scanned from the screen.
func (r *register) drawSlipSheet() app.UI {
	if r.parked.slip == nil {
		return app.Span().Hidden(true)
	}
	l, s := r.lang, r.parked.slip
	return ui.Sheet(string(sheetSlip), l.T(i18n.SlipTitle)+" "+s.Row.Number, "sheet-slip", r.closing(),
		app.P().Class("sheet-how").Text(r.slipHow(s)),
		app.Div().Class("slip-codes").Body(r.slipCodes(s)...),
		r.problem(),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "close-slip", Label: l.T(i18n.Close), OnPress: r.press(r.closeSheet)},
			&ui.Button{ID: "print-slip", Label: l.T(i18n.Print), Kind: ui.Primary, OnPress: r.press(func() { r.print(&slip{parked: s}) })}),
	)
}

// slipHow says what to do with a slip.
func (r *register) slipHow(s *bridge.ParkedSlip) string {
	switch {
	case s.TooLong:
		return r.lang.T(i18n.SlipTooLong)
	case len(s.Parts) == 0:
		return r.lang.T(i18n.SlipNoKey)
	}
	return r.lang.T(i18n.SlipHow, "n", len(s.Parts))
}

func (r *register) slipCodes(s *bridge.ParkedSlip) []app.UI {
	var codes []app.UI
	for i, text := range s.Parts {
		label := r.lang.T(i18n.SlipOf, "n", i+1, "count", len(s.Parts))
		caption := label
		if len(s.Parts) == 1 {
			caption = ""
		}
		codes = append(codes, app.Figure().Class("slip-code").Body(drawQR(text, label), app.FigCaption().Text(caption)))
	}
	return codes
}

// drawSlipPaper is the slip that the customer carries to another till.
func (r *register) drawSlipPaper(s *bridge.ParkedSlip) app.UI {
	l, store := r.lang, r.state.Store
	body := []app.UI{
		app.P().Class("paper-store").Text(store.Name.In(string(l))),
		app.P().Class("paper-title").Text(l.T(i18n.SlipTitle)),
		app.P().Class("paper-title").Text(l.T(i18n.SlipNotPaid)),
		pair("", l.T(i18n.ReceiptNo, "number", s.Row.Number), r.clock(s.Row.At, i18n.Moment)),
		pair("", l.T(i18n.TillNo, "n", s.Row.Till), l.T(i18n.Positions, "n", s.Row.Count)),
		pair("paper-total", l.T(i18n.PaperTotal), r.sum(s.Row.Total)),
	}
	for _, text := range []string{s.Row.Note, s.Row.Name} {
		if text != "" {
			body = append(body, app.P().Class("paper-name").Text(text))
		}
	}
	body = append(body, rule())
	body = append(body, r.slipCodes(s)...)
	return app.Article().Class("paper").Body(append(body, app.P().Class("paper-small").Text(r.slipHow(s)))...)
}

// drawCloseParked tells who closes the shift what still waits, and where it is.
func (r *register) drawCloseParked() app.UI {
	if r.waiting.Parked == 0 {
		return app.Span().Hidden(true)
	}
	return app.Div().ID("close-parked").Class("toast warn close-parked").Role("status").Body(
		app.Span().Class("toast-text").Text(r.lang.T(i18n.CloseParked, "n", r.waiting.Parked, "sum", r.sum(r.waiting.ParkedSum))),
		&ui.Button{ID: "close-see-parked", Label: r.lang.T(i18n.ParkedTitle), OnPress: r.press(r.openParked)},
	)
}
