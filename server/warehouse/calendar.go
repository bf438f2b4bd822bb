package warehouse

import (
	"tillsight/shared/cube"
	"tillsight/shared/sqlite"
)

// fillCalendar writes the calendar once.
func fillCalendar(db *sqlite.DB) error {
	return db.Write(func(tx *sqlite.Tx) error {
		full := false
		err := tx.Query(`SELECT 1 FROM calendar LIMIT 1`, func(sqlite.Row) error {
			full = true
			return nil
		})
		if err != nil || full {
			return err
		}
		for t := calendarFirst; !t.After(calendarLast); t = t.AddDate(0, 0, 1) {
			day := cube.EpochDay(t.Unix() / 86400)
			err := tx.Exec(`INSERT INTO calendar (day, date, week, month, quarter, year, weekday, holiday)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				int64(day), day.Key(cube.Day), day.Key(cube.Week), day.Key(cube.Month), day.Key(cube.Quarter),
				day.Key(cube.Year), day.Key(cube.Weekday), holidays[t.Format("01-02")])
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// dayOf reads a business date that the calendar has.
func dayOf(date string) (cube.EpochDay, bool) {
	day, err := cube.ParseDay(date)
	first, last := cube.EpochDay(calendarFirst.Unix()/86400), cube.EpochDay(calendarLast.Unix()/86400)
	return day, err == nil && first <= day && day <= last
}
