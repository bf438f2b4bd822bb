package budget

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	"tillsight/shared/money"
)

const (
	rowsMax   = 20_000
	errorsMax = 200
	sampleMax = 50
)

var planColumns = []intake.Column{
	{Name: "store", Words: []string{"магазин", "код магазина"}, Needed: true},
	{Name: "month", Words: []string{"месяц", "период"}, Needed: true},
	{Name: "measure", Words: []string{"показатель"}, Needed: true},
	{Name: "employee", Words: []string{"сотрудник", "кассир", "табельный номер"}},
	{Name: "value", Words: []string{"план", "значение", "plan"}, Needed: true},
}

var expenseColumns = []intake.Column{
	{Name: "store", Words: []string{"магазин", "код магазина"}},
	{Name: "month", Words: []string{"месяц", "период"}, Needed: true},
	{Name: "kind", Words: []string{"статья", "вид", "вид расхода", "статья расходов"}, Needed: true},
	{Name: "amount", Words: []string{"сумма", "sum"}, Needed: true},
	{Name: "text", Words: []string{"комментарий", "примечание", "comment", "note"}},
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
	Currency  money.Currency // of the stores; without one it is the home market's
}

func (p Places) currency() money.Currency {
	if p.Currency.Code == "" {
		return money.RUB
	}
	return p.Currency
}

// sheet is a file of rows under headings being read.
type sheet struct {
	table  *intake.Table
	errors []budget.ImportError
}

func readSheet(file []byte, columns []intake.Column) (*sheet, error) {
	table, err := intake.Read(file, columns, rowsMax)
	if err != nil {
		return nil, err
	}
	s := &sheet{table: table, errors: []budget.ImportError{}}
	for _, f := range table.Faults {
		s.fault(f.Line, f.Column, f.Code, f.Value)
	}
	return s, nil
}

func (s *sheet) fault(line int, column, code, value string) {
	s.errors = append(s.errors, budget.ImportError{Row: line, Column: column, Code: code, Value: intake.Shown(value)})
}

// told are the first errors in the order of the file.
func (s *sheet) told() []budget.ImportError {
	slices.SortStableFunc(s.errors, func(a, b budget.ImportError) int { return a.Row - b.Row })
	return s.errors[:min(len(s.errors), errorsMax)]
}

// month reads 2026-11, 11.2026 or a date in it.
func (s *sheet) month(r intake.Row) string {
	text := r.Cell("month")
	month := text
	if len(month) == len("2026-11-01") && month[4] == '-' {
		month = month[:7]
	}
	if parts := strings.Split(text, "."); len(parts) >= 2 && len(parts) <= 3 {
		month = fmt.Sprintf("%s-%02s", parts[len(parts)-1], parts[len(parts)-2])
	}
	if !budget.IsMonth(month) {
		s.fault(r.Line, "month", "month", text)
		return ""
	}
	return month
}

// number reads a number in a currency; one that counts things has its decimals only.
func (s *sheet) number(r intake.Row, column string, unit money.Currency, negative bool) int64 {
	text := r.Cell(column)
	n, err := money.ParseSigned(text, unit)
	code := ""
	switch {
	case errcode.Of(err) == errcode.NoNumber:
		code = "missing"
	case errcode.Of(err) == errcode.NumberDecimals || errcode.Of(err) == errcode.NumberUnclear:
		code = "unclear"
	case err != nil || n > ValueMax || n < -ValueMax:
		code = "number"
	case n < 0 && !negative:
		code = "negative"
	}
	if code != "" {
		s.fault(r.Line, column, code, text)
		return 0
	}
	return int64(n)
}

func (s *sheet) store(r intake.Row, known Places, allowed Allowed) string {
	store := r.Cell("store")
	switch {
	case store != "" && !known.Stores[store]:
		s.fault(r.Line, "store", "unknown", store)
	case !allowed(store):
		s.fault(r.Line, "store", "forbidden", store)
	}
	return store
}

// plans reads the rows as plan figures.
func (s *sheet) plans(known Places, allowed Allowed) (list []budget.Figure) {
	seen := intake.Once{}
	for _, r := range s.table.Rows {
		f := budget.Figure{Store: s.store(r, known, allowed), Month: s.month(r), Employee: r.Cell("employee")}
		if f.Store == "" {
			s.fault(r.Line, "store", "missing", "")
		}
		word := strings.ToLower(r.Cell("measure"))
		if f.Measure = cube.MeasureID(word); measureWords[word] != "" {
			f.Measure = measureWords[word]
		}
		if !slices.Contains(cube.Plannable(), f.Measure) {
			s.fault(r.Line, "measure", "unknown", r.Cell("measure"))
		}
		if f.Employee != "" && !known.Employees[f.Employee] {
			s.fault(r.Line, "employee", "unknown", f.Employee)
		}
		value := s.number(r, "value", unitOf(f.Measure, known.currency()), false)
		f.Value = &value
		key := f.Store + "/" + f.Month + "/" + string(f.Measure) + "/" + f.Employee
		if first, twice := seen.Twice(key, r.Line); twice {
			s.fault(r.Line, "store", "twice", strconv.Itoa(first))
		}
		list = append(list, f)
	}
	return list
}

// unitOf is what a measure is written in: sums in the currency, goods with three
// decimals, the rest whole.
func unitOf(id cube.MeasureID, c money.Currency) money.Currency {
	switch m, _ := cube.MeasureOf(id); m.Format {
	case cube.FormatMoney:
		return c
	case cube.FormatMilli:
		return money.Currency{Exponent: 3}
	}
	return money.Currency{}
}

// expenses reads the rows as expenses.
func (s *sheet) expenses(known Places, allowed Allowed) (list []budget.Expense) {
	for _, r := range s.table.Rows {
		e := budget.Expense{Store: s.store(r, known, allowed), Month: s.month(r), Text: r.Cell("text")}
		e.Kind = r.Cell("kind")
		if kind := kindWords[strings.ToLower(e.Kind)]; kind != "" {
			e.Kind = kind
		}
		e.Amount = money.Amount(s.number(r, "amount", known.currency(), true))
		switch field, value := badExpense(e); field {
		case "kind", "text":
			s.fault(r.Line, field, map[bool]string{true: "missing", false: "long"}[value == ""], value)
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
	result = budget.Imported{Rows: len(figures) + len(s.table.Faults), Errors: s.told(), Unknown: s.table.Unknown, Plans: figures[:min(len(figures), sampleMax)]}
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
	for i, f := range figures {
		value, found := have[place(f)]
		if i < len(result.Plans) {
			result.Was = append(result.Was, nil)
			if found {
				result.Was[i] = &value
			}
		}
		switch {
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
	result = budget.Imported{Rows: len(list) + len(s.table.Faults), Errors: s.told(), Unknown: s.table.Unknown, Expenses: list[:min(len(list), sampleMax)]}
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
