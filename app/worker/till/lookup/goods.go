package lookup

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/refdata"
)

// Goods is the Catalogue in the register's copy of the reference data.
type Goods struct {
	Copy  refdata.Querier
	Store string
	At    int64 // unix ms of the prices
}

// ProductByCode implements Catalogue.
func (g Goods) ProductByCode(key string) (refdata.Item, bool, error) {
	return refdata.ProductByCode(g.Copy, key, g.Store, g.At)
}

// ProductByPLU implements Catalogue.
func (g Goods) ProductByPLU(number string) (refdata.Item, bool, error) {
	return refdata.ProductByPLU(g.Copy, number, g.Store, g.At)
}

// ProductBySKU implements Catalogue.
func (g Goods) ProductBySKU(sku catalogue.SKU) (refdata.Item, bool, error) {
	return refdata.ProductBySKU(g.Copy, sku, g.Store, g.At)
}

// SKUsOfPLU implements Catalogue.
func (g Goods) SKUsOfPLU(number string) ([]string, error) { return refdata.SKUsOfPLU(g.Copy, number) }

// CustomerByCard implements Catalogue.
func (g Goods) CustomerByCard(card string) (refdata.Card, bool, error) {
	return refdata.CustomerByCard(g.Copy, card)
}
