package i18n

// The assortment at the manager's desk.
var (
	GoodsFind     = Say("Name, article, code…", "Название, артикул, код…")
	GoodsCategory = Say("Category", "Категория")
	GoodsSave     = Say("Save", "Сохранить")
	GoodsNameRU   = Say("Name in Russian", "Название по-русски")
	GoodsNameEN   = Say("Name in English", "Название по-английски")
	GoodsDrop     = Say("Take away", "Убрать")
)

// Files of articles.
var (
	ImportFile    = Say("File", "Файл")
	ImportBusy    = Say("Reading the file…", "Читаем файл…")
	ImportUnknown = Say("Columns left out: {columns}", "Пропущены столбцы: {columns}")
	ImportGo      = Say("Load", "Загрузить")
)
