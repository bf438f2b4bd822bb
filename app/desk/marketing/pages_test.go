package marketing

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
			wire.GetPromotions.Path: wire.Promotions{
				Promotions: []wire.Promotion{{Rule: pricing.Rule{ID: "milk", Version: 2, Name: catalogue.Text{RU: "Молочная неделя", EN: "Milk week"},
					Kind: pricing.LineRule, Goods: pricing.Goods{Categories: []string{"dairy"}}, Off: pricing.Off{BP: 1250}}}},
				Categories: []catalogue.Category{{ID: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}}},
			},
			wire.GetAlarms.Path: []wire.Alarm{{Reason: wire.AlarmPrice, At: kittest.Sunday.UnixMilli(), Number: "1-1-7", Name: "Milk", Found: 89_90,
				Expected: -1}},
		},
		Shows: map[string]string{"/manager/promotions": "Milk week"},
	})
}
