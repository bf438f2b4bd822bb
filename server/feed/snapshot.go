package feed

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/andybalholm/brotli"

	"tillsight/server/follow"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

const (
	// staleMax is how many versions a snapshot may be behind: they are pulled
	// quicker than a new one is made.
	staleMax = 2000
	// keep is how many snapshots of a store stay, for downloads under way.
	keep = 2

	// quiet is how long changes may come in before snapshots are made of them.
	quiet = 10 * time.Second

	brotliQuality = 4 // 15 MB take a third of a second
)

// Encodings of a snapshot file beside the plain one, best first, by the suffix
// of the stored file.
var Encodings = []struct{ Name, Suffix string }{
	{"br", ".br"},
	{"gzip", ".gz"},
}

// Snapshot names a file with which a till of store can start, making one when
// there is none that is new enough.
func (f *Feed) Snapshot(store string) (wire.Snapshot, error) {
	return f.snapshot(store, staleMax)
}

func (f *Feed) snapshot(store string, stale int64) (wire.Snapshot, error) {
	if s, ok, err := f.held(store, stale); err != nil || ok {
		return s, err
	}
	f.building.Lock()
	defer f.building.Unlock()
	if s, ok, err := f.held(store, stale); err != nil || ok { // somebody else wanted it too
		return s, err
	}
	s, err := f.build(store)
	if err != nil {
		return wire.Snapshot{}, fmt.Errorf("make snapshot of store %s: %w", store, err)
	}
	return s, nil
}

// Run keeps a snapshot of every store ready until ctx ends, so that nobody
// waits for one. failed hears what went wrong, which is tried again.
func (f *Feed) Run(ctx context.Context, failed func(error)) {
	moved, cancel := f.Subscribe()
	defer cancel()
	var pulse follow.Pulse
	pulse.Begin(f.now)
	follow.Repeat(ctx, &pulse, func(ctx context.Context) (int, error) {
		if err := f.prepare(ctx); err != nil {
			return 0, err
		}
		select { // changes come in crowds
		case <-time.After(quiet):
		case <-ctx.Done():
		}
		return 0, nil
	}, failed, moved)
}

func (f *Feed) prepare(ctx context.Context) error {
	var stores []catalogue.Store
	err := f.View(func(q refdata.Querier) (err error) {
		stores, err = refdata.AllStores(q)
		return err
	})
	for _, store := range stores {
		if ctx.Err() != nil {
			return nil
		}
		_, one := f.snapshot(store.ID, staleMax/4)
		err = errors.Join(err, one)
	}
	return err
}

// held returns the newest snapshot of store if it is at most stale versions behind.
func (f *Feed) held(store string, stale int64) (s wire.Snapshot, ok bool, err error) {
	err = f.read(func(tx *sqlite.Tx) error {
		return tx.Query(`SELECT version, sha256, size
			FROM served_snapshot
			WHERE store = ?
			ORDER BY version DESC
			LIMIT 1`, func(r sqlite.Row) error {
			s = named(r.Int64(0), r.Text(1), r.Int64(2))
			return nil
		}, store)
	})
	if err != nil {
		return s, false, fmt.Errorf("look up snapshot: %w", err)
	}
	version := f.Version()
	return s, s.SHA256 != "" && s.Version <= version && version-s.Version <= stale, nil
}

func named(version int64, sha256 string, size int64) wire.Snapshot {
	return wire.Snapshot{Version: version, SHA256: sha256, Size: size, URL: wire.GetFile.At(sha256)}
}

func (f *Feed) build(store string) (s wire.Snapshot, err error) {
	dir, err := os.MkdirTemp(f.dir, "making-")
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	known := false
	err = f.View(func(q refdata.Querier) error {
		_, known, err = refdata.Store(q, store)
		return err
	})
	if err != nil {
		return s, err
	}
	if !known {
		return s, errcode.New(errcode.NotFound, "feed.Snapshot", fmt.Errorf("store %q", store))
	}
	plain := filepath.Join(dir, "plain")
	version, err := refdata.Snapshot(f.db, plain, store)
	if err != nil {
		return s, err
	}
	sum, size, err := pack(plain)
	if err != nil {
		return s, err
	}
	s = named(version, sum, size)
	// The plain file comes last: where it is, the others are too.
	for _, suffix := range []string{".br", ".gz", ""} {
		if err := os.Rename(plain+suffix, f.path(sum, suffix)); err != nil {
			return s, err
		}
	}
	return s, f.serve(store, s)
}

// pack hashes the file at path and writes its compressed forms beside it.
func pack(path string) (sum string, size int64, err error) {
	plain, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, plain.Close()) }()
	br, err := os.Create(path + ".br")
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, br.Close()) }()
	gz, err := os.Create(path + ".gz")
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, gz.Close()) }()
	hash := sha256.New()
	brw := brotli.NewWriterLevel(br, brotliQuality)
	gzw, err := gzip.NewWriterLevel(gz, gzip.BestSpeed)
	if err != nil {
		return "", 0, err
	}
	size, err = io.Copy(io.MultiWriter(hash, brw, gzw), plain)
	if err := errors.Join(err, brw.Close(), gzw.Close()); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(hash.Sum(nil)), size, nil
}

// serve lists a new snapshot and drops the oldest of its store.
func (f *Feed) serve(store string, s wire.Snapshot) error {
	err := f.db.Write(func(tx *sqlite.Tx) error {
		err := tx.Exec(`INSERT INTO served_snapshot (store, version, sha256, size, made)
			VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET version = excluded.version`,
			store, s.Version, s.SHA256, s.Size, f.now().UnixMilli())
		if err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM served_snapshot
			WHERE store = ?1 AND sha256 NOT IN (
				SELECT sha256 FROM served_snapshot WHERE store = ?1 ORDER BY version DESC LIMIT ?2)`, store, keep)
	})
	if err != nil {
		return err
	}
	return f.clean()
}

var fileName = regexp.MustCompile(`^[0-9a-f]{64}(\.br|\.gz)?$`)

// clean removes files that are not listed, and rows whose file is gone.
func (f *Feed) clean() error {
	listed := map[string]bool{}
	err := f.db.Query(`SELECT sha256 FROM served_snapshot ORDER BY sha256`, func(r sqlite.Row) error {
		listed[r.Text(0)] = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("clean snapshots: %w", err)
	}
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return fmt.Errorf("clean snapshots: %w", err)
	}
	present := map[string]bool{}
	for _, file := range files {
		name := file.Name()
		sum, _, _ := strings.Cut(name, ".")
		switch {
		case fileName.MatchString(name) && listed[sum]:
			present[sum] = present[sum] || sum == name
		case fileName.MatchString(name):
			err = errors.Join(err, os.Remove(f.path(name, "")))
		}
	}
	for sum := range listed {
		if !present[sum] {
			err = errors.Join(err, f.db.Exec(`DELETE FROM served_snapshot WHERE sha256 = ?`, sum))
		}
	}
	return err
}

// File returns the path of a snapshot's plain file, to which the suffixes of
// Encodings may be added, if it is one of store.
func (f *Feed) File(store, sha256 string) (path string, err error) {
	err = f.read(func(tx *sqlite.Tx) error {
		return tx.Query(`SELECT 1
			FROM served_snapshot
			WHERE store = ? AND sha256 = ?`, func(sqlite.Row) error {
			path = f.path(sha256, "")
			return nil
		}, store, sha256)
	})
	if err != nil {
		return "", fmt.Errorf("look up snapshot: %w", err)
	}
	if path == "" {
		return "", errcode.New(errcode.NotFound, "feed.File", fmt.Errorf("%s of store %s", sha256, store))
	}
	if damage := f.checker.Check(path); damage != nil {
		// The register asks for another, which is made.
		f.building.Lock() // what is being made is not listed yet
		defer f.building.Unlock()
		err := errors.Join(f.checker.Remove(path), f.clean())
		return "", errors.Join(errcode.New(errcode.NotFound, "feed.File", damage), err)
	}
	return path, nil
}

// Verify calls found for each snapshot that is not what it was.
func (f *Feed) Verify(found func(error)) error {
	var list []string
	err := f.db.Query(`SELECT sha256 FROM served_snapshot ORDER BY sha256`, func(r sqlite.Row) error {
		list = append(list, r.Text(0))
		return nil
	})
	if err != nil {
		return fmt.Errorf("verify snapshots: %w", err)
	}
	for _, sum := range list {
		if err := f.checker.Check(f.path(sum, "")); err != nil {
			found(err)
		}
	}
	return nil
}
