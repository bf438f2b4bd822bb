package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tillsight/server/attempt"
	"tillsight/server/budget"
	"tillsight/server/demo"
	"tillsight/server/device"
	"tillsight/server/feed"
	"tillsight/server/journal"
	"tillsight/server/setup"
	"tillsight/server/token"
	"tillsight/server/user"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// Files of a data directory. The first three are the truth and are what a backup
// holds; all else is made from them.
const (
	journalFile   = "journal.db"   // facts, registers, users
	referenceFile = "reference.db" // what the chain sells, every price
	officeFile    = "office.db"    // plan figures, expenses and whatever else the office decides
	warehouseFile = "warehouse.db"
	segmentsDir   = "segments"
	snapshotsDir  = "snapshots"
	lockName      = "lock"
)

func (d dataDir) path(name string) string { return filepath.Join(d.Data, name) }

// exists reports whether the directory holds a journal.
func (d dataDir) exists() (bool, error) {
	_, err := os.Stat(d.path(journalFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// need fails with a hint when there is no data to work on.
func (d dataDir) need() error {
	if found, err := d.exists(); err != nil || found {
		return err
	}
	return errcode.New(errcode.NotFound, "data", fmt.Errorf("no %s in %s: is --data right?", journalFile, d.Data))
}

// lock makes this process the only one that changes the directory's facts.
func (d dataDir) lock() (release func() error, err error) {
	if err := d.private(); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	release, err = lockFile(d.path(lockName))
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock data directory: %w", err)
	case release == nil:
		busy := fmt.Errorf("another tillsight works on %s: stop it first", d.Data)
		return nil, errcode.New(errcode.Conflict, "data", busy)
	}
	return release, nil
}

// private makes the directory, and has its owner alone read what is in it: there
// are hashes of passwords and customers' names. What was made by an earlier
// version, or by hand, is tightened.
func (d dataDir) private() error {
	if err := errors.Join(os.MkdirAll(d.Data, 0o700), os.Chmod(d.Data, 0o700)); err != nil {
		return err
	}
	return filepath.WalkDir(d.Data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		mode := fs.FileMode(0o600)
		switch {
		case errors.Is(err, fs.ErrNotExist): // a server at work moves its files
			return nil
		case err != nil:
			return err
		case entry.IsDir():
			mode = 0o700
		case !info.Mode().IsRegular():
			return nil
		}
		if info.Mode().Perm()&0o077 == 0 {
			return nil
		}
		if err := os.Chmod(path, mode); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// people is the part of journal.db that says who may come. Other processes may
// open it beside the server.
type people struct {
	db      *sqlite.DB
	devices *device.Registry
	users   *user.Registry
}

func (d dataDir) openPeople() (*people, error) {
	db, err := sqlite.Open(d.path(journalFile), sqlite.Options{})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", journalFile, err)
	}
	p := &people{db: db}
	if p.devices, err = device.Open(db, d.now, rand.Reader); err == nil {
		p.users, err = user.Open(db, d.now, rand.Reader)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return p, nil
}

func (p *people) close() error {
	return errors.Join(p.devices.Flush(), p.db.Close())
}

// truth is all that is not made from something else.
type truth struct {
	clock
	*people
	journal *journal.Journal
	feed    *feed.Feed
	office  *sqlite.DB
	budget  *budget.Book
	tokens  *token.Registry
	start   *setup.Start // while nobody can log in
}

// refuseNewer fails when a database was written by a newer program than this, which
// does not know what it would spoil.
func (d dataDir) refuseNewer() error {
	for name, parts := range schemas {
		if _, err := os.Stat(d.path(name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		db, err := sqlite.Open(d.path(name), sqlite.Options{ReadOnly: true})
		if err != nil {
			return fmt.Errorf("open %s: %w", name, err)
		}
		newer, err := db.Unknown("migration", parts...)
		if err := errors.Join(err, db.Close()); err != nil {
			return fmt.Errorf("open %s: %w", name, err)
		}
		if newer != "" {
			return errcode.New(errcode.Conflict, "data", fmt.Errorf("%s was written by a newer tillsight (%s): use that or one after it",
				d.path(name), newer))
		}
	}
	return nil
}

// openTruth opens a directory that this process has locked.
func (d dataDir) openTruth() (t *truth, err error) {
	if err := d.refuseNewer(); err != nil {
		return nil, err
	}
	t = &truth{clock: d.clock}
	if t.journal, err = journal.Open(d.path(journalFile), d.now); err != nil {
		return nil, err
	}
	if t.people, err = d.openPeople(); err != nil {
		return nil, errors.Join(err, t.journal.Close())
	}
	if t.feed, err = feed.Open(d.path(referenceFile), d.path(snapshotsDir), d.now); err != nil {
		return nil, errors.Join(err, t.people.close(), t.journal.Close())
	}
	if err := t.openOffice(d.path(officeFile)); err != nil {
		return nil, errors.Join(err, t.feed.Close(), t.people.close(), t.journal.Close())
	}
	t.start = &setup.Start{Writer: setup.Writer{Feed: t.feed, Random: rand.Reader}, Users: t.users, Now: t.now,
		Tries: &attempt.Limiter{Now: t.now}, Sample: demo.Sample}
	return t, nil
}

// decide opens the truth for a decision, which no server may work on meanwhile.
func (d dataDir) decide(do func(t *truth) error) error {
	if err := d.need(); err != nil {
		return err
	}
	return d.begin(do)
}

// begin is decide for a directory that may be empty yet.
func (d dataDir) begin(do func(t *truth) error) (err error) {
	release, err := d.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	t, err := d.openTruth()
	if err != nil {
		return err
	}
	return errors.Join(do(t), t.close())
}

func (t *truth) openOffice(path string) (err error) {
	if t.office, err = sqlite.Open(path, sqlite.Options{Sums: true}); err != nil {
		return fmt.Errorf("open %s: %w", officeFile, err)
	}
	if t.budget, err = budget.Open(t.office, t.now); err == nil {
		t.tokens, err = token.Open(t.office, t.now, rand.Reader)
	}
	if err != nil {
		return errors.Join(err, t.office.Close())
	}
	return nil
}

// close closes the journal last: its write-ahead log then goes into the file.
func (t *truth) close() error {
	return errors.Join(t.office.Close(), t.feed.Close(), t.people.close(), t.journal.Close())
}
