package desk

import (
	"slices"
	"strconv"
	"strings"

	"tillsight/app/chart"
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
	{widgetNumber, i18n.WidgetIsNumber}, {widgetCourse, i18n.WidgetIsCourse}, {widgetBars, i18n.WidgetIsBars},
	{widgetHeat, i18n.WidgetIsHeat}, {widgetTable, i18n.WidgetIsTable}, {widgetText, i18n.WidgetIsText},
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
func (d *desk) widgetTitle(w widget) string {
	l := d.lang
	name := d.measureWord(w.Measure)
	switch {
	case w.Title != "":
		return w.Title
	case w.Kind == widgetText:
		return ""
	case w.Kind == widgetCourse:
		return l.T(i18n.WidgetDays, "measure", name, "grain", l.T(grainName[grain(d.dates())]))
	case w.Kind == widgetHeat && w.Measure == cube.Revenue:
		return l.T(i18n.WidgetHeat)
	case w.Kind == widgetHeat:
		return l.T(i18n.WidgetHeat) + ": " + lower(name)
	case w.Kind == widgetNumber:
		return name
	case w.Measure == cube.Revenue && w.By == cube.Store:
		return l.T(i18n.WidgetStores)
	case w.Measure == cube.Revenue && w.By == cube.Department:
		return l.T(i18n.WidgetGroups)
	case w.Measure == cube.Revenue && w.By == cube.Product && w.Top > 0:
		return l.T(i18n.WidgetProducts)
	}
	return l.T(i18n.SalesTable, "measure", name, "dim", lower(d.dimWord(w.By)))
}

// widgetQuery is what a widget asks.
func (d *desk) widgetQuery(w widget) cube.Query {
	q := d.cubeQuery([]cube.MeasureID{w.Measure})
	q.Own = d.ownOf(w.Measure)
	q.Where = append(q.Where, w.Where...)
	switch w.Kind {
	case widgetCourse, widgetNumber:
		q.By = []cube.DimID{grain(d.dates())}
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
	cube.Hour: i18n.GrainHours, cube.Day: i18n.GrainDays, cube.Week: i18n.GrainWeeks, cube.Month: i18n.GrainMonths,
}

// behindWidget is what is behind a cell of a widget.
func behindWidget(w widget, cell ...cube.Filter) behind {
	return behind{measure: w.Measure, cell: append(slices.Clone(w.Where), cell...)}
}

// behindStep is what is behind a point of a course.
func (d *desk) behindStep(w widget, by cube.DimID, key string) behind {
	b := behindWidget(w, cube.Filter{Dim: by, In: []string{key}})
	if by == cube.Day {
		b.only = func() { d.setFilter(func(f *filter) { f.Period, f.From, f.To = ownDates, key, key }) }
	}
	return b
}

// behindHour is what is behind a cell of the heat map.
func (d *desk) behindHour(w widget, heat chart.Heat, point int) behind {
	i, j := point/len(heat.Columns), point%len(heat.Columns)
	hour := heat.Columns[j]
	if d.narrow {
		i, hour = j, heat.Rows[point/len(heat.Columns)]
	}
	return behindWidget(w, cube.Filter{Dim: cube.Weekday, In: []string{strconv.Itoa(i + 1)}}, cube.Filter{Dim: cube.Hour, In: []string{hour}})
}

// behindBar is what is behind a bar or a row.
func (d *desk) behindBar(w widget, r *cube.Result, i int) behind {
	key := r.Rows[i].Keys[0]
	b := behindWidget(w, cube.Filter{Dim: r.By[0], In: []string{key}})
	b.names = map[string]string{key: d.keyWord(r.By[0], key, nameIn(r, r.Rows[i], d.lang))}
	if _, ok := facetOf(r.By[0]); ok && key != "" {
		b.only = func() { d.setFilter(func(f *filter) { f.set(r.By[0], []string{key}) }) }
	}
	return b
}

// drawCourse draws a measure over time. What is not over is dashed.
func (d *desk) drawCourse(w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	m, _ := d.measureOf(w.Measure)
	p := d.points(r)
	drawing, err := chart.Course{
		Name: d.measureWord(w.Measure), Labels: p.labels, Now: p.now, Before: p.before, Zero: m.Additivity != cube.Ratio, Open: d.openSteps(r, p),
	}.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return shortAs(m.Format, v, d.lang, d.currency()) }
	drawing.Tip = func(i int) []string {
		lines := []string{p.labels[i]}
		if p.now[i] != nil {
			lines = append(lines, d.figure(w.Measure, cube.Some(int64(*p.now[i]))))
		}
		if p.before != nil && p.before[i] != nil {
			lines = append(lines, d.lang.T(i18n.WidgetThen)+": "+d.figure(w.Measure, cube.Some(int64(*p.before[i]))))
		}
		return lines
	}
	return drawing, nil
}

// points lays a result by a grain out over its period.
func (d *desk) points(r *cube.Result) points { return course(r, r.By[0], 0, d.insight.To, d.lang) }

// openSteps is how many steps at the end have sales but are not over.
func (d *desk) openSteps(r *cube.Result, p points) int {
	today := d.now().Format("2006-01-02")
	if r.To < today || len(p.now) == 0 || r.From == "" {
		return 0
	}
	last := len(p.now) - 1
	for last >= 0 && p.now[last] == nil {
		last--
	}
	if last < 0 {
		return 0
	}
	day, err := cube.ParseDay(today)
	if err != nil || r.By[0] != cube.Hour && p.keys[last] != day.Key(r.By[0]) {
		return 0
	}
	return len(p.now) - last
}

// heatOf lays the week and its hours out; on a narrow screen hours are rows.
func (d *desk) heatOf(id cube.MeasureID, r *cube.Result) chart.Heat {
	m, _ := d.measureOf(id)
	heat, hourKeys := chart.Heat{}, hours(r)
	var dayNames []string
	for _, name := range i18n.Weekdays {
		dayNames = append(dayNames, d.lang.T(name))
	}
	heat.Rows, heat.Columns = dayNames, hourKeys
	if d.narrow {
		heat.Rows, heat.Columns = hourKeys, dayNames
	}
	heat.Cells, heat.Labels = make([][]*float64, len(heat.Rows)), make([][]string, len(heat.Rows))
	for i := range heat.Rows {
		heat.Cells[i], heat.Labels[i] = make([]*float64, len(heat.Columns)), make([]string, len(heat.Columns))
	}
	unit := heatScale(r, d)
	for _, row := range r.Rows {
		day, errDay := strconv.Atoi(row.Keys[0])
		hour := slices.Index(hourKeys, row.Keys[1])
		if errDay != nil || hour < 0 || day < 1 || day > 7 || !row.Values[0].OK {
			continue
		}
		i, j := day-1, hour
		if d.narrow {
			i, j = j, i
		}
		v := float64(row.Values[0].N)
		label := shortAs(m.Format, v, d.lang, d.currency())
		if m.Format == cube.FormatMoney {
			label = unit.write(v, d.lang)
		}
		heat.Cells[i][j], heat.Labels[i][j] = &v, label
	}
	return heat
}

// heatScale is the unit of the heat map's sums.
func heatScale(r *cube.Result, d *desk) scale {
	most := 0.0
	for _, row := range r.Rows {
		most = max(most, float64(row.Values[0].N))
	}
	return scaleOf(most, d.currency())
}

func (d *desk) drawHeat(w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	heat := d.heatOf(w.Measure, r)
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row, column := i/len(heat.Columns), i%len(heat.Columns)
		if heat.Cells[row][column] == nil {
			return nil
		}
		return []string{heat.Rows[row] + " " + heat.Columns[column], d.figure(w.Measure, cube.Some(int64(*heat.Cells[row][column])))}
	}
	return drawing, nil
}

// nameRoom is how wide the names beside bars may be, in pixels.
func (d *desk) nameRoom(w widget) int {
	switch {
	case d.narrow:
		return 150
	case w.Wide >= 9:
		return 340
	}
	return 170
}

// barsMax is how many bars a chart shows; its table has all.
const barsMax = 15

func (d *desk) drawBars(w widget, r *cube.Result, colours chart.Colours) (*chart.Drawing, error) {
	m, _ := d.measureOf(w.Measure)
	ranking := chart.Ranking{Room: d.nameRoom(w)}
	rows := r.Rows[:min(barsMax, len(r.Rows))]
	for _, row := range rows {
		v := float64(row.Values[0].N)
		ranking.Names = append(ranking.Names, d.keyWord(r.By[0], row.Keys[0], nameIn(r, row, d.lang)))
		ranking.Labels = append(ranking.Labels, shortAs(m.Format, v, d.lang, d.currency()))
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
		value := d.figure(w.Measure, row.Values[0])
		if m.Additivity == cube.Additive {
			value += " · " + d.lang.Percent(whole(share(row.Values[0].N, r.Total.Values[0].N)))
		}
		lines := []string{ranking.Names[i], value}
		if len(row.Before) > 0 {
			if bp, ok := change(row.Values[0], row.Before[0]); ok {
				lines = append(lines, delta(bp, d.lang))
			}
		}
		return lines
	}
	return drawing, nil
}

// widgetGrid is a widget's answer in figures: share, compared period, change.
func (d *desk) widgetGrid(w widget, r *cube.Result) *grid {
	l := d.lang
	m, _ := d.measureOf(w.Measure)
	by := r.By[0]
	shares := m.Additivity == cube.Additive && by != cube.Hour
	g := &grid{name: d.fileOf(w.ID), columns: []column{{title: d.dimWord(by)}, {title: d.measureWord(w.Measure), form: formOf(m.Format)}}}
	if shares {
		g.columns = append(g.columns, column{title: l.T(i18n.MeasureShare), form: asShare})
	}
	if r.Before != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.WidgetThen), form: formOf(m.Format)}, column{title: l.T(i18n.MeasureChange), form: asChange})
	}
	line := func(name string, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{sheet.TextOf(name), valued(row.Values[0])}
		if shares {
			cells = append(cells, sheet.Of(share(row.Values[0].N, r.Total.Values[0].N)))
		}
		if r.Before != nil {
			before := cube.Value{}
			if len(row.Before) > 0 {
				before = row.Before[0]
			}
			cells = append(cells, valued(before), changed(row.Values[0], before))
		}
		return cells
	}
	for i, row := range r.Rows {
		g.rows = append(g.rows, gridRow{cells: line(d.stepName(by, row.Keys[0], nameIn(r, row, l)), row), open: func() {
			b := d.behindBar(w, r, i)
			if w.Kind == widgetCourse {
				b = d.behindStep(w, by, row.Keys[0])
			}
			d.drillInto(b)
		}})
	}
	if r.Rest != nil {
		g.rest = l.T(i18n.WidgetRest, "n", r.RestOf) + ": " + d.figure(w.Measure, r.Rest.Values[0])
		whole := w
		whole.Top = 0
		g.all = d.allOf(whole)
	}
	g.total = line("", r.Total)
	return g
}

// stepName names a key in a table: dates in full.
func (d *desk) stepName(by cube.DimID, key, name string) string {
	if dim, _ := cube.DimOf(by); dim.Time || by == cube.Hour || by == cube.Weekday {
		return d.keyName(by, key)
	}
	return d.keyWord(by, key, name)
}

// heatGrid is the heat map in figures.
func (d *desk) heatGrid(w widget, r *cube.Result) *grid {
	m, _ := d.measureOf(w.Measure)
	heat := d.heatOf(w.Measure, r)
	g := &grid{name: d.fileOf(w.ID), columns: []column{{title: ""}}}
	for _, name := range heat.Columns {
		g.columns = append(g.columns, column{title: name, form: formOf(m.Format)})
	}
	for i, name := range heat.Rows {
		row := gridRow{cells: []sheet.Cell{sheet.TextOf(name)}}
		for j := range heat.Columns {
			row.cells = append(row.cells, valued(value(heat.Cells[i][j])))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

func value(n *float64) cube.Value {
	if n == nil {
		return cube.Value{}
	}
	return cube.Some(int64(*n))
}

// readWidget says in a sentence what is to be seen.
func (d *desk) readWidget(w widget, r *cube.Result) string {
	l := d.lang
	words := ""
	switch {
	case w.Kind == widgetCourse:
		words = d.readCourse(d.points(r), w.Measure, r.Total)
	case w.Measure != cube.Revenue:
	case w.Kind == widgetHeat:
		words = readHeat(r, l)
	case w.By == cube.Product && w.Top > 0:
		words = readTop(r, l)
	case w.Kind == widgetBars:
		words = readLead(r, l)
	}
	if len(w.Where) > 0 {
		words = strings.Join(append(d.inWordsOf(w.Where), words), " · ")
	}
	return words
}
