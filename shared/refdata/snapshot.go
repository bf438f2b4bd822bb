package refdata

import (
	"errors"
	"fmt"

	"tillsight/shared/sqlite"
)

// Snapshot writes what a till of store holds to a new database file at path,
// packed as small as SQLite makes it. It reads one state of db and returns its
// version, from which the till pulls on. db is busy meanwhile.
func Snapshot(db *sqlite.DB, path, store string) (version int64, err error) {
	if err := createPacked(path); err != nil {
		return 0, fmt.Errorf("create snapshot: %w", err)
	}
	if err := db.Exec(`ATTACH ? AS snapshot`, path); err != nil {
		return 0, fmt.Errorf("attach snapshot: %w", err)
	}
	defer func() { err = errors.Join(err, db.Exec(`DETACH snapshot`)) }()
	err = db.Write(func(tx *sqlite.Tx) error {
		if version, err = Cursor(tx); err != nil {
			return err
		}
		for _, copy := range copies {
			args := []any{store}
			if !copy.byStore {
				args = nil
			}
			if err := tx.Exec(copy.sql, args...); err != nil {
				return fmt.Errorf("copy to snapshot: %w", err)
			}
		}
		return nil
	})
	return version, err
}

// copies fill the tables of a snapshot in the order of their keys, so that
// pages are filled to the end.
var copies = []struct {
	sql     string
	byStore bool
}{
	{`INSERT INTO snapshot.article SELECT * FROM main.article ORDER BY id`, false},
	{`INSERT INTO snapshot.product SELECT * FROM main.product ORDER BY id`, false},
	{`INSERT INTO snapshot.barcode SELECT * FROM main.barcode ORDER BY code`, false},
	{`INSERT INTO snapshot.price SELECT * FROM main.price WHERE store IN ('', ?)
		ORDER BY product, list, store, from_ms`, true},
	{`INSERT INTO snapshot.customer_card SELECT * FROM main.customer_card ORDER BY card`, false},
	{`INSERT INTO snapshot.store SELECT * FROM main.store ORDER BY key`, false},
	{`INSERT INTO snapshot.till SELECT * FROM main.till ORDER BY key`, false},
	{`INSERT INTO snapshot.category SELECT * FROM main.category ORDER BY key`, false},
	{`INSERT INTO snapshot.tax_rate SELECT * FROM main.tax_rate ORDER BY key`, false},
	{`INSERT INTO snapshot.employee SELECT * FROM main.employee
		WHERE coalesce(json_extract(row, '$.store'), '') IN ('', ?) ORDER BY key`, true},
	{`INSERT INTO snapshot.mask SELECT * FROM main.mask ORDER BY key`, false},
	{`INSERT INTO snapshot.quick_key SELECT * FROM main.quick_key ORDER BY key`, false},
	{`INSERT INTO snapshot.sale_ban SELECT * FROM main.sale_ban ORDER BY key`, false},
	{`INSERT INTO snapshot.shelf_life SELECT * FROM main.shelf_life ORDER BY key`, false},
	{`INSERT INTO snapshot.kit SELECT * FROM main.kit ORDER BY key`, false},
	{`INSERT INTO snapshot.quick_group SELECT * FROM main.quick_group ORDER BY key`, false},
	{`INSERT INTO snapshot.selling SELECT * FROM main.selling ORDER BY key`, false},
	{`INSERT INTO snapshot.slip_key SELECT * FROM main.slip_key WHERE json_extract(row, '$.store') = ? ORDER BY key`, true},
	{`INSERT INTO snapshot.code_sample SELECT * FROM main.code_sample ORDER BY key`, false},
	{`INSERT INTO snapshot.stock_basis SELECT * FROM main.stock_basis WHERE key = ?`, true},
	{`INSERT INTO snapshot.stock SELECT * FROM main.stock WHERE store = ? ORDER BY product`, true},
	{`INSERT INTO snapshot.price_list SELECT * FROM main.price_list ORDER BY key`, false},
	{`INSERT INTO snapshot.regulation SELECT * FROM main.regulation ORDER BY key`, false},
	{`INSERT INTO snapshot.promotion SELECT * FROM main.promotion ORDER BY key`, false},
	{`INSERT INTO snapshot.promotion_never SELECT * FROM main.promotion_never ORDER BY key`, false},
	{`INSERT INTO snapshot.promotion_use SELECT * FROM main.promotion_use ORDER BY key`, false},
	{`INSERT INTO snapshot.rule_log SELECT * FROM main.rule_log l WHERE NOT EXISTS (SELECT 1 FROM main.rule_log n
		WHERE n.tbl = l.tbl AND n.key = l.key AND n.version > l.version) ORDER BY version`, false},
	{`INSERT INTO snapshot.other SELECT * FROM main.other ORDER BY tbl, key`, false},
	{`INSERT INTO snapshot.word SELECT * FROM main.word ORDER BY word`, false},
	{`INSERT INTO snapshot.checksum SELECT * FROM main.checksum WHERE store IN ('', ?)`, true},
	{`INSERT OR REPLACE INTO snapshot.meta SELECT * FROM main.meta`, false},
	{`INSERT OR REPLACE INTO snapshot.meta SELECT 'rules_from', value FROM main.meta WHERE name = 'cursor'`, false},
}

// createPacked makes an empty database of this version's tables. The file is
// made anew from this database if it is lost, so nothing is flushed.
func createPacked(path string) error {
	db, err := sqlite.Open(path, sqlite.Options{Pragmas: []string{"journal_mode=DELETE", "synchronous=OFF"}})
	if err != nil {
		return err
	}
	return errors.Join(Migrate(db), db.Close())
}
