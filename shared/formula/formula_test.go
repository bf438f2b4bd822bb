package formula

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

// figures of the tests; b is nothing.
func figures(name string) (*big.Rat, bool) {
	n, ok := map[string]int64{"a": 7, "revenue": 1000, "receipts": 8, "zero": 0}[name]
	return big.NewRat(n, 1), ok
}

func TestEval(t *testing.T) {
	for text, want := range map[string]string{
		"1 + 2 * 3":                      "7",
		"(1 + 2) * 3":                    "9",
		"8 - 4 - 2":                      "2",
		"8 / 4 / 2":                      "1",
		"-a + 1":                         "-6",
		"--a":                            "7",
		"2 * -3":                         "-6",
		"revenue / receipts":             "125",
		"revenue÷receipts − 0.5×2":       "124",
		"revenue * 20%":                  "200",
		"1/3 + 1/3 + 1/3":                "1",
		"min(a, 3; 5)":                   "3",
		"MAX(a)":                         "7",
		"revenue / zero":                 "",
		"b + 1":                          "",
		"0.1 + 0.2":                      "3/10",
		"123456789012345678 * 100000000": "12345678901234567800000000",
	} {
		e, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := ""
		if v, ok := e.Eval(figures); ok {
			got = v.RatString()
		}
		if got != want {
			t.Errorf("%s = %q, want %q", text, got, want)
		}
	}
}

func TestProblemsHavePlaces(t *testing.T) {
	for _, tt := range []struct {
		text string
		what What
		at   int
		word string
	}{
		{"", Unfinished, 0, ""},
		{"revenue +", Unfinished, 9, ""},
		{"revenue + * 2", Unexpected, 10, "*"},
		{"(revenue + 2", Unclosed, 0, "(revenue + 2"},
		{"revenue )", Unexpected, 8, ")"},
		{"1.2.3", Unexpected, 0, "1.2.3"},
		{"sum(revenue)", Unexpected, 3, "("},
		{"min(1, )", Unexpected, 7, ")"},
		{"выручка", Unexpected, 0, "в"},
		{"a b", Unexpected, 2, "b"},
		{"a // b", Unexpected, 3, "/"},
		{strings.Repeat("(", 60) + "1", TooLong, 50, ""},
		{strings.Repeat("1+", 300), TooLong, TextMax, ""},
	} {
		_, err := Parse(tt.text)
		var p *Problem
		if !errors.As(err, &p) || p.What != tt.what || p.At != tt.at || p.Word != tt.word {
			t.Errorf("%.20s: %v, want %s at %d: %q", tt.text, err, tt.what, tt.at, tt.word)
		}
	}
	e, err := Parse("revenue / profits")
	if err != nil {
		t.Fatal(err)
	}
	if p := e.Check(func(name string) bool { return name == "revenue" }); p == nil || p.What != Unknown || p.At != 10 || p.Word != "profits" {
		t.Errorf("unknown name: %v", p)
	}
	if got := strings.Join(e.Names(), " "); got != "revenue profits" {
		t.Errorf("names %s", got)
	}
}

// FuzzParse checks that whatever is understood means the same when it is written
// out, and that every problem lies within the text.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"revenue / receipts", "-(a+2%)*min(a,3)", "((1)", "a÷0", "1..2", "min(", "×"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			var p *Problem
			if !errors.As(err, &p) || p.At < 0 || p.At > len(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		long := e.String()
		if len(long) > TextMax {
			return
		}
		again, err := Parse(long)
		if err != nil {
			var p *Problem
			if errors.As(err, &p) && p.What == TooLong {
				return
			}
			t.Fatalf("%q is written as %q: %v", text, long, err)
		}
		a, okA := e.Eval(figures)
		b, okB := again.Eval(figures)
		if okA != okB || okA && a.Cmp(b) != 0 {
			t.Fatalf("%q is %v, written as %q it is %v", text, a, long, b)
		}
	})
}
