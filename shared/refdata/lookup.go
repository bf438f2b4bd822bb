package refdata

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Item is a product found, with its price in a store at a moment.
type Item struct {
	catalogue.Product
	Code   string          // barcode that led to it, or one of its own
	Factor quantity.Milli  // units that Code counts
	Price  catalogue.Price // in force on the shelf
	Priced bool            // false: no price is in force
	// Lists are the prices in force in price lists, one of each list.
	Lists []catalogue.Price
}

const (
	itemColumns = `p.id, ` + productColumns + `, x.store, x.from_ms, x.amount, x.min, x.list`
	itemPrices  = ` LEFT JOIN price x ON x.product = p.id`
)

// collect gathers the rows of one product: one for each of its prices. There are
// a few only, so choosing here is quicker than having SQLite choose.
func (it *Item) collect(r sqlite.Row, store string, at int64, found *bool, id *int64) error {
	if !*found {
		*found = true
		*id = r.Int64(0)
		it.Product = scanProduct(r, 1)
	}
	if r.Null(11) {
		return nil
	}
	price := catalogue.Price{
		Store:  r.Text(10),
		From:   r.Int64(11),
		Amount: money.Amount(r.Int64(12)),
		Min:    money.Amount(r.Int64(13)),
		List:   r.Text(14),
		Ended:  r.Null(12),
	}
	if price.From > at || price.Store != "" && price.Store != store {
		return nil
	}
	if price.List != "" {
		it.collectList(price)
		return nil
	}
	if !it.Priced || better(price, it.Price) {
		it.Price, it.Priced = price, true
	}
	return nil
}

// collectList keeps the best price of every list. There are a few.
func (it *Item) collectList(price catalogue.Price) {
	for i := range it.Lists {
		if it.Lists[i].List == price.List {
			if better(price, it.Lists[i]) {
				it.Lists[i] = price
			}
			return
		}
	}
	it.Lists = append(it.Lists, price)
}

// better reports whether price a goes before b: a store's own, then the latest.
func better(a, b catalogue.Price) bool {
	if (a.Store == "") != (b.Store == "") {
		return a.Store != ""
	}
	return a.From > b.From
}

// ProductByCode finds a product by barcode: a GTIN of 14 digits or another code as it is.
// It is the look-up of every scan: one statement.
func ProductByCode(q Querier, code, store string, at int64) (Item, bool, error) {
	item := Item{Code: code}
	found := false
	var id int64
	err := q.Query(`SELECT `+itemColumns+`, b.factor FROM barcode b JOIN product p ON p.id = b.product`+itemPrices+
		` WHERE b.code = ?`, func(r sqlite.Row) error {
		item.Factor = quantity.Milli(r.Int64(15))
		return item.collect(r, store, at, &found, &id)
	}, codeValue(code))
	if err != nil || !found {
		return Item{}, false, err
	}
	return item.named(q, id)
}

// ProductBySKU finds a product by article number.
func ProductBySKU(q Querier, sku catalogue.SKU, store string, at int64) (Item, bool, error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return Item{}, false, err
	}
	return itemByID(q, id, store, at)
}

// ProductByPLU finds a product by its short number.
func ProductByPLU(q Querier, plu, store string, at int64) (Item, bool, error) {
	var id int64
	err := q.Query(`SELECT id FROM product WHERE plu = ? AND plu IS NOT NULL ORDER BY id LIMIT 1`, func(r sqlite.Row) error {
		id = r.Int64(0)
		return nil
	}, plu)
	if err != nil || id == 0 {
		return Item{}, false, err
	}
	return itemByID(q, id, store, at)
}

// pluNames is how many articles of one PLU are named.
const pluNames = 5

// SKUsOfPLU returns the articles that a PLU stands for when they are several,
// some of them when they are many.
func SKUsOfPLU(q Querier, plu string) (skus []string, err error) {
	var ids []int64
	err = q.Query(`SELECT id FROM product WHERE plu = ? ORDER BY id LIMIT ?`, func(r sqlite.Row) error {
		ids = append(ids, r.Int64(0))
		return nil
	}, plu, pluNames)
	if err != nil || len(ids) < 2 {
		return nil, err
	}
	for _, id := range ids {
		sku, err := skuOf(q, id)
		if err != nil {
			return nil, err
		}
		skus = append(skus, string(sku))
	}
	return skus, nil
}

func itemByID(q Querier, id int64, store string, at int64) (Item, bool, error) {
	var item Item
	found := false
	err := q.Query(`SELECT `+itemColumns+` FROM product p`+itemPrices+` WHERE p.id = ?`, func(r sqlite.Row) error {
		return item.collect(r, store, at, &found, &id)
	}, id)
	if err != nil || !found {
		return Item{}, false, err
	}
	item.Factor = quantity.One
	err = q.Query(`SELECT CASE typeof(code) WHEN 'integer' THEN printf('%014d', code) ELSE code END, factor
		FROM barcode WHERE product = ? ORDER BY factor, code LIMIT 1`, func(r sqlite.Row) error {
		item.Code, item.Factor = r.Text(0), quantity.Milli(r.Int64(1))
		return nil
	}, id)
	if err != nil {
		return Item{}, false, err
	}
	return item.named(q, id)
}

// named fills in the article number.
func (it Item) named(q Querier, id int64) (Item, bool, error) {
	sku, err := skuOf(q, id)
	it.SKU, it.Price.SKU = sku, sku
	it.Lists = slices.DeleteFunc(it.Lists, func(p catalogue.Price) bool { return p.Ended })
	for i := range it.Lists {
		it.Lists[i].SKU = sku
	}
	return it, err == nil, err
}

// PriceAt returns the price of an article in a store at a moment (unix ms): the
// store's own before the chain's, of these the latest that has begun.
func PriceAt(q Querier, sku catalogue.SKU, store string, at int64) (price catalogue.Price, found bool, err error) {
	item, found, err := ProductBySKU(q, sku, store, at)
	return item.Price, found && item.Priced, err
}

// TaxTable returns all rates.
func TaxTable(q Querier) (tax.Table, error) {
	return tables[TaxRates].(document[tax.Rate]).all(q)
}

// Store returns a shop of the chain.
func Store(q Querier, id string) (catalogue.Store, bool, error) {
	rec, found, err := tables[Stores].get(q, id)
	if err != nil || !found {
		return catalogue.Store{}, false, err
	}
	return rec.value.(catalogue.Store), true, nil
}

// AllStores returns the shops of the chain.
func AllStores(q Querier) ([]catalogue.Store, error) {
	return tables[Stores].(document[catalogue.Store]).all(q)
}

// Currency returns the currency of the chain's prices: that of its stores, which
// must have one. Without stores it is the home market's.
func Currency(q Querier) (money.Currency, error) {
	stores, err := AllStores(q)
	if err != nil || len(stores) == 0 || stores[0].Currency.Code == "" {
		return money.RUB, err
	}
	for _, s := range stores[1:] {
		if s.Currency.Code != stores[0].Currency.Code {
			return money.Currency{}, errcode.New(errcode.Invalid, "refdata.Currency", fmt.Errorf("stores in %s and %s", stores[0].Currency.Code, s.Currency.Code))
		}
	}
	return stores[0].Currency, nil
}

// CompanyOf returns who sells, zero when nobody has said.
func CompanyOf(q Querier) (chain.Company, error) {
	list, err := tables[Companies].(document[chain.Company]).all(q)
	if err != nil || len(list) == 0 {
		return chain.Company{}, err
	}
	return list[0], nil
}

// AllTills returns the numbered checkouts of the chain.
func AllTills(q Querier) ([]Till, error) {
	return tables[Tills].(document[Till]).all(q)
}

// AllCategories returns the assortment tree.
func AllCategories(q Querier) ([]catalogue.Category, error) {
	return tables[Categories].(document[catalogue.Category]).all(q)
}

// AllEmployees returns everybody, those who left too.
func AllEmployees(q Querier) ([]staff.Employee, error) {
	return tables[Employees].(document[staff.Employee]).all(q)
}

// EmployeeByID returns an employee, also one who left.
func EmployeeByID(q Querier, id string) (staff.Employee, bool, error) {
	rec, found, err := tables[Employees].get(q, id)
	if err != nil || !found {
		return staff.Employee{}, false, err
	}
	return rec.value.(staff.Employee), true, nil
}

// EmployeesOf returns who may sign in at a store's tills.
func EmployeesOf(q Querier, store string) ([]staff.Employee, error) {
	all, err := AllEmployees(q)
	if err != nil {
		return nil, err
	}
	var here []staff.Employee
	for _, e := range all {
		if !e.Gone && (e.Store == "" || e.Store == store) {
			here = append(here, e)
		}
	}
	return here, nil
}

// AllMasks returns the layouts of the store's own labels.
func AllMasks(q Querier) ([]barcode.Mask, error) {
	return tables[Masks].(document[barcode.Mask]).all(q)
}

// AllQuickKeys returns the key grid by group and position.
func AllQuickKeys(q Querier) ([]catalogue.QuickKey, error) {
	keys, err := tables[QuickKeys].(document[catalogue.QuickKey]).all(q)
	sort.SliceStable(keys, func(i, j int) bool {
		if keys[i].Group != keys[j].Group {
			return keys[i].Group < keys[j].Group
		}
		return keys[i].Position < keys[j].Position
	})
	return keys, err
}

// CustomerByCard finds the customer of a loyalty card.
func CustomerByCard(q Querier, card string) (c Card, found bool, err error) {
	err = q.Query(`SELECT customer, name, groups FROM customer_card WHERE card = ?`, func(r sqlite.Row) error {
		c, found = Card{Card: card, Customer: r.Text(0), Name: r.Text(1)}, true
		if r.Null(2) {
			return nil
		}
		return json.Unmarshal([]byte(r.Text(2)), &c.Groups)
	}, card)
	return c, found, err
}

// EachGroup calls card for every card that puts its customer into groups, by card.
func EachGroup(q Querier, card func(Card) error) error {
	return q.Query(`SELECT card, customer, groups FROM customer_card WHERE groups IS NOT NULL ORDER BY card`, func(r sqlite.Row) error {
		c := Card{Card: r.Text(0), Customer: r.Text(1)}
		if err := json.Unmarshal([]byte(r.Text(2)), &c.Groups); err != nil {
			return err
		}
		return card(c)
	})
}

// EachProduct calls product for the whole assortment, by article.
func EachProduct(q Querier, product func(catalogue.Product) error) error {
	return q.Query(`SELECT p.id, a.sku, `+productColumns+`
		FROM product p LEFT JOIN article a ON a.id = p.id ORDER BY p.id`, func(r sqlite.Row) error {
		p := scanProduct(r, 2)
		p.SKU = skuText(r.Int64(0), r.Text(1))
		return product(p)
	})
}

// Counts returns the number of rows of the tables that matter to a person.
func Counts(q Querier) (map[string]int, error) {
	counts := map[string]int{}
	err := q.Query(`SELECT 'product', count(*) FROM product
		UNION ALL SELECT 'barcode', count(*) FROM barcode
		UNION ALL SELECT 'price', count(*) FROM price
		UNION ALL SELECT 'customer_card', count(*) FROM customer_card
		UNION ALL SELECT 'store', count(*) FROM store
		UNION ALL SELECT 'employee', count(*) FROM employee`, func(r sqlite.Row) error {
		counts[r.Text(0)] = r.Int(1)
		return nil
	})
	return counts, err
}
