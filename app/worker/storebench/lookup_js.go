package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"time"

	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// snapshot measures installing a snapshot, opening it and finding barcodes.
func snapshot() error {
	b, err := fetch("/files/reference.db")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	snap := wire.Snapshot{Size: int64(len(b)), SHA256: hex.EncodeToString(sum[:])}
	dir, err := fresh("reference")
	if err != nil {
		return err
	}
	start := time.Now()
	if err := localdb.InstallReference(dir, snap, bytes.NewReader(b), nil); err != nil {
		return err
	}
	install := time.Since(start)
	start = time.Now()
	db, err := localdb.OpenReference(dir)
	if err != nil {
		return err
	}
	open := time.Since(start)

	lookup, err := lookups(db)
	if err != nil {
		return err
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	for _, r := range []row{
		{"lookup_p50_us", "µs", us(lookup.at(.5)), 0, len(lookup)},
		{"lookup_p99_us", "µs", us(lookup.at(.99)), 0, len(lookup)},
		{"reference_install_ms", "ms", ms(install), 0, 1},
		{"reference_open_ms", "ms", ms(open), 0, 1},
		{"reference_mb", "MB", float64(len(b)) / 1e6, 0, 1},
		{"storage_heap_mb", "MB", float64(mem.Sys) / 1e6, 0, 1},
	} {
		if err := report(r); err != nil {
			return err
		}
	}
	return db.Close()
}

// lookups finds barcodes in no order, after a short warm-up.
func lookups(db *sqlite.DB) (sample, error) {
	const warm, n = 2000, 20_000
	var s sample
	for i := range warm + n {
		code := gtinOf(i * 48271 % articles)
		t := time.Now()
		item, found, err := refdata.ProductByCode(db, code, "12", 1_790_000_000_000)
		d := time.Since(t)
		if err != nil || !found || !item.Priced {
			return nil, fmt.Errorf("look up %s: found %v, %w", code, found, err)
		}
		if i >= warm {
			s = append(s, d)
		}
	}
	return s, nil
}

func fetch(path string) ([]byte, error) {
	answer, err := http.Get(path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch %s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// projection measures one fact into the tables, and one change of the draft.
func projection() error {
	const n = 500
	dir, err := fresh("projection")
	if err != nil {
		return err
	}
	if err := journal.Create(dir, self); err != nil {
		return err
	}
	j, _, err := journal.Open(dir, self)
	if err != nil {
		return err
	}
	db, _, err := localdb.Open(dir, self, j)
	if err != nil {
		return err
	}
	draft, err := journal.OpenDraft(dir)
	if err != nil {
		return err
	}
	var apply, change sample
	delta := bytes.Repeat([]byte("x"), 350)
	for i := range n {
		body := sale(i + 1)
		f, raw, err := j.Append(fact.Header{Kind: fact.SaleRegistered, Version: 1, At: body.Closed}, body)
		if err != nil {
			return err
		}
		t := time.Now()
		if err := db.Apply(f, raw); err != nil {
			return err
		}
		apply = append(apply, time.Since(t))
		t = time.Now()
		if err := draft.Append(delta); err != nil {
			return err
		}
		change = append(change, time.Since(t))
	}
	for _, r := range []row{
		{"projection_apply_p50_ms", "ms", ms(apply.at(.5)), 0, n},
		{"projection_apply_p99_ms", "ms", ms(apply.at(.99)), 0, n},
		{"draft_append_p50_ms", "ms", ms(change.at(.5)), 0, n},
		{"draft_append_p99_ms", "ms", ms(change.at(.99)), 0, n},
	} {
		if err := report(r); err != nil {
			return err
		}
	}
	return nil
}
