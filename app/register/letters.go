package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// letterRows is the keyboard on the screen, for tills without another one: in
// the order that hands know.
var letterRows = map[i18n.Lang][]string{
	i18n.RU: {"1234567890,", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"},
	i18n.EN: {"1234567890.", "qwertyuiop", "asdfghjkl", "zxcvbnm"},
}

// letters is the keyboard on the screen, in the place of keypad and actions.
type letters struct {
	app.Compo

	R    *register
	Lang i18n.Lang
}

// Render draws the keyboard.
func (l *letters) Render() app.UI {
	rows := letterRows[l.Lang]
	var body []app.UI
	for i, row := range rows {
		var keys []app.UI
		for _, letter := range row {
			keys = append(keys, l.key(string(letter), string(letter), "key letter"))
		}
		if i == len(rows)-1 {
			delete := l.key(ui.Backspace, ui.Backspace, "key letter letter-wide")
			keys = append(keys, delete.Aria("label", l.R.Lang.T(i18n.Backspace)))
		}
		body = append(body, app.Div().Class("letters-row").Body(keys...))
	}
	body = append(body, app.Div().Class("letters-row").Body(
		&ui.Button{ID: "letters-close", Label: l.R.Lang.T(i18n.LettersClose), Class: "letters-side", OnPress: l.R.Press(l.R.find.toggleLetters)},
		l.key(" ", l.R.Lang.T(i18n.LettersSpace), "key letter letters-space"),
		&ui.Button{ID: "letters-go", Label: l.R.Lang.T(i18n.LettersGo), Kind: ui.Primary, Class: "letters-side", OnPress: l.R.Press(l.R.find.enter)},
	))
	return app.Div().ID("letters").Class("letters").Body(body...)
}

func (l *letters) key(key, label, class string) app.HTMLButton {
	return app.Button().Type("button").Class(class).DataSet("key", key).OnClick(l.click).Text(label)
}

func (l *letters) click(ctx app.Context, _ app.Event) {
	key := ctx.JSSrc().Get("dataset").Get("key").String()
	l.R.Rev++
	if key == ui.Backspace {
		l.R.keypad(key)
		return
	}
	l.R.find.write(l.R.find.text + key)
}
