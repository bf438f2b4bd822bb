package selling

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/ban"
	"tillsight/shared/document"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// rulesView is the page of the rules of sale: bans, shelf lives, how tills sell.
type rulesView struct {
	d    *kit.Desk
	said string

	bans   kit.Remote[bans]
	form   *banForm                     // nil: none is being edited
	turned kit.Form[struct{}, savedBan] // a ban that is put in force or out of it

	lives    kit.Remote[wire.ShelfLives]
	livesNow kit.Form[[]lifeDraft, wire.Saved] // as they are being edited

	selling  kit.Remote[wire.Selling]
	sellsNow kit.Form[struct{}, wire.Saved] // a choice on its way to the server
}

func newRules(d *kit.Desk) kit.View {
	return &rulesView{d: d, lives: kit.Remote[wire.ShelfLives]{Again: "lives-again"},
		selling: kit.Remote[wire.Selling]{Again: "selling-again"}}
}

// Redraw has nothing to do: the page draws no charts.
func (v *rulesView) Redraw() {}

// Refresh gets the rules when the page is first opened; what is being edited stays.
func (v *rulesView) Refresh() {
	server := v.d.Office.Server
	if v.bans.Value() == nil {
		v.bans.Load(v.d, v.askBans, nil)
	}
	if v.lives.Value() == nil {
		v.lives.Load(v.d, office.Asking(server, wire.GetShelfLives, struct{}{}), v.takeLives)
	}
	if v.selling.Value() == nil {
		v.selling.Load(v.d, office.Asking(server, wire.GetSelling, struct{}{}), nil)
	}
}

// known is the bans, categories and stores that the page has been told.
func (v *rulesView) known() *bans {
	if bans := v.bans.Value(); bans != nil {
		return bans
	}
	return &bans{}
}

// done says that something is written.
func (v *rulesView) done() { v.said = v.d.Lang.T(rulesSaved) }

// bans are the rules with the version of each that was seen, and what they may name.
type bans struct {
	wire.BanOptions
	Rules []ban.Rule
	seen  map[string]int
}

type savedBan = document.Saved[ban.Rule]

func (v *rulesView) askBans(ctx context.Context) (b bans, err error) {
	if b.BanOptions, err = office.Asking(v.d.Office.Server, wire.GetBanOptions, struct{}{})(ctx); err != nil {
		return b, err
	}
	list, err := office.Asking(v.d.Office.Server, wire.Ban.List(), struct{}{})(ctx)
	b.seen = map[string]int{}
	for _, d := range list {
		b.Rules = append(b.Rules, d.Body)
		b.seen[d.Key] = d.Version
	}
	return b, err
}

// saving writes a ban over the version that was seen.
func (v *rulesView) saving(rule ban.Rule, gone bool) func(context.Context) (savedBan, error) {
	return office.Asking(v.d.Office.Server, wire.Ban.Save(),
		document.Put[ban.Rule]{Key: rule.ID, Seen: v.known().seen[rule.ID], Gone: gone, Body: rule})
}

// problems are those of a ban that was not saved.
func problems(s savedBan) (list []kit.Problem) {
	for _, p := range s.Problems {
		list = append(list, kit.Problem{Field: p.Field, Code: p.Code})
	}
	return list
}

// put takes a written ban into the list.
func (v *rulesView) put(rule ban.Rule, version int) {
	bans := v.known()
	if bans.seen != nil {
		bans.seen[rule.ID] = version
	}
	if i := slices.IndexFunc(bans.Rules, func(r ban.Rule) bool { return r.ID == rule.ID }); i >= 0 {
		bans.Rules[i] = rule
		return
	}
	bans.Rules = append(bans.Rules, rule)
}

// turn puts a ban in force or out of it.
func (v *rulesView) turn(rule ban.Rule) {
	rule.Off = !rule.Off
	v.said = ""
	v.turned.Save(v.d, v.saving(rule, false), func(s savedBan) []kit.Problem {
		if s.Document != nil {
			v.put(rule, s.Document.Version)
			v.done()
		}
		return problems(s)
	})
}

// fault is why something could not be written.
func (v *rulesView) fault() *errcode.Error {
	for _, e := range []*errcode.Error{v.turned.Fault(), v.livesNow.Fault(), v.sellsNow.Fault()} {
		if e != nil {
			return e
		}
	}
	return nil
}

// Head names the page, with what makes a ban.
func (v *rulesView) Head() kit.Head {
	l := v.d.Lang
	return kit.Head{Title: l.T(deskRules), Acts: []app.UI{
		&ui.Button{ID: "ban-new", Label: l.T(banNew), Kind: ui.Primary, Class: "head-end", OnPress: v.d.Press(v.create)}}}
}

// Draw draws the rules, or the ban that is being edited.
func (v *rulesView) Draw() app.UI {
	var strip app.UI = app.P().Class("muted").Text(v.d.Lang.T(rulesHow))
	switch {
	case v.fault() != nil:
		strip = v.d.ErrorBox(v.fault())
	case v.said != "":
		strip = ui.Toast(ui.Good, v.said, app.Span().Hidden(true))
	}
	body := []app.UI{app.Div().Class("strip").Aria("live", "polite").Body(strip)}
	if v.form != nil {
		return app.Div().Class("list-page rules-page").Body(append(body, v.drawForm())...)
	}
	return app.Div().Class("list-page rules-page").Body(append(body,
		v.bans.Draw(v.d, v.drawBans), v.lives.Draw(v.d, v.drawLives), v.selling.Draw(v.d, v.drawSelling))...)
}

func (v *rulesView) drawBans(bans *bans) app.UI {
	if len(bans.Rules) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("⊘", v.d.Lang.T(banNone), v.d.Lang.T(banNoneHow)))
	}
	return app.Div().Class("items").Body(app.Range(bans.Rules).Slice(func(i int) app.UI { return v.drawBan(bans.Rules[i]) }))
}

func (v *rulesView) drawBan(r ban.Rule) app.UI {
	l := v.d.Lang
	class := "item item-rule"
	turn := banTurnOff
	if r.Off {
		class += " item-off"
		turn = banTurnOn
	}
	return app.Div().Class(class).DataSet("ban", r.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(r.Name.In(string(l))),
			app.Span().Class("item-facts").Text(v.banGoods(r)),
			app.Span().Class("item-facts").Text(banWhen(r, l)+" · "+v.banWhere(r)),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "ban-edit-" + r.ID, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: v.d.Press(func() { v.edit(r, false) })},
			&ui.Button{ID: "ban-turn-" + r.ID, Label: l.T(turn), Kind: ui.Quiet, Disabled: v.turned.Busy(),
				OnPress: v.d.Press(func() { v.turn(r) })},
		),
	)
}

// banGoods names what a ban is about.
func (v *rulesView) banGoods(r ban.Rule) string {
	var names []string
	for _, id := range r.Categories {
		names = append(names, ruleform.CategoryName(v.known().Categories, id, v.d.Lang))
	}
	if n := len(r.SKUs); n > 0 {
		names = append(names, v.d.Lang.T(i18n.PromoArticles, "n", n))
	}
	if n := len(r.Except); n > 0 {
		names = append(names, v.d.Lang.T(banExcept, "n", n))
	}
	return strings.Join(names, ", ")
}

// banWhen says when a ban holds.
func banWhen(r ban.Rule, l i18n.Lang) string {
	var parts, dates, days []string
	if r.From != "" || r.Until != "" {
		parts = append(parts, l.Date(r.From)+" – "+l.Date(r.Until))
	}
	for _, date := range r.Dates {
		dates = append(dates, dateText(date, l))
	}
	if len(dates) > 0 {
		parts = append(parts, strings.Join(dates, ", "))
	}
	for _, day := range r.Days {
		if day >= 1 && day <= len(i18n.Weekdays) {
			days = append(days, l.T(i18n.Weekdays[day-1]))
		}
	}
	if len(days) > 0 {
		parts = append(parts, strings.Join(days, " "))
	}
	for _, span := range r.Hours {
		parts = append(parts, span.From+"–"+span.To)
	}
	if len(r.Hours) == 0 {
		parts = append(parts, l.T(banAllDay))
	}
	return strings.Join(parts, " · ")
}

// dateText writes a date, or that of every year (09-01).
func dateText(date string, l i18n.Lang) string {
	if at, err := time.Parse("2006-01-02", "2000-"+date); err == nil {
		return l.Time(at.UnixMilli(), "UTC", i18n.ShortDay)
	}
	return l.Date(date)
}

// banWhere says where a ban holds.
func (v *rulesView) banWhere(r ban.Rule) string {
	names := slices.Clone(r.Regions)
	for _, id := range r.Stores {
		names = append(names, v.d.DimName(id, v.d.Stores))
	}
	if len(names) == 0 {
		return v.d.Lang.T(banEverywhere)
	}
	return strings.Join(names, ", ")
}
