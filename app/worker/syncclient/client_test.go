package syncclient

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// pushAll pushes until nothing waits.
func pushAll(t *testing.T, c *Client) {
	t.Helper()
	for range 100 {
		more, err := c.Push(t.Context())
		if err != nil {
			t.Fatalf("Push: %v", err)
		}
		if !more {
			return
		}
	}
	t.Fatal("pushing never ends")
}

func TestPushInBatches(t *testing.T) {
	c, b, _, o := setUp()
	b.add(t, 2*wire.FactsMax+7)
	pushAll(t, c)
	if got := len(o.facts); got != 2*wire.FactsMax+7 || b.Acked() != uint64(got) {
		t.Errorf("server has %d facts, acked %d, want %d", got, b.Acked(), 2*wire.FactsMax+7)
	}
	if got := len(o.asked); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
	if s := c.Status(); !s.Online || s.LastAck == 0 || s.Fault != nil || s.Problem != nil {
		t.Errorf("status %+v", s)
	}
}

// TestPushFailures checks that no failure of the network or the server moves
// the acknowledged position, and that the next push delivers all exactly once.
func TestPushFailures(t *testing.T) {
	good := `{"acked":3,"chain":"` + strings.Repeat("0", 64) + `","expected":4}`
	tests := []struct {
		name   string
		answer func(o *office, r network.Request) (network.Response, error)
		want   errcode.Code
	}{
		{"nothing", func(*office, network.Request) (network.Response, error) { return network.Response{}, errNoNetwork }, errcode.Offline},
		{"answer lost", func(o *office, r network.Request) (network.Response, error) {
			if _, err := o.push(r.Body); err != nil {
				return network.Response{}, err
			}
			return network.Response{}, errNoNetwork
		}, errcode.Offline},
		{"500 with nothing", func(*office, network.Request) (network.Response, error) { return say(500, "") }, errcode.BadAnswer},
		{"500 with a code", func(*office, network.Request) (network.Response, error) { return fail(500, errcode.Internal) }, errcode.Internal},
		{"garbage", func(*office, network.Request) (network.Response, error) { return say(200, "\x00\xff") }, errcode.BadAnswer},
		{"a portal's page", func(*office, network.Request) (network.Response, error) { return say(200, "<html>Welcome</html>") }, errcode.BadAnswer},
		{"empty object", func(*office, network.Request) (network.Response, error) { return say(200, "{}") }, errcode.BadAnswer},
		{"gateway", func(*office, network.Request) (network.Response, error) { return say(502, "<h1>Bad gateway</h1>") }, errcode.BadAnswer},
		{"chain of others", func(*office, network.Request) (network.Response, error) { return say(200, good) }, errcode.Fork},
		{"more than there is", func(*office, network.Request) (network.Response, error) {
			return say(200, strings.Replace(strings.Replace(good, "3", "9", 1), "4", "10", 1))
		}, errcode.Fork},
		{"fork", func(*office, network.Request) (network.Response, error) { return fail(409, errcode.Fork) }, errcode.Fork},
		{"revoked", func(*office, network.Request) (network.Response, error) { return fail(403, errcode.Revoked) }, errcode.Revoked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, b, _, o := setUp()
			b.add(t, 3)
			o.answer = func(_ context.Context, r network.Request) (network.Response, error) { return tt.answer(o, r) }
			if _, err := c.Push(t.Context()); errcode.Of(err) != tt.want {
				t.Errorf("Push: %v, want %s", err, tt.want)
			}
			if b.Acked() != 0 {
				t.Errorf("acked %d after a failure", b.Acked())
			}
			o.answer = nil
			pushAll(t, c)
			if len(o.facts) != 3 || b.Acked() != 3 {
				t.Errorf("server has %d facts, acked %d, want 3", len(o.facts), b.Acked())
			}
		})
	}
}

// TestServerBehind checks that facts which a restored server lost are sent again.
func TestServerBehind(t *testing.T) {
	c, b, _, o := setUp()
	b.add(t, 10)
	pushAll(t, c)
	o.facts = o.facts[:4]
	o.chain = b.chain(4)
	b.add(t, 1)
	for range 3 {
		if _, err := c.Push(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.facts) != 11 || b.Acked() != 11 {
		t.Errorf("server has %d facts, acked %d, want 11", len(o.facts), b.Acked())
	}
}

func TestPull(t *testing.T) {
	c, _, f, o := setUp()
	o.pages = []wire.Changes{
		{Changes: []wire.Change{{Version: 1}, {Version: 2}}, Cursor: 2, More: true},
		{Changes: []wire.Change{{Version: 5}}, Cursor: 5, Check: &wire.Check{Rows: 3}},
	}
	if more, err := c.Pull(t.Context()); err != nil || !more {
		t.Fatalf("first page: more %v, %v", more, err)
	}
	if more, err := c.Pull(t.Context()); err != nil || more {
		t.Fatalf("last page: more %v, %v", more, err)
	}
	if f.cursor != 5 || len(f.applied) != 3 {
		t.Errorf("cursor %d, %d changes, want 5 and 3", f.cursor, len(f.applied))
	}
}

func TestPullRefetches(t *testing.T) {
	tests := []struct {
		name string
		set  func(f *shelf, o *office)
	}{
		{"cursor too old", func(_ *shelf, o *office) {
			o.answer = func(ctx context.Context, r network.Request) (network.Response, error) {
				if strings.HasPrefix(r.URL, wire.Pull.Path) {
					return fail(410, errcode.MustRefetch)
				}
				return o.serve(ctx, r)
			}
		}},
		{"check does not agree", func(f *shelf, _ *office) { f.mismatch = true }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _, f, o := setUp()
			f.cursor = 7
			tt.set(f, o)
			if _, err := c.Pull(t.Context()); err != nil {
				t.Fatal(err)
			}
			if f.replaced != 1 || f.cursor != 70 {
				t.Errorf("replaced %d times, cursor %d, want 1 and 70", f.replaced, f.cursor)
			}
		})
	}
}

func TestPullBadPages(t *testing.T) {
	for _, page := range []wire.Changes{{Cursor: 3}, {Cursor: 7, More: true}} {
		c, _, f, o := setUp()
		f.cursor = 7
		o.pages = []wire.Changes{page}
		if _, err := c.Pull(t.Context()); errcode.Of(err) != errcode.BadAnswer {
			t.Errorf("page %+v: %v, want bad_answer", page, err)
		}
		if f.cursor != 7 {
			t.Errorf("cursor moved to %d", f.cursor)
		}
	}
}

func TestBackoff(t *testing.T) {
	tests := []struct {
		failures int
		want     time.Duration // the limit
	}{
		{1, time.Second}, {2, 2 * time.Second}, {3, 4 * time.Second}, {8, 128 * time.Second},
		{9, 5 * time.Minute}, {10, 5 * time.Minute}, {1000, 5 * time.Minute},
	}
	for _, tt := range tests {
		if got := backoff(tt.failures, 0.5); got != tt.want/2 {
			t.Errorf("backoff(%d, 0.5) = %v, want %v", tt.failures, got, tt.want/2)
		}
		if got := backoff(tt.failures, 0); got != 0 {
			t.Errorf("backoff(%d, 0) = %v, want full jitter down to 0", tt.failures, got)
		}
	}
}

// pass lets artificial time go by: the tests that use it run in synctest.
func pass(d time.Duration) { <-time.After(d) }

// TestRun lets a client live through an outage in artificial time.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, b, f, o := setUp()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { c.Run(ctx); close(done) }()
		synctest.Wait()

		b.add(t, 1)
		c.NewFact()
		synctest.Wait()
		if b.Acked() != 1 {
			t.Errorf("a new fact was not sent at once: acked %d", b.Acked())
		}

		o.mu.Lock()
		o.pages = []wire.Changes{{Changes: []wire.Change{{Version: 9}}, Cursor: 9, Check: &wire.Check{}}}
		o.mu.Unlock()
		o.live <- "event: live\ndata: {\"version\":9}\n\n"
		synctest.Wait()
		if f.cursor != 9 {
			t.Errorf("live event did not lead to a pull: cursor %d", f.cursor)
		}

		o.mu.Lock()
		o.answer = func(context.Context, network.Request) (network.Response, error) {
			return network.Response{}, errNoNetwork
		}
		o.mu.Unlock()
		close(o.live) // the stream breaks with the server
		synctest.Wait()
		if c.Status().Online {
			t.Error("still online after the stream broke and the probe failed")
		}
		b.add(t, 5)
		c.NewFact()
		pass(time.Hour)
		synctest.Wait()
		o.mu.Lock()
		if n := len(o.asked); n < 30 || n > 120 {
			t.Errorf("%d requests in an hour's outage, want about one in two minutes for each loop", n)
		}
		o.answer, o.live = nil, make(chan string)
		o.mu.Unlock()
		c.Retry()
		synctest.Wait()
		if b.Acked() != 6 || !c.Status().Online {
			t.Errorf("after Retry: acked %d, online %v", b.Acked(), c.Status().Online)
		}
		cancel()
		<-done
	})
}

// TestOutageEndsByItself checks that a returning server is found without a person.
func TestOutageEndsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, b, _, o := setUp()
		b.add(t, 3)
		o.answer = func(context.Context, network.Request) (network.Response, error) { return say(503, "") }
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go c.Run(ctx)
		pass(20 * time.Minute)
		o.mu.Lock()
		o.answer = nil
		o.mu.Unlock()
		pass(backoffLast)
		synctest.Wait()
		if b.Acked() != 3 {
			t.Errorf("acked %d, want 3", b.Acked())
		}
		if s := c.Status(); !s.Online || s.Problem != nil {
			t.Errorf("status %+v", s)
		}
	})
}

// TestRevoked checks that a register that is not wanted any more falls silent.
func TestRevoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, b, _, o := setUp()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go c.Run(ctx)
		synctest.Wait()
		o.mu.Lock()
		o.answer = func(context.Context, network.Request) (network.Response, error) { return fail(403, errcode.Revoked) }
		o.mu.Unlock()
		o.live <- "data: {\"revoked\":true}\n\n"
		b.add(t, 2)
		c.NewFact()
		pass(time.Hour)
		synctest.Wait()
		if f := c.Status().Fault; f == nil || f.Code != errcode.Revoked {
			t.Errorf("fault %v, want revoked", f)
		}
		o.mu.Lock()
		if got := len(o.asked); got > 5 {
			t.Errorf("%d requests in all: %v", got, o.asked)
		}
		o.answer = nil
		o.mu.Unlock()
		c.Retry() // it was a mistake, and somebody put it right
		synctest.Wait()
		if b.Acked() != 2 || c.Status().Fault != nil {
			t.Errorf("after Retry: acked %d, fault %v", b.Acked(), c.Status().Fault)
		}
	})
}

// TestReplaced checks that a register whose place was given to another one still
// hands over what it sold.
func TestReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, b, _, o := setUp()
		o.answer = func(ctx context.Context, r network.Request) (network.Response, error) {
			if r.URL == wire.Push.Path {
				return o.serve(ctx, r)
			}
			return fail(403, errcode.Revoked)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go c.Run(ctx)
		synctest.Wait()
		b.add(t, 3)
		c.NewFact()
		synctest.Wait()
		if b.Acked() != 3 {
			t.Errorf("acked %d, want 3", b.Acked())
		}
		if f := c.Status().Fault; f == nil || f.Code != errcode.Revoked {
			t.Errorf("fault %v, want revoked", f)
		}
	})
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, b, _, o := setUp()
		b.add(t, 1)
		o.answer = func(ctx context.Context, _ network.Request) (network.Response, error) {
			<-ctx.Done()
			return network.Response{}, ctx.Err()
		}
		began := time.Now()
		_, err := c.Push(t.Context())
		if errcode.Of(err) != errcode.Offline || time.Since(began) != AnswerTimeout {
			t.Errorf("a server that says nothing: %v after %v", err, time.Since(began))
		}
		silent := &stream{ctx: t.Context(), lines: make(chan string)}
		o.answer = func(ctx context.Context, _ network.Request) (network.Response, error) {
			silent.ctx = ctx
			return network.Response{Status: 200, Body: silent}, nil
		}
		began = time.Now()
		if err := c.Listen(t.Context()); errcode.Of(err) != errcode.Offline || time.Since(began) != LiveTimeout {
			t.Errorf("a silent stream: %v after %v", err, time.Since(began))
		}
		file, err := c.Open(t.Context(), wire.Snapshot{URL: "/f", Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		began = time.Now()
		if _, err := file.Read(make([]byte, 1)); errcode.Of(err) != errcode.Offline || time.Since(began) != AnswerTimeout {
			t.Errorf("a silent download: %v after %v", err, time.Since(began))
		}
	})
}

func TestClockOff(t *testing.T) {
	c, b, _, o := setUp()
	b.add(t, 1)
	o.now = func() time.Time { return time.Now().Add(-24 * time.Hour) }
	pushAll(t, c)
	if off := time.Duration(c.Status().ClockOff) * time.Millisecond; off.Round(time.Minute) != 24*time.Hour {
		t.Errorf("clock is off by %v, want 24h", off)
	}
}

func TestEnrol(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   errcode.Code
	}{
		{"used", 409, `{"error":{"code":"enrol.code_used"}}`, errcode.CodeUsed},
		{"expired", 410, `{"error":{"code":"enrol.code_expired"}}`, errcode.CodeExpired},
		{"unknown", 404, `{"error":{"code":"enrol.code_unknown"}}`, errcode.CodeUnknown},
		{"incomplete", 200, `{"device":"d"}`, errcode.BadAnswer},
		{"garbage", 200, `<html>`, errcode.BadAnswer},
		{"good", 200, `{"device":"d","epoch":1,"token":"t","till":2,"store":{"id":"1"},"snapshot":{"url":"/x"}}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// A real server and the platform's own network, once.
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				if _, err := w.Write([]byte(tt.body)); err != nil {
					t.Error(err)
				}
			}))
			defer server.Close()
			_, err := Enrol(t.Context(), network.HTTP{}, server.URL, wire.EnrolRequest{Code: "ABCD"})
			if errcode.Of(err) != tt.want {
				t.Errorf("Enrol: %v, want %q", err, tt.want)
			}
		})
	}
}

// FuzzAnswers checks that no answer whatever makes facts count as delivered
// unless it names the till's own chain.
func FuzzAnswers(f *testing.F) {
	f.Add(200, []byte(`{"acked":2,"chain":"00","expected":3}`))
	f.Add(409, []byte(`{"error":{"code":"sync.fork"}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		c, b, _, o := setUp()
		b.add(t, 2)
		o.answer = func(context.Context, network.Request) (network.Response, error) { return say(status, string(body)) }
		_, err := c.Push(t.Context())
		if b.Acked() != 0 && !strings.Contains(string(body), b.chain(b.Acked()).String()) {
			t.Errorf("acked %d by %q (%v)", b.Acked(), body, err)
		}
	})
}

func FuzzLive(f *testing.F) {
	f.Add("data: {\"version\":3}\n\n")
	f.Add(": keep\n\ndata: {\"revoked\":true}\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, _, _, o := setUp()
		o.answer = func(context.Context, network.Request) (network.Response, error) { return say(200, text) }
		if err := c.Listen(t.Context()); err == nil {
			t.Error("Listen returned nil")
		}
	})
}
