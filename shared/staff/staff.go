// Package staff names the people who work at a till and what each may do.
package staff

// Role is a job at the till.
type Role string

// Roles, from least to most rights.
const (
	Cashier Role = "cashier"
	Senior  Role = "senior"
	Manager Role = "manager"
)

// Right is one operation that not everybody may do.
type Right string

// Rights at the till.
const (
	VoidLine      Right = "void_line"
	CancelReceipt Right = "cancel_receipt"
	Discount      Right = "discount"
	CashMove      Right = "cash_move"
	CloseShift    Right = "close_shift"
	ExportJournal Right = "export_journal"
	ManualWeight  Right = "manual_weight" // type a weight where the chain leaves that to seniors
)

// Rights lists all rights.
var Rights = []Right{VoidLine, CancelReceipt, Discount, CashMove, CloseShift, ExportJournal, ManualWeight}

var rights = map[Role][]Right{
	Cashier: {VoidLine, CloseShift},
	Senior:  {VoidLine, CancelReceipt, Discount, CashMove, CloseShift, ManualWeight},
	Manager: {VoidLine, CancelReceipt, Discount, CashMove, CloseShift, ExportJournal, ManualWeight},
}

// Employee is a person who signs in at a till. PINHash is Argon2id of the PIN
// with PINSalt; PINs never leave the server in clear. Nobody says who he is when
// he types a PIN, so the people of a store share a salt: one hash, which is slow
// on purpose, then tells who it is.
type Employee struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Role    Role   `json:"role"`
	Store   string `json:"store,omitempty"` // empty: every store
	PINSalt []byte `json:"pin_salt,omitempty"`
	PINHash []byte `json:"pin_hash,omitempty"`
	// DiscountBP is the highest manual discount in basis points.
	DiscountBP int64 `json:"discount_bp,omitempty"`
	Gone       bool  `json:"gone,omitempty"`
}

// May reports whether the employee's role includes right.
func (e Employee) May(right Right) bool {
	for _, r := range rights[e.Role] {
		if r == right {
			return true
		}
	}
	return false
}
