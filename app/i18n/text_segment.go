package i18n

// Segments of customers.
var (
	TabSegments     = Say("Segments", "Сегменты")
	SegmentsHow     = Say("Customers found by conditions. Live segments follow the data: who enters and leaves, and why, is kept.", "Покупатели по условиям. Живые сегменты следуют за данными: видно, кто вошёл, кто вышел и почему.")
	SegmentNew      = Say("New segment", "Новый сегмент")
	SegmentNone     = Say("No segments yet", "Сегментов пока нет")
	SegmentNoneHow  = Say("Say whom you look for, such as “not seen for 60 days, spent over 5 000 ₽”, and see at once how many they are.", "Опишите, кого ищете, например «не были 60 дней, купили больше чем на 5 000 ₽», — сразу увидите, сколько их.")
	SegmentName     = Say("Name", "Название")
	SegmentLive     = Say("Live", "Живой")
	SegmentFixed    = Say("Fixed", "Постоянный")
	SegmentLiveHow  = Say("follows the data", "следует за данными")
	SegmentFixedHow = Say("who is found now stays", "кто найден сейчас, тот и останется")
	SegmentTills    = Say("For promotions at the tills", "Для акций на кассах")
	SegmentAll      = Say("all hold", "все условия")
	SegmentAny      = Say("any holds", "любое из условий")
	SegmentWhen     = Say("Customers of whom", "Покупатели, для которых верны")
	SegmentAdd      = Say("Add condition", "Добавить условие")
	SegmentDrop     = Say("Remove condition", "Убрать условие")
	SegmentWindow   = Say("in the last", "за последние")
	SegmentDaysUnit = Say("days; empty: ever", "дн.; пусто — всегда")
	SegmentCount    = Say("{n} customer of {of}|{n} customers of {of}", "{n} покупатель из {of}|{n} покупателя из {of}|{n} покупателей из {of}")
	SegmentMoney    = Say("They brought {sum} in the last 365 days.", "За 365 дней они принесли {sum}.")
	SegmentBusy     = Say("Counting…", "Считаем…")
	SegmentSave     = Say("Save", "Сохранить")
	SegmentEdit     = Say("Edit", "Изменить")
	SegmentRetire   = Say("Retire", "Убрать")
	SegmentRetired  = Say("“{name}” is retired. Its history stays.", "«{name}» больше не используется. История сохранена.")
	SegmentSaved    = Say("“{name}” saved: {n} customer|“{name}” saved: {n} customers", "«{name}» сохранён: {n} покупатель|«{name}» сохранён: {n} покупателя|«{name}» сохранён: {n} покупателей")
	SegmentMembers  = Say("Members", "Состав")
	SegmentMoves    = Say("30 days: {in} entered, {out} left", "30 дней: вошли {in}, вышли {out}")
	SegmentVersion  = Say("version {n}, {by}", "версия {n}, {by}")
	SegmentSince    = Say("in it since {date}", "в сегменте с {date}")
	SegmentUntil    = Say("{from} – {to}", "{from} – {to}")
	SegmentMore     = Say("Show more", "Показать ещё")
	SegmentFile     = Say("Save members as CSV", "Сохранить состав CSV")
	SegmentChain    = Say("Segments are made by who sees the whole chain.", "Сегменты создаёт тот, кто видит всю сеть.")
	SegmentHistory  = Say("Segments over time", "История сегментов")
	SegmentProblem  = Say("Something is missing in a condition.", "В условии чего-то не хватает.")
	SegmentValue    = Say("Value", "Значение")
	SegmentPick     = Say("Choose…", "Выберите…")
	SegmentPicked   = Say("{n} chosen", "выбрано: {n}")
	SegmentAsOf     = Say("As of", "На дату")
	SegmentProfile  = Say("Profile, version of {date}", "Анкета от {date}")
	SegmentNoPast   = Say("There was no profile then.", "Тогда анкеты ещё не было.")
	SegmentBought   = Say("{n} receipt, {sum}; last on {date}|{n} receipts, {sum}; last on {date}", "{n} чек на {sum}; последний {date}|{n} чека на {sum}; последний {date}|{n} чеков на {sum}; последний {date}")
	SegmentYes      = Say("yes", "да")
	SegmentNo       = Say("no", "нет")
	SegmentCustomer = Say("Customer {id}", "Покупатель {id}")
	SegmentSample   = Say("For example", "Например")
	SegmentEmpty    = Say("Nobody is in it now.", "Сейчас в нём никого нет.")
)

// AudienceFields name what conditions look at, by package audience's fields.
var AudienceFields = map[string]*Message{
	"recency": Say("Days since the last purchase", "Дней с последней покупки"), "first": Say("Days since the first purchase", "Дней с первой покупки"),
	"receipts": Say("Receipts", "Чеков"), "revenue": Say("Bought for", "Купил на сумму"), "margin": Say("Margin brought", "Принёс маржи"),
	"average": Say("Average receipt", "Средний чек"), "discount": Say("Discounts received", "Получил скидок"), "items": Say("Positions bought", "Позиций куплено"),
	"returns": Say("Returns", "Возвратов"), "stores": Say("Different stores", "Разных магазинов"), "interval": Say("Days between visits", "Дней между визитами"),
	"categories": Say("Bought in category", "Покупал в категории"), "products": Say("Bought product", "Покупал товар"), "visited": Say("Bought in store", "Покупал в магазине"),
	"rfm": Say("RFM segment", "RFM-сегмент"), "sex": Say("Sex", "Пол"), "age": Say("Age", "Возраст"), "birthday": Say("Days until the birthday", "Дней до дня рождения"),
	"city": Say("City", "Город"), "region": Say("Region", "Регион"), "home_store": Say("Home store", "Магазин карты"), "household": Say("Household size", "Человек в семье"),
	"children": Say("Children", "Детей"), "income": Say("Income", "Доход"), "home": Say("Home", "Жильё"), "offers": Say("Agrees to offers", "Согласен на предложения"),
	"enrolled": Say("Days since enrolment", "Дней с выдачи карты"),
}

// AudienceOps name comparisons.
var AudienceOps = map[string]*Message{
	">=": Say("at least", "не меньше"), "<=": Say("at most", "не больше"), "=": Say("exactly", "ровно"),
	"in": Say("is one of", "одно из"), "not_in": Say("is none of", "ни одно из"), "is": Say("is", "—"),
}

// AudienceValues name values that are words of ours.
var AudienceValues = map[string]*Message{
	"f": Say("women", "женский"), "m": Say("men", "мужской"), "owner": Say("owner", "своё"), "renter": Say("renter", "съёмное"),
}
