package marketing

import (
	"strconv"
	"strings"

	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

var promotionStates = []promotionState{promoActive, promoPlanned, promoEnded}

var stateName = map[promotionState]*i18n.Message{promoActive: i18n.PromoActive, promoPlanned: i18n.PromoPlanned,
	promoEnded: i18n.PromoEnded}

var promotionKindName = map[promotionKind]*i18n.Message{
	promoPercent: i18n.KindPercent, promoAmount: i18n.KindAmount, promoPrice: i18n.KindPrice, promoMulti: i18n.KindMulti,
	promoNth:      i18n.KindNth,
	promoCheapest: i18n.KindCheapest, promoBundle: i18n.KindBundle, promoThreshold: i18n.KindThreshold, promoGift: i18n.KindGift,
	promoMarkdown: i18n.KindMarkdown,
}

// kindText says in short what a rule does.
func kindText(r pricing.Rule, l i18n.Lang, c money.Currency) string {
	switch r.Kind {
	case pricing.MultiRule:
		if r.Off != (pricing.Off{}) {
			return l.T(i18n.PromoEvery) + " " + strconv.Itoa(r.Buy+r.Get) + ": " + offText(r.Off, l, c)
		}
		return strconv.Itoa(r.Buy) + " + " + strconv.Itoa(r.Get)
	case pricing.BundleRule:
		return l.T(i18n.KindBundle) + ": " + offText(r.Off, l, c)
	case pricing.ReceiptRule:
		var steps []string
		for _, step := range r.Steps {
			steps = append(steps, l.T(i18n.StepFrom, "sum", l.Sum(step.From, c), "off", offText(step.Off, l, c)))
		}
		return strings.Join(steps, ", ")
	case pricing.GiftRule:
		return l.T(i18n.PromoGift) + ": " + l.Sum(r.From, c)
	}
	return offText(r.Off, l, c)
}

// offText says what is taken off.
func offText(o pricing.Off, l i18n.Lang, c money.Currency) string {
	switch {
	case o.Price != nil:
		return l.T(i18n.PromoPriceIs) + " " + l.Sum(*o.Price, c)
	case o.Amount != 0:
		return i18n.Minus + l.Sum(o.Amount, c)
	}
	return i18n.Minus + l.Percent(o.BP)
}
