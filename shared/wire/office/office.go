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
	"tillsight/shared/syncproto"
	"tillsight/shared/wire"
)

// File is a file that is answered.
type File = wire.File

type nothing = wire.Nothing

// Log-in. The session is a cookie of the browser's.
var (
	LogIn   = wire.Endpoint[syncproto.Credentials, syncproto.User]{Method: "POST", Path: syncproto.PathSession, Limit: 1 << 10}
	Session = wire.Endpoint[nothing, syncproto.User]{Method: "GET", Path: syncproto.PathSession}
	LogOut  = wire.Endpoint[nothing, nothing]{Method: "DELETE", Path: syncproto.PathSession}
)

// DeviceID names a register.
type DeviceID struct {
	Device string `json:"device"`
}

// Registers.
var (
	Devices = wire.Endpoint[nothing, []syncproto.Device]{Method: "GET", Path: syncproto.PathDevices}
	Tills   = wire.Endpoint[nothing, []syncproto.TillPlace]{Method: "GET", Path: syncproto.PathTills}
	NewCode = wire.Endpoint[syncproto.CodeRequest, syncproto.Code]{Method: "POST", Path: syncproto.PathCodes}
	Revoke  = wire.Endpoint[DeviceID, nothing]{Method: "POST", Path: syncproto.PathRevoke}
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
	Products = wire.Endpoint[FindProducts, syncproto.Products]{Method: "GET", Path: syncproto.PathProducts}
	SetPrice = wire.Endpoint[catalogue.Price, Version]{Method: "POST", Path: syncproto.PathPrices}
)

// Promotions.
var (
	Promotions    = wire.Endpoint[nothing, syncproto.Promotions]{Method: "GET", Path: syncproto.PathPromotions}
	SavePromotion = wire.Endpoint[syncproto.SavePromotion, syncproto.SavedPromotion]{Method: "POST", Path: syncproto.PathPromotions}
	StopPromotion = wire.Endpoint[syncproto.StopPromotion, syncproto.SavedPromotion]{Method: "POST", Path: syncproto.PathPromotionStop}
	SaveNever     = wire.Endpoint[syncproto.Never, syncproto.Never]{Method: "POST", Path: syncproto.PathNever}
	Simulate      = wire.Endpoint[syncproto.Simulate, syncproto.Simulated]{Method: "POST", Path: syncproto.PathSimulate}
	Alarms        = wire.Endpoint[nothing, []syncproto.Alarm]{Method: "GET", Path: syncproto.PathAlarms}
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
	PriceLists     = wire.Endpoint[nothing, syncproto.PriceLists]{Method: "GET", Path: syncproto.PathPriceLists}
	SavePriceList  = wire.Endpoint[syncproto.SavePriceList, syncproto.SavedPriceList]{Method: "POST", Path: syncproto.PathPriceLists}
	SaveRegulation = wire.Endpoint[syncproto.SaveRegulation, syncproto.SavedRegulation]{Method: "POST", Path: syncproto.PathRegulations}
	ListPrices     = wire.Endpoint[FindListPrices, syncproto.ListPrices]{Method: "GET", Path: syncproto.PathListPrices}
	SetListPrices  = wire.Endpoint[syncproto.SetListPrices, syncproto.ListPricesSet]{Method: "POST", Path: syncproto.PathListPrices, Limit: 4 << 20}
	ListFile       = wire.Endpoint[ListID, wire.File]{Method: "GET", Path: syncproto.PathListFile}
	PriceWhen      = wire.Endpoint[PriceOf, syncproto.PriceWhen]{Method: "GET", Path: syncproto.PathPriceWhen}
)

// What people keep at the desk.
var (
	Saved = wire.Endpoint[nothing, []syncproto.DeskItem]{Method: "GET", Path: syncproto.PathSaved}
	Save  = wire.Endpoint[syncproto.DeskItem, syncproto.DeskItem]{Method: "POST", Path: syncproto.PathSaved, Limit: 2 * syncproto.SavedBodyMax}
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
	Plans          = wire.Endpoint[Months, budget.Plans]{Method: "GET", Path: budget.PathPlans}
	SavePlans      = wire.Endpoint[budget.SavePlans, budget.Plans]{Method: "POST", Path: budget.PathPlans, Limit: sheetMax}
	ImportPlans    = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: budget.PathPlansImport, Limit: sheetMax}
	Expenses       = wire.Endpoint[Months, budget.Expenses]{Method: "GET", Path: budget.PathExpenses}
	SaveExpense    = wire.Endpoint[budget.SaveExpense, budget.Expense]{Method: "POST", Path: budget.PathExpenses}
	ImportExpenses = wire.Endpoint[Sheet, budget.Imported]{Method: "POST", Path: budget.PathExpensesImport, Limit: sheetMax}
	BudgetHistory  = wire.Endpoint[Newest, []budget.Change]{Method: "GET", Path: budget.PathHistory}
)

// TokenID names a token.
type TokenID struct {
	ID int64 `json:"id"`
}

// Exports.
var (
	Dictionary  = wire.Endpoint[nothing, syncproto.Dictionary]{Method: "GET", Path: syncproto.PathDictionary}
	Tokens      = wire.Endpoint[nothing, []syncproto.Token]{Method: "GET", Path: syncproto.PathTokens}
	NewToken    = wire.Endpoint[syncproto.NewToken, syncproto.MadeToken]{Method: "POST", Path: syncproto.PathTokens}
	RevokeToken = wire.Endpoint[TokenID, nothing]{Method: "POST", Path: syncproto.PathTokenRevoke}
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
	Segments       = wire.Endpoint[nothing, []audience.Listed]{Method: "GET", Path: audience.PathSegments}
	SaveSegment    = wire.Endpoint[audience.Definition, audience.Saved]{Method: "POST", Path: audience.PathSegments}
	RetireSegment  = wire.Endpoint[audience.Definition, audience.Definition]{Method: "POST", Path: audience.PathRetire}
	TrySegment     = wire.Endpoint[audience.Condition, audience.Tried]{Method: "POST", Path: audience.PathTry}
	SegmentMembers = wire.Endpoint[MembersOf, audience.Members]{Method: "GET", Path: audience.PathMembers}
	SegmentFields  = wire.Endpoint[nothing, []audience.Offer]{Method: "GET", Path: audience.PathFields}
	Customer       = wire.Endpoint[CustomerAt, audience.Profile]{Method: "GET", Path: audience.PathCustomer + "{id}"}
)

// CodeOf is a code that was scanned.
type CodeOf struct {
	Code string `query:"code"`
}

// The barcode lab.
var (
	Masks      = wire.Endpoint[nothing, syncproto.Masks]{Method: "GET", Path: syncproto.PathMasks}
	SaveMask   = wire.Endpoint[syncproto.SaveMask, syncproto.SavedMask]{Method: "POST", Path: syncproto.PathMasks}
	SaveSample = wire.Endpoint[syncproto.SaveSample, syncproto.Masks]{Method: "POST", Path: syncproto.PathSamples}
	LookCode   = wire.Endpoint[CodeOf, syncproto.Looked]{Method: "GET", Path: syncproto.PathLook}
)

// Where stores stand.
var (
	StorePlaces = wire.Endpoint[nothing, []syncproto.StorePlace]{Method: "GET", Path: syncproto.PathStores}
	PlaceStore  = wire.Endpoint[syncproto.StorePlace, syncproto.StorePlace]{Method: "POST", Path: syncproto.PathStores}
)

// Good names an article.
type Good struct {
	SKU catalogue.SKU `path:"sku"`
}

// PutGood writes an article.
type PutGood struct {
	SKU catalogue.SKU `path:"sku" json:"-"`
	syncproto.GoodCard
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
	syncproto.StockDocument
}

const (
	cardMax  = 1 << 20
	goodsMax = 32 << 20 // bytes of a file of articles
)

// The assortment and the rules of its sale.
var (
	Goods          = wire.Endpoint[syncproto.GoodsQuery, syncproto.Goods]{Method: "GET", Path: syncproto.PathGoods}
	GoodCard       = wire.Endpoint[Good, syncproto.GoodCard]{Method: "GET", Path: syncproto.PathGood + "{sku}"}
	SaveGood       = wire.Endpoint[PutGood, syncproto.SavedGood]{Method: "PUT", Path: syncproto.PathGood + "{sku}", Limit: cardMax}
	StopGoods      = wire.Endpoint[syncproto.StopGoods, syncproto.Saved]{Method: "POST", Path: syncproto.PathGoodsStop, Limit: 8 << 20}
	ExportGoods    = wire.Endpoint[nothing, wire.File]{Method: "GET", Path: syncproto.PathGoodsFile}
	ImportGoods    = wire.Endpoint[Sheet, syncproto.Imported]{Method: "POST", Path: syncproto.PathGoodsFile, Limit: goodsMax}
	Bans           = wire.Endpoint[nothing, syncproto.Bans]{Method: "GET", Path: syncproto.PathBans}
	SaveBan        = wire.Endpoint[PutBan, syncproto.Saved]{Method: "PUT", Path: syncproto.PathBan + "{id}", Limit: cardMax}
	DropBan        = wire.Endpoint[BanID, syncproto.Saved]{Method: "DELETE", Path: syncproto.PathBan + "{id}"}
	ShelfLives     = wire.Endpoint[nothing, syncproto.ShelfLives]{Method: "GET", Path: syncproto.PathShelfLives}
	SaveShelfLives = wire.Endpoint[syncproto.ShelfLives, syncproto.Saved]{Method: "PUT", Path: syncproto.PathShelfLives, Limit: cardMax}
	Selling        = wire.Endpoint[nothing, syncproto.Selling]{Method: "GET", Path: syncproto.PathSelling}
	SaveSelling    = wire.Endpoint[syncproto.Selling, syncproto.Saved]{Method: "PUT", Path: syncproto.PathSelling, Limit: cardMax}
	QuickKeys      = wire.Endpoint[nothing, syncproto.QuickKeys]{Method: "GET", Path: syncproto.PathQuickKeys}
	SaveQuickKeys  = wire.Endpoint[syncproto.QuickKeys, syncproto.QuickKeys]{Method: "PUT", Path: syncproto.PathQuickKeys, Limit: cardMax}
	StockDocument  = wire.Endpoint[PutDocument, syncproto.Saved]{Method: "PUT", Path: syncproto.PathStock + "{document}", Limit: 16 << 20}
)

const questionMax = 1 << 20 // thousands of keys in filters

// What a device answers itself while it has the months.
var (
	Manifest = wire.Endpoint[nothing, segment.Manifest]{Method: "GET", Path: syncproto.PathManifest}
	Query    = wire.Endpoint[cube.Query, *cube.Result]{Method: "POST", Path: syncproto.PathQuery, Limit: questionMax}
	List     = wire.Endpoint[cube.Drill, *cube.Listing]{Method: "POST", Path: syncproto.PathList, Limit: questionMax}
	Report   = wire.Endpoint[report.Request, json.RawMessage]{Method: "POST", Path: syncproto.PathReport, Limit: questionMax}
)
