package attempt

import (
	"fmt"
	"strings"
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

// A flood of names neither fills the memory nor sets anybody free.
func TestFloodOfKeys(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	l := Limiter{Now: func() time.Time { return now }}
	for range free + 3 { // locked for seconds
		now = now.Add(l.Begin("guesser"))
		l.Begin("guesser")
	}
	locked := l.Begin("guesser")
	if locked == 0 {
		t.Fatal("not locked")
	}
	for i := range 2*keysMax + 10 {
		l.Begin(fmt.Sprint(i, strings.Repeat("x", 1000)))
	}
	if len(l.keys) > keysMax || l.used.Len() != len(l.keys) {
		t.Errorf("%d keys, %d in order", len(l.keys), l.used.Len())
	}
	if wait := l.Begin("guesser"); wait != locked {
		t.Errorf("after the flood: wait %v, want %v", wait, locked)
	}
}

// Who gets in takes back this try, not the wrong ones before it.
func TestForgive(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	l := Limiter{Now: func() time.Time { return now }}
	for range 50 {
		if l.Begin("x") != 0 {
			t.Fatal("right tries are slowed down")
		}
		l.Forgive("x")
	}
	for range free - 1 {
		l.Begin("x")
		l.Begin("x")
		l.Forgive("x")
	}
	if l.Begin("x"); l.Begin("x") == 0 {
		t.Error("right tries between hide the wrong ones")
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"10.0.0.1": "10.0.0.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64", "what": "what",
	} {
		if got := Network(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
