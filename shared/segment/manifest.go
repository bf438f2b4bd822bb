package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Table says what a file holds.
type Table string

// Tables.
const (
	TableSales    Table = "sales"    // receipts and lines of one store and month
	TableProduct  Table = "product"  // a range of products
	TableCategory Table = "category" // the assortment tree
	TableStore    Table = "store"    // stores that the reader may see
	TableTill     Table = "till"     // tills of those stores
	TableCashier  Table = "cashier"  // cashiers of one store
	TableCustomer Table = "customer" // a range of customers: what they are like, not who they are
	TablePerson   Table = "person"   // names and addresses of a store's customers, only for who may see them
	TableSegment  Table = "segment"  // names of segments of customers
	TableMember   Table = "member"   // who is in one segment now
	TableRule     Table = "rule"     // promotions and discounts by hand
	TablePlan     Table = "plan"     // plan figures of one store
	TableExpense  Table = "expense"  // expenses of one store, or those of the whole chain
)

// Ref names a file of the manifest.
type Ref struct {
	Hash  string `json:"hash"` // SHA-256 of the file, hexadecimal: fetched by sync.GetFile
	Table Table  `json:"table"`
	Store string `json:"store,omitempty"` // of sales, cashiers, plans and expenses
	Month string `json:"month,omitempty"` // of sales: 2026-11
	Part  string `json:"part,omitempty"`  // of sales: "tail" holds the days after the closed ones
	Size  int64  `json:"size"`            // bytes, uncompressed
	Rows  int    `json:"rows"`            // lines of sales, rows of a dimension
}

// Manifest is the data of one reader at a moment.
type Manifest struct {
	Hash      string    `json:"hash"` // changes when anything below Freshness does
	Dims      []Ref     `json:"dims"`
	Segments  []Ref     `json:"segments"` // by month, store
	Freshness Freshness `json:"freshness"`
}

// Freshness says up to when the data goes and who is missing.
type Freshness struct {
	UpTo    int64    `json:"up_to"`    // unix ms of the latest fact in the data, 0 when there is none
	Devices int      `json:"devices"`  // registers in use
	Behind  []Behind `json:"behind"`   // registers with an open shift that are silent
	BuiltAt int64    `json:"built_at"` // unix ms by the server's clock
}

// Behind is a register whose latest facts are probably still on it.
type Behind struct {
	Device string `json:"device"`
	Name   string `json:"name"`
	Store  string `json:"store"`
	Till   int    `json:"till"`
	UpTo   int64  `json:"up_to"` // unix ms of its latest fact here
}

// Seal computes and sets the manifest's hash from the files it lists and the
// moment that the data goes up to.
func (m *Manifest) Seal() {
	d := sha256.New()
	for _, refs := range [][]Ref{m.Dims, m.Segments} {
		for _, ref := range refs {
			fmt.Fprintf(d, "%s %s %s %s\n", ref.Hash, ref.Table, ref.Store, ref.Month)
		}
	}
	fmt.Fprintf(d, "%d\n", m.Freshness.UpTo)
	m.Hash = hex.EncodeToString(d.Sum(nil))
}

// Hash returns the name of a file with these bytes.
func Hash(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}
