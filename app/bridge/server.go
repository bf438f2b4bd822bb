package bridge

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"

	"tillsight/shared/errcode"
)

// Server is the worker's side. Register all methods, then Serve.
type Server struct {
	// OnError hears every error that is answered, with the detail that does
	// not travel. It is for the log; nil for none.
	OnError func(method string, err error)

	port    Port
	methods map[string]method

	mu      sync.Mutex
	running map[uint32]context.CancelFunc
	queue   chan struct{} // something is in orders
	orders  []func()
}

type method struct {
	handle   func(ctx context.Context, body []byte) (any, error)
	parallel bool
}

// NewServer answers over port.
func NewServer(port Port) *Server {
	return &Server{
		port:    port,
		methods: map[string]method{},
		running: map[uint32]context.CancelFunc{},
		queue:   make(chan struct{}, 1),
	}
}

// Handle answers method m with handle. Requests to methods of this kind run
// one at a time, in the order in which they came: two scans stay two scans.
func Handle[Q, A any](s *Server, m Method[Q, A], handle func(context.Context, Q) (A, error)) {
	s.methods[string(m)] = method{handle: decoded(m, handle)}
}

// HandleParallel answers method m on a goroutine of its own: for what takes
// long, and what may be cancelled meanwhile.
func HandleParallel[Q, A any](s *Server, m Method[Q, A], handle func(context.Context, Q) (A, error)) {
	s.methods[string(m)] = method{handle: decoded(m, handle), parallel: true}
}

func decoded[Q, A any](m Method[Q, A], handle func(context.Context, Q) (A, error)) func(context.Context, []byte) (any, error) {
	return func(ctx context.Context, body []byte) (any, error) {
		var request Q
		if len(body) > 0 {
			if err := json.Unmarshal(body, &request); err != nil {
				return nil, errcode.New(errcode.Invalid, string(m), err)
			}
		}
		return handle(ctx, request)
	}
}

// Serve begins to answer and returns.
func (s *Server) Serve() error {
	go func() {
		for range s.queue {
			for run := s.nextOrder(); run != nil; run = s.nextOrder() {
				run()
			}
		}
	}()
	s.port.Listen(s.receive)
	return s.port.Send(frame{kind: kindReady}.encode())
}

// Emit sends an event to the page.
func Emit[T any](s *Server, event Event[T], body T) error {
	b, err := json.Marshal(body)
	if err != nil {
		return errcode.New(errcode.Internal, "bridge.Emit "+string(event), err)
	}
	return s.port.Send(frame{kind: kindEvent, name: string(event), body: b}.encode())
}

// Gone tells the page that this worker ends now, and why.
func (s *Server) Gone(reason error) error { return s.port.Send(goneFrame(errcode.As(reason))) }

func (s *Server) receive(b []byte) {
	f, err := decodeFrame(b)
	if err != nil {
		s.report("bridge", err)
		return
	}
	switch f.kind {
	case kindCancel:
		s.mu.Lock()
		cancel := s.running[f.id]
		s.mu.Unlock()
		if cancel != nil {
			cancel()
		}
	case kindRequest:
		s.begin(f)
	}
}

func (s *Server) begin(f frame) {
	m, ok := s.methods[f.name]
	if !ok {
		s.reply(f, nil, errcode.New(errcode.NotFound, f.name, fmt.Errorf("no such method")))
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	run := func() {
		answer, err := s.guarded(ctx, m, f)
		s.mu.Lock()
		delete(s.running, f.id)
		s.mu.Unlock()
		cancel()
		s.reply(f, answer, err)
	}
	s.mu.Lock()
	s.running[f.id] = cancel
	if !m.parallel {
		s.orders = append(s.orders, run)
	}
	s.mu.Unlock()
	if m.parallel {
		go run()
		return
	}
	select {
	case s.queue <- struct{}{}:
	default:
	}
}

// guarded turns a panic into an error and ends the conversation: what the worker
// holds in memory may be wrong now. A new one reads it from storage.
func (s *Server) guarded(ctx context.Context, m method, f frame) (answer any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errcode.New(errcode.Internal, f.name, fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
			if gone := s.Gone(err); gone != nil {
				s.report(f.name, gone)
			}
		}
	}()
	return m.handle(ctx, f.body)
}

func (s *Server) nextOrder() func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.orders) == 0 {
		return nil
	}
	run := s.orders[0]
	s.orders = s.orders[1:]
	return run
}

func (s *Server) reply(f frame, answer any, err error) {
	out := frame{kind: kindAnswer, id: f.id}
	if err == nil {
		if out.body, err = json.Marshal(answer); err != nil {
			err = errcode.New(errcode.Internal, f.name, err)
		}
	}
	if err != nil {
		s.report(f.name, err)
		out.kind = kindError
		if out.body, err = json.Marshal(errcode.As(err)); err != nil {
			s.report(f.name, err)
		}
	}
	if err := s.port.Send(out.encode()); err != nil {
		s.report(f.name, err)
	}
}

func (s *Server) report(method string, err error) {
	if s.OnError != nil {
		s.OnError(method, err)
	}
}
