package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

const findID = "find"

// drawEntry draws the right side: input, message, goods, keys.
func (r *register) drawEntry() app.UI {
	return app.Section().Class("entry").Body(
		r.find.draw(),
		r.DrawStrip(),
		app.If(r.Strip.Text == "" && r.Waiting <= 3, r.basket.drawNewest),
		r.drawGoods(),
		app.If(r.find.letters, func() app.UI { return &letters{R: r, Lang: r.Lang} }).Else(func() app.UI { return r.drawKeys() }),
	)
}

func (r *register) drawKeys() app.UI {
	return &keys{R: r, Lang: r.Lang, Price: r.find.price, Ready: r.basket.Open() && r.basket.Count > 0, Parked: r.State.Parked, Voided: r.basket.voided()}
}

// drawGoods draws what a search found, or the quick keys, in the same place.
func (r *register) drawGoods() app.UI {
	if r.find.shown || len(r.find.results) > 0 {
		return &results{R: r, Rev: r.Rev}
	}
	if r.camera.open != nil {
		return &cameraPane{R: r, Rev: r.Rev}
	}
	return &quickKeys{R: r, Lang: r.Lang, Group: r.quick.group, Rev: r.quick.rev}
}

func picture(p bridge.Product) string {
	if p.Picture == "" || len(p.Picture) > 16 {
		return "▢"
	}
	return p.Picture
}

// keys is the keypad with the actions and the button to pay.
type keys struct {
	app.Compo

	R      *register
	Lang   i18n.Lang
	Price  bool // asking for a price
	Ready  bool // something to pay for
	Voided bool // the line of the moment is voided
	Parked int  // receipts that can be recalled
}

// Render draws the keys.
func (k *keys) Render() app.UI {
	r := k.R
	return app.Div().Class("keys").Body(
		&ui.Keypad{Left: r.DecimalSign(), Delete: r.Lang.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { r.Rev++; r.keypad(key) }},
		app.Div().Class("actions").Body(
			app.Range(actions).Slice(func(i int) app.UI {
				return app.If(actions[i].place == besideKeypad, func() app.UI { return k.button(&actions[i]) })
			}),
		),
		&ui.Button{ID: "pay", Label: r.Lang.T(i18n.ActPay), Key: "F12", Kind: ui.Primary, Class: "pay", Disabled: !k.Ready,
			OnPress: r.Press(r.pay.open)},
	)
}

func (k *keys) button(a *action) app.UI {
	label := k.R.Lang.T(a.label)
	if a.id == "void" && k.Voided {
		label = k.R.Lang.T(i18n.Undo)
	}
	if a.id == "recall" && k.Parked > 0 {
		label = k.R.Lang.T(i18n.RecallCount, "n", k.Parked)
	}
	return &ui.Button{ID: "act-" + a.id, Label: label, Key: keyName(a.key), Class: "action", Toggle: a.id == "price",
		Pressed: a.id == "price" && k.Price, OnPress: k.R.Press(func() { k.R.act(*a) })}
}
