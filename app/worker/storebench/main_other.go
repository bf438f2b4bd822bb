//go:build !js

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

func main() {
	out := flag.String("out", "build/bench/reference.db", "snapshot file to write")
	flag.Parse()
	if err := makeSnapshot(*out); err != nil {
		fmt.Fprintln(os.Stderr, "storebench:", err)
		os.Exit(1)
	}
}

// makeSnapshot writes a store's snapshot of articles as the server makes it.
func makeSnapshot(out string) (err error) {
	dir, err := os.MkdirTemp("", "storebench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	db, err := sqlite.Open(filepath.Join(dir, "server.db"), sqlite.Options{Pragmas: []string{"synchronous=OFF"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := refdata.Migrate(db); err != nil {
		return err
	}
	if err := db.Write(func(tx *sqlite.Tx) error {
		_, err := refdata.Put(tx, rows())
		return err
	}); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	_, err = refdata.Snapshot(db, out, "12")
	return err
}

func rows() []refdata.Row {
	var rows []refdata.Row
	for i := range articles {
		sku := catalogue.SKU(fmt.Sprint(100_001 + i))
		name := catalogue.Text{RU: fmt.Sprintf("Товар %06d пастеризованный 500 г", i), EN: fmt.Sprintf("Product %06d 500 g", i)}
		rows = append(rows,
			refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: sku, Name: name, Category: fmt.Sprint(i % 200), Unit: quantity.Piece, Tax: "standard"}},
			refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: gtinOf(i), SKU: sku, Factor: quantity.One}},
			refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: sku, From: 1, Amount: money.Amount(1000 + i%5000)}},
		)
	}
	return rows
}
