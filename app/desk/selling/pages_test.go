package selling

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/ban"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/document"
	"tillsight/shared/shelflife"
	wire "tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			wire.GetQuickKeys.Path: wire.QuickKeys{Groups: []wire.KeyGroup{{ID: "g", Name: catalogue.Text{RU: "Хлеб", EN: "Bread"},
				Keys: []wire.Key{{SKU: "7", Name: catalogue.Text{RU: "Батон", EN: "Loaf"}, Amount: 45_00}, {SKU: "8", Gone: true}}}}},
			wire.GetMasks.Path: wire.Masks{Masks: []barcode.Mask{{Pattern: "21AAAAAQQQQQC", Kind: barcode.Weight}},
				Samples: []barcode.Sample{{Code: "2100123007509"}}},
			wire.Ban.List().Path: []document.Document[ban.Rule]{{Key: "night", Version: 1,
				Body: ban.Rule{ID: "night", Name: catalogue.Text{RU: "Ночью", EN: "At night"}, Categories: []string{"beer"}, Days: []int{6, 7},
					Dates: []string{"09-01"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}, Stores: []string{"1"}}}},
			wire.GetBanOptions.Path: wire.BanOptions{Categories: []catalogue.Category{{ID: "beer", Name: catalogue.Text{RU: "Пиво", EN: "Beer"}}}},
			wire.GetShelfLives.Path: wire.ShelfLives{Rules: []shelflife.Rule{{Category: "beer", Refuse: 1, Hint: 3, MarkdownBP: 30_00}}},
			wire.GetSelling.Path:    wire.Selling{SeniorsWeigh: true},
		},
		Shows: map[string]string{"/manager/quick-keys": "Loaf", "/manager/barcodes": "21AAAAAQQQQQC", "/manager/rules": "At night"},
	})
}
