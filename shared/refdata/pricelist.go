package refdata

import (
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/sqlite"
)

// Tables of price lists and regulated prices in the feed.
const (
	PriceLists  = "price_list" // PriceList, ID of the list
	ListPrices  = "list_price" // catalogue.Price, list/sku/store/from
	Regulations = "regulation" // Regulation, ID
)

// PriceList is a price list with what people need to know of it. Its prices are
// rows of their own.
type PriceList struct {
	List    pricing.List `json:"list"`
	Stopped bool         `json:"stopped,omitempty"` // by hand, whatever its dates say
	By      string       `json:"by,omitempty"`      // login of who changed it last
	At      int64        `json:"at,omitempty"`      // unix ms of that
}

// Regulation is a regulated price with what people need to know of it.
type Regulation struct {
	Regulation pricing.Regulation `json:"regulation"`
	Stopped    bool               `json:"stopped,omitempty"`
	By         string             `json:"by,omitempty"`
	At         int64              `json:"at,omitempty"`
}

func listKey(l PriceList) (string, string, error) { return l.List.ID, "", plain(l.List.ID) }

func regulationKey(g Regulation) (string, string, error) {
	return g.Regulation.ID, "", plain(g.Regulation.ID)
}

// AllPriceLists returns the price lists by ID, those that are over or stopped too.
func AllPriceLists(q Querier) ([]PriceList, error) {
	return tables[PriceLists].(document[PriceList]).all(q)
}

// PriceListByID returns one price list.
func PriceListByID(q Querier, id string) (PriceList, bool, error) {
	rec, found, err := tables[PriceLists].get(q, id)
	if err != nil || !found {
		return PriceList{}, false, err
	}
	return rec.value.(PriceList), true, nil
}

// AllRegulations returns the regulated prices by ID.
func AllRegulations(q Querier) ([]Regulation, error) {
	return tables[Regulations].(document[Regulation]).all(q)
}

// RegulationByID returns one regulated price.
func RegulationByID(q Querier, id string) (Regulation, bool, error) {
	rec, found, err := tables[Regulations].get(q, id)
	if err != nil || !found {
		return Regulation{}, false, err
	}
	return rec.value.(Regulation), true, nil
}

// CheckPriceList refuses a list that makes no sense, or whose ID can't be a key.
func CheckPriceList(l PriceList) error {
	return checkSet(pricing.Set{Lists: []pricing.List{l.List}}, l.List.ID, "lists[0].id")
}

// CheckRegulation refuses a regulation that makes no sense, or whose ID can't be a key.
func CheckRegulation(g Regulation) error {
	return checkSet(pricing.Set{Regulations: []pricing.Regulation{g.Regulation}}, g.Regulation.ID, "regulations[0].id")
}

func checkSet(set pricing.Set, id, path string) error {
	if err := set.Validate(); err != nil {
		return err
	}
	if err := plain(id); err != nil {
		return errcode.New(errcode.Invalid, "refdata.checkSet", pricing.Problems{{Path: path, Code: pricing.ProblemFormat}})
	}
	return nil
}

// ListPrice is a price in a list with the article that it is of.
type ListPrice struct {
	catalogue.Price
	Name  catalogue.Text
	Shelf money.Amount // in the same store now, 0 when there is none
}

// ListPricesOf returns what a list says from now on, ended prices too: by name,
// article, store and time, those with text in their name or article number, at
// most limit from offset on, and how many there are: of the whole list, and of the
// stores that sees lets through. at is unix ms.
func ListPricesOf(q Querier, list, text string, sees func(store string) bool, at int64, offset, limit int) (rows []ListPrice, total int, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	err = q.Query(`SELECT x.product, a.sku, x.store, x.from_ms, x.amount, x.min, p.name_ru, p.name_en
		FROM price x JOIN product p ON p.id = x.product LEFT JOIN article a ON a.id = x.product
		WHERE x.list = ? AND NOT EXISTS (SELECT 1 FROM price n WHERE n.product = x.product AND n.list = x.list
			AND n.store = x.store AND n.from_ms > x.from_ms AND n.from_ms <= ?)
		ORDER BY p.name_ru, x.product, x.store, x.from_ms`, func(r sqlite.Row) error {
		row := ListPrice{
			Price: catalogue.Price{
				List: list, SKU: skuText(r.Int64(0), r.Text(1)), Store: r.Text(2), From: r.Int64(3),
				Amount: money.Amount(r.Int64(4)), Min: money.Amount(r.Int64(5)), Ended: r.Null(4),
			},
			Name: catalogue.Text{RU: r.Text(6), EN: r.Text(7)},
		}
		if row.Store != "" && !sees(row.Store) || !strings.Contains(strings.ToLower(string(row.SKU)+"\n"+row.Name.RU+"\n"+row.Name.EN), text) {
			return nil
		}
		if total++; total > offset && len(rows) < limit {
			rows = append(rows, row)
		}
		return nil
	}, list, at)
	if err != nil {
		return nil, 0, err
	}
	for i := range rows {
		shelf, _, err := PriceAt(q, rows[i].SKU, rows[i].Store, at)
		if err != nil {
			return nil, 0, err
		}
		rows[i].Shelf = shelf.Amount
	}
	return rows, total, nil
}

// CountListPrices returns how many articles each list has a price for.
func CountListPrices(q Querier) (map[string]int, error) {
	counts := map[string]int{}
	err := q.Query(`SELECT list, count(DISTINCT product) FROM price WHERE list <> '' AND amount IS NOT NULL GROUP BY list`, func(r sqlite.Row) error {
		counts[r.Text(0)] = r.Int(1)
		return nil
	})
	return counts, err
}

// CustomerGroups returns the groups and segments that customers' cards have.
func CustomerGroups(q Querier) (groups []string, err error) {
	err = q.Query(`SELECT DISTINCT g.value FROM customer_card c, json_each(c.groups) g WHERE c.groups IS NOT NULL ORDER BY 1`, func(r sqlite.Row) error {
		groups = append(groups, r.Text(0))
		return nil
	})
	return groups, err
}

// Against counts the shelf prices in force that a regulation does not allow.
type Against struct {
	Above int // dearer than the highest price
	Below int // cheaper than the least
}

// AgainstRegulations looks through the shelf prices in force at a moment (unix
// ms), those of stores and of the chain, and counts for each regulation by ID
// those that are against it, whatever its dates and stores are.
func AgainstRegulations(q Querier, list []pricing.Regulation, at int64) (map[string]Against, error) {
	tree, err := AllCategories(q)
	if err != nil {
		return nil, err
	}
	counts := map[string]Against{}
	rules := map[string]*pricing.Rules{}
	for _, g := range list {
		if g.Min == 0 && g.Max == 0 {
			continue
		}
		g.From, g.Until, g.Stores = "", "", nil
		if rules[g.ID], err = pricing.Compile(pricing.Set{Regulations: []pricing.Regulation{g}}, tree); err != nil {
			return nil, err
		}
	}
	if len(rules) == 0 {
		return counts, nil
	}
	err = q.Query(`SELECT x.product, a.sku, p.category, x.amount FROM price x JOIN product p ON p.id = x.product
		LEFT JOIN article a ON a.id = x.product
		WHERE x.list = '' AND x.from_ms <= ?1 AND NOT EXISTS (SELECT 1 FROM price n WHERE n.product = x.product AND n.list = ''
			AND n.store = x.store AND n.from_ms > x.from_ms AND n.from_ms <= ?1)`, func(r sqlite.Row) error {
		item := pricing.Item{SKU: skuText(r.Int64(0), r.Text(1)), Category: r.Text(2), Price: money.Amount(r.Int64(3))}
		for id, rule := range rules {
			least, most, _ := rule.Bounds(pricing.Basket{}, item)
			count := counts[id]
			if least > item.Price {
				count.Below++
			}
			if most > 0 && most < item.Price {
				count.Above++
			}
			counts[id] = count
		}
		return nil
	}, at)
	return counts, err
}
