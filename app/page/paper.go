package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

// slip is what goes to the printer.
type slip struct {
	receipt *receipt.Receipt
	report  *bridge.ShiftReport
	copy    bool
	why     *bridge.Why
	parked  *bridge.ParkedSlip
}

func (s *slip) draw(r *register) app.UI {
	switch {
	case s.report != nil:
		return r.drawReportPaper(s.report)
	case s.why != nil:
		return r.drawWhyPaper(s.why)
	case s.parked != nil:
		return r.drawSlipPaper(s.parked)
	}
	return r.drawPaper(s.receipt, s.copy)
}

// Widths of receipt paper in millimetres.
const (
	paperWide   = 80
	paperNarrow = 58
)

// print draws s for the printer and opens the browser's print dialog.
func (r *register) print(s *slip) {
	r.slip = s
	width := paperWide
	if r.prefs.Narrow {
		width = paperNarrow
	}
	r.later(func() { ui.Print(".slip .paper", width) })
}

// printShown prints what the screen shows.
func (r *register) printShown() {
	switch r.screen {
	case screenPaid:
		r.print(&slip{receipt: r.paid})
	case screenReceipts:
		if r.receipts.shown != nil {
			r.print(&slip{receipt: r.receipts.shown, copy: true})
		}
	case screenReport:
		r.print(&slip{report: r.report})
	}
}

// pair is a line of the paper: words to the left, a figure to the right.
func pair(class, name, value string) app.UI {
	return app.Div().Class("pair").Class(class).Body(app.Span().Text(name), app.Span().Text(value))
}

func rule() app.UI { return app.Hr().Class("rule") }

// drawPaper is a receipt as the customer gets it.
func (r *register) drawPaper(p *receipt.Receipt, isCopy bool) app.UI {
	l, store := r.lang, r.state.Store
	title := i18n.PaperSale
	if p.Type == receipt.Return {
		title = i18n.PaperReturn
	}
	body := []app.UI{
		app.P().Class("paper-store").Text(store.Name.In(string(l))),
		app.P().Class("paper-small").Text(store.Address.In(string(l))),
	}
	if store.TaxID != "" {
		body = append(body, app.P().Class("paper-small").Text(l.T(i18n.PaperTaxID, "id", store.TaxID)))
	}
	body = append(body, app.P().Class("paper-title").Text(l.T(title)))
	if p.State == receipt.Cancelled {
		body = append(body, app.P().Class("paper-title").Text(l.T(i18n.PaperCancelled)))
	}
	if isCopy {
		body = append(body, app.P().Class("paper-title").Text(l.T(i18n.PaperCopy)))
	}
	at := p.Closed
	if at == 0 {
		at = p.Opened
	}
	whole := wideOf(p.Lines)
	body = append(body,
		pair("pair-wrap", l.T(i18n.ReceiptNo, "number", p.Number), r.clock(at, i18n.Moment)),
		pair("", l.T(i18n.TillNo, "n", r.state.Till), l.T(i18n.ShiftNo, "n", p.Shift)),
		app.P().Text(r.cashierName(p.Cashier)),
		rule(),
	)
	for _, line := range p.Lines {
		if !line.Voided {
			body = append(body, r.paperLine(line, p, whole))
		}
	}
	body = append(body, rule())
	for _, s := range whole.saved(p.Saved) {
		body = append(body, pair("paper-discount", shortName(s.Name.In(string(l))), l.Money(-s.Amount, r.currency())))
	}
	return app.Article().Class("paper").Body(append(body, r.paperFoot(p)...)...)
}

func (r *register) cashierName(id string) string {
	if r.state.Cashier != nil && r.state.Cashier.ID == id {
		return r.lang.T(i18n.PaperCashier, "name", r.state.Cashier.Name)
	}
	return r.lang.T(i18n.PaperCashier, "name", id)
}

// paperLine is a line on paper. A single piece takes one row: a roll of paper is
// paid for by its length, and carried home.
func (r *register) paperLine(line receipt.Line, of *receipt.Receipt, whole wide) app.UI {
	l, c := r.lang, r.currency()
	amount := l.Quantity(line.Quantity, line.Unit)
	if line.Unit != quantity.Piece {
		amount += "\u00a0" + l.Unit(line.Unit)
	}
	name := line.Name.In(string(l))
	var body []app.UI
	if line.Unit == quantity.Piece && line.Quantity == quantity.One && line.Gross == line.Price {
		body = append(body, pair("paper-name", name, l.Money(line.Gross, c)))
	} else {
		body = append(body, app.P().Class("paper-name").Text(name), pair("", amount+" × "+l.Money(line.Price, c), l.Money(line.Gross, c)))
	}
	if len(line.Parts) > 0 {
		body = append(body, app.P().Class("paper-small").Text(partsText(line, l)))
	}
	body = append(body, r.paperPrice(line, of.Sources)...)
	byHand := line.Discount
	for _, a := range line.Applied {
		if name := promotionName(of.Saved, a.Rule, l); name != "" {
			byHand -= a.Amount
			if whole[a.Rule] {
				continue
			}
			body = append(body, pair("paper-discount", name, l.Money(-a.Amount, c)))
		}
	}
	if byHand != 0 {
		name := l.T(i18n.PaperDiscount)
		if line.Manual.BP != 0 {
			name += " " + l.Percent(line.Manual.BP)
		}
		if line.Manual.Reason != "" {
			name += " · " + line.Manual.Reason
		}
		body = append(body, pair("paper-discount", name, l.Money(-byHand, c)))
	}
	return app.Div().Class("paper-line").Body(body...)
}

// paperVAT is the line of one rate; what is not taxed has none.
func (r *register) paperVAT(t receipt.TaxTotal) app.UI {
	l, c := r.lang, r.currency()
	if t.Class == tax.None {
		return pair("", l.T(i18n.VATNone), l.Money(t.Base, c))
	}
	return pair("", l.T(i18n.PaperVAT, "rate", l.Percent(t.BP), "base", l.Money(t.Base, c)), l.Money(t.Tax, c))
}

func (r *register) paperFoot(p *receipt.Receipt) []app.UI {
	l, c := r.lang, r.currency()
	body := []app.UI{pair("paper-total", l.T(i18n.PaperTotal), r.sum(p.Total))}
	if p.Discount != 0 {
		body = append(body, pair("", l.T(i18n.PaperSaved), l.Money(p.Discount, c)))
	}
	for _, t := range p.Tax {
		body = append(body, r.paperVAT(t))
	}
	body = append(body, rule())
	for _, t := range p.Tenders {
		name := i18n.PaperTendered
		if t.Kind == receipt.Card {
			name = i18n.PayCard
		}
		body = append(body, pair("", l.T(name), l.Money(t.Amount, c)))
	}
	if p.State != receipt.Cancelled && p.Change != 0 {
		body = append(body, pair("paper-change", l.T(i18n.Change), l.Money(p.Change, c)))
	}
	if p == r.paid && len(r.nearly) > 0 {
		body = append(body, app.P().Class("paper-small paper-offer").Text(l.T(i18n.PaperOffer, "offer", r.offerText(r.nearly[0]))))
	}
	thanks := r.state.Store.Thanks.In(string(l))
	if thanks == "" {
		thanks = l.T(i18n.PaperThanks)
	}
	return append(body, app.P().Class("paper-thanks").Text(thanks))
}

// drawReportPaper is an X or Z report.
func (r *register) drawReportPaper(report *bridge.ShiftReport) app.UI {
	l, c, s := r.lang, r.currency(), report.Shift
	title := i18n.ReportX
	if report.Z {
		title = i18n.ReportZ
	}
	sum := func(name *i18n.Message, a money.Amount) app.UI { return pair("", l.T(name), l.Money(a, c)) }
	count := func(name *i18n.Message, n int) app.UI { return pair("", l.T(name), l.Int(int64(n))) }
	body := []app.UI{
		app.P().Class("paper-store").Text(r.state.Store.Name.In(string(l))),
		app.P().Class("paper-small").Text(r.state.Store.Address.In(string(l))),
		app.P().Class("paper-title").Text(l.T(title) + " · " + l.T(i18n.ShiftNo, "n", s.Number)),
		pair("", l.T(i18n.TillNo, "n", r.state.Till), r.clock(report.At, i18n.Moment)),
		pair("", l.T(i18n.ReportOpened), r.clock(s.Opened, i18n.Moment)),
	}
	if s.Closed != 0 {
		body = append(body, pair("", l.T(i18n.ReportClosed), r.clock(s.Closed, i18n.Moment)))
	}
	if s.First != "" {
		body = append(body, pair("pair-wrap", l.T(i18n.ReportNumbers), s.First+" … "+s.Last))
	}
	body = append(body, rule(),
		pair("paper-strong", l.T(i18n.ReportSales), l.Money(s.Sales.Total, c)),
		count(i18n.ReportReceipts, s.Sales.Receipts), sum(i18n.ReportCash, s.Sales.Cash), sum(i18n.ReportCard, s.Sales.Card),
		sum(i18n.ReportDiscount, s.Sales.Discount), rule(),
		pair("paper-strong", l.T(i18n.ReportReturns), l.Money(s.Returns.Total, c)),
		count(i18n.ReportReceipts, s.Returns.Receipts), sum(i18n.ReportCash, s.Returns.Cash), sum(i18n.ReportCard, s.Returns.Card), rule())
	for _, t := range s.Tax {
		body = append(body, r.paperVAT(t))
	}
	body = append(body, count(i18n.ReportCancelled, s.Cancelled), count(i18n.ReportVoids, s.Voids), rule(),
		sum(i18n.ReportFloat, s.Float), sum(i18n.ReportIn, s.CashIn), sum(i18n.ReportOut, -s.CashOut),
		pair("paper-drawer", l.T(i18n.ReportDrawer), r.sum(s.Cash)))
	if report.Parked > 0 {
		body = append(body, pair("", l.T(i18n.ReportParked)+" · "+l.Int(int64(report.Parked)), l.Money(report.ParkedSum, c)))
	}
	return app.Article().Class("paper").Body(append(body, r.counted(report)...)...)
}

// counted compares the drawer with what it should hold.
func (r *register) counted(report *bridge.ShiftReport) []app.UI {
	s := report.Shift
	if s.Counted == nil {
		return nil
	}
	l, c := r.lang, r.currency()
	lines := []app.UI{pair("", l.T(i18n.ReportCounted), l.Money(*s.Counted, c))}
	switch off := *s.Counted - s.Cash; {
	case off > 0:
		lines = append(lines, pair("paper-strong", l.T(i18n.ReportOver), l.Money(off, c)))
	case off < 0:
		lines = append(lines, pair("paper-strong", l.T(i18n.ReportShort), l.Money(-off, c)))
	default:
		lines = append(lines, app.P().Class("paper-small").Text(l.T(i18n.ReportEven)))
	}
	return lines
}
