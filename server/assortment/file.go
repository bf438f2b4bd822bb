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
	"unicode"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sheet"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// column is a field of an article in a file.
type column struct {
	name  string
	other []string // names that spreadsheets of the trade use
	write func(card wire.GoodCard, price *catalogue.Price, c money.Currency) string
	read  func(text string, l *line) string // code of a problem, "" when it is right
}

// line is an article as a line of the file makes it.
type line struct {
	card  wire.GoodCard
	price money.Amount // 0: the file says none
	least money.Amount

	currency money.Currency
}

// columns of the file, in its order. The first names the article.
var columns = []column{
	{"sku", []string{"артикул", "код", "article"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return string(c.Product.SKU) }, nil},
	{"name_ru", []string{"наименование", "название", "name"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return c.Product.Name.RU },
		func(text string, l *line) string { l.card.Product.Name.RU = text; return "" }},
	{"name_en", nil, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return c.Product.Name.EN },
		func(text string, l *line) string { l.card.Product.Name.EN = text; return "" }},
	{"category", []string{"категория", "группа"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return c.Product.Category },
		func(text string, l *line) string { l.card.Product.Category = text; return "" }},
	{"unit", []string{"единица", "ед"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return string(c.Product.Unit) }, readUnit},
	{"tax", []string{"ндс"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return string(c.Product.Tax) },
		func(text string, l *line) string { l.card.Product.Tax = tax.Class(text); return "" }},
	{"plu", nil, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return c.Product.PLU },
		func(text string, l *line) string { l.card.Product.PLU = text; return "" }},
	{"picture", []string{"картинка"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return c.Product.Picture },
		func(text string, l *line) string { l.card.Product.Picture = text; return "" }},
	{"min_age", []string{"возраст"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string {
		return zeroless(c.Product.MinAge)
	}, readAge},
	{"stopped", []string{"стоп"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string {
		return flag(c.Product.Stopped)
	}, readStopped},
	{"barcodes", []string{"штрихкоды", "штрихкод", "barcode"}, func(c wire.GoodCard, _ *catalogue.Price, _ money.Currency) string { return writeCodes(c.Barcodes) }, readCodes},
	{"price", []string{"цена"}, func(_ wire.GoodCard, p *catalogue.Price, c money.Currency) string { return writeSum(p, false, c) },
		func(text string, l *line) string { return readSum(text, &l.price, l.currency) }},
	{"min_price", []string{"мин_цена", "минимальная цена"}, func(_ wire.GoodCard, p *catalogue.Price, c money.Currency) string { return writeSum(p, true, c) },
		func(text string, l *line) string { return readSum(text, &l.least, l.currency) }},
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
		return wire.ProblemFormat
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
		return wire.ProblemFormat
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
		return wire.ProblemFormat
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

// readCodes reads barcodes with what separates them in files: a bar, a comma, a
// semicolon, blanks.
func readCodes(text string, l *line) string {
	l.card.Barcodes = []catalogue.Barcode{}
	if rounded(text) {
		return wire.ProblemRounded
	}
	var parts []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == ';' || unicode.IsSpace(r) }) {
		if strings.Contains(part, "*") { // a comma is the number's
			parts = append(parts, part)
		} else {
			parts = append(parts, strings.FieldsFunc(part, func(r rune) bool { return r == ',' })...)
		}
	}
	for _, part := range parts {
		code, times, packed := strings.Cut(part, "*")
		factor := quantity.One
		if packed {
			var err error
			if factor, err = quantity.Parse(times, l.card.Product.Unit); err != nil {
				return numberProblem(err)
			}
			if factor <= 0 {
				return wire.ProblemNothing
			}
		}
		l.card.Barcodes = append(l.card.Barcodes, catalogue.Barcode{GTIN: barcode.Key(code), Factor: factor})
	}
	return ""
}

func writeSum(p *catalogue.Price, least bool, c money.Currency) string {
	if p == nil || least && p.Min == 0 {
		return ""
	}
	amount := p.Amount
	if least {
		amount = p.Min
	}
	return amount.Format(c)
}

func readSum(text string, sum *money.Amount, c money.Currency) string {
	if text == "" {
		*sum = 0
		return ""
	}
	amount, err := money.Parse(text, c)
	switch {
	case err != nil:
		return numberProblem(err)
	case amount == 0:
		return wire.ProblemNothing
	case amount > receipt.PriceMax:
		return wire.ProblemLarge
	}
	*sum = amount
	return ""
}

// numberProblem is the problem of a number that was refused.
func numberProblem(err error) string {
	switch errcode.Of(err) {
	case errcode.NumberDecimals, errcode.NumberUnclear:
		return wire.ProblemUnclear
	case errcode.NumberNegative:
		return wire.ProblemNegative
	case errcode.NumberLarge:
		return wire.ProblemLarge
	case errcode.WholeQuantity:
		return wire.ProblemWhole
	}
	return wire.ProblemFormat
}

// Export writes the assortment as a file that Import takes: UTF-8 with a mark,
// semicolons, a line for every article with the chain's price.
func (a *Assortment) Export(w io.Writer) error {
	var text bytes.Buffer // nobody who reads slowly holds the feed
	text.WriteString("\ufeff")
	file := csv.NewWriter(&text)
	file.Comma, file.UseCRLF = ';', true
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	err := file.Write(cells)
	if err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	err = a.feed.View(func(q refdata.Querier) error {
		currency, err := refdata.Currency(q)
		if err != nil {
			return err
		}
		return refdata.EachProduct(q, func(p catalogue.Product) error {
			codes, err := refdata.BarcodesOf(q, p.SKU)
			if err != nil {
				return err
			}
			price, err := chainPrice(q, p.SKU, a.now().UnixMilli())
			if err != nil {
				return err
			}
			for i, c := range columns {
				cells[i] = sheet.Guard(c.write(wire.GoodCard{Product: p, Barcodes: codes}, price, currency))
			}
			return file.Write(cells)
		})
	})
	file.Flush()
	if err := errors.Join(err, file.Error()); err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	if _, err := text.WriteTo(w); err != nil {
		return fmt.Errorf("export goods: %w", err)
	}
	return nil
}

func chainPrice(q refdata.Querier, sku catalogue.SKU, at int64) (*catalogue.Price, error) {
	price, found, err := refdata.PriceAt(q, sku, "", at)
	if err != nil || !found {
		return nil, err
	}
	return &price, nil
}
