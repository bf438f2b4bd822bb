package goods

import (
	"strings"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	wire "tillsight/shared/wire/office"
)

var goodsFields = map[string]*i18n.Message{
	"sku": goodsSKU, "name": goodsName, "name_ru": i18n.GoodsNameRU, "name_en": i18n.GoodsNameEN, "category": i18n.GoodsCategory,
	"unit": goodsUnit, "tax": goodsTax, "plu": goodsPLU, "min_age": goodsMinAge, "picture": goodsPicture,
	"stopped": goodsOnStopNow, "barcodes": goodsCodes, "parts": goodsParts, "price": goodsPrice,
	"least": fieldMinimum, "min_price": fieldMinimum, "from": goodsFrom,
}

var goodsProblems = map[string]*i18n.Message{
	wire.ProblemEmpty: faultEmpty, wire.ProblemLong: faultLong, wire.ProblemFormat: faultFormat,
	wire.ProblemTaken: faultTaken, wire.ProblemUnknown: faultUnknown, wire.ProblemCheck: faultCheck,
	wire.ProblemTwice: faultTwice, wire.ProblemRange: faultRange, wire.ProblemWhole: faultWhole,
	wire.ProblemNested: faultNested, wire.ProblemRounded: faultRounded, wire.ProblemZeros: faultZeros,
	wire.ProblemLength: faultLength, wire.ProblemUnclear: faultUnclear, wire.ProblemNegative: faultNegative,
	wire.ProblemNothing: faultNothing, wire.ProblemLarge: faultLarge,
	intake.Short: faultShort, intake.Wide: faultWide, intake.Quotes: faultQuotes, intake.Break: faultBreak,
	intake.Control: faultControl, intake.Broken: faultBroken, intake.Damaged: faultDamaged,
}

// problemOf is the problem of a field whose number was refused.
func problemOf(err error) string {
	if errcode.Of(err) == errcode.BadAmount {
		return wire.ProblemRange
	}
	return wire.ProblemFormat
}

// problemText says what is wrong with a field of an article.
func problemText(d *kit.Desk, field, code, value string) string {
	message, known := goodsProblems[code]
	if !known {
		message = faultFormat
	}
	base, _, _ := strings.Cut(field, ".")
	name := goodsField(d, field)
	return d.Lang.T(message, "field", name, "value", shownCode(base, code, value))
}

// shownCode writes a barcode as it stands under the bars; a text stays as it is.
func shownCode(field, code, value string) string {
	if field == "barcodes" && code != wire.ProblemZeros && len(value) == 14 {
		return strings.TrimPrefix(value, "0")
	}
	return value
}

// faultText says what is wrong with a line of a file.
func faultText(d *kit.Desk, f wire.ImportFault) string {
	if f.Code == wire.ProblemTwice && f.Other > 0 {
		return d.Lang.T(faultTwiceOn, "field", goodsField(d, f.Column), "value", shownCode(f.Column, f.Code, f.Value), "other", f.Other)
	}
	return problemText(d, f.Column, f.Code, f.Value)
}

func goodsField(d *kit.Desk, field string) string {
	base, _, _ := strings.Cut(field, ".")
	if label, ok := goodsFields[base]; ok {
		return d.Lang.T(label)
	}
	return field
}
