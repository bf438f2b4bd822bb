package board

import (
	"slices"
	"strconv"
	"strings"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/sheet"
)

// widgetKind is what a widget is.
type widgetKind string

// Kinds of widgets.
const (
	widgetNumber widgetKind = "number" // with its change and its course in small
	widgetCourse widgetKind = "course" // over time
	widgetBars   widgetKind = "bars"   // a ranking
	widgetHeat   widgetKind = "heat"   // weekdays and hours
	widgetTable  widgetKind = "table"
	widgetText   widgetKind = "text"
)

// widgetKinds are those that are offered, with what they are called.
var widgetKinds = []struct {
	kind widgetKind
	name *i18n.Message
}{
	{widgetNumber, widgetIsNumber}, {widgetCourse, widgetIsCourse}, {widgetBars, widgetIsBars},
	{widgetHeat, widgetIsHeat}, {widgetTable, widgetIsTable}, {widgetText, widgetIsText},
}

// widget is a piece of a dashboard.
type widget struct {
	ID      string         `json:"id"` // among the dashboard's
	Kind    widgetKind     `json:"kind"`
	Title   string         `json:"title,omitempty"` // "": what it shows
	Text    string         `json:"text,omitempty"`
	Measure cube.MeasureID `json:"measure,omitempty"`
	By      cube.DimID     `json:"by,omitempty"`
	Where   []cube.Filter  `json:"where,omitempty"` // of its own, beside the page's filter
	Top     int            `json:"top,omitempty"`   // 0: all that there is
	Wide    int            `json:"wide"`            // columns of twelve
	Tall    int            `json:"tall,omitempty"`  // height of its chart in pixels; 0: the usual
}

// layout is a dashboard: widgets one after another.
type layout struct {
	Widgets []widget `json:"widgets"`
}

// Bounds of a widget's size.
const (
	wideMin  = 2
	wideMax  = 12
	tallMin  = 120
	tallMax  = 900
	tallStep = 40
)

// usualLayout is the dashboard that everybody begins with.
func usualLayout() layout {
	return layout{Widgets: []widget{
		{ID: "revenue", Kind: widgetNumber, Measure: cube.Revenue, Wide: 3},
		{ID: "receipts", Kind: widgetNumber, Measure: cube.Receipts, Wide: 3},
		{ID: "average", Kind: widgetNumber, Measure: cube.AverageReceipt, Wide: 3},
		{ID: "items", Kind: widgetNumber, Measure: cube.ItemsPerReceipt, Wide: 3},
		{ID: "course", Kind: widgetCourse, Measure: cube.Revenue, Wide: 12},
		{ID: "heat", Kind: widgetHeat, Measure: cube.Revenue, Wide: 12},
		{ID: "stores", Kind: widgetBars, Measure: cube.Revenue, By: cube.Store, Top: 12, Wide: 6},
		{ID: "groups", Kind: widgetBars, Measure: cube.Revenue, By: cube.Department, Top: 12, Wide: 6},
		{ID: "products", Kind: widgetBars, Measure: cube.Revenue, By: cube.Product, Top: 10, Wide: 12},
	}}
}

// mended is l with everything within its bounds: it may come from another version.
func (l layout) mended() layout {
	seen := map[string]bool{}
	out := layout{Widgets: []widget{}}
	for i, w := range l.Widgets {
		known := slices.ContainsFunc(widgetKinds, func(k struct {
			kind widgetKind
			name *i18n.Message
		}) bool {
			return k.kind == w.Kind
		})
		if !known {
			continue
		}
		if w.ID == "" || seen[w.ID] {
			w.ID = "w" + strconv.Itoa(i) + "-" + w.ID
		}
		seen[w.ID] = true
		w.Wide = min(max(w.Wide, wideMin), wideMax)
		if w.Tall != 0 {
			w.Tall = min(max(w.Tall, tallMin), tallMax)
		}
		if _, ok := cube.DimOf(w.By); !ok {
			w.By = ""
		}
		out.Widgets = append(out.Widgets, w)
	}
	return out
}

// moved puts widget i in place of j.
func (l layout) moved(i, j int) layout {
	list := slices.Clone(l.Widgets)
	if i < 0 || i >= len(list) || i == j {
		return l
	}
	w := list[i]
	list = slices.Delete(list, i, i+1)
	return layout{Widgets: slices.Insert(list, min(max(j, 0), len(list)), w)}
}

// title is what a widget is called.
func widgetTitle(d *kit.Desk, w widget) string {
	l := d.Lang
	name := d.MeasureWord(w.Measure)
	switch {
	case w.Title != "":
		return w.Title
	case w.Kind == widgetText:
		return ""
	case w.Kind == widgetCourse:
		return l.T(widgetDays, "measure", name, "grain", l.T(grainName[kit.Grain(d.Dates())]))
	case w.Kind == widgetHeat && w.Measure == cube.Revenue:
		return l.T(widgetHeatText)
	case w.Kind == widgetHeat:
		return l.T(widgetHeatText) + ": " + kit.Lower(name)
	case w.Kind == widgetNumber:
		return name
	case w.Measure == cube.Revenue && w.By == cube.Store:
		return l.T(widgetStores)
	case w.Measure == cube.Revenue && w.By == cube.Department:
		return l.T(widgetGroups)
	case w.Measure == cube.Revenue && w.By == cube.Product && w.Top > 0:
		return l.T(widgetProducts)
	}
	return l.T(i18n.SalesTable, "measure", name, "dim", kit.Lower(d.DimWord(w.By)))
}

// widgetQuery is what a widget asks.
func widgetQuery(d *kit.Desk, w widget) cube.Query {
	q := d.CubeQuery([]cube.MeasureID{w.Measure})
	q.Own = kit.OwnOf(d, w.Measure)
	q.Where = append(q.Where, w.Where...)
	switch w.Kind {
	case widgetCourse, widgetNumber:
		q.By = []cube.DimID{kit.Grain(d.Dates())}
	case widgetHeat:
		q.By = []cube.DimID{cube.Weekday, cube.Hour}
		q.Compare, q.Earlier, q.Until = cube.NoCompare, "", 0
	default:
		q.By = []cube.DimID{w.By}
		if dim, _ := cube.DimOf(w.By); !dim.Time {
			q.Sort = []cube.Sort{{Measure: w.Measure, Desc: true}}
		}
		if w.Top > 0 {
			q.Limit, q.Rest = w.Top, true
		}
	}
	return q
}

var grainName = map[cube.DimID]*i18n.Message{
	cube.Hour: grainHours, cube.Day: grainDays, cube.Week: grainWeeks, cube.Month: grainMonths,
}

// behindWidget is what is behind a cell of a widget.
func behindWidget(w widget, cell ...cube.Filter) kit.Drill {
	return kit.Drill{Measure: w.Measure, Cell: append(slices.Clone(w.Where), cell...)}
}

// behindStep is what is behind a point of a course.
func behindStep(d *kit.Desk, w widget, by cube.DimID, key string) kit.Drill {
	b := behindWidget(w, cube.Filter{Dim: by, In: []string{key}})
	if by == cube.Day {
		b.Only = func() { d.SetFilter(func(f *kit.Filter) { f.Period, f.From, f.To = kit.OwnDates, key, key }) }
	}
	return b
}

// behindBar is what is behind a bar.
func behindBar(d *kit.Desk, w widget, r *cube.Result, i int) kit.Drill {
	return behindRow(d, w, r, r.Rows[i])
}

// behindRow is what is behind a row.
func behindRow(d *kit.Desk, w widget, r *cube.Result, row cube.Row) kit.Drill {
	key := row.Keys[0]
	b := behindWidget(w, cube.Filter{Dim: r.By[0], In: []string{key}})
	b.Names = map[string]string{key: d.KeyWord(r.By[0], key, kit.NameIn(r, row, d.Lang))}
	if _, ok := kit.FacetOf(r.By[0]); ok && key != "" {
		b.Only = func() { d.SetFilter(func(f *kit.Filter) { f.Set(r.By[0], []string{key}) }) }
	}
	return b
}

// drawCourse draws a measure over time. What is not over is dashed.
func drawCourse(d *kit.Desk, w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	m, _ := d.MeasureOf(w.Measure)
	p := points(d, r)
	drawing, err := chart.Course{
		Name: d.MeasureWord(w.Measure), Labels: p.Labels, Now: p.Now, Before: p.Before, Zero: m.Additivity != cube.Ratio, Open: openSteps(d, r, p),
	}.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return kit.ShortAs(m.Format, v, d.Lang, d.Currency()) }
	drawing.Tip = func(i int) []string {
		lines := []string{p.Labels[i]}
		if p.Now[i] != nil {
			lines = append(lines, d.Figure(w.Measure, cube.Some(int64(*p.Now[i]))))
		}
		if p.Before != nil && p.Before[i] != nil {
			lines = append(lines, d.Lang.T(i18n.WidgetThen)+": "+d.Figure(w.Measure, cube.Some(int64(*p.Before[i]))))
		}
		return lines
	}
	return drawing, nil
}

// points lays a result by a grain out over its period.
func points(d *kit.Desk, r *cube.Result) kit.Points {
	return kit.Course(r, r.By[0], 0, d.Insight.To, d.Lang)
}

// openSteps is how many steps at the end have sales but are not over.
func openSteps(d *kit.Desk, r *cube.Result, p kit.Points) int {
	today := d.Today()
	if r.To < today || len(p.Now) == 0 || r.From == "" {
		return 0
	}
	last := len(p.Now) - 1
	for last >= 0 && p.Now[last] == nil {
		last--
	}
	if last < 0 {
		return 0
	}
	day, err := cube.ParseDay(today)
	if err != nil || r.By[0] != cube.Hour && p.Keys[last] != day.Key(r.By[0]) {
		return 0
	}
	return len(p.Now) - last
}

func drawHeat(d *kit.Desk, w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	heat := d.HeatOf(w.Measure, r)
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row, column := i/len(heat.Columns), i%len(heat.Columns)
		if heat.Cells[row][column] == nil {
			return nil
		}
		return []string{heat.Rows[row] + " " + heat.Columns[column], d.Figure(w.Measure, cube.Some(int64(*heat.Cells[row][column])))}
	}
	return drawing, nil
}

// nameRoom is how wide the names beside bars may be, in pixels.
func nameRoom(d *kit.Desk, w widget) int {
	switch {
	case d.Narrow:
		return 150
	case w.Wide >= 9:
		return 340
	}
	return 170
}

// barsMax is how many bars a chart shows; its table has all.
const barsMax = 15

func drawBars(d *kit.Desk, w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	m, _ := d.MeasureOf(w.Measure)
	ranking := chart.Ranking{Room: nameRoom(d, w)}
	rows := r.Rows[:min(barsMax, len(r.Rows))]
	for _, row := range rows {
		v := float64(row.Values[0].N)
		ranking.Names = append(ranking.Names, d.KeyWord(r.By[0], row.Keys[0], kit.NameIn(r, row, d.Lang)))
		ranking.Labels = append(ranking.Labels, kit.ShortAs(m.Format, v, d.Lang, d.Currency()))
		ranking.Now = append(ranking.Now, v)
		if r.Before != nil {
			before := 0.0
			if len(row.Before) > 0 {
				before = float64(row.Before[0].N)
			}
			ranking.Before = append(ranking.Before, before)
		}
	}
	drawing, err := ranking.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row := rows[i]
		value := d.Figure(w.Measure, row.Values[0])
		if m.Additivity == cube.Additive {
			value += " · " + d.Lang.Percent(kit.Whole(kit.Share(row.Values[0].N, r.Total.Values[0].N)))
		}
		lines := []string{ranking.Names[i], value}
		if len(row.Before) > 0 {
			if bp, ok := kit.Change(row.Values[0], row.Before[0]); ok {
				lines = append(lines, kit.Delta(bp, d.Lang))
			}
		}
		return lines
	}
	return drawing, nil
}

// widgetGrid is a widget's answer in figures: share, compared period, change.
func widgetGrid(d *kit.Desk, w widget, r *cube.Result) *kit.Grid {
	l := d.Lang
	m, _ := d.MeasureOf(w.Measure)
	by := r.By[0]
	before := func(row cube.Row) cube.Value {
		if len(row.Before) == 0 {
			return cube.Value{}
		}
		return row.Before[0]
	}
	column := func(title string, format kit.Format, cell func(cube.Row) sheet.Cell) kit.TableColumn[cube.Row] {
		return kit.TableColumn[cube.Row]{Text: title, Format: format, Better: kit.BetterOf(d, w.Measure), Cell: cell, Total: cell(r.Total)}
	}
	share := column(l.T(measureShare), kit.AsShare, func(row cube.Row) sheet.Cell { return sheet.Of(kit.Share(row.Values[0].N, r.Total.Values[0].N)) })
	share.Without = m.Additivity != cube.Additive || by == cube.Hour
	then := column(l.T(i18n.WidgetThen), kit.FormOf(m.Format), func(row cube.Row) sheet.Cell { return kit.Valued(before(row)) })
	change := column(l.T(measureChange), kit.AsChange, func(row cube.Row) sheet.Cell { return kit.Changed(row.Values[0], before(row)) })
	then.Without, change.Without = r.Before == nil, r.Before == nil
	t := kit.Table[cube.Row]{Name: d.FileOf(w.ID), Rows: r.Rows, Columns: []kit.TableColumn[cube.Row]{
		{Text: d.DimWord(by), Cell: func(row cube.Row) sheet.Cell {
			return sheet.TextOf(stepName(d, by, row.Keys[0], kit.NameIn(r, row, l)))
		}},
		column(d.MeasureWord(w.Measure), kit.FormOf(m.Format), func(row cube.Row) sheet.Cell { return kit.Valued(row.Values[0]) }),
		share, then, change,
	}, Open: func(row cube.Row) {
		if w.Kind == widgetCourse {
			d.DrillInto(behindStep(d, w, by, row.Keys[0]))
			return
		}
		d.DrillInto(behindRow(d, w, r, row))
	}}
	if r.Rest != nil {
		whole := w
		whole.Top = 0
		t.Rest = l.T(i18n.WidgetRest, "n", r.RestOf) + ": " + d.Figure(w.Measure, r.Rest.Values[0])
		t.All = allOf(d, whole)
	}
	return t.Grid(l)
}

// stepName names a key in a table: dates in full.
func stepName(d *kit.Desk, by cube.DimID, key, name string) string {
	if dim, _ := cube.DimOf(by); dim.Time || by == cube.Hour || by == cube.Weekday {
		return d.KeyName(by, key)
	}
	return d.KeyWord(by, key, name)
}

// heatGrid is the heat map in figures: a row of cells for each row of the map.
func heatGrid(d *kit.Desk, w widget, r *cube.Result) *kit.Grid {
	m, _ := d.MeasureOf(w.Measure)
	heat := d.HeatOf(w.Measure, r)
	rows := make([]int, len(heat.Rows))
	for i := range rows {
		rows[i] = i
	}
	t := kit.Table[int]{Name: d.FileOf(w.ID), Rows: rows, Columns: []kit.TableColumn[int]{
		{Cell: func(i int) sheet.Cell { return sheet.TextOf(heat.Rows[i]) }}}}
	for j, name := range heat.Columns {
		t.Columns = append(t.Columns, kit.TableColumn[int]{Text: name, Format: kit.FormOf(m.Format),
			Cell: func(i int) sheet.Cell { return kit.Valued(kit.Value(heat.Cells[i][j])) }})
	}
	return t.Grid(d.Lang)
}

// readWidget says in a sentence what is to be seen.
func readWidget(d *kit.Desk, w widget, r *cube.Result) string {
	l := d.Lang
	words := ""
	switch {
	case w.Kind == widgetCourse:
		words = d.ReadCourse(points(d, r), w.Measure, r.Total)
	case w.Measure != cube.Revenue:
	case w.Kind == widgetHeat:
		words = kit.ReadHeat(r, l)
	case w.By == cube.Product && w.Top > 0:
		words = kit.ReadTop(r, l)
	case w.Kind == widgetBars:
		words = kit.ReadLead(r, l)
	}
	if len(w.Where) > 0 {
		words = strings.Join(append(d.InWordsOf(w.Where), words), " · ")
	}
	return words
}
