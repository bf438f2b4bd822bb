package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Gate is a card in the middle of an otherwise empty page. languages may be nil.
func Gate(title string, languages app.UI, body ...app.UI) app.UI {
	return app.Div().Class("gate").Body(
		app.Div().Class("gate-card").Body(
			append([]app.UI{
				app.Div().Class("brand").Aria("hidden", true).Body(app.Span().Class("brand-mark"), app.Text("Tillsight")),
				app.If(title != "", func() app.UI { return app.H1().Class("gate-title").Text(title) }),
			}, body...)...),
		app.If(languages != nil, func() app.UI { return languages }),
	)
}

// GateText is a sentence on a Gate that says what to do.
func GateText(text string) app.UI { return app.P().Class("gate-how").Text(text) }
