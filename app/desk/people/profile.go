package people

import (
	"cmp"
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// profile is the page of what customers are like and how they buy.
type profile struct {
	d     *kit.Desk
	r     *report.Profile
	trait cube.DimID
}

func newProfile(d *kit.Desk) kit.Study { return &profile{d: d, trait: cube.City} }

// traits are what is told about customers, in order.
var traits = []struct {
	dim   cube.DimID
	label *i18n.Message
}{
	{cube.City, i18n.TraitCity}, {cube.HomeRegion, i18n.TraitRegion}, {cube.HomeStore, i18n.TraitStore}, {cube.Age, i18n.TraitAge}, {cube.Sex, i18n.TraitSex},
	{cube.Household, i18n.TraitHousehold}, {cube.Children, i18n.TraitChildren}, {cube.Income, i18n.TraitIncome}, {cube.Home, i18n.TraitHome},
	{report.Tenure, i18n.TraitTenure}, {cube.Offers, i18n.TraitOffers},
}

var traitWords = map[string]*i18n.Message{
	"owner": i18n.TraitOwner, "renter": i18n.TraitRenter, cube.OffersYes: i18n.TraitYes, cube.OffersNo: i18n.TraitNo,
}

// traitKey names a key of a dimension of customers.
func traitKey(d *kit.Desk, dim cube.DimID, key string) string {
	switch {
	case key == "":
		return d.Lang.T(i18n.TraitUnsaid)
	case dim == cube.Sex:
		return d.KeyName(dim, key)
	case (dim == cube.Home || dim == cube.Offers) && traitWords[key] != nil:
		return d.Lang.T(traitWords[key])
	}
	return key
}

func (p *profile) Questions() []kit.Question {
	from, to := p.d.Dates()
	return []kit.Question{kit.Asks(report.NameProfile, report.ProfileRequest{Slice: cube.Slice{From: from, To: to, Where: p.d.Filter.Conditions()}}, &p.r)}
}

func (p *profile) Formula() string {
	return p.d.Lang.T(i18n.ProfileFormula, "n", report.TierGoods, "few", report.ProfileFew)
}

func (p *profile) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Customers == 0 {
		return nil
	}
	goods := l.T(i18n.ProfileGoodsTop)
	if r.Chosen {
		goods = l.T(i18n.ProfileGoods)
	}
	return []kit.Part{
		{ID: "profile-pyramid", Span: 6, Tall: 320, Title: l.T(i18n.ProfilePyramid), Reading: p.readPyramid(), Body: []app.UI{p.sexes()}, Chart: p.pyramid, Grid: p.pyramidGrid},
		{ID: "profile-trait", Span: 6, Tall: 320, Title: l.T(i18n.ProfileTrait), Reading: p.readTrait(), Acts: p.choices(), Key: string(p.trait), Chart: p.drawTrait, Grid: p.traitGrid,
			Pick: p.narrow},
		{ID: "profile-hours", Span: 12, Tall: 300, Title: l.T(i18n.ProfileHours), Reading: p.readHours(), Chart: p.hours, Grid: p.hoursGrid},
		{ID: "profile-goods", Span: 6, Tall: 420, Title: goods, Reading: p.readGoods(), Chart: p.drawGoods, Grid: p.goods},
		{ID: "profile-habits", Span: 6, Title: l.T(i18n.ProfileHabits), Reading: p.readHabits(), Grid: p.habits},
	}
}

func (p *profile) choices() []app.UI {
	var list []app.UI
	for _, t := range traits {
		list = append(list, p.d.Pick("trait-"+string(t.dim), p.d.Lang.T(t.label), p.trait == t.dim, func() { p.trait = t.dim }))
	}
	return list
}

// told is the trait that is shown.
func (p *profile) told(dim cube.DimID) report.ProfileTrait {
	for _, t := range p.r.Traits {
		if t.Dim == dim {
			return t
		}
	}
	return report.ProfileTrait{Dim: dim}
}

func (p *profile) readPyramid() string {
	l := p.d.Lang
	return l.T(i18n.ProfilePyramidOf, "n", p.r.Customers, "share", l.Percent(kit.Whole(p.told(cube.Age).Known))) + " " +
		l.T(i18n.ProfileCovers, "receipts", l.Percent(kit.Whole(p.r.KnownReceipts)), "revenue", l.Percent(kit.Whole(p.r.KnownRevenue)))
}

func (p *profile) readTrait() string {
	l := p.d.Lang
	return l.T(i18n.ProfileKnown, "n", p.r.Customers, "share", l.Percent(kit.Whole(p.told(p.trait).Known)), "few", p.r.Few)
}

// hidden writes a number that may be too small to be told.
func (p *profile) hidden(n int) string {
	if n < 0 {
		return p.d.Lang.T(i18n.ProfileSmall, "n", p.r.Few)
	}
	return p.d.Lang.Int(int64(n))
}

// sexes names the sides of the pyramid.
func (p *profile) sexes() app.UI {
	l := p.d.Lang
	return app.P().Class("legend stack-legend").Body(
		app.Span().Body(app.Span().Class("legend-mark stack-lost"), app.Text(l.T(i18n.FacetWomen))),
		app.Span().Body(app.Span().Class("legend-mark stack-kept"), app.Text(l.T(i18n.FacetMen))))
}

// pyramid draws women to the left and men to the right.
func (p *profile) pyramid(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
	bars := chart.Pyramid{Names: [2]string{l.T(i18n.FacetWomen), l.T(i18n.FacetMen)}}
	short := func(n int) string {
		if n < 0 {
			return "<" + l.Int(int64(p.r.Few))
		}
		return l.Int(int64(n))
	}
	for _, row := range p.r.Pyramid {
		bars.Labels = append(bars.Labels, row.Age)
		bars.Left, bars.Right = append(bars.Left, float64(max(row.Women, 0))), append(bars.Right, float64(max(row.Men, 0)))
		bars.Texts[0], bars.Texts[1] = append(bars.Texts[0], short(row.Women)), append(bars.Texts[1], short(row.Men))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row := p.r.Pyramid[i]
		return []string{row.Age, bars.Names[0] + ": " + p.hidden(row.Women), bars.Names[1] + ": " + p.hidden(row.Men), l.T(i18n.TraitUnsaid) + ": " + p.hidden(row.Unsaid)}
	}
	return drawing, nil
}

func (p *profile) pyramidGrid() *kit.Grid {
	type row = *report.PyramidRow
	side := func(title *i18n.Message, of func(row) int) kit.TableColumn[row] {
		return kit.TableColumn[row]{Title: title, Format: kit.AsCount, Cell: func(r row) sheet.Cell { return known(of(r), of(r) >= 0) }}
	}
	return kit.Table[row]{Name: "pyramid-" + p.r.To, Rows: pointers(p.r.Pyramid), Columns: []kit.TableColumn[row]{
		{Title: i18n.TraitAge, Cell: func(r row) sheet.Cell { return sheet.TextOf(r.Age) }},
		side(i18n.FacetWomen, func(r row) int { return r.Women }),
		side(i18n.FacetMen, func(r row) int { return r.Men }),
		side(i18n.TraitUnsaid, func(r row) int { return r.Unsaid }),
	}}.Grid(p.d.Lang)
}

// traitShown is how many parts of a trait are drawn; the table has all.
const traitShown = 12

// shownParts are the parts that are drawn: those that are told.
func (p *profile) shownParts() []report.ProfilePart {
	var list []report.ProfilePart
	for _, part := range p.told(p.trait).Parts {
		if !part.Small && len(list) < traitShown {
			list = append(list, part)
		}
	}
	return list
}

func (p *profile) partName(part *report.ProfilePart) string {
	return cmp.Or(part.Name.In(string(p.d.Lang)), traitKey(p.d, p.trait, part.Key))
}

func (p *profile) drawTrait(colours chart.Colours) (*chart.Drawing, error) {
	l, list := p.d.Lang, p.shownParts()
	bars := chart.Ranking{Room: 140}
	for i := range list {
		bars.Names, bars.Now = append(bars.Names, p.partName(&list[i])), append(bars.Now, float64(list[i].Customers))
		bars.Labels = append(bars.Labels, l.Int(int64(list[i].Customers)))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Int(int64(v)) }
	drawing.Tip = func(i int) []string {
		part := &list[i]
		lines := []string{p.partName(part), l.Int(int64(part.Customers)) + " · " + l.Percent(kit.Whole(kit.Share(int64(part.Customers), int64(p.r.Customers)))), roughly(p.d, part.Revenue)}
		if p.r.Chosen {
			lines = append(lines, l.T(i18n.ProfileIndex)+": "+l.Int(int64(part.Index)))
		}
		return lines
	}
	return drawing, nil
}

// narrow limits all reports to a part that was pressed.
func (p *profile) narrow(i int) {
	if _, ok := kit.FacetOf(p.trait); !ok {
		return
	}
	key := p.shownParts()[i].Key
	p.d.SetFilter(func(f *kit.Filter) { f.Set(p.trait, []string{key}) })
}

func (p *profile) traitGrid() *kit.Grid {
	l := p.d.Lang
	title := ""
	for _, t := range traits {
		if t.dim == p.trait {
			title = l.T(t.label)
		}
	}
	type row = *report.ProfilePart
	return kit.Table[row]{
		Name: "profile-" + string(p.trait) + "-" + p.r.To, Rows: pointers(p.told(p.trait).Parts),
		Note: func(part row) string {
			if part.Small {
				return l.T(i18n.ProfileSmall, "n", p.r.Few)
			}
			return ""
		},
		Columns: []kit.TableColumn[row]{
			{Text: title, Cell: func(part row) sheet.Cell { return sheet.TextOf(p.partName(part)) }},
			{Title: i18n.ColCustomers, Format: kit.AsCount, Cell: func(part row) sheet.Cell { return known(part.Customers, !part.Small) }},
			{Title: i18n.ColShare, Format: kit.AsShare, Cell: func(part row) sheet.Cell {
				return sheet.Cell{N: kit.Share(int64(part.Customers), int64(p.r.Customers)), OK: !part.Small}
			}},
			{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(part row) sheet.Cell { return sheet.Cell{N: part.Revenue, OK: !part.Small} }},
			{Title: i18n.ProfileIndex, Format: kit.AsCount, Cell: func(part row) sheet.Cell { return known(part.Index, !part.Small && part.Index >= 0) }},
		},
	}.Grid(l)
}

// readHours names the hour with most receipts.
func (p *profile) readHours() string {
	l := p.d.Lang
	day, hour := 0, 0
	for i, row := range p.r.Hours {
		for h, cell := range row {
			if cell.Receipts > p.r.Hours[day][hour].Receipts {
				day, hour = i, h
			}
		}
	}
	text := i18n.ProfileHoursAll
	if p.r.Chosen {
		text = i18n.ProfileHoursRead
	}
	return l.T(text, "day", l.T(i18n.Weekdays[day]), "hour", fmt.Sprintf("%02d", hour))
}

// hours draws the receipts of each hour of the week; of some customers the index.
func (p *profile) hours(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
	first, last := 23, 0
	for _, row := range p.r.Hours {
		for hour, cell := range row {
			if cell.Receipts > 0 {
				first, last = min(first, hour), max(last, hour)
			}
		}
	}
	heat := chart.Heat{}
	for hour := first; hour <= last; hour++ {
		heat.Columns = append(heat.Columns, fmt.Sprintf("%02d", hour))
	}
	for day, row := range p.r.Hours {
		heat.Rows = append(heat.Rows, l.T(i18n.Weekdays[day]))
		var cells []*float64
		var labels []string
		for hour := first; hour <= last; hour++ {
			cell := row[hour]
			v, label := float64(cell.Receipts), l.Compact(float64(cell.Receipts))
			if p.r.Chosen {
				label = l.Int(int64(max(cell.Index, 0)))
			}
			if cell.Receipts == 0 {
				cells, labels = append(cells, nil), append(labels, "")
				continue
			}
			cells, labels = append(cells, &v), append(labels, label)
		}
		heat.Cells, heat.Labels = append(heat.Cells, cells), append(heat.Labels, labels)
	}
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	width := len(heat.Columns)
	drawing.Tip = func(i int) []string {
		cell := p.r.Hours[i/width][first+i%width]
		lines := []string{heat.Rows[i/width] + ", " + heat.Columns[i%width] + ":00", l.T(i18n.PeopleBought, "n", cell.Receipts)}
		if p.r.Chosen && cell.Index >= 0 {
			lines = append(lines, l.T(i18n.ProfileIndex)+": "+l.Int(int64(cell.Index)))
		}
		return lines
	}
	return drawing, nil
}

func (p *profile) hoursGrid() *kit.Grid {
	l := p.d.Lang
	type at struct{ day, hour int }
	cell := func(a at) report.HourCell { return p.r.Hours[a.day][a.hour] }
	table := kit.Table[at]{Name: "hours-" + p.r.To, Columns: []kit.TableColumn[at]{
		{Title: i18n.FacetWeekday, Cell: func(a at) sheet.Cell { return sheet.TextOf(l.T(i18n.Weekdays[a.day])) }},
		{Title: i18n.FacetHour, Cell: func(a at) sheet.Cell { return sheet.TextOf(fmt.Sprintf("%02d", a.hour)) }},
		{Title: i18n.ColReceipts, Format: kit.AsCount, Cell: func(a at) sheet.Cell { return number(cell(a).Receipts) }},
		{Title: i18n.ProfileIndex, Format: kit.AsCount, Cell: func(a at) sheet.Cell { return known(cell(a).Index, cell(a).Index >= 0) }},
	}}
	for day, row := range p.r.Hours {
		for hour := range row {
			if row[hour].Receipts > 0 {
				table.Rows = append(table.Rows, at{day, hour})
			}
		}
	}
	return table.Grid(l)
}

func (p *profile) goodsName(g *report.ProfileGoods) string {
	return cmp.Or(g.Name.In(string(p.d.Lang)), g.Key)
}

func (p *profile) readGoods() string {
	l := p.d.Lang
	if len(p.r.Goods) == 0 {
		return ""
	}
	top := &p.r.Goods[0]
	if !p.r.Chosen {
		return l.T(i18n.ProfileGoodsSay, "name", p.goodsName(top), "share", l.Percent(kit.Whole(top.Share)))
	}
	return l.T(i18n.ProfileGoodsRead, "name", p.goodsName(top), "index", l.Int(int64(top.Index)))
}

// goodsShown is how many categories are drawn.
const goodsShown = 12

func (p *profile) drawGoods(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
	list := p.r.Goods[:min(goodsShown, len(p.r.Goods))]
	bars := chart.Ranking{Room: 160}
	for i := range list {
		g := &list[i]
		bars.Names = append(bars.Names, p.goodsName(g))
		if p.r.Chosen {
			bars.Now, bars.Labels = append(bars.Now, float64(g.Index)), append(bars.Labels, l.Int(int64(g.Index)))
			continue
		}
		bars.Now, bars.Labels = append(bars.Now, float64(g.Share)/100), append(bars.Labels, l.Percent(kit.Whole(g.Share)))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string {
		if p.r.Chosen {
			return l.Int(int64(v))
		}
		return l.Percent(int64(v * 100))
	}
	drawing.Tip = func(i int) []string {
		g := &list[i]
		return []string{p.goodsName(g), roughly(p.d, g.Revenue) + " · " + l.Percent(kit.Whole(g.Share)), l.T(i18n.DueCustomer, "n", g.Buyers), l.T(i18n.ProfileIndex) + ": " + l.Int(int64(g.Index))}
	}
	return drawing, nil
}

func (p *profile) goods() *kit.Grid {
	type row = *report.ProfileGoods
	known := cube.Filter{Dim: cube.Customer, In: []string{""}, Not: true}
	return kit.Table[row]{
		Name: "profile-goods-" + p.r.To, Rows: pointers(p.r.Goods), Note: func(g row) string { return p.d.Note(g.Buyers) },
		Open: func(g row) {
			p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: cube.Category, In: []string{g.Key}}, known},
				Names: map[string]string{g.Key: p.goodsName(g)}})
		},
		Columns: []kit.TableColumn[row]{
			{Title: i18n.ABCCategory, Cell: func(g row) sheet.Cell { return sheet.TextOf(p.goodsName(g)) }},
			{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(g row) sheet.Cell { return sheet.Of(g.Revenue) }},
			{Title: i18n.ColShare, Format: kit.AsShare, Cell: func(g row) sheet.Cell { return sheet.Of(g.Share) }},
			{Title: i18n.ColCustomers, Format: kit.AsCount, Cell: func(g row) sheet.Cell { return number(g.Buyers) }},
			{Title: i18n.ProfileIndex, Format: kit.AsCount, Cell: func(g row) sheet.Cell { return number(g.Index) }},
		},
	}.Grid(p.d.Lang)
}

func (p *profile) readHabits() string {
	l := p.d.Lang
	return l.T(i18n.ProfileHabitsOf, "promo", l.Percent(kit.Whole(p.r.Habits.Promo)), "all", l.Percent(kit.Whole(p.r.AllHabits.Promo)))
}

// habit is a way of buying: theirs beside that of all.
type habit struct {
	name   *i18n.Message
	format kit.Format
	of     func(*report.ProfileHabits) int64
	bare   bool // no index: they are fewer, that is all
}

var habits = []habit{
	{name: i18n.ColReceipts, format: kit.AsCount, of: func(h *report.ProfileHabits) int64 { return int64(h.Receipts) }, bare: true},
	{name: i18n.PeopleReceipt, format: kit.AsMoney, of: func(h *report.ProfileHabits) int64 { return h.Receipt }},
	{name: i18n.ProfileMonthly, format: kit.AsMilli, of: func(h *report.ProfileHabits) int64 { return h.Monthly }},
	{name: i18n.ProfilePromo, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Promo }},
	{name: i18n.ProfileDiscount, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Discount }},
	{name: i18n.ProfileWeekend, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Weekend }},
	{name: i18n.ProfileEvening, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Evening }},
	{name: i18n.ProfileTierLow, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Tiers[0] }},
	{name: i18n.ProfileTierMid, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Tiers[1] }},
	{name: i18n.ProfileTierTop, format: kit.AsShare, of: func(h *report.ProfileHabits) int64 { return h.Tiers[2] }},
}

// habits are how they buy beside how all do. Values have forms of their own, so
// the table writes them itself.
func (p *profile) habits() *kit.Grid {
	l := p.d.Lang
	written := func(of *report.ProfileHabits) func(habit) sheet.Cell {
		return func(h habit) sheet.Cell {
			return sheet.TextOf(p.d.Write(kit.Column{Format: h.format}, sheet.Of(h.of(of))))
		}
	}
	index := func(h habit) sheet.Cell {
		own, all := h.of(&p.r.Habits), h.of(&p.r.AllHabits)
		if all <= 0 || h.bare {
			return sheet.Cell{}
		}
		return sheet.Of(money.MulDiv(own, 100, all))
	}
	return kit.Table[habit]{Name: "habits-" + p.r.To, Rows: habits, Columns: []kit.TableColumn[habit]{
		{Title: i18n.ProfileHabit, Cell: func(h habit) sheet.Cell { return sheet.TextOf(l.T(h.name)) }},
		{Title: i18n.ProfileThey, Cell: written(&p.r.Habits)},
		{Title: i18n.ProfileAll, Cell: written(&p.r.AllHabits)},
		{Title: i18n.ProfileIndex, Format: kit.AsCount, Cell: index},
	}}.Grid(l)
}
