package register

import (
	"time"

	"tillsight/app/bridge"
	"tillsight/app/scanner"
	"tillsight/shared/money"
)

// reflex is how long after a change of the screen nobody can have seen what is
// on it: a press within it was aimed at what stood there before.
const reflex = 500 * time.Millisecond

// face is what a press is aimed at. Another face has other buttons in the same
// places, or the same ones mean other sums.
type face struct {
	phase  bridge.Phase
	screen screen
	sheet  string
	taken  money.Amount
	age    int
	guess  bool
	doubt  string
}

// guard keeps presses that commit from being made by reflex: by the second half
// of a double tap, or by a key that is still held down.
type guard struct {
	face  face      // that is drawn
	since time.Time // when it was; zero: not yet
}

func (r *register) face() face {
	return face{phase: r.State.Phase, screen: r.screen, sheet: r.sheetID(), taken: r.basket.Taken, age: r.basket.Age, guess: r.find.guessed, doubt: r.Doubt}
}

// watch notes that another face is being drawn.
func (r *register) watch() {
	if now, was := r.face(), r.guard.face; now != was {
		if now.phase != was.phase || now.screen != was.screen || now.sheet != was.sheet {
			r.Doubt, now.doubt = "", ""
		}
		r.guard = guard{face: now}
		r.Later(func() {
			r.guard.since = r.Now()
			time.AfterFunc(reflex, func() { r.On(func() {}) })
		})
	}
}

// hasty reports whether a press made so long ago came before anybody could have
// seen what stands there now.
func (r *register) hasty(age time.Duration) bool {
	return r.face() != r.guard.face || r.guard.since.IsZero() || r.Now().Add(-age).Sub(r.guard.since) < reflex
}

// clicked reports whether a click has to be kept from a button that commits.
func (r *register) clicked(age time.Duration, commits bool) bool { return commits && r.hasty(age) }

// withheld reports whether a key does nothing: it is held down and would repeat
// what was meant once, or it commits something that nobody has seen.
func (r *register) withheld(k scanner.Key, c command) bool {
	switch k.Name {
	case "Enter", "Escape", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12":
		if k.Repeat {
			return true
		}
	}
	return r.commits(k, c) && r.hasty(k.Age)
}

// commits reports whether a key does something that can't be taken back.
func (r *register) commits(k scanner.Key, c command) bool {
	switch {
	case r.sheet != nil || r.State.Phase != bridge.PhaseSelling:
		return k.Name == "Enter" && !k.Ctrl && !k.Alt
	case r.screen == screenSell && (r.find.guessed || r.Doubt != ""):
		return k.Name == "Enter" || k.Name == "F3"
	case r.screen == screenPay:
		return c == commandPay || c == commandCard || c == commandEnter
	}
	return c == commandNext
}
