package goods

import (
	"context"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
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
	d    *kit.Desk
	r    *report.ABC
	item cube.DimID
}

func newABC(d *kit.Desk) kit.Study { return &abc{d: d, item: cube.Product} }

func (p *abc) request(limit int) report.ABCRequest {
	from, to := p.d.Dates()
	return report.ABCRequest{Slice: cube.Slice{From: from, To: to, Where: p.d.Filter.Conditions()}, Item: p.item, Limit: limit}
}

func (p *abc) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameABC, p.request(abcShown), &p.r)}
}

func (p *abc) Formula() string { return p.d.Lang.T(i18n.ABCFormula) }

func (p *abc) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Items == 0 {
		return nil
	}
	var choices []app.UI
	what := ""
	for _, item := range abcItems {
		if item.dim == p.item {
			what = strings.ToLower(l.T(item.label))
		}
		choices = append(choices, p.d.Pick("abc-"+string(item.dim), l.T(item.label), p.item == item.dim, func() {
			p.item = item.dim
			p.d.RefreshPage()
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
	return []kit.Part{
		{ID: "abc-curve", Title: l.T(i18n.ABCCurve), Reading: l.T(i18n.ABCRead, "n", inA, "what", what, "share", l.Percent(kit.Whole(r.Tenth))) + " " + l.T(i18n.ABCGini, "gini", l.Percent(kit.Whole(r.Gini))),
			Acts: choices, Chart: p.draw},
		{ID: "abc-classes", Title: l.T(i18n.ABCClasses), Reading: even, Grid: p.classes},
		{ID: "abc-items", Span: 12, Title: l.T(i18n.ABCItems), Grid: func() *kit.Grid { return p.items(r) }},
	}
}

// draw draws what the best part of the items brings.
func (p *abc) draw(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
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
		return []string{l.T(i18n.ABCTip, "part", l.Percent(int64(i)*100), "share", l.Percent(kit.Whole(points[i])))}
	}
	return drawing, nil
}

// classes counts the items and the revenue of each class.
func (p *abc) classes() *kit.Grid {
	l, r := p.d.Lang, p.r
	g := &kit.Grid{Name: "abc-classes-" + p.file(), Columns: []kit.Column{{Title: l.T(i18n.ColClass)}, {Title: l.T(i18n.ColItem), Format: kit.AsCount},
		{Title: l.T(i18n.ColRevenue), Format: kit.AsMoney}, {Title: l.T(i18n.ColShare), Format: kit.AsShare}}}
	even := r.Weeks >= r.Few
	if even {
		for _, letter := range xyzLetter {
			g.Columns = append(g.Columns, kit.Column{Title: letter, Format: kit.AsCount})
		}
	}
	g.Total = []sheet.Cell{{}, sheet.Of(int64(r.Items)), sheet.Of(r.Revenue), sheet.Of(10000)}
	for class, cells := range r.Cells {
		sum := report.ABCCell{}
		for _, cell := range cells {
			sum.Items, sum.Revenue = sum.Items+cell.Items, sum.Revenue+cell.Revenue
		}
		row := kit.GridRow{Cells: []sheet.Cell{sheet.TextOf(abcLetter[class]), sheet.Of(int64(sum.Items)), sheet.Of(sum.Revenue), sheet.Of(kit.Share(sum.Revenue, r.Revenue))}}
		if even {
			for _, cell := range cells {
				row.Cells = append(row.Cells, sheet.Of(int64(cell.Items)))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	for k := 0; even && k < len(xyzLetter); k++ {
		n := 0
		for _, cells := range r.Cells {
			n += cells[k].Items
		}
		g.Total = append(g.Total, sheet.Of(int64(n)))
	}
	return g
}

func (p *abc) file() string {
	from, to := p.d.Dates()
	return from + "-" + to
}

// items lists the largest items; each opens its receipts.
func (p *abc) items(r *report.ABC) *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: "abc-" + p.file(), Columns: []kit.Column{{Title: l.T(i18n.ColItem)}, {Title: l.T(i18n.ExportSKU), Hidden: true},
		{Title: l.T(i18n.ColRevenue), Format: kit.AsMoney}, {Title: l.T(i18n.ColShare), Format: kit.AsShare}, {Title: l.T(i18n.ColClass)},
		{Title: l.T(i18n.ColVariation), Format: kit.AsShare}}}
	item := p.item
	for _, row := range r.Rows {
		name := row.Name.In(string(l))
		if name == "" {
			name = kit.ShortID(row.Key)
		}
		class, variation := abcLetter[row.Class], sheet.Cell{}
		if row.Variation >= 0 {
			class, variation = class+xyzLetter[row.Even], sheet.Of(row.Variation)
		}
		g.Rows = append(g.Rows, kit.GridRow{
			Cells: []sheet.Cell{sheet.TextOf(name), sheet.TextOf(row.Key), sheet.Of(row.Revenue), sheet.Of(kit.Share(row.Revenue, r.Revenue)), sheet.TextOf(class), variation},
			Open: func() {
				p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: item, In: []string{row.Key}}}, Names: map[string]string{row.Key: name}})
			}})
	}
	if r.Items > len(r.Rows) {
		g.Rest = l.T(i18n.WidgetRest, "n", r.Items-len(r.Rows))
		g.All = p.all
	}
	return g
}

// all gets every item for a file.
func (p *abc) all(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
	kit.Ask(ctx, p.d, report.NameABC, p.request(0), func(r report.ABC, e *errcode.Error) {
		if e != nil {
			then(nil, e)
			return
		}
		then(p.items(&r), nil)
	})
}
