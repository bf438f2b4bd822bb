package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
)

// slip is what goes to the printer.
type slip struct {
	sale   *bridge.Paid
	report *bridge.ShiftReport
	copy   bool
	why    *bridge.Why
	parked *bridge.ParkedSlip
}

func (s *slip) draw(r *register) app.UI {
	paper := r.paper()
	switch {
	case s.report != nil:
		return paper.Report(s.report)
	case s.why != nil:
		return paper.Why(s.why)
	case s.parked != nil:
		return paper.Slip(s.parked)
	case s.sale == r.paid.sale:
		return r.paid.paper()
	}
	return paper.Receipt(&s.sale.Receipt, s.sale.Cashier, s.copy)
}

func (r *register) paper() *kit.Paper { return &kit.Paper{Words: &r.Words, Till: r.State.Till} }

// print draws s for the printer and opens the browser's print dialog.
func (r *register) print(s *slip) {
	r.slip = s
	width := kit.PaperWide
	if r.Prefs.Narrow {
		width = kit.PaperNarrow
	}
	r.Later(func() { ui.Print(".slip .paper", width) })
}

// printShown prints what the screen shows.
func (r *register) printShown() {
	switch r.screen {
	case screenPaid:
		r.print(&slip{sale: r.paid.sale})
	case screenReceipts:
		if r.receipts.shown != nil {
			r.print(&slip{sale: r.receipts.shown, copy: true})
		}
	case screenReport:
		r.print(&slip{report: r.report})
	}
}
