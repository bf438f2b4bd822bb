package sales

import (
	"context"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/desk/kit"
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
	d *kit.Desk

	growth  *report.Growth
	result  *cube.Result
	heat    *cube.Result
	by      cube.DimID
	measure cube.MeasureID
	drivers cube.DimID
	hours   cube.MeasureID
}

func newSales(d *kit.Desk) kit.Study {
	return &sales{d: d, by: cube.Department, measure: cube.Revenue, drivers: cube.Department, hours: cube.Revenue}
}

func (p *sales) Questions() []kit.Question {
	table := p.query()
	table.Limit, table.Rest = salesShown, true
	heat := p.d.CubeQuery([]cube.MeasureID{p.hours}, cube.Weekday, cube.Hour)
	heat.Compare, heat.Earlier, heat.Until = cube.NoCompare, "", 0
	return []kit.Question{
		kit.Asks(report.NameGrowth, report.GrowthRequest{Slice: p.d.Slice(), Against: p.d.Against(), By: p.drivers}, &p.growth),
		kit.Counts(table, &p.result), kit.Counts(heat, &p.heat),
	}
}

// query asks for the table.
func (p *sales) query() cube.Query {
	q := p.d.CubeQuery(salesMeasures, p.by)
	if dim, _ := cube.DimOf(p.by); !dim.Time && p.by != cube.Hour && p.by != cube.Weekday {
		q.Sort = []cube.Sort{{Measure: p.measure, Desc: true}}
	}
	return q
}

func (p *sales) Formula() string { return p.d.Lang.T(growthFormula) }

func (p *sales) Parts() []kit.Part {
	if p.growth.Now.Receipts == 0 && p.growth.Then.Receipts == 0 {
		return nil
	}
	l := p.d.Lang
	word := p.d.MeasureWord(p.measure)
	table := kit.Part{
		ID: "sales", Span: 12, Title: l.T(i18n.SalesTable, "measure", word, "dim", kit.Lower(p.d.DimWord(p.by))), Reading: p.readTable(), Both: true,
		Key: string(p.by) + string(p.measure), Chart: p.draw, Pick: p.open, Grid: func() *kit.Grid { return p.grid(p.result) },
		Acts: []app.UI{
			kit.Chooser(p.d, "sales-by", l.T(i18n.SalesBy), string(p.by), kit.DimChoices(p.d, salesDims...), func(id string) {
				p.by = cube.DimID(id)
				p.d.RefreshPage()
			}),
			kit.Chooser(p.d, "sales-measure", l.T(i18n.SalesShow), string(p.measure), kit.MeasureChoices(p.d, salesMeasures...), func(id string) {
				p.measure = cube.MeasureID(id)
				p.d.RefreshPage()
			}),
		},
	}
	heat := kit.Part{
		ID: "week-hours", Span: 12, Title: l.T(heatTitle, "measure", p.d.MeasureWord(p.hours)), Reading: p.readHours(), Tall: p.heatTall(),
		Key: string(p.hours), Chart: p.drawHours, Pick: p.openHour, Grid: p.hoursGrid,
		Acts: []app.UI{kit.Chooser(p.d, "hours-measure", l.T(i18n.SalesShow), string(p.hours), kit.MeasureChoices(p.d, heatMeasures...), func(id string) {
			p.hours = cube.MeasureID(id)
			p.d.RefreshPage()
		})},
	}
	return slices.Concat(p.growthParts(), []kit.Part{table, heat})
}

// readTable names what leads.
func (p *sales) readTable() string {
	if p.measure != cube.Revenue || len(p.result.Rows) == 0 {
		return ""
	}
	if dim, _ := cube.DimOf(p.by); dim.Time || p.by == cube.Hour || p.by == cube.Weekday {
		points := kit.Course(p.result, p.by, 0, p.d.Insight.To, p.d.Lang)
		if dim.Time {
			return p.d.ReadCourse(points, cube.Revenue, p.result.Total)
		}
	}
	lead := slices.MaxFunc(p.result.Rows, func(a, b cube.Row) int { return int(a.Values[0].N - b.Values[0].N) })
	return p.d.Lang.T(i18n.ReadLead, "name", p.name(p.result, lead), "share",
		p.d.Lang.Percent(kit.Whole(kit.Share(lead.Values[0].N, p.result.Total.Values[0].N))))
}

// name names a row of an answer.
func (p *sales) name(r *cube.Result, row cube.Row) string {
	return p.d.KeyWord(p.by, row.Keys[0], kit.NameIn(r, row, p.d.Lang))
}

// at is the column of the measure that is shown.
func (p *sales) at() int { return max(0, slices.Index(p.result.Measures, p.measure)) }

func (p *sales) draw(colours chart.Colours) (*chart.Drawing, error) {
	d, r, at := p.d, p.result, p.at()
	if dim, _ := cube.DimOf(p.by); dim.Time {
		points := kit.Course(r, p.by, at, d.Insight.To, d.Lang)
		drawing, err := chart.Course{Name: d.MeasureWord(p.measure), Labels: points.Labels, Now: points.Now, Before: points.Before, Zero: true}.Draw(colours)
		if err != nil {
			return nil, err
		}
		kit.ValueAxis(d, drawing, p.measure)
		drawing.Tip = func(i int) []string {
			return kit.Lines(points.Labels[i], written(d, p.measure, points.Now[i]), writtenThen(d, p.measure, points.Before, i))
		}
		return drawing, nil
	}
	bars := chart.Ranking{Room: kit.NamesRoom(d)}
	shown := kit.Cut(r.Rows, salesBars)
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
		text := []string{p.name(r, row), kit.Figure(p.measure, row.Values[at], d.Lang, d.Currency())}
		if len(row.Before) > at {
			text = append(text, d.Lang.T(i18n.WidgetThen)+": "+kit.Figure(p.measure, row.Before[at], d.Lang, d.Currency()))
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
func figureOrDash(d *kit.Desk, id cube.MeasureID, v cube.Value) string {
	m, _ := cube.MeasureOf(id)
	switch {
	case !v.OK:
		return "–"
	case m.Format == cube.FormatMoney && m.Additivity == cube.Additive, m.Format == cube.FormatCount:
		return kit.Short(id, float64(v.N), d.Lang, d.Currency())
	}
	return kit.Figure(id, v, d.Lang, d.Currency())
}

// written writes a value of a chart; nothing for a step without one.
func written(d *kit.Desk, id cube.MeasureID, v *float64) string {
	if v == nil {
		return ""
	}
	return kit.Figure(id, cube.Some(int64(*v)), d.Lang, d.Currency())
}

func writtenThen(d *kit.Desk, id cube.MeasureID, before []*float64, i int) string {
	if before == nil || before[i] == nil {
		return ""
	}
	return d.Lang.T(i18n.WidgetThen) + ": " + written(d, id, before[i])
}

// open opens the receipts behind a mark of the chart.
func (p *sales) open(i int) {
	if dim, _ := cube.DimOf(p.by); dim.Time {
		if keys := kit.Course(p.result, p.by, 0, "", p.d.Lang).Keys; i < len(keys) {
			p.d.DrillInto(kit.Drill{Measure: p.measure, Cell: []cube.Filter{{Dim: p.by, In: []string{keys[i]}}}})
		}
		return
	}
	if i < len(p.result.Rows) {
		p.openRow(p.result, p.result.Rows[i])
	}
}

func (p *sales) openRow(r *cube.Result, row cube.Row) {
	p.d.DrillInto(drillOf(p.measure, p.by, row.Keys[0], p.name(r, row)))
}

// grid is the table: every measure, the shown one first with its comparison.
func (p *sales) grid(r *cube.Result) *kit.Grid {
	l := p.d.Lang
	t := kit.Table[cube.Row]{Name: p.d.FileOf("sales-" + string(p.by)), Rows: r.Rows, Open: func(row cube.Row) { p.openRow(r, row) },
		Columns: []kit.TableColumn[cube.Row]{{Text: p.d.DimWord(p.by), Cell: func(row cube.Row) sheet.Cell { return sheet.TextOf(p.name(r, row)) }}}}
	var shown, others []kit.TableColumn[cube.Row]
	for i, id := range r.Measures {
		c := measured(p.d, r, i, p.d.MeasureWord(id))
		if id == p.measure {
			shown = append(shown, c, before(p.d, r, i, l.T(i18n.WidgetThen)), changeOf(p.d, r, i))
			continue
		}
		others = append(others, c)
	}
	t.Columns = slices.Concat(t.Columns, shown, others)
	if r.Rest != nil {
		t.Rest, t.All = l.T(i18n.WidgetRest, "n", r.RestOf), p.all
	}
	return t.Grid(l)
}

// all gets every row for a file.
func (p *sales) all(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
	kit.Query(ctx, p.d, bridge.InsightQuery, p.query(), func(r cube.Result, e *errcode.Error) {
		if e != nil {
			then(nil, e)
			return
		}
		then(p.grid(&r), nil)
	})
}

// heatTall is the height of the week's hours.
func (p *sales) heatTall() int {
	if p.d.Narrow {
		return 520
	}
	return 280
}

// week lays the week's hours out with numbers of the measure.
func (p *sales) week() chart.Heat {
	heat := p.d.HeatOf(p.hours, p.heat)
	if m, _ := cube.MeasureOf(p.hours); m.Format != cube.FormatMoney || m.Additivity == cube.Additive {
		return heat
	}
	for i := range heat.Cells {
		for j, v := range heat.Cells[i] {
			if v != nil {
				heat.Labels[i][j] = kit.Short(p.hours, *v, p.d.Lang, p.d.Currency())
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
		return kit.Lines(heat.Rows[i]+", "+heat.Columns[j], written(d, p.hours, heat.Cells[i][j]))
	}
	return drawing, nil
}

func (p *sales) openHour(point int) {
	if len(p.heat.Rows) > 0 {
		p.d.DrillInto(kit.Drill{Measure: p.hours, Cell: p.d.HourCells(p.d.HeatOf(p.hours, p.heat), point)})
	}
}

// readHours names the best hours.
func (p *sales) readHours() string {
	if p.hours == cube.Revenue || p.hours == cube.Receipts {
		if text := kit.ReadHeat(p.heat, p.d.Lang); text != "" && p.hours == cube.Revenue {
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
	return p.d.Lang.T(heatMost, "day", p.d.KeyName(cube.Weekday, row.Keys[0]), "from", hour, "to", hour+1,
		"value", kit.Figure(p.hours, row.Values[0], p.d.Lang, p.d.Currency()))
}

// hoursGrid is the week's hours in figures: a row of cells for each row of the map.
func (p *sales) hoursGrid() *kit.Grid {
	heat := chart.Heat{}
	if len(p.heat.Rows) > 0 {
		heat = p.d.HeatOf(p.hours, p.heat)
	}
	rows := make([]int, len(heat.Rows))
	for i := range rows {
		rows[i] = i
	}
	m, _ := cube.MeasureOf(p.hours)
	t := kit.Table[int]{Name: p.d.FileOf("hours"), Rows: rows, Columns: []kit.TableColumn[int]{
		{Text: p.d.DimWord(cube.Weekday), Cell: func(i int) sheet.Cell { return sheet.TextOf(heat.Rows[i]) }}}}
	for j, name := range heat.Columns {
		t.Columns = append(t.Columns, kit.TableColumn[int]{Text: name, Format: kit.FormOf(m.Format),
			Cell: func(i int) sheet.Cell { return kit.Valued(kit.Value(heat.Cells[i][j])) }})
	}
	return t.Grid(p.d.Lang)
}
