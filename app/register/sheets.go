package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
)

// kind is what the page knows of a sheet. To add one: its constant, a line in
// kinds, a method of register that draws it in a file of its own.
type kind struct {
	draw func(*register) app.UI
	// hold says why scans have to wait until the sheet is closed. Without it a scan
	// closes the sheet and sells, so that nothing stands in a scanner's way.
	hold *i18n.Message
	// settle takes what was typed before a scan closes the sheet; false when that
	// can't be taken, and the scan has to wait.
	settle func(*register) bool
	// number says that what is typed without a field is the sheet's number.
	number bool
	// scan takes codes that are scanned while the sheet is open; nil for none.
	scan func(*register, string)
}

var kinds = map[sheet]kind{
	sheetQuantity: {draw: (*register).drawQuantitySheet, number: true, settle: (*register).settleNumber},
	sheetWeight:   {draw: (*register).drawQuantitySheet, number: true, settle: (*register).settleWeight},
	sheetDiscount: {draw: (*register).drawDiscountSheet, number: true, settle: (*register).settleDiscount},
	sheetCancel:   {draw: (*register).drawCancelSheet, hold: i18n.ScanRefused},
	sheetCash:     {draw: (*register).drawCashSheet, number: true, hold: i18n.ScanRefused},
	sheetClose:    {draw: (*register).drawCloseSheet, number: true, hold: i18n.ScanRefused},
	sheetLight:    {draw: (*register).drawLightSheet},
	sheetMenu:     {draw: (*register).drawMenuSheet},
	sheetKeys:     {draw: (*register).drawKeysSheet},
	sheetNotices:  {draw: (*register).drawNoticesSheet},
	sheetWhy:      {draw: (*register).drawWhySheet},
	sheetParked:   {draw: (*register).drawParkedSheet},
	sheetSlip:     {draw: (*register).drawSlipSheet},
	sheetCode:     {draw: (*register).drawCodeSheet, scan: (*register).readCode},
}

// settleNumber takes the quantity that was typed before a scan, if any.
func (r *register) settleNumber() bool { return r.form.text == "" || r.takeNumber() }

// settleWeight takes the weight. Without one the goods would be forgotten, so the
// scan waits.
func (r *register) settleWeight() bool {
	if r.form.text == "" {
		r.form.note = r.Lang.T(i18n.ScanNoWeight)
		return false
	}
	return r.takeNumber()
}

func (r *register) settleDiscount() bool { return r.form.text == "" || r.takeDiscount(false) }

// drawSheet draws the open sheet, or nothing.
func (r *register) drawSheet() app.UI {
	if kind, open := kinds[r.sheet]; open {
		return kind.draw(r)
	}
	return app.Span().Hidden(true)
}

// formField is the main field of a sheet.
func (r *register) formField(id, label, unit, hint string, enter func()) *ui.Field {
	return &ui.Field{ID: id, Label: label, Unit: unit, Hint: hint, Value: r.form.text, Rev: r.form.rev, Mode: "decimal", Focus: true,
		Class: "field-large", OnEnter: r.Press(enter),
		OnText: func(_ app.Context, text string) { r.Rev++; r.form.text, r.form.fault, r.form.note = text, nil, "" }}
}

// formText makes text the sheet's number, as if it had been typed.
func (r *register) formText(text string) {
	r.form.text, r.form.fault, r.form.note = text, nil, ""
	r.form.rev++
}

// reasons are the usual ones, so that nobody has to write.
var reasons = map[sheet][]*i18n.Message{
	sheetDiscount: {i18n.ReasonDamaged, i18n.ReasonShelf, i18n.ReasonRegular, i18n.ReasonComplaint},
	sheetCancel:   {i18n.ReasonLeft, i18n.ReasonNoMoney, i18n.ReasonMistake},
	sheetCash:     {i18n.ReasonCoins, i18n.ReasonBank, i18n.ReasonExpenses},
}

// drawReason offers the usual reasons beside a field for any other.
func (r *register) drawReason(label *i18n.Message) app.UI {
	var choices []app.UI
	for i, m := range reasons[r.sheet] {
		text := r.Lang.T(m)
		choices = append(choices, r.Choice("reason-"+strconv.Itoa(i), text, r.form.reason == text, func() {
			if r.form.reason == text {
				text = ""
			}
			r.form.reason = text
			r.form.rev++
		}))
	}
	return app.Div().Class("reasons").Body(r.reasonField(label), app.Div().Class("choices-row").Body(choices...))
}

// padded puts the keypad beside what a sheet asks.
func (r *register) padded(decimals int, body ...app.UI) app.UI {
	return app.Div().Class("sheet-cols").Body(
		app.Div().Class("sheet-col").Body(body...),
		&ui.Keypad{Left: r.DecimalSign(), Delete: r.Lang.T(i18n.Backspace), OnPress: r.formKey(decimals)},
	)
}

func (r *register) reasonField(label *i18n.Message) *ui.Field {
	return &ui.Field{ID: "reason", Label: r.Lang.T(label), Value: r.form.reason, Rev: r.form.rev, Mode: "text",
		OnText: func(_ app.Context, text string) { r.Rev++; r.form.reason = text }}
}

// problem shows what keeps the sheet from being done, in a place that is always
// there.
func (r *register) problem() app.UI {
	if r.form.note != "" {
		return app.Div().Class("problem").Body(ui.Toast(ui.Warn, r.form.note, app.Span().Hidden(true)))
	}
	return app.Div().Class("problem").Body(r.ErrorBox(r.form.fault))
}

func (r *register) drawQuantitySheet() app.UI {
	l := r.Lang
	title, name, unit := "", "", r.form.weigh.Unit
	if r.sheet == sheetWeight {
		title, name = l.T(i18n.WeightTitle), r.form.weigh.Name.In(string(l))
	} else {
		line, _ := r.basket.Current()
		title, name, unit = l.T(i18n.QuantityTitle, "n", line.N), line.Name.In(string(l)), line.Unit
	}
	return ui.Sheet(string(r.sheet), title, "", r.closing(),
		r.balance.draw(),
		r.formField("quantity-field", name, l.Unit(unit), "", r.setQuantity),
		&ui.Keypad{Left: r.DecimalSign(), Delete: l.T(i18n.Backspace), OnPress: r.formKey(3)},
		r.problem(),
		r.sheetActions(&ui.Button{ID: "set-quantity", Label: l.T(i18n.QuantityGo), Kind: ui.Primary, Disabled: r.form.busy || r.form.text == "", OnPress: r.Press(r.setQuantity)}),
	)
}

// formKey puts keypad keys into the sheet's field.
func (r *register) formKey(decimals int) func(app.Context, string) {
	return func(_ app.Context, key string) {
		r.Rev++
		r.formText(ui.Type(r.form.text, key, decimals, 9))
	}
}

func (r *register) sheetActions(buttons ...app.UI) app.UI {
	return app.Div().Class("sheet-actions").Body(
		append([]app.UI{&ui.Button{Label: r.Lang.T(i18n.Cancel), OnPress: r.Press(r.closeSheet)}}, buttons...)...)
}

func (r *register) drawDiscountSheet() app.UI {
	l := r.Lang
	line, _ := r.basket.Current()
	unit, hint := "%", ""
	if r.form.money {
		unit = r.Symbol()
	}
	if r.State.Cashier != nil && r.State.Cashier.DiscountBP > 0 {
		hint = l.T(i18n.DiscountMax, "limit", l.Percent(r.State.Cashier.DiscountBP))
	}
	title := l.T(i18n.DiscountTitle, "n", line.N)
	if r.form.whole {
		title = l.T(i18n.DiscountAll)
	}
	return ui.Sheet(string(sheetDiscount), title, "sheet-pad", r.closing(),
		app.Div().Class("choices-row").Body(
			r.Choice("discount-line", line.Name.In(string(l)), !r.form.whole, func() { r.form.whole = false }),
			r.Choice("discount-all", l.T(i18n.DiscountWhole), r.form.whole, func() { r.form.whole = true }),
		),
		app.Div().Class("choices-row").Body(
			r.Choice("discount-percent", l.T(i18n.InPercent), !r.form.money, func() { r.form.money = false }),
			r.Choice("discount-sum", l.T(i18n.InMoney), r.form.money, func() { r.form.money = true }),
		),
		r.padded(2, r.formField("discount-field", "", unit, hint, func() { r.discount(false) }), r.drawReason(i18n.DiscountReason)),
		r.problem(),
		r.sheetActions(
			&ui.Button{ID: "clear-discount", Label: l.T(i18n.DiscountNone), OnPress: r.Press(func() { r.discount(true) })},
			&ui.Button{ID: "set-discount", Label: l.T(i18n.DiscountGo), Kind: ui.Primary, Disabled: r.form.busy || r.form.text == "",
				OnPress: r.Press(func() { r.discount(false) })}),
	)
}

func (r *register) drawCancelSheet() app.UI {
	l := r.Lang
	return ui.Sheet(string(sheetCancel), l.T(i18n.CancelAsk, "number", r.basket.Number), "", r.closing(),
		app.P().Class("sheet-sum").Text(l.T(i18n.CancelSum, "lines", l.T(i18n.Positions, "n", r.basket.Count), "sum", r.Sum(r.basket.Total))),
		app.P().Class("sheet-how").Text(l.T(i18n.CancelHow)),
		r.drawReason(i18n.CancelReason),
		r.problem(),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{Label: l.T(i18n.CancelKeep), OnPress: r.Press(r.closeSheet)},
			&ui.Button{ID: "cancel-receipt", Label: l.T(i18n.CancelGo), Kind: ui.Danger, Disabled: r.form.busy, OnPress: r.Press(r.cancelReceipt)}),
	)
}

func (r *register) drawCashSheet() app.UI {
	l := r.Lang
	return ui.Sheet(string(sheetCash), l.T(i18n.CashTitle), "sheet-pad", r.closing(),
		app.Div().Class("choices-row").Body(
			r.Choice("cash-in", l.T(i18n.CashIn), !r.form.out, func() { r.form.out = false }),
			r.Choice("cash-out", l.T(i18n.CashOut), r.form.out, func() { r.form.out = true }),
		),
		r.padded(r.Currency().Exponent, r.formField("cash-field", l.T(i18n.CashSum), r.Symbol(), r.drawerHint(), r.moveCash), r.drawReason(i18n.CashReason)),
		r.problem(),
		r.sheetActions(&ui.Button{ID: "move-cash", Label: l.T(map[bool]*i18n.Message{true: i18n.CashOut, false: i18n.CashIn}[r.form.out]),
			Kind: ui.Primary, Disabled: r.form.busy || r.form.text == "", OnPress: r.Press(r.moveCash)}),
	)
}

// drawerHint says what may be taken out at most.
func (r *register) drawerHint() string {
	if !r.form.out || r.State.Shift == nil {
		return ""
	}
	return r.Lang.T(i18n.CashHolds, "sum", r.Sum(r.State.Shift.Cash))
}

func (r *register) drawCloseSheet() app.UI {
	l := r.Lang
	number, cash := 0, money.Amount(0)
	if r.State.Shift != nil {
		number, cash = r.State.Shift.Number, r.State.Shift.Cash
	}
	return ui.Sheet(string(sheetClose), l.T(i18n.CloseTitle, "n", number), "sheet-pad", r.closing(),
		r.drawCloseParked(),
		r.padded(r.Currency().Exponent, app.P().Class("sheet-how").Text(l.T(i18n.CloseHow, "sum", r.Sum(cash))),
			r.formField("counted", l.T(i18n.CloseCounted), r.Symbol(), l.T(i18n.CloseSkip), r.closeShift)),
		r.problem(),
		r.sheetActions(&ui.Button{ID: "close-shift", Label: l.T(i18n.CloseGo), Kind: ui.Primary, Disabled: r.form.busy, OnPress: r.Press(r.closeShift)}),
	)
}
