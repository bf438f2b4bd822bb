package opfs

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"syscall/js"
	"time"

	"tillsight/shared/errcode"
)

// lockedTries is how often an open is repeated while another context, for
// example a tab that is just closing, still holds the file.
const lockedTries = 7

// scratch carries bytes between Go and JavaScript. Go in the browser is one
// thread and nothing waits between filling and using it.
var scratch struct {
	array   js.Value // Uint8Array of size bytes
	size    int
	options js.Value // {at: offset}, reused
}

func scratchOf(n int) js.Value {
	if scratch.size < n {
		size := 64 << 10
		for size < n {
			size *= 2
		}
		scratch.array, scratch.size = js.Global().Get("Uint8Array").New(size), size
	}
	if scratch.options.IsUndefined() {
		scratch.options = js.Global().Get("Object").New()
	}
	return scratch.array.Call("subarray", 0, n)
}

type browserDir struct{ handle js.Value }

// OpenDir opens the directory path ("till", "till/kept"), making what is
// missing. It fails with NoStorage where the browser has no private file
// system or this is no dedicated worker.
func OpenDir(path string) (Dir, error) {
	missing := func(what string) error {
		return errcode.New(errcode.NoStorage, "opfs.OpenDir", fmt.Errorf("no %s", what))
	}
	storage := js.Global().Get("navigator").Get("storage")
	if storage.IsUndefined() || storage.Get("getDirectory").IsUndefined() {
		return nil, missing("navigator.storage.getDirectory")
	}
	if handle := js.Global().Get("FileSystemFileHandle"); handle.IsUndefined() ||
		handle.Get("prototype").Get("createSyncAccessHandle").IsUndefined() {
		return nil, missing("createSyncAccessHandle")
	}
	dir, err := call(storage, "getDirectory")
	if err != nil {
		return nil, errcode.New(errcode.NoStorage, "opfs.OpenDir", err)
	}
	for _, name := range strings.Split(path, "/") {
		if dir, err = call(dir, "getDirectoryHandle", name, map[string]any{"create": true}); err != nil {
			return nil, fmt.Errorf("open directory %s: %w", path, err)
		}
	}
	return &browserDir{dir}, nil
}

// call calls an asynchronous method and waits for its answer.
func call(object js.Value, method string, args ...any) (js.Value, error) {
	var promise js.Value
	if err := try(method, func() { promise = object.Call(method, args...) }); err != nil {
		return js.Undefined(), err
	}
	return Await(promise, awaitMax)
}

func (d *browserDir) Open(name string, create bool) (File, error) {
	file, err := call(d.handle, "getFileHandle", name, map[string]any{"create": create})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	for try, wait := 0, 25*time.Millisecond; ; try, wait = try+1, wait*2 {
		access, err := call(file, "createSyncAccessHandle")
		if err == nil {
			return &browserFile{name: name, handle: access}, nil
		}
		if errcode.Of(err) != errcode.OtherTab || try == lockedTries {
			return nil, fmt.Errorf("open %s: %w", name, err)
		}
		time.Sleep(wait)
	}
}

func (d *browserDir) Remove(name string) error {
	_, err := call(d.handle, "removeEntry", name)
	if err != nil && errcode.Of(err) != errcode.NotFound {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

func (d *browserDir) List() ([]string, error) {
	var names []string
	entries := d.handle.Call("entries")
	for {
		next, err := call(entries, "next")
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		if next.Get("done").Bool() {
			sort.Strings(names)
			return names, nil
		}
		entry := next.Get("value")
		if entry.Index(1).Get("kind").String() == "file" {
			names = append(names, entry.Index(0).String())
		}
	}
}

type browserFile struct {
	name   string
	handle js.Value
}

func (f *browserFile) ReadAt(b []byte, off int64) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n := 0
	err := try("read "+f.name, func() {
		view := scratchOf(len(b))
		scratch.options.Set("at", off)
		n = f.handle.Call("read", view, scratch.options).Int()
		if n < len(b) {
			view = scratchOf(n)
		}
		js.CopyBytesToGo(b[:n], view)
	})
	if err == nil && n < len(b) {
		err = io.EOF
	}
	return n, err
}

func (f *browserFile) WriteAt(b []byte, off int64) (int, error) {
	n := 0
	err := try("write "+f.name, func() {
		view := scratchOf(len(b))
		js.CopyBytesToJS(view, b)
		scratch.options.Set("at", off)
		n = f.handle.Call("write", view, scratch.options).Int()
	})
	if err == nil && n < len(b) {
		err = errcode.New(errcode.StorageFull, "opfs write "+f.name, io.ErrShortWrite)
	}
	return n, err
}

func (f *browserFile) Truncate(size int64) error {
	return try("truncate "+f.name, func() { f.handle.Call("truncate", size) })
}

func (f *browserFile) Flush() error {
	return try("flush "+f.name, func() { f.handle.Call("flush") })
}

func (f *browserFile) Size() (size int64, err error) {
	err = try("size "+f.name, func() { size = int64(f.handle.Call("getSize").Float()) })
	return size, err
}

func (f *browserFile) Close() error {
	return try("close "+f.name, func() { f.handle.Call("close") })
}

// Persist asks the browser to keep the origin's files when the disk runs low
// and returns its answer. Only a page may ask: in a worker it returns what was
// answered before.
func Persist() (bool, error) {
	storage := js.Global().Get("navigator").Get("storage")
	if storage.IsUndefined() {
		return false, errcode.New(errcode.NoStorage, "opfs.Persist", errors.New("no navigator.storage"))
	}
	method := "persist"
	if storage.Get(method).IsUndefined() {
		method = "persisted"
	}
	answer, err := call(storage, method)
	if err != nil {
		return false, fmt.Errorf("ask to keep storage: %w", err)
	}
	return answer.Truthy(), nil
}

// Storage returns what the browser says about the origin's storage now.
func Storage() (Facts, error) {
	storage := js.Global().Get("navigator").Get("storage")
	if storage.IsUndefined() {
		return Facts{}, errcode.New(errcode.NoStorage, "opfs.Storage", errors.New("no navigator.storage"))
	}
	persisted, perr := call(storage, "persisted")
	estimate, eerr := call(storage, "estimate")
	if err := errors.Join(perr, eerr); err != nil {
		return Facts{}, fmt.Errorf("ask for storage facts: %w", err)
	}
	return Facts{
		Persisted: persisted.Truthy(),
		Quota:     int64(estimate.Get("quota").Float()),
		Usage:     int64(estimate.Get("usage").Float()),
	}, nil
}
