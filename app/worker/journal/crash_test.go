package journal

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

var errCut = errors.New("power cut")

// life is what the till and the server know about one journal over its crashes.
type life struct {
	confirmed map[uint64]string // told to the cashier
	acked     uint64            // told by the server
	server    map[uint64]string // what the server holds
	n         int
}

// cutAt makes call number at and all after it fail.
func cutAt(m *opfs.Memory, at int) {
	m.Before = func(n int, op, name string) error {
		if n >= at {
			return errcode.New(errcode.StorageFault, op+" "+name, errCut)
		}
		return nil
	}
}

// work sells, pushes and tidies up until the power is cut.
func (l *life) work(j *Journal, r *rand.Rand, sales int) {
	for range sales {
		l.n++
		f, raw, err := appendSale(j, l.n)
		if err == nil {
			l.confirmed[f.Seq] = string(raw)
		}
		if err == nil && r.IntN(6) == 0 {
			err = l.push(j)
		}
		if err == nil && r.IntN(10) == 0 {
			err = j.Maintain(int64(1000 + l.n - 30))
		}
		if err != nil {
			return
		}
	}
}

// push sends a batch to a server that holds what it got.
func (l *life) push(j *Journal) error {
	b, err := j.Since(j.Acked(), 9, 1<<20)
	if err != nil || len(b.Facts) == 0 {
		return err
	}
	for i, raw := range b.Facts {
		l.server[b.First+uint64(i)] = string(raw)
	}
	seq := b.First + uint64(len(b.Facts)) - 1
	if err := j.SetAcked(seq, b.Chain); err != nil {
		return err
	}
	l.acked = seq
	return nil
}

// verify compares a reopened journal with what was confirmed.
func (l *life) verify(t *testing.T, what string, j *Journal, rep Report) {
	t.Helper()
	got := all(t, j)
	for seq, raw := range l.confirmed {
		if seq >= j.First() && got[seq] != raw {
			t.Fatalf("%s: confirmed fact %d is %q, want %q; %+v", what, seq, got[seq], raw, rep)
		}
	}
	for seq, raw := range l.server {
		if other, ok := got[seq]; ok && other != raw {
			t.Fatalf("%s: fact %d has other bytes than the server got", what, seq)
		}
	}
	last := uint64(0)
	for seq := range l.confirmed {
		last = max(last, seq)
	}
	if j.Last() < last || j.Last() > last+1 {
		t.Fatalf("%s: last fact is %d, confirmed %d", what, j.Last(), last)
	}
	if j.Acked() < l.acked {
		t.Fatalf("%s: acknowledged %d, was %d", what, j.Acked(), l.acked)
	}
	if len(rep.Damages) > 0 {
		t.Fatalf("%s: %+v", what, rep)
	}
	l.absorb(got)
	var chain fact.Hash
	b, err := j.Since(j.Acked(), 1000, 1<<20)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	chain = b.Prev
	for _, raw := range b.Facts {
		chain = fact.Chain(chain, raw)
	}
	if chain != b.Chain {
		t.Fatalf("%s: chain does not fit its facts", what)
	}
}

// absorb counts unconfirmed facts that survived.
func (l *life) absorb(got map[uint64]string) {
	for seq, raw := range got {
		if l.confirmed[seq] == "" {
			l.confirmed[seq] = raw
		}
	}
}

// TestCrashEverywhere cuts the power at every writing call of a day, several
// ways each, and lets the till go on afterwards through a second cut.
func TestCrashEverywhere(t *testing.T) {
	const sales = 60
	for seed := range uint64(2 * effort) {
		for cut := 1; ; cut++ {
			r := rand.New(rand.NewPCG(seed, uint64(cut)))
			what := fmt.Sprintf("seed %d cut %d", seed, cut)
			dir := opfs.NewMemory()
			mustCreate(t, dir, ada)
			l := &life{confirmed: map[uint64]string{}, server: map[uint64]string{}}
			j, _ := mustOpen(t, dir, ada)
			start := dir.Calls()
			cutAt(dir, start+cut)
			l.work(j, r, sales)
			finished := dir.Calls() < start+cut
			dir = crashAndVerify(t, what, dir, l, r)
			crashAndVerify(t, what+" again", dir, l, r)
			if finished {
				break
			}
		}
	}
}

// crashAndVerify cuts the power, also once during recovery, verifies, works on
// and returns the directory.
func crashAndVerify(t *testing.T, what string, dir *opfs.Memory, l *life, r *rand.Rand) *opfs.Memory {
	t.Helper()
	dir = dir.Crash(r)
	if r.IntN(2) == 0 {
		cutAt(dir, 1+r.IntN(6))
		if j, _, err := open(dir, ada, small); err == nil {
			l.absorb(all(t, j))
			l.work(j, r, 1)
		}
		dir = dir.Crash(r)
	}
	j, rep := mustOpen(t, dir, ada)
	l.verify(t, what, j, rep)
	cutAt(dir, dir.Calls()+1+r.IntN(20))
	l.work(j, r, 12)
	return dir
}

// copies is what the projection would hold.
func (l *life) copyOf(seq uint64) ([]byte, error) {
	if raw, ok := l.confirmed[seq]; ok {
		return []byte(raw), nil
	}
	return nil, nil
}

// TestFlipEverywhere damages each byte of a journal in turn. The other facts
// stay readable, and with copies nothing at all is lost.
func TestFlipEverywhere(t *testing.T) {
	base := opfs.NewMemory()
	mustCreate(t, base, ada)
	j, _ := mustOpen(t, base, ada)
	l := &life{confirmed: map[uint64]string{}, server: map[uint64]string{}}
	r := rand.New(rand.NewPCG(1, 1))
	l.work(j, r, 14)
	if err := l.push(j); err != nil {
		t.Fatal(err)
	}
	l.work(j, r, 14)
	closeJournal(t, j)
	names, err := base.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		size := int64(len(base.Bytes(name)))
		if name == reserveName {
			continue
		}
		for off := int64(0); off < size; off += 1 + int64(r.IntN(80/effort)) {
			dir := base.Reopen()
			dir.Flip(name, off, 1<<r.IntN(8))
			flipped(t, fmt.Sprintf("%s byte %d", name, off), dir, l)
		}
	}
}

func flipped(t *testing.T, what string, dir *opfs.Memory, l *life) {
	t.Helper()
	j, rep, err := open(dir, ada, small)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	damages, err := j.Check()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	rep.Damages = append(rep.Damages, damages...)
	got := all(t, j)
	lost := 0
	for seq, raw := range l.confirmed {
		if other, ok := got[seq]; ok && other != raw {
			t.Fatalf("%s: fact %d has other bytes", what, seq)
		} else if !ok {
			lost++
		}
	}
	if lost > 1 {
		t.Fatalf("%s: %d facts lost; %+v", what, lost, rep)
	}
	if lost > 0 && len(rep.Damages) == 0 && rep.Torn == 0 {
		t.Fatalf("%s: a loss that is not reported", what)
	}
	if _, err := j.Heal(l.copyOf); err != nil {
		t.Fatalf("%s: heal: %v", what, err)
	}
	for pass := range 2 {
		got = all(t, j)
		for seq, raw := range l.confirmed {
			if got[seq] != raw {
				t.Fatalf("%s: pass %d: healed fact %d is %q", what, pass, seq, got[seq])
			}
		}
		if j.Last() != uint64(len(l.confirmed)) {
			t.Fatalf("%s: last is %d of %d", what, j.Last(), len(l.confirmed))
		}
		closeJournal(t, j)
		j, rep = mustOpen(t, dir, ada)
	}
	closeJournal(t, j)
}

// TestLostWithoutCopy damages a fact that neither the server nor the projection
// has: FactLost takes its place and everything behind it reaches the server.
func TestLostWithoutCopy(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	raws := mustAppend(t, j, 1, 40)
	e := j.facts[20]
	closeJournal(t, j)
	dir.Flip(fileName(e.segment), e.off+recordHead+3, 4)

	j, rep := mustOpen(t, dir, ada)
	if len(rep.Damages) != 1 || rep.Damages[0].First != 21 || rep.Damages[0].Last != 21 {
		t.Fatalf("report %+v", rep)
	}
	if b, err := j.Since(20, 5, 1<<20); errcode.Of(err) != errcode.JournalDamaged {
		t.Errorf("since a lost fact: %+v, %v", b, err)
	}
	healing, err := j.Heal(func(uint64) ([]byte, error) { return nil, nil })
	if err != nil || healing.Lost != 1 || healing.Restored != 0 {
		t.Fatalf("healing %+v, %v", healing, err)
	}
	if f, _, err := appendSale(j, 41); err != nil || f.Seq != 41 {
		t.Fatalf("fact %d, %v", f.Seq, err)
	}
	closeJournal(t, j)
	j, rep = mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if len(rep.Damages) > 0 {
		t.Errorf("healed journal reports %+v", rep)
	}
	var chain fact.Hash
	for sent := uint64(0); sent < 41; {
		b, err := j.Since(sent, 8, 1<<20)
		if err != nil || b.Prev != chain {
			t.Fatalf("after %d: prev %s, want %s, %v", sent, b.Prev, chain, err)
		}
		for i, raw := range b.Facts {
			seq := int(b.First) + i
			if seq != 21 && seq != 41 && string(raw) != string(raws[seq-1]) {
				t.Errorf("fact %d differs", seq)
			}
			if f, err := fact.Decode(raw); seq == 21 && (err != nil || f.Kind != fact.FactLost) {
				t.Errorf("fact 21 is %+v, %v", f, err)
			}
			chain = fact.Chain(chain, raw)
		}
		sent += uint64(len(b.Facts))
		if err := j.SetAcked(sent, chain); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAckedTail loses the last facts after the server confirmed them: their
// numbers are not given again.
func TestAckedTail(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	mustAppend(t, j, 1, 20)
	b, err := j.Since(0, 100, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.SetAcked(20, b.Chain); err != nil {
		t.Fatal(err)
	}
	for _, e := range j.facts[18:] {
		dir.Flip(fileName(e.segment), e.off+recordHead+2, 8)
	}
	closeJournal(t, j)
	j, rep := mustOpen(t, dir, ada)
	if len(rep.Damages) == 0 || j.Last() != 20 {
		t.Errorf("last %d, report %+v", j.Last(), rep)
	}
	f, raw, err := appendSale(j, 21)
	if err != nil || f.Seq != 21 {
		t.Fatalf("fact %d, %v", f.Seq, err)
	}
	next, err := j.Since(20, 100, 1<<20)
	if err != nil || next.Prev != b.Chain || next.Chain != fact.Chain(b.Chain, raw) {
		t.Errorf("push after %s, want %s, %v", next.Prev, b.Chain, err)
	}
	closeJournal(t, j)
	j, _ = mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if next, err = j.Since(20, 100, 1<<20); err != nil || len(next.Facts) != 1 || next.Prev != b.Chain {
		t.Errorf("after reopening: %d facts after %s, %v", len(next.Facts), next.Prev, err)
	}
}
