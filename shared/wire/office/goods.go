package office

import (
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/document"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
)

// GoodCard is all of one article. Prices, Stock and QuickGroups are for reading.
type GoodCard struct {
	Product  catalogue.Product     `json:"product"`
	Barcodes []catalogue.Barcode   `json:"barcodes"`
	Parts    []catalogue.Component `json:"parts,omitempty"` // of a kit
	// Tag names the state that was read, "" for a new article: a change is refused
	// when somebody else was quicker.
	Tag string `json:"tag"`

	PartNames map[catalogue.SKU]catalogue.Text `json:"part_names,omitempty"`
	Prices    []catalogue.Price                `json:"prices,omitempty"` // in force and to come, by store and time
	Stock     []StockRow                       `json:"stock,omitempty"`
	Groups    []string                         `json:"groups,omitempty"` // of quick keys
}

// StockRow is what a store has of an article.
type StockRow struct {
	Store string         `json:"store"`
	Left  quantity.Milli `json:"left"`
}

// SavedGood is what became of a change. With Problems nothing was written.
type SavedGood struct {
	Card     *GoodCard     `json:"card,omitempty"`
	Problems []GoodProblem `json:"problems,omitempty"`
}

// GoodProblem is something that keeps an article from being written.
type GoodProblem struct {
	Field string `json:"field"` // "sku", "name.ru", "barcodes.2", "parts.0"…
	Code  string `json:"code"`
	Value string `json:"value,omitempty"`
}

// Codes of GoodProblem.
const (
	ProblemEmpty   = "empty"
	ProblemLong    = "long"
	ProblemFormat  = "format"  // not a number, not a unit…
	ProblemTaken   = "taken"   // Value is the article that has it
	ProblemUnknown = "unknown" // no such category, article, rate
	ProblemCheck   = "check"   // the check digit does not fit
	ProblemTwice   = "twice"   // in the same list or file
	ProblemRange   = "range"
	ProblemWhole   = "whole" // pieces are whole
	ProblemNested  = "nested"

	ProblemRounded  = "rounded"  // a spreadsheet has made a number of a code: 4,6E+12
	ProblemZeros    = "zeros"    // zeros before it were lost: Value is the code with them
	ProblemLength   = "length"   // no code has so many digits
	ProblemUnclear  = "unclear"  // a number that can be read in two ways
	ProblemNegative = "negative" //
	ProblemNothing  = "nothing"  // zero where something must be
	ProblemLarge    = "large"
)

// GoodsStop puts articles on the stop list or takes them off.
type GoodsStop struct {
	SKUs   []catalogue.SKU `json:"skus"`
	Resume bool            `json:"resume,omitempty"`
}

// Saved says that a change is written: tills get it with this version.
type Saved struct {
	Version int64 `json:"version"`
	Count   int   `json:"count"` // rows that are others now
}

// Imported is what a file would do, or did.
type Imported struct {
	Rows    int `json:"rows"` // lines of the file without its head
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Wrong   int `json:"wrong"` // lines that were left out
	// Warnings counts changes that may be a mistake: the first of Changes.
	Warnings int           `json:"warnings,omitempty"`
	Columns  []string      `json:"columns"`
	Unknown  []string      `json:"unknown,omitempty"` // columns that are not ours
	Faults   []ImportFault `json:"faults,omitempty"`  // the first ones
	Changes  []ImportRow   `json:"changes,omitempty"` // the first ones
	Done     bool          `json:"done,omitempty"`    // written, not only looked at
}

// ImportFault is a mistake in a line of the file.
type ImportFault struct {
	Line   int    `json:"line"` // 1 is the head
	Column string `json:"column"`
	Code   string `json:"code"` // of GoodProblem, or of intake.Fault
	Value  string `json:"value,omitempty"`
	Other  int    `json:"other,omitempty"` // of what is there twice: the first line
}

// ImportRow is a line that changes something.
type ImportRow struct {
	Line  int            `json:"line"`
	SKU   catalogue.SKU  `json:"sku"`
	Name  catalogue.Text `json:"name"`
	New   bool           `json:"new,omitempty"`
	Edits []ImportEdit   `json:"edits,omitempty"`
	Like  catalogue.SKU  `json:"like,omitempty"` // new, and people may take it for this one
	Far   bool           `json:"far,omitempty"`  // the price is ten times the last one, or a tenth of it
}

// ImportEdit is a field as it was and as it will be, as the file writes it.
type ImportEdit struct {
	Column string `json:"column"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Ban is the kind of rules by which goods are not sold.
var Ban = document.Kind[ban.Rule]{Name: "ban", Key: func(r ban.Rule) string { return r.ID }, Check: ban.Rule.Validate, Limit: cardMax}

// BanOptions are what a ban may name.
type BanOptions struct {
	Categories []catalogue.Category `json:"categories"`
	Stores     []catalogue.Store    `json:"stores"`
}

// ShelfLives say how categories are treated before their dates.
type ShelfLives struct {
	Rules      []shelflife.Rule     `json:"rules"`
	Categories []catalogue.Category `json:"categories,omitempty"`
}

// Selling is how the chain's tills sell, where a chain may choose.
type Selling struct {
	Grouping     receipt.Grouping `json:"grouping,omitempty"`
	SeniorsWeigh bool             `json:"seniors_weigh,omitempty"`
}

// QuickKeys is the whole key grid of the tills.
type QuickKeys struct {
	Groups []KeyGroup `json:"groups"`
	Tag    string     `json:"tag"` // of the state that was read
}

// KeyGroup is a page of keys.
type KeyGroup struct {
	ID     string           `json:"id"`
	Name   catalogue.Text   `json:"name"`
	Colour catalogue.Colour `json:"colour,omitempty"`
	Keys   []Key            `json:"keys"`
}

// Key is a product on the grid. Name, Amount and Own are for reading.
type Key struct {
	SKU     catalogue.SKU    `json:"sku"`
	Picture string           `json:"picture,omitempty"` // instead of the product's own
	Colour  catalogue.Colour `json:"colour,omitempty"`

	Name   catalogue.Text `json:"name,omitzero"`
	Own    string         `json:"own,omitempty"`    // picture of the product
	Amount money.Amount   `json:"amount,omitempty"` // price of the chain
	Gone   bool           `json:"gone,omitempty"`   // no such product any more
}

// StockDocument brings goods in or counts them. Its ID is given by who sends it,
// so that sending it again changes nothing.
type StockDocument struct {
	Store string       `json:"store"`
	At    int64        `json:"at"` // unix ms
	Kind  StockKind    `json:"kind"`
	Text  string       `json:"text,omitempty"`
	Rows  []StockCount `json:"rows"`
}

// StockKind is what a document does.
type StockKind string

// Kinds.
const (
	StockReceipt  StockKind = "receipt"   // goods came in: added
	StockWriteOff StockKind = "write_off" // goods went: taken off
	StockCounted  StockKind = "count"     // counted: that is what there is at that moment
)

// StockCount is an article in a document.
type StockCount struct {
	SKU      catalogue.SKU  `json:"sku"`
	Quantity quantity.Milli `json:"qty"`
	// Text is a quantity as somebody wrote it, in place of Quantity: how it is read
	// depends on the article's unit.
	Text string `json:"text,omitempty"`
}

// Products is a page of the assortment as managers see it.
type Products struct {
	Products []PricedProduct `json:"products"`
	More     bool            `json:"more"`
}

// PricedProduct is a product with the price in force in the store asked for.
type PricedProduct struct {
	catalogue.Product
	Code  string           `json:"code,omitempty"`  // a barcode of it
	Price *catalogue.Price `json:"price,omitempty"` // none is in force
}
