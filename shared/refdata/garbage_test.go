package refdata

import (
	"encoding/json"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

func TestBadRowsAreRefused(t *testing.T) {
	cases := []struct {
		name, table, key, row string
		want                  errcode.Code
	}{
		{"not JSON", Products, "1", `{`, errcode.Invalid},
		{"not an object", Products, "1", `[1]`, errcode.Invalid},
		{"no article", Products, "1", `{"name":{"ru":"x"},"unit":"pc"}`, errcode.Invalid},
		{"no name", Products, "1", `{"sku":"1","unit":"pc"}`, errcode.Invalid},
		{"strange unit", Products, "1", `{"sku":"1","name":{"ru":"x"},"unit":"inch"}`, errcode.Invalid},
		{"other key", Products, "2", `{"sku":"1","name":{"ru":"x"},"unit":"pc"}`, errcode.Invalid},
		{"age", Products, "1", `{"sku":"1","name":{"ru":"x"},"unit":"pc","min_age":-1}`, errcode.Invalid},
		{"negative price", Prices, "1//0", `{"sku":"1","from":0,"amount":-5}`, errcode.Invalid},
		{"absurd price", Prices, "1//0", `{"sku":"1","from":0,"amount":99999999999999}`, errcode.Invalid},
		{"factor nothing", Barcodes, "1", `{"gtin":"1","sku":"1","factor":0}`, errcode.Invalid},
		{"no code", Barcodes, "", `{"gtin":"","sku":"1","factor":1000}`, errcode.Invalid},
		{"tax over all", TaxRates, "a/2026-01-01", `{"class":"a","from":"2026-01-01","bp":10001}`, errcode.Invalid},
		{"mask", Masks, "21", `{"pattern":"21","kind":"weight"}`, errcode.Invalid},
		{"separator in an article", Products, "a/b", `{"sku":"a/b","name":{"ru":"x"},"unit":"pc"}`, errcode.Invalid},
		{"price key to delete", Prices, "1/2", ``, errcode.Invalid},
	}
	db := open(t)
	for _, c := range cases {
		err := db.Write(func(tx *sqlite.Tx) error {
			return Apply(tx, []wire.Change{{Version: 1, Table: c.table, Key: c.key, Row: json.RawMessage(c.row)}})
		})
		if got := errcode.Of(err); got != c.want {
			t.Errorf("%s: %v (%q), want %q", c.name, err, got, c.want)
		}
	}
	if got := check(t, db, ""); got != (wire.Check{}) {
		t.Errorf("refused rows left %+v", got)
	}
}

func FuzzApply(f *testing.F) {
	f.Add(Products, "1", []byte(`{"sku":"1","name":{"ru":"Чай"},"unit":"pc"}`))
	f.Add(Prices, "1/2/3", []byte(`{"sku":"1","store":"2","from":3,"amount":5}`))
	f.Add(Barcodes, "04601234567893", []byte(`{"gtin":"04601234567893","sku":"A","factor":1000}`))
	f.Add(Employees, "7", []byte(`{"id":"7","pin_salt":"AQ=="}`))
	f.Add("later", "k", []byte(`{"a":[1,2,{}]}`))
	f.Add(Stores, "1", []byte(`null`))
	db := open(f)
	f.Fuzz(func(t *testing.T, table, key string, row []byte) {
		before := check(t, db, "")
		change := wire.Change{Version: 1, Table: table, Key: key, Row: row}
		err := db.Write(func(tx *sqlite.Tx) error { return Apply(tx, []wire.Change{change}) })
		if err != nil {
			if code := errcode.Of(err); code == errcode.Internal || code == "" {
				t.Fatalf("no code: %v", err)
			}
			return
		}
		// What was taken can be taken out again, and the check with it.
		change.Row = nil
		if err := db.Write(func(tx *sqlite.Tx) error { return Apply(tx, []wire.Change{change}) }); err != nil {
			t.Fatal(err)
		}
		if after := check(t, db, ""); after.Rows > before.Rows {
			t.Fatalf("check %+v, before %+v", after, before)
		}
	})
}
