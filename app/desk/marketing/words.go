package marketing

import (
	"strconv"
	"strings"

	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

var promotionStates = []promotionState{promoActive, promoPlanned, promoEnded}

var stateName = map[promotionState]*i18n.Message{promoActive: promoStateActive, promoPlanned: promoStatePlanned,
	promoEnded: promoStateEnded}

var promotionKindName = map[promotionKind]*i18n.Message{
	promoPercent: kindPercent, promoAmount: kindAmount, promoPrice: kindPrice, promoMulti: kindMulti,
	promoNth:      kindNth,
	promoCheapest: kindCheapest, promoBundle: kindBundle, promoThreshold: kindThreshold, promoGift: kindGift,
	promoMarkdown: kindMarkdown,
}

// kindText says in short what a rule does.
func kindText(r pricing.Rule, l i18n.Lang, c money.Currency) string {
	switch r.Kind {
	case pricing.MultiRule:
		if r.Off != (pricing.Off{}) {
			return l.T(promoEvery) + " " + strconv.Itoa(r.Buy+r.Get) + ": " + offText(r.Off, l, c)
		}
		return strconv.Itoa(r.Buy) + " + " + strconv.Itoa(r.Get)
	case pricing.BundleRule:
		return l.T(kindBundle) + ": " + offText(r.Off, l, c)
	case pricing.ReceiptRule:
		var steps []string
		for _, step := range r.Steps {
			steps = append(steps, l.T(stepFrom, "sum", l.Sum(step.From, c), "off", offText(step.Off, l, c)))
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
