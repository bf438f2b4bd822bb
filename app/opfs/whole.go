package opfs

import (
	"errors"
	"io"
)

// ReadFile returns all of the file name. It fails with errcode.NotFound when
// there is none.
func ReadFile(dir Dir, name string) (b []byte, err error) {
	f, err := dir.Open(name, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	b = make([]byte, size)
	if _, err := f.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// WriteFile makes b all that the file name holds and flushes it. A failed write
// may have left a part.
func WriteFile(dir Dir, name string, b []byte) (err error) {
	f, err := dir.Open(name, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(0); err != nil {
		return err
	}
	if _, err := f.WriteAt(b, 0); err != nil {
		return err
	}
	return f.Flush()
}
