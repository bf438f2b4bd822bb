package journal

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

var ada = Identity{Device: "dev-ada", Epoch: 1, Store: "S1", Till: 3}

// small makes segments roll every few facts.
const small = 2 << 10

type sale struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

func mustCreate(t *testing.T, dir opfs.Dir, id Identity) {
	t.Helper()
	if err := create(dir, id, small); err != nil {
		t.Fatalf("create: %v", err)
	}
}

func mustOpen(t *testing.T, dir opfs.Dir, id Identity) (*Journal, Report) {
	t.Helper()
	j, rep, err := open(dir, id, small)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return j, rep
}

func appendSale(j *Journal, n int) (fact.Fact, []byte, error) {
	h := fact.Header{Kind: fact.SaleRegistered, Version: 1, At: int64(1000 + n), Zone: 180}
	return j.Append(h, sale{n, fmt.Sprintf("sale %d %s", n, bytes.Repeat([]byte("x"), n%7*40))})
}

func mustAppend(t *testing.T, j *Journal, from, to int) [][]byte {
	t.Helper()
	var raws [][]byte
	for n := from; n <= to; n++ {
		_, raw, err := appendSale(j, n)
		if err != nil {
			t.Fatalf("append %d: %v", n, err)
		}
		raws = append(raws, raw)
	}
	return raws
}

func all(t *testing.T, j *Journal) map[uint64]string {
	t.Helper()
	got := map[uint64]string{}
	if err := j.Each(0, func(seq uint64, raw []byte) error {
		if _, twice := got[seq]; twice {
			t.Errorf("fact %d comes twice", seq)
		}
		got[seq] = string(raw)
		return nil
	}); err != nil {
		t.Fatalf("each: %v", err)
	}
	return got
}

func closeJournal(t *testing.T, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func TestAppendAndReopen(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, rep := mustOpen(t, dir, ada)
	if got := fmt.Sprint(rep); got != fmt.Sprint(Report{}) {
		t.Fatalf("new journal reports %v", got)
	}
	f, raw, err := appendSale(j, 5)
	if err != nil {
		t.Fatal(err)
	}
	if f.Seq != 1 || f.Device != ada.Device || f.Epoch != 1 || f.Store != "S1" || f.Till != 3 {
		t.Errorf("header %+v", f.Header)
	}
	decoded, err := fact.Decode(raw)
	if err != nil || decoded.Header != f.Header || !bytes.Equal(decoded.Body, f.Body) {
		t.Errorf("fact %+v, decoded %+v, %v", f, decoded, err)
	}
	want := mustAppend(t, j, 2, 60)
	closeJournal(t, j)

	j, rep = mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if rep.Torn != 0 || len(rep.Damages)+len(rep.Foreign) > 0 {
		t.Errorf("report %+v", rep)
	}
	got := all(t, j)
	if len(got) != 60 || j.Last() != 60 || j.First() != 1 {
		t.Fatalf("%d facts, %d to %d", len(got), j.First(), j.Last())
	}
	for i, raw := range want {
		if got[uint64(i+2)] != string(raw) {
			t.Errorf("fact %d is %s, want %s", i+2, got[uint64(i+2)], raw)
		}
	}
	if len(j.heads) < 3 {
		t.Errorf("%d segments, want several", len(j.heads))
	}
}

func TestSinceAndAcked(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	raws := mustAppend(t, j, 1, 50)
	if count, oldest := j.Waiting(); count != 50 || oldest != 1001 {
		t.Errorf("waiting %d since %d", count, oldest)
	}
	var chain fact.Hash
	sent := uint64(0)
	for sent < 50 {
		b, err := j.Since(sent, 7, 1200)
		if err != nil {
			t.Fatal(err)
		}
		if b.First != sent+1 || b.Prev != chain || len(b.Facts) == 0 || len(b.Facts) > 7 {
			t.Fatalf("batch from %d of %d facts after %s", b.First, len(b.Facts), b.Prev)
		}
		for i, raw := range b.Facts {
			if !bytes.Equal(raw, raws[int(sent)+i]) {
				t.Errorf("fact %d differs", int(sent)+i+1)
			}
			chain = fact.Chain(chain, raw)
		}
		if chain != b.Chain {
			t.Errorf("chain %s, want %s", b.Chain, chain)
		}
		sent += uint64(len(b.Facts))
		if err := j.SetAcked(sent, chain); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := j.Since(50, 10, 1000); err != nil || len(b.Facts) != 0 || b.Prev != chain {
		t.Errorf("since the end: %+v, %v", b, err)
	}
	if err := j.SetAcked(10, fact.Hash{}); err != nil {
		t.Errorf("an old answer: %v", err)
	}
	if err := j.SetAcked(50, fact.Hash{1}); errcode.Of(err) != errcode.Fork {
		t.Errorf("other hash: %v, want fork", err)
	}
	if err := j.SetAcked(51, chain); errcode.Of(err) != errcode.Fork {
		t.Errorf("more than there is: %v, want fork", err)
	}
	closeJournal(t, j)
	j, _ = mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if count, _ := j.Waiting(); count != 0 || j.Acked() != 50 {
		t.Errorf("after reopening %d wait, acked %d", count, j.Acked())
	}
	// A server restored from a backup asks for facts it once had.
	b, err := j.Since(3, 500, 1<<20)
	if err != nil || len(b.Facts) != 47 || b.Chain != chain {
		t.Errorf("resend from 4: %d facts, %v", len(b.Facts), err)
	}
}

func TestMaintain(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	mustAppend(t, j, 1, 60)
	b, err := j.Since(0, 40, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.SetAcked(40, b.Chain); err != nil {
		t.Fatal(err)
	}
	if err := j.Maintain(1030); err != nil {
		t.Fatal(err)
	}
	first := j.First()
	if first <= 10 || first > 30 {
		t.Errorf("first fact %d: want what is older than number 30 gone and nothing else", first)
	}
	if err := j.Maintain(1 << 40); err != nil {
		t.Fatal(err)
	}
	if j.First() <= first || j.First() > 41 {
		t.Errorf("first fact %d: want only acknowledged segments gone", j.First())
	}
	closeJournal(t, j)
	j, rep := mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if len(rep.Damages) > 0 || j.Last() != 60 {
		t.Errorf("last %d, report %+v", j.Last(), rep)
	}
	if b, err = j.Since(40, 100, 1<<20); err != nil || len(b.Facts) != 20 {
		t.Errorf("%d facts to send, %v", len(b.Facts), err)
	}
	if f, _, err := appendSale(j, 61); err != nil || f.Seq != 61 {
		t.Errorf("fact %d, %v", f.Seq, err)
	}
}

// A server, or a lost note of it, that is further back than what is kept here is
// an error with a name, never the end of the program.
func TestBehindWhatIsKept(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	mustAppend(t, j, 1, 60)
	b, err := j.Since(0, 40, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(j.SetAcked(40, b.Chain), j.Maintain(1<<40)); err != nil {
		t.Fatal(err)
	}
	closeJournal(t, j)
	for name, lose := range map[string]func() error{
		"server restored": func() error { return nil },
		"acked lost":      func() error { return dir.Remove(ackedName) },
	} {
		if err := lose(); err != nil {
			t.Fatal(err)
		}
		j, _ := mustOpen(t, dir, ada)
		if n, _ := j.Waiting(); n < 20 || n > 60 {
			t.Errorf("%s: %d facts wait", name, n)
		}
		if j.First() == 1 {
			t.Fatalf("%s: nothing was pruned", name)
		}
		if _, err := j.Since(0, 10, 1<<20); errcode.Of(err) != errcode.JournalPruned {
			t.Errorf("%s: from the beginning: %v", name, err)
		}
		closeJournal(t, j)
	}
}

func TestIdentity(t *testing.T) {
	dir := opfs.NewMemory()
	if _, _, err := open(dir, ada, small); errcode.Of(err) != errcode.JournalDamaged {
		t.Errorf("open without a journal: %v", err)
	}
	mustCreate(t, dir, ada)
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	mustAppend(t, j, 1, 20)
	closeJournal(t, j)
	bob := ada
	bob.Epoch = 2
	mustCreate(t, dir, bob)
	j, rep := mustOpen(t, dir, bob)
	if len(rep.Foreign) == 0 || j.Last() != 0 {
		t.Errorf("new epoch starts at %d, foreign %v", j.Last(), rep.Foreign)
	}
	mustAppend(t, j, 1, 20)
	closeJournal(t, j)
	j, _ = mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if len(all(t, j)) != 20 {
		t.Errorf("the older epoch lost facts: last is %d", j.Last())
	}
}

func TestStorageFull(t *testing.T) {
	dir := opfs.NewMemory()
	mustCreate(t, dir, ada)
	j, _ := mustOpen(t, dir, ada)
	used := 0
	for _, name := range []string{"journal-000001", "reserve", "acked", "healed"} {
		used += len(dir.Bytes(name))
	}
	dir.SetQuota(int64(used)) // the disk is full from here on, but for the reserve
	n := 1
	for ; n < 100000; n++ {
		if _, _, err := appendSale(j, n); err != nil {
			if errcode.Of(err) != errcode.StorageFull {
				t.Fatalf("append %d: %v", n, err)
			}
			break
		}
	}
	if n < 15 {
		t.Errorf("%d facts fit, want what one segment and the reserve hold", n)
	}
	if dir.Bytes("reserve") != nil {
		t.Error("the reserve was not freed")
	}
	dir.SetQuota(1)
	for ; n < 1000; n++ {
		if _, _, err := appendSale(j, n); err != nil {
			if errcode.Of(err) != errcode.StorageFull {
				t.Fatalf("append %d: %v", n, err)
			}
			break
		}
	}
	dir.SetQuota(0)
	last := j.Last()
	if f, _, err := appendSale(j, n); err != nil || f.Seq != last+1 {
		t.Errorf("after room was made: fact %d after %d, %v", f.Seq, last, err)
	}
	closeJournal(t, j)
	j, rep := mustOpen(t, dir, ada)
	defer closeJournal(t, j)
	if len(rep.Damages) > 0 || uint64(len(all(t, j))) != last+1 {
		t.Errorf("%d facts of %d, %+v", len(all(t, j)), last+1, rep)
	}
}

// TestFailingCalls makes each writing call fail once: the fact is refused and
// the next one takes its number, also after reopening.
func TestFailingCalls(t *testing.T) {
	broken := errors.New("broken")
	for nth := 1; ; nth++ {
		dir := opfs.NewMemory()
		mustCreate(t, dir, ada)
		j, _ := mustOpen(t, dir, ada)
		start := dir.Calls()
		dir.Before = func(n int, op, name string) error {
			if n == start+nth {
				return errcode.New(errcode.StorageFault, op, broken)
			}
			return nil
		}
		var want [][]byte
		for n := 1; n <= 25; n++ {
			f, raw, err := appendSale(j, n)
			if err != nil && errcode.Of(err) != errcode.StorageFault {
				t.Fatalf("call %d: %v", nth, err)
			}
			if err == nil {
				want = append(want, raw)
				if f.Seq != uint64(len(want)) {
					t.Fatalf("call %d: fact %d after %d", nth, f.Seq, len(want)-1)
				}
			}
		}
		if len(want) < 24 {
			t.Fatalf("call %d: %d facts", nth, len(want))
		}
		done := dir.Calls() < start+nth
		dir.Before = nil
		closeJournal(t, j)
		j, rep := mustOpen(t, dir, ada)
		got := all(t, j)
		for i, raw := range want {
			if got[uint64(i+1)] != string(raw) {
				t.Fatalf("call %d: fact %d is %q, want %q", nth, i+1, got[uint64(i+1)], raw)
			}
		}
		if len(got) != len(want) || len(rep.Damages) > 0 {
			t.Fatalf("call %d: %d facts, want %d; %+v", nth, len(got), len(want), rep)
		}
		closeJournal(t, j)
		if done {
			return
		}
	}
}
