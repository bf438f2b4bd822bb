package settings

import "tillsight/app/i18n"

// The words of the area.
var (
	tillsHow     = i18n.Say("Each checkout has one register. A new one is connected with a one-time code.", "На каждом месте — одна касса. Новую подключают одноразовым кодом.")
	tillsNone    = i18n.Say("No checkouts yet", "Кассовых мест пока нет")
	tillsNoneHow = i18n.Say("Checkouts come with the catalogue of stores; `tillsight demo` makes a chain to try.", "Кассовые места приходят вместе со справочником магазинов; `tillsight demo` создаёт сеть для пробы.")
	tillsFacts   = i18n.Say("Records", "Записей")
	tillsFree    = i18n.Say("free", "свободно")
	tillsNew     = i18n.Say("New code", "Новый код")
	tillsRevoke  = i18n.Say("Revoke", "Отключить")
	tillsSure    = i18n.Say("Revoke register {name} at {place}? It keeps its unsent sales but can’t send or receive any more. To use it again it needs a new code.",
		"Отключить кассу {name}, {place}? Неотправленные продажи на ней останутся, но обмен с сервером прекратится. Чтобы вернуть её, понадобится новый код.")
	tillsKeep     = i18n.Say("Keep it", "Оставить")
	tillsOnline   = i18n.Say("in touch", "на связи")
	tillsSilent   = i18n.Say("silent", "молчит")
	tillsNever    = i18n.Say("never", "ещё не был")
	tillsRevoked  = i18n.Say("revoked", "отключена")
	tillsReplaced = i18n.Say("replaced: it may only hand over its sales", "заменена: может только досдать продажи")
	tillsFork     = i18n.Say("two registers claim one identity", "две кассы с одним номером")
	tillsForkHow  = i18n.Say("The same numbers came with different records. Nothing is lost: both are kept. Revoke the copy and connect it with a new code.",
		"С одними номерами пришли разные записи. Ничего не потеряно: хранятся обе. Отключите копию и подключите её новым кодом.")
	tillsOld    = i18n.Say("Former registers", "Прежние кассы")
	tillsStore  = i18n.Say("Store {store}", "Магазин {store}")
	tillsNumber = i18n.Say("Till {n}", "Касса {n}")
	codeTitle   = i18n.Say("Code for {place}", "Код: {place}")
	codeHow     = i18n.Say("On the new register open this address and enter the code. It works once.", "На новой кассе откройте этот адрес и введите код. Он сработает один раз.")
	codeLeft    = i18n.Say("valid for {time}", "действует ещё {time}")
	codeOver    = i18n.Say("The code has expired. Make a new one.", "Срок кода истёк. Создайте новый.")
	codeCopy    = i18n.Say("Copy", "Скопировать")
	codeCopied  = i18n.Say("Copied", "Скопировано")
	agoNow      = i18n.Say("just now", "только что")
	agoMinutes  = i18n.Say("{n} minute ago|{n} minutes ago", "{n} минуту назад|{n} минуты назад|{n} минут назад")
	agoHours    = i18n.Say("{n} hour ago|{n} hours ago", "{n} час назад|{n} часа назад|{n} часов назад")
	agoDays     = i18n.Say("{n} day ago|{n} days ago", "{n} день назад|{n} дня назад|{n} дней назад")
)
