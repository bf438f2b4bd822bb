// Package notice tells several goroutines that something changed, not what:
// each looks for itself. Signs that nobody took yet fall together into one.
package notice

import "sync"

// Board is where changes are announced. The zero value is ready for use.
type Board struct {
	mu      sync.Mutex
	readers map[chan struct{}]struct{}
}

// Subscribe returns a channel that receives after a Post; cancel ends that.
func (b *Board) Subscribe() (posted <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.readers == nil {
		b.readers = map[chan struct{}]struct{}{}
	}
	b.readers[c] = struct{}{}
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.readers, c)
	}
}

// Post tells everybody who subscribed.
func (b *Board) Post() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.readers {
		select {
		case c <- struct{}{}:
		default: // it has not looked yet: one sign is enough
		}
	}
}
