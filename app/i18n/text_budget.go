package i18n

// Plans and expenses at the manager's desk.
var (
	TabPlans       = Say("Plans and expenses", "Планы и расходы")
	PlansFigures   = Say("Plans", "Планы")
	PlansExpenses  = Say("Expenses", "Расходы")
	PlansSheet     = Say("Load a file", "Загрузить файл")
	PlansChanges   = Say("Changes", "Изменения")
	PlansHow       = Say("Type into a cell, Enter goes down. Everything is saved at once and can be taken back.", "Впишите число в клетку, Enter — вниз. Всё сохраняется сразу, и любое изменение можно отменить.")
	PlansStore     = Say("Store", "Магазин")
	PlansEmployee  = Say("Employee", "Сотрудник")
	PlansOfStores  = Say("By store", "По магазинам")
	PlansTotal     = Say("In all", "Всего")
	PlansBefore    = Say("Year before", "Предыдущий год")
	PlansNext      = Say("Next year", "Следующий год")
	PlansMeasure   = Say("Figure", "Показатель")
	PlansCopy      = Say("Fill empty cells: last year’s sales +", "Заполнить пустые: продажи прошлого года +")
	PlansCopyGo    = Say("Fill", "Заполнить")
	PlansCopied    = Say("{n} cell filled|{n} cells filled", "Заполнена {n} клетка|Заполнено {n} клетки|Заполнено {n} клеток")
	PlansNothing   = Say("There was nothing to fill: the cells are not empty, or nothing was sold in those months last year.", "Заполнять нечего: клетки не пусты или в прошлом году в эти месяцы не продавали.")
	PlansSaved     = Say("{place}, {month}: saved", "{place}, {month}: сохранено")
	PlansTaken     = Say("Taken back", "Отменено")
	PlansBad       = Say("“{text}” is not a number. The cell keeps its figure.", "«{text}» — не число. В клетке осталось прежнее значение.")
	PlansConflict  = Say("{by} changed this figure meanwhile. It is shown as it is now.", "{by}: эту цифру только что изменили. Показано новое значение.")
	PlansNone      = Say("No stores to plan", "Нет магазинов")
	PlansNoneHow   = Say("Stores appear here when the chain has some.", "Здесь появятся магазины, когда они будут заведены.")
	PlansNoPeople  = Say("Nobody works in this store yet.", "В этом магазине пока никто не работает.")
	ExpenseMonth   = Say("Month", "Месяц")
	ExpenseKind    = Say("Kind", "Статья")
	ExpenseAmount  = Say("Amount, ₽", "Сумма, ₽")
	ExpenseText    = Say("Comment", "Комментарий")
	ExpenseAdd     = Say("Add", "Добавить")
	ExpenseSave    = Say("Save", "Сохранить")
	ExpenseEdit    = Say("Edit", "Изменить")
	ExpenseRemove  = Say("Delete", "Удалить")
	ExpenseChain   = Say("The whole chain", "Вся сеть")
	ExpenseRemoved = Say("{kind}, {sum}: deleted", "{kind}, {sum}: удалено")
	ExpenseNone    = Say("No expenses in {year}", "Расходов за {year} год нет")
	ExpenseNoneHow = Say("Enter rent, wages, energy… and the finance report will show the profit that is left.", "Внесите аренду, зарплату, электроэнергию… — и в отчёте «Финансы» будет видна прибыль.")
	ExpenseSum     = Say("In all {sum}", "Всего {sum}")
	SheetPlansHow  = Say("CSV with the columns store, month, measure, employee, value. Months as 2026-11 or 11.2026.", "CSV со столбцами: магазин, месяц, показатель, сотрудник, план. Месяц — 2026-11 или 11.2026.")
	SheetCostsHow  = Say("CSV with the columns store, month, kind, amount, comment. Without a store it is of the whole chain. Rows that are there already are left out.", "CSV со столбцами: магазин, месяц, статья, сумма, комментарий. Без магазина — расход всей сети. Строки, которые уже есть, пропускаются.")
	SheetSum       = Say("{rows} rows: {new} new, {changed} changed, {same} as they are", "Строк {rows}: новых {new}, изменено {changed}, без изменений {same}")
	SheetFaults    = Say("Nothing was loaded: {n} mistake|Nothing was loaded: {n} mistakes", "Ничего не загружено: {n} ошибка|Ничего не загружено: {n} ошибки|Ничего не загружено: {n} ошибок")
	SheetFault     = Say("Row {row}, {column}: {what}", "Строка {row}, {column}: {what}")
	SheetDone      = Say("Loaded: {n} row|Loaded: {n} rows", "Загружена {n} строка|Загружено {n} строки|Загружено {n} строк")
	SheetSave      = Say("Save what is there as CSV", "Сохранить нынешние как CSV")
	ChangeWas      = Say("was {sum}", "было {sum}")
	ChangeNone     = Say("No changes yet.", "Изменений пока нет.")
	ChangeGone     = Say("deleted", "удалено")
)

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
