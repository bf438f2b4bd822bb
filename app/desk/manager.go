package desk

import (
	"context"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// board is the overview: an answer to each question, kept until the next one
// comes, so that nothing jumps.
type board struct {
	answers  map[string]*cube.Result
	drawings map[string]*chart.Drawing
	revs     map[string]int
	waiting  int
	fault    *errcode.Error
	stop     context.CancelFunc // of the questions under way
	round    int
}

// boardView is the page of the overview.
type boardView struct{ d *desk }

func newBoard(d *desk) view { return boardView{d} }

func (v boardView) refresh() {
	if v.d.insight.Ready {
		v.d.askBoard()
	}
}

func (v boardView) redraw() {
	for name := range v.d.board.answers {
		v.d.draw(name)
	}
}

func (v boardView) draw() app.UI { return v.d.drawBoard() }

// askBoard asks all questions of the overview for the filter.
func (d *desk) askBoard() {
	b := &d.board
	if b.stop != nil {
		b.stop()
	}
	if b.answers == nil {
		b.answers, b.drawings, b.revs = map[string]*cube.Result{}, map[string]*chart.Drawing{}, map[string]int{}
	}
	ctx, stop := context.WithCancel(context.Background())
	b.round++
	b.stop, b.waiting, b.fault = stop, 0, nil
	round := b.round
	for name, q := range d.queries() {
		b.waiting++
		query(ctx, d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
			if round != d.board.round {
				return
			}
			d.board.waiting--
			if e != nil {
				d.board.fault = e
				return
			}
			d.board.answers[name] = &r
			d.draw(name)
		})
	}
}

// draw makes the drawing of an answer.
func (d *desk) draw(name string) {
	r := d.board.answers[name]
	if r == nil {
		return
	}
	var drawing *chart.Drawing
	var err error
	switch name {
	case askCourse:
		drawing, err = d.drawCourse(r)
	case askHeat:
		drawing, err = d.drawHeat(r)
	case askStores, askProducts, askGroups:
		drawing, err = d.drawRanking(r, d.nameRoom(name))
	default:
		return
	}
	if err != nil {
		d.board.fault = errcode.As(err)
		return
	}
	d.board.drawings[name] = drawing
	d.board.revs[name]++
}

// stepBy is the grain of a course.
func stepBy(r *cube.Result) cube.DimID { return r.By[0] }

// until is the last date that has data.
func (d *desk) until() string { return d.insight.To }

func (d *desk) points(r *cube.Result, measure int) points {
	return course(r, stepBy(r), measure, d.until(), d.lang)
}

func (d *desk) drawCourse(r *cube.Result) (*chart.Drawing, error) {
	id := cards[d.measure].id
	p := d.points(r, d.measure)
	m, _ := cube.MeasureOf(id)
	drawing, err := chart.Course{
		Name: d.lang.T(cards[d.measure].label), Labels: p.labels, Now: p.now, Before: p.before, Zero: m.Additivity != cube.Ratio,
	}.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	lang, currency := d.lang, d.currency()
	drawing.Value = func(v float64) string { return short(id, v, lang, currency) }
	drawing.Tip = func(i int) []string {
		lines := []string{p.labels[i]}
		if p.now[i] != nil {
			lines = append(lines, figure(id, cube.Some(int64(*p.now[i])), lang, currency))
		}
		if p.before != nil && p.before[i] != nil {
			lines = append(lines, lang.T(i18n.WidgetThen)+": "+figure(id, cube.Some(int64(*p.before[i])), lang, currency))
		}
		return lines
	}
	return drawing, nil
}

// heatTable lays the week and its hours out; on a narrow screen hours are rows.
func (d *desk) heatTable(r *cube.Result) chart.Heat {
	heat := chart.Heat{}
	hourKeys := hours(r)
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
	unit := heatScale(r, d.currency())
	for _, row := range r.Rows {
		day, errDay := strconv.Atoi(row.Keys[0])
		hour, errHour := strconv.Atoi(row.Keys[1])
		first, errFirst := strconv.Atoi(hourKeys[0])
		if errDay != nil || errHour != nil || errFirst != nil || day < 1 || day > 7 || !row.Values[0].OK {
			continue
		}
		i, j := day-1, hour-first
		if d.narrow {
			i, j = j, i
		}
		v := float64(row.Values[0].N)
		heat.Cells[i][j], heat.Labels[i][j] = &v, unit.write(v, d.lang)
	}
	return heat
}

// heatScale is the unit of the heat map's numbers.
func heatScale(r *cube.Result, c money.Currency) scale {
	most := 0.0
	for _, row := range r.Rows {
		most = max(most, float64(row.Values[0].N))
	}
	return scaleOf(most, c)
}

func (d *desk) drawHeat(r *cube.Result) (*chart.Drawing, error) {
	heat := d.heatTable(r)
	drawing, err := heat.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	lang, currency := d.lang, d.currency()
	drawing.Tip = func(i int) []string {
		row, column := i/len(heat.Columns), i%len(heat.Columns)
		if heat.Cells[row][column] == nil {
			return nil
		}
		return []string{heat.Rows[row] + " " + heat.Columns[column],
			figure(cube.Revenue, cube.Some(int64(*heat.Cells[row][column])), lang, currency)}
	}
	return drawing, nil
}

// rankingMax is how many bars a ranking shows; its table has all.
const rankingMax = 12

// nameRoom is how wide the names beside a ranking's bars may be, in pixels.
func (d *desk) nameRoom(name string) int {
	switch {
	case d.narrow:
		return 150
	case name == askProducts:
		return 340
	}
	return 170
}

func (d *desk) drawRanking(r *cube.Result, room int) (*chart.Drawing, error) {
	ranking := chart.Ranking{Room: room}
	for i, row := range r.Rows {
		if i == rankingMax {
			break
		}
		v := float64(row.Values[0].N)
		ranking.Names = append(ranking.Names, nameOf(r, row, d.lang))
		ranking.Labels = append(ranking.Labels, short(cube.Revenue, v, d.lang, d.currency()))
		ranking.Now = append(ranking.Now, v)
		if r.Before != nil {
			before := 0.0
			if len(row.Before) > 0 {
				before = float64(row.Before[0].N)
			}
			ranking.Before = append(ranking.Before, before)
		}
	}
	drawing, err := ranking.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	lang, currency := d.lang, d.currency()
	drawing.Tip = func(i int) []string {
		row := r.Rows[i]
		lines := []string{nameOf(r, row, lang), figure(cube.Revenue, row.Values[0], lang, currency) + " · " +
			lang.Percent(whole(share(row.Values[0].N, r.Total.Values[0].N)))}
		if len(row.Before) > 0 {
			if bp, ok := change(row.Values[0], row.Before[0]); ok {
				lines = append(lines, delta(bp, lang))
			}
		}
		return lines
	}
	return drawing, nil
}
