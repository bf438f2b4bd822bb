package goods

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// Limits of the matrix.
const (
	bcgShown  = 400   // items drawn and listed; the file has all
	bcgTagged = 12    // whose names stand beside them
	bcgMost   = 20000 // growth beyond it is drawn at the edge, basis points
)

var bcgDims = []cube.DimID{cube.Category, cube.Group, cube.Department, cube.Product, cube.CustomerGroup}

// bcg is the page of share and growth.
type bcg struct {
	d *kit.Desk
	r *report.BCG

	item  cube.DimID
	own   []int64 // borders set by hand: share (parts per million), growth (basis points)
	typed string
	bad   bool
}

func newBCG(d *kit.Desk) kit.Study { return &bcg{d: d, item: cube.Category} }

func (p *bcg) request(limit int) report.BCGRequest {
	r := report.BCGRequest{Slice: p.d.Slice(), Against: p.d.Against(), Item: p.item, Limit: limit}
	if len(p.own) == 2 {
		r.Share, r.Growth = &p.own[0], &p.own[1]
	}
	return r
}

func (p *bcg) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameBCG, p.request(bcgShown), &p.r)}
}

func (p *bcg) Formula() string { return p.d.Lang.T(bcgFormula, "few", p.r.Few) }

func (p *bcg) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	season := bcgSeason
	if r.Season {
		season = bcgYear
	}
	acts := []app.UI{
		kit.Chooser(p.d, "bcg-by", l.T(i18n.SalesBy), string(p.item), kit.DimChoices(p.d, bcgDims...), func(id string) {
			p.item = cube.DimID(id)
			p.d.RefreshPage()
		}),
	}
	set := []app.UI{&kit.Typed{ID: "bcg-borders", Hint: l.T(bcgOwn), Value: p.typed, On: p.setBorders}}
	if p.own != nil {
		set = append(set, &ui.Button{ID: "bcg-median", Label: l.T(bcgMedian), Kind: ui.Quiet, Class: "widget-table", OnPress: p.d.Press(func() { p.setBorders("") })})
	}
	if p.bad {
		set = append(set, app.Span().Class("few").Role("alert").Text(l.T(bcgBad)))
	}
	notes := []app.UI{app.Div().Class("setting").Body(set...),
		app.P().Class("widget-reading").Text(l.T(season) + " " + l.T(bcgBorders, "share", kit.Ppm(p.d, r.Share), "growth", kit.Delta(r.Growth, l)))}
	return []kit.Part{
		{ID: "bcg", Span: 12, Title: l.T(bcgTitle), Reading: p.read(), Tall: 460, Chart: p.draw, Grid: func() *kit.Grid { return p.items(r) },
			Pick: func(i int) { p.open(p.drawn()[i]) }, Acts: acts, Body: notes},
		{ID: "bcg-lists", Span: 12, Title: l.T(bcgLists), Grid: p.lists},
	}
}

// setBorders takes borders as typed: share and growth in percent.
func (p *bcg) setBorders(text string) {
	p.typed, p.bad = text, false
	p.d.Rev++
	words := strings.Fields(strings.NewReplacer(",", ".", "%", " ", ";", " ").Replace(text))
	var numbers []float64
	for _, word := range words {
		n, err := strconv.ParseFloat(word, 64)
		p.bad = p.bad || err != nil || n < -1000 || n > 100_000
		numbers = append(numbers, n)
	}
	if p.bad = p.bad || len(words) != 0 && len(words) != 2; p.bad {
		return
	}
	p.own = nil
	if len(numbers) == 2 {
		p.own = []int64{int64(numbers[0] * 10_000), int64(numbers[1] * 100)}
	}
	p.d.RefreshPage()
}

func (p *bcg) read() string {
	l, r := p.d.Lang, p.r
	count := func(q report.Quadrant) report.QuadrantList {
		return r.Lists[slices.IndexFunc(r.Lists, func(list report.QuadrantList) bool { return list.Quadrant == q })]
	}
	stars := count(report.Star)
	return l.T(bcgRead, "stars", stars.Items, "share", l.Percent(kit.Whole(kit.Share(stars.Now, r.Now))), "dogs", count(report.Dog).Items)
}

// drawn are the rows with a growth: those of both periods.
func (p *bcg) drawn() []report.BCGRow {
	return slices.DeleteFunc(slices.Clone(p.r.Rows), func(row report.BCGRow) bool { return !row.Growth.OK })
}

func (p *bcg) name(row report.BCGRow) string {
	return p.d.KeyWord(p.item, row.Key, row.Name.In(string(p.d.Lang)))
}

// corner is the place of a quadrant among those of the drawing.
var corner = map[report.Quadrant]int{report.Star: 0, report.Cow: 1, report.Question: 2, report.Dog: 3}

func (p *bcg) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, rows := p.d.Lang, p.drawn()
	b := chart.Bubbles{X: l.T(bcgShare), Y: l.T(bcgGrowth), Across: float64(max(p.r.Share, 1)), Along: float64(p.r.Growth), Log: true}
	for q, i := range corner {
		b.Corners[i] = l.T(i18n.BCGQuadrants[string(q)])
	}
	for i, row := range rows {
		b.Items = append(b.Items, chart.Bubble{Name: p.name(row), X: float64(max(row.Share, 1)), Y: float64(min(row.Growth.N, bcgMost)), Size: float64(row.Now),
			Kind: corner[row.Quadrant], Faint: row.Small, Tagged: i < bcgTagged})
	}
	drawing, err := b.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v)) }
	drawing.Across = func(v float64) string { return kit.Ppm(p.d, int64(v)) }
	drawing.Tip = func(i int) []string {
		row := rows[i]
		return kit.Lines(p.name(row), l.T(i18n.BCGQuadrants[string(row.Quadrant)]), p.d.Sum(row.Now)+", "+kit.Ppm(p.d, row.Share), kit.Delta(row.Growth.N, l), p.note(row))
	}
	return drawing, nil
}

func (p *bcg) open(row report.BCGRow) {
	p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: p.item, In: []string{row.Key}}}, Names: map[string]string{row.Key: p.name(row)}})
}

func (p *bcg) items(r *report.BCG) *kit.Grid {
	l := p.d.Lang
	sum := func(title string, of func(report.BCGRow) int64) kit.TableColumn[report.BCGRow] {
		return kit.TableColumn[report.BCGRow]{Text: title, Format: kit.AsMoney, Cell: func(row report.BCGRow) sheet.Cell { return sheet.Of(of(row)) }}
	}
	t := kit.Table[report.BCGRow]{Name: p.d.FileOf("bcg-" + string(p.item)), Rows: r.Rows, Open: p.open, Note: p.note, Columns: []kit.TableColumn[report.BCGRow]{
		{Text: p.d.DimWord(p.item), Cell: func(row report.BCGRow) sheet.Cell { return sheet.TextOf(p.name(row)) }},
		{Title: bcgQuadrant, Cell: func(row report.BCGRow) sheet.Cell { return sheet.TextOf(l.T(i18n.BCGQuadrants[string(row.Quadrant)])) }},
		sum(l.T(i18n.ColRevenue), func(row report.BCGRow) int64 { return row.Now }),
		sum(l.T(bcgThen), func(row report.BCGRow) int64 { return row.Then }),
		{Title: bcgGrowth, Format: kit.AsChange, Better: 1, Cell: func(row report.BCGRow) sheet.Cell { return kit.Valued(row.Growth) }},
		{Title: i18n.ColShare, Format: kit.AsShare, Cell: func(row report.BCGRow) sheet.Cell { return sheet.Of(kit.Share(row.Now, r.Now)) }},
		sum(p.d.MeasureWord(cube.Margin), func(row report.BCGRow) int64 { return row.Margin }),
		{Title: i18n.ColReceipts, Format: kit.AsCount, Cell: func(row report.BCGRow) sheet.Cell { return sheet.Of(row.Receipts) }},
	}}
	if r.Others > 0 {
		t.Rest, t.All = l.T(i18n.WidgetRest, "n", r.Others), p.all
	}
	return t.Grid(l)
}

// all gets every item for a file.
func (p *bcg) all(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
	kit.Ask(ctx, p.d, report.NameBCG, p.request(0), func(all report.BCG, e *errcode.Error) {
		if e != nil {
			then(nil, e)
			return
		}
		then(p.items(&all), nil)
	})
}

// note marks an item with few receipts.
func (p *bcg) note(row report.BCGRow) string {
	if !row.Small {
		return ""
	}
	return p.d.Lang.T(i18n.ReportFew, "n", row.Receipts)
}

// lists counts each quadrant.
func (p *bcg) lists() *kit.Grid {
	l, r := p.d.Lang, p.r
	total := report.QuadrantList{Now: r.Now, Then: r.Then}
	for _, list := range r.Lists {
		total.Items, total.Small = total.Items+list.Items, total.Small+list.Small
	}
	column := func(title *i18n.Message, format kit.Format, cell func(report.QuadrantList) sheet.Cell) kit.TableColumn[report.QuadrantList] {
		return kit.TableColumn[report.QuadrantList]{Title: title, Format: format, Better: 1, Cell: cell, Total: cell(total)}
	}
	return kit.Table[report.QuadrantList]{Name: p.d.FileOf("bcg-quadrants"), Rows: r.Lists, Columns: []kit.TableColumn[report.QuadrantList]{
		{Title: bcgQuadrant, Cell: func(q report.QuadrantList) sheet.Cell {
			return sheet.TextOf(l.T(i18n.BCGQuadrants[string(q.Quadrant)]))
		}},
		column(bcgItems, kit.AsCount, func(q report.QuadrantList) sheet.Cell { return sheet.Of(int64(q.Items)) }),
		column(bcgSmall, kit.AsCount, func(q report.QuadrantList) sheet.Cell { return sheet.Of(int64(q.Small)) }),
		column(i18n.ColRevenue, kit.AsMoney, func(q report.QuadrantList) sheet.Cell { return sheet.Of(q.Now) }),
		column(i18n.ColShare, kit.AsShare, func(q report.QuadrantList) sheet.Cell { return sheet.Of(kit.Share0(q.Now, r.Now)) }),
		column(bcgThen, kit.AsMoney, func(q report.QuadrantList) sheet.Cell { return sheet.Of(q.Then) }),
		column(bcgGrowth, kit.AsChange, func(q report.QuadrantList) sheet.Cell { return kit.Changed(cube.Some(q.Now), cube.Some(q.Then)) }),
	}}.Grid(l)
}
