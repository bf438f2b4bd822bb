package desk

import (
	"context"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
)

// abcShown is how many items the page lists; the file has all.
const abcShown = 100

// abcItems are what can be sorted into classes.
var abcItems = []struct {
	dim   cube.DimID
	label *i18n.Message
}{{cube.Product, i18n.ABCProducts}, {cube.Category, i18n.ABCCategory}, {cube.Customer, i18n.ABCPeople}}

// abcLetter and xyzLetter name classes.
var (
	abcLetter = [3]string{"A", "B", "C"}
	xyzLetter = [3]string{"X", "Y", "Z"}
)

// drawPareto draws what the best part of the items brings.
func (d *desk) drawPareto(r *report.ABC) (*chart.Drawing, error) {
	l := d.lang
	curve := chart.Course{Name: l.T(i18n.ABCCurve), Zero: true}
	for percent, bp := range r.Curve {
		v := float64(bp)
		curve.Labels = append(curve.Labels, l.Percent(int64(percent)*100))
		curve.Now = append(curve.Now, &v)
	}
	drawing, err := curve.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v)) }
	points := r.Curve
	drawing.Tip = func(i int) []string {
		return []string{l.T(i18n.ABCTip, "part", l.Percent(int64(i)*100), "share", l.Percent(whole(points[i])))}
	}
	return drawing, nil
}

func (d *desk) abcBody(r *report.ABC) []app.UI {
	if r.Items == 0 {
		return nil
	}
	l := d.lang
	var choices []app.UI
	what := ""
	for _, item := range abcItems {
		if item.dim == d.reports.item {
			what = strings.ToLower(l.T(item.label))
		}
		choices = append(choices, &ui.Button{ID: "abc-" + string(item.dim), Label: l.T(item.label), Kind: ui.Quiet, Class: "widget-table", Toggle: true,
			Pressed: d.reports.item == item.dim, OnPress: d.press(func() { d.reports.item = item.dim; d.askReport() })})
	}
	inA := 0
	for _, cell := range r.Cells[0] {
		inA += cell.Items
	}
	reading := l.T(i18n.ABCRead, "n", inA, "what", what, "share", l.Percent(whole(r.Tenth)))
	even := ""
	if r.Weeks < r.Few {
		even = l.T(i18n.ABCFew, "few", r.Few, "weeks", r.Weeks)
	}
	return []app.UI{
		panel("abc-curve", "", l.T(i18n.ABCCurve), reading, app.Div().Class("widget-acts").Body(choices...), d.reportCanvas(l.T(i18n.ABCCurve)+". "+reading, nil)),
		panel("abc-classes", "", l.T(i18n.ABCClasses), even, app.Span(), d.abcClasses(r)),
		panel("abc-items", "wide-widget", l.T(i18n.ABCItems), "", d.csvButton("abc", d.saveABC), d.abcTable(r)),
		d.formula(l.T(i18n.ABCFormula)),
	}
}

// abcClasses counts the items and the revenue of each class.
func (d *desk) abcClasses(r *report.ABC) app.UI {
	l := d.lang
	head := []string{"", l.T(i18n.ColItem), l.T(i18n.ColRevenue), l.T(i18n.ColShare)}
	even := r.Weeks >= r.Few
	if even {
		head = append(head, "X", "Y", "Z")
	}
	var rows [][]string
	for class, cells := range r.Cells {
		sum := report.ABCCell{}
		for _, cell := range cells {
			sum.Items, sum.Revenue = sum.Items+cell.Items, sum.Revenue+cell.Revenue
		}
		row := []string{abcLetter[class], l.Int(int64(sum.Items)), headline(cube.Revenue, cube.Some(sum.Revenue), l, d.currency()), l.Percent(whole(share(sum.Revenue, r.Revenue)))}
		if even {
			for _, cell := range cells {
				row = append(row, l.Int(int64(cell.Items)))
			}
		}
		rows = append(rows, row)
	}
	total := []string{l.T(i18n.WidgetTotal), l.Int(int64(r.Items)), headline(cube.Revenue, cube.Some(r.Revenue), l, d.currency()), l.Percent(10000)}
	return table(head, append(rows, total))
}

// abcTable lists the largest items; each opens its receipts.
func (d *desk) abcTable(r *report.ABC) app.UI {
	l := d.lang
	head := []string{l.T(i18n.ColItem), l.T(i18n.ColRevenue), l.T(i18n.ColShare), l.T(i18n.ColClass), l.T(i18n.ColVariation)}
	var rows []linkedRow
	for _, row := range r.Rows {
		name := row.Name.In(string(l))
		if name == "" {
			name = shortID(row.Key)
		}
		variation, class := "–", abcLetter[row.Class]
		if row.Variation >= 0 {
			variation, class = l.Percent(whole(row.Variation)), class+xyzLetter[row.Even]
		}
		rows = append(rows, linkedRow{&linked{Text: name, Go: d.press(func() {
			d.drillInto(behind{measure: cube.Revenue, cell: []cube.Filter{{Dim: d.reports.item, In: []string{row.Key}}}})
		})}, []string{figure(cube.Revenue, cube.Some(row.Revenue), l, d.currency()), l.Percent(whole(share(row.Revenue, r.Revenue))), class, variation}})
	}
	var total []string
	if r.Items > len(r.Rows) {
		total = []string{l.T(i18n.WidgetRest, "n", r.Items-len(r.Rows)), "", "", "", ""}
	}
	return linkedTable(head, rows, total)
}

// saveABC saves all items with their classes.
func (d *desk) saveABC() {
	from, to := d.filter.dates(d.now())
	request := report.ABCRequest{Slice: cube.Slice{From: from, To: to, Where: d.filter.where()}, Item: d.reports.item}
	ask(context.Background(), d, report.NameABC, request, func(r report.ABC, e *errcode.Error) {
		if e != nil {
			d.reports.fault = e
			return
		}
		d.save(d.abcFile(&r, from, to))
	})
}

func (d *desk) abcFile(r *report.ABC, from, to string) tableFile {
	l := d.lang
	s := tableFile{name: "abc-" + from + "-" + to, head: []string{l.T(i18n.ExportSKU), l.T(i18n.ColItem), l.T(i18n.ColRevenue), "ABC", "XYZ", l.T(i18n.ColVariation) + ", %"}}
	for _, row := range r.Rows {
		even, variation := "", ""
		if row.Variation >= 0 {
			even, variation = xyzLetter[row.Even], bare(row.Variation, 2, l)
		}
		s.rows = append(s.rows, []string{row.Key, row.Name.In(string(l)), d.bareSum(row.Revenue), abcLetter[row.Class], even, variation})
	}
	return s
}

// abcName is the name of an item of the list, "" when it is not there.
func (d *desk) abcName(key string) string {
	if d.reports.abc != nil {
		for _, row := range d.reports.abc.Rows {
			if row.Key == key {
				return row.Name.In(string(d.lang))
			}
		}
	}
	return ""
}
