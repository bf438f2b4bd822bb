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
}{{cube.Product, abcProducts}, {cube.Category, i18n.ABCCategory}, {cube.Customer, abcPeople}}

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

func (p *abc) Formula() string { return p.d.Lang.T(abcFormula) }

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
		even = l.T(abcFew, "few", r.Few, "weeks", r.Weeks)
	}
	return []kit.Part{
		{ID: "abc-curve", Title: l.T(abcCurve), Reading: l.T(abcRead, "n", inA, "what", what, "share", l.Percent(kit.Whole(r.Tenth))) + " " + l.T(abcGini, "gini", l.Percent(kit.Whole(r.Gini))),
			Acts: choices, Chart: p.draw},
		{ID: "abc-classes", Title: l.T(abcClasses), Reading: even, Grid: p.classes},
		{ID: "abc-items", Span: 12, Title: l.T(abcItemsText), Grid: func() *kit.Grid { return p.items(r) }},
	}
}

// draw draws what the best part of the items brings.
func (p *abc) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, points := p.d.Lang, p.r.Curve
	curve := chart.Lines{Names: []string{l.T(abcCurve)}, Values: [][]float64{nil}, Even: true, Most: 10000}
	for percent, bp := range points {
		curve.Labels = append(curve.Labels, l.Percent(int64(percent)*100))
		curve.Values[0] = append(curve.Values[0], float64(bp))
	}
	drawing, err := curve.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v)) }
	drawing.Tip = func(i int) []string {
		return []string{l.T(i18n.ABCTip, "part", l.Percent(int64(i)*100), "share", l.Percent(kit.Whole(points[i])))}
	}
	return drawing, nil
}

// abcClass is a row of the classes: what they have together, and by evenness.
type abcClass struct {
	letter string
	report.ABCCell
	even [3]report.ABCCell
}

// classesOf adds the cells of a report up.
func classesOf(r *report.ABC) (list []abcClass, total abcClass) {
	for class, cells := range r.Cells {
		row := abcClass{letter: abcLetter[class], even: cells}
		for k, cell := range cells {
			row.Items, row.Revenue = row.Items+cell.Items, row.Revenue+cell.Revenue
			total.even[k].Items += cell.Items
		}
		list = append(list, row)
	}
	total.Items, total.Revenue = r.Items, r.Revenue
	return list, total
}

// classes counts the items and the revenue of each class.
func (p *abc) classes() *kit.Grid {
	r := p.r
	rows, total := classesOf(r)
	column := func(title string, format kit.Format, cell func(abcClass) sheet.Cell) kit.TableColumn[abcClass] {
		return kit.TableColumn[abcClass]{Text: title, Format: format, Cell: cell, Total: cell(total)}
	}
	l := p.d.Lang
	t := kit.Table[abcClass]{Name: "abc-classes-" + p.file(), Rows: rows, Columns: []kit.TableColumn[abcClass]{
		{Title: colClass, Cell: func(c abcClass) sheet.Cell { return sheet.TextOf(c.letter) }},
		column(l.T(bcgItems), kit.AsCount, func(c abcClass) sheet.Cell { return sheet.Of(int64(c.Items)) }),
		column(l.T(i18n.ColRevenue), kit.AsMoney, func(c abcClass) sheet.Cell { return sheet.Of(c.Revenue) }),
		column(l.T(i18n.ColShare), kit.AsShare, func(c abcClass) sheet.Cell { return sheet.Of(kit.Share(c.Revenue, r.Revenue)) }),
	}}
	for k, letter := range xyzLetter {
		c := column(letter, kit.AsCount, func(c abcClass) sheet.Cell { return sheet.Of(int64(c.even[k].Items)) })
		c.Without = r.Weeks < r.Few
		t.Columns = append(t.Columns, c)
	}
	return t.Grid(l)
}

func (p *abc) file() string {
	from, to := p.d.Dates()
	return from + "-" + to
}

// items lists the largest items; each opens its receipts.
func (p *abc) items(r *report.ABC) *kit.Grid {
	t := kit.Table[report.ABCRow]{Name: "abc-" + p.file(), Rows: r.Rows, Columns: []kit.TableColumn[report.ABCRow]{
		{Title: i18n.ColItem, Cell: func(row report.ABCRow) sheet.Cell { return sheet.TextOf(p.name(row)) }},
		{Title: i18n.ExportSKU, Hidden: true, Cell: func(row report.ABCRow) sheet.Cell { return sheet.TextOf(row.Key) }},
		{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(row report.ABCRow) sheet.Cell { return sheet.Of(row.Revenue) }},
		{Title: i18n.ColShare, Format: kit.AsShare, Cell: func(row report.ABCRow) sheet.Cell { return sheet.Of(kit.Share(row.Revenue, r.Revenue)) }},
		{Title: colClass, Cell: func(row report.ABCRow) sheet.Cell { return sheet.TextOf(lettersOf(row)) }},
		{Title: colVariation, Format: kit.AsShare,
			Cell: func(row report.ABCRow) sheet.Cell { return sheet.Cell{N: row.Variation, OK: row.Variation >= 0} }},
	}, Open: p.open}
	if r.Items > len(r.Rows) {
		t.Rest, t.All = p.d.Lang.T(i18n.WidgetRest, "n", r.Items-len(r.Rows)), p.all
	}
	return t.Grid(p.d.Lang)
}

// lettersOf is the class of an item: "AX", or "A" when its evenness can't be said.
func lettersOf(row report.ABCRow) string {
	if row.Variation < 0 {
		return abcLetter[row.Class]
	}
	return abcLetter[row.Class] + xyzLetter[row.Even]
}

func (p *abc) name(row report.ABCRow) string {
	if name := row.Name.In(string(p.d.Lang)); name != "" {
		return name
	}
	return kit.ShortID(row.Key)
}

// open opens the receipts of an item.
func (p *abc) open(row report.ABCRow) {
	p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: p.item, In: []string{row.Key}}}, Names: map[string]string{row.Key: p.name(row)}})
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
