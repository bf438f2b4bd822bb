package assortment

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// List returns a page of the assortment.
func (a *Assortment) List(query catalogue.GoodsQuery) (goods catalogue.Goods, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		if goods, err = refdata.ListGoods(q, query, a.now().UnixMilli()); err != nil || query.Offset > 0 {
			return err
		}
		goods.Categories, err = refdata.AllCategories(q)
		return err
	})
	return goods, err
}

// Card returns all of one article.
func (a *Assortment) Card(sku catalogue.SKU) (card wire.GoodCard, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		found := false
		if card, found, err = readCard(q, sku); err == nil && !found {
			err = errcode.New(errcode.NotFound, "assortment.Card", fmt.Errorf("article %q", sku)).With("sku", string(sku))
		}
		if err != nil {
			return err
		}
		return fillCard(q, &card)
	})
	return card, err
}

// readCard reads what a card writes, with its tag.
func readCard(q refdata.Querier, sku catalogue.SKU) (card wire.GoodCard, found bool, err error) {
	card.Product, found, err = refdata.ProductByKey(q, sku)
	if err != nil || !found {
		return wire.GoodCard{Product: catalogue.Product{SKU: sku}}, false, err
	}
	codes, e1 := refdata.BarcodesOf(q, sku)
	kit, e2 := refdata.KitOf(q, sku)
	if err := errors.Join(e1, e2); err != nil {
		return card, true, err
	}
	card.Barcodes, card.Parts = codes, kit.Parts
	card.Tag, err = cardTag(card)
	return card, true, err
}

// cardTag names the written part of a card.
func cardTag(card wire.GoodCard) (string, error) {
	return tagOf(struct {
		P catalogue.Product
		B []catalogue.Barcode
		K []catalogue.Component
	}{card.Product, sorted(card.Barcodes), card.Parts})
}

func sorted(codes []catalogue.Barcode) []catalogue.Barcode {
	codes = slices.Clone(codes)
	slices.SortFunc(codes, func(a, b catalogue.Barcode) int { return cmp.Compare(a.GTIN, b.GTIN) })
	return codes
}

// fillCard adds what is shown beside.
func fillCard(q refdata.Querier, card *wire.GoodCard) error {
	sku := card.Product.SKU
	prices, e1 := refdata.PricesOf(q, sku)
	stocks, e2 := refdata.StocksOf(q, sku)
	keys, e3 := refdata.AllQuickKeys(q)
	groups, e4 := refdata.AllQuickGroups(q)
	if err := errors.Join(e1, e2, e3, e4); err != nil {
		return err
	}
	card.Prices = prices
	for _, s := range stocks {
		card.Stock = append(card.Stock, wire.StockRow{Store: s.Store, Left: s.Left})
	}
	for _, key := range keys {
		if key.SKU != sku {
			continue
		}
		for _, g := range groups {
			if g.ID == key.Group {
				card.Groups = append(card.Groups, g.Name.RU)
			}
		}
	}
	card.PartNames = map[catalogue.SKU]catalogue.Text{}
	for _, part := range card.Parts {
		p, _, err := refdata.ProductByKey(q, part.SKU)
		if err != nil {
			return err
		}
		card.PartNames[part.SKU] = p.Name
	}
	return nil
}

// Save writes an article: new, or in place of the state that card.Tag names.
func (a *Assortment) Save(card wire.GoodCard) (saved wire.SavedGood, err error) {
	_, _, err = a.put(func(tx *sqlite.Tx) ([]refdata.Row, error) {
		saved = wire.SavedGood{}
		tidy(&card)
		before, found, err := readCard(tx, card.Product.SKU)
		if err != nil {
			return nil, err
		}
		tag, err := cardTag(card)
		if err != nil {
			return nil, err
		}
		if found && tag == before.Tag {
			return nil, nil // it is so already
		}
		if card.Tag != before.Tag {
			return nil, conflict("assortment.Save", card.Tag, before.Tag)
		}
		if saved.Problems, err = problems(tx, card); err != nil || len(saved.Problems) > 0 {
			return nil, err
		}
		return cardRows(before, card), nil
	})
	if err != nil || len(saved.Problems) > 0 {
		return saved, err
	}
	now, err := a.Card(card.Product.SKU)
	saved.Card = &now
	return saved, err
}

// tidy writes a card the way it is stored.
func tidy(card *wire.GoodCard) {
	p := &card.Product
	p.SKU = catalogue.SKU(strings.TrimSpace(string(p.SKU)))
	for _, text := range []*string{&p.Name.RU, &p.Name.EN, &p.PLU, &p.Picture} {
		*text = strings.TrimSpace(*text)
	}
	codes := make([]catalogue.Barcode, 0, len(card.Barcodes))
	for _, code := range card.Barcodes {
		if code.GTIN = strings.TrimSpace(code.GTIN); code.GTIN != "" {
			code.GTIN, code.SKU = barcode.Key(code.GTIN), p.SKU
			if code.Factor == 0 {
				code.Factor = quantity.One
			}
			codes = append(codes, code)
		}
	}
	card.Barcodes = codes
	if len(card.Parts) == 0 {
		card.Parts = nil
	}
}

// cardRows are the rows that make a card of the one before.
func cardRows(before, card wire.GoodCard) []refdata.Row {
	rows := []refdata.Row{{Table: refdata.Products, Value: card.Product}}
	for _, old := range before.Barcodes {
		if !slices.ContainsFunc(card.Barcodes, func(b catalogue.Barcode) bool { return b.GTIN == old.GTIN }) {
			rows = append(rows, refdata.Row{Table: refdata.Barcodes, Key: old.GTIN})
		}
	}
	for _, code := range card.Barcodes {
		rows = append(rows, refdata.Row{Table: refdata.Barcodes, Value: code})
	}
	switch {
	case len(card.Parts) > 0:
		rows = append(rows, refdata.Row{Table: refdata.Kits, Value: catalogue.Kit{SKU: card.Product.SKU, Parts: card.Parts}})
	case len(before.Parts) > 0:
		rows = append(rows, refdata.Row{Table: refdata.Kits, Key: string(card.Product.SKU)})
	}
	return rows
}

// unseen reports whether a text has characters that nobody sees.
func unseen(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

// Limits of a card, of texts in characters.
const (
	skuMax     = 60
	nameMax    = 200
	codesMax   = 200
	pictureMax = 64
	pluMax     = 6
	ageMax     = 120
)

// problems says what keeps a card from being written.
func problems(q refdata.Querier, card wire.GoodCard) (list []wire.GoodProblem, err error) {
	add := func(field, code, value string) {
		list = append(list, wire.GoodProblem{Field: field, Code: code, Value: value})
	}
	p := card.Product
	switch {
	case p.SKU == "":
		add("sku", wire.ProblemEmpty, "")
	case utf8.RuneCountInString(string(p.SKU)) > skuMax || strings.Contains(string(p.SKU), "/") || unseen(string(p.SKU)):
		add("sku", wire.ProblemFormat, string(p.SKU))
	case rounded(string(p.SKU)) && strings.ContainsAny(string(p.SKU), "eE"):
		add("sku", wire.ProblemRounded, string(p.SKU))
	}
	switch {
	case p.Name.RU == "":
		add("name.ru", wire.ProblemEmpty, "")
	case utf8.RuneCountInString(p.Name.RU) > nameMax:
		add("name.ru", wire.ProblemLong, strconv.Itoa(nameMax))
	case utf8.RuneCountInString(p.Name.EN) > nameMax:
		add("name.en", wire.ProblemLong, strconv.Itoa(nameMax))
	case unseen(p.Name.RU):
		add("name.ru", wire.ProblemFormat, p.Name.RU)
	case unseen(p.Name.EN):
		add("name.en", wire.ProblemFormat, p.Name.EN)
	}
	if !p.Unit.Known() {
		add("unit", wire.ProblemFormat, string(p.Unit))
	}
	if p.MinAge < 0 || p.MinAge > ageMax {
		add("min_age", wire.ProblemRange, strconv.Itoa(ageMax))
	}
	if utf8.RuneCountInString(p.Picture) > pictureMax {
		add("picture", wire.ProblemLong, strconv.Itoa(pictureMax))
	}
	for _, check := range []func(refdata.Querier, wire.GoodCard, func(field, code, value string)) error{checkKnown, checkPLU, checkCodes, checkParts} {
		if err := check(q, card, add); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// checkKnown asks for a category and a tax class that there are.
func checkKnown(q refdata.Querier, card wire.GoodCard, add func(field, code, value string)) error {
	tree, e1 := refdata.AllCategories(q)
	rates, e2 := refdata.TaxTable(q)
	if err := errors.Join(e1, e2); err != nil {
		return err
	}
	p := card.Product
	if !slices.ContainsFunc(tree, func(c catalogue.Category) bool { return c.ID == p.Category }) {
		add("category", wire.ProblemUnknown, p.Category)
	}
	if !slices.ContainsFunc(rates, func(r tax.Rate) bool { return r.Class == p.Tax }) {
		add("tax", wire.ProblemUnknown, string(p.Tax))
	}
	return nil
}

// checkPLU asks for a short number that nothing else has.
func checkPLU(q refdata.Querier, card wire.GoodCard, add func(field, code, value string)) error {
	plu := card.Product.PLU
	if plu == "" {
		return nil
	}
	if len(plu) > pluMax || strings.Trim(plu, "0123456789") != "" {
		add("plu", wire.ProblemFormat, plu)
		return nil
	}
	// 7, 07 and 007 are one number to who types it.
	for digits := cmp.Or(strings.TrimLeft(plu, "0"), "0"); len(digits) <= pluMax; digits = "0" + digits {
		item, found, err := refdata.ProductByPLU(q, digits, "", 0)
		if err != nil {
			return err
		}
		if found && item.SKU != card.Product.SKU {
			add("plu", wire.ProblemTaken, string(item.SKU))
			return nil
		}
	}
	return nil
}

// checkCodes asks for barcodes that are right, once, and nobody else's.
func checkCodes(q refdata.Querier, card wire.GoodCard, add func(field, code, value string)) error {
	if len(card.Barcodes) > codesMax {
		add("barcodes", wire.ProblemLong, strconv.Itoa(codesMax))
		return nil
	}
	seen := map[string]bool{}
	for i, code := range card.Barcodes {
		field := "barcodes." + strconv.Itoa(i)
		owner, err := refdata.BarcodeOwner(q, code.GTIN)
		if err != nil {
			return err
		}
		problem, offer := codeFault(code.GTIN)
		switch {
		case seen[code.GTIN]:
			add(field, wire.ProblemTwice, code.GTIN)
		case len(code.GTIN) > 60:
			add(field, wire.ProblemLong, "60")
		case problem != "" && owner != card.Product.SKU: // what is there already stays
			add(field, problem, offer)
		case owner != "" && owner != card.Product.SKU:
			add(field, wire.ProblemTaken, string(owner))
		case code.Factor <= 0 || code.Factor > receipt.QuantityMax:
			add(field, wire.ProblemRange, "10000")
		case card.Product.Unit.Whole() && code.Factor%quantity.One != 0:
			add(field, wire.ProblemWhole, code.Factor.String())
		}
		seen[code.GTIN] = true
	}
	return nil
}

// checkParts asks for a kit that can be sold, and keeps what is inside of kits
// from becoming one.
func checkParts(q refdata.Querier, card wire.GoodCard, add func(field, code, value string)) error {
	if len(card.Parts) == 0 {
		return nil
	}
	if len(card.Parts) > receipt.PartsMax {
		add("parts", wire.ProblemLong, strconv.Itoa(receipt.PartsMax))
		return nil
	}
	if !card.Product.Unit.Whole() {
		add("unit", wire.ProblemWhole, string(card.Product.Unit))
	}
	kits, err := refdata.AllKits(q)
	if err != nil {
		return err
	}
	for _, kit := range kits {
		if slices.ContainsFunc(kit.Parts, func(c catalogue.Component) bool { return c.SKU == card.Product.SKU }) {
			add("parts", wire.ProblemNested, string(kit.SKU))
		}
	}
	seen := map[catalogue.SKU]bool{}
	for i, part := range card.Parts {
		field := "parts." + strconv.Itoa(i)
		p, found, err := refdata.ProductByKey(q, part.SKU)
		switch {
		case err != nil:
			return err
		case seen[part.SKU]:
			add(field, wire.ProblemTwice, string(part.SKU))
		case part.SKU == card.Product.SKU, slices.ContainsFunc(kits, func(k catalogue.Kit) bool { return k.SKU == part.SKU }):
			add(field, wire.ProblemNested, string(part.SKU))
		case !found:
			add(field, wire.ProblemUnknown, string(part.SKU))
		case part.Quantity <= 0 || part.Quantity > receipt.QuantityMax:
			add(field, wire.ProblemRange, "10000")
		case p.Unit.Whole() && part.Quantity%quantity.One != 0:
			add(field, wire.ProblemWhole, part.Quantity.String())
		}
		seen[part.SKU] = true
	}
	return nil
}

// Stop puts articles on the stop list, or takes them off. Articles that there
// are not are left out.
func (a *Assortment) Stop(request wire.GoodsStop) (wire.Saved, error) {
	version, changed, err := a.put(func(tx *sqlite.Tx) ([]refdata.Row, error) {
		var rows []refdata.Row
		for _, sku := range request.SKUs {
			p, found, err := refdata.ProductByKey(tx, sku)
			if err != nil {
				return nil, err
			}
			if found {
				p.Stopped = !request.Resume
				rows = append(rows, refdata.Row{Table: refdata.Products, Value: p})
			}
		}
		return rows, nil
	})
	return wire.Saved{Version: version, Count: changed}, err
}
