package segment

import (
	"maps"
	"slices"
	"strconv"

	"tillsight/server/warehouse"
	"tillsight/shared/cube"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// profileMark changes with every new customer, every new version of a profile and
// every other group.
const profileMark = `SELECT (SELECT count(*) FROM customer) || ' ' || (SELECT coalesce(max(value), 0) FROM meta WHERE name = 'groups') || ' ' || (SELECT count(*) || ' ' || coalesce(max(pos), 0) FROM customer_profile)`

func customerFiles(q warehouse.Querier) (files []segment.File, err error) {
	customers, err := customerRows(q)
	for _, rows := range chunks(customers) {
		files = append(files, segment.CustomerFile(rows))
	}
	return files, err
}

// customerRows are all customers with what is told in the latest version of
// their profiles.
func customerRows(q warehouse.Querier) (rows segment.Rows[segment.Customer], err error) {
	err = q.Query(`SELECT c.key, c.id, p.customer IS NOT NULL, coalesce(p.sex, ''), coalesce(p.birth, ''), coalesce(p.city, ''),
			coalesce(p.region, ''), coalesce(p.income, ''), coalesce(p.home, ''), coalesce(p.size, 0), coalesce(p.children, 0),
			coalesce(p.store, ''), coalesce(p.since, 0), coalesce(p.data, 0), coalesce(p.marketing, 0), coalesce(g.name, '')
		FROM customer c
		LEFT JOIN customer_profile p ON p.customer = c.key AND p.valid_to = 9223372036854775807
		LEFT JOIN ref_group g ON g.customer = c.id
		ORDER BY c.key`, func(r sqlite.Row) error {
		rows.Keys = append(rows.Keys, int32(r.Int64(0)))
		rows.Rows = append(rows.Rows, segment.Customer{
			ID: r.Text(1), Known: r.Bool(2), Sex: r.Text(3), Birth: birthYear(r.Text(4)), City: r.Text(5), Region: r.Text(6),
			Income: r.Text(7), Home: r.Text(8), Size: int32(r.Int(9)), Children: int32(r.Int(10)), Store: r.Text(11),
			Since: r.Int64(12), Data: r.Bool(13), Offers: r.Bool(14), Group: r.Text(15),
		})
		return nil
	})
	return rows, err
}

// birthYear returns the year of a date of birth, 0 when it can't be one.
func birthYear(date string) int32 {
	if len(date) < len("2006") {
		return 0
	}
	year, err := strconv.Atoi(date[:len("2006")])
	if err != nil || year < cube.BirthFirst {
		return 0
	}
	return int32(year)
}

// personFiles are who the customers are who allowed that to be kept, for each
// store the ones who enrolled there.
func personFiles(q warehouse.Querier) (files []segment.File, err error) {
	stores := map[string]segment.Rows[segment.Person]{}
	err = q.Query(`SELECT customer, store, name, phone, email, card
		FROM customer_profile
		WHERE valid_to = 9223372036854775807 AND data = 1
		ORDER BY customer`, func(r sqlite.Row) error {
		rows := stores[r.Text(1)]
		rows.Keys = append(rows.Keys, int32(r.Int64(0)))
		rows.Rows = append(rows.Rows, segment.Person{Name: r.Text(2), Phone: r.Text(3), Email: r.Text(4), Card: r.Text(5)})
		stores[r.Text(1)] = rows
		return nil
	})
	for _, store := range slices.SortedFunc(maps.Keys(stores), cube.Natural) {
		for _, rows := range chunks(stores[store]) {
			files = append(files, segment.PersonFile(store, rows))
		}
	}
	return files, err
}
