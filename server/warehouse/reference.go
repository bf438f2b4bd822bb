package warehouse

import (
	"fmt"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// costs are purchase costs of one unit by article, then store (” is the
// chain), in the order of their beginning.
type costs map[string]map[string][]cost

type cost struct {
	from   int64
	amount money.Amount
}

// of returns what a quantity of an article cost a store at a moment: its own
// cost if it has one, else the chain's; 0 when unknown.
func (c costs) of(sku, store string, at, milli int64) int64 {
	byStore := c[sku]
	for _, owner := range []string{store, ""} {
		list := byStore[owner]
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].from <= at {
				return int64(quantity.Milli(milli).Cost(list[i].amount))
			}
		}
	}
	return 0
}

func (c costs) add(sku, store string, from int64, amount money.Amount) {
	if c[sku] == nil {
		c[sku] = map[string][]cost{}
	}
	c[sku][store] = append(c[sku][store], cost{from, min(amount, receipt.PriceMax)}) // one of before may be absurd
}

func readCosts(q Querier) (costs, error) {
	all := costs{}
	return all, q.Query(`SELECT sku, store, from_ms, cost
		FROM ref_cost
		ORDER BY sku, store, from_ms`, func(r sqlite.Row) error {
		all.add(r.Text(0), r.Text(1), r.Int64(2), money.Amount(r.Int64(3)))
		return nil
	})
}

// reference is what the warehouse takes over from the reference data.
type reference struct {
	products   []catalogue.Product
	categories []catalogue.Category
	stores     []catalogue.Store
	employees  []person
	costs      costs
	groups     map[string]string // of customers
}

type person struct{ id, name, role, store string }

// Refer takes over names, the assortment tree and costs from the reference data
// when its version is another than the one held. Lines whose cost is another
// now are computed again.
func (w *Warehouse) Refer(ref Reference) error {
	w.loading.Lock()
	defer w.loading.Unlock()
	version := ref.Version()
	held, err := metaOf(w.read, "reference")
	if err != nil || held == version && version != 0 {
		return err
	}
	var fresh reference
	err = ref.View(func(q refdata.Querier) error {
		fresh, err = readReference(q)
		return err
	})
	if err != nil {
		return fmt.Errorf("read reference data: %w", err)
	}
	dearer := changedCosts(w.costs, fresh.costs)
	err = w.db.Write(func(tx *sqlite.Tx) error {
		if err := fresh.write(tx); err != nil {
			return err
		}
		revision, err := nextRevision(tx)
		if err != nil {
			return err
		}
		if err := writeGroups(tx, fresh.groups, revision); err != nil {
			return err
		}
		if len(dearer) > 0 {
			if err := recost(tx, dearer, fresh.costs, revision); err != nil {
				return err
			}
		}
		return setMeta(tx, "reference", version)
	})
	if err != nil {
		return fmt.Errorf("take over reference data: %w", err)
	}
	w.costs = fresh.costs
	w.news.Post()
	return nil
}

func readReference(q refdata.Querier) (r reference, err error) {
	if r.categories, err = refdata.AllCategories(q); err != nil {
		return r, err
	}
	if r.stores, err = refdata.AllStores(q); err != nil {
		return r, err
	}
	employees, err := refdata.AllEmployees(q)
	if err != nil {
		return r, err
	}
	for _, e := range employees {
		r.employees = append(r.employees, person{e.ID, e.Name, string(e.Role), e.Store})
	}
	err = refdata.EachProduct(q, func(p catalogue.Product) error {
		r.products = append(r.products, p)
		return nil
	})
	if err != nil {
		return r, err
	}
	if r.groups, err = readGroups(q); err != nil {
		return r, err
	}
	r.costs = costs{}
	return r, refdata.EachPrice(q, func(p catalogue.Price) error {
		if p.Cost > 0 { // a price set without a cost leaves the one known
			r.costs.add(string(p.SKU), p.Store, p.From, p.Cost)
		}
		return nil
	})
}

func (r *reference) write(tx *sqlite.Tx) error {
	for _, table := range []string{"ref_product", "ref_category", "ref_store", "ref_employee", "ref_cost"} {
		if err := tx.Exec(`DELETE FROM ` + table); err != nil {
			return err
		}
	}
	for _, p := range r.products {
		err := tx.Exec(`INSERT INTO ref_product (sku, name_ru, name_en, category) VALUES (?, ?, ?, ?)`,
			string(p.SKU), p.Name.RU, p.Name.EN, p.Category)
		if err != nil {
			return err
		}
	}
	for _, c := range r.categories {
		err := tx.Exec(`INSERT INTO ref_category (id, parent, name_ru, name_en) VALUES (?, ?, ?, ?)`,
			c.ID, c.Parent, c.Name.RU, c.Name.EN)
		if err != nil {
			return err
		}
	}
	for _, s := range r.stores {
		err := tx.Exec(`INSERT INTO ref_store (id, name_ru, name_en, region, area, lat, lon) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			s.ID, s.Name.RU, s.Name.EN, s.Region, s.Area, int64(s.Lat), int64(s.Lon))
		if err != nil {
			return err
		}
	}
	for _, e := range r.employees {
		err := tx.Exec(`INSERT INTO ref_employee (id, name, role, store) VALUES (?, ?, ?, ?)`, e.id, e.name, e.role, e.store)
		if err != nil {
			return err
		}
	}
	for sku, byStore := range r.costs {
		for store, list := range byStore {
			for _, c := range list {
				err := tx.Exec(`INSERT OR REPLACE INTO ref_cost (sku, store, from_ms, cost) VALUES (?, ?, ?, ?)`,
					sku, store, c.from, int64(c.amount))
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// changedCosts returns the articles whose costs differ.
func changedCosts(old, fresh costs) map[string]bool {
	changed := map[string]bool{}
	for sku, byStore := range fresh {
		if !sameCosts(old[sku], byStore) {
			changed[sku] = true
		}
	}
	for sku := range old {
		if _, ok := fresh[sku]; !ok {
			changed[sku] = true
		}
	}
	return changed
}

func sameCosts(a, b map[string][]cost) bool {
	if len(a) != len(b) {
		return false
	}
	for store, list := range a {
		if !slices.Equal(list, b[store]) {
			return false
		}
	}
	return true
}

// recosted is a line whose cost changes.
type recosted struct {
	receipt, n, customer int64
	known                bool
	store                string
	day, change          int64
}

// recost computes the cost of every line of some articles again and carries
// the differences into the sums of receipts and customers.
func recost(tx *sqlite.Tx, changed map[string]bool, all costs, revision int64) error {
	skus := map[int64]string{}
	err := tx.Query(`SELECT key, sku FROM product`, func(r sqlite.Row) error {
		if changed[r.Text(1)] {
			skus[r.Int64(0)] = r.Text(1)
		}
		return nil
	})
	if err != nil || len(skus) == 0 {
		return err
	}
	var list []recosted
	err = tx.Query(`SELECT l.product, l.receipt, l.n, l.quantity, l.cost, r.store, r.at, r.day, r.customer
		FROM receipt_line l
		JOIN receipt r ON r.pos = l.receipt
		WHERE l.voided = 0
		ORDER BY l.receipt, l.n`, func(r sqlite.Row) error {
		sku, ok := skus[r.Int64(0)]
		if !ok {
			return nil
		}
		cost := all.of(sku, r.Text(5), r.Int64(6), r.Int64(3))
		if change := cost - r.Int64(4); change != 0 {
			list = append(list, recosted{
				receipt: r.Int64(1), n: r.Int64(2), customer: r.Int64(8), known: !r.Null(8),
				store: r.Text(5), day: r.Int64(7), change: change,
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, l := range list {
		if err := l.write(tx, revision); err != nil {
			return err
		}
	}
	return nil
}

func (l recosted) write(tx *sqlite.Tx, revision int64) error {
	err := tx.Exec(`UPDATE receipt_line SET cost = cost + ? WHERE receipt = ? AND n = ?`, l.change, l.receipt, l.n)
	if err != nil {
		return err
	}
	if err := tx.Exec(`UPDATE receipt SET cost = cost + ? WHERE pos = ?`, l.change, l.receipt); err != nil {
		return err
	}
	if l.known {
		if err := tx.Exec(`UPDATE customer_metrics SET cost = cost + ? WHERE customer = ?`, l.change, l.customer); err != nil {
			return err
		}
		if err := changeCustomer(tx, l.customer, revision); err != nil {
			return err
		}
	}
	return changeDay(tx, l.store, l.day, revision)
}
