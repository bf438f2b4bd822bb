package audience

// Profile is what is known of a customer at a moment.
type Profile struct {
	ID string `json:"id"`
	At int64  `json:"at"` // unix ms: the moment
	// Profile as it was told by then; ValidFrom is 0 when there was none yet.
	ValidFrom int64  `json:"valid_from"`
	ValidTo   int64  `json:"valid_to,omitempty"` // 0: still
	Name      string `json:"name,omitempty"`     // personal, as the following
	Phone     string `json:"phone,omitempty"`
	Email     string `json:"email,omitempty"`
	Card      string `json:"card,omitempty"`
	Birth     string `json:"birth,omitempty"`
	Sex       string `json:"sex,omitempty"`
	City      string `json:"city,omitempty"`
	Region    string `json:"region,omitempty"`
	Income    string `json:"income,omitempty"`
	Home      string `json:"home,omitempty"`
	Size      int    `json:"size,omitempty"`
	Children  int    `json:"children,omitempty"`
	Store     string `json:"store,omitempty"` // where the card was given
	Since     int64  `json:"since,omitempty"`
	Data      bool   `json:"data"`      // consent: keep the profile
	Marketing bool   `json:"marketing"` // consent: send offers
	Versions  int    `json:"versions"`  // of the profile, in all

	Identities []Identity `json:"identities,omitempty"` // personal
	Metrics    Metrics    `json:"metrics"`              // up to the moment, in the stores that are seen
	Segments   []Member   `json:"segments"`             // that he was in at the moment
	History    []Member   `json:"history"`              // all stays, the latest first
}

// Identity is what a customer is known by.
type Identity struct {
	Kind  string `json:"kind"` // card, phone, email
	Value string `json:"value"`
	First int64  `json:"first"` // unix ms of the first and latest profile that gives it
	Last  int64  `json:"last"`
}

// Metrics are the figures of a customer.
type Metrics struct {
	Receipts   int64   `json:"receipts"`
	Returns    int64   `json:"returns"`
	Revenue    int64   `json:"revenue"` // minor units, as the following
	Margin     int64   `json:"margin"`
	Discount   int64   `json:"discount"`
	First      int64   `json:"first"` // unix ms of the first and latest purchase, 0: none
	Last       int64   `json:"last"`
	Interval   int64   `json:"interval"`             // mean days between days with a purchase, thousandths; 0: unknown
	Favourite  string  `json:"favourite,omitempty"`  // store with most receipts
	Categories []Share `json:"categories,omitempty"` // most revenue first, ten at most
}

// Share is what a customer spent on a category.
type Share struct {
	Category string `json:"category"`
	Revenue  int64  `json:"revenue"`
}
