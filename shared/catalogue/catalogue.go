// Package catalogue describes what a store sells. It is reference data: the
// server writes it, tills receive it.
package catalogue

import (
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// SKU is the chain's own article number.
type SKU string

// Text is a name in the languages of the product.
type Text struct {
	RU string `json:"ru"`
	EN string `json:"en,omitempty"`
}

// In returns the text in language lang ("ru", "en"), Russian when there is no other.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.RU
}

// Product is one article of the assortment.
type Product struct {
	SKU      SKU           `json:"sku"`
	Name     Text          `json:"name"`
	Category string        `json:"category"`
	Unit     quantity.Unit `json:"unit"`
	Tax      tax.Class     `json:"tax"`
	PLU      string        `json:"plu,omitempty"`     // short number typed on the keypad
	Picture  string        `json:"picture,omitempty"` // an emoji or the name of a picture
	MinAge   int           `json:"min_age,omitempty"`
	Stopped  bool          `json:"stopped,omitempty"` // on the stop list: not for sale
}

// Barcode leads to a product; a pack's code counts Factor units of it.
type Barcode struct {
	GTIN   string         `json:"gtin"` // 14 digits, left-padded; other codes as they are
	SKU    SKU            `json:"sku"`
	Factor quantity.Milli `json:"factor"`
}

// Price is what one unit costs in a store from a moment on, on the shelf or in a
// price list. An empty store means the whole chain; a store's own price wins.
type Price struct {
	SKU    SKU          `json:"sku"`
	List   string       `json:"list,omitempty"` // ID of a price list, "" for the shelf
	Store  string       `json:"store,omitempty"`
	From   int64        `json:"from"` // unix ms
	Amount money.Amount `json:"amount"`
	Min    money.Amount `json:"min,omitempty"`   // no discount goes below
	Ended  bool         `json:"ended,omitempty"` // from then on the list has no price for it
	Cost   money.Amount `json:"cost,omitempty"`  // purchase price, for margins; not sent to tills
}

// Category is a node of the assortment tree.
type Category struct {
	ID     string `json:"id"`
	Parent string `json:"parent,omitempty"`
	Name   Text   `json:"name"`
}

// Kit is an article that is made of others and has a price of its own: one line
// of the receipt and one price for the customer, its parts for tax and stock.
type Kit struct {
	SKU   SKU         `json:"sku"`
	Parts []Component `json:"parts"`
}

// Component is how much of an article one kit holds.
type Component struct {
	SKU      SKU            `json:"sku"`
	Quantity quantity.Milli `json:"qty"`
}

// QuickGroup is a page of the till's key grid. A group that keys name and that
// has no row of its own is called by its ID and comes after those that have one.
type QuickGroup struct {
	ID       string `json:"id"`
	Name     Text   `json:"name"`
	Position int    `json:"position"`
	Colour   Colour `json:"colour,omitempty"`
}

// QuickKey puts a product on the till's key grid.
type QuickKey struct {
	Group    string `json:"group"` // ID of a QuickGroup
	Position int    `json:"position"`
	SKU      SKU    `json:"sku"`
	Picture  string `json:"picture,omitempty"` // instead of the product's own
	Colour   Colour `json:"colour,omitempty"`
}

// Colour marks keys that belong together. The screens know how each looks in
// light and dark; one that they do not know looks like none.
type Colour string

// Colours of keys.
var Colours = []Colour{"red", "orange", "yellow", "green", "blue", "violet", "brown", "grey"}

// Store is one shop of the chain.
type Store struct {
	ID       string         `json:"id"` // "12"
	Name     Text           `json:"name"`
	Address  Text           `json:"address"`
	Region   string         `json:"region,omitempty"`
	Zone     string         `json:"zone"` // IANA time zone, "Europe/Moscow"
	Currency money.Currency `json:"currency"`
	TaxID    string         `json:"tax_id,omitempty"` // INN
	Thanks   Text           `json:"thanks"`           // last line of the printed receipt
	Area     int            `json:"area,omitempty"`   // m²
	Lat      int32          `json:"lat,omitempty"`    // where it stands, millionths of degrees north and
	Lon      int32          `json:"lon,omitempty"`    // east; both 0: nobody has said
}
