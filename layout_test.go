// Package tillsight holds nothing but the rules that the whole tree keeps.
package tillsight

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "tillsight/"

// topLevel is all that may stand at the root. build and data are made by make
// and ignored by git; node_modules is never at the root.
var topLevel = []string{
	"app", "server", "shared", "web", "testdata", "go.mod", "go.sum", "Makefile",
	"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "layout_test.go", "build", "data",
}

// longFunctions may be longer than functionMax lines, and longFiles longer than
// fileMax, each for the reason beside it.
var (
	longFunctions = map[string]string{}
	longFiles     = map[string]string{}
)

const (
	functionMax = 70
	fileMax     = 500
	testFileMax = 800 // tables of cases
	packageMax  = 5000
	methodsMax  = 60
	fieldsMax   = 25
)

// large are packages and types from before the limits on them, with the size
// they have. They may shrink; when they are below the limit they leave the list.
var large = map[string]int{
	"shared/receipt.Line fields":    34,
	"shared/receipt.Receipt fields": 35,
}

// imports says what may not be imported where. "from" and "not" are prefixes of
// import paths; "except" names packages that may.
var imports = []struct {
	from, not string
	except    []string
	why       string
}{
	{"shared/", module + "app/", nil, "the business knows no client"},
	{"shared/", module + "server/", nil, "the business knows no server"},
	{"app/", module + "server/", nil, "the client reaches the server by shared/wire only"},
	{"server/", module + "app/", nil, "the server ships no screens"},
	{"web/", module + "app/", nil, "the files know no program"},
	{"web/", module + "server/", nil, "the files know no program"},
	{"app/desk/kit", module + "app/desk/", []string{"app/desk/kit/kittest"}, "the kit knows no page"},
	{"shared/", "syscall/js", nil, "the browser stays at the edge"},
	{"server/", "syscall/js", nil, "the browser stays at the edge"},
	{"shared/", "net/http", nil, "the business does no input or output"},
	{"shared/", "github.com/maxence-charriere/", nil, "the business draws nothing"},
	{"server/", "github.com/maxence-charriere/", nil, "the server draws nothing"},
	{"shared/", "os", []string{"shared/sqlite"}, "the business does no input or output"},
	{"shared/", "database/sql", []string{"shared/sqlite", "shared/refdata"}, "the business does no input or output"},
	{"", "testing", nil, "no test code in programs"},
	{"", "io/ioutil", nil, "replaced by io and os"},
}

// target is a platform that the tree is built for.
type target struct{ os, arch string }

var targets = []target{{"linux", "amd64"}, {"js", "wasm"}}

// listed is what `go list` says about a package.
type listed struct {
	ImportPath string
	Imports    []string
}

func TestImports(t *testing.T) {
	for _, target := range targets {
		for _, pkg := range listPackages(t, target) {
			for _, fault := range importFaults(pkg) {
				t.Errorf("%s: %s", target.os, fault)
			}
		}
	}
}

func listPackages(t *testing.T, on target) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports", "./...")
	cmd.Env = append(os.Environ(), "GOOS="+on.os, "GOARCH="+on.arch)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v", on.os, err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listed
		err := d.Decode(&pkg)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, pkg)
	}
}

func importFaults(pkg listed) []string {
	name := strings.TrimPrefix(pkg.ImportPath, module)
	var faults []string
	for _, rule := range imports {
		if !strings.HasPrefix(name, rule.from) || slices.Contains(rule.except, name) || testOnly(name) {
			continue
		}
		for _, imported := range pkg.Imports {
			if imported == rule.not || strings.HasSuffix(rule.not, "/") && strings.HasPrefix(imported, rule.not) {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", name, imported, rule.why))
			}
		}
	}
	return faults
}

// testOnly tells packages that only tests import: their names end in test, or
// they drive the finished product.
func testOnly(name string) bool {
	return strings.HasSuffix(name, "test") || strings.HasPrefix(name, "app/story")
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if fault := topLevelFault(entry.Name()); fault != "" {
			t.Error(fault)
		}
	}
}

func topLevelFault(name string) string {
	if strings.HasPrefix(name, ".") || slices.Contains(topLevel, name) {
		return ""
	}
	return name + " does not belong at the top level"
}

// source is one parsed Go file.
type source struct {
	name  string // slash path from the root
	lines int
	file  *ast.File
	fset  *token.FileSet
}

// test tells whether the file belongs to tests.
func (s source) test() bool {
	return strings.HasSuffix(s.name, "_test.go") || testOnly(path.Dir(s.name))
}

func parseSource(name string, text []byte) (source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{name: name, lines: bytes.Count(text, []byte("\n")), file: file, fset: fset}, err
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && made(filepath.ToSlash(file)) {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		s, err := parseSource(filepath.ToSlash(file), text)
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// made tells folders that are not kept in the repository: what make and npm make,
// and what begins with a dot.
func made(dir string) bool {
	name := path.Base(dir)
	return dir == "build" || dir == "data" || dir == "web/build" || name == "node_modules" || len(name) > 1 && name[0] == '.'
}

// TestFiles: nothing that a program or a test has left behind lies between the sources.
func TestFiles(t *testing.T) {
	for _, top := range []string{"app", "server", "shared"} {
		err := filepath.WalkDir(top, func(file string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			file = filepath.ToSlash(file)
			if entry.IsDir() && made(file) {
				return filepath.SkipDir
			}
			if fault := strayFault(file); !entry.IsDir() && fault != "" {
				t.Error(fault)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// sourceFiles are the extensions of what people write.
var sourceFiles = []string{".go", ".sql", ".md", ".csv", ".json", ".js", ".mjs", ".py", ".html", ".txt"}

func strayFault(file string) string {
	if slices.Contains(sourceFiles, path.Ext(file)) || strings.Contains(file, "/testdata/") {
		return ""
	}
	return file + " is no source"
}

func TestSources(t *testing.T) {
	all := sources(t)
	names := make([]string, 0, len(all))
	for _, s := range all {
		names = append(names, s.name)
	}
	for _, s := range all {
		for _, fault := range slices.Concat(lengthFaults(s), callFaults(s), browserFaults(s, names)) {
			t.Error(fault)
		}
	}
	for _, fault := range slices.Concat(commentFaults(all), sizeFaults(all)) {
		t.Error(fault)
	}
}

// sizes counts the lines of packages, the methods and the fields of types,
// options aside, outside of tests.
func sizes(all []source) map[string]int {
	found := map[string]int{}
	for _, s := range all {
		if s.test() {
			continue
		}
		dir := path.Dir(s.name)
		found[dir+" lines"] += s.lines
		for _, decl := range s.file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv != nil {
				found[dir+"."+receiver(fn.Recv.List[0].Type)+" methods"]++
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if fields, ok := spec.Type.(*ast.StructType); ok && !strings.HasSuffix(spec.Name.Name, "ptions") {
				found[dir+"."+spec.Name.Name+" fields"] = fields.Fields.NumFields()
			}
			return true
		})
	}
	return found
}

// receiver names the type of a method.
func receiver(expr ast.Expr) string {
	switch x := expr.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

func sizeFaults(all []source) []string {
	limits := map[string]int{"lines": packageMax, "methods": methodsMax, "fields": fieldsMax}
	var faults []string
	for name, size := range sizes(all) {
		limit := limits[name[strings.LastIndexByte(name, ' ')+1:]]
		if size > max(limit, large[name]) {
			faults = append(faults, fmt.Sprintf("%s: %d, more than %d", name, size, max(limit, large[name])))
		}
	}
	slices.Sort(faults)
	return faults
}

// TestMap: every package stands on the map of ARCHITECTURE.md by its name.
// Packages of test helpers are found beside what they help to test.
func TestMap(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.FieldsFunc(string(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_')
	})
	for _, on := range targets {
		for _, pkg := range listPackages(t, on) {
			name := path.Base(pkg.ImportPath)
			if !strings.HasSuffix(name, "test") && !slices.Contains(words, name) {
				t.Errorf("%s is not on the map", pkg.ImportPath)
			}
		}
	}
}

// TestAreas: areas of the desk never import each other.
func TestAreas(t *testing.T) {
	shared := []string{"kit", "kit/kittest", "ruleform"}
	for _, pkg := range listPackages(t, targets[0]) {
		area, ok := strings.CutPrefix(pkg.ImportPath, module+"app/desk/")
		if !ok || slices.Contains(shared, area) { // the frame keeps the rule, too
			continue
		}
		for _, imported := range pkg.Imports {
			if other, ok := strings.CutPrefix(imported, module+"app/desk/"); ok && !slices.Contains(shared, other) {
				t.Errorf("area %s imports %s", area, other)
			}
		}
	}
}

func lengthFaults(s source) []string {
	var faults []string
	limit := fileMax
	if s.test() {
		limit = testFileMax
	}
	if s.lines > limit && longFiles[s.name] == "" {
		faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", s.name, s.lines, limit))
	}
	for _, decl := range s.file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || strings.HasPrefix(fn.Name.Name, "Test") && s.test() {
			continue // a table of cases is as long as it has to be
		}
		lines := s.fset.Position(fn.End()).Line - s.fset.Position(fn.Pos()).Line + 1
		key := s.name + " " + fn.Name.Name
		if lines > functionMax && longFunctions[key] == "" {
			faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", key, lines, functionMax))
		}
	}
	return faults
}

// clocks are the files that read the machine's clock for all of shared and server.
var clocks = []string{"server/clock.go", "server/routes/deadline.go"}

// givenTime tells whether a file goes by the time that it is given.
func givenTime(s source) bool {
	kept := strings.HasPrefix(s.name, "shared/") || strings.HasPrefix(s.name, "server/")
	return kept && !s.test() && !slices.Contains(clocks, s.name)
}

// bannedCalls are calls that may not stand in some files.
var bannedCalls = []struct {
	call  string
	where func(s source) bool
	why   string
}{
	{"time.Now", givenTime, "time is passed in"},
	{"time.Since", givenTime, "time is passed in"},
	{"time.Sleep", func(s source) bool { return strings.HasSuffix(s.name, "_test.go") }, "tests wait for what happens, not for time"},
	{"t.Skip", func(s source) bool { return s.test() }, "a test runs or goes"},
	{"t.Skipf", func(s source) bool { return s.test() }, "a test runs or goes"},
	{"t.SkipNow", func(s source) bool { return s.test() }, "a test runs or goes"},
	{"b.Skip", func(s source) bool { return s.test() }, "a benchmark runs or goes"},
	{"fmt.Println", func(s source) bool { return s.file.Name.Name != "main" }, "only programs print"},
	{"fmt.Print", func(s source) bool { return s.file.Name.Name != "main" }, "only programs print"},
}

func callFaults(s source) []string {
	var faults []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		for _, rule := range bannedCalls {
			if x.Name+"."+sel.Sel.Name == rule.call && rule.where(s) {
				faults = append(faults, fmt.Sprintf("%s: %s: %s", s.fset.Position(n.Pos()), rule.call, rule.why))
			}
		}
		return true
	})
	return faults
}

// browserFaults checks that syscall/js is imported by files *_js.go only, each
// file that others need beside a twin for the other platforms.
func browserFaults(s source, names []string) []string {
	uses := false
	for _, spec := range s.file.Imports {
		uses = uses || spec.Path.Value == `"syscall/js"`
	}
	if !uses {
		return nil
	}
	if strings.HasSuffix(s.name, "_js_test.go") {
		return nil
	}
	base, ok := strings.CutSuffix(s.name, "_js.go")
	if !ok {
		return []string{s.name + " imports syscall/js and is not named *_js.go"}
	}
	if s.file.Name.Name == "main" || slices.Contains(names, base+"_other.go") || hasOther(path.Dir(s.name), names) {
		return nil
	}
	return []string{s.name + " has no twin " + path.Base(base) + "_other.go"}
}

// hasOther tells whether a folder has some file for other platforms: several
// files of one edge may share a twin.
func hasOther(dir string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return path.Dir(name) == dir && strings.HasSuffix(name, "_other.go")
	})
}

// commentFaults checks that every package says what it is.
func commentFaults(all []source) []string {
	said := map[string]bool{}
	for _, s := range all {
		dir := path.Dir(s.name)
		said[dir] = said[dir] || s.file.Doc != nil
	}
	var faults []string
	for dir, ok := range said {
		if !ok {
			faults = append(faults, "package in "+dir+" has no comment that says what it is")
		}
	}
	return faults
}

// TestRulesSeeFaults plants a violation of each rule and expects it to be seen.
func TestRulesSeeFaults(t *testing.T) {
	parse := func(name, text string) source {
		s, err := parseSource(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	calls := func(name, text string) []string { return callFaults(parse(name, text)) }
	long := "package p\nfunc long() {\n" + strings.Repeat("_ = 1\n", functionMax) + "}\n"
	tests := map[string][]string{
		"shared imports http":    importFaults(listed{module + "shared/receipt", []string{"net/http"}}),
		"shared imports the app": importFaults(listed{module + "shared/receipt", []string{module + "app/register"}}),
		"app imports server":     importFaults(listed{module + "app/register", []string{module + "server/journal"}}),
		"server imports app":     importFaults(listed{module + "server/httpapi", []string{module + "app/register"}}),
		"program imports tests":  importFaults(listed{module + "app/register", []string{"testing"}}),
		"long function":          lengthFaults(parse("a.go", long)),
		"long file":              lengthFaults(parse("a.go", "package p\n"+strings.Repeat("//\n", fileMax))),
		"clock in shared":        calls("shared/a/a.go", "package a\nvar now = time.Now()"),
		"clock in server":        calls("server/a/a.go", "package a\nvar now = time.Since(then)"),
		"clock as a value":       calls("shared/a/a.go", "package a\nvar now = time.Now"),
		"skipped test":           calls("a_test.go", "package a\nfunc f() { t.Skip() }"),
		"sleeping test":          calls("a_test.go", "package a\nfunc f() { time.Sleep(1) }"),
		"printing package":       calls("a.go", "package a\nfunc f() { fmt.Println() }"),
		"js outside the edge":    browserFaults(parse("app/ui/a.go", "package a\nimport _ \"syscall/js\""), nil),
		"js without a twin":      browserFaults(parse("app/ui/a_js.go", "package a\nimport _ \"syscall/js\""), nil),
		"large type":             sizeFaults([]source{parse("p/a.go", "package p\ntype T struct {\n"+strings.Repeat("_ int\n", fieldsMax+1)+"}")}),
		"many methods":           sizeFaults([]source{parse("p/a.go", "package p\ntype T int\n"+strings.Repeat("func (t *T) m() {}\n", methodsMax+1))}),
		"large package":          sizeFaults([]source{parse("p/a.go", "package p\n"+strings.Repeat("//\n", packageMax))}),
		"package without words":  commentFaults([]source{parse("p/a.go", "package a")}),
	}
	for name, faults := range tests {
		if len(faults) != 1 {
			t.Errorf("%s: got faults %q, want one", name, faults)
		}
	}
	if strayFault("app/story/picture") == "" || strayFault("app/story/a.png") == "" || strayFault("shared/fact/testdata/fuzz/1a") != "" {
		t.Error("a stray file between the sources was not seen, or a fixture was")
	}
	if made("app/desk/data") || !made("data") || !made("web/node_modules") || made(".") {
		t.Error("sources are taken for what was made, or the other way round")
	}
	if topLevelFault("notes.txt") == "" {
		t.Error("a stray file at the top level was not seen")
	}
}
