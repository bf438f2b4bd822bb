package desk

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
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
	return []cause{{i18n.GrowthReceipts, p.Receipts}, {i18n.GrowthBasket, p.Basket}, {i18n.GrowthMix, p.Mix}, {i18n.GrowthNew, p.New},
		{i18n.GrowthGone, p.Gone}, {i18n.GrowthPrice, p.Price}, {i18n.GrowthDiscount, p.Discount}, {i18n.GrowthReturns, r.Returns}}
}

// growthParts explain the change of revenue.
func (p *sales) growthParts() []part {
	l, r := p.d.lang, p.growth
	if r.Before == nil {
		return []part{{id: "growth", span: 12, title: l.T(i18n.GrowthTitle), reading: l.T(i18n.GrowthNone)}}
	}
	return []part{
		{id: "growth", title: l.T(i18n.GrowthTitle), reading: p.readGrowth(), chart: p.drawGrowth, grid: p.growthGrid,
			pick: func(int) { p.d.drillInto(behind{measure: cube.Revenue}) },
			body: []app.UI{app.P().Class("widget-reading").Text(l.T(i18n.GrowthGoods, "both", r.Both, "new", r.New, "gone", r.Gone))}},
		{id: "drivers", title: l.T(i18n.GrowthDrivers), reading: p.readDrivers(), key: string(p.drivers), chart: p.drawDrivers, grid: p.driversGrid,
			pick: func(i int) {
				if i < min(driversShown, len(r.Drivers)) {
					p.openDriver(r.Drivers[i])
				}
			},
			acts: []app.UI{p.d.chooser("drivers-by", l.T(i18n.SalesBy), string(p.drivers), p.d.dimChoices(driverDims...), func(id string) {
				p.drivers = cube.DimID(id)
				p.d.refreshPage()
			})}},
	}
}

// readGrowth names the strongest cause, and the strongest against it.
func (p *sales) readGrowth() string {
	l, r := p.d.lang, p.growth
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
	change := p.d.signed(total)
	if bp, ok := change0(r.Now.Revenue, r.Then.Revenue); ok {
		change = delta(bp, l) + ", " + change
	}
	pairs := []any{"then", p.d.sum(r.Then.Revenue), "now", p.d.sum(r.Now.Revenue), "change", change, "cause", lower(l.T(with.name)), "sum", p.d.signed(with.sum)}
	if against.name != nil && against.sum != 0 {
		return l.T(i18n.GrowthReadTwo, append(pairs, "other", lower(l.T(against.name)), "less", p.d.signed(against.sum))...)
	}
	return l.T(i18n.GrowthRead, pairs...)
}

// change0 is change of plain numbers.
func change0(now, then int64) (bp int64, ok bool) { return change(cube.Some(now), cube.Some(then)) }

func (p *sales) drawGrowth(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	w := chart.Waterfall{Total: l.T(i18n.GrowthTotal), Sum: p.d.brief(total, true), Room: p.d.namesRoom()}
	list := causes(r)
	for _, c := range list {
		w.Names, w.Steps, w.Labels = append(w.Names, l.T(c.name)), append(w.Steps, float64(c.sum)), append(w.Labels, p.d.brief(c.sum, true))
	}
	drawing, err := w.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		if i < len(list) {
			return []string{l.T(list[i].name), p.d.signed(list[i].sum), l.Percent(whole(share0(list[i].sum, r.Then.Revenue)))}
		}
		return []string{l.T(i18n.GrowthTotal), p.d.signed(total)}
	}
	return drawing, nil
}

// share0 is a part, which may be negative, in basis points of the whole.
func share0(part, total int64) int64 {
	if part < 0 {
		return -share(-part, total)
	}
	return share(part, total)
}

func (p *sales) growthGrid() *grid {
	l, r := p.d.lang, p.growth
	g := &grid{name: p.d.fileOf("growth"), columns: []column{{title: l.T(i18n.GrowthCause)}, {title: l.T(i18n.GrowthEffect), form: asMoney},
		{title: l.T(i18n.GrowthOfThen), form: asShare}}}
	for _, c := range causes(r) {
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(l.T(c.name)), sheet.Of(c.sum), {N: share0(c.sum, r.Then.Revenue), OK: r.Then.Revenue > 0}}})
	}
	total := r.Now.Revenue - r.Then.Revenue
	g.total = []sheet.Cell{sheet.TextOf(l.T(i18n.GrowthTotal)), sheet.Of(total), {N: share0(total, r.Then.Revenue), OK: r.Then.Revenue > 0}}
	return g
}

func (p *sales) driverName(d report.Driver) string {
	return p.d.keyWord(p.drivers, d.Key, d.Name.In(string(p.d.lang)))
}

func (p *sales) readDrivers() string {
	if len(p.growth.Drivers) == 0 {
		return ""
	}
	lead := p.growth.Drivers[0]
	return p.d.lang.T(i18n.GrowthLeads, "name", p.driverName(lead), "sum", p.d.signed(lead.Now-lead.Then))
}

func (p *sales) drawDrivers(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.lang, p.growth
	total := r.Now.Revenue - r.Then.Revenue
	w := chart.Waterfall{Total: l.T(i18n.GrowthTotal), Sum: p.d.brief(total, true), Room: p.d.namesRoom()}
	add := func(name string, sum int64) {
		w.Names, w.Steps, w.Labels = append(w.Names, name), append(w.Steps, float64(sum)), append(w.Labels, p.d.brief(sum, true))
	}
	rest := total
	for _, driver := range cut(r.Drivers, driversShown) {
		add(p.driverName(driver), driver.Now-driver.Then)
		rest -= driver.Now - driver.Then
	}
	if n := len(r.Drivers) - driversShown; n > 0 {
		add(l.T(i18n.GrowthOthers, "n", n), rest)
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
		return []string{p.driverName(driver), l.T(i18n.GrowthThen) + ": " + p.d.sum(driver.Then), l.T(i18n.GrowthNow) + ": " + p.d.sum(driver.Now)}
	}
	return drawing, nil
}

func (p *sales) openDriver(driver report.Driver) {
	p.d.drillInto(behind{measure: cube.Revenue, cell: []cube.Filter{{Dim: p.drivers, In: []string{driver.Key}}},
		names: map[string]string{driver.Key: p.driverName(driver)}})
}

func (p *sales) driversGrid() *grid {
	l, r := p.d.lang, p.growth
	g := &grid{name: p.d.fileOf("drivers"), columns: []column{{title: p.d.dimWord(p.drivers)}, {title: l.T(i18n.GrowthThen), form: asMoney},
		{title: l.T(i18n.GrowthNow), form: asMoney}, {title: l.T(i18n.GrowthEffect), form: asMoney}, {title: l.T(i18n.ColChange), form: asChange}}}
	line := func(first string, now, then int64) []sheet.Cell {
		return []sheet.Cell{sheet.TextOf(first), sheet.Of(then), sheet.Of(now), sheet.Of(now - then), changed(cube.Some(now), cube.Some(then))}
	}
	for _, driver := range r.Drivers {
		g.rows = append(g.rows, gridRow{cells: line(p.driverName(driver), driver.Now, driver.Then), open: func() { p.openDriver(driver) }})
	}
	g.total = line("", r.Now.Revenue, r.Then.Revenue)
	return g
}
