package pricelist

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/sheet"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// SetPrices changes prices of a list, or says what a change would come to.
// allowed says whether who asks may change the list.
func (b *Book) SetPrices(change wire.ListPricesChange, allowed func(refdata.PriceList) error) (wire.ListPricesSet, error) {
	const op = "pricelist.SetPrices"
	if (change.Fill == nil) == (change.Text == "") || change.From < 0 {
		return wire.ListPricesSet{}, errcode.New(errcode.Invalid, op, fmt.Errorf("from %d, a text or how to work it out", change.From))
	}
	var set wire.ListPricesSet
	look := func(q refdata.Querier) ([]refdata.Row, error) {
		list, found, err := refdata.PriceListByID(q, change.List)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, errcode.New(errcode.NotFound, op, fmt.Errorf("list %q", change.List))
		}
		if err := allowed(list); err != nil {
			return nil, err
		}
		c := &changing{ListPricesChange: change, q: q, at: max(change.From, b.now().UnixMilli()), seen: map[catalogue.SKU]int{}}
		rows, err := c.rows()
		if err != nil {
			return nil, err
		}
		set = c.sum(rows)
		return c.write(rows), nil
	}
	if change.Dry {
		err := b.feed.View(func(q refdata.Querier) error { _, err := look(q); return err })
		return set, err
	}
	version, err := b.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		rows, err := look(tx)
		if err != nil {
			return 0, err
		}
		return refdata.Put(tx, rows)
	})
	set.Version = version
	return set, err
}

// changing is a change of prices being looked at.
type changing struct {
	wire.ListPricesChange
	q     refdata.Querier
	at    int64 // unix ms from which the new prices are in force: now, when From is past
	rules *pricing.Rules
	seen  map[catalogue.SKU]int // index of the row of an article
	min   map[catalogue.SKU]money.Amount
}

// rows reads or works out the new prices and checks each.
func (c *changing) rows() ([]wire.ListPriceRow, error) {
	if err := c.readRegulations(); err != nil {
		return nil, err
	}
	c.min = map[catalogue.SKU]money.Amount{}
	if c.Fill != nil {
		return c.fill()
	}
	currency, err := refdata.Currency(c.q)
	if err != nil {
		return nil, err
	}
	rows, err := parse(c.Text, currency)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Problem != "" {
			continue
		}
		item, found, err := c.find(rows[i].Code)
		if err != nil {
			return nil, err
		}
		if !found {
			rows[i].Problem = wire.RowUnknown
			continue
		}
		if other, twice := c.seen[item.SKU]; twice {
			rows[other].Problem = wire.RowTwice
		}
		c.seen[item.SKU] = i
		c.check(&rows[i], item)
	}
	return rows, nil
}

// readRegulations compiles what bounds prices: those of the day that they begin.
func (c *changing) readRegulations() error {
	all, err := refdata.AllRegulations(c.q)
	if err != nil {
		return err
	}
	tree, err := refdata.AllCategories(c.q)
	if err != nil {
		return err
	}
	var set pricing.Set
	for _, g := range all {
		if !g.Stopped {
			set.Regulations = append(set.Regulations, g.Regulation)
		}
	}
	c.rules, err = pricing.Compile(set, tree)
	return err
}

// find looks an article up by number, then by barcode.
func (c *changing) find(code string) (refdata.Item, bool, error) {
	item, found, err := refdata.ProductBySKU(c.q, catalogue.SKU(code), c.Store, c.at)
	if err != nil || found {
		return item, found, err
	}
	return refdata.ProductByCode(c.q, barcode.Key(code), c.Store, c.at)
}

// check fills a row in from the article and finds what is wrong with it.
func (c *changing) check(row *wire.ListPriceRow, item refdata.Item) {
	row.SKU, row.Name, row.Shelf = item.SKU, item.Name, item.Price.Amount
	for _, p := range item.Lists {
		if p.List == c.List {
			was := p.Amount
			row.Was = &was
			c.min[item.SKU] = p.Min
		}
	}
	if row.Ended {
		return
	}
	date := time.UnixMilli(c.at).UTC().Format(time.DateOnly)
	least, _, _ := c.rules.Bounds(pricing.Basket{Date: date, Store: c.Store}, pricing.Item{SKU: item.SKU, Category: item.Category})
	switch {
	case row.Amount <= 0 || row.Amount > receipt.PriceMax:
		row.Problem = wire.RowRange
	case row.Amount < least:
		row.Problem = wire.RowLaw
	case row.Was != nil && far(*row.Was, row.Amount) || row.Was == nil && item.Priced && far(item.Price.Amount, row.Amount):
		row.Problem = wire.RowFar
	case !item.Priced:
		row.Problem = wire.RowNoShelf
	case row.Amount > item.Price.Amount:
		row.Problem = wire.RowDearer
	}
}

// farTimes is how many times a price may become larger or smaller unasked.
const farTimes = 10

// far reports whether a price is so far off another that its decimal sign may be
// in another place.
func far(was, is money.Amount) bool {
	return was > 0 && is > 0 && (is/farTimes >= was || was/farTimes >= is)
}

// fill works prices out from the shelf's.
func (c *changing) fill() ([]wire.ListPriceRow, error) {
	const op = "pricelist.fill"
	f := c.Fill
	if f.BP < 1 || f.BP > 100_000 || f.Round < 0 || f.Round > 1000_00 {
		return nil, errcode.New(errcode.Invalid, op, fmt.Errorf("%d basis points, rounded to %d", f.BP, f.Round))
	}
	tree, err := refdata.AllCategories(c.q)
	if err != nil {
		return nil, err
	}
	goods, err := pricing.Compile(pricing.Set{Regulations: []pricing.Regulation{{ID: "goods", Name: catalogue.Text{RU: "goods"}, Goods: f.Goods, Fixed: true}}}, tree)
	if err != nil {
		return nil, err
	}
	var wanted []catalogue.SKU
	err = refdata.EachProduct(c.q, func(p catalogue.Product) error {
		if _, _, is := goods.Bounds(pricing.Basket{}, pricing.Item{SKU: p.SKU, Category: p.Category}); is {
			wanted = append(wanted, p.SKU)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(wanted) > RowsMax {
		return nil, errcode.New(errcode.TooLarge, op, fmt.Errorf("%d articles", len(wanted)))
	}
	var rows []wire.ListPriceRow
	for _, sku := range wanted {
		item, found, err := refdata.ProductBySKU(c.q, sku, c.Store, c.at)
		if err != nil {
			return nil, err
		}
		if !found || !item.Priced {
			continue
		}
		row := wire.ListPriceRow{Amount: item.Price.Amount.Percent(f.BP)}
		if f.Round > 0 && row.Amount >= f.Round {
			row.Amount -= row.Amount % f.Round
		}
		row.Amount = max(row.Amount, item.Price.Min)
		c.check(&row, item)
		rows = append(rows, row)
	}
	return rows, nil
}

// sum counts what the rows come to and keeps those that people should see.
func (c *changing) sum(rows []wire.ListPriceRow) wire.ListPricesSet {
	set := wire.ListPricesSet{Total: len(rows)}
	for i := range rows {
		switch {
		case rows[i].Problem != "" && !warning(rows[i].Problem):
			set.Bad++
			continue
		case same(rows[i]):
			set.Same++
		default:
			set.Changed++
		}
		if rows[i].Problem != "" {
			set.Warnings++
		}
	}
	shown := append([]wire.ListPriceRow{}, rows...)
	worst(shown)
	set.Rows = shown[:min(len(shown), wire.ListPricesShown)]
	return set
}

// same reports whether a row changes nothing.
func same(r wire.ListPriceRow) bool {
	return r.Ended && r.Was == nil || !r.Ended && r.Was != nil && *r.Was == r.Amount
}

// write makes the rows of the feed. A price that is already so is not repeated.
func (c *changing) write(rows []wire.ListPriceRow) []refdata.Row {
	var list []refdata.Row
	for _, r := range rows {
		if r.Problem != "" && !warning(r.Problem) || same(r) {
			continue
		}
		p := catalogue.Price{List: c.List, SKU: r.SKU, Store: c.Store, From: c.at, Ended: r.Ended}
		if !r.Ended {
			p.Amount, p.Min = r.Amount, min(c.min[r.SKU], r.Amount)
		}
		list = append(list, refdata.Row{Table: refdata.ListPrices, Value: p})
	}
	return list
}

// Export writes the prices of a list as they are now, in the form that SetPrices reads.
func (b *Book) Export(who scope.Scope, w io.Writer, list string) error {
	var text bytes.Buffer // nobody who reads slowly holds the feed
	text.WriteString("\ufeff")
	file := csv.NewWriter(&text)
	file.Comma, file.UseCRLF = ';', true
	err := b.feed.View(func(q refdata.Querier) error {
		if err := mayRead(q, who, list); err != nil {
			return err
		}
		currency, err := refdata.Currency(q)
		if err != nil {
			return err
		}
		rows, _, err := refdata.ListPricesOf(q, list, "", who.Sees, b.now().UnixMilli(), 0, RowsMax)
		if err != nil {
			return err
		}
		if err := file.Write([]string{"article", "name", "price"}); err != nil {
			return err
		}
		for _, row := range rows {
			if row.Ended || row.Store != "" || row.From > b.now().UnixMilli() {
				continue
			}
			sum := row.Amount.Format(currency)
			if currency.Exponent < 3 { // a comma before three digits might group them
				sum = strings.ReplaceAll(sum, ".", ",")
			}
			if err := file.Write([]string{sheet.Guard(string(row.SKU)), sheet.Guard(row.Name.RU), sum}); err != nil {
				return err
			}
		}
		return nil
	})
	file.Flush()
	if err := errors.Join(err, file.Error()); err != nil {
		return fmt.Errorf("export a price list: %w", err)
	}
	if _, err := text.WriteTo(w); err != nil {
		return errcode.New(errcode.Cancelled, "pricelist.Export", err)
	}
	return nil
}
