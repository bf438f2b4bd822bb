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
	if err := errors.Join(os.Rename(unfinished, c.File), syncDir(filepath.Dir(c.File))); err != nil {
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
	// The journal is copied last: what was read from it is then never ahead of it.
	for _, name := range []string{referenceFile, officeFile, journalFile} {
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
	if err := addSums(to); err != nil {
		return err
	}
	return checkDatabase(to)
}

// addSums gives the pages of a copy checksums if they have none, and leaves one file.
func addSums(name string) error {
	db, err := sqlite.Open(name, sqlite.Options{Pragmas: []string{"journal_mode=DELETE"}})
	if err != nil {
		return err
	}
	return errors.Join(db.AddSums(), db.Close())
}

// checkDatabase looks through a whole file.
func checkDatabase(name string) (err error) {
	db, err := sqlite.Open(name, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var faults []error
	err = db.Check(func(fault string) { faults = append(faults, errors.New(fault)) })
	if len(faults) > 0 {
		err = errors.Join(err, errcode.New(errcode.DBDamaged, "backup", errors.Join(faults...)))
	}
	return err
}
