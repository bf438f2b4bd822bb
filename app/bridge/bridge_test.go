package bridge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"tillsight/shared/errcode"
)

// talk connects a client to a server that register has filled.
func talk(t *testing.T, register func(*Server)) (*Client, *Server) {
	t.Helper()
	page, worker := Pair()
	client := NewClient(page)
	server := NewServer(worker)
	register(server)
	if err := server.Serve(); err != nil {
		t.Fatalf("Serve: %v", err)
	}
	t.Cleanup(func() {
		client.Close()
		worker.Close()
	})
	return client, server
}

// Methods of the tests' own.
const (
	twice   Method[int, int]        = "twice"
	nothing Method[Nothing, string] = "nothing"
	one     Method[Nothing, int]    = "one"
	text    Method[string, int]     = "scan"
	plain   Method[Nothing, int]    = "plain"
	number  Method[int, int]        = "scan"
	long    Method[Nothing, int]    = "long"
	never   Method[Nothing, int]    = "never"
	nowhere Method[Nothing, int]    = "no such"
	told    Event[int]              = "state"
)

func TestCallAnswers(t *testing.T) {
	client, _ := talk(t, func(s *Server) {
		Handle(s, twice, func(_ context.Context, n int) (int, error) { return 2 * n, nil })
		Handle(s, nothing, func(context.Context, struct{}) (string, error) { return "said", nil })
	})
	got, err := Call(t.Context(), client, twice, 21)
	if err != nil || got != 42 {
		t.Errorf("twice 21 = %d, %v, want 42", got, err)
	}
	said, err := Call(t.Context(), client, nothing, Nothing{})
	if err != nil || said != "said" {
		t.Errorf("nothing = %q, %v", said, err)
	}
}

func TestCallBeforeReadyWaits(t *testing.T) {
	page, worker := Pair()
	client := NewClient(page)
	defer client.Close()
	done := make(chan error, 1)
	go func() {
		got, err := Call(t.Context(), client, one, Nothing{})
		if err == nil && got != 1 {
			err = fmt.Errorf("got %d", got)
		}
		done <- err
	}()
	server := NewServer(worker)
	defer worker.Close()
	Handle(server, one, func(context.Context, struct{}) (int, error) { return 1, nil })
	if err := server.Serve(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("call made before the worker was ready: %v", err)
	}
}

func TestErrorsKeepCodeAndData(t *testing.T) {
	var logged error
	client, server := talk(t, func(s *Server) {
		Handle(s, text, func(context.Context, string) (int, error) {
			return 0, fmt.Errorf("scan: %w", errcode.New(errcode.UnknownBarcode, "till", errors.New("detail")).With("code", "42"))
		})
		Handle(s, plain, func(context.Context, struct{}) (int, error) { return 0, errors.New("oops") })
	})
	server.OnError = func(_ string, err error) { logged = err }
	_, err := Call(t.Context(), client, text, "42")
	var e *errcode.Error
	if !errors.As(err, &e) || e.Code != errcode.UnknownBarcode || e.Data["code"] != "42" {
		t.Errorf("error = %#v, want barcode.unknown of 42", err)
	}
	if logged == nil || logged.Error() != "scan: till: barcode.unknown: detail" {
		t.Errorf("logged %v, want the whole detail", logged)
	}
	for method, want := range map[Method[Nothing, int]]errcode.Code{plain: errcode.Internal, nowhere: errcode.NotFound} {
		if _, err := Call(t.Context(), client, method, Nothing{}); errcode.Of(err) != want {
			t.Errorf("%s: %v, want %s", method, err, want)
		}
	}
	if _, err := Call(t.Context(), client, number, 7); errcode.Of(err) != errcode.Invalid {
		t.Errorf("a question of another form: %v, want %s", err, errcode.Invalid)
	}
	var wrong int
	if err := (frame{kind: kindAnswer, body: []byte(`"text"`)}).answer("m", &wrong); errcode.Of(err) != errcode.BadAnswer {
		t.Errorf("answer of another type: %v, want bad_answer", err)
	}
}

// TestOrder checks that requests run in the order in which they were made.
func TestOrder(t *testing.T) {
	var got []int
	page, worker := Pair()
	server := NewServer(worker)
	defer worker.Close()
	Handle(server, number, func(_ context.Context, n int) (int, error) { got = append(got, n); return n, nil })
	client := NewClient(page)
	defer client.Close()
	var replies []chan frame
	for n := range 200 {
		_, reply, err := client.send("scan", fmt.Appendf(nil, "%d", n))
		if err != nil {
			t.Fatal(err)
		}
		replies = append(replies, reply)
	}
	if err := server.Serve(); err != nil {
		t.Fatal(err)
	}
	for _, reply := range replies {
		<-reply
	}
	for n := range 200 {
		if got[n] != n {
			t.Fatalf("request %d ran as number %d", got[n], n)
		}
	}
}

func TestCancel(t *testing.T) {
	started, stopped := make(chan struct{}), make(chan struct{})
	client, _ := talk(t, func(s *Server) {
		HandleParallel(s, long, func(ctx context.Context, _ struct{}) (int, error) {
			close(started)
			<-ctx.Done()
			close(stopped)
			return 0, ctx.Err()
		})
		Handle(s, one, func(context.Context, struct{}) (int, error) { return 1, nil })
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := Call(ctx, client, long, Nothing{})
		done <- err
	}()
	<-started
	if got, err := Call(t.Context(), client, one, Nothing{}); err != nil || got != 1 {
		t.Errorf("short call beside a long one: %d, %v", got, err)
	}
	cancel()
	if err := <-done; errcode.Of(err) != errcode.Cancelled {
		t.Errorf("cancelled call: %v", err)
	}
	<-stopped
}

func TestEventsInOrder(t *testing.T) {
	client, server := talk(t, func(*Server) {})
	var mu sync.Mutex
	var got []int
	all := make(chan struct{})
	off := OnEvent(client, told, func(n int) {
		mu.Lock()
		defer mu.Unlock()
		if got = append(got, n); len(got) == 50 {
			close(all)
		}
	})
	for n := range 50 {
		if err := Emit(server, told, n); err != nil {
			t.Fatal(err)
		}
	}
	<-all
	off()
	for n := range 50 {
		if got[n] != n {
			t.Fatalf("event %d is %d", n, got[n])
		}
	}
	if len(client.handlers(string(told))) != 0 {
		t.Error("handler still there after off")
	}
}

func TestGoneFailsCalls(t *testing.T) {
	started := make(chan struct{})
	client, server := talk(t, func(s *Server) {
		HandleParallel(s, never, func(ctx context.Context, _ struct{}) (int, error) {
			close(started)
			<-ctx.Done()
			return 0, nil
		})
	})
	heard := make(chan *errcode.Error, 1)
	client.OnGone(func(e *errcode.Error) { heard <- e })
	done := make(chan error, 1)
	go func() {
		_, err := Call(t.Context(), client, never, Nothing{})
		done <- err
	}()
	<-started
	if err := server.Gone(errcode.New(errcode.StorageFault, "worker", nil)); err != nil {
		t.Fatal(err)
	}
	if err := <-done; errcode.Of(err) != errcode.StorageFault {
		t.Errorf("waiting call: %v, want storage.fault", err)
	}
	if e := <-heard; e.Code != errcode.StorageFault {
		t.Errorf("told %v", e)
	}
	if _, err := Call(t.Context(), client, never, Nothing{}); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("later call: %v, want storage.fault", err)
	}
}

func FuzzDecodeFrame(f *testing.F) {
	f.Add(frame{kind: kindRequest, id: 7, name: string(TillScan), body: []byte(`{"code":"1"}`)}.encode())
	f.Add([]byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decodeFrame(b)
		if err != nil {
			return
		}
		if again := got.encode(); !bytes.Equal(again, b) {
			t.Errorf("decoded and encoded %x, want %x", again, b)
		}
	})
}

func BenchmarkCall(b *testing.B) {
	page, worker := Pair()
	client, server := NewClient(page), NewServer(worker)
	Handle(server, TillScan, func(_ context.Context, s Scan) (Delta, error) { return Delta{ID: s.Code}, nil })
	if err := server.Serve(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Call(b.Context(), client, TillScan, Scan{Code: "4601234567893"}); err != nil {
			b.Fatal(err)
		}
	}
}
