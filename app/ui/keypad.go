package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Backspace is what a Keypad reports for its deleting key.
const Backspace = "⌫"

// Keypad is a pad of figures. Its lower left key is a point, a double zero or
// nothing.
type Keypad struct {
	app.Compo

	Left    string // "," "00" or ""
	Delete  string // name of the deleting key for screen readers
	Class   string
	OnPress func(ctx app.Context, key string)
}

// Render draws the pad.
func (k *Keypad) Render() app.UI {
	keys := []string{"7", "8", "9", "4", "5", "6", "1", "2", "3", k.Left, "0", Backspace}
	return app.Div().Class("keypad").Class(k.Class).Body(
		app.Range(keys).Slice(func(i int) app.UI {
			if keys[i] == "" {
				return app.Span()
			}
			button := app.Button().Type("button").Class("key").DataSet("key", keys[i]).
				Text(keys[i]).OnClick(k.click)
			if keys[i] == Backspace {
				button.Aria("label", k.Delete)
			}
			return button
		}),
	)
}

func (k *Keypad) click(ctx app.Context, _ app.Event) {
	if k.OnPress != nil {
		k.OnPress(ctx, ctx.JSSrc().Get("dataset").Get("key").String())
	}
}

// Type returns text after key of a Keypad was pressed. A second decimal sign,
// more than decimals figures behind it and more than most figures are refused.
func Type(text, key string, decimals, most int) string {
	switch key {
	case Backspace:
		runes := []rune(text)
		if len(runes) == 0 {
			return text
		}
		return string(runes[:len(runes)-1])
	case ",", ".":
		if decimals == 0 || strings.ContainsAny(text, ",.") {
			return text
		}
		if text == "" {
			return "0" + key
		}
		return text + key
	}
	for _, digit := range key {
		if digit < '0' || digit > '9' || len(text) >= most {
			return text
		}
		if at := strings.IndexAny(text, ",."); at >= 0 && len(text)-at-1 >= decimals {
			return text
		}
		if text == "0" && decimals > 0 {
			text = ""
		}
		text += string(digit)
	}
	return text
}
