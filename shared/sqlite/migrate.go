package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"tillsight/shared/errcode"
)

// Migrate runs the *.sql files of dir that this database has not seen, in the
// order of their names, each in one transaction. A released file must never be
// edited: a file whose hash differs from the one recorded is an error.
func (db *DB) Migrate(files fs.FS, dir string) error {
	const record = `CREATE TABLE IF NOT EXISTS migration (
		name   TEXT PRIMARY KEY,
		sha256 TEXT NOT NULL
	) STRICT, WITHOUT ROWID`
	if err := db.Exec(record); err != nil {
		return err
	}
	names, err := fs.Glob(files, dir+"/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range names {
		if err := db.migrate(files, name); err != nil {
			return err
		}
	}
	return nil
}

// Unknown returns the name of a migration that the database has seen and none of
// these has in dir: it is of a newer program. "" says that all are known.
func (db *DB) Unknown(dir string, files ...fs.FS) (name string, err error) {
	known := map[string]bool{}
	for _, f := range files {
		names, err := fs.Glob(f, dir+"/*.sql")
		if err != nil {
			return "", fmt.Errorf("list migrations: %w", err)
		}
		for _, name := range names {
			known[name] = true
		}
	}
	has := false
	err = db.Query(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`, func(Row) error {
		has = true
		return nil
	})
	if err != nil || !has {
		return "", err
	}
	err = db.Query(`SELECT name FROM migration ORDER BY name`, func(r Row) error {
		if !known[r.Text(0)] {
			name = r.Text(0)
		}
		return nil
	})
	return name, err
}

func (db *DB) migrate(files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("read migration: %w", err)
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:])
	return db.Write(func(tx *Tx) error {
		var seen string
		err := tx.Query(`SELECT sha256 FROM migration WHERE name = ?`, func(r Row) error {
			seen = r.Text(0)
			return nil
		}, name)
		switch {
		case err != nil:
			return err
		case seen == hash:
			return nil
		case seen != "":
			return errcode.New(errcode.Internal, "sqlite.Migrate", fmt.Errorf("%s was edited after its release", name))
		}
		if err := classify("migrate "+name, tx.db.conn.Exec(string(text))); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO migration (name, sha256) VALUES (?, ?)`, name, hash)
	})
}
