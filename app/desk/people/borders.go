package people

import (
	"math"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/money"
	"tillsight/shared/report"
)

// bordersKey keeps the borders of RFM that a person set in this browser.
const bordersKey = "desk.rfm"

// bordersDraft is borders as they are typed: for each score four texts.
type bordersDraft struct {
	rows  [3][rfm.Scores - 1]string
	wrong string // what is wrong with them; "" for nothing known
	rev   int
}

// decimalsOf are the decimals that the borders of each score may be typed with.
func decimalsOf(c money.Currency) [3]int { return [3]int{2, 2, c.Exponent} }

// cut is a border as a decimal number.
type cut struct {
	n        int64
	decimals int
}

// cutsOf are the borders in force as numbers of no more decimals than matter: those
// that were counted to a tenth, sums to the whole; a person's own as they were typed.
func cutsOf(r *report.RFM, c money.Currency) (list [3][rfm.Scores - 1]cut) {
	finest := [3]int{1, 1, 0}
	if r.Fixed {
		finest = decimalsOf(c)
	}
	for row, borders := range [3][]float64{r.Recency, r.Frequency, r.Money} {
		for i := range min(len(borders), rfm.Scores-1) {
			v := borders[i]
			if row == 2 {
				v /= math.Pow10(c.Exponent)
			}
			one := cut{int64(math.Round(v * math.Pow10(finest[row]))), finest[row]}
			for one.decimals > 0 && one.n%10 == 0 {
				one = cut{one.n / 10, one.decimals - 1}
			}
			list[row][i] = one
		}
	}
	return list
}

// shown writes a border for reading.
func (c cut) shown(l i18n.Lang) string { return l.Decimal(c.n, c.decimals) }

// typed writes a border as it is typed.
func (c cut) typed(l i18n.Lang) string {
	return l.Bare(money.Amount(c.n), money.Currency{Exponent: c.decimals})
}

// typedBorders writes the borders that are in force.
func typedBorders(l i18n.Lang, r *report.RFM, c money.Currency) *bordersDraft {
	d := &bordersDraft{}
	for row, cuts := range cutsOf(r, c) {
		for i, one := range cuts {
			d.rows[row][i] = one.typed(l)
		}
	}
	return d
}

// read reads the borders; every row rises.
func (d *bordersDraft) read(l i18n.Lang, c money.Currency) (b report.RFMBorders, wrong string) {
	decimals := decimalsOf(c)
	for row, place := range [3]*[]float64{&b.Recency, &b.Frequency, &b.Money} {
		for _, text := range d.rows[row] {
			n, err := money.Decimal(text, decimals[row])
			if err != nil {
				return b, l.ErrorIn(errcode.As(err), c)
			}
			v := float64(n)
			if row < 2 {
				v /= math.Pow10(decimals[row])
			}
			*place = append(*place, v)
		}
		if !slices.IsSorted(*place) {
			return b, l.T(i18n.RFMBordersWrong)
		}
	}
	return b, ""
}

// bordersPart shows the borders and lets the person set others.
func (p *scores) bordersPart() kit.Part {
	d, l := p.d, p.d.Lang
	own := setBorders(d) != nil || p.draft != nil
	acts := []app.UI{
		d.Pick("rfm-quintiles", l.T(i18n.RFMByQuintiles), !own, func() {
			p.draft = nil
			d.Ctx.LocalStorage().Del(bordersKey)
			d.RefreshPage()
		}),
		d.Pick("rfm-own", l.T(i18n.RFMByOwn), own, func() { p.draft = typedBorders(l, p.r, d.Currency()) }),
	}
	names := [3]string{l.T(i18n.RFMRecency), l.T(i18n.RFMFrequency), l.T(i18n.RFMMoney) + ", " + l.Symbol(d.Currency())}
	var rows []app.UI
	for i, cuts := range cutsOf(p.r, d.Currency()) {
		cells := []app.UI{app.Span().Class("borders-name").Text(names[i])}
		for k, one := range cuts {
			if p.draft == nil {
				cells = append(cells, app.Span().Class("borders-cut").Text(one.shown(l)))
				continue
			}
			cells = append(cells, p.borderField(i, k))
		}
		rows = append(rows, app.Div().Class("borders-row").Body(cells...))
	}
	if p.draft != nil {
		rows = append(rows, app.Div().Class("borders-acts").Body(
			app.If(p.draft.wrong != "", func() app.UI { return app.P().Class("borders-wrong").Role("alert").Text(p.draft.wrong) }),
			&ui.Button{ID: "rfm-keep", Label: l.T(i18n.RFMKeep), OnPress: d.Press(p.keepBorders)},
		))
	}
	return kit.Part{ID: "rfm-borders", Span: 6, Title: l.T(i18n.RFMBorders), Reading: l.T(i18n.RFMBordersRead), Acts: acts, Body: rows}
}

// borderField is the field of a border between two scores.
func (p *scores) borderField(row, i int) app.UI {
	draft := p.draft
	return &ui.Field{ID: "border-" + strconv.Itoa(row) + "-" + strconv.Itoa(i), Label: strconv.Itoa(i+1) + " | " + strconv.Itoa(i+2),
		Value: draft.rows[row][i], Mode: "decimal", Rev: draft.rev,
		OnText: func(_ app.Context, text string) { draft.rows[row][i], draft.wrong = text, "" }}
}

// keepBorders takes the typed borders into use.
func (p *scores) keepBorders() {
	b, wrong := p.draft.read(p.d.Lang, p.d.Currency())
	if wrong != "" {
		p.draft.wrong = wrong
		return
	}
	p.draft = nil
	p.d.Keep(bordersKey, b)
	p.d.RefreshPage()
}

// setBorders are the borders of RFM as the person set them in this browser; nil:
// quintiles.
func setBorders(d *kit.Desk) *report.RFMBorders {
	var b report.RFMBorders
	if err := d.Ctx.LocalStorage().Get(bordersKey, &b); err != nil {
		return nil
	}
	for _, list := range [][]float64{b.Recency, b.Frequency, b.Money} {
		if len(list) != rfm.Scores-1 || !slices.IsSorted(list) {
			return nil
		}
	}
	return &b
}
