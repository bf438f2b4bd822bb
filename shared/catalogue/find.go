package catalogue

import "tillsight/shared/quantity"

// GoodsState selects articles that somebody may have to look after.
type GoodsState string

// States.
const (
	AllGoods     GoodsState = ""
	StoppedGoods GoodsState = "stopped"
	NoPriceGoods GoodsState = "noprice"
	NoCodeGoods  GoodsState = "nocode"
	KitGoods     GoodsState = "kit"
	AgeGoods     GoodsState = "age"
	NoneLeft     GoodsState = "out" // counted, and nothing left
)

// Columns that a list of goods is sorted by.
const (
	ByName     = "name"
	BySKU      = "sku"
	ByCategory = "category"
	ByPrice    = "price"
	ByLeft     = "left"
)

// GoodsQuery asks for a page of the assortment.
type GoodsQuery struct {
	Text     string     `query:"q"`        // name, article, code
	Category string     `query:"category"` // with everything below it
	Store    string     `query:"store"`    // whose prices and stock; "" is the chain
	State    GoodsState `query:"state"`
	Sort     string     `query:"sort"` // "" is the order of the match, or by article
	Desc     bool       `query:"desc"`
	Lang     string     `query:"lang"` // of the names to sort by
	Offset   int        `query:"offset"`
	Limit    int        `query:"limit"`
}

// Goods is a page of the assortment.
type Goods struct {
	Rows       []GoodRow  `json:"rows"`
	Total      int        `json:"total"` // that the query finds
	Categories []Category `json:"categories,omitempty"`
}

// GoodRow is one article in a list.
type GoodRow struct {
	Product
	Price   *Price         `json:"price,omitempty"` // none is in force
	Codes   int            `json:"codes"`           // barcodes
	Kit     bool           `json:"kit,omitempty"`
	Counted bool           `json:"counted,omitempty"` // Left is known
	Left    quantity.Milli `json:"left,omitempty"`    // in the store, or in all of them
}
