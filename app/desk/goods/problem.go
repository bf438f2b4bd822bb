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
	"sku": i18n.GoodsSKU, "name": i18n.GoodsName, "name_ru": i18n.GoodsNameRU, "name_en": i18n.GoodsNameEN, "category": i18n.GoodsCategory,
	"unit": i18n.GoodsUnit, "tax": i18n.GoodsTax, "plu": i18n.GoodsPLU, "min_age": i18n.GoodsMinAge, "picture": i18n.GoodsPicture,
	"stopped": i18n.GoodsOnStopNow, "barcodes": i18n.GoodsCodes, "parts": i18n.GoodsParts, "price": i18n.GoodsPrice,
	"least": i18n.FieldMinimum, "min_price": i18n.FieldMinimum, "from": i18n.GoodsFrom,
}

var goodsProblems = map[string]*i18n.Message{
	wire.ProblemEmpty: i18n.FaultEmpty, wire.ProblemLong: i18n.FaultLong, wire.ProblemFormat: i18n.FaultFormat,
	wire.ProblemTaken: i18n.FaultTaken, wire.ProblemUnknown: i18n.FaultUnknown, wire.ProblemCheck: i18n.FaultCheck,
	wire.ProblemTwice: i18n.FaultTwice, wire.ProblemRange: i18n.FaultRange, wire.ProblemWhole: i18n.FaultWhole,
	wire.ProblemNested: i18n.FaultNested, wire.ProblemRounded: i18n.FaultRounded, wire.ProblemZeros: i18n.FaultZeros,
	wire.ProblemLength: i18n.FaultLength, wire.ProblemUnclear: i18n.FaultUnclear, wire.ProblemNegative: i18n.FaultNegative,
	wire.ProblemNothing: i18n.FaultNothing, wire.ProblemLarge: i18n.FaultLarge,
	intake.Short: i18n.FaultShort, intake.Wide: i18n.FaultWide, intake.Quotes: i18n.FaultQuotes, intake.Break: i18n.FaultBreak,
	intake.Control: i18n.FaultControl, intake.Broken: i18n.FaultBroken, intake.Damaged: i18n.FaultDamaged,
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
		message = i18n.FaultFormat
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
		return d.Lang.T(i18n.FaultTwiceOn, "field", goodsField(d, f.Column), "value", shownCode(f.Column, f.Code, f.Value), "other", f.Other)
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
