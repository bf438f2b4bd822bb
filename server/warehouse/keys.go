package warehouse

import (
	profile "tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// keys remembers the dense keys that were given, so that loading looks nothing
// up in the database.
type keys struct {
	products  map[string]product
	tills     map[place]int64
	employees map[string]int64
	works     map[work]bool
	staffs    map[string]int // how many work or have worked in a store
	customers map[string]int64
	cards     map[string]int64
	rules     map[string]rule

	undo []func() // what the transaction at hand has given
}

// set is m[name] = value until the transaction fails.
func set[K comparable, V any](k *keys, m map[K]V, name K, value V) {
	before, had := m[name]
	k.undo = append(k.undo, func() {
		if had {
			m[name] = before
		} else {
			delete(m, name)
		}
	})
	m[name] = value
}

// keep ends a transaction that was committed.
func (k *keys) keep() { k.undo = nil }

// forget takes back what a transaction gave that was not.
func (k *keys) forget() {
	for i := len(k.undo) - 1; i >= 0; i-- {
		k.undo[i]()
	}
	k.undo = nil
}

type product struct {
	key  int64
	line attributes // of the latest line
}

// attributes of a product as a receipt's line tells them.
type attributes struct{ ru, en, category, unit string }

type place struct {
	store string
	n     int
}

// work is a store where an employee has worked.
type work struct {
	store    string
	employee int64
}

func readKeys(q Querier) (*keys, error) {
	k := &keys{
		products:  map[string]product{},
		tills:     map[place]int64{},
		employees: map[string]int64{},
		works:     map[work]bool{},
		staffs:    map[string]int{},
		customers: map[string]int64{},
		cards:     map[string]int64{},
	}
	err := q.Query(`SELECT key, sku, name_ru, name_en, category, unit FROM product`, func(r sqlite.Row) error {
		k.products[r.Text(1)] = product{r.Int64(0), attributes{r.Text(2), r.Text(3), r.Text(4), r.Text(5)}}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = q.Query(`SELECT key, store, n FROM till`, func(r sqlite.Row) error {
		k.tills[place{r.Text(1), r.Int(2)}] = r.Int64(0)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = q.Query(`SELECT store, employee FROM employee_store`, func(r sqlite.Row) error {
		k.works[work{r.Text(0), r.Int64(1)}] = true
		k.staffs[r.Text(0)]++
		return nil
	})
	if err != nil {
		return nil, err
	}
	for sql, into := range map[string]map[string]int64{
		`SELECT key, id FROM employee`:    k.employees,
		`SELECT key, id FROM customer`:    k.customers,
		`SELECT customer, card FROM card`: k.cards,
	} {
		err := q.Query(sql, func(r sqlite.Row) error {
			into[r.Text(1)] = r.Int64(0)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	k.rules, err = readRules(q)
	return k, err
}

// product returns the key of a line's product and keeps what the line says of it.
func (k *keys) product(tx *sqlite.Tx, l *receipt.Line, revision int64) (int64, error) {
	said := attributes{l.Name.RU, l.Name.EN, l.Category, string(l.Unit)}
	have, ok := k.products[string(l.SKU)]
	switch {
	case ok && have.line == said:
		return have.key, nil
	case ok:
		have.line = said
		set(k, k.products, string(l.SKU), have)
		if err := setMeta(tx, "names", revision); err != nil {
			return 0, err
		}
		return have.key, tx.Exec(`UPDATE product
			SET name_ru = ?, name_en = ?, category = ?, unit = ?
			WHERE key = ?`, said.ru, said.en, said.category, said.unit, have.key)
	}
	have = product{int64(len(k.products)), said}
	set(k, k.products, string(l.SKU), have)
	return have.key, tx.Exec(`INSERT INTO product (key, sku, name_ru, name_en, category, unit)
		VALUES (?, ?, ?, ?, ?, ?)`, have.key, string(l.SKU), said.ru, said.en, said.category, said.unit)
}

func (k *keys) till(tx *sqlite.Tx, store string, n int) (int64, error) {
	at := place{store, n}
	if key, ok := k.tills[at]; ok {
		return key, nil
	}
	key := int64(len(k.tills))
	set(k, k.tills, at, key)
	return key, tx.Exec(`INSERT INTO till (key, store, n) VALUES (?, ?, ?)`, key, store, n)
}

func (k *keys) employee(tx *sqlite.Tx, id, store string) (int64, error) {
	key, ok := k.employees[id]
	if !ok {
		key = int64(len(k.employees))
		set(k, k.employees, id, key)
		if err := tx.Exec(`INSERT INTO employee (key, id) VALUES (?, ?)`, key, id); err != nil {
			return 0, err
		}
	}
	at := work{store, key}
	if k.works[at] {
		return key, nil
	}
	set(k, k.works, at, true)
	set(k, k.staffs, store, k.staffs[store]+1)
	return key, tx.Exec(`INSERT INTO employee_store (store, employee) VALUES (?, ?)`, store, key)
}

func (k *keys) customer(tx *sqlite.Tx, id string, pos int64) (int64, error) {
	if key, ok := k.customers[id]; ok {
		return key, nil
	}
	key := int64(len(k.customers))
	set(k, k.customers, id, key)
	return key, tx.Exec(`INSERT INTO customer (key, id, pos) VALUES (?, ?, ?)`, key, id, pos)
}

// staffMax is how many people a store may have seen: one that reports more does not
// use up the keys of the others.
const staffMax = 4096

// room returns an error when a fact names something new that no key is left for.
// What was named before goes on.
func (k *keys) room(e *entry) error {
	h := e.fact.Header
	if _, known := k.tills[place{h.Store, h.Till}]; !known && len(k.tills) >= 1<<16-1 {
		return quarantined(errcode.TooLarge, "no keys left for tills")
	}
	customer, cashier := "", ""
	switch body := e.body.(type) {
	case *sale:
		customer, cashier = body.Customer, body.Cashier
		if fresh := k.fresh(body); len(k.products)+fresh > segment.KeyMax {
			return quarantined(errcode.TooLarge, "no keys left for %d products", fresh)
		}
	case *receipt.Receipt:
		cashier = body.Cashier
	case *profile.Customer:
		customer = body.ID
	default:
		return nil
	}
	if _, known := k.customers[customer]; !known && len(k.customers) >= segment.KeyMax-1 {
		return quarantined(errcode.TooLarge, "no keys left for customers")
	}
	if _, ok := e.body.(*profile.Customer); ok {
		return nil
	}
	key, known := k.employees[cashier]
	if !known && len(k.employees) >= 1<<16-1 || !k.works[work{h.Store, key}] && k.staffs[h.Store] >= staffMax {
		return quarantined(errcode.TooLarge, "no keys left for employees")
	}
	return nil
}

// fresh counts the products of a receipt that have no key yet.
func (k *keys) fresh(s *sale) (n int) {
	for i := range s.Lines {
		if _, known := k.products[string(s.Lines[i].SKU)]; !known {
			n++
		}
	}
	return n
}
