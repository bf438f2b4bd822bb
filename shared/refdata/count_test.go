package refdata

import (
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
)

func TestProductCount(t *testing.T) {
	db := open(t)
	product := func(sku catalogue.SKU, name string) Row {
		return Row{Table: Products, Value: catalogue.Product{
			SKU: sku, Name: catalogue.Text{RU: name}, Category: "1", Unit: quantity.Piece, Tax: "standard"}}
	}
	for _, c := range []struct {
		what string
		rows []Row
		want int
	}{
		{"two", []Row{product("1", "Хлеб"), product("2", "Сыр")}, 2},
		{"the same", []Row{product("1", "Хлеб")}, 2},
		{"another name", []Row{product("1", "Батон")}, 2},
		{"one gone, one twice", []Row{{Table: Products, Key: "2"}, product("3", "Мёд"), product("3", "Мёд липовый")}, 2},
		{"gone again", []Row{{Table: Products, Key: "2"}}, 2},
	} {
		if err := db.Write(func(tx *sqlite.Tx) error { _, err := Put(tx, c.rows); return err }); err != nil {
			t.Fatal(err)
		}
		got, err := ProductCount(db)
		if err != nil || got != c.want {
			t.Errorf("%s: %d products, want %d; %v", c.what, got, c.want, err)
		}
	}
	name := t.TempDir() + "/snapshot.db"
	if _, err := Snapshot(db, name, "1"); err != nil {
		t.Fatal(err)
	}
	copied, err := sqlite.Open(name, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if got, err := ProductCount(copied); err != nil || got != 2 {
		t.Errorf("a snapshot says %d products, want 2; %v", got, err)
	}
}
