package i18n

// Log-in of people.
var (
	LogInTitle  = Say("Manager’s desk", "Кабинет менеджера")
	LogInHow    = Say("Sales, prices and registers of your stores.", "Продажи, цены и кассы ваших магазинов.")
	LogInName   = Say("Login", "Логин")
	LogInSecret = Say("Password", "Пароль")
	LogInGo     = Say("Log in", "Войти")
	LogInWrong  = Say("Login or password is wrong.", "Неверный логин или пароль.")
	LogInTill   = Say("This device is a till", "Это устройство — касса")
	LogOut      = Say("Log out", "Выйти")
	LogOutHow   = Say("Logging out removes the reports from this device.", "При выходе отчёты удаляются с этого устройства.")
)

// Sections of the desk.
var (
	DeskOverview = Say("Overview", "Обзор")
	DeskTills    = Say("Registers", "Кассы")
	DeskAside    = Say("Not counted", "Не учтено")
	DeskInstall  = Say("Install", "Установить")
	DeskMenu     = Say("Settings", "Настройки")
	DeskUpdate   = Say("A new version is ready", "Готова новая версия")
	DeskUpdateGo = Say("Start it", "Запустить")
	DeskAgain    = Say("Try again", "Повторить")
	DeskNoRight  = Say("This page is for administrators. Ask one to log in here.", "Эта страница для администраторов. Попросите администратора войти.")
	DeskThemeOf  = Say("As the device", "Как на устройстве")
	DeskLight    = Say("Light", "Светлая")
	DeskDark     = Say("Dark", "Тёмная")
	DeskLanguage = Say("Language", "Язык")
	DeskTheme    = Say("Theme", "Тема")
	DeskClose    = Say("Close", "Закрыть")
	DeskUndo     = Say("Undo", "Отменить")
)

// State of the data.
var (
	DataUpTo     = Say("data up to {time}", "данные до {time}")
	DataNone     = Say("no sales yet", "продаж ещё нет")
	DataStarting = Say("Preparing the reports…", "Готовим отчёты…")
	DataBehind   = Say("{n} register behind|{n} registers behind", "{n} касса отстаёт|{n} кассы отстают|{n} касс отстают")
	DataOffline  = Say("offline: shows what is on this device", "нет сети: показано то, что есть на устройстве")
	DataLoading  = Say("Loading sales: {done} of {total}", "Загружаем продажи: {done} из {total}")
	DataFirst    = Say("Getting the sales of your stores. They stay on this device.", "Получаем продажи ваших магазинов. Они останутся на устройстве.")
	DataNoDevice = Say("not kept on this device: reports need the network", "не хранится на устройстве: отчётам нужна сеть")
	DataOnDevice = Say("On this device: {from} – {to}, {n} receipt, {size}|On this device: {from} – {to}, {n} receipts, {size}",
		"На устройстве: {from} – {to}, {n} чек, {size}|На устройстве: {from} – {to}, {n} чека, {size}|На устройстве: {from} – {to}, {n} чеков, {size}")
	DataSilent = Say("Store {store}, register {till}: last heard at {time}", "Магазин {store}, касса {till}: последние данные {time}")
)

// Filters.
var (
	FilterPeriod  = Say("Period", "Период")
	FilterCompare = Say("Compare with", "Сравнить с")
	FilterStores  = Say("Stores", "Магазины")
	FilterGoods   = Say("Goods", "Товары")
	FilterAll     = Say("all", "все")
	FilterClear   = Say("Clear all", "Сбросить всё")
	FilterRemove  = Say("Remove filter {name}", "Убрать фильтр {name}")
	FilterFrom    = Say("From", "С")
	FilterTo      = Say("To", "По")
	FilterApply   = Say("Show", "Показать")
	FilterSearch  = Say("Find", "Найти")
	PeriodToday   = Say("Today", "Сегодня")
	PeriodYester  = Say("Yesterday", "Вчера")
	PeriodWeek    = Say("7 days", "7 дней")
	PeriodMonth   = Say("30 days", "30 дней")
	PeriodThis    = Say("This month", "Этот месяц")
	PeriodLast    = Say("Last month", "Прошлый месяц")
	PeriodQuarter = Say("90 days", "90 дней")
	PeriodYear    = Say("12 months", "12 месяцев")
	PeriodCustom  = Say("Own dates", "Свои даты")
	ComparePrev   = Say("previous period", "предыдущим периодом")
	CompareYear   = Say("a year ago", "годом ранее")
	CompareNone   = Say("nothing", "без сравнения")
)

// Measures.
var (
	MeasureRevenue = Say("Revenue", "Выручка")
	MeasureCount   = Say("Receipts", "Чеки")
	MeasureAverage = Say("Average receipt", "Средний чек")
	MeasureItems   = Say("Items per receipt", "Позиций в чеке")
	MeasureUnits   = Say("Units", "Количество")
)

// Widgets: titles, readings, tables.
var (
	WidgetTable    = Say("Table", "Таблица")
	WidgetChart    = Say("Chart", "График")
	WidgetEmptyHow = Say("Choose another period or remove a filter.", "Выберите другой период или уберите фильтр.")
	WidgetRest     = Say("{n} other|{n} others", "ещё {n}|ещё {n}|ещё {n}")
	WidgetThen     = Say("compared period", "период сравнения")
	WidgetTotal    = Say("Total", "Итого")
	ReadMore       = Say("{share} more than in the compared period; best: {best} with {sum}.", "На {share} больше, чем в периоде сравнения; лучший результат: {best} — {sum}.")
	ReadLess       = Say("{share} less than in the compared period; best: {best} with {sum}.", "На {share} меньше, чем в периоде сравнения; лучший результат: {best} — {sum}.")
	ReadSame       = Say("As much as in the compared period; best: {best} with {sum}.", "Столько же, сколько в периоде сравнения; лучший результат: {best} — {sum}.")
	ReadBest       = Say("Best: {best} with {sum}.", "Лучший результат: {best} — {sum}.")
	ReadHeat       = Say("{day} {from}–{to} brings {share} of the revenue.", "{day} {from}–{to} приносит {share} выручки.")
	ReadLead       = Say("{name}: {share} of the revenue.", "{name}: {share} выручки.")
	ReadLeadMore   = Say("{name}: {share} of the revenue; {up} grew most, by {change}.", "{name}: {share} выручки; сильнее всех выросли продажи: {up}, на {change}.")
	ReadTop        = Say("The {n} best seller brings {share} of the revenue.|The {n} best sellers bring {share} of the revenue.",
		"{n} лидер даёт {share} выручки.|{n} лидера дают {share} выручки.|{n} лидеров дают {share} выручки.")
)

// Units of large sums, with the currency's sign.
var (
	UnitOnes      = Say("{sign}", "{sign}")
	UnitThousands = Say("thousand {sign}", "тыс. {sign}")
	UnitMillions  = Say("million {sign}", "млн {sign}")
)

// Weekdays, short, Monday first.
var Weekdays = [7]*Message{
	Say("Mon", "Пн"), Say("Tue", "Вт"), Say("Wed", "Ср"), Say("Thu", "Чт"), Say("Fri", "Пт"), Say("Sat", "Сб"), Say("Sun", "Вс"),
}

// An address that is no page's.
var (
	LostTitle = Say("No such page", "Такой страницы нет")
	LostHow   = Say("The address may have a slip, or the page has moved.", "Возможно, в адресе опечатка или страница переехала.")
	LostBack  = Say("To the start", "На главную")
)

// Prices.
var (
	PricesStore = Say("Prices of", "Цены")
	PricesChain = Say("the whole chain", "всей сети")
	PricesSKU   = Say("Article", "Артикул")
)
