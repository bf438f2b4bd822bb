// Package customer is the person behind the loyalty card.
package customer

// Customer is a profile as a till or the server knows it. Tills hold no more
// than they need: an ID, the card, a first name.
type Customer struct {
	ID       string  `json:"id"`
	Card     string  `json:"card"` // barcode of the card
	Name     string  `json:"name,omitempty"`
	Phone    string  `json:"phone,omitempty"`
	Email    string  `json:"email,omitempty"`
	Birth    string  `json:"birth,omitempty"` // 1984-05-17
	Sex      string  `json:"sex,omitempty"`   // "f", "m"
	City     string  `json:"city,omitempty"`
	Region   string  `json:"region,omitempty"`
	Income   string  `json:"income,omitempty"` // band
	Home     string  `json:"home,omitempty"`   // "owner", "renter"
	Size     int     `json:"size,omitempty"`   // persons in the household
	Children int     `json:"children,omitempty"`
	Store    string  `json:"store,omitempty"` // where enrolled
	Since    int64   `json:"since,omitempty"` // unix ms
	Consent  Consent `json:"consent"`
}

// Consent is what the person allowed.
type Consent struct {
	Data      bool  `json:"data"`      // keep the profile
	Marketing bool  `json:"marketing"` // send offers
	At        int64 `json:"at,omitempty"`
}
