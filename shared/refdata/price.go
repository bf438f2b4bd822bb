package refdata

import (
	"strconv"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/sqlite"
)

// PriceKey is the key of a shelf price's row.
func PriceKey(sku catalogue.SKU, store string, from int64) string {
	return string(sku) + "/" + store + "/" + strconv.FormatInt(from, 10)
}

// ListPriceKey is the key of the row of a price in a price list.
func ListPriceKey(list string, sku catalogue.SKU, store string, from int64) string {
	return list + "/" + PriceKey(sku, store, from)
}

// keyOf is the key of p's row in the table that it is of.
func keyOf(p catalogue.Price) string {
	if p.List != "" {
		return ListPriceKey(p.List, p.SKU, p.Store, p.From)
	}
	return PriceKey(p.SKU, p.Store, p.From)
}

// priceTable keeps shelf prices and, in the same SQL table, those of price lists.
type priceTable struct{ lists bool }

// decode drops what the goods cost: that is not for tills.
func (t priceTable) decode(_ string, raw []byte) (record, error) {
	p, err := decodeAs[catalogue.Price](raw)
	if err != nil {
		return record{}, err
	}
	if err := plain(string(p.SKU)); err != nil {
		return record{}, err
	}
	if p.Store != "" {
		if err := plain(p.Store); err != nil {
			return record{}, err
		}
	}
	if t.lists {
		if err := plain(p.List); err != nil {
			return record{}, err
		}
	}
	if !inRange(p.Amount) || !inRange(p.Min) || p.Ended && (p.Amount != 0 || p.Min != 0) {
		return record{}, invalid("price of %s: %d, at least %d", p.SKU, p.Amount, p.Min)
	}
	if !t.lists && (p.List != "" || p.Ended) {
		return record{}, invalid("price of %s on the shelf is of list %q", p.SKU, p.List)
	}
	p.Cost = 0
	return recordOf(keyOf(p), p.Store, p)
}

// splitPriceKey reads a key of either table.
func (t priceTable) splitPriceKey(key string) (p catalogue.Price, ok bool) {
	parts := strings.Split(key, "/")
	if t.lists && len(parts) == 4 {
		p.List, parts = parts[0], parts[1:]
	}
	if len(parts) != 3 || t.lists != (p.List != "") {
		return p, false
	}
	from, err := strconv.ParseInt(parts[2], 10, 64)
	p.SKU, p.Store, p.From = catalogue.SKU(parts[0]), parts[1], from
	return p, err == nil
}

func (t priceTable) get(q Querier, key string) (record, bool, error) {
	price, ok := t.splitPriceKey(key)
	if !ok {
		return record{}, false, invalid("price key %q", key)
	}
	id, err := idOf(q, price.SKU)
	if err != nil || id == 0 {
		return record{}, false, err
	}
	found := false
	err = q.Query(`SELECT amount, min FROM price WHERE product = ? AND list = ? AND store = ? AND from_ms = ?`,
		func(r sqlite.Row) error {
			found = true
			price.Amount, price.Min, price.Ended = money.Amount(r.Int64(0)), money.Amount(r.Int64(1)), r.Null(0)
			return nil
		}, id, price.List, price.Store, price.From)
	if err != nil || !found {
		return record{}, false, err
	}
	rec, err := recordOf(key, price.Store, price)
	return rec, true, err
}

// amountOf is a price as stored: NULL for one that ended.
func amountOf(p catalogue.Price) any {
	if p.Ended {
		return nil
	}
	return int64(p.Amount)
}

func (priceTable) put(w *writer, _ *record, rec record) error {
	p := rec.value.(catalogue.Price)
	id, err := giveID(w.tx, p.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`INSERT OR REPLACE INTO price (product, list, store, from_ms, amount, min) VALUES (?, ?, ?, ?, ?, ?)`,
		id, p.List, p.Store, p.From, amountOf(p), int64(p.Min))
}

func (priceTable) del(w *writer, old record) error {
	p := old.value.(catalogue.Price)
	id, err := idOf(w.tx, p.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`DELETE FROM price WHERE product = ? AND list = ? AND store = ? AND from_ms = ?`, id, p.List, p.Store, p.From)
}

// LogPrices records prices of the past, with what the goods cost, without
// sending them to tills. Put does so by itself for the prices it is given.
func LogPrices(tx *sqlite.Tx, prices []catalogue.Price) error {
	for _, p := range prices {
		if err := logPrice(tx, p, 0); err != nil {
			return err
		}
	}
	return nil
}

func logPrice(tx *sqlite.Tx, p catalogue.Price, version int64) error {
	if err := judgePrice(p); err != nil {
		return err
	}
	id, err := giveID(tx, p.SKU)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT OR REPLACE INTO price_log (product, list, store, from_ms, version, amount, min, cost)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, p.List, p.Store, p.From, version, amountOf(p), int64(p.Min), int64(p.Cost))
}

// EachPrice calls price for every shelf price ever set, with cost, by article,
// store and time; of those for the same moment for the last that was given.
func EachPrice(q Querier, price func(catalogue.Price) error) error {
	return q.Query(`SELECT l.product, l.store, l.from_ms, l.amount, l.min, l.cost, a.sku, max(l.version)
		FROM price_log l LEFT JOIN article a ON a.id = l.product WHERE l.list = ''
		GROUP BY l.product, l.store, l.from_ms
		ORDER BY l.product, l.store, l.from_ms`, func(r sqlite.Row) error {
		return price(catalogue.Price{
			SKU:    skuText(r.Int64(0), r.Text(6)),
			Store:  r.Text(1),
			From:   r.Int64(2),
			Amount: money.Amount(r.Int64(3)),
			Min:    money.Amount(r.Int64(4)),
			Cost:   money.Amount(r.Int64(5)),
		})
	})
}

func skuText(id int64, listed string) catalogue.SKU {
	if id > 0 {
		return catalogue.SKU(strconv.FormatInt(id, 10))
	}
	return catalogue.SKU(listed)
}

// Superseded returns the rows to Put to drop the prices that a later one of
// the same article, list and store had replaced by the moment at (unix ms).
func Superseded(q Querier, at int64) (rows []Row, err error) {
	err = q.Query(`SELECT p.product, p.list, p.store, p.from_ms, a.sku
		FROM price p LEFT JOIN article a ON a.id = p.product
		WHERE EXISTS (SELECT 1 FROM price n WHERE n.product = p.product AND n.list = p.list AND n.store = p.store
			AND n.from_ms > p.from_ms AND n.from_ms <= ?)
		ORDER BY p.product, p.list, p.store, p.from_ms`, func(r sqlite.Row) error {
		p := catalogue.Price{SKU: skuText(r.Int64(0), r.Text(4)), List: r.Text(1), Store: r.Text(2), From: r.Int64(3)}
		row := Row{Table: Prices, Key: keyOf(p)}
		if p.List != "" {
			row.Table = ListPrices
		}
		rows = append(rows, row)
		return nil
	}, at)
	return rows, err
}

// NoPrice stands in the answer of PriceKnown for a list that had no price.
const NoPrice = -1

// PriceKnown reports what is known of the price of an article in a list (""
// for the shelf) and a store at a moment, for a till that had version: every
// price that it may have asked for, and false when that can't be told any more,
// or when there may have been none. slack (ms) is how far its clock may be off.
func PriceKnown(q Querier, sku catalogue.SKU, list, store string, at, version, slack int64) (amounts []int64, known bool, err error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return nil, false, err
	}
	type row struct{ from, amount, version int64 }
	own, chain := []row{}, []row{}
	err = q.Query(`SELECT store, from_ms, coalesce(amount, ?), version FROM price_log
		WHERE product = ? AND list = ? AND store IN ('', ?) AND from_ms <= ? ORDER BY from_ms, version`, func(r sqlite.Row) error {
		e := row{r.Int64(1), r.Int64(2), r.Int64(3)}
		if r.Text(0) == "" {
			chain = append(chain, e)
		} else {
			own = append(own, e)
		}
		return nil
	}, NoPrice, id, list, store, at+slack)
	if err != nil {
		return nil, false, err
	}
	// A row newer than the till's version may have reached it meanwhile.
	gather := func(rows []row) (settled bool) {
		for i := len(rows) - 1; i >= 0; i-- {
			amounts = append(amounts, rows[i].amount)
			if rows[i].from <= at-slack && rows[i].version <= version {
				return true
			}
		}
		return false
	}
	if !gather(own) {
		known = gather(chain)
		return amounts, known, nil
	}
	return amounts, true, nil
}
