package assortment

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/intake"
	"tillsight/shared/money"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Limits of a file and of what is told about it.
const (
	FileMax    = 32 << 20
	linesMax   = 200_000
	faultsTold = 200
	rowsTold   = 200
)

// headings of the file.
var headings = func() (list []intake.Column) {
	for i, c := range columns {
		list = append(list, intake.Column{Name: c.name, Words: c.other, Needed: i == 0})
	}
	return list
}()

// Import reads a file of articles. Columns that it does not have stay as they
// are; lines that are wrong are left out and told. Nothing is written when dry is set.
func (a *Assortment) Import(data []byte, dry bool) (result wire.Imported, err error) {
	table, err := intake.Read(data, headings, linesMax)
	if err != nil {
		return result, err
	}
	look := func(q refdata.Querier) ([]refdata.Row, error) {
		run := importing{q: q, at: a.now().UnixMilli(), table: table, seen: intake.Once{}, plus: intake.Once{}, codes: intake.Once{}}
		rows, err := run.read()
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

// importing is the state of one reading of a file.
type importing struct {
	q        refdata.Querier
	at       int64
	table    *intake.Table
	currency money.Currency
	seen     intake.Once // articles
	plus     intake.Once
	codes    intake.Once
	alike    map[string]catalogue.SKU // articles by what people may take them for
	result   wire.Imported
}

func (m *importing) read() (rows []refdata.Row, err error) {
	if m.currency, err = refdata.Currency(m.q); err != nil {
		return nil, err
	}
	m.alike = map[string]catalogue.SKU{}
	err = refdata.EachProduct(m.q, func(p catalogue.Product) error {
		m.alike[likeness(string(p.SKU))] = p.SKU
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.result.Columns, m.result.Unknown = m.table.Columns, m.table.Unknown
	line := 0
	for _, f := range m.table.Faults {
		if f.Line != line {
			m.result.Wrong++
		}
		line = f.Line
		m.fault(wire.ImportFault{Line: f.Line, Column: f.Column, Code: f.Code, Value: f.Value})
	}
	m.result.Rows = len(m.table.Rows) + m.result.Wrong
	for _, r := range m.table.Rows {
		more, err := m.line(r)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	slices.SortStableFunc(m.result.Faults, func(a, b wire.ImportFault) int { return a.Line - b.Line })
	m.result.Faults = m.result.Faults[:min(len(m.result.Faults), faultsTold)]
	return rows, nil
}

func (m *importing) fault(f wire.ImportFault) {
	f.Value = intake.Shown(f.Value)
	m.result.Faults = append(m.result.Faults, f)
}

// line makes the rows of one line of the file; none when it is wrong or changes nothing.
func (m *importing) line(r intake.Row) ([]refdata.Row, error) {
	before, price, l, err := m.held(catalogue.SKU(r.Cell("sku")))
	if err != nil {
		return nil, err
	}
	l.currency = m.currency
	faults := []wire.ImportFault{}
	for _, c := range columns {
		if c.read == nil || !m.table.Has(c.name) {
			continue
		}
		if code := c.read(r.Cell(c.name), &l); code != "" {
			faults = append(faults, wire.ImportFault{Line: r.Line, Column: c.name, Code: code, Value: r.Cell(c.name)})
		}
	}
	tidy(&l.card)
	faults = append(faults, m.twice(r, l.card)...)
	if len(faults) == 0 {
		if faults, err = m.check(r.Line, l); err != nil {
			return nil, err
		}
	}
	if len(faults) > 0 {
		for _, f := range faults {
			m.fault(f)
		}
		m.result.Wrong++
		return nil, nil
	}
	return m.rows(r.Line, before, price, l)
}

// held is an article as it is, and the line that changes nothing of it.
func (m *importing) held(sku catalogue.SKU) (before wire.GoodCard, price *catalogue.Price, l line, err error) {
	if before, _, err = readCard(m.q, sku); err != nil {
		return before, nil, l, err
	}
	if price, err = chainPrice(m.q, sku, m.at); err != nil {
		return before, nil, l, err
	}
	l.card = before
	if price != nil {
		l.price, l.least = price.Amount, price.Min
	}
	return before, price, l, nil
}

// twice finds what another line of the file has too.
func (m *importing) twice(r intake.Row, card wire.GoodCard) (faults []wire.ImportFault) {
	ask := func(seen intake.Once, column, key, value string) {
		if first, twice := seen.Twice(key, r.Line); twice && first != r.Line {
			faults = append(faults, wire.ImportFault{Line: r.Line, Column: column, Code: wire.ProblemTwice, Value: value, Other: first})
		}
	}
	sku := string(card.Product.SKU)
	if sku != "" {
		ask(m.seen, "sku", sku, sku)
	}
	if plu := card.Product.PLU; plu != "" {
		ask(m.plus, "plu", strings.TrimLeft(plu, "0"), plu)
	}
	for _, code := range card.Barcodes {
		ask(m.codes, "barcodes", code.GTIN, code.GTIN)
	}
	return faults
}

// check holds a line against the rules of a card.
func (m *importing) check(n int, l line) (faults []wire.ImportFault, err error) {
	list, err := problems(m.q, l.card)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		faults = append(faults, wire.ImportFault{Line: n, Column: fieldColumn(p.Field), Code: p.Code, Value: p.Value})
	}
	if l.least > l.price {
		faults = append(faults, wire.ImportFault{Line: n, Column: "min_price", Code: wire.ProblemRange, Value: l.price.Format(m.currency)})
	}
	return faults, nil
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
func (m *importing) rows(n int, before wire.GoodCard, price *catalogue.Price, l line) ([]refdata.Row, error) {
	fresh := before.Tag == ""
	after := catalogue.Price{SKU: l.card.Product.SKU, From: m.at, Amount: l.price, Min: l.least}
	shown := price
	if l.price > 0 {
		shown = &after
	}
	edits := []wire.ImportEdit{}
	for i, c := range columns {
		was, is := c.write(before, price, m.currency), c.write(l.card, shown, m.currency)
		if m.table.Has(c.name) && i > 0 && was != is {
			edits = append(edits, wire.ImportEdit{Column: c.name, Before: was, After: is})
		}
	}
	alike := m.like(l.card.Product.SKU, fresh)
	if !fresh && len(edits) == 0 {
		m.result.Same++
		return nil, nil
	}
	if fresh {
		m.result.New++
	} else {
		m.result.Changed++
	}
	m.tell(wire.ImportRow{Line: n, SKU: l.card.Product.SKU, Name: l.card.Product.Name, New: fresh, Edits: edits, Like: alike,
		Far: price != nil && far(price.Amount, l.price)})
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

// tell keeps a change for people to see: first of all those that they should
// look at twice.
func (m *importing) tell(row wire.ImportRow) {
	if row.Like != "" || row.Far {
		m.result.Warnings++
		at := slices.IndexFunc(m.result.Changes, func(r wire.ImportRow) bool { return r.Like == "" && !r.Far })
		if at < 0 {
			at = len(m.result.Changes)
		}
		m.result.Changes = slices.Insert(m.result.Changes, at, row)
	} else if len(m.result.Changes) < rowsTold {
		m.result.Changes = append(m.result.Changes, row)
	}
	m.result.Changes = m.result.Changes[:min(len(m.result.Changes), rowsTold)]
}

// like returns another article that people may take a new one for.
func (m *importing) like(sku catalogue.SKU, fresh bool) catalogue.SKU {
	if !fresh {
		return ""
	}
	other, found := m.alike[likeness(string(sku))]
	if !found {
		m.alike[likeness(string(sku))] = sku
	}
	return other
}

var sameShape = strings.NewReplacer("А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "У", "Y", "Х", "X", "Ё", "E")

// likeness is what an article's number comes to when zeros before it, decimals
// that a spreadsheet adds, blanks, dashes, case and alphabet do not count.
func likeness(sku string) string {
	sku = sameShape.Replace(strings.ToUpper(sku))
	if whole, part, cut := strings.Cut(strings.ReplaceAll(sku, ",", "."), "."); cut && strings.Trim(part, "0") == "" {
		sku = whole
	}
	sku = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, sku)
	return cmp.Or(strings.TrimLeft(sku, "0"), "0")
}

// farTimes is how many times a price may become larger or smaller unasked.
const farTimes = 10

// far reports whether a price is so far off the last one that a decimal sign may
// be in another place.
func far(was, is money.Amount) bool {
	return was > 0 && is > 0 && (is/farTimes >= was || was/farTimes >= is)
}

// codeFault says what is wrong with the form of a barcode, and how it may have
// been before a spreadsheet took it for a number.
func codeFault(code string) (problem, offer string) {
	switch {
	case rounded(code):
		return wire.ProblemRounded, code
	case strings.Trim(code, "0123456789") != "":
		if len(code) < codeMin {
			return wire.ProblemLength, code
		}
		return "", ""
	case len(code) == 14 || len(code) == 8 || len(code) == 12 || len(code) == 13:
		if !barcode.Valid(code) {
			return wire.ProblemCheck, code
		}
		return "", ""
	}
	for _, length := range []int{8, 12, 13, 14} {
		if missing := length - len(code); missing > 0 && missing <= 3 && barcode.Valid(code) {
			return wire.ProblemZeros, strings.Repeat("0", missing) + code
		}
	}
	return wire.ProblemLength, code
}

// codeMin is the shortest code that is not a number.
const codeMin = 3

// rounded reports whether a text is what a spreadsheet makes of a long number:
// 4,60123E+12, 4601234567893.0.
func rounded(text string) bool {
	upper := strings.ToUpper(text)
	if mantissa, power, is := strings.Cut(upper, "E+"); is {
		return digitsOnly(strings.NewReplacer(",", "", ".", "").Replace(mantissa)) && digitsOnly(power)
	}
	whole, part, is := strings.Cut(strings.ReplaceAll(upper, ",", "."), ".")
	return is && digitsOnly(whole) && strings.Trim(part, "0") == ""
}

func digitsOnly(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
