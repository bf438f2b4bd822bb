// Package packed compares files that are named by the SHA-256 of their contents,
// and their compressed forms beside them, with that name: a file that a disk
// spoilt is noticed before anybody is sent it.
package packed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/andybalholm/brotli"

	"tillsight/shared/errcode"
)

// suffixes of the compressed forms.
const (
	brotliSuffix = ".br"
	gzipSuffix   = ".gz"
)

// Checker remembers what compressed forms were found good, so that they are
// unpacked once and hashed from then on. It is safe for concurrent use.
type Checker struct {
	mu    sync.Mutex
	forms map[string][sha256.Size]byte // by path, of the packed bytes
}

// Check fails with errcode.DBDamaged when the file at path, or a form of it, is
// not what its name says.
func (c *Checker) Check(path string) error {
	damaged := func(name string, err error) error {
		return errcode.New(errcode.DBDamaged, "packed", fmt.Errorf("%s: %w", name, err))
	}
	plain, err := os.ReadFile(path)
	if err != nil {
		return damaged(path, err)
	}
	want := sha256.Sum256(plain)
	if hex.EncodeToString(want[:]) != filepath.Base(path) {
		return damaged(path, errors.New("not what its name says"))
	}
	for _, suffix := range []string{brotliSuffix, gzipSuffix} {
		packed, err := os.ReadFile(path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = c.form(path+suffix, packed, want)
		}
		if err != nil {
			return damaged(path+suffix, err)
		}
	}
	return nil
}

// form compares a compressed form with the hash of the plain bytes.
func (c *Checker) form(name string, packed []byte, want [sha256.Size]byte) error {
	sum := sha256.Sum256(packed)
	c.mu.Lock()
	known, ok := c.forms[name]
	c.mu.Unlock()
	if ok && known == sum {
		return nil
	}
	var plain io.Reader = brotli.NewReader(bytes.NewReader(packed))
	if filepath.Ext(name) == gzipSuffix {
		unpacked, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return err
		}
		plain = unpacked
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, plain); err != nil {
		return err
	}
	if !bytes.Equal(hash.Sum(nil), want[:]) {
		return errors.New("unpacks to something else")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forms == nil {
		c.forms = map[string][sha256.Size]byte{}
	}
	c.forms[name] = sum
	return nil
}

// Remove deletes a file and its forms, and what is known of them.
func (c *Checker) Remove(path string) error {
	var errs []error
	for _, suffix := range []string{"", brotliSuffix, gzipSuffix} {
		c.mu.Lock()
		delete(c.forms, path+suffix)
		c.mu.Unlock()
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
