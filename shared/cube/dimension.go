package cube

// DimID names a dimension: something to break figures down by or to filter by.
type DimID string

// Dimensions. The comment shows a key.
const (
	Day           DimID = "day"            // 2026-11-22
	Week          DimID = "week"           // 2026-W47, ISO 8601
	Month         DimID = "month"          // 2026-11
	Quarter       DimID = "quarter"        // 2026-Q4
	Year          DimID = "year"           // 2026
	Weekday       DimID = "weekday"        // 1 Monday … 7 Sunday
	Hour          DimID = "hour"           // 00 … 23
	Store         DimID = "store"          // store ID
	Region        DimID = "region"         // name of a region, "" when unknown
	Till          DimID = "till"           // store-till: 12-3
	Cashier       DimID = "cashier"        // employee ID
	Department    DimID = "department"     // category ID of level one
	Group         DimID = "group"          // category ID of level two
	Category      DimID = "category"       // category ID as the product has it
	Product       DimID = "product"        // SKU
	Customer      DimID = "customer"       // customer ID, "" for unknown
	CustomerGroup DimID = "customer_group" // name of a group, "" for none or unknown
	Sex           DimID = "sex"            // of the customer, as the following: f, m
	Age           DimID = "age"            // one of AgeBands
	City          DimID = "city"           // where he lives
	HomeRegion    DimID = "home_region"    // where he lives
	HomeStore     DimID = "home_store"     // ID of the store where he enrolled
	Household     DimID = "household"      // persons in it: 1 … 5+
	Children      DimID = "children"       // 0 … 3+
	Income        DimID = "income"         // band
	Home          DimID = "home"           // owner, renter
	Offers        DimID = "offers"         // whether he may be sent some: yes, no, "" without a profile
	Segment       DimID = "segment"        // ID of one that he is in; only for filters
	Kind          DimID = "kind"           // sale, return
)

// Dim describes a dimension.
type Dim struct {
	ID     DimID
	Parent DimID // one step up the hierarchy: day → week, product → category; "" at the top
	Child  DimID // one step down, for drilling
	Time   bool  // keys are periods of the calendar, in order
	Line   bool  // lines of one receipt may differ in it
	Named  bool  // keys have names in the dimension tables
	Many   bool  // something can have several keys: for filters only
}

// dims lists every dimension, in the order in which they are offered.
var dims = []Dim{
	{ID: Day, Parent: Week, Child: Hour, Time: true},
	{ID: Week, Parent: Month, Child: Day, Time: true},
	{ID: Month, Parent: Quarter, Child: Day, Time: true},
	{ID: Quarter, Parent: Year, Child: Month, Time: true},
	{ID: Year, Child: Quarter, Time: true},
	{ID: Weekday, Child: Hour},
	{ID: Hour},
	{ID: Store, Parent: Region, Child: Till, Named: true},
	{ID: Region, Child: Store},
	{ID: Till, Parent: Store, Child: Cashier},
	{ID: Cashier, Parent: Store, Named: true},
	{ID: Department, Child: Group, Line: true, Named: true},
	{ID: Group, Parent: Department, Child: Category, Line: true, Named: true},
	{ID: Category, Parent: Group, Child: Product, Line: true, Named: true},
	{ID: Product, Parent: Category, Line: true, Named: true},
	{ID: Customer, Parent: CustomerGroup},
	{ID: CustomerGroup, Child: Customer},
	{ID: Sex, Child: Age},
	{ID: Age, Child: Customer},
	{ID: City, Parent: HomeRegion, Child: Customer},
	{ID: HomeRegion, Child: City},
	{ID: HomeStore, Child: Customer, Named: true},
	{ID: Household, Child: Children},
	{ID: Children, Child: Customer},
	{ID: Income, Child: Customer},
	{ID: Home, Child: Customer},
	{ID: Offers, Child: Customer},
	{ID: Segment, Child: Customer, Named: true, Many: true},
	{ID: Kind},
}

// Dims returns every dimension in the order in which they are offered.
func Dims() []Dim { return append([]Dim(nil), dims...) }

// DimOf returns the dimension named id.
func DimOf(id DimID) (Dim, bool) {
	for _, d := range dims {
		if d.ID == id {
			return d, true
		}
	}
	return Dim{}, false
}

// Keys of Kind.
const (
	KindSale   = "sale"
	KindReturn = "return"
)
