package register

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/quantity"
)

const findID = "find"

// tilesID is the grid of quick keys; with more than tilesSeen there may be some
// out of sight.
const (
	tilesID   = "tiles"
	tilesSeen = 10
)

// drawEntry draws the right side: input, message, goods, keys.
func (r *register) drawEntry() app.UI {
	return app.Section().Class("entry").Body(
		r.drawFind(),
		r.DrawStrip(),
		app.If(r.Strip.Text == "" && r.Waiting <= 3, r.drawNewest),
		r.drawGoods(),
		app.If(r.letters, func() app.UI { return &letters{R: r, Lang: r.Lang} }).Else(func() app.UI { return r.drawKeys() }),
	)
}

func (r *register) drawKeys() app.UI {
	return &keys{R: r, Lang: r.Lang, Price: r.find.price, Ready: r.basket.Open() && r.basket.Count > 0, Parked: r.State.Parked, Voided: r.lineVoided()}
}

func (r *register) lineVoided() bool {
	line, ok := r.basket.Current()
	return ok && line.Voided
}

func (r *register) drawFind() app.UI {
	times := "×1"
	if r.find.times != 0 {
		unit := quantity.Piece
		if r.find.times%quantity.One != 0 {
			unit = quantity.Kilogram
		}
		times = "×" + r.Lang.Quantity(r.find.times, unit)
	}
	class := ""
	if r.find.price {
		class = "asking"
	}
	return app.Div().Class("find").Class(class).Role("search").Body(
		&ui.Button{ID: "letters-open", Label: r.Lang.T(i18n.LettersSign), Class: "letters-open", Name: r.Lang.T(i18n.LettersSign) + " · " + r.Lang.T(i18n.LettersOpen), Toggle: true, Pressed: r.letters,
			OnPress: r.Press(r.toggleLetters)},
		&ui.Field{ID: findID, Value: r.find.text, Rev: r.find.rev, Example: r.Lang.T(i18n.ScanOrType), Unit: "/", Mode: "search",
			OnText:  func(_ app.Context, text string) { r.Rev++; r.typed(text) },
			OnEnter: r.Press(r.enter)},
		&ui.Button{ID: "times", Label: times, Class: "times", Name: times + " · " + r.Lang.T(i18n.Times), Toggle: true, Pressed: r.find.times != 0,
			OnPress: r.Press(r.toggleTimes)},
		&ui.Button{ID: "camera-open", Label: "📷", Class: "camera-open", Name: r.Lang.T(i18n.ActCamera), Toggle: true, Pressed: r.camera != nil,
			OnPress: r.Press(r.toggleCamera)},
	)
}

// toggleTimes makes the typed number the quantity of the next item, or one again.
func (r *register) toggleTimes() {
	if r.find.text == "" {
		r.find.times = 0
		return
	}
	q, err := quantity.Parse(r.find.text, quantity.Kilogram)
	if err != nil || q <= 0 {
		r.Say(ui.Warn, i18n.TimesHow)
		r.Sound(false)
		return
	}
	r.setTimes(q)
}

// setTimes makes q the quantity of the next item.
func (r *register) setTimes(q quantity.Milli) {
	if q >= kit.AbsurdPieces && !r.Sure("times "+q.String(), r.Lang.T(i18n.SureTimes, "n", r.Lang.Quantity(q, quantity.Piece))) {
		r.write(strings.TrimSuffix(r.find.text, "*"))
		return
	}
	r.find.times = q
	r.clearFind()
}

// drawGoods draws what a search found, or the quick keys, in the same place.
func (r *register) drawGoods() app.UI {
	if r.find.shown || len(r.find.results) > 0 {
		return &results{R: r, Rev: r.Rev}
	}
	if r.camera != nil {
		return &cameraPane{R: r, Rev: r.Rev}
	}
	return &quickKeys{R: r, Lang: r.Lang, Group: r.group, Rev: r.quickRev}
}

func picture(p bridge.Product) string {
	if p.Picture == "" || len(p.Picture) > 16 {
		return "▢"
	}
	return p.Picture
}

// quickKeys is the grid of goods without a scan, by group.
type quickKeys struct {
	app.Compo

	R     *register
	Lang  i18n.Lang
	Group int
	Rev   int // of the keys
}

// Render draws the grid.
func (q *quickKeys) Render() app.UI {
	r := q.R
	if len(r.quick) == 0 {
		return app.Div().Class("goods").Body(ui.EmptyState("▦", r.Lang.T(i18n.NoQuickKeys), r.Lang.T(i18n.NoQuickHow)))
	}
	shown := r.quick[min(r.group, len(r.quick)-1)]
	return app.Div().Class("goods quick").Body(
		app.If(len(r.quick) > 1, func() app.UI {
			return app.Div().Class("tabs").Role("tablist").Body(
				app.Range(r.quick).Slice(func(i int) app.UI {
					name := r.quick[i].Name.In(string(r.Lang))
					if name == "" {
						name = r.Lang.T(i18n.QuickOther)
					}
					return app.Button().Type("button").Class("tab").Role("tab").DataSet("i", i).DataSet("colour", string(r.quick[i].Colour)).
						Aria("selected", i == r.group).OnClick(q.tab).Text(name)
				}))
		}),
		app.If(len(shown.Keys) > tilesSeen, func() app.UI {
			return app.Div().Class("tiles-turn").Body(
				&ui.Button{ID: "tiles-up", Label: "▲", Name: r.Lang.T(i18n.QuickUp), Kind: ui.Quiet, OnPress: func(app.Context) { ui.Turn(tilesID, -1) }},
				&ui.Button{ID: "tiles-down", Label: "▼", Name: r.Lang.T(i18n.QuickDown), Kind: ui.Quiet, OnPress: func(app.Context) { ui.Turn(tilesID, 1) }},
			)
		}),
		app.Div().ID(tilesID).Class("tiles").Body(
			app.Range(shown.Keys).Slice(func(i int) app.UI { return q.tile(i, shown.Keys[i]) }),
		),
	)
}

func (q *quickKeys) tile(i int, p bridge.Product) app.UI {
	price := q.R.Lang.T(i18n.NoPriceShort)
	if !p.NoPrice {
		price = q.R.Lang.Money(p.Amount, q.R.Currency())
	}
	class := "tile"
	if p.Stopped {
		class += " stopped"
	}
	return app.Button().Type("button").Class(class).DataSet("colour", string(p.Colour)).DataSet("i", i).DataSet("sku", string(p.SKU)).OnClick(q.click).Body(
		app.Span().Class("tile-sign").Aria("hidden", true).Text(picture(p)),
		app.Span().Class("tile-name").Text(p.Name.In(string(q.R.Lang))),
		app.Span().Class("tile-price").Text(price),
	)
}

func (q *quickKeys) index(ctx app.Context) int {
	i, err := strconv.Atoi(ctx.JSSrc().Get("dataset").Get("i").String())
	if err != nil {
		return -1
	}
	return i
}

func (q *quickKeys) tab(ctx app.Context, _ app.Event) {
	if i := q.index(ctx); i >= 0 && i < len(q.R.quick) {
		q.R.group = i
		q.R.Rev++
	}
}

func (q *quickKeys) click(ctx app.Context, _ app.Event) {
	shown := q.R.quick[min(q.R.group, len(q.R.quick)-1)]
	if i := q.index(ctx); i >= 0 && i < len(shown.Keys) {
		q.R.Rev++
		q.R.pick(shown.Keys[i])
	}
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
			OnPress: r.Press(r.openPay)},
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
