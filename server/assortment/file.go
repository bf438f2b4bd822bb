package assortment

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
	"tillsight/shared/tax"
)

// column is a field of an article in a file.
type column struct {
	name  string
	other []string // names that spreadsheets of the trade use
	write func(card syncproto.GoodCard, price *catalogue.Price) string
	read  func(text string, l *line) string // code of a problem, "" when it is right
}

// line is an article as a line of the file makes it.
type line struct {
	card  syncproto.GoodCard
	price money.Amount // 0: the file says none
	least money.Amount
}

// columns of the file, in its order. The first names the article.
var columns = []column{
	{"sku", []string{"артикул", "код", "article"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return string(c.Product.SKU) }, nil},
	{"name_ru", []string{"наименование", "название", "name"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return c.Product.Name.RU },
		func(text string, l *line) string { l.card.Product.Name.RU = text; return "" }},
	{"name_en", nil, func(c syncproto.GoodCard, _ *catalogue.Price) string { return c.Product.Name.EN },
		func(text string, l *line) string { l.card.Product.Name.EN = text; return "" }},
	{"category", []string{"категория", "группа"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return c.Product.Category },
		func(text string, l *line) string { l.card.Product.Category = text; return "" }},
	{"unit", []string{"единица", "ед"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return string(c.Product.Unit) }, readUnit},
	{"tax", []string{"ндс"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return string(c.Product.Tax) },
		func(text string, l *line) string { l.card.Product.Tax = tax.Class(text); return "" }},
	{"plu", nil, func(c syncproto.GoodCard, _ *catalogue.Price) string { return c.Product.PLU },
		func(text string, l *line) string { l.card.Product.PLU = text; return "" }},
	{"picture", []string{"картинка"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return c.Product.Picture },
		func(text string, l *line) string { l.card.Product.Picture = text; return "" }},
	{"min_age", []string{"возраст"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return zeroless(c.Product.MinAge) }, readAge},
	{"stopped", []string{"стоп"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return flag(c.Product.Stopped) }, readStopped},
	{"barcodes", []string{"штрихкоды", "штрихкод", "barcode"}, func(c syncproto.GoodCard, _ *catalogue.Price) string { return writeCodes(c.Barcodes) }, readCodes},
	{"price", []string{"цена"}, func(_ syncproto.GoodCard, p *catalogue.Price) string { return writeSum(p, false) },
		func(text string, l *line) string { return readSum(text, &l.price) }},
	{"min_price", []string{"мин_цена", "минимальная цена"}, func(_ syncproto.GoodCard, p *catalogue.Price) string { return writeSum(p, true) },
		func(text string, l *line) string { return readSum(text, &l.least) }},
}

func zeroless(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return ""
}

var unitNames = map[string]quantity.Unit{
	"pc": quantity.Piece, "шт": quantity.Piece, "kg": quantity.Kilogram, "кг": quantity.Kilogram,
	"l": quantity.Litre, "л": quantity.Litre, "m": quantity.Metre, "м": quantity.Metre,
}

func readUnit(text string, l *line) string {
	unit, ok := unitNames[strings.TrimSuffix(strings.ToLower(text), ".")]
	if !ok {
		return syncproto.ProblemFormat
	}
	l.card.Product.Unit = unit
	return ""
}

func readAge(text string, l *line) string {
	if text == "" {
		text = "0"
	}
	age, err := strconv.Atoi(strings.TrimSuffix(text, "+"))
	if err != nil {
		return syncproto.ProblemFormat
	}
	l.card.Product.MinAge = age
	return ""
}

func readStopped(text string, l *line) string {
	switch strings.ToLower(text) {
	case "1", "yes", "true", "да":
		l.card.Product.Stopped = true
	case "", "0", "no", "false", "нет":
		l.card.Product.Stopped = false
	default:
		return syncproto.ProblemFormat
	}
	return ""
}

// writeCodes writes barcodes as "4601234567893|14601234567890*6".
func writeCodes(codes []catalogue.Barcode) string {
	var parts []string
	codes = slices.Clone(codes)
	slices.SortFunc(codes, func(a, b catalogue.Barcode) int {
		return cmp.Or(cmp.Compare(a.Factor, b.Factor), cmp.Compare(a.GTIN, b.GTIN))
	})
	for _, code := range codes {
		text := code.GTIN
		if len(text) == 14 && text[0] == '0' {
			text = text[1:] // as it stands under the bars
		}
		if code.Factor != quantity.One {
			text += "*" + code.Factor.String()
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "|")
}

func readCodes(text string, l *line) string {
	l.card.Barcodes = []catalogue.Barcode{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '|' || r == ' ' }) {
		code, times, packed := strings.Cut(part, "*")
		factor := quantity.One
		if packed {
			var err error
			if factor, err = quantity.Parse(times, quantity.Kilogram); err != nil || factor <= 0 {
				return syncproto.ProblemFormat
			}
		}
		l.card.Barcodes = append(l.card.Barcodes, catalogue.Barcode{GTIN: barcode.Key(code), Factor: factor})
	}
	return ""
}

func writeSum(p *catalogue.Price, least bool) string {
	if p == nil || least && p.Min == 0 {
		return ""
	}
	amount := p.Amount
	if least {
		amount = p.Min
	}
	return amount.Format(money.RUB)
}

func readSum(text string, sum *money.Amount) string {
	if text == "" {
		*sum = 0
		return ""
	}
	amount, err := money.Parse(text, money.RUB)
	if err != nil {
		return syncproto.ProblemFormat
	}
	if amount <= 0 {
		return syncproto.ProblemRange
	}
	*sum = amount
	return ""
}

// Export writes the assortment as a file that Import takes: UTF-8 with a mark,
// semicolons, a line for every article with the chain's price.
func (a *Assortment) Export(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	file := csv.NewWriter(w)
	file.Comma, file.UseCRLF = ';', true
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	err := file.Write(head)
	if err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	err = a.feed.View(func(q refdata.Querier) error {
		return refdata.EachProduct(q, func(p catalogue.Product) error {
			codes, err := refdata.BarcodesOf(q, p.SKU)
			if err != nil {
				return err
			}
			price, err := chainPrice(q, p.SKU, a.now().UnixMilli())
			if err != nil {
				return err
			}
			cells := make([]string, len(columns))
			for i, c := range columns {
				cells[i] = harmless(c.write(syncproto.GoodCard{Product: p, Barcodes: codes}, price))
			}
			return file.Write(cells)
		})
	})
	file.Flush()
	if err := errors.Join(err, file.Error()); err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	return nil
}

// harmless keeps a spreadsheet from taking a name for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t", rune(text[0])) {
		return "'" + text
	}
	return text
}

func chainPrice(q refdata.Querier, sku catalogue.SKU, at int64) (*catalogue.Price, error) {
	price, found, err := refdata.PriceAt(q, sku, "", at)
	if err != nil || !found {
		return nil, err
	}
	return &price, nil
}

// Limits of a file and of what is told about it.
const (
	FileMax    = 32 << 20
	linesMax   = 200_000
	faultsTold = 200
	rowsTold   = 200
)

// Import reads a file of articles. Columns that it does not have stay as they
// are; lines that are wrong are left out and told. Nothing is written when dry is set.
func (a *Assortment) Import(data []byte, dry bool) (result syncproto.Imported, err error) {
	table, err := readTable(data)
	if err != nil {
		return result, err
	}
	look := func(q refdata.Querier) ([]refdata.Row, error) {
		run := importing{q: q, at: a.now().UnixMilli(), seen: map[catalogue.SKU]bool{}, codes: map[string]catalogue.SKU{}}
		rows, err := run.read(table)
		result = run.result
		return rows, err
	}
	if dry {
		err = a.feed.View(func(q refdata.Querier) error {
			_, err := look(q)
			return err
		})
		return result, err
	}
	_, _, err = a.put(func(tx *sqlite.Tx) ([]refdata.Row, error) { return look(tx) })
	result.Done = err == nil
	return result, err
}

// readTable takes a file apart: UTF-8, separated by what its head has most of.
func readTable(data []byte) ([][]string, error) {
	const op = "assortment.Import"
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	head, _, _ := bytes.Cut(data, []byte("\n"))
	if !utf8.Valid(data) {
		return nil, errcode.New(errcode.Invalid, op, errors.New("not UTF-8")).With("field", "encoding")
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.Comma = ';'
	for _, comma := range []rune{',', '\t'} {
		if bytes.Count(head, []byte(string(comma))) > bytes.Count(head, []byte(string(reader.Comma))) {
			reader.Comma = comma
		}
	}
	reader.FieldsPerRecord, reader.LazyQuotes = -1, true
	table, err := reader.ReadAll()
	if err != nil {
		return nil, errcode.New(errcode.Invalid, op, err).With("field", "file")
	}
	if len(table) < 2 || len(table) > linesMax {
		return nil, errcode.New(errcode.Invalid, op, fmt.Errorf("%d lines", len(table))).With("field", "lines")
	}
	return table, nil
}

// importing is the state of one reading of a file.
type importing struct {
	q      refdata.Querier
	at     int64
	places []int // of our columns in the file, -1 for those that it has not
	seen   map[catalogue.SKU]bool
	codes  map[string]catalogue.SKU // given by this file
	result syncproto.Imported
}

func (m *importing) read(table [][]string) ([]refdata.Row, error) {
	if err := m.readHead(table[0]); err != nil {
		return nil, err
	}
	var rows []refdata.Row
	for i, cells := range table[1:] {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		m.result.Rows++
		more, err := m.line(i+2, cells)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// readHead finds the columns by their names in any order.
func (m *importing) readHead(head []string) error {
	m.places = slices.Repeat([]int{-1}, len(columns))
	for at, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		i := slices.IndexFunc(columns, func(c column) bool { return c.name == name || slices.Contains(c.other, name) })
		if i < 0 || m.places[i] >= 0 {
			m.result.Unknown = append(m.result.Unknown, name)
			continue
		}
		m.places[i] = at
		m.result.Columns = append(m.result.Columns, columns[i].name)
	}
	if m.places[0] < 0 {
		return errcode.New(errcode.Invalid, "assortment.Import", errors.New("no column of articles")).With("field", "sku")
	}
	return nil
}

func (m *importing) fault(n int, column, code, value string) {
	if len(m.result.Faults) < faultsTold {
		m.result.Faults = append(m.result.Faults, syncproto.ImportFault{Line: n, Column: column, Code: code, Value: value})
	}
}

// line makes the rows of one line of the file; none when it is wrong or changes nothing.
func (m *importing) line(n int, cells []string) ([]refdata.Row, error) {
	cell := func(i int) (string, bool) {
		at := m.places[i]
		if at < 0 {
			return "", false
		}
		if at >= len(cells) {
			return "", true
		}
		return strings.TrimPrefix(strings.TrimSpace(cells[at]), "'"), true
	}
	text, _ := cell(0)
	sku := catalogue.SKU(text)
	if m.seen[sku] {
		m.result.Wrong++
		m.fault(n, "sku", syncproto.ProblemTwice, text)
		return nil, nil
	}
	m.seen[sku] = true
	before, found, err := readCard(m.q, sku)
	if err != nil {
		return nil, err
	}
	price, err := chainPrice(m.q, sku, m.at)
	if err != nil {
		return nil, err
	}
	l := line{card: before}
	l.card.Product.SKU = sku
	if price != nil {
		l.price, l.least = price.Amount, price.Min
	}
	wrong := false
	for i, c := range columns {
		text, given := cell(i)
		if c.read == nil || !given {
			continue
		}
		if code := c.read(text, &l); code != "" {
			m.fault(n, c.name, code, text)
			wrong = true
		}
	}
	if !wrong {
		wrong, err = m.check(n, &l)
	}
	if err != nil || wrong {
		m.result.Wrong++
		return nil, err
	}
	return m.rows(n, before, found, price, l)
}

// check holds a line against the rules of a card and the lines before it.
func (m *importing) check(n int, l *line) (wrong bool, err error) {
	tidy(&l.card)
	list, err := problems(m.q, l.card)
	if err != nil {
		return false, err
	}
	for _, p := range list {
		m.fault(n, fieldColumn(p.Field), p.Code, p.Value)
	}
	for _, code := range l.card.Barcodes {
		if owner, taken := m.codes[code.GTIN]; taken && owner != l.card.Product.SKU {
			m.fault(n, "barcodes", syncproto.ProblemTwice, code.GTIN)
			return true, nil
		}
	}
	if l.least > l.price {
		m.fault(n, "min_price", syncproto.ProblemRange, l.least.Format(money.RUB))
		return true, nil
	}
	if len(list) > 0 {
		return true, nil
	}
	for _, code := range l.card.Barcodes {
		m.codes[code.GTIN] = l.card.Product.SKU
	}
	return false, nil
}

// fieldColumn is the column of a card's field.
func fieldColumn(field string) string {
	field, _, _ = strings.Cut(field, ".")
	switch field {
	case "name":
		return "name_ru"
	case "parts":
		return "sku"
	}
	return field
}

// rows counts what a right line changes and makes its rows.
func (m *importing) rows(n int, before syncproto.GoodCard, found bool, price *catalogue.Price, l line) ([]refdata.Row, error) {
	after := catalogue.Price{SKU: l.card.Product.SKU, From: m.at, Amount: l.price, Min: l.least}
	shown := price
	if l.price > 0 {
		shown = &after
	}
	edits := []syncproto.ImportEdit{}
	for i, c := range columns {
		was, is := c.write(before, price), c.write(l.card, shown)
		if m.places[i] >= 0 && i > 0 && was != is {
			edits = append(edits, syncproto.ImportEdit{Column: c.name, Before: was, After: is})
		}
	}
	if found && len(edits) == 0 {
		m.result.Same++
		return nil, nil
	}
	if found {
		m.result.Changed++
	} else {
		m.result.New++
	}
	if len(m.result.Changes) < rowsTold {
		m.result.Changes = append(m.result.Changes, syncproto.ImportRow{Line: n, SKU: l.card.Product.SKU, Name: l.card.Product.Name, New: !found, Edits: edits})
	}
	rows := cardRows(before, l.card)
	if l.price > 0 && (price == nil || price.Amount != l.price || price.Min != l.least) {
		var err error
		if after.Cost, err = refdata.CostOf(m.q, after.SKU, "", m.at); err != nil {
			return nil, err
		}
		rows = append(rows, refdata.Row{Table: refdata.Prices, Value: after})
	}
	return rows, nil
}
