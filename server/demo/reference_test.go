package demo

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"

	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// BenchmarkReference fills a server's reference database with 100 000 articles
// and makes a till's snapshot of it.
func BenchmarkReference(b *testing.B) {
	g, err := build(Options{Seed: 1, End: lastDay, SKUs: SKUsMax})
	if err != nil {
		b.Fatal(err)
	}
	c := &collector{}
	g.sink = c
	if err := g.reference(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		dir := b.TempDir()
		db, err := sqlite.Open(filepath.Join(dir, "reference.db"), sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := refdata.Migrate(db); err != nil {
			b.Fatal(err)
		}
		err = db.Write(func(tx *sqlite.Tx) error {
			_, err := refdata.Put(tx, c.rows)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		put := b.Elapsed()
		path := filepath.Join(dir, "snapshot.db")
		if _, err := refdata.Snapshot(db, path, "1"); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(c.rows))/put.Seconds(), "rows/s")
		b.ReportMetric((b.Elapsed() - put).Seconds(), "snapshot-s")
		reportSize(b, path)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func reportSize(b *testing.B, path string) {
	b.StopTimer()
	defer b.StartTimer()
	file, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var gz, br bytes.Buffer
	zip := gzip.NewWriter(&gz)
	if _, err := zip.Write(file); err != nil {
		b.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		b.Fatal(err)
	}
	rot := brotli.NewWriterLevel(&br, 5)
	if _, err := rot.Write(file); err != nil {
		b.Fatal(err)
	}
	if err := rot.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(file))/1e6, "MB")
	b.ReportMetric(float64(gz.Len())/1e6, "gzip-MB")
	b.ReportMetric(float64(br.Len())/1e6, "br5-MB")
}
