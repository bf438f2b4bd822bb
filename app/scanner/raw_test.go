package scanner

import (
	"testing"
	"time"
)

func TestLog(t *testing.T) {
	var l Log
	at := time.Second
	press := func(e Event) { e.At = at; at += 4 * time.Millisecond; l.Add(e) }
	for _, e := range []Event{
		{Code: "Digit0", Key: "0"}, {Code: "ShiftLeft", Key: "Shift"}, {Code: "KeyQ", Key: "Й", Shift: true}, {Code: "KeyQ", Key: "Й", Up: true},
		{Code: "BracketRight", Key: "]", Ctrl: true}, {Code: "F8", Key: "F8"}, {Code: "Enter", Key: "Enter"},
	} {
		press(e)
	}
	if l.Text() != "0 Q Ctrl+BracketRight=␝ F8 ⏎" || l.Count() != 5 || !l.Russian() {
		t.Errorf("%q, %d keys, Russian %v", l.Text(), l.Count(), l.Russian())
	}
	if l.Pace() < 4*time.Millisecond || l.Pace() > 8*time.Millisecond {
		t.Errorf("pace %v", l.Pace())
	}
	at += time.Second
	press(Event{Code: "Digit1", Key: "1"})
	if l.Text() != "1" || l.Russian() || l.Pace() != 0 {
		t.Errorf("a new burst: %q", l.Text())
	}
}
