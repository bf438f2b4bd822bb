package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// quantitySheet asks how much of the line is sold.
type quantitySheet struct{ form }

func (s *quantitySheet) id() string    { return "sheet-quantity" }
func (s *quantitySheet) decimals() int { return 3 }

func (s *quantitySheet) draw() app.UI {
	line, _ := s.r.basket.Current()
	return s.ask(s.id(), s.Lang.T(i18n.QuantityTitle, "n", line.N), line.Name.In(string(s.Lang)), line.Unit, app.Span().Hidden(true), func() { s.take() })
}

// settle takes the quantity that was typed before a scan, if any.
func (s *quantitySheet) settle() bool { return s.text == "" || s.take() }

// take reports whether the number could be taken.
func (s *quantitySheet) take() bool {
	line, ok := s.r.basket.Current()
	q, err := quantity.Parse(s.text, line.Unit)
	if err != nil {
		s.fault = errcode.As(err)
		return false
	}
	if !ok || !s.SureQuantity(q, line.Unit, line.Price) {
		return false
	}
	s.busy = true
	kit.Order(s.Page, bridge.TillSetQuantity, bridge.SetQuantity{N: line.N, Quantity: q}, s.taken)
	return true
}

// weightSheet asks for the weight of goods before they are sold.
type weightSheet struct {
	form
	goods bridge.Product
}

func (s *weightSheet) id() string    { return "sheet-weight" }
func (s *weightSheet) decimals() int { return 3 }

func (s *weightSheet) draw() app.UI {
	var balance app.UI = app.Span().Hidden(true)
	if s.goods.Unit == quantity.Kilogram {
		balance = s.r.balance.draw()
	}
	return s.ask(s.id(), s.Lang.T(i18n.WeightTitle), s.goods.Name.In(string(s.Lang)), s.goods.Unit, balance, func() { s.take() })
}

// settle takes the weight. Without one the goods would be forgotten, so the scan
// waits.
func (s *weightSheet) settle() bool {
	if s.text == "" {
		s.note = s.Lang.T(i18n.ScanNoWeight)
		return false
	}
	return s.take()
}

func (s *weightSheet) take() bool {
	q, err := quantity.Parse(s.text, s.goods.Unit)
	if err != nil {
		s.fault = errcode.As(err)
		return false
	}
	if !s.SureQuantity(q, s.goods.Unit, s.goods.Amount) {
		return false
	}
	s.r.closeSheet()
	s.r.find.add(s.goods.SKU, q)
	return true
}

// ask draws a sheet that wants one number.
func (f *form) ask(id, title, name string, unit quantity.Unit, above app.UI, enter func()) app.UI {
	l := f.Lang
	return ui.Sheet(id, title, "", f.closing(),
		above,
		f.field("quantity-field", name, l.Unit(unit), "", enter),
		f.keypad(3),
		f.problem(),
		f.actions(&ui.Button{ID: "set-quantity", Label: l.T(i18n.QuantityGo), Kind: ui.Primary, Disabled: f.busy || f.text == "", OnPress: f.Press(enter)}),
	)
}
