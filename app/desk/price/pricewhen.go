package price

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	wire "tillsight/shared/wire/office"
)

// priceWhen is the card that says what an article costs for whom and when.
type priceWhen struct {
	sku  catalogue.SKU
	date string // "" for today
	rev  int    // of the field that finds the article
	data kit.Remote[wire.PriceWhen]
}

// whenCell is what a customer is asked at a time of the day.
type whenCell struct {
	price  money.Amount
	list   string // ID of the list that it is of
	law    bool   // a regulation made it another
	forbid bool   // not for sale at all
}

// whenRow is a kind of customer with a cell for every span of the day.
type whenRow struct {
	group string // "" for who shows no card, everyCard for who shows any
	cells []whenCell
}

// everyCard stands for customers with a card and no group.
const everyCard = "\x00card"

// whenTable works out the prices of an article on a date, by the spans of the
// day between which they may change ("08:00", …; the first begins at midnight).
func whenTable(w *wire.PriceWhen, store, date string) (spans []int, rows []whenRow, err error) {
	rules, err := pricing.Compile(pricing.Set{Lists: w.Lists, Regulations: w.Regulations}, w.Categories)
	if err != nil {
		return nil, nil, err
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil, nil, errcode.New(errcode.Invalid, "desk.whenTable", err)
	}
	spans, groups := []int{0}, []string{""}
	for _, l := range w.Lists {
		if !slices.ContainsFunc(w.Offers, func(o pricing.Offer) bool { return o.List == l.ID }) {
			continue
		}
		for _, span := range l.When.Hours {
			spans = append(spans, minuteOf(span.From), minuteOf(span.To)%(24*60))
		}
		groups = append(groups, l.Who.Groups...)
		if l.Who.Card {
			groups = append(groups, everyCard)
		}
	}
	slices.Sort(spans)
	spans = slices.Compact(spans)
	slices.Sort(groups)
	for _, group := range slices.Compact(groups) {
		row := whenRow{group: group}
		for _, minute := range spans {
			at := day.Add(time.Duration(minute)*time.Minute - time.Duration(w.Zone)*time.Minute)
			row.cells = append(row.cells, cellOf(w, rules, pricing.Basket{Date: date, At: at.UnixMilli(), Zone: w.Zone, Store: store}, group))
		}
		rows = append(rows, row)
	}
	return spans, rows, nil
}

// cellOf prices one piece for a customer of a group.
func cellOf(w *wire.PriceWhen, rules *pricing.Rules, b pricing.Basket, group string) whenCell {
	switch group {
	case "":
	case everyCard:
		b.Card = "x"
	default:
		b.Card, b.Groups = "x", []string{group}
	}
	item := pricing.Item{SKU: w.SKU, Category: w.Category, Unit: quantity.Piece, Quantity: quantity.One, Price: w.Shelf.Price,
		MinPrice: w.Shelf.Min, Offers: w.Offers}
	b.Items = []pricing.Item{item}
	p := pricing.Price(b, rules)[0]
	_, forbid := rules.Forbids(b, item)
	return whenCell{price: p.Price, list: p.List, law: p.Regulated != "", forbid: forbid}
}

func minuteOf(clock string) int {
	var hour, minute int
	if _, err := fmt.Sscanf(clock, "%d:%d", &hour, &minute); err != nil {
		return 0
	}
	return hour*60 + minute
}

// askWhen gets what the price of an article depends on.
func (v *listsView) askWhen(sku catalogue.SKU) {
	question := wire.PriceOf{SKU: sku, Store: v.store()}
	v.when.sku, v.when.data = sku, kit.Remote[wire.PriceWhen]{Again: "when-again"}
	v.when.data.Load(v.d, office.Asking(v.d.Office.Server, wire.GetPriceWhen, question),
		func(data *wire.PriceWhen) { v.article.Name(data.SKU, data.Name) })
}

// store is the store whose prices are shown: the first of the person's own, ""
// for who has all.
func (v *listsView) store() string {
	if v.d.User != nil && len(v.d.User.Stores) > 0 {
		return v.d.User.Stores[0]
	}
	return ""
}

// drawWhen is the card that asks for an article and a day.
func (v *listsView) drawWhen() app.UI {
	d, l, w := v.d, v.d.Lang, &v.when
	pick := ruleform.GoodsDraft{}
	f := v.fields("when-", &w.rev, func() {
		if len(pick.SKUs) > 0 {
			v.askWhen(catalogue.SKU(pick.SKUs[0]))
		}
		d.Rev++
	})
	if w.date == "" {
		w.date = d.Today()
	}
	body := []app.UI{
		app.H2().Class("field-head").Text(l.T(whenTitle)),
		app.P().Class("muted").Text(l.T(whenHow)),
		kit.Fields(&ui.Field{ID: "when-skus", Label: l.T(whenFind), Value: v.article.Text, Rev: w.rev, Mode: "search", Unit: "⌕",
			OnText: func(_ app.Context, text string) {
				v.article.Field, v.article.Text = "when-", text
				d.Rev++
				f.Find()
			},
			OnEnter: d.Press(func() { f.Add(&pick, strings.TrimSpace(v.article.Text)) })},
			&kit.DateField{ID: "when-date", Label: l.T(whenDay), Value: w.date, OnDate: func(date string) { w.date = date; d.Rev++ }}),
		f.FoundGoods("", &pick),
	}
	if w.sku != "" {
		body = append(body, w.data.Draw(d, v.drawWhenTable))
	}
	return app.Section().Class("form-card").Body(body...)
}

func (v *listsView) drawWhenTable(data *wire.PriceWhen) app.UI {
	d, l := v.d, v.d.Lang
	spans, rows, err := whenTable(data, v.store(), v.when.date)
	if err != nil {
		return d.ErrorBox(errcode.As(err))
	}
	head := []app.UI{app.Th().Text("")}
	for i, from := range spans {
		to := 24 * 60
		if i+1 < len(spans) {
			to = spans[i+1]
		}
		name := clockText(from) + "–" + clockText(to)
		if len(spans) == 1 {
			name = l.T(whenAllDay)
		}
		head = append(head, app.Th().Class("num").Text(name))
	}
	lines := []app.UI{}
	for _, row := range rows {
		cells := []app.UI{app.Th().Text(v.whoText(row.group))}
		for _, cell := range row.cells {
			note := priceListName(d, v.known().Lists, cell.list)
			if cell.law {
				note = l.T(i18n.PriceRegulated)
			}
			if cell.forbid {
				note = l.T(whenForbidden)
			}
			cells = append(cells, app.Td().Class("num").Body(
				app.Span().Class("when-price").Text(l.Sum(cell.price, d.Currency())), app.Span().Class("when-note").Text(note)))
		}
		lines = append(lines, app.Tr().DataSet("group", row.group).Body(cells...))
	}
	return app.Div().Class("form-body").Body(
		app.P().Class("item-name").Text(string(data.SKU)+" "+data.Name.In(string(l))),
		app.Div().Class("when-scroll").Body(app.Table().ID("when-table").Class("when-table").Body(
			app.THead().Body(app.Tr().Body(head...)), app.TBody().Body(lines...))),
	)
}

func clockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// whoText names a kind of customers.
func (v *listsView) whoText(group string) string {
	switch group {
	case "":
		return v.d.Lang.T(whenNoCard)
	case everyCard:
		return v.d.Lang.T(listCardOnly)
	}
	return group
}

// priceListName is what a price list is called, "" for the shelf.
func priceListName(d *kit.Desk, lists []wire.PriceList, id string) string {
	for _, l := range lists {
		if l.List.ID == id {
			return l.List.Name.In(string(d.Lang))
		}
	}
	return id
}
