package i18n

// SheetFaultWords say what is wrong with a cell of a sheet, by code.
var SheetFaultWords = map[string]*Message{
	"missing":   Say("is empty or its column is missing", "пусто или нет столбца"),
	"unknown":   Say("“{value}” is not known", "«{value}» не найдено"),
	"month":     Say("“{value}” is not a month", "«{value}» — не месяц"),
	"number":    Say("“{value}” is not such a number", "«{value}» — не то число"),
	"negative":  Say("“{value}” is below zero", "«{value}» меньше нуля"),
	"unclear":   Say("“{value}” can be read in two ways or has too many decimals", "«{value}» читается двояко или лишние знаки после запятой"),
	"twice":     Say("the same figure is on line {value} too", "эта же цифра есть и в строке {value}"),
	"short":     Say("the row is shorter than the head: {value} cells", "строка короче заголовка: ячеек {value}"),
	"wide":      Say("the row is longer than the head: {value} cells", "строка длиннее заголовка: ячеек {value}"),
	"quotes":    Say("quotes are not closed or closed too early: {value}", "кавычки не закрыты или закрыты раньше времени: {value}"),
	"break":     Say("a cell goes over several lines: {value}", "ячейка занимает несколько строк: {value}"),
	"control":   Say("characters that can’t be seen in “{value}”", "невидимые знаки в «{value}»"),
	"broken":    Say("{value} is a spreadsheet’s error", "{value} — ошибка электронной таблицы"),
	"damaged":   Say("letters of “{value}” are lost", "потеряны буквы в «{value}»"),
	"forbidden": Say("store “{value}” is not yours", "магазин «{value}» вам не доступен"),
	"long":      Say("“{value}” is too long", "«{value}» — слишком длинно"),
}

// MonthNames are short names of the months.
var MonthNames = []*Message{
	Say("Jan", "Янв"), Say("Feb", "Фев"), Say("Mar", "Мар"), Say("Apr", "Апр"), Say("May", "Май"), Say("Jun", "Июн"),
	Say("Jul", "Июл"), Say("Aug", "Авг"), Say("Sep", "Сен"), Say("Oct", "Окт"), Say("Nov", "Ноя"), Say("Dec", "Дек"),
}
