package kit

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/sheet"
)

// drillPanel is the panel with what is behind a number: receipts, or a list of its
// own such as customers.
type drillPanel struct {
	Open   bool
	Marked bool     // the address says that it is open
	own    *Listing // nil: receipts
	grid   *Grid    // of own
	rev    int      // of grid
	before []func() // open what the panel showed before
	busy   bool
	round  int
	ask    cube.Drill
	of     Drill
	names  map[string]string
	words  []string // the filter, said
	only   func()   // narrows all reports to this; nil when there is no such filter
	list   *cube.Listing
	rows   []cube.Listed
	spread int // receipt whose lines are shown; −1 for none
	fault  *errcode.Error
	stop   context.CancelFunc
}

// drillPage is how many receipts are asked for at a time.
const drillPage = 60

// Drill is a number that can be explained.
type Drill struct {
	Measure  cube.MeasureID
	Cell     []cube.Filter // what the cell is about, beside the page's filter
	From, To string        // "" for the page's period
	Alone    bool          // the page's filter does not count
	Only     func()
	Sums     *cube.Between     // only receipts of these sums; nil: all
	Say      string            // sums in words
	Names    map[string]string // of keys in cell that the desk does not know; may be nil
}

// OpenList opens the panel with a list.
func (d *Desk) OpenList(list Listing) {
	before := shownBehind(d)
	endDrill(d)
	p := &d.DrillPanel
	p.before, p.Open, p.own, p.grid, p.busy, p.fault, p.words, p.only = before, true, &list, nil, true, nil, list.Words, nil
	p.round++
	round := p.round
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	list.Ask(ctx, func(g *Grid, e *errcode.Error) {
		if round == d.DrillPanel.round {
			d.DrillPanel.busy, d.DrillPanel.fault, d.DrillPanel.grid = false, e, g
			d.DrillPanel.rev++
		}
	})
	panelOpened(d)
}

// shownBehind is the way back to what the panel shows now.
func shownBehind(d *Desk) []func() {
	p := &d.DrillPanel
	if !p.Open {
		return nil
	}
	before := p.before
	if own := p.own; own != nil {
		return append(before, func() { d.OpenList(*own) })
	}
	of := p.of
	return append(before, func() { d.DrillInto(of) })
}

// drillBack shows what the panel showed before.
func drillBack(d *Desk) {
	before := d.DrillPanel.before
	if len(before) == 0 {
		return
	}
	endDrill(d)
	d.DrillPanel.Open = false
	before[len(before)-1]()
	d.DrillPanel.before = before[:len(before)-1]
}

// BehindMark is the end of the address while the panel is open, so that the
// browser's Back closes it.
const BehindMark = "behind"

// panelOpened moves the focus into the panel and marks the address.
func panelOpened(d *Desk) {
	if url := d.Ctx.Page().URL(); url.Fragment != BehindMark {
		marked := *url
		marked.Fragment = BehindMark
		d.DrillPanel.Marked = true
		d.Ctx.NavigateTo(&marked)
	}
	d.Ctx.Defer(func(app.Context) { ui.Focus("drill-close") })
}

// ClosePanel closes the panel as Back does.
func (d *Desk) ClosePanel() {
	if d.DrillPanel.Marked {
		d.DrillPanel.Marked = false
		ui.Back()
	}
	d.CloseDrill()
}

// DrillInto opens the panel with what is behind a number.
func (d *Desk) DrillInto(b Drill) {
	from, to := d.Dates()
	if b.From != "" || b.To != "" {
		from, to = b.From, b.To
	}
	where := slices.Concat(d.Filter.Conditions(), b.Cell)
	if b.Alone {
		where = b.Cell
	}
	before := shownBehind(d)
	endDrill(d)
	p := &d.DrillPanel
	p.ask = cube.Drill{Slice: cube.Slice{From: from, To: to, Where: where}, Measure: b.Measure, Sums: b.Sums, Limit: drillPage}
	p.of, p.own, p.names, p.before = b, nil, b.Names, before
	p.words, p.only = Lines(append(d.InWords(p.ask.Slice), b.Say)...), b.Only
	p.Open, p.list, p.rows, p.spread = true, nil, nil, -1
	moreBehind(d)
	panelOpened(d)
}

// endDrill lets go of the question under way.
func endDrill(d *Desk) {
	if d.DrillPanel.stop != nil {
		d.DrillPanel.stop()
	}
	d.DrillPanel.round++
}

func (d *Desk) CloseDrill() {
	endDrill(d)
	d.DrillPanel.Open, d.DrillPanel.before = false, nil
}

// moreBehind asks for the next receipts.
func moreBehind(d *Desk) {
	p := &d.DrillPanel
	ctx, stop := context.WithCancel(context.Background())
	p.round++
	round := p.round
	p.busy, p.fault, p.stop = true, nil, stop
	p.ask.Offset = len(p.rows)
	Query(ctx, d, bridge.InsightList, p.ask, func(list cube.Listing, e *errcode.Error) {
		if round != d.DrillPanel.round {
			return
		}
		d.DrillPanel.busy, d.DrillPanel.fault = false, e
		if e == nil {
			d.DrillPanel.take(&list)
		}
	})
}

// take adds receipts to those that are there.
func (p *drillPanel) take(list *cube.Listing) {
	if p.list != nil {
		for id, names := range p.list.Names {
			for key, name := range names {
				list.Names[id][key] = name
			}
		}
	}
	p.list = list
	p.rows = append(p.rows, list.Rows...)
}

// InWords says a slice in words, one condition each.
func (d *Desk) InWords(s cube.Slice) []string {
	l := d.Lang
	return append([]string{l.T(i18n.DrillPeriod, "from", d.Date(s.From), "to", d.Date(s.To))}, d.InWordsOf(s.Where)...)
}

// InWordsOf says conditions in words.
func (d *Desk) InWordsOf(where []cube.Filter) []string {
	l := d.Lang
	var words []string
	for _, f := range where {
		if f.Dim == cube.Customer && f.Not {
			words = append(words, l.T(i18n.DrillKnown))
			continue
		}
		var names []string
		for _, key := range f.In {
			names = append(names, d.KeyName(f.Dim, key))
		}
		if say := drillWords[f.Dim]; say != nil {
			words = append(words, l.T(say, "name", strings.Join(names, ", ")))
		} else if facet, ok := FacetOf(f.Dim); ok {
			words = append(words, l.T(facet.Say, "name", strings.Join(names, ", ")))
		}
	}
	return words
}

// drillWords say conditions of cells that no filter has.
var drillWords = map[cube.DimID]*i18n.Message{
	cube.Day: i18n.DrillDay, cube.Week: i18n.DrillWeek, cube.Month: i18n.DrillMonth, cube.Customer: i18n.DrillCustomer,
}

// keyNames are words for keys that are codes.
var keyNames = map[string]*i18n.Message{
	"f": i18n.FacetWomen, "m": i18n.FacetMen, cube.KindSale: i18n.FacetSales, cube.KindReturn: i18n.FacetReturns,
}

// KeyName names a key of a dimension as the reports on the page do.
func (d *Desk) KeyName(dim cube.DimID, key string) string {
	if name := d.DrillPanel.names[key]; name != "" {
		return name
	}
	switch dim {
	case cube.Day:
		return d.Date(key)
	case cube.Week:
		return StepLabel(cube.Week, key, d.Lang)
	case cube.Hour:
		return key + ":00"
	case cube.Weekday:
		if n, err := strconv.Atoi(key); err == nil && n >= 1 && n <= len(i18n.Weekdays) {
			return d.Lang.T(i18n.Weekdays[n-1])
		}
	case cube.Sex, cube.Kind:
		if name := keyNames[key]; name != nil {
			return d.Lang.T(name)
		}
	case cube.Customer:
		return ShortID(key)
	}
	if name := d.Names[dim][key]; name != "" {
		return name
	}
	return key
}

// saveBehind saves all receipts of the list, a row for each line.
func saveBehind(d *Desk, kind fileKind) {
	p := &d.DrillPanel
	ask := p.ask
	ask.Offset, ask.Limit = 0, cube.RowsMax
	collectBehind(d, ask, kind, d.DrillPanel.round, &cube.Listing{})
}

// collectBehind gets the list a part at a time and saves it when it is whole.
func collectBehind(d *Desk, ask cube.Drill, kind fileKind, round int, all *cube.Listing) {
	Query(context.Background(), d, bridge.InsightList, ask, func(list cube.Listing, e *errcode.Error) {
		if round != d.DrillPanel.round {
			return
		}
		if e != nil {
			d.DrillPanel.fault = e
			return
		}
		list.Rows = append(all.Rows, list.Rows...)
		for id, names := range all.Names {
			for key, name := range names {
				list.Names[id][key] = name
			}
		}
		if len(list.Rows) < list.Receipts && len(list.Rows) > len(all.Rows) {
			ask.Offset = len(list.Rows)
			collectBehind(d, ask, kind, round, &list)
			return
		}
		writeGrid(d, behindTable(d, &list), d.Lang.T(i18n.DrillOpen), kind)
	})
}

// behindTable is a list of receipts as a table of lines.
func behindTable(d *Desk, list *cube.Listing) *Grid {
	l := d.Lang
	g := &Grid{Name: "receipts-" + d.DrillPanel.ask.From + "-" + d.DrillPanel.ask.To, Columns: []Column{
		{Title: l.T(i18n.ExportDate), Format: asDate}, {Title: l.T(i18n.ExportTime)}, {Title: l.T(i18n.ExportStore)}, {Title: l.T(i18n.ExportTill)},
		{Title: l.T(i18n.ExportNumber), Format: AsCount}, {Title: l.T(i18n.ExportKind)}, {Title: l.T(i18n.ExportCashier)}, {Title: l.T(i18n.ExportBuyer)},
		{Title: l.T(i18n.ExportSKU)}, {Title: l.T(i18n.ExportProduct)}, {Title: l.T(i18n.ExportUnits), Format: AsMilli}, {Title: l.T(i18n.ExportPrice), Format: AsMoney},
		{Title: l.T(i18n.ExportSum), Format: AsMoney}, {Title: l.T(i18n.ExportOff), Format: AsMoney}, {Title: l.T(i18n.ExportTax), Format: AsMoney},
		{Title: l.T(i18n.ExportCost), Format: AsMoney}}}
	name := func(id cube.DimID, key string) sheet.Cell {
		if name := list.Names[id][key].In(string(l)); name != "" {
			return sheet.TextOf(name)
		}
		return sheet.TextOf(key)
	}
	for _, r := range list.Rows {
		kind := l.T(i18n.DrillSale)
		if r.Kind == cube.KindReturn {
			kind = l.T(i18n.DrillReturn)
		}
		for _, line := range r.Lines {
			g.Rows = append(g.Rows, GridRow{Cells: []sheet.Cell{sheet.TextOf(r.Day), sheet.TextOf(d.time(r.At, i18n.Clock)), name(cube.Store, r.Store),
				sheet.TextOf(r.Till), sheet.Of(int64(r.Number)), sheet.TextOf(kind), name(cube.Cashier, r.Cashier), sheet.TextOf(r.Customer),
				sheet.TextOf(line.Product), name(cube.Product, line.Product), sheet.Of(line.Sum.Quantity), sheet.Of(line.Price), sheet.Of(line.Sum.Net),
				sheet.Of(line.Sum.Discount), sheet.Of(line.Sum.Tax), sheet.Of(line.Sum.Cost)}})
		}
	}
	return g
}

// Listing is a list that the panel can show in place of receipts.
type Listing struct {
	Title string
	Words []string // what it is limited to
	Ask   func(ctx context.Context, then func(*Grid, *errcode.Error))
	Above func() []app.UI // between the head and the list, once that is here; nil: nothing
	Acts  func() []app.UI // beside what saves the list; nil: nothing
}
