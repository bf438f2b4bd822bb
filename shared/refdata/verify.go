package refdata

import (
	"fmt"
	"maps"
	"slices"

	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Verify computes the checks that tills are sent from the rows again, on the
// server, where every row is logged. found hears what does not agree.
func Verify(tx *sqlite.Tx, found func(format string, args ...any)) error {
	counted := map[string]wire.Check{}
	err := tx.Query(`SELECT version, tbl, key, store FROM change WHERE gone = 0 ORDER BY version`, func(r sqlite.Row) error {
		change := wire.Change{Version: r.Int64(0), Table: r.Text(1), Key: r.Text(2)}
		rec, has, err := tableOf(change.Table).get(tx, change.Key)
		switch {
		case err != nil:
			return err
		case !has:
			found("reference data: %v", missing(change))
		case rec.store != r.Text(3):
			found("reference data: row %s %q is of store %q, its change says %q", change.Table, change.Key, rec.store, r.Text(3))
		default:
			sum := counted[rec.store]
			counted[rec.store] = wire.Check{Rows: sum.Rows + 1, Sum: sum.Sum + rowHash(change.Table, rec)}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("verify reference data: %w", err)
	}
	held := map[string]wire.Check{}
	err = tx.Query(`SELECT store, rows, sum FROM checksum ORDER BY store`, func(r sqlite.Row) error {
		held[r.Text(0)] = wire.Check{Rows: r.Int64(1), Sum: uint64(r.Int64(2))}
		counted[r.Text(0)] = counted[r.Text(0)] // a check without rows is compared too
		return nil
	})
	for _, store := range slices.Sorted(maps.Keys(counted)) {
		if counted[store] != held[store] {
			found("reference data of store %q: %d rows with sum %x, the check says %d with %x",
				store, counted[store].Rows, counted[store].Sum, held[store].Rows, held[store].Sum)
		}
	}
	return err
}
