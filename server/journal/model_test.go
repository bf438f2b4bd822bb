package journal

import (
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// TestNothingLostNothingDoubled drives a journal with what a bad network and
// restarts make of three tills' pushes. Whatever was acknowledged is there
// once, in the till's order, and nothing else is.
func TestNothingLostNothingDoubled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		j := open(t, dir)
		tills := []*branch{till(t, "a", 0), till(t, "bb", 0), till(t, "ccc", 0)}
		acked := make([]int, len(tills))
		rt.Repeat(map[string]func(*rapid.T){
			"sell": func(rt *rapid.T) {
				b := rapid.SampledFrom(tills).Draw(rt, "till")
				b.sell(t, len(b.facts)+1, rapid.IntRange(1, 4).Draw(rt, "sales"))
			},
			"push": func(rt *rapid.T) {
				n := rapid.IntRange(0, len(tills)-1).Draw(rt, "till")
				b := tills[n]
				if len(b.facts) == 0 {
					rt.Skip("nothing sold")
				}
				first := rapid.IntRange(1, len(b.facts)).Draw(rt, "first")
				last := rapid.IntRange(first, len(b.facts)).Draw(rt, "last")
				ack, err := b.push(t.Context(), j, first, last)
				if err != nil {
					rt.Fatal(err)
				}
				want := acked[n]
				if first <= acked[n]+1 {
					want = max(want, last)
				}
				if ack.Acked != uint64(want) || ack.Chain != b.hash(want) {
					rt.Fatalf("till %d holds %d facts, want %d", n, ack.Acked, want)
				}
				acked[n] = want
			},
			"another history": func(rt *rapid.T) {
				n := rapid.IntRange(0, len(tills)-1).Draw(rt, "till")
				if acked[n] == 0 {
					rt.Skip("nothing acknowledged")
				}
				at := rapid.IntRange(1, acked[n]).Draw(rt, "at")
				clone := &branch{device: tills[n].device, facts: slices.Clone(tills[n].facts[:at-1])}
				clone.sell(t, 10_000, 2)
				if _, err := clone.push(t.Context(), j, at, at+1); errcode.Of(err) != errcode.Fork {
					rt.Fatalf("got %v, want a fork", err)
				}
			},
			"restart": func(rt *rapid.T) {
				if err := j.Close(); err != nil {
					rt.Fatal(err)
				}
				j = open(t, dir)
			},
			"": func(rt *rapid.T) {
				got := map[string][][]byte{}
				for _, raw := range contents(t, j) {
					h, _, err := fact.HeaderOf(raw)
					if err != nil {
						rt.Fatal(err)
					}
					got[h.Device] = append(got[h.Device], raw)
				}
				for n, b := range tills {
					if !slices.EqualFunc(got[b.device], b.facts[:acked[n]], slices.Equal[[]byte]) {
						rt.Fatalf("till %d: %d facts held, %d acknowledged", n, len(got[b.device]), acked[n])
					}
				}
			},
		})
	})
}
