package people

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
)

// bordersKey keeps the borders of RFM that a person set in this browser.
const bordersKey = "desk.rfm"

// bordersDraft is borders as they are typed: for each score four texts.
type bordersDraft struct {
	rows  [3][rfm.Scores - 1]string
	wrong bool
	rev   int
}

// typedBorders writes the borders that are in force, money in whole units.
func typedBorders(r *report.RFM, exponent int) *bordersDraft {
	d := &bordersDraft{}
	for i := range rfm.Scores - 1 {
		money := r.Money[i]
		for range exponent {
			money /= 10
		}
		d.rows[0][i] = strconv.FormatFloat(r.Recency[i], 'f', -1, 64)
		d.rows[1][i] = strconv.FormatFloat(r.Frequency[i], 'f', -1, 64)
		d.rows[2][i] = strconv.FormatFloat(money, 'f', 0, 64)
	}
	return d
}

// read reads the borders; not ok unless every row rises.
func (d *bordersDraft) read(exponent int) (b report.RFMBorders, ok bool) {
	lists := [3]*[]float64{&b.Recency, &b.Frequency, &b.Money}
	for row, texts := range d.rows {
		for _, text := range texts {
			n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), 64)
			if err != nil || n < 0 {
				return b, false
			}
			if row == 2 {
				for range exponent {
					n *= 10
				}
			}
			*lists[row] = append(*lists[row], n)
		}
		if !slices.IsSorted(*lists[row]) {
			return b, false
		}
	}
	return b, true
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
		d.Pick("rfm-own", l.T(i18n.RFMByOwn), own, func() { p.draft = typedBorders(p.r, d.Currency().Exponent) }),
	}
	draft := p.draft
	if draft == nil {
		draft = typedBorders(p.r, d.Currency().Exponent)
	}
	names := [3]string{l.T(i18n.RFMRecency), l.T(i18n.RFMFrequency), l.T(i18n.RFMMoney) + ", " + l.Symbol(d.Currency())}
	var rows []app.UI
	for i, texts := range draft.rows {
		cells := []app.UI{app.Span().Class("borders-name").Text(names[i])}
		for k, text := range texts {
			if p.draft == nil {
				cells = append(cells, app.Span().Class("borders-cut").Text(text))
				continue
			}
			cells = append(cells, &ui.Field{ID: "border-" + strconv.Itoa(i) + "-" + strconv.Itoa(k), Label: strconv.Itoa(k+1) + " | " + strconv.Itoa(k+2), Value: text, Mode: "decimal", Rev: draft.rev,
				OnText: func(_ app.Context, text string) { draft.rows[i][k] = text; draft.wrong = false }})
		}
		rows = append(rows, app.Div().Class("borders-row").Body(cells...))
	}
	if p.draft != nil {
		rows = append(rows, app.Div().Class("borders-acts").Body(
			app.If(draft.wrong, func() app.UI { return app.P().Class("borders-wrong").Role("alert").Text(l.T(i18n.RFMBordersWrong)) }),
			&ui.Button{ID: "rfm-keep", Label: l.T(i18n.RFMKeep), OnPress: d.Press(p.keepBorders)},
		))
	}
	return kit.Part{ID: "rfm-borders", Span: 6, Title: l.T(i18n.RFMBorders), Reading: l.T(i18n.RFMBordersRead), Acts: acts, Body: rows}
}

// keepBorders takes the typed borders into use.
func (p *scores) keepBorders() {
	b, ok := p.draft.read(p.d.Currency().Exponent)
	if !ok {
		p.draft.wrong = true
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
	if err := d.Ctx.LocalStorage().Get(bordersKey, &b); err != nil || len(b.Money) == 0 {
		return nil
	}
	return &b
}
