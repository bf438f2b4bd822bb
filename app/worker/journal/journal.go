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
	"errors"

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

// Report says what Open found wrong. The zero Report is a sound journal.
type Report struct {
	Torn    int64    // bytes of an unfinished record that were cut off (a copy is kept)
	Damages []Damage // regions that do not verify
	Foreign []string // files of another identity, kept aside
}

// Damage is a region of a segment that does not verify. Its bytes stay and a
// copy is kept. The facts First to Last are unreadable until Heal.
type Damage struct {
	Segment int
	Offset  int64
	Bytes   int64
	First   uint64 // First > Last: no fact was hit
	Last    uint64
}

// Batch is a run of facts for a push: the numbers First, First+1, …
type Batch struct {
	First uint64
	Prev  fact.Hash // hash of the fact before First
	Facts [][]byte  // canonical bytes
	Chain fact.Hash // hash of the last fact of the batch
}

// Create makes the empty journal of a newly enrolled till in dir and sets an
// older identity's files aside. It is called once, before the identity is
// stored; for a journal that is there it does nothing.
func Create(dir opfs.Dir, id Identity) error { return errTODO }

// Open opens the journal of id. A missing journal is an error, JournalDamaged:
// its numbers may have been used, so the till needs a new epoch.
func Open(dir opfs.Dir, id Identity) (*Journal, Report, error) { return nil, Report{}, errTODO }

// Journal is an open journal, safe for use by several goroutines.
type Journal struct{}

// Append makes a fact of h's Kind, Version, At and Zone and of body, numbers it
// and makes it durable. When it returns nil the fact survives a power cut. It
// returns the fact and its canonical bytes.
func (j *Journal) Append(h fact.Header, body any) (fact.Fact, []byte, error) {
	return fact.Fact{}, nil, errTODO
}

// Last returns the number of the last fact, 0 before the first.
func (j *Journal) Last() uint64 { return 0 }

// Acked returns the number of the last fact that the server confirmed.
func (j *Journal) Acked() uint64 { return 0 }

// Waiting returns how many facts the server has not confirmed and the time of
// the oldest in unix ms.
func (j *Journal) Waiting() (count int, oldest int64) { return 0, 0 }

// Since returns the facts after number seq: at most factsMax facts and bytesMax
// bytes, but at least one fact when there is one.
func (j *Journal) Since(seq uint64, factsMax, bytesMax int) (Batch, error) {
	return Batch{}, errTODO
}

// Each calls f for every readable fact after number seq, in order.
func (j *Journal) Each(seq uint64, f func(seq uint64, raw []byte) error) error { return errTODO }

// SetAcked records durably that the server holds all facts up to seq, the last
// with hash chain. Fork means that the server holds other bytes.
func (j *Journal) SetAcked(seq uint64, chain fact.Hash) error { return errTODO }

// Maintain does what Append should not wait for: it readies the next segment
// and deletes segments that are acknowledged and whose facts are all older than
// before (unix ms). Call it when the till is idle.
func (j *Journal) Maintain(before int64) error { return errTODO }

// Close closes the files.
func (j *Journal) Close() error { return errTODO }

// Draft is the log of the open receipt: what was done to it, durable change by
// change.
type Draft struct{}

// OpenDraft opens the draft in dir. JournalDamaged comes with a usable Draft
// that holds the changes before the damage; a copy of the file is kept.
func OpenDraft(dir opfs.Dir) (*Draft, error) { return nil, errTODO }

// Load returns the changes since Begin, oldest first.
func (d *Draft) Load() [][]byte { return nil }

// Begin starts a new draft. Nothing is written until the first Append.
func (d *Draft) Begin() {}

// Append makes one more change durable.
func (d *Draft) Append(delta []byte) error { return errTODO }

// Clear durably forgets the draft.
func (d *Draft) Clear() error { return errTODO }

// Close closes the file.
func (d *Draft) Close() error { return errTODO }

// Notices returns what the report has to say to people.
func (r Report) Notices() []*errcode.Error { return nil }

var errTODO = errors.New("not there yet")
