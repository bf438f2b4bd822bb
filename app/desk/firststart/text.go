package firststart

import (
	"tillsight/app/i18n"
	"tillsight/shared/tax"
)

// The words of the set-up.
var (
	stepOfSteps = i18n.Say("Step {step} of {steps}", "Шаг {step} из {steps}")
	goOn        = i18n.Say("Next", "Дальше")
	goBack      = i18n.Say("Back", "Назад")
	setUpNow    = i18n.Say("Set up", "Создать сеть")
	linkTitle   = i18n.Say("Set-up", "Настройка")

	ownerTitle    = i18n.Say("Welcome", "Добро пожаловать")
	ownerHow      = i18n.Say("Ten minutes to the first receipt. First, your own account.", "До первого чека десять минут. Начните со своей учётной записи.")
	ownerName     = i18n.Say("Your name", "Как вас зовут")
	ownerLogin    = i18n.Say("Log-in", "Логин")
	loginHow      = i18n.Say("Latin letters and digits", "Латинские буквы и цифры")
	ownerPassword = i18n.Say("Password", "Пароль")
	passwordHow   = i18n.Say("At least 8 characters", "Не короче 8 знаков")

	companyTitle   = i18n.Say("Company", "Компания")
	companyName    = i18n.Say("Name, as on receipts", "Название, как в чеке")
	companyExample = i18n.Say("Daisy Ltd", "ООО «Ромашка»")
	companyCountry = i18n.Say("Country", "Страна")
	companyTaxID   = i18n.Say("Taxpayer’s number", "Номер налогоплательщика")
	taxesTitle     = i18n.Say("Value added tax", "НДС")
	taxesHow       = i18n.Say("Check the rates and their dates. Goods can also be without tax.", "Проверьте ставки и даты. Товары могут быть и без НДС.")
	rateFrom       = i18n.Say("from {date}", "с {date}")

	storeTitle   = i18n.Say("First store", "Первый магазин")
	storeHow     = i18n.Say("More stores can be added later.", "Другие магазины можно добавить позже.")
	storeName    = i18n.Say("Name", "Название")
	storeExample = i18n.Say("Daisy on Main Street", "Ромашка на Тверской")
	storeAddress = i18n.Say("Address", "Адрес")
	storeRegion  = i18n.Say("Region", "Регион")
	storeTills   = i18n.Say("Tills", "Касс")
	tillsHow     = i18n.Say("From 1 to {most}", "От 1 до {most}")
	storeZone    = i18n.Say("Time zone", "Часовой пояс")

	peopleTitle = i18n.Say("People at the tills", "Кто работает на кассах")
	peopleHow   = i18n.Say("Each signs in with a PIN of 4 to 8 digits.", "Каждый входит по ПИН-коду из 4–8 цифр.")
	personName  = i18n.Say("Name", "Имя")
	personRole  = i18n.Say("Role", "Роль")
	personPIN   = i18n.Say("PIN", "ПИН-код")
	personMore  = i18n.Say("+ Another person", "+ Ещё человек")
	personLess  = i18n.Say("Take off", "Убрать")
	roleManager = i18n.Say("Manager", "Менеджер")
	roleSenior  = i18n.Say("Senior cashier", "Старший кассир")
	roleCashier = i18n.Say("Cashier", "Кассир")

	goodsTitle     = i18n.Say("Goods", "Товары")
	goodsHow       = i18n.Say("What will be sold first?", "С чего начать?")
	goodsSample    = i18n.Say("Some 200 goods to try", "Около 200 товаров для пробы")
	goodsSampleHow = i18n.Say("Groceries with prices, codes and quick keys", "Продукты с ценами, кодами и быстрыми клавишами")
	goodsOwn       = i18n.Say("My own goods", "Свои товары")
	goodsOwnHow    = i18n.Say("By hand or from a file, in the desk under “Goods”", "Вручную или из файла, в разделе «Товары»")

	doneTitle = i18n.Say("Ready", "Готово")
	doneWait  = i18n.Say("The chain is set up. Making a code for the first till…", "Сеть создана. Получаем код для первой кассы…")
	doneHow   = i18n.Say("Open this address on the tablet and enter the code there. It works once.", "Откройте этот адрес на планшете и введите там код. Он сработает один раз.")
	doneThen  = i18n.Say("Then sign in with a PIN, open the shift, and sell.", "Затем войдите по ПИН-коду, откройте смену и продавайте.")
	openDesk  = i18n.Say("Open the desk", "Открыть кабинет")

	wrongEmpty   = i18n.Say("This is needed.", "Это нужно заполнить.")
	wrongLong    = i18n.Say("This is too long.", "Слишком длинно.")
	wrongRange   = i18n.Say("This is too small or too large.", "Слишком мало или слишком много.")
	wrongTwice   = i18n.Say("Somebody has this already.", "Это уже у кого-то есть.")
	wrongUnknown = i18n.Say("This is not known.", "Такого нет.")
	wrongFormat  = i18n.Say("This can’t be right.", "Здесь ошибка.")
)

// wrongs are sentences for fields of their own.
var wrongs = map[string]*i18n.Message{
	"password":        passwordHow,
	"login":           loginHow,
	"stores[0].tills": wrongRange,
	"company.tax_id":  i18n.Say("The check digits of this number do not fit.", "Контрольные цифры номера не сходятся."),
}

var countryNames = map[string]*i18n.Message{
	"RU": i18n.Say("Russia", "Россия"), "KZ": i18n.Say("Kazakhstan", "Казахстан"), "BY": i18n.Say("Belarus", "Беларусь"),
	"AM": i18n.Say("Armenia", "Армения"), "KG": i18n.Say("Kyrgyzstan", "Киргизия"), "UZ": i18n.Say("Uzbekistan", "Узбекистан"),
	"GE": i18n.Say("Georgia", "Грузия"),
}

var className = map[tax.Class]*i18n.Message{
	tax.Standard: i18n.Say("Standard rate", "Основная ставка"),
	tax.Reduced:  i18n.Say("Reduced rate", "Льготная ставка"),
}
