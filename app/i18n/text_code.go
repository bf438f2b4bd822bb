package i18n

import (
	"tillsight/shared/barcode"
)

// How a code is read: at the till and in the barcode lab.
var (
	ActCode      = Say("What is this code", "Что это за код")
	CodeWhat     = Say("What is this code", "Что это за код")
	CodeWhatHow  = Say("Scan or type any code: nothing is sold.", "Отсканируйте или введите любой код: ничего не продаётся.")
	CodeField    = Say("Code", "Код")
	CodeRead     = Say("Read", "Прочитать")
	CodeGiven    = Say("As it came", "Как пришёл")
	CodeShown    = Say("As it is read", "Как прочитан")
	CodeForm     = Say("Looks like", "Похож на")
	CodeKind     = Say("Read as", "Прочитан как")
	CodeGTIN     = Say("GTIN", "GTIN")
	CodeArticle  = Say("Article in the label", "Артикул в этикетке")
	CodeQuantity = Say("Quantity", "Количество")
	CodeSum      = Say("Sum", "Сумма")
	CodeExpires  = Say("Use by", "Годен до")
	CodeBatch    = Say("Batch", "Партия")
	CodeSerial   = Say("Serial number", "Серийный номер")
	CodeLimit    = Say("Highest retail price", "Максимальная розничная цена")
	CodeCheck    = Say("Check digit", "Контрольная цифра")
	CodeCheckOK  = Say("{have}, right", "{have}, верна")
	CodeCheckBad = Say("{have}, should be {want}", "{have}, должна быть {want}")
	CodeMask     = Say("Mask", "Маска")
	CodeParts    = Say("Its parts", "Её части")
	CodeRest     = Say("Not understood", "Не разобрано")
	CodeSplit    = Say("Several codes at once", "Несколько кодов подряд")
	CodeProduct  = Say("Product", "Товар")
	CodeFactor   = Say("One scan counts", "Один скан — это")
	CodeIsCard   = Say("Loyalty card", "Карта покупателя")
	CodeIsCoupon = Say("Coupon", "Купон")
)

// Kinds says what a code turned out to be.
var Kinds = map[barcode.Kind]*Message{
	barcode.GTIN: Say("number of a product", "номер товара"), barcode.Weight: Say("label with a weight", "весовая этикетка"),
	barcode.Pieces: Say("label with a count", "штучная этикетка"), barcode.Price: Say("label with a sum", "этикетка с суммой"),
	barcode.Card: Say("loyalty card", "карта покупателя"), barcode.GS1: Say("GS1 element string", "элементы GS1"),
	barcode.PLU: Say("short number (PLU)", "короткий номер (PLU)"), barcode.Tobacco: Say("pack of tobacco", "пачка табака"),
	barcode.Markdown: Say("markdown label", "этикетка с уценкой"), barcode.Other: Say("own code", "собственный код"),
}

// Forms says what a code looks like where its name is no name of the trade.
var Forms = map[barcode.Form]*Message{
	barcode.FormTobacco: Say("DataMatrix of a pack of tobacco", "DataMatrix с пачки табака"), barcode.FormLabel: Say("the store’s own label", "этикетка магазина"),
	barcode.FormNumber: Say("a number", "число"), barcode.FormText: Say("a text", "текст"), barcode.FormGS1: Say("GS1 DataMatrix or GS1-128", "GS1 DataMatrix или GS1-128"),
}

// Mends says how a code was put right.
var Mends = map[barcode.Mend]*Message{
	barcode.MendLayout:    Say("typed under a Russian keyboard layout; put right", "набран в русской раскладке; исправлено"),
	barcode.MendSeparator: Say("GS written as something else; put right", "разделитель GS записан иначе; исправлено"),
	barcode.MendBrackets:  Say("written with brackets; put right", "записан со скобками; исправлено"),
	barcode.MendLost:      Say("the scanner left GS out; put back by the lengths", "сканер потерял разделитель GS; восстановлен по длинам"),
	barcode.MendBlanks:    Say("written in groups of digits; joined", "записан группами цифр; соединён"),
}

// Letters says what a letter of a mask stands for.
var Letters = map[string]*Message{
	"": Say("prefix", "префикс"), "N": Say("article", "артикул"), "Q": Say("quantity", "количество"), "M": Say("sum", "сумма"),
	"P": Say("markdown", "уценка"), "V": Say("not looked at", "не проверяется"), "C": Say("check digit", "контрольная"),
}

// Identifiers names application identifiers; those of measures by their first
// three digits.
var Identifiers = map[string]*Message{
	"00": Say("number of a logistic unit (SSCC)", "номер логистической единицы (SSCC)"), "01": Say("product (GTIN)", "товар (GTIN)"),
	"02": Say("product inside (GTIN)", "товар внутри (GTIN)"), "10": Say("batch", "партия"), "11": Say("produced", "изготовлен"),
	"12": Say("due", "срок оплаты"), "13": Say("packed", "упакован"), "15": Say("best before", "лучше до"), "16": Say("sell by", "продать до"),
	"17": Say("use by", "годен до"), "20": Say("variant", "вариант"), "21": Say("serial number", "серийный номер"), "22": Say("consumer variant", "вариант товара"),
	"240": Say("additional number", "доп. номер"), "241": Say("customer’s part number", "номер у покупателя"), "30": Say("count", "количество"),
	"37": Say("count of products inside", "количество внутри"), "310": Say("net weight, kg", "масса нетто, кг"), "311": Say("length, m", "длина, м"),
	"315": Say("volume, l", "объём, л"), "330": Say("gross weight, kg", "масса брутто, кг"), "390": Say("sum to pay", "сумма"), "391": Say("sum with currency", "сумма с валютой"),
	"392": Say("sum to pay", "сумма к оплате"), "393": Say("sum with currency", "сумма к оплате с валютой"), "395": Say("price per unit", "цена за единицу"),
	"400": Say("order number", "номер заказа"), "410": Say("ship to", "получатель"), "414": Say("place", "место"),
	"7003": Say("use by, to the minute", "годен до, с точностью до минуты"), "8005": Say("price per unit", "цена за единицу"),
	"8020": Say("payment slip", "номер платёжного документа"), "90": Say("agreed between partners", "по соглашению"),
	"91": Say("verification key", "ключ проверки"), "92": Say("verification code", "код проверки"), "93": Say("verification code", "код проверки"),
}

// Identifier names an application identifier, "" for one without a name.
func (l Lang) Identifier(ai string) string {
	for n := len(ai); n >= 2; n-- {
		if m, ok := Identifiers[ai[:n]]; ok {
			return l.T(m)
		}
	}
	return ""
}

// The barcode lab at the desk.
var (
	LabRefused = Say("refused", "отказ")
)
