package opfs

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"sync"

	"tillsight/shared/errcode"
)

// sectorSize is what a disk writes whole at best.
const sectorSize = 512

// Memory is a Dir in memory that behaves like the worst disk allowed: until
// Flush returns, every written sector, change of length and new name may be
// lost, kept or torn on its own. Its hooks make calls fail. It is for tests;
// the till never falls back to it.
type Memory struct {
	mu    sync.Mutex
	files map[string]*memoryFile
	gone  map[string]*memoryFile // removed since the last flush of anything
	calls int
	full  int64 // quota in bytes, 0 for none

	// Before is asked before every call that writes: op is "open" (creating),
	// "write", "truncate", "flush" or "remove", n counts such calls from 1. The
	// call fails with the error that it returns. It must not use the Memory.
	Before func(n int, op, name string) error
}

type memoryFile struct {
	name    string
	open    bool
	data    *content // as programs see it
	durable *content // as of the last flush
	named   bool     // the name itself has been flushed
	changes []change // since the last flush, in order
}

// change is a write of data at off or, with data nil, a truncation to off.
type change struct {
	off  int64
	data []byte
}

// NewMemory returns an empty directory.
func NewMemory() *Memory {
	return &Memory{files: map[string]*memoryFile{}, gone: map[string]*memoryFile{}}
}

// SetQuota limits the sum of file lengths; 0 lifts the limit.
func (m *Memory) SetQuota(bytes int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.full = bytes
}

// Calls returns the number of writing calls so far.
func (m *Memory) Calls() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// Flip changes bits of one durable byte, as a failing disk does. It reports
// whether the file is that long.
func (m *Memory) Flip(name string, off int64, mask byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.files[name]
	if f == nil || off >= f.durable.size || off >= f.data.size {
		return false
	}
	for _, c := range []*content{f.durable, f.data} {
		b := make([]byte, 1)
		c.read(b, off)
		c.write([]byte{b[0] ^ mask}, off)
	}
	return true
}

// Bytes returns a copy of the file name as programs see it, nil when there is none.
func (m *Memory) Bytes(name string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.files[name]; f != nil {
		return f.data.bytes()
	}
	return nil
}

// Crash returns what a power cut now leaves on the disk: everything flushed and
// a random choice of the rest. Handles of m must not be used any more.
func (m *Memory) Crash(r *rand.Rand) *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	after := NewMemory()
	for _, name := range sortedNames(m.gone) {
		if m.files[name] == nil && m.gone[name].named && r.IntN(2) == 0 {
			after.files[name] = settled(name, m.gone[name].durable)
		}
	}
	for _, name := range sortedNames(m.files) {
		f := m.files[name]
		if f.named || r.IntN(2) == 0 {
			after.files[name] = settled(name, f.torn(r))
		}
	}
	return after
}

// Reopen returns the directory as a new process of the same running system
// finds it: everything written is there, flushed or not.
func (m *Memory) Reopen() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	after := NewMemory()
	for name, f := range m.files {
		after.files[name] = settled(name, f.data)
	}
	return after
}

func settled(name string, data *content) *memoryFile {
	return &memoryFile{
		name:    name,
		data:    data.clone(),
		durable: data.clone(),
		named:   true,
	}
}

func sortedNames(files map[string]*memoryFile) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// torn applies a random choice of the unflushed changes to the durable bytes,
// sector by sector.
func (f *memoryFile) torn(r *rand.Rand) *content {
	data := f.durable.clone()
	mode := r.IntN(4) // 0 loses all, 1 keeps all, else a mixture
	for _, c := range f.changes {
		switch {
		case mode == 0:
		case c.data == nil:
			if mode == 1 || r.IntN(2) == 0 {
				data.resize(c.off)
			}
		default:
			c.sectors(data, r, mode == 1)
		}
	}
	return data
}

// sectors applies a random choice of the sectors that the write touches; the
// length may grow without the bytes.
func (c change) sectors(data *content, r *rand.Rand, all bool) {
	end := c.off + int64(len(c.data))
	if end > data.size && (all || r.IntN(2) == 0) {
		data.resize(end)
	}
	for from := c.off; from < end; {
		to := min(end, (from/sectorSize+1)*sectorSize)
		part := c.data[from-c.off : to-c.off]
		at := from
		from = to
		if !all && r.IntN(2) == 0 {
			continue
		}
		if !all && r.IntN(8) == 0 {
			part = part[:r.IntN(len(part))+1] // torn inside the sector
		}
		data.write(part, at)
	}
}

// before counts a writing call and asks the hook. m.mu is held.
func (m *Memory) before(op, name string) error {
	m.calls++
	if m.Before == nil {
		return nil
	}
	return m.Before(m.calls, op, name)
}

// Open opens the file name.
func (m *Memory) Open(name string, create bool) (File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.files[name]
	switch {
	case f == nil && !create:
		return nil, errcode.New(errcode.NotFound, "opfs open "+name, nil)
	case f == nil:
		if err := m.before("open", name); err != nil {
			return nil, err
		}
		f = &memoryFile{name: name, data: &content{}, durable: &content{}}
		m.files[name] = f
	case f.open:
		return nil, errcode.New(errcode.OtherTab, "opfs open "+name, nil)
	}
	f.open = true
	return &memoryHandle{m: m, f: f}, nil
}

// Remove deletes the file name.
func (m *Memory) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.files[name]
	if f == nil {
		return nil
	}
	if f.open {
		return errcode.New(errcode.OtherTab, "opfs remove "+name, nil)
	}
	if err := m.before("remove", name); err != nil {
		return err
	}
	delete(m.files, name)
	m.gone[name] = f
	return nil
}

// List returns the names of the files, sorted.
func (m *Memory) List() ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return sortedNames(m.files), nil
}

type memoryHandle struct {
	m      *Memory
	f      *memoryFile
	closed bool
}

var errClosed = errors.New("file is closed")

// begin locks the directory and checks the handle; end with m.mu.Unlock.
func (h *memoryHandle) begin(op string) error {
	h.m.mu.Lock()
	if h.closed {
		return errcode.New(errcode.StorageFault, "opfs "+op+" "+h.f.name, errClosed)
	}
	return nil
}

func (h *memoryHandle) ReadAt(b []byte, off int64) (int, error) {
	defer h.m.mu.Unlock()
	if err := h.begin("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, errcode.New(errcode.StorageFault, "opfs read", fmt.Errorf("offset %d", off))
	}
	n := h.f.data.read(b, off)
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (h *memoryHandle) WriteAt(b []byte, off int64) (int, error) {
	defer h.m.mu.Unlock()
	if err := h.begin("write"); err != nil {
		return 0, err
	}
	if err := h.m.before("write", h.f.name); err != nil {
		return 0, err
	}
	end := off + int64(len(b))
	if err := h.m.room(h.f, end); err != nil {
		return 0, err
	}
	h.f.data.write(b, off)
	h.f.changes = append(h.f.changes, change{off: off, data: append([]byte{}, b...)})
	return len(b), nil
}

// room refuses to let f grow past the quota.
func (m *Memory) room(f *memoryFile, size int64) error {
	if m.full == 0 || size <= f.data.size {
		return nil
	}
	used := size - f.data.size
	for _, other := range m.files {
		used += other.data.size
	}
	if used > m.full {
		return errcode.New(errcode.StorageFull, "opfs write "+f.name, fmt.Errorf("%d of %d bytes", used, m.full))
	}
	return nil
}

func (h *memoryHandle) Truncate(size int64) error {
	defer h.m.mu.Unlock()
	if err := h.begin("truncate"); err != nil {
		return err
	}
	if err := h.m.before("truncate", h.f.name); err != nil {
		return err
	}
	if err := h.m.room(h.f, size); err != nil {
		return err
	}
	h.f.data.resize(size)
	h.f.changes = append(h.f.changes, change{off: size})
	return nil
}

func (h *memoryHandle) Flush() error {
	defer h.m.mu.Unlock()
	if err := h.begin("flush"); err != nil {
		return err
	}
	if err := h.m.before("flush", h.f.name); err != nil {
		return err
	}
	h.f.flushed()
	clear(h.m.gone)
	return nil
}

// flushed makes the unflushed changes durable: they are applied to a copy of
// their own, so that a flush costs what was written and not the file's length.
func (f *memoryFile) flushed() {
	for _, c := range f.changes {
		if c.data == nil {
			f.durable.resize(c.off)
			continue
		}
		f.durable.write(c.data, c.off)
	}
	f.changes, f.named = nil, true
}

func (h *memoryHandle) Size() (int64, error) {
	defer h.m.mu.Unlock()
	if err := h.begin("size"); err != nil {
		return 0, err
	}
	return h.f.data.size, nil
}

func (h *memoryHandle) Close() error {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	if !h.closed {
		h.closed, h.f.open = true, false
	}
	return nil
}
