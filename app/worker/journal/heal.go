package journal

import (
	"errors"
	"fmt"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// healedName is the file of facts that stand in for damaged ones: records, one
// after the other.
const healedName = "healed"

type healedFile struct {
	file    opfs.File
	end     int64
	records map[uint64]record
	lost    bool // one of them is FactLost
}

func openHealed(dir opfs.Dir, id Identity) (*healedFile, error) {
	file, err := dir.Open(healedName, true)
	if err != nil {
		return nil, err
	}
	h := &healedFile{file: file, records: map[uint64]record{}}
	b, err := readAll(file)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	for h.end < int64(len(b)) {
		r, ok := parseRecord(b[h.end:])
		if !ok {
			break
		}
		h.end += r.size()
		if f, err := fact.Decode(r.raw); err == nil && f.Device == id.Device && f.Epoch == id.Epoch {
			h.records[r.seq] = r
			h.lost = h.lost || f.Kind == fact.FactLost
		}
	}
	return h, nil
}

func (h *healedFile) add(r record) error {
	b := appendRecord(nil, r)
	if _, err := h.file.WriteAt(b, h.end); err != nil {
		return err
	}
	if err := h.file.Flush(); err != nil {
		return err
	}
	h.end += int64(len(b))
	h.records[r.seq] = r
	return nil
}

// Healing says what Heal did.
type Healing struct {
	Restored int // facts brought back from copies
	Lost     int // facts that no copy had: FactLost stands in for them
}

// Heal fills the places of lost facts with their copies: copyOf returns the
// canonical bytes of fact seq, or nil. Facts at the end that the disk forgot
// come back too. A fact that was not acknowledged and has no copy is replaced
// by FactLost with the time of the fact before, so that the facts behind it can
// be sent. It must be called before the first Append.
func (j *Journal) Heal(copyOf func(seq uint64) ([]byte, error)) (Healing, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var done Healing
	for i := 0; i < len(j.facts); i++ {
		if j.facts[i].n > 0 {
			continue
		}
		if err := j.healRun(i, copyOf, &done); err != nil {
			return done, fmt.Errorf("heal journal: %w", err)
		}
	}
	for {
		raw, err := copyOf(j.last() + 1)
		if err != nil {
			return done, fmt.Errorf("heal journal: %w", err)
		}
		if raw == nil {
			return done, nil
		}
		f, err := j.check(raw, j.last()+1)
		if err != nil {
			return done, fmt.Errorf("heal journal: %w", err)
		}
		if err := j.append(raw, f.At); err != nil {
			return done, fmt.Errorf("heal journal: %w", err)
		}
		done.Restored++
	}
}

// check decodes a copy and makes sure that it is fact seq of this till.
func (j *Journal) check(raw []byte, seq uint64) (fact.Fact, error) {
	f, err := fact.Decode(raw)
	if err != nil {
		return f, err
	}
	if f.Device != j.id.Device || f.Epoch != j.id.Epoch || f.Seq != seq {
		return f, errcode.New(errcode.Conflict, "journal.Heal", fmt.Errorf("copy of fact %d is %s/%d/%d", seq, f.Device, f.Epoch, f.Seq))
	}
	return f, nil
}

// healRun heals the run of lost facts that begins at facts[from]. What the
// server has and what it does not have are runs of their own.
func (j *Journal) healRun(from int, copyOf func(uint64) ([]byte, error), done *Healing) error {
	sent := j.first+uint64(from) <= j.acked.value.seq
	to, chain, at := from, j.chainOf(from-1), int64(0)
	behind := j.chainOf(from) // hash behind the run as the next record has it
	for ; to < len(j.facts) && j.facts[to].n == 0; to++ {
		seq := j.first + uint64(to)
		if sent && seq > j.acked.value.seq {
			break
		}
		behind = j.facts[to].chain
		if to > 0 {
			at = j.facts[to-1].at
		}
		r, err := j.standIn(seq, at, sent, copyOf, done)
		if err != nil {
			return err
		}
		if r.raw == nil {
			continue // the server has it and no copy is here
		}
		r.prev = chain
		if err := j.healed.add(r); err != nil {
			return err
		}
		chain = fact.Chain(chain, r.raw)
		e := entry{n: len(r.raw), at: r.at, chain: chain}
		if sent {
			e.chain = j.facts[to].chain
		}
		j.facts[to] = e
	}
	if sent || chain == behind {
		return nil
	}
	return j.relink(to)
}

// standIn returns the copy of fact seq, or FactLost when there is none and the
// server does not have the fact.
func (j *Journal) standIn(seq uint64, at int64, sent bool, copyOf func(uint64) ([]byte, error), done *Healing) (record, error) {
	r := record{seq: seq, at: at}
	raw, err := copyOf(seq)
	if err != nil {
		return r, err
	}
	if f, err := j.check(raw, seq); raw != nil && err == nil {
		done.Restored++
		r.at, r.raw = f.At, raw
		return r, nil
	}
	if sent {
		return r, nil
	}
	h := fact.Header{Device: j.id.Device, Epoch: j.id.Epoch, Seq: seq, Kind: fact.FactLost, Version: 1,
		At: at, Store: j.id.Store, Till: j.id.Till}
	r.raw, err = fact.Encode(h, struct{}{})
	done.Lost++
	j.healed.lost = true
	return r, err
}

// relink computes the hashes from facts[from] on anew.
func (j *Journal) relink(from int) error {
	for i := from; i < len(j.facts); i++ {
		e := &j.facts[i]
		if e.n == 0 {
			continue // healed next, which links again
		}
		raw, err := j.read(*e, j.first+uint64(i))
		if err != nil {
			return err
		}
		e.chain = fact.Chain(j.chainOf(i-1), raw)
	}
	j.lazy = nil
	return nil
}
