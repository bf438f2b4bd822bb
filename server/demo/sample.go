package demo

import (
	"fmt"
	"slices"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/refdata"
	"tillsight/shared/tax"
)

// SampleSize is about how many articles a new chain may begin with.
const SampleSize = 200

// Sample returns goods to try a new chain with: articles with codes, categories,
// quick keys, masks of labels, and prices of the whole chain from a moment on.
// What is of a tax class that the chain has no rate for is of the first of classes.
func Sample(classes []tax.Class, from time.Time) ([]refdata.Row, error) {
	if len(classes) == 0 {
		return nil, fmt.Errorf("no class of tax")
	}
	m, err := load()
	if err != nil {
		return nil, err
	}
	var rows []refdata.Row
	for _, mask := range masks {
		rows = append(rows, refdata.Row{Table: refdata.Masks, Value: mask})
	}
	for _, c := range m.categories {
		rows = append(rows, refdata.Row{Table: refdata.Categories, Value: c.Category})
	}
	list := m.assortment(1, SampleSize)
	for _, a := range list {
		if !slices.Contains(classes, a.Tax) {
			a.Tax = classes[0]
		}
		rows = append(rows, refdata.Row{Table: refdata.Products, Value: a.Product})
		for _, code := range a.codes {
			rows = append(rows, refdata.Row{Table: refdata.Barcodes, Value: code})
		}
		rows = append(rows, refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: a.SKU, From: from.UnixMilli(),
			Amount: a.base, Cost: a.base * 3 / 4}})
	}
	for _, row := range quickKeyRows(list, m) {
		if key, ok := row.Value.(catalogue.QuickKey); ok && key.SKU == "" {
			continue // a kind that so few goods do not have
		}
		rows = append(rows, row)
	}
	return append(rows, saleRuleRows()...), nil
}
