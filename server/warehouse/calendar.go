package warehouse

import (
	"time"

	"tillsight/shared/cube"
	"tillsight/shared/sqlite"
)

// calendarForm goes up when a day's row says something else than before.
const calendarForm = 2

// fillCalendar writes the calendar when it is not as this program has it.
func fillCalendar(db *sqlite.DB) error {
	return db.Write(func(tx *sqlite.Tx) error {
		form, err := metaOf(tx, "calendar")
		if err != nil || form == calendarForm {
			return err
		}
		for t := calendarFirst; !t.After(calendarLast); t = t.AddDate(0, 0, 1) {
			day := cube.EpochDay(t.Unix() / 86400)
			err := tx.Exec(`INSERT INTO calendar (day, date, week, month, quarter, year, weekday, holiday, off)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (day) DO UPDATE SET holiday = excluded.holiday, off = excluded.off`,
				int64(day), day.Key(cube.Day), day.Key(cube.Week), day.Key(cube.Month), day.Key(cube.Quarter),
				day.Key(cube.Year), day.Key(cube.Weekday), holidays[t.Format("01-02")], dayOff(t))
			if err != nil {
				return err
			}
		}
		return setMeta(tx, "calendar", calendarForm)
	})
}

// Bounds of the calendar: a date outside is a fault of a clock.
var (
	calendarFirst = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	calendarLast  = time.Date(2045, 12, 31, 0, 0, 0, 0, time.UTC)
)

// holidays are the public holidays of Russia by month and day (Labour Code,
// article 112).
var holidays = map[string]string{
	"01-01": "Новогодние каникулы", "01-02": "Новогодние каникулы", "01-03": "Новогодние каникулы",
	"01-04": "Новогодние каникулы", "01-05": "Новогодние каникулы", "01-06": "Новогодние каникулы",
	"01-07": "Рождество Христово", "01-08": "Новогодние каникулы", "02-23": "День защитника Отечества",
	"03-08": "Международный женский день", "05-01": "Праздник Весны и Труда", "05-09": "День Победы",
	"06-12": "День России", "11-04": "День народного единства",
}

// moved are the days off that a decree of the Government put elsewhere: from a
// day that is worked instead, or from a holiday on a weekend in January.
//
// 2024: decree 1314 of 10 August 2023; 2025: decree 1335 of 4 October 2024;
// 2026: decree 1466 of 24 September 2025. Without a decree, as for 2027, only
// what article 112 itself moves is known: a holiday on a weekend outside January
// makes the next working day free.
var moved = map[string]string{
	"2024-01-06": "2024-05-10", "2024-01-07": "2024-12-31", "2024-04-27": "2024-04-29", "2024-11-02": "2024-04-30",
	"2024-12-28": "2024-12-30",
	"2025-01-04": "2025-05-02", "2025-01-05": "2025-12-31", "2025-02-23": "2025-05-08", "2025-03-08": "2025-06-13",
	"2025-11-01": "2025-11-03",
	"2026-01-03": "2026-01-09", "2026-01-04": "2026-12-31",
}

// freed are the days that moved makes free.
var freed = func() map[string]bool {
	days := map[string]bool{}
	for _, to := range moved {
		days[to] = true
	}
	return days
}()

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

func holiday(t time.Time) bool { return holidays[t.Format("01-02")] != "" }

// dayOff reports whether offices are closed: on holidays, weekends and days
// that these were moved to.
func dayOff(t time.Time) bool {
	date := t.Format(time.DateOnly)
	if holiday(t) || freed[date] {
		return true
	}
	if _, worked := moved[date]; worked {
		return false
	}
	return weekend(t) || follows(t)
}

// follows reports whether t is free because a holiday before it fell on a
// weekend (article 112, part two).
func follows(t time.Time) bool {
	for back := t.AddDate(0, 0, -1); weekend(back) || holiday(back); back = back.AddDate(0, 0, -1) {
		_, elsewhere := moved[back.Format(time.DateOnly)]
		if weekend(back) && holiday(back) && back.Month() != time.January && !elsewhere {
			return true
		}
	}
	return false
}

// dayOf reads a business date that the calendar has.
func dayOf(date string) (cube.EpochDay, bool) {
	day, err := cube.ParseDay(date)
	first, last := cube.EpochDay(calendarFirst.Unix()/86400), cube.EpochDay(calendarLast.Unix()/86400)
	return day, err == nil && first <= day && day <= last
}
