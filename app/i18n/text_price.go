package i18n

// Price lists, regulated prices and prompts at the till.
var (
	CustomerUnknown  = Say("Card {card}", "Карта {card}")
	CardRemove       = Say("Take the card off the receipt", "Убрать карту из чека")
	CardRemoved      = Say("The card is off the receipt.", "Карта убрана из чека.")
	CouponRemove     = Say("Take coupon {code} back", "Убрать купон {code}")
	CouponRemoved    = Say("Coupon {code} is off the receipt.", "Купон {code} убран из чека.")
	RepricedBy       = Say("“{names}”: {n} price is another, {sum}|“{names}”: {n} prices are others, {sum}", "«{names}»: изменилась {n} цена, {sum}|«{names}»: изменились {n} цены, {sum}|«{names}»: изменилось {n} цен, {sum}")
	RepricedBack     = Say("Without the card: {n} price is another, {sum}|Without the card: {n} prices are others, {sum}", "Без карты: изменилась {n} цена, {sum}|Без карты: изменились {n} цены, {sum}|Без карты: изменилось {n} цен, {sum}")
	InsteadOf        = Say("instead of {sum}", "вместо {sum}")
	PriceRegulated   = Say("regulated price", "регулируемая цена")
	PriceOnPack      = Say("highest price on the pack", "МРЦ с упаковки")
	WhyShelf         = Say("Price on the shelf", "Цена на полке")
	WhyListApplied   = Say("This list counts: {sum}", "Действует: {sum}")
	WhyListLostShelf = Say("{sum}: the shelf's price is lower", "{sum}: на полке дешевле")
	WhyListLost      = Say("{sum}: “{name}” counts", "{sum}: действует «{name}»")
	WhyListCustomer  = Say("{sum}: for other customers, or the card was not shown", "{sum}: для других покупателей или карта не предъявлена")
	WhyListTime      = Say("{sum}: not on this day or at this hour", "{sum}: не в этот день или час")
	WhyListStore     = Say("{sum}: not in this store", "{sum}: не в этом магазине")
	WhyLawMin        = Say("not below {sum}", "не ниже {sum}")
	WhyLawMax        = Say("not above {sum}", "не выше {sum}")
	WhyLawFixed      = Say("no discounts", "без скидок")
	WhyAllUsed       = Say("All that there were have been given", "Лимит акции исчерпан")

	OfferFree   = Say("free", "бесплатно")
	OfferFor    = Say("for {sum}", "за {sum}")
	OfferEvery  = Say("{n} more — and every {nth} {off}", "Ещё {n} шт. — и каждый {nth}-й {off}")
	OfferSome   = Say("{n} more — and {get} of {of} {off}", "Ещё {n} шт. — и {get} из {of} {off}")
	OfferBundle = Say("{n} more — and the set {off}", "Ещё {n} шт. — и набор {off}")
	OfferPieces = Say("{n} more — {off}", "Ещё {n} шт. — {off}")
	OfferSum    = Say("{sum} more — and {off}", "Ещё на {sum} — и {off}")
	OfferGift   = Say("{sum} more — and a gift", "Ещё на {sum} — и подарок")
	PaperOffer  = Say("Next time: {offer}", "В следующий раз: {offer}")
	PaperShelf  = Say("Price without the card {sum}", "Цена без карты {sum}")
)

// Nth writes which one of a row: 2nd in English; in Russian the noun's ending is
// the sentence's.
func (l Lang) Nth(n int) string {
	text := l.Int(int64(n))
	if l != EN {
		return text
	}
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return text + "th"
	case n%10 == 1:
		return text + "st"
	case n%10 == 2:
		return text + "nd"
	case n%10 == 3:
		return text + "rd"
	}
	return text + "th"
}
