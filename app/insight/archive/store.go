package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

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
	// drop removes one file.
	drop(hash string) error
	// keep makes m what open returns next time.
	keep(m segment.Manifest) error
	// clear removes every file that is not among used, and with used nil all.
	clear(used map[string]bool) error
}

// dirStore keeps files in a directory of the browser's private file system.
type dirStore struct {
	dir opfs.Dir

	mu       sync.Mutex
	names    map[string]bool
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
	s.names = map[string]bool{}
	var found *segment.Manifest
	for _, name := range names {
		number, ok := strings.CutPrefix(name, manifestPrefix)
		if !ok {
			s.names[name] = true
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

func (s *dirStore) has(hash string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.names[hash]
}

func (s *dirStore) read(hash string) ([]byte, error) {
	b, err := opfs.ReadFile(s.dir, hash)
	if err != nil {
		s.mu.Lock()
		delete(s.names, hash)
		s.mu.Unlock()
	}
	return b, err
}

func (s *dirStore) write(hash string, b []byte) error {
	if err := opfs.WriteFile(s.dir, hash, b); err != nil {
		return err
	}
	s.mu.Lock()
	s.names[hash] = true
	s.mu.Unlock()
	return nil
}

func (s *dirStore) drop(hash string) error {
	s.mu.Lock()
	delete(s.names, hash)
	s.mu.Unlock()
	return s.dir.Remove(hash)
}

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
	names, err := s.dir.List()
	if err != nil {
		return err
	}
	var errs []error
	for _, name := range names {
		if used[name] || used != nil && strings.HasPrefix(name, manifestPrefix) {
			continue
		}
		if err := s.dir.Remove(name); err != nil && errcode.Of(err) != errcode.OtherTab {
			errs = append(errs, err)
		}
		s.mu.Lock()
		delete(s.names, name)
		s.mu.Unlock()
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

func (s *memoryStore) drop(hash string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, hash)
	return nil
}

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
