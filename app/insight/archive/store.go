package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"tillsight/app/insight/pack"
	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// store keeps files by their hash.
type store interface {
	has(hash string) bool
	// read fails with errcode.NotFound when there is no such file.
	read(hash string) ([]byte, error)
	write(hash string, b []byte) error
	// forget makes a file, which is damaged, one that is not there.
	forget(hash string)
	// hold makes reading many files quick until release is called as often.
	hold() error
	release() error
	// keep makes m what open returns next time.
	keep(m segment.Manifest) error
	// clear removes every file that is not among used, and with used nil all.
	clear(used map[string]bool) error
}

// dirStore keeps files in a directory of the browser's private file system: one
// pack, and beside it the manifest.
type dirStore struct {
	dir      opfs.Dir
	files    *pack.Pack
	manifest int // number of the newest manifest file
}

// manifestPrefix begins the names of manifest files; the highest number that
// can be read counts, so that a torn write leaves the one before.
const manifestPrefix = "manifest-"

// open looks at what there is and returns the newest readable manifest, nil
// when there is none.
func (s *dirStore) open() (*segment.Manifest, error) {
	names, err := s.dir.List()
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	var found *segment.Manifest
	for _, name := range names {
		number, ok := strings.CutPrefix(name, manifestPrefix)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < s.manifest {
			continue
		}
		b, err := opfs.ReadFile(s.dir, name)
		if err != nil {
			return nil, err
		}
		var m segment.Manifest
		if json.Unmarshal(b, &m) == nil && m.Hash != "" {
			found, s.manifest = &m, n
		}
	}
	return found, nil
}

func (s *dirStore) has(hash string) bool              { return s.files.Has(hash) }
func (s *dirStore) read(hash string) ([]byte, error)  { return s.files.Read(hash) }
func (s *dirStore) write(hash string, b []byte) error { return s.files.Write(hash, b) }
func (s *dirStore) forget(hash string)                { s.files.Forget(hash) }
func (s *dirStore) hold() error                       { return s.files.Hold() }
func (s *dirStore) release() error                    { return s.files.Release() }

func (s *dirStore) keep(m segment.Manifest) error {
	b, err := json.Marshal(m)
	if err != nil {
		return errcode.New(errcode.Internal, "archive.keep", err)
	}
	if err := opfs.WriteFile(s.dir, manifestPrefix+strconv.Itoa(s.manifest+1), b); err != nil {
		return err
	}
	s.manifest++
	return s.dir.Remove(manifestPrefix + strconv.Itoa(s.manifest-1))
}

func (s *dirStore) clear(used map[string]bool) error {
	errs := []error{s.files.Clear(used)}
	names, err := s.dir.List()
	errs = append(errs, err)
	for _, name := range names {
		if pack.Owns(name) || used != nil && strings.HasPrefix(name, manifestPrefix) {
			continue
		}
		if err := s.dir.Remove(name); err != nil && errcode.Of(err) != errcode.OtherTab {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// memoryStore keeps files until the worker ends.
type memoryStore struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (s *memoryStore) has(hash string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[hash] != nil
}

func (s *memoryStore) read(hash string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.files[hash]; b != nil {
		return b, nil
	}
	return nil, errcode.New(errcode.NotFound, "archive.read", nil)
}

func (s *memoryStore) write(hash string, b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string][]byte{}
	}
	s.files[hash] = b
	return nil
}

func (s *memoryStore) forget(hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, hash)
}

func (s *memoryStore) hold() error    { return nil }
func (s *memoryStore) release() error { return nil }

func (s *memoryStore) keep(segment.Manifest) error { return nil }

func (s *memoryStore) clear(used map[string]bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash := range s.files {
		if !used[hash] {
			delete(s.files, hash)
		}
	}
	return nil
}
