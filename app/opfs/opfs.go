// Package opfs is the till's disk: flat directories of files in the browser's
// origin private file system, read and written through exclusive synchronous
// access handles, which exist only in dedicated workers.
//
// What is written may be lost or torn at a crash until Flush returns. Opening,
// removing and listing wait for the browser, so they must not be called from
// inside a js.FuncOf callback. Memory is the twin for tests that forgets,
// tears, fills up and fails on demand.
//
// Errors carry errcode NotFound, StorageFull, OtherTab (the file is open
// elsewhere) or StorageFault.
package opfs

import "io"

// Dir is one flat directory.
type Dir interface {
	// Open opens the file name, which no one else may have open; with create
	// it makes an empty one when there is none.
	Open(name string, create bool) (File, error)
	// Remove deletes the file name; it is no error when there is none.
	Remove(name string) error
	// List returns the names of the files, sorted.
	List() ([]string, error)
}

// File is an open file.
type File interface {
	// ReadAt returns io.EOF with the bytes there are when it reaches the end.
	io.ReaderAt
	// WriteAt writes all of b or fails; a failed write may have left a part.
	io.WriterAt
	// Truncate cuts the file or lengthens it with zeros.
	Truncate(size int64) error
	// Flush makes all that was written survive a power cut.
	Flush() error
	// Size returns the length in bytes.
	Size() (int64, error)
	// Close releases the file. It does not flush.
	Close() error
}

// Facts is what the browser says about the origin's storage.
type Facts struct {
	Persisted bool  // safe from being cleared when the disk runs low
	Quota     int64 // bytes
	Usage     int64 // bytes
}
