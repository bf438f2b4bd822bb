package journal

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	wire "tillsight/shared/wire/sync"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// open opens the journal in dir and closes it when the test ends.
func open(t testing.TB, dir string) *Journal {
	t.Helper()
	j, err := Open(filepath.Join(dir, "journal.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}

// branch is what a till has in its own journal.
type branch struct {
	device string
	facts  [][]byte
}

// till returns a register with n sales.
func till(t testing.TB, device string, n int) *branch {
	t.Helper()
	b := &branch{device: device}
	b.sell(t, 1, n)
	return b
}

// sell appends n sales whose receipts are counted from count on.
func (b *branch) sell(t testing.TB, count, n int) {
	t.Helper()
	for i := range n {
		raw, err := fact.Encode(b.header(fact.SaleRegistered), sale(len(b.device), count+i, 1))
		if err != nil {
			t.Fatal(err)
		}
		b.facts = append(b.facts, raw)
	}
}

// header is the header of the next fact.
func (b *branch) header(kind fact.Kind) fact.Header {
	return fact.Header{
		Device: b.device, Epoch: 1, Seq: uint64(len(b.facts) + 1), Kind: kind, Version: 1,
		At: noon.UnixMilli(), Zone: 180, Store: "1", Till: len(b.device),
	}
}

// place is where the register stands.
func (b *branch) place() Place { return Place{"1", len(b.device)} }

func (b *branch) hash(seq int) (h fact.Hash) {
	for _, raw := range b.facts[:seq] {
		h = fact.Chain(h, raw)
	}
	return h
}

// push sends the facts from first up to and with last.
func (b *branch) push(ctx context.Context, j *Journal, first, last int) (wire.Ack, error) {
	facts := b.facts[first-1 : last]
	return j.Append(ctx, b.place(), wire.PushHeader{
		Proto: 1, Device: b.device, Epoch: 1, First: uint64(first), Prev: b.hash(first - 1), Count: len(facts),
	}, facts)
}

func contents(t testing.TB, j *Journal) (all [][]byte) {
	t.Helper()
	after := int64(0)
	for {
		before := after
		err := j.Read(t.Context(), after, 3, func(pos int64, b []byte) error {
			if pos <= after {
				t.Fatalf("position %d after %d", pos, after)
			}
			after = pos
			all = append(all, b)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if after == before {
			return all
		}
	}
}

func wantContents(t testing.TB, j *Journal, want [][]byte) {
	t.Helper()
	got := contents(t, j)
	if !slices.EqualFunc(got, want, bytes.Equal) {
		t.Fatalf("the journal holds %d facts, want %d:\n%s\nwant\n%s", len(got), len(want), bytes.Join(got, []byte("\n")), bytes.Join(want, []byte("\n")))
	}
	if got := j.Position(); got != int64(len(want)) {
		t.Errorf("position %d, want %d", got, len(want))
	}
	facts, err := j.Verify(t.Context(), func(c Chain, err error) { t.Errorf("chain %s: %v", c.Device, err) })
	if err != nil || facts != int64(len(want)) {
		t.Errorf("verified %d facts, %v; want %d", facts, err, len(want))
	}
}

func TestAppend(t *testing.T) {
	type push struct {
		first, last int
		acked       uint64 // wanted answer
	}
	tests := map[string]struct {
		pushes []push
		held   int
	}{
		"one after the other":        {[]push{{1, 2, 2}, {3, 5, 5}}, 5},
		"the same again":             {[]push{{1, 5, 5}, {1, 5, 5}}, 5},
		"the same again, in part":    {[]push{{1, 5, 5}, {2, 3, 5}}, 5},
		"old facts and new ones":     {[]push{{1, 3, 3}, {2, 5, 5}}, 5},
		"only old ones at the end":   {[]push{{1, 5, 5}, {5, 5, 5}}, 5},
		"a gap":                      {[]push{{1, 2, 2}, {4, 5, 2}}, 2},
		"a gap before anything":      {[]push{{2, 5, 0}}, 0},
		"a gap and then what lacked": {[]push{{1, 1, 1}, {3, 5, 1}, {2, 5, 5}}, 5},
		"nothing, to ask where":      {[]push{{1, 3, 3}, {4, 3, 3}}, 3},
		"one by one":                 {[]push{{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {4, 4, 4}, {5, 5, 5}}, 5},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			j := open(t, dir)
			b := till(t, "a", 5)
			for _, p := range test.pushes {
				ack, err := b.push(t.Context(), j, p.first, p.last)
				if err != nil {
					t.Fatal(err)
				}
				want := wire.Ack{Acked: p.acked, Chain: b.hash(int(p.acked)), Expected: p.acked + 1, ServerTime: noon.UnixMilli()}
				if ack != want {
					t.Fatalf("facts %d–%d: got %+v, want %+v", p.first, p.last, ack, want)
				}
			}
			wantContents(t, j, b.facts[:test.held])
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			wantContents(t, open(t, dir), b.facts[:test.held])
		})
	}
}

func TestAppendGoesOnAfterRestart(t *testing.T) {
	dir := t.TempDir()
	b, c := till(t, "a", 4), till(t, "bb", 3)
	j := open(t, dir)
	mustPush(t, b, j, 1, 2)
	mustPush(t, c, j, 1, 3)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, dir)
	mustPush(t, b, j, 2, 4)
	wantContents(t, j, slices.Concat(b.facts[:2], c.facts, b.facts[2:]))
}

func mustPush(t testing.TB, b *branch, j *Journal, first, last int) {
	t.Helper()
	if ack, err := b.push(t.Context(), j, first, last); err != nil || ack.Acked < uint64(last) {
		t.Fatalf("push %d–%d: %+v, %v", first, last, ack, err)
	}
}

func TestForkIsSetAside(t *testing.T) {
	ours, theirs := till(t, "a", 5), till(t, "a", 3)
	theirs.sell(t, 100, 4) // another history from fact 4 on
	tests := map[string]struct {
		first, last int
		seq         string // that differs
		aside       int64
	}{
		"from the place where it leaves": {4, 7, "4", 4},
		"with common facts before":       {2, 7, "4", 4},
		"within it":                      {5, 6, "4", 2},
		"after the end of ours":          {6, 7, "5", 2},
		"as far as ours goes":            {1, 5, "4", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			j := open(t, t.TempDir())
			mustPush(t, ours, j, 1, 5)
			for range 2 { // the second time it is known
				_, err := theirs.push(t.Context(), j, test.first, test.last)
				if errcode.Of(err) != errcode.Fork || errcode.As(err).Data["seq"] != test.seq {
					t.Fatalf("got %v %v, want a fork at %s", err, errcode.As(err).Data, test.seq)
				}
			}
			wantContents(t, j, ours.facts)
			if aside, _, err := j.Odd(); err != nil || aside != test.aside {
				t.Errorf("%d facts set aside, %v; want %d", aside, err, test.aside)
			}
			chains, err := j.Chains()
			if err != nil || len(chains) != 1 || fmt.Sprint(chains[0].Forked) != test.seq || chains[0].High != 5 {
				t.Errorf("chains %+v, %v", chains, err)
			}
			ours.sell(t, 6, 1)
			defer func() { ours.facts = ours.facts[:5] }()
			mustPush(t, ours, j, 6, 6) // the branch that is held goes on
		})
	}
}

func TestMalformedFacts(t *testing.T) {
	good := till(t, "a", 3)
	with := func(i int, old, new string) [][]byte {
		facts := slices.Clone(good.facts)
		facts[i] = []byte(strings.Replace(string(facts[i]), old, new, 1))
		return facts
	}
	tests := map[string]struct {
		facts [][]byte
		acked uint64
		code  errcode.Code
	}{
		"another device":             {with(0, `"device":"a"`, `"device":"b"`), 0, errcode.Invalid},
		"another epoch":              {with(0, `"epoch":1`, `"epoch":2`), 0, errcode.Invalid},
		"another number":             {with(0, `"seq":1`, `"seq":2`), 0, errcode.Invalid},
		"no kind":                    {with(0, `"kind":"SaleRegistered"`, `"kind":""`), 0, errcode.Invalid},
		"no version":                 {with(0, `"v":1`, `"v":0`), 0, errcode.Invalid},
		"number as text":             {with(0, `"seq":1`, `"seq":"1"`), 0, errcode.Invalid},
		"negative number":            {with(0, `"seq":1`, `"seq":-1`), 0, errcode.Invalid},
		"not JSON":                   {[][]byte{[]byte("hello")}, 0, errcode.Invalid},
		"empty":                      {[][]byte{{}}, 0, errcode.Invalid},
		"a list":                     {[][]byte{[]byte("[]")}, 0, errcode.Invalid},
		"cut":                        {[][]byte{good.facts[0][:len(good.facts[0])-1]}, 0, errcode.Invalid},
		"something after":            {[][]byte{append(slices.Clone(good.facts[0]), "{}"...)}, 0, errcode.Invalid},
		"a line break inside":        {with(0, `"v":1`, "\n\"v\":1"), 0, errcode.Invalid},
		"the second of three":        {with(1, `"seq":2`, `"seq":7`), 1, ""},
		"the last of three":          {with(2, `"device":"a"`, `"device":3`), 2, ""},
		"body of nonsense":           {[][]byte{[]byte(head("SaleRegistered") + `{"number":[1],"id":7,"shift":"x"}}`)}, 1, ""},
		"another store":              {with(0, `"store":"1"`, `"store":"2"`), 0, errcode.Forbidden},
		"another till":               {with(0, `"till":1`, `"till":2`), 0, errcode.Forbidden},
		"then another store":         {with(1, `"store":"1"`, `"store":"2"`), 1, ""},
		"two devices":                {with(0, `"epoch":1`, `"Device":"b","epoch":1`), 0, errcode.Invalid},
		"the device twice":           {with(0, `"epoch":1`, `"device":"a","epoch":1`), 0, errcode.Invalid},
		"a member twice":             {with(0, `"body":{`, `"body":{"id":"a","id":"b",`), 0, errcode.Invalid},
		"twice further inside":       {[][]byte{[]byte(head("X") + `{"x":[{"a":1,"a":2}]}}`)}, 0, errcode.Invalid},
		"a look-alike":               {with(0, `"body":{`, `"body":{"ID":"b",`), 0, errcode.Invalid},
		"a look-alike of an s":       {with(0, `"body":{`, `"body":{"\u017ftore":"b",`), 0, errcode.Invalid},
		"no UTF-8":                   {with(0, `"body":{`, "\"body\":{\"x\":\"\xff\","), 0, errcode.Invalid},
		"two bodies":                 {[][]byte{[]byte(head("X") + `{} {}}`)}, 0, errcode.Invalid},
		"no body":                    {[][]byte{[]byte(head("X") + `}`)}, 0, errcode.Invalid},
		"a kind of a kilobyte":       {[][]byte{[]byte(head(strings.Repeat("X", 1024)) + `{}}`)}, 0, errcode.Invalid},
		"unknown kind":               {with(0, `SaleRegistered`, `MoonLanded`), 3, ""},
		"body is not an object":      {[][]byte{[]byte(head("ShiftOpened") + `null}`)}, 1, ""},
		"till number that is absurd": {with(0, `"till":1`, `"till":99999999999999999999`), 0, errcode.Invalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			j := open(t, t.TempDir())
			h := wire.PushHeader{Proto: 1, Device: "a", Epoch: 1, First: 1, Count: len(test.facts)}
			ack, err := j.Append(t.Context(), good.place(), h, test.facts)
			if errcode.Of(err) != test.code || ack.Acked != test.acked {
				t.Fatalf("got %+v, %v; want %d facts, code %q", ack, err, test.acked, test.code)
			}
			wantContents(t, j, test.facts[:test.acked])
		})
	}
}

func TestHeaders(t *testing.T) {
	b := till(t, "a", 2)
	good := wire.PushHeader{Proto: 1, Device: "a", Epoch: 1, First: 1, Count: 2}
	many := make([][]byte, wire.FactsMax+1)
	big := [][]byte{make([]byte, wire.BytesMax), {1}}
	tests := map[string]struct {
		change func(*wire.PushHeader)
		facts  [][]byte
		code   errcode.Code
	}{
		"as it should be":        {func(*wire.PushHeader) {}, b.facts, ""},
		"no device":              {func(h *wire.PushHeader) { h.Device = "" }, b.facts, errcode.Invalid},
		"no epoch":               {func(h *wire.PushHeader) { h.Epoch = 0 }, b.facts, errcode.Invalid},
		"from zero":              {func(h *wire.PushHeader) { h.First = 0 }, b.facts, errcode.Invalid},
		"from the end of time":   {func(h *wire.PushHeader) { h.First = 1 << 63 }, b.facts, errcode.Invalid},
		"wrong count":            {func(h *wire.PushHeader) { h.Count = 3 }, b.facts, errcode.Invalid},
		"something before one":   {func(h *wire.PushHeader) { h.Prev[3] = 1 }, b.facts, errcode.Invalid},
		"too many":               {func(h *wire.PushHeader) { h.Count = len(many) }, many, errcode.TooLarge},
		"too large":              {func(*wire.PushHeader) {}, big, errcode.TooLarge},
		"too large for one":      {func(h *wire.PushHeader) { h.Count = 1 }, [][]byte{make([]byte, fact.BytesMax+1)}, errcode.TooLarge},
		"one that travels alone": {func(h *wire.PushHeader) { h.Count = 1 }, [][]byte{large()}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := good
			test.change(&h)
			_, err := open(t, t.TempDir()).Append(t.Context(), b.place(), h, test.facts)
			if got := errcode.Of(err); got != test.code {
				t.Errorf("got %v, want %q", err, test.code)
			}
		})
	}
}

// large is a fact that alone is larger than a batch may be.
func large() []byte {
	return []byte(head("X") + `"` + strings.Repeat("x", wire.BytesMax) + `"}`)
}

// head is a fact up to its body.
func head(kind string) string {
	return `{"device":"a","epoch":1,"seq":1,"kind":"` + kind + `","v":1,"at":1,"zone":0,"store":"1","till":1,"body":`
}

func TestReceiptReportedTwiceIsFlagged(t *testing.T) {
	j := open(t, t.TempDir())
	b, other := till(t, "a", 2), till(t, "b", 2) // the same receipts: they stand at places of one number
	mustPush(t, b, j, 1, 2)
	mustPush(t, other, j, 1, 2)
	wantContents(t, j, slices.Concat(b.facts, other.facts))
	if _, repeated, err := j.Odd(); err != nil || repeated != 2 {
		t.Errorf("%d repeated, %v; want 2", repeated, err)
	}
}

func TestHighest(t *testing.T) {
	j := open(t, t.TempDir())
	b := till(t, "aaa", 0)
	b.sell(t, 2998, 4) // receipts 2998–3001, of shifts 3 and 4
	opened, err := fact.Encode(b.header(fact.ShiftOpened), fact.ShiftOpening{Number: 6, By: "7"})
	if err != nil {
		t.Fatal(err)
	}
	b.facts = append(b.facts, opened)
	absurd, err := fact.Encode(b.header(fact.SaleRegistered), map[string]any{"id": "x", "number": "1-3-99999999999999999999", "shift": -1})
	if err != nil {
		t.Fatal(err)
	}
	b.facts = append(b.facts, absurd)
	want := func(store string, till int, counter uint64, shift int) {
		t.Helper()
		c, s, err := j.Highest(store, till)
		if err != nil || c != counter || s != shift {
			t.Errorf("highest of %s/%d: %d, %d, %v; want %d, %d", store, till, c, s, err, counter, shift)
		}
	}
	want("1", 3, 0, 0)
	mustPush(t, b, j, 1, 4)
	want("1", 3, 3001, 4)
	mustPush(t, b, j, 5, 6)
	want("1", 3, 3001, 6)
	want("1", 2, 0, 0)
	want("2", 3, 0, 0)
}

func TestSubscribe(t *testing.T) {
	j := open(t, t.TempDir())
	b := till(t, "a", 3)
	added, cancel := j.Subscribe()
	mustPush(t, b, j, 1, 2) // in one transaction: its news may come after its answer
	<-added
	mustPush(t, b, j, 1, 2) // nothing new
	select {
	case <-added:
		t.Error("told of nothing")
	default:
	}
	cancel()
	mustPush(t, b, j, 3, 3)
	select {
	case <-added:
		t.Error("told after cancel")
	default:
	}
}

// A full disk must not be answered with an acknowledgement, and what was
// remembered of the failed transaction must not count afterwards.
func TestFullDisk(t *testing.T) {
	j := open(t, t.TempDir())
	b := till(t, "a", 400)
	mustPush(t, b, j, 1, 2)
	if err := j.disk.Exec(`PRAGMA max_page_count = 20`); err != nil {
		t.Fatal(err)
	}
	ack, err := b.push(t.Context(), j, 3, 300)
	if errcode.Of(err) != errcode.StorageFull || ack != (wire.Ack{}) {
		t.Fatalf("got %+v, %v; want no ack and %q", ack, err, errcode.StorageFull)
	}
	if j.Fault() == nil {
		t.Error("the fault is not told")
	}
	if err := j.disk.Exec(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	if err := j.Probe(t.Context()); err != nil || j.Fault() != nil {
		t.Errorf("the disk has room again: %v, %v", err, j.Fault())
	}
	if err := j.disk.Exec(`PRAGMA max_page_count = 20`); err != nil {
		t.Fatal(err)
	}
	if _, err := b.push(t.Context(), j, 3, 300); errcode.Of(err) != errcode.StorageFull {
		t.Fatalf("got %v", err)
	}
	wantContents(t, j, b.facts[:2])
	if err := j.disk.Exec(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	mustPush(t, b, j, 3, 400)
	wantContents(t, j, b.facts)
	if err := j.Fault(); err != nil {
		t.Errorf("the fault is over but told: %v", err)
	}
}

func TestClosedJournalAcknowledgesNothing(t *testing.T) {
	j := open(t, t.TempDir())
	b := till(t, "a", 1)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if ack, err := b.push(t.Context(), j, 1, 1); errcode.Of(err) != errcode.Cancelled {
		t.Errorf("got %+v, %v", ack, err)
	}
}

func TestManyTillsAtOnce(t *testing.T) {
	j := open(t, t.TempDir())
	const tills, each = 12, 40
	var wait sync.WaitGroup
	for n := range tills {
		b := till(t, strings.Repeat("x", n+1), each)
		for range 2 { // and each sends everything twice at once
			wait.Go(func() {
				for first := 1; first <= each; first += 7 {
					ack, err := b.push(t.Context(), j, first, min(first+9, each))
					if err != nil || ack.Acked < uint64(min(first+9, each)) {
						t.Errorf("till %d from %d: %+v, %v", n, first, ack, err)
					}
				}
			})
		}
	}
	wait.Wait()
	if got := j.Position(); got != tills*each {
		t.Errorf("%d facts, want %d", got, tills*each)
	}
	if facts, err := j.Verify(t.Context(), func(c Chain, err error) { t.Error(c.Device, err) }); err != nil || facts != tills*each {
		t.Errorf("verified %d, %v", facts, err)
	}
}

func TestVerifyFindsDamage(t *testing.T) {
	tests := map[string]string{
		"a changed fact":        `UPDATE fact SET bytes = replace(bytes, 'sale', 'SALE') WHERE seq = 3`,
		"a changed hash":        `UPDATE fact SET hash = zeroblob(32) WHERE seq = 3`,
		"a missing fact":        `DELETE FROM fact WHERE seq = 3`,
		"a missing end":         `DELETE FROM fact WHERE seq = 5`,
		"another end":           `UPDATE chain SET hash = zeroblob(32)`,
		"a hash cut in the end": `UPDATE chain SET hash = x'00'`,
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			j := open(t, t.TempDir())
			mustPush(t, till(t, "a", 5), j, 1, 5)
			mustPush(t, till(t, "bb", 5), j, 1, 5)
			if name == "a changed fact" {
				damage = `UPDATE fact SET bytes = CAST(replace(CAST(bytes AS TEXT), 'sale', 'SALE') AS BLOB) WHERE seq = 3`
			}
			if err := j.disk.Exec(strings.Replace(damage, "fact WHERE", "fact WHERE chain = 1 AND", 1)); err != nil {
				t.Fatal(err)
			}
			found := 0
			if _, err := j.Verify(t.Context(), func(Chain, error) { found++ }); err != nil {
				t.Fatal(err)
			}
			if found == 0 {
				t.Error("nothing was found")
			}
		})
	}
}
