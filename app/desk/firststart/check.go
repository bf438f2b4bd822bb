package firststart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tillsight/shared/chain"
	"tillsight/shared/staff"
)

const (
	passwordMin = 8 // characters, as the server wants them
	tillsMax    = 50
)

// tillCount is how many tills the store has, 0 for what is no such number.
func (d *draft) tillCount() chain.Number {
	n, err := strconv.Atoi(strings.TrimSpace(d.tills))
	if err != nil || n < 1 || n > tillsMax {
		return 0
	}
	return chain.Number(n)
}

// employee is the person as the document names them.
func (one person) employee(i int) chain.Employee {
	e := chain.Employee{ID: strconv.Itoa(i + 1), Name: strings.TrimSpace(one.name), Role: one.role, PIN: one.pin}
	if one.role != staff.Cashier {
		e.Discount = 30_00
	}
	return e
}

// lacks returns what a step still asks for.
func (p *Page) lacks(s step) (list []chain.Problem) {
	d := &p.draft
	need := func(field string, there bool) {
		if !there {
			list = append(list, chain.Problem{Field: field, Code: chain.Empty})
		}
	}
	if s == owner {
		need("login", strings.TrimSpace(d.login) != "")
		if utf8.RuneCountInString(d.password) < passwordMin {
			list = append(list, chain.Problem{Field: "password", Code: chain.Range})
		}
		return list
	}
	if s == store && d.tillCount() == 0 {
		list = append(list, chain.Problem{Field: "stores[0].tills", Code: chain.Range})
	}
	if s == people {
		for i, one := range d.people {
			need(fmt.Sprintf("employees[%d].pin", i), one.pin != "")
		}
	}
	if s == company {
		d.company.TaxID = strings.TrimSpace(d.company.TaxID)
		list = append(list, p.readRates()...)
	}
	q := p.question()
	all := q.Chain.Check(chain.Known{Zone: func(string) bool { return true }, PINOf: func(string, string) string { return "" }})
	for _, problem := range all {
		same := func(other chain.Problem) bool { return other.Field == problem.Field }
		if stepOf(problem.Field) == s && !slices.ContainsFunc(list, same) {
			list = append(list, problem)
		}
	}
	return list
}

// readRates reads the percents as they were typed.
func (p *Page) readRates() (list []chain.Problem) {
	d := &p.draft
	for i, text := range d.taxed {
		if err := d.rates[i].Percent.Set(text); err != nil {
			list = append(list, chain.Problem{Field: fmt.Sprintf("taxes[%d].percent", i), Code: chain.Format, Value: text})
		}
	}
	return list
}

// problem returns what is wrong with a field, nil for nothing.
func (p *Page) problem(field string) *chain.Problem {
	for i := range p.found {
		if p.found[i].Field == field {
			return &p.found[i]
		}
	}
	return nil
}
