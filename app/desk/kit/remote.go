package kit

import (
	"cmp"
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
)

// Remote is something of the server that a page shows: being loaded, there, or
// an error with its code.
type Remote[T any] struct {
	Again string // ID of the button that loads it anew; "": "load-again"

	value T
	there bool
	busy  bool
	fault *errcode.Error
	round int
	again func()
}

// Load asks for the value, in place of what was asked before; then, which may be
// nil, is called with every value that comes. What is there stays until then.
func (r *Remote[T]) Load(d *Desk, ask func(context.Context) (T, error), then func(*T)) {
	r.round++
	round := r.round
	r.busy, r.fault = true, nil
	r.again = func() { r.Load(d, ask, then) }
	Call(d, ask, func(value T, e *errcode.Error) {
		if round != r.round {
			return
		}
		if r.busy, r.fault = false, e; e != nil {
			return
		}
		r.value, r.there = value, true
		if then != nil {
			then(&r.value)
		}
	})
}

// Value is what was loaded last, to be read and changed; nil for nothing yet.
func (r *Remote[T]) Value() *T {
	if !r.there {
		return nil
	}
	return &r.value
}

// Busy reports whether an answer is awaited.
func (r *Remote[T]) Busy() bool { return r.busy }

// Draw draws the value, or why there is none; a failure to load it anew stands
// above what is there.
func (r *Remote[T]) Draw(d *Desk, draw func(*T) app.UI) app.UI {
	fault := app.UI(app.Span().Hidden(true))
	if r.fault != nil {
		fault = app.Div().Class("board-state").Body(d.ErrorBox(r.fault),
			&ui.Button{ID: cmp.Or(r.Again, "load-again"), Label: d.Lang.T(i18n.DeskAgain), OnPress: d.Press(r.again)})
	}
	switch {
	case r.there:
		return app.Div().Class("remote").Aria("busy", r.busy).Body(fault, draw(&r.value))
	case r.fault != nil:
		return fault
	}
	return app.Div().Class("remote").Aria("busy", true)
}
