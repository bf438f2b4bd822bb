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
