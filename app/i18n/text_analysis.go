package i18n

// MeasureNames names the cube's measures by their IDs.
var MeasureNames = map[string]*Message{
	"revenue": MeasureRevenue, "sales": Say("Sales", "Продажи"), "returns": Say("Returns", "Возвраты"),
	"receipts": MeasureCount, "return_receipts": Say("Receipts of return", "Чеки возврата"), "average_receipt": MeasureAverage,
	"items_per_receipt": MeasureItems, "average_price": Say("Price per unit", "Цена за единицу"), "items": Say("Positions", "Позиции"),
	"units": MeasureUnits, "discount": Say("Discounts", "Скидки"), "discount_share": Say("Discount, share", "Доля скидок"),
	"tax": Say("VAT", "НДС"), "cost": Say("Cost", "Себестоимость"), "margin": Say("Margin", "Маржа"), "margin_share": Say("Margin, share", "Маржа, доля"),
	"return_share": Say("Returns, share", "Доля возвратов"), "customers": Say("Customers", "Покупатели"),
	"known_share": Say("With a card, share", "Доля с картой"), "uncosted": Say("Revenue without a cost", "Выручка без себестоимости"),
	"manual_discount": Say("Discounts by hand", "Ручные скидки"), "items_per_minute": Say("Positions per minute", "Позиций в минуту"),
	"voided": Say("Lines taken back", "Сторнированные строки"), "voided_share": Say("Lines taken back, share", "Доля сторно"),
}

// DimNames names the cube's dimensions by their IDs.
var DimNames = map[string]*Message{
	"day": Say("Day", "День"), "week": Say("Week", "Неделя"), "month": ColMonth, "quarter": Say("Quarter", "Квартал"), "year": Say("Year", "Год"),
	"weekday": Say("Day of the week", "День недели"), "hour": Say("Hour", "Час"), "store": Say("Store", "Магазин"), "region": Say("Region", "Регион"),
	"till": Say("Till", "Касса"), "cashier": Say("Cashier", "Кассир"), "department": Say("Department", "Отдел"), "group": Say("Group", "Группа"),
	"category": Say("Category", "Категория"), "product": Say("Product", "Товар"), "customer": ColCustomer,
	"customer_group": Say("Customer group", "Группа покупателей"), "kind": Say("Kind", "Вид"), "sex": Say("Sex", "Пол"), "age": Say("Age", "Возраст"),
	"city": Say("City", "Город"), "home_region": Say("Home region", "Регион покупателя"), "home_store": Say("Home store", "Магазин покупателя"),
	"household": Say("Household", "Семья"), "children": Say("Children", "Дети"), "income": Say("Income", "Доход"), "home": Say("Home", "Жильё"),
	"offers": Say("Offers allowed", "Согласие на рассылку"), "segment": ColSegment,
}

// Sales and growth.
var (
	TabSales      = Say("Sales", "Продажи")
	SalesTable    = Say("{measure} by {dim}", "{measure}: {dim}")
	SalesBy       = Say("By", "По")
	SalesShow     = Say("Show", "Показать")
	SalesUnknown  = Say("not known", "не указано")
	GrowthTitle   = Say("Why revenue changed", "Почему изменилась выручка")
	GrowthNone    = Say("Choose a period to compare with: the change is split into its causes.", "Выберите период сравнения: изменение раскладывается по причинам.")
	GrowthRead    = Say("Revenue went from {then} to {now} ({change}); most of it: {cause} {sum}.", "Выручка изменилась с {then} до {now} ({change}); сильнее всего повлияло: {cause} {sum}.")
	GrowthReadTwo = Say("Revenue went from {then} to {now} ({change}); most of it: {cause} {sum}, against it {other} {less}.",
		"Выручка изменилась с {then} до {now} ({change}); сильнее всего повлияло: {cause} {sum}, в обратную сторону — {other} {less}.")
	GrowthReceipts = Say("Receipts", "Число чеков")
	GrowthBasket   = Say("Units in a receipt", "Количество в чеке")
	GrowthMix      = Say("Mix of goods", "Состав покупок")
	GrowthNew      = Say("New goods", "Новые товары")
	GrowthGone     = Say("Goods gone", "Ушедшие товары")
	GrowthPrice    = Say("Shelf prices", "Цены на полке")
	GrowthDiscount = Say("Discounts", "Скидки")
	GrowthReturns  = Say("Returns", "Возвраты")
	GrowthTotal    = Say("Change of revenue", "Изменение выручки")
	GrowthCause    = Say("Cause", "Причина")
	GrowthEffect   = Say("Effect", "Влияние")
	GrowthOfThen   = Say("Of earlier revenue", "К прежней выручке")
	GrowthThen     = Say("Before", "Было")
	GrowthNow      = Say("Now", "Стало")
	GrowthDrivers  = Say("Where it changed", "Где изменилось")
	GrowthLeads    = Say("{name} gave {sum}, more than any other.", "Сильнее всего: {name}, {sum}.")
	GrowthOthers   = Say("Others ({n})", "Остальные ({n})")
	GrowthGoods    = Say("{both} goods were sold in both periods, {new} are new, {gone} are gone.", "В обоих периодах продавались товары: {both}; новых: {new}, ушедших: {gone}.")
	GrowthFormula  = Say("Sales = receipts × units per receipt × money per unit. Each factor’s part is its Shapley value: the mean of its effect over all orders in which the three could have changed, so the parts add up to the change to the kopeck. Money per unit is split further: shelf prices and discounts are the changes of goods sold in both periods, weighted by their mean share; new and gone goods count by how far their price is from the mean one; the rest is the mix. Returns are apart. Units add pieces, kilograms and litres. Table: revenue = sales less returns; average receipt = sales by receipts of sale; margin = revenue less VAT and cost.",
		"Продажи = чеки × количество в чеке × деньги за единицу. Доля каждого множителя — значение Шепли: среднее его влияние по всем порядкам, в которых могли измениться три множителя, поэтому части в сумме дают изменение до копейки. Деньги за единицу раскладываются дальше: цены и скидки — изменения у товаров, проданных в обоих периодах, с весом их средней доли; новые и ушедшие товары учитываются по отличию их цены от средней; остальное — состав покупок. Возвраты отдельно. Количество складывает штуки, килограммы и литры. В таблице: выручка = продажи минус возвраты; средний чек = продажи на чек продажи; маржа = выручка минус НДС и себестоимость.")
	HeatTitle = Say("Days of the week and hours: {measure}", "Дни недели и часы: {measure}")
	HeatMost  = Say("Most: {day} {from}–{to}: {value}.", "Больше всего: {day} {from}–{to}: {value}.")
)

// Receipts by their sum.
var (
	TabOrders    = Say("Receipts by sum", "Чеки по сумме")
	OrdersSpread = Say("How much the best part brings", "Сколько приносит лучшая часть")
	OrdersRead   = Say("The largest 10 % of receipts bring {orders} of sales; the best 10 % of customers {people}, of products {goods}.",
		"10 % самых крупных чеков приносят {orders} продаж; лучшие 10 % покупателей — {people}, товаров — {goods}.")
	OrdersOrders = Say("Receipts", "Чеки")
	OrdersPeople = Say("Customers", "Покупатели")
	OrdersGoods  = Say("Products", "Товары")
	OrdersItems  = Say("How many", "Сколько их")
	OrdersTenth  = Say("Best 10 % bring", "Лучшие 10 % дают")
	OrdersHalf   = Say("Bring half", "Дают половину")
	OrdersGini   = Say("Gini", "Джини")
	OrdersTip    = Say("The best {part}", "Лучшие {part}")
	OrdersGroups = Say("Groups by sum of the receipt", "Группы по сумме чека")
	OrdersMedian = Say("Half of the receipts are below {median}; receipts of {group} bring most: {share} of sales in {count} of the receipts.",
		"Половина чеков меньше {median}; больше всего приносят чеки {group}: {share} продаж при {count} чеков.")
	OrdersFrom    = Say("from {least}", "от {least}")
	OrdersBelow   = Say("under {below}", "до {below}")
	OrdersBetween = Say("{least} – {below}", "{least} – {below}")
	OrdersShare   = Say("Share of receipts", "Доля чеков")
	OrdersOfSales = Say("Share of sales", "Доля продаж")
	OrdersAverage = Say("Average", "Средний")
	OrdersBorders = Say("Borders, {sign}: 300 1000 3000", "Границы, {sign}: 300 1000 3000")
	OrdersByData  = Say("Choose by the data", "Выбрать по данным")
	OrdersBad     = Say("Up to 12 growing sums, with spaces between.", "До 12 возрастающих сумм через пробел.")
	OrdersFormula = Say("Receipts of sale; their sum is what was paid for the lines that the filter lets pass. Curve: what the largest 0, 1, … 100 % bring; the straight line is what equal shares would be. Gini: 0 when all bring the same, 100 % when one brings all. Customers: known ones. Groups are chosen near the 15, 35, 55, 75, 90 and 97 % of receipts, rounded, or as you set them. Margin = sales less VAT and cost.",
		"Чеки продажи; сумма чека — оплаченное за строки, прошедшие фильтр. Кривая: сколько приносят крупнейшие 0, 1, … 100 %; прямая — если бы все приносили поровну. Джини: 0 — все приносят одинаково, 100 % — всё приносит один. Покупатели — известные. Группы выбраны около 15, 35, 55, 75, 90 и 97 % чеков с округлением или заданы вручную. Маржа = продажи минус НДС и себестоимость.")
	ABCGini = Say("Gini {gini}.", "Джини {gini}.")
)

// Finance.
var (
	TabFinance     = Say("Finance", "Финансы")
	FinanceAccount = Say("Result", "Результат")
	FinanceRead    = Say("Of {revenue} revenue {margin} is margin ({share} of revenue without VAT) and {result} is left after expenses.",
		"Из выручки {revenue} маржа составляет {margin} ({share} выручки без НДС), после расходов остаётся {result}.")
	FinanceReadLoss = Say("Of {revenue} revenue {margin} is margin ({share} of revenue without VAT); expenses are larger than it by {result}.",
		"Из выручки {revenue} маржа составляет {margin} ({share} выручки без НДС); расходы больше неё на {result}.")
	FinanceReadNone = Say("Of {revenue} revenue {margin} is margin ({share} of revenue without VAT). No expenses have been entered for this period.",
		"Из выручки {revenue} маржа составляет {margin} ({share} выручки без НДС). Расходы за этот период не внесены.")
	FinancePart     = Say("Expenses are not shown: the filter looks at a part of what a store sells.", "Расходы не показаны: фильтр выбирает часть продаж магазина.")
	FinanceChain    = Say("Besides, the whole chain spent {sum}: it is not split between stores.", "Кроме того, вся сеть потратила {sum}: между магазинами не делится.")
	FinanceUncosted = Say("The cost of {share} of the revenue ({sum}) is unknown and counts as 0: the margin is too large by it.",
		"Себестоимость {share} выручки ({sum}) неизвестна и считается нулевой: маржа завышена.")
	FinanceCosted     = Say("The cost of everything sold is known.", "Себестоимость всего проданного известна.")
	FinanceLine       = Say("Line", "Строка")
	FinanceGross      = Say("Sold at shelf prices", "Продано по ценам полки")
	FinanceDiscount   = Say("discounts on sales", "скидки при продаже")
	FinanceReturns    = Say("returns", "возвраты")
	FinanceRevenue    = Say("Revenue", "Выручка")
	FinanceTax        = Say("VAT", "НДС")
	FinanceNet        = Say("Revenue without VAT", "Выручка без НДС")
	FinanceCost       = Say("cost of goods", "себестоимость")
	FinanceMargin     = Say("Margin", "Маржа")
	FinanceLess       = Say("less {line}", "минус {line}")
	FinanceResult     = Say("Operating result", "Операционный результат")
	FinanceOfNet      = Say("Of revenue without VAT", "К выручке без НДС")
	FinanceSpend      = Say("Expenses", "Расходы")
	FinanceSpendRead  = Say("Expenses take {share} of revenue without VAT; the largest is {kind}: {sum}.", "Расходы — {share} выручки без НДС; крупнейший — {kind}: {sum}.")
	FinanceSpendNone  = Say("No expenses have been entered for this period.", "Расходы за этот период не внесены.")
	FinanceKind       = Say("Kind", "Вид")
	FinanceSum        = Say("Sum", "Сумма")
	FinanceBy         = Say("Profitability by {dim}", "Рентабельность: {dim}")
	FinanceByRead     = Say("{name} earns most: {sum}; the lowest margin share is {worst}: {share}.", "Больше всего зарабатывает {name}: {sum}; самая низкая доля маржи — {worst}: {share}.")
	FinanceStores     = Say("Stores after expenses", "Магазины после расходов")
	FinanceStoresRead = Say("{n} store ends below zero.|{n} stores end below zero.", "{n} магазин в минусе.|{n} магазина в минусе.|{n} магазинов в минусе.")
	FinanceStoresGood = Say("Every store covers its own expenses.", "Каждый магазин покрывает свои расходы.")
	FinanceOwn        = Say("Own expenses", "Свои расходы")
	FinanceOff        = Say("What discounts cost", "Во что обходятся скидки")
	FinanceOffRead    = Say("After returns {sum} was given away, {share} of shelf prices; by hand {hand}, on markdown labels {mark}.",
		"С учётом возвратов отдано {sum}, {share} от цен полки; вручную — {hand}, по уценке — {mark}.")
	FinanceRule      = Say("Rule", "Правило")
	FinanceWay       = Say("Way", "Способ")
	FinanceWayRule   = Say("promotion", "акция")
	FinanceWayMark   = Say("markdown", "уценка")
	FinanceWayHand   = Say("by hand", "вручную")
	FinanceLines     = Say("Lines", "Строки")
	FinanceOnLine    = Say("by hand on a line", "вручную на строку")
	FinanceOnAll     = Say("by hand on the receipt", "вручную на чек")
	FinanceHands     = Say("Discounts by hand, by cashier", "Ручные скидки по кассирам")
	FinanceHandsRead = Say("{name} gave most by hand: {sum}, {share} of his sales.", "Больше всего вручную дал(а) {name}: {sum}, {share} своих продаж.")
	FinanceHandsNone = Say("Nobody gave a discount by hand.", "Ручных скидок не было.")
	FinanceOfSales   = Say("Of his sales", "К своим продажам")
	FinancePlan      = Say("Plan and fact", "План и факт")
	FinancePlanRead  = Say("{share} of the planned revenue for these days is reached.", "Выполнено {share} плана выручки на эти дни.")
	FinancePlanNone  = Say("No plan has been entered for these months.", "План на эти месяцы не внесён.")
	FinancePlanned   = Say("Plan", "План")
	FinanceFact      = Say("Fact", "Факт")
	FinanceReached   = Say("Reached", "Выполнение")
	FinanceFormula   = Say("Revenue = sales less returns, VAT as printed on the receipts. Cost = purchase price in force at the moment of sale × quantity; where it is unknown it counts as 0 and is named above. Expenses are those entered by month; a month that lies in the period in part counts by its days. Result = margin less expenses. Plan: a part of a month by what its weekdays usually bring.",
		"Выручка = продажи минус возвраты, НДС — как в чеках. Себестоимость = закупочная цена на момент продажи × количество; где она неизвестна, считается нулём и названа выше. Расходы — внесённые по месяцам; месяц, попавший в период частично, учитывается по дням. Результат = маржа минус расходы. План: часть месяца — по тому, сколько обычно приносят её дни недели.")
)

// ExpenseKinds names usual kinds of expense; others go by their own word.
var ExpenseKinds = map[string]*Message{
	"rent": Say("rent", "аренда"), "wages": Say("wages", "зарплата"), "energy": Say("energy", "энергия"), "ads": Say("advertising", "реклама"),
	"transport": Say("transport", "транспорт"), "taxes": Say("taxes", "налоги"), "equipment": Say("equipment", "оборудование"),
	"repairs": Say("repairs", "ремонт"), "bank": Say("bank fees", "банк и эквайринг"), "security": Say("security", "охрана"), "software": Say("software", "программы"), "other": Say("other", "прочее"),
}

// BCG.
var (
	TabBCG    = Say("BCG", "БКГ")
	BCGTitle  = Say("Share and growth", "Доля и рост")
	BCGRead   = Say("Stars: {stars} items bring {share} of revenue; {dogs} are small and do not grow.", "Звёзды: {stars} позиций дают {share} выручки; {dogs} малы и не растут.")
	BCGSeason = Say("Compared with the period before: seasons mislead. Last year’s same weeks would be fairer.",
		"Сравнение с предыдущим периодом: сезонность искажает. Честнее сравнить с теми же неделями прошлого года.")
	BCGYear     = Say("Compared with the same weeks of last year, so seasons do not mislead.", "Сравнение с теми же неделями прошлого года: сезонность не мешает.")
	BCGShare    = Say("Share of revenue", "Доля в выручке")
	BCGGrowth   = Say("Growth", "Рост")
	BCGLists    = Say("Quadrants", "Квадранты")
	BCGItems    = Say("Items", "Позиции")
	BCGSmall    = Say("of them with few receipts", "из них с малым числом чеков")
	BCGThen     = Say("Revenue before", "Выручка ранее")
	BCGQuadrant = Say("Quadrant", "Квадрант")
	BCGBorders  = Say("Borders: share {share}, growth {growth}.", "Границы: доля {share}, рост {growth}.")
	BCGMedian   = Say("Medians", "Медианы")
	BCGOwn      = Say("Share %, growth %", "Доля %, рост %")
	BCGBad      = Say("Two numbers: share and growth in percent.", "Два числа: доля и рост в процентах.")
	BCGFormula  = Say("Share = revenue of the item by that of all. Growth = change against the compared period; without a choice the same weeks of last year when the data go back so far. Borders are the medians of items with at least {few} receipts in both periods, or set by hand. Items with fewer are drawn hollow and marked: their growth is chance. Goods of one period only are new or gone.",
		"Доля = выручка позиции к общей. Рост — изменение к периоду сравнения; если он не выбран, это те же недели прошлого года, когда данные есть. Границы — медианы позиций не менее чем с {few} чеками в обоих периодах или заданы вручную. Позиции с меньшим числом чеков показаны контуром и отмечены: их рост случаен. Позиции только одного периода — новые или ушедшие.")
)

// BCGQuadrants names the quadrants by their IDs.
var BCGQuadrants = map[string]*Message{
	"star": Say("Stars", "Звёзды"), "cow": Say("Cash cows", "Дойные коровы"), "question": Say("Question marks", "Трудные дети"),
	"dog": Say("Dogs", "Собаки"), "new": Say("New", "Новые"), "gone": Say("Gone", "Ушедшие"),
}

// Employees.
var (
	TabPeople   = Say("Employees", "Сотрудники")
	PeopleTitle = Say("Employees side by side", "Сотрудники рядом")
	PeopleRead  = Say("{name} is the quickest with {speed} positions a minute, the median is {median}; {slow} takes twice the time or more.",
		"Быстрее всех {name}: {speed} позиций в минуту, медиана — {median}; вдвое медленнее и хуже: {slow}.")
	PeopleReadAll    = Say("{name} is the quickest with {speed} positions a minute; the median is {median}.", "Быстрее всех {name}: {speed} позиций в минуту; медиана — {median}.")
	PeopleDaysWorked = Say("Days", "Дней")
	PeopleVoids      = Say("Taken back", "Сторно")
	PeopleLost       = Say("Given up", "Отменено чеков")
	PeopleReach      = Say("Will reach", "Достигнет")
	PeoplePlanned    = Say("Plan of the month", "План месяца")
	PeopleDone       = Say("Done", "Сделано")
	PeopleExpected   = Say("Month’s end", "К концу месяца")
	PeopleLow        = Say("at least", "не меньше")
	PeopleHigh       = Say("at most", "не больше")
	PeoplePlan       = Say("Where the month goes: {month}", "Куда идёт месяц: {month}")
	PeoplePlanRead   = Say("By {date} {done} is done; the end is expected at {expected}, with four chances in five between {low} and {high}.",
		"На {date} сделано {done}; к концу ожидается {expected}, с вероятностью 4 из 5 — от {low} до {high}.")
	PeoplePlanOf    = Say("That is {share} of the plan of {plan}.", "Это {share} плана {plan}.")
	PeoplePlanNone  = Say("No plan has been entered for this month.", "План на этот месяц не внесён.")
	PeopleShort     = Say("There are less than two whole weeks to go by.", "Нет и двух полных недель, на которые можно опереться.")
	PeopleTried     = Say("The same forecast on earlier months", "Тот же прогноз на прошлых месяцах")
	PeopleTriedRead = Say("Made on the same day of earlier months it missed by {error} on average; the interval held {held} of {n}.",
		"Сделанный в тот же день прошлых месяцев, он ошибался в среднем на {error}; интервал попал {held} из {n}.")
	PeopleActual     = Say("Actual", "Факт")
	PeopleMissed     = Say("Missed by", "Ошибка")
	PeopleHeld       = Say("In the interval", "В интервале")
	PeopleYes        = Say("yes", "да")
	PeopleNo         = Say("no", "нет")
	PeopleCourse     = Say("Week by week", "По неделям")
	PeopleCourseRead = Say("Revenue of the latest {n} whole weeks, all on one scale.", "Выручка последних {n} полных недель, у всех один масштаб.")
	PeopleFormula    = Say("Positions per minute: positions by the time from the first line to the end, receipts of at most 30 minutes. Taken back: voided lines by all lines scanned. Given up: cancelled receipts. Month’s end = done + for each day left the mean of its weekday over the latest {weeks} whole weeks; the interval (80 %) adds up how days of one weekday differ, how whole weeks differ, and that few weeks are known. The latest day may be under way and is not history. Fewer than {few} receipts are marked: such figures say little.",
		"Позиций в минуту: позиции на время от первой строки до конца, чеки не дольше 30 минут. Сторно: отменённые строки ко всем отсканированным. Отменено: аннулированные чеки. К концу месяца = сделано + за каждый оставшийся день среднее его дня недели за последние {weeks} полных недель; интервал (80 %) складывает разброс одинаковых дней недели, разброс недель и малое их число. Последний день может быть не закончен и в историю не входит. Меньше {few} чеков — отмечено: такие показатели мало говорят.")
)

// Map.
var (
	TabMap     = Say("Map", "Карта")
	MapTitle   = Say("Stores and regions: {measure}", "Магазины и регионы: {measure}")
	MapRead    = Say("{region} leads with {share}; {store} is the largest store.", "Лидирует {region}: {share}; крупнейший магазин — {store}.")
	MapReadOne = Say("{region} leads with {value}.", "Лидирует {region}: {value}.")
	MapStores  = Say("Stores", "Магазины")
	MapRegions = Say("Regions", "Регионы")
	MapNowhere = Say("{n} store has no place on the map: say it in the store’s data.|{n} stores have no place on the map: say it in the stores’ data.",
		"У {n} магазина не указано место на карте: укажите его в данных магазина.|У {n} магазинов не указано место на карте: укажите его в данных магазина.|У {n} магазинов не указано место на карте: укажите его в данных магазина.")
	MapFormula = Say("A region’s colour and a store’s circle show the measure of the period: area of the circle, not its width. Borders: Natural Earth (public domain), simplified; Albers projection.",
		"Цвет региона и круг магазина показывают показатель за период: важна площадь круга, а не ширина. Границы: Natural Earth (общественное достояние), упрощены; проекция Альберса.")
	PlaceTitle  = Say("Where the stores stand", "Где стоят магазины")
	PlaceRead   = Say("The map needs a region and coordinates of every store, as map services copy them.", "Карте нужны регион и координаты каждого магазина — так, как их копируют картографические сервисы.")
	PlaceShow   = Say("Change", "Изменить")
	PlaceRegion = Say("Region", "Регион")
	PlaceHint   = Say("56.8586, 35.9117", "56.8586, 35.9117")
	PlaceBad    = Say("Two numbers are needed: latitude and longitude in degrees, 56.8586, 35.9117.", "Нужны два числа: широта и долгота в градусах, 56.8586, 35.9117.")
	PlaceSaved  = Say("{name}: saved. The map follows in a few seconds.", "{name}: сохранено. Карта обновится через несколько секунд.")
	MapWhole    = Say("The whole country", "Вся страна")
)
