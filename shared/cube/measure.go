package cube

import "tillsight/shared/money"

// MeasureID names a measure.
type MeasureID string

// Measures.
const (
	Revenue         MeasureID = "revenue"           // sales less returns
	Sales           MeasureID = "sales"             // paid by customers, tax included
	Returns         MeasureID = "returns"           // paid back
	Receipts        MeasureID = "receipts"          // receipts of sale
	ReturnReceipts  MeasureID = "return_receipts"   // receipts of return
	AverageReceipt  MeasureID = "average_receipt"   // sales / receipts
	ItemsPerReceipt MeasureID = "items_per_receipt" // positions sold / receipts
	AveragePrice    MeasureID = "average_price"     // sales / units sold
	Items           MeasureID = "items"             // positions sold
	Units           MeasureID = "units"             // pieces, kilograms and litres, returns taken off
	Discount        MeasureID = "discount"          // given, returns taken off
	DiscountShare   MeasureID = "discount_share"    // discount / (revenue + discount)
	Tax             MeasureID = "tax"               // in revenue
	Cost            MeasureID = "cost"              // purchase cost of what was sold
	Margin          MeasureID = "margin"            // revenue − tax − cost
	MarginShare     MeasureID = "margin_share"      // margin / (revenue − tax)
	ReturnShare     MeasureID = "return_share"      // returns / sales
	Customers       MeasureID = "customers"         // distinct known customers who bought
	KnownShare      MeasureID = "known_share"       // receipts with a known customer / receipts
	Uncosted        MeasureID = "uncosted"          // revenue of lines whose purchase cost is unknown
	ManualDiscount  MeasureID = "manual_discount"   // part of the discount that a person gave, returns taken off
	ItemsPerMinute  MeasureID = "items_per_minute"  // positions / minutes from the first to the end, of receipts of at most TimedMax
	Voided          MeasureID = "voided"            // lines of receipts of sale that were taken back before the end
	VoidedShare     MeasureID = "voided_share"      // voided / (voided + positions) of whole receipts of sale
)

// Format says how a value is to be shown and what its unit is.
type Format string

// Formats.
const (
	FormatMoney Format = "money" // minor units
	FormatCount Format = "count"
	FormatMilli Format = "milli" // thousandths
	FormatShare Format = "share" // basis points: 10000 is 100 %
)

// Additivity says whether values of parts add up to the value of the whole.
type Additivity string

// Additivities.
const (
	Additive    Additivity = "additive"
	Distinct    Additivity = "distinct"     // counted anew in every row
	Ratio       Additivity = "ratio"        // computed from additive parts of the row
	ReceiptOnly Additivity = "receipt_only" // additive over what a whole receipt has in common, else distinct
)

// Measure describes a measure. Its value is Num×Scale/Den of sums of bases
// when Den is not empty, else Num.
type Measure struct {
	ID         MeasureID
	Format     Format
	Additivity Additivity
	Better     int // +1 when more is good, −1 when less is, 0 when neither
	Num, Den   Sum
	Scale      int64

	compute func(figure func(*Measure) Value) Value // of an own measure, from its parts
}

// Base is an elementary figure that an executor collects for a row. Sales and
// returns are collected apart; amounts of returns are negative.
type Base int

// Bases. Those of returns follow those of sales in the same order.
const (
	SaleNet Base = iota
	SaleDiscount
	SaleTax
	SaleCost
	SaleQuantity
	SaleUncosted // net of lines without a cost
	SaleManual   // discount given by hand
	SaleLines
	SaleReceipts // distinct receipts
	SaleKnown    // distinct receipts with a known customer
	SaleTook     // ms that distinct receipts of at most TimedMax took
	SaleTimed    // all positions of those
	SaleVoided   // voided lines of distinct receipts
	SaleWhole    // all positions of distinct receipts
	ReturnNet
	ReturnDiscount
	ReturnTax
	ReturnCost
	ReturnQuantity
	ReturnUncosted
	ReturnManual
	ReturnLines
	ReturnReceiptsBase
	ReturnKnown
	ReturnTook
	ReturnTimed
	ReturnVoided
	ReturnWhole
	Buyers // distinct known customers of receipts of sale
	Bases  // how many there are
)

const perKind = int(ReturnNet)

// TimedMax is how long a receipt may take, in ms, to say something about the
// hands of its cashier: one that waited aside does not.
const TimedMax = 30 * 60 * 1000

// ofReceipt reports whether a base is counted once for a receipt, however many
// of its lines are in a row.
func (b Base) ofReceipt() bool {
	return b < Buyers && int(b)%perKind >= int(SaleReceipts)
}

// Sum is a linear combination of bases.
type Sum []Term

// Term is one part of a Sum.
type Term struct {
	Base   Base
	Factor int64
}

func plus(bases ...Base) Sum {
	s := make(Sum, len(bases))
	for i, b := range bases {
		s[i] = Term{b, 1}
	}
	return s
}

func (s Sum) minus(bases ...Base) Sum {
	for _, b := range bases {
		s = append(s, Term{b, -1})
	}
	return s
}

// Of returns the sum for a row's bases.
func (s Sum) Of(row *[Bases]int64) int64 {
	var total int64
	for _, t := range s {
		total += t.Factor * row[t.Base]
	}
	return total
}

// measures lists every measure, in the order in which they are offered.
var measures = []Measure{
	{ID: Revenue, Format: FormatMoney, Additivity: Additive, Better: 1, Num: plus(SaleNet, ReturnNet)},
	{ID: Sales, Format: FormatMoney, Additivity: Additive, Better: 1, Num: plus(SaleNet)},
	{ID: Returns, Format: FormatMoney, Additivity: Additive, Better: -1, Num: Sum{}.minus(ReturnNet)},
	{ID: Receipts, Format: FormatCount, Additivity: ReceiptOnly, Better: 1, Num: plus(SaleReceipts)},
	{ID: ReturnReceipts, Format: FormatCount, Additivity: ReceiptOnly, Better: -1, Num: plus(ReturnReceiptsBase)},
	{ID: AverageReceipt, Format: FormatMoney, Additivity: Ratio, Better: 1, Num: plus(SaleNet), Den: plus(SaleReceipts), Scale: 1},
	{ID: ItemsPerReceipt, Format: FormatMilli, Additivity: Ratio, Better: 1, Num: plus(SaleLines), Den: plus(SaleReceipts), Scale: 1000},
	{ID: AveragePrice, Format: FormatMoney, Additivity: Ratio, Num: plus(SaleNet), Den: plus(SaleQuantity), Scale: 1000},
	{ID: Items, Format: FormatCount, Additivity: Additive, Better: 1, Num: plus(SaleLines)},
	{ID: Units, Format: FormatMilli, Additivity: Additive, Better: 1, Num: plus(SaleQuantity, ReturnQuantity)},
	{ID: Discount, Format: FormatMoney, Additivity: Additive, Better: -1, Num: plus(SaleDiscount, ReturnDiscount)},
	{ID: DiscountShare, Format: FormatShare, Additivity: Ratio, Better: -1, Num: plus(SaleDiscount, ReturnDiscount),
		Den: plus(SaleNet, ReturnNet, SaleDiscount, ReturnDiscount), Scale: 10000},
	{ID: Tax, Format: FormatMoney, Additivity: Additive, Num: plus(SaleTax, ReturnTax)},
	{ID: Cost, Format: FormatMoney, Additivity: Additive, Num: plus(SaleCost, ReturnCost)},
	{ID: Margin, Format: FormatMoney, Additivity: Additive, Better: 1,
		Num: plus(SaleNet, ReturnNet).minus(SaleTax, ReturnTax, SaleCost, ReturnCost)},
	{ID: MarginShare, Format: FormatShare, Additivity: Ratio, Better: 1,
		Num: plus(SaleNet, ReturnNet).minus(SaleTax, ReturnTax, SaleCost, ReturnCost),
		Den: plus(SaleNet, ReturnNet).minus(SaleTax, ReturnTax), Scale: 10000},
	{ID: ReturnShare, Format: FormatShare, Additivity: Ratio, Better: -1, Num: Sum{}.minus(ReturnNet), Den: plus(SaleNet), Scale: 10000},
	{ID: Customers, Format: FormatCount, Additivity: Distinct, Better: 1, Num: plus(Buyers)},
	{ID: KnownShare, Format: FormatShare, Additivity: Ratio, Better: 1, Num: plus(SaleKnown), Den: plus(SaleReceipts), Scale: 10000},
	{ID: Uncosted, Format: FormatMoney, Additivity: Additive, Better: -1, Num: plus(SaleUncosted, ReturnUncosted)},
	{ID: ManualDiscount, Format: FormatMoney, Additivity: Additive, Better: -1, Num: plus(SaleManual, ReturnManual)},
	{ID: ItemsPerMinute, Format: FormatMilli, Additivity: Ratio, Better: 1, Num: plus(SaleTimed), Den: plus(SaleTook), Scale: 60_000_000},
	{ID: Voided, Format: FormatCount, Additivity: ReceiptOnly, Better: -1, Num: plus(SaleVoided)},
	{ID: VoidedShare, Format: FormatShare, Additivity: Ratio, Better: -1, Num: plus(SaleVoided), Den: plus(SaleVoided, SaleWhole), Scale: 10000},
}

// Measures returns every measure in the order in which they are offered.
func Measures() []Measure { return append([]Measure(nil), measures...) }

// MeasureOf returns the measure named id.
func MeasureOf(id MeasureID) (Measure, bool) {
	for _, m := range measures {
		if m.ID == id {
			return m, true
		}
	}
	return Measure{}, false
}

// Of returns the value of the measure for a row's bases.
func (m *Measure) Of(row *[Bases]int64) Value {
	if m.compute != nil {
		return m.compute(func(part *Measure) Value { return part.Of(row) })
	}
	num := m.Num.Of(row)
	if m.Den == nil {
		return Some(num)
	}
	den := m.Den.Of(row)
	if den == 0 {
		return Value{}
	}
	if den < 0 {
		num, den = -num, -den
	}
	return Some(money.MulDiv(num, m.Scale, den))
}

// Value is a whole number or nothing (a ratio over zero). It is null in JSON
// when there is nothing.
type Value struct {
	N  int64
	OK bool
}

// Some returns a Value that holds n.
func Some(n int64) Value { return Value{N: n, OK: true} }
