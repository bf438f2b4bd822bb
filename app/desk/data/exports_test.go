package data

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/formula"
	wire "tillsight/shared/wire/office"
)

// openExports opens the page of exports.
func openExports(t *testing.T, tokens []wire.Token) (*kittest.Opened, *exportsView) {
	t.Helper()
	o := kittest.Open(t, Pages()[1], i18n.EN, kittest.Answers{Server: map[string]any{
		wire.GetDictionary.Path: wire.Dictionary{Formats: []string{"csv", "parquet"}, Tables: []wire.DictionaryTable{
			{Table: "receipts", ByDate: true, Title: wire.Words{RU: "Чеки", EN: "Receipts"},
				Columns: []wire.DictionaryColumn{{Name: "total", Type: "money", Key: true, Personal: true}}}, {Table: "stores"}}},
		"GET " + wire.GetTokens.Path: tokens,
		wire.GetTokens.Path:          wire.MadeToken{Token: wire.Token{ID: 2, Name: "Accounts"}, Secret: "ts_secret"},
		wire.RevokeToken.Path:        struct{}{},
	}})
	return o, o.View.(*exportsView)
}

// TestDaysOfTokens are those of the shops' clock in the form of the language: late
// in the evening by UTC it is the next day in Moscow.
func TestDaysOfTokens(t *testing.T) {
	late := time.Date(2026, 11, 20, 21, 30, 0, 0, time.UTC).UnixMilli()
	soon := time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC).UnixMilli()
	for name, tt := range map[string]struct {
		token  wire.Token
		en, ru string
	}{
		"used":    {wire.Token{Used: late, Uses: 3}, "21/11/2026", "21.11.2026"},
		"until":   {wire.Token{Expires: soon}, "01/01/2027", "01.01.2027"},
		"expired": {wire.Token{Expires: late}, "21/11/2026", "21.11.2026"},
		"revoked": {wire.Token{Revoked: late, Expires: soon}, "21/11/2026", "21.11.2026"},
	} {
		for lang, want := range map[i18n.Lang]string{i18n.EN: tt.en, i18n.RU: tt.ru} {
			d := kittest.Desk(lang)
			d.User = &wire.User{Zone: "Europe/Moscow"}
			if got := strings.Join(tokenFacts(d, tt.token), " · "); !strings.Contains(got, want) {
				t.Errorf("%s: %q does not say %s", name, got, want)
			}
		}
	}
}

// TestTokens are made, shown once, and revoked after a question.
func TestTokens(t *testing.T) {
	o, v := openExports(t, []wire.Token{{ID: 2, Name: "Accounts", Stores: []string{"1"}, Personal: true}})
	v.tokens.make() // without a name nothing is asked
	o.Settle()
	if v.tokens.made != nil {
		t.Error("a token without a name is made")
	}
	v.tokens.form.Draft.Name = "Accounts"
	v.tokens.make()
	o.Settle()
	sees(t, o, "ts_secret")
	if v.tokens.form.Draft.Name != "" {
		t.Error("the name is in the field still")
	}
	v.tokens.toggleStore("1")
	if draft := v.tokens.form.Draft; draft.All || !slices.Equal(draft.Stores, []string{"1"}) {
		t.Errorf("%+v", draft)
	}
	if v.tokens.toggleStore("1"); !v.tokens.form.Draft.All {
		t.Error("a token without stores does not reach all")
	}
	v.tokens.sure = 2
	sees(t, o, "sheet-token-sure")
	v.tokens.end()
	o.Settle()
	if v.tokens.sure != 0 || v.tokens.revoke.Fault() != nil {
		t.Errorf("asked about %d, fault %v", v.tokens.sure, v.tokens.revoke.Fault())
	}
}

// TestLinks limit a table by dates when it has any.
func TestLinks(t *testing.T) {
	o, v := openExports(t, nil)
	v.from, v.to, v.shown = "2026-11-01", "2026-11-22", "receipts"
	for table, want := range map[string]string{"receipts": wire.Export.At("receipts.csv") + "?from=2026-11-01&to=2026-11-22",
		"stores": wire.Export.At("stores.csv")} {
		if got := v.link(wire.DictionaryTable{Table: table, ByDate: table == "receipts"}, "csv"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	sees(t, o, "dictionary")
	sees(t, o, i18n.EN.T(exportsPersonal))
}

// TestOthersSeeNoTokens.
func TestOthersSeeNoTokens(t *testing.T) {
	o, v := openExports(t, nil)
	v.d.User.Role = "manager"
	if html := o.HTML(); strings.Contains(html, "token-make") || !strings.Contains(html, i18n.EN.T(tokenAdmins)) {
		t.Error("who is no administrator is offered tokens")
	}
}

// TestDevice says what it keeps, and of what the server has more.
func TestDevice(t *testing.T) {
	o, v := openExports(t, nil)
	v.d.Insight.Lines, v.d.Insight.Elsewhere = 1200, "2026-01"
	sees(t, o, "2026-01")
	if monthsText(0, i18n.EN) != i18n.EN.T(deviceEverything) || monthsText(13, i18n.EN) != "13" {
		t.Error("months are not written as they are")
	}
}

// TestMeasures are typed with words, tried, and kept; a mistake is told with its place.
func TestMeasures(t *testing.T) {
	o := kittest.Open(t, Pages()[2], i18n.EN, kittest.Answers{Query: func(q cube.Query) cube.Result {
		r := kittest.Nothing(q)
		for i := range r.Total.Values {
			r.Total.Values[i] = cube.Some(333_00)
		}
		return r
	}})
	p := o.View.(*measures)
	p.add("revenue")
	p.add("/")
	if p.wrong == nil || p.wrong.What != formula.Unfinished {
		t.Errorf("%+v", p.wrong)
	}
	sees(t, o, "problem-here")
	p.add("receipts")
	o.Settle()
	if p.draft.Expr != "revenue / receipts" || p.wrong != nil {
		t.Errorf("%q, %+v", p.draft.Expr, p.wrong)
	}
	sees(t, o, "333.00")
	p.save() // without a name it is not kept
	if len(kit.Kept(p.d, kit.KeptMeasure)) != 0 {
		t.Error("a measure without a name is kept")
	}
	p.name = "Bill"
	p.save()
	list := kit.Kept(p.d, kit.KeptMeasure)
	if len(list) != 1 || list[0].Name != "Bill" || p.draft.Expr != "" {
		t.Fatalf("%+v", list)
	}
	p.edit(list[0])
	o.Settle()
	if p.draft.Expr != "revenue / receipts" || p.name != "Bill" {
		t.Errorf("opened it is %q %q", p.name, p.draft.Expr)
	}
	sees(t, o, "measure-new")
}
