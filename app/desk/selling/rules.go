package selling

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
	wire "tillsight/shared/wire/office"
)

// rulesView is the page of the rules of sale: bans, shelf lives, how tills sell.
type rulesView struct {
	d       *kit.Desk
	bans    wire.Bans
	lives   []lifeDraft
	selling wire.Selling
	asked   bool
	fault   *errcode.Error
	said    string
	busy    bool
	form    *banForm
	rev     int
}

// lifeDraft is a rule of shelf life as typed.
type lifeDraft struct{ category, refuse, hint, percent string }

// banForm is a ban being edited.
type banForm struct {
	rule               ban.Rule
	from, to           string // hours
	skus, dates, wrong string
	fresh              bool
}

func newRules(d *kit.Desk) kit.View { return &rulesView{d: d} }

func (v *rulesView) Redraw() {}

// Refresh implements view.
func (v *rulesView) Refresh() {
	if v.asked {
		return
	}
	v.asked = true
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetBans, struct{}{}), func(bans wire.Bans, e *errcode.Error) {
		if v.fault = e; e == nil {
			v.bans = bans
		}
	})
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetShelfLives, struct{}{}), func(lives wire.ShelfLives, e *errcode.Error) {
		if e == nil {
			v.takeLives(lives.Rules)
		}
	})
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetSelling, struct{}{}), func(way wire.Selling, e *errcode.Error) {
		if e == nil {
			v.selling = way
		}
	})
}

func (v *rulesView) takeLives(rules []shelflife.Rule) {
	v.lives = nil
	for _, r := range rules {
		v.lives = append(v.lives, lifeDraft{r.Category, strconv.Itoa(r.Refuse), strconv.Itoa(r.Hint), strconv.FormatInt(r.MarkdownBP/100, 10)})
	}
	v.rev++
}

// send writes something and says that it is written.
func (v *rulesView) send(write func(context.Context) (wire.Saved, error), then func()) {
	v.busy, v.fault, v.said = true, nil, ""
	kit.Call(v.d, write, func(_ wire.Saved, e *errcode.Error) {
		v.busy, v.fault = false, e
		if e == nil {
			v.said = v.d.Lang.T(i18n.RulesSaved)
			then()
		}
	})
}

// edit opens a ban.
func (v *rulesView) edit(rule ban.Rule, fresh bool) {
	f := &banForm{rule: rule, fresh: fresh, dates: strings.Join(rule.Dates, ", ")}
	if len(rule.Hours) > 0 {
		f.from, f.to = rule.Hours[0].From, rule.Hours[0].To
	}
	var skus []string
	for _, sku := range rule.SKUs {
		skus = append(skus, string(sku))
	}
	f.skus = strings.Join(skus, ", ")
	v.form, v.said, v.fault = f, "", nil
	v.rev++
}

func (v *rulesView) create() {
	v.edit(ban.Rule{ID: "b" + strconv.FormatInt(v.d.Now().UnixMilli(), 36)}, true)
}

// read makes the rule of what is typed. A second part of a day that the form does
// not show is kept.
func (f *banForm) read() ban.Rule {
	r := f.rule
	r.SKUs, r.Dates = nil, splitList(f.dates)
	for _, sku := range splitList(f.skus) {
		r.SKUs = append(r.SKUs, catalogue.SKU(sku))
	}
	var rest []ban.Span
	if len(r.Hours) > 1 {
		rest = r.Hours[1:]
	}
	r.Hours = nil
	if f.from != "" || f.to != "" {
		r.Hours = append([]ban.Span{{From: f.from, To: f.to}}, rest...)
	}
	return r
}

// splitList reads texts with commas or spaces between them.
func splitList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })
}

// save writes the ban of the form.
func (v *rulesView) save() {
	rule := v.form.read()
	if err := rule.Validate(); err != nil {
		v.form.wrong = errcode.As(err).Data["field"]
		return
	}
	v.send(office.Asking(v.d.Office.Server, wire.SaveBan, wire.PutBan{Key: rule.ID, Rule: rule}), func() { v.put(rule) })
}

// put takes a written ban into the list.
func (v *rulesView) put(rule ban.Rule) {
	v.form = nil
	if i := slices.IndexFunc(v.bans.Rules, func(r ban.Rule) bool { return r.ID == rule.ID }); i >= 0 {
		v.bans.Rules[i] = rule
		return
	}
	v.bans.Rules = append(v.bans.Rules, rule)
}

func (v *rulesView) drop(id string) {
	v.send(office.Asking(v.d.Office.Server, wire.DropBan, wire.BanID{ID: id}), func() {
		v.form = nil
		v.bans.Rules = slices.DeleteFunc(v.bans.Rules, func(r ban.Rule) bool { return r.ID == id })
	})
}

// switchBan puts a ban in force or out of it.
func (v *rulesView) switchBan(rule ban.Rule) {
	rule.Off = !rule.Off
	v.send(office.Asking(v.d.Office.Server, wire.SaveBan, wire.PutBan{Key: rule.ID, Rule: rule}), func() { v.put(rule) })
}

func (v *rulesView) saveLives() {
	var lives wire.ShelfLives
	for _, d := range v.lives {
		number := func(text string) int {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				return -1 // refused by the server with a reason
			}
			return n
		}
		lives.Rules = append(lives.Rules, shelflife.Rule{Category: d.category, Refuse: number(d.refuse), Hint: number(d.hint), MarkdownBP: int64(number(d.percent)) * 100})
	}
	v.send(office.Asking(v.d.Office.Server, wire.SaveShelfLives, lives), func() {})
}

// setSelling changes how tills sell, at once.
func (v *rulesView) setSelling(way wire.Selling) {
	v.send(office.Asking(v.d.Office.Server, wire.SaveSelling, way), func() { v.selling = way })
}

// Head names the page, with what makes a ban.
func (v *rulesView) Head() kit.Head {
	l := v.d.Lang
	return kit.Head{Title: l.T(i18n.DeskRules), Acts: []app.UI{
		&ui.Button{ID: "ban-new", Label: l.T(i18n.BanNew), Kind: ui.Primary, Class: "head-end", OnPress: v.d.Press(v.create)}}}
}

// Draw implements view.
func (v *rulesView) Draw() app.UI {
	l := v.d.Lang
	var strip app.UI = app.P().Class("muted").Text(l.T(i18n.RulesHow))
	switch {
	case v.fault != nil:
		strip = v.d.ErrorBox(v.fault)
	case v.said != "":
		strip = ui.Toast(ui.Good, v.said, app.Span().Hidden(true))
	}
	body := []app.UI{app.Div().Class("strip").Aria("live", "polite").Body(strip)}
	if v.form != nil {
		return app.Div().Class("list-page rules-page").Body(append(body, v.drawForm())...)
	}
	return app.Div().Class("list-page rules-page").Body(append(body, v.drawBans(), v.drawLives(), v.drawSelling())...)
}

func (v *rulesView) drawBans() app.UI {
	l := v.d.Lang
	if len(v.bans.Rules) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("⊘", l.T(i18n.BanNone), l.T(i18n.BanNoneHow)))
	}
	return app.Div().Class("items").Body(
		app.Range(v.bans.Rules).Slice(func(i int) app.UI { return v.drawBan(v.bans.Rules[i]) }),
	)
}

func (v *rulesView) drawBan(r ban.Rule) app.UI {
	l := v.d.Lang
	class := "item item-rule"
	turn := i18n.BanTurnOff
	if r.Off {
		class += " item-off"
		turn = i18n.BanTurnOn
	}
	return app.Div().Class(class).DataSet("ban", r.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(r.Name.In(string(l))),
			app.Span().Class("item-facts").Text(v.banGoods(r)),
			app.Span().Class("item-facts").Text(v.banWhen(r)+" · "+v.banWhere(r)),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "ban-edit-" + r.ID, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.edit(r, false) })},
			&ui.Button{ID: "ban-turn-" + r.ID, Label: l.T(turn), Kind: ui.Quiet, Disabled: v.busy, OnPress: v.d.Press(func() { v.switchBan(r) })},
		),
	)
}

// banGoods names what a ban is about.
func (v *rulesView) banGoods(r ban.Rule) string {
	var names []string
	for _, id := range r.Categories {
		names = append(names, ruleform.CategoryName(v.bans.Categories, id, v.d.Lang))
	}
	if n := len(r.SKUs); n > 0 {
		names = append(names, v.d.Lang.T(i18n.PromoArticles, "n", n))
	}
	if n := len(r.Except); n > 0 {
		names = append(names, v.d.Lang.T(i18n.BanExcept, "n", n))
	}
	return strings.Join(names, ", ")
}

// banWhen says when a ban holds.
func (v *rulesView) banWhen(r ban.Rule) string {
	l := v.d.Lang
	var parts []string
	if r.From != "" || r.Until != "" {
		parts = append(parts, l.Date(r.From)+" – "+l.Date(r.Until))
	}
	if len(r.Dates) > 0 {
		var dates []string
		for _, date := range r.Dates {
			if len(date) == len("09-01") {
				date = date[3:] + "." + date[:2]
			} else {
				date = l.Date(date)
			}
			dates = append(dates, date)
		}
		parts = append(parts, strings.Join(dates, ", "))
	}
	var days []string
	for _, day := range r.Days {
		days = append(days, l.T(i18n.Weekdays[day-1]))
	}
	if len(days) > 0 {
		parts = append(parts, strings.Join(days, " "))
	}
	for _, span := range r.Hours {
		parts = append(parts, span.From+"–"+span.To)
	}
	if len(r.Hours) == 0 {
		parts = append(parts, l.T(i18n.BanAllDay))
	}
	return strings.Join(parts, " · ")
}

func (v *rulesView) banWhere(r ban.Rule) string {
	var names []string
	names = append(names, r.Regions...)
	for _, id := range r.Stores {
		names = append(names, v.d.DimName(id, v.d.Stores))
	}
	if len(names) == 0 {
		return v.d.Lang.T(i18n.BanEverywhere)
	}
	return strings.Join(names, ", ")
}

// input is a line of text of the form.
func (v *rulesView) input(id string, label *i18n.Message, value *string, example string) app.UI {
	return &ui.Field{ID: "ban-" + id, Label: v.d.Lang.T(label), Value: *value, Rev: v.rev, Mode: "text", Example: example,
		OnText: func(_ app.Context, text string) { *value = text; v.form.wrong = ""; v.d.Rev++ }}
}

func (v *rulesView) drawForm() app.UI {
	l, f := v.d.Lang, v.form
	r := &f.rule
	var days []app.UI
	for i, name := range i18n.Weekdays {
		days = append(days, v.d.Choice("ban-day-"+strconv.Itoa(i+1), l.T(name), slices.Contains(r.Days, i+1), func() { r.Days = ruleform.ToggledDay(r.Days, i+1) }))
	}
	var wrong app.UI = app.Span().Hidden(true)
	if f.wrong != "" {
		wrong = app.P().ID("ban-wrong").Class("form-problems").Text(l.T(i18n.BanWrong, "field", l.T(banField(f.wrong))))
	}
	return app.Div().Class("form-page form-card").Body(
		kit.Fields(v.input("ru", i18n.BanNameRU, &r.Name.RU, l.T(i18n.BanExample)), v.input("en", i18n.BanNameEN, &r.Name.EN, "")),
		kit.FieldGroup(v.d, i18n.BanGoods,
			kit.Fields(v.pickMenu("categories", i18n.PromoCategories, r.Categories, v.categories, func(id string) { r.Categories = kit.Toggled(r.Categories, id) }),
				v.input("skus", i18n.PromoSKUs, &f.skus, ""))),
		kit.FieldGroup(v.d, i18n.BanWhen,
			kit.Fields(v.input("from", i18n.PromoHourFrom, &f.from, "23:00"), v.input("to", i18n.PromoHourTo, &f.to, "08:00"), v.input("dates", i18n.BanDates, &f.dates, "09-01, 2026-05-25")),
			app.Div().Class("choices-row form-days").Body(days...),
			kit.Fields(&kit.DateField{ID: "ban-start", Label: l.T(i18n.PromoStart), Value: r.From, OnDate: func(text string) { r.From = text; v.d.Rev++ }},
				&kit.DateField{ID: "ban-end", Label: l.T(i18n.PromoEnd), Value: r.Until, OnDate: func(text string) { r.Until = text; v.d.Rev++ }}),
			app.P().Class("muted").Text(l.T(i18n.BanWhenHow))),
		kit.FieldGroup(v.d, i18n.BanWhere,
			kit.Fields(v.pickMenu("regions", i18n.BanRegions, r.Regions, v.regions, func(id string) { r.Regions = kit.Toggled(r.Regions, id) }),
				v.pickMenu("stores", i18n.PromoStores, r.Stores, v.stores, func(id string) { r.Stores = kit.Toggled(r.Stores, id) }))),
		app.P().ID("ban-says").Class("good-title").Text(v.banGoods(f.read())+": "+v.banWhen(f.read())+" · "+v.banWhere(f.read())),
		wrong,
		app.Div().Class("form-acts").Body(
			app.If(!f.fresh, func() app.UI {
				return &ui.Button{ID: "ban-drop", Label: l.T(i18n.BanDrop), Kind: ui.Danger, OnPress: v.d.Press(func() { v.drop(r.ID) })}
			}),
			&ui.Button{ID: "ban-back", Label: l.T(i18n.Cancel), OnPress: v.d.Press(func() { v.form = nil })},
			&ui.Button{ID: "ban-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: v.busy, OnPress: v.d.Press(v.save)},
		),
	)
}

func banField(field string) *i18n.Message {
	switch field {
	case "name":
		return i18n.BanNameRU
	case "goods":
		return i18n.BanGoods
	case "stores":
		return i18n.BanWhere
	}
	return i18n.BanWhen
}

// picked is something to choose, with its indent in a tree.
type picked struct{ id, name string }

// pickMenu chooses several of a list.
func (v *rulesView) pickMenu(id string, label *i18n.Message, chosen []string, list func() []picked, choose func(string)) app.UI {
	var names []string
	for _, p := range list() {
		if slices.Contains(chosen, p.id) {
			names = append(names, strings.TrimSpace(p.name))
		}
	}
	value := strings.Join(names, ", ")
	if value == "" {
		value = "—"
	}
	return v.d.FilterMenu("ban-"+id, v.d.Lang.T(label), value, func() app.UI {
		var options []app.UI
		for _, p := range list() {
			options = append(options, v.d.Option("ban-"+id+"-"+p.id, p.name, slices.Contains(chosen, p.id), func() { choose(p.id) }))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
}

func (v *rulesView) categories() (list []picked) {
	ruleform.EachCategory(v.d, v.bans.Categories, func(c catalogue.Category, indent string) {
		list = append(list, picked{c.ID, indent + c.Name.In(string(v.d.Lang))})
	})
	return list
}

func (v *rulesView) regions() (list []picked) {
	for _, s := range v.bans.Stores {
		if s.Region != "" && !slices.Contains(list, picked{s.Region, s.Region}) {
			list = append(list, picked{s.Region, s.Region})
		}
	}
	return list
}

func (v *rulesView) stores() (list []picked) {
	for _, s := range v.bans.Stores {
		list = append(list, picked{s.ID, s.Name.In(string(v.d.Lang))})
	}
	return list
}

// drawLives is how categories are treated before their dates.
func (v *rulesView) drawLives() app.UI {
	l := v.d.Lang
	rows := []app.UI{app.P().Class("muted").Text(l.T(i18n.LivesHow))}
	for i := range v.lives {
		d, n := &v.lives[i], strconv.Itoa(i)
		field := func(id string, label *i18n.Message, value *string, unit string) app.UI {
			return &ui.Field{ID: "life-" + id + "-" + n, Label: l.T(label), Value: *value, Rev: v.rev, Mode: "numeric", Unit: unit,
				OnText: func(_ app.Context, text string) { *value = text; v.d.Rev++ }}
		}
		rows = append(rows, app.Div().Class("life-row").Body(
			v.d.FilterMenu("life-"+n, l.T(i18n.GoodsCategory), ruleform.CategoryName(v.bans.Categories, d.category, v.d.Lang), func() app.UI {
				return ruleform.CategoryOptions(v.d, "life-"+n, v.bans.Categories, false, d.category, func(id string) { v.d.Menu, d.category = "", id })
			}),
			field("refuse", i18n.LivesRefuse, &d.refuse, l.T(i18n.LivesDays)),
			field("hint", i18n.LivesHint, &d.hint, l.T(i18n.LivesDays)),
			field("percent", i18n.LivesPercent, &d.percent, "%"),
			&ui.Button{ID: "life-drop-" + n, Label: "✕", Name: l.T(i18n.GoodsDrop), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.lives = slices.Delete(v.lives, i, i+1); v.rev++ })},
		))
	}
	return app.Section().Class("form-card").Body(append(append([]app.UI{app.H2().Class("field-head").Text(l.T(i18n.LivesTitle))}, rows...),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "life-add", Label: l.T(i18n.LivesAdd), OnPress: v.d.Press(func() { v.lives = append(v.lives, lifeDraft{refuse: "0", hint: "2", percent: "30"}); v.rev++ })},
			&ui.Button{ID: "life-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: v.busy, OnPress: v.d.Press(v.saveLives)},
		))...)
}

// drawSelling is what a chain may choose about its tills.
func (v *rulesView) drawSelling() app.UI {
	l := v.d.Lang
	var groupings []app.UI
	for _, g := range []struct {
		way   receipt.Grouping
		label *i18n.Message
	}{{receipt.GroupAny, i18n.GroupAll}, {receipt.GroupConsecutive, i18n.GroupRow}, {receipt.GroupNone, i18n.GroupOff}} {
		groupings = append(groupings, v.d.Choice("grouping-"+string(g.way), l.T(g.label), v.selling.Grouping == g.way, func() {
			way := v.selling
			way.Grouping = g.way
			v.setSelling(way)
		}))
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(i18n.SellingTitle)),
		kit.Labelled(l.T(i18n.GroupEqual), groupings...),
		app.P().Class("muted").Text(l.T(i18n.GroupHow)),
		kit.Labelled(l.T(i18n.WeighTitle), v.d.Choice("weigh-all", l.T(i18n.WeighAll), !v.selling.SeniorsWeigh, func() { v.setWeigh(false) }),
			v.d.Choice("weigh-seniors", l.T(i18n.WeighSeniors), v.selling.SeniorsWeigh, func() { v.setWeigh(true) })),
	)
}

func (v *rulesView) setWeigh(seniors bool) {
	way := v.selling
	way.SeniorsWeigh = seniors
	v.setSelling(way)
}
