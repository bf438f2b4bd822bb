package desk

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// drawBaseCourse draws who stayed, came back and came, and below who left.
func (d *desk) drawBaseCourse(r *report.Base) (*chart.Drawing, error) {
	l := d.lang
	bars := chart.Stack{Names: []string{l.T(i18n.BaseKept), l.T(i18n.BaseReturned), l.T(i18n.BaseNew), l.T(i18n.BaseLost)}, Values: make([][]float64, 4)}
	for _, m := range r.Months {
		bars.Labels = append(bars.Labels, m.Month)
		for i, n := range []int{m.Kept, m.Returned, m.New, -m.Lost} {
			bars.Values[i] = append(bars.Values[i], float64(n))
		}
	}
	drawing, err := bars.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Int(int64(v)) }
	list := r.Months
	drawing.Tip = func(i int) []string {
		m := list[i]
		line := func(name *i18n.Message, n int) string { return l.T(name) + ": " + l.Int(int64(n)) }
		return []string{m.Month, line(i18n.BaseActive, m.Active), line(i18n.BaseKept, m.Kept), line(i18n.BaseReturned, m.Returned),
			line(i18n.BaseNew, m.New), line(i18n.BaseLost, m.Lost)}
	}
	return drawing, nil
}

func (d *desk) baseBody(r *report.Base) []app.UI {
	if len(r.Months) == 0 {
		return nil
	}
	l := d.lang
	legend := app.P().Class("legend stack-legend").Body(
		app.Range([]*i18n.Message{i18n.BaseKept, i18n.BaseReturned, i18n.BaseNew, i18n.BaseLost}).Slice(func(i int) app.UI {
			return app.Span().Body(app.Span().Class("legend-mark stack-"+[]string{"kept", "returned", "new", "lost"}[i]),
				app.Text(l.T([]*i18n.Message{i18n.BaseKept, i18n.BaseReturned, i18n.BaseNew, i18n.BaseLost}[i])))
		}))
	pick := func(i int) { d.drillInto(d.behindMonth(r, i)) }
	return []app.UI{
		panel("base", "wide-widget", l.T(i18n.BaseTitle), readBase(r, l), d.csvButton("base", func() { d.save(d.baseFile(r)) }),
			legend, d.reportCanvas(l.T(i18n.BaseTitle), pick)),
		panel("base-table", "wide-widget", l.T(i18n.WidgetTable), l.T(i18n.ReportMonths, "to", d.date(r.To)), app.Span(), d.baseTable(r, pick)),
		d.formula(l.T(i18n.BaseFormula, "n", r.Gaps)),
	}
}

// behindMonth is the receipts of a month's active customers.
func (d *desk) behindMonth(r *report.Base, i int) behind {
	month := r.Months[i].Month
	return behind{measure: cube.Customers, from: month + "-01", to: min(monthEnd(month), r.To), cell: []cube.Filter{
		{Dim: cube.Customer, In: []string{""}, Not: true},
	}}
}

// monthEnd is the last date of a month.
func monthEnd(month string) string {
	first, err := cube.ParseDay(month + "-01")
	if err != nil {
		return month
	}
	last := first + 27
	for (last + 1).Key(cube.Month) == month {
		last++
	}
	return last.String()
}

// readBase says how the latest whole month went.
func readBase(r *report.Base, l i18n.Lang) string {
	at := len(r.Months) - 1
	if !r.Whole {
		at--
	}
	if at < 0 {
		return ""
	}
	m := r.Months[at]
	return l.T(i18n.BaseRead, "month", m.Month, "n", m.Active, "new", m.New, "back", m.Returned, "lost", m.Lost, "gap", r.Gap)
}

func (d *desk) baseTable(r *report.Base, pick func(int)) app.UI {
	l := d.lang
	head := []string{l.T(i18n.ColMonth), l.T(i18n.BaseActive), l.T(i18n.BaseKept), l.T(i18n.BaseReturned), l.T(i18n.BaseNew), l.T(i18n.BaseLost), l.T(i18n.BaseRepeat)}
	var rows []linkedRow
	for i, m := range r.Months {
		var notes []string
		if m.Since {
			notes = append(notes, l.T(i18n.CohortSince))
		}
		if i == len(r.Months)-1 && !r.Whole {
			notes = append(notes, l.T(i18n.BaseOpen))
		}
		if note := d.note(m.Active); note != "" {
			notes = append(notes, note)
		}
		n := func(v int) string { return l.Int(int64(v)) }
		rows = append(rows, linkedRow{&linked{Text: m.Month, Note: strings.Join(notes, " · "), Go: d.press(func() { pick(i) })},
			[]string{n(m.Active), n(m.Kept), n(m.Returned), n(m.New), n(m.Lost), l.Percent(whole(share(int64(m.Kept+m.Returned), int64(m.Active))))}})
	}
	return linkedTable(head, rows, nil)
}

func (d *desk) baseFile(r *report.Base) tableFile {
	l := d.lang
	s := tableFile{name: "base-" + r.To}
	for _, m := range []*i18n.Message{i18n.ColMonth, i18n.BaseActive, i18n.BaseKept, i18n.BaseReturned, i18n.BaseNew, i18n.BaseLost} {
		s.head = append(s.head, l.T(m))
	}
	for _, m := range r.Months {
		row := []string{m.Month}
		for _, n := range []int{m.Active, m.Kept, m.Returned, m.New, m.Lost} {
			row = append(row, bare(int64(n), 0, l))
		}
		s.rows = append(s.rows, row)
	}
	return s
}
