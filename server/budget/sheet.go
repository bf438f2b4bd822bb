package budget

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

const (
	rowsMax   = 20_000
	errorsMax = 200
	sampleMax = 50
)

// column is a heading of a sheet: its name, which errors carry, and the words
// by which it is found.
type column struct {
	name   string
	words  []string
	needed bool
}

var planColumns = []column{
	{"store", []string{"магазин", "код магазина"}, true},
	{"month", []string{"месяц", "период"}, true},
	{"measure", []string{"показатель"}, true},
	{"employee", []string{"сотрудник", "кассир", "табельный номер"}, false},
	{"value", []string{"план", "значение", "plan"}, true},
}

var expenseColumns = []column{
	{"store", []string{"магазин", "код магазина"}, false},
	{"month", []string{"месяц", "период"}, true},
	{"kind", []string{"статья", "вид", "вид расхода", "статья расходов"}, true},
	{"amount", []string{"сумма", "sum"}, true},
	{"text", []string{"комментарий", "примечание", "comment", "note"}, false},
}

// measureWords are the names by which measures may be called in a sheet.
var measureWords = map[string]cube.MeasureID{
	"выручка": cube.Revenue, "чеки": cube.Receipts, "маржа": cube.Margin, "прибыль": cube.Margin, "позиции": cube.Items,
	"количество": cube.Units, "единицы": cube.Units,
}

// kindWords are the Russian names of the usual kinds of expenses.
var kindWords = map[string]string{
	"аренда": "rent", "зарплата": "wages", "оплата труда": "wages", "налоги": "taxes", "электроэнергия": "energy",
	"коммунальные услуги": "energy", "реклама": "ads", "оборудование": "equipment", "ремонт": "repairs",
	"транспорт": "transport", "доставка": "transport", "банк": "bank", "эквайринг": "bank", "охрана": "security",
	"программы": "software", "прочее": "other",
}

// Places are the stores and employees that a sheet may name.
type Places struct {
	Stores    map[string]bool
	Employees map[string]bool
}

// sheet is a file of rows under headings.
type sheet struct {
	columns []column
	at      map[string]int // of a column in a row
	rows    [][]string
	lines   []int // of each row in the file
	errors  []budget.ImportError
}

// readSheet reads CSV with commas, semicolons or tabs, as spreadsheets write
// it. What is wrong with headings is in the errors.
func readSheet(file []byte, columns []column) (*sheet, error) {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(file) {
		return nil, errcode.New(errcode.Invalid, "budget.readSheet", errors.New("not UTF-8")).With("field", "encoding")
	}
	s := &sheet{columns: columns, at: map[string]int{}, errors: []budget.ImportError{}}
	r := csv.NewReader(bytes.NewReader(file))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(file), -1, true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		err = errors.New("empty")
	}
	if err != nil {
		return nil, errcode.New(errcode.Invalid, "budget.readSheet", err).With("field", "file")
	}
	s.head(head)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, errcode.New(errcode.Invalid, "budget.readSheet", err).With("field", "file")
		}
		if len(s.rows) == rowsMax {
			return nil, errcode.New(errcode.TooLarge, "budget.readSheet", fmt.Errorf("more than %d rows", rowsMax))
		}
		if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		line, _ := r.FieldPos(0)
		s.rows, s.lines = append(s.rows, row), append(s.lines, line)
	}
}

// separator returns the one that the first line has most of.
func separator(file []byte) rune {
	line, _, _ := bytes.Cut(file, []byte("\n"))
	best, most := ',', 0
	for _, mark := range []rune{',', ';', '\t'} {
		if n := bytes.Count(line, []byte(string(mark))); n > most {
			best, most = mark, n
		}
	}
	return best
}

func (s *sheet) head(row []string) {
	for i, cell := range row {
		word := strings.ToLower(strings.TrimSpace(cell))
		for _, c := range s.columns {
			if _, taken := s.at[c.name]; !taken && (word == c.name || slices.Contains(c.words, word)) {
				s.at[c.name] = i
			}
		}
	}
	for _, c := range s.columns {
		if _, found := s.at[c.name]; !found && c.needed {
			s.fault(1, c.name, "missing", "")
		}
	}
}

func (s *sheet) fault(line int, column, code, value string) {
	if len(s.errors) < errorsMax {
		s.errors = append(s.errors, budget.ImportError{Row: line, Column: column, Code: code, Value: value})
	}
}

// text returns a cell of row n, "" when it is not there.
func (s *sheet) text(n int, column string) string {
	i, found := s.at[column]
	if !found || i >= len(s.rows[n]) {
		return ""
	}
	return strings.TrimSpace(s.rows[n][i])
}

// month reads 2026-11, 11.2026 or a date in it.
func (s *sheet) month(n int) string {
	text := s.text(n, "month")
	month := text
	if len(month) == len("2026-11-01") && month[4] == '-' {
		month = month[:7]
	}
	if parts := strings.Split(text, "."); len(parts) >= 2 && len(parts) <= 3 {
		month = fmt.Sprintf("%s-%02s", parts[len(parts)-1], parts[len(parts)-2])
	}
	if !budget.IsMonth(month) {
		s.fault(s.lines[n], "month", "month", text)
		return ""
	}
	return month
}

// number reads a decimal number with at most digits decimals as a whole number of them.
func (s *sheet) number(n int, column string, digits int, negative bool) int64 {
	text := s.text(n, column)
	v, ok := decimal(text, digits)
	switch {
	case text == "":
		s.fault(s.lines[n], column, "missing", "")
	case !ok || v > ValueMax || v < -ValueMax:
		s.fault(s.lines[n], column, "number", text)
	case v < 0 && !negative:
		s.fault(s.lines[n], column, "negative", text)
	}
	return v
}

// decimal reads "1 234,50" as 123450 when digits is 2.
func decimal(text string, digits int) (int64, bool) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-", "₽", "").Replace(text)
	if strings.Count(text, ",") == 1 && strings.Count(text, ".") == 0 {
		text = strings.Replace(text, ",", ".", 1)
	}
	text = strings.ReplaceAll(text, ",", "") // 1,234.50
	whole, part, _ := strings.Cut(text, ".")
	part = strings.TrimRight(part, "0")
	if len(part) > digits || whole == "" || strings.ContainsAny(part, "+-") {
		return 0, false
	}
	v, err := strconv.ParseInt(whole+part+strings.Repeat("0", digits-len(part)), 10, 64)
	return v, err == nil
}

func (s *sheet) store(n int, known Places, allowed Allowed) string {
	store := s.text(n, "store")
	switch {
	case store != "" && !known.Stores[store]:
		s.fault(s.lines[n], "store", "unknown", store)
	case !allowed(store):
		s.fault(s.lines[n], "store", "forbidden", store)
	}
	return store
}

// plans reads the rows as plan figures.
func (s *sheet) plans(known Places, allowed Allowed) (list []budget.Figure) {
	seen := map[string]bool{}
	for n := range s.rows {
		f := budget.Figure{Store: s.store(n, known, allowed), Month: s.month(n), Employee: s.text(n, "employee")}
		if f.Store == "" {
			s.fault(s.lines[n], "store", "missing", "")
		}
		word := strings.ToLower(s.text(n, "measure"))
		if f.Measure = cube.MeasureID(word); measureWords[word] != "" {
			f.Measure = measureWords[word]
		}
		if !slices.Contains(cube.Plannable(), f.Measure) {
			s.fault(s.lines[n], "measure", "unknown", s.text(n, "measure"))
		}
		if f.Employee != "" && !known.Employees[f.Employee] {
			s.fault(s.lines[n], "employee", "unknown", f.Employee)
		}
		value := s.number(n, "value", digits(f.Measure), false)
		f.Value = &value
		key := f.Store + "/" + f.Month + "/" + string(f.Measure) + "/" + f.Employee
		if seen[key] {
			s.fault(s.lines[n], "store", "twice", f.Store)
		}
		seen[key] = true
		list = append(list, f)
	}
	return list
}

// digits is how many decimals a measure has in people's units.
func digits(id cube.MeasureID) int {
	m, _ := cube.MeasureOf(id)
	switch m.Format {
	case cube.FormatMoney:
		return 2
	case cube.FormatMilli:
		return 3
	}
	return 0
}

// expenses reads the rows as expenses.
func (s *sheet) expenses(known Places, allowed Allowed) (list []budget.Expense) {
	for n := range s.rows {
		e := budget.Expense{Store: s.store(n, known, allowed), Month: s.month(n), Text: s.text(n, "text")}
		e.Kind = s.text(n, "kind")
		if kind := kindWords[strings.ToLower(e.Kind)]; kind != "" {
			e.Kind = kind
		}
		e.Amount = money.Amount(s.number(n, "amount", 2, true))
		switch field, value := badExpense(e); field {
		case "kind", "text":
			s.fault(s.lines[n], field, map[bool]string{true: "missing", false: "long"}[value == ""], value)
		}
		list = append(list, e)
	}
	return list
}

// ImportPlans reads a sheet of plan figures and, unless it is dry or has an
// error, writes them over what is there.
func (b *Book) ImportPlans(file []byte, known Places, by string, allowed Allowed, dry bool) (result budget.Imported, err error) {
	s, err := readSheet(file, planColumns)
	if err != nil {
		return result, err
	}
	figures := s.plans(known, allowed)
	result = budget.Imported{Rows: len(figures), Errors: s.errors, Plans: figures[:min(len(figures), sampleMax)]}
	if len(s.errors) > 0 {
		return result, nil
	}
	held, err := b.Figures("", "9999", allowed)
	if err != nil {
		return result, err
	}
	have := map[budget.Figure]int64{}
	place := func(f budget.Figure) budget.Figure {
		return budget.Figure{Store: f.Store, Month: f.Month, Measure: f.Measure, Employee: f.Employee}
	}
	for _, f := range held {
		have[place(f)] = *f.Value
	}
	for _, f := range figures {
		switch value, found := have[place(f)]; {
		case !found:
			result.New++
		case value == *f.Value:
			result.Same++
		default:
			result.Changed++
		}
	}
	if dry {
		return result, nil
	}
	err = b.write(by, func(c *change) error {
		for _, f := range figures {
			if _, err := c.figure(f, false); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return result, fmt.Errorf("import plan figures: %w", err)
	}
	result.Done = true
	return result, nil
}

// ImportExpenses reads a sheet of expenses and, unless it is dry or has an
// error, adds them. A row that is there already, in all its values, is left out:
// the same sheet can be imported again.
func (b *Book) ImportExpenses(file []byte, known Places, by string, allowed Allowed, dry bool) (result budget.Imported, err error) {
	s, err := readSheet(file, expenseColumns)
	if err != nil {
		return result, err
	}
	list := s.expenses(known, allowed)
	result = budget.Imported{Rows: len(list), Errors: s.errors, Expenses: list[:min(len(list), sampleMax)]}
	if len(s.errors) > 0 {
		return result, nil
	}
	held, err := b.Expenses("", "9999", allowed)
	if err != nil {
		return result, err
	}
	type row struct {
		store, month, kind, text string
		amount                   money.Amount
	}
	rowOf := func(e budget.Expense) row { return row{e.Store, e.Month, e.Kind, e.Text, e.Amount} }
	have := map[row]int{}
	for _, e := range held {
		have[rowOf(e)]++
	}
	var fresh []budget.Expense
	for _, e := range list {
		if have[rowOf(e)] > 0 {
			have[rowOf(e)]--
			result.Same++
			continue
		}
		result.New++
		fresh = append(fresh, e)
	}
	if dry {
		return result, nil
	}
	err = b.write(by, func(c *change) error {
		for _, e := range fresh {
			if _, err := c.putExpense(e, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return result, fmt.Errorf("import expenses: %w", err)
	}
	result.Done = true
	return result, nil
}
