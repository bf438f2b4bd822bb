package refdata

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
	"tillsight/shared/tax"
)

// benchArticles is the assortment that the targets are about.
const benchArticles = 100_000

// filled returns a database in memory with articles, a barcode and a price each.
func filled(b *testing.B) *sqlite.DB {
	b.Helper()
	db, err := sqlite.Open(":memory:", sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := Migrate(db); err != nil {
		b.Fatal(err)
	}
	var rows []Row
	for i := range benchArticles {
		sku := catalogue.SKU(fmt.Sprint(100_001 + i))
		rows = append(rows,
			Row{Table: Products, Value: catalogue.Product{
				SKU: sku, Category: "milk", Unit: quantity.Piece, Tax: tax.Reduced,
				Name: catalogue.Text{
					RU: fmt.Sprintf("%s «%s» вид %d, %d мл", someWords[i%7], someWords[i/7%7], i/49%40, 100+10*(i%90)),
					EN: fmt.Sprintf("Thing kind %d", i/49%40),
				},
			}},
			Row{Table: Barcodes, Value: catalogue.Barcode{GTIN: benchCode(i), SKU: sku, Factor: quantity.One}},
			Row{Table: Prices, Value: catalogue.Price{SKU: sku, From: 1000, Amount: 9900}})
	}
	err = db.Write(func(tx *sqlite.Tx) error {
		_, err := Put(tx, rows)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func benchCode(i int) string { return fmt.Sprintf("046%011d", i*7919%benchArticles*13) }

// BenchmarkProductByCode is the look-up of a scan; it reports the median and
// the 99th percentile beside the mean.
func BenchmarkProductByCode(b *testing.B) {
	db := filled(b)
	codes := make([]string, 5000)
	for i := range codes {
		codes[i] = benchCode(i * 17 % benchArticles)
	}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		_, found, err := ProductByCode(db, codes[i%len(codes)], "1", 2000)
		took = append(took, time.Since(start))
		if err != nil || !found {
			b.Fatal(found, err)
		}
	}
	report(b, took)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSearch asks for what a cashier types.
func BenchmarkSearch(b *testing.B) {
	db := filled(b)
	texts := []string{"мол", "чай зел", "елка 3,2", "зеленый вид 12", "х", "thing kind 3", "сыр хлеб 500"}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		items, err := Search(db, texts[i%len(texts)], "1", 2000, 20)
		took = append(took, time.Since(start))
		if err != nil || len(items) == 0 {
			b.Fatal(texts[i%len(texts)], len(items), err)
		}
	}
	report(b, took)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-us")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-us")
}
