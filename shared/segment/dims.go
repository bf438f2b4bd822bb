package segment

import (
	"fmt"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// KeyMax bounds the keys of a dimension, so that a damaged file can't ask for
// an absurd table.
const KeyMax = 1 << 24

// Dims are the dimension tables. A row's index is its key; a key that no file
// brought has an empty ID.
type Dims struct {
	Products   []Product
	Categories []Category
	Stores     []Store
	Tills      []Till
	Cashiers   []Cashier
	Customers  []Customer
	People     []Person  // by customer key; empty for who may not see personal data
	Segments   []Segment // of customers
	Members    [][]int32 // customer keys by segment key, ascending
	Rules      []Rule    // what takes something off a price

	Plans    []Plan    // nothing refers to them: their order is that of the files
	Expenses []Expense // as plans; those of the chain only for who may see all of it
}

// Product is an article. Category is a key, -1 when it has none.
type Product struct {
	SKU      string
	Name     catalogue.Text
	Category int32
}

// Category is a node of the assortment tree. Parent is a key, -1 at the root.
type Category struct {
	ID     string
	Name   catalogue.Text
	Parent int32
}

// Store is a shop.
type Store struct {
	ID     string
	Name   catalogue.Text
	Region string
	Lat    int32 // where it stands, millionths of degrees north and
	Lon    int32 // east; both 0: nobody has said
}

// Till is a checkout of a store. Its ID is "store-till".
type Till struct {
	ID    string
	Store string
	N     int32
}

// Cashier is an employee. Store is where he was first seen at a till.
type Cashier struct {
	ID    string
	Name  string
	Store string
}

// Rows is a set of rows of one dimension with their keys, as one file holds it.
type Rows[T any] struct {
	Keys []int32
	Rows []T
}

// ProductFile returns products in file form.
func ProductFile(r Rows[Product]) File {
	n := len(r.Rows)
	sku, ru, en, category := make([]string, n), make([]string, n), make([]string, n), make([]int32, n)
	for i, row := range r.Rows {
		sku[i], ru[i], en[i], category[i] = row.SKU, row.Name.RU, row.Name.EN, row.Category
	}
	return dimFile(TableProduct, "", r.Keys, Column{"sku", sku}, Column{"ru", ru}, Column{"en", en}, Column{"category", category})
}

// CategoryFile returns categories in file form.
func CategoryFile(r Rows[Category]) File {
	n := len(r.Rows)
	id, ru, en, parent := make([]string, n), make([]string, n), make([]string, n), make([]int32, n)
	for i, row := range r.Rows {
		id[i], ru[i], en[i], parent[i] = row.ID, row.Name.RU, row.Name.EN, row.Parent
	}
	return dimFile(TableCategory, "", r.Keys, Column{"id", id}, Column{"ru", ru}, Column{"en", en}, Column{"parent", parent})
}

// StoreFile returns stores in file form.
func StoreFile(r Rows[Store]) File {
	n := len(r.Rows)
	id, ru, en, region := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	lat, lon := make([]int32, n), make([]int32, n)
	for i, row := range r.Rows {
		id[i], ru[i], en[i], region[i] = row.ID, row.Name.RU, row.Name.EN, row.Region
		lat[i], lon[i] = row.Lat, row.Lon
	}
	return dimFile(TableStore, "", r.Keys, Column{"id", id}, Column{"ru", ru}, Column{"en", en}, Column{"region", region},
		Column{"lat", lat}, Column{"lon", lon})
}

// TillFile returns tills in file form.
func TillFile(r Rows[Till]) File {
	n := len(r.Rows)
	id, store, number := make([]string, n), make([]string, n), make([]int32, n)
	for i, row := range r.Rows {
		id[i], store[i], number[i] = row.ID, row.Store, row.N
	}
	return dimFile(TableTill, "", r.Keys, Column{"id", id}, Column{"store", store}, Column{"n", number})
}

// CashierFile returns the cashiers of one store in file form.
func CashierFile(store string, r Rows[Cashier]) File {
	n := len(r.Rows)
	id, name, at := make([]string, n), make([]string, n), make([]string, n)
	for i, row := range r.Rows {
		id[i], name[i], at[i] = row.ID, row.Name, row.Store
	}
	return dimFile(TableCashier, store, r.Keys, Column{"id", id}, Column{"name", name}, Column{"store", at})
}

func dimFile(table Table, store string, keys []int32, columns ...Column) File {
	if keys == nil {
		keys = []int32{}
	}
	return File{Table: table, Store: store, Columns: append([]Column{{"key", keys}}, columns...)}
}

// Add puts the rows of a dimension file into d.
func (d *Dims) Add(f File) error {
	r := &reader{f: f}
	keys := read[int32](r, "key", -1)
	for _, key := range keys {
		if (key < 0 || key >= KeyMax) && r.err == nil {
			r.err = fmt.Errorf("key %d", key)
		}
	}
	if r.err == nil {
		d.add(r, f.Table, keys)
	}
	if r.err != nil {
		return errcode.New(errcode.DBDamaged, "segment.Dims.Add", r.err)
	}
	return nil
}

func (d *Dims) add(r *reader, table Table, keys []int32) {
	n := len(keys)
	text := func(name string) []string { return read[string](r, name, n) }
	switch table {
	case TableProduct:
		sku, ru, en, category := text("sku"), text("ru"), text("en"), read[int32](r, "category", n)
		d.Products = place(r, d.Products, keys, func(i int) Product {
			return Product{sku[i], catalogue.Text{RU: ru[i], EN: en[i]}, category[i]}
		})
	case TableCategory:
		id, ru, en, parent := text("id"), text("ru"), text("en"), read[int32](r, "parent", n)
		d.Categories = place(r, d.Categories, keys, func(i int) Category {
			return Category{id[i], catalogue.Text{RU: ru[i], EN: en[i]}, parent[i]}
		})
	case TableStore:
		id, ru, en, region := text("id"), text("ru"), text("en"), text("region")
		lat, lon := read[int32](r, "lat", n), read[int32](r, "lon", n)
		d.Stores = place(r, d.Stores, keys, func(i int) Store {
			return Store{id[i], catalogue.Text{RU: ru[i], EN: en[i]}, region[i], lat[i], lon[i]}
		})
	case TableTill:
		id, store, number := text("id"), text("store"), read[int32](r, "n", n)
		d.Tills = place(r, d.Tills, keys, func(i int) Till { return Till{id[i], store[i], number[i]} })
	case TableCashier:
		id, name, store := text("id"), text("name"), text("store")
		d.Cashiers = place(r, d.Cashiers, keys, func(i int) Cashier { return Cashier{id[i], name[i], store[i]} })
	case TableCustomer, TablePerson, TableSegment, TableMember:
		d.addCustomers(r, table, keys)
	case TableRule:
		id, ru, en, marked := text("id"), text("ru"), text("en"), read[uint8](r, "marked", n)
		d.Rules = place(r, d.Rules, keys, func(i int) Rule {
			return Rule{id[i], catalogue.Text{RU: ru[i], EN: en[i]}, marked[i] != 0}
		})
	case TablePlan, TableExpense:
		d.addOffice(r, n)
	default:
		r.err = fmt.Errorf("file of %q", table)
	}
}

// place sets table[keys[i]] = row(i), making the table longer where needed.
func place[T any](r *reader, table []T, keys []int32, row func(int) T) []T {
	if r.err != nil {
		return table
	}
	top := len(table)
	for _, key := range keys {
		top = max(top, int(key)+1)
	}
	if top > len(table) {
		table = append(make([]T, 0, top), table...)[:top]
	}
	for i, key := range keys {
		table[key] = row(i)
	}
	return table
}
