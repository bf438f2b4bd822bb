package scanner

import (
	"strings"
	"time"
	"unicode"
)

// Log keeps the keys of the last burst for people who want to see what their
// scanner sends. Its zero value is ready.
type Log struct {
	keys    []string
	first   time.Duration
	last    time.Duration
	russian bool
}

// logMax is how many keys are kept, and logPause what divides bursts.
const (
	logMax   = 400
	logPause = 500 * time.Millisecond
)

// Add takes a key as it goes down; others are left out.
func (l *Log) Add(e Event) {
	if e.Up || strings.HasPrefix(e.Code, "Shift") {
		return
	}
	if e.At-l.last > logPause || len(l.keys) >= logMax {
		*l = Log{first: e.At}
	}
	l.last = e.At
	l.keys = append(l.keys, keyText(e))
	for _, r := range e.Key {
		l.russian = l.russian || len([]rune(e.Key)) == 1 && unicode.Is(unicode.Cyrillic, r)
	}
}

// keyText names a key shortly: the character of a US keyboard or its name.
func keyText(e Event) string {
	text := e.Code
	if c, ok := plain(e.Code, e.Shift); ok && !e.Ctrl && !e.Alt {
		return string(c)
	}
	switch {
	case e.Code == "Enter" || e.Code == "NumpadEnter":
		text = "⏎"
	case e.Code == "Tab":
		text = "⇥"
	case e.Code == "":
		text = e.Key
	}
	if e.Alt {
		text = "Alt+" + text
	}
	if e.Ctrl {
		text = "Ctrl+" + text
		if e.Code == "BracketRight" {
			text += "=␝"
		}
	}
	return text
}

// Text is the burst, a key behind the other.
func (l *Log) Text() string { return strings.Join(l.keys, " ") }

// Count returns how many keys there were.
func (l *Log) Count() int { return len(l.keys) }

// Pace is the mean time between them.
func (l *Log) Pace() time.Duration {
	if len(l.keys) < 2 {
		return 0
	}
	return (l.last - l.first) / time.Duration(len(l.keys)-1)
}

// Russian reports whether the keyboard's layout was a Russian one.
func (l *Log) Russian() bool { return l.russian }
