package register

import (
	"tillsight/app/bridge"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
)

// tell shows a sentence where the eyes are: in the sheet, beside the sum, beside
// the input.
func (r *register) tell(text string) {
	switch {
	case r.State.Phase != bridge.PhaseSelling:
		r.gate.fault, r.gate.note = nil, text
	case r.sheet != nil:
		form := r.sheet.base()
		form.fault, form.note = nil, text
	case r.screen == screenPay:
		r.pay.fault, r.pay.note = nil, text
	default:
		r.Strip = kit.Strip{Tone: ui.Warn, Text: text}
	}
}
