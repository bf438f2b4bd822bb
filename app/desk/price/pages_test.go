package price

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			wire.GetProducts.Path: wire.Products{Products: []wire.PricedProduct{
				{Product: catalogue.Product{SKU: "100", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}},
					Price: &catalogue.Price{SKU: "100", Amount: 89_90}}}, More: true},
			wire.GetPriceLists.Path: wire.PriceLists{
				Lists: []wire.PriceList{{List: pricing.List{ID: "night", Name: catalogue.Text{RU: "Ночь", EN: "Night"}}, Prices: 3}},
				Regulations: []wire.Regulation{{Regulation: pricing.Regulation{ID: "milk", Name: catalogue.Text{RU: "Молоко", EN: "Milk at most"},
					Max: 90_00}, Above: 2}},
			},
		},
		Shows: map[string]string{"/manager/prices": "89.90", "/manager/price-lists": "Milk at most"},
	})
}
