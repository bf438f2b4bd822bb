package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Rewritten is the text of a field after the program has made now of what it
// knew there, was: what hands have added since stays behind it.
func Rewritten(text, was, now string) string {
	if since, same := strings.CutPrefix(text, was); same {
		return now + since
	}
	return now
}

// Rewrite makes now of was in the field id at once: the framework would do it on
// its next tick, over what a quick hand has typed meanwhile.
func Rewrite(id, was, now string) {
	field := app.Window().GetElementByID(id)
	if !field.Truthy() {
		return
	}
	text := field.Get("value").String()
	if rewritten := Rewritten(text, was, now); rewritten != text {
		field.Set("value", rewritten)
	}
}

// set makes the text of the field id.
func set(id, text string) {
	if field := app.Window().GetElementByID(id); field.Truthy() && field.Get("value").String() != text {
		field.Set("value", text)
	}
}
