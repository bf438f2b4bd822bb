package desk

import (
	"context"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// salesShown is how many rows the table shows; the file has all.
const salesShown = 1000

// salesBars is how many bars the chart of the table has.
const salesBars = 15

// salesDims are what sales can be laid out by.
var salesDims = []cube.DimID{cube.Day, cube.Week, cube.Month, cube.Store, cube.Region, cube.Department, cube.Group, cube.Category, cube.Product,
	cube.Cashier, cube.CustomerGroup, cube.Weekday, cube.Hour}

// salesMeasures are the columns of the table, in order; the chart shows one.
var salesMeasures = []cube.MeasureID{cube.Revenue, cube.Receipts, cube.AverageReceipt, cube.ItemsPerReceipt, cube.Units, cube.AveragePrice,
	cube.Margin, cube.MarginShare, cube.Discount, cube.DiscountShare, cube.Returns, cube.ReturnShare}

// driverDims are where a change can have come from.
var driverDims = []cube.DimID{cube.Store, cube.Department, cube.Category, cube.Product, cube.Cashier, cube.CustomerGroup}

// driversShown is how many bars say where a change came from.
const driversShown = 8

// heatMeasures are what the week's hours can show.
var heatMeasures = []cube.MeasureID{cube.Revenue, cube.Receipts, cube.AverageReceipt, cube.ItemsPerReceipt, cube.ItemsPerMinute, cube.MarginShare}

// sales is the page of sales: why revenue changed, sales by anything, the week's
// hours.
type sales struct {
	d *desk

	growth  *report.Growth
	result  *cube.Result
	heat    *cube.Result
	by      cube.DimID
	measure cube.MeasureID
	drivers cube.DimID
	hours   cube.MeasureID
}

func newSales(d *desk) study {
	return &sales{d: d, by: cube.Department, measure: cube.Revenue, drivers: cube.Department, hours: cube.Revenue}
}

func (p *sales) questions() []question {
	table := p.query()
	table.Limit, table.Rest = salesShown, true
	heat := p.d.cubeQuery([]cube.MeasureID{p.hours}, cube.Weekday, cube.Hour)
	heat.Compare, heat.Earlier, heat.Until = cube.NoCompare, "", 0
	return []question{
		asks(report.NameGrowth, report.GrowthRequest{Slice: p.d.slice(), Against: p.d.against(), By: p.drivers}, &p.growth),
		counts(table, &p.result), counts(heat, &p.heat),
	}
}

// query asks for the table.
func (p *sales) query() cube.Query {
	q := p.d.cubeQuery(salesMeasures, p.by)
	if dim, _ := cube.DimOf(p.by); !dim.Time && p.by != cube.Hour && p.by != cube.Weekday {
		q.Sort = []cube.Sort{{Measure: p.measure, Desc: true}}
	}
	return q
}

func (p *sales) formula() string { return p.d.lang.T(i18n.GrowthFormula) }

func (p *sales) parts() []part {
	if p.growth.Now.Receipts == 0 && p.growth.Then.Receipts == 0 {
		return nil
	}
	l := p.d.lang
	word := p.d.measureWord(p.measure)
	table := part{
		id: "sales", span: 12, title: l.T(i18n.SalesTable, "measure", word, "dim", lower(p.d.dimWord(p.by))), reading: p.readTable(), both: true,
		key: string(p.by) + string(p.measure), chart: p.draw, pick: p.open, grid: func() *grid { return p.grid(p.result) },
		acts: []app.UI{
			p.d.chooser("sales-by", l.T(i18n.SalesBy), string(p.by), p.d.dimChoices(salesDims...), func(id string) {
				p.by = cube.DimID(id)
				p.d.refreshPage()
			}),
			p.d.chooser("sales-measure", l.T(i18n.SalesShow), string(p.measure), p.d.measureChoices(salesMeasures...), func(id string) {
				p.measure = cube.MeasureID(id)
				p.d.refreshPage()
			}),
		},
	}
	heat := part{
		id: "week-hours", span: 12, title: l.T(i18n.HeatTitle, "measure", p.d.measureWord(p.hours)), reading: p.readHours(), tall: p.heatTall(),
		key: string(p.hours), chart: p.drawHours, pick: p.openHour, grid: p.hoursGrid,
		acts: []app.UI{p.d.chooser("hours-measure", l.T(i18n.SalesShow), string(p.hours), p.d.measureChoices(heatMeasures...), func(id string) {
			p.hours = cube.MeasureID(id)
			p.d.refreshPage()
		})},
	}
	return slices.Concat(p.growthParts(), []part{table, heat})
}

// readTable names what leads.
func (p *sales) readTable() string {
	if p.measure != cube.Revenue || len(p.result.Rows) == 0 {
		return ""
	}
	if dim, _ := cube.DimOf(p.by); dim.Time || p.by == cube.Hour || p.by == cube.Weekday {
		points := course(p.result, p.by, 0, p.d.insight.To, p.d.lang)
		if dim.Time {
			return p.d.readCourse(points, cube.Revenue, p.result.Total)
		}
	}
	lead := slices.MaxFunc(p.result.Rows, func(a, b cube.Row) int { return int(a.Values[0].N - b.Values[0].N) })
	return p.d.lang.T(i18n.ReadLead, "name", p.name(p.result, lead), "share",
		p.d.lang.Percent(whole(share(lead.Values[0].N, p.result.Total.Values[0].N))))
}

// name names a row of an answer.
func (p *sales) name(r *cube.Result, row cube.Row) string {
	key, name := row.Keys[0], ""
	if len(r.Names) > 0 {
		name = r.Names[0][key].In(string(p.d.lang))
	}
	return p.d.keyWord(p.by, key, name)
}

// at is the column of the measure that is shown.
func (p *sales) at() int { return max(0, slices.Index(p.result.Measures, p.measure)) }

func (p *sales) draw(colours chart.Colours) (*chart.Drawing, error) {
	d, r, at := p.d, p.result, p.at()
	if dim, _ := cube.DimOf(p.by); dim.Time {
		points := course(r, p.by, at, d.insight.To, d.lang)
		drawing, err := chart.Course{Name: d.measureWord(p.measure), Labels: points.labels, Now: points.now, Before: points.before, Zero: true}.Draw(colours)
		if err != nil {
			return nil, err
		}
		d.valueAxis(drawing, p.measure)
		drawing.Tip = func(i int) []string {
			return lines(points.labels[i], d.written(p.measure, points.now[i]), d.writtenThen(p.measure, points.before, i))
		}
		return drawing, nil
	}
	bars := chart.Ranking{Room: d.namesRoom()}
	shown := cut(r.Rows, salesBars)
	for _, row := range shown {
		bars.Names = append(bars.Names, p.name(r, row))
		bars.Labels = append(bars.Labels, figureOrDash(d, p.measure, row.Values[at]))
		bars.Now = append(bars.Now, float64(row.Values[at].N))
		if r.Before != nil && r.Before.From != r.From {
			bars.Before = append(bars.Before, valueAt(row.Before, at))
		}
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row := shown[i]
		text := []string{p.name(r, row), figure(p.measure, row.Values[at], d.lang, d.currency())}
		if len(row.Before) > at {
			text = append(text, d.lang.T(i18n.WidgetThen)+": "+figure(p.measure, row.Before[at], d.lang, d.currency()))
		}
		return text
	}
	return drawing, nil
}

func valueAt(values []cube.Value, at int) float64 {
	if at >= len(values) {
		return 0
	}
	return float64(values[at].N)
}

// figureOrDash writes a value shortly for a bar's end.
func figureOrDash(d *desk, id cube.MeasureID, v cube.Value) string {
	m, _ := cube.MeasureOf(id)
	switch {
	case !v.OK:
		return "–"
	case m.Format == cube.FormatMoney && m.Additivity == cube.Additive, m.Format == cube.FormatCount:
		return short(id, float64(v.N), d.lang, d.currency())
	}
	return figure(id, v, d.lang, d.currency())
}

// written writes a value of a chart; nothing for a step without one.
func (d *desk) written(id cube.MeasureID, v *float64) string {
	if v == nil {
		return ""
	}
	return figure(id, cube.Some(int64(*v)), d.lang, d.currency())
}

func (d *desk) writtenThen(id cube.MeasureID, before []*float64, i int) string {
	if before == nil || before[i] == nil {
		return ""
	}
	return d.lang.T(i18n.WidgetThen) + ": " + d.written(id, before[i])
}

// open opens the receipts behind a mark of the chart.
func (p *sales) open(i int) {
	if dim, _ := cube.DimOf(p.by); dim.Time {
		if keys := course(p.result, p.by, 0, "", p.d.lang).keys; i < len(keys) {
			p.d.drillInto(behind{measure: p.measure, cell: []cube.Filter{{Dim: p.by, In: []string{keys[i]}}}})
		}
		return
	}
	if i < len(p.result.Rows) {
		p.openRow(p.result, p.result.Rows[i])
	}
}

func (p *sales) openRow(r *cube.Result, row cube.Row) {
	key := row.Keys[0]
	p.d.drillInto(behind{measure: p.measure, cell: []cube.Filter{{Dim: p.by, In: []string{key}}}, names: map[string]string{key: p.name(r, row)}})
}

// grid is the table: every measure, the shown one with its comparison.
func (p *sales) grid(r *cube.Result) *grid {
	l, at := p.d.lang, slices.Index(r.Measures, p.measure)
	g := &grid{name: p.d.fileOf("sales-" + string(p.by)), columns: []column{{title: p.d.dimWord(p.by)}}}
	order := append([]int{at}, make([]int, 0, len(r.Measures))...)
	for i := range r.Measures {
		if i != at {
			order = append(order, i)
		}
	}
	for n, i := range order {
		g.columns = append(g.columns, measured(r.Measures[i], p.d.measureWord(r.Measures[i])))
		if n == 0 && r.Before != nil {
			g.columns = append(g.columns, measured(r.Measures[i], l.T(i18n.WidgetThen)), column{title: l.T(i18n.ColChange), form: asChange})
		}
	}
	line := func(first sheet.Cell, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{first}
		for n, i := range order {
			cells = append(cells, valued(row.Values[i]))
			if n == 0 && r.Before != nil {
				before := cube.Value{}
				if i < len(row.Before) {
					before = row.Before[i]
				}
				cells = append(cells, valued(before), changed(row.Values[i], before))
			}
		}
		return cells
	}
	for _, row := range r.Rows {
		g.rows = append(g.rows, gridRow{cells: line(sheet.TextOf(p.name(r, row)), row), open: func() { p.openRow(r, row) }})
	}
	g.total = line(sheet.Cell{}, r.Total)
	if r.Rest != nil {
		g.rest = l.T(i18n.WidgetRest, "n", r.RestOf)
		g.all = p.all
	}
	return g
}

// all gets every row for a file.
func (p *sales) all(ctx context.Context, then func(*grid, *errcode.Error)) {
	query(ctx, p.d, bridge.InsightQuery, p.query(), func(r cube.Result, e *errcode.Error) {
		if e != nil {
			then(nil, e)
			return
		}
		then(p.grid(&r), nil)
	})
}

// heatTall is the height of the week's hours.
func (p *sales) heatTall() int {
	if p.d.narrow {
		return 520
	}
	return 280
}

// week lays the week's hours out with numbers of the measure.
func (p *sales) week() chart.Heat {
	heat := p.d.heatOf(p.hours, p.heat)
	if m, _ := cube.MeasureOf(p.hours); m.Format != cube.FormatMoney || m.Additivity == cube.Additive {
		return heat
	}
	for i := range heat.Cells {
		for j, v := range heat.Cells[i] {
			if v != nil {
				heat.Labels[i][j] = short(p.hours, *v, p.d.lang, p.d.currency())
			}
		}
	}
	return heat
}

func (p *sales) drawHours(colours chart.Colours) (*chart.Drawing, error) {
	if len(p.heat.Rows) == 0 {
		return chart.Heat{}.Draw(colours)
	}
	heat := p.week()
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	d := p.d
	drawing.Tip = func(point int) []string {
		i, j := point/len(heat.Columns), point%len(heat.Columns)
		return lines(heat.Rows[i]+", "+heat.Columns[j], d.written(p.hours, heat.Cells[i][j]))
	}
	return drawing, nil
}

func (p *sales) openHour(point int) {
	if len(p.heat.Rows) > 0 {
		p.d.drillInto(p.d.behindHour(widget{Measure: p.hours}, p.d.heatOf(p.hours, p.heat), point))
	}
}

// readHours names the best hours.
func (p *sales) readHours() string {
	if p.hours == cube.Revenue || p.hours == cube.Receipts {
		if text := readHeat(p.heat, p.d.lang); text != "" && p.hours == cube.Revenue {
			return text
		}
	}
	best := -1
	for i, row := range p.heat.Rows {
		if row.Values[0].OK && (best < 0 || row.Values[0].N > p.heat.Rows[best].Values[0].N) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	row := p.heat.Rows[best]
	hour, err := strconv.Atoi(row.Keys[1])
	if err != nil {
		return ""
	}
	return p.d.lang.T(i18n.HeatMost, "day", p.d.keyName(cube.Weekday, row.Keys[0]), "from", hour, "to", hour+1,
		"value", figure(p.hours, row.Values[0], p.d.lang, p.d.currency()))
}

// hoursGrid is the week's hours in figures.
func (p *sales) hoursGrid() *grid {
	heat := chart.Heat{}
	if len(p.heat.Rows) > 0 {
		heat = p.d.heatOf(p.hours, p.heat)
	}
	m, _ := cube.MeasureOf(p.hours)
	g := &grid{name: p.d.fileOf("hours"), columns: []column{{title: p.d.dimWord(cube.Weekday)}}}
	for _, name := range heat.Columns {
		g.columns = append(g.columns, column{title: name, form: formOf(m.Format)})
	}
	for i, name := range heat.Rows {
		row := gridRow{cells: []sheet.Cell{sheet.TextOf(name)}}
		for _, v := range heat.Cells[i] {
			row.cells = append(row.cells, valued(value(v)))
		}
		g.rows = append(g.rows, row)
	}
	return g
}
