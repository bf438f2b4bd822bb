package i18n

// Keys, and the keyboard on the screen.
var (
	LettersSign  = Say("ABC", "АБВ")
	LettersOpen  = Say("Keyboard on the screen", "Клавиатура на экране")
	LettersClose = Say("123", "123")
	LettersSpace = Say("space", "пробел")
	LettersGo    = Say("Add", "Добавить")
	KeysPage     = Say("A page of lines further", "На страницу строк дальше")
	KeysEnds     = Say("First line, newest line", "Первая строка, последняя строка")
	KeysStep     = Say("One more, one less of the line", "На одну больше, на одну меньше в строке")
	QuickUp      = Say("Goods above", "Товары выше")
	QuickDown    = Say("Goods below", "Товары ниже")
	QuantityIs   = Say("Line {n}: {now} instead of {was}", "Строка {n}: {now} вместо {was}")
)

// LastChange keeps the change of the sale before in sight.
var LastChange = Say("Change before: {sum}", "Прошлый чек: сдача {sum}")

// ReceiptLines names the list of lines for screen readers.
var ReceiptLines = Say("Lines of the receipt", "Строки чека")

// Why a scan waits, and what to do.
var (
	ScanSignedOut = Say("Sign in first: type your PIN, then scan.", "Сначала войдите: введите PIN-код, затем сканируйте.")
	ScanNoShift   = Say("Open the shift first, then scan.", "Сначала откройте смену, затем сканируйте.")
	ScanNoWeight  = Say("Type the weight first, or close this window: then scan.", "Сначала введите вес или закройте это окно, затем сканируйте.")
	ScanCardTaken = Say("A card has paid a part. Take the rest, or give it back to the card: then scan.",
		"Часть уже оплачена картой. Примите остаток или верните на карту, затем сканируйте.")
	ScanMute = Say("The scanner’s keys can’t be read. Choose “USB keyboard” or “HID, English” on the scanner’s sheet, or touch the input line before scanning.",
		"Клавиши сканера не читаются. Выберите на листе настройки сканера «USB-клавиатура», английский язык — или коснитесь поля ввода перед сканом.")
	FindGuess       = Say("Perhaps “{name}”? Enter once more sells it.", "Возможно, «{name}»? Ещё раз Enter — продать.")
	TimesHow        = Say("Type a number first: it becomes the quantity of the next item.", "Сначала введите число: оно станет количеством следующего товара.")
	ReceiptsNoSuch  = Say("No receipt with “{text}”", "По номеру «{text}» чека нет")
	ReceiptsSuchHow = Say("Only receipts of this till are here. Type a part of the number, or delete the text to see all.",
		"Здесь только чеки этой кассы. Введите часть номера или сотрите текст, чтобы увидеть все.")
)

// Questions about what seems absurd: the same press answers them.
var (
	SureQuantity = Say("{amount}? Press once more if that is right.", "{amount}? Нажмите ещё раз, если всё верно.")
	SureTimes    = Say("{n} of the next item? Press × once more if that is right.", "{n} штук следующего товара? Нажмите × ещё раз, если всё верно.")
	SureSum      = Say("{sum}? Press once more if that is right.", "{sum}? Нажмите ещё раз, если всё верно.")
	SureChange   = Say("Change of {sum}? Check the sum given; press once more if it is right.",
		"Сдача {sum}? Проверьте полученную сумму; если она верна, нажмите ещё раз.")
	SureShort = Say("{sum} less than the drawer should hold. Count again; press once more if it is right.",
		"На {sum} меньше, чем должно быть в ящике. Пересчитайте; если всё верно, нажмите ещё раз.")
	SureOver = Say("{sum} more than the drawer should hold. Count again; press once more if it is right.",
		"На {sum} больше, чем должно быть в ящике. Пересчитайте; если всё верно, нажмите ещё раз.")
	PercentRange    = Say("A percentage is more than 0 and at most 100.", "Процент — больше 0 и не больше 100.")
	MoreThanNothing = Say("Enter a sum above zero.", "Введите сумму больше нуля.")
	CashHolds       = Say("The drawer holds {sum}.", "В ящике {sum}.")
)

// Usual reasons, for who has no keyboard.
var (
	ReasonDamaged   = Say("Damaged package", "Повреждена упаковка")
	ReasonShelf     = Say("Other price on the shelf", "На полке другая цена")
	ReasonRegular   = Say("Regular customer", "Постоянный покупатель")
	ReasonComplaint = Say("Complaint", "Жалоба")
	ReasonLeft      = Say("Customer left", "Покупатель ушёл")
	ReasonNoMoney   = Say("Not enough money", "Не хватило денег")
	ReasonMistake   = Say("Mistake", "Ошибка")
	ReasonCoins     = Say("Change money", "Размен")
	ReasonBank      = Say("To the bank", "Инкассация")
	ReasonExpenses  = Say("Expenses", "Хозяйственные расходы")
)

// Storage that the browser does not protect, and what to do about it.
var (
	Unprotected    = Say("storage at risk", "хранилище не защищено")
	UnprotectedHow = Say("When the device runs out of room, this browser may delete what the till has stored, unsent sales too. Install the till as an app from the browser’s menu, or allow persistent storage for this address; then reload. Until then do not leave sales unsent.",
		"Если на устройстве кончится место, браузер может удалить данные кассы, в том числе неотправленные продажи. Установите кассу как приложение через меню браузера или разрешите этому адресу постоянное хранилище и обновите страницу. До этого не оставляйте продажи неотправленными.")
)

// What a scanner puts before every code.
var (
	PrefixSeen = Say("The code begins with “{prefix}”, which no code of goods does. If the scanner puts it before every code, it can be taken off.",
		"Код начинается с «{prefix}», коды товаров так не начинаются. Если сканер ставит это перед каждым кодом, касса может его отбрасывать.")
	PrefixTake = Say("Always take “{prefix}” off", "Всегда отбрасывать «{prefix}»")
	PrefixOff  = Say("“{prefix}” is taken off every code at this till.", "На этой кассе «{prefix}» отбрасывается перед каждым кодом.")
	PrefixKeep = Say("Keep it from now on", "Больше не отбрасывать")
)
