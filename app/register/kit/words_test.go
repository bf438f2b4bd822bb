package kit

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

func TestOffersInTheCustomersWords(t *testing.T) {
	rouble := money.Amount(1_00)
	for _, tt := range []struct {
		lang   i18n.Lang
		prompt bridge.Prompt
		want   string
	}{
		{i18n.EN, bridge.Prompt{Kind: pricing.MultiRule, Pieces: 1, Of: 3, Get: 1, Off: pricing.Off{BP: 10000}}, "1 more — and every 3rd free"},
		{i18n.RU, bridge.Prompt{Kind: pricing.MultiRule, Pieces: 1, Of: 3, Get: 1, Off: pricing.Off{BP: 10000}}, "Ещё 1 шт. — и каждый 3-й бесплатно"},
		{i18n.RU, bridge.Prompt{Kind: pricing.MultiRule, Pieces: 1, Of: 2, Get: 1, Off: pricing.Off{Price: &rouble}}, "Ещё 1 шт. — и каждый 2-й за 1,00 ₽"},
		{i18n.EN, bridge.Prompt{Kind: pricing.MultiRule, Pieces: 1, Of: 4, Get: 2, Off: pricing.Off{BP: 5000}}, "1 more — and 2 of 4 −50 %"},
		{i18n.RU, bridge.Prompt{Kind: pricing.BundleRule, Pieces: 1, Off: pricing.Off{BP: 1500}}, "Ещё 1 шт. — и набор −15 %"},
		{i18n.RU, bridge.Prompt{Kind: pricing.ReceiptRule, Sum: 120_00, Off: pricing.Off{BP: 500}}, "Ещё на 120,00 ₽ — и −5 %"},
		{i18n.EN, bridge.Prompt{Kind: pricing.GiftRule, Sum: 120_00, Off: pricing.Off{BP: 10000}}, "120.00 ₽ more — and a gift"},
	} {
		w := &Words{Lang: tt.lang}
		if got := w.OfferText(tt.prompt); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

func TestPriceReasons(t *testing.T) {
	w := &Words{Lang: i18n.RU}
	for _, tt := range []struct {
		choice bridge.PriceChoice
		want   string
	}{
		{bridge.PriceChoice{Why: pricing.WhyApplied, Price: 80_00}, "Действует: 80,00 ₽"},
		{bridge.PriceChoice{Why: pricing.WhyLost, Price: 80_00, By: catalogue.Text{RU: "Золото"}}, "80,00 ₽: действует «Золото»"},
		{bridge.PriceChoice{Why: pricing.WhyLost, Price: 95_00}, "95,00 ₽: на полке дешевле"},
		{bridge.PriceChoice{Why: pricing.WhyCustomer, Price: 80_00}, "80,00 ₽: для других покупателей или карта не предъявлена"},
		{bridge.PriceChoice{Regulation: true, Min: 409_00, Fixed: true}, "регулируемая цена: не ниже 409,00 ₽, без скидок"},
	} {
		if got := w.priceReason(tt.choice); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
