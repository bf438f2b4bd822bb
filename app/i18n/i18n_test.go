package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// codes returns the values of all constants in codes.go, so that a new code
// without a sentence fails here.
func codes(t *testing.T) []errcode.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../shared/errcode/codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []errcode.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range spec.Values {
			text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, errcode.Code(text))
		}
		return true
	})
	if len(list) < 40 {
		t.Fatalf("found only %d codes: the file has another form now", len(list))
	}
	return list
}

func TestEveryCodeHasASentence(t *testing.T) {
	for _, code := range codes(t) {
		if faults[code] == nil {
			t.Errorf("no sentence for %q", code)
		}
	}
}

var place = regexp.MustCompile(`\{[a-z]*\}`)

// declared returns every message of the package, read from its source.
func declared(t *testing.T) (list []*Message) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 {
				return true
			}
			if fun, ok := call.Fun.(*ast.Ident); ok && fun.Name == "Say" {
				list = append(list, Say(literal(t, call.Args[0]), literal(t, call.Args[1])))
			}
			return true
		})
	}
	if len(list) < 1000 {
		t.Fatalf("found only %d messages: they are declared in another way now", len(list))
	}
	return list
}

// literal is the text of a string, also of one put together of several.
func literal(t *testing.T, e ast.Expr) string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			t.Fatal(err)
		}
		return text
	case *ast.BinaryExpr:
		return literal(t, e.X) + literal(t, e.Y)
	}
	t.Fatalf("a message of %T", e)
	return ""
}

func TestMessagesAreWhole(t *testing.T) {
	for _, m := range declared(t) {
		if m.en == "" || m.ru == "" {
			t.Errorf("empty text: %+v", m)
		}
		places := func(text string) []string {
			form, _, _ := strings.Cut(text, "|")
			found := place.FindAllString(form, -1)
			slices.Sort(found)
			return found
		}
		if en, ru := places(m.en), places(m.ru); !slices.Equal(en, ru) {
			t.Errorf("places differ: %q has %v, %q has %v", m.en, en, m.ru, ru)
		}
		en, ru := strings.Count(m.en, "|"), strings.Count(m.ru, "|")
		if (en != 0 || ru != 0) && (en != 1 || ru != 2) {
			t.Errorf("plural forms: %q wants 2, %q wants 3", m.en, m.ru)
		}
	}
}

func TestPlural(t *testing.T) {
	tests := []struct {
		lang Lang
		n    int
		want string
	}{
		{EN, 0, "0 positions"}, {EN, 1, "1 position"}, {EN, 2, "2 positions"}, {EN, 1234, "1,234 positions"},
		{RU, 0, "0 позиций"}, {RU, 1, "1 позиция"}, {RU, 2, "2 позиции"}, {RU, 4, "4 позиции"},
		{RU, 5, "5 позиций"}, {RU, 11, "11 позиций"}, {RU, 12, "12 позиций"}, {RU, 14, "14 позиций"},
		{RU, 21, "21 позиция"}, {RU, 22, "22 позиции"}, {RU, 111, "111 позиций"}, {RU, 1001, "1\u00a0001 позиция"},
	}
	for _, tt := range tests {
		if got := tt.lang.T(Positions, "n", tt.n); got != tt.want {
			t.Errorf("%s %d: %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestError(t *testing.T) {
	e := errcode.New(errcode.WrongPIN, "", nil).With("seconds", "4")
	if got, want := RU.Error(e), "Неверный PIN. Следующая попытка через 4 с."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := EN.Error(errcode.New("a.later.code", "", nil)); got != EN.T(faults[errcode.Internal]) {
		t.Errorf("unknown code: %q", got)
	}
	if got := EN.Error(errcode.New(errcode.PINLocked, "", nil)); strings.Contains(got, "{") {
		t.Errorf("a place is left open: %q", got)
	}
	named := errcode.New(errcode.NoPrice, "", nil).With("name", "Молоко").With("name.en", "Milk")
	if ru, en := RU.Error(named), EN.Error(named); !strings.Contains(ru, "Молоко") || !strings.HasPrefix(en, "Milk has") {
		t.Errorf("names: %q, %q", ru, en)
	}
	limits := errcode.New(errcode.BadAmount, "", nil).With("min", "1").With("max", "1000000")
	if got, want := EN.Error(limits), "The sum must be between 0.01 and 10,000.00."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := EN.ErrorIn(limits, money.CurrencyOf("JPY")), "The sum must be between 1 and 1,000,000."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	discount := errcode.New(errcode.DiscountLimit, "", nil).With("limit", "1000")
	if got, want := RU.Error(discount), "Скидка больше разрешённой вам. Предел — 10\u00a0%."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := EN.Error(nil); got != "" {
		t.Errorf("nil: %q", got)
	}
}

func TestFigures(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"money ru", RU.Money(123456, money.RUB), "1\u00a0234,56"},
		{"money en", EN.Money(123456, money.RUB), "1,234.56"},
		{"sum", RU.Sum(100, money.RUB), "1,00\u00a0₽"},
		{"negative", RU.Money(-5, money.RUB), "−0,05"},
		{"millions", EN.Money(123456789012, money.RUB), "1,234,567,890.12"},
		{"pieces", RU.Quantity(2000, quantity.Piece), "2"},
		{"weight", RU.Quantity(842, quantity.Kilogram), "0,842"},
		{"weight of a whole kilogram", EN.Quantity(1000, quantity.Kilogram), "1.000"},
		{"percent", EN.Percent(2000), "20\u00a0%"},
		{"half percent", RU.Percent(1050), "10,5\u00a0%"},
		{"megabytes", EN.Bytes(13_600_000), "13.0\u00a0MB"},
		{"gigabytes", RU.Bytes(10_746_506_394), "10,0\u00a0ГБ"},
		{"for typing", RU.Bare(50000, money.RUB), "500,00"},
		{"time", RU.Time(1795332720000, "Europe/Moscow", Clock), "10:32"},
		{"day", RU.Time(1795332720000, "Europe/Moscow", Day), "22.11.2026"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestChoose(t *testing.T) {
	tests := []struct {
		stored  string
		browser []string
		want    Lang
	}{
		{"", []string{"ru-RU", "en"}, RU}, {"", []string{"de", "ru"}, RU}, {"en", []string{"ru"}, EN},
		{"", nil, EN}, {"xx", []string{"fr"}, EN}, {"", []string{"run"}, EN},
	}
	for _, tt := range tests {
		if got := Choose(tt.stored, tt.browser...); got != tt.want {
			t.Errorf("Choose(%q, %v) = %s, want %s", tt.stored, tt.browser, got, tt.want)
		}
	}
}
