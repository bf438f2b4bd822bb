// Package journal keeps the facts of one till: an append-only file on which a
// sale is one write and one flush. What follows the acknowledged position is
// the outbox; there is no other.
//
// Numbers are given by Append and never twice. Bytes are stored once and read
// back identical. On opening, an unfinished record at the end, never confirmed
// to anybody, is cut off; everything else that does not verify is kept aside
// and reported. See DESIGN.md for the format and the reasons.
package journal

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// Identity is whose facts a journal holds. Every fact carries it.
type Identity struct {
	Device string
	Epoch  uint32
	Store  string
	Till   int
}

// Batch is a run of facts for a push: the numbers First, First+1, …
type Batch struct {
	First uint64
	Prev  fact.Hash // hash of the fact before First
	Facts [][]byte  // canonical bytes
	Chain fact.Hash // hash of the last fact of the batch
}

// Journal is an open journal, safe for use by several goroutines.
type Journal struct {
	mu     sync.Mutex
	dir    opfs.Dir
	id     Identity
	size   int64 // of new segments
	acked  *ackedFile
	healed *healedFile

	active opfs.File // the last segment
	number int       // of it
	end    int64     // where the next record goes
	spare  bool      // the segment after it is ready
	asked  bool      // for room for the reserve, since Open
	buf    []byte

	reader       opfs.File // another segment, open for reading
	readerNumber int

	found     Report   // about segments read after Open
	old       []sealed // segments whose facts are not indexed, rising
	heads     []sealed // all segments of the journal, rising
	leftovers []int    // segments before those
	first     uint64   // number of facts[0]
	facts     []entry
	prev      fact.Hash // hash of fact first-1
	lazy      []byte    // last fact, while its hash is not computed
	fault     error     // what made the end of the active segment unknown
}

// entry is the place of one fact. One that is lost has no number of bytes.
type entry struct {
	segment int // 0: in the healed file
	off     int64
	n       int // bytes of the fact
	at      int64
	chain   fact.Hash // hash of this fact
}

// sealed is what a segment's head says.
type sealed struct {
	number int
	head   head
}

// Append makes a fact of h's Kind, Version, At and Zone and of body, numbers it
// and makes it durable. When it returns nil the fact survives a power cut. It
// returns the fact and its canonical bytes.
func (j *Journal) Append(h fact.Header, body any) (fact.Fact, []byte, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	h.Device, h.Epoch, h.Store, h.Till = j.id.Device, j.id.Epoch, j.id.Store, j.id.Till
	h.Seq = j.last() + 1
	raw, err := fact.Encode(h, body)
	if err != nil {
		return fact.Fact{}, nil, fmt.Errorf("append fact %d: %w", h.Seq, err)
	}
	if err := j.append(raw, h.At); err != nil {
		return fact.Fact{}, nil, fmt.Errorf("append fact %d: %w", h.Seq, err)
	}
	return fact.Fact{Header: h, Body: bodyOf(raw)}, raw, nil
}

// bodyOf returns the body inside the canonical bytes of a fact. The mark can't
// occur earlier: quotes inside strings are escaped.
func bodyOf(raw []byte) []byte {
	const mark = `,"body":`
	at := bytes.Index(raw, []byte(mark))
	return raw[at+len(mark) : len(raw)-1]
}

// append makes raw, the canonical bytes of the next fact, durable.
func (j *Journal) append(raw []byte, at int64) error {
	if j.fault != nil {
		if j.fault = j.retract(j.end); j.fault != nil {
			return errcode.New(errcode.StorageFault, "journal.append", j.fault)
		}
	}
	r := record{seq: j.last() + 1, at: at, prev: j.chain(), raw: raw}
	if j.end > segmentHead && j.end+r.size() > j.size {
		if err := j.roll(); err != nil {
			return err
		}
	}
	off := j.end
	j.buf = j.buf[:0]
	fresh := off == 0
	if fresh {
		h := head{epoch: j.id.Epoch, first: r.seq, at: at, prev: r.prev, device: deviceMark(j.id.Device)}
		j.heads = append(j.heads, sealed{j.number, h})
		j.buf = appendHead(j.buf, h)
	}
	j.buf = appendRecord(j.buf, r)
	err := j.write(off)
	if errcode.Of(err) == errcode.StorageFull {
		if err = errors.Join(j.retract(off), j.dir.Remove(reserveName)); err == nil {
			err = j.write(off)
		}
	}
	if err != nil {
		if fresh {
			j.heads = j.heads[:len(j.heads)-1]
		}
		j.fault = j.retract(off)
		return err
	}
	j.end = off + int64(len(j.buf))
	j.facts = append(j.facts, entry{segment: j.number, off: j.end - r.size(), n: len(raw), at: at})
	j.lazy = raw
	return nil
}

// write is the one write and the one flush of a fact.
func (j *Journal) write(off int64) error {
	if _, err := j.active.WriteAt(j.buf, off); err != nil {
		return err
	}
	return j.active.Flush()
}

// retract makes sure that a record whose write or flush failed is not found
// later: nobody was told of it.
func (j *Journal) retract(off int64) error {
	size, err := j.active.Size()
	if err != nil {
		return err
	}
	if n := min(int64(len(j.buf)), size-off); n > 0 {
		if _, err := j.active.WriteAt(make([]byte, n), off); err != nil {
			return err
		}
	}
	return j.active.Flush()
}

// roll makes the next segment the active one.
func (j *Journal) roll() error {
	file, err := j.prepare()
	if err != nil {
		return err
	}
	if err := j.active.Close(); err != nil {
		return errors.Join(err, file.Close())
	}
	j.active, j.end, j.spare = file, 0, false
	j.number++
	return nil
}

// prepare opens the segment after the active one, full of zeros. Out of room it
// gives up the reserve, and then takes an empty file that grows.
func (j *Journal) prepare() (opfs.File, error) {
	file, err := j.dir.Open(fileName(j.number+1), true)
	if err != nil || j.spare {
		return file, err
	}
	err = fill(file, j.size)
	if errcode.Of(err) == errcode.StorageFull {
		if err = j.dir.Remove(reserveName); err == nil {
			err = fill(file, j.size)
		}
	}
	if errcode.Of(err) == errcode.StorageFull {
		err = file.Truncate(0)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// chain returns the hash of the last fact. It is computed when the next fact
// or a push needs it, not while a cashier waits.
func (j *Journal) chain() fact.Hash {
	n := len(j.facts)
	if n == 0 {
		return j.prev
	}
	if j.lazy != nil {
		j.facts[n-1].chain = fact.Chain(j.chainOf(n-2), j.lazy)
		j.lazy = nil
	}
	return j.facts[n-1].chain
}

// Settle does what Append leaves for later: it computes the hash of the last
// fact. Call it when the cashier has the answer; the next call that needs the
// hash computes it otherwise.
func (j *Journal) Settle() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.chain()
}

// chainOf returns the hash of facts[i], or of the fact before for i -1.
func (j *Journal) chainOf(i int) fact.Hash {
	if i < 0 {
		return j.prev
	}
	return j.facts[i].chain
}

func (j *Journal) last() uint64 { return j.first + uint64(len(j.facts)) - 1 }

// Last returns the number of the last fact, 0 before the first.
func (j *Journal) Last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last()
}

// First returns the number of the oldest fact that is kept.
func (j *Journal) First() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.old) > 0 && j.old[0].head.first > 0 {
		return j.old[0].head.first
	}
	return j.first
}

// Acked returns the number of the last fact that the server confirmed.
func (j *Journal) Acked() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.acked.value.seq
}

// Waiting returns how many facts the server has not confirmed and the time of
// the oldest in unix ms.
func (j *Journal) Waiting() (count int, oldest int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.last() <= j.acked.value.seq {
		return 0, 0
	}
	next := max(j.acked.value.seq+1, j.first) // acked may be lost, or behind what is kept
	return int(j.last() - next + 1), j.facts[next-j.first].at
}

// Since returns the facts after number seq: at most factsMax facts and bytesMax
// bytes, but at least one fact when there is one. It stops before a fact that
// is lost, and fails with JournalDamaged when that is the first.
func (j *Journal) Since(seq uint64, factsMax, bytesMax int) (Batch, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := Batch{First: seq + 1}
	if seq > j.last() {
		return b, errcode.New(errcode.Fork, "journal.Since", fmt.Errorf("fact %d of %d", seq, j.last()))
	}
	if err := j.index(seq + 1); err != nil {
		return b, err
	}
	if seq+1 < j.first {
		return b, errcode.New(errcode.JournalPruned, "journal.Since", fmt.Errorf("fact %d of %d", seq+1, j.first)).
			With("last", strconv.FormatUint(j.first-1, 10))
	}
	j.chain()
	b.Prev = j.chainOf(int(seq+1-j.first) - 1)
	b.Chain = b.Prev
	for next, size := seq+1, 0; next <= j.last() && len(b.Facts) < factsMax; next++ {
		e := j.facts[next-j.first]
		if size += e.n + 1; len(b.Facts) > 0 && size > bytesMax || e.n == 0 {
			break
		}
		raw, err := j.read(e, next)
		if err != nil {
			return b, err
		}
		b.Facts, b.Chain = append(b.Facts, raw), e.chain
	}
	if len(b.Facts) == 0 && seq < j.last() {
		return b, errcode.New(errcode.JournalDamaged, "journal.Since", fmt.Errorf("fact %d is lost", seq+1))
	}
	return b, nil
}

// Each calls f for every readable fact after number seq, in order. f must not
// use the journal.
func (j *Journal) Each(seq uint64, f func(seq uint64, raw []byte) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.index(seq + 1); err != nil {
		return err
	}
	for next := max(seq+1, j.first); next <= j.last(); next++ {
		e := j.facts[next-j.first]
		if e.n == 0 {
			continue
		}
		raw, err := j.read(e, next)
		if err != nil {
			return err
		}
		if err := f(next, raw); err != nil {
			return err
		}
	}
	return nil
}

// read returns the canonical bytes of the fact at e.
func (j *Journal) read(e entry, seq uint64) ([]byte, error) {
	if e.segment == 0 {
		return j.healed.records[seq].raw, nil
	}
	file, err := j.segment(e.segment)
	if err != nil {
		return nil, err
	}
	b := make([]byte, recordHead+e.n)
	if _, err := file.ReadAt(b, e.off); err != nil {
		return nil, fmt.Errorf("read fact %d: %w", seq, err)
	}
	if r, ok := parseRecord(b); !ok || r.seq != seq {
		return nil, errcode.New(errcode.JournalDamaged, "journal.read", fmt.Errorf("fact %d", seq)).
			With("segment", strconv.Itoa(e.segment)).With("offset", strconv.FormatInt(e.off, 10))
	}
	return b[recordHead:], nil
}

// segment returns a segment open for reading.
func (j *Journal) segment(number int) (opfs.File, error) {
	if number == j.number {
		return j.active, nil
	}
	if number == j.readerNumber {
		return j.reader, nil
	}
	if err := j.closeReader(); err != nil {
		return nil, err
	}
	file, err := j.dir.Open(fileName(number), false)
	if err != nil {
		return nil, err
	}
	j.reader, j.readerNumber = file, number
	return file, nil
}

func (j *Journal) closeReader() error {
	file := j.reader
	j.reader, j.readerNumber = nil, 0
	if file == nil {
		return nil
	}
	return file.Close()
}

// SetAcked records durably that the server holds all facts up to seq, the last
// with hash chain. Fork means that the server holds other facts than these.
func (j *Journal) SetAcked(seq uint64, chain fact.Hash) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if seq < j.acked.value.seq || seq < j.first {
		return nil // an old answer
	}
	if seq > j.last() {
		return errcode.New(errcode.Fork, "journal.SetAcked", fmt.Errorf("fact %d of %d", seq, j.last()))
	}
	j.chain()
	if own := j.facts[seq-j.first].chain; own != chain {
		return errcode.New(errcode.Fork, "journal.SetAcked", fmt.Errorf("fact %d is %s, the server has %s", seq, own, chain))
	}
	if seq == j.acked.value.seq {
		return nil
	}
	return j.acked.set(seq, chain)
}

// Maintain does what Append should not wait for: it readies the next segment
// and the reserve, and deletes segments that are acknowledged and whose facts
// are all older than before (unix ms). Call it when the till is idle.
func (j *Journal) Maintain(before int64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.chain()
	for len(j.leftovers) > 0 && j.heads[0].head.at < before {
		if err := j.dir.Remove(fileName(j.leftovers[0])); err != nil {
			return fmt.Errorf("delete segment: %w", err)
		}
		j.leftovers = j.leftovers[1:]
	}
	for len(j.heads) > 1 && j.heads[0].number < j.number {
		after := j.heads[1].head
		if after.first-1 > j.acked.value.seq || after.at >= before {
			break
		}
		if err := j.drop(after); err != nil {
			return fmt.Errorf("delete segment: %w", err)
		}
	}
	if !j.spare && j.end > j.size/2 {
		file, err := j.prepare()
		if err != nil {
			return fmt.Errorf("ready the next segment: %w", err)
		}
		if err := file.Close(); err != nil {
			return err
		}
		j.spare = true
	}
	if j.asked {
		return nil
	}
	j.asked = true
	return makeReserve(j.dir, j.size)
}

// drop deletes the first segment; after heads the one behind it.
func (j *Journal) drop(after head) error {
	number := j.heads[0].number
	if number == j.readerNumber {
		if err := j.closeReader(); err != nil {
			return err
		}
	}
	if err := j.dir.Remove(fileName(number)); err != nil {
		return err
	}
	j.heads = j.heads[1:]
	if len(j.old) > 0 && j.old[0].number == number {
		j.old = j.old[1:]
		return nil
	}
	if n := int(after.first - j.first); n > 0 {
		j.prev = j.chainOf(n - 1)
		j.facts = append([]entry(nil), j.facts[n:]...)
		j.first = after.first
	}
	return nil
}

// Close closes the files.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(j.active.Close(), j.closeReader(), j.acked.file.Close(), j.healed.file.Close())
}
