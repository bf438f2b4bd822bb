// Package attempt slows down whoever guesses codes or passwords. A try is
// counted before it is checked, so that guesses made at once help nobody.
package attempt

import (
	"sync"
	"time"
)

const (
	free     = 3               // tries in a row without delay
	delayMax = 5 * time.Minute //
	forget   = time.Hour       // after the last try
	keysMax  = 100_000
)

// Limiter counts tries by key: a login, an address. The zero value with Now set
// is ready for use.
type Limiter struct {
	Now func() time.Time

	mu   sync.Mutex
	keys map[string]*record
}

type record struct {
	tries int
	last  time.Time
	until time.Time // no try before
}

// Begin counts a try. When it comes too early it is not allowed, and wait says
// how long the next one has to.
func (l *Limiter) Begin(key string) (wait time.Duration) {
	now := l.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.keys[key]
	switch {
	case r != nil && now.Before(r.until):
		return r.until.Sub(now)
	case r == nil || now.Sub(r.last) > forget:
		l.sweep(now)
		r = &record{}
		l.keys[key] = r
	}
	r.tries++
	r.last = now
	if r.tries >= free {
		delay := delayMax
		if n := r.tries - free; n < 9 {
			delay = min(time.Second<<n, delayMax)
		}
		r.until = now.Add(delay)
	}
	return 0
}

// Succeeded forgets the tries of key.
func (l *Limiter) Succeeded(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.keys, key)
}

// sweep keeps the table small under a flood of keys.
func (l *Limiter) sweep(now time.Time) {
	if l.keys == nil {
		l.keys = map[string]*record{}
	}
	if len(l.keys) < keysMax {
		return
	}
	for key, r := range l.keys {
		if now.Sub(r.last) > forget {
			delete(l.keys, key)
		}
	}
	if len(l.keys) >= keysMax {
		clear(l.keys)
	}
}
