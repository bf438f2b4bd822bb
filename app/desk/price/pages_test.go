package price

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	"tillsight/shared/syncproto"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			syncproto.PathProducts: syncproto.Products{Products: []syncproto.PricedProduct{
				{Product: catalogue.Product{SKU: "100", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}}, Price: &catalogue.Price{SKU: "100", Amount: 89_90}}}, More: true},
			syncproto.PathPriceLists: syncproto.PriceLists{
				Lists:       []syncproto.PriceList{{List: pricing.List{ID: "night", Name: catalogue.Text{RU: "Ночь", EN: "Night"}}, Prices: 3}},
				Regulations: []syncproto.Regulation{{Regulation: pricing.Regulation{ID: "milk", Name: catalogue.Text{RU: "Молоко", EN: "Milk at most"}, Max: 90_00}, Above: 2}},
			},
		},
		Shows: map[string]string{"/manager/prices": "89.90", "/manager/price-lists": "Milk at most"},
	})
}
