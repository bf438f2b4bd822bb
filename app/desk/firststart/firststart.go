// Package firststart is the page behind the link that a new server prints: its
// owner makes an account and tells what a till needs to sell – company, taxes, a
// store with tills, people with PINs, goods – and gets the code for the first tablet.
package firststart

import (
	"context"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
	"tillsight/shared/wire"
	ask "tillsight/shared/wire/office"
)

// Path is where the link leads; the key stands behind it as the fragment, which
// browsers send to nobody.
const Path = "/manager/setup"

// step is a part of the set-up.
type step int

// Steps, in their order.
const (
	owner step = iota
	company
	store
	people
	goods
	done
)

// Page is the set-up.
type Page struct {
	app.Compo

	Server *office.Client

	ctx   app.Context
	lang  i18n.Lang
	rev   int // rises when the program sets texts
	key   string
	step  step
	busy  bool
	fault *errcode.Error
	found []chain.Problem

	draft draft
	code  *ask.Code
}

// draft is what the owner has typed.
type draft struct {
	login, name, password string
	company               chain.Company
	rates                 []chain.Rate
	taxed                 []string // percents as typed, beside rates
	store                 chain.Store
	tills                 string // how many
	people                []person
	sample                bool
}

// person is somebody who will work at the tills.
type person struct {
	name, pin string
	role      staff.Role
}

// OnMount asks whether the link is still good.
func (p *Page) OnMount(ctx app.Context) {
	p.start(ctx)
	p.key = app.Window().URL().Fragment
	call(p, ask.CheckSetup, ask.SetupKey{Key: p.key}, func(wire.Nothing) {})
}

// OnPreRender starts the page where go-app mounts nothing: in native tests.
func (p *Page) OnPreRender(ctx app.Context) { p.start(ctx) }

func (p *Page) start(ctx app.Context) {
	p.ctx, p.lang = ctx, prefs.Language(ctx)
	ui.SetLang(string(p.lang))
	ui.SetTheme(prefs.Load(ctx).Theme)
	p.draft = draft{tills: "1", sample: true, people: []person{{role: staff.Manager}}, store: chain.Store{ID: "1"}}
	p.setCountry(chain.Countries[0].Code)
}

// setCountry takes over what a chain in a country begins with.
func (p *Page) setCountry(code string) {
	d := &p.draft
	country, _ := chain.CountryOf(code)
	d.company.Country, d.company.Currency, d.company.Zone = code, country.Currency, country.Zone
	d.rates, d.taxed = nil, nil
	for _, r := range country.Rates {
		d.rates = append(d.rates, r)
		d.taxed = append(d.taxed, r.Percent.String())
	}
	p.rev++
}

// call asks the server and shows why it did not do what was asked.
func call[Q, A any](p *Page, e wire.Endpoint[Q, A], q Q, then func(A)) {
	if p.busy {
		return
	}
	p.busy, p.fault = true, nil
	p.ctx.Async(func() {
		answer, err := office.Call(context.Background(), p.Server, e, q)
		p.ctx.Dispatch(func(app.Context) {
			p.busy = false
			if err != nil {
				p.fault = errcode.As(err)
				return
			}
			then(answer)
		})
	})
}

// press makes a handler of what a button does.
func (p *Page) press(f func()) ui.Press { return func(app.Context) { f() } }

// goTo shows a step.
func (p *Page) goTo(s step) {
	p.step, p.fault = s, nil
	p.rev++ // the fields are those of another step
	p.ctx.Defer(func(app.Context) { ui.Focus(firstField[s]) })
}

// firstField is where typing begins.
var firstField = map[step]string{owner: "setup-name", company: "setup-company", store: "setup-store", people: "setup-person-0", goods: "setup-sample"}

// next goes on when what the step asks for is there.
func (p *Page) next() {
	p.found = p.lacks(p.step)
	switch {
	case len(p.found) > 0:
	case p.step < goods:
		p.goTo(p.step + 1)
	default:
		p.send()
	}
}

// question is what is sent.
func (p *Page) question() ask.Setup {
	d := &p.draft
	q := ask.Setup{SetupKey: ask.SetupKey{Key: p.key}, Password: d.password, Sample: d.sample,
		Owner: ask.User{Login: strings.ToLower(strings.TrimSpace(d.login)), Name: strings.TrimSpace(d.name), Lang: string(p.lang)}}
	q.Chain.Company, q.Chain.Taxes = d.company, d.rates
	s := d.store
	for n := chain.Number(1); n <= d.tillCount(); n++ {
		s.Tills = append(s.Tills, n)
	}
	q.Chain.Stores = []chain.Store{s}
	for i, one := range d.people {
		q.Chain.Employees = append(q.Chain.Employees, one.employee(i))
	}
	return q
}

// send sets the chain up, logs its owner in and asks for the first tablet's code.
func (p *Page) send() {
	q := p.question()
	call(p, ask.SetUp, q, func(answer ask.SetupDone) {
		if p.found = answer.Problems; len(p.found) > 0 {
			p.step = stepOf(p.found[0].Field)
			return
		}
		p.goTo(done)
		call(p, ask.LogIn, ask.Credentials{Login: q.Owner.Login, Password: q.Password}, func(u ask.User) {
			prefs.Store(p.ctx, kit.UserKey, u) // the desk is open to who has just made it
			p.newCode()
		})
	})
}

func (p *Page) newCode() {
	call(p, ask.NewCode, ask.CodeRequest{Store: p.draft.store.ID, Till: 1}, func(code ask.Code) { p.code = &code })
}

// stepOf is the step that asks for a field of the document.
func stepOf(field string) step {
	switch {
	case strings.HasPrefix(field, "company"), strings.HasPrefix(field, "taxes"):
		return company
	case strings.HasPrefix(field, "stores"):
		return store
	case strings.HasPrefix(field, "employees"):
		return people
	}
	return owner
}
