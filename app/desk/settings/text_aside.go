package settings

import (
	"tillsight/app/i18n"
	"tillsight/shared/fact"
)

// The words of what is kept and not counted.
var (
	asideHow = i18n.Say("What registers sent and no report counts. Nothing is deleted here, whatever you decide.",
		"Что прислали кассы и что не вошло ни в один отчёт. Какое бы решение вы ни приняли, ничего не удаляется.")
	asideNone    = i18n.Say("Everything is counted", "Всё учтено")
	asideNoneHow = i18n.Say("When a register sends something that makes no sense, or tells a number twice, it waits here for you.",
		"Если касса пришлёт то, что нельзя понять, или один номер дважды, это будет ждать вас здесь.")
	asideWaiting = i18n.Say("{n} record waits for a decision|{n} records wait for a decision",
		"Ждёт решения: {n} запись|Ждут решения: {n} записи|Ждут решения: {n} записей")
	asideWaits  = i18n.Say("waits", "ждёт решения")
	asideLeft   = i18n.Say("left aside", "не учитывается")
	asideCounts = i18n.Say("counted", "учтено")
	asideBy     = i18n.Say("{who}, {time}", "{who}, {time}")
	asideNote   = i18n.Say("What you found", "Что выяснилось")
	leaveAside  = i18n.Say("Leave aside", "Не учитывать")

	branchesTitle = i18n.Say("Numbers told twice", "Номера, пришедшие дважды")
	branchesHow   = i18n.Say("A tablet was copied or restored, or bytes changed on the way. What came first is counted; the rest waits.",
		"Планшет скопировали или восстановили, либо данные изменились в пути. Что пришло первым, учтено, остальное ждёт.")
	branchFrom    = i18n.Say("from number {from} on, last at {time}", "с номера {from}, последняя {time}")
	branchWaiting = i18n.Say("{n} record waits, {receipts} for {sum}|{n} records wait, {receipts} for {sum}",
		"ждёт {n} запись, {receipts} на {sum}|ждут {n} записи, {receipts} на {sum}|ждут {n} записей, {receipts} на {sum}")
	branchReceipts = i18n.Say("{n} receipt|{n} receipts",
		"{n} чек|{n} чека|{n} чеков")
	branchAdopted = i18n.Say("{n} counted after all", "учтено после проверки: {n}")
	branchAside   = i18n.Say("{n} left aside", "не учитывается: {n}")
	branchAdopt   = i18n.Say("Count them too", "Учесть и эти")
	branchBoth    = i18n.Say("Both have happened: {n} record is counted too. A receipt that both tell of counts once. This can’t be undone.|Both have happened: {n} records are counted too. A receipt that both tell of counts once. This can’t be undone.",
		"Было и то и другое: добавится {n} запись. Чек, о котором говорят обе, учитывается один раз. Отменить это нельзя.|Было и то и другое: добавятся {n} записи. Чек, о котором говорят обе, учитывается один раз. Отменить это нельзя.|Было и то и другое: добавятся {n} записей. Чек, о котором говорят обе, учитывается один раз. Отменить это нельзя.")
	branchNeither = i18n.Say("{n} record stays in the journal and in no report.|{n} records stay in the journal and in no report.",
		"{n} запись останется в журнале и не войдёт ни в один отчёт.|{n} записи останутся в журнале и не войдут ни в один отчёт.|{n} записей останутся в журнале и не войдут ни в один отчёт.")

	factsTitle      = i18n.Say("Records that make no sense", "Записи, которые нельзя понять")
	factsHow        = i18n.Say("An update may understand them; then try again.", "Их может понять обновлённая программа, тогда попробуйте ещё раз.")
	factsMore       = i18n.Say("The newest {n} are shown.", "Показаны последние: {n}.")
	factRelease     = i18n.Say("Try again", "Попробовать ещё раз")
	factReleaseSure = i18n.Say("The record is read again. If it makes sense now, it is counted.", "Запись будет прочитана заново и учтена, если теперь её можно понять.")
	factLeaveSure   = i18n.Say("The record stays in the journal and in no report.", "Запись останется в журнале и не войдёт ни в один отчёт.")
	kindOther       = i18n.Say("Record of an unknown kind", "Запись неизвестного вида")
)

// kindNames say what facts tell of.
var kindNames = map[fact.Kind]*i18n.Message{
	fact.SaleRegistered:   i18n.Say("Sale", "Продажа"),
	fact.ReturnRegistered: i18n.Say("Return", "Возврат"),
	fact.ReceiptCancelled: i18n.Say("Cancelled receipt", "Отменённый чек"),
	fact.ShiftOpened:      i18n.Say("Shift opened", "Открытие смены"),
	fact.ShiftClosed:      i18n.Say("Shift closed", "Закрытие смены"),
	fact.CashMoved:        i18n.Say("Cash paid in or out", "Внесение или изъятие"),
	fact.SignedIn:         i18n.Say("Sign-in", "Вход кассира"),
	fact.SignInRefused:    i18n.Say("Refused sign-in", "Неудачный вход"),
	fact.CustomerEnrolled: i18n.Say("New customer", "Новый покупатель"),
	fact.ReceiptParked:    i18n.Say("Parked receipt", "Отложенный чек"),
	fact.ReceiptRecalled:  i18n.Say("Recalled receipt", "Возвращённый чек"),
	fact.ParkedTaken:      i18n.Say("Receipt taken by another till", "Чек забрала другая касса"),
	fact.FactLost:         i18n.Say("Record lost by the till’s disk", "Запись, утраченная диском кассы"),
}
