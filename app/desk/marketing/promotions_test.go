package marketing

import (
	"strings"
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// milk is a promotion that the page is told of.
var milk = wire.Promotion{Rule: pricing.Rule{ID: "milk", Version: 2, Name: catalogue.Text{RU: "Молочная неделя", EN: "Milk week"},
	Kind: pricing.LineRule, Goods: pricing.Goods{Categories: []string{"dairy"}}, Off: pricing.Off{BP: 12_50}}}

// openPromotions opens the page; sending is answered with answer.
func openPromotions(t *testing.T, answer any) (o *kittest.Opened, p *promotions, sent func() string) {
	t.Helper()
	var heard string
	o = kittest.Open(t, Pages()[0], i18n.EN, kittest.Answers{
		Server: map[string]any{
			"GET " + wire.GetPromotions.Path: wire.Promotions{Promotions: []wire.Promotion{milk},
				Categories: []catalogue.Category{{ID: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}}}},
			wire.GetPromotions.Path: answer, wire.StopPromotion.Path: answer, wire.Simulate.Path: answer, wire.SaveNever.Path: answer,
		},
		Heard: func(_ string, body []byte) {
			if len(body) > 0 {
				heard = string(body)
			}
		}})
	return o, o.View.(*promotions), func() string { return heard }
}

// sees fails the test when the page does not show a text.
func sees(t *testing.T, o *kittest.Opened, text string) {
	t.Helper()
	if html := o.HTML(); !strings.Contains(html, text) {
		t.Errorf("%q is not shown:\n%s", text, html)
	}
}

// TestPromotionIsMade: fields, text, and back; what was saved stands in the list.
func TestPromotionIsMade(t *testing.T) {
	saved := milk
	saved.Rule.Version, saved.Rule.Name.EN = 3, "Dairy week"
	o, p, sent := openPromotions(t, wire.SavedPromotion{Promotion: &saved})
	p.edit(milk.Rule)
	f := p.form
	sees(t, o, "promo-value")
	f.Draft.RU = "Неделя"
	f.changed()
	f.show(true)
	sees(t, o, "promo-text")
	if !strings.Contains(f.text, `"ru": "Неделя"`) {
		t.Errorf("the text is not that of the fields: %s", f.text)
	}
	f.text = strings.Replace(f.text, `"bp": 1250`, `"bp": 3000`, 1)
	if f.show(false); f.raw || f.Draft.Does.Value != "30" {
		t.Errorf("the fields are not those of the text: %+v", f.Draft.Does)
	}
	f.save()
	o.Settle()
	if p.form != nil || !strings.Contains(sent(), "3000") {
		t.Errorf("form %v, sent %s", p.form, sent())
	}
	if list := p.data.Value().Promotions; len(list) != 1 || list[0].Rule.Version != 3 {
		t.Errorf("%+v", list)
	}
	sees(t, o, "Dairy week")
}

// TestPromotionIsRefused: what the server finds stands at the form, until a change.
func TestPromotionIsRefused(t *testing.T) {
	o, p, _ := openPromotions(t, wire.SavedPromotion{Problems: pricing.Problems{{Path: "group", Code: pricing.ProblemConflict}}})
	p.copy(milk.Rule)
	f := p.form
	if f.Draft.ID == milk.Rule.ID || f.Draft.Version != 0 || !strings.Contains(f.Draft.EN, "Milk week") {
		t.Errorf("a copy is %+v", f.Draft)
	}
	f.save()
	o.Settle()
	if p.form != f {
		t.Fatal("the form is closed")
	}
	sees(t, o, `data-path="group"`)
	if f.changed(); len(f.Found()) != 0 {
		t.Error("a problem is told of a draft that was changed since")
	}
	f.Draft.RU, f.Draft.EN = "", ""
	f.changed()
	sees(t, o, `data-path="name"`)
}

// TestTextThatFieldsCantShow stays a text.
func TestTextThatFieldsCantShow(t *testing.T) {
	o, p, _ := openPromotions(t, nil)
	r := milk.Rule
	r.When.Hours = []pricing.Span{{From: "09:00", To: "10:00"}, {From: "12:00", To: "13:00"}}
	p.edit(r)
	if !p.form.raw || !p.form.only {
		t.Fatalf("raw %v, only %v", p.form.raw, p.form.only)
	}
	sees(t, o, "promo-text")
	if p.form.show(false); !p.form.raw {
		t.Error("the fields show a part of the rule")
	}
	p.form.text = "{"
	if _, problems := p.form.rule(); len(problems) == 0 {
		t.Error("half a text is a rule")
	}
}

// TestKindsOfPromotions draws the fields of every kind with an example on which it
// saves something.
func TestKindsOfPromotions(t *testing.T) {
	for _, kind := range promotionKinds {
		o, p, _ := openPromotions(t, nil)
		p.create()
		p.form.set(func(draft *promotionDraft) {
			draft.RU, draft.Goods.All = "Акция", true
			draft.setKind(kind)
			if draft.Other.SKUs = []string{"7"}; kind == promoGift || kind == promoBundle {
				draft.Goods.All, draft.Goods.Categories = false, []string{"dairy"}
			}
		})
		if _, problems := p.form.rule(); len(problems) != 0 {
			t.Errorf("%s: %+v", kind, problems)
		}
		sees(t, o, `id="promo-kind-`+string(kind)+`"`)
		sees(t, o, `id="try-saved"`)
	}
}

// TestSteps of a threshold are added and dropped, never the last.
func TestSteps(t *testing.T) {
	o, p, _ := openPromotions(t, nil)
	p.create()
	p.form.set(func(draft *promotionDraft) { draft.setKind(promoThreshold) })
	if strings.Contains(o.HTML(), "promo-step-drop") {
		t.Error("the only step can be dropped")
	}
	p.form.set(func(draft *promotionDraft) {
		draft.Does.Steps = append(draft.Does.Steps, stepDraft{From: "3000", Value: "200", Money: true})
	})
	sees(t, o, "promo-step-drop-2")
	steps := p.form.drafted().Steps
	if len(steps) != 2 || steps[0].Off.BP != 5_00 || steps[1].Off.Amount != 200_00 || steps[1].From != 3000_00 {
		t.Errorf("%+v", steps)
	}
}

// TestCoupons offers the codes that were issued.
func TestCoupons(t *testing.T) {
	o, p, _ := openPromotions(t, nil)
	r := milk.Rule
	r.Coupon = pricing.Coupon{Prefix: "TS", Length: 14, Key: "k", Issued: 500}
	p.edit(r)
	sees(t, o, "promo-codes")
	p.form.Draft.Coupon.Key = ""
	sees(t, o, i18n.EN.T(couponAfter))
	p.form.Draft.Coupon.Issued = ""
	sees(t, o, i18n.EN.T(couponForeign))
	p.form.Draft.Coupon.Serial = false
	sees(t, o, "promo-coupon")
}

// TestTrial: what the last receipts would have come to is of the rule as it is now.
func TestTrial(t *testing.T) {
	o, p, sent := openPromotions(t, wire.Simulated{Receipts: 200, Reached: 50, Cost: 1234_00})
	p.edit(milk.Rule)
	p.form.try(7)
	o.Settle()
	if !strings.Contains(sent(), `"days":7`) {
		t.Errorf("sent %s", sent())
	}
	sees(t, o, "1,234.00")
	if p.form.changed(); p.form.trial.outcome != nil {
		t.Error("an outcome is shown of a rule that was changed since")
	}
	p.form.try(28)
	p.form.Draft.Does.Value = "99" // while the answer is awaited
	o.Settle()
	if p.form.trial.outcome != nil {
		t.Error("an outcome is taken that is of another rule")
	}
}

// TestStoppedPromotion runs again by the same button.
func TestStoppedPromotion(t *testing.T) {
	stopped := milk
	stopped.Stopped = true
	o, p, sent := openPromotions(t, wire.SavedPromotion{Promotion: &stopped})
	sees(t, o, "promo-stop-milk")
	p.turn(milk.Rule, false)
	o.Settle()
	if !strings.Contains(sent(), `"id":"milk"`) || p.state != promoActive {
		t.Errorf("sent %s, state %s", sent(), p.state)
	}
	p.state = promoEnded
	sees(t, o, "promo-resume-milk")
}

// TestNever: the goods that no promotion touches are chosen and taken back.
func TestNever(t *testing.T) {
	o, p, sent := openPromotions(t, wire.Never{Goods: pricing.Goods{Categories: []string{"dairy"}}})
	p.d.User.All = true
	sees(t, o, "never-edit")
	p.editNever(nil)
	sees(t, o, "never-save")
	p.never.Draft.Categories = []string{"dairy"}
	p.saveNever()
	o.Settle()
	if p.never != nil || p.data.Value().Never == nil || !strings.Contains(sent(), "dairy") {
		t.Errorf("%+v, sent %s", p.data.Value().Never, sent())
	}
	p.editNever(p.data.Value().Never)
	p.never.Draft.Categories = nil
	p.saveNever()
	o.Settle()
	if p.data.Value().Never != nil {
		t.Error("no goods are never touched still")
	}
}

// TestWordsOfPromotions says in short what a rule does.
func TestWordsOfPromotions(t *testing.T) {
	price := money.Amount(99_90)
	for want, r := range map[string]pricing.Rule{
		"−12.5\u00a0%":             milk.Rule,
		"−50.00\u00a0₽":            {Kind: pricing.LineRule, Off: pricing.Off{Amount: 50_00}},
		"Price 99.90\u00a0₽":       {Kind: pricing.LineRule, Off: pricing.Off{Price: &price}},
		"2 + 1":                    {Kind: pricing.MultiRule, Buy: 2, Get: 1},
		"Every 3: −50\u00a0%":      {Kind: pricing.MultiRule, Buy: 2, Get: 1, Off: pricing.Off{BP: 50_00}},
		"Two together: −15\u00a0%": {Kind: pricing.BundleRule, Off: pricing.Off{BP: 15_00}},
		"Gift: 1,500.00\u00a0₽":    {Kind: pricing.GiftRule, From: 1500_00},
	} {
		if got := kindText(r, i18n.EN, money.RUB); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, a := range map[string]wire.Alarm{
		"1-1-7": {Reason: wire.AlarmRules, Number: "1-1-7"},
		"—":     {Reason: wire.AlarmPrice, Number: "1-1-7", Name: "Milk", Found: -1, Expected: 89_90},
		"89.90": {Reason: wire.AlarmPrice, Number: "1-1-7", Name: "Milk", Found: -1, Expected: 89_90},
	} {
		if got := alarmText(a, i18n.EN, money.RUB); !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}
