package i18n

// Areas of the desk.
var (
	AreaSales     = Say("Sales", "Продажи")
	AreaCustomers = Say("Customers", "Покупатели")
	AreaGoods     = Say("Goods", "Товары")
	AreaStores    = Say("Stores & people", "Магазины и люди")
	AreaMarketing = Say("Marketing", "Маркетинг")
	AreaData      = Say("Data", "Данные")
	AreaSettings  = Say("Settings", "Настройки")
	NavMore       = Say("More", "Ещё")
	NavFold       = Say("Narrow the menu", "Свернуть меню")
	NavUnfold     = Say("Widen the menu", "Развернуть меню")
	NavSkip       = Say("To the report", "К отчёту")
)

// Work that takes long.
var (
	WorkBusy    = Say("Counting…", "Считаем…")
	WorkCancel  = Say("Stop", "Остановить")
	WorkStopped = Say("Stopped. Nothing was changed.", "Остановлено. Ничего не изменено.")
)

// What can be taken out of the desk.
var (
	ExportMenu    = Say("Save or copy: {name}", "Сохранить или скопировать: {name}")
	ExportXLSX    = Say("Save Excel (XLSX)", "Сохранить Excel (XLSX)")
	ExportCopy    = Say("Copy the table", "Скопировать таблицу")
	ExportPNG     = Say("Save picture (PNG)", "Сохранить картинку (PNG)")
	ExportSVG     = Say("Save drawing (SVG)", "Сохранить рисунок (SVG)")
	ExportPrint   = Say("Print the page", "Напечатать страницу")
	ExportColumns = Say("Columns", "Столбцы")
	ExportAbout   = Say("About", "О таблице")
	ExportCopied  = Say("Copied: {n} row|Copied: {n} rows", "Скопировано: {n} строка|Скопировано: {n} строки|Скопировано: {n} строк")
)

// The panel behind a number.
var (
	DrillBack      = Say("Back", "Назад")
	DrillRows      = Say("{n} row|{n} rows", "{n} строка|{n} строки|{n} строк")
	DrillSegment   = Say("Segment: {name}", "Сегмент: {name}")
	DrillNobodyAll = Say("Nobody", "Никого")
)

// What the filter offers.
var (
	FilterPeople    = Say("Customers", "Покупатели")
	FilterMore      = Say("More", "Ещё")
	FilterFree      = Say("Take this filter off", "Снять этот фильтр")
	FilterNothing   = Say("Nothing to choose", "Выбирать не из чего")
	FilterUnused    = Say("{name}: has no effect on this page", "{name}: на этой странице не действует")
	FacetRegion     = Say("Regions", "Регионы")
	FacetSegment    = Say("Segments", "Сегменты")
	FacetGroup      = Say("Groups", "Группы")
	FacetSex        = Say("Sex", "Пол")
	FacetAge        = Say("Age", "Возраст")
	FacetCity       = Say("City", "Город")
	FacetDepartment = Say("Departments", "Отделы")
	FacetPart       = Say("Groups of goods", "Группы")
	FacetCategory   = Say("Categories", "Категории")
	FacetProduct    = Say("Products", "Товары")
	FacetCashier    = Say("Cashiers", "Кассиры")
	FacetWeekday    = Say("Days of the week", "Дни недели")
	FacetHour       = Say("Hours", "Часы")
	FacetKind       = Say("Sales or returns", "Продажи и возвраты")
	FacetWomen      = Say("women", "женщины")
	FacetMen        = Say("men", "мужчины")
	FacetSales      = Say("sales", "продажи")
	FacetReturns    = Say("returns", "возвраты")
	FacetIsRegion   = Say("Region: {name}", "Регион: {name}")
	FacetIsGroup    = Say("Group of customers: {name}", "Группа покупателей: {name}")
	FacetIsSex      = Say("Customers: {name}", "Покупатели: {name}")
	FacetIsAge      = Say("Age: {name}", "Возраст: {name}")
	FacetIsCity     = Say("City: {name}", "Город: {name}")
	FacetIsCashier  = Say("Cashier: {name}", "Кассир: {name}")
	FacetIsKind     = Say("Only {name}", "Только {name}")
	ComparePlan     = Say("plan", "планом")
	CompareDay      = Say("Compared with {date}.", "Сравнивается с {date}.")
	CompareDays     = Say("Compared with {from} to {to}.", "Сравнивается с днями {from} – {to}.")
	CompareUntil    = Say("Today is not over: its compared day counts until {hour}:00.", "Сегодня не закончилось: его день сравнения учтён до {hour}:00.")
	LinkLess        = Say("{n} condition of the link is about stores that you may not see. Ask your administrator for the right.|{n} conditions of the link are about stores that you may not see. Ask your administrator for the right.",
		"{n} условие ссылки — про магазины, которых вы не видите. Права даёт администратор.|{n} условия ссылки — про магазины, которых вы не видите. Права даёт администратор.|{n} условий ссылки — про магазины, которых вы не видите. Права даёт администратор.")
)

// What people keep.
var (
	KeptGone    = Say("Removed: {name}", "Удалено: {name}")
	KeptShare   = Say("Share with colleagues", "Открыть коллегам")
	KeptUnshare = Say("No longer share", "Закрыть от коллег")
	KeptDrop    = Say("Remove", "Удалить")
	KeptNameHow = Say("Name", "Название")
)

// Keeping and sharing what is shown.
var (
	KeepMenu    = Say("Saved filters and reports", "Сохранённые фильтры и отчёты")
	KeepLink    = Say("Copy the link", "Скопировать ссылку")
	KeepCopied  = Say("The link is on the clipboard. Whoever opens it sees what he has the right to.", "Ссылка скопирована. Открывший увидит то, на что у него есть права.")
	KeepAs      = Say("Save under a name", "Сохранить под названием")
	KeepReport  = Say("Save report", "Сохранить отчёт")
	KeepFilter  = Say("Save filter", "Сохранить фильтр")
	KeepDone    = Say("Saved: {name}", "Сохранено: {name}")
	KeptReports = Say("Reports", "Отчёты")
	KeptFilters = Say("Filters", "Фильтры")
)

// Keys and what they find.
var (
	PaletteTitle = Say("Find a page, a report, an action", "Найти страницу, отчёт, действие")
	PaletteDo    = Say("Action", "Действие")
	PaletteKeys  = Say("Keys", "Клавиши")
	KeysEsc      = Say("Close", "Закрыть")
	KeysMove     = Say("Move the widget in focus", "Передвинуть виджет в фокусе")
	KeysSize     = Say("Resize the widget in focus", "Изменить размер виджета в фокусе")
	KeysRemove   = Say("Remove the widget in focus", "Убрать виджет в фокусе")
)
