package scanner

import (
	"strconv"
	"time"
)

// Event is a key going down or up as the browser reports it.
type Event struct {
	Code   string // physical key, KeyboardEvent.code: "Digit4", "KeyA"
	Key    string // what the layout makes of it; used when Code is unknown
	Shift  bool
	Ctrl   bool
	Alt    bool
	Meta   bool
	Up     bool
	Repeat bool          // held down: no scanner does that
	Field  bool          // a text field has the focus
	Input  bool          // Key stands in the field already: an input method put it there
	At     time.Duration // KeyboardEvent.timeStamp: when the key was pressed, not when it is handled
}

// GS is the group separator of GS1 element strings.
const GS = '\x1d'

// Control characters that some scanners put around a code.
const (
	stx = '\x02'
	etx = '\x03'
)

// kind classifies a key for the reader.
type kind int

const (
	other    kind = iota // ends a burst and goes to the page
	modifier             // neither ends a burst nor is part of it
	char
	ending // Enter, Tab, Ctrl+M, Ctrl+J
	prefix // Ctrl+B: some scanners begin a code with STX
	suffix // Ctrl+C: and end it with ETX; outside of a burst a plain key
	follow // ArrowDown: what iOS makes of the LF after a CR
	group  // F8: a group separator inside a burst, a plain key outside
)

// classify returns what e is and, for a char, which.
func classify(e Event) (kind, rune) {
	switch e.Code {
	case "ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "CapsLock", "NumLock",
		"AltLeft", "AltRight", "MetaLeft", "MetaRight":
		return modifier, 0
	case "Enter", "NumpadEnter", "Tab":
		if e.Shift || e.Ctrl || e.Alt || e.Meta {
			return other, 0
		}
		return ending, 0
	case "ArrowDown":
		return follow, 0
	case "F8":
		return group, 0
	}
	if e.Ctrl && !e.Alt && !e.Meta {
		switch e.Code {
		case "BracketRight":
			return char, GS
		case "KeyM", "KeyJ":
			return ending, 0
		case "KeyB":
			return prefix, 0
		case "KeyC":
			return suffix, 0
		}
		return other, 0
	}
	if e.Alt || e.Meta {
		return other, 0
	}
	if c, ok := plain(e.Code, e.Shift); ok {
		return char, c
	}
	if e.Code == "" || e.Code == "Unidentified" {
		return unidentified(e.Key)
	}
	return other, 0
}

// unidentified reads keys that come without a code, as from Android.
func unidentified(key string) (kind, rune) {
	switch key {
	case "Enter", "Tab":
		return ending, 0
	case "Shift", "Control", "Alt", "CapsLock", "Meta":
		return modifier, 0
	case string(GS):
		return char, GS
	case string(stx):
		return prefix, 0
	case string(etx):
		return suffix, 0
	}
	if len(key) == 1 && key[0] >= ' ' && key[0] < 0x7f {
		return char, rune(key[0])
	}
	return other, 0
}

// signs are the US positions that scanners type in, plain and with Shift.
var signs = map[string][2]rune{
	"Minus": {'-', '_'}, "Equal": {'=', '+'}, "BracketLeft": {'[', '{'}, "BracketRight": {']', '}'},
	"Backslash": {'\\', '|'}, "Semicolon": {';', ':'}, "Quote": {'\'', '"'}, "Backquote": {'`', '~'},
	"Comma": {',', '<'}, "Period": {'.', '>'}, "Slash": {'/', '?'}, "Space": {' ', ' '},
	"NumpadAdd": {'+', '+'}, "NumpadSubtract": {'-', '-'}, "NumpadMultiply": {'*', '*'},
	"NumpadDivide": {'/', '/'}, "NumpadDecimal": {'.', '.'},
}

const shiftedDigits = ")!@#$%^&*("

// plain returns the character that a US keyboard types with the key.
func plain(code string, shift bool) (rune, bool) {
	if pair, ok := signs[code]; ok {
		if shift {
			return pair[1], true
		}
		return pair[0], true
	}
	switch {
	case len(code) == 6 && code[:5] == "Digit" && code[5] >= '0' && code[5] <= '9':
		if shift {
			return rune(shiftedDigits[code[5]-'0']), true
		}
		return rune(code[5]), true
	case len(code) == 4 && code[:3] == "Key" && code[3] >= 'A' && code[3] <= 'Z':
		if shift {
			return rune(code[3]), true
		}
		return rune(code[3] + 'a' - 'A'), true
	}
	if digit, ok := numpadDigit(code); ok {
		return digit, true
	}
	return 0, false
}

func numpadDigit(code string) (rune, bool) {
	if len(code) == 7 && code[:6] == "Numpad" && code[6] >= '0' && code[6] <= '9' {
		return rune(code[6]), true
	}
	return 0, false
}

// altRune returns the character of an Alt code typed on the number pad: Alt+029
// is the group separator.
func altRune(digits string) (rune, bool) {
	n, err := strconv.Atoi(digits)
	if err != nil || n <= 0 || n >= 0x7f {
		return 0, false
	}
	return rune(n), true
}
