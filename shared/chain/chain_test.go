package chain

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

var known = Known{
	Zone:       func(name string) bool { return name == "Europe/Moscow" || name == "Asia/Omsk" },
	Stores:     []string{"held"},
	Categories: []string{"held"},
	PINOf: func(pin, store string) string {
		if pin == "1111" {
			return "boss"
		}
		return ""
	},
}

func TestCheck(t *testing.T) {
	words := Words{RU: "Имя"}
	store := func(change func(*Store)) Chain {
		s := Store{ID: "1", Name: words}
		change(&s)
		return Chain{Stores: []Store{s}}
	}
	employee := func(change func(*Employee)) Chain {
		e := Employee{ID: "1", Name: "Анна", Role: staff.Cashier}
		change(&e)
		return Chain{Employees: []Employee{e}}
	}
	company := func(change func(*Company)) Chain {
		c := Company{Name: "ООО", Country: "RU"}
		change(&c)
		return Chain{Company: c}
	}
	for _, c := range []struct {
		chain Chain
		want  string // "field code value"
	}{
		{Chain{}, ""},
		{company(func(*Company) {}), ""},
		{company(func(c *Company) { c.Name = " " }), "company.name empty "},
		{company(func(c *Company) { c.Name = strings.Repeat("я", 201) }), "company.name long "},
		{company(func(c *Company) { c.Name = "a\nb" }), "company.name format "},
		{company(func(c *Company) { c.Country = "" }), "company.country empty |company.currency empty |company.zone empty "},
		{company(func(c *Company) { c.Country = "Ru" }), "company.country format Ru|company.currency empty |company.zone empty "},
		{company(func(c *Company) { c.Country, c.Currency, c.Zone = "TJ", "TJS", "Asia/Omsk" }), ""},
		{company(func(c *Company) { c.Currency = "рубль" }), "company.currency format рубль"},
		{company(func(c *Company) { c.Zone = "Moscow" }), "company.zone unknown Moscow"},
		{company(func(c *Company) { c.TaxID = "7707083893" }), ""},
		{company(func(c *Company) { c.TaxID = "500100732259" }), ""},
		{company(func(c *Company) { c.TaxID = "7707083894" }), "company.tax_id format 7707083894"},
		{company(func(c *Company) { c.TaxID = "500100732258" }), "company.tax_id format 500100732258"},
		{company(func(c *Company) { c.TaxID = "77 07" }), "company.tax_id format 77 07"},
		{company(func(c *Company) { c.Country, c.TaxID = "KZ", "123456789012" }), ""},
		{Chain{Taxes: []Rate{{tax.Standard, "2026-01-01", 2200, false}, {tax.Standard, "2026-01-01", 2000, false}}}, "taxes[1].from twice 2026-01-01"},
		{Chain{Taxes: []Rate{{"", "01.01.2026", 10001, false}}}, "taxes[0].class empty |taxes[0].from format 01.01.2026|taxes[0].percent range 100.01"},
		{Chain{Taxes: []Rate{{"a", "2026-02-30", 0, false}}}, "taxes[0].from format 2026-02-30"},
		{Chain{Categories: []Category{{"a", "b", words}, {"b", "a", words}}}, "categories[0].parent nested b|categories[1].parent nested a"},
		{Chain{Categories: []Category{{"a", "a", words}}}, "categories[0].parent nested a"},
		{Chain{Categories: []Category{{"a", "b", words}, {"b", "c", words}, {"c", "b", words}}}, "categories[1].parent nested c|categories[2].parent nested b"},
		{Chain{Categories: []Category{{"a", "held", words}, {"b", "none", Words{}}}}, "categories[1].name empty |categories[1].parent unknown none"},
		{Chain{Categories: []Category{{"a", "", words}, {"a", "", words}, {"x/y", "", words}}}, "categories[1].id twice a|categories[2].id format x/y"},
		{store(func(*Store) {}), ""},
		{store(func(s *Store) { s.ID = "" }), "stores[0].id empty "},
		{store(func(s *Store) { s.ID = "1~fork" }), "stores[0].id format 1~fork"},
		{store(func(s *Store) { s.ID = strings.Repeat("1", 41) }), "stores[0].id long "},
		{store(func(s *Store) { s.Name = Words{} }), "stores[0].name empty "},
		{store(func(s *Store) { s.Zone = "Local" }), "stores[0].zone unknown Local"},
		{store(func(s *Store) { s.Area = -1 }), "stores[0].area range -1"},
		{store(func(s *Store) { s.Lat, s.Lon = 90_000001, -180_000001 }), "stores[0].lat range 90.000001|stores[0].lon range -180.000001"},
		{store(func(s *Store) { s.Tills = []Number{1, 2, 1, 0, 1000} }), "stores[0].tills[2] twice 1|stores[0].tills[3] range 0|stores[0].tills[4] range 1000"},
		{employee(func(*Employee) {}), ""},
		{employee(func(e *Employee) { e.Role = "boss" }), "employees[0].role unknown boss"},
		{employee(func(e *Employee) { e.Store = "held" }), ""},
		{employee(func(e *Employee) { e.Store = "2" }), "employees[0].store unknown 2"},
		{employee(func(e *Employee) { e.Discount = 100_01 }), "employees[0].discount range 100.01"},
		{employee(func(e *Employee) { e.PIN = "12a4" }), "employees[0].pin format "},
		{employee(func(e *Employee) { e.PIN = "123" }), "employees[0].pin format "},
		{employee(func(e *Employee) { e.PIN = "1111" }), "employees[0].pin twice boss"},
		{employee(func(e *Employee) { e.ID, e.PIN = "boss", "1111" }), ""},
	} {
		var got []string
		for _, p := range c.chain.Check(known) {
			got = append(got, p.Field+" "+p.Code+" "+p.Value)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%+v\n got %s\nwant %s", c.chain, strings.Join(got, "|"), c.want)
		}
	}
}

// TestCountries: what a chain begins with is accepted, and every country has a rate
// for goods of each kind that the catalogue names first.
func TestCountries(t *testing.T) {
	all := known
	all.Zone = func(name string) bool { _, err := time.LoadLocation(name); return err == nil }
	for _, country := range Countries {
		c := Chain{Company: Company{Name: "A", Country: country.Code, Currency: country.Currency, Zone: country.Zone}, Taxes: country.Rates}
		if found := c.Check(all); len(found) > 0 {
			t.Errorf("%s: %+v", country.Code, found)
		}
		var table tax.Table
		for _, r := range country.Rates {
			table = append(table, tax.Rate{Class: r.Class, From: r.From, BP: int64(r.Percent)})
		}
		for _, class := range []tax.Class{tax.Standard, tax.Zero, tax.None} {
			if _, ok := table.On(class, "2026-12-01"); !ok {
				t.Errorf("%s has no rate of class %s", country.Code, class)
			}
		}
	}
	if _, ok := CountryOf("XX"); ok {
		t.Error("a country of nowhere")
	}
}

// TestValues: numbers and texts are read as they are written, and written so that
// they are read the same.
func TestValues(t *testing.T) {
	for text, want := range map[string]string{
		`"12.5"`: "1250", `12.5`: "1250", `"12,5"`: "1250", `0`: "0", `"100"`: "10000", `"-3"`: "-300", `" 7 "`: "700",
		`"12.505"`: "error", `"x"`: "error", `""`: "error", `true`: "error", `"1e3"`: "error", `[]`: "error",
	} {
		var p Percent
		got := "error"
		if err := json.Unmarshal([]byte(text), &p); err == nil {
			got = fmt.Sprint(int64(p))
		}
		if got != want {
			t.Errorf("%s is read as %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]Words{
		`"  Да "`: {RU: "Да"}, `{"ru":"Да","en":"Yes"}`: {RU: "Да", EN: "Yes"}, `{"en":"Yes"}`: {RU: "Yes"}, `""`: {},
	} {
		var w Words
		if err := json.Unmarshal([]byte(text), &w); err != nil || w != want {
			t.Errorf("%s is read as %+v, %v", text, w, err)
		}
	}
	for _, text := range []string{`{"de":"Ja"}`, `7`, `["a"]`} {
		var w Words
		if err := json.Unmarshal([]byte(text), &w); err == nil {
			t.Errorf("%s is read as %+v", text, w)
		}
	}
}

func TestValuesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Employee{ID: "1", Name: "A", Role: staff.Senior, Discount: Percent(rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, "bp"))}
		s := Store{ID: "1", Lat: Degrees(rapid.Int64Range(-90_000000, 90_000000).Draw(t, "lat")),
			Tills: rapid.SliceOf(rapid.Map(rapid.IntRange(-9, 9999), func(n int) Number { return Number(n) })).Draw(t, "tills")}
		b, err := json.Marshal(Chain{Stores: []Store{s}, Employees: []Employee{c}})
		var back Chain
		if err == nil {
			err = json.Unmarshal(b, &back)
		}
		if err != nil || back.Employees[0].Discount != c.Discount || back.Stores[0].Lat != s.Lat || !slices.Equal(back.Stores[0].Tills, s.Tills) {
			t.Fatalf("%s is read as %+v, %v", b, back, err)
		}
	})
}
