package journal

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// Report says what Open found wrong. The zero Report is a sound journal.
type Report struct {
	Torn    int64    // bytes of an unfinished record that were cut off (a copy is kept)
	Damages []Damage // regions that do not verify
	Foreign []string // files of another identity, left as they are
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

// Notices returns what the report has to say to people.
func (r Report) Notices() []*errcode.Error {
	var notices []*errcode.Error
	if r.Torn > 0 {
		notices = append(notices, errcode.New(errcode.JournalTorn, "journal.Open", nil).
			With("bytes", strconv.FormatInt(r.Torn, 10)))
	}
	for _, d := range r.Damages {
		notices = append(notices, errcode.New(errcode.JournalDamaged, "journal.Open", nil).
			With("segment", strconv.Itoa(d.Segment)).
			With("offset", strconv.FormatInt(d.Offset, 10)))
	}
	return notices
}

// Create makes the empty journal of a newly enrolled till in dir. It is called
// once, before the identity is stored; a journal of id that is there already
// stays. Files of another identity are left as they are.
func Create(dir opfs.Dir, id Identity) error { return create(dir, id, SegmentSize) }

func create(dir opfs.Dir, id Identity, size int64) error {
	heads, numbers, err := readHeads(dir)
	if err != nil {
		return err
	}
	number := 1
	for i, n := range numbers {
		if h := heads[i]; h.epoch == id.Epoch && h.device == deviceMark(id.Device) {
			return nil
		}
		number = n + 1
	}
	file, err := dir.Open(fileName(number), true)
	if err != nil {
		return err
	}
	err = fill(file, size)
	if err == nil {
		h := head{epoch: id.Epoch, first: 1, device: deviceMark(id.Device)}
		if _, err = file.WriteAt(appendHead(nil, h), 0); err == nil {
			err = file.Flush()
		}
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("create journal: %w", err)
	}
	return makeReserve(dir, size)
}

// readHeads returns the segments' numbers and heads, zero where they do not verify.
func readHeads(dir opfs.Dir) ([]head, []int, error) {
	numbers, err := segments(dir)
	if err != nil {
		return nil, nil, err
	}
	heads := make([]head, len(numbers))
	for i, n := range numbers {
		file, err := dir.Open(fileName(n), false)
		if err != nil {
			return nil, nil, err
		}
		b := make([]byte, segmentHead)
		if _, err = file.ReadAt(b, 0); err == nil || errors.Is(err, io.EOF) {
			heads[i], _ = parseHead(b)
			err = nil
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, nil, err
		}
	}
	return heads, numbers, nil
}

// Open opens the journal of id. A missing journal is an error, JournalDamaged:
// its numbers may have been used, so the till needs a new epoch.
func Open(dir opfs.Dir, id Identity) (*Journal, Report, error) { return open(dir, id, SegmentSize) }

func open(dir opfs.Dir, id Identity, size int64) (_ *Journal, rep Report, err error) {
	j := &Journal{dir: dir, id: id, size: size}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open journal: %w", err), j.closeAll())
		}
	}()
	if err := j.findSegments(&rep); err != nil {
		return nil, rep, err
	}
	if j.acked, err = openAcked(dir, id); err != nil {
		return nil, rep, err
	}
	if j.healed, err = openHealed(dir, id); err != nil {
		return nil, rep, err
	}
	if err := j.scan(&rep); err != nil {
		return nil, rep, err
	}
	return j, rep, nil
}

func (j *Journal) closeAll() error {
	err := j.closeReader()
	if j.active != nil {
		err = errors.Join(err, j.active.Close())
	}
	if j.acked != nil {
		err = errors.Join(err, j.acked.file.Close())
	}
	if j.healed != nil {
		err = errors.Join(err, j.healed.file.Close())
	}
	return err
}

// findSegments lists this identity's segments in j.heads. A head that does not
// verify is that of the unused spare, or what is inside has to tell whose it is.
func (j *Journal) findSegments(rep *Report) error {
	heads, numbers, err := readHeads(j.dir)
	if err != nil {
		return err
	}
	for i, h := range heads {
		own := h.epoch == j.id.Epoch && h.device == deviceMark(j.id.Device)
		if h.first == 0 {
			if own, err = j.holdsOwn(numbers[i]); err != nil {
				return err
			}
		}
		if own {
			j.heads = append(j.heads, sealed{numbers[i], h})
		} else {
			rep.Foreign = append(rep.Foreign, fileName(numbers[i]))
		}
	}
	if len(j.heads) == 0 {
		return errcode.New(errcode.JournalDamaged, "journal.Open", errors.New("there is no journal"))
	}
	return nil
}

// holdsOwn tells whose segment without a sound head it is: whose facts are in
// it or, without a readable fact, whose the one before is.
func (j *Journal) holdsOwn(number int) (bool, error) {
	b, err := j.content(number)
	if err != nil {
		return false, err
	}
	if off := nextRecordAny(b); off >= 0 {
		r, _ := parseRecord(b[off:])
		f, err := fact.Decode(r.raw)
		return err == nil && f.Device == j.id.Device && f.Epoch == j.id.Epoch, nil
	}
	return len(j.heads) > 0, nil
}

// scan reads the segments that hold facts not acknowledged and the last one;
// those before are indexed when somebody asks for them.
func (j *Journal) scan(rep *Report) error {
	if err := j.dropSpare(); err != nil {
		return err
	}
	j.dropLeftovers()
	from := 0
	for i := 1; i < len(j.heads); i++ {
		if h := j.heads[i].head; h.first > 0 && h.first-1 <= j.acked.value.seq {
			from = i
		}
	}
	j.old = append([]sealed(nil), j.heads[:from]...)
	s := scanner{j: j, rep: rep}
	for i, seg := range j.heads[from:] {
		b, err := j.content(seg.number)
		if err != nil {
			return err
		}
		if i == 0 {
			s.start(seg.head, b)
		}
		if err := s.segment(seg, b); err != nil {
			return err
		}
	}
	return s.finish()
}

// dropLeftovers takes segments off the list that come before a deleted one:
// their own deletion did not reach the disk. Maintain repeats it.
func (j *Journal) dropLeftovers() {
	for i := len(j.heads) - 1; i > 0; i-- {
		h := j.heads[i]
		if h.number != j.heads[i-1].number+1 && h.head.first > 0 && h.head.first-1 <= j.acked.value.seq {
			for _, left := range j.heads[:i] {
				j.leftovers = append(j.leftovers, left.number)
			}
			j.heads = j.heads[i:]
			return
		}
	}
}

// dropSpare takes an unused last segment off the list.
func (j *Journal) dropSpare() error {
	n := len(j.heads) - 1
	if n == 0 || j.heads[n].head.first > 0 {
		return nil
	}
	b, err := j.content(j.heads[n].number)
	if err != nil {
		return err
	}
	if used(b) == 0 {
		j.spare = int64(len(b)) >= j.size && j.heads[n].number == j.heads[n-1].number+1
		j.heads = j.heads[:n]
	}
	return nil
}

func (j *Journal) content(number int) ([]byte, error) {
	file, err := j.dir.Open(fileName(number), false)
	if err != nil {
		return nil, err
	}
	b, err := readAll(file)
	return b, errors.Join(err, file.Close())
}
