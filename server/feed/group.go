package feed

import (
	"encoding/json"
	"fmt"
	"slices"

	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// groupBatch is how many cards change in one transaction: tills pull meanwhile.
const groupBatch = 2000

// Group tells the tills which segments customers are in: of gives the segments
// of each customer that are told, all is every segment there is or was. Groups
// that are no segments stay.
func (f *Feed) Group(of map[string][]string, all map[string]bool) (changed int, err error) {
	var cards []refdata.Row
	err = f.read(func(tx *sqlite.Tx) error {
		return tx.Query(`SELECT card, customer, name, groups FROM customer_card ORDER BY card`, func(r sqlite.Row) error {
			card := refdata.Card{Card: r.Text(0), Customer: r.Text(1), Name: r.Text(2)}
			if !r.Null(3) {
				if err := json.Unmarshal([]byte(r.Text(3)), &card.Groups); err != nil {
					return fmt.Errorf("card %s: %w", card.Card, err)
				}
			}
			groups := slices.DeleteFunc(slices.Clone(card.Groups), func(group string) bool { return all[group] })
			groups = append(groups, of[card.Customer]...)
			if !slices.Equal(groups, card.Groups) {
				card.Groups = groups
				cards = append(cards, refdata.Row{Table: refdata.CustomerCards, Value: card})
			}
			return nil
		})
	})
	if err != nil {
		return 0, fmt.Errorf("group customers: %w", err)
	}
	for part := range slices.Chunk(cards, groupBatch) {
		if _, err := f.Put(part); err != nil {
			return 0, fmt.Errorf("group customers: %w", err)
		}
	}
	return len(cards), nil
}
