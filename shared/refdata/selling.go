package refdata

import (
	"slices"
	"strings"

	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
	"tillsight/shared/sqlite"
)

// Tables of the rules of sale in the feed.
const (
	SaleBans    = "sale_ban"    // ban.Rule, ID
	ShelfLives  = "shelf_life"  // shelflife.Rule, category
	Kits        = "kit"         // catalogue.Kit, SKU
	QuickGroups = "quick_group" // catalogue.QuickGroup, ID
	SellingWays = "selling"     // Selling, "chain"
	Stocks      = "stock"       // Stock, store/sku
	StockBases  = "stock_basis" // StockBasis, store
)

// Selling is how the chain's tills sell, where a chain may choose.
type Selling struct {
	Grouping receipt.Grouping `json:"grouping,omitempty"` // of equal positions
	// SeniorsWeigh leaves typing a weight to people with staff.ManualWeight; others
	// scan the label of a scale.
	SeniorsWeigh bool `json:"seniors_weigh,omitempty"`
}

// Stock is what a store still has of an article, as far as the server knew when
// it told. It is a hint: nothing is refused because of it.
type Stock struct {
	Store string         `json:"store"`
	SKU   catalogue.SKU  `json:"sku"`
	Left  quantity.Milli `json:"left"` // below 0: more was sold than came in
}

// StockBasis says which facts the stock of a store has taken in, so that a till
// can take off by itself what it has sold since.
type StockBasis struct {
	Store string `json:"store"`
	Seen  []Seen `json:"seen"`
}

// Seen is the last fact of a register that was counted.
type Seen struct {
	Device string `json:"device"`
	Epoch  uint32 `json:"epoch"`
	Seq    uint64 `json:"seq"`
}

// AllBans returns the bans by ID, those that are switched off too.
func AllBans(q Querier) ([]ban.Rule, error) { return tables[SaleBans].(document[ban.Rule]).all(q) }

// AllShelfLives returns how categories are treated before their dates.
func AllShelfLives(q Querier) ([]shelflife.Rule, error) {
	return tables[ShelfLives].(document[shelflife.Rule]).all(q)
}

// AllKits returns what kits are made of.
func AllKits(q Querier) ([]catalogue.Kit, error) {
	return tables[Kits].(document[catalogue.Kit]).all(q)
}

// AllQuickGroups returns the groups of the key grid in their order: those that a
// manager named, then those that only keys name.
func AllQuickGroups(q Querier) ([]catalogue.QuickGroup, error) {
	groups, err := tables[QuickGroups].(document[catalogue.QuickGroup]).all(q)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(groups, func(a, b catalogue.QuickGroup) int { return a.Position - b.Position })
	keys, err := AllQuickKeys(q)
	for _, key := range keys {
		if !slices.ContainsFunc(groups, func(g catalogue.QuickGroup) bool { return g.ID == key.Group }) {
			groups = append(groups, catalogue.QuickGroup{ID: key.Group, Name: catalogue.Text{RU: key.Group}, Position: len(groups)})
		}
	}
	return groups, err
}

// SellingWay returns how the chain sells; its zero value when nobody chose.
func SellingWay(q Querier) (Selling, error) {
	rec, found, err := tables[SellingWays].get(q, "chain")
	if err != nil || !found {
		return Selling{}, err
	}
	return rec.value.(Selling), nil
}

// StockBasisOf returns which facts a store's stock has taken in.
func StockBasisOf(q Querier, store string) (StockBasis, error) {
	rec, found, err := tables[StockBases].get(q, store)
	if err != nil || !found {
		return StockBasis{Store: store}, err
	}
	return rec.value.(StockBasis), nil
}

// StockOf returns what is left of an article in a store; known is false when
// nobody counts it.
func StockOf(q Querier, sku catalogue.SKU, store string) (left quantity.Milli, known bool, err error) {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return 0, false, err
	}
	err = q.Query(`SELECT left FROM stock WHERE store = ? AND product = ?`, func(r sqlite.Row) error {
		left, known = quantity.Milli(r.Int64(0)), true
		return nil
	}, store, id)
	return left, known, err
}

// StockKey is the key of a stock's row.
func StockKey(store string, sku catalogue.SKU) string { return store + "/" + string(sku) }

// stockTable keeps stock in columns: it may have as many rows as there are articles.
type stockTable struct{}

// StockMax bounds what a row may say, in thousandths.
const StockMax = 1_000_000_000 * quantity.One

func (stockTable) decode(_ string, raw []byte) (record, error) {
	s, err := decodeAs[Stock](raw)
	if err != nil {
		return record{}, err
	}
	if err := plain(s.Store); err != nil {
		return record{}, err
	}
	if err := plain(string(s.SKU)); err != nil {
		return record{}, err
	}
	if s.Left > StockMax || s.Left < -StockMax {
		return record{}, invalid("stock of %s: %d", s.SKU, s.Left)
	}
	return recordOf(StockKey(s.Store, s.SKU), s.Store, s)
}

func (stockTable) get(q Querier, key string) (record, bool, error) {
	store, sku, ok := strings.Cut(key, "/")
	if !ok {
		return record{}, false, invalid("stock key %q", key)
	}
	left, known, err := StockOf(q, catalogue.SKU(sku), store)
	if err != nil || !known {
		return record{}, false, err
	}
	rec, err := recordOf(key, store, Stock{Store: store, SKU: catalogue.SKU(sku), Left: left})
	return rec, true, err
}

func (stockTable) put(w *writer, _ *record, rec record) error {
	s := rec.value.(Stock)
	id, err := giveID(w.tx, s.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`INSERT OR REPLACE INTO stock (store, product, left) VALUES (?, ?, ?)`, s.Store, id, int64(s.Left))
}

func (stockTable) del(w *writer, old record) error {
	s := old.value.(Stock)
	id, err := idOf(w.tx, s.SKU)
	if err != nil {
		return err
	}
	return w.tx.Exec(`DELETE FROM stock WHERE store = ? AND product = ?`, s.Store, id)
}
