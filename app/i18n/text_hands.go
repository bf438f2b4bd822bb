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
