package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// The draft file begins with the newest generation that was cleared: u32
// CRC-32C of what follows, u64 generation. Records begin in the next sector:
// u32 length of the change, u32 CRC-32C of what follows, u64 generation, the
// change. Those of one generation follow each other; what an earlier one left
// behind them is ignored.
const (
	draftName  = "draft"
	draftStart = 512
	draftHead  = 16
	draftSize  = 128 << 10 // written full of zeros, see SegmentSize
)

// Draft is the log of the open receipt: what was done to it, durable change by
// change.
type Draft struct {
	file       opfs.File
	generation uint64
	cleared    uint64
	end        int64
	changes    [][]byte
	buf        []byte
}

// OpenDraft opens the draft in dir. JournalDamaged comes with a usable Draft
// that holds the changes before the damage; a copy of the file is kept.
func OpenDraft(dir opfs.Dir) (*Draft, error) {
	file, err := dir.Open(draftName, true)
	if err != nil {
		return nil, fmt.Errorf("open draft: %w", err)
	}
	d := &Draft{file: file}
	size, err := file.Size()
	if err == nil && size < draftStart {
		err = fill(file, draftSize)
	}
	if errcode.Of(err) == errcode.StorageFull {
		err = nil // it grows as far as it can
	}
	var b []byte
	if err == nil {
		b, err = readAll(file)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open draft: %w", err), file.Close())
	}
	return d, d.read(dir, b)
}

// read takes the draft from b, the content of the file.
func (d *Draft) read(dir opfs.Dir, b []byte) error {
	if len(b) >= 12 && crc32.Checksum(b[4:12], castagnoli) == binary.LittleEndian.Uint32(b) {
		d.cleared = binary.LittleEndian.Uint64(b[4:])
	}
	d.generation, d.end = d.cleared, draftStart
	for {
		change, generation, ok := parseDraft(b[min(d.end, int64(len(b))):])
		if !ok || generation <= d.cleared || d.end > draftStart && generation != d.generation {
			break
		}
		d.generation = generation
		d.end += draftHead + int64(len(change))
		d.changes = append(d.changes, append([]byte{}, change...))
	}
	least := d.cleared + 1
	if len(d.changes) > 0 {
		least = d.generation
	}
	later := laterDraft(b, d.end, least)
	if later == 0 {
		return nil
	}
	// A record of the same draft behind bytes that do not verify: something
	// that was durable is damaged.
	name := fmt.Sprintf("damaged-%s-%d-%d", draftName, later, d.end)
	if err := saveCopy(dir, name, b[:used(b)]); err != nil {
		return fmt.Errorf("open draft: %w", err)
	}
	at := d.end
	if err := d.restart(later + 1); err != nil {
		return fmt.Errorf("open draft: %w", err)
	}
	return errcode.New(errcode.JournalDamaged, "journal.OpenDraft", nil).
		With("segment", draftName).With("offset", fmt.Sprint(at))
}

// restart writes the changes that are left as a new generation, so that none
// from behind the damage comes back.
func (d *Draft) restart(generation uint64) error {
	changes := d.changes
	d.generation, d.end, d.changes = generation, draftStart, nil
	for _, change := range changes {
		if err := d.Append(change); err != nil {
			return err
		}
	}
	return nil
}

// laterDraft returns the generation of the first sound record of b at or after
// off whose generation is at least least, or 0.
func laterDraft(b []byte, off int64, least uint64) uint64 {
	for ; off+draftHead <= int64(len(b)); off++ {
		if _, generation, ok := parseDraft(b[off:]); ok && generation >= least {
			return generation
		}
	}
	return 0
}

func parseDraft(b []byte) (change []byte, generation uint64, ok bool) {
	if len(b) < draftHead {
		return nil, 0, false
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n == 0 || n > lengthMax || n > len(b)-draftHead {
		return nil, 0, false
	}
	b = b[:draftHead+n]
	if crc32.Checksum(b[8:], castagnoli) != binary.LittleEndian.Uint32(b[4:]) {
		return nil, 0, false
	}
	return b[draftHead:], binary.LittleEndian.Uint64(b[8:]), true
}

// Load returns the changes since Begin, oldest first.
func (d *Draft) Load() [][]byte { return d.changes }

// Begin starts a new draft; the one before must be cleared. Nothing is written
// until the first Append.
func (d *Draft) Begin() {
	d.generation++
	d.end, d.changes = draftStart, nil
}

// Append makes one more change, which must not be empty, durable.
func (d *Draft) Append(change []byte) error {
	if len(change) == 0 || len(change) > lengthMax {
		return errcode.New(errcode.Invalid, "journal.Draft", fmt.Errorf("change of %d bytes", len(change)))
	}
	if d.generation == d.cleared {
		d.Begin()
	}
	if err := d.write(change); err != nil {
		return fmt.Errorf("append to draft: %w", err)
	}
	d.changes = append(d.changes, append([]byte{}, change...))
	return nil
}

// write is the one write and the one flush of a change. After a failure the
// next one takes the same place.
func (d *Draft) write(change []byte) error {
	b := binary.LittleEndian.AppendUint32(d.buf[:0], uint32(len(change)))
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint64(b, d.generation)
	b = append(b, change...)
	binary.LittleEndian.PutUint32(b[4:], crc32.Checksum(b[8:], castagnoli))
	d.buf = b
	if _, err := d.file.WriteAt(b, d.end); err != nil {
		return err
	}
	if err := d.file.Flush(); err != nil {
		return err
	}
	d.end += int64(len(b))
	return nil
}

// Clear durably forgets the draft.
func (d *Draft) Clear() error {
	b := binary.LittleEndian.AppendUint32(nil, 0)
	b = binary.LittleEndian.AppendUint64(b, d.generation)
	binary.LittleEndian.PutUint32(b, crc32.Checksum(b[4:], castagnoli))
	_, err := d.file.WriteAt(b, 0)
	if err == nil {
		err = d.file.Flush()
	}
	if err != nil {
		return fmt.Errorf("clear draft: %w", err)
	}
	d.cleared = d.generation
	d.Begin()
	return nil
}

// Close closes the file.
func (d *Draft) Close() error { return d.file.Close() }
