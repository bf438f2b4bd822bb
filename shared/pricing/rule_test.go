package pricing_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
)

// Every problem is found where it is. ¦ marks the place in the text.
func TestParseNamesThePlace(t *testing.T) {
	tests := []struct{ name, text, path, code string }{
		{"no JSON", `{"rules": [}¦`, "", pricing.ProblemFormat},
		{"not a list", `{"rules": 5¦}`, "rules", pricing.ProblemFormat},
		{"unknown field", "{\"rules\": [\n {\"id\": \"a\", ¦\"of\": 1, \"name\": {\"en\": \"A\"}, \"kind\": \"line\", \"goods\": {\"all\": true}, \"off\": {\"bp\": 1}}]}", "rules[0].of", pricing.ProblemUnknown},
		{"unknown condition", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {¦"day": [1]}}]}`, "rules[0].when.day", pricing.ProblemUnknown},
		{"unknown kind", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": ¦"lines"}]}`, "rules[0].kind", pricing.ProblemUnknown},
		{"no id", `{"rules": [¦{"name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}}]}`, "rules[0].id", pricing.ProblemFormat},
		{"reserved id", `{"rules": [{"id": ¦"manual", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}}]}`, "rules[0].id", pricing.ProblemFormat},
		{"id twice", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}}, {"id": ¦"a", "kind": "line"}]}`, "rules[1].id", pricing.ProblemTwice},
		{"no name", `{"rules": [¦{"id": "a", "kind": "line", "goods": {"all": true}, "off": {"bp": 1}}]}`, "rules[0].name", pricing.ProblemMissing},
		{"no goods", `{"rules": [¦{"id": "a", "name": {"en": "A"}, "kind": "line", "off": {"bp": 1}}]}`, "rules[0].goods", pricing.ProblemMissing},
		{"all and some", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": ¦true, "skus": ["x"]}, "off": {"bp": 1}}]}`, "rules[0].goods.all", pricing.ProblemConflict},
		{"no discount", `{"rules": [¦{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}}]}`, "rules[0].off", pricing.ProblemMissing},
		{"101 per cent", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": ¦10100}}]}`, "rules[0].off.bp", pricing.ProblemRange},
		{"two discounts", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": ¦{"bp": 1, "amount": 5}}]}`, "rules[0].off", pricing.ProblemConflict},
		{"negative price", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"price": ¦-1}}]}`, "rules[0].off.price", pricing.ProblemRange},
		{"a price beyond reason", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"price": ¦9000000000000000000}}]}`, "rules[0].off.price", pricing.ProblemRange},
		{"a date that is none", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {"from": ¦"2026-02-30"}}]}`, "rules[0].when.from", pricing.ProblemFormat},
		{"over before it begins", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {"from": "2026-02-03", "until": ¦"2026-02-02"}}]}`, "rules[0].when.until", pricing.ProblemConflict},
		{"eighth day", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {"days": [1, ¦8]}}]}`, "rules[0].when.days[1]", pricing.ProblemRange},
		{"25 o'clock", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {"hours": [{"from": ¦"25:00", "to": "10:00"}]}}]}`, "rules[0].when.hours[0].from", pricing.ProblemFormat},
		{"9 o'clock", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "when": {"hours": [{"from": "08:00", "to": ¦"9:00"}]}}]}`, "rules[0].when.hours[0].to", pricing.ProblemFormat},
		{"multi without pieces", `{"rules": [¦{"id": "a", "name": {"en": "A"}, "kind": "multi", "goods": {"all": true}, "get": 1}]}`, "rules[0].buy", pricing.ProblemRange},
		{"pieces without multi", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "buy": ¦2}]}`, "rules[0].buy", pricing.ProblemConflict},
		{"bundle of one", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "bundle", "off": {"bp": 1}, "parts": ¦[{"goods": {"all": true}, "count": 1}]}]}`, "rules[0].parts", pricing.ProblemRange},
		{"part of nothing", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "bundle", "off": {"bp": 1}, "parts": [{"goods": {"all": true}, "count": 1}, {"goods": ¦{}, "count": 1}]}]}`, "rules[0].parts[1].goods", pricing.ProblemMissing},
		{"steps that fall", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "receipt", "goods": {"all": true}, "steps": [{"from": 200, "off": {"bp": 1}}, {"from": ¦100, "off": {"bp": 1}}]}]}`, "rules[0].steps[1].from", pricing.ProblemRange},
		{"gift for nothing", `{"rules": [¦{"id": "a", "name": {"en": "A"}, "kind": "gift", "goods": {"all": true}, "gift": {"skus": ["x"]}, "count": 1}]}`, "rules[0].from", pricing.ProblemRange},
		{"serial coupon without length", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "coupon": ¦{"prefix": "X"}}]}`, "rules[0].coupon.length", pricing.ProblemRange},
		{"customers counted without a card", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "limit_customer": ¦1}]}`, "rules[0].limit_customer", pricing.ProblemConflict},
		{"a limit of less than nothing", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "limit_total": ¦-1}]}`, "rules[0].limit_total", pricing.ProblemRange},
		{"own coupons without room for a number", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "coupon": {"prefix": "X", "key": "k", "length": ¦7}}]}`, "rules[0].coupon.length", pricing.ProblemRange},
		{"more coupons than numbers", `{"rules": [{"id": "a", "name": {"en": "A"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 1}, "coupon": {"prefix": "X", "key": "k", "length": 8, "issued": ¦10}}]}`, "rules[0].coupon.issued", pricing.ProblemRange},
		{"a list below the shelf's", `{"rules": [], "lists": [{"id": "a", "name": {"en": "A"}, "priority": ¦-1}]}`, "lists[0].priority", pricing.ProblemRange},
		{"a list twice", `{"rules": [], "lists": [{"id": "a", "name": {"en": "A"}}, {"id": ¦"a", "name": {"en": "A"}}]}`, "lists[1].id", pricing.ProblemTwice},
		{"a list at 25 o'clock", `{"rules": [], "lists": [{"id": "a", "name": {"en": "A"}, "when": {"hours": [{"from": ¦"25:00", "to": "10:00"}]}}]}`, "lists[0].when.hours[0].from", pricing.ProblemFormat},
		{"a regulation of nothing", `{"rules": [], "regulations": [¦{"id": "a", "name": {"en": "A"}, "fixed": true}]}`, "regulations[0].goods", pricing.ProblemMissing},
		{"a regulation that says nothing", `{"rules": [], "regulations": [¦{"id": "a", "name": {"en": "A"}, "goods": {"all": true}}]}`, "regulations[0].max", pricing.ProblemMissing},
		{"highest below least", `{"rules": [], "regulations": [{"id": "a", "name": {"en": "A"}, "goods": {"all": true}, "min": 5, "max": ¦4}]}`, "regulations[0].max", pricing.ProblemRange},
		{"never nothing", `{"rules": [], "never": ¦{}}`, "never", pricing.ProblemMissing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, after, _ := strings.Cut(test.text, "¦")
			_, err := pricing.Parse([]byte(before + after))
			var problems pricing.Problems
			if !errors.As(err, &problems) || errcode.Of(err) != errcode.Invalid {
				t.Fatalf("error %v", err)
			}
			want := pricing.Problem{
				Path: test.path, Code: test.code,
				Line: strings.Count(before, "\n") + 1, Column: len(before) - strings.LastIndexByte(before, '\n'),
			}
			if !slices.Contains(problems, want) {
				t.Errorf("got %+v, want %+v", problems, want)
			}
		})
	}
}

// withRules are the golden cases that have rules, price lists or regulations.
func withRules(tb testing.TB) (names []string) {
	tb.Helper()
	for _, kind := range []string{"promo", "list", "law"} {
		found, err := filepath.Glob(filepath.Join(golden, kind+"-*.txtar"))
		if err != nil || len(found) == 0 {
			tb.Fatal(found, err)
		}
		names = append(names, found...)
	}
	return names
}

// What was parsed is written and parsed to the same set.
func TestParseRoundTrip(t *testing.T) {
	names := withRules(t)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := pricing.Parse([]byte(sections(string(text))["rules"]))
		if err != nil {
			t.Fatal(name, err)
		}
		again, err := json.Marshal(set)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := pricing.Parse(again); err != nil || !reflect.DeepEqual(got, set) {
			t.Errorf("%s: %v\n%+v\n%+v", name, err, got, set)
		}
	}
}

// The published schema names the fields that the types have, no more and no less.
func TestSchemaNamesEveryField(t *testing.T) {
	var schema struct {
		Properties map[string]any `json:"properties"`
		Defs       map[string]struct {
			Properties map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(pricing.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	compare := func(of reflect.Type, properties map[string]any) {
		var want []string
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			want = append(want, name)
			if _, ok := properties[name]; !ok {
				t.Errorf("%s: no %q in the schema", of, name)
			}
		}
		if len(properties) != len(want) {
			t.Errorf("%s: the schema has %d fields, the type %d", of, len(properties), len(want))
		}
	}
	compare(reflect.TypeFor[pricing.Set](), schema.Properties)
	types := []reflect.Type{
		reflect.TypeFor[pricing.Rule](), reflect.TypeFor[pricing.When](), reflect.TypeFor[pricing.Span](), reflect.TypeFor[pricing.Who](),
		reflect.TypeFor[pricing.Coupon](), reflect.TypeFor[pricing.Goods](), reflect.TypeFor[pricing.Off](), reflect.TypeFor[pricing.Part](),
		reflect.TypeFor[pricing.Step](), reflect.TypeFor[pricing.List](), reflect.TypeFor[pricing.Regulation](),
	}
	for _, of := range types {
		compare(of, schema.Defs[of.Name()].Properties)
	}
	if len(schema.Defs) != len(types)+1 { // and Text, the catalogue's
		t.Errorf("%d types in the schema, %d in the package", len(schema.Defs), len(types))
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range withRules(f) {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sections(string(text))["rules"])
	}
	basket := cart(12)
	basket.Items[0].SKU, basket.Items[1].SKU, basket.Items[2].Category = "milk", "bread", "dairy"
	f.Fuzz(func(t *testing.T, text string) {
		set, err := pricing.Parse([]byte(text))
		if err != nil {
			if errcode.Of(err) != errcode.Invalid {
				t.Fatalf("code %q", errcode.Of(err))
			}
			return
		}
		rules, err := pricing.Compile(set, categories)
		if err != nil {
			t.Fatalf("parsed, not compiled: %v", err)
		}
		for i, p := range pricing.Price(basket, rules) {
			if p.Gross-p.Discount < min(p.Gross, basket.Items[i].Quantity.Cost(p.MinPrice)) || p.Discount < 0 {
				t.Fatalf("item %d: %+v", i, p)
			}
		}
	})
}
