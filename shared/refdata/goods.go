package refdata

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
)

// goodsFound limits how many matches of a text are looked at.
const goodsFound = 1000

// goodsSQL is an article with what a manager's list shows of it. ?1 store, ?2 moment.
const goodsSQL = `SELECT p.id, a.sku, ` + productColumns + `,
	(SELECT x.amount FROM price x WHERE x.product = p.id AND x.list = '' AND x.store IN ('', ?1) AND x.from_ms <= ?2
		ORDER BY x.store DESC, x.from_ms DESC LIMIT 1) AS price,
	(SELECT count(*) FROM barcode b WHERE b.product = p.id) AS codes,
	(SELECT sum(s.left) FROM stock s WHERE s.product = p.id AND (?1 = '' OR s.store = ?1)) AS left,
	EXISTS (SELECT 1 FROM kit k WHERE k.key = coalesce(a.sku, CAST(p.id AS TEXT))) AS kit
	FROM product p LEFT JOIN article a ON a.id = p.id`

var goodsState = map[catalogue.GoodsState]string{
	catalogue.AllGoods:     `1`,
	catalogue.StoppedGoods: `p.stopped`,
	catalogue.AgeGoods:     `p.min_age > 0`,
	catalogue.NoPriceGoods: `price IS NULL`,
	catalogue.NoCodeGoods:  `codes = 0`,
	catalogue.KitGoods:     `kit`,
	catalogue.NoneLeft:     `left <= 0`,
}

// goodsOrder is what a list can be sorted by. Articles without a value come last
// either way.
var goodsOrder = map[string]string{
	"":                   `g.id`,
	catalogue.BySKU:      `g.id`,
	catalogue.ByName:     `g.name_ru`,
	catalogue.ByCategory: `category`,
	catalogue.ByPrice:    `price`,
	catalogue.ByLeft:     `left`,
}

// ListGoods returns a page of the assortment at a moment (unix ms).
func ListGoods(q Querier, query catalogue.GoodsQuery, at int64) (goods catalogue.Goods, err error) {
	state, known := goodsState[query.State]
	order, sortable := goodsOrder[query.Sort]
	if !known || !sortable {
		return goods, invalid("goods by state %q, order %q", query.State, query.Sort)
	}
	where, found := []string{state}, `null`
	if query.Text != "" {
		ids, err := foundIDs(q, query, at)
		if err != nil {
			return goods, err
		}
		where, found = append(where, `g.id IN (SELECT value FROM json_each(?3))`), ids
		if query.Sort == "" {
			order = `(SELECT j.key FROM json_each(?3) j WHERE j.value = g.id)`
		}
	}
	categories, err := below(q, query.Category)
	if err != nil {
		return goods, err
	}
	if query.Category != "" {
		where = append(where, `g.category IN (SELECT value FROM json_each(?4))`)
	}
	if query.Sort == catalogue.ByName && query.Lang == "en" {
		order = `coalesce(g.name_en, g.name_ru)`
	}
	if query.Desc {
		order += " DESC"
	}
	condition := strings.ReplaceAll(strings.Join(where, " AND "), "p.", "g.") + ` AND ?3 IS NOT 0 AND ?4 IS NOT 0`
	err = q.Query(`SELECT count(*) FROM (`+goodsSQL+`) g WHERE `+condition, func(r sqlite.Row) error {
		goods.Total = r.Int(0)
		return nil
	}, query.Store, at, found, categories)
	if err != nil {
		return goods, fmt.Errorf("count goods: %w", err)
	}
	goods.Rows, err = goodRows(q, query, at, `SELECT g.id FROM (`+goodsSQL+`) g WHERE `+condition+`
		ORDER BY `+order+` NULLS LAST, g.id LIMIT ?5 OFFSET ?6`, query.Store, at, found, categories, query.Limit, query.Offset)
	return goods, err
}

// goodRows reads the articles whose ids sql selects: what a row shows is asked
// for those only, not for all that were sorted.
func goodRows(q Querier, query catalogue.GoodsQuery, at int64, sql string, args ...any) ([]catalogue.GoodRow, error) {
	var ids []int64
	err := q.Query(sql, func(r sqlite.Row) error {
		ids = append(ids, r.Int64(0))
		return nil
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("list goods: %w", err)
	}
	rows := make([]catalogue.GoodRow, 0, len(ids))
	for _, id := range ids {
		err := q.Query(goodsSQL+` WHERE p.id = ?3`, func(r sqlite.Row) error {
			rows = append(rows, scanGood(r, query.Store))
			return nil
		}, query.Store, at, id)
		if err != nil {
			return nil, fmt.Errorf("list goods: %w", err)
		}
	}
	return rows, nil
}

// scanGood reads a row of goodsSQL.
func scanGood(r sqlite.Row, store string) catalogue.GoodRow {
	row := catalogue.GoodRow{Product: scanProduct(r, 2), Codes: r.Int(12), Kit: r.Bool(14)}
	row.SKU = skuText(r.Int64(0), r.Text(1))
	if !r.Null(11) {
		row.Price = &catalogue.Price{SKU: row.SKU, Store: store, Amount: money.Amount(r.Int64(11))}
	}
	if !r.Null(13) {
		row.Counted, row.Left = true, quantity.Milli(r.Int64(13))
	}
	return row
}

// foundIDs lists the ids of what a text finds as JSON, best match first.
func foundIDs(q Querier, query catalogue.GoodsQuery, at int64) (string, error) {
	items, err := Search(q, query.Text, query.Store, at, goodsFound)
	if err != nil {
		return "", err
	}
	ids := make([]int64, len(items))
	for i, item := range items {
		if ids[i], err = idOf(q, item.SKU); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(ids)
	return string(text), err
}

// below lists a category and all under it as JSON.
func below(q Querier, category string) (string, error) {
	if category == "" {
		return `null`, nil
	}
	tree, err := AllCategories(q)
	if err != nil {
		return "", err
	}
	ids := []string{category}
	for i := 0; i < len(ids); i++ {
		for _, c := range tree {
			if c.Parent == ids[i] && !slices.Contains(ids, c.ID) {
				ids = append(ids, c.ID)
			}
		}
	}
	text, err := json.Marshal(ids)
	return string(text), err
}

// BarcodesOf returns the codes of an article, single pieces before packs.
func BarcodesOf(q Querier, sku catalogue.SKU) ([]catalogue.Barcode, error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return nil, err
	}
	codes := []catalogue.Barcode{}
	err = q.Query(`SELECT CASE typeof(code) WHEN 'integer' THEN printf('%014d', code) ELSE code END, factor
		FROM barcode WHERE product = ? ORDER BY factor, code`, func(r sqlite.Row) error {
		codes = append(codes, catalogue.Barcode{GTIN: r.Text(0), SKU: sku, Factor: quantity.Milli(r.Int64(1))})
		return nil
	}, id)
	return codes, err
}

// BarcodeOwner returns the article that a code belongs to, "" for none.
func BarcodeOwner(q Querier, code string) (catalogue.SKU, error) {
	rec, found, err := barcodeTable{}.get(q, code)
	if err != nil || !found {
		return "", err
	}
	return rec.value.(catalogue.Barcode).SKU, nil
}

// ProductByKey returns an article as it is stored, whether it has a price or not.
func ProductByKey(q Querier, sku catalogue.SKU) (catalogue.Product, bool, error) {
	rec, found, err := productTable{}.get(q, string(sku))
	if err != nil || !found {
		return catalogue.Product{}, false, err
	}
	return rec.value.(catalogue.Product), true, nil
}

// KitOf returns what a kit is made of, nothing for other articles.
func KitOf(q Querier, sku catalogue.SKU) (catalogue.Kit, error) {
	rec, found, err := tables[Kits].get(q, string(sku))
	if err != nil || !found {
		return catalogue.Kit{SKU: sku}, err
	}
	return rec.value.(catalogue.Kit), nil
}

// PricesOf returns the shelf prices of an article that are in force or to come,
// by store and time.
func PricesOf(q Querier, sku catalogue.SKU) (list []catalogue.Price, err error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return nil, err
	}
	err = q.Query(`SELECT store, from_ms, amount, min FROM price WHERE product = ? AND list = '' ORDER BY store, from_ms`, func(r sqlite.Row) error {
		list = append(list, catalogue.Price{SKU: sku, Store: r.Text(0), From: r.Int64(1), Amount: money.Amount(r.Int64(2)), Min: money.Amount(r.Int64(3))})
		return nil
	}, id)
	return list, err
}

// StocksOf returns what the stores have of an article.
func StocksOf(q Querier, sku catalogue.SKU) (list []Stock, err error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return nil, err
	}
	err = q.Query(`SELECT store, left FROM stock WHERE product = ? ORDER BY store`, func(r sqlite.Row) error {
		list = append(list, Stock{Store: r.Text(0), SKU: sku, Left: quantity.Milli(r.Int64(1))})
		return nil
	}, id)
	return list, err
}

// CostOf returns the last known purchase price of an article in a store ("" for
// the chain's) at a moment, 0 when nobody said.
func CostOf(q Querier, sku catalogue.SKU, store string, at int64) (cost money.Amount, err error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return 0, err
	}
	err = q.Query(`SELECT cost FROM price_log WHERE product = ? AND list = '' AND store IN ('', ?) AND from_ms <= ? AND cost > 0
		ORDER BY store DESC, from_ms DESC, version DESC LIMIT 1`, func(r sqlite.Row) error {
		cost = money.Amount(r.Int64(0))
		return nil
	}, id, store, at)
	return cost, err
}
