package journal

import (
	"fmt"

	"tillsight/shared/fact"
)

// scanner indexes segments in order, from what their records say.
type scanner struct {
	j      *Journal
	rep    *Report
	next   uint64 // number expected
	chain  fact.Hash
	resync bool   // the facts before are lost: take the next record's word for the chain
	tail   []byte // content of the last segment
	tailAt int64  // end of its last sound record
}

// start sets where the index begins: what the first segment's head says or,
// when that is damaged, its first sound record.
func (s *scanner) start(h head, b []byte) {
	first, prev := h.first, h.prev
	if first == 0 {
		first = 1
		if off := nextRecordAny(b); off >= 0 {
			r, _ := parseRecord(b[off:])
			first, prev = r.seq, r.prev
		}
	}
	s.next, s.chain = first, prev
	s.j.first, s.j.prev, s.j.facts = first, prev, nil
	if first == s.j.acked.value.seq+1 && first > 1 {
		s.chain, s.j.prev = s.j.acked.value.chain, s.j.acked.value.chain
	}
}

// segment indexes the records of one segment with content b.
func (s *scanner) segment(seg sealed, b []byte) error {
	if err := s.closeTail(); err != nil {
		return err
	}
	off := int64(segmentHead)
	if seg.head.first == 0 && used(b) > 0 {
		if nextRecord(b, off, s.next) < 0 {
			off = 0 // nothing in it is sound: the segment was just begun
		} else if err := s.damage(seg.number, 0, b[:min(segmentHead, len(b))], s.next); err != nil {
			return err
		}
	}
	for {
		r, ok := parseRecord(b[min(off, int64(len(b))):])
		if !ok || r.seq < s.next || r.seq > s.next+skipMax {
			to := nextRecord(b, off+1, s.next)
			if to < 0 {
				break
			}
			r, _ = parseRecord(b[to:])
			if err := s.damage(seg.number, off, b[off:to], r.seq); err != nil {
				return err
			}
			off = to
		} else if r.seq > s.next {
			if err := s.damage(seg.number, off, nil, r.seq); err != nil {
				return err
			}
		}
		s.accept(seg.number, off, r)
		off += r.size()
	}
	s.tail, s.tailAt = b, off
	s.j.number = seg.number
	return nil
}

// accept indexes a sound record.
func (s *scanner) accept(number int, off int64, r record) {
	n := len(s.j.facts)
	switch {
	case s.resync && n > 0:
		s.j.facts[n-1].chain, s.chain = r.prev, r.prev
	case s.resync:
		s.j.prev, s.chain = r.prev, r.prev
	case r.prev != s.chain && !s.j.healed.lost:
		s.rep.Damages = append(s.rep.Damages, Damage{Segment: number, Offset: off, First: r.seq + 1, Last: r.seq})
	}
	s.resync = false
	s.add(entry{segment: number, off: off, n: len(r.raw), at: r.at, chain: fact.Chain(s.chain, r.raw)})
}

// add indexes e as the next fact. The server's word on the chain counts more
// than a computed one.
func (s *scanner) add(e entry) {
	if a := s.j.acked.value; s.next == a.seq {
		e.chain = a.chain
	}
	s.j.facts = append(s.j.facts, e)
	s.chain = e.chain
	s.next++
}

// damage keeps the unsound bytes b aside and leaves the facts up to number to
// out, but for those healed before.
func (s *scanner) damage(number int, off int64, b []byte, to uint64) error {
	d := Damage{Segment: number, Offset: off, Bytes: int64(len(b)), First: s.next, Last: to - 1}
	if len(b) > 0 {
		if err := saveCopy(s.j.dir, fmt.Sprintf("damaged-%06d-%d", number, off), b); err != nil {
			return err
		}
	}
	lost := s.skip(to)
	if lost || d.First > d.Last {
		s.rep.Damages = append(s.rep.Damages, d)
	}
	return nil
}

// skip indexes the missing facts before number to and reports whether one of
// them is in the healed file neither.
func (s *scanner) skip(to uint64) (lost bool) {
	for s.next < to {
		if r, ok := s.j.healed.records[s.next]; ok {
			s.add(entry{n: len(r.raw), at: r.at, chain: fact.Chain(s.chain, r.raw)})
			continue
		}
		s.add(entry{})
		lost, s.resync = true, true
	}
	return lost
}

// closeTail deals with what follows the last record of a segment that is not
// the last one.
func (s *scanner) closeTail() error {
	rest := s.tail[min(s.tailAt, int64(len(s.tail))):]
	if n := used(rest); n > 0 {
		return s.damage(s.j.number, s.tailAt, rest[:n], s.next)
	}
	return nil
}

// finish opens the last segment for writing and cuts off what follows its last
// record.
func (s *scanner) finish() (err error) {
	j := s.j
	if j.active, err = j.dir.Open(fileName(j.number), false); err != nil {
		return err
	}
	rest := s.tail[min(s.tailAt, int64(len(s.tail))):]
	if n := used(rest); n > 0 {
		if err := s.cut(rest[:n]); err != nil {
			return err
		}
	}
	j.end = s.tailAt
	if j.end == 0 {
		j.heads = j.heads[:len(j.heads)-1] // begun anew by the next fact
	}
	if a := j.acked.value; a.seq >= s.next {
		d := Damage{Segment: j.number, Offset: s.tailAt, First: s.next, Last: a.seq}
		if s.skip(a.seq + 1) {
			s.rep.Damages = append(s.rep.Damages, d)
		}
	}
	return nil
}

// cut keeps a copy of the unfinished record and overwrites it with zeros.
func (s *scanner) cut(rest []byte) error {
	if err := saveCopy(s.j.dir, fmt.Sprintf("torn-%06d-%d-%d", s.j.number, s.tailAt, s.next), rest); err != nil {
		return err
	}
	if _, err := s.j.active.WriteAt(make([]byte, len(rest)), s.tailAt); err != nil {
		return err
	}
	s.rep.Torn += int64(len(rest))
	return s.j.active.Flush()
}

// Check reads the old segments that Open left alone and returns the damages
// found in them since Open. Call it when the till is idle.
func (j *Journal) Check() ([]Damage, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.index(0)
	return j.found.Damages, err
}

// index makes sure that the facts from number seq on are indexed, as far as
// there are segments of them.
func (j *Journal) index(seq uint64) error {
	for seq < j.first && len(j.old) > 0 {
		n := len(j.old) - 1
		b, err := j.content(j.old[n].number)
		if err != nil {
			return err
		}
		rest, first, prev, active := j.facts, j.first, j.prev, j.number
		s := scanner{j: j, rep: &j.found}
		s.start(j.old[n].head, b)
		if err = s.segment(j.old[n], b); err == nil {
			err = s.closeTail()
		}
		j.number = active
		if err != nil {
			j.facts, j.first, j.prev = rest, first, prev
			return err
		}
		s.skip(first)
		if n := len(j.facts); n > 0 && uint64(n) == first-j.first {
			j.facts[n-1].chain = prev
		}
		j.facts = append(j.facts, rest...)
		j.old = j.old[:n]
	}
	return nil
}
