package refdata

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
)

// Rows that were changed past Put do not agree with the checks.
func TestVerifyFindsChangedRows(t *testing.T) {
	for damage, finds := range map[string]bool{
		``:                                             false,
		`UPDATE price SET amount = amount + 1`:         true,
		`DELETE FROM price`:                            true,
		`UPDATE checksum SET rows = rows + 1`:          true,
		`UPDATE checksum SET sum = sum + 1`:            true,
		`DELETE FROM checksum`:                         true,
		`DELETE FROM change WHERE tbl = 'price'`:       true,
		`UPDATE change SET store = '7' WHERE gone = 0`: true,
	} {
		db, err := sqlite.Open(filepath.Join(t.TempDir(), "r.db"), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := Migrate(db); err != nil {
			t.Fatal(err)
		}
		put := func(rows ...Row) {
			t.Helper()
			if err := db.Write(func(tx *sqlite.Tx) error { _, err := Put(tx, rows); return err }); err != nil {
				t.Fatal(err)
			}
		}
		put(Row{Table: Products, Value: catalogue.Product{SKU: "101", Name: catalogue.Text{RU: "Молоко"}, Category: "c", Unit: quantity.Piece, Tax: "standard"}},
			Row{Table: Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Один"}, Zone: "Europe/Moscow", Currency: money.RUB}},
			Row{Table: Prices, Value: catalogue.Price{SKU: "101", Store: "1", From: 1, Amount: 100}})
		put(Row{Table: Prices, Value: catalogue.Price{SKU: "101", Store: "1", From: 1, Amount: 200}}, Row{Table: Stores, Key: "1"})
		if damage != "" {
			if err := db.Exec(damage); err != nil {
				t.Fatalf("%s: %v", damage, err)
			}
		}
		var list []string
		err = db.Read(func(tx *sqlite.Tx) error {
			return Verify(tx, func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) })
		})
		if err != nil || (len(list) > 0) != finds {
			t.Errorf("%q: found %s, %v", damage, strings.Join(list, "; "), err)
		}
	}
}
