package ruleform

import (
	"slices"
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// TestPercentages: a percentage is no sum. It has two decimals whatever the
// currency has, and the sign of a currency is none of it.
func TestPercentages(t *testing.T) {
	for _, tt := range []struct {
		text string
		bp   int64
		back string // "": it is refused
	}{
		{"5", 500, "5"}, {"2,5", 250, "2.50"}, {"12.34", 1234, "12.34"}, {" 7 % ", 700, "7"}, {"100%", 10000, "100"}, {"0", 0, "0"},
		{"5 ₽", -1, ""}, {"$5", -1, ""}, {"5 руб", -1, ""}, {"1.234", -1, ""}, {"1%0", -1, ""}, {"-5", -1, ""}, {"ten", -1, ""}, {"", -1,
			""}, {"%", -1, ""},
	} {
		if got := PercentOf(tt.text); got != tt.bp {
			t.Errorf("%q is %d basis points, want %d", tt.text, got, tt.bp)
		}
		if tt.back == "" {
			continue
		}
		if got := PercentText(tt.bp); got != tt.back {
			t.Errorf("%d basis points are %q, want %q", tt.bp, got, tt.back)
		}
	}
}

// TestAmounts: a sum has the decimals of its currency and comes back as it was.
func TestAmounts(t *testing.T) {
	yen, dinar := money.CurrencyOf("JPY"), money.CurrencyOf("KWD")
	for _, tt := range []struct {
		c      money.Currency
		text   string
		amount money.Amount
		back   string
	}{
		{money.RUB, "150,5", 150_50, "150.50"}, {money.RUB, "100 ₽", 100_00, "100"}, {money.RUB, "1.005", -1, ""},
		{yen, "150", 150, "150"}, {yen, "150.5", -1, ""}, {dinar, "1.005", 1005, "1.005"}, {dinar, "2", 2000, "2"},
	} {
		got := AmountOf(tt.text, tt.c)
		if got != tt.amount {
			t.Errorf("%q in %s is %d, want %d", tt.text, tt.c.Code, got, tt.amount)
		}
		if tt.back != "" && AmountText(got, tt.c) != tt.back {
			t.Errorf("%d in %s is %q, want %q", got, tt.c.Code, AmountText(got, tt.c), tt.back)
		}
	}
	if BoundOf("", money.RUB) != 0 || BoundText(0, money.RUB) != "" || BoundOf("x", money.RUB) != -1 {
		t.Error("an empty bound is none, a broken one is refused")
	}
}

func TestLists(t *testing.T) {
	if got := List(" a, b;c\n\td "); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("%q", got)
	}
	if List(" ,; ") != nil {
		t.Error("separators alone are a list")
	}
	if got := ToggledDay(ToggledDay([]int{1, 7}, 3), 1); !slices.Equal(got, []int{3, 7}) {
		t.Errorf("%v", got)
	}
	for text, want := range map[string]int{"": 0, " 3 ": 3, "-2": -2, "1.5": -1, "x": -1} {
		if got := Optional(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

// TestDrafts: a form gives back the goods and times that it was made of.
func TestDrafts(t *testing.T) {
	for _, g := range []pricing.Goods{{All: true}, {Categories: []string{"dairy"}, SKUs: []catalogue.SKU{"7"}, Marks: []string{"30", "sum"}}} {
		draft := GoodsDraftOf(g)
		if got := draft.Goods(); got.All != g.All || !slices.Equal(got.Categories, g.Categories) || !slices.Equal(got.SKUs,
			g.SKUs) || !slices.Equal(got.Marks, g.Marks) {
			t.Errorf("%+v, want %+v", got, g)
		}
		if draft.Empty() {
			t.Errorf("%+v is empty", g)
		}
	}
	w := pricing.When{From: "2026-11-22", Until: "2026-12-31", Days: []int{6, 7}, Hours: []pricing.Span{{From: "22:00", To: "06:00"}}}
	draft := WhenDraftOf(w)
	if got := draft.When(); got.From != w.From || got.Until != w.Until || !slices.Equal(got.Days, w.Days) || !slices.Equal(got.Hours,
		w.Hours) {
		t.Errorf("%+v, want %+v", got, w)
	}
	for lang, want := range map[i18n.Lang]string{i18n.EN: "22/11/2026 – 31/12/2026 · Sat Sun · 22:00–06:00",
		i18n.RU: "22.11.2026 – 31.12.2026 · Сб Вс · 22:00–06:00"} {
		if got := WhenText(kittest.Desk(lang), w); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestGoodsText names goods, and what is left out of them.
func TestGoodsText(t *testing.T) {
	articles := Articles{}
	articles.Name("7", catalogue.Text{RU: "Батон", EN: "Loaf"})
	f := &Fieldset{D: kittest.Desk(i18n.EN), Article: &articles,
		Tree: []catalogue.Category{{ID: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}}}}
	for want, g := range map[string]pricing.Goods{
		"7 Loaf":               {SKUs: []catalogue.SKU{"7"}},
		"Dairy, 2 articles":    {Categories: []string{"dairy"}, SKUs: []catalogue.SKU{"7", "8"}},
		"all goods but 7 Loaf": {All: true, Not: &pricing.Goods{SKUs: []catalogue.SKU{"7"}}},
	} {
		if got := f.GoodsText(g); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := CategoryName(f.Tree, "gone", i18n.EN); got != "gone" {
		t.Errorf("a category that is not known is %q", got)
	}
}

// TestProblems keeps where a problem is.
func TestProblems(t *testing.T) {
	got := Problems(pricing.Problems{{Path: "off.bp", Code: pricing.ProblemRange, Line: 3, Column: 5}})
	if !slices.Equal(got, []kit.Problem{{Field: "off.bp", Code: pricing.ProblemRange, Line: 3, At: 5}}) {
		t.Errorf("%+v", got)
	}
}
