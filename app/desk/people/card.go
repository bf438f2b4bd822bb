package people

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// openCard opens the panel with everything about a customer up to a date. All
// that it shows is on the device.
func openCard(d *kit.Desk, id, to string) {
	var card *report.Card
	request := report.CardRequest{To: to, ID: id, Borders: setBorders(d)}
	own := []cube.Filter{{Dim: cube.Customer, In: []string{id}}}
	all := kit.Drill{Measure: cube.Revenue, From: d.Insight.From, To: to, Cell: own, Alone: true}
	d.OpenList(kit.Listing{
		Title: d.Lang.T(i18n.CardOpen, "name", kit.ShortID(id)),
		Ask: func(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
			kit.Ask(ctx, d, report.NameCard, request, func(answer report.Card, e *errcode.Error) {
				if e != nil {
					then(nil, e)
					return
				}
				card = &answer
				then(cardMonths(d, card), nil)
			})
		},
		Above: func() []app.UI { return drawCard(d, card) },
		Acts: func() []app.UI {
			return []app.UI{
				&ui.Button{ID: "card-receipts", Label: d.Lang.T(i18n.CardReceipts), OnPress: d.Press(func() { d.DrillInto(all) })},
			}
		},
	})
}

// drawCard draws what is known of a customer.
func drawCard(d *kit.Desk, c *report.Card) []app.UI {
	if c == nil {
		return nil
	}
	l := d.Lang
	body := []app.UI{app.P().Class("card-name").Text(personName(&c.Person))}
	if contact := dotted(c.Phone, c.Email, c.Card); contact != "" {
		body = append(body, app.P().Class("card-contact").Text(contact))
	}
	if !c.Named {
		body = append(body, app.P().Class("card-about").Text(l.T(i18n.PeopleNameless)))
	}
	body = append(body, app.P().Class("card-about").Text(aboutCard(d, c)), cardFigures(d, c))
	if len(c.Goods) > 0 {
		var goods []string
		for _, g := range c.Goods {
			goods = append(goods, cmp.Or(g.Name.In(string(l)), g.Key))
		}
		body = append(body, app.H3().Class("card-head").Text(l.T(i18n.CardGoods)), app.P().Class("card-about").Text(strings.Join(goods, ", ")))
	}
	return append(body, app.H3().Class("card-head").Text(l.T(i18n.CardHistory)))
}

// dotted puts the parts that are not empty beside each other.
func dotted(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

// aboutCard says what the profile tells.
func aboutCard(d *kit.Desk, c *report.Card) string {
	l := d.Lang
	if !c.Known {
		return l.T(i18n.CardUnknown)
	}
	told := []string{}
	if name := map[string]*i18n.Message{"f": i18n.CardWoman, "m": i18n.CardMan}[c.Sex]; name != nil {
		told = append(told, l.T(name))
	}
	if c.Age != "" {
		told = append(told, l.T(i18n.CardAge, "name", c.Age))
	}
	told = append(told, c.City)
	if c.Size > 0 {
		told = append(told, l.T(i18n.CardHousehold, "n", c.Size))
		if c.Children > 0 {
			told = append(told, l.T(i18n.CardChildren, "n", c.Children))
		}
	}
	if c.Home != "" {
		told = append(told, traitKey(d, cube.Home, c.Home))
	}
	if c.Income != "" {
		told = append(told, l.T(i18n.TraitIncome)+" "+c.Income)
	}
	if c.Group != "" {
		told = append(told, l.T(i18n.CardGroup, "name", c.Group))
	}
	for _, s := range c.Segments {
		told = append(told, cmp.Or(s.Name.In(string(l)), s.ID))
	}
	if c.Since > 0 {
		told = append(told, l.T(i18n.CardSince, "date", d.Date(cube.EpochDay(c.Since/86_400_000).String())))
	}
	if store := c.Store.In(string(l)); store != "" {
		told = append(told, l.T(i18n.CardStore, "name", store))
	}
	offers := i18n.CardNoOffers
	if c.Offers {
		offers = i18n.CardOffers
	}
	return dotted(append(told, l.T(offers))...)
}

// cardFigures draws the figures of a customer.
func cardFigures(d *kit.Desk, c *report.Card) app.UI {
	l := d.Lang
	sum := func(n int64) string { return l.Sum(money.Amount(n), d.Currency()) }
	gap := l.T(i18n.CardGapUnsure)
	if c.Gap > 0 {
		gap = l.T(i18n.CardDays, "n", c.Gap) + ", " + l.T(i18n.CardGapBasis, "n", c.Gaps)
		if name := i18n.DueNames[string(c.Due)]; name != nil {
			gap += " · " + l.T(name)
		}
	}
	date := func(text string) string {
		if text == "" {
			return "–"
		}
		return d.Date(text)
	}
	segment := segmentName(d, c.Segment)
	if c.Recency > 0 {
		segment += " · R" + l.Int(int64(c.Recency)) + " F" + l.Int(int64(c.Frequency)) + " M" + l.Int(int64(c.Money))
	}
	rows := [][2]string{
		{l.T(i18n.ColRevenue), sum(c.Revenue)}, {l.T(i18n.PeopleMargin), sum(c.Margin)},
		{l.T(i18n.ColReceipts), l.Int(int64(c.Receipts))}, {l.T(i18n.PeopleReceipt), sum(c.Receipt)},
		{l.T(i18n.CardFirst), date(c.First)}, {l.T(i18n.CardLast), date(c.Last)},
		{l.T(i18n.CardGap), gap}, {l.T(i18n.CardDiscount), sum(c.Discount)},
		{l.T(i18n.ColSegment), segment}, {l.T(i18n.PeopleStage), knownStage(d, c.Stage)},
	}
	return app.Dl().Class("card-figures").Body(app.Range(rows).Slice(func(i int) app.UI {
		return app.Div().Body(app.Dt().Text(rows[i][0]), app.Dd().Text(rows[i][1]))
	}))
}

// segmentName names a segment of RFM.
func segmentName(d *kit.Desk, id rfm.Segment) string {
	if name := i18n.RFMSegments[string(id)]; name != nil {
		return d.Lang.T(name)
	}
	return d.Lang.T(i18n.RFMNobody)
}

// cardMonths are a customer's months and where they were at their ends, the latest first.
func cardMonths(d *kit.Desk, c *report.Card) *kit.Grid {
	own := []cube.Filter{{Dim: cube.Customer, In: []string{c.ID}}}
	rows := pointers(c.Months)
	slices.Reverse(rows)
	type row = *report.CardMonth
	return kit.Table[row]{
		Name: "customer-" + c.ID, Rows: rows,
		Open: func(m row) {
			d.DrillInto(kit.Drill{Measure: cube.Revenue, From: m.Month + "-01", To: monthEnd(m.Month), Cell: own, Alone: true})
		},
		Opens: func(m row) bool { return m.Receipts > 0 },
		Columns: []kit.TableColumn[row]{
			{Title: i18n.ColMonth, Cell: func(m row) sheet.Cell { return sheet.TextOf(m.Month) }},
			{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(m row) sheet.Cell { return sheet.Of(m.Revenue) }},
			{Title: i18n.ColReceipts, Format: kit.AsCount, Cell: func(m row) sheet.Cell { return number(m.Receipts) }},
			{Title: i18n.ColSegment, Cell: func(m row) sheet.Cell { return sheet.TextOf(segmentName(d, m.Segment)) }},
			{Title: i18n.PeopleStage, Cell: func(m row) sheet.Cell { return sheet.TextOf(knownStage(d, m.Stage)) }},
		},
	}.Grid(d.Lang)
}

// knownStage names a stage; who had not bought yet is in none.
func knownStage(d *kit.Desk, id cycle.Stage) string {
	if name := i18n.StageNames[string(id)]; name != nil {
		return d.Lang.T(name)
	}
	return "–"
}
