package kit

import (
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
)

// lineFacts are what a line says about its package, its age and its parts.
func lineFacts(line receipt.Line, lang i18n.Lang) []string {
	var facts []string
	if line.MinAge > 0 {
		facts = append(facts, lang.T(i18n.LineAge, "years", line.MinAge))
	}
	if line.Expires != "" {
		facts = append(facts, lang.T(i18n.LineUseBy, "date", lang.Date(line.Expires)))
	} else if line.Best != "" {
		facts = append(facts, lang.T(i18n.LineBest, "date", lang.Date(line.Best)))
	}
	if line.Batch != "" {
		facts = append(facts, lang.T(i18n.LineBatch, "batch", line.Batch))
	}
	if n := len(line.Parts); n > 0 {
		facts = append(facts, lang.T(i18n.LineKit, "n", n))
	}
	return facts
}

// voidText says why a line is struck through.
func voidText(reason receipt.VoidReason, lang i18n.Lang) string {
	switch reason {
	case receipt.VoidUnderAge:
		return lang.T(i18n.VoidedAge)
	case receipt.VoidBanned:
		return lang.T(i18n.VoidedBan)
	case receipt.VoidExpired:
		return lang.T(i18n.VoidedOld)
	}
	return lang.T(i18n.Voided)
}

// priceSource is what a price comes from when it is not the shelf's.
func priceSource(line receipt.Line, sources []receipt.Source, lang i18n.Lang) string {
	if line.List == "" && line.Regulated == pricing.OnPack {
		return lang.T(i18n.PriceOnPack)
	}
	for _, s := range sources {
		if line.List != "" && s.List == line.List || line.List == "" && line.Regulated != "" && s.Regulation == line.Regulated {
			return s.Name.In(string(lang))
		}
	}
	return ""
}

// insteadOf tells the shelf's price where another one counts, "" where it does.
func insteadOf(line receipt.Line, lang i18n.Lang, currency money.Currency) string {
	if line.Price == line.Shelf() || line.LabelSum != 0 {
		return ""
	}
	return lang.T(i18n.InsteadOf, "sum", lang.Money(line.Shelf(), currency))
}
