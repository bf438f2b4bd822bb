package desk

import (
	"cmp"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/geo"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// atlasMeasures are what the map can show.
var atlasMeasures = []cube.MeasureID{cube.Revenue, cube.Receipts, cube.Customers, cube.Margin, cube.AverageReceipt, cube.Discount, cube.Returns}

// atlasTagged is how many stores have their names beside them.
const atlasTagged = 12

// atlas is the page of the map: regions and stores.
type atlas struct {
	d *desk
	r *report.Map

	measure cube.MeasureID
	whole   bool // all of the country, not only where stores are
	places  places
}

func newAtlas(d *desk) study { return &atlas{d: d, measure: cube.Revenue} }

func (p *atlas) questions() []question {
	return []question{asks(report.NameMap, report.MapRequest{Slice: p.d.slice(), Against: p.d.against(), Measure: p.measure}, &p.r)}
}

func (p *atlas) formula() string { return p.d.lang.T(i18n.MapFormula) }

func (p *atlas) parts() []part {
	l, r := p.d.lang, p.r
	if len(r.Stores) == 0 {
		return nil
	}
	var notes []app.UI
	if n := len(r.Stores) - len(p.placed()); n > 0 {
		notes = append(notes, app.P().Class("widget-reading").Text(l.T(i18n.MapNowhere, "n", n)))
	}
	key := string(p.measure)
	if p.whole {
		key += "*"
	}
	title := l.T(i18n.MapTitle, "measure", p.d.measureWord(p.measure))
	list := []part{
		{id: "map", span: 12, title: title, reading: p.read(), tall: 480, key: key, chart: p.draw, grid: p.storesGrid, pick: p.open, body: notes, acts: []app.UI{
			p.d.chooser("map-measure", l.T(i18n.SalesShow), string(p.measure), p.d.measureChoices(atlasMeasures...), func(id string) {
				p.measure = cube.MeasureID(id)
				p.d.refreshPage()
			}),
			p.d.pick("map-whole", l.T(i18n.MapWhole), p.whole, func() { p.whole = !p.whole }),
		}},
		{id: "map-regions", title: l.T(i18n.MapRegions), grid: p.regionsGrid},
		{id: "map-stores", title: l.T(i18n.MapStores), grid: p.storesGrid},
	}
	where := part{id: "map-places", span: 12, title: l.T(i18n.PlaceTitle), reading: l.T(i18n.PlaceRead),
		acts: []app.UI{p.d.pick("places", l.T(i18n.PlaceShow), p.places.open, p.toggle)}}
	if p.places.open {
		where.body = p.drawPlaces()
	}
	return append(list, where)
}

// placed are the stores that have a place on the map, those who bring most first.
func (p *atlas) placed() []report.MapStore {
	var list []report.MapStore
	for _, s := range p.r.Stores {
		if s.Lat != 0 || s.Lon != 0 {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b report.MapStore) int { return cmp.Compare(b.Now.N, a.Now.N) })
	return list
}

func (p *atlas) storeName(s report.MapStore) string {
	return p.d.keyWord(cube.Store, s.Key, s.Name.In(string(p.d.lang)))
}

func (p *atlas) regionName(key string) string {
	if key == "" {
		return p.d.lang.T(i18n.SalesUnknown)
	}
	return key
}

// read names the region and the store that lead.
func (p *atlas) read() string {
	l := p.d.lang
	region := slices.MaxFunc(p.r.Regions, func(a, b report.MapRegion) int { return cmp.Compare(a.Now.N, b.Now.N) })
	store := slices.MaxFunc(p.r.Stores, func(a, b report.MapStore) int { return cmp.Compare(a.Now.N, b.Now.N) })
	if m, _ := cube.MeasureOf(p.measure); m.Additivity == cube.Ratio || m.Additivity == cube.Distinct {
		return l.T(i18n.MapReadOne, "region", p.regionName(region.Key), "value", figure(p.measure, region.Now, l, p.d.currency()))
	}
	return l.T(i18n.MapRead, "region", p.regionName(region.Key), "share", l.Percent(whole(share(region.Now.N, p.r.Total.Now.N))), "store", p.storeName(store))
}

func (p *atlas) draw(colours chart.Colours) (*chart.Drawing, error) {
	d := chart.Atlas{Map: "russia", Close: !p.whole, Width: geo.Width, Height: geo.Height}
	places := p.placed()
	for i, s := range places {
		x, y := geo.Project(float64(s.Lat)/1e6, float64(s.Lon)/1e6)
		d.Places = append(d.Places, chart.AtlasPlace{Name: p.storeName(s), X: x, Y: y, Value: float64(s.Now.N), Tagged: i < atlasTagged})
	}
	for _, r := range p.r.Regions {
		d.Regions = append(d.Regions, chart.AtlasRegion{Name: geo.RegionName(r.Key), Value: float64(r.Now.N)})
	}
	drawing, err := d.Draw(colours)
	if err != nil {
		return nil, err
	}
	regions := p.r.Regions
	drawing.Tip = func(i int) []string {
		if i < len(places) {
			return p.tip(p.storeName(places[i]), places[i].MapValue)
		}
		r := regions[i-len(places)]
		return p.tip(p.regionName(r.Key), r.MapValue)
	}
	return drawing, nil
}

func (p *atlas) tip(name string, v report.MapValue) []string {
	text := []string{name, figure(p.measure, v.Now, p.d.lang, p.d.currency())}
	if bp, ok := change(v.Now, v.Then); ok {
		text = append(text, delta(bp, p.d.lang))
	}
	return text
}

// open opens the receipts of a store or of a region.
func (p *atlas) open(i int) {
	places := p.placed()
	if i < len(places) {
		p.openStore(places[i])
		return
	}
	p.openRegion(p.r.Regions[i-len(places)])
}

func (p *atlas) openStore(s report.MapStore) {
	p.d.drillInto(behind{measure: p.measure, cell: []cube.Filter{{Dim: cube.Store, In: []string{s.Key}}}, names: map[string]string{s.Key: p.storeName(s)}})
}

func (p *atlas) openRegion(r report.MapRegion) {
	p.d.drillInto(behind{measure: p.measure, cell: []cube.Filter{{Dim: cube.Region, In: []string{r.Key}}}, names: map[string]string{r.Key: p.regionName(r.Key)}})
}

// valueColumns are the columns that stores and regions share.
func (p *atlas) valueColumns() []column {
	l := p.d.lang
	return []column{measured(p.measure, p.d.measureWord(p.measure)), {title: l.T(i18n.ColShare), form: asShare},
		measured(p.measure, l.T(i18n.WidgetThen)), {title: l.T(i18n.ColChange), form: asChange}}
}

func (p *atlas) valueCells(v report.MapValue) []sheet.Cell {
	m, _ := cube.MeasureOf(p.measure)
	part := sheet.Cell{N: share(v.Now.N, p.r.Total.Now.N), OK: m.Additivity == cube.Additive || m.Additivity == cube.ReceiptOnly}
	return []sheet.Cell{valued(v.Now), part, valued(v.Then), changed(v.Now, v.Then)}
}

func (p *atlas) note(v report.MapValue) string { return p.d.note(int(v.Receipts)) }

func (p *atlas) regionsGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("regions"), columns: append([]column{{title: p.d.dimWord(cube.Region)}, {title: l.T(i18n.MapStores), form: asCount}}, p.valueColumns()...)}
	list := slices.Clone(p.r.Regions)
	slices.SortStableFunc(list, func(a, b report.MapRegion) int { return cmp.Compare(b.Now.N, a.Now.N) })
	for _, r := range list {
		g.rows = append(g.rows, gridRow{cells: append([]sheet.Cell{sheet.TextOf(p.regionName(r.Key)), sheet.Of(int64(r.Stores))}, p.valueCells(r.MapValue)...),
			note: p.note(r.MapValue), open: func() { p.openRegion(r) }})
	}
	g.total = append([]sheet.Cell{{}, sheet.Of(int64(len(p.r.Stores)))}, p.valueCells(p.r.Total)...)
	return g
}

func (p *atlas) storesGrid() *grid {
	g := &grid{name: p.d.fileOf("stores"), columns: append([]column{{title: p.d.dimWord(cube.Store)}, {title: p.d.dimWord(cube.Region)}}, p.valueColumns()...)}
	list := slices.Clone(p.r.Stores)
	slices.SortStableFunc(list, func(a, b report.MapStore) int { return cmp.Compare(b.Now.N, a.Now.N) })
	for _, s := range list {
		g.rows = append(g.rows, gridRow{cells: append([]sheet.Cell{sheet.TextOf(p.storeName(s)), sheet.TextOf(p.regionName(s.Region))}, p.valueCells(s.MapValue)...),
			note: p.note(s.MapValue), open: func() { p.openStore(s) }})
	}
	g.total = append([]sheet.Cell{{}, {}}, p.valueCells(p.r.Total)...)
	return g
}
