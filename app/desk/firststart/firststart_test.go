package firststart

import (
	"testing"

	"tillsight/shared/chain"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// newPage is a page with everything filled in.
func newPage() *Page {
	p := &Page{}
	p.draft = draft{tills: "2", people: []person{{name: "Анна", role: staff.Manager, pin: "1234"}}, store: chain.Store{ID: "1"}}
	p.setCountry("RU")
	p.draft.name, p.draft.login, p.draft.password = "Boss", " Boss ", "correct horse"
	p.draft.company.Name, p.draft.store.Name.RU = "ООО", "Первый"
	return p
}

// TestLacks: each step says what it still asks for, and nothing of the others.
func TestLacks(t *testing.T) {
	for s := owner; s <= goods; s++ {
		if found := newPage().lacks(s); len(found) > 0 {
			t.Errorf("step %d: %+v", s, found)
		}
	}
	for _, c := range []struct {
		step   step
		change func(*draft)
		field  string
	}{
		{owner, func(d *draft) { d.login = " " }, "login"},
		{owner, func(d *draft) { d.password = "seven77" }, "password"},
		{company, func(d *draft) { d.company.Name = "" }, "company.name"},
		{company, func(d *draft) { d.company.TaxID = "7707083894" }, "company.tax_id"},
		{company, func(d *draft) { d.taxed[0] = "20,005" }, "taxes[0].percent"},
		{company, func(d *draft) { d.taxed[1] = "" }, "taxes[1].percent"},
		{company, func(d *draft) { d.taxed[1] = "101" }, "taxes[1].percent"},
		{store, func(d *draft) { d.store.Name.RU = "" }, "stores[0].name"},
		{store, func(d *draft) { d.tills = "0" }, "stores[0].tills"},
		{store, func(d *draft) { d.tills = "51" }, "stores[0].tills"},
		{store, func(d *draft) { d.tills = "two" }, "stores[0].tills"},
		{people, func(d *draft) { d.people[0].name = "" }, "employees[0].name"},
		{people, func(d *draft) { d.people[0].pin = "" }, "employees[0].pin"},
		{people, func(d *draft) { d.people[0].pin = "12" }, "employees[0].pin"},
		{people, func(d *draft) {
			d.people = append(d.people, person{name: "Олег", role: staff.Cashier, pin: "1234"})
		}, "employees[1].pin"},
	} {
		p := newPage()
		c.change(&p.draft)
		found := p.lacks(c.step)
		if len(found) != 1 || found[0].Field != c.field {
			t.Errorf("%s: %+v", c.field, found)
		}
		for s := owner; s <= goods; s++ {
			if s != c.step && len(p.lacks(s)) > 0 {
				t.Errorf("%s is asked for on step %d", c.field, s)
			}
		}
	}
}

func TestQuestion(t *testing.T) {
	p := newPage()
	p.draft.taxed[1] = "21,5"
	p.lacks(company)
	q := p.question()
	if q.Owner.Login != "boss" || len(q.Chain.Stores[0].Tills) != 2 || q.Chain.Employees[0].ID != "1" || q.Chain.Employees[0].Discount != 30_00 {
		t.Errorf("asked %+v", q)
	}
	if r := q.Chain.Taxes[1]; r.Class != tax.Standard || r.From != "2026-01-01" || r.Percent != 21_50 {
		t.Errorf("rate %+v", r)
	}
}

func TestEveryCountryHasAName(t *testing.T) {
	for _, c := range chain.Countries {
		if countryNames[c.Code] == nil {
			t.Errorf("%s has no name", c.Code)
		}
		for _, r := range c.Rates {
			if className[r.Class] == nil && r.Class != tax.None && r.Class != tax.Zero {
				t.Errorf("class %s has no name", r.Class)
			}
		}
	}
}
