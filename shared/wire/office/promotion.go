package office

import (
	"encoding/json"

	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
)

// Promotions are the rules that a person may see.
type Promotions struct {
	Promotions []Promotion          `json:"promotions"`
	Never      *pricing.Goods       `json:"never,omitempty"` // goods that no promotion touches
	Categories []catalogue.Category `json:"categories"`
	Groups     []string             `json:"groups,omitempty"` // of customers, that are known
}

// Never changes the goods that no promotion touches; empty ones are none. Had is
// what they were when they were read.
type Never struct {
	Goods pricing.Goods  `json:"goods"`
	Had   *pricing.Goods `json:"had,omitempty"`
}

// Promotion is a rule as managers see it.
type Promotion struct {
	Rule    pricing.Rule `json:"rule"`
	Stopped bool         `json:"stopped,omitempty"`
	By      string       `json:"by,omitempty"`
	At      int64        `json:"at,omitempty"` // unix ms of the last change
}

// PromotionChange writes a rule. Its version must be the one that was read, 0 for
// a new one; the server gives the next.
type PromotionChange struct {
	Rule json.RawMessage `json:"rule"`
}

// PromotionStop ends a promotion at once, or lets it run again.
type PromotionStop struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Resume  bool   `json:"resume,omitempty"`
}

// SavedPromotion is what became of a change. With Problems nothing was written.
type SavedPromotion struct {
	Promotion *Promotion       `json:"promotion,omitempty"`
	Version   int64            `json:"version,omitempty"`  // of the reference data
	Problems  pricing.Problems `json:"problems,omitempty"` // lines and columns are those of the rule sent
}

// Simulation asks what a rule would have done to the receipts of the last Days.
type Simulation struct {
	Rule json.RawMessage `json:"rule"`
	Days int             `json:"days"`
}

// Simulated is the answer. Sums are minor units.
type Simulated struct {
	From      string           `json:"from"` // business dates
	To        string           `json:"to"`
	Receipts  int              `json:"receipts"`  // looked at
	Reached   int              `json:"reached"`   // with a saving by the rule
	Customers int              `json:"customers"` // known ones among them
	Revenue   int64            `json:"revenue"`   // of all receipts as they were priced now, without the rule
	Touched   int64            `json:"touched"`   // of the receipts reached, without the rule
	Cost      int64            `json:"cost"`      // what they would have paid less
	Rivals    int64            `json:"rivals"`    // part of the rule's discount that others gave before
	Near      int              `json:"near"`      // receipts that lacked one piece or a quarter of the sum
	Lift      int64            `json:"lift"`      // revenue more in reached receipts that pays for the cost, in basis points
	Days      []SimulatedDay   `json:"days"`
	Problems  pricing.Problems `json:"problems,omitempty"`
}

// SimulatedDay is one business date of a simulation.
type SimulatedDay struct {
	Date    string `json:"date"`
	Reached int    `json:"reached"`
	Cost    int64  `json:"cost"`
}

// Reasons of an alarm.
const (
	AlarmRule   = "rule"   // the promotions of its time give other sums
	AlarmPrice  = "price"  // the shelf price was another
	AlarmCoupon = "coupon" // a serial coupon was used before
	AlarmLimit  = "limit"  // more of a promotion than there were in all: Found times, Expected at most
	AlarmRules  = "rules"  // priced by rules that its till can't have had: version Found, Expected at most or at least
	AlarmGiver  = "giver"  // a discount by hand, of nobody who may give one
	AlarmManual = "manual" // a discount by hand beyond the right of who gave it
	AlarmLabel  = "label"  // the sum on the label is far from price and quantity
	AlarmTime   = "time"   // scanned while the receipt was not open
	AlarmReturn = "return" // a return of Found for a receipt, Name, that is not known
	AlarmRecall = "recall" // a parked receipt, Name, went on at till Found and before at till Expected
)

// Alarm is a receipt that should have come to something else.
type Alarm struct {
	Reason   string `json:"reason"`
	At       int64  `json:"at"` // unix ms
	Store    string `json:"store"`
	Till     int    `json:"till"`
	Receipt  string `json:"receipt"`
	Number   string `json:"number"`
	Line     int    `json:"line,omitempty"`
	Name     string `json:"name"`
	Found    int64  `json:"found"` // minor units, -1: no price at all
	Expected int64  `json:"expected"`
}
