package price

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// same compares rules by their texts: empty and absent lists are the same.
func same(t *testing.T, got, want any) {
	t.Helper()
	a, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("%s, want %s", a, b)
	}
}

// TestDraftsMakeTheirRulesAgain in a currency without decimals and with three.
func TestDraftsMakeTheirRulesAgain(t *testing.T) {
	list := pricing.List{ID: "night", Version: 2, Name: catalogue.Text{RU: "Ночь", EN: "Night"}, Priority: 1, Final: true,
		Stores: []string{"1"},
		When:   pricing.When{From: "2026-11-22", Days: []int{6}, Hours: []pricing.Span{{From: "22:00", To: "06:00"}}},
		Who:    pricing.Who{Card: true, Groups: []string{"staff", "gold"}}}
	draft := listDraftOf(wire.PriceList{List: list, Stopped: true})
	if same(t, draft.list(), list); !draft.stopped || !draft.dearer() {
		t.Errorf("%+v", draft)
	}
	if draft.turnDearer(); draft.dearer() || draft.list().Priority != 0 {
		t.Error("a list that is turned is dearer still")
	}
	law := pricing.Regulation{ID: "milk", Version: 3, Name: catalogue.Text{RU: "Молоко"}, From: "2026-11-22", Stores: []string{"2"},
		Goods: pricing.Goods{Categories: []string{"milk"}, Not: &pricing.Goods{SKUs: []catalogue.SKU{"7"}}}, Min: 45_50, Max: 90_00, Fixed: true}
	for _, currency := range []string{"RUB", "JPY", "KWD"} {
		draft := lawDraftOf(wire.Regulation{Regulation: law}, money.CurrencyOf(currency))
		same(t, draft.law(money.CurrencyOf(currency)), law)
	}
}

// lists are what the page of price lists is told.
var lists = wire.PriceLists{
	Lists: []wire.PriceList{{List: pricing.List{ID: "night", Version: 1, Name: catalogue.Text{RU: "Ночь", EN: "Night"}}}},
	Regulations: []wire.Regulation{{Regulation: pricing.Regulation{ID: "milk", Version: 1, Name: catalogue.Text{RU: "Молоко", EN: "Milk"},
		Goods: pricing.Goods{All: true}, Max: 90_00}}},
}

// openLists opens the page of price lists; saving is answered with answer.
func openLists(t *testing.T, answer any) (o *kittest.Opened, v *listsView, sent func() string) {
	t.Helper()
	var heard string
	o = kittest.Open(t, Pages()[1], i18n.EN, kittest.Answers{
		Server: map[string]any{wire.GetPriceLists.Path: lists, "POST " + wire.GetPriceLists.Path: answer, wire.SaveRegulation.Path: answer},
		Heard: func(_ string, body []byte) {
			if len(body) > 0 {
				heard = string(body)
			}
		}})
	return o, o.View.(*listsView), func() string { return heard }
}

// sees fails the test when the page does not show a text.
func sees(t *testing.T, o *kittest.Opened, text string) {
	t.Helper()
	if html := o.HTML(); !strings.Contains(html, text) {
		t.Errorf("%q is not shown:\n%s", text, html)
	}
}

// TestRulesAreSaved: what was saved stands on the page, and its form is closed.
func TestRulesAreSaved(t *testing.T) {
	changed := lists.Lists[0]
	changed.List.Version, changed.List.Name.EN = 2, "Late night"
	o, v, sent := openLists(t, wire.SavedPriceList{List: &changed})
	v.editList(&v.data.Value().Lists[0])
	sees(t, o, "list-save")
	form := v.form.(*listForm)
	form.Draft.en = "Late night"
	form.Save(v.d, v.writeList(form.Draft.list(), form.Draft.stopped), v.take)
	o.Settle()
	if v.form != nil || len(v.data.Value().Lists) != 1 || !strings.Contains(sent(), `"en":"Late night"`) {
		t.Errorf("form %v, sent %s", v.form, sent())
	}
	sees(t, o, "Late night")

	fresh := wire.Regulation{Regulation: pricing.Regulation{ID: "bread", Name: catalogue.Text{EN: "Bread"}, Goods: pricing.Goods{All: true},
		Fixed: true}}
	o, v, _ = openLists(t, wire.SavedRegulation{Regulation: &fresh})
	v.editLaw(nil)
	sees(t, o, "law-save")
	law := v.form.(*lawForm)
	law.Save(v.d, v.writeLaw(law.Draft.law(money.RUB), false), v.take)
	o.Settle()
	if v.form != nil || len(v.data.Value().Regulations) != 2 {
		t.Errorf("form %v, %+v", v.form, v.data.Value().Regulations)
	}
	sees(t, o, "Bread")
}

// TestProblemsOfTheServer are shown at the form, which stays.
func TestProblemsOfTheServer(t *testing.T) {
	o, v, _ := openLists(t, wire.SavedPriceList{Problems: pricing.Problems{{Path: "priority", Code: pricing.ProblemConflict}}})
	v.editList(&v.data.Value().Lists[0])
	form := v.form.(*listForm)
	form.Save(v.d, v.writeList(form.Draft.list(), false), v.take)
	o.Settle()
	if v.form != form {
		t.Fatal("the form is closed")
	}
	sees(t, o, `data-path="priority"`)
	form.Edited()
	if len(form.Found()) != 0 {
		t.Error("a problem is told of a draft that was changed since")
	}
}

// TestStopping keeps everything else of a rule.
func TestStopping(t *testing.T) {
	stopped := lists.Lists[0]
	stopped.Stopped = true
	o, v, sent := openLists(t, wire.SavedPriceList{List: &stopped})
	v.turned.Save(v.d, v.writeList(stopped.List, true), v.take)
	o.Settle()
	if !strings.Contains(sent(), `"stopped":true`) || !v.data.Value().Lists[0].Stopped {
		t.Errorf("sent %s", sent())
	}
	sees(t, o, "item-off")
}
