package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// drawParkedSheet lists what can be recalled.
func (r *register) drawParkedSheet() app.UI {
	l, p := r.Lang, &r.parked
	var body []app.UI
	switch {
	case p.fault != nil:
		body = append(body, r.ErrorBox(p.fault))
	case !p.ready:
		body = append(body, app.Div().Class("parked-list").Aria("busy", true))
	case len(p.list.Rows) == 0:
		body = append(body, ui.EmptyState("⏸", l.T(i18n.ParkedNone), l.T(i18n.ParkedHow)))
	default:
		body = append(body, r.drawParkedList())
	}
	if r.basket.Open() {
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
	l := r.Lang
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
	l := r.Lang
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
		slip = &ui.Button{ID: "slip-" + row.ID, Label: l.T(i18n.ParkedSlip), Kind: ui.Quiet, OnPress: r.Press(func() { r.showSlip(row.ID) })}
	}
	return app.Div().Class("parked-line").Body(
		app.Button().Type("button").Class("parked-row").DataSet("id", row.ID).DataSet("number", row.Number).
			Disabled(r.basket.Open() || r.form.busy).OnClick(r.recallRow).Body(
			app.Span().Class("row-number").Text(row.Number),
			app.Span().Class("row-sum").Text(r.Sum(row.Total)),
			app.Span().Class("row-time").Text(r.Clock(row.At, i18n.Moment)+" · "+l.T(i18n.Positions, "n", row.Count)),
			app.Span().Class("parked-note").Text(what),
		),
		slip,
	)
}

func (r *register) recallRow(ctx app.Context, _ app.Event) {
	r.Rev++
	r.recallOne(ctx.JSSrc().Get("dataset").Get("id").String())
}

// drawSlipSheet shows a parking slip: the codes can be scanned from the screen.
func (r *register) drawSlipSheet() app.UI {
	if r.parked.slip == nil {
		return app.Span().Hidden(true)
	}
	l, s := r.Lang, r.parked.slip
	return ui.Sheet(string(sheetSlip), l.T(i18n.SlipTitle)+" "+s.Row.Number, "sheet-slip", r.closing(),
		app.P().Class("sheet-how").Text(r.SlipHow(s)),
		app.Div().Class("slip-codes").Body(r.SlipCodes(s)...),
		r.problem(),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "close-slip", Label: l.T(i18n.Close), OnPress: r.Press(r.closeSheet)},
			&ui.Button{ID: "print-slip", Label: l.T(i18n.Print), Kind: ui.Primary, OnPress: r.Press(func() { r.print(&slip{parked: s}) })}),
	)
}

// drawCloseParked tells who closes the shift what still waits, and where it is.
func (r *register) drawCloseParked() app.UI {
	if r.waiting.Parked == 0 {
		return app.Span().Hidden(true)
	}
	return app.Div().ID("close-parked").Class("toast warn close-parked").Role("status").Body(
		app.Span().Class("toast-text").Text(r.Lang.T(i18n.CloseParked, "n", r.waiting.Parked, "sum", r.Sum(r.waiting.ParkedSum))),
		&ui.Button{ID: "close-see-parked", Label: r.Lang.T(i18n.ParkedTitle), OnPress: r.Press(r.openParked)},
	)
}
