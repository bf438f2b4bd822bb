package goods

import (
	"strings"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

var goodsFields = map[string]*i18n.Message{
	"sku": i18n.GoodsSKU, "name": i18n.GoodsName, "name_ru": i18n.GoodsNameRU, "name_en": i18n.GoodsNameEN, "category": i18n.GoodsCategory,
	"unit": i18n.GoodsUnit, "tax": i18n.GoodsTax, "plu": i18n.GoodsPLU, "min_age": i18n.GoodsMinAge, "picture": i18n.GoodsPicture,
	"stopped": i18n.GoodsOnStopNow, "barcodes": i18n.GoodsCodes, "parts": i18n.GoodsParts, "price": i18n.GoodsPrice,
	"least": i18n.FieldMinimum, "min_price": i18n.FieldMinimum, "from": i18n.GoodsFrom,
}

var goodsProblems = map[string]*i18n.Message{
	syncproto.ProblemEmpty: i18n.FaultEmpty, syncproto.ProblemLong: i18n.FaultLong, syncproto.ProblemFormat: i18n.FaultFormat,
	syncproto.ProblemTaken: i18n.FaultTaken, syncproto.ProblemUnknown: i18n.FaultUnknown, syncproto.ProblemCheck: i18n.FaultCheck,
	syncproto.ProblemTwice: i18n.FaultTwice, syncproto.ProblemRange: i18n.FaultRange, syncproto.ProblemWhole: i18n.FaultWhole,
	syncproto.ProblemNested: i18n.FaultNested,
}

// problemOf is the problem of a field whose number was refused.
func problemOf(err error) string {
	if errcode.Of(err) == errcode.BadAmount {
		return syncproto.ProblemRange
	}
	return syncproto.ProblemFormat
}

// problemText says what is wrong with a field of an article.
func problemText(d *kit.Desk, field, code, value string) string {
	message, known := goodsProblems[code]
	if !known {
		message = i18n.FaultFormat
	}
	base, _, _ := strings.Cut(field, ".")
	name := field
	if label, ok := goodsFields[base]; ok {
		name = d.Lang.T(label)
	}
	return d.Lang.T(message, "field", name, "value", strings.TrimLeft(value, "0"))
}
