package office

// Person is somebody who logs in, as administrators see them.
type Person struct {
	User
	Disabled int64 `json:"disabled,omitempty"` // unix ms since when they may not log in, 0: they may
	Seen     int64 `json:"seen,omitempty"`     // unix ms of the last use of a log-in in force
}

// PersonChange is what a person may do from now on. The log-ins that had other
// rights end.
type PersonChange struct {
	Login string `path:"login" json:"-"`
	User
	Disabled bool `json:"disabled,omitempty"`
	Password bool `json:"password,omitempty"` // another one, made up by the server
}

// MadePerson is a person with the password that was made up, told this once.
type MadePerson struct {
	Person
	Password string `json:"password,omitempty"`
}

// Act is what somebody did that others may have to ask about.
type Act struct {
	At      int64  `json:"at"`    // unix ms
	Login   string `json:"login"` // "" on the server's command line
	Address string `json:"address,omitempty"`
	What    string `json:"what"`
	Object  string `json:"object,omitempty"`
}

// Credentials log a person in at the server.
type Credentials struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// User is the person behind a session.
type User struct {
	Login  string   `json:"login"`
	Name   string   `json:"name"`
	Role   string   `json:"role"`             // "admin", "manager"
	All    bool     `json:"all,omitempty"`    // the whole chain; an administrator sees it anyway
	Stores []string `json:"stores,omitempty"` // otherwise these
	Lang   string   `json:"lang,omitempty"`
	// Personal is the right to see who customers are, not only what they buy.
	Personal bool   `json:"personal,omitempty"`
	Zone     string `json:"zone,omitempty"`     // IANA time zone of the first store that the person sees
	Currency string `json:"currency,omitempty"` // ISO 4217, of that store
}
