package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
)

// parkedSheet lists what can be recalled.
type parkedSheet struct {
	form
	list  bridge.ParkedList
	ready bool
}

func (s *parkedSheet) id() string { return "sheet-parked" }

func (s *parkedSheet) draw() app.UI {
	l := s.Lang
	var body []app.UI
	switch {
	case s.fault != nil:
		body = append(body, s.ErrorBox(s.fault))
	case !s.ready:
		body = append(body, app.Div().Class("parked-list").Aria("busy", true))
	case len(s.list.Rows) == 0:
		body = append(body, ui.EmptyState("⏸", l.T(i18n.ParkedNone), l.T(i18n.ParkedHow)))
	default:
		body = append(body, s.drawList())
	}
	if s.r.basket.Open() {
		body = append(body, app.P().Class("sheet-how").Text(l.T(i18n.ParkedOpen)))
	}
	foot := i18n.ParkedScan
	if s.ready && s.fault == nil && !s.list.Online {
		foot = i18n.ParkedOffline
	}
	body = append(body, app.P().Class("sheet-how").Text(l.T(foot)), s.problem())
	return ui.Sheet(s.id(), l.T(i18n.ParkedTitle), "sheet-wide", s.closing(), body...)
}

func (s *parkedSheet) drawList() app.UI {
	l := s.Lang
	var rows []app.UI
	own := true
	for i, row := range s.list.Rows {
		if i == 0 && row.Own && !s.list.Rows[len(s.list.Rows)-1].Own {
			rows = append(rows, app.P().Class("parked-part").Text(l.T(i18n.ParkedHere)))
		}
		if own && !row.Own {
			own = false
			rows = append(rows, app.P().Class("parked-part").Text(l.T(i18n.ParkedOthers)))
		}
		rows = append(rows, s.drawRow(row))
	}
	return app.Div().Class("parked-list").ID("parked-list").Body(rows...)
}

func (s *parkedSheet) drawRow(row bridge.ParkedRow) app.UI {
	l := s.Lang
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
		slip = &ui.Button{ID: "slip-" + row.ID, Label: l.T(i18n.ParkedSlip), Kind: ui.Quiet, OnPress: s.Press(func() { s.showSlip(row.ID) })}
	}
	return app.Div().Class("parked-line").Body(
		app.Button().Type("button").Class("parked-row").DataSet("id", row.ID).DataSet("number", row.Number).
			Disabled(s.r.basket.Open() || s.busy).OnClick(s.recallRow).Body(
			app.Span().Class("row-number").Text(row.Number),
			app.Span().Class("row-sum").Text(s.Sum(row.Total)),
			app.Span().Class("row-time").Text(s.Clock(row.At, i18n.Moment)+" · "+l.T(i18n.Positions, "n", row.Count)),
			app.Span().Class("parked-note").Text(what),
		),
		slip,
	)
}

func (s *parkedSheet) recallRow(ctx app.Context, _ app.Event) {
	s.Rev++
	s.r.recallOne(ctx.JSSrc().Get("dataset").Get("id").String())
}

// slipSheet shows a parking slip: the codes can be scanned from the screen.
type slipSheet struct {
	form
	slip *bridge.ParkedSlip
}

func (s *slipSheet) id() string { return "sheet-slip" }

func (s *slipSheet) draw() app.UI {
	l, p := s.Lang, s.slip
	return ui.Sheet(s.id(), l.T(i18n.SlipTitle)+" "+p.Row.Number, "sheet-slip", s.closing(),
		app.P().Class("sheet-how").Text(s.SlipHow(p)),
		app.Div().Class("slip-codes").Body(s.SlipCodes(p)...),
		s.problem(),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "close-slip", Label: l.T(i18n.Close), OnPress: s.Press(s.r.closeSheet)},
			&ui.Button{ID: "print-slip", Label: l.T(i18n.Print), Kind: ui.Primary, OnPress: s.Press(func() { s.r.print(&slip{parked: p}) })}),
	)
}

// showSlip opens the slip of a receipt that was parked here.
func (s *parkedSheet) showSlip(id string) {
	kit.Ask(s.Page, bridge.TillSlip, bridge.ParkedRef{ID: id}, func(slip bridge.ParkedSlip, e *errcode.Error) {
		if e != nil {
			s.fault = e
			return
		}
		s.r.openSheet(&slipSheet{s.r.form(), &slip})
	})
}
