package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tillsight/server/journal"
	"tillsight/shared/errcode"
)

// restoreCommand fills a directory from a backup.
type restoreCommand struct {
	dataDir
	File  string `arg:"" type:"existingfile" help:"Backup to read."`
	Force bool   `help:"Move what lies in the data directory into a folder of its own first."`
}

// Run implements the command. Tills send again what they sold since the backup.
func (c *restoreCommand) Run(s streams) (err error) {
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := c.makeRoom(s); err != nil {
		return err
	}
	archive, err := zip.OpenReader(c.File)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	if err := c.restore(&archive.Reader); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	fmt.Fprintln(s.out, "restored; the warehouse is made when the server starts")
	return nil
}

// leftovers lists what must not lie beside a restored database: SQLite would
// replay another one's log over it, and what was made from another journal is
// not of this one.
func (d dataDir) leftovers() (names []string, err error) {
	entries, err := os.ReadDir(d.Data)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case name == lockName, strings.HasPrefix(name, movedPrefix):
		case name == segmentsDir, name == snapshotsDir, strings.Contains(name, ".db"):
			names = append(names, name)
		}
	}
	return names, nil
}

const movedPrefix = "before-restore-"

// makeRoom refuses a directory that is in use, or moves what lies in it away.
func (c *restoreCommand) makeRoom(s streams) error {
	left, err := c.leftovers()
	if err != nil || len(left) == 0 {
		return err
	}
	if !c.Force {
		return errcode.New(errcode.Conflict, "restore", fmt.Errorf("%s is not empty: %s; --force moves that away, or give another --data",
			c.Data, strings.Join(left, ", ")))
	}
	aside := c.path(movedPrefix + c.now().Format("20060102-150405"))
	if err := os.Mkdir(aside, 0o700); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for _, name := range left {
		if err := os.Rename(c.path(name), filepath.Join(aside, name)); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	fmt.Fprintf(s.out, "what was there lies in %s\n", aside)
	return errors.Join(syncDir(aside), syncDir(c.Data))
}

// unfinishedSuffix is on the name of a part until all are whole.
const unfinishedSuffix = ".restoring"

func (c *restoreCommand) restore(archive *zip.Reader) (err error) {
	list, err := readContents(archive)
	if err != nil {
		return err
	}
	names := []string{officeFile, referenceFile, journalFile} // by the journal the directory counts as filled
	defer func() {
		if err != nil {
			for _, name := range names {
				err = errors.Join(err, removeDatabase(c.path(name+unfinishedSuffix)))
			}
		}
	}()
	for _, name := range names {
		i := slices.IndexFunc(list.Files, func(p backupPart) bool { return p.Name == name })
		if i < 0 {
			return errcode.New(errcode.Invalid, "restore", fmt.Errorf("the backup holds no %s", name))
		}
		if err := c.extract(archive, list.Files[i]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := c.settle(time.UnixMilli(list.Made)); err != nil {
		return err
	}
	for _, name := range names {
		if err := os.Rename(c.path(name+unfinishedSuffix), c.path(name)); err != nil {
			return err
		}
	}
	return syncDir(c.Data)
}

func (c *restoreCommand) extract(archive *zip.Reader, part backupPart) error {
	unfinished := c.path(part.Name + unfinishedSuffix)
	if err := extract(archive, part, unfinished); err != nil {
		return err
	}
	if err := addSums(unfinished); err != nil {
		return err
	}
	return checkDatabase(unfinished)
}

// Numbers that a till place may have given since the backup, a day.
const (
	lostReceipts = 2000
	lostShifts   = 10
)

// settle keeps numbers from being given again that were given since the backup
// by registers whose facts may never come.
func (c *restoreCommand) settle(made time.Time) error {
	days := int(max(0, c.now().Sub(made))/(24*time.Hour)) + 1
	return journal.Skip(c.path(journalFile+unfinishedSuffix), uint64(days*lostReceipts), days*lostShifts)
}

// removeDatabase deletes a database with what SQLite keeps beside it.
func removeDatabase(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func readContents(archive *zip.Reader) (list contents, err error) {
	file, err := archive.Open(contentsName)
	if err != nil {
		return list, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := json.NewDecoder(file).Decode(&list); err != nil {
		return list, err
	}
	if list.Form != backupForm {
		return list, errcode.New(errcode.Invalid, "restore", fmt.Errorf("form %d of backup", list.Form))
	}
	return list, nil
}

func extract(archive *zip.Reader, part backupPart, to string) (err error) {
	source, err := archive.Open(part.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	file, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	digest := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, digest), source)
	if err != nil {
		return err
	}
	if size != part.Size || sum(digest) != part.SHA256 {
		return errcode.New(errcode.DBDamaged, "restore", errors.New("the copy is not what was backed up"))
	}
	return file.Sync()
}
