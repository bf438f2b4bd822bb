package office

import (
	"encoding/json"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// PriceLists are the price lists and regulated prices that a person may see, and
// what the forms choose from.
type PriceLists struct {
	Lists       []PriceList          `json:"lists"`
	Regulations []Regulation         `json:"regulations"`
	Groups      []string             `json:"groups"` // of customers
	Categories  []catalogue.Category `json:"categories"`
}

// PriceList is a list as managers see it.
type PriceList struct {
	List    pricing.List `json:"list"`
	Stopped bool         `json:"stopped,omitempty"`
	By      string       `json:"by,omitempty"`
	At      int64        `json:"at,omitempty"`     // unix ms of the last change
	Prices  int          `json:"prices,omitempty"` // articles
}

// Regulation is a regulated price as managers see it.
type Regulation struct {
	Regulation pricing.Regulation `json:"regulation"`
	Stopped    bool               `json:"stopped,omitempty"`
	By         string             `json:"by,omitempty"`
	At         int64              `json:"at,omitempty"`
	Above      int                `json:"above,omitempty"` // shelf prices above the highest: tills ask less than the tag says
	Below      int                `json:"below,omitempty"` // shelf prices below the least: not for sale
}

// PriceListChange writes a list. Its version must be the one that was read, 0 for
// a new one.
type PriceListChange struct {
	List    json.RawMessage `json:"list"`
	Stopped bool            `json:"stopped,omitempty"`
}

// SavedPriceList is what became of it. With Problems nothing was written.
type SavedPriceList struct {
	List     *PriceList       `json:"list,omitempty"`
	Version  int64            `json:"version,omitempty"` // of the reference data
	Problems pricing.Problems `json:"problems,omitempty"`
}

// RegulationChange writes a regulated price, like PriceListChange.
type RegulationChange struct {
	Regulation json.RawMessage `json:"regulation"`
	Stopped    bool            `json:"stopped,omitempty"`
}

// SavedRegulation is what became of it.
type SavedRegulation struct {
	Regulation *Regulation      `json:"regulation,omitempty"`
	Version    int64            `json:"version,omitempty"`
	Problems   pricing.Problems `json:"problems,omitempty"`
}

// ListPrices is a page of the prices of a list, those to come too.
type ListPrices struct {
	Prices []ListPrice `json:"prices"`
	Total  int         `json:"total"`
}

// ListPrice is a price of a list beside the shelf's.
type ListPrice struct {
	SKU    catalogue.SKU  `json:"sku"`
	Name   catalogue.Text `json:"name"`
	Store  string         `json:"store,omitempty"`
	From   int64          `json:"from"` // unix ms
	Amount money.Amount   `json:"amount"`
	Min    money.Amount   `json:"min,omitempty"`
	Ended  bool           `json:"ended,omitempty"`
	Shelf  money.Amount   `json:"shelf"`
}

// ListPricesChange changes prices of a list from a moment on. They come as a text
// with an article or barcode and a price in every line, or are worked out from
// the shelf's. With Dry nothing is written: the answer is a preview.
type ListPricesChange struct {
	List  string `json:"list"`
	Store string `json:"store,omitempty"` // "" for the chain
	From  int64  `json:"from"`            // unix ms
	Text  string `json:"text,omitempty"`
	Fill  *Fill  `json:"fill,omitempty"`
	Dry   bool   `json:"dry,omitempty"`
}

// Fill works prices out from the shelf's.
type Fill struct {
	Goods pricing.Goods `json:"goods"`
	BP    int64         `json:"bp"`              // share of the shelf's price in basis points: 9300 is 7 % less
	Round money.Amount  `json:"round,omitempty"` // to a multiple of, down; 0: not
}

// Problems of a row of prices. Warnings are written all the same.
const (
	RowBroken  = "broken"  // no article and price
	RowUnknown = "unknown" // no such article or barcode
	RowTwice   = "twice"   // the article again: the last row counts
	RowRange   = "range"   // no price there is
	RowLaw     = "law"     // below the least price of a regulation
	RowDearer  = "dearer"  // a warning: above the shelf's price
	RowUnclear = "unclear" // a price that can be read in two ways
	RowFar     = "far"     // a warning: ten times the last price or more, or a tenth or less
	RowNoShelf = "shelf"   // a warning: the shelf has no price
)

// ListPricesSet is what a change comes to: every row of it, in the preview at
// most ListPricesShown, those with problems first.
type ListPricesSet struct {
	Rows     []ListPriceRow `json:"rows"`
	Total    int            `json:"total"`
	Changed  int            `json:"changed"`  // new or other prices
	Same     int            `json:"same"`     // as they were
	Bad      int            `json:"bad"`      // left out
	Warnings int            `json:"warnings"` // written though something is odd
	Version  int64          `json:"version,omitempty"`
}

// ListPricesShown limits the rows of an answer.
const ListPricesShown = 200

// ListPriceRow is a row of prices that a change would write.
type ListPriceRow struct {
	Line    int            `json:"line,omitempty"` // of the text, from 1
	Code    string         `json:"code,omitempty"` // as given
	SKU     catalogue.SKU  `json:"sku,omitempty"`
	Name    catalogue.Text `json:"name,omitzero"`
	Amount  money.Amount   `json:"amount"`
	Ended   bool           `json:"ended,omitempty"`
	Was     *money.Amount  `json:"was,omitempty"` // in the list at that moment
	Shelf   money.Amount   `json:"shelf,omitempty"`
	Problem string         `json:"problem,omitempty"`
}

// PriceWhen is all that the price of an article in a store depends on now.
type PriceWhen struct {
	SKU         catalogue.SKU        `json:"sku"`
	Name        catalogue.Text       `json:"name"`
	Category    string               `json:"category"`
	Shelf       pricing.Offer        `json:"shelf"`
	Priced      bool                 `json:"priced"`
	Offers      []pricing.Offer      `json:"offers"`
	Lists       []pricing.List       `json:"lists"`
	Regulations []pricing.Regulation `json:"regulations"`
	Categories  []catalogue.Category `json:"categories"`
	At          int64                `json:"at"`   // unix ms
	Date        string               `json:"date"` // in the store's zone
	Zone        int                  `json:"zone"` // minutes east of UTC
}
