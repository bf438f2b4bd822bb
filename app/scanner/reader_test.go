package scanner

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

const ms = time.Millisecond

// page is what a page makes of verdicts: the field's text, scans, keys that
// reached a button.
type page struct {
	t       *testing.T
	reader  Reader
	now     time.Duration
	focused bool
	field   string // text of the focused field
	before  string // the field before the burst
	slow    string // and before the first digit of a slow code
	typed   string // text typed without a field
	scans   []string
	local   []string
	pressed []string // named keys that came through
}

func (p *page) apply(v Verdict) {
	switch {
	case v.Slow && p.focused:
		p.field = p.slow
	case v.Restore && p.focused:
		p.field = p.before
	}
	if v.Release != "" {
		if p.focused {
			p.field += v.Release
		} else {
			p.typed += v.Release
		}
	}
	if v.Scan != "" {
		p.scans = append(p.scans, v.Scan)
		p.local = append(p.local, v.Local)
	}
}

// press sends e after pause and lets the reader's timer run before it.
func (p *page) press(pause time.Duration, e Event) {
	p.idle(pause)
	e.At, e.Field = p.now, p.focused
	begun := p.reader.slow.begun()
	field := p.field
	if e.Input {
		p.field += e.Key
	}
	verdict := p.reader.Key(e)
	if p.reader.slow.begun() && !begun {
		p.slow = field
	}
	p.apply(verdict)
	if e.Input {
		if verdict.Wait > 0 && len(p.reader.burst) == 1 {
			p.before = field
		}
		return
	}
	if verdict.Swallow || e.Up {
		return
	}
	what, _ := classify(e)
	switch {
	case what == char && e.Field:
		if verdict.Wait > 0 {
			p.before = p.field
		}
		p.field += e.Key
	case what == char:
		p.typed += e.Key
	case what != modifier:
		p.pressed = append(p.pressed, e.Code)
	}
}

// idle lets time pass as a page does: the timer runs at its due time.
func (p *page) idle(pause time.Duration) {
	end := p.now + pause
	if at := p.reader.last + p.reader.gap(); end > at && len(p.reader.burst) > 0 {
		p.apply(p.reader.Idle(at))
	}
	if at := p.reader.slow.last + slowEnd; end > at {
		p.apply(p.reader.Idle(at))
	}
	p.now = end
}

// typeKeys sends text as keys of a US keyboard.
func (p *page) typeKeys(pause time.Duration, text string) {
	for _, c := range text {
		p.press(pause, keyOf(p.t, c))
	}
}

func keyOf(t *testing.T, c rune) Event {
	t.Helper()
	switch {
	case c == '\r':
		return Event{Code: "Enter", Key: "Enter"}
	case c == '\t':
		return Event{Code: "Tab", Key: "Tab"}
	case c == GS:
		return Event{Code: "BracketRight", Key: "]", Ctrl: true}
	case c >= '0' && c <= '9':
		return Event{Code: "Digit" + string(c), Key: string(c)}
	case c >= 'a' && c <= 'z':
		return Event{Code: "Key" + strings.ToUpper(string(c)), Key: string(c)}
	case c >= 'A' && c <= 'Z':
		return Event{Code: "Key" + string(c), Key: string(c), Shift: true}
	}
	for code, pair := range signs {
		if pair[0] == c {
			return Event{Code: code, Key: string(c)}
		}
		if pair[1] == c {
			return Event{Code: code, Key: string(c), Shift: true}
		}
	}
	t.Fatalf("no key for %q", c)
	return Event{}
}

// altCode types a character by its number, as scanners do that know no keys.
func (p *page) altCode(number string) {
	p.press(3*ms, Event{Code: "AltLeft", Key: "Alt", Alt: true})
	for _, d := range number {
		p.press(3*ms, Event{Code: "Numpad" + string(d), Key: string(d), Alt: true})
	}
	p.press(3*ms, Event{Code: "AltLeft", Key: "Alt", Up: true})
}

// Codes whose check digits are right.
const cola, bun = "4620937000117", "4600682000013"

const milk, bread = "4607012345678", "4600682000013"

func TestReader(t *testing.T) {
	tests := []struct {
		name    string
		focused bool
		keys    func(p *page)
		scans   []string
		field   string
		typed   string
		pressed []string
	}{
		{name: "fast scanner with CR", keys: func(p *page) { p.typeKeys(3*ms, milk+"\r") }, scans: []string{milk}},
		{name: "Tab ends too", keys: func(p *page) { p.typeKeys(3*ms, milk+"\t") }, scans: []string{milk}},
		{name: "Bluetooth, 120 ms a key", keys: func(p *page) { p.typeKeys(120*ms, milk+"\r") }, scans: []string{milk}},
		{name: "no ending", keys: func(p *page) { p.typeKeys(5*ms, milk); p.idle(time.Second) }, scans: []string{milk}},
		{name: "no ending, two in a row", keys: func(p *page) {
			p.typeKeys(3*ms, milk)
			p.idle(time.Second)
			p.typeKeys(3*ms, milk)
			p.idle(40 * ms)
			p.typeKeys(3*ms, bread)
			p.idle(time.Second)
		}, scans: []string{milk, milk, bread}},
		{name: "two scanners, one after the other without a pause", keys: func(p *page) {
			p.typeKeys(2*ms, milk+"\r"+bread+"\r")
		}, scans: []string{milk, bread}},
		{name: "a pause inside a code of a scanner that ends with CR", keys: func(p *page) {
			p.typeKeys(3*ms, milk[:7])
			p.idle(60 * ms)
			p.typeKeys(3*ms, milk[7:]+"\r")
		}, scans: []string{milk}},
		{name: "CR LF", keys: func(p *page) {
			p.typeKeys(3*ms, milk+"\r")
			p.press(3*ms, Event{Code: "KeyJ", Key: "j", Ctrl: true})
		}, scans: []string{milk}},
		{name: "CR and the ArrowDown of iOS", keys: func(p *page) {
			p.typeKeys(3*ms, milk+"\r")
			p.press(3*ms, Event{Code: "ArrowDown", Key: "ArrowDown"})
		}, scans: []string{milk}},
		{name: "late Enter after an endless scan presses nothing", keys: func(p *page) {
			p.typeKeys(3*ms, milk)
			p.press(200*ms, Event{Code: "Enter", Key: "Enter"})
		}, scans: []string{milk}},
		{name: "a person's Enter presses the button", keys: func(p *page) {
			p.typeKeys(3*ms, milk+"\r")
			p.press(time.Second, Event{Code: "Enter", Key: "Enter"})
		}, scans: []string{milk}, pressed: []string{"Enter"}},
		{name: "Russian layout", keys: func(p *page) {
			p.press(3*ms, Event{Code: "KeyA", Key: "Ф", Shift: true})
			p.press(3*ms, Event{Code: "KeyB", Key: "и"})
			p.press(3*ms, Event{Code: "Slash", Key: "."})
			p.press(3*ms, Event{Code: "Enter", Key: "Enter"})
		}, scans: []string{"Ab/"}},
		{name: "CapsLock on", keys: func(p *page) {
			p.press(3*ms, Event{Code: "KeyA", Key: "a", Shift: true})
			p.press(3*ms, Event{Code: "KeyB", Key: "B"})
			p.press(3*ms, Event{Code: "Digit1", Key: "1"})
			p.press(3*ms, Event{Code: "Enter", Key: "Enter"})
		}, scans: []string{"Ab1"}},
		{name: "Shift and CapsLock keys inside", keys: func(p *page) {
			p.typeKeys(3*ms, "A1")
			p.press(ms, Event{Code: "ShiftLeft", Key: "Shift", Shift: true})
			p.press(ms, Event{Code: "CapsLock", Key: "CapsLock"})
			p.typeKeys(3*ms, "B2\r")
		}, scans: []string{"A1B2"}},
		{name: "GS as Ctrl+]", keys: func(p *page) { p.typeKeys(3*ms, "0104\x1d21x\r") }, scans: []string{"0104\x1d21x"}},
		{name: "GS as F8", keys: func(p *page) {
			p.typeKeys(3*ms, "0104")
			p.press(3*ms, Event{Code: "F8", Key: "F8"})
			p.typeKeys(3*ms, "21x\r")
		}, scans: []string{"0104\x1d21x"}},
		{name: "GS as Alt+029", keys: func(p *page) {
			p.typeKeys(3*ms, "0104")
			p.press(3*ms, Event{Code: "AltLeft", Key: "Alt", Alt: true})
			for _, d := range "029" {
				p.press(3*ms, Event{Code: "Numpad" + string(d), Key: string(d), Alt: true})
			}
			p.press(3*ms, Event{Code: "AltLeft", Key: "Alt", Up: true})
			p.typeKeys(3*ms, "21x\r")
		}, scans: []string{"0104\x1d21x"}},
		{name: "F8 alone is a key", keys: func(p *page) { p.press(ms, Event{Code: "F8", Key: "F8"}) }, pressed: []string{"F8"}},
		{name: "Android without codes", keys: func(p *page) {
			for _, c := range "4607" {
				p.press(3*ms, Event{Code: "Unidentified", Key: string(c)})
			}
			p.press(3*ms, Event{Code: "", Key: "Enter"})
		}, scans: []string{"4607"}},
		{name: "number pad", keys: func(p *page) {
			for _, c := range "4607" {
				p.press(3*ms, Event{Code: "Numpad" + string(c), Key: string(c)})
			}
			p.press(3*ms, Event{Code: "NumpadEnter", Key: "Enter"})
		}, scans: []string{"4607"}},
		{name: "scan while a field has the focus leaves the field alone", focused: true, keys: func(p *page) {
			p.field = "mil"
			p.typeKeys(3*ms, milk+"\r")
		}, scans: []string{milk}, field: "mil"},
		{name: "a program types into a field", focused: true, keys: func(p *page) {
			p.typeKeys(3*ms, "ABC12-DEF34")
			p.idle(time.Second)
		}, field: "ABC12-DEF34"},
		{name: "a known endless scanner while a field has the focus", keys: func(p *page) {
			p.typeKeys(3*ms, milk)
			p.idle(time.Second)
			p.focused, p.field = true, "mil"
			p.typeKeys(3*ms, bread)
			p.idle(time.Second)
		}, scans: []string{milk, bread}, field: "mil"},
		{name: "a person types into a field", focused: true, keys: func(p *page) {
			p.typeKeys(150*ms, "milk")
			p.press(200*ms, Event{Code: "Enter", Key: "Enter"})
		}, field: "milk", pressed: []string{"Enter"}},
		{name: "rolled keys stay in order", focused: true, keys: func(p *page) {
			p.typeKeys(150*ms, "m")
			p.typeKeys(20*ms, "il")
			p.typeKeys(150*ms, "k")
			p.idle(time.Second)
		}, field: "milk"},
		{name: "rolled keys before Backspace", focused: true, keys: func(p *page) {
			p.typeKeys(20*ms, "mi")
			p.press(20*ms, Event{Code: "Backspace", Key: "Backspace"})
		}, field: "mi", pressed: []string{"Backspace"}},
		{name: "a person types Russian without a field", keys: func(p *page) {
			p.press(200*ms, Event{Code: "KeyV", Key: "м"})
			p.press(200*ms, Event{Code: "KeyJ", Key: "о"})
			p.idle(time.Second)
		}, typed: "мо"},
		{name: "a held key is a person's", keys: func(p *page) {
			p.press(3*ms, Event{Code: "Digit1", Key: "1"})
			for range 5 {
				p.press(30*ms, Event{Code: "Digit1", Key: "1", Repeat: true})
			}
			p.idle(time.Second)
		}, typed: "111111"},
		{name: "short burst with Enter is a person's", keys: func(p *page) { p.typeKeys(20*ms, "12\r") },
			typed: "12", pressed: []string{"Enter"}},
		{name: "STX and ETX around a code", keys: func(p *page) {
			p.press(3*ms, Event{Code: "KeyB", Key: "b", Ctrl: true})
			p.typeKeys(3*ms, milk)
			p.press(3*ms, Event{Code: "KeyC", Key: "c", Ctrl: true})
		}, scans: []string{milk}},
		{name: "STX and ETX around a code, CR behind them, in a field", focused: true, keys: func(p *page) {
			p.field = "mil"
			p.press(3*ms, Event{Code: "KeyB", Key: "b", Ctrl: true})
			p.typeKeys(3*ms, "A1")
			p.press(3*ms, Event{Code: "KeyC", Key: "c", Ctrl: true})
			p.typeKeys(3*ms, "\r")
		}, scans: []string{"A1"}, field: "mil"},
		{name: "STX as Alt+002", keys: func(p *page) {
			p.altCode("002")
			p.typeKeys(3*ms, milk)
			p.altCode("003")
		}, scans: []string{milk}},
		{name: "Bluetooth pace into a field, Enter", focused: true, keys: func(p *page) { p.typeKeys(72*ms, cola+"\r") }, scans: []string{cola}},
		{name: "Bluetooth pace into a field, Tab", focused: true, keys: func(p *page) {
			p.field = "3"
			p.typeKeys(72*ms, cola+"\t"+bun+"\t")
		}, scans: []string{cola, bun}, field: "3"},
		{name: "Bluetooth pace into a field, no ending", focused: true, keys: func(p *page) {
			p.typeKeys(60*ms, cola)
			p.idle(time.Second)
			p.typeKeys(100*ms, bun)
			p.idle(time.Second)
		}, scans: []string{cola, bun}},
		{name: "mixed pace into a field", focused: true, keys: func(p *page) {
			for i, c := range cola {
				p.typeKeys([]time.Duration{3, 70, 40, 90}[i%4]*ms, string(c))
			}
			p.typeKeys(60*ms, "\t")
		}, scans: []string{cola}},
		{name: "a number with a wrong check digit in a field is a person's", focused: true, keys: func(p *page) {
			p.typeKeys(72*ms, "4600000000001\t")
		}, field: "4600000000001", pressed: []string{"Tab"}},
		{name: "a sum typed into a field is a person's", focused: true, keys: func(p *page) { p.typeKeys(120*ms, "12345670"); p.idle(time.Second) }, field: "12345670"},
		{name: "a person types a whole number by hand", focused: true, keys: func(p *page) { p.typeKeys(200*ms, cola+"\r") },
			field: cola, pressed: []string{"Enter"}},
		{name: "an input method writes into a field", focused: true, keys: func(p *page) {
			p.field = "mil"
			for _, c := range cola {
				p.press(3*ms, Event{Key: string(c), Input: true})
			}
			p.press(3*ms, Event{Key: "Enter"})
		}, scans: []string{cola}, field: "mil"},
		{name: "an input method writes slowly", focused: true, keys: func(p *page) {
			for _, c := range cola {
				p.press(80*ms, Event{Key: string(c), Input: true})
			}
			p.idle(time.Second)
		}, scans: []string{cola}},
		{name: "a person writes by an input method", focused: true, keys: func(p *page) {
			for _, c := range "молоко" {
				p.press(130*ms, Event{Key: string(c), Input: true})
			}
			p.press(200*ms, Event{Key: "Enter"})
		}, field: "молоко", pressed: []string{""}},
		{name: "a hiccup inside a code of a scanner without an ending", keys: func(p *page) {
			p.typeKeys(3*ms, cola)
			p.idle(time.Second)
			p.typeKeys(3*ms, cola[:9])
			p.idle(30 * ms)
			p.typeKeys(3*ms, cola[9:])
			p.idle(time.Second)
			p.typeKeys(3*ms, bun[:9])
			p.idle(300 * ms)
			p.typeKeys(3*ms, bun[9:])
			p.idle(time.Second)
		}, scans: []string{cola, cola, bun}},
		{name: "a code torn apart by a long pause is put together again", keys: func(p *page) {
			p.typeKeys(3*ms, cola[:9])
			p.idle(600 * ms)
			p.typeKeys(3*ms, cola[9:]+"\r")
			p.idle(time.Second)
			p.typeKeys(3*ms, "0248\r")
		}, scans: []string{cola[:9], cola, "0248"}},
		{name: "Ctrl+C is not text", keys: func(p *page) {
			p.press(ms, Event{Code: "KeyC", Key: "c", Ctrl: true})
		}, pressed: []string{"KeyC"}},
		{name: "function keys come through", keys: func(p *page) {
			p.typeKeys(3*ms, milk+"\r")
			p.press(50*ms, Event{Code: "F12", Key: "F12"})
		}, scans: []string{milk}, pressed: []string{"F12"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &page{t: t, now: time.Second, focused: tt.focused}
			tt.keys(p)
			if got, want := strings.Join(p.scans, "|"), strings.Join(tt.scans, "|"); got != want {
				t.Errorf("scans %q, want %q", got, want)
			}
			if p.field != tt.field {
				t.Errorf("field %q, want %q", p.field, tt.field)
			}
			if p.typed != tt.typed {
				t.Errorf("typed %q, want %q", p.typed, tt.typed)
			}
			if got, want := strings.Join(p.pressed, " "), strings.Join(tt.pressed, " "); got != want {
				t.Errorf("keys %q, want %q", got, want)
			}
		})
	}
}

// Twenty scans a second for thirty seconds: none lost, none merged.
func TestReaderAtTwentyScansASecond(t *testing.T) {
	p := &page{t: t, now: time.Second}
	const scans = 600
	for i := range scans {
		code := []string{milk, bread}[i%2]
		start := p.now
		p.typeKeys(3*ms, code+"\r")
		p.idle(50*ms - (p.now - start))
	}
	if len(p.scans) != scans {
		t.Fatalf("%d scans, want %d", len(p.scans), scans)
	}
	for i, code := range p.scans {
		if want := []string{milk, bread}[i%2]; code != want {
			t.Fatalf("scan %d is %q, want %q", i, code, want)
		}
	}
	if p.typed != "" || len(p.pressed) != 0 {
		t.Errorf("keys leaked: %q %q", p.typed, p.pressed)
	}
}

// Whatever the pauses, every character arrives exactly once and in order: in a
// scan, in the field, or as typed text.
func TestReaderLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := &page{t: t, now: time.Second, focused: rapid.Bool().Draw(rt, "focused")}
		var sent, got strings.Builder
		keys := rapid.SliceOfN(rapid.RuneFrom([]rune("0123456789abXY]-")), 1, 60).Draw(rt, "keys")
		for _, c := range keys {
			pause := time.Duration(rapid.IntRange(1, 220).Draw(rt, "pause")) * ms
			p.press(pause, keyOf(t, c))
			sent.WriteRune(c)
		}
		p.idle(time.Second)
		all := strings.Join(p.scans, "") + p.field + p.typed
		got.WriteString(all)
		if utf8.RuneCountInString(got.String()) != len(keys) {
			rt.Fatalf("sent %q, got scans %q field %q typed %q", sent.String(), p.scans, p.field, p.typed)
		}
		if len(p.scans) == 0 && p.field+p.typed != sent.String() {
			rt.Fatalf("order: sent %q, got %q", sent.String(), p.field+p.typed)
		}
	})
}

func TestReaderTouchedReleases(t *testing.T) {
	p := &page{t: t, now: time.Second, focused: true}
	p.typeKeys(3*ms, "12,50")
	p.apply(p.reader.Touched())
	if p.field != "12,50" {
		t.Errorf("field %q", p.field)
	}
	if v := p.reader.Touched(); v != (Verdict{}) {
		t.Errorf("a touch without a burst: %+v", v)
	}
}

// What is held goes to the page before an input method writes on.
func TestReaderUnreadReleases(t *testing.T) {
	p := &page{t: t, now: time.Second}
	p.typeKeys(3*ms, "/")
	p.apply(p.reader.Unread())
	if p.typed != "/" {
		t.Errorf("typed %q", p.typed)
	}
	p.focused = true
	p.press(3*ms, Event{Key: "4", Input: true})
	if v := p.reader.Unread(); v.Release != "" || v.Wait == 0 {
		t.Errorf("a burst that is written already: %+v", v)
	}
}

// A key going up must not stop the timer that ends the burst.
func TestReaderKeyUpKeepsTheTimer(t *testing.T) {
	var r Reader
	r.Key(Event{Code: "Digit1", Key: "1", At: time.Second})
	if v := r.Key(Event{Code: "Digit1", Key: "1", Up: true, At: time.Second + ms}); v.Wait == 0 {
		t.Error("no timer after the key went up")
	}
}

func FuzzReader(f *testing.F) {
	f.Add("Digit4", "4", uint16(3), byte(0))
	f.Add("KeyA", "ф", uint16(60), byte(1))
	f.Fuzz(func(t *testing.T, code, key string, pause uint16, flags byte) {
		var r Reader
		at := time.Duration(0)
		for range 8 {
			at += time.Duration(pause) * ms
			r.Key(Event{Code: code, Key: key, Shift: flags&1 != 0, Ctrl: flags&2 != 0, Alt: flags&4 != 0,
				Up: flags&8 != 0, Repeat: flags&16 != 0, Field: flags&32 != 0, At: at})
			r.Key(Event{Code: "AltLeft", Up: flags&64 != 0, At: at})
		}
		r.Idle(at + time.Second)
	})
}

// A scanner set to the layout of its country means what the computer's layout
// makes of its keys; one that takes every computer for a US one does not.
func TestReaderKnowsBothReadings(t *testing.T) {
	german := []Event{
		{Code: "KeyZ", Key: "Y", Shift: true}, {Code: "KeyY", Key: "Z", Shift: true}, {Code: "Slash", Key: "-"},
		{Code: "Digit1", Key: "1"}, {Code: "Digit2", Key: "2"}, {Code: "Digit7", Key: "/", Shift: true}, {Code: "Digit3", Key: "3"}, {Code: "Enter", Key: "Enter"},
	}
	p := &page{t: t, now: time.Second}
	for _, e := range german {
		p.press(3*ms, e)
	}
	p.typeKeys(3*ms, milk+"\r")
	p.press(3*ms, Event{Code: "KeyA", Key: "ф"})
	p.press(3*ms, Event{Code: "Digit1", Key: "1"})
	p.press(3*ms, Event{Code: "Digit1", Key: "1"})
	p.press(3*ms, Event{Code: "Enter", Key: "Enter"})
	if scans, local := strings.Join(p.scans, " "), strings.Join(p.local, "|"); scans != "ZY/12&3 "+milk+" a11" || local != "YZ-12/3||" {
		t.Errorf("scans %q, by the layout %q", scans, local)
	}
}
