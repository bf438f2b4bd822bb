package pricelist

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/syncproto"
)

// RowsMax limits the rows of one change.
const RowsMax = 50_000

// parse reads lines of an article number or barcode and a price, separated by a
// semicolon, a tabulator, a comma or spaces: "4601234567893;89,90". A price of
// "-" ends it. Words in the first line are a heading. What can't be read is a
// row with a problem.
func parse(text string) ([]syncproto.ListPriceRow, error) {
	var rows []syncproto.ListPriceRow
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if len(rows) == RowsMax {
			return nil, errcode.New(errcode.TooLarge, "pricelist.parse", fmt.Errorf("more than %d rows", RowsMax))
		}
		row := parseLine(line)
		if row.Problem != "" && n == 1 && strings.IndexFunc(line, unicode.IsDigit) < 0 {
			continue
		}
		row.Line = n
		rows = append(rows, row)
	}
	return rows, nil
}

// parseLine reads one line: the first field is the article, the last the price,
// so that a name between them does no harm.
func parseLine(line string) syncproto.ListPriceRow {
	fields := split(line)
	if len(fields) < 2 || fields[0] == "" || len(fields[0]) > 100 {
		return syncproto.ListPriceRow{Code: short(line), Problem: syncproto.RowBroken}
	}
	row := syncproto.ListPriceRow{Code: fields[0]}
	price := fields[len(fields)-1]
	if price == "-" || price == "—" {
		row.Ended = true
		return row
	}
	amount, ok := readPrice(price)
	if !ok {
		row.Problem = syncproto.RowBroken
		return row
	}
	row.Amount = amount
	return row
}

// split separates the fields of a line by the strongest separator that is in it.
func split(line string) []string {
	var fields []string
	switch {
	case strings.Contains(line, ";"):
		fields = strings.Split(line, ";")
	case strings.Contains(line, "\t"):
		fields = strings.Split(line, "\t")
	case strings.Count(line, ",") == 1 || strings.Count(line, ",") == 2 && !strings.Contains(line, " "):
		fields = strings.SplitN(line, ",", 2) // a second comma is the price's
	default:
		fields = strings.Fields(line)
	}
	for i := range fields {
		fields[i] = strings.Trim(strings.TrimSpace(fields[i]), `"`)
	}
	for len(fields) > 2 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	return fields
}

// readPrice reads "1 289,90", "1289.9" and "89": at most two decimals.
func readPrice(text string) (money.Amount, bool) {
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c) || c == '\u00a0' || c == '\u202f' || c == '₽':
			return -1
		case c == ',':
			return '.'
		}
		return c
	}, text)
	if text == "" || !isDecimal(text) {
		return 0, false
	}
	amount, err := money.Parse(text, money.RUB)
	return amount, err == nil && amount >= 0
}

// isDecimal reports whether text is digits with a point among them at most.
func isDecimal(text string) bool {
	whole, part, _ := strings.Cut(text, ".")
	_, err := strconv.ParseUint(whole+part, 10, 63)
	return err == nil && whole != "" && len(part) <= 2
}

func short(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 40)])
}

// worst puts rows with problems first, bad ones before warnings.
func worst(rows []syncproto.ListPriceRow) {
	rank := func(r syncproto.ListPriceRow) int {
		switch {
		case r.Problem == "":
			return 2
		case warning(r.Problem):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(rows, func(a, b syncproto.ListPriceRow) int { return rank(a) - rank(b) })
}

// warning reports whether a row is written in spite of its problem.
func warning(problem string) bool {
	return problem == syncproto.RowDearer || problem == syncproto.RowNoShelf
}
