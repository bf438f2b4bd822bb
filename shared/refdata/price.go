package refdata

import (
	"strconv"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/sqlite"
)

// PriceKey is the key of a price's row.
func PriceKey(sku catalogue.SKU, store string, from int64) string {
	return string(sku) + "/" + store + "/" + strconv.FormatInt(from, 10)
}

type priceTable struct{}

// decode drops what the goods cost: that is not for tills.
func (priceTable) decode(_ string, raw []byte) (record, error) {
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
	if !inRange(p.Amount) || !inRange(p.Min) {
		return record{}, invalid("price of %s: %d, at least %d", p.SKU, p.Amount, p.Min)
	}
	p.Cost = 0
	return recordOf(PriceKey(p.SKU, p.Store, p.From), p.Store, p)
}

func splitPriceKey(key string) (sku catalogue.SKU, store string, from int64, ok bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 3 {
		return "", "", 0, false
	}
	from, err := strconv.ParseInt(parts[2], 10, 64)
	return catalogue.SKU(parts[0]), parts[1], from, err == nil
}

func (priceTable) get(q Querier, key string) (record, bool, error) {
	sku, store, from, ok := splitPriceKey(key)
	if !ok {
		return record{}, false, invalid("price key %q", key)
	}
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return record{}, false, err
	}
	found := false
	price := catalogue.Price{SKU: sku, Store: store, From: from}
	err = q.Query(`SELECT amount, min FROM price WHERE product = ? AND store = ? AND from_ms = ?`,
		func(r sqlite.Row) error {
			found = true
			price.Amount, price.Min = money.Amount(r.Int64(0)), money.Amount(r.Int64(1))
			return nil
		}, id, store, from)
	if err != nil || !found {
		return record{}, false, err
	}
	rec, err := recordOf(key, store, price)
	return rec, true, err
}

func (priceTable) put(w *writer, _ *record, rec record) error {
	p := rec.value.(catalogue.Price)
	id, err := giveID(w.tx, p.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`INSERT OR REPLACE INTO price (product, store, from_ms, amount, min) VALUES (?, ?, ?, ?, ?)`,
		id, p.Store, p.From, int64(p.Amount), int64(p.Min))
}

func (priceTable) del(w *writer, old record) error {
	p := old.value.(catalogue.Price)
	id, err := idOf(w.tx, p.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`DELETE FROM price WHERE product = ? AND store = ? AND from_ms = ?`, id, p.Store, p.From)
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
	id, err := giveID(tx, p.SKU)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT OR REPLACE INTO price_log (product, store, from_ms, amount, min, cost, version)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, id, p.Store, p.From, int64(p.Amount), int64(p.Min), int64(p.Cost), version)
}

// EachPrice calls price for every price ever set, with cost, by article, store and time.
func EachPrice(q Querier, price func(catalogue.Price) error) error {
	return q.Query(`SELECT l.product, l.store, l.from_ms, l.amount, l.min, l.cost, a.sku
		FROM price_log l LEFT JOIN article a ON a.id = l.product
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
// the same article and store had replaced by the moment at (unix ms).
func Superseded(q Querier, at int64) (rows []Row, err error) {
	err = q.Query(`SELECT p.product, p.store, p.from_ms, a.sku
		FROM price p LEFT JOIN article a ON a.id = p.product
		WHERE EXISTS (SELECT 1 FROM price n WHERE n.product = p.product AND n.store = p.store
			AND n.from_ms > p.from_ms AND n.from_ms <= ?)
		ORDER BY p.product, p.store, p.from_ms`, func(r sqlite.Row) error {
		key := PriceKey(skuText(r.Int64(0), r.Text(3)), r.Text(1), r.Int64(2))
		rows = append(rows, Row{Table: Prices, Key: key})
		return nil
	}, at)
	return rows, err
}
