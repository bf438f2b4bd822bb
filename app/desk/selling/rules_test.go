package selling

import (
	"strings"
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/document"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
	wire "tillsight/shared/wire/office"
)

// night is a ban that the page is told of.
var night = ban.Rule{ID: "night", Name: catalogue.Text{RU: "Ночью", EN: "At night"}, Categories: []string{"beer"}, Days: []int{6, 7},
	Dates: []string{"09-01", "2026-05-25"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}, {From: "12:00", To: "13:00"}}}

// openRules opens the page of rules; sent is what was sent last, with its path.
func openRules(t *testing.T, lang i18n.Lang) (o *kittest.Opened, v *rulesView, sent func() string) {
	t.Helper()
	var heard string
	o = kittest.Open(t, Pages()[2], lang, kittest.Answers{
		Server: map[string]any{
			wire.Ban.List().Path: []document.Document[ban.Rule]{{Key: "night", Version: 3, Body: night}},
			wire.GetBanOptions.Path: wire.BanOptions{
				Categories: []catalogue.Category{{ID: "beer", Name: catalogue.Text{RU: "Пиво", EN: "Beer"}}},
				Stores:     []catalogue.Store{{ID: "1", Name: catalogue.Text{EN: "South"}, Region: "77"}, {ID: "2", Region: "77"}}},
			"GET " + wire.GetShelfLives.Path: wire.ShelfLives{Rules: []shelflife.Rule{{Category: "beer", Refuse: 1, Hint: 3, MarkdownBP: 12_50}}},
			"GET " + wire.GetSelling.Path:    wire.Selling{Grouping: receipt.GroupAny},
			wire.Ban.Save().At("night"):      savedBan{Document: &document.Document[ban.Rule]{Key: "night", Version: 4}},
			wire.GetShelfLives.Path:          wire.Saved{}, wire.GetSelling.Path: wire.Saved{},
		},
		Heard: func(path string, body []byte) {
			if len(body) > 0 {
				heard = path + " " + string(body)
			}
		}})
	return o, o.View.(*rulesView), func() string { return heard }
}

// sees fails the test when the page does not show a text.
func sees(t *testing.T, o *kittest.Opened, text string) {
	t.Helper()
	if html := o.HTML(); !strings.Contains(html, text) {
		t.Errorf("%q is not shown:\n%s", text, html)
	}
}

// TestBanSaysWhen in the form of the language.
func TestBanSaysWhen(t *testing.T) {
	for lang, want := range map[i18n.Lang]string{
		i18n.EN: "1 Sep, 25/05/2026 · Sat Sun · 23:00–08:00 · 12:00–13:00",
		i18n.RU: "1 Sep, 25.05.2026 · Сб Вс · 23:00–08:00 · 12:00–13:00", // months have names in a browser only
	} {
		if got := banWhen(night, lang); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := banWhen(ban.Rule{Days: []int{0, 8}}, i18n.EN); got != i18n.EN.T(banAllDay) {
		t.Errorf("days that are none: %q", got)
	}
}

// TestBanIsSaved: what the form does not show stays, and what was saved is listed.
func TestBanIsSaved(t *testing.T) {
	o, v, sent := openRules(t, i18n.EN)
	v.edit(night, false)
	sees(t, o, "ban-drop")
	v.form.Draft.skus, v.form.Draft.from = "7, 8", "22:00"
	v.save()
	o.Settle()
	for _, part := range []string{wire.Ban.Save().At("night"), `"seen":3`, `"skus":["7","8"]`, `"from":"22:00"`, `"from":"12:00"`, `"09-01"`} {
		if !strings.Contains(sent(), part) {
			t.Errorf("%s is not in %s", part, sent())
		}
	}
	if v.form != nil || len(v.known().Rules) != 1 || len(v.known().Rules[0].SKUs) != 2 {
		t.Errorf("form %v, %+v", v.form, v.known().Rules)
	}
	sees(t, o, "22:00–08:00")
}

// TestBanIsRefused with the field that is wrong, until it changes.
func TestBanIsRefused(t *testing.T) {
	o, v, sent := openRules(t, i18n.EN)
	v.create()
	v.save()
	o.Settle()
	if sent() != "" {
		t.Errorf("sent %s", sent())
	}
	sees(t, o, "ban-wrong")
	v.edited()
	if strings.Contains(o.HTML(), "ban-wrong") {
		t.Error("a mistake is told of a ban that was changed since")
	}
}

// TestBanIsTurnedAndDropped.
func TestBanIsTurnedAndDropped(t *testing.T) {
	o, v, sent := openRules(t, i18n.EN)
	v.turn(night)
	o.Settle()
	if !strings.Contains(sent(), `"off":true`) || !v.known().Rules[0].Off {
		t.Errorf("sent %s", sent())
	}
	sees(t, o, "item-off")
	v.edit(v.known().Rules[0], false)
	v.drop()
	o.Settle()
	if !strings.Contains(sent(), `"seen":4,"gone":true`) {
		t.Errorf("sent %s", sent())
	}
	if v.form != nil || len(v.known().Rules) != 0 {
		t.Errorf("form %v, %+v", v.form, v.known().Rules)
	}
}

// TestPlacesOfBans: each region once.
func TestPlacesOfBans(t *testing.T) {
	_, v, _ := openRules(t, i18n.EN)
	if len(v.regions()) != 1 || len(v.stores()) != 2 || len(v.categories()) != 1 {
		t.Errorf("%v, %v, %v", v.regions(), v.stores(), v.categories())
	}
	if got := v.banWhere(ban.Rule{Regions: []string{"77"}, Stores: []string{"1"}}); got != "77, 1" {
		t.Errorf("%q", got)
	}
}

// TestShelfLives: a percentage has decimals and comes back as it was; what can't be
// read is sent as what the server refuses.
func TestShelfLives(t *testing.T) {
	o, v, sent := openRules(t, i18n.EN)
	if draft := v.livesNow.Draft[0]; draft.percent != "12.50" {
		t.Errorf("the markdown is %q", draft.percent)
	}
	v.saveLives()
	o.Settle()
	if !strings.Contains(sent(), `"markdown_bp":1250`) {
		t.Errorf("sent %s", sent())
	}
	for text, want := range map[string]int64{"7,5": 750, "30 %": 3000, "5 ₽": -1, "ten": -1, "": -1} {
		if got := (lifeDraft{percent: text}).rule().MarkdownBP; got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
	v.addLife()
	sees(t, o, "life-drop-1")
}

// TestSellingChanges at once, one choice and nothing else.
func TestSellingChanges(t *testing.T) {
	o, v, sent := openRules(t, i18n.EN)
	v.setSelling(func(s *wire.Selling) { s.SeniorsWeigh = true })
	o.Settle()
	if !strings.Contains(sent(), `"seniors_weigh":true`) || v.selling.Value().Grouping != receipt.GroupAny || !v.selling.Value().SeniorsWeigh {
		t.Errorf("sent %s, %+v", sent(), v.selling.Value())
	}
}
