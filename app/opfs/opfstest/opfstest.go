// Package opfstest is the contract of opfs.Dir as a test, run over every
// implementation.
package opfstest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// Run tests the directories that open returns. open is called again with the
// same name to see what is left after closing.
func Run(t *testing.T, open func(t *testing.T, name string) opfs.Dir) {
	t.Run("names", func(t *testing.T) { names(t, open(t, "names")) })
	t.Run("bytes", func(t *testing.T) { contents(t, open(t, "bytes")) })
	t.Run("length", func(t *testing.T) { length(t, open(t, "length")) })
	t.Run("exclusive", func(t *testing.T) { exclusive(t, open(t, "exclusive")) })
	t.Run("reopen", func(t *testing.T) { reopen(t, func() opfs.Dir { return open(t, "reopen") }) })
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openFile(t *testing.T, dir opfs.Dir, name string, create bool) opfs.File {
	t.Helper()
	file, err := dir.Open(name, create)
	ok(t, err)
	return file
}

func write(t *testing.T, file opfs.File, b []byte, off int64) {
	t.Helper()
	n, err := file.WriteAt(b, off)
	ok(t, err)
	if n != len(b) {
		t.Fatalf("%d of %d bytes written", n, len(b))
	}
}

func read(t *testing.T, file opfs.File, n int, off int64) []byte {
	t.Helper()
	b := make([]byte, n)
	if got, err := file.ReadAt(b, off); err != nil || got != n {
		t.Fatalf("%d of %d bytes read at %d: %v", got, n, off, err)
	}
	return b
}

func list(t *testing.T, dir opfs.Dir) []string {
	t.Helper()
	names, err := dir.List()
	ok(t, err)
	return names
}

func names(t *testing.T, dir opfs.Dir) {
	if _, err := dir.Open("absent", false); errcode.Of(err) != errcode.NotFound {
		t.Errorf("open absent: %v, want not found", err)
	}
	for _, name := range []string{"b", "a-1.db-wal", "c"} {
		ok(t, openFile(t, dir, name, true).Close())
	}
	if got := list(t, dir); !slices.Equal(got, []string{"a-1.db-wal", "b", "c"}) {
		t.Errorf("list %q", got)
	}
	ok(t, dir.Remove("b"))
	ok(t, dir.Remove("b"))
	if got := list(t, dir); !slices.Equal(got, []string{"a-1.db-wal", "c"}) {
		t.Errorf("list after remove %q", got)
	}
	ok(t, openFile(t, dir, "c", false).Close())
}

func contents(t *testing.T, dir opfs.Dir) {
	file := openFile(t, dir, "f", true)
	b := make([]byte, 200<<10) // more than the scratch buffer holds at first
	for i := range b {
		b[i] = byte(i * 7)
	}
	write(t, file, b, 0)
	write(t, file, []byte("hello"), 100)
	copy(b[100:], "hello")
	ok(t, file.Flush())
	if got := read(t, file, len(b), 0); !bytes.Equal(got, b) {
		t.Error("other bytes read than written")
	}
	end, got := int64(len(b)), make([]byte, 10)
	if n, err := file.ReadAt(got, end-4); n != 4 || !errors.Is(err, io.EOF) || !bytes.Equal(got[:4], b[end-4:]) {
		t.Errorf("read over the end: %d, %v", n, err)
	}
	if n, err := file.ReadAt(got, end+4); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("read behind the end: %d, %v", n, err)
	}
	write(t, file, []byte{1}, end+9) // a hole reads as zeros
	if got := read(t, file, 10, end); !bytes.Equal(got, []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}) {
		t.Errorf("hole reads %v", got)
	}
	ok(t, file.Close())
}

func length(t *testing.T, dir opfs.Dir) {
	file := openFile(t, dir, "f", true)
	write(t, file, []byte("0123456789"), 0)
	ok(t, file.Truncate(4))
	ok(t, file.Truncate(8))
	if size, err := file.Size(); err != nil || size != 8 {
		t.Errorf("size %d, %v", size, err)
	}
	if got := string(read(t, file, 8, 0)); got != "0123\x00\x00\x00\x00" {
		t.Errorf("%q", got)
	}
	ok(t, file.Flush())
	ok(t, file.Close())
}

func exclusive(t *testing.T, dir opfs.Dir) {
	file := openFile(t, dir, "f", true)
	if _, err := dir.Open("f", false); errcode.Of(err) != errcode.OtherTab {
		t.Errorf("second open: %v, want other tab", err)
	}
	ok(t, file.Close())
	ok(t, file.Close())
	file = openFile(t, dir, "f", false)
	ok(t, file.Close())
	if _, err := file.WriteAt([]byte{1}, 0); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("write to a closed file: %v", err)
	}
}

func reopen(t *testing.T, open func() opfs.Dir) {
	file := openFile(t, open(), "f", true)
	write(t, file, []byte("kept"), 3)
	ok(t, file.Flush())
	ok(t, file.Close())
	file = openFile(t, open(), "f", false)
	if got := string(read(t, file, 7, 0)); got != "\x00\x00\x00kept" {
		t.Errorf("%q", got)
	}
	ok(t, file.Close())
}
