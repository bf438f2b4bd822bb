package refdata

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
	"tillsight/shared/tax"
)

// idOf returns the id of an article, 0 when it has none yet.
func idOf(q Querier, sku catalogue.SKU) (id int64, err error) {
	if n, ok := number(string(sku)); ok {
		return n, nil
	}
	err = q.Query(`SELECT id FROM article WHERE sku = ?`, func(r sqlite.Row) error {
		id = r.Int64(0)
		return nil
	}, string(sku))
	return id, err
}

// giveID is idOf that gives a new article its id.
func giveID(tx *sqlite.Tx, sku catalogue.SKU) (int64, error) {
	id, err := idOf(tx, sku)
	if id != 0 || err != nil {
		return id, err
	}
	err = tx.Exec(`INSERT INTO article (id, sku)
		VALUES (coalesce((SELECT min(id) FROM article), 0) - 1, ?)`, string(sku))
	if err != nil {
		return 0, err
	}
	return idOf(tx, sku)
}

// skuOf is the way back from idOf.
func skuOf(q Querier, id int64) (sku catalogue.SKU, err error) {
	if id > 0 {
		return catalogue.SKU(strconv.FormatInt(id, 10)), nil
	}
	err = q.Query(`SELECT sku FROM article WHERE id = ?`, func(r sqlite.Row) error {
		sku = catalogue.SKU(r.Text(0))
		return nil
	}, id)
	return sku, err
}

// null stores an empty text as NULL, which takes no room.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

type productTable struct{}

func (productTable) decode(_ string, raw []byte) (record, error) {
	p, err := decodeAs[catalogue.Product](raw)
	if err != nil {
		return record{}, err
	}
	if err := plain(string(p.SKU)); err != nil {
		return record{}, err
	}
	switch {
	case p.Name.RU == "" || utf8.RuneCountInString(p.Name.RU) > nameMax || utf8.RuneCountInString(p.Name.EN) > nameMax:
		return record{}, invalid("product %s: name of %d bytes", p.SKU, len(p.Name.RU))
	case !p.Unit.Known():
		return record{}, invalid("product %s: unit %q", p.SKU, p.Unit)
	case p.MinAge < 0 || p.MinAge > 120:
		return record{}, invalid("product %s: age %d", p.SKU, p.MinAge)
	}
	return recordOf(string(p.SKU), "", p)
}

const productColumns = `p.name_ru, p.name_en, p.category, p.unit, p.tax, p.plu, p.picture, p.min_age, p.stopped`

// scanProduct reads productColumns from column i on.
func scanProduct(r sqlite.Row, i int) catalogue.Product {
	return catalogue.Product{
		Name:     catalogue.Text{RU: r.Text(i), EN: r.Text(i + 1)},
		Category: r.Text(i + 2),
		Unit:     quantity.Unit(r.Text(i + 3)),
		Tax:      tax.Class(r.Text(i + 4)),
		PLU:      r.Text(i + 5),
		Picture:  r.Text(i + 6),
		MinAge:   r.Int(i + 7),
		Stopped:  r.Bool(i + 8),
	}
}

func (productTable) get(q Querier, key string) (record, bool, error) {
	id, err := idOf(q, catalogue.SKU(key))
	if err != nil || id == 0 {
		return record{}, false, err
	}
	found := false
	var p catalogue.Product
	err = q.Query(`SELECT `+productColumns+` FROM product p WHERE p.id = ?`, func(r sqlite.Row) error {
		found = true
		p = scanProduct(r, 0)
		return nil
	}, id)
	if err != nil || !found {
		return record{}, false, err
	}
	p.SKU = catalogue.SKU(key)
	rec, err := recordOf(key, "", p)
	return rec, true, err
}

func (productTable) put(w *writer, before *record, rec record) error {
	p := rec.value.(catalogue.Product)
	id, err := giveID(w.tx, p.SKU)
	if err != nil {
		return err
	}
	if before != nil {
		w.index(id, before.value.(catalogue.Product).Name, false)
	}
	w.index(id, p.Name, true)
	return w.tx.Exec(`INSERT OR REPLACE INTO product
		(id, name_ru, name_en, category, unit, tax, plu, picture, min_age, stopped)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, p.Name.RU, null(p.Name.EN), p.Category, string(p.Unit), string(p.Tax),
		null(p.PLU), null(p.Picture), p.MinAge, p.Stopped)
}

func (productTable) del(w *writer, old record) error {
	p := old.value.(catalogue.Product)
	id, err := idOf(w.tx, p.SKU)
	if err != nil {
		return err
	}
	w.index(id, p.Name, false)
	return w.tx.Exec(`DELETE FROM product WHERE id = ?`, id)
}

type barcodeTable struct{}

// codeValue is a barcode as stored: a number when it has 14 digits.
func codeValue(code string) any {
	if len(code) == 14 && strings.Trim(code, "0123456789") == "" {
		if n, ok := number(strings.TrimLeft(code, "0")); ok {
			return n
		}
	}
	return code
}

func (barcodeTable) decode(_ string, raw []byte) (record, error) {
	b, err := decodeAs[catalogue.Barcode](raw)
	if err != nil {
		return record{}, err
	}
	if err := plain(string(b.SKU)); err != nil {
		return record{}, err
	}
	if b.GTIN == "" || len(b.GTIN) > keyMax {
		return record{}, invalid("barcode of %d bytes", len(b.GTIN))
	}
	if b.Factor <= 0 || b.Factor > 10_000*quantity.One {
		return record{}, invalid("barcode %s: factor %d", b.GTIN, b.Factor)
	}
	return recordOf(b.GTIN, "", b)
}

func (barcodeTable) get(q Querier, key string) (record, bool, error) {
	b := catalogue.Barcode{GTIN: key}
	var id int64
	err := q.Query(`SELECT product, factor FROM barcode WHERE code = ?`, func(r sqlite.Row) error {
		id, b.Factor = r.Int64(0), quantity.Milli(r.Int64(1))
		return nil
	}, codeValue(key))
	if err != nil || id == 0 {
		return record{}, false, err
	}
	if b.SKU, err = skuOf(q, id); err != nil {
		return record{}, false, err
	}
	rec, err := recordOf(key, "", b)
	return rec, true, err
}

func (barcodeTable) put(w *writer, _ *record, rec record) error {
	b := rec.value.(catalogue.Barcode)
	id, err := giveID(w.tx, b.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`INSERT OR REPLACE INTO barcode (code, product, factor) VALUES (?, ?, ?)`,
		codeValue(b.GTIN), id, int64(b.Factor))
}

func (barcodeTable) del(w *writer, old record) error {
	return w.tx.Exec(`DELETE FROM barcode WHERE code = ?`, codeValue(old.key))
}

type cardTable struct{}

func (cardTable) decode(_ string, raw []byte) (record, error) {
	c, err := decodeAs[Card](raw)
	if err != nil {
		return record{}, err
	}
	if c.Card == "" || len(c.Card) > keyMax || c.Customer == "" || len(c.Customer) > keyMax || utf8.RuneCountInString(c.Name) > nameMax || len(c.Groups) > groupsMax {
		return record{}, invalid("card %q of customer %q", c.Card, c.Customer)
	}
	return recordOf(c.Card, "", c)
}

func (cardTable) get(q Querier, key string) (record, bool, error) {
	card, found, err := CustomerByCard(q, key)
	if err != nil || !found {
		return record{}, false, err
	}
	rec, err := recordOf(key, "", card)
	return rec, true, err
}

func (cardTable) put(w *writer, _ *record, rec record) error {
	c := rec.value.(Card)
	return w.tx.Exec(`INSERT OR REPLACE INTO customer_card (card, customer, name, groups) VALUES (?, ?, ?, ?)`,
		c.Card, c.Customer, null(c.Name), groupsText(c.Groups))
}

func (cardTable) del(w *writer, old record) error {
	return w.tx.Exec(`DELETE FROM customer_card WHERE card = ?`, old.key)
}

// groupsMax limits the groups of a customer.
const groupsMax = 100

// groupsText writes groups as they are stored: NULL for none.
func groupsText(groups []string) any {
	if len(groups) == 0 {
		return nil
	}
	text, err := json.Marshal(groups)
	if err != nil {
		return nil // strings are always written
	}
	return string(text)
}
