package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
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

// parsed returns the files of all programs' screens by their paths, without tests.
func parsed(t *testing.T) map[string]*ast.File {
	t.Helper()
	all := map[string]*ast.File{}
	err := filepath.WalkDir("..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		all[filepath.ToSlash(name)], err = parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// said returns the call of Say that e is, here or in an area's words; nil: none.
func said(e ast.Node) *ast.CallExpr {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return nil
	}
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		if fun.Name == "Say" {
			return call
		}
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok && x.Name == "i18n" && fun.Sel.Name == "Say" {
			return call
		}
	}
	return nil
}

// declared returns every message of the screens, read from their sources.
func declared(t *testing.T) (list []*Message) {
	t.Helper()
	for _, file := range parsed(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call := said(n); call != nil {
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

// unused returns the messages that no screen says, as folder.Name.
func unused(files map[string]*ast.File) []string {
	uses := map[string]int{} // by folder.Name; a declaration is one
	declared := map[string]bool{}
	for name, file := range files {
		folder := path.Dir(name)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "i18n" {
					uses["../i18n."+n.Sel.Name]++
				}
			case *ast.Ident:
				uses[folder+"."+n.Name]++
			case *ast.ValueSpec:
				for i, value := range n.Values {
					if said(value) != nil {
						declared[folder+"."+n.Names[i].Name] = true
					}
				}
			}
			return true
		})
	}
	var list []string
	for name := range declared {
		if uses[name] < 2 {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func TestEveryMessageIsSaid(t *testing.T) {
	for _, name := range unused(parsed(t)) {
		t.Errorf("%s is said nowhere", name)
	}
}

// TestUnusedIsSeen plants messages that are said and that are not.
func TestUnusedIsSeen(t *testing.T) {
	files := map[string]*ast.File{}
	for name, text := range map[string]string{
		"../i18n/text.go":       "package i18n\nvar (\nSaid = Say(`a`, `b`)\nDead = Say(`a`, `b`)\nHere = Say(`a`, `b`)\n)\nvar all = Here",
		"../desk/price/text.go": "package price\nvar (\ndead = i18n.Say(`a`, `b`)\nown = i18n.Say(`a`, `b`)\n)",
		"../desk/price/page.go": "package price\nvar x = []any{i18n.Said, own}",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	if got, want := unused(files), []string{"../desk/price.dead", "../i18n.Dead"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
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
