package i18n

// Exports to other programs, and what this device keeps.
var (
	TokenForDays  = Say("{n} day|{n} days", "{n} день|{n} дня|{n} дней")
	AtServerShort = Say("counted by the server", "считает сервер")
	AtServer      = Say("Counted by the server: {month} and older are not kept on this device", "Посчитано сервером: {month} и раньше не хранятся на этом устройстве")
)
