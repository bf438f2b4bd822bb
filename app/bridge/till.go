package bridge

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/staff"
	"tillsight/shared/tender"
	wire "tillsight/shared/wire/sync"
)

// Methods of the till worker.
const (
	TillState         Method[Nothing, State]           = "till.state"
	TillEnrol         Method[wire.EnrolRequest, State] = "till.enrol"     // with Progress
	TillTakeOver      Method[Nothing, State]           = "till.take-over" // take the register from another tab
	TillSignIn        Method[SignIn, State]            = "till.sign-in"
	TillLock          Method[Nothing, State]           = "till.lock"
	TillOpenShift     Method[Float, State]             = "till.open-shift"
	TillCloseShift    Method[CloseShift, ShiftReport]  = "till.close-shift" // the Z report
	TillXReport       Method[Nothing, ShiftReport]     = "till.x-report"
	TillMoveCash      Method[CashMove, State]          = "till.move-cash"
	TillScan          Method[Scan, Delta]              = "till.scan"
	TillAdd           Method[Add, Delta]               = "till.add"
	TillSetQuantity   Method[SetQuantity, Delta]       = "till.set-quantity"
	TillVoidLine      Method[LineRef, Delta]           = "till.void-line"
	TillRestoreLine   Method[LineRef, Delta]           = "till.restore-line" // undo of a void
	TillDiscount      Method[Discount, Delta]          = "till.discount"
	TillCancelReceipt Method[Reason, Delta]            = "till.cancel-receipt"
	TillConfirmAge    Method[ConfirmAge, Delta]        = "till.confirm-age"   // the customer is old enough
	TillRefuse        Method[Refuse, Delta]            = "till.refuse"        // take off what may not be sold to this customer, or now
	TillMayPay        Method[Nothing, Delta]           = "till.may-pay"       // whether the goods may be sold at this moment
	TillRemoveCard    Method[Nothing, Delta]           = "till.remove-card"   // the customer's card off the receipt
	TillRemoveCoupon  Method[Coupon, Delta]            = "till.remove-coupon" // a coupon taken back
	TillExplain       Method[LineRef, Why]             = "till.explain"       // why a line costs what it costs
	TillTakeCard      Method[CardPart, Delta]          = "till.take-card"     // a card has paid so much so far
	TillTake          Method[Take, Delta]              = "till.take"          // a device takes a part
	TillGiveBack      Method[PaymentRef, Delta]        = "till.give-back"     // a device gives a part back
	TillFindPayments  Method[Nothing, Delta]           = "till.find-payments" // ask devices what became of payments
	TillPay           Method[Pay, Paid]                = "till.pay"
	TillSearch        Method[Search, []Hit]            = "till.search" // best first
	TillPriceCheck    Method[Scan, Product]            = "till.price-check"
	TillQuickKeys     Method[Nothing, []QuickGroup]    = "till.quick-keys"
	TillReceipts      Method[Receipts, []ReceiptRow]   = "till.receipts" // newest first
	TillReceipt       Method[ReceiptRef, Shown]        = "till.receipt"
	TillExport        Method[ExportFacts, Export]      = "till.export" // the journal as a file
	TillSyncNow       Method[Nothing, State]           = "till.sync-now"
)

// Events that the till worker sends unasked.
const (
	EventState    Event[State]    = "state" // without the receipt's lines
	EventProgress Event[Progress] = "progress"
)

// Phase says which screen the till shows.
type Phase string

// Phases.
const (
	PhaseStarting  Phase = "starting"
	PhaseRefused   Phase = "refused"    // can't sell: State.Fault says why
	PhaseElsewhere Phase = "elsewhere"  // this register is live in another tab
	PhaseNew       Phase = "new"        // not enrolled
	PhaseLoading   Phase = "loading"    // snapshot on its way
	PhaseSignedOut Phase = "signed-out" // wants a PIN
	PhaseNoShift   Phase = "no-shift"   // signed in, shift closed
	PhaseSelling   Phase = "selling"
)

// State is all that the till's screens show apart from single answers.
type State struct {
	Phase    Phase            `json:"phase"`
	Fault    *errcode.Error   `json:"fault,omitempty"` // why refused
	Store    catalogue.Store  `json:"store"`
	Till     int              `json:"till"`
	Device   string           `json:"device"`
	Cashier  *Cashier         `json:"cashier,omitempty"`
	Shift    *shift.Shift     `json:"shift,omitempty"`
	Sync     Sync             `json:"sync"`
	Storage  Storage          `json:"storage"`
	Receipt  *Delta           `json:"receipt,omitempty"` // full: From 0, all lines
	Notices  []*errcode.Error `json:"notices,omitempty"` // what start-up repaired or kept aside
	Products int              `json:"products"`
	Parked   int              `json:"parked,omitempty"` // receipts that can be recalled here
	Build    string           `json:"build"`
}

// Cashier is the person signed in.
type Cashier struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Role       staff.Role    `json:"role"`
	Rights     []staff.Right `json:"rights"`
	DiscountBP int64         `json:"discount_bp"`
}

// Sync is the state of the outbox and the feed.
type Sync struct {
	Online   bool           `json:"online"`
	Waiting  int            `json:"waiting"`           // facts not yet at the server
	Oldest   int64          `json:"oldest"`            // unix ms of the oldest of them
	LastAck  int64          `json:"last_ack"`          // unix ms by this device's clock
	Fault    *errcode.Error `json:"fault,omitempty"`   // needs somebody: fork, revoked, clock
	Problem  *errcode.Error `json:"problem,omitempty"` // why the last try failed; another follows by itself
	ClockOff int64          `json:"clock_off"`         // ms that this clock is ahead of the server's
	Data     int64          `json:"data"`              // reference version
}

// Storage is the durability light's other half.
type Storage struct {
	Persisted bool  `json:"persisted"`
	Quota     int64 `json:"quota"`
	Usage     int64 `json:"usage"`
	Heap      int64 `json:"heap"` // bytes of memory that the worker holds
}

// Progress of something longer than a second.
type Progress struct {
	Task  string `json:"task"` // "snapshot", "install"
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

// Delta is what changed in the open receipt. Lines are the changed lines, whole;
// a page replaces those it has by their N. When Full is set Lines are all lines.
type Delta struct {
	ID       string             `json:"id"`
	Number   string             `json:"number"`
	State    receipt.State      `json:"state"` // "" when there is no open receipt
	Full     bool               `json:"full,omitempty"`
	Lines    []receipt.Line     `json:"lines"`
	Last     int                `json:"last"`  // N of the line to mark as newest
	Count    int                `json:"count"` // positions that are not voided
	Total    money.Amount       `json:"total"`
	Taken    money.Amount       `json:"taken,omitempty"` // paid already
	Payments []tender.Payment   `json:"payments,omitempty"`
	Discount money.Amount       `json:"discount"`
	Tax      []receipt.TaxTotal `json:"tax,omitempty"`
	Card     string             `json:"card,omitempty"`
	Customer string             `json:"customer,omitempty"`
	Groups   []string           `json:"groups,omitempty"`   // of the customer
	Coupons  []string           `json:"coupons,omitempty"`  // shown
	Saved    []receipt.Saved    `json:"saved,omitempty"`    // Discount by promotion
	Prompts  []Prompt           `json:"prompts,omitempty"`  // promotions that are nearly reached
	Sources  []receipt.Source   `json:"sources,omitempty"`  // price lists and regulations that prices come from
	Repriced *Repriced          `json:"repriced,omitempty"` // what a card that came or went made of the prices
	Age      int                `json:"age,omitempty"`      // years that somebody has to confirm before payment
	Born     string             `json:"born,omitempty"`     // latest birth date of who is that old today, 2008-11-22
	Hint     *errcode.Error     `json:"hint,omitempty"`     // what the cashier is to know of the last scan
}

// Prompt is something to tell the customer: how much a promotion still lacks,
// and what it gives then.
type Prompt struct {
	Rule   string         `json:"rule"`
	Name   catalogue.Text `json:"name"`
	Pieces int64          `json:"pieces,omitempty"`
	Sum    int64          `json:"sum,omitempty"` // minor units

	Kind pricing.Kind `json:"kind"`
	Of   int          `json:"of,omitempty"`  // multi: pieces of a set
	Get  int          `json:"get,omitempty"` // multi: of these reduced; gift: pieces given
	Off  pricing.Off  `json:"off"`           // of the reduced ones, or of the next step
}

// Repriced says that other price lists count now that the customer is another.
type Repriced struct {
	Lists []catalogue.Text `json:"lists,omitempty"` // names of those that count
	Lines int              `json:"lines"`           // whose price is another
	Sum   money.Amount     `json:"sum"`             // by which the total changed
	Card  bool             `json:"card,omitempty"`  // a card came; false: it was taken off
}

// Coupon names a coupon that was shown.
type Coupon struct {
	Code string `json:"code"`
}

// Why explains the price of a line.
type Why struct {
	Number string        `json:"number"`
	Line   receipt.Line  `json:"line"`
	Prices []PriceChoice `json:"prices,omitempty"` // price lists and regulations of its goods
	Rules  []Tried       `json:"rules"`            // that look at its goods, highest priority first
	Others int           `json:"others"`           // promotions of other goods
}

// PriceChoice is what became of a price list on a line, or a regulation of it.
type PriceChoice struct {
	Name       catalogue.Text `json:"name"`
	Regulation bool           `json:"regulation,omitempty"`
	Why        pricing.Why    `json:"why"`
	Price      money.Amount   `json:"price,omitempty"` // in the list
	By         catalogue.Text `json:"by,omitzero"`     // list that it lost to; none: the shelf's price
	Min        money.Amount   `json:"min,omitempty"`   // of a regulation
	Max        money.Amount   `json:"max,omitempty"`
	Fixed      bool           `json:"fixed,omitempty"`
}

// Tried is what became of a promotion on a line.
type Tried struct {
	Rule      string         `json:"rule"`
	Version   int            `json:"v"`
	Name      catalogue.Text `json:"name"`
	Priority  int            `json:"priority"`
	Why       pricing.Why    `json:"why"`
	By        catalogue.Text `json:"by,omitzero"`         // promotion that it lost to
	Elsewhere bool           `json:"elsewhere,omitempty"` // it reduced other lines
	Amount    money.Amount   `json:"amount,omitempty"`    // taken off this line
	Missing   int64          `json:"missing,omitempty"`   // pieces or, for WhySum, minor units
}

// SignIn is a cashier's PIN.
type SignIn struct {
	PIN string `json:"pin"`
}

// Float is the cash a shift opens with.
type Float struct {
	Amount money.Amount `json:"amount"`
}

// CloseShift carries the cash counted in the drawer, when it was counted.
type CloseShift struct {
	Counted *money.Amount `json:"counted,omitempty"`
}

// CashMove puts cash in (positive) or takes it out (negative).
type CashMove struct {
	Amount money.Amount `json:"amount"`
	Reason string       `json:"reason"`
}

// Scan is a code as the scanner or a person gave it. Quantity 0 means one.
type Scan struct {
	Code     string         `json:"code"`
	Quantity quantity.Milli `json:"qty,omitempty"`
	Typed    bool           `json:"typed,omitempty"` // typed by a person: PLU and article count too

	Grouping *receipt.Grouping `json:"grouping,omitempty"` // of this till, instead of the chain's
}

// Add sells a product picked from search or quick keys.
type Add struct {
	SKU      catalogue.SKU  `json:"sku"`
	Quantity quantity.Milli `json:"qty,omitempty"`

	Weighed  bool              `json:"weighed,omitempty"`  // Quantity came from a scale, nobody typed it
	Grouping *receipt.Grouping `json:"grouping,omitempty"` // of this till, instead of the chain's
}

// ConfirmAge says that somebody made sure that the customer is Years old.
type ConfirmAge struct {
	Years int `json:"years"`
}

// Refuse takes off all lines that may not be sold, for one reason.
type Refuse struct {
	Reason receipt.VoidReason `json:"reason"`
}

// SetQuantity changes line N.
type SetQuantity struct {
	N        int            `json:"n"`
	Quantity quantity.Milli `json:"qty"`
}

// LineRef names a line.
type LineRef struct {
	N int `json:"n"`
}

// Discount gives line N a manual discount: percent or amount. N 0 spreads it
// over the receipt.
type Discount struct {
	N      int          `json:"n"`
	BP     int64        `json:"bp,omitempty"`
	Amount money.Amount `json:"amount,omitempty"`
	Reason string       `json:"reason,omitempty"`
}

// Reason explains a cancellation.
type Reason struct {
	Reason string `json:"reason"`
}

// Pay closes receipt ID with tenders. Repeating it for a paid receipt returns
// the same answer and registers nothing.
type Pay struct {
	ID      string           `json:"id"`
	Tenders []receipt.Tender `json:"tenders"`
}

// CardPart is what cards have paid so far of receipt ID, in all.
type CardPart struct {
	ID     string       `json:"id"`
	Amount money.Amount `json:"amount"`
}

// Take has the device of a kind of payment take a part of receipt ID.
type Take struct {
	ID     string       `json:"id"`
	Kind   tender.Kind  `json:"kind"`
	Amount money.Amount `json:"amount"`
}

// PaymentRef names a payment of receipt ID.
type PaymentRef struct {
	ID string `json:"id"`
	N  int    `json:"n"`
}

// Paid is the durable sale.
type Paid struct {
	Receipt receipt.Receipt `json:"receipt"`
	Cashier string          `json:"cashier,omitempty"` // name of its cashier
}

// Shown is a receipt of this till with the name of its cashier.
type Shown struct {
	receipt.Receipt

	CashierName string `json:"cashier_name,omitempty"`
}

// ShiftReport is an X or Z report. What is parked is no part of its sums.
type ShiftReport struct {
	Parked    int          `json:"parked,omitempty"` // receipts that wait at this till
	ParkedSum money.Amount `json:"parked_sum,omitempty"`

	Z     bool        `json:"z"`
	Shift shift.Shift `json:"shift"`
	At    int64       `json:"at"`
}

// Search finds products by words of their name, article or code.
type Search struct {
	Text  string `json:"text"`
	Limit int    `json:"limit,omitempty"`
}

// Product is a product with its price here and now.
type Product struct {
	catalogue.Product
	Amount  money.Amount `json:"amount"`
	NoPrice bool         `json:"no_price,omitempty"`
	Code    string       `json:"code,omitempty"` // one of its barcodes

	Counted bool             `json:"counted,omitempty"` // Left is known
	Left    quantity.Milli   `json:"left,omitempty"`    // roughly, without what this till has sold
	Kit     bool             `json:"kit,omitempty"`
	Colour  catalogue.Colour `json:"colour,omitempty"` // of its quick key
}

// Hit is a product that a search found. RU and EN are the parts of its names
// that answer what was typed: from rune, to rune.
type Hit struct {
	Product
	RU    [][2]int `json:"ru,omitempty"`
	EN    [][2]int `json:"en,omitempty"`
	Guess bool     `json:"guess,omitempty"` // by sound, in another layout or with a wrong key
}

// QuickGroup is a page of quick keys.
type QuickGroup struct {
	ID     string           `json:"id"`
	Name   catalogue.Text   `json:"name"`
	Colour catalogue.Colour `json:"colour,omitempty"`
	Keys   []Product        `json:"keys"`
}

// Receipts asks for receipts of this till.
type Receipts struct {
	Text  string `json:"text,omitempty"` // number or part of it
	Limit int    `json:"limit,omitempty"`
}

// ReceiptRow is one receipt in a list.
type ReceiptRow struct {
	ID     string        `json:"id"`
	Number string        `json:"number"`
	Type   receipt.Type  `json:"type"`
	State  receipt.State `json:"state"`
	At     int64         `json:"at"`
	Total  money.Amount  `json:"total"`
	Count  int           `json:"count"`
}

// ReceiptRef names a receipt.
type ReceiptRef struct {
	ID string `json:"id"`
}

// ExportFacts asks for the facts that the server has not confirmed, or for all.
type ExportFacts struct {
	All bool `json:"all,omitempty"`
}

// Export is the journal as a file: what another register or the server imports.
type Export struct {
	Name  string          `json:"name"`
	Data  []byte          `json:"data"` // a push body, see wire.PushHeader
	Facts int             `json:"facts"`
	Head  wire.PushHeader `json:"head"`
}
