package pricelist

import (
	"slices"
	"unicode/utf8"

	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// RowsMax limits the rows of one change.
const RowsMax = 50_000

var (
	article = intake.Column{Name: "article", Words: []string{"артикул", "sku", "barcode", "штрихкод", "код"}}
	price   = intake.Column{Name: "price", Words: []string{"цена"}}
)

// parse reads lines of an article number or barcode and a price, as intake.Pairs
// does: "4601234567893;89,90". A price of "-" ends it. What can't be read is a row
// with a problem.
func parse(text string, c money.Currency) ([]wire.ListPriceRow, error) {
	pairs, err := intake.Pairs([]byte(text), article, price, RowsMax)
	if err != nil {
		return nil, err
	}
	rows := make([]wire.ListPriceRow, 0, len(pairs))
	for _, p := range pairs {
		rows = append(rows, rowOf(p, c))
	}
	return rows, nil
}

func rowOf(p intake.Pair, c money.Currency) wire.ListPriceRow {
	row := wire.ListPriceRow{Line: p.Line, Code: p.First}
	switch {
	case p.Fault == intake.Unclear:
		row.Problem = wire.RowUnclear
		return row
	case p.Fault != "" || utf8.RuneCountInString(p.First) > codeMax:
		row.Code, row.Problem = intake.Shown(p.First), wire.RowBroken
		return row
	case p.Second == "-" || p.Second == "—":
		row.Ended = true
		return row
	}
	amount, err := money.Parse(p.Second, c)
	switch errcode.Of(err) {
	case "":
		row.Amount = amount
	case errcode.NumberDecimals, errcode.NumberUnclear:
		row.Problem = wire.RowUnclear
	default:
		row.Problem = wire.RowBroken
	}
	return row
}

// codeMax limits an article's number or barcode, in characters.
const codeMax = 100

// worst puts rows with problems first, bad ones before warnings.
func worst(rows []wire.ListPriceRow) {
	rank := func(r wire.ListPriceRow) int {
		switch {
		case r.Problem == "":
			return 2
		case warning(r.Problem):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(rows, func(a, b wire.ListPriceRow) int { return rank(a) - rank(b) })
}

// warning reports whether a row is written in spite of its problem.
func warning(problem string) bool {
	return problem == wire.RowDearer || problem == wire.RowNoShelf || problem == wire.RowFar
}
