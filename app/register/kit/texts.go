package kit

import (
	"strings"

	"tillsight/app/i18n"
)

// Elements that are painted past the framework.
const (
	PaneID   = "receipt"
	LinesID  = "lines"
	NumberID = "receipt-number"
	CountID  = "receipt-count"
	TaxID    = "tax"
	PromptID = "prompt"
	SavedID  = "saved"
	PromosID = "promos"
	TotalID  = "total"
)

// Texts are the texts around the lines, by element.
func (b *Basket) Texts() map[string]string {
	texts := map[string]string{
		NumberID: b.words.Lang.T(i18n.NewReceipt),
		CountID:  b.words.Lang.T(i18n.Positions, "n", b.Count),
		TaxID:    "",
		PromptID: b.prompt(),
		SavedID:  "",
		PromosID: b.promos(),
		TotalID:  b.words.Sum(b.Total),
	}
	if b.Open() {
		texts[NumberID] = b.words.Lang.T(i18n.ReceiptNo, "number", b.Number)
	}
	if b.vat != 0 {
		texts[TaxID] = b.words.Lang.T(i18n.VATIncluded, "sum", b.words.Sum(b.vat))
	}
	if b.Discount != 0 {
		texts[SavedID] = b.words.Lang.T(i18n.Saved, "sum", b.words.Sum(b.Discount))
	}
	return texts
}

// promos tells once what the promotions of the whole receipt take off.
func (b *Basket) promos() string {
	var told []string
	for _, s := range b.wide.saved(b.Saved) {
		told = append(told, shortName(s.Name.In(string(b.words.Lang)))+" "+b.words.Lang.Money(-s.Amount, b.words.Currency()))
	}
	return strings.Join(told, " · ")
}

// prompt is what both sides of the counter read: what is nearly reached, and by
// which promotion.
func (b *Basket) prompt() string {
	if len(b.Prompts) == 0 {
		return ""
	}
	p := b.Prompts[0]
	return b.words.OfferText(p) + " · " + p.Name.In(string(b.words.Lang))
}
