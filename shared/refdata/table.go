package refdata

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"tillsight/shared/ban"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Limits of a row.
const (
	keyMax  = 200
	nameMax = 500
	rowMax  = 64 << 10
)

// table reads and writes the rows of one table of the feed.
type table interface {
	// decode reads and checks a row as sent.
	decode(key string, raw []byte) (record, error)
	get(q Querier, key string) (rec record, found bool, err error)
	put(w *writer, before *record, rec record) error
	del(w *writer, old record) error
}

var tables = map[string]table{
	Stores: document[catalogue.Store]{Stores, func(s catalogue.Store) (string, string, error) {
		return s.ID, "", plain(s.ID)
	}},
	Tills: document[Till]{Tills, func(t Till) (string, string, error) {
		return t.Store + "/" + strconv.Itoa(t.Number), "", plain(t.Store)
	}},
	Categories: document[catalogue.Category]{Categories, func(c catalogue.Category) (string, string, error) {
		return c.ID, "", plain(c.ID)
	}},
	TaxRates: document[tax.Rate]{TaxRates, func(r tax.Rate) (string, string, error) {
		if r.BP < 0 || r.BP > 10000 {
			return "", "", invalid("rate of %d basis points", r.BP)
		}
		return string(r.Class) + "/" + r.From, "", plain(string(r.Class))
	}},
	Employees: document[staff.Employee]{Employees, func(e staff.Employee) (string, string, error) {
		return e.ID, e.Store, plain(e.ID)
	}},
	Masks: document[barcode.Mask]{Masks, func(m barcode.Mask) (string, string, error) {
		return m.Pattern, "", m.Validate()
	}},
	QuickKeys: document[catalogue.QuickKey]{QuickKeys, func(k catalogue.QuickKey) (string, string, error) {
		return k.Group + "/" + strconv.Itoa(k.Position), "", plain(k.Group)
	}},
	SlipKeys:       document[SlipKey]{SlipKeys, slipKey},
	CodeSamples:    document[barcode.Sample]{CodeSamples, sampleKey},
	Promotions:     document[Promotion]{Promotions, promotionKey},
	NeverPromoted:  document[Never]{NeverPromoted, neverKey},
	PromotionsUsed: document[Use]{PromotionsUsed, useKey},
	SaleBans:       document[ban.Rule]{SaleBans, func(r ban.Rule) (string, string, error) { return r.ID, "", plain(r.ID) }},
	ShelfLives: document[shelflife.Rule]{ShelfLives, func(r shelflife.Rule) (string, string, error) {
		return r.Category, "", plain(r.Category)
	}},
	Kits: document[catalogue.Kit]{Kits, func(k catalogue.Kit) (string, string, error) {
		return string(k.SKU), "", plain(string(k.SKU))
	}},
	QuickGroups: document[catalogue.QuickGroup]{QuickGroups, func(g catalogue.QuickGroup) (string, string, error) {
		return g.ID, "", plain(g.ID)
	}},
	Companies:   document[chain.Company]{Companies, func(chain.Company) (string, string, error) { return "chain", "", nil }},
	SellingWays: document[Selling]{SellingWays, func(Selling) (string, string, error) { return "chain", "", nil }},
	StockBases: document[StockBasis]{StockBases, func(b StockBasis) (string, string, error) {
		return b.Store, b.Store, plain(b.Store)
	}},
	Stocks:        stockTable{},
	Products:      productTable{},
	Barcodes:      barcodeTable{},
	PriceLists:    document[PriceList]{PriceLists, listKey},
	Regulations:   document[Regulation]{Regulations, regulationKey},
	Prices:        priceTable{},
	ListPrices:    priceTable{lists: true},
	CustomerCards: cardTable{},
}

// tableOf returns the table of that name; rows of an unknown one are kept as they are.
func tableOf(name string) table {
	if t, ok := tables[name]; ok {
		return t
	}
	return otherTable(name)
}

// plain refuses a part of a key that is empty, too long or holds a separator.
func plain(part string) error {
	if part == "" || len(part) > keyMax/2 || strings.ContainsAny(part, "/\x00\n") {
		return invalid("bad key part %q", part)
	}
	return nil
}

// canonical returns raw as this package hashes and sends it.
func canonical(raw []byte) ([]byte, error) {
	if len(raw) > rowMax {
		return nil, errcode.New(errcode.TooLarge, "refdata", invalid("row of %d bytes", len(raw)))
	}
	row, err := json.Marshal(json.RawMessage(raw))
	if err != nil {
		return nil, errcode.New(errcode.Invalid, "refdata", err)
	}
	return row, nil
}

func decodeAs[T any](raw []byte) (value T, err error) {
	if len(raw) > rowMax {
		return value, errcode.New(errcode.TooLarge, "refdata", invalid("row of %d bytes", len(raw)))
	}
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '{' {
		return value, invalid("row is not an object")
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		return value, errcode.New(errcode.Invalid, "refdata", err)
	}
	return value, nil
}

// recordOf makes the record of a row that is kept in columns.
func recordOf(key, store string, value any) (record, error) {
	row, err := json.Marshal(value)
	if err != nil {
		return record{}, errcode.New(errcode.Invalid, "refdata", err)
	}
	return record{key: key, store: store, row: row, value: value}, nil
}

// document is a small table that keeps its rows as JSON.
type document[T any] struct {
	name string
	keys func(T) (key, store string, err error)
}

func (d document[T]) decode(_ string, raw []byte) (record, error) {
	value, err := decodeAs[T](raw)
	if err != nil {
		return record{}, err
	}
	key, store, err := d.keys(value)
	if err != nil {
		return record{}, err
	}
	row, err := canonical(raw)
	return record{key: key, store: store, row: row, value: value}, err
}

func (d document[T]) get(q Querier, key string) (rec record, found bool, err error) {
	err = q.Query(`SELECT row FROM `+d.name+` WHERE key = ?`, func(r sqlite.Row) error {
		found = true
		rec, err = d.decode(key, []byte(r.Text(0)))
		return err
	}, key)
	return rec, found, err
}

func (d document[T]) put(w *writer, _ *record, rec record) error {
	return w.tx.Exec(`INSERT INTO `+d.name+` (key, row) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET row = excluded.row`, rec.key, string(rec.row))
}

func (d document[T]) del(w *writer, old record) error {
	return w.tx.Exec(`DELETE FROM `+d.name+` WHERE key = ?`, old.key)
}

// all returns the rows of the table in the order of their keys.
func (d document[T]) all(q Querier) (rows []T, err error) {
	err = q.Query(`SELECT row FROM `+d.name+` ORDER BY key`, func(r sqlite.Row) error {
		value, err := decodeAs[T]([]byte(r.Text(0)))
		rows = append(rows, value)
		return err
	})
	return rows, err
}

// otherTable keeps rows of a table that this version does not know.
type otherTable string

func (t otherTable) decode(key string, raw []byte) (record, error) {
	row, err := canonical(raw)
	if err == nil && (t == "" || len(t) > keyMax || key == "") {
		err = invalid("table %q, key %q", string(t), key)
	}
	return record{key: key, row: row}, err
}

func (t otherTable) get(q Querier, key string) (rec record, found bool, err error) {
	err = q.Query(`SELECT row FROM other WHERE tbl = ? AND key = ?`, func(r sqlite.Row) error {
		rec, found = record{key: key, row: []byte(r.Text(0))}, true
		return nil
	}, string(t), key)
	return rec, found, err
}

func (t otherTable) put(w *writer, _ *record, rec record) error {
	return w.tx.Exec(`INSERT INTO other (tbl, key, row) VALUES (?, ?, ?)
		ON CONFLICT (tbl, key) DO UPDATE SET row = excluded.row`, string(t), rec.key, string(rec.row))
}

func (t otherTable) del(w *writer, old record) error {
	return w.tx.Exec(`DELETE FROM other WHERE tbl = ? AND key = ?`, string(t), old.key)
}

func inRange(a money.Amount) bool { return a >= 0 && a <= receipt.PriceMax }

// Documents returns the rows of a table whose rows are T, by key.
func Documents[T any](q Querier, table string) ([]T, error) {
	d, ok := tables[table].(document[T])
	if !ok {
		return nil, invalid("table %q has other rows", table)
	}
	return d.all(q)
}

// DocumentByKey returns one row of such a table.
func DocumentByKey[T any](q Querier, table, key string) (value T, found bool, err error) {
	d, ok := tables[table].(document[T])
	if !ok {
		return value, false, invalid("table %q has other rows", table)
	}
	rec, found, err := d.get(q, key)
	if err != nil || !found {
		return value, false, err
	}
	return rec.value.(T), true, nil
}
