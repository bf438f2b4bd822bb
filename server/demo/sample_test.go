package demo

import (
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/shared/catalogue"
	"tillsight/shared/tax"
)

// TestSample: the goods of a new chain are taken by the reference data, each has a
// price and a class that the chain has a rate for.
func TestSample(t *testing.T) {
	now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	f, err := feed.Open(filepath.Join(dir, "reference.db"), dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := Sample(nil, now); err == nil {
		t.Error("goods without a tax")
	}
	rows, err := Sample([]tax.Class{tax.Standard}, now)
	if err != nil {
		t.Fatal(err)
	}
	products, prices, keys := 0, 0, 0
	for _, row := range rows {
		switch v := row.Value.(type) {
		case catalogue.Product:
			if products++; v.Tax != tax.Standard {
				t.Errorf("%s is of class %s", v.SKU, v.Tax)
			}
		case catalogue.Price:
			if prices++; v.Amount <= 0 || v.Cost <= 0 || v.Cost >= v.Amount || v.From != now.UnixMilli() {
				t.Errorf("price %+v", v)
			}
		case catalogue.QuickKey:
			if keys++; v.SKU == "" {
				t.Errorf("key %+v", v)
			}
		}
	}
	if products < SampleSize || prices != products || keys == 0 {
		t.Errorf("%d products, %d prices, %d keys", products, prices, keys)
	}
	if _, err := f.Put(rows); err != nil {
		t.Error(err)
	}
}
