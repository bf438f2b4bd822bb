package ruleform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// List splits what a person typed between commas and blanks; nil when it is nothing.
func List(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\t' })
	if len(parts) == 0 {
		return nil
	}
	return parts
}

// Count reads a whole number; -1 is none.
func Count(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return -1 // refused by the rule's check, with its place
	}
	return n
}

// Optional is count of a field that may be empty.
func Optional(text string) int {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	return Count(text)
}

// AmountOf reads a sum; -1 is none.
func AmountOf(text string, c money.Currency) money.Amount {
	a, err := money.Parse(strings.TrimSpace(text), c)
	if err != nil {
		return -1 // refused by the rule's check, with its place
	}
	return a
}

// AmountText writes a sum as AmountOf reads it.
func AmountText(a money.Amount, c money.Currency) string { return figureText(int64(a), c.Exponent) }

// BoundOf is AmountOf of a field that may be empty.
func BoundOf(text string, c money.Currency) money.Amount {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	return AmountOf(text, c)
}

// BoundText writes a sum of a field that may be empty, nothing for none.
func BoundText(a money.Amount, c money.Currency) string {
	if a == 0 {
		return ""
	}
	return AmountText(a, c)
}

// PercentOf reads a percentage as basis points; -1 is none.
func PercentOf(text string) int64 {
	bp, err := money.Decimal(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")), 2)
	if err != nil {
		return -1
	}
	return bp
}

// PercentText writes basis points as PercentOf reads them.
func PercentText(bp int64) string { return figureText(bp, 2) }

// figureText writes a figure without superfluous decimals.
func figureText(n int64, exponent int) string {
	text := money.FormatDecimal(n, exponent)
	if whole, rest, cut := strings.Cut(text, "."); cut && strings.Trim(rest, "0") == "" {
		return whole
	}
	return text
}

// WhenText says when a rule runs.
func WhenText(d *kit.Desk, w pricing.When) string {
	l := d.Lang
	var parts []string
	switch {
	case w.From != "" && w.Until != "":
		parts = append(parts, d.Date(w.From)+" – "+d.Date(w.Until))
	case w.From != "":
		parts = append(parts, l.T(promoSince, "date", d.Date(w.From)))
	case w.Until != "":
		parts = append(parts, l.T(promoTill, "date", d.Date(w.Until)))
	default:
		parts = append(parts, l.T(promoAlways))
	}
	var days []string
	for _, day := range w.Days {
		if day >= 1 && day <= 7 {
			days = append(days, l.T(i18n.Weekdays[day-1]))
		}
	}
	if len(days) > 0 {
		parts = append(parts, strings.Join(days, " "))
	}
	for _, span := range w.Hours {
		parts = append(parts, span.From+"–"+span.To)
	}
	return strings.Join(parts, " · ")
}

var problemName = map[string]*i18n.Message{
	pricing.ProblemMissing: problemMissing, pricing.ProblemRange: problemRange, pricing.ProblemFormat: problemFormat,
	pricing.ProblemTwice: problemTwice, pricing.ProblemUnknown: problemUnknown, pricing.ProblemConflict: problemConflict,
}

// fieldOf names the field of the form that a path of a rule is about.
var fieldOf = map[string]*i18n.Message{
	"name": i18n.PromoName, "goods": i18n.PromoGoods, "off": i18n.PromoPercent, "off.bp": i18n.PromoPercent, "off.amount": i18n.PromoSumOff,
	"off.price": i18n.PromoPriceIs, "buy": i18n.PromoBuy, "get": i18n.PromoGet, "from": i18n.PromoFrom, "gift": i18n.PromoGift,
	"steps[0].from": i18n.PromoFrom, "steps[0].off": i18n.PromoPercent, "steps[0].off.bp": i18n.PromoPercent,
	"steps[0].off.amount": i18n.PromoSumOff,
	"parts[0].goods":      i18n.PromoGoods, "parts[1].goods": i18n.PromoSecond, "when.from": i18n.PromoStart, "when.until": i18n.PromoEnd,
	"when.hours[0]": i18n.PromoHourFrom, "when.hours[0].from": i18n.PromoHourFrom, "when.hours[0].to": i18n.PromoHourTo,
	"limit": i18n.PromoLimit, "limit_customer": i18n.PromoLimitWho, "priority": i18n.PromoPriority, "coupon": i18n.PromoCoupon,
	"coupon.length": i18n.CouponLength, "coupon.issued": i18n.CouponIssued, "coupon.code": i18n.CouponCode, "limit_total": i18n.PromoLimitAll,
	"goods.marks": i18n.PromoMarks, "goods.not": i18n.PromoExcept,
}

// Problems are what the check of rules found, as forms show it.
func Problems(found pricing.Problems) []kit.Problem {
	var list []kit.Problem
	for _, p := range found {
		list = append(list, kit.Problem{Field: p.Path, Code: p.Code, Line: p.Line, At: p.Column})
	}
	return list
}

// problemsShown is how many problems are drawn.
const problemsShown = 8

// DrawProblems says what keeps the rule from being saved; of the text with the
// line and column.
func DrawProblems(d *kit.Desk, problems []kit.Problem, raw bool) app.UI {
	l := d.Lang
	lines := []app.UI{}
	for _, problem := range kit.Cut(problems, problemsShown) {
		where := problem.Field
		if name := fieldOf[problem.Field]; name != nil && !raw {
			where = l.T(name)
		}
		if raw && problem.Line > 0 {
			where = l.T(problemAt, "line", strconv.Itoa(problem.Line), "column", strconv.Itoa(problem.At), "path", problem.Field)
		}
		what := problemFormat
		if name := problemName[problem.Code]; name != nil {
			what = name
		}
		lines = append(lines, app.Li().DataSet("path", problem.Field).Text(where+" — "+l.T(what)))
	}
	return app.Ul().Class("form-problems").Aria("live", "polite").Body(lines...)
}

// Draw draws a form of a rule: its fields, what is wrong with it, and what saves
// it. The IDs of its buttons begin with the fields'.
func Draw[T, A any](f *Fieldset, form *kit.Form[T, A], problems []kit.Problem, back, save func(), fields ...app.UI) app.UI {
	d, l := f.D, f.D.Lang
	problems = slices.Concat(form.Found(), problems)
	return app.Div().Class("form-page").Body(app.Div().Class("form-fields").Body(append(fields,
		DrawProblems(d, problems, false),
		d.ErrorBox(form.Fault()),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: f.ID + "back", Label: l.T(i18n.Cancel), OnPress: d.Press(back)},
			&ui.Button{ID: f.ID + "save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || form.Busy(),
				OnPress: d.Press(save)},
		),
	)...))
}
