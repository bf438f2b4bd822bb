package office

// Token lets another program read exports.
type Token struct {
	ID       int64    `json:"id"`
	Name     string   `json:"name"`
	All      bool     `json:"all,omitempty"`    // the whole chain
	Stores   []string `json:"stores,omitempty"` // otherwise these
	Personal bool     `json:"personal"`         // personal data of customers too
	By       string   `json:"by"`               // login of who made it
	Created  int64    `json:"created"`          // unix ms, as the following
	Expires  int64    `json:"expires"`          // 0: never
	Revoked  int64    `json:"revoked"`          // 0: in force
	Used     int64    `json:"used"`             // last, 0: never
	Uses     int64    `json:"uses"`
}

// TokenRequest asks for a token.
type TokenRequest struct {
	Name     string   `json:"name"`
	All      bool     `json:"all,omitempty"` // the whole chain, including stores to come
	Stores   []string `json:"stores,omitempty"`
	Personal bool     `json:"personal"`
	Days     int      `json:"days"` // until it ends, 0: three months
	Forever  bool     `json:"forever,omitempty"`
}

// MadeToken is a new token in clear, which is shown this once.
type MadeToken struct {
	Token
	Secret string `json:"secret"`
}

// Dictionary describes what can be exported.
type Dictionary struct {
	Tables  []DictionaryTable `json:"tables"`
	Formats []string          `json:"formats"`
}

// DictionaryTable is a table of the dictionary.
type DictionaryTable struct {
	Table   string             `json:"table"`
	Title   Words              `json:"title"`
	Meaning Words              `json:"meaning"`
	Columns []DictionaryColumn `json:"columns"`
	ByStore bool               `json:"by_store,omitempty"` // ?store= is honoured
	ByDate  bool               `json:"by_date,omitempty"`  // ?from= and ?to= are
}

// DictionaryColumn is a column of the dictionary.
type DictionaryColumn struct {
	Name     string `json:"name"`
	Type     string `json:"type"` // text, integer, money, decimal, date, timestamp, boolean
	Unit     string `json:"unit,omitempty"`
	Meaning  Words  `json:"meaning"`
	Example  string `json:"example,omitempty"`
	Null     bool   `json:"null,omitempty"`
	Personal bool   `json:"personal,omitempty"`
	Key      bool   `json:"key,omitempty"`
}

// Words are a text in both languages.
type Words struct {
	RU string `json:"ru"`
	EN string `json:"en"`
}
