package attempt

import (
	"fmt"
	"testing"
	"time"
)

func TestDelaysGrow(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	l := Limiter{Now: func() time.Time { return now }}
	want := []time.Duration{0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} // seconds after each try
	for i, seconds := range want {
		if wait := l.Begin("x"); wait != 0 {
			t.Fatalf("try %d has to wait %v", i+1, wait)
		}
		delay := seconds * time.Second
		if delay > 0 {
			now = now.Add(delay - time.Millisecond)
			if wait := l.Begin("x"); wait != time.Millisecond {
				t.Fatalf("after try %d: wait %v, want the rest of %v", i+1, wait, delay)
			}
			now = now.Add(time.Millisecond)
		}
		if wait := l.Begin("other" + fmt.Sprint(i)); wait != 0 {
			t.Fatalf("another key has to wait %v", wait)
		}
	}
	l.Succeeded("x")
	for range free {
		if wait := l.Begin("x"); wait != 0 {
			t.Fatalf("after a success: wait %v", wait)
		}
	}
	now = now.Add(forget + time.Second)
	for range free {
		if wait := l.Begin("x"); wait != 0 {
			t.Fatalf("after an hour: wait %v", wait)
		}
	}
}

func TestFloodOfKeysTakesLittleMemory(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	l := Limiter{Now: func() time.Time { return now }}
	for i := range keysMax + 10 {
		l.Begin(fmt.Sprint(i))
	}
	if len(l.keys) > keysMax {
		t.Errorf("%d keys", len(l.keys))
	}
}
