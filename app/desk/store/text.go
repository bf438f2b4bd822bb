package store

import "tillsight/app/i18n"

// The words of the area.
var (
	tabPeople   = i18n.Say("Employees", "Сотрудники")
	peopleTitle = i18n.Say("Employees side by side", "Сотрудники рядом")
	peopleRead  = i18n.Say("{name} is the quickest with {speed} positions a minute, the median is {median}; {slow} takes twice the time or more.",
		"Быстрее всех {name}: {speed} позиций в минуту, медиана — {median}; вдвое медленнее и хуже: {slow}.")
	peopleReadAll    = i18n.Say("{name} is the quickest with {speed} positions a minute; the median is {median}.", "Быстрее всех {name}: {speed} позиций в минуту; медиана — {median}.")
	peopleDaysWorked = i18n.Say("Days", "Дней")
	peopleVoids      = i18n.Say("Taken back", "Сторно")
	peopleLost       = i18n.Say("Given up", "Отменено чеков")
	peopleReach      = i18n.Say("Will reach", "Достигнет")
	peoplePlanned    = i18n.Say("Plan of the month", "План месяца")
	peopleDone       = i18n.Say("Done", "Сделано")
	peopleExpected   = i18n.Say("Month’s end", "К концу месяца")
	peopleLow        = i18n.Say("at least", "не меньше")
	peopleHigh       = i18n.Say("at most", "не больше")
	peoplePlan       = i18n.Say("Where the month goes: {month}", "Куда идёт месяц: {month}")
	peoplePlanRead   = i18n.Say("By {date} {done} is done; the end is expected at {expected}, with four chances in five between {low} and {high}.",
		"На {date} сделано {done}; к концу ожидается {expected}, с вероятностью 4 из 5 — от {low} до {high}.")
	peoplePlanOf    = i18n.Say("That is {share} of the plan of {plan}.", "Это {share} плана {plan}.")
	peoplePlanNone  = i18n.Say("No plan has been entered for this month.", "План на этот месяц не внесён.")
	peopleShort     = i18n.Say("There are less than two whole weeks to go by.", "Нет и двух полных недель, на которые можно опереться.")
	peopleTried     = i18n.Say("The same forecast on earlier months", "Тот же прогноз на прошлых месяцах")
	peopleTriedRead = i18n.Say("Made on the same day of earlier months it missed by {error} on average; the interval held {held} of {n}.",
		"Сделанный в тот же день прошлых месяцев, он ошибался в среднем на {error}; интервал попал {held} из {n}.")
	peopleActual     = i18n.Say("Actual", "Факт")
	peopleMissed     = i18n.Say("Missed by", "Ошибка")
	peopleHeld       = i18n.Say("In the interval", "В интервале")
	peopleYes        = i18n.Say("yes", "да")
	peopleNo         = i18n.Say("no", "нет")
	peopleCourse     = i18n.Say("Week by week", "По неделям")
	peopleCourseRead = i18n.Say("Revenue of the latest {n} whole weeks, all on one scale.", "Выручка последних {n} полных недель, у всех один масштаб.")
	peopleFormula    = i18n.Say("Positions per minute: positions by the time from the first line to the end, receipts of at most 30 minutes. Taken back: voided lines by all lines scanned. Given up: cancelled receipts. Month’s end = done + for each day left the mean of its weekday over the latest {weeks} whole weeks; the interval (80 %) adds up how days of one weekday differ, how whole weeks differ, and that few weeks are known. The latest day may be under way and is not history. Fewer than {few} receipts are marked: such figures say little.",
		"Позиций в минуту: позиции на время от первой строки до конца, чеки не дольше 30 минут. Сторно: отменённые строки ко всем отсканированным. Отменено: аннулированные чеки. К концу месяца = сделано + за каждый оставшийся день среднее его дня недели за последние {weeks} полных недель; интервал (80 %) складывает разброс одинаковых дней недели, разброс недель и малое их число. Последний день может быть не закончен и в историю не входит. Меньше {few} чеков — отмечено: такие показатели мало говорят.")
	tabMap     = i18n.Say("Map", "Карта")
	mapTitle   = i18n.Say("Stores and regions: {measure}", "Магазины и регионы: {measure}")
	mapRead    = i18n.Say("{region} leads with {share}; {store} is the largest store.", "Лидирует {region}: {share}; крупнейший магазин — {store}.")
	mapReadOne = i18n.Say("{region} leads with {value}.", "Лидирует {region}: {value}.")
	mapStores  = i18n.Say("Stores", "Магазины")
	mapRegions = i18n.Say("Regions", "Регионы")
	mapNowhere = i18n.Say("{n} store has no place on the map: say it in the store’s data.|{n} stores have no place on the map: say it in the stores’ data.",
		"У {n} магазина не указано место на карте: укажите его в данных магазина.|У {n} магазинов не указано место на карте: укажите его в данных магазина.|У {n} магазинов не указано место на карте: укажите его в данных магазина.")
	mapFormula = i18n.Say("A region’s colour and a store’s circle show the measure of the period: area of the circle, not its width. Borders: Natural Earth (public domain), simplified; Albers projection.",
		"Цвет региона и круг магазина показывают показатель за период: важна площадь круга, а не ширина. Границы: Natural Earth (общественное достояние), упрощены; проекция Альберса.")
	placeTitle  = i18n.Say("Where the stores stand", "Где стоят магазины")
	placeRead   = i18n.Say("The map needs a region and coordinates of every store, as map services copy them.", "Карте нужны регион и координаты каждого магазина — так, как их копируют картографические сервисы.")
	placeShow   = i18n.Say("Change", "Изменить")
	placeRegion = i18n.Say("Region", "Регион")
	placeHint   = i18n.Say("56.8586, 35.9117", "56.8586, 35.9117")
	placeBad    = i18n.Say("Two numbers are needed: latitude and longitude in degrees, 56.8586, 35.9117.", "Нужны два числа: широта и долгота в градусах, 56.8586, 35.9117.")
	placeSaved  = i18n.Say("{name}: saved. The map follows in a few seconds.", "{name}: сохранено. Карта обновится через несколько секунд.")
	mapWhole    = i18n.Say("The whole country", "Вся страна")
)
