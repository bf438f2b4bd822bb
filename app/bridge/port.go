package bridge

import "sync"

// Port is one end of a channel between a page and a worker. Messages arrive
// whole and in the order in which they were sent.
type Port interface {
	// Send passes b to the other end and keeps no reference to it.
	Send(b []byte) error
	// Listen gives every message that arrives to receive, one at a time.
	// receive must not block. Messages that came before are given first.
	Listen(receive func(b []byte))
	// Close ends the channel; a worker started for it ends too.
	Close()
}

// Pair returns two connected ports inside one program.
func Pair() (Port, Port) {
	a, b := newPipe(), newPipe()
	a.other, b.other = b, a
	return a, b
}

// pipe is an unbounded in-memory queue: a worker must never wait for a page.
type pipe struct {
	other *pipe

	mu      sync.Mutex
	waiting [][]byte
	wake    chan struct{}
	closed  chan struct{}
	once    sync.Once
}

func newPipe() *pipe {
	return &pipe{wake: make(chan struct{}, 1), closed: make(chan struct{})}
}

// Send implements Port.
func (p *pipe) Send(b []byte) error {
	message := append([]byte(nil), b...)
	p.other.mu.Lock()
	p.other.waiting = append(p.other.waiting, message)
	p.other.mu.Unlock()
	select {
	case p.other.wake <- struct{}{}:
	default:
	}
	return nil
}

// Listen implements Port.
func (p *pipe) Listen(receive func([]byte)) {
	go func() {
		for {
			p.mu.Lock()
			batch := p.waiting
			p.waiting = nil
			p.mu.Unlock()
			for _, b := range batch {
				receive(b)
			}
			if len(batch) > 0 {
				continue
			}
			select {
			case <-p.wake:
			case <-p.closed:
				return
			}
		}
	}()
}

// Close implements Port.
func (p *pipe) Close() { p.once.Do(func() { close(p.closed) }) }
