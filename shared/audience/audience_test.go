package audience

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestProblems(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"right", `{"name":{"ru":"А"},"where":{"field":"recency","op":">=","n":60}}`, ""},
		{"no name", `{"name":{"ru":" "},"where":{"field":"recency","op":">=","n":60}}`, "name.ru missing"},
		{"no condition", `{"name":{"ru":"А"},"where":{}}`, "where missing"},
		{"two kinds", `{"name":{"ru":"А"},"where":{"field":"age","op":"=","n":1,"all":[{"field":"age","op":"=","n":1}]}}`, "where format"},
		{"unknown field", `{"name":{"ru":"А"},"where":{"all":[{"field":"luck"}]}}`, "where.all[0].field unknown"},
		{"wrong comparison", `{"name":{"ru":"А"},"where":{"any":[{"field":"age","op":"=","n":1},{"field":"sex","op":">=","text":["f"]}]}}`, "where.any[1].op unknown"},
		{"no number", `{"name":{"ru":"А"},"where":{"not":{"field":"age","op":"="}}}`, "where.not.n missing"},
		{"no window", `{"name":{"ru":"А"},"where":{"field":"age","op":"=","n":1,"days":30}}`, "where.days range"},
		{"no value", `{"name":{"ru":"А"},"where":{"field":"city","op":"in"}}`, "where.text missing"},
		{"no answer", `{"name":{"ru":"А"},"where":{"field":"offers","op":"is"}}`, "where.yes missing"},
		{"misspelt", "{\"name\":{\"ru\":\"А\"},\n\"wher\":{}}", "2: wher unknown"},
		{"no JSON", "{\"name\":{\"ru\":\"А\"},\n \"where\": nothing}", "2: format"},
		{"a text for a number", "{\"name\":{\"ru\":\"А\"},\n\n\"where\":{\"field\":\"age\",\"op\":\"=\",\"n\":\"x\"}}", "3: where.n format"},
	}
	for _, c := range cases {
		_, err := Parse([]byte(c.text))
		got := ""
		var problems Problems
		if errors.As(err, &problems) {
			got = problems[0].Code
			if problems[0].Path != "" {
				got = problems[0].Path + " " + got
			}
			if problems[0].Line > 0 {
				got = fmt.Sprint(problems[0].Line, ": ", got)
			}
		}
		if got != c.want || err != nil && problems == nil {
			t.Errorf("%s: %q, want %q (%v)", c.name, got, c.want, err)
		}
	}
}

// TestEvaluate compares the columns' answer with one customer's at a time, in the
// obvious way.
func TestEvaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 6).Draw(t, "customers")
		w := randomCondition(t, 3)
		leaves := w.Leaves()
		columns := make([]Column, len(leaves))
		for i, l := range leaves {
			columns[i] = randomColumn(t, l, n)
		}
		got := w.Evaluate(n, columns)
		for i := range n {
			next := 0
			if want := obvious(w, columns, i, &next); got[i] != want {
				t.Fatalf("customer %d: %v, want %v", i, got[i], want)
			}
			if why := Why(leaves, columns, i); len(why) != len(leaves) {
				t.Fatalf("%d reasons for %d comparisons", len(why), len(leaves))
			}
		}
	})
}

func obvious(w Condition, columns []Column, i int, next *int) bool {
	if w.Field != "" {
		*next++
		return w.holds(columns[*next-1], i)
	}
	if w.Not != nil {
		return !obvious(*w.Not, columns, i, next)
	}
	parts := slices.Concat(w.All, w.Any)
	held := 0
	for _, part := range parts {
		if obvious(part, columns, i, next) {
			held++
		}
	}
	return held == len(parts) || len(w.Any) > 0 && held > 0
}

func randomCondition(t *rapid.T, depth int) Condition {
	if depth > 0 && rapid.Bool().Draw(t, "tree") {
		parts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Condition { return randomCondition(t, depth-1) }), 1, 3).Draw(t, "parts")
		return []Condition{{All: parts}, {Any: parts}, {Not: &parts[0]}}[rapid.IntRange(0, 2).Draw(t, "join")]
	}
	d := rapid.SampledFrom(fields).Draw(t, "field")
	n, yes := int64(rapid.IntRange(0, 3).Draw(t, "n")), rapid.Bool().Draw(t, "yes")
	return Condition{Field: d.Field, Op: rapid.SampledFrom(d.Kind.Ops()).Draw(t, "op"), N: &n, Yes: &yes, Text: []string{"a", "b"}}
}

func randomColumn(t *rapid.T, l Condition, n int) (c Column) {
	for range n {
		c.N = append(c.N, int64(rapid.IntRange(0, 3).Draw(t, "value")))
		c.Text = append(c.Text, rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "text"))
		c.Any = append(c.Any, rapid.Bool().Draw(t, "any"))
		c.Known = append(c.Known, rapid.Bool().Draw(t, "known"))
	}
	return c
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"name":{"ru":"А"},"live":true,"where":{"all":[{"field":"recency","op":">=","n":60},{"not":{"field":"city","op":"in","text":["Казань"]}}]}}`))
	f.Add([]byte("{\n\"where\": {\"any\":[{\"field\":\"revenue\",\"op\":\"<=\",\"n\":1,\"days\":30}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Parse(text)
		if err != nil {
			var problems Problems
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("no problem is named: %v", err)
			}
			return
		}
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(b)
		if err != nil {
			t.Fatalf("%s was taken, then %v", b, err)
		}
		if second, _ := json.Marshal(again); string(second) != string(b) {
			t.Fatalf("%s became %s", b, second)
		}
	})
}
