package warehouse

import (
	"maps"
	"slices"

	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// readGroups returns the group of every customer whose card names one: the first
// of his first card.
func readGroups(q refdata.Querier) (map[string]string, error) {
	groups := map[string]string{}
	return groups, refdata.EachGroup(q, func(c refdata.Card) error {
		if _, ok := groups[c.Customer]; !ok && c.Customer != "" && len(c.Groups) > 0 {
			groups[c.Customer] = c.Groups[0]
		}
		return nil
	})
}

// writeGroups takes groups over when they are others than before.
func writeGroups(tx *sqlite.Tx, groups map[string]string, revision int64) error {
	have := map[string]string{}
	err := tx.Query(`SELECT customer, name FROM ref_group`, func(r sqlite.Row) error {
		have[r.Text(0)] = r.Text(1)
		return nil
	})
	if err != nil || maps.Equal(have, groups) {
		return err
	}
	if err := tx.Exec(`DELETE FROM ref_group`); err != nil {
		return err
	}
	for _, customer := range slices.Sorted(maps.Keys(groups)) {
		if err := tx.Exec(`INSERT INTO ref_group (customer, name) VALUES (?, ?)`, customer, groups[customer]); err != nil {
			return err
		}
	}
	return setMeta(tx, "groups", revision)
}
