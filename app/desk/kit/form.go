package kit

import (
	"context"

	"tillsight/shared/errcode"
)

// Form is something being made or changed: the draft of a person, and what the
// server said of it. A is the server's answer to saving.
type Form[T, A any] struct {
	Draft T
	Seen  int // version that the draft was made of; 0: new
	Rev   int // rises when the program sets texts: fields show them anew

	Failed func(*errcode.Error) // hears why a draft could not be saved; nil: only the form shows it

	busy  bool
	fault *errcode.Error
	found []Problem
}

// Problem is what is wrong with a field.
type Problem struct {
	Field string // path of the field: "steps[0].from"
	Code  string
	Line  int // of a text, from 1; 0: none
	At    int // within the line, from 1
}

// Edited forgets what was said of the draft before it changed.
func (f *Form[T, A]) Edited() { f.fault, f.found = nil, nil }

// Set changes the draft by the program: its fields show the new texts.
func (f *Form[T, A]) Set(change func(*T)) {
	change(&f.Draft)
	f.Rev++
	f.Edited()
}

// Busy reports whether the draft is being saved.
func (f *Form[T, A]) Busy() bool { return f.busy }

// Fault is why the draft could not be saved; nil: nothing.
func (f *Form[T, A]) Fault() *errcode.Error { return f.fault }

// Found are the problems that the server found in fields.
func (f *Form[T, A]) Found() []Problem { return f.found }

// Save saves the draft once. take reads the answer: the problems that were found
// instead, none when the draft is saved.
func (f *Form[T, A]) Save(d *Desk, save func(context.Context) (A, error), take func(A) []Problem) {
	if f.busy {
		return
	}
	f.busy = true
	f.Edited()
	Call(d, save, func(answer A, e *errcode.Error) {
		f.busy, f.fault = false, e
		switch {
		case e == nil:
			f.found = take(answer)
		case f.Failed != nil:
			f.Failed(e)
		}
	})
}
