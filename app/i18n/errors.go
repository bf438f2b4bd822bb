package i18n

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// faults has a sentence for every code. Names in braces are the error's Data.
var faults = map[errcode.Code]*Message{
	errcode.Internal:     Say("Something went wrong in the program. What was sold is stored.", "В программе произошла ошибка. Всё проданное сохранено."),
	errcode.Invalid:      Say("This can’t be accepted as it is. Check what was entered.", "Так принять нельзя. Проверьте введённое."),
	errcode.NotFound:     Say("There is no such entry.", "Такой записи нет."),
	errcode.BadMethod:    Say("The server does not do this. Its program may be older.", "Сервер так не умеет. Возможно, его программа старше."),
	errcode.Conflict:     Say("Somebody changed this meanwhile. Look again and repeat.", "Данные успел изменить кто-то другой. Посмотрите и повторите."),
	errcode.Unauthorised: Say("Please sign in.", "Войдите в систему."),
	errcode.LastAdmin:    Say("Somebody has to administer: make another administrator first.", "Кто-то должен управлять: сначала назначьте другого администратора."),
	errcode.Forbidden:    Say("Your rights do not cover this. A senior cashier or manager can do it.", "У вас нет на это прав. Это может старший кассир или менеджер."),
	errcode.TooMany:      Say("Too many tries. Wait {seconds} s.", "Слишком много попыток. Подождите {seconds} с."),
	errcode.Offline:      Say("No connection to the server. Check the network and try again.", "Нет связи с сервером. Проверьте сеть и повторите."),
	errcode.BadAnswer:    Say("The server gave an answer that can’t be understood. Try again later.", "Сервер ответил непонятно. Повторите позже."),
	errcode.Cancelled:    Say("Stopped.", "Остановлено."),

	errcode.UnknownBarcode: Say("Code {code} is not in the catalogue. Find the product by name.", "Кода {code} нет в каталоге. Найдите товар по названию."),
	errcode.BadCheckDigit:  Say("Code {code} was read wrongly: its check digit does not fit. Scan again.", "Код {code} прочитан с ошибкой: не сходится контрольная цифра. Сканируйте ещё раз."),
	errcode.BadBarcode:     Say("“{code}” is not a product’s code. Scan again.", "«{code}» — не код товара. Сканируйте ещё раз."),
	errcode.BadQuantity:    Say("The quantity must be between {min} and {max}.", "Количество должно быть от {min} до {max}."),
	errcode.WholeQuantity:  Say("This product is sold by the piece: enter a whole number.", "Товар продаётся поштучно: введите целое число."),
	errcode.FixedQuantity:  Say("The quantity of this line comes from its label and can’t be changed. Void it and scan again.", "Количество взято с этикетки, изменить его нельзя. Сторнируйте строку и отсканируйте снова."),
	errcode.NoPrice:        Say("{name} has no price here. Ask the manager; it can’t be sold until then.", "У товара «{name}» нет цены. Обратитесь к менеджеру: пока продать его нельзя."),
	errcode.Stopped:        Say("{name} is on the stop list and can’t be sold.", "Товар «{name}» в стоп-листе, продавать его нельзя."),
	errcode.CouponUsed:     Say("Coupon {code} has been used already.", "Купон {code} уже использован."),
	errcode.SaleBan:        Say("{name} can’t be sold now: {rule}. It can again from {until}.", "{name}: сейчас продать нельзя — {rule}. Можно с {until}."),
	errcode.SaleBanned:     Say("{name} is not sold in this shop: {rule}.", "{name}: в этом магазине не продаётся — {rule}."),
	errcode.SaleBanNow:     Say("The hour has come: {rule}. Take off these lines: {lines}; they can be sold again from {until}.", "Наступил час запрета: {rule}. Уберите строки: {lines}; продать можно снова с {until}."),
	errcode.Expired:        Say("{name} is past its date ({date}) and must not be sold. Take it off the shelf.", "{name}: срок годности истёк ({date}), продавать нельзя. Уберите товар с полки."),
	errcode.BestBefore:     Say("{name} was best before {date}. Tell the customer.", "{name}: лучше было употребить до {date}. Скажите покупателю."),
	errcode.NearExpiry:     Say("{name} is good until {date}: offer {percent} off (F6).", "{name}: годен до {date}, предложите скидку {percent} (F6)."),
	errcode.SerialTwice:    Say("This very package is on line {line} already.", "Именно эта упаковка уже есть в строке {line}."),
	errcode.AgeUnasked:     Say("Make sure first that the customer is {years} or older.", "Сначала проверьте, что покупателю есть {years}."),
	errcode.NeedWeight:     Say("{name} is sold by weight: weigh it.", "{name}: продаётся на вес, взвесьте."),
	errcode.ScaleGone:      Say("No scale is connected. Connect it in the menu, or type the weight.", "Весы не подключены. Подключите их в меню или введите вес."),
	errcode.ScaleSilent:    Say("The scale does not answer. Check that it is on and that its model is the one chosen in the menu.", "Весы не отвечают. Проверьте, что они включены и в меню выбрана их модель."),
	errcode.ScaleGarbled:   Say("The scale’s answer was not understood. Check its model in the menu.", "Ответ весов не понятен. Проверьте модель весов в меню."),
	errcode.KitBroken:      Say("A part of the set {name} is not in the catalogue. Ask the manager.", "В каталоге нет части набора «{name}». Обратитесь к менеджеру."),
	errcode.NoTax:          Say("{name} has no tax rate for today. Ask the manager; it can’t be sold until then.", "Для товара «{name}» нет ставки НДС на сегодня. Обратитесь к менеджеру: пока продать его нельзя."),
	errcode.BadAmount:      Say("The sum must be between {min} and {max}.", "Сумма должна быть от {min} до {max}."),
	errcode.NoNumber:       Say("Enter a number.", "Введите число."),
	errcode.NotNumber:      Say("“{value}” is not a number.", "«{value}» — не число."),
	errcode.NumberNegative: Say("“{value}”: a number here must be zero or more.", "«{value}»: число здесь не может быть меньше нуля."),
	errcode.NumberDecimals: Say("“{value}”: the decimal sign may be followed by {digits} digits at most; write thousands with a space or with nothing between.",
		"«{value}»: после запятой не больше {digits} знаков; тысячи пишут через пробел или слитно."),
	errcode.NumberUnclear: Say("“{value}” can be read in two ways. Write {grouped} or {parted}.", "«{value}» можно прочесть двояко. Напишите {grouped} или {parted}."),
	errcode.NumberLarge:   Say("“{value}” is more than can be counted here.", "«{value}» — больше, чем здесь можно сосчитать."),
	errcode.FileEmpty:     Say("The file is empty.", "Файл пустой."),
	errcode.FileColumn:    Say("The first line of the file has no column “{column}”.", "В первой строке файла нет столбца «{column}»."),
	errcode.FileTwice:     Say("The file has the column “{column}” twice.", "Столбец «{column}» есть в файле дважды."),
	errcode.FileHead:      Say("The first line of the file can’t be read as headings.", "Первая строка файла не читается как заголовки столбцов."),
	errcode.FileEncoding:  Say("The letters of the file can’t be read. Save it as CSV UTF-8.", "Буквы файла не читаются. Сохраните его как CSV UTF-8."),
	errcode.FileWorkbook:  Say("This is a workbook. Save its sheet as CSV UTF-8.", "Это книга Excel. Сохраните её лист как CSV UTF-8."),
	errcode.FileRows:      Say("The file has more than {limit} lines. Divide it.", "В файле больше {limit} строк. Разделите его."),
	errcode.TwoRows:       Say("Article {sku} is there twice: lines {lines}.", "Товар {sku} указан дважды: строки {lines}."),
	errcode.SeveralParked: Say("Several receipts are parked. Choose one.", "Отложено несколько чеков. Выберите один."),
	errcode.ParkedGone:    Say("Receipt {number} was recalled before, at till {till}.", "Чек {number} уже вызван на кассе {till}."),
	errcode.ParkedNowhere: Say("This receipt is not parked at this till, and the server does not answer. Scan all codes of its slip.", "На этой кассе такого отложенного чека нет, а сервер не отвечает. Отсканируйте все коды талона."),
	errcode.SlipDamaged:   Say("The slip’s code was read wrongly. Scan it again.", "Код талона прочитан с ошибкой. Сканируйте ещё раз."),
	errcode.SlipAltered:   Say("This slip was not made by a till of this store, or was changed. Scan the goods.", "Этот талон напечатан не кассой магазина или изменён. Отсканируйте товары."),
	errcode.SlipForeign:   Say("The slip is of store {store}. Scan the goods.", "Талон другого магазина: {store}. Отсканируйте товары."),
	errcode.SlipExpired:   Say("The slip is of {date}: its prices are no longer good. Recall it at its own till, or scan the goods.", "Талон от {date}, его цены больше не действуют. Вызовите чек на той же кассе или отсканируйте товары."),
	errcode.SlipKey:       Say("This till can’t check slips yet: it has to hear from the server once.", "Касса пока не может проверять талоны: нужна одна связь с сервером."),
	errcode.SlipProduct:   Say("Article {sku} of the slip is not known at this till yet. Recall the receipt at its own till.", "Артикула {sku} с талона на этой кассе ещё нет. Вызовите чек на той кассе, где его отложили."),
	errcode.SlipVersion:   Say("The slip was made by a newer program. Update this till, or recall the receipt at its own.", "Талон создан новой версией программы. Обновите кассу или вызовите чек на той, где его отложили."),
	errcode.UnknownMark:   Say("{name}: no promotion knows the markdown label {mark}. Ask the manager.", "{name}: для наклейки уценки {mark} нет акции. Позовите старшего."),
	errcode.PriceTooLow: Say("{name}: {price} is below {min}, the least by law (“{rule}”). Not for sale until the price is put right.",
		"{name}: цена {price} ниже минимальной {min} («{rule}»). Продажа невозможна, пока цену не исправят."),
	errcode.PriceFixed:     Say("{name}: no discount may be given on this price (“{rule}”).", "{name}: скидка на эту цену запрещена («{rule}»)."),
	errcode.DiscountLimit:  Say("This discount is more than you may give. The limit is {limit}.", "Скидка больше разрешённой вам. Предел — {limit}."),
	errcode.NoLine:         Say("The receipt has no such line.", "В чеке нет такой строки."),
	errcode.LineVoided:     Say("The line is voided. Bring it back first.", "Строка сторнирована. Сначала верните её."),
	errcode.ReceiptState:   Say("The receipt is already closed.", "Чек уже закрыт."),
	errcode.ReceiptEmpty:   Say("There is nothing to pay for yet.", "Платить пока не за что."),
	errcode.ReceiptLong:    Say("A receipt holds up to {max} lines. Pay this one and start another.", "В чеке помещается до {max} строк. Оплатите этот и начните новый."),
	errcode.RegisterLost:   Say("The server does not know this till: it was restored from a copy made before the till was added. Sales are stored here; ask the administrator to take this till’s file in.", "Сервер не знает эту кассу: его восстановили из копии, снятой до её подключения. Продажи хранятся здесь; попросите администратора загрузить файл этой кассы."),
	errcode.RulesKept:      Say("The newest promotions can’t be used: those of before count. Selling goes on; tell the manager.", "Новые акции применить не удалось, действуют прежние. Продажи идут; сообщите менеджеру."),
	errcode.SeveralGoods:   Say("{code} stands for several articles: {sku}. Find it by name and tell the manager.", "Номер {code} есть у нескольких товаров: {sku}. Найдите товар по названию и скажите менеджеру."),
	errcode.JournalPruned:  Say("The server has lost sales up to number {last}, which this till does not keep any more. They come back from a backup only; selling goes on.", "Сервер потерял продажи до номера {last}, эта касса их уже не хранит. Их вернёт только резервная копия; продажи идут."),
	errcode.PaymentState:   Say("This payment has gone on meanwhile. Look at what is paid.", "С этим платежом уже что-то произошло. Посмотрите, что оплачено."),
	errcode.PaymentRefused: Say("The payment was refused. Nothing was taken.", "Платёж отклонён. Деньги не списаны."),
	errcode.PaymentUnknown: Say("It is not known yet whether the money was taken. Look at the terminal.", "Пока неизвестно, списаны ли деньги. Посмотрите на терминал."),
	errcode.PaymentUntaken: Say("The terminal has to take this sum first.", "Сначала эту сумму должен принять терминал."),
	errcode.Underpaid:      Say("The sum given is less than the total.", "Получено меньше, чем нужно."),
	errcode.CardOverpaid:   Say("A card can’t pay more than the total: change is given in cash only.", "Картой нельзя оплатить больше суммы чека: сдача бывает только с наличных."),
	errcode.WrongSum:       Say("The receipt’s sums do not agree, so it was not closed. Cancel it and scan again; tell support.", "Суммы чека не сходятся, он не закрыт. Отмените его и отсканируйте заново; сообщите в поддержку."),

	errcode.NoShift:       Say("Open the shift first.", "Сначала откройте смену."),
	errcode.ShiftOpen:     Say("The shift is already open.", "Смена уже открыта."),
	errcode.CardTaken:     Say("A card has paid a part of this receipt. Give it back to the card first, on the payment screen.", "Часть этого чека оплачена картой. Сначала верните её на карту в окне оплаты."),
	errcode.ReceiptIsOpen: Say("A receipt is open. Pay or cancel it first.", "Есть открытый чек. Сначала оплатите или отмените его."),
	errcode.WrongPIN:      Say("Wrong PIN. Next try in {seconds} s.", "Неверный PIN. Следующая попытка через {seconds} с."),
	errcode.PINLocked:     Say("Too many wrong PINs. Wait {seconds} s.", "Слишком много неверных PIN. Подождите {seconds} с."),

	errcode.NoStorage:   Say("This browser gives the till no safe storage, so a sale could be lost.", "Браузер не даёт кассе надёжного хранилища, и продажа могла бы пропасть."),
	errcode.StorageFull: Say("The storage of this device is full.", "Хранилище устройства заполнено."),
	errcode.ServerFull: Say("The server’s disk is full: nothing can be saved there now, and tills keep their sales. Tell whoever runs the server.",
		"На сервере закончилось место: сохранить ничего нельзя, а кассы хранят продажи у себя. Сообщите администратору сервера."),
	errcode.ServerFault: Say("The server can’t read or write its data. Tell whoever runs it.",
		"Сервер не может прочитать или записать свои данные. Сообщите администратору сервера."),
	errcode.StorageFault:   Say("The device failed to read or write its storage.", "Устройство не смогло прочитать или записать хранилище."),
	errcode.JournalTorn:    Say("The last start was interrupted while writing: {bytes} bytes of an unfinished entry were removed. No paid sale is affected.", "Прошлый запуск прервался во время записи: удалено {bytes} байт незаконченной записи. Оплаченные чеки не затронуты."),
	errcode.JournalDamaged: Say("Part of the journal ({segment}, byte {offset}) can’t be read and was kept aside for support. Selling goes on.", "Часть журнала ({segment}, байт {offset}) не читается и отложена для поддержки. Продажи идут."),
	errcode.DBRebuilt:      Say("The till’s database was damaged and was built anew from the journal. Nothing is lost.", "База кассы была повреждена и собрана заново из журнала. Ничего не потеряно."),
	errcode.DBDamaged:      Say("The till’s database is damaged and is being built anew. Selling goes on.", "База кассы повреждена, собираем её заново. Продажи идут."),
	errcode.OtherTab:       Say("This till is open in another tab.", "Касса открыта в другой вкладке."),
	errcode.NotEnrolled:    Say("This device is not set up as a till yet.", "Устройство ещё не настроено как касса."),

	errcode.SetupLink: Say("This link is no longer good. Where nobody can log in yet, the server prints a new one when it starts.",
		"Ссылка больше не действует. Пока никто не может войти, сервер печатает новую при запуске."),
	errcode.CodeUsed:    Say("This code was used already. Ask the administrator for a new one.", "Код уже использован. Попросите у администратора новый."),
	errcode.CodeExpired: Say("This code has expired. Ask the administrator for a new one.", "Срок кода истёк. Попросите у администратора новый."),
	errcode.CodeUnknown: Say("There is no such code. Check each letter and digit.", "Такого кода нет. Проверьте каждую букву и цифру."),
	errcode.Revoked:     Say("The administrator has blocked this till. Sales are stored here and not sent.", "Администратор отключил эту кассу. Продажи хранятся здесь и не отправляются."),
	errcode.Fork:        Say("Two devices claim to be this till, so sending has stopped. Selling goes on; call support.", "Два устройства называют себя этой кассой, отправка остановлена. Продажи идут; позвоните в поддержку."),
	errcode.Garbled:     Say("What was sent arrived changed and is sent again. If this goes on, the connection or a proxy alters data: call support.", "Отправленное дошло изменённым и уйдёт ещё раз. Если это повторяется, данные портит связь или прокси: позвоните в поддержку."),
	errcode.MustRefetch: Say("This till was away for long and is loading goods and prices anew.", "Касса долго была без связи и заново загружает товары и цены."),
	errcode.ClockWrong:  Say("The clock of this device is {minutes} min off. Set the time.", "Часы устройства расходятся на {minutes} мин. Установите время."),
	errcode.TooLarge:    Say("This is too large to be sent.", "Слишком большой объём для отправки."),
	errcode.OldProtocol: Say("This program is too old for the server. Connect and reload the page to update it.", "Программа слишком старая для сервера. Подключитесь к сети и обновите страницу."),

	errcode.Preparing:   Say("The reports are being made anew: {percent}% is done. Tills go on selling and sending.", "Отчёты собираются заново: готово {percent}%. Кассы продают и передают данные как обычно."),
	errcode.BadQuery:    Say("The report can’t be made from “{value}” in {field}.", "По значению «{value}» в поле {field} отчёт не построить."),
	errcode.NoData:      Say("No data is on this device yet, and there is no connection.", "Данных на устройстве ещё нет, и связи тоже нет."),
	errcode.DataLimit:   Say("That is more than {limit} rows. Narrow the question.", "Получается больше {limit} строк. Сузьте запрос."),
	errcode.UnknownFact: Say("The server does not know this kind of record yet.", "Сервер ещё не знает записей такого вида."),
}

// blank is a place whose Data an error does not carry.
var blank = regexp.MustCompile(`\{[a-z]+\}`)

// Error is ErrorIn for errors without sums, or of the home market.
func (l Lang) Error(e *errcode.Error) string { return l.ErrorIn(e, money.RUB) }

// ErrorIn returns the sentence for e with sums in a currency; "" for nil. A datum
// "name.en" is "name" in that language.
func (l Lang) ErrorIn(e *errcode.Error, c money.Currency) string {
	if e == nil {
		return ""
	}
	m, ok := faults[e.Code]
	if !ok {
		m = faults[errcode.Internal]
	}
	pairs := make([]any, 0, 2*len(e.Data))
	for name, value := range e.Data {
		if own, ok := e.Data[name+"."+string(l)]; ok {
			value = own
		}
		pairs = append(pairs, name, l.datum(e.Code, value, c))
	}
	return l.without(e.Code, l.T(m, pairs...))
}

// bare are sentences for errors that may lack their data, where nothing is left
// without the part that needs them.
var bare = map[errcode.Code]*Message{
	errcode.BadQuantity:    Say("This quantity can’t be sold.", "Такое количество продать нельзя."),
	errcode.BadAmount:      Say("This sum can’t be taken.", "Такую сумму принять нельзя."),
	errcode.UnknownBarcode: Say("This code is not in the catalogue. Find the product by name.", "Этого кода нет в каталоге. Найдите товар по названию."),
	errcode.BadCheckDigit:  Say("The code was read wrongly. Scan again.", "Код прочитан с ошибкой. Сканируйте ещё раз."),
	errcode.BadBarcode:     Say("This is not a product’s code. Scan again.", "Это не код товара. Сканируйте ещё раз."),
	errcode.NeedWeight:     Say("This is sold by weight: weigh it.", "Товар продаётся на вес, взвесьте."),
	errcode.NoPrice:        Say("This product has no price here. Ask the manager; it can’t be sold until then.", "У товара нет цены. Обратитесь к менеджеру: пока продать его нельзя."),
}

// without returns text without the sentences that have a hole in them: rather
// say less than say nothing with dots.
func (l Lang) without(code errcode.Code, text string) string {
	if !blank.MatchString(text) {
		return text
	}
	if m, ok := bare[code]; ok {
		return l.T(m)
	}
	var whole []string
	for _, sentence := range strings.SplitAfter(text, ". ") {
		if !blank.MatchString(sentence) {
			whole = append(whole, sentence)
		}
	}
	if len(whole) == 0 {
		return l.T(faults[errcode.Invalid])
	}
	return strings.TrimSpace(strings.Join(whole, ""))
}

// datum writes a value of an error's Data for people: sums come in minor units,
// discount limits in basis points, codes may hold control characters.
func (l Lang) datum(code errcode.Code, value string, c money.Currency) string {
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err == nil && code == errcode.NearExpiry:
		return l.Percent(n)
	case code == errcode.SaleBan || code == errcode.SaleBanNow || code == errcode.Expired || code == errcode.BestBefore || code == errcode.NearExpiry:
		return l.Date(value)
	case err == nil && (code == errcode.BadAmount || code == errcode.PriceTooLow):
		return l.Money(money.Amount(n), c)
	case err == nil && code == errcode.DiscountLimit:
		return l.Percent(n)
	case err == nil && (code == errcode.JournalTorn || code == errcode.DataLimit || code == errcode.FileRows || code == errcode.BadQuantity):
		return l.Int(n)
	}
	if code == errcode.BadQuantity && l == RU {
		return strings.Replace(value, ".", ",", 1)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '·'
		}
		return r
	}, value)
}
