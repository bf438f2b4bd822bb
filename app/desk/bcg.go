package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
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
	d *desk
	r *report.BCG

	item  cube.DimID
	own   []int64 // borders set by hand: share (parts per million), growth (basis points)
	typed string
	bad   bool
}

func newBCG(d *desk) study { return &bcg{d: d, item: cube.Category} }

func (p *bcg) request(limit int) report.BCGRequest {
	r := report.BCGRequest{Slice: p.d.slice(), Against: p.d.against(), Item: p.item, Limit: limit}
	if len(p.own) == 2 {
		r.Share, r.Growth = &p.own[0], &p.own[1]
	}
	return r
}

func (p *bcg) questions() []question {
	return []question{asks(report.NameBCG, p.request(bcgShown), &p.r)}
}

func (p *bcg) formula() string { return p.d.lang.T(i18n.BCGFormula, "few", p.r.Few) }

func (p *bcg) parts() []part {
	l, r := p.d.lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	season := i18n.BCGSeason
	if r.Season {
		season = i18n.BCGYear
	}
	acts := []app.UI{
		p.d.chooser("bcg-by", l.T(i18n.SalesBy), string(p.item), p.d.dimChoices(bcgDims...), func(id string) {
			p.item = cube.DimID(id)
			p.d.refreshPage()
		}),
	}
	set := []app.UI{&typed{ID: "bcg-borders", Hint: l.T(i18n.BCGOwn), Value: p.typed, On: p.setBorders}}
	if p.own != nil {
		set = append(set, &ui.Button{ID: "bcg-median", Label: l.T(i18n.BCGMedian), Kind: ui.Quiet, Class: "widget-table", OnPress: p.d.press(func() { p.setBorders("") })})
	}
	if p.bad {
		set = append(set, app.Span().Class("few").Role("alert").Text(l.T(i18n.BCGBad)))
	}
	notes := []app.UI{app.Div().Class("setting").Body(set...),
		app.P().Class("widget-reading").Text(l.T(season) + " " + l.T(i18n.BCGBorders, "share", p.d.ppm(r.Share), "growth", delta(r.Growth, l)))}
	return []part{
		{id: "bcg", span: 12, title: l.T(i18n.BCGTitle), reading: p.read(), tall: 460, chart: p.draw, grid: func() *grid { return p.items(r) },
			pick: func(i int) { p.open(p.drawn()[i]) }, acts: acts, body: notes},
		{id: "bcg-lists", span: 12, title: l.T(i18n.BCGLists), grid: p.lists},
	}
}

// setBorders takes borders as typed: share and growth in percent.
func (p *bcg) setBorders(text string) {
	p.typed, p.bad = text, false
	p.d.rev++
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
	p.d.refreshPage()
}

func (p *bcg) read() string {
	l, r := p.d.lang, p.r
	count := func(q report.Quadrant) report.QuadrantList {
		return r.Lists[slices.IndexFunc(r.Lists, func(list report.QuadrantList) bool { return list.Quadrant == q })]
	}
	stars := count(report.Star)
	return l.T(i18n.BCGRead, "stars", stars.Items, "share", l.Percent(whole(share(stars.Now, r.Now))), "dogs", count(report.Dog).Items)
}

// drawn are the rows with a growth: those of both periods.
func (p *bcg) drawn() []report.BCGRow {
	return slices.DeleteFunc(slices.Clone(p.r.Rows), func(row report.BCGRow) bool { return !row.Growth.OK })
}

func (p *bcg) name(row report.BCGRow) string {
	return p.d.keyWord(p.item, row.Key, row.Name.In(string(p.d.lang)))
}

// corner is the place of a quadrant among those of the drawing.
var corner = map[report.Quadrant]int{report.Star: 0, report.Cow: 1, report.Question: 2, report.Dog: 3}

func (p *bcg) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, rows := p.d.lang, p.drawn()
	b := chart.Bubbles{X: l.T(i18n.BCGShare), Y: l.T(i18n.BCGGrowth), Across: float64(max(p.r.Share, 1)), Along: float64(p.r.Growth), Log: true}
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
	drawing.Across = func(v float64) string { return p.d.ppm(int64(v)) }
	drawing.Tip = func(i int) []string {
		row := rows[i]
		note := ""
		if row.Small {
			note = l.T(i18n.ReportFew, "n", row.Receipts)
		}
		return lines(p.name(row), l.T(i18n.BCGQuadrants[string(row.Quadrant)]), p.d.sum(row.Now)+", "+p.d.ppm(row.Share), delta(row.Growth.N, l), note)
	}
	return drawing, nil
}

func (p *bcg) open(row report.BCGRow) {
	p.d.drillInto(behind{measure: cube.Revenue, cell: []cube.Filter{{Dim: p.item, In: []string{row.Key}}}, names: map[string]string{row.Key: p.name(row)}})
}

func (p *bcg) items(r *report.BCG) *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("bcg-" + string(p.item)), columns: []column{{title: p.d.dimWord(p.item)}, {title: l.T(i18n.BCGQuadrant)},
		{title: l.T(i18n.ColRevenue), form: asMoney}, {title: l.T(i18n.BCGThen), form: asMoney}, {title: l.T(i18n.BCGGrowth), form: asChange},
		{title: l.T(i18n.ColShare), form: asShare}, {title: p.d.measureWord(cube.Margin), form: asMoney}, {title: l.T(i18n.ColReceipts), form: asCount}}}
	for _, row := range r.Rows {
		line := gridRow{cells: []sheet.Cell{sheet.TextOf(p.name(row)), sheet.TextOf(l.T(i18n.BCGQuadrants[string(row.Quadrant)])), sheet.Of(row.Now), sheet.Of(row.Then),
			valued(row.Growth), sheet.Of(row.Share / 100), sheet.Of(row.Margin), sheet.Of(row.Receipts)}, open: func() { p.open(row) }}
		if row.Small {
			line.note = l.T(i18n.ReportFew, "n", row.Receipts)
		}
		g.rows = append(g.rows, line)
	}
	if r.Others > 0 {
		g.rest = l.T(i18n.WidgetRest, "n", r.Others)
		g.all = func(ctx context.Context, then func(*grid, *errcode.Error)) {
			ask(ctx, p.d, report.NameBCG, p.request(0), func(all report.BCG, e *errcode.Error) {
				if e != nil {
					then(nil, e)
					return
				}
				then(p.items(&all), nil)
			})
		}
	}
	return g
}

// lists counts each quadrant.
func (p *bcg) lists() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: p.d.fileOf("bcg-quadrants"), columns: []column{{title: l.T(i18n.BCGQuadrant)}, {title: l.T(i18n.BCGItems), form: asCount},
		{title: l.T(i18n.BCGSmall), form: asCount}, {title: l.T(i18n.ColRevenue), form: asMoney}, {title: l.T(i18n.ColShare), form: asShare},
		{title: l.T(i18n.BCGThen), form: asMoney}, {title: l.T(i18n.BCGGrowth), form: asChange}}}
	items, small := 0, 0
	for _, list := range r.Lists {
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(l.T(i18n.BCGQuadrants[string(list.Quadrant)])), sheet.Of(int64(list.Items)), sheet.Of(int64(list.Small)),
			sheet.Of(list.Now), sheet.Of(share0(list.Now, r.Now)), sheet.Of(list.Then), changed(cube.Some(list.Now), cube.Some(list.Then))}})
		items, small = items+list.Items, small+list.Small
	}
	g.total = []sheet.Cell{{}, sheet.Of(int64(items)), sheet.Of(int64(small)), sheet.Of(r.Now), sheet.Of(10000), sheet.Of(r.Then), changed(cube.Some(r.Now), cube.Some(r.Then))}
	return g
}
