package journal

import (
	"slices"
	"testing"

	"tillsight/shared/errcode"
)

// What a fork set aside is listed and, when a person says so, taken in once.
func TestForksAreAdopted(t *testing.T) {
	j := open(t, t.TempDir())
	ours, theirs := till(t, "a", 3), till(t, "a", 1)
	theirs.sell(t, 900, 3)
	mustPush(t, ours, j, 1, 3)
	if _, err := theirs.push(t.Context(), j, 1, 4); errcode.Of(err) != errcode.Fork {
		t.Fatalf("got %v, want a fork", err)
	}
	list, err := j.Forks("", 0, 10)
	if err != nil || len(list) != 3 || list[0].Device != "a" || list[0].Seq != 2 || list[0].Adopted != 0 {
		t.Fatalf("forks %+v, %v", list, err)
	}
	if n, err := j.Adopt(t.Context(), "a", 1); n != 3 || err != nil {
		t.Fatalf("adopted %d, %v", n, err)
	}
	wantContents(t, j, slices.Concat(ours.facts, theirs.facts[1:]))
	if _, err := j.Adopt(t.Context(), "a", 1); errcode.Of(err) != errcode.NotFound || j.Fault() != nil {
		t.Errorf("adopted twice: %v, %v", err, j.Fault())
	}
	if list, err := j.Forks("a", 3, 10); err != nil || len(list) != 2 || list[0].Adopted != 5 {
		t.Errorf("forks %+v, %v: they stay where they are", list, err)
	}
	mustPush(t, till(t, "a", 4), j, 4, 4) // the chain that is held goes on
}

// TestForksAreLeft: a chain waits for a person only as long as nobody has decided,
// and again when more comes from the other branch.
func TestForksAreLeft(t *testing.T) {
	j := open(t, t.TempDir())
	ours, theirs := till(t, "a", 3), till(t, "a", 1)
	theirs.sell(t, 900, 3)
	mustPush(t, ours, j, 1, 3)
	waiting := func(want uint64, facts int64) {
		t.Helper()
		chains, err := j.Chains()
		odd, _, oddErr := j.Odd()
		if err != nil || oddErr != nil || len(chains) != 1 || chains[0].Forked != want || odd != facts {
			t.Errorf("chains %+v, %d facts wait, %v, %v; want from %d on %d", chains, odd, err, oddErr, want, facts)
		}
	}
	fork := func(last int) {
		t.Helper()
		if _, err := theirs.push(t.Context(), j, 1, last); errcode.Of(err) != errcode.Fork {
			t.Fatalf("got %v, want a fork", err)
		}
	}
	waiting(0, 0)
	fork(3)
	waiting(2, 2)
	if _, err := j.Leave(t.Context(), "a", 1, "", ""); errcode.Of(err) != errcode.Invalid {
		t.Errorf("left by nobody: %v", err)
	}
	if n, err := j.Leave(t.Context(), "a", 1, "boss", "the same sales"); n != 2 || err != nil {
		t.Errorf("left %d, %v", n, err)
	}
	waiting(0, 0)
	fork(3) // said again
	waiting(0, 0)
	if _, err := j.Leave(t.Context(), "a", 1, "boss", ""); errcode.Of(err) != errcode.NotFound {
		t.Errorf("left twice: %v", err)
	}
	if _, err := j.Adopt(t.Context(), "a", 1); errcode.Of(err) != errcode.NotFound {
		t.Errorf("adopted what was left: %v", err)
	}
	fork(4)
	waiting(2, 1)
	if n, err := j.Adopt(t.Context(), "a", 1); n != 1 || err != nil {
		t.Errorf("adopted %d, %v", n, err)
	}
	wantContents(t, j, slices.Concat(ours.facts, theirs.facts[3:]))
}

func TestSettledFacts(t *testing.T) {
	j := open(t, t.TempDir())
	mustPush(t, till(t, "a", 2), j, 1, 2)
	for _, pos := range []int64{0, 3} {
		if err := j.Settle(t.Context(), pos, "boss", ""); errcode.Of(err) != errcode.Invalid {
			t.Errorf("fact %d: %v", pos, err)
		}
	}
	for _, note := range []string{"clock", "a test"} {
		if err := j.Settle(t.Context(), 2, "boss", note); err != nil {
			t.Fatal(err)
		}
	}
	all, err := j.SettledFacts()
	if err != nil || len(all) != 1 || all[2].By != "boss" || all[2].Note != "a test" || all[2].At != noon.UnixMilli() {
		t.Errorf("settled %+v, %v", all, err)
	}
}
