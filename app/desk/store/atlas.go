package store

import (
	"cmp"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
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
	d *kit.Desk
	r *report.Map

	measure cube.MeasureID
	whole   bool // all of the country, not only where stores are
	places  places
}

func newAtlas(d *kit.Desk) kit.Study { return &atlas{d: d, measure: cube.Revenue} }

func (p *atlas) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameMap, report.MapRequest{Slice: p.d.Slice(), Against: p.d.Against(), Measure: p.measure}, &p.r)}
}

func (p *atlas) Formula() string { return p.d.Lang.T(mapFormula) }

func (p *atlas) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if len(r.Stores) == 0 {
		return nil
	}
	var notes []app.UI
	if n := len(r.Stores) - len(p.placed()); n > 0 {
		notes = append(notes, app.P().Class("widget-reading").Text(l.T(mapNowhere, "n", n)))
	}
	key := string(p.measure)
	if p.whole {
		key += "*"
	}
	title := l.T(mapTitle, "measure", p.d.MeasureWord(p.measure))
	list := []kit.Part{
		{ID: "map", Span: 12, Title: title, Reading: p.read(), Tall: 480, Key: key, Chart: p.draw, Grid: p.storesGrid, Pick: p.open, Body: notes, Acts: []app.UI{
			kit.Chooser(p.d, "map-measure", l.T(i18n.SalesShow), string(p.measure), kit.MeasureChoices(p.d, atlasMeasures...), func(id string) {
				p.measure = cube.MeasureID(id)
				p.d.RefreshPage()
			}),
			p.d.Pick("map-whole", l.T(mapWhole), p.whole, func() { p.whole = !p.whole }),
		}},
		{ID: "map-regions", Title: l.T(mapRegions), Grid: p.regionsGrid},
		{ID: "map-stores", Title: l.T(mapStores), Grid: p.storesGrid},
	}
	where := kit.Part{ID: "map-places", Span: 12, Title: l.T(placeTitle), Reading: l.T(placeRead),
		Acts: []app.UI{p.d.Pick("places", l.T(placeShow), p.places.open, p.toggle)}}
	if p.places.open {
		where.Body = p.drawPlaces()
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
	return p.d.KeyWord(cube.Store, s.Key, s.Name.In(string(p.d.Lang)))
}

func (p *atlas) regionName(key string) string {
	if key == "" {
		return p.d.Lang.T(i18n.SalesUnknown)
	}
	return key
}

// read names the region and the store that lead.
func (p *atlas) read() string {
	l := p.d.Lang
	region := slices.MaxFunc(p.r.Regions, func(a, b report.MapRegion) int { return cmp.Compare(a.Now.N, b.Now.N) })
	store := slices.MaxFunc(p.r.Stores, func(a, b report.MapStore) int { return cmp.Compare(a.Now.N, b.Now.N) })
	if m, _ := cube.MeasureOf(p.measure); m.Additivity == cube.Ratio || m.Additivity == cube.Distinct {
		return l.T(mapReadOne, "region", p.regionName(region.Key), "value", kit.Figure(p.measure, region.Now, l, p.d.Currency()))
	}
	return l.T(mapRead, "region", p.regionName(region.Key), "share", l.Percent(kit.Whole(kit.Share(region.Now.N, p.r.Total.Now.N))), "store", p.storeName(store))
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
	text := []string{name, kit.Figure(p.measure, v.Now, p.d.Lang, p.d.Currency())}
	if bp, ok := kit.Change(v.Now, v.Then); ok {
		text = append(text, kit.Delta(bp, p.d.Lang))
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
	p.d.DrillInto(kit.Drill{Measure: p.measure, Cell: []cube.Filter{{Dim: cube.Store, In: []string{s.Key}}}, Names: map[string]string{s.Key: p.storeName(s)}})
}

func (p *atlas) openRegion(r report.MapRegion) {
	p.d.DrillInto(kit.Drill{Measure: p.measure, Cell: []cube.Filter{{Dim: cube.Region, In: []string{r.Key}}}, Names: map[string]string{r.Key: p.regionName(r.Key)}})
}

// placeRow is a row of the map's tables: a region or a store.
type placeRow struct {
	report.MapValue
	name string
	of   string // region of a store
	n    int    // stores of a region
	open func()
}

// placesGrid is a table of regions or stores, those who bring most first.
func (p *atlas) placesGrid(name string, rows []placeRow, about ...kit.TableColumn[placeRow]) *kit.Grid {
	slices.SortStableFunc(rows, func(a, b placeRow) int { return cmp.Compare(b.Now.N, a.Now.N) })
	m, _ := cube.MeasureOf(p.measure)
	column := func(title string, format kit.Format, cell func(report.MapValue) sheet.Cell) kit.TableColumn[placeRow] {
		return kit.TableColumn[placeRow]{Text: title, Format: format, Better: kit.BetterOf(p.d, p.measure), Total: cell(p.r.Total),
			Cell: func(row placeRow) sheet.Cell { return cell(row.MapValue) }}
	}
	l := p.d.Lang
	now := column(p.d.MeasureWord(p.measure), kit.FormOf(m.Format), func(v report.MapValue) sheet.Cell { return kit.Valued(v.Now) })
	part := column(l.T(i18n.ColShare), kit.AsShare, func(v report.MapValue) sheet.Cell { return sheet.Of(kit.Share(v.Now.N, p.r.Total.Now.N)) })
	part.Without = m.Additivity != cube.Additive && m.Additivity != cube.ReceiptOnly
	then := column(l.T(i18n.WidgetThen), kit.FormOf(m.Format), func(v report.MapValue) sheet.Cell { return kit.Valued(v.Then) })
	change := column(l.T(i18n.ColChange), kit.AsChange, func(v report.MapValue) sheet.Cell { return kit.Changed(v.Now, v.Then) })
	then.Without, change.Without = !p.r.Total.Then.OK, !p.r.Total.Then.OK
	return kit.Table[placeRow]{Name: p.d.FileOf(name), Rows: rows, Columns: append(about, now, part, then, change),
		Open: func(row placeRow) { row.open() }, Note: func(row placeRow) string { return p.d.Note(int(row.Receipts)) }}.Grid(l)
}

func (p *atlas) regionsGrid() *kit.Grid {
	var rows []placeRow
	for _, r := range p.r.Regions {
		rows = append(rows, placeRow{MapValue: r.MapValue, name: p.regionName(r.Key), n: r.Stores, open: func() { p.openRegion(r) }})
	}
	return p.placesGrid("regions", rows,
		kit.TableColumn[placeRow]{Text: p.d.DimWord(cube.Region), Cell: func(row placeRow) sheet.Cell { return sheet.TextOf(row.name) }},
		kit.TableColumn[placeRow]{Title: mapStores, Format: kit.AsCount, Cell: func(row placeRow) sheet.Cell { return sheet.Of(int64(row.n)) },
			Total: sheet.Of(int64(len(p.r.Stores)))})
}

func (p *atlas) storesGrid() *kit.Grid {
	var rows []placeRow
	for _, s := range p.r.Stores {
		rows = append(rows, placeRow{MapValue: s.MapValue, name: p.storeName(s), of: p.regionName(s.Region), open: func() { p.openStore(s) }})
	}
	return p.placesGrid("stores", rows,
		kit.TableColumn[placeRow]{Text: p.d.DimWord(cube.Store), Cell: func(row placeRow) sheet.Cell { return sheet.TextOf(row.name) }},
		kit.TableColumn[placeRow]{Text: p.d.DimWord(cube.Region), Cell: func(row placeRow) sheet.Cell { return sheet.TextOf(row.of) }})
}
