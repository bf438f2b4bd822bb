package kit

import (
	"cmp"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

// Paper draws what comes out of the printer, and stands on the screen before.
type Paper struct {
	*Words
	Till  int
	Offer string // what the receipt lacked little of, "" for nothing
}

// Widths of receipt paper in millimetres.
const (
	PaperWide   = 80
	PaperNarrow = 58
)

// Pair is a line of the paper: words to the left, a figure to the right.
func Pair(class, name, value string) app.UI {
	return app.Div().Class("pair").Class(class).Body(app.Span().Text(name), app.Span().Text(value))
}

func rule() app.UI { return app.Hr().Class("rule") }

// Receipt is a receipt as the customer gets it.
func (r *Paper) Receipt(p *receipt.Receipt, cashier string, isCopy bool) app.UI {
	l, store := r.Lang, r.Store
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
		Pair("pair-wrap", l.T(i18n.ReceiptNo, "number", p.Number), r.Clock(at, i18n.Moment)),
		Pair("", l.T(i18n.TillNo, "n", r.Till), l.T(i18n.ShiftNo, "n", p.Shift)),
		app.P().Text(r.Lang.T(i18n.PaperCashier, "name", cmp.Or(cashier, p.Cashier))),
		rule(),
	)
	for _, line := range p.Lines {
		if !line.Voided {
			body = append(body, r.paperLine(line, p, whole))
		}
	}
	body = append(body, rule())
	for _, s := range whole.saved(p.Saved) {
		body = append(body, Pair("paper-discount", shortName(s.Name.In(string(l))), l.Money(-s.Amount, r.Currency())))
	}
	return app.Article().Class("paper").Body(append(body, r.paperFoot(p)...)...)
}

// paperLine is a line on paper. A single piece takes one row: a roll of paper is
// paid for by its length, and carried home.
func (r *Paper) paperLine(line receipt.Line, of *receipt.Receipt, whole wide) app.UI {
	l, c := r.Lang, r.Currency()
	amount := l.Quantity(line.Quantity, line.Unit)
	if line.Unit != quantity.Piece {
		amount += "\u00a0" + l.Unit(line.Unit)
	}
	name := line.Name.In(string(l))
	var body []app.UI
	if line.Unit == quantity.Piece && line.Quantity == quantity.One && line.Gross == line.Price {
		body = append(body, Pair("paper-name", name, l.Money(line.Gross, c)))
	} else {
		body = append(body, app.P().Class("paper-name").Text(name), Pair("", amount+" × "+l.Money(line.Price, c), l.Money(line.Gross, c)))
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
			body = append(body, Pair("paper-discount", name, l.Money(-a.Amount, c)))
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
		body = append(body, Pair("paper-discount", name, l.Money(-byHand, c)))
	}
	return app.Div().Class("paper-line").Body(body...)
}

// paperVAT is the line of one rate; what is not taxed has none.
func (r *Paper) paperVAT(t receipt.TaxTotal) app.UI {
	l, c := r.Lang, r.Currency()
	if t.Class == tax.None {
		return Pair("", l.T(i18n.VATNone), l.Money(t.Base, c))
	}
	return Pair("", l.T(i18n.PaperVAT, "rate", l.Percent(t.BP), "base", l.Money(t.Base, c)), l.Money(t.Tax, c))
}

func (r *Paper) paperFoot(p *receipt.Receipt) []app.UI {
	l, c := r.Lang, r.Currency()
	body := []app.UI{Pair("paper-total", l.T(i18n.PaperTotal), r.Sum(p.Total))}
	if p.Discount != 0 {
		body = append(body, Pair("", l.T(i18n.PaperSaved), l.Money(p.Discount, c)))
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
		body = append(body, Pair("", l.T(name), l.Money(t.Amount, c)))
	}
	if p.State != receipt.Cancelled && p.Change != 0 {
		body = append(body, Pair("paper-change", l.T(i18n.Change), l.Money(p.Change, c)))
	}
	if r.Offer != "" {
		body = append(body, app.P().Class("paper-small paper-offer").Text(l.T(i18n.PaperOffer, "offer", r.Offer)))
	}
	thanks := r.Store.Thanks.In(string(l))
	if thanks == "" {
		thanks = l.T(i18n.PaperThanks)
	}
	return append(body, app.P().Class("paper-thanks").Text(thanks))
}

// Report is an X or Z report.
func (r *Paper) Report(report *bridge.ShiftReport) app.UI {
	l, c, s := r.Lang, r.Currency(), report.Shift
	title := i18n.ReportX
	if report.Z {
		title = i18n.ReportZ
	}
	sum := func(name *i18n.Message, a money.Amount) app.UI { return Pair("", l.T(name), l.Money(a, c)) }
	count := func(name *i18n.Message, n int) app.UI { return Pair("", l.T(name), l.Int(int64(n))) }
	body := []app.UI{
		app.P().Class("paper-store").Text(r.Store.Name.In(string(l))),
		app.P().Class("paper-small").Text(r.Store.Address.In(string(l))),
		app.P().Class("paper-title").Text(l.T(title) + " · " + l.T(i18n.ShiftNo, "n", s.Number)),
		Pair("", l.T(i18n.TillNo, "n", r.Till), r.Clock(report.At, i18n.Moment)),
		Pair("", l.T(i18n.ReportOpened), r.Clock(s.Opened, i18n.Moment)),
	}
	if s.Closed != 0 {
		body = append(body, Pair("", l.T(i18n.ReportClosed), r.Clock(s.Closed, i18n.Moment)))
	}
	if s.First != "" {
		body = append(body, Pair("pair-wrap", l.T(i18n.ReportNumbers), s.First+" … "+s.Last))
	}
	body = append(body, rule(),
		Pair("paper-strong", l.T(i18n.ReportSales), l.Money(s.Sales.Total, c)),
		count(i18n.ReportReceipts, s.Sales.Receipts), sum(i18n.ReportCash, s.Sales.Cash), sum(i18n.ReportCard, s.Sales.Card),
		sum(i18n.ReportDiscount, s.Sales.Discount), rule(),
		Pair("paper-strong", l.T(i18n.ReportReturns), l.Money(s.Returns.Total, c)),
		count(i18n.ReportReceipts, s.Returns.Receipts), sum(i18n.ReportCash, s.Returns.Cash), sum(i18n.ReportCard, s.Returns.Card), rule())
	for _, t := range s.Tax {
		body = append(body, r.paperVAT(t))
	}
	body = append(body, count(i18n.ReportCancelled, s.Cancelled), count(i18n.ReportVoids, s.Voids), rule(),
		sum(i18n.ReportFloat, s.Float), sum(i18n.ReportIn, s.CashIn), sum(i18n.ReportOut, -s.CashOut),
		Pair("paper-drawer", l.T(i18n.ReportDrawer), r.Sum(s.Cash)))
	if report.Parked > 0 {
		body = append(body, Pair("", l.T(i18n.ReportParked)+" · "+l.Int(int64(report.Parked)), l.Money(report.ParkedSum, c)))
	}
	return app.Article().Class("paper").Body(append(body, r.counted(report)...)...)
}

// counted compares the drawer with what it should hold.
func (r *Paper) counted(report *bridge.ShiftReport) []app.UI {
	s := report.Shift
	if s.Counted == nil {
		return nil
	}
	l, c := r.Lang, r.Currency()
	lines := []app.UI{Pair("", l.T(i18n.ReportCounted), l.Money(*s.Counted, c))}
	switch off := *s.Counted - s.Cash; {
	case off > 0:
		lines = append(lines, Pair("paper-strong", l.T(i18n.ReportOver), l.Money(off, c)))
	case off < 0:
		lines = append(lines, Pair("paper-strong", l.T(i18n.ReportShort), l.Money(-off, c)))
	default:
		lines = append(lines, app.P().Class("paper-small").Text(l.T(i18n.ReportEven)))
	}
	return lines
}

// partsText lists what a kit is made of, for the printed receipt.
func partsText(line receipt.Line, lang i18n.Lang) string {
	var parts []string
	for _, p := range line.Parts {
		text := p.Name.In(string(lang))
		if p.Quantity != quantity.One {
			text += " × " + lang.Quantity(p.Quantity, quantity.Kilogram)
		}
		parts = append(parts, text)
	}
	return lang.T(i18n.PaperKit, "parts", strings.Join(parts, ", "))
}

// paperPrice says on paper which list a price is of, and what it would be without.
func (r *Paper) paperPrice(line receipt.Line, sources []receipt.Source) []app.UI {
	name := priceSource(line, sources, r.Lang)
	if name == "" || line.List == "" { // what a law bounds is the cashier's to know
		return nil
	}
	text := name
	if line.Price < line.Shelf() {
		text += " · " + r.Lang.T(i18n.PaperShelf, "sum", r.Lang.Money(line.Shelf(), r.Currency()))
	}
	return []app.UI{app.P().Class("paper-small").Text(text)}
}

// Why is the explanation for the customer to take away.
func (r *Paper) Why(why *bridge.Why) app.UI {
	l := r.Lang
	body := []app.UI{
		app.P().Class("paper-store").Text(r.Store.Name.In(string(l))),
		app.P().Class("paper-title").Text(l.T(i18n.WhyTitle)),
		app.P().Class("paper-small").Text(l.T(i18n.ReceiptNo, "number", why.Number)),
		rule(),
	}
	body = append(append(body, r.WhySums(why)...), rule())
	for _, c := range why.Prices {
		body = append(body, app.P().Class("paper-name").Text(c.Name.In(string(l))), app.P().Class("paper-small").Text(r.priceReason(c)))
	}
	for _, t := range why.Rules {
		body = append(body, app.P().Class("paper-name").Text(t.Name.In(string(l))), app.P().Class("paper-small").Text(r.whyReason(t)))
	}
	return app.Article().Class("paper").Body(body...)
}

// Slip is the slip that the customer carries to another till.
func (r *Paper) Slip(s *bridge.ParkedSlip) app.UI {
	l, store := r.Lang, r.Store
	body := []app.UI{
		app.P().Class("paper-store").Text(store.Name.In(string(l))),
		app.P().Class("paper-title").Text(l.T(i18n.SlipTitle)),
		app.P().Class("paper-title").Text(l.T(i18n.SlipNotPaid)),
		Pair("", l.T(i18n.ReceiptNo, "number", s.Row.Number), r.Clock(s.Row.At, i18n.Moment)),
		Pair("", l.T(i18n.TillNo, "n", s.Row.Till), l.T(i18n.Positions, "n", s.Row.Count)),
		Pair("paper-total", l.T(i18n.PaperTotal), r.Sum(s.Row.Total)),
	}
	for _, text := range []string{s.Row.Note, s.Row.Name} {
		if text != "" {
			body = append(body, app.P().Class("paper-name").Text(text))
		}
	}
	body = append(body, rule())
	body = append(body, r.SlipCodes(s)...)
	return app.Article().Class("paper").Body(append(body, app.P().Class("paper-small").Text(r.SlipHow(s)))...)
}

func (w *Words) SlipCodes(s *bridge.ParkedSlip) []app.UI {
	var codes []app.UI
	for i, text := range s.Parts {
		label := w.Lang.T(i18n.SlipOf, "n", i+1, "count", len(s.Parts))
		caption := label
		if len(s.Parts) == 1 {
			caption = ""
		}
		codes = append(codes, app.Figure().Class("slip-code").Body(DrawQR(text, label), app.FigCaption().Text(caption)))
	}
	return codes
}

// SlipHow says what to do with a slip.
func (w *Words) SlipHow(s *bridge.ParkedSlip) string {
	switch {
	case s.TooLong:
		return w.Lang.T(i18n.SlipTooLong)
	case len(s.Parts) == 0:
		return w.Lang.T(i18n.SlipNoKey)
	}
	return w.Lang.T(i18n.SlipHow, "n", len(s.Parts))
}
