package desk

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

// drill is the panel with what is behind a number: receipts, or a list of its
// own such as customers.
type drill struct {
	open   bool
	own    *listing // nil: receipts
	grid   *grid    // of own
	rev    int      // of grid
	before []func() // open what the panel showed before
	busy   bool
	round  int
	ask    cube.Drill
	of     behind
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

// behind is a number that can be explained.
type behind struct {
	measure  cube.MeasureID
	cell     []cube.Filter // what the cell is about, beside the page's filter
	from, to string        // "" for the page's period
	alone    bool          // the page's filter does not count
	only     func()
	sums     *cube.Between     // only receipts of these sums; nil: all
	say      string            // sums in words
	names    map[string]string // of keys in cell that the desk does not know; may be nil
}

// openList opens the panel with a list.
func (d *desk) openList(list listing) {
	before := d.shownBehind()
	d.endDrill()
	p := &d.drill
	p.before, p.open, p.own, p.grid, p.busy, p.fault, p.words, p.only = before, true, &list, nil, true, nil, list.words, nil
	p.round++
	round := p.round
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	list.ask(ctx, func(g *grid, e *errcode.Error) {
		if round == d.drill.round {
			d.drill.busy, d.drill.fault, d.drill.grid = false, e, g
			d.drill.rev++
		}
	})
	d.panelOpened()
}

// shownBehind is the way back to what the panel shows now.
func (d *desk) shownBehind() []func() {
	p := &d.drill
	if !p.open {
		return nil
	}
	before := p.before
	if own := p.own; own != nil {
		return append(before, func() { d.openList(*own) })
	}
	of := p.of
	return append(before, func() { d.drillInto(of) })
}

// drillBack shows what the panel showed before.
func (d *desk) drillBack() {
	before := d.drill.before
	if len(before) == 0 {
		return
	}
	d.endDrill()
	d.drill.open = false
	before[len(before)-1]()
	d.drill.before = before[:len(before)-1]
}

// behindMark is the end of the address while the panel is open, so that the
// browser's Back closes it.
const behindMark = "behind"

// panelOpened moves the focus into the panel and marks the address.
func (d *desk) panelOpened() {
	if url := d.ctx.Page().URL(); url.Fragment != behindMark {
		marked := *url
		marked.Fragment = behindMark
		d.marked = true
		d.ctx.NavigateTo(&marked)
	}
	d.ctx.Defer(func(app.Context) { ui.Focus("drill-close") })
}

// closePanel closes the panel as Back does.
func (d *desk) closePanel() {
	if d.marked {
		d.marked = false
		ui.Back()
	}
	d.closeDrill()
}

// drillInto opens the panel with what is behind a number.
func (d *desk) drillInto(b behind) {
	from, to := d.dates()
	if b.from != "" || b.to != "" {
		from, to = b.from, b.to
	}
	where := slices.Concat(d.filter.where(), b.cell)
	if b.alone {
		where = b.cell
	}
	before := d.shownBehind()
	d.endDrill()
	p := &d.drill
	p.ask = cube.Drill{Slice: cube.Slice{From: from, To: to, Where: where}, Measure: b.measure, Sums: b.sums, Limit: drillPage}
	p.of, p.own, p.names, p.before = b, nil, b.names, before
	p.words, p.only = lines(append(d.inWords(p.ask.Slice), b.say)...), b.only
	p.open, p.list, p.rows, p.spread = true, nil, nil, -1
	d.moreBehind()
	d.panelOpened()
}

// endDrill lets go of the question under way.
func (d *desk) endDrill() {
	if d.drill.stop != nil {
		d.drill.stop()
	}
	d.drill.round++
}

func (d *desk) closeDrill() {
	d.endDrill()
	d.drill.open, d.drill.before = false, nil
}

// moreBehind asks for the next receipts.
func (d *desk) moreBehind() {
	p := &d.drill
	ctx, stop := context.WithCancel(context.Background())
	p.round++
	round := p.round
	p.busy, p.fault, p.stop = true, nil, stop
	p.ask.Offset = len(p.rows)
	query(ctx, d, bridge.InsightList, p.ask, func(list cube.Listing, e *errcode.Error) {
		if round != d.drill.round {
			return
		}
		d.drill.busy, d.drill.fault = false, e
		if e == nil {
			d.drill.take(&list)
		}
	})
}

// take adds receipts to those that are there.
func (p *drill) take(list *cube.Listing) {
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

// inWords says a slice in words, one condition each.
func (d *desk) inWords(s cube.Slice) []string {
	l := d.lang
	return append([]string{l.T(i18n.DrillPeriod, "from", d.date(s.From), "to", d.date(s.To))}, d.inWordsOf(s.Where)...)
}

// inWordsOf says conditions in words.
func (d *desk) inWordsOf(where []cube.Filter) []string {
	l := d.lang
	var words []string
	for _, f := range where {
		if f.Dim == cube.Customer && f.Not {
			words = append(words, l.T(i18n.DrillKnown))
			continue
		}
		var names []string
		for _, key := range f.In {
			names = append(names, d.keyName(f.Dim, key))
		}
		if say := drillWords[f.Dim]; say != nil {
			words = append(words, l.T(say, "name", strings.Join(names, ", ")))
		} else if facet, ok := facetOf(f.Dim); ok {
			words = append(words, l.T(facet.say, "name", strings.Join(names, ", ")))
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

// keyName names a key of a dimension as the reports on the page do.
func (d *desk) keyName(dim cube.DimID, key string) string {
	if name := d.drill.names[key]; name != "" {
		return name
	}
	switch dim {
	case cube.Day:
		return d.date(key)
	case cube.Week:
		return stepLabel(cube.Week, key, d.lang)
	case cube.Hour:
		return key + ":00"
	case cube.Weekday:
		if n, err := strconv.Atoi(key); err == nil && n >= 1 && n <= len(i18n.Weekdays) {
			return d.lang.T(i18n.Weekdays[n-1])
		}
	case cube.Sex, cube.Kind:
		if name := keyNames[key]; name != nil {
			return d.lang.T(name)
		}
	case cube.Customer:
		return shortID(key)
	}
	if name := d.choices.names[dim][key]; name != "" {
		return name
	}
	return key
}

// saveBehind saves all receipts of the list, a row for each line.
func (d *desk) saveBehind(kind fileKind) {
	p := &d.drill
	ask := p.ask
	ask.Offset, ask.Limit = 0, cube.RowsMax
	d.collectBehind(ask, kind, d.drill.round, &cube.Listing{})
}

// collectBehind gets the list a part at a time and saves it when it is whole.
func (d *desk) collectBehind(ask cube.Drill, kind fileKind, round int, all *cube.Listing) {
	query(context.Background(), d, bridge.InsightList, ask, func(list cube.Listing, e *errcode.Error) {
		if round != d.drill.round {
			return
		}
		if e != nil {
			d.drill.fault = e
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
			d.collectBehind(ask, kind, round, &list)
			return
		}
		d.writeGrid(d.behindTable(&list), d.lang.T(i18n.DrillOpen), kind)
	})
}

// behindTable is a list of receipts as a table of lines.
func (d *desk) behindTable(list *cube.Listing) *grid {
	l := d.lang
	g := &grid{name: "receipts-" + d.drill.ask.From + "-" + d.drill.ask.To, columns: []column{
		{title: l.T(i18n.ExportDate), form: asDate}, {title: l.T(i18n.ExportTime)}, {title: l.T(i18n.ExportStore)}, {title: l.T(i18n.ExportTill)},
		{title: l.T(i18n.ExportNumber), form: asCount}, {title: l.T(i18n.ExportKind)}, {title: l.T(i18n.ExportCashier)}, {title: l.T(i18n.ExportBuyer)},
		{title: l.T(i18n.ExportSKU)}, {title: l.T(i18n.ExportProduct)}, {title: l.T(i18n.ExportUnits), form: asMilli}, {title: l.T(i18n.ExportPrice), form: asMoney},
		{title: l.T(i18n.ExportSum), form: asMoney}, {title: l.T(i18n.ExportOff), form: asMoney}, {title: l.T(i18n.ExportTax), form: asMoney},
		{title: l.T(i18n.ExportCost), form: asMoney}}}
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
			g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(r.Day), sheet.TextOf(d.time(r.At, i18n.Clock)), name(cube.Store, r.Store),
				sheet.TextOf(r.Till), sheet.Of(int64(r.Number)), sheet.TextOf(kind), name(cube.Cashier, r.Cashier), sheet.TextOf(r.Customer),
				sheet.TextOf(line.Product), name(cube.Product, line.Product), sheet.Of(line.Sum.Quantity), sheet.Of(line.Price), sheet.Of(line.Sum.Net),
				sheet.Of(line.Sum.Discount), sheet.Of(line.Sum.Tax), sheet.Of(line.Sum.Cost)}})
		}
	}
	return g
}
