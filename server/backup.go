package main

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// backupForm is raised when older programs can't read a backup any more.
const backupForm = 1

// contents is contents.json of a backup: what is in it, to be checked.
type contents struct {
	Form  int          `json:"form"`
	Made  int64        `json:"made"` // unix ms
	Files []backupPart `json:"files"`
}

type backupPart struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const contentsName = "contents.json"

// backupCommand writes the truth into one file.
type backupCommand struct {
	dataDir
	File string `arg:"" type:"path" help:"Zip file to write; it must not exist."`
}

// Run implements the command. The file appears under its name when it is whole.
func (c *backupCommand) Run(ctx context.Context, s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	if _, err := os.Stat(c.File); err == nil {
		return errcode.New(errcode.Conflict, "backup", fmt.Errorf("%s exists", c.File))
	}
	dir, err := os.MkdirTemp(filepath.Dir(c.File), ".backup-")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	made := contents{Form: backupForm, Made: c.now().UnixMilli()}
	unfinished := filepath.Join(dir, "backup.zip")
	if err := writeBackup(ctx, unfinished, c.dataDir, dir, &made); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(unfinished, c.File); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	for _, part := range made.Files {
		fmt.Fprintf(s.out, "%s  %d bytes  sha256 %s\n", part.Name, part.Size, part.SHA256)
	}
	return nil
}

func writeBackup(ctx context.Context, name string, data dataDir, scratch string, made *contents) (err error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	archive := zip.NewWriter(file)
	for _, name := range []string{journalFile, referenceFile, officeFile} {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		part, err := addCopy(archive, data.path(name), filepath.Join(scratch, name))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		made.Files = append(made.Files, part)
	}
	list, err := archive.Create(contentsName)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(list)
	encoder.SetIndent("", "  ")
	if err := errors.Join(encoder.Encode(made), archive.Close()); err != nil {
		return err
	}
	return file.Sync()
}

// addCopy adds one state of a database that may be written meanwhile, after
// SQLite has looked it through.
func addCopy(archive *zip.Writer, database, scratch string) (part backupPart, err error) {
	if err := copyDatabase(database, scratch); err != nil {
		return part, err
	}
	defer func() { err = errors.Join(err, os.Remove(scratch)) }()
	source, err := os.Open(scratch)
	if err != nil {
		return part, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	part.Name = filepath.Base(database)
	entry, err := archive.Create(part.Name)
	if err != nil {
		return part, err
	}
	digest := sha256.New()
	part.Size, err = io.Copy(io.MultiWriter(entry, digest), source)
	part.SHA256 = sum(digest)
	return part, err
}

func sum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

func copyDatabase(from, to string) (err error) {
	db, err := sqlite.Open(from, sqlite.Options{})
	if err != nil {
		return err
	}
	err = db.Exec(`VACUUM INTO ?`, to)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return checkDatabase(to)
}

// checkDatabase lets SQLite look through a whole file.
func checkDatabase(name string) (err error) {
	db, err := sqlite.Open(name, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Query(`PRAGMA integrity_check(1)`, func(r sqlite.Row) error {
		if found := r.Text(0); found != "ok" {
			return errcode.New(errcode.DBDamaged, "backup", errors.New(found))
		}
		return nil
	})
}

// restoreCommand fills an empty directory.
type restoreCommand struct {
	dataDir
	File string `arg:"" type:"existingfile" help:"Backup to read."`
}

// Run implements the command. Tills send again what they sold since the backup.
func (c *restoreCommand) Run(s streams) (err error) {
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if found, err := c.exists(); err != nil {
		return err
	} else if found {
		return errcode.New(errcode.Conflict, "restore", fmt.Errorf("%s is not empty", c.Data))
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

func (c *restoreCommand) restore(archive *zip.Reader) error {
	list, err := readContents(archive)
	if err != nil {
		return err
	}
	var done []string // each under a name that is no database's until all are whole
	for _, part := range list.Files {
		if part.Name != journalFile && part.Name != referenceFile && part.Name != officeFile {
			return errcode.New(errcode.Invalid, "restore", fmt.Errorf("unknown part %q", part.Name))
		}
		unfinished := c.path(part.Name + ".restoring")
		err := extract(archive, part, unfinished)
		if err == nil {
			err = checkDatabase(unfinished)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", part.Name, err), os.Remove(unfinished))
		}
		done = append([]string{part.Name}, done...)
	}
	for _, name := range done { // the journal, which says that there is data, last
		if err := os.Rename(c.path(name+".restoring"), c.path(name)); err != nil {
			return err
		}
	}
	return nil
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
	file, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
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
