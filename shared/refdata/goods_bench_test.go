package refdata

import (
	"testing"

	"tillsight/shared/catalogue"
)

// A manager's list of 100 000 articles: the first page, sorted by price, and a
// word that many have.
func BenchmarkListGoods(b *testing.B) {
	db := filled(b)
	for name, query := range map[string]catalogue.GoodsQuery{
		"first":  {Limit: 100},
		"deep":   {Limit: 100, Offset: 90_000},
		"price":  {Limit: 100, Sort: catalogue.ByPrice, Desc: true},
		"search": {Limit: 100, Text: "молоко"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ListGoods(db, query, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
