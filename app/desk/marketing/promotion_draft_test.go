package marketing

import (
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

func TestDraftsMakeTheirRulesAgain(t *testing.T) {
	price := money.Amount(9990)
	dairy := pricing.Goods{Categories: []string{"dairy"}}
	tests := []struct {
		kind promotionKind
		rule pricing.Rule
	}{
		{promoPercent, pricing.Rule{Kind: pricing.LineRule, Goods: dairy, Off: pricing.Off{BP: 1250}, Stack: true, Group: "g", Priority: -3}},
		{promoAmount, pricing.Rule{Kind: pricing.LineRule, Goods: pricing.Goods{SKUs: []catalogue.SKU{"1", "2"}}, Off: pricing.Off{Amount: 1550},
			Limit: 3}},
		{promoPrice, pricing.Rule{Kind: pricing.LineRule, Goods: pricing.Goods{All: true, Not: &dairy}, Off: pricing.Off{Price: &price}}},
		{promoMulti, pricing.Rule{Kind: pricing.MultiRule, Goods: dairy, Buy: 3, Get: 2}},
		{promoNth, pricing.Rule{Kind: pricing.MultiRule, Goods: dairy, Buy: 2, Get: 1, Off: pricing.Off{BP: 5000}}},
		{promoBundle, pricing.Rule{Kind: pricing.BundleRule, Off: pricing.Off{BP: 1500}, Parts: []pricing.Part{
			{Goods: dairy, Count: 1}, {Goods: pricing.Goods{Categories: []string{"bread"}}, Count: 1}}}},
		{promoThreshold, pricing.Rule{Kind: pricing.ReceiptRule, Goods: pricing.Goods{All: true},
			Steps: []pricing.Step{{From: 100000, Off: pricing.Off{BP: 300}}}}},
		{promoThreshold, pricing.Rule{Kind: pricing.ReceiptRule, Goods: pricing.Goods{All: true},
			Steps:  []pricing.Step{{From: 100000, Off: pricing.Off{Amount: 10000}}},
			Coupon: pricing.Coupon{Code: "TEPLO100"}}},
		{promoThreshold, pricing.Rule{Kind: pricing.ReceiptRule, Goods: pricing.Goods{All: true}, Steps: []pricing.Step{
			{From: 100000, Off: pricing.Off{BP: 300}}, {From: 300000, Off: pricing.Off{Amount: 20000}}, {From: 500000, Off: pricing.Off{BP: 750}}}}},
		{promoPercent, pricing.Rule{Kind: pricing.LineRule,
			Goods: pricing.Goods{All: true, Not: &pricing.Goods{Marks: []string{"sum"}, SKUs: []catalogue.SKU{"7"}}}, Off: pricing.Off{BP: 1000},
			Coupon: pricing.Coupon{Prefix: "TS", Length: 14, Key: "k", Issued: 500}, LimitTotal: 500}},
		{promoMarkdown, pricing.Rule{Kind: pricing.LineRule, Goods: pricing.Goods{Marks: []string{"30", "3"}}, Off: pricing.Off{BP: 3000},
			Priority: 100}},
		{promoGift, pricing.Rule{Kind: pricing.GiftRule, Goods: dairy, From: 150050, Gift: pricing.Goods{SKUs: []catalogue.SKU{"7"}}, Count: 1,
			When:   pricing.When{From: "2026-11-22", Until: "2026-12-31", Days: []int{1, 7}, Hours: []pricing.Span{{From: "09:00", To: "13:00"}}},
			Stores: []string{"1"}, Who: pricing.Who{Card: true, Groups: []string{"gold", "seniors"}}, LimitCustomer: 1}},
	}
	for _, tt := range tests {
		tt.rule.ID, tt.rule.Version, tt.rule.Name = "r", 3, catalogue.Text{RU: "Акция", EN: "Offer"}
		if err := (pricing.Set{Rules: []pricing.Rule{tt.rule}}).Validate(); err != nil {
			t.Fatal(err)
		}
		draft, ok := draftOf(tt.rule, money.RUB)
		if !ok || draft.Does.Kind != tt.kind {
			t.Errorf("%s: %v\n%s\nwant\n%s", draft.Does.Kind, ok, ruleText(draft.rule(money.RUB)), ruleText(tt.rule))
		}
	}
}

func TestFormRefusesWhatItCantShow(t *testing.T) {
	for name, rule := range map[string]pricing.Rule{
		"three parts": {Kind: pricing.BundleRule, Off: pricing.Off{BP: 1}, Parts: []pricing.Part{
			{Goods: pricing.Goods{All: true}, Count: 1}, {Goods: pricing.Goods{All: true}, Count: 1}, {Goods: pricing.Goods{All: true}, Count: 1}}},
		"two spans": {Kind: pricing.LineRule, Goods: pricing.Goods{All: true}, Off: pricing.Off{BP: 1},
			When: pricing.When{Hours: []pricing.Span{{From: "09:00", To: "10:00"}, {From: "12:00", To: "13:00"}}}},
		"an exception of some": {Kind: pricing.LineRule,
			Goods: pricing.Goods{All: true, Not: &pricing.Goods{Categories: []string{"a"},
				Not: &pricing.Goods{All: true}}}, Off: pricing.Off{BP: 1}},
	} {
		if _, ok := draftOf(rule, money.RUB); ok {
			t.Errorf("%s: the form says it shows all of it", name)
		}
	}
}

func TestNonsenseIsFoundByTheRule(t *testing.T) {
	draft := newPromotion("p", "2026-11-22")
	draft.RU, draft.Goods.All, draft.Does.Value = "Акция", true, "ten"
	problems, _ := ruleProblems(ruleText(draft.rule(money.RUB)))
	if len(problems) != 1 || problems[0].Path != "off.bp" || problems[0].Code != pricing.ProblemRange {
		t.Errorf("problems %+v", problems)
	}
	problems, _ = ruleProblems("{\n \"kind\": \"line\",\n \"gods\": {}\n}")
	if len(problems) == 0 || problems[0].Line != 3 || problems[0].Path != "gods" {
		t.Errorf("problems %+v", problems)
	}
}

func TestStatusOfPromotions(t *testing.T) {
	when := func(from, until string) pricing.Rule {
		return pricing.Rule{When: pricing.When{From: from, Until: until}}
	}
	for _, tt := range []struct {
		rule    pricing.Rule
		stopped bool
		want    promotionState
	}{
		{when("", ""), false, promoActive}, {when("", ""), true, promoEnded},
		{when("2026-11-22", "2026-11-22"), false, promoActive},
		{when("2026-11-23", ""), false, promoPlanned}, {when("", "2026-11-21"), false, promoEnded},
	} {
		if got := stateOf(tt.rule, tt.stopped, "2026-11-22"); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.rule.When, got, tt.want)
		}
	}
}

func TestExampleShowsTheRule(t *testing.T) {
	dairy := pricing.Goods{Categories: []string{"dairy"}}
	for name, rule := range map[string]pricing.Rule{
		"line": {Kind: pricing.LineRule, Goods: dairy, Off: pricing.Off{BP: 1000}, Who: pricing.Who{Groups: []string{"gold"}},
			Coupon: pricing.Coupon{Code: "X"},
			When:   pricing.When{From: "2027-01-01", Days: []int{3}, Hours: []pricing.Span{{From: "17:00", To: "19:00"}}}, Stores: []string{"2"}},
		"markdown label": {Kind: pricing.LineRule, Goods: pricing.Goods{Marks: []string{"30"}}, Off: pricing.Off{BP: 3000}},
		"serial coupon": {Kind: pricing.LineRule, Goods: dairy, Off: pricing.Off{BP: 1000},
			Coupon: pricing.Coupon{Prefix: "TS", Length: 14, Issued: 5}},
		"issued coupon": {Kind: pricing.LineRule, Goods: dairy, Off: pricing.Off{BP: 1000},
			Coupon: pricing.Coupon{Prefix: "TS", Length: 14, Issued: 5, Key: "k"}},
		"the first hundred": {Kind: pricing.LineRule, Goods: dairy, Off: pricing.Off{BP: 1000}, LimitTotal: 100},
		"multi":             {Kind: pricing.MultiRule, Goods: dairy, Buy: 4, Get: 1},
		"bundle": {Kind: pricing.BundleRule, Off: pricing.Off{BP: 1500}, Parts: []pricing.Part{
			{Goods: dairy, Count: 1}, {Goods: pricing.Goods{SKUs: []catalogue.SKU{"5"}}, Count: 2}}},
		"receipt": {Kind: pricing.ReceiptRule, Goods: pricing.Goods{All: true}, Steps: []pricing.Step{{From: 100000, Off: pricing.Off{BP: 300}}}},
		"gift": {Kind: pricing.GiftRule, Goods: pricing.Goods{All: true, Not: &pricing.Goods{SKUs: []catalogue.SKU{"7"}}}, From: 150000,
			Gift: pricing.Goods{SKUs: []catalogue.SKU{"7"}}, Count: 1},
	} {
		rule.ID, rule.Name = "r", catalogue.Text{RU: "Акция"}
		priced, _, err := previewOf(rule, exampleOf(rule), nil, "2026-11-22")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var saved money.Amount
		for _, p := range priced {
			saved += p.Discount
		}
		if saved == 0 {
			t.Errorf("%s: nothing is saved on the example", name)
		}
	}
}
