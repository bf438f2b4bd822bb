package kit

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/money"
)

// Share0 is a part, which may be negative, in basis points of the whole.
func Share0(part, total int64) int64 {
	if part < 0 {
		return -Share(-part, total)
	}
	return Share(part, total)
}

// Points is a figure over time with a point for every step of the period, those
// without sales too.
type Points struct {
	Labels []string
	Keys   []string
	Now    []*float64 // nil beyond the data
	Before []*float64 // nil when nothing is compared
}

// Course lays a result by a grain out over its period. until is the last date
// that can have data: steps after it are left open.
func Course(r *cube.Result, by cube.DimID, measure int, until string, l i18n.Lang) Points {
	var p Points
	compared := r.Before != nil
	rows := map[string]cube.Row{}
	for _, row := range r.Rows {
		rows[row.Keys[0]] = row
	}
	for _, key := range steps(r, by) {
		p.Keys = append(p.Keys, key)
		p.Labels = append(p.Labels, StepLabel(by, key, l))
		row, has := rows[key]
		now, before := plain(row.Values, measure, has), plain(row.Before, measure, has && compared)
		if by == cube.Day && until != "" && key > until {
			now, before = nil, nil // what a day that has hardly begun is compared with is no fall
		}
		p.Now = append(p.Now, now)
		if compared {
			p.Before = append(p.Before, before)
		}
	}
	return p
}

// plain is a value as a number: zero for a step without sales, nil for a ratio
// over nothing.
func plain(values []cube.Value, measure int, has bool) *float64 {
	if !has || measure >= len(values) {
		return new(float64)
	}
	if !values[measure].OK {
		return nil
	}
	n := float64(values[measure].N)
	return &n
}

// steps are the keys of all steps of the result's period.
func steps(r *cube.Result, by cube.DimID) []string {
	if by == cube.Hour || r.From == "" {
		return hours(r)
	}
	from, errFrom := time.Parse(time.DateOnly, r.From)
	to, errTo := time.Parse(time.DateOnly, r.To)
	if errFrom != nil || errTo != nil {
		return nil
	}
	var keys []string
	for t := from; !t.After(to); t = t.AddDate(0, 0, 1) {
		key := stepKey(by, t)
		if len(keys) == 0 || keys[len(keys)-1] != key {
			keys = append(keys, key)
		}
	}
	return keys
}

// hours are the hours between the first and the last one with sales.
func hours(r *cube.Result) []string {
	first, last := 24, -1
	for _, row := range r.Rows {
		if hour, err := strconv.Atoi(row.Keys[len(row.Keys)-1]); err == nil {
			first, last = min(first, hour), max(last, hour)
		}
	}
	var keys []string
	for hour := first; hour <= last; hour++ {
		keys = append(keys, fmt.Sprintf("%02d", hour))
	}
	return keys
}

func stepKey(by cube.DimID, t time.Time) string {
	switch by {
	case cube.Week:
		y, w := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case cube.Month:
		return t.Format("2006-01")
	}
	return t.Format(time.DateOnly)
}

func StepLabel(by cube.DimID, key string, l i18n.Lang) string {
	switch by {
	case cube.Hour:
		return key + ":00"
	case cube.Day:
		if t, err := time.Parse(time.DateOnly, key); err == nil {
			return l.Time(t.UnixMilli(), "UTC", i18n.ShortDay)
		}
	case cube.Week:
		if t, ok := monday(key); ok {
			return l.Time(t.UnixMilli(), "UTC", i18n.ShortDay)
		}
	}
	return key
}

// monday is the first day of an ISO 8601 week, "2026-W47".
func monday(key string) (time.Time, bool) {
	var y, w int
	if _, err := fmt.Sscanf(key, "%d-W%d", &y, &w); err != nil {
		return time.Time{}, false
	}
	fourth := time.Date(y, time.January, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	offset := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDate(0, 0, (w-1)*7-offset), true
}

// Change is the difference of now to before in basis points of before; not ok
// when there is nothing to compare with.
func Change(now, before cube.Value) (bp int64, ok bool) {
	if !now.OK || !before.OK || before.N <= 0 {
		return 0, false
	}
	return money.MulDiv(now.N-before.N, 10000, before.N), true
}

// Delta writes a change with its sign and direction: ▲ 12.5 %.
func Delta(bp int64, l i18n.Lang) string {
	switch shown := Whole(bp); {
	case shown > 0:
		return "▲ " + l.Percent(shown)
	case shown < 0:
		return "▼ " + l.Percent(-shown)
	}
	return "= " + l.Percent(0)
}

// Whole rounds basis points to tenths of a percent below ten, else to whole
// percent: more digits than that are noise.
func Whole(bp int64) int64 {
	step := int64(100)
	if bp > -1000 && bp < 1000 {
		step = 10
	}
	return money.MulDiv(bp, 1, step) * step
}

// Share is a part in basis points of the whole.
func Share(part, total int64) int64 {
	if total <= 0 {
		return 0
	}
	return money.MulDiv(part, 10000, total)
}

// Figure writes a value of a measure.
func Figure(id cube.MeasureID, v cube.Value, l i18n.Lang, c money.Currency) string {
	m, _ := cube.MeasureOf(id)
	return FigureAs(m.Format, v, l, c)
}

// Figure writes a value of a measure, of an own one too.
func (d *Desk) Figure(id cube.MeasureID, v cube.Value) string {
	m, _ := d.MeasureOf(id)
	return FigureAs(m.Format, v, d.Lang, d.Currency())
}

// Headline writes a value as large as a card shows it.
func (d *Desk) Headline(id cube.MeasureID, v cube.Value) string {
	m, _ := d.MeasureOf(id)
	return headlineAs(m.Format, v, d.Lang, d.Currency())
}

// FigureAs writes a value in a format.
func FigureAs(format cube.Format, v cube.Value, l i18n.Lang, c money.Currency) string {
	switch {
	case !v.OK:
		return "–"
	case format == cube.FormatMoney:
		return l.Sum(money.Amount(v.N), c)
	case format == cube.FormatMilli:
		return l.Decimal(money.MulDiv(v.N, 1, 10), 2)
	case format == cube.FormatShare:
		return l.Percent(v.N)
	}
	return l.Int(v.N)
}

// Headline writes a value as large as a card shows it: sums above a thousand
// without their minor units.
func Headline(id cube.MeasureID, v cube.Value, l i18n.Lang, c money.Currency) string {
	m, _ := cube.MeasureOf(id)
	return headlineAs(m.Format, v, l, c)
}

func headlineAs(format cube.Format, v cube.Value, l i18n.Lang, c money.Currency) string {
	unit := int64(1)
	for range c.Exponent {
		unit *= 10
	}
	if v.OK && format == cube.FormatMoney && (v.N > 10_000*unit || v.N < -10_000*unit) {
		return l.Sum(money.Amount(money.MulDiv(v.N, 1, unit)), money.Currency{Code: c.Code})
	}
	return FigureAs(format, v, l, c)
}

// Short writes a value for axes and cells.
func Short(id cube.MeasureID, n float64, l i18n.Lang, c money.Currency) string {
	m, _ := cube.MeasureOf(id)
	return ShortAs(m.Format, n, l, c)
}

func ShortAs(format cube.Format, n float64, l i18n.Lang, c money.Currency) string {
	switch format {
	case cube.FormatShare:
		return l.Percent(Whole(int64(n)))
	case cube.FormatMoney:
		for range c.Exponent {
			n /= 10
		}
	case cube.FormatMilli:
		n /= 1000
	}
	return l.Compact(n)
}

// Scale is the unit that a table's sums are written in: one, a thousand, a million.
type Scale struct {
	minor float64 // minor units in one
	Name  *i18n.Message
}

// ScaleOf chooses the unit for sums up to most minor units.
func ScaleOf(most float64, c money.Currency) Scale {
	unit := 1.0
	for range c.Exponent {
		unit *= 10
	}
	switch {
	case most >= 10_000_000*unit:
		return Scale{1_000_000 * unit, i18n.UnitMillions}
	case most >= 10_000*unit:
		return Scale{1_000 * unit, i18n.UnitThousands}
	}
	return Scale{unit, i18n.UnitOnes}
}

// Write writes a sum of minor units in the unit, short.
func (s Scale) Write(n float64, l i18n.Lang) string { return l.Compact(n / s.minor) }

// ReadCourse says in one sentence how the period compares and when it was best.
func (d *Desk) ReadCourse(p Points, id cube.MeasureID, total cube.Row) string {
	l := d.Lang
	best := -1
	for i, v := range p.Now {
		if v != nil && *v > 0 && (best < 0 || *v > *p.Now[best]) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	pairs := []any{"best", p.Labels[best], "sum", d.Figure(id, cube.Some(int64(*p.Now[best])))}
	if len(total.Before) > 0 {
		if bp, ok := Change(total.Values[0], total.Before[0]); ok {
			return l.T(compared(Whole(bp)), append(pairs, "share", l.Percent(max(Whole(bp), -Whole(bp))))...)
		}
	}
	return l.T(i18n.ReadBest, pairs...)
}

func compared(bp int64) *i18n.Message {
	switch {
	case bp > 0:
		return i18n.ReadMore
	case bp < 0:
		return i18n.ReadLess
	}
	return i18n.ReadSame
}

// heatHours is how many hours in a row the heat map's sentence names.
const heatHours = 3

// ReadHeat names the hours of a weekday that bring most.
func ReadHeat(r *cube.Result, l i18n.Lang) string {
	cells := map[[2]int]int64{}
	for _, row := range r.Rows {
		day, errDay := strconv.Atoi(row.Keys[0])
		hour, errHour := strconv.Atoi(row.Keys[1])
		if errDay == nil && errHour == nil {
			cells[[2]int{day, hour}] = row.Values[0].N
		}
	}
	var most int64
	bestDay, bestHour := 0, 0
	for day := 1; day <= 7; day++ {
		for hour := 0; hour+heatHours <= 24; hour++ {
			var sum int64
			for i := range heatHours {
				sum += cells[[2]int{day, hour + i}]
			}
			if sum > most {
				most, bestDay, bestHour = sum, day, hour
			}
		}
	}
	if most <= 0 || r.Total.Values[0].N <= 0 {
		return ""
	}
	return l.T(i18n.ReadHeat, "day", l.T(i18n.Weekdays[bestDay-1]), "from", strconv.Itoa(bestHour),
		"to", strconv.Itoa(bestHour+heatHours), "share", l.Percent(Whole(Share(most, r.Total.Values[0].N))))
}

// nameOf is the name of a row's key in the language, or the key.
func nameOf(r *cube.Result, row cube.Row, l i18n.Lang) string {
	key := row.Keys[0]
	if len(r.Names) > 0 {
		if name := r.Names[0][key].In(string(l)); name != "" {
			return name
		}
	}
	return key
}

// NameIn is the name of a row's key in the language, "" when it has none.
func NameIn(r *cube.Result, row cube.Row, l i18n.Lang) string {
	if len(r.Names) > 0 && len(row.Keys) > 0 {
		return r.Names[0][row.Keys[0]].In(string(l))
	}
	return ""
}

// ReadLead names who brings most, and who grew most.
func ReadLead(r *cube.Result, l i18n.Lang) string {
	if len(r.Rows) == 0 || r.Total.Values[0].N <= 0 {
		return ""
	}
	lead := r.Rows[0]
	pairs := []any{"name", nameOf(r, lead, l), "share", l.Percent(Whole(Share(lead.Values[0].N, r.Total.Values[0].N)))}
	up := slices.MaxFunc(r.Rows, func(a, b cube.Row) int { return int(grown(a) - grown(b)) })
	if bp := grown(up); len(r.Rows) > 1 && Whole(bp) > 0 {
		return l.T(i18n.ReadLeadMore, append(pairs, "up", nameOf(r, up, l), "change", l.Percent(Whole(bp)))...)
	}
	return l.T(i18n.ReadLead, pairs...)
}

func grown(row cube.Row) int64 {
	if len(row.Before) == 0 {
		return 0
	}
	bp, _ := Change(row.Values[0], row.Before[0])
	return bp
}

// ReadTop says what part the best sellers bring.
func ReadTop(r *cube.Result, l i18n.Lang) string {
	var sum int64
	for _, row := range r.Rows {
		sum += row.Values[0].N
	}
	if len(r.Rows) == 0 || sum <= 0 {
		return ""
	}
	return l.T(i18n.ReadTop, "n", len(r.Rows), "share", l.Percent(Whole(Share(sum, r.Total.Values[0].N))))
}

// HourCells are the conditions of a cell of the week's hours.
func (d *Desk) HourCells(heat chart.Heat, point int) []cube.Filter {
	i, j := point/len(heat.Columns), point%len(heat.Columns)
	hour := heat.Columns[j]
	if d.Narrow {
		i, hour = j, heat.Rows[point/len(heat.Columns)]
	}
	return []cube.Filter{{Dim: cube.Weekday, In: []string{strconv.Itoa(i + 1)}}, {Dim: cube.Hour, In: []string{hour}}}
}

// HeatOf lays the week and its hours out; on a narrow screen hours are rows.
func (d *Desk) HeatOf(id cube.MeasureID, r *cube.Result) chart.Heat {
	m, _ := d.MeasureOf(id)
	heat, hourKeys := chart.Heat{}, hours(r)
	var dayNames []string
	for _, name := range i18n.Weekdays {
		dayNames = append(dayNames, d.Lang.T(name))
	}
	heat.Rows, heat.Columns = dayNames, hourKeys
	if d.Narrow {
		heat.Rows, heat.Columns = hourKeys, dayNames
	}
	heat.Cells, heat.Labels = make([][]*float64, len(heat.Rows)), make([][]string, len(heat.Rows))
	for i := range heat.Rows {
		heat.Cells[i], heat.Labels[i] = make([]*float64, len(heat.Columns)), make([]string, len(heat.Columns))
	}
	unit := HeatScale(r, d)
	for _, row := range r.Rows {
		day, errDay := strconv.Atoi(row.Keys[0])
		hour := slices.Index(hourKeys, row.Keys[1])
		if errDay != nil || hour < 0 || day < 1 || day > 7 || !row.Values[0].OK {
			continue
		}
		i, j := day-1, hour
		if d.Narrow {
			i, j = j, i
		}
		v := float64(row.Values[0].N)
		label := ShortAs(m.Format, v, d.Lang, d.Currency())
		if m.Format == cube.FormatMoney {
			label = unit.Write(v, d.Lang)
		}
		heat.Cells[i][j], heat.Labels[i][j] = &v, label
	}
	return heat
}

// HeatScale is the unit of the heat map's sums.
func HeatScale(r *cube.Result, d *Desk) Scale {
	most := 0.0
	for _, row := range r.Rows {
		most = max(most, float64(row.Values[0].N))
	}
	return ScaleOf(most, d.Currency())
}

func Value(n *float64) cube.Value {
	if n == nil {
		return cube.Value{}
	}
	return cube.Some(int64(*n))
}
