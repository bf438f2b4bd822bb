// Package attempt slows down whoever guesses codes or passwords. A try is
// counted before it is checked, so that guesses made at once help nobody.
package attempt

import (
	"container/list"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

const (
	free     = 3 // tries in a row without delay, unless said otherwise
	delayMax = 5 * time.Minute
	forget   = time.Hour // after the last try
	keysMax  = 50_000    // some 10 MB
	lookMax  = 100       // keys looked at to find one that may go
)

// Limiter counts tries by key: a login, an address. The zero value with Now set
// is ready for use. However many keys come, the memory it takes is bounded.
type Limiter struct {
	Now  func() time.Time
	Free int // tries in a row without delay, 0: three

	mu   sync.Mutex
	keys map[key]*list.Element
	used *list.List // of *record, the one tried longest ago first
}

// key is a hash: what is tried may be of any length.
type key [16]byte

func keyOf(text string) key {
	sum := sha256.Sum256([]byte(text))
	return key(sum[:len(key{})])
}

type record struct {
	key   key
	tries int
	last  time.Time
	until time.Time // no try before
}

// Begin counts a try. When it comes too early it is not allowed, and not counted,
// and wait says how long the next one has to.
func (l *Limiter) Begin(text string) (wait time.Duration) {
	now, k := l.Now(), keyOf(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.keys == nil {
		l.keys, l.used = map[key]*list.Element{}, list.New()
	}
	e := l.keys[k]
	if e == nil {
		l.makeRoom(now)
		e = l.used.PushBack(&record{key: k})
		l.keys[k] = e
	}
	r := e.Value.(*record)
	switch {
	case now.Before(r.until):
		return r.until.Sub(now)
	case now.Sub(r.last) > forget:
		r.tries = 0
	}
	l.used.MoveToBack(e)
	r.tries++
	r.last = now
	limit := l.Free
	if limit == 0 {
		limit = free
	}
	if r.tries >= limit {
		delay := delayMax
		if n := r.tries - limit; n < 9 {
			delay = min(time.Second<<n, delayMax)
		}
		r.until = now.Add(delay)
	}
	return 0
}

// Succeeded forgets the tries of a key.
func (l *Limiter) Succeeded(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.keys[keyOf(text)]; e != nil {
		l.drop(e)
	}
}

// Forgive takes back the last try of a key; those before it stay counted.
func (l *Limiter) Forgive(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.keys[keyOf(text)]; e != nil {
		r := e.Value.(*record)
		r.tries, r.until = max(0, r.tries-1), time.Time{}
	}
}

// makeRoom keeps the table small under a flood of keys: the one tried longest ago
// goes, if possible one that has nothing to wait for.
func (l *Limiter) makeRoom(now time.Time) {
	if len(l.keys) < keysMax {
		return
	}
	gone := l.used.Front()
	for e, n := gone, 0; e != nil && n < lookMax; e, n = e.Next(), n+1 {
		if !now.Before(e.Value.(*record).until) {
			gone = e
			break
		}
	}
	l.drop(gone)
}

func (l *Limiter) drop(e *list.Element) {
	delete(l.keys, e.Value.(*record).key)
	l.used.Remove(e)
}

// Network is whom an address stands for: one household has 2^64 of IPv6's.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
