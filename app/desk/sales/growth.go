package sales

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// cause is a part of the change of revenue.
type cause struct {
	name *i18n.Message
	sum  int64
}

// causes are the parts of a change in the order of the chart.
func causes(r *report.Growth) []cause {
	p := r.Parts
	return []cause{{growthReceipts, p.Receipts}, {growthBasket, p.Basket}, {growthMix, p.Mix}, {growthNew, p.New},
		{growthGone, p.Gone}, {growthPrice, p.Price}, {growthDiscount, p.Discount}, {growthReturns, r.Returns}}
}

// growthParts explain the change of revenue.
func (p *sales) growthParts() []kit.Part {
	l, r := p.d.Lang, p.growth
	if r.Before == nil {
		return []kit.Part{{ID: "growth", Span: 12, Title: l.T(growthTitle), Reading: l.T(growthNone)}}
	}
	return []kit.Part{
		{ID: "growth", Title: l.T(growthTitle), Reading: p.readGrowth(), Chart: p.drawGrowth, Grid: p.growthGrid,
			Pick: func(int) { p.d.DrillInto(kit.Drill{Measure: cube.Revenue}) },
			Body: []app.UI{app.P().Class("widget-reading").Text(l.T(growthGoods, "both", r.Both, "new", r.New, "gone", r.Gone))}},
		{ID: "drivers", Title: l.T(growthDrivers), Reading: p.readDrivers(), Key: string(p.drivers), Chart: p.drawDrivers, Grid: p.driversGrid,
			Pick: func(i int) {
				if i < min(driversShown, len(r.Drivers)) {
					p.openDriver(r.Drivers[i])
				}
			},
			Acts: []app.UI{kit.Chooser(p.d, "drivers-by", l.T(i18n.SalesBy), string(p.drivers), kit.DimChoices(p.d, driverDims...), func(id string) {
				p.drivers = cube.DimID(id)
				p.d.RefreshPage()
			})}},
	}
}

// readGrowth names the strongest cause, and the strongest against it.
func (p *sales) readGrowth() string {
	l, r := p.d.Lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	direction := int64(1)
	if total < 0 {
		direction = -1
	}
	var with, against cause
	for _, c := range causes(r) {
		if with.name == nil || c.sum*direction > with.sum*direction {
			with = c
		}
		if c.sum*direction < against.sum*direction {
			against = c
		}
	}
	change := p.d.Signed(total)
	if bp, ok := change0(r.Now.Revenue, r.Then.Revenue); ok {
		change = kit.Delta(bp, l) + ", " + change
	}
	pairs := []any{"then", p.d.Sum(r.Then.Revenue), "now", p.d.Sum(r.Now.Revenue), "change", change, "cause", kit.Lower(l.T(with.name)), "sum", p.d.Signed(with.sum)}
	if against.name != nil && against.sum != 0 {
		return l.T(growthReadTwo, append(pairs, "other", kit.Lower(l.T(against.name)), "less", p.d.Signed(against.sum))...)
	}
	return l.T(growthRead, pairs...)
}

// change0 is change of plain numbers.
func change0(now, then int64) (bp int64, ok bool) { return kit.Change(cube.Some(now), cube.Some(then)) }

func (p *sales) drawGrowth(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.Lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	w := chart.Waterfall{Total: l.T(growthTotal), Sum: kit.Brief(p.d, total, true), Room: kit.NamesRoom(p.d)}
	list := causes(r)
	for _, c := range list {
		w.Names, w.Steps, w.Labels = append(w.Names, l.T(c.name)), append(w.Steps, float64(c.sum)), append(w.Labels, kit.Brief(p.d, c.sum, true))
	}
	drawing, err := w.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		if i < len(list) {
			return []string{l.T(list[i].name), p.d.Signed(list[i].sum), l.Percent(kit.Whole(kit.Share0(list[i].sum, r.Then.Revenue)))}
		}
		return []string{l.T(growthTotal), p.d.Signed(total)}
	}
	return drawing, nil
}

func (p *sales) growthGrid() *kit.Grid {
	l, r := p.d.Lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	part := func(sum int64) sheet.Cell {
		return sheet.Cell{N: kit.Share0(sum, r.Then.Revenue), OK: r.Then.Revenue > 0}
	}
	return kit.Table[cause]{Name: p.d.FileOf("growth"), Rows: causes(r), Columns: []kit.TableColumn[cause]{
		{Title: growthCause, Cell: func(c cause) sheet.Cell { return sheet.TextOf(l.T(c.name)) }, Total: sheet.TextOf(l.T(growthTotal))},
		{Title: growthEffect, Format: kit.AsMoney, Cell: func(c cause) sheet.Cell { return sheet.Of(c.sum) }, Total: sheet.Of(total)},
		{Title: growthOfThen, Format: kit.AsShare, Cell: func(c cause) sheet.Cell { return part(c.sum) }, Total: part(total)},
	}}.Grid(l)
}

func (p *sales) driverName(d report.Driver) string {
	return p.d.KeyWord(p.drivers, d.Key, d.Name.In(string(p.d.Lang)))
}

func (p *sales) readDrivers() string {
	if len(p.growth.Drivers) == 0 {
		return ""
	}
	lead := p.growth.Drivers[0]
	return p.d.Lang.T(growthLeads, "name", p.driverName(lead), "sum", p.d.Signed(lead.Now-lead.Then))
}

func (p *sales) drawDrivers(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.Lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	w := chart.Waterfall{Total: l.T(growthTotal), Sum: kit.Brief(p.d, total, true), Room: kit.NamesRoom(p.d)}
	add := func(name string, sum int64) {
		w.Names, w.Steps, w.Labels = append(w.Names, name), append(w.Steps, float64(sum)), append(w.Labels, kit.Brief(p.d, sum, true))
	}
	rest := total
	for _, driver := range kit.Cut(r.Drivers, driversShown) {
		add(p.driverName(driver), driver.Now-driver.Then)
		rest -= driver.Now - driver.Then
	}
	if n := len(r.Drivers) - driversShown; n > 0 {
		add(l.T(growthOthers, "n", n), rest)
	}
	drawing, err := w.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		if i >= min(driversShown, len(r.Drivers)) {
			return []string{append(w.Names, w.Total)[i]}
		}
		driver := r.Drivers[i]
		return []string{p.driverName(driver), l.T(growthThen) + ": " + p.d.Sum(driver.Then), l.T(growthNow) + ": " + p.d.Sum(driver.Now)}
	}
	return drawing, nil
}

func (p *sales) openDriver(driver report.Driver) {
	p.d.DrillInto(drillOf(cube.Revenue, p.drivers, driver.Key, p.driverName(driver)))
}

func (p *sales) driversGrid() *kit.Grid {
	r := p.growth
	sum := func(title *i18n.Message, of func(report.Driver) int64) kit.TableColumn[report.Driver] {
		return kit.TableColumn[report.Driver]{Title: title, Format: kit.AsMoney, Cell: func(d report.Driver) sheet.Cell { return sheet.Of(of(d)) },
			Total: sheet.Of(of(report.Driver{Now: r.Now.Revenue, Then: r.Then.Revenue}))}
	}
	return kit.Table[report.Driver]{Name: p.d.FileOf("drivers"), Rows: r.Drivers, Columns: []kit.TableColumn[report.Driver]{
		{Text: p.d.DimWord(p.drivers), Cell: func(d report.Driver) sheet.Cell { return sheet.TextOf(p.driverName(d)) }},
		sum(growthThen, func(d report.Driver) int64 { return d.Then }),
		sum(growthNow, func(d report.Driver) int64 { return d.Now }),
		sum(growthEffect, func(d report.Driver) int64 { return d.Now - d.Then }),
		{Title: i18n.ColChange, Format: kit.AsChange, Better: 1, Cell: func(d report.Driver) sheet.Cell { return changed(d.Now, d.Then) },
			Total: changed(r.Now.Revenue, r.Then.Revenue)},
	}, Open: p.openDriver}.Grid(p.d.Lang)
}
