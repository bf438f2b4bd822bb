package firststart

import (
	"fmt"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Render draws the step, and how far one is.
func (p *Page) Render() app.UI {
	l := p.lang
	if p.fault != nil && p.fault.Code == errcode.SetupLink && p.step != done {
		return app.Div().Class("desk").Body(ui.Gate(l.T(linkTitle), p.languages(), app.Div().Class("problem").Body(p.errorBox()),
			app.A().Class("gate-other").Href("/manager").Text(l.T(i18n.LogInTitle))))
	}
	draw := map[step]func() []app.UI{owner: p.drawOwner, company: p.drawCompany, store: p.drawStore, people: p.drawPeople, goods: p.drawGoods, done: p.drawDone}
	title := map[step]*i18n.Message{owner: ownerTitle, company: companyTitle, store: storeTitle, people: peopleTitle, goods: goodsTitle, done: doneTitle}
	body := []app.UI{}
	if p.step != done {
		body = append(body, app.P().Class("setup-step").Text(l.T(stepOfSteps, "step", int(p.step)+1, "steps", int(done))))
	}
	body = append(body, draw[p.step]()...)
	body = append(body, app.Div().Class("problem").Aria("live", "polite").Body(p.errorBox()), p.drawActs())
	return app.Div().Class("desk").Body(ui.Gate(l.T(title[p.step]), p.languages(), app.Div().Class("setup").Body(body...)))
}

func (p *Page) errorBox() app.UI {
	if p.fault == nil {
		return app.Span().Hidden(true)
	}
	return ui.ErrorBox(p.lang.Error(p.fault), p.lang.T(i18n.ErrorCode), string(p.fault.Code))
}

func (p *Page) languages() app.UI {
	button := func(id string, lang i18n.Lang, name *i18n.Message) app.UI {
		return &ui.Button{ID: id, Label: p.lang.T(name), Toggle: true, Pressed: p.lang == lang, OnPress: p.press(func() {
			p.lang = lang
			prefs.SetLanguage(p.ctx, lang)
			ui.SetLang(string(lang))
		})}
	}
	return app.Div().Class("gate-langs").Body(button("lang-ru", i18n.RU, i18n.LangRU), button("lang-en", i18n.EN, i18n.LangEN))
}

// drawActs draws the ways on and back.
func (p *Page) drawActs() app.UI {
	l := p.lang
	if p.step == done {
		return app.A().Class("button primary gate-go setup-open").ID("setup-open").Href("/manager").Text(l.T(openDesk))
	}
	next := l.T(goOn)
	if p.step == goods {
		next = l.T(setUpNow)
	}
	return app.Div().Class("setup-acts").Body(
		app.If(p.step > owner, func() app.UI {
			return &ui.Button{ID: "setup-back", Label: l.T(goBack), Disabled: p.busy, OnPress: p.press(func() { p.goTo(p.step - 1) })}
		}),
		&ui.Button{ID: "setup-next", Label: next, Kind: ui.Primary, Class: "gate-go", Disabled: p.busy, OnPress: p.press(p.next)},
	)
}

// field draws a line of text and what is wrong with it.
func (p *Page) field(id, name string, label *i18n.Message, f ui.Field, text *string) app.UI {
	f.ID, f.Label, f.Value, f.Rev = id, p.lang.T(label), *text, p.rev
	f.OnText = func(_ app.Context, typed string) {
		*text = typed
		p.found = slices.DeleteFunc(p.found, func(found chain.Problem) bool { return found.Field == name })
	}
	f.OnEnter = p.press(p.next)
	return app.Div().Class("setup-field").Body(&f, p.wrong(name))
}

// wrong says what is wrong with a field.
func (p *Page) wrong(name string) app.UI {
	found := p.problem(name)
	if found == nil {
		return app.Span().Hidden(true)
	}
	message := map[string]*i18n.Message{chain.Empty: wrongEmpty, chain.Long: wrongLong, chain.Range: wrongRange, chain.Twice: wrongTwice,
		chain.Unknown: wrongUnknown}[found.Code]
	if special, ok := wrongs[name]; ok && found.Code != chain.Empty {
		message = special
	}
	if message == nil {
		message = wrongFormat
	}
	return app.P().Class("setup-wrong").Aria("live", "polite").Text(p.lang.T(message))
}

// choice draws a list to choose one from.
func (p *Page) choice(id string, label *i18n.Message, value string, options [][2]string, choose func(string)) app.UI {
	list := app.Select().ID("%s", id).Class("field-input").OnChange(func(ctx app.Context, _ app.Event) { choose(ctx.JSSrc().Get("value").String()) })
	return app.Div().Class("field").Body(
		app.Label().Class("field-label").For(id).Text(p.lang.T(label)),
		app.Div().Class("field-box").Body(list.Body(app.Range(options).Slice(func(i int) app.UI {
			return app.Option().Value(options[i][0]).Text(options[i][1]).Selected(options[i][0] == value)
		}))))
}

func (p *Page) drawOwner() []app.UI {
	d := &p.draft
	return []app.UI{
		ui.GateText(p.lang.T(ownerHow)),
		p.field("setup-name", "name", ownerName, ui.Field{Fill: "name"}, &d.name),
		p.field("setup-login", "login", ownerLogin, ui.Field{Fill: "username", Hint: p.lang.T(loginHow)}, &d.login),
		p.field("setup-password", "password", ownerPassword, ui.Field{Secret: true, Fill: "new-password", Hint: p.lang.T(passwordHow)}, &d.password),
	}
}

func (p *Page) drawCompany() []app.UI {
	d, l := &p.draft, p.lang
	var countries [][2]string
	for _, c := range chain.Countries {
		countries = append(countries, [2]string{c.Code, l.T(countryNames[c.Code])})
	}
	country, _ := chain.CountryOf(d.company.Country)
	body := []app.UI{
		p.field("setup-company", "company.name", companyName, ui.Field{Fill: "organization", Example: l.T(companyExample)}, &d.company.Name),
		p.choice("setup-country", companyCountry, d.company.Country, countries, p.setCountry),
		p.field("setup-tax-id", "company.tax_id", companyTaxID, ui.Field{Mode: "numeric", Unit: country.TaxID}, &d.company.TaxID),
		app.H2().Class("gate-part").Text(l.T(taxesTitle)),
		app.P().Class("muted").Text(l.T(taxesHow)),
	}
	for i := range d.rates {
		body = append(body, p.drawRate(i))
	}
	return body
}

// drawRate draws a rate, to be confirmed or changed.
func (p *Page) drawRate(i int) app.UI {
	r, id := p.draft.rates[i], fmt.Sprintf("setup-rate-%d", i)
	if r.Class == tax.None || r.Class == tax.Zero {
		return app.Span().Hidden(true) // nothing can be said of them
	}
	return app.Div().Class("setup-rate").Body(
		app.Label().For(id).Text(p.lang.T(className[r.Class])+", "+p.lang.T(rateFrom, "date", p.lang.Date(r.From))),
		&ui.Field{ID: id, Value: p.draft.taxed[i], Rev: p.rev, Mode: "decimal", Unit: "%", OnText: func(_ app.Context, text string) { p.draft.taxed[i] = text }},
		p.wrong(fmt.Sprintf("taxes[%d].percent", i)),
	)
}

func (p *Page) drawStore() []app.UI {
	d := &p.draft
	country, _ := chain.CountryOf(d.company.Country)
	body := []app.UI{
		ui.GateText(p.lang.T(storeHow)),
		p.field("setup-store", "stores[0].name", storeName, ui.Field{Example: p.lang.T(storeExample)}, &d.store.Name.RU),
		p.field("setup-address", "stores[0].address", storeAddress, ui.Field{Fill: "street-address"}, &d.store.Address.RU),
		p.field("setup-region", "stores[0].region", storeRegion, ui.Field{Fill: "address-level1"}, &d.store.Region),
		p.field("setup-tills", "stores[0].tills", storeTills, ui.Field{Mode: "numeric", Hint: p.lang.T(tillsHow, "most", tillsMax)}, &d.tills),
	}
	if len(country.Zones) == 0 {
		return body
	}
	zones := [][2]string{{country.Zone, country.Zone}}
	for _, zone := range country.Zones {
		zones = append(zones, [2]string{zone, zone})
	}
	current := d.store.Zone
	if current == "" {
		current = country.Zone
	}
	return append(body, p.choice("setup-zone", storeZone, current, zones, func(zone string) { d.store.Zone = zone }))
}

func (p *Page) drawPeople() []app.UI {
	body := []app.UI{ui.GateText(p.lang.T(peopleHow))}
	for i := range p.draft.people {
		body = append(body, p.drawPerson(i))
	}
	return append(body, &ui.Button{ID: "setup-more", Label: p.lang.T(personMore), Kind: ui.Quiet, OnPress: p.press(func() {
		p.draft.people = append(p.draft.people, person{role: staff.Cashier})
		p.rev++
	})})
}

func (p *Page) drawPerson(i int) app.UI {
	one, l := &p.draft.people[i], p.lang
	at := fmt.Sprintf("employees[%d]", i)
	roles := [][2]string{{string(staff.Manager), l.T(roleManager)}, {string(staff.Senior), l.T(roleSenior)}, {string(staff.Cashier), l.T(roleCashier)}}
	return app.Div().Class("setup-person").Body(
		p.field(fmt.Sprintf("setup-person-%d", i), at+".name", personName, ui.Field{}, &one.name),
		p.choice(fmt.Sprintf("setup-role-%d", i), personRole, string(one.role), roles, func(role string) { one.role = staff.Role(role) }),
		p.field(fmt.Sprintf("setup-pin-%d", i), at+".pin", personPIN, ui.Field{Mode: "numeric"}, &one.pin),
		app.If(i > 0, func() app.UI {
			return &ui.Button{ID: fmt.Sprintf("setup-less-%d", i), Label: "✕", Name: l.T(personLess), Kind: ui.Quiet, OnPress: p.press(func() {
				p.draft.people = append(p.draft.people[:i], p.draft.people[i+1:]...)
				p.found, p.rev = nil, p.rev+1
			})}
		}),
	)
}

func (p *Page) drawGoods() []app.UI {
	d := &p.draft
	option := func(id string, label, how *i18n.Message, on bool, sample bool) app.UI {
		return &ui.Button{ID: id, Label: p.lang.T(label), Note: p.lang.T(how), Toggle: true, Pressed: on, Class: "setup-option",
			OnPress: p.press(func() { d.sample = sample })}
	}
	return []app.UI{
		ui.GateText(p.lang.T(goodsHow)),
		option("setup-sample", goodsSample, goodsSampleHow, d.sample, true),
		option("setup-own", goodsOwn, goodsOwnHow, !d.sample, false),
	}
}

// drawDone shows the code for the first tablet.
func (p *Page) drawDone() []app.UI {
	l := p.lang
	address := ""
	if app.IsClient {
		address = app.Window().URL().Scheme + "://" + app.Window().URL().Host + "/till"
	}
	if p.code == nil {
		return []app.UI{ui.GateText(l.T(doneWait)), app.If(p.fault != nil, func() app.UI {
			return &ui.Button{ID: "setup-code-again", Label: l.T(i18n.DeskAgain), OnPress: p.press(p.newCode)}
		})}
	}
	return []app.UI{
		ui.GateText(l.T(doneHow)),
		app.P().Class("code-address").ID("setup-address-of-till").Text(address),
		app.P().ID("setup-code").Class("code").Text(p.code.Code),
		app.P().Class("muted").Text(l.T(doneThen)),
	}
}
