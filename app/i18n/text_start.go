package i18n

// Units.
var (
	UnitPiece    = Say("pc", "шт")
	UnitKilogram = Say("kg", "кг")
	UnitLitre    = Say("l", "л")
	UnitMetre    = Say("m", "м")
	UnitMegabyte = Say("MB", "МБ")
	UnitGigabyte = Say("GB", "ГБ")
)

// Names of the languages, each in its own.
var (
	LangRU = Say("Русский", "Русский")
	LangEN = Say("English", "English")
)

// Words used on many screens.
var (
	Cancel    = Say("Cancel", "Отмена")
	Close     = Say("Close", "Закрыть")
	Back      = Say("Back", "Назад")
	Print     = Say("Print", "Печать")
	ErrorCode = Say("Code", "Код")
	Language  = Say("Language", "Язык")
	Theme     = Say("Appearance", "Оформление")
	ThemeAuto = Say("System", "Системное")
	Light     = Say("Light", "Светлое")
	Dark      = Say("Dark", "Тёмное")
	Sound     = Say("Sound", "Звук")
	On        = Say("On", "Включён")
	Off       = Say("Off", "Выключен")
	TillNo    = Say("Till\u00a0{n}", "Касса\u00a0{n}")
	ShiftNo   = Say("Shift\u00a0{n}", "Смена\u00a0{n}")
)

// Start and enrolment.
var (
	StartTitle   = Say("What is this device for?", "Для чего это устройство?")
	StartTill    = Say("Set up as a till", "Сделать кассой")
	StartTillHow = Say("Sell here. You need a one-time code from the administrator.",
		"Продавать здесь. Понадобится одноразовый код администратора.")
	StartManager    = Say("Manager sign-in", "Вход для менеджера")
	StartManagerHow = Say("Reports and customers, on any device, also without a network.",
		"Отчёты и покупатели — на любом устройстве и без сети.")
	Starting = Say("Opening the till…", "Открываем кассу…")

	EnrolTitle = Say("Set up this till", "Настройка кассы")
	EnrolHow   = Say("Enter the one-time code. The administrator makes it under “Tills”.",
		"Введите одноразовый код. Администратор получает его в разделе «Кассы».")
	EnrolCode = Say("One-time code", "Одноразовый код")
	EnrolGo   = Say("Set up", "Настроить")
	EnrolWait = Say("Checking the code…", "Проверяем код…")

	LoadTitle   = Say("Loading goods and prices", "Загружаем товары и цены")
	LoadHow     = Say("Once only. Afterwards the till works without a network.", "Один раз. Дальше касса работает без сети.")
	LoadOf      = Say("{done} of {total}", "{done} из {total}")
	InstallHow  = Say("Almost done: putting the goods in order.", "Почти готово: раскладываем товары.")
	LoadProblem = Say("Loading has stopped and begins again by itself. What was sold is stored.", "Загрузка прервалась и начнётся снова сама. Всё проданное сохранено.")
)

// Elsewhere and refused.
var (
	ElsewhereTitle = Say("This till is open in another tab", "Касса открыта в другой вкладке")
	ElsewhereHow   = Say("One tab sells at a time, so that no receipt is counted twice. Taking over moves the open receipt here.",
		"Продаёт одна вкладка, чтобы чек не посчитался дважды. Открытый чек перейдёт сюда.")
	TakeOver = Say("Take over here", "Продолжить здесь")

	RefusedTitle = Say("The till can’t sell now", "Касса сейчас не может продавать")
	RefusedSafe  = Say("Everything sold before is stored.", "Всё проданное сохранено.")
	RefusedDo    = Say("What to do", "Что делать")
	DoStorage    = Say("Open the till over HTTPS in an ordinary (not private) window of a current Chrome, Edge, Safari or Firefox.",
		"Откройте кассу по HTTPS в обычном (не приватном) окне свежего Chrome, Edge, Safari или Firefox.")
	DoFull = Say("Free space on this device, or connect it so that stored sales can be sent.",
		"Освободите место на устройстве или подключите его к сети, чтобы продажи отправились.")
	DoFault = Say("Restart the device. If this stays, take another till and call support with the code below.",
		"Перезагрузите устройство. Если не помогло — работайте на другой кассе и сообщите код ниже в поддержку.")
	DoRevoked = Say("The administrator has blocked this till. Ask for a new one-time code.",
		"Администратор отключил эту кассу. Попросите новый одноразовый код.")
	DoReload = Say("Reload the page. If this stays, call support with the code below.",
		"Обновите страницу. Если не помогло — сообщите код ниже в поддержку.")
	Reload = Say("Reload", "Обновить страницу")
)

// Signing in and the shift.
var (
	PinTitle   = Say("Enter your PIN", "Введите PIN-код")
	PinGo      = Say("Sign in", "Войти")
	PinDigits  = Say("{n} digit entered|{n} digits entered", "Введена {n} цифра|Введены {n} цифры|Введено {n} цифр")
	PinLocked  = Say("Receipt {number} stays open.", "Чек {number} остаётся открытым.")
	Products   = Say("{n} product|{n} products", "{n} товар|{n} товара|{n} товаров")
	ReadyNoNet = Say("{products} on this till, ready without a network", "{products} на кассе, сеть не нужна")

	OpenTitle = Say("Open the shift", "Открытие смены")
	OpenHow   = Say("Count the cash in the drawer before the first sale.", "Пересчитайте деньги в ящике перед первой продажей.")
	OpenFloat = Say("Cash in the drawer", "Наличные в ящике")
	OpenGo    = Say("Open shift", "Открыть смену")
	Hello     = Say("Hello, {name}", "Здравствуйте, {name}")
	ShiftOver = Say("The shift is closed", "Смена закрыта")
)
