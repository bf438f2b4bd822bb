package scanner

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Timing of bursts. Wired scanners type a key every 2 to 15 ms, Bluetooth ones
// up to 100 with some jitter. A person who types a short number that fast is
// taken for a scanner, which does no harm: the page treats short codes as typed.
const (
	Gap      = 150 * time.Millisecond // longest pause inside a scan
	FieldGap = 50 * time.Millisecond  // the same while a text field has the focus
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
	Release string        // type this into the page: the burst was a person's
	Scan    string        // a complete code, "" for none
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
	endless bool // the scan before ended with nothing: pauses divide codes

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
		return r.wait(Verdict{})
	}
	if r.alt {
		if digit, ok := numpadDigit(e.Code); ok {
			r.code += string(digit)
			return Verdict{Swallow: true}
		}
	}
	what, c := classify(e)
	if what == modifier {
		return r.wait(Verdict{})
	}
	ended := r.divide(e)
	verdict := r.take(e, what, c)
	return join(ended, verdict)
}

// Idle ends a burst after which nothing more came.
func (r *Reader) Idle(now time.Duration) Verdict {
	if len(r.burst) == 0 {
		return Verdict{}
	}
	if pause := now - r.last; pause < r.gap() {
		return Verdict{Wait: r.gap() - pause}
	}
	return r.end()
}

// Touched ends a burst because a person has touched the screen: what was held
// has to be in its field before a button is pressed.
func (r *Reader) Touched() Verdict {
	if len(r.burst) == 0 {
		return Verdict{}
	}
	return r.end()
}

func (r *Reader) gap() time.Duration {
	if r.field {
		return FieldGap
	}
	return Gap
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
	next := r.endless && len(r.burst) >= CharsMinEndless && pause > 20*time.Millisecond && pause > 4*r.mean()
	if !late && !next {
		return Verdict{}
	}
	return r.end()
}

// end concludes a burst without an ending: a scan when it was as fast and long
// as one, otherwise a person's keys. In a field it takes a scanner that is known
// to end with nothing: programs, too, type fast into fields.
func (r *Reader) end() Verdict {
	if (!r.field || r.endless) && len(r.burst) >= CharsMinEndless && r.mean() <= MeanEndless {
		r.endless = true
		return r.scan()
	}
	return r.release()
}

func (r *Reader) scan() Verdict {
	verdict := Verdict{Scan: string(r.burst), Restore: r.held < len(r.burst)}
	r.scanned, r.tail = r.last, true
	r.reset()
	return verdict
}

func (r *Reader) release() Verdict {
	verdict := Verdict{Release: strings.Join(r.typed[len(r.typed)-r.held:], "")}
	r.reset()
	return verdict
}

func (r *Reader) reset() {
	r.burst, r.typed, r.held, r.field = r.burst[:0], r.typed[:0], 0, false
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
		r.field, r.first = e.Field, e.At
		// A first space presses the focused button when a person types it.
		if e.Field || c == ' ' {
			r.add(e, c)
			return r.wait(Verdict{})
		}
	}
	r.add(e, c)
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
	if len(r.burst) >= CharsMin {
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
	if c == '\r' || c == '\n' || c == '\t' {
		return join(ended, r.ending(e))
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
		key.Scan = ended.Scan
	}
	return key
}
