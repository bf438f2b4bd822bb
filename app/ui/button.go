package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Button kinds, as CSS classes.
const (
	Primary = "primary" // the one thing to do next
	Danger  = "danger"  // can't be undone
	Quiet   = "quiet"   // no border
	Plain   = ""
)

// Button is a labelled button with the key that does the same.
type Button struct {
	app.Compo

	ID       string
	Label    string
	Note     string // a smaller second line
	Key      string // "F12"
	Kind     string
	Class    string // further classes
	Name     string // for screen readers when Label is a sign
	Disabled bool
	Pressed  bool // of a toggle that is on
	Toggle   bool
	OnPress  Press
}

// Render draws the button.
func (b *Button) Render() app.UI {
	button := app.Button().Type("button").Class("button").Class(b.Kind).Class(b.Class).
		Disabled(b.Disabled).OnClick(b.click)
	if b.ID != "" {
		button.ID("%s", b.ID)
	}
	if b.Name != "" {
		button.Aria("label", b.Name)
	}
	if b.Toggle {
		button.Aria("pressed", b.Pressed)
	}
	if b.Key != "" {
		button.Attr("aria-keyshortcuts", b.Key)
	}
	return button.Body(
		app.Span().Class("button-label").Text(b.Label),
		app.If(b.Note != "", func() app.UI { return app.Span().Class("button-note").Text(b.Note) }),
		app.If(b.Key != "", func() app.UI { return app.Kbd().Class("button-key").Text(b.Key) }),
	)
}

func (b *Button) click(ctx app.Context, _ app.Event) {
	if b.OnPress != nil && !b.Disabled {
		b.OnPress(ctx)
	}
}
