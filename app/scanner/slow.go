package scanner

import "time"

// slow finds codes of scanners that are too slow for a burst while a text field
// has the focus: their digits go into the field one by one, as a person's do. A
// number with a right check digit at the pace of a machine is a scan all the
// same, and the field gets back what it held before.
type slow struct {
	text  []rune
	last  time.Duration
	pause time.Duration // longest between two digits
}

// Timing of slow scans into a field.
const (
	slowGap = 150 * time.Millisecond // longest pause between digits
	slowEnd = 300 * time.Millisecond // after which a code that ends with nothing is one
	// slowEndless is the longest pause in one that ends with nothing, and
	// slowEndlessMin its least length: eight digits are soon typed by hand.
	slowEndless    = 110 * time.Millisecond
	slowEndlessMin = 12
)

// key follows what becomes of e: the verdict on it, or a scan where the digits
// before were one.
func (s *slow) key(e Event, what kind, c rune, verdict Verdict) Verdict {
	switch {
	case verdict.Scan != "" || !e.Field:
		s.text = s.text[:0]
	case what == ending && !e.Repeat && gtin(string(s.text)) && e.At-s.last <= slowGap:
		return Verdict{Swallow: true, Slow: true, Scan: s.take()}
	case what == char && c >= '0' && c <= '9' && !e.Repeat:
		s.add(e.At, c)
	default:
		s.text = s.text[:0]
	}
	return s.after(verdict, e.At)
}

func (s *slow) add(at time.Duration, c rune) {
	if len(s.text) > 0 && at-s.last > slowGap || len(s.text) >= gtinMax {
		s.text = s.text[:0]
	}
	if len(s.text) == 0 {
		s.pause = 0
	} else {
		s.pause = max(s.pause, at-s.last)
	}
	s.text, s.last = append(s.text, c), at
}

// take returns the code and forgets it.
func (s *slow) take() string {
	code := string(s.text)
	s.text = s.text[:0]
	return code
}

// endless reports whether the digits may be a code that nothing follows.
func (s *slow) endless() bool {
	return len(s.text) >= slowEndlessMin && s.pause <= slowEndless && gtin(string(s.text))
}

// after has the reader asked again when nothing else would wake it.
func (s *slow) after(verdict Verdict, now time.Duration) Verdict {
	if verdict.Scan != "" {
		s.text = s.text[:0]
	}
	if verdict.Wait == 0 && s.endless() {
		verdict.Wait = max(time.Millisecond, s.last+slowEnd-now)
	}
	return verdict
}

// idle ends a code after which nothing more came.
func (s *slow) idle(now time.Duration) Verdict {
	if !s.endless() {
		return Verdict{}
	}
	if left := s.last + slowEnd - now; left > 0 {
		return Verdict{Wait: left}
	}
	return Verdict{Slow: true, Scan: s.take()}
}

// begun reports whether the next key that goes into a field is the first digit
// of what may become a code: the field's text is then what it gets back.
func (s *slow) begun() bool { return len(s.text) == 1 }
