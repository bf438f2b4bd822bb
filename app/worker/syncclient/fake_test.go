package syncclient

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/wire"
	wiresync "tillsight/shared/wire/sync"
)

// box is an outbox in memory.
type box struct {
	mu     sync.Mutex
	facts  [][]byte
	chains []fact.Hash // after each fact
	acked  uint64
}

func (b *box) add(t *testing.T, n int) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for range n {
		h := fact.Header{Device: "d", Epoch: 1, Seq: uint64(len(b.facts) + 1), Kind: fact.CashMoved, Version: 1}
		raw, err := fact.Encode(h, map[string]int{"n": len(b.facts)})
		if err != nil {
			t.Fatal(err)
		}
		b.chains = append(b.chains, fact.Chain(b.chain(uint64(len(b.facts))), raw))
		b.facts = append(b.facts, raw)
	}
}

func (b *box) chain(seq uint64) fact.Hash {
	if seq == 0 {
		return fact.Hash{}
	}
	return b.chains[seq-1]
}

func (b *box) Acked() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.acked
}

func (b *box) Batch(after uint64, count, size int) (Batch, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	batch := Batch{Epoch: 1, First: after + 1}
	if after > uint64(len(b.facts)) {
		return batch, nil
	}
	batch.Prev = b.chain(after)
	for _, raw := range b.facts[after:] {
		if len(batch.Facts) == count || len(batch.Facts) > 0 && size < len(raw) {
			break
		}
		size -= len(raw)
		batch.Facts = append(batch.Facts, raw)
	}
	return batch, nil
}

func (b *box) Ack(seq uint64, chain fact.Hash) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if seq > uint64(len(b.facts)) || b.chain(seq) != chain {
		return errcode.New(errcode.Fork, "box", nil)
	}
	b.acked = max(b.acked, seq)
	return nil
}

// shelf is a feed in memory.
type shelf struct {
	mu       sync.Mutex
	cursor   int64
	applied  []wiresync.Change
	mismatch bool // the next check does not agree
	replaced int
}

func (f *shelf) Cursor() (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.cursor, nil
}

func (f *shelf) Apply(page wiresync.Changes) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mismatch && page.Check != nil {
		return errcode.New(errcode.MustRefetch, "shelf", nil)
	}
	f.applied = append(f.applied, page.Changes...)
	f.cursor = page.Cursor
	return nil
}

func (f *shelf) Replace(s wiresync.Snapshot, file io.Reader) error {
	b, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if int64(len(b)) != s.Size {
		return errcode.New(errcode.BadAnswer, "shelf", nil)
	}
	f.cursor, f.mismatch = s.Version, false
	f.replaced++
	return nil
}

// office is a server in memory; answer, when set, speaks in its place.
type office struct {
	mu     sync.Mutex
	facts  [][]byte
	chain  fact.Hash
	asked  []string // "POST /v1/push"…
	answer func(ctx context.Context, r network.Request) (network.Response, error)
	pages  []wiresync.Changes
	live   chan string // lines of the event stream
	now    func() time.Time
}

func say(status int, body string) (network.Response, error) {
	return network.Response{Status: status, Body: io.NopCloser(strings.NewReader(body))}, nil
}

func sayJSON(status int, v any) (network.Response, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return network.Response{}, err
	}
	return say(status, string(b))
}

func fail(status int, code errcode.Code) (network.Response, error) {
	return sayJSON(status, wire.Failure{Error: errcode.New(code, "", nil)})
}

func (o *office) Do(ctx context.Context, r network.Request) (network.Response, error) {
	o.mu.Lock()
	path, _, _ := strings.Cut(r.URL, "?")
	o.asked = append(o.asked, r.Method+" "+path)
	answer := o.answer
	o.mu.Unlock()
	if answer != nil {
		return answer(ctx, r)
	}
	return o.serve(ctx, r)
}

func (o *office) serve(ctx context.Context, r network.Request) (network.Response, error) {
	path, _, _ := strings.Cut(r.URL, "?")
	if r.Header["Authorization"] != "Bearer token" {
		return fail(401, errcode.Unauthorised)
	}
	switch path {
	case wiresync.Push.Path:
		return o.push(r.Body)
	case wiresync.Pull.Path:
		o.mu.Lock()
		defer o.mu.Unlock()
		if len(o.pages) == 0 {
			var since int64
			if _, err := fmt.Sscanf(r.URL, wiresync.Pull.Path+"?since=%d", &since); err != nil {
				return network.Response{}, err
			}
			return sayJSON(200, wiresync.Changes{Cursor: since, Check: &wiresync.Check{}})
		}
		page := o.pages[0]
		o.pages = o.pages[1:]
		return sayJSON(200, page)
	case wiresync.GetSnapshot.Path:
		return sayJSON(200, wiresync.Snapshot{Version: 70, SHA256: "00", Size: 5, URL: "/v1/files/00"})
	case "/v1/files/00":
		return say(200, "12345")
	case wiresync.Listen.Path:
		return network.Response{Status: 200, Body: &stream{ctx: ctx, lines: o.live}}, nil
	}
	return say(404, "nothing here")
}

// push is the server's rule: what follows is taken, what is known is known.
func (o *office) push(body []byte) (network.Response, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	var head wiresync.PushHeader
	if err := json.Unmarshal(lines.Bytes(), &head); err != nil {
		return fail(400, errcode.Invalid)
	}
	for seq := head.First; lines.Scan(); seq++ {
		switch have := uint64(len(o.facts)); {
		case seq <= have && !bytes.Equal(o.facts[seq-1], lines.Bytes()):
			return fail(409, errcode.Fork)
		case seq == have+1:
			o.facts = append(o.facts, bytes.Clone(lines.Bytes()))
			o.chain = fact.Chain(o.chain, lines.Bytes())
		}
	}
	have := uint64(len(o.facts))
	return sayJSON(200, wiresync.Ack{Acked: have, Chain: o.chain, Expected: have + 1, ServerTime: o.now().UnixMilli()})
}

// stream is an event stream that ends with its context or with the channel.
type stream struct {
	ctx   context.Context
	lines chan string
	rest  string
}

func (s *stream) Read(b []byte) (int, error) {
	if s.rest == "" {
		select {
		case line, ok := <-s.lines:
			if !ok {
				return 0, io.EOF
			}
			s.rest = line
		case <-s.ctx.Done():
			return 0, s.ctx.Err()
		}
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func (s *stream) Close() error { return nil }

var errNoNetwork = errors.New("no network")

// setUp returns a client with its surroundings.
func setUp() (*Client, *box, *shelf, *office) {
	b, f, o := &box{}, &shelf{}, &office{now: time.Now, live: make(chan string)}
	c := New(Options{
		Network: o, Device: "d", Token: "token", Outbox: b, Feed: f,
		Now: time.Now, Random: func() float64 { return 0.5 },
	})
	return c, b, f, o
}
