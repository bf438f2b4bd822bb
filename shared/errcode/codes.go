package errcode

// General classes.
const (
	Internal     Code = "internal"
	Invalid      Code = "invalid"
	NotFound     Code = "not_found"
	BadMethod    Code = "method.unknown" // the address does not answer this
	Conflict     Code = "conflict"
	Unauthorised Code = "unauthorised"      // who are you
	LastAdmin    Code = "people.last_admin" // nobody would be left to administer
	Forbidden    Code = "forbidden"         // not with your rights
	TooMany      Code = "too_many"          // wait: Data "seconds"
	Offline      Code = "offline"           // no answer from the server
	BadAnswer    Code = "bad_answer"        // the server answered something else
	Cancelled    Code = "cancelled"
)

// Scanning and receipt lines.
const (
	UnknownBarcode Code = "barcode.unknown"     // Data "code"
	BadCheckDigit  Code = "barcode.check_digit" // Data "code"
	BadBarcode     Code = "barcode.malformed"   // Data "code"
	BadQuantity    Code = "quantity.range"      // Data "min", "max"
	WholeQuantity  Code = "quantity.whole"      // pieces are sold whole
	FixedQuantity  Code = "quantity.fixed"      // a labelled package keeps its quantity
	NoPrice        Code = "price.missing"       // Data "name"
	Stopped        Code = "product.stopped"     // on the stop list, Data "name"
	CouponUsed     Code = "coupon.used"         // Data "code"
	SaleBan        Code = "sale.ban"            // not at this hour: Data "name", "rule", "until" (08:00 or 2026-11-23T08:00)
	SaleBanned     Code = "sale.banned"         // not in this shop: Data "name", "rule"
	SaleBanNow     Code = "sale.ban_now"        // the hour has come: take lines off, Data "lines", "rule", "until"
	Expired        Code = "expiry.past"         // past its use-by date, Data "name", "date"
	BestBefore     Code = "expiry.best"         // past its best: a warning, Data "name", "date"
	NearExpiry     Code = "expiry.near"         // worth a markdown: a hint, Data "name", "date", "percent" (basis points)
	SerialTwice    Code = "serial.twice"        // the same package twice, Data "line"
	AgeUnasked     Code = "age.unasked"         // confirm the customer's age first, Data "years"
	ScaleGone      Code = "scale.gone"          // no scale is connected
	ScaleSilent    Code = "scale.silent"        // it does not answer
	ScaleGarbled   Code = "scale.garbled"       // it answers what is not understood
	NeedWeight     Code = "weight.missing"      // goods by weight without a weight, Data "name", "sku", "unit"
	KitBroken      Code = "kit.broken"          // a part of the kit is missing here, Data "name"
	NoTax          Code = "tax.missing"         // no rate in force, Data "name"
	BadAmount      Code = "amount.range"        // Data "min", "max"
	DiscountLimit  Code = "discount.limit"      // Data "limit"
	PriceTooLow    Code = "price.too_low"       // below what the state allows: Data "name", "rule", "price", "min"
	UnknownMark    Code = "mark.unknown"        // a markdown label without a promotion: Data "name", "mark"
	PriceFixed     Code = "price.fixed"         // no discount by law: Data "name", "rule"
	NoLine         Code = "receipt.no_line"
	ReceiptState   Code = "receipt.state"    // not possible in this state
	ReceiptEmpty   Code = "receipt.empty"    // nothing to pay
	ReceiptLong    Code = "receipt.too_long" // Data "max"
	Underpaid      Code = "tender.underpaid"
	CardOverpaid   Code = "tender.card_overpaid" // change is given in cash only
	RegisterLost   Code = "register.lost"        // the server does not know this register
	RulesKept      Code = "rules.kept"           // newer promotions and prices by list can't be used: those of before count
	SeveralGoods   Code = "goods.several"        // one short number stands for several, Data "code", "sku"
	PaymentState   Code = "tender.state"         // a payment can't go on like that
	PaymentRefused Code = "tender.refused"       // nothing was taken
	PaymentUnknown Code = "tender.unknown"       // a device was asked and nobody knows what came of it
	PaymentUntaken Code = "tender.untaken"       // its device has to take it first
	LineVoided     Code = "receipt.line_voided"  // restore it first
	WrongSum       Code = "receipt.wrong_sum"    // totals do not agree: refused
)

// Numbers that people and files write. Data "value" is what was written.
const (
	NoNumber       Code = "number.missing"
	NotNumber      Code = "number.malformed"
	NumberNegative Code = "number.negative"
	NumberDecimals Code = "number.decimals" // Data "digits" behind the decimal sign at most
	NumberUnclear  Code = "number.unclear"  // Data "grouped", "parted": the two that it may be
	NumberLarge    Code = "number.large"
)

// Files of rows that people bring.
const (
	FileEmpty    Code = "file.empty"
	FileColumn   Code = "file.column"       // Data "column" is missing
	FileTwice    Code = "file.column_twice" // Data "column"
	FileHead     Code = "file.head"         // its first line can't be read
	FileEncoding Code = "file.encoding"
	FileWorkbook Code = "file.workbook" // a workbook, not a text
	FileRows     Code = "file.rows"     // Data "limit"
	TwoRows      Code = "file.twice"    // Data "sku", and "lines" on which it stands
)

// Shift and cashier.
const (
	NoShift       Code = "shift.closed"
	ShiftOpen     Code = "shift.open"
	CardTaken     Code = "receipt.card_taken" // give it back to the card first
	ReceiptIsOpen Code = "shift.receipt_open" // pay or cancel it first
	WrongPIN      Code = "pin.wrong"          // Data "seconds" until the next try
	PINLocked     Code = "pin.locked"         // Data "seconds"
)

// Parked receipts.
const (
	SeveralParked Code = "parked.several"   // which one?
	ParkedGone    Code = "parked.gone"      // recalled before; Data "number", "till"
	ParkedNowhere Code = "parked.unknown"   // not on this till, and the server can't be asked
	SlipDamaged   Code = "slip.damaged"     // a part was read wrongly
	SlipAltered   Code = "slip.altered"     // its seal does not fit
	SlipForeign   Code = "slip.foreign"     // Data "store"
	SlipExpired   Code = "slip.expired"     // of another day; Data "date"
	SlipKey       Code = "slip.no_key"      // this till has no key to check it with
	SlipProduct   Code = "slip.no_product"  // Data "sku"
	SlipVersion   Code = "slip.new_version" // of a newer program
)

// Till storage.
const (
	NoStorage      Code = "storage.missing"   // no OPFS or no lock: the till refuses to sell
	StorageFull    Code = "storage.full"      // quota is used up
	StorageFault   Code = "storage.fault"     // the device failed to read or write
	JournalTorn    Code = "journal.torn"      // unacknowledged tail cut, Data "bytes"
	JournalDamaged Code = "journal.damaged"   // bytes kept aside, Data "segment", "offset"
	JournalPruned  Code = "journal.pruned"    // the server lost facts that are not kept here any more, Data "last"
	DBRebuilt      Code = "database.rebuilt"  // damaged database was made anew from the journal
	DBDamaged      Code = "database.damaged"  // to be rebuilt
	OtherTab       Code = "till.other_tab"    // this register is live in another tab
	NotEnrolled    Code = "till.not_enrolled" // no device identity yet
)

// Enrolment and sync.
const (
	CodeUsed    Code = "enrol.code_used"
	CodeExpired Code = "enrol.code_expired"
	CodeUnknown Code = "enrol.code_unknown"
	SetupLink   Code = "setup.link" // it has had its time, or the server is set up
	Revoked     Code = "device.revoked"
	Fork        Code = "sync.fork"         // same number, other bytes: two registers claim one identity
	Garbled     Code = "sync.garbled"      // what came is not what was sent: it is sent again
	MustRefetch Code = "sync.must_refetch" // cursor too old: take a new snapshot
	ClockWrong  Code = "clock.wrong"       // Data "minutes"
	ServerFull  Code = "server.full"       // StorageFull, of the server
	ServerFault Code = "server.fault"      // StorageFault or DBDamaged, of the server
	TooLarge    Code = "too_large"
	OldProtocol Code = "sync.old_protocol"
)

// Analytics.
const (
	UnknownFact Code = "fact.unknown"    // a kind or version that this program does not know
	Preparing   Code = "data.preparing"  // Data "percent": figures are made anew
	BadQuery    Code = "query.invalid"   // Data "field", "value"
	NoData      Code = "data.none"       // nothing downloaded yet and no connection
	DataLimit   Code = "query.too_large" // Data "limit": too many rows, narrow it
)
