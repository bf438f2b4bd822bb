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
