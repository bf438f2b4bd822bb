package localdb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// A snapshot is written to reference-N.db; once its bytes are verified and
// flushed the file installed-N.db makes it count. The highest N counts.
const (
	referencePrefix = "reference-"
	installedPrefix = "installed-"
	copySize        = 256 << 10
)

// InstallReference writes a snapshot of reference data from r, checks its
// SHA-256 and puts it in place of the one there is. A crash at any point leaves
// the old or the new. It may run while the old one is open: OpenReference then
// opens the new one. progress, when not nil, is told the bytes written.
func InstallReference(dir opfs.Dir, snap wire.Snapshot, r io.Reader, progress func(done int64)) error {
	_, highest, err := references(dir)
	if err != nil {
		return fmt.Errorf("install reference data: %w", err)
	}
	name := fmt.Sprintf("%s%d.db", referencePrefix, highest+1)
	if err := writeSnapshot(dir, name, snap, r, progress); err != nil {
		return errors.Join(fmt.Errorf("install reference data: %w", err), dir.Remove(name))
	}
	if err := mark(dir, fmt.Sprintf("%s%d.db", installedPrefix, highest+1)); err != nil {
		return fmt.Errorf("install reference data: %w", err)
	}
	return nil
}

func writeSnapshot(dir opfs.Dir, name string, snap wire.Snapshot, r io.Reader, progress func(int64)) error {
	file, err := dir.Open(name, true)
	if err != nil {
		return err
	}
	sum := sha256.New()
	done, err := copyTo(file, sum, r, progress)
	if err == nil {
		err = file.Flush()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); done != snap.Size || !strings.EqualFold(got, snap.SHA256) {
		return errcode.New(errcode.BadAnswer, "localdb.InstallReference",
			fmt.Errorf("%d bytes with hash %s, want %d with %s", done, got, snap.Size, snap.SHA256))
	}
	return nil
}

func copyTo(file opfs.File, sum hash.Hash, r io.Reader, progress func(int64)) (done int64, err error) {
	if err := file.Truncate(0); err != nil {
		return 0, err
	}
	buf := make([]byte, copySize)
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			sum.Write(buf[:n])
			if _, err := file.WriteAt(buf[:n], done); err != nil {
				return done, err
			}
			done += int64(n)
			if progress != nil {
				progress(done)
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return done, nil
		case err != nil:
			return done, err
		}
	}
}

// mark durably makes a file of one byte.
func mark(dir opfs.Dir, name string) error {
	file, err := dir.Open(name, true)
	if err != nil {
		return err
	}
	if _, err = file.WriteAt([]byte{1}, 0); err == nil {
		err = file.Flush()
	}
	return errors.Join(err, file.Close())
}

// references returns the number of the installed snapshot, 0 when there is
// none, and the highest number in use.
func references(dir opfs.Dir) (installed, highest int, err error) {
	names, err := dir.List()
	if err != nil {
		return 0, 0, err
	}
	there := map[int]bool{}
	for _, name := range names {
		if n, ok := numberOf(name, referencePrefix); ok {
			there[n] = true
			highest = max(highest, n)
		}
		if n, ok := numberOf(name, installedPrefix); ok {
			highest = max(highest, n)
		}
	}
	for _, name := range names {
		n, ok := numberOf(name, installedPrefix)
		if !ok || !there[n] || n < installed {
			continue
		}
		sound, err := marked(dir, name)
		if err != nil {
			return 0, 0, err
		}
		if sound {
			installed = n
		}
	}
	return installed, highest, nil
}

// marked reports whether mark finished.
func marked(dir opfs.Dir, name string) (bool, error) {
	file, err := dir.Open(name, false)
	if err != nil {
		return false, err
	}
	b := make([]byte, 1)
	if _, err = file.ReadAt(b, 0); errors.Is(err, io.EOF) {
		err = nil
	}
	return b[0] == 1, errors.Join(err, file.Close())
}

// OpenReference opens the installed snapshot for reading and for the server's
// changes, and removes those before it. NotFound means none is installed,
// DBDamaged that a new snapshot is needed.
func OpenReference(dir opfs.Dir) (*sqlite.DB, error) {
	installed, _, err := references(dir)
	if err != nil {
		return nil, fmt.Errorf("open reference data: %w", err)
	}
	if installed == 0 {
		return nil, errcode.New(errcode.NotFound, "localdb.OpenReference", nil)
	}
	db, err := sqlite.Open(fmt.Sprintf("%s%d.db", referencePrefix, installed), sqlite.Options{
		VFS:     vfsName(dir),
		Pragmas: tuning(referenceCache),
		Memory:  memoryMax,
	})
	if err != nil {
		return nil, fmt.Errorf("open reference data: %w", err)
	}
	tables := 0
	err = db.Query(`SELECT count(*) FROM sqlite_schema WHERE type = 'table'`, func(r sqlite.Row) error {
		tables = r.Int(0)
		return nil
	})
	if err == nil && tables == 0 {
		err = errcode.New(errcode.DBDamaged, "localdb.OpenReference", errors.New("no tables"))
	}
	if err == nil {
		err = removeReferences(dir, installed)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open reference data: %w", err), db.Close())
	}
	return db, nil
}

// removeReferences deletes every snapshot but number keep, finished or not:
// first the bytes, then the mark.
func removeReferences(dir opfs.Dir, keep int) error {
	names, err := dir.List()
	if err != nil {
		return err
	}
	var marks []string
	for _, name := range names {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "-wal"), "-journal")
		if n, ok := numberOf(base, referencePrefix); ok && n < keep {
			if err := dir.Remove(name); err != nil {
				return err
			}
		}
		if n, ok := numberOf(name, installedPrefix); ok && n < keep {
			marks = append(marks, name)
		}
	}
	for _, name := range marks {
		if err := dir.Remove(name); err != nil {
			return err
		}
	}
	return nil
}
