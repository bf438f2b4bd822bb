// Package pack keeps many files in one: a browser takes milliseconds to open a
// file and microseconds to read from an open one, and a report reads hundreds.
//
// The file is a list of records: a mark, the length, the hash that names the
// bytes, the bytes. A file that is written again is a later record, and the
// later one counts. Records that are no longer used stay until half of the pack
// is of no use. What a torn write left behind the last whole record is cut by
// the next write. Whether bytes are sound their own checksum says.
//
// Another tab's worker may use the same directory: the pack is open only while
// it is held, and what the other wrote meanwhile is read in.
package pack

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// Pack is the pack of a directory. It is safe for concurrent use.
type Pack struct {
	dir opfs.Dir

	mu     sync.Mutex
	number int       // of the file's name; the highest counts
	file   opfs.File // nil while nobody holds it
	holds  int
	end    int64 // of the last whole record that is known
	at     map[string]span
}

// span is where bytes lie.
type span struct {
	offset int64
	length int
}

const (
	// prefix begins the names of packs.
	prefix    = "pack-"
	mark      = 0x314b5054 // "TPK1"
	headBytes = 4 + 4 + hashBytes
	hashBytes = 32
	slack     = 4 << 20 // unused bytes that are no reason to write anew
)

// New returns the pack of dir; Hold looks at what there is.
func New(dir opfs.Dir) *Pack { return &Pack{dir: dir} }

// Owns reports whether name is that of a file of a pack.
func Owns(name string) bool { return strings.HasPrefix(name, prefix) }

func (p *Pack) name() string { return prefix + strconv.Itoa(p.number) }

// Hold keeps the file open until Release is called as often.
func (p *Pack) Hold() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.openFile()
}

// Release ends a hold.
func (p *Pack) Release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closeFile()
}

// openFile opens the file for one holder more.
func (p *Pack) openFile() error {
	if p.holds > 0 {
		p.holds++
		return nil
	}
	file, err := p.newest()
	if err != nil {
		return err
	}
	p.file = file
	if err := p.scan(); err != nil {
		p.file = nil
		return errors.Join(err, file.Close())
	}
	p.holds = 1
	return nil
}

func (p *Pack) closeFile() error {
	p.holds--
	if p.holds > 0 {
		return nil
	}
	file := p.file
	p.file = nil
	return file.Close()
}

// newest opens the file, which another tab may have written anew under a higher
// number. One that was being written when the browser died has no mark yet and
// goes; so do those that a finished one has replaced.
func (p *Pack) newest() (opfs.File, error) {
	if p.number > 0 {
		file, err := p.dir.Open(p.name(), false)
		if errcode.Of(err) != errcode.NotFound {
			return file, err
		}
	}
	numbers, err := p.numbers()
	if err != nil {
		return nil, err
	}
	p.number, p.end, p.at = p.number+1, 0, map[string]span{}
	for len(numbers) > 0 {
		p.number = numbers[len(numbers)-1]
		numbers = numbers[:len(numbers)-1]
		file, err := p.dir.Open(p.name(), false)
		if err != nil {
			return nil, err
		}
		var first [4]byte
		if _, err := file.ReadAt(first[:], 0); err != nil && !errors.Is(err, io.EOF) {
			return nil, errors.Join(err, file.Close())
		}
		if binary.LittleEndian.Uint32(first[:]) == mark {
			for _, replaced := range numbers {
				err = errors.Join(err, p.dir.Remove(prefix+strconv.Itoa(replaced)))
			}
			return file, err
		}
		if err := errors.Join(file.Close(), p.dir.Remove(p.name())); err != nil {
			return nil, err
		}
	}
	file, err := p.dir.Open(p.name(), true)
	if err != nil {
		return nil, err
	}
	return file, errors.Join(p.begin(file), p.seal(file))
}

// begin writes the first record, which is empty, without its mark; seal sets
// the mark: from then on the pack counts.
func (p *Pack) begin(file opfs.File) error {
	p.end = headBytes
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt(make([]byte, headBytes), 0)
	return err
}

func (p *Pack) seal(file opfs.File) error {
	if err := file.Flush(); err != nil {
		return err
	}
	if _, err := file.WriteAt(binary.LittleEndian.AppendUint32(nil, mark), 0); err != nil {
		return err
	}
	return file.Flush()
}

// numbers returns those of the packs that there are, ascending.
func (p *Pack) numbers() (numbers []int, err error) {
	names, err := p.dir.List()
	for _, name := range names {
		if number, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.Atoi(number); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	return numbers, err
}

// scan reads in the records behind end.
func (p *Pack) scan() error {
	size, err := p.file.Size()
	if err != nil {
		return err
	}
	if size < p.end { // not the file that was looked at
		p.end, p.at = 0, map[string]span{}
	}
	var head [headBytes]byte
	for p.end+headBytes <= size {
		if _, err := p.file.ReadAt(head[:], p.end); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		if binary.LittleEndian.Uint32(head[:]) != mark || p.end+headBytes+length > size {
			break
		}
		p.at[hex.EncodeToString(head[8:])] = span{p.end + headBytes, int(length)}
		p.end += headBytes + length
	}
	return nil
}

// Has reports whether the file named hash is there, as far as was looked since
// the latest Hold.
func (p *Pack) Has(hash string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.at[hash]
	return ok
}

// Read fails with errcode.NotFound when there is no such file.
func (p *Pack) Read(hash string) (b []byte, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.openFile(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.closeFile()) }()
	at, ok := p.at[hash]
	if !ok {
		return nil, errcode.New(errcode.NotFound, "pack.Read", nil)
	}
	return readSpan(p.file, at)
}

func readSpan(file opfs.File, at span) ([]byte, error) {
	b := make([]byte, at.length)
	if n, err := file.ReadAt(b, at.offset); n < len(b) {
		return nil, errcode.New(errcode.StorageFault, "pack.Read", err)
	}
	return b, nil
}

// Write keeps b under its hash, 64 hexadecimal digits, through a power cut.
func (p *Pack) Write(hash string, b []byte) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.openFile(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.closeFile()) }()
	if err := p.append(p.file, hash, b); err != nil {
		return err
	}
	return p.file.Flush()
}

// append writes a record behind the last whole one and puts it into the index.
func (p *Pack) append(file opfs.File, hash string, b []byte) error {
	name, err := hex.DecodeString(hash)
	if err != nil || len(name) != hashBytes {
		return errcode.New(errcode.Internal, "pack.Write", fmt.Errorf("name %q: %w", hash, err))
	}
	record := make([]byte, headBytes+len(b))
	binary.LittleEndian.PutUint32(record, mark)
	binary.LittleEndian.PutUint32(record[4:], uint32(len(b)))
	copy(record[8:], name)
	copy(record[headBytes:], b)
	if err := file.Truncate(p.end); err != nil {
		return err
	}
	if _, err := file.WriteAt(record, p.end); err != nil {
		return err
	}
	p.at[hash] = span{p.end + headBytes, len(b)}
	p.end += int64(len(record))
	return nil
}

// Forget makes the file one that is not there.
func (p *Pack) Forget(hash string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.at, hash)
}

// Clear forgets every file that is not among used, and writes the others anew
// when most of the pack is of no use. With used nil nothing is left on the
// device.
func (p *Pack) Clear(used map[string]bool) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.openFile(); err != nil {
		return err
	}
	if used == nil {
		return p.remove()
	}
	defer func() { err = errors.Join(err, p.closeFile()) }()
	live := int64(0)
	for hash, at := range p.at {
		if used[hash] {
			live += headBytes + int64(at.length)
		} else {
			delete(p.at, hash)
		}
	}
	if live > 0 && p.end-live <= live+slack || p.end == headBytes {
		return nil
	}
	return p.rewrite()
}

// remove removes the pack and ends one hold; for other holders there is a new,
// empty one.
func (p *Pack) remove() error {
	err := errors.Join(p.file.Close(), p.dir.Remove(p.name()))
	p.file, p.at = nil, map[string]span{}
	p.holds--
	if p.holds > 0 {
		file, openErr := p.newest()
		p.file, err = file, errors.Join(err, openErr)
	}
	return err
}

// rewrite moves what is in the index to a pack of the next number.
func (p *Pack) rewrite() error {
	file, number, end, at := p.file, p.number, p.end, p.at
	p.number++
	fresh, err := p.dir.Open(p.name(), true)
	if err != nil {
		p.number = number
		return err
	}
	p.at = make(map[string]span, len(at))
	if err := p.copyTo(fresh, at); err != nil {
		err = errors.Join(err, fresh.Close(), p.dir.Remove(p.name()))
		p.number, p.end, p.at = number, end, at
		return err
	}
	p.file = fresh
	return errors.Join(file.Close(), p.dir.Remove(prefix+strconv.Itoa(number)))
}

func (p *Pack) copyTo(fresh opfs.File, from map[string]span) error {
	if err := p.begin(fresh); err != nil {
		return err
	}
	for hash, at := range from {
		b, err := readSpan(p.file, at)
		if err != nil {
			return err
		}
		if err := p.append(fresh, hash, b); err != nil {
			return err
		}
	}
	return p.seal(fresh)
}
