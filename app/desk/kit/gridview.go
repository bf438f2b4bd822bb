package kit

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/money"
)

// Rows of a long grid: all are as high, and only those near the window are drawn.
const (
	gridWhole     = 40  // rows up to which a grid is shown whole: nothing is hidden by scrolling
	gridLong      = 120 // rows from which on a grid is long
	gridRowHeight = 37  // pixels, as in the style sheet
	gridAhead     = 15  // rows drawn above and below the window
	gridWindow    = 50  // rows drawn at least
)

// gridView shows a grid.
type gridView struct {
	app.Compo

	ID   string
	Grid *Grid
	Rev  int // of the grid
	Look int // of the desk
	D    *Desk

	order order
	begun bool
	rev   int // for which lines was made
	lines []int
	wides []int // of the columns of a long grid, in characters
	top   int   // first row drawn
	count int   // rows drawn
}

// GridState is what the person chose for a grid.
type GridState struct {
	Sort   string   `json:"sort,omitempty"` // title of the column
	Desc   bool     `json:"desc,omitempty"`
	Hidden []string `json:"hidden,omitempty"` // titles
	Shown  []string `json:"shown,omitempty"`  // titles of those hidden at first
}

// columnsShown are the numbers of the columns that the person wants to see.
func (s GridState) columnsShown(g *Grid) []int {
	var list []int
	for i, c := range g.Columns {
		hidden := c.Hidden && !slices.Contains(s.Shown, c.Title) || slices.Contains(s.Hidden, c.Title)
		if i == 0 || !hidden {
			list = append(list, i)
		}
	}
	return list
}

// orderOf is the order as numbers of the grid at hand.
func (s GridState) orderOf(g *Grid) order {
	for i, c := range g.Columns {
		if s.Sort != "" && c.Title == s.Sort {
			return order{i, s.Desc}
		}
	}
	return order{-1, false}
}

// prepare sorts the rows when the grid or its order has changed.
func (v *gridView) prepare() (columns []int) {
	state := v.D.Grids[v.ID]
	o := state.orderOf(v.Grid)
	if !v.begun || v.rev != v.Rev || v.order != o || len(v.lines) != len(v.Grid.Rows) {
		v.lines = v.Grid.sorted(o)
		v.begun, v.rev, v.order, v.wides = true, v.Rev, o, nil
	}
	if len(v.lines) < gridLong || v.D.Printing {
		v.top, v.count = 0, len(v.lines)
	} else {
		v.count = max(v.count, gridWindow)
		v.top = max(0, min(v.top, len(v.lines)-v.count))
	}
	return state.columnsShown(v.Grid)
}

// Render draws the head, the rows near the window, and the total.
func (v *gridView) Render() app.UI {
	columns := v.prepare()
	table := app.Table().Class("figures").Aria("rowcount", len(v.lines)+1)
	var parts []app.UI
	if len(v.lines) >= gridLong {
		table.Class("figures-long")
		parts = append(parts, v.drawWidths(columns))
	}
	parts = append(parts, app.THead().Body(app.Tr().Body(app.Range(columns).Slice(func(i int) app.UI { return v.drawHead(columns[i]) }))),
		app.TBody().Body(v.drawRows(columns)...))
	if foot := v.drawFoot(columns); foot != nil {
		parts = append(parts, foot)
	}
	frame := app.Div().ID("%s", "grid-"+v.ID).Class("table-frame").TabIndex(0).OnScroll(v.scroll)
	if len(v.lines) > gridWhole {
		frame.Class("table-tall")
	}
	return frame.Body(table.Body(parts...))
}

// drawWidths gives every column a width of its own, so that nothing moves while
// rows come and go.
func (v *gridView) drawWidths(columns []int) app.UI {
	if v.wides == nil {
		for i := range v.Grid.Columns {
			v.wides = append(v.wides, v.width(i))
		}
	}
	return app.ColGroup().Body(app.Range(columns).Slice(func(i int) app.UI {
		return app.Col().Style("width", strconv.Itoa(v.wides[columns[i]])+"ch")
	}))
}

// width is the width of a column in characters: that of its largest figure.
func (v *gridView) width(i int) int {
	c, g := v.Grid.Columns[i], v.Grid
	width := len([]rune(c.Title)) + 3
	var longest, most, least int64
	for _, row := range g.Rows {
		cell := row.Cells[i]
		longest, most, least = max(longest, int64(len([]rune(cell.Text)))), max(most, cell.N), min(least, cell.N)
	}
	if c.Format == AsText || c.Format == asDate {
		return min(max(width, int(longest)+3), 36)
	}
	for _, n := range []int64{most, least} {
		digits := len(money.FormatDecimal(n, 0))
		width = max(width, digits+digits/3+4)
	}
	return width
}

func (v *gridView) drawHead(i int) app.UI {
	c := v.Grid.Columns[i]
	head := app.Th().Scope("col")
	mark, sorted := "", "none"
	if v.order.column == i {
		mark, sorted = " ↑", "ascending"
		if v.order.desc {
			mark, sorted = " ↓", "descending"
		}
	}
	if c.Title == "" {
		return head
	}
	if c.Format == AsText {
		head.Class("word")
	}
	return head.Aria("sort", sorted).Body(&sortButton{Text: c.Title + mark, Go: func() { v.sort(i) }})
}

// sort sorts by a column: the largest first, then the smallest, then as it was.
func (v *gridView) sort(i int) {
	c := v.Grid.Columns[i]
	state := v.D.Grids[v.ID]
	first := c.Format != AsText && c.Format != asDate
	switch {
	case state.Sort != c.Title:
		state.Sort, state.Desc = c.Title, first
	case state.Desc == first:
		state.Desc = !first
	default:
		state.Sort, state.Desc = "", false
	}
	setGrid(v.D, v.ID, state)
}

func (v *gridView) drawRows(columns []int) []app.UI {
	var rows []app.UI
	spacer := func(n int) app.UI {
		return app.Tr().Class("grid-space").Aria("hidden", true).Body(app.Td().ColSpan(len(columns)).Style("height", strconv.Itoa(n*gridRowHeight)+"px"))
	}
	if v.top > 0 {
		rows = append(rows, spacer(v.top))
	}
	end := min(v.top+v.count, len(v.lines))
	for at := v.top; at < end; at++ {
		rows = append(rows, v.drawRow(at, columns))
	}
	if left := len(v.lines) - end; left > 0 {
		rows = append(rows, spacer(left))
	}
	return rows
}

func (v *gridView) drawRow(at int, columns []int) app.UI {
	row := v.Grid.Rows[v.lines[at]]
	cells := make([]app.UI, 0, len(columns))
	for k, i := range columns {
		text := v.D.Write(v.Grid.Columns[i], row.Cells[i])
		if open := row.Opens[i]; k > 0 && open != nil {
			cells = append(cells, app.Td().Body(&rowName{Text: text, Go: func() { v.D.Rev++; open() }}))
			continue
		}
		if k > 0 {
			cells = append(cells, drawCell(v.Grid.Columns[i], row, row.Cells[i].N, text))
			continue
		}
		var open func()
		if row.Open != nil {
			open = func() { v.D.Rev++; row.Open() }
		}
		cells = append(cells, app.Th().Scope("row").Body(&rowName{Text: text, Note: row.Note, Go: open}))
	}
	return app.Tr().Aria("rowindex", at+2).Body(cells...)
}

func drawCell(c Column, row GridRow, n int64, text string) app.UI {
	cell := app.Td().Text(text)
	switch c.Format {
	case AsText:
		cell.Class("word")
	case AsChange:
		cell.Class(tone(c, row, n))
	}
	return cell
}

// tone is the class of a change: up where it is good, down where it is not.
func tone(c Column, row GridRow, n int64) string {
	good := Whole(n) * int64(c.Better)
	if row.Less {
		good = -good
	}
	switch {
	case good > 0:
		return "delta up"
	case good < 0:
		return "delta down"
	}
	return "delta"
}

func (v *gridView) drawFoot(columns []int) app.UI {
	g := v.Grid
	if g.Total == nil && g.Rest == "" {
		return nil
	}
	var rows []app.UI
	if g.Rest != "" {
		rows = append(rows, app.Tr().Body(app.Th().Scope("row").ColSpan(len(columns)).Class("grid-rest").Text(g.Rest)))
	}
	if g.Total != nil {
		cells := make([]app.UI, len(columns))
		for k, i := range columns {
			if k == 0 {
				text := g.Total[i].Text
				if text == "" {
					text = v.D.Lang.T(i18n.WidgetTotal)
				}
				cells[k] = app.Th().Scope("row").Text(text)
				continue
			}
			text := ""
			if g.Total[i].OK || g.Total[i].Text != "" {
				text = v.D.Write(g.Columns[i], g.Total[i])
			}
			cells[k] = app.Td().Text(text)
		}
		rows = append(rows, app.Tr().Body(cells...))
	}
	return app.TFoot().Body(rows...)
}

// scroll draws other rows when the window has come to the end of those drawn.
func (v *gridView) scroll(ctx app.Context, _ app.Event) {
	if len(v.lines) < gridLong {
		ctx.PreventUpdate()
		return
	}
	frame := ctx.JSSrc()
	first := frame.Get("scrollTop").Int() / gridRowHeight
	seen := frame.Get("clientHeight").Int()/gridRowHeight + 1
	top := max(0, first-gridAhead)
	near := first >= v.top && first+seen <= v.top+v.count
	if near && v.count >= seen {
		ctx.PreventUpdate()
		return
	}
	v.top, v.count = top, seen+2*gridAhead
}

// sortButton is a title that sorts.
type sortButton struct {
	app.Compo

	Text string
	Go   func()
}

// Render draws the title.
func (b *sortButton) Render() app.UI {
	return app.Button().Type("button").Class("sorter").OnClick(b.click).Text(b.Text)
}

func (b *sortButton) click(app.Context, app.Event) { b.Go() }

// rowName is the name of a row; it opens what is behind it.
type rowName struct {
	app.Compo

	Text string
	Note string
	Go   func()
}

// Render draws the name.
func (b *rowName) Render() app.UI {
	name := app.UI(app.Span().Text(b.Text))
	if b.Go != nil {
		name = app.Button().Type("button").Class("linked").OnClick(b.click).Text(b.Text)
	}
	return app.Span().Body(name, app.If(b.Note != "", func() app.UI { return app.Span().Class("few").Text(b.Note) }))
}

func (b *rowName) click(app.Context, app.Event) { b.Go() }

// setGrid keeps what the person chose for a grid.
func setGrid(d *Desk, id string, state GridState) {
	d.Grids[id] = state
	d.Rev++
	d.Keep(GridsKey, d.Grids)
}
