package ruleform

import "tillsight/app/i18n"

// The words of the forms.
var (
	goodsAnyCategory = i18n.Say("All categories", "Все категории")

	promoArticlesMore = i18n.Say("and {n} more", "и ещё {n}")

	promoAllGoods    = i18n.Say("all goods", "все товары")
	promoExceptShort = i18n.Say(" but {goods}", ", кроме: {goods}")
	promoSince       = i18n.Say("from {date}", "с {date}")
	promoTill        = i18n.Say("until {date}", "до {date}")
	promoAlways      = i18n.Say("without end", "бессрочно")
	promoGoodsAll    = i18n.Say("All goods", "Все товары")
	promoGoodsSome   = i18n.Say("Chosen ones", "Выбранные")
	promoCard        = i18n.Say("With a loyalty card only", "Только по карте")
	promoGroups      = i18n.Say("Customer groups, with commas", "Группы покупателей через запятую")
	problemAt        = i18n.Say("Line {line}, column {column}: {path}", "Строка {line}, позиция {column}: {path}")
	problemMissing   = i18n.Say("is missing", "не заполнено")
	problemRange     = i18n.Say("is too small or too large", "слишком мало или слишком много")
	problemFormat    = i18n.Say("is not written as it should be", "записано неверно")
	problemTwice     = i18n.Say("is there twice", "повторяется")
	problemUnknown   = i18n.Say("is not known", "неизвестно")
	problemConflict  = i18n.Say("does not go with the rest", "противоречит остальному")
)
