package localdb

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// opfsVFS stores SQLite's files in an opfs.Dir. The directory belongs to one
// process and each database to one connection, so locks always succeed; WAL
// works in exclusive locking mode only, without shared memory.
type opfsVFS struct {
	dir opfs.Dir

	mu   sync.Mutex
	open []string
}

var registered struct {
	mu    sync.Mutex
	names map[opfs.Dir]string
}

// vfsName returns the name of the VFS over dir, registering it at first.
func vfsName(dir opfs.Dir) string {
	registered.mu.Lock()
	defer registered.mu.Unlock()
	if name, ok := registered.names[dir]; ok {
		return name
	}
	if registered.names == nil {
		registered.names = map[opfs.Dir]string{}
	}
	name := "opfs"
	if n := len(registered.names); n > 0 {
		name = fmt.Sprintf("opfs%d", n)
	}
	registered.names[dir] = name
	vfs.Register(name, &opfsVFS{dir: dir})
	return name
}

// Open opens a database, its journal or its WAL by its own name; what SQLite
// needs for a moment stays in memory.
func (v *opfsVFS) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	const stored = vfs.OPEN_MAIN_DB | vfs.OPEN_MAIN_JOURNAL | vfs.OPEN_WAL
	if flags&stored == 0 || name == "" {
		return &vfsutil.SliceFile{}, flags | vfs.OPEN_MEMORY, nil
	}
	file, err := v.dir.Open(name, flags&vfs.OPEN_CREATE != 0)
	if err != nil {
		return nil, flags, code(err, sqlite3.CANTOPEN)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = append(v.open, name)
	return &vfsFile{File: file, v: v, name: name}, flags, nil
}

// Delete removes a file.
func (v *opfsVFS) Delete(name string, _ bool) error {
	return code(v.dir.Remove(name), sqlite3.IOERR)
}

// Access reports whether there is a file name.
func (v *opfsVFS) Access(name string, _ vfs.AccessFlag) (bool, error) {
	v.mu.Lock()
	open := slices.Contains(v.open, name)
	v.mu.Unlock()
	if open {
		return true, nil
	}
	names, err := v.dir.List()
	return slices.Contains(names, name), code(err, sqlite3.IOERR)
}

// FullPathname returns name: there is one directory.
func (v *opfsVFS) FullPathname(name string) (string, error) { return name, nil }

// code tells SQLite a full disk from a failing one.
func code(err error, other sqlite3.ErrorCode) error {
	if errcode.Of(err) == errcode.StorageFull {
		other = sqlite3.FULL
	}
	return vfs.SystemError(err, other)
}

type vfsFile struct {
	opfs.File
	v    *opfsVFS
	name string
	lock vfs.LockLevel
}

func (f *vfsFile) Close() error {
	f.v.mu.Lock()
	f.v.open = slices.DeleteFunc(f.v.open, func(name string) bool { return name == f.name })
	f.v.mu.Unlock()
	return code(f.File.Close(), sqlite3.IOERR)
}

func (f *vfsFile) ReadAt(b []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(b, off)
	if errors.Is(err, io.EOF) {
		return n, io.EOF
	}
	return n, code(err, sqlite3.IOERR)
}

func (f *vfsFile) WriteAt(b []byte, off int64) (int, error) {
	n, err := f.File.WriteAt(b, off)
	return n, code(err, sqlite3.IOERR)
}

func (f *vfsFile) Truncate(size int64) error { return code(f.File.Truncate(size), sqlite3.IOERR) }

func (f *vfsFile) Sync(vfs.SyncFlag) error { return code(f.File.Flush(), sqlite3.IOERR) }

func (f *vfsFile) Size() (int64, error) {
	size, err := f.File.Size()
	return size, code(err, sqlite3.IOERR)
}

func (f *vfsFile) Lock(lock vfs.LockLevel) error {
	f.lock = max(f.lock, lock)
	return nil
}

func (f *vfsFile) Unlock(lock vfs.LockLevel) error {
	f.lock = lock
	return nil
}

func (f *vfsFile) CheckReservedLock() (bool, error) { return f.lock >= vfs.LOCK_RESERVED, nil }

// SectorSize is the unit that a power cut may tear.
func (f *vfsFile) SectorSize() int { return 4096 }

// DeviceCharacteristics promises nothing about writes: no specification does.
func (f *vfsFile) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_UNDELETABLE_WHEN_OPEN
}
