package desk

import (
	"context"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// abcShown is how many items the page lists; the file has all.
const abcShown = 1000

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

// abc is the page of ABC and XYZ classes.
type abc struct {
	d    *desk
	r    *report.ABC
	item cube.DimID
}

func newABC(d *desk) study { return &abc{d: d, item: cube.Product} }

func (p *abc) request(limit int) report.ABCRequest {
	from, to := p.d.dates()
	return report.ABCRequest{Slice: cube.Slice{From: from, To: to, Where: p.d.filter.where()}, Item: p.item, Limit: limit}
}

func (p *abc) questions() []question {
	return []question{asks(report.NameABC, p.request(abcShown), &p.r)}
}

func (p *abc) formula() string { return p.d.lang.T(i18n.ABCFormula) }

func (p *abc) parts() []part {
	l, r := p.d.lang, p.r
	if r.Items == 0 {
		return nil
	}
	var choices []app.UI
	what := ""
	for _, item := range abcItems {
		if item.dim == p.item {
			what = strings.ToLower(l.T(item.label))
		}
		choices = append(choices, p.d.pick("abc-"+string(item.dim), l.T(item.label), p.item == item.dim, func() {
			p.item = item.dim
			p.d.refreshPage()
		}))
	}
	inA := 0
	for _, cell := range r.Cells[0] {
		inA += cell.Items
	}
	even := ""
	if r.Weeks < r.Few {
		even = l.T(i18n.ABCFew, "few", r.Few, "weeks", r.Weeks)
	}
	return []part{
		{id: "abc-curve", title: l.T(i18n.ABCCurve), reading: l.T(i18n.ABCRead, "n", inA, "what", what, "share", l.Percent(whole(r.Tenth))) + " " + l.T(i18n.ABCGini, "gini", l.Percent(whole(r.Gini))),
			acts: choices, chart: p.draw},
		{id: "abc-classes", title: l.T(i18n.ABCClasses), reading: even, grid: p.classes},
		{id: "abc-items", span: 12, title: l.T(i18n.ABCItems), grid: func() *grid { return p.items(r) }},
	}
}

// draw draws what the best part of the items brings.
func (p *abc) draw(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.lang
	curve := chart.Course{Name: l.T(i18n.ABCCurve), Zero: true}
	for percent, bp := range p.r.Curve {
		v := float64(bp)
		curve.Labels = append(curve.Labels, l.Percent(int64(percent)*100))
		curve.Now = append(curve.Now, &v)
	}
	drawing, err := curve.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v)) }
	points := p.r.Curve
	drawing.Tip = func(i int) []string {
		return []string{l.T(i18n.ABCTip, "part", l.Percent(int64(i)*100), "share", l.Percent(whole(points[i])))}
	}
	return drawing, nil
}

// classes counts the items and the revenue of each class.
func (p *abc) classes() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "abc-classes-" + p.file(), columns: []column{{title: l.T(i18n.ColClass)}, {title: l.T(i18n.ColItem), form: asCount},
		{title: l.T(i18n.ColRevenue), form: asMoney}, {title: l.T(i18n.ColShare), form: asShare}}}
	even := r.Weeks >= r.Few
	if even {
		for _, letter := range xyzLetter {
			g.columns = append(g.columns, column{title: letter, form: asCount})
		}
	}
	g.total = []sheet.Cell{{}, sheet.Of(int64(r.Items)), sheet.Of(r.Revenue), sheet.Of(10000)}
	for class, cells := range r.Cells {
		sum := report.ABCCell{}
		for _, cell := range cells {
			sum.Items, sum.Revenue = sum.Items+cell.Items, sum.Revenue+cell.Revenue
		}
		row := gridRow{cells: []sheet.Cell{sheet.TextOf(abcLetter[class]), sheet.Of(int64(sum.Items)), sheet.Of(sum.Revenue), sheet.Of(share(sum.Revenue, r.Revenue))}}
		if even {
			for _, cell := range cells {
				row.cells = append(row.cells, sheet.Of(int64(cell.Items)))
			}
		}
		g.rows = append(g.rows, row)
	}
	for k := 0; even && k < len(xyzLetter); k++ {
		n := 0
		for _, cells := range r.Cells {
			n += cells[k].Items
		}
		g.total = append(g.total, sheet.Of(int64(n)))
	}
	return g
}

func (p *abc) file() string {
	from, to := p.d.dates()
	return from + "-" + to
}

// items lists the largest items; each opens its receipts.
func (p *abc) items(r *report.ABC) *grid {
	l := p.d.lang
	g := &grid{name: "abc-" + p.file(), columns: []column{{title: l.T(i18n.ColItem)}, {title: l.T(i18n.ExportSKU), hidden: true},
		{title: l.T(i18n.ColRevenue), form: asMoney}, {title: l.T(i18n.ColShare), form: asShare}, {title: l.T(i18n.ColClass)},
		{title: l.T(i18n.ColVariation), form: asShare}}}
	item := p.item
	for _, row := range r.Rows {
		name := row.Name.In(string(l))
		if name == "" {
			name = shortID(row.Key)
		}
		class, variation := abcLetter[row.Class], sheet.Cell{}
		if row.Variation >= 0 {
			class, variation = class+xyzLetter[row.Even], sheet.Of(row.Variation)
		}
		g.rows = append(g.rows, gridRow{
			cells: []sheet.Cell{sheet.TextOf(name), sheet.TextOf(row.Key), sheet.Of(row.Revenue), sheet.Of(share(row.Revenue, r.Revenue)), sheet.TextOf(class), variation},
			open: func() {
				p.d.drillInto(behind{measure: cube.Revenue, cell: []cube.Filter{{Dim: item, In: []string{row.Key}}}, names: map[string]string{row.Key: name}})
			}})
	}
	if r.Items > len(r.Rows) {
		g.rest = l.T(i18n.WidgetRest, "n", r.Items-len(r.Rows))
		g.all = p.all
	}
	return g
}

// all gets every item for a file.
func (p *abc) all(ctx context.Context, then func(*grid, *errcode.Error)) {
	ask(ctx, p.d, report.NameABC, p.request(0), func(r report.ABC, e *errcode.Error) {
		if e != nil {
			then(nil, e)
			return
		}
		then(p.items(&r), nil)
	})
}
