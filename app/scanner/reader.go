package scanner

import (
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/shared/barcode"
)

// Timing of bursts. Wired scanners type a key every 2 to 15 ms, Bluetooth ones
// up to 100 with some jitter. A person who types a short number that fast is
// taken for a scanner, which does no harm: the page treats short codes as typed.
const (
	Gap      = 150 * time.Millisecond // longest pause inside a scan
	FieldGap = 50 * time.Millisecond  // the same while a text field has the focus
	// Hiccup is the longest pause inside a number that came as fast as only
	// scanners type and is no whole code yet.
	Hiccup = 400 * time.Millisecond
	// MeanEndless is the slowest mean of a scan that ends with nothing.
	MeanEndless = 40 * time.Millisecond
	// Tail is how long after a scan a late Enter still counts as the scanner's.
	Tail = 250 * time.Millisecond

	CharsMin        = 3    // in a scan with an ending
	CharsMinEndless = 6    // in a scan without one
	CharsMax        = 1024 // a part of a parking slip fits
)

// Verdict says what becomes of a key.
type Verdict struct {
	Swallow bool          // the page must not see the key
	Restore bool          // the field gets back the text it had before the burst
	Slow    bool          // or, before the first digit of a code that was too slow for one
	Release string        // type this into the page: the burst was a person's
	Scan    string        // a complete code, "" for none
	Local   string        // the same by the computer's own layout, where that differs
	Wait    time.Duration // call Idle when no key came for so long; 0: not needed
}

// Reader assembles keys into codes. It is not safe for concurrent use; its zero
// value is ready.
type Reader struct {
	burst   []rune   // what a US keyboard would have typed: the scanner's meaning
	typed   []string // what the layout made of the same keys: a person's meaning
	held    int      // how many of burst, from the end, the page has not seen
	field   bool     // burst began while a text field had the focus
	first   time.Duration
	last    time.Duration
	longest time.Duration // pause of the burst
	endless bool          // the scan before ended with nothing: pauses divide codes
	written bool          // the burst stands in the field already
	opened  bool          // the burst began with a prefix: it is no person's
	slow    slow          // digits that went into a field one by one

	half   string // a number that was no whole code: its rest may follow
	halved time.Duration

	scanned time.Duration // when the last scan ended
	tail    bool          // a scan ended and its CR, LF may still follow

	alt  bool
	code string // digits of an Alt code
}

// Key takes one key.
func (r *Reader) Key(e Event) Verdict {
	if e.Code == "AltLeft" || e.Code == "AltRight" {
		return r.altKey(e)
	}
	if e.Up {
		return r.slow.after(r.wait(Verdict{}), e.At)
	}
	if r.alt {
		if digit, ok := numpadDigit(e.Code); ok {
			r.code += string(digit)
			return Verdict{Swallow: true}
		}
	}
	what, c := classify(e)
	if what == modifier {
		return r.slow.after(r.wait(Verdict{}), e.At)
	}
	ended := r.divide(e)
	verdict := r.take(e, what, c)
	return join(ended, r.slow.key(e, what, c, verdict))
}

// Idle ends a burst after which nothing more came.
func (r *Reader) Idle(now time.Duration) Verdict {
	if len(r.burst) == 0 {
		return r.slow.idle(now)
	}
	if pause := now - r.last; pause < r.gap() {
		return Verdict{Wait: r.gap() - pause}
	}
	return r.slow.after(r.end(), now)
}

// Touched ends a burst because a person has touched the screen: what was held
// has to be in its field before a button is pressed.
func (r *Reader) Touched() Verdict {
	r.slow = slow{}
	if len(r.burst) == 0 {
		return Verdict{}
	}
	return r.end()
}

// Unread notes a key of an input method, whose text comes later: what was held
// before it has to be in its place by then.
func (r *Reader) Unread() Verdict {
	if len(r.burst) == 0 || r.written {
		return r.wait(Verdict{})
	}
	return r.release()
}

func (r *Reader) gap() time.Duration {
	switch {
	case r.field:
		return FieldGap
	case r.unfinished():
		return Hiccup
	}
	return Gap
}

// unfinished reports whether the burst is a number that came at the pace of a
// scanner and does not end in its check digit: the rest may follow after a
// hiccup of the line.
func (r *Reader) unfinished() bool {
	return len(r.burst) >= CharsMinEndless && len(r.burst) < eanLength && r.swift() && digits(r.burst) && !gtin(string(r.burst))
}

// Lengths of numbers on goods: of most, and of the longest.
const (
	eanLength = 13
	gtinMax   = 14
)

// gtin reports whether text is a number on goods with a right check digit.
func gtin(text string) bool {
	switch len(text) {
	case numberMin, 12, eanLength, gtinMax:
		return barcode.Valid(text)
	}
	return false
}

func digits(burst []rune) bool {
	for _, c := range burst {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// swift reports whether most keys of the burst came as fast as nobody types; a
// single hiccup is left out.
func (r *Reader) swift() bool {
	return len(r.burst) > 2 && (r.last-r.first-r.longest)/time.Duration(len(r.burst)-2) <= 20*time.Millisecond
}

// mean is the mean pause between the keys of the burst.
func (r *Reader) mean() time.Duration {
	if len(r.burst) < 2 {
		return 0
	}
	return (r.last - r.first) / time.Duration(len(r.burst)-1)
}

// divide ends the burst before e when e comes too late to belong to it.
func (r *Reader) divide(e Event) Verdict {
	if len(r.burst) == 0 {
		return Verdict{}
	}
	pause := e.At - r.last
	late := pause > r.gap()
	next := r.endless && len(r.burst) >= CharsMinEndless && !r.unfinished() && pause > 20*time.Millisecond && pause > 4*r.mean()
	if !late && !next {
		return Verdict{}
	}
	return r.end()
}

// end concludes a burst without an ending: a scan when it was as fast and long
// as one, otherwise a person's keys. In a field it takes a scanner that is known
// to end with nothing: programs, too, type fast into fields.
func (r *Reader) end() Verdict {
	fast := r.mean() <= MeanEndless || r.swift()
	switch {
	case r.opened && len(r.burst) > 0:
		return r.scan()
	case r.field && !r.endless || len(r.burst) < CharsMinEndless || !fast:
		return r.release()
	case digits(r.burst) && !gtin(string(r.burst)) && !r.completes():
		r.half, r.halved = string(r.burst), r.last
		if len(r.burst) < numberMin {
			return r.release() // no number on goods is as short
		}
	}
	r.endless = true
	return r.scan()
}

// numberMin is the length of the shortest number on goods.
const numberMin = 8

// halfLife is how long after its first part the rest of a code may come.
const halfLife = time.Second

// completes reports whether the burst is the rest of a number that a pause has
// torn apart.
func (r *Reader) completes() bool {
	return r.half != "" && r.first-r.halved <= halfLife && digits(r.burst) && gtin(r.half+string(r.burst))
}

func (r *Reader) scan() Verdict {
	verdict := Verdict{Scan: string(r.burst), Local: r.local(), Restore: r.held < len(r.burst)}
	if r.completes() {
		verdict.Scan = r.half + verdict.Scan
		r.half = ""
	}
	r.scanned, r.tail = r.last, true
	r.reset()
	return verdict
}

// local is what the computer's layout made of the burst, "" when that is the
// same or no code.
func (r *Reader) local() string {
	text := strings.Join(r.typed, "")
	if len(r.typed) != len(r.burst) || utf8.RuneCountInString(text) != len(r.burst) || text == string(r.burst) {
		return ""
	}
	for _, c := range text {
		if c < ' ' || c >= 0x7f {
			return ""
		}
	}
	return text
}

func (r *Reader) release() Verdict {
	verdict := Verdict{Release: strings.Join(r.typed[len(r.typed)-r.held:], "")}
	r.reset()
	return verdict
}

func (r *Reader) reset() {
	r.burst, r.typed = r.burst[:0], r.typed[:0]
	r.held, r.field, r.opened = 0, false, false
	r.written, r.longest = false, 0
}

func (r *Reader) take(e Event, what kind, c rune) Verdict {
	if e.Repeat && what != ending {
		return r.pass()
	}
	switch what {
	case char:
		return r.char(e, c)
	case group:
		if len(r.burst) > 0 {
			return r.char(e, GS)
		}
	case ending:
		return r.ending(e)
	case prefix:
		verdict := r.pass()
		verdict.Swallow, r.opened = true, true
		return verdict
	case suffix:
		if len(r.burst) > 0 {
			return r.ending(e)
		}
	case follow:
		if r.tail && e.At-r.scanned <= Gap {
			return Verdict{Swallow: true}
		}
	}
	return r.pass()
}

// pass gives the page what was held and then the key itself.
func (r *Reader) pass() Verdict {
	r.tail = false
	if len(r.burst) == 0 {
		return Verdict{}
	}
	return r.release()
}

func (r *Reader) char(e Event, c rune) Verdict {
	r.tail = false
	if len(r.burst) == 0 {
		r.field, r.first, r.written = e.Field, e.At, e.Input
		// A first space presses the focused button when a person types it.
		if !r.opened && (e.Field || c == ' ') {
			r.add(e, c)
			return r.wait(Verdict{})
		}
	} else {
		r.longest = max(r.longest, e.At-r.last)
	}
	r.add(e, c)
	if e.Input {
		return r.wait(Verdict{}) // it can't be held any more
	}
	r.held++
	if len(r.burst) >= CharsMax {
		return r.release()
	}
	return r.wait(Verdict{Swallow: true})
}

func (r *Reader) add(e Event, c rune) {
	typed := e.Key
	if utf8.RuneCountInString(typed) != 1 || e.Ctrl {
		typed = "" // a named key or a control character types nothing
	}
	r.burst, r.typed, r.last = append(r.burst, c), append(r.typed, typed), e.At
}

func (r *Reader) ending(e Event) Verdict {
	if len(r.burst) >= CharsMin || r.opened && len(r.burst) > 0 {
		r.last, r.endless = e.At, false
		verdict := r.scan()
		verdict.Swallow = true
		return verdict
	}
	if r.tail && len(r.burst) == 0 && e.At-r.scanned <= Tail {
		return Verdict{Swallow: true}
	}
	return r.pass()
}

func (r *Reader) altKey(e Event) Verdict {
	if !e.Up {
		r.alt, r.code = true, ""
		return Verdict{}
	}
	r.alt = false
	c, ok := altRune(r.code)
	if !ok {
		return Verdict{}
	}
	ended := r.divide(e)
	switch c {
	case '\r', '\n', '\t':
		return join(ended, r.ending(e))
	case stx:
		return join(ended, r.take(e, prefix, 0))
	case etx:
		return join(ended, r.take(e, suffix, 0))
	}
	return join(ended, r.char(e, c))
}

func (r *Reader) wait(v Verdict) Verdict {
	if len(r.burst) > 0 {
		v.Wait = r.gap()
	}
	return v
}

// join adds the verdict on a key to the one on the burst that it ended. Both
// can't hold a scan: a key that ends a burst by coming late begins a new one.
func join(ended, key Verdict) Verdict {
	key.Restore = key.Restore || ended.Restore
	key.Release = ended.Release + key.Release
	if ended.Scan != "" {
		key.Scan, key.Local = ended.Scan, ended.Local
	}
	return key
}
