package kit

import (
	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// OfferText tells the customer what is nearly reached: one more and the third is
// free. The promotion's name follows, for the cashier.
func (w *Words) OfferText(p bridge.Prompt) string {
	l, off := w.Lang, w.offText(p.Off)
	switch {
	case p.Kind == pricing.MultiRule && p.Get == 1:
		return l.T(i18n.OfferEvery, "n", int(p.Pieces), "nth", l.Nth(p.Of), "off", off)
	case p.Kind == pricing.MultiRule:
		return l.T(i18n.OfferSome, "n", int(p.Pieces), "get", p.Get, "of", p.Of, "off", off)
	case p.Kind == pricing.BundleRule:
		return l.T(i18n.OfferBundle, "n", int(p.Pieces), "off", off)
	case p.Kind == pricing.GiftRule && p.Sum > 0:
		return l.T(i18n.OfferGift, "sum", w.Sum(money.Amount(p.Sum)))
	case p.Sum > 0:
		return l.T(i18n.OfferSum, "sum", w.Sum(money.Amount(p.Sum)), "off", off)
	}
	return l.T(i18n.OfferPieces, "n", int(p.Pieces), "off", off)
}

// offText writes a discount: free, −30 %, −100 ₽, for 1 ₽.
func (w *Words) offText(o pricing.Off) string {
	switch {
	case o.Price != nil && *o.Price > 0:
		return w.Lang.T(i18n.OfferFor, "sum", w.Sum(*o.Price))
	case o.Price != nil || o.BP >= 10000:
		return w.Lang.T(i18n.OfferFree)
	case o.Amount > 0:
		return w.Sum(-o.Amount)
	}
	return i18n.Minus + w.Lang.Percent(o.BP)
}
