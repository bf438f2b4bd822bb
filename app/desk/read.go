package desk

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/money"
)

// points is a figure over time with a point for every step of the period, those
// without sales too.
type points struct {
	labels []string
	keys   []string
	now    []*float64 // nil beyond the data
	before []*float64 // nil when nothing is compared
}

// course lays a result by a grain out over its period. until is the last date
// that can have data: steps after it are left open.
func course(r *cube.Result, by cube.DimID, measure int, until string, l i18n.Lang) points {
	var p points
	compared := r.Before != nil
	rows := map[string]cube.Row{}
	for _, row := range r.Rows {
		rows[row.Keys[0]] = row
	}
	for _, key := range steps(r, by) {
		p.keys = append(p.keys, key)
		p.labels = append(p.labels, stepLabel(by, key, l))
		row, has := rows[key]
		now, before := plain(row.Values, measure, has), plain(row.Before, measure, has && compared)
		if by == cube.Day && until != "" && key > until {
			now = nil
		}
		p.now = append(p.now, now)
		if compared {
			p.before = append(p.before, before)
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

func stepLabel(by cube.DimID, key string, l i18n.Lang) string {
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

// change is the difference of now to before in basis points of before; not ok
// when there is nothing to compare with.
func change(now, before cube.Value) (bp int64, ok bool) {
	if !now.OK || !before.OK || before.N <= 0 {
		return 0, false
	}
	return money.MulDiv(now.N-before.N, 10000, before.N), true
}

// delta writes a change with its sign and direction: ▲ 12.5 %.
func delta(bp int64, l i18n.Lang) string {
	switch shown := whole(bp); {
	case shown > 0:
		return "▲ " + l.Percent(shown)
	case shown < 0:
		return "▼ " + l.Percent(-shown)
	}
	return "= " + l.Percent(0)
}

// whole rounds basis points to tenths of a percent below ten, else to whole
// percent: more digits than that are noise.
func whole(bp int64) int64 {
	step := int64(100)
	if bp > -1000 && bp < 1000 {
		step = 10
	}
	return money.MulDiv(bp, 1, step) * step
}

// share is a part in basis points of the whole.
func share(part, total int64) int64 {
	if total <= 0 {
		return 0
	}
	return money.MulDiv(part, 10000, total)
}

// figure writes a value of a measure.
func figure(id cube.MeasureID, v cube.Value, l i18n.Lang, c money.Currency) string {
	m, _ := cube.MeasureOf(id)
	return figureAs(m.Format, v, l, c)
}

// figure writes a value of a measure, of an own one too.
func (d *desk) figure(id cube.MeasureID, v cube.Value) string {
	m, _ := d.measureOf(id)
	return figureAs(m.Format, v, d.lang, d.currency())
}

// headline writes a value as large as a card shows it.
func (d *desk) headline(id cube.MeasureID, v cube.Value) string {
	m, _ := d.measureOf(id)
	return headlineAs(m.Format, v, d.lang, d.currency())
}

// figureAs writes a value in a format.
func figureAs(format cube.Format, v cube.Value, l i18n.Lang, c money.Currency) string {
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

// headline writes a value as large as a card shows it: sums above a thousand
// without their minor units.
func headline(id cube.MeasureID, v cube.Value, l i18n.Lang, c money.Currency) string {
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
	return figureAs(format, v, l, c)
}

// short writes a value for axes and cells.
func short(id cube.MeasureID, n float64, l i18n.Lang, c money.Currency) string {
	m, _ := cube.MeasureOf(id)
	return shortAs(m.Format, n, l, c)
}

func shortAs(format cube.Format, n float64, l i18n.Lang, c money.Currency) string {
	switch format {
	case cube.FormatShare:
		return l.Percent(whole(int64(n)))
	case cube.FormatMoney:
		for range c.Exponent {
			n /= 10
		}
	case cube.FormatMilli:
		n /= 1000
	}
	return l.Compact(n)
}

// scale is the unit that a table's sums are written in: one, a thousand, a million.
type scale struct {
	minor float64 // minor units in one
	name  *i18n.Message
}

// scaleOf chooses the unit for sums up to most minor units.
func scaleOf(most float64, c money.Currency) scale {
	unit := 1.0
	for range c.Exponent {
		unit *= 10
	}
	switch {
	case most >= 10_000_000*unit:
		return scale{1_000_000 * unit, i18n.UnitMillions}
	case most >= 10_000*unit:
		return scale{1_000 * unit, i18n.UnitThousands}
	}
	return scale{unit, i18n.UnitOnes}
}

// write writes a sum of minor units in the unit, short.
func (s scale) write(n float64, l i18n.Lang) string { return l.Compact(n / s.minor) }

// readCourse says in one sentence how the period compares and when it was best.
func (d *desk) readCourse(p points, id cube.MeasureID, total cube.Row) string {
	l := d.lang
	best := -1
	for i, v := range p.now {
		if v != nil && *v > 0 && (best < 0 || *v > *p.now[best]) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	pairs := []any{"best", p.labels[best], "sum", d.figure(id, cube.Some(int64(*p.now[best])))}
	if len(total.Before) > 0 {
		if bp, ok := change(total.Values[0], total.Before[0]); ok {
			return l.T(compared(whole(bp)), append(pairs, "share", l.Percent(max(whole(bp), -whole(bp))))...)
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

// readHeat names the hours of a weekday that bring most.
func readHeat(r *cube.Result, l i18n.Lang) string {
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
		"to", strconv.Itoa(bestHour+heatHours), "share", l.Percent(whole(share(most, r.Total.Values[0].N))))
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

// nameIn is the name of a row's key in the language, "" when it has none.
func nameIn(r *cube.Result, row cube.Row, l i18n.Lang) string {
	if len(r.Names) > 0 && len(row.Keys) > 0 {
		return r.Names[0][row.Keys[0]].In(string(l))
	}
	return ""
}

// readLead names who brings most, and who grew most.
func readLead(r *cube.Result, l i18n.Lang) string {
	if len(r.Rows) == 0 || r.Total.Values[0].N <= 0 {
		return ""
	}
	lead := r.Rows[0]
	pairs := []any{"name", nameOf(r, lead, l), "share", l.Percent(whole(share(lead.Values[0].N, r.Total.Values[0].N)))}
	up := slices.MaxFunc(r.Rows, func(a, b cube.Row) int { return int(grown(a) - grown(b)) })
	if bp := grown(up); len(r.Rows) > 1 && whole(bp) > 0 {
		return l.T(i18n.ReadLeadMore, append(pairs, "up", nameOf(r, up, l), "change", l.Percent(whole(bp)))...)
	}
	return l.T(i18n.ReadLead, pairs...)
}

func grown(row cube.Row) int64 {
	if len(row.Before) == 0 {
		return 0
	}
	bp, _ := change(row.Values[0], row.Before[0])
	return bp
}

// readTop says what part the best sellers bring.
func readTop(r *cube.Result, l i18n.Lang) string {
	var sum int64
	for _, row := range r.Rows {
		sum += row.Values[0].N
	}
	if len(r.Rows) == 0 || sum <= 0 {
		return ""
	}
	return l.T(i18n.ReadTop, "n", len(r.Rows), "share", l.Percent(whole(share(sum, r.Total.Values[0].N))))
}
