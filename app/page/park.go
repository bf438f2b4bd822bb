package page

import (
	"fmt"
	"strings"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/parking"
)

// sheets of parked receipts.
const (
	sheetParked sheet = "sheet-parked"
	sheetSlip   sheet = "sheet-slip"
)

// parked is what the page shows of receipts that are set aside.
type parked struct {
	list  bridge.ParkedList
	ready bool
	fault *errcode.Error
	slip  *bridge.ParkedSlip
}

// park sets the open receipt aside at once; what stands in the input line is its
// note. The strip offers the way back.
func (r *register) park() {
	if !r.basket.open() || r.basket.Count == 0 {
		r.say(ui.Warn, i18n.ParkNothing)
		return
	}
	note := strings.TrimSpace(r.find.text)
	r.clearFind()
	order(r, bridge.TillPark, bridge.Park{ID: r.basket.ID, Note: note}, func(p bridge.Parked, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			r.sound(false)
			return
		}
		r.changed(p.Delta)
		r.state.Parked = p.Count
		r.parked.slip = &p.Slip
		r.say(ui.Good, i18n.ParkDone, "number", p.Row.Number)
		r.strip.offers = []offer{
			{id: "unpark", label: i18n.Undo, do: func(r *register) { r.recallOne(p.Row.ID) }},
			{id: "show-slip", label: i18n.ParkedSlip, do: func(r *register) { r.openSheet(sheetSlip) }},
		}
		if r.prefs.Print {
			r.print(&slip{parked: &p.Slip})
		}
	})
}

// recall brings the only parked receipt back, or lists them.
func (r *register) recall() {
	switch {
	case r.basket.open() && r.basket.Count > 0:
		r.openParked()
	case r.state.Parked == 1:
		r.recallOne("")
	default:
		r.openParked()
	}
}

func (r *register) openParked() {
	r.openSheet(sheetParked)
	r.parked.ready = false
	ask(r, bridge.TillParked, bridge.Nothing{}, func(list bridge.ParkedList, e *errcode.Error) {
		r.parked.list, r.parked.fault, r.parked.ready = list, e, true
	})
}

// recallOne brings a parked receipt back; "" is the only one.
func (r *register) recallOne(id string) {
	r.form.busy = true
	order(r, bridge.TillRecall, bridge.Recall{ID: id}, func(back bridge.Recalled, e *errcode.Error) {
		r.form.busy = false
		if e != nil && e.Code == errcode.SeveralParked {
			r.openParked()
			return
		}
		r.recalled(back, e)
	})
}

// scanSlip takes one code of a parking slip.
func (r *register) scanSlip(code string) {
	r.clearFind()
	order(r, bridge.TillRecallSlip, bridge.SlipScan{Text: code}, func(back bridge.Recalled, e *errcode.Error) {
		if e == nil && back.Parts > 0 {
			r.sheet = ""
			r.sound(true)
			r.say(ui.Busy, i18n.SlipPart, "part", back.Part, "parts", back.Parts, "missing", list(back.Missing))
			return
		}
		r.recalled(back, e)
	})
}

// list writes numbers one after the other.
func list(numbers []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(numbers), "[]"), " ", ", ")
}

// recalled shows a receipt that goes on, and what became of its prices.
func (r *register) recalled(back bridge.Recalled, e *errcode.Error) {
	if e != nil {
		if r.sheet == sheetParked {
			r.openParked() // what it showed has changed
		}
		r.fail(e)
		r.sound(false)
		r.form.fault = e
		return
	}
	r.sheet = ""
	if r.screen != screenSell {
		r.screen, r.paid, r.report = screenSell, nil, nil
	}
	r.changed(back.Delta)
	r.state.Parked = max(0, r.state.Parked-1)
	r.sound(true)
	l := r.lang
	text := l.T(i18n.RecallDone, "number", back.Delta.Number)
	if back.How != parking.Own {
		text = l.T(i18n.RecallAs, "number", back.Row.Number, "till", back.Row.Till)
	}
	tone := ui.Good
	switch {
	case back.Repriced && (back.Changed > 0 || back.Dropped > 0 || back.Delta.Total != back.Before):
		tone = ui.Warn
		text += " " + l.T(i18n.RecallRepriced, "n", back.Changed, "before", r.sum(back.Before))
	case back.Repriced:
		text += " " + l.T(i18n.RecallSame)
	case back.Newer > 0:
		text += " " + l.T(i18n.RecallNewer, "n", back.Newer)
	}
	if back.Dropped > 0 {
		text += " " + l.T(i18n.RecallDropped, "n", back.Dropped)
	}
	r.strip = strip{Tone: tone, Text: text, offers: []offer{{id: "put-back", label: i18n.RecallBack, do: (*register).park}}}
}

// showSlip opens the slip of a receipt that was parked here.
func (r *register) showSlip(id string) {
	ask(r, bridge.TillSlip, bridge.ParkedRef{ID: id}, func(slip bridge.ParkedSlip, e *errcode.Error) {
		if e != nil {
			r.form.fault = e
			return
		}
		r.parked.slip = &slip
		r.openSheet(sheetSlip)
	})
}
