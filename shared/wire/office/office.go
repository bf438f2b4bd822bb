// Package office is what the desk asks the server, each question with its
// address and types. server/httpapi/testdata/routes.txt says who may ask.
package office

import (
	"encoding/json"

	"tillsight/shared/audience"
	"tillsight/shared/ban"
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
	LogIn      = wire.Endpoint[Credentials, User]{Method: "POST", Path: PathSession, Limit: 1 << 10}
	GetSession = wire.Endpoint[nothing, User]{Method: "GET", Path: PathSession}
	LogOut     = wire.Endpoint[nothing, nothing]{Method: "DELETE", Path: PathSession}
)

// DeviceID names a register.
type DeviceID struct {
	Device string `json:"device"`
}

// Registers.
var (
	GetDevices = wire.Endpoint[nothing, []Device]{Method: "GET", Path: PathDevices}
	GetTills   = wire.Endpoint[nothing, []TillPlace]{Method: "GET", Path: PathTills}
	NewCode    = wire.Endpoint[CodeRequest, Code]{Method: "POST", Path: PathCodes}
	Revoke     = wire.Endpoint[DeviceID, nothing]{Method: "POST", Path: PathRevoke}
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
	GetProducts = wire.Endpoint[FindProducts, Products]{Method: "GET", Path: PathProducts}
	SetPrice    = wire.Endpoint[catalogue.Price, Version]{Method: "POST", Path: PathPrices}
)

// Promotions.
var (
	GetPromotions = wire.Endpoint[nothing, Promotions]{Method: "GET", Path: PathPromotions}
	SavePromotion = wire.Endpoint[PromotionChange, SavedPromotion]{Method: "POST", Path: PathPromotions}
	StopPromotion = wire.Endpoint[PromotionStop, SavedPromotion]{Method: "POST", Path: PathPromotionStop}
	SaveNever     = wire.Endpoint[Never, Never]{Method: "POST", Path: PathNever}
	Simulate      = wire.Endpoint[Simulation, Simulated]{Method: "POST", Path: PathSimulate}
	GetAlarms     = wire.Endpoint[nothing, []Alarm]{Method: "GET", Path: PathAlarms}
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
	GetPriceLists  = wire.Endpoint[nothing, PriceLists]{Method: "GET", Path: PathPriceLists}
	SavePriceList  = wire.Endpoint[PriceListChange, SavedPriceList]{Method: "POST", Path: PathPriceLists}
	SaveRegulation = wire.Endpoint[RegulationChange, SavedRegulation]{Method: "POST", Path: PathRegulations}
	GetListPrices  = wire.Endpoint[FindListPrices, ListPrices]{Method: "GET", Path: PathListPrices}
	SetListPrices  = wire.Endpoint[ListPricesChange, ListPricesSet]{Method: "POST", Path: PathListPrices, Limit: 4 << 20}
	GetListFile    = wire.Endpoint[ListID, wire.File]{Method: "GET", Path: PathListFile}
	GetPriceWhen   = wire.Endpoint[PriceOf, PriceWhen]{Method: "GET", Path: PathPriceWhen}
)

// What people keep at the desk.
var (
	GetSaved = wire.Endpoint[nothing, []DeskItem]{Method: "GET", Path: PathSaved}
	Save     = wire.Endpoint[DeskItem, DeskItem]{Method: "POST", Path: PathSaved, Limit: 2 * SavedBodyMax}
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

// Plans and expenses.
var (
	GetPlans         = wire.Endpoint[Months, budget.Plans]{Method: "GET", Path: budget.PathPlans}
	SavePlans        = wire.Endpoint[budget.SavePlans, budget.Plans]{Method: "POST", Path: budget.PathPlans, Limit: sheetMax}
	ImportPlans      = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: budget.PathPlansImport, Limit: sheetMax}
	GetExpenses      = wire.Endpoint[Months, budget.Expenses]{Method: "GET", Path: budget.PathExpenses}
	SaveExpense      = wire.Endpoint[budget.SaveExpense, budget.Expense]{Method: "POST", Path: budget.PathExpenses}
	ImportExpenses   = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: budget.PathExpensesImport, Limit: sheetMax}
	GetBudgetHistory = wire.Endpoint[Newest, []budget.Change]{Method: "GET", Path: budget.PathHistory}
)

// TokenID names a token.
type TokenID struct {
	ID int64 `json:"id"`
}

// Exports.
var (
	GetDictionary = wire.Endpoint[nothing, Dictionary]{Method: "GET", Path: PathDictionary}
	GetTokens     = wire.Endpoint[nothing, []Token]{Method: "GET", Path: PathTokens}
	NewToken      = wire.Endpoint[TokenRequest, MadeToken]{Method: "POST", Path: PathTokens}
	RevokeToken   = wire.Endpoint[TokenID, nothing]{Method: "POST", Path: PathTokenRevoke}
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

// Customers and their segments.
var (
	GetSegments       = wire.Endpoint[nothing, []audience.Listed]{Method: "GET", Path: audience.PathSegments}
	SaveSegment       = wire.Endpoint[audience.Definition, audience.Saved]{Method: "POST", Path: audience.PathSegments}
	RetireSegment     = wire.Endpoint[audience.Definition, audience.Definition]{Method: "POST", Path: audience.PathRetire}
	TrySegment        = wire.Endpoint[audience.Condition, audience.Tried]{Method: "POST", Path: audience.PathTry}
	GetSegmentMembers = wire.Endpoint[MembersOf, audience.Members]{Method: "GET", Path: audience.PathMembers}
	GetSegmentFields  = wire.Endpoint[nothing, []audience.Offer]{Method: "GET", Path: audience.PathFields}
	GetCustomer       = wire.Endpoint[CustomerAt, audience.Profile]{Method: "GET", Path: audience.PathCustomer + "{id}"}
)

// CodeOf is a code that was scanned.
type CodeOf struct {
	Code string `query:"code"`
}

// The barcode lab.
var (
	GetMasks   = wire.Endpoint[nothing, Masks]{Method: "GET", Path: PathMasks}
	SaveMask   = wire.Endpoint[MaskChange, SavedMask]{Method: "POST", Path: PathMasks}
	SaveSample = wire.Endpoint[SampleChange, Masks]{Method: "POST", Path: PathSamples}
	LookCode   = wire.Endpoint[CodeOf, Looked]{Method: "GET", Path: PathLook}
)

// Where stores stand.
var (
	GetStorePlaces = wire.Endpoint[nothing, []StorePlace]{Method: "GET", Path: PathStores}
	PlaceStore     = wire.Endpoint[StorePlace, StorePlace]{Method: "POST", Path: PathStores}
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

// PutBan writes a ban.
type PutBan struct {
	Key string `path:"id" json:"-"`
	ban.Rule
}

// BanID names a ban.
type BanID struct {
	ID string `path:"id"`
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
	GetGoods       = wire.Endpoint[catalogue.GoodsQuery, catalogue.Goods]{Method: "GET", Path: PathGoods}
	GetGood        = wire.Endpoint[Good, GoodCard]{Method: "GET", Path: PathGood + "{sku}"}
	SaveGood       = wire.Endpoint[PutGood, SavedGood]{Method: "PUT", Path: PathGood + "{sku}", Limit: cardMax}
	StopGoods      = wire.Endpoint[GoodsStop, Saved]{Method: "POST", Path: PathGoodsStop, Limit: 8 << 20}
	ExportGoods    = wire.Endpoint[nothing, wire.File]{Method: "GET", Path: PathGoodsFile}
	ImportGoods    = wire.Endpoint[Sheet, Imported]{Method: "POST", Path: PathGoodsFile, Limit: goodsMax}
	GetBans        = wire.Endpoint[nothing, Bans]{Method: "GET", Path: PathBans}
	SaveBan        = wire.Endpoint[PutBan, Saved]{Method: "PUT", Path: PathBan + "{id}", Limit: cardMax}
	DropBan        = wire.Endpoint[BanID, Saved]{Method: "DELETE", Path: PathBan + "{id}"}
	GetShelfLives  = wire.Endpoint[nothing, ShelfLives]{Method: "GET", Path: PathShelfLives}
	SaveShelfLives = wire.Endpoint[ShelfLives, Saved]{Method: "PUT", Path: PathShelfLives, Limit: cardMax}
	GetSelling     = wire.Endpoint[nothing, Selling]{Method: "GET", Path: PathSelling}
	SaveSelling    = wire.Endpoint[Selling, Saved]{Method: "PUT", Path: PathSelling, Limit: cardMax}
	GetQuickKeys   = wire.Endpoint[nothing, QuickKeys]{Method: "GET", Path: PathQuickKeys}
	SaveQuickKeys  = wire.Endpoint[QuickKeys, QuickKeys]{Method: "PUT", Path: PathQuickKeys, Limit: cardMax}
	SaveStock      = wire.Endpoint[PutDocument, Saved]{Method: "PUT", Path: PathStock + "{document}", Limit: 16 << 20}
)

const questionMax = 1 << 20 // thousands of keys in filters

// What a device answers itself while it has the months.
var (
	GetManifest = wire.Endpoint[nothing, segment.Manifest]{Method: "GET", Path: PathManifest}
	Query       = wire.Endpoint[cube.Query, *cube.Result]{Method: "POST", Path: PathQuery, Limit: questionMax}
	List        = wire.Endpoint[cube.Drill, *cube.Listing]{Method: "POST", Path: PathList, Limit: questionMax}
	Report      = wire.Endpoint[report.Request, json.RawMessage]{Method: "POST", Path: PathReport, Limit: questionMax}
)
