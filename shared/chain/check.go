package chain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/shared/staff"
)

// Problem is something that keeps a document from being written.
type Problem struct {
	Field string `json:"field"` // "stores[0].tills[2]"
	Code  string `json:"code"`
	Value string `json:"value,omitempty"` // what is wrong, or what it clashes with
}

// Codes of problems.
const (
	Empty   = "empty"
	Long    = "long"
	Format  = "format"  // not a date, not a code of a currency…
	Range   = "range"   // too small or too large
	Twice   = "twice"   // Value stands there before
	Unknown = "unknown" // no such store, category, time zone, role
	Circle  = "nested"  // a category is below itself
)

// Limits of a document.
const (
	idMax    = 40
	nameMax  = 200
	tillMax  = 999
	listMax  = 10_000 // of stores, categories, employees
	ratesMax = 1000
)

// Known is what a document may refer to and does not name itself.
type Known struct {
	Zone       func(name string) bool // IANA time zones
	Stores     []string
	Categories []string
	PINOf      func(pin, store string) (employee string) // who has it already where store is; "" for nobody
}

// Check returns what is wrong with the document, nil for nothing.
func (c *Chain) Check(known Known) []Problem {
	k := &checker{Known: known}
	if c.Company != (Company{}) {
		k.company(c.Company)
	}
	k.rates(c.Taxes)
	k.categories(c.Categories)
	k.stores(c.Stores)
	k.employees(c.Employees)
	return k.found
}

type checker struct {
	Known
	found []Problem
}

func (k *checker) add(field, code, value string) {
	k.found = append(k.found, Problem{Field: field, Code: code, Value: value})
}

// name checks a text that must be there.
func (k *checker) name(field, text string) {
	k.optional(field, text)
	if strings.TrimSpace(text) == "" {
		k.add(field, Empty, "")
	}
}

func (k *checker) optional(field, text string) {
	switch {
	case utf8.RuneCountInString(text) > nameMax:
		k.add(field, Long, "")
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == utf8.RuneError }):
		k.add(field, Format, "")
	}
}

func (k *checker) words(field string, w Words, must bool) {
	if must {
		k.name(field, w.RU)
	} else {
		k.optional(field, w.RU)
	}
	k.optional(field+".en", w.EN)
}

// id checks the name by which other parts refer to something, and that it is
// there once.
func (k *checker) id(field, id string, seen map[string]bool) {
	switch {
	case id == "":
		k.add(field, Empty, "")
	case len(id) > idMax:
		k.add(field, Long, "")
	case strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == '/' || r == '~' || r == utf8.RuneError }):
		k.add(field, Format, id)
	case seen[id]:
		k.add(field, Twice, id)
	}
	seen[id] = true
}

func (k *checker) size(field string, n, most int) {
	if n > most {
		k.add(field, Long, fmt.Sprint(most))
	}
}

func (k *checker) zone(field, zone string) {
	if zone != "" && !k.Zone(zone) {
		k.add(field, Unknown, zone)
	}
}

func (k *checker) currency(field, code string) {
	if code != "" && !capitals(code, 3) {
		k.add(field, Format, code)
	}
}

func capitals(code string, n int) bool {
	return len(code) == n && !strings.ContainsFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func (k *checker) company(c Company) {
	k.name("company.name", c.Name)
	country, known := CountryOf(c.Country)
	switch {
	case c.Country == "":
		k.add("company.country", Empty, "")
	case !capitals(c.Country, 2):
		k.add("company.country", Format, c.Country)
	}
	k.currency("company.currency", c.Currency)
	if c.Currency == "" && !known {
		k.add("company.currency", Empty, "")
	}
	k.zone("company.zone", c.Zone)
	if c.Zone == "" && !known {
		k.add("company.zone", Empty, "")
	}
	k.taxID("company.tax_id", c.TaxID, country.Code)
	k.words("company.thanks", c.Thanks, false)
}

// taxID checks the number of a taxpayer: in Russia its check digits too.
func (k *checker) taxID(field, id, country string) {
	switch {
	case id == "":
	case len(id) > idMax || !digits(id):
		k.add(field, Format, id)
	case country == "RU" && !inn(id):
		k.add(field, Format, id)
	}
}

// inn reports whether the check digits of a Russian taxpayer's number fit (order of
// the tax service of 29.06.2012, ММВ-7-6/435@): ten digits of an organisation,
// twelve of a person.
func inn(id string) bool {
	check := func(weights []int) bool {
		sum := 0
		for i, weight := range weights {
			sum += weight * int(id[i]-'0')
		}
		return sum%11%10 == int(id[len(weights)]-'0')
	}
	switch len(id) {
	case 10:
		return check([]int{2, 4, 10, 3, 5, 9, 4, 6, 8})
	case 12:
		return check([]int{7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) && check([]int{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8})
	}
	return false
}

func (k *checker) rates(list []Rate) {
	k.size("taxes", len(list), ratesMax)
	seen := map[string]bool{}
	for i, r := range list {
		at := fmt.Sprintf("taxes[%d]", i)
		k.id(at+".class", string(r.Class), map[string]bool{})
		if _, err := time.Parse(time.DateOnly, r.From); err != nil {
			k.add(at+".from", Format, r.From)
		}
		if r.Percent < 0 || r.Percent > 100_00 {
			k.add(at+".percent", Range, text(int64(r.Percent), 2))
		}
		key := string(r.Class) + " " + r.From
		if seen[key] {
			k.add(at+".from", Twice, r.From)
		}
		seen[key] = true
	}
}

func (k *checker) categories(list []Category) {
	k.size("categories", len(list), listMax)
	seen, parents := map[string]bool{}, map[string]string{}
	for i, c := range list {
		at := fmt.Sprintf("categories[%d]", i)
		k.id(at+".id", c.ID, seen)
		k.words(at+".name", c.Name, true)
		parents[c.ID] = c.Parent
	}
	for i, c := range list {
		at := fmt.Sprintf("categories[%d].parent", i)
		if c.Parent != "" && !seen[c.Parent] && !slices.Contains(k.Categories, c.Parent) {
			k.add(at, Unknown, c.Parent)
		}
		up := c.Parent
		for range len(list) {
			if up == "" || up == c.ID {
				break
			}
			up = parents[up]
		}
		if up != "" && up == c.ID {
			k.add(at, Circle, c.Parent)
		}
	}
}

func (k *checker) stores(list []Store) {
	k.size("stores", len(list), listMax)
	seen := map[string]bool{}
	for i, s := range list {
		at := fmt.Sprintf("stores[%d]", i)
		k.id(at+".id", s.ID, seen)
		k.words(at+".name", s.Name, true)
		k.words(at+".address", s.Address, false)
		k.optional(at+".region", s.Region)
		k.zone(at+".zone", s.Zone)
		k.currency(at+".currency", s.Currency)
		k.taxID(at+".tax_id", s.TaxID, "")
		k.words(at+".thanks", s.Thanks, false)
		if s.Area < 0 || s.Area > 100_000 {
			k.add(at+".area", Range, fmt.Sprint(s.Area))
		}
		if s.Lat < -90_000000 || s.Lat > 90_000000 {
			k.add(at+".lat", Range, text(int64(s.Lat), 6))
		}
		if s.Lon < -180_000000 || s.Lon > 180_000000 {
			k.add(at+".lon", Range, text(int64(s.Lon), 6))
		}
		tills := map[Number]bool{}
		for j, n := range s.Tills {
			switch {
			case n < 1 || n > tillMax:
				k.add(fmt.Sprintf("%s.tills[%d]", at, j), Range, fmt.Sprint(n))
			case tills[n]:
				k.add(fmt.Sprintf("%s.tills[%d]", at, j), Twice, fmt.Sprint(n))
			}
			tills[n] = true
		}
	}
	k.Stores = slices.Concat(k.Stores, slices.Collect(maps.Keys(seen)))
}

func (k *checker) employees(list []Employee) {
	k.size("employees", len(list), listMax)
	seen := map[string]bool{}
	roles := []staff.Role{staff.Cashier, staff.Senior, staff.Manager}
	type holder struct{ id, store string }
	pins := map[string][]holder{}
	for i, e := range list {
		at := fmt.Sprintf("employees[%d]", i)
		k.id(at+".id", e.ID, seen)
		k.name(at+".name", e.Name)
		if !slices.Contains(roles, e.Role) {
			k.add(at+".role", Unknown, string(e.Role))
		}
		if e.Store != "" && !slices.Contains(k.Stores, e.Store) {
			k.add(at+".store", Unknown, e.Store)
		}
		if e.Discount < 0 || e.Discount > 100_00 {
			k.add(at+".discount", Range, text(int64(e.Discount), 2))
		}
		if e.PIN == "" || e.Dismissed {
			continue
		}
		if staff.CheckPIN(e.PIN) != nil {
			k.add(at+".pin", Format, "")
			continue
		}
		same := func(h holder) bool { return h.store == "" || e.Store == "" || h.store == e.Store }
		if j := slices.IndexFunc(pins[e.PIN], same); j >= 0 {
			k.add(at+".pin", Twice, pins[e.PIN][j].id)
		} else if id := k.PINOf(e.PIN, e.Store); id != "" && id != e.ID {
			k.add(at+".pin", Twice, id)
		}
		pins[e.PIN] = append(pins[e.PIN], holder{e.ID, e.Store})
	}
}
