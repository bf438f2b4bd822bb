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
	TabSales     = Say("Sales", "Продажи")
	SalesTable   = Say("{measure} by {dim}", "{measure}: {dim}")
	SalesBy      = Say("By", "По")
	SalesShow    = Say("Show", "Показать")
	SalesUnknown = Say("not known", "не указано")
)

// ExpenseKinds names usual kinds of expense; others go by their own word.
var ExpenseKinds = map[string]*Message{
	"rent": Say("rent", "аренда"), "wages": Say("wages", "зарплата"), "energy": Say("energy", "энергия"), "ads": Say("advertising", "реклама"),
	"transport": Say("transport", "транспорт"), "taxes": Say("taxes", "налоги"), "equipment": Say("equipment", "оборудование"),
	"repairs": Say("repairs", "ремонт"), "bank": Say("bank fees", "банк и эквайринг"), "security": Say("security", "охрана"), "software": Say("software", "программы"), "other": Say("other", "прочее"),
}

// BCGQuadrants names the quadrants by their IDs.
var BCGQuadrants = map[string]*Message{
	"star": Say("Stars", "Звёзды"), "cow": Say("Cash cows", "Дойные коровы"), "question": Say("Question marks", "Трудные дети"),
	"dog": Say("Dogs", "Собаки"), "new": Say("New", "Новые"), "gone": Say("Gone", "Ушедшие"),
}
