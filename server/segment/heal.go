package segment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"tillsight/server/packed"
	"tillsight/shared/errcode"
)

// bytes is the state as it is stored: JSON in a line, then the hash of the line.
func (m *made) bytes() ([]byte, error) {
	line, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(line)
	return fmt.Appendf(line, "\n%x\n", sum), nil
}

// read takes a stored state and reports whether it is whole. Earlier versions
// wrote no hash.
func (m *made) read(b []byte) bool {
	line, hash, hashed := bytes.Cut(b, []byte("\n"))
	sum := sha256.Sum256(line)
	if hashed && string(bytes.TrimSpace(hash)) != hex.EncodeToString(sum[:]) {
		return false
	}
	return json.Unmarshal(line, m) == nil
}

// heal makes a file anew that is not what it was.
func (f *Files) heal(ctx context.Context, path string) error {
	damage := f.checker.Check(path)
	if damage == nil {
		return nil
	}
	if err := f.checker.Remove(path); err != nil {
		return fmt.Errorf("remove a damaged file: %w", err)
	}
	if err := f.Refresh(ctx); err != nil {
		return fmt.Errorf("make a damaged file anew: %w", err)
	}
	if err := f.checker.Check(path); err != nil {
		// Its rows are others meanwhile: the next manifest names another file.
		return errcode.New(errcode.NotFound, "segment.File", damage)
	}
	return nil
}

// Made reports whether files of the warehouse were made yet.
func (f *Files) Made() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.made.Revision > 0
}

var fileName = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Drop removes the files that are not what they were, so that Refresh makes them
// anew. found hears of each.
func (f *Files) Drop(ctx context.Context, found func(error)) error {
	return check(ctx, f.dir, func(path string, damage error) error {
		found(damage)
		return f.checker.Remove(path)
	}, &f.checker)
}

// Verify calls found for each file in dir that is not what it was.
func Verify(ctx context.Context, dir string, found func(error)) error {
	b, err := os.ReadFile(filepath.Join(dir, stateName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was made yet
	}
	if err != nil {
		return fmt.Errorf("verify segments: %w", err)
	}
	var m made
	if !m.read(b) {
		found(errcode.New(errcode.DBDamaged, "segment", fmt.Errorf("%s is not what was written", stateName)))
	}
	var checker packed.Checker
	for ref := range m.refs() {
		if _, err := os.Stat(filepath.Join(dir, ref.Hash)); err != nil {
			found(errcode.New(errcode.DBDamaged, "segment", err))
		}
	}
	return check(ctx, dir, func(_ string, damage error) error {
		found(damage)
		return nil
	}, &checker)
}

// check calls damaged for each file of segments in dir that is not what its name says.
func check(ctx context.Context, dir string, damaged func(path string, damage error) error, checker *packed.Checker) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("check segments: %w", err)
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if !fileName.MatchString(entry.Name()) {
			continue
		}
		if damage := checker.Check(path); damage != nil {
			if err := damaged(path, damage); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return errcode.New(errcode.Cancelled, "segment.check", ctx.Err())
		}
	}
	return nil
}
