package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Tone is what a colour means.
type Tone string

// Tones, as CSS classes.
const (
	Good Tone = "good" // in order
	Busy Tone = "busy" // in order, something is on its way
	Warn Tone = "warn" // needs somebody
	Bad  Tone = "bad"  // stops the work
)

// StatusLight is a dot with words; the tone is said in words too.
func StatusLight(tone Tone, text string) app.UI {
	return app.Span().Class("light").Class(string(tone)).Body(
		app.Span().Class("light-dot").Aria("hidden", true),
		app.Span().Class("light-text").Text(text),
	)
}

// EmptyState says what goes here and how to start.
func EmptyState(sign, title, how string) app.UI {
	return app.Div().Class("empty").Body(
		app.Div().Class("empty-sign").Aria("hidden", true).Text(sign),
		app.P().Class("empty-title").Text(title),
		app.P().Class("empty-how").Text(how),
	)
}

// ErrorBox says what happened; a press shows the code that support asks for.
func ErrorBox(sentence, codeLabel, code string) app.UI {
	return app.Div().Class("error").Role("alert").Body(
		app.P().Class("error-text").Text(sentence),
		app.Details().Class("error-code").Body(app.Summary().Text(codeLabel), app.Code().Text(code)),
	)
}

// ProgressBar shows done of total; a total of 0 is not known yet.
func ProgressBar(done, total int64) app.UI {
	bar := app.Progress().Class("progress")
	if total > 0 {
		bar.Max(float64(total)).Value(done)
	}
	return bar
}

// Toast is a short message with at most one thing to do. It lies in the flow
// of the page and covers nothing.
func Toast(tone Tone, text string, action app.UI) app.UI {
	return app.Div().Class("toast").Class(string(tone)).Role("status").Body(
		app.Span().Class("toast-text").Text(text), action,
	)
}

// Sheet is a native dialog with a title; open it with ShowModal after it is
// drawn. When the browser closes it by itself, closing is pressed.
func Sheet(id, title, class string, closing *Button, body ...app.UI) app.UI {
	return app.Dialog().ID("%s", id).Class("sheet").Class(class).Aria("labelledby", id+"-title").On("close", closing.click).Body(
		app.Header().Class("sheet-head").Body(
			app.H2().ID("%s", id+"-title").Class("sheet-title").Text(title),
			closing,
		),
		app.Div().Class("sheet-body").Body(body...),
	)
}
