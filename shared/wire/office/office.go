// Package office is what the desk asks the server, each question with its
// address and types. server/httpapi/testdata/routes.txt says who may ask.
package office

import (
	"encoding/json"

	"tillsight/shared/audience"
	"tillsight/shared/budget"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/segment"
	"tillsight/shared/wire"
)

// File is a file that is answered.
type File = wire.File

type nothing = wire.Nothing

// Log-in. The session is a cookie of the browser's.
var (
	LogIn      = wire.Endpoint[Credentials, User]{Method: "POST", Path: "/v1/session", Limit: 1 << 10}
	GetSession = wire.Endpoint[nothing, User]{Method: "GET", Path: "/v1/session"}
	LogOut     = wire.Endpoint[nothing, nothing]{Method: "DELETE", Path: "/v1/session"}
)

// Those who log in, and what was done.
var (
	GetPeople    = wire.Endpoint[nothing, []Person]{Method: "GET", Path: "/v1/people"}
	NewPerson    = wire.Endpoint[User, MadePerson]{Method: "POST", Path: "/v1/people"}
	ChangePerson = wire.Endpoint[PersonChange, MadePerson]{Method: "PUT", Path: "/v1/people/{login}"}
	GetActs      = wire.Endpoint[Newest, []Act]{Method: "GET", Path: "/v1/acts"}
)

// DeviceID names a register.
type DeviceID struct {
	Device string `json:"device"`
}

// Registers.
var (
	GetDevices = wire.Endpoint[nothing, []Device]{Method: "GET", Path: "/v1/devices"}
	GetTills   = wire.Endpoint[nothing, []TillPlace]{Method: "GET", Path: "/v1/tills"}
	NewCode    = wire.Endpoint[CodeRequest, Code]{Method: "POST", Path: "/v1/codes"}
	Revoke     = wire.Endpoint[DeviceID, nothing]{Method: "POST", Path: "/v1/revoke"}
)

// FindProducts asks for what a text finds, or for all, with the prices of a
// store, "" for the chain's.
type FindProducts struct {
	Text   string `query:"q"`
	Store  string `query:"store"`
	Offset int    `query:"offset"`
	Limit  int    `query:"limit"`
}

// Version is of the reference data after a change.
type Version struct {
	Version int64 `json:"version"`
}

// Prices.
var (
	GetProducts = wire.Endpoint[FindProducts, Products]{Method: "GET", Path: "/v1/products"}
	SetPrice    = wire.Endpoint[catalogue.Price, Version]{Method: "POST", Path: "/v1/prices"}
)

// Promotions.
var (
	GetPromotions = wire.Endpoint[nothing, Promotions]{Method: "GET", Path: "/v1/promotions"}
	SavePromotion = wire.Endpoint[PromotionChange, SavedPromotion]{Method: "POST", Path: "/v1/promotions"}
	StopPromotion = wire.Endpoint[PromotionStop, SavedPromotion]{Method: "POST", Path: "/v1/promotions/stop"}
	SaveNever     = wire.Endpoint[Never, Never]{Method: "POST", Path: "/v1/promotions/never"}
	Simulate      = wire.Endpoint[Simulation, Simulated]{Method: "POST", Path: "/v1/promotions/simulate"}
	GetRuleSchema = wire.Endpoint[nothing, json.RawMessage]{Method: "GET", Path: "/v1/promotions/schema"}
	GetAlarms     = wire.Endpoint[nothing, []Alarm]{Method: "GET", Path: "/v1/alarms"}
)

// ListID names a price list.
type ListID struct {
	List string `query:"list"`
}

// FindListPrices asks for prices of a list: of goods that a text finds, or all.
type FindListPrices struct {
	List   string `query:"list"`
	Text   string `query:"q"`
	Offset int    `query:"offset"`
	Limit  int    `query:"limit"`
}

// PriceOf names an article in a store, "" for the chain.
type PriceOf struct {
	SKU   catalogue.SKU `query:"sku"`
	Store string        `query:"store"`
}

// Price lists and regulated prices.
var (
	GetPriceLists  = wire.Endpoint[nothing, PriceLists]{Method: "GET", Path: "/v1/price-lists"}
	SavePriceList  = wire.Endpoint[PriceListChange, SavedPriceList]{Method: "POST", Path: "/v1/price-lists"}
	SaveRegulation = wire.Endpoint[RegulationChange, SavedRegulation]{Method: "POST", Path: "/v1/regulations"}
	GetListPrices  = wire.Endpoint[FindListPrices, ListPrices]{Method: "GET", Path: "/v1/price-lists/prices"}
	SetListPrices  = wire.Endpoint[ListPricesChange, ListPricesSet]{Method: "POST", Path: "/v1/price-lists/prices", Limit: 4 << 20}
	GetListFile    = wire.Endpoint[ListID, wire.File]{Method: "GET", Path: "/v1/price-lists/file"}
	GetPriceWhen   = wire.Endpoint[PriceOf, PriceWhen]{Method: "GET", Path: "/v1/prices/when"}
)

// What people keep at the desk.
var (
	GetSaved = wire.Endpoint[nothing, []DeskItem]{Method: "GET", Path: "/v1/saved"}
	Save     = wire.Endpoint[DeskItem, DeskItem]{Method: "POST", Path: "/v1/saved", Limit: 2 * SavedBodyMax}
)

// Months are the first and the last of a run.
type Months struct {
	From string `query:"from"`
	To   string `query:"to"`
}

// Sheet is a table as a file; dry only looks at it.
type Sheet struct {
	Dry  bool      `query:"dry"`
	File wire.File `body:"text/csv"`
}

// Newest asks for the newest of a list.
type Newest struct {
	Limit int `query:"limit"`
}

const sheetMax = 4 << 20 // bytes of plans or expenses

// Plans and expenses. A manager of some stores sees and changes what belongs to
// these; expenses of the whole chain are for who sees all stores.
var (
	GetPlans         = wire.Endpoint[Months, budget.Plans]{Method: "GET", Path: "/v1/plans"}
	SavePlans        = wire.Endpoint[budget.SavePlans, budget.Plans]{Method: "POST", Path: "/v1/plans", Limit: sheetMax}
	ImportPlans      = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: "/v1/plans/import", Limit: sheetMax}
	GetExpenses      = wire.Endpoint[Months, budget.Expenses]{Method: "GET", Path: "/v1/expenses"}
	SaveExpense      = wire.Endpoint[budget.SaveExpense, budget.Expense]{Method: "POST", Path: "/v1/expenses"}
	ImportExpenses   = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: "/v1/expenses/import", Limit: sheetMax}
	GetBudgetHistory = wire.Endpoint[Newest, []budget.Change]{Method: "GET", Path: "/v1/budget/history"}
)

// TokenID names a token.
type TokenID struct {
	ID int64 `json:"id"`
}

// ExportFile names a table and its format. A table is asked for as
// /v1/export/lines.parquet?from=2026-11-01&to=2026-11-30&store=12, with a token
// ("Authorization: Bearer") or a manager's session. A text column with a value
// (&kind=return) keeps the rows that have it.
type ExportFile struct {
	File string `path:"file"`
}

// Exports.
var (
	Export        = wire.Endpoint[ExportFile, File]{Method: "GET", Path: "/v1/export/{file}"}
	GetDictionary = wire.Endpoint[nothing, Dictionary]{Method: "GET", Path: "/v1/export/dictionary"}
	GetTokens     = wire.Endpoint[nothing, []Token]{Method: "GET", Path: "/v1/tokens"}
	NewToken      = wire.Endpoint[TokenRequest, MadeToken]{Method: "POST", Path: "/v1/tokens"}
	RevokeToken   = wire.Endpoint[TokenID, nothing]{Method: "POST", Path: "/v1/tokens/revoke"}
)

// MembersOf asks who is in a segment.
type MembersOf struct {
	ID     string `query:"id"`
	Offset int    `query:"offset"`
	Limit  int    `query:"limit"`
}

// CustomerAt asks for a customer at a moment, unix ms; 0 is now.
type CustomerAt struct {
	ID string `path:"id"`
	At int64  `query:"at"`
}

// Customers and their segments. Those who see only some stores read them; they are
// changed by who sees all.
var (
	GetSegments       = wire.Endpoint[nothing, []audience.Listed]{Method: "GET", Path: "/v1/customer-segments"}
	SaveSegment       = wire.Endpoint[audience.Definition, audience.Saved]{Method: "POST", Path: "/v1/customer-segments"}
	RetireSegment     = wire.Endpoint[audience.Definition, audience.Definition]{Method: "POST", Path: "/v1/customer-segments/retire"}
	TrySegment        = wire.Endpoint[audience.Condition, audience.Tried]{Method: "POST", Path: "/v1/customer-segments/try"}
	GetSegmentMembers = wire.Endpoint[MembersOf, audience.Members]{Method: "GET", Path: "/v1/customer-segments/members"}
	GetSegmentFields  = wire.Endpoint[nothing, []audience.Offer]{Method: "GET", Path: "/v1/customer-segments/fields"}
	GetCustomer       = wire.Endpoint[CustomerAt, audience.Profile]{Method: "GET", Path: "/v1/customers/{id}"}
)

// CodeOf is a code that was scanned.
type CodeOf struct {
	Code string `query:"code"`
}

// The barcode lab.
var (
	GetMasks   = wire.Endpoint[nothing, Masks]{Method: "GET", Path: "/v1/masks"}
	SaveMask   = wire.Endpoint[MaskChange, SavedMask]{Method: "POST", Path: "/v1/masks"}
	SaveSample = wire.Endpoint[SampleChange, Masks]{Method: "POST", Path: "/v1/masks/samples"}
	LookCode   = wire.Endpoint[CodeOf, Looked]{Method: "GET", Path: "/v1/masks/look"}
)

// Where stores stand.
var (
	GetStorePlaces = wire.Endpoint[nothing, []StorePlace]{Method: "GET", Path: "/v1/stores"}
	PlaceStore     = wire.Endpoint[StorePlace, StorePlace]{Method: "POST", Path: "/v1/stores"}
)

// Good names an article.
type Good struct {
	SKU catalogue.SKU `path:"sku"`
}

// PutGood writes an article.
type PutGood struct {
	SKU catalogue.SKU `path:"sku" json:"-"`
	GoodCard
}

// PutDocument brings goods in, or counts them.
type PutDocument struct {
	ID string `path:"document" json:"-"`
	StockDocument
}

const (
	cardMax  = 1 << 20
	goodsMax = 32 << 20 // bytes of a file of articles
)

// The assortment and the rules of its sale.
var (
	GetGoods       = wire.Endpoint[catalogue.GoodsQuery, catalogue.Goods]{Method: "GET", Path: "/v1/goods"}
	GetGood        = wire.Endpoint[Good, GoodCard]{Method: "GET", Path: "/v1/goods/article/{sku}"}
	SaveGood       = wire.Endpoint[PutGood, SavedGood]{Method: "PUT", Path: "/v1/goods/article/{sku}", Limit: cardMax}
	StopGoods      = wire.Endpoint[GoodsStop, Saved]{Method: "POST", Path: "/v1/goods/stop", Limit: 8 << 20}
	ExportGoods    = wire.Endpoint[nothing, wire.File]{Method: "GET", Path: "/v1/goods/file"}
	ImportGoods    = wire.Endpoint[Sheet, Imported]{Method: "POST", Path: "/v1/goods/file", Limit: goodsMax}
	GetBanOptions  = wire.Endpoint[nothing, BanOptions]{Method: "GET", Path: "/v1/ban-options"}
	GetShelfLives  = wire.Endpoint[nothing, ShelfLives]{Method: "GET", Path: "/v1/shelf-lives"}
	SaveShelfLives = wire.Endpoint[ShelfLives, Saved]{Method: "PUT", Path: "/v1/shelf-lives", Limit: cardMax}
	GetSelling     = wire.Endpoint[nothing, Selling]{Method: "GET", Path: "/v1/selling"}
	SaveSelling    = wire.Endpoint[Selling, Saved]{Method: "PUT", Path: "/v1/selling", Limit: cardMax}
	GetQuickKeys   = wire.Endpoint[nothing, QuickKeys]{Method: "GET", Path: "/v1/quick-keys"}
	SaveQuickKeys  = wire.Endpoint[QuickKeys, QuickKeys]{Method: "PUT", Path: "/v1/quick-keys", Limit: cardMax}
	SaveStock      = wire.Endpoint[PutDocument, Saved]{Method: "PUT", Path: "/v1/stock/{document}", Limit: 16 << 20}
)

const questionMax = 1 << 20 // thousands of keys in filters

// What a device answers itself while it has the months.
var (
	GetManifest = wire.Endpoint[nothing, segment.Manifest]{Method: "GET", Path: "/v1/segments"}
	Query       = wire.Endpoint[cube.Query, *cube.Result]{Method: "POST", Path: "/v1/query", Limit: questionMax}
	List        = wire.Endpoint[cube.Drill, *cube.Listing]{Method: "POST", Path: "/v1/list", Limit: questionMax}
	Report      = wire.Endpoint[report.Request, json.RawMessage]{Method: "POST", Path: "/v1/report", Limit: questionMax}
)
