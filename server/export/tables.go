package export

import "tillsight/shared/catalogue"

// col describes a column; its unit follows from the kind.
func col(name string, kind Kind, sql, example, ru, en string) Column {
	c := Column{Name: name, Kind: kind, Meaning: catalogue.Text{RU: ru, EN: en}, Example: example, sql: sql}
	switch kind {
	case Money:
		c.Unit = "RUB"
	case Moment:
		c.Unit = "UTC"
	}
	return c
}

func (c Column) in(unit string) Column { c.Unit = unit; return c }
func (c Column) maybe() Column         { c.Null = true; return c }
func (c Column) private() Column       { c.Personal = true; return c }
func (c Column) keyed() Column         { c.Key = true; return c }

func said(ru, en string) catalogue.Text { return catalogue.Text{RU: ru, EN: en} }

// Columns that several tables have.
func storeCol(sql string) Column {
	return col("store_id", Text, sql, "12", "Магазин", "Store")
}

func dateCol(sql string) Column {
	return col("business_date", Date, sql, "2026-11-22", "Дата по часам магазина", "Date by the store's clock")
}

func customerCol(sql string) Column {
	return col("customer_id", Text, sql, "0190c2f4-…", "Покупатель; пусто, если неизвестен", "Customer; empty when unknown")
}

// amounts are the sums of receipts and lines, read from a table's alias.
func amounts(alias string) []Column {
	return []Column{
		col("quantity", Milli, alias+".quantity", "2.000", "Количество; у возврата отрицательное", "Quantity; negative for a return").in("pcs, kg, l"),
		col("revenue", Money, alias+".net", "179.80", "Оплачено, с НДС; у возврата отрицательное", "Paid, tax included; negative for a return"),
		col("discount", Money, alias+".discount", "20.00", "Скидка", "Discount given"),
		col("tax", Money, alias+".tax", "16.35", "НДС в выручке", "Tax in the revenue"),
		col("cost", Money, alias+".cost", "120.00", "Закупочная стоимость; 0, если неизвестна", "Purchase cost; 0 when unknown"),
		col("margin", Money, "("+alias+".net - "+alias+".tax - "+alias+".cost)", "43.45", "Маржа: выручка − НДС − себестоимость", "Margin: revenue − tax − cost"),
	}
}

// agreed is personal data of those who agreed to its being kept.
func agreed(sql string) string { return "CASE p.data WHEN 1 THEN " + sql + " ELSE '' END" }

// profile are the columns of a customer's profile p.
func profile() []Column {
	return []Column{
		col("name", Text, agreed("p.name"), "Анна Петрова", "Имя", "Name").private(),
		col("phone", Text, agreed("p.phone"), "+79161234567", "Телефон", "Phone").private(),
		col("email", Text, agreed("p.email"), "anna@example.ru", "Эл. почта", "E-mail").private(),
		col("card", Text, agreed("p.card"), "2770000012345", "Карта", "Card").private(),
		col("birth", Text, agreed("p.birth"), "1988-04-17", "Дата рождения", "Date of birth").private(),
		col("birth_year", Whole, "CASE WHEN p.birth <> '' THEN CAST(substr(p.birth, 1, 4) AS INTEGER) END", "1988", "Год рождения", "Year of birth").maybe(),
		col("sex", Text, "p.sex", "f", "Пол: f — женский, m — мужской", "Sex: f or m"),
		col("city", Text, "p.city", "Казань", "Город", "City"),
		col("region", Text, "p.region", "Татарстан", "Регион", "Region"),
		col("income", Text, "p.income", "35-49K", "Доход, интервал", "Income band"),
		col("home", Text, "p.home", "owner", "Жильё", "Home"),
		col("household_size", Whole, "p.size", "3", "Человек в семье; 0, если неизвестно", "Persons in the household; 0 when unknown"),
		col("children", Whole, "p.children", "1", "Детей", "Children"),
		col("home_store_id", Text, "p.store", "12", "Магазин, где получена карта", "Store where the card was given"),
		col("consent_data", Truth, "p.data", "true", "Согласие на обработку данных", "Consent to keep the profile"),
		col("consent_marketing", Truth, "p.marketing", "true", "Согласие на предложения", "Consent to offers"),
	}
}

func columns(parts ...[]Column) (all []Column) {
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// tables describes everything that can be exported.
var tables = []Table{
	receiptsTable, linesTable, paymentsTable, cancelledTable, shiftsTable,
	customersTable, customerHistoryTable, customerMetricsTable, identitiesTable, segmentsTable, segmentMembersTable,
	productsTable, categoriesTable, storesTable, employeesTable, calendarTable, plansTable, expensesTable,
}

var receiptsTable = Table{
	Name: "receipts", Title: said("Чеки", "Receipts"), ByStore: true, ByDate: true,
	Meaning: said("Оплаченные чеки продажи и возврата, по одному в строке", "Paid receipts of sale and return, one a row"),
	from:    "receipt r JOIN calendar c ON c.day = r.day JOIN till t ON t.key = r.till JOIN employee e ON e.key = r.cashier LEFT JOIN customer u ON u.key = r.customer",
	store:   "r.store", day: "r.day", order: "r.day, r.pos",
	Columns: columns([]Column{
		col("receipt_id", Text, "r.id", "0190c2f4-…", "Чек", "Receipt").keyed(),
		col("number", Text, "r.number", "12-3-345", "Номер на бумаге", "Number on the paper"),
		col("kind", Text, "CASE r.kind WHEN 0 THEN 'sale' ELSE 'return' END", "sale", "sale — продажа, return — возврат", "sale or return"),
		storeCol("r.store"),
		col("till", Whole, "t.n", "3", "Номер кассы в магазине", "Number of the till in the store"),
		col("shift", Whole, "r.shift", "214", "Номер смены кассы", "Number of the till's shift"),
		col("cashier_id", Text, "e.id", "1203", "Кассир", "Cashier"),
		customerCol("u.id").maybe(),
		dateCol("c.date"),
		col("hour", Whole, "r.hour", "14", "Час по часам магазина", "Hour by the store's clock"),
		col("closed_at", Moment, "r.at", "2026-11-22T11:32:05.120Z", "Когда оплачен", "When it was paid"),
		col("duration_ms", Whole, "r.took", "48000", "От первой позиции до оплаты", "From the first line to the payment").in("ms"),
		col("lines", Whole, "r.lines", "7", "Позиций без отменённых", "Lines without voided ones"),
		col("voided_lines", Whole, "r.voided", "0", "Отменённых позиций", "Voided lines"),
		col("original_receipt_id", Text, "r.original", "", "Чек, по которому возврат", "Receipt that goods are returned of"),
	}, amounts("r")),
}

var linesTable = Table{
	Name: "lines", Title: said("Позиции чеков", "Receipt lines"), ByStore: true, ByDate: true,
	Meaning: said("Позиции оплаченных чеков, и отменённые тоже", "Lines of paid receipts, voided ones too"),
	from:    "receipt r JOIN calendar c ON c.day = r.day CROSS JOIN receipt_line l ON l.receipt = r.pos JOIN product a ON a.key = l.product LEFT JOIN customer u ON u.key = r.customer",
	store:   "r.store", day: "r.day", order: "r.day, r.pos, l.n",
	Columns: columns([]Column{
		col("receipt_id", Text, "r.id", "0190c2f4-…", "Чек", "Receipt").keyed(),
		col("line", Whole, "l.n", "1", "Номер позиции", "Number of the line").keyed(),
		col("kind", Text, "CASE r.kind WHEN 0 THEN 'sale' ELSE 'return' END", "sale", "sale — продажа, return — возврат", "sale or return"),
		storeCol("r.store"), dateCol("c.date"), customerCol("u.id").maybe(),
		col("sku", Text, "a.sku", "100417", "Артикул", "Article"),
		col("price", Money, "l.price", "89.90", "Цена за единицу до скидок", "Price of a unit before discounts"),
		col("voided", Truth, "l.voided", "false", "Отменена: в суммах не считается", "Voided: does not count"),
	}, amounts("l")),
}

var paymentsTable = Table{
	Name: "payments", Title: said("Оплаты", "Payments"), ByStore: true, ByDate: true,
	Meaning: said("Чем оплачены чеки; сдача уже вычтена", "What receipts were paid with; change is taken off"),
	from:    "receipt r JOIN calendar c ON c.day = r.day CROSS JOIN payment p ON p.receipt = r.pos",
	store:   "r.store", day: "r.day", order: "r.day, r.pos, p.n",
	Columns: []Column{
		col("receipt_id", Text, "r.id", "0190c2f4-…", "Чек", "Receipt").keyed(),
		col("payment", Whole, "p.n", "1", "Номер оплаты в чеке", "Number within the receipt").keyed(),
		storeCol("r.store"), dateCol("c.date"),
		col("tender", Text, "p.kind", "cash", "Вид оплаты", "Kind of payment"),
		col("amount", Money, "p.amount", "1234.56", "Сумма; у возврата отрицательная", "Amount; negative for a return"),
	},
}

var cancelledTable = Table{
	Name: "cancelled", Title: said("Отменённые чеки", "Cancelled receipts"), ByStore: true,
	Meaning: said("Чеки, от которых отказались до оплаты", "Receipts given up before they were paid"),
	from:    "cancelled_receipt r JOIN till t ON t.key = r.till JOIN employee e ON e.key = r.cashier",
	store:   "r.store", order: "r.pos",
	Columns: []Column{
		col("receipt_id", Text, "r.id", "0190c2f4-…", "Чек", "Receipt").keyed(),
		col("number", Text, "r.number", "12-3-346", "Номер", "Number"),
		storeCol("r.store"),
		col("till", Whole, "t.n", "3", "Номер кассы", "Number of the till"),
		col("cashier_id", Text, "e.id", "1203", "Кассир", "Cashier"),
		col("cancelled_at", Moment, "r.at", "2026-11-22T11:40:00.000Z", "Когда отменён", "When"),
		col("lines", Whole, "r.lines", "4", "Позиций", "Lines"),
		col("total", Money, "r.total", "812.40", "Сумма чека", "What it came to"),
		col("reason", Text, "r.reason", "отказ покупателя", "Причина", "Reason"),
	},
}

var shiftsTable = Table{
	Name: "shifts", Title: said("Смены касс", "Till shifts"), ByStore: true,
	Meaning: said("Смены с итогами Z-отчёта", "Shifts with the totals of the Z report"),
	from:    "shift r JOIN till t ON t.key = r.till",
	store:   "r.store", order: "r.store, t.n, r.n",
	Columns: []Column{
		storeCol("r.store").keyed(),
		col("till", Whole, "t.n", "3", "Номер кассы", "Number of the till").keyed(),
		col("shift", Whole, "r.n", "214", "Номер смены", "Number of the shift").keyed(),
		col("opened_at", Moment, "r.opened", "2026-11-22T05:00:00.000Z", "Открыта", "Opened"),
		col("opened_by", Text, "r.opened_by", "1203", "Кто открыл", "Who opened it"),
		col("float", Money, "r.float", "5000.00", "Размен", "Float"),
		col("closed_at", Moment, "nullif(r.closed, 0)", "2026-11-22T19:10:00.000Z", "Закрыта; пусто, пока открыта", "Closed; empty while open").maybe(),
		col("closed_by", Text, "r.closed_by", "1203", "Кто закрыл", "Who closed it"),
		col("sales", Money, "r.sales", "184320.50", "Продажи по Z-отчёту", "Sales by the Z report"),
		col("returns", Money, "r.returns", "1250.00", "Возвраты по Z-отчёту", "Returns by the Z report"),
		col("cash_expected", Money, "r.expected", "42310.00", "Должно быть в ящике", "Cash that should be in the drawer"),
		col("cash_counted", Money, "r.counted", "42310.00", "Пересчитано", "Cash counted").maybe(),
	},
}

// home keeps the customers of the stores asked for, by the profile in force.
const home = "customer u JOIN customer_profile p ON p.customer = u.key"

const still = "p.valid_to = 9223372036854775807"

var customersTable = Table{
	Name: "customers", Title: said("Покупатели", "Customers"), ByStore: true,
	Meaning: said("Покупатели с действующей анкетой", "Customers with the profile in force"),
	from:    home + " AND " + still, store: "p.store", order: "u.key", chain: true,
	Columns: columns([]Column{
		customerCol("u.id").keyed(),
		col("since", Moment, "p.since", "2025-03-01T09:00:00.000Z", "Когда анкета заполнена впервые", "When the profile was first given"),
	}, profile()),
}

var customerHistoryTable = Table{
	Name: "customer_history", Title: said("История анкет", "Profile history"), ByStore: true,
	Meaning: said("Все версии анкет (SCD 2): версия действует при valid_from ≤ t < valid_to",
		"Every version of every profile (SCD 2): in force while valid_from ≤ t < valid_to"),
	from: home, store: "p.store", order: "u.key, p.valid_from", chain: true,
	Columns: columns([]Column{
		customerCol("u.id").keyed(),
		col("valid_from", Moment, "p.valid_from", "2025-03-01T09:00:00.000Z", "Действует с", "In force from").keyed(),
		col("valid_to", Moment, "nullif(p.valid_to, 9223372036854775807)", "", "Действует до; пусто — сейчас", "In force until; empty: still").maybe(),
	}, profile()),
}

var customerMetricsTable = Table{
	Name: "customer_metrics", Title: said("Показатели покупателей", "Customer metrics"), ByStore: true,
	Meaning: said("Покупки каждого покупателя в магазинах, которые видны", "What each customer bought in the stores that are seen"),
	from: `(SELECT r.customer AS customer, min(r.store) AS some_store,
			sum(r.kind = 0) AS receipts, sum(r.kind = 1) AS returns, sum(r.lines) AS lines,
			sum(r.net) AS net, sum(r.discount) AS discount, sum(r.tax) AS tax, sum(r.cost) AS cost,
			min(CASE r.kind WHEN 0 THEN r.at END) AS first_at, max(CASE r.kind WHEN 0 THEN r.at END) AS last_at,
			count(DISTINCT r.store) AS stores, count(DISTINCT CASE r.kind WHEN 0 THEN r.day END) AS days
		FROM receipt r
		WHERE r.customer IS NOT NULL AND %s
		GROUP BY r.customer) m JOIN customer u ON u.key = m.customer`,
	order: "u.key",
	Columns: []Column{
		customerCol("u.id").keyed(),
		col("receipts", Whole, "m.receipts", "42", "Чеков продажи", "Receipts of sale"),
		col("returns", Whole, "m.returns", "1", "Чеков возврата", "Receipts of return"),
		col("lines", Whole, "m.lines", "310", "Позиций", "Lines"),
		col("revenue", Money, "m.net", "38214.50", "Выручка за вычетом возвратов", "Revenue less returns"),
		col("discount", Money, "m.discount", "2104.00", "Скидки", "Discounts"),
		col("tax", Money, "m.tax", "3474.00", "НДС", "Tax"),
		col("cost", Money, "m.cost", "26900.00", "Себестоимость", "Cost"),
		col("margin", Money, "(m.net - m.tax - m.cost)", "7840.50", "Маржа", "Margin"),
		col("first_at", Moment, "m.first_at", "2025-03-01T09:10:00.000Z", "Первая покупка", "First purchase").maybe(),
		col("last_at", Moment, "m.last_at", "2026-11-20T16:02:00.000Z", "Последняя покупка", "Latest purchase").maybe(),
		col("stores", Whole, "m.stores", "2", "Магазинов", "Stores visited"),
		col("purchase_days", Whole, "m.days", "40", "Дней с покупками", "Days with a purchase"),
		col("days_between", Milli, "CASE WHEN m.days > 1 THEN (m.last_at - m.first_at) / 86400 / (m.days - 1) END", "7.250",
			"Средний промежуток между днями покупок", "Mean time between days with a purchase").in("days").maybe(),
	},
}

var identitiesTable = Table{
	Name: "customer_identities", Title: said("Идентификаторы покупателей", "Customer identities"), ByStore: true, personal: true,
	Meaning: said("По чему узнают покупателя: карта, телефон, почта", "What a customer is known by: card, phone, e-mail"),
	from:    "identity i JOIN customer u ON u.key = i.customer JOIN customer_profile p ON p.customer = u.key AND p.data = 1 AND " + still,
	store:   "p.store", order: "i.kind, i.value", chain: true,
	Columns: []Column{
		col("kind", Text, "i.kind", "phone", "card, phone или email", "card, phone or email").keyed(),
		col("value", Text, "i.value", "+79161234567", "Значение", "Value").private().keyed(),
		customerCol("u.id"),
		col("first_at", Moment, "i.first_at", "2025-03-01T09:00:00.000Z", "Известен с", "Known since"),
		col("last_at", Moment, "i.last_at", "2026-01-12T10:00:00.000Z", "Указан в последний раз", "Last given"),
	},
}

var segmentsTable = Table{
	Name: "segments", Title: said("Сегменты покупателей", "Customer segments"),
	Meaning: said("Сегменты, в последней версии", "Segments in their latest version"),
	from:    "ref_segment s", order: "s.key",
	Columns: []Column{
		col("segment_id", Text, "s.id", "s3", "Сегмент", "Segment").keyed(),
		col("name_ru", Text, "s.name_ru", "Давно не были", "Название", "Name in Russian"),
		col("name_en", Text, "s.name_en", "Not seen for long", "Название по-английски", "Name in English"),
		col("live", Truth, "s.live", "true", "Следует за данными", "Follows the data"),
		col("version", Whole, "s.version", "2", "Версия условий", "Version of the conditions"),
		col("retired", Truth, "s.retired", "false", "Больше не используется", "No longer in use"),
		col("changed_at", Moment, "s.at", "2026-11-20T09:00:00.000Z", "Когда изменён", "When it was changed"),
		col("changed_by", Text, "s.by", "anna", "Кем изменён", "By whom"),
	},
}

var segmentMembersTable = Table{
	Name: "segment_members", Title: said("Состав сегментов", "Segment members"), ByStore: true,
	Meaning: said("Кто был в каком сегменте, с какого по какой момент и почему", "Who was in which segment, from when until when and why"),
	from:    "segment_member m JOIN customer u ON u.key = m.customer LEFT JOIN customer_profile p ON p.customer = u.key AND " + still,
	store:   "coalesce(p.store, '')", order: "m.segment, u.key, m.entered", chain: true,
	Columns: []Column{
		col("segment_id", Text, "m.segment", "s3", "Сегмент", "Segment").keyed(),
		customerCol("u.id").keyed(),
		col("entered_at", Moment, "m.entered", "2026-11-01T03:00:00.000Z", "Вошёл", "Entered").keyed(),
		col("left_at", Moment, "nullif(m.left, 0)", "", "Вышел; пусто — ещё в сегменте", "Left; empty: still in it").maybe(),
		col("version", Whole, "m.version", "2", "Версия условий, по которой вошёл", "Version of the conditions by which he entered"),
		col("why", Text, "m.why", `[{"field":"recency","n":64}]`, "Значения при входе (JSON)", "What was so when he entered (JSON)"),
		col("why_left", Text, "m.why_left", "", "Значения при выходе (JSON)", "What was so when he left (JSON)"),
	},
}

var productsTable = Table{
	Name: "products", Title: said("Товары", "Products"),
	Meaning: said("Товары, которые хоть раз продавались", "Products that were ever sold"),
	from:    "product a LEFT JOIN ref_product f ON f.sku = a.sku", order: "a.key",
	Columns: []Column{
		col("sku", Text, "a.sku", "100417", "Артикул", "Article").keyed(),
		col("name_ru", Text, "coalesce(f.name_ru, a.name_ru)", "Молоко 3,2 % 930 мл", "Название", "Name in Russian"),
		col("name_en", Text, "coalesce(f.name_en, a.name_en)", "Milk 3.2 % 930 ml", "Название по-английски", "Name in English"),
		col("category_id", Text, "coalesce(f.category, a.category)", "milk", "Категория", "Category"),
		col("unit", Text, "a.unit", "pcs", "Единица", "Unit"),
	},
}

var categoriesTable = Table{
	Name: "categories", Title: said("Категории", "Categories"),
	Meaning: said("Дерево ассортимента", "The tree of the assortment"),
	from:    "ref_category g", order: "g.id",
	Columns: []Column{
		col("category_id", Text, "g.id", "milk", "Категория", "Category").keyed(),
		col("parent_id", Text, "g.parent", "dairy", "Категория выше; пусто у верхних", "The one above; empty at the top"),
		col("name_ru", Text, "g.name_ru", "Молоко", "Название", "Name in Russian"),
		col("name_en", Text, "g.name_en", "Milk", "Название по-английски", "Name in English"),
	},
}

var storesTable = Table{
	Name: "stores", Title: said("Магазины", "Stores"), ByStore: true,
	Meaning: said("Магазины сети", "The chain's stores"),
	from:    "ref_store s", store: "s.id", order: "s.id",
	Columns: []Column{
		storeCol("s.id").keyed(),
		col("name_ru", Text, "s.name_ru", "Продукты у дома №12", "Название", "Name in Russian"),
		col("name_en", Text, "s.name_en", "Corner Grocery No. 12", "Название по-английски", "Name in English"),
		col("region", Text, "s.region", "Татарстан", "Регион", "Region"),
		col("area", Whole, "s.area", "420", "Площадь", "Area").in("m²"),
		col("latitude", Text, "CASE WHEN s.lat <> 0 OR s.lon <> 0 THEN printf('%.6f', s.lat / 1000000.0) END", "55.796127", "Широта", "Latitude").in("°").maybe(),
		col("longitude", Text, "CASE WHEN s.lat <> 0 OR s.lon <> 0 THEN printf('%.6f', s.lon / 1000000.0) END", "49.106414", "Долгота", "Longitude").in("°").maybe(),
	},
}

var employeesTable = Table{
	Name: "employees", Title: said("Сотрудники", "Employees"), ByStore: true,
	Meaning: said("Сотрудники магазинов", "People of the stores"),
	from:    "ref_employee e", store: "e.store", order: "e.id", chain: true,
	Columns: []Column{
		col("employee_id", Text, "e.id", "1203", "Сотрудник", "Employee").keyed(),
		col("name", Text, "e.name", "Мария Иванова", "Имя", "Name"),
		col("role", Text, "e.role", "cashier", "Роль на кассе", "Role at the till"),
		storeCol("e.store"),
	},
}

var calendarTable = Table{
	Name: "calendar", Title: said("Календарь", "Calendar"), ByDate: true,
	Meaning: said("Дни с неделями, месяцами и праздниками", "Days with weeks, months and holidays"),
	from:    "calendar c", day: "c.day", order: "c.day",
	Columns: []Column{
		col("date", Date, "c.date", "2026-11-22", "Дата", "Date").keyed(),
		col("week", Text, "c.week", "2026-W47", "Неделя ISO", "ISO week"),
		col("month", Text, "c.month", "2026-11", "Месяц", "Month"),
		col("quarter", Text, "c.quarter", "2026-Q4", "Квартал", "Quarter"),
		col("year", Text, "c.year", "2026", "Год", "Year"),
		col("weekday", Text, "c.weekday", "7", "День недели: 1 — понедельник", "Weekday: 1 is Monday"),
		col("holiday", Text, "c.holiday", "День России", "Праздник; пусто, если нет", "Holiday; empty when it is none"),
		col("day_off", Truth, "c.off", "true", "Выходной по производственному календарю", "Day off by the production calendar"),
	},
}

var plansTable = Table{
	Name: "plans", Title: said("Планы", "Plans"), ByStore: true, ByDate: true, ByMonth: true,
	Meaning: said("Плановые показатели магазинов и сотрудников по месяцам", "Plan figures of stores and employees by month"),
	from:    "ref_plan p", store: "p.store", day: "p.month", order: "p.store, p.month, p.measure, p.employee",
	Columns: []Column{
		storeCol("p.store").keyed(),
		col("month", Text, "p.month", "2026-11", "Месяц", "Month").keyed(),
		col("measure", Text, "p.measure", "revenue", "Показатель: revenue, receipts, margin, items, units", "Measure: revenue, receipts, margin, items, units").keyed(),
		col("employee_id", Text, "p.employee", "", "Сотрудник; пусто — весь магазин", "Employee; empty: the whole store").keyed(),
		col("value", Whole, "p.value", "125000000", "План: деньги в копейках, количество в тысячных, остальное в штуках",
			"Plan: money in kopecks, quantities in thousandths, the rest in pieces"),
	},
}

var expensesTable = Table{
	Name: "expenses", Title: said("Расходы", "Expenses"), ByStore: true, ByDate: true, ByMonth: true,
	Meaning: said("Расходы магазинов; расходы сети — без магазина", "Expenses of stores; those of the chain have no store"),
	from:    "ref_expense x", store: "x.store", day: "x.month", order: "x.n", chain: true,
	Columns: []Column{
		col("expense", Whole, "x.n", "17", "Номер строки", "Number of the row").keyed(),
		storeCol("x.store"),
		col("month", Text, "x.month", "2026-11", "Месяц", "Month"),
		col("kind", Text, "x.kind", "rent", "Статья", "Kind"),
		col("amount", Money, "x.amount", "310000.00", "Сумма", "Amount"),
		col("text", Text, "x.text", "", "Комментарий", "Comment"),
	},
}
