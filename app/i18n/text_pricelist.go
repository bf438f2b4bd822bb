package i18n

// Promotions at the manager's desk: what the form learned later.
var (
	PromoMarks    = Say("Codes of markdown labels", "Коды наклеек уценки")
	PromoMark     = Say("label {code}", "наклейка {code}")
	PromoLimitAll = Say("In all receipts at most", "Всего не больше")
	CouponCode    = Say("Code", "Код купона")
	CouponLength  = Say("Length of a code", "Длина кода")
	CouponIssued  = Say("How many codes", "Сколько кодов")
)
