package i18n

// Lists of customers and the card of one.
var (
	PeoplePhone    = Say("Telephone", "Телефон")
	PeopleID       = Say("ID", "Код")
	PeopleMargin   = Say("Margin", "Маржа")
	PeopleReceipt  = Say("Average receipt", "Средний чек")
	PeopleNameless = Say("Names are shown to those who may see personal data", "Имена видны тем, у кого есть право на личные данные")
	PeopleValue    = Say("In this number", "В этом числе")
	PeopleStage    = Say("Stage", "Стадия")

	CardOpen      = Say("Customer {name}", "Покупатель {name}")
	CardReceipts  = Say("Receipts", "Чеки")
	CardUnknown   = Say("No profile: only the card’s purchases are known.", "Анкеты нет: известны только покупки по карте.")
	CardWoman     = Say("woman", "женщина")
	CardMan       = Say("man", "мужчина")
	CardAge       = Say("{name} years", "{name} лет")
	CardHousehold = Say("{n} in the household|{n} in the household", "в семье {n} человек|в семье {n} человека|в семье {n} человек")
	CardChildren  = Say("{n} child|{n} children", "{n} ребёнок|{n} ребёнка|{n} детей")
	CardSince     = Say("with us since {date}", "с нами с {date}")
	CardStore     = Say("enrolled at {name}", "анкета: {name}")
	CardGroup     = Say("group {name}", "группа {name}")
	CardOffers    = Say("may be sent offers", "согласен на рассылку")
	CardNoOffers  = Say("no offers, please", "без рассылки")
	CardFirst     = Say("First purchase", "Первая покупка")
	CardLast      = Say("Latest purchase", "Последняя покупка")
	CardGap       = Say("Comes every", "Приходит раз в")
	CardDays      = Say("{n} day|{n} days", "{n} день|{n} дня|{n} дней")
	CardGapUnsure = Say("too few visits", "мало визитов")
	CardGapBasis  = Say("median of {n} pause|median of {n} pauses", "медиана {n} паузы|медиана {n} пауз|медиана {n} пауз")
	CardGoods     = Say("Buys most", "Больше всего покупает")
	CardHistory   = Say("Month by month", "По месяцам")
	CardDiscount  = Say("Discounts", "Скидки")
)

// Where customers are within their own rhythm.
var (
	TabDue    = Say("Due now", "Пора прийти")
	DueTitle  = Say("Who should have come by now", "Кому уже пора прийти")
	DueStates = Say("Where customers are within their rhythm", "Где покупатели в своём ритме")
	DueGaps   = Say("How often customers come", "Как часто приходят")
	DueRead   = Say("{n} customer should have come by now; one visit of each is worth about {sum}.|{n} customers should have come by now; one visit of each is worth about {sum}.",
		"Пора прийти {n} покупателю; по одному визиту каждого — около {sum}.|Пора прийти {n} покупателям; по одному визиту каждого — около {sum}.|Пора прийти {n} покупателям; по одному визиту каждого — около {sum}.")
	DueFew = Say("{n} customer has come too seldom for a rhythm|{n} customers have come too seldom for a rhythm",
		"у {n} покупателя визитов мало для ритма|у {n} покупателей визитов мало для ритма|у {n} покупателей визитов мало для ритма")
	DueGapsRead = Say("Half of the customers with a rhythm come at least every {n} day.|Half of the customers with a rhythm come at least every {n} days.",
		"Половина покупателей с ритмом приходит не реже чем раз в {n} день.|Половина покупателей с ритмом приходит не реже чем раз в {n} дня.|Половина покупателей с ритмом приходит не реже чем раз в {n} дней.")
	DueState    = Say("State", "Состояние")
	DueGap      = Say("Every, days", "Раз в, дней")
	DueLong     = Say("At most, days", "Не дольше, дней")
	DueSilent   = Say("Silent, days", "Молчит, дней")
	DueCount    = Say("Pauses", "Пауз")
	DueSure     = Say("Pauses no longer", "Паузы не длиннее")
	DueVisit    = Say("One visit", "Один визит")
	DueYear     = Say("Revenue of the year", "Выручка за год")
	DueToo      = Say("Too few visits", "Мало визитов")
	DueCustomer = Say("{n} customer|{n} customers", "{n} покупатель|{n} покупателя|{n} покупателей")
	DueFormula  = Say("Pauses are the days between two days of purchase of the same customer in the year up to {to}; a rhythm takes {n} of them. Due: silent for at least the median pause. Overdue: silent longer than nine in ten of the customer’s own pauses. Gone: longer than three times that. “Pauses no longer” is the share of the customer’s own pauses that were at most as long as the silence now: the higher, the surer that something is wrong; with few pauses it is a guess. Sorted by what the customer brought in the year.",
		"Паузы — дни между двумя днями покупок одного покупателя за год до {to}; для ритма нужно {n}. Пора: молчит не меньше медианной паузы. Опаздывает: дольше девяти из десяти своих пауз. Ушёл: втрое дольше этого. «Паузы не длиннее» — доля собственных пауз не длиннее нынешнего молчания: чем выше, тем вернее, что что-то не так; при малом числе пауз это догадка. По убыванию выручки за год.")
)

// DueNames names the states by their IDs.
var DueNames = map[string]*Message{
	"waiting": Say("Not yet due", "Ещё рано"), "due": Say("Due", "Пора"), "overdue": Say("Overdue", "Опаздывает"), "gone": Say("Gone", "Ушёл"),
}

// Stages of a customer's life.
var (
	TabLife     = Say("Life cycle", "Жизненный цикл")
	LifeTitle   = Say("Customers by stage", "Покупатели по стадиям")
	LifeMoves   = Say("From where to where since {date}", "Откуда куда с {date}")
	LifeWindow  = Say("{n} day|{n} days", "{n} день|{n} дня|{n} дней")
	LifeNotYet  = Say("had not bought yet", "не покупали")
	LifeRead    = Say("{active} of {n} customers bought in the latest {window} days; {fading} of those come less often than before.", "{active} из {n} покупателей покупали за последние {window} дн.; из них {fading} стали приходить реже.")
	LifeMoved   = Say("{n} who bought then fell asleep or were lost; {back} came back.", "{n} из покупавших тогда уснули или потеряны; {back} вернулись.")
	LifeShort   = Say("The data begin less than two windows earlier: stages are guesses.", "Данные начинаются меньше чем за два окна: стадии — догадка.")
	LifeNone    = Say("Choose a period to compare with to see who moved.", "Выберите сравнение, чтобы увидеть переходы.")
	LifeFormula = Say("As of {to}, by windows of {window} days over all purchases before. New: first purchase in the latest window. Returned: bought in it, not in the window before. Growing: bought in both, now at least 25 % more receipts; fading: at least 25 % fewer; regular: in between. Sleeping: latest purchase in the window before; lost: earlier. Rows of the table of moves are the stages at {before}, columns those at {to}.",
		"На {to}, окна по {window} дн., все покупки до этого. Новые: первая покупка в последнем окне. Вернувшиеся: покупали в нём, но не в предыдущем. Растущие: в обоих, чеков стало хотя бы на 25 % больше; угасающие: хотя бы на 25 % меньше; постоянные: между. Спящие: последняя покупка в предыдущем окне; потерянные: раньше. В таблице переходов строки — стадии на {before}, столбцы — на {to}.")
)

// StageNames names the stages by their IDs.
var StageNames = map[string]*Message{
	"new": Say("New", "Новые"), "growing": Say("Growing", "Растущие"), "regular": Say("Regular", "Постоянные"), "fading": Say("Fading", "Угасающие"),
	"returned": Say("Returned", "Вернувшиеся"), "sleeping": Say("Sleeping", "Спящие"), "lost": Say("Lost", "Потерянные"),
}

// What an area of customers is told about.
var (
	TraitAge       = Say("Age", "Возраст")
	TraitSex       = Say("Sex", "Пол")
	TraitCity      = Say("City", "Город")
	TraitRegion    = Say("Region", "Регион")
	TraitStore     = Say("Store of enrolment", "Магазин анкеты")
	TraitHousehold = Say("Household", "Размер семьи")
	TraitChildren  = Say("Children", "Дети")
	TraitIncome    = Say("Income", "Доход")
	TraitHome      = Say("Home", "Жильё")
	TraitOffers    = Say("Consent to offers", "Согласие на рассылку")
	TraitTenure    = Say("With us, months", "С нами, месяцев")
	TraitOwner     = Say("own home", "своё жильё")
	TraitRenter    = Say("rents", "снимает")
	TraitYes       = Say("yes", "да")
	TraitNo        = Say("no", "нет")
	TraitUnsaid    = Say("not told", "не указано")
	TraitGroup     = Say("Group of customers", "Группа покупателей")
	TraitSegment   = Say("Segment of the chain", "Сегмент сети")
)

// The active base, further words.
var (
	BaseSeveral       = Say("Several receipts", "Несколько чеков")
	BaseNewRevenue    = Say("Revenue of new ones", "Выручка новых")
	BaseVisits        = Say("Receipts each", "Чеков на человека")
	BaseInMonth       = Say("In the month", "За месяц")
	BaseInMonthBefore = Say("In the month before", "За месяц до этого")
	BaseGaps          = Say("Days between purchases", "Дни между покупками")
	BasePauses        = Say("Pauses", "Паузы")
	BaseDaysColumn    = Say("Days", "Дней")
	BaseDays          = Say("{n} day|{n} days", "{n} день|{n} дня|{n} дней")
	BaseGapsRead      = Say("Half of the pauses are at most {n} day; the middle half is {low} to {high} days long.|Half of the pauses are at most {n} days; the middle half is {low} to {high} days long.",
		"Половина пауз не длиннее {n} дня; средняя половина — от {low} до {high} дней.|Половина пауз не длиннее {n} дней; средняя половина — от {low} до {high} дней.|Половина пауз не длиннее {n} дней; средняя половина — от {low} до {high} дней.")
)

// Cohorts, further words.
var (
	CohortWeek     = Say("Weeks", "Недели")
	CohortMonth    = Say("Months", "Месяцы")
	CohortQuarter  = Say("Quarters", "Кварталы")
	CohortBuy      = Say("First purchase", "Первая покупка")
	CohortSign     = Say("Sign-up", "Анкета")
	CohortEach     = Say("Revenue each, in all", "Выручка на человека, итогом")
	CohortTitleIn  = Say("Who came back, by the period in which they began", "Кто вернулся, по периоду начала")
	CohortCurves   = Say("Curves", "Кривые")
	CohortPeriod   = Say("Began", "Начали")
	CohortOpen     = Say("Hatched: the period is not over.", "Штриховка: период не окончен.")
	CohortUnplaced = Say("{n} customer has no date of sign-up, or an earlier one than the data.|{n} customers have no date of sign-up, or an earlier one than the data.",
		"У {n} покупателя нет даты анкеты, или она раньше начала данных.|У {n} покупателей нет даты анкеты, или она раньше начала данных.|У {n} покупателей нет даты анкеты, или она раньше начала данных.")
	CohortReadAny = Say("One period later {share} of the customers came back ({n} customer followed).|One period later {share} of the customers came back ({n} customers followed).",
		"Через один период возвращаются {share} покупателей (наблюдали {n}).|Через один период возвращаются {share} покупателей (наблюдали {n}).|Через один период возвращаются {share} покупателей (наблюдали {n}).")
	CohortSure = Say("with 95 % certainty {low} – {high}", "с уверенностью 95 % {low} – {high}")
	CohortCell = Say("{period}, {n} period later|{period}, {n} periods later", "{period}, через {n} период|{period}, через {n} периода|{period}, через {n} периодов")
	CohortHow  = Say("A cohort is the customers whose first purchase in the data with this filter (or whose sign-up) was in the period. Cell k: those of them who bought in the k-th period after, as a share of the cohort; or what they brought then; or what one customer of the cohort has brought up to then (revenue less returns, by everybody in the cohort). The last cell of a row is not over before its period ends. In the first period of the data are older customers too. Months without a purchase count.",
		"Когорта — покупатели, чья первая покупка в данных с этим фильтром (или анкета) пришлась на период. Клетка k: сколько из них покупали в k-й период после, в долях когорты; или сколько они тогда принесли; или сколько один покупатель когорты принёс к этому времени (выручка за вычетом возвратов, на всех в когорте). Последняя клетка строки неполна, пока период не окончен. В первом периоде данных есть и прежние покупатели. Периоды без покупок считаются.")
)

// RFM, further words.
var (
	RFMBorders      = Say("Borders of the scores", "Границы оценок")
	RFMByQuintiles  = Say("Quintiles", "Квинтили")
	RFMByOwn        = Say("Own borders", "Свои границы")
	RFMBordersRead  = Say("A score is one more than the number of borders that a customer is above; few days are good.", "Оценка на единицу больше числа границ, выше которых покупатель; мало дней — хорошо.")
	RFMRecency      = Say("Recency, days", "Давность, дней")
	RFMFrequency    = Say("Frequency, receipts", "Частота, чеков")
	RFMMoney        = Say("Money", "Деньги")
	RFMKeep         = Say("Use these borders", "Считать по этим границам")
	RFMBordersWrong = Say("Each row needs four numbers that rise.", "В каждой строке нужны четыре возрастающих числа.")
	RFMAction       = Say("What to do", "Что делать")
	RFMFixed        = Say("Customers who bought in the 365 days up to the period’s end. Recency: days since the latest purchase; frequency: receipts; money: revenue less returns. Each is scored 1–5 by the borders that you set: recency {recency} days; frequency {frequency} receipts; money {money}. Value = mean of frequency and money, halves upwards.",
		"Покупатели, покупавшие за 365 дней до конца периода. Давность — дней с последней покупки; частота — чеки; деньги — выручка за вычетом возвратов. Каждое оценено от 1 до 5 по вашим границам: давность {recency} дн.; частота {frequency} чеков; деньги {money}. Ценность — среднее частоты и денег, половина вверх.")
)

// RFMActions say what each segment asks for.
var RFMActions = map[string]*Message{
	"champions":   Say("Thank them; ask for recommendations; first to see what is new", "Благодарить; просить рекомендаций; новинки показывать первыми"),
	"loyal":       Say("Offer more of the range; no need for discounts", "Предлагать больше ассортимента; скидки не нужны"),
	"potential":   Say("A reason for the next visit: bonus for the third purchase", "Повод прийти снова: бонус за третью покупку"),
	"new":         Say("Welcome; a coupon for a second visit within two weeks", "Приветствие; купон на второй визит в две недели"),
	"promising":   Say("Acquaint with further categories", "Познакомить с другими категориями"),
	"attention":   Say("A personal offer on what they bought before", "Личное предложение на то, что покупали"),
	"sleeping":    Say("Remind them while it is cheap", "Напомнить, пока это дёшево"),
	"at_risk":     Say("Call or write; ask what went wrong; a strong coupon", "Позвонить или написать; спросить, что не так; сильный купон"),
	"cant_lose":   Say("Win back in person: they brought most", "Возвращать лично: они приносили больше всех"),
	"hibernating": Say("Only cheap channels", "Только дешёвые каналы"),
	"lost":        Say("Do not spend on them", "Не тратить на них"),
}

// Profit by customer and what customers are worth.
var (
	TabProfit = Say("Profit and LTV", "Прибыль и LTV")
	LTVTitle  = Say("What a customer has brought, by month of first purchase", "Сколько принёс покупатель, по месяцу первой покупки")
	LTVRead   = Say("Six months after the first purchase a customer has brought {sum} of margin on average ({n} customer followed).|Six months after the first purchase a customer has brought {sum} of margin on average ({n} customers followed).",
		"За шесть месяцев после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).|За шесть месяцев после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).|За шесть месяцев после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).")
	LTVReadShort = Say("A month after the first purchase a customer has brought {sum} of margin on average ({n} customer followed).|A month after the first purchase a customer has brought {sum} of margin on average ({n} customers followed).",
		"За месяц после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).|За месяц после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).|За месяц после первой покупки покупатель в среднем приносит {sum} маржи (наблюдали {n}).")
	LTVMonth     = Say("+{n} months", "+{n} мес.")
	LTVAds       = Say("Advertising", "Реклама")
	LTVCAC       = Say("CAC", "CAC")
	LTVPays      = Say("Pays after, months", "Окупился за, мес.")
	ProfitLorenz = Say("Concentration of the margin", "Концентрация маржи")
	ProfitRead   = Say("The best tenth brings {share} of the margin (Gini {gini}); {n} customer cost more than they brought: {loss}.|The best tenth brings {share} of the margin (Gini {gini}); {n} customers cost more than they brought: {loss}.",
		"Лучшая десятая приносит {share} маржи (Джини {gini}); в убыток {n} покупатель: {loss}.|Лучшая десятая приносит {share} маржи (Джини {gini}); в убыток {n} покупателя: {loss}.|Лучшая десятая приносит {share} маржи (Джини {gini}); в убыток {n} покупателей: {loss}.")
	ProfitBy       = Say("Margin by groups of customers", "Маржа по группам покупателей")
	ProfitByRead   = Say("{name} bring most: {sum} each, {share} of the margin.", "Больше всего приносят «{name}»: {sum} на человека, {share} маржи.")
	ProfitEach     = Say("Margin each", "Маржа на человека")
	ProfitHalf     = Say("± 95 %", "± 95 %")
	ProfitShare    = Say("Margin, %", "Маржа, %")
	ProfitLosing   = Say("At a loss: {n}", "В убыток: {n}")
	ProfitLosers   = Say("Customers who cost more than they brought", "Покупатели в убыток")
	ProfitBest     = Say("All by margin", "Все по марже")
	ProfitUncosted = Say("The cost of {share} of the revenue is not known: the margin is too high by it.", "Для {share} выручки себестоимость неизвестна: маржа завышена.")
	ProfitOverlap  = Say("A customer can be in several segments: parts do not add up.", "Покупатель может быть в нескольких сегментах: части не складываются.")
	ProfitKnown    = Say("Known customers are {share} of the revenue.", "Известные покупатели — {share} выручки.")
	ProfitFormula  = Say("Margin = revenue less returns − VAT − purchase cost, of known customers. Historic LTV after k months: the margin of all customers of the cohort from their first month to the k-th, by everybody in the cohort. CAC: expenses of the kind “ads” of the month by the customers who came in it; it pays in the first month in which the LTV is at least as much. ± is the 95 % interval of the mean (Student). Gini: 0 everybody brings the same, 100 % one brings all; customers at a loss count as zero.",
		"Маржа = выручка за вычетом возвратов − НДС − себестоимость, по известным покупателям. Исторический LTV через k месяцев: маржа всех покупателей когорты с первого месяца по k-й, на всех в когорте. CAC: расходы вида «ads» за месяц на пришедших в нём; окупился в первый месяц, когда LTV не меньше. ± — 95-процентный интервал среднего (Стьюдент). Джини: 0 — все приносят поровну, 100 % — всё приносит один; убыточные считаются нулём.")
	ProfitChange = Say("Margin since {date}", "Маржа к {date}")
)

// What customers are like.
var (
	TabProfile       = Say("Profile", "Портрет")
	ProfilePyramid   = Say("Age and sex", "Возраст и пол")
	ProfilePyramidOf = Say("Of {n} customer {share} told their age.|Of {n} customers {share} told their age.", "Из {n} покупателя возраст указали {share}.|Из {n} покупателей возраст указали {share}.|Из {n} покупателей возраст указали {share}.")
	ProfileTrait     = Say("Who they are", "Кто они")
	ProfileKnown     = Say("Known for {share} of {n} customer; groups of fewer than {few} are not told.|Known for {share} of {n} customers; groups of fewer than {few} are not told.",
		"Известно для {share} из {n} покупателя; группы меньше {few} не показаны.|Известно для {share} из {n} покупателей; группы меньше {few} не показаны.|Известно для {share} из {n} покупателей; группы меньше {few} не показаны.")
	ProfileSmall     = Say("fewer than {n}", "меньше {n}")
	ProfileIndex     = Say("Index", "Индекс")
	ProfileHours     = Say("When they come", "Когда приходят")
	ProfileHoursRead = Say("Most receipts: {day}, {hour}:00. The number is the share of the hour beside that of all known customers: 100 is the same.", "Больше всего чеков: {day}, {hour}:00. Число — доля часа к доле у всех известных покупателей: 100 — одинаково.")
	ProfileHoursAll  = Say("Most receipts: {day}, {hour}:00. Set a filter on customers to compare them with all.", "Больше всего чеков: {day}, {hour}:00. Задайте фильтр по покупателям, чтобы сравнить их со всеми.")
	ProfileGoods     = Say("What they like more than others", "Что любят больше других")
	ProfileGoodsTop  = Say("What they spend most on", "На что тратят больше всего")
	ProfileGoodsRead = Say("{name}: {index} % of what others spend on it, by share of money.", "{name}: {index} % от того, что тратят на это остальные, по доле денег.")
	ProfileGoodsSay  = Say("{name} takes {share} of the money.", "{name} — {share} денег.")
	ProfileHabits    = Say("How they buy", "Как покупают")
	ProfileHabitsOf  = Say("{promo} of their receipts have a discount; of those of all known customers {all}.", "Со скидкой — {promo} их чеков, у всех известных покупателей — {all}.")
	ProfileThey      = Say("They", "Они")
	ProfileAll       = Say("All known", "Все известные")
	ProfileMonthly   = Say("Receipts per month", "Чеков в месяц")
	ProfilePromo     = Say("Receipts with a discount", "Чеки со скидкой")
	ProfileDiscount  = Say("Discount, share", "Скидка, доля")
	ProfileWeekend   = Say("Receipts at weekends", "Чеки в выходные")
	ProfileEvening   = Say("Receipts from 18:00", "Чеки после 18:00")
	ProfileTierLow   = Say("Cheapest third of the category", "Дешёвая треть категории")
	ProfileTierMid   = Say("Middle third", "Средняя треть")
	ProfileTierTop   = Say("Dearest third", "Дорогая треть")
	ProfileHabit     = Say("Habit", "Привычка")
	ProfileCovers    = Say("Known customers: {receipts} of the receipts, {revenue} of the revenue.", "Известные покупатели: {receipts} чеков, {revenue} выручки.")
	ProfileFormula   = Say("Customers with a purchase in the period whom the filter lets pass, beside all known customers whom its conditions on stores and goods let pass. Index = share among them / share among all × 100; of those for whom it is told. Ages are those reached in the year. Tiers: the articles of a category with {n} or more, in order of their average price of a piece or kilogram, in thirds; the numbers are shares of money. Discounts and tiers stand for attitudes to price that nobody was asked about. Groups of fewer than {few} customers are not told.",
		"Покупатели с покупкой в периоде, прошедшие фильтр, рядом со всеми известными, прошедшими его условия по магазинам и товарам. Индекс = доля среди них / доля среди всех × 100; из тех, для кого известно. Возраст — исполняющийся в этом году. Трети: товары категории, где их {n} или больше, по средней цене за штуку или килограмм; числа — доли денег. Скидки и трети заменяют отношение к цене, о котором никого не спрашивали. Группы меньше {few} покупателей не показаны.")
)
