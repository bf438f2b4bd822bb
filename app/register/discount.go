package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// discountSheet gives a discount by hand, on a line or on the receipt.
type discountSheet struct {
	form
	why   reason
	sum   bool // and no percentage
	whole bool // on the receipt
}

func newDiscount(r *register) sheet {
	return &discountSheet{form: r.form(), why: reason{usual: []*i18n.Message{
		i18n.ReasonDamaged, i18n.ReasonShelf, i18n.ReasonRegular, i18n.ReasonComplaint}}}
}

func (s *discountSheet) id() string    { return "sheet-discount" }
func (s *discountSheet) decimals() int { return 2 }
func (s *discountSheet) settle() bool  { return s.text == "" || s.give(false) }

// give reports whether the discount could be taken; clear takes one back.
func (s *discountSheet) give(clear bool) bool {
	line, _ := s.r.basket.Current()
	d := bridge.Discount{N: line.N, Reason: s.why.text}
	if s.whole {
		d.N = 0
	}
	if !clear && !s.readInto(&d) {
		return false
	}
	s.busy = true
	kit.Order(s.Page, bridge.TillDiscount, d, s.taken)
	return true
}

// readInto reads the percentage or the sum.
func (s *discountSheet) readInto(d *bridge.Discount) bool {
	if s.sum {
		amount, ok := s.readSum()
		d.Amount = amount
		return ok
	}
	bp, err := money.Decimal(s.text, 2)
	switch {
	case err != nil:
		s.fault = errcode.As(err)
		return false
	case bp <= 0 || bp > 100_00:
		s.Tell(s.Lang.T(i18n.PercentRange))
		return false
	}
	d.BP = bp
	return true
}

func (s *discountSheet) draw() app.UI {
	l := s.Lang
	line, _ := s.r.basket.Current()
	unit, hint := "%", ""
	if s.sum {
		unit = s.Symbol()
	}
	if s.State.Cashier != nil && s.State.Cashier.DiscountBP > 0 {
		hint = l.T(i18n.DiscountMax, "limit", l.Percent(s.State.Cashier.DiscountBP))
	}
	title := l.T(i18n.DiscountTitle, "n", line.N)
	if s.whole {
		title = l.T(i18n.DiscountAll)
	}
	give := func() { s.give(false) }
	return ui.Sheet(s.id(), title, "sheet-pad", s.closing(),
		app.Div().Class("choices-row").Body(
			s.Choice("discount-line", line.Name.In(string(l)), !s.whole, func() { s.whole = false }),
			s.Choice("discount-all", l.T(i18n.DiscountWhole), s.whole, func() { s.whole = true }),
		),
		app.Div().Class("choices-row").Body(
			s.Choice("discount-percent", l.T(i18n.InPercent), !s.sum, func() { s.sum = false }),
			s.Choice("discount-sum", l.T(i18n.InMoney), s.sum, func() { s.sum = true }),
		),
		s.padded(2, s.field("discount-field", "", unit, hint, give), s.why.draw(&s.form, i18n.DiscountReason)),
		s.problem(),
		s.actions(
			&ui.Button{ID: "clear-discount", Label: l.T(i18n.DiscountNone), OnPress: s.Press(func() { s.give(true) })},
			&ui.Button{ID: "set-discount", Label: l.T(i18n.DiscountGo), Kind: ui.Primary, Disabled: s.busy || s.text == "", OnPress: s.Press(give)}),
	)
}
