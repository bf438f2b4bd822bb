package i18n

// Customer reports: what they share.
var (
	TabRFM      = Say("RFM", "RFM")
	TabCohorts  = Say("Retention", "Удержание")
	TabBase     = Say("Active base", "Активная база")
	ReportHow   = Say("How it is counted", "Как это посчитано")
	ReportFew   = Say("few: n = {n}", "мало: n = {n}")
	ReportSmall = Say("Only {n} customer: groups this small say little.|Only {n} customers: groups this small say little.",
		"Всего {n} покупатель: такие малые группы мало о чём говорят.|Всего {n} покупателя: такие малые группы мало о чём говорят.|Всего {n} покупателей: такие малые группы мало о чём говорят.")
	ReportYear   = Say("Purchases of known customers, {from} – {to}", "Покупки известных покупателей, {from} – {to}")
	ReportMonths = Say("Known customers, months up to {to}", "Известные покупатели, месяцы по {to}")
	ReportNone   = Say("No purchases with a card", "Покупок с картой нет")
	ColCustomers = Say("Customers", "Покупатели")
	ColRevenue   = Say("Revenue", "Выручка")
	ColReceipts  = Say("Receipts", "Чеки")
	ColShare     = Say("Share", "Доля")
	ColDays      = Say("Days since", "Дней назад")
	ColChange    = Say("Change", "Изменение")
	ColMonth     = Say("Month", "Месяц")
	ColSegment   = Say("Segment", "Сегмент")
	ColCustomer  = Say("Customer", "Покупатель")
	ColItem      = Say("Item", "Позиция")
	PeopleBought = Say("{n} receipt|{n} receipts", "{n} чек|{n} чека|{n} чеков")
)

// RFM.
var (
	RFMGrid  = Say("Recency and value", "Давность и ценность")
	RFMTable = Say("Segments", "Сегменты")
	RFMRead  = Say("{name}: {share} of the customers bring {money} of the revenue; {risk} of the customers are at risk or lost.",
		"{name}: {share} покупателей дают {money} выручки; {risk} покупателей в зоне риска или потеряны.")
	RFMDays   = Say("Days since (median)", "Дней назад (медиана)")
	RFMLately = Say("5 lately", "5 недавно")
	RFMLong   = Say("1 long ago", "1 давно")
	RFMLittle = Say("1 little", "1 мало")
	RFMMuch   = Say("5 much", "5 много")
	RFMMoves  = Say("Where they went since {date}", "Куда перешли с {date}")
	RFMNobody = Say("no purchases in the year", "нет покупок за год")
	RFMMoved  = Say("{n} customer left a better segment for a worse one.|{n} customers left a better segment for a worse one.",
		"{n} покупатель перешёл в сегмент хуже прежнего.|{n} покупателя перешли в сегмент хуже прежнего.|{n} покупателей перешли в сегмент хуже прежнего.")
	RFMFormula = Say("Customers who bought in the 365 days up to the period’s end. Recency: days since the latest purchase; frequency: receipts; money: revenue less returns. Each is scored 1–5 by quintiles (linear interpolation); equal values get equal scores. Value = mean of frequency and money, halves upwards. Borders: recency {recency} days; frequency {frequency} receipts; money {money}.",
		"Покупатели, покупавшие за 365 дней до конца периода. Давность — дней с последней покупки; частота — чеки; деньги — выручка за вычетом возвратов. Каждое оценено от 1 до 5 по квинтилям (линейная интерполяция); равные значения получают равные оценки. Ценность — среднее частоты и денег, половина вверх. Границы: давность {recency} дн.; частота {frequency} чеков; деньги {money}.")
)

// RFMSegments names the segments by their IDs.
var RFMSegments = map[string]*Message{
	"champions": Say("Champions", "Чемпионы"), "loyal": Say("Loyal", "Лояльные"), "potential": Say("Potentially loyal", "Почти лояльные"),
	"new": Say("New", "Новые"), "promising": Say("Promising", "Перспективные"), "attention": Say("Need attention", "Требуют внимания"),
	"sleeping": Say("About to sleep", "Засыпают"), "at_risk": Say("At risk", "В зоне риска"), "cant_lose": Say("Can’t lose", "Нельзя потерять"),
	"hibernating": Say("Hibernating", "Спят"), "lost": Say("Lost", "Потерянные"),
}

// Retention cohorts.
var (
	CohortShares  = Say("Shares", "Доли")
	CohortCounts  = Say("Customers", "Покупатели")
	CohortRevenue = Say("Revenue", "Выручка")
	CohortRead    = Say("A month after the first purchase {share} of the customers came back ({n} customer followed).|A month after the first purchase {share} of the customers came back ({n} customers followed).",
		"Через месяц после первой покупки возвращаются {share} покупателей (наблюдали {n}).|Через месяц после первой покупки возвращаются {share} покупателей (наблюдали {n}).|Через месяц после первой покупки возвращаются {share} покупателей (наблюдали {n}).")
	CohortSince = Say("older customers too", "вместе с прежними")
	CohortSize  = Say("Came", "Пришло")
	CohortTip   = Say("{share}, {n} customer, {sum}|{share}, {n} customers, {sum}", "{share}, {n} покупатель, {sum}|{share}, {n} покупателя, {sum}|{share}, {n} покупателей, {sum}")
)

// Active base.
var (
	BaseTitle    = Say("Active customers by month", "Активные покупатели по месяцам")
	BaseKept     = Say("Stayed", "Остались")
	BaseNew      = Say("New", "Новые")
	BaseReturned = Say("Returned", "Вернулись")
	BaseLost     = Say("Left", "Ушли")
	BaseActive   = Say("Active", "Активные")
	BaseRepeat   = Say("Repeat share", "Доля повторных")
	BaseRead     = Say("{month}: {n} active, {new} new + {back} returned − {lost} left; usually {gap} days between purchases.",
		"{month}: активных {n}, {new} новых + {back} вернувшихся − {lost} ушедших; обычно {gap} дн. между покупками.")
	BaseOpen    = Say("not over", "не окончен")
	BaseFormula = Say("Active: known customers with a purchase in the month. New: their first in the data; returned: bought before, but not in the month before; left: bought in the month before, not in this one. Active − active of the month before = new + returned − left. Repeat share = (stayed + returned) / active. Days between purchases: median over {n} gap.|Active: known customers with a purchase in the month. New: their first in the data; returned: bought before, but not in the month before; left: bought in the month before, not in this one. Active − active of the month before = new + returned − left. Repeat share = (stayed + returned) / active. Days between purchases: median over {n} gaps.",
		"Активные — известные покупатели с покупкой в месяце. Новые — первая в данных; вернулись — покупали раньше, но не в прошлом месяце; ушли — покупали в прошлом месяце, но не в этом. Активные − активные прошлого месяца = новые + вернувшиеся − ушедшие. Доля повторных = (остались + вернулись) / активные. Дни между покупками — медиана по {n} интервалу.|Активные — известные покупатели с покупкой в месяце. Новые — первая в данных; вернулись — покупали раньше, но не в прошлом месяце; ушли — покупали в прошлом месяце, но не в этом. Активные − активные прошлого месяца = новые + вернувшиеся − ушедшие. Доля повторных = (остались + вернулись) / активные. Дни между покупками — медиана по {n} интервалам.|Активные — известные покупатели с покупкой в месяце. Новые — первая в данных; вернулись — покупали раньше, но не в прошлом месяце; ушли — покупали в прошлом месяце, но не в этом. Активные − активные прошлого месяца = новые + вернувшиеся − ушедшие. Доля повторных = (остались + вернулись) / активные. Дни между покупками — медиана по {n} интервалам.")
)

// ABC–XYZ.
var (
	ABCCategory = Say("Categories", "Категории")
	ABCTip      = Say("the best {part} bring {share}", "лучшие {part} дают {share}")
)
