package register

import (
	"strings"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/scanner"
	"tillsight/shared/parking"
)

// barcodeMin is the length of the shortest barcode on goods, EAN-8. What is
// shorter may be a number that somebody typed fast: article or PLU.
const barcodeMin = 8

// number reports whether text may be a number that somebody typed fast.
func number(text string) bool {
	return text != "" && len(text) < barcodeMin && strings.Trim(text, "0123456789.,") == ""
}

// scanned takes a code, on whatever screen. Each is sold, or the screen says
// why it is not.
func (r *register) scanned(code string) { r.heardCode(scanner.Code{Text: code}) }

func (r *register) heardCode(c scanner.Code) {
	c.Text, c.Local = strings.TrimPrefix(c.Text, r.Prefs.ScanPrefix), strings.TrimPrefix(c.Local, r.Prefs.ScanPrefix)
	// The key that leads into the input line belongs to no code typed quickly behind it.
	c.Text, c.Local = strings.TrimPrefix(c.Text, "/"), strings.TrimPrefix(c.Local, "/")
	switch {
	case c.Text == "":
		r.Sound(false)
	case r.State.Phase == bridge.PhaseSignedOut:
		r.gate.scanned(c.Text)
	case r.State.Phase == bridge.PhaseNew:
		r.gate.text = c.Text
		r.gate.rev++
		r.gate.enrol()
	case r.State.Phase == bridge.PhaseNoShift && number(c.Text):
		r.input(c.Text)
	case r.State.Phase == bridge.PhaseNoShift:
		r.refuseScan(i18n.ScanNoShift)
	case r.State.Phase != bridge.PhaseSelling:
		r.Sound(false) // the whole screen says why
	default:
		r.scannedSelling(c)
	}
}

func (r *register) scannedSelling(c scanner.Code) {
	switch {
	case r.sheet != nil && r.scannedInto(c):
	case parking.IsPart(c.Text):
		r.scanSlip(c.Text)
	case r.pay.busy:
		r.refuseScan(i18n.ScanRefused)
	case r.sheet == nil && r.screen == screenPay && number(c.Text):
		r.input(c.Text) // quick hands: the sum given, and Enter behind it
		r.submit()
	case r.screen == screenPay && r.pay.taken() > 0:
		r.refuseScan(i18n.ScanCardTaken)
	case r.screen == screenReceipts && (len(c.Text) < barcodeMin || strings.Contains(c.Text, "-")):
		r.receipts.put(c.Text)
	default:
		r.find.scan(bridge.Scan{Code: c.Text, Typed: len(c.Text) < barcodeMin}, c.Local)
	}
}

// scannedInto reports whether the open sheet takes a scan, or has it wait.
func (r *register) scannedInto(c scanner.Code) bool {
	if s, reads := r.sheet.(reader); reads {
		s.read(c.Text)
		return true
	}
	if parking.IsPart(c.Text) {
		return false
	}
	if _, takes := r.sheet.(numeric); takes && number(c.Text) {
		form := r.sheet.base()
		form.put(form.text + c.Text)
		return true
	}
	if s, holds := r.sheet.(holder); holds {
		r.refuseScan(s.hold())
		return true
	}
	if s, settles := r.sheet.(settler); settles && !s.settle() {
		r.Sound(false)
		return true
	}
	return false
}

// refuseScan says aloud why a scan has to wait, where the eyes are.
func (r *register) refuseScan(why *i18n.Message) {
	r.Sound(false)
	r.Tell(r.Lang.T(why))
}

// muted says what to set when keys come that say nothing of what they mean.
func (r *register) muted() { r.refuseScan(i18n.ScanMute) }
