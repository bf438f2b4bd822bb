package selling

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// keysView is the page on which a manager arranges the till's quick keys. What it
// shows is drawn as the till draws it.
type keysView struct {
	d     *kit.Desk
	grid  wire.QuickKeys
	kept  wire.QuickKeys // as the server has it
	asked bool
	fault *errcode.Error
	said  string
	busy  bool

	group, key int // chosen; key −1: none
	dragged    int
	rev        int // of the fields

	text  string // of the search for goods to add
	round int
	found []catalogue.GoodRow
}

func newKeys(d *kit.Desk) kit.View { return &keysView{d: d, key: -1, dragged: -1} }

// Refresh implements view. What is being changed is not taken away.
func (k *keysView) Refresh() {
	if k.asked && k.changed() {
		return
	}
	k.asked = true
	kit.Call(k.d, office.Asking(k.d.Office.Server, wire.GetQuickKeys, struct{}{}), func(grid wire.QuickKeys, e *errcode.Error) {
		if k.fault = e; e == nil {
			k.take(grid)
		}
	})
}

func (k *keysView) Redraw() {}

// take makes grid what is arranged.
func (k *keysView) take(grid wire.QuickKeys) {
	k.kept, k.grid = grid, cloneGrid(grid)
	k.group = max(0, min(k.group, len(grid.Groups)-1))
	k.key = -1
	k.rev++
}

func cloneGrid(grid wire.QuickKeys) wire.QuickKeys {
	grid.Groups = slices.Clone(grid.Groups)
	for i := range grid.Groups {
		grid.Groups[i].Keys = slices.Clone(grid.Groups[i].Keys)
	}
	return grid
}

// changed reports whether there is something to save.
func (k *keysView) changed() bool {
	return !slices.EqualFunc(k.grid.Groups, k.kept.Groups, func(a, b wire.KeyGroup) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Colour == b.Colour && slices.Equal(a.Keys, b.Keys)
	})
}

// here returns the group of the moment, nil when there is none.
func (k *keysView) here() *wire.KeyGroup {
	if k.group >= len(k.grid.Groups) {
		return nil
	}
	return &k.grid.Groups[k.group]
}

// save sends the whole arrangement; tills have it in seconds.
func (k *keysView) save() {
	k.busy, k.fault, k.said = true, nil, ""
	grid := k.grid
	kit.Call(k.d, office.Asking(k.d.Office.Server, wire.SaveQuickKeys, grid), func(grid wire.QuickKeys, e *errcode.Error) {
		k.busy, k.fault = false, e
		if e == nil {
			k.take(grid)
			k.said = k.d.Lang.T(i18n.KeysSaved)
		}
	})
}

func (k *keysView) addGroup() {
	id := "g" + strconv.FormatInt(k.d.Now().UnixMilli(), 36)
	k.grid.Groups = append(k.grid.Groups, wire.KeyGroup{ID: id, Name: catalogue.Text{RU: k.d.Lang.T(i18n.KeysNewGroup)}, Keys: []wire.Key{}})
	k.group, k.key = len(k.grid.Groups)-1, -1
	k.rev++
}

func (k *keysView) dropGroup() {
	k.grid.Groups = slices.Delete(k.grid.Groups, k.group, k.group+1)
	k.group, k.key = max(0, k.group-1), -1
	k.rev++
}

// moveGroup moves the group of the moment among the others.
func (k *keysView) moveGroup(step int) {
	to := k.group + step
	if to < 0 || to >= len(k.grid.Groups) {
		return
	}
	k.grid.Groups[k.group], k.grid.Groups[to] = k.grid.Groups[to], k.grid.Groups[k.group]
	k.group = to
}

// moveKey puts key from to place to of the group.
func (k *keysView) moveKey(from, to int) {
	g := k.here()
	if g == nil || from < 0 || from >= len(g.Keys) || to < 0 || to >= len(g.Keys) || from == to {
		return
	}
	key := g.Keys[from]
	g.Keys = slices.Insert(slices.Delete(g.Keys, from, from+1), to, key)
	k.key = to
	k.d.Ctx.Defer(func(app.Context) { ui.Focus("key-" + strconv.Itoa(to)) })
}

// toGroup moves the key of the moment to the end of another group.
func (k *keysView) toGroup(group int) {
	g := k.here()
	if g == nil || k.key < 0 || k.key >= len(g.Keys) || group == k.group {
		return
	}
	key := g.Keys[k.key]
	g.Keys = slices.Delete(g.Keys, k.key, k.key+1)
	k.grid.Groups[group].Keys = append(k.grid.Groups[group].Keys, key)
	k.group, k.key = group, len(k.grid.Groups[group].Keys)-1
	k.rev++
}

func (k *keysView) dropKey() {
	if g := k.here(); g != nil && k.key >= 0 && k.key < len(g.Keys) {
		g.Keys = slices.Delete(g.Keys, k.key, k.key+1)
		k.key = -1
	}
}

// findGoods looks for goods to put on a key.
func (k *keysView) findGoods(text string) {
	k.text = text
	k.round++
	round := k.round
	if text == "" {
		k.found = nil
		return
	}
	kit.Call(k.d, office.Asking(k.d.Office.Server, wire.GetGoods, catalogue.GoodsQuery{Text: text, Limit: 8, Lang: string(k.d.Lang)}),
		func(goods catalogue.Goods, e *errcode.Error) {
			if round != k.round {
				return
			}
			if k.fault = e; e == nil {
				k.found = goods.Rows
			}
		})
}

// add puts goods on a new key behind the others.
func (k *keysView) add(row catalogue.GoodRow) {
	if len(k.grid.Groups) == 0 {
		k.addGroup()
	}
	g := k.here()
	key := wire.Key{SKU: row.SKU, Name: row.Name, Own: row.Picture}
	if row.Price != nil {
		key.Amount = row.Price.Amount
	}
	g.Keys = append(g.Keys, key)
	k.key, k.text, k.found = len(g.Keys)-1, "", nil
	k.rev++
}

// Head names the page, with what saves the arrangement or takes changes back.
func (k *keysView) Head() kit.Head {
	d, l := k.d, k.d.Lang
	return kit.Head{Title: l.T(i18n.DeskKeys), Acts: []app.UI{app.Div().Class("head-end").Body(
		&ui.Button{ID: "keys-undo", Label: l.T(i18n.KeysUndo), Disabled: !k.changed(), OnPress: d.Press(func() { k.take(k.kept) })},
		&ui.Button{ID: "keys-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: !k.changed() || k.busy, OnPress: d.Press(k.save)},
	)}}
}

// Draw implements view.
func (k *keysView) Draw() app.UI {
	l := k.d.Lang
	var strip app.UI = app.P().Class("muted").Text(l.T(i18n.KeysHow))
	switch {
	case k.fault != nil:
		strip = k.d.ErrorBox(k.fault)
	case k.changed():
		strip = ui.Toast(ui.Warn, l.T(i18n.KeysChanged), app.Span().Hidden(true))
	case k.said != "":
		strip = ui.Toast(ui.Good, k.said, app.Span().Hidden(true))
	}
	return app.Div().Class("list-page keys-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(strip),
		app.Div().Class("form-columns").Body(
			app.Div().Class("keys-screen").Aria("label", l.T(i18n.KeysPreview)).Body(k.drawGroups(), k.drawTiles()),
			app.Div().Class("form-side").Body(k.drawAdd(), k.drawKey(), k.drawGroup()),
		),
	)
}

// drawGroups draws the till's tabs.
func (k *keysView) drawGroups() app.UI {
	l := k.d.Lang
	tabs := []app.UI{}
	for i, g := range k.grid.Groups {
		tabs = append(tabs, &keyTab{Text: g.Name.In(string(l)), Colour: string(g.Colour), On: i == k.group, ID: "keys-group-" + strconv.Itoa(i),
			Go: k.d.Press(func() { k.group, k.key = i, -1; k.rev++ })})
	}
	tabs = append(tabs, &ui.Button{ID: "keys-group-add", Label: "+", Name: l.T(i18n.KeysGroupAdd), Kind: ui.Quiet, OnPress: k.d.Press(k.addGroup)})
	return app.Div().Class("tabs").Role("tablist").Body(tabs...)
}

// keyTab is a group as the till shows it.
type keyTab struct {
	app.Compo

	ID, Text, Colour string
	On               bool
	Go               ui.Press
}

// Render draws the tab.
func (t *keyTab) Render() app.UI {
	return app.Button().Type("button").ID("%s", t.ID).Class("tab").Role("tab").DataSet("colour", t.Colour).Aria("selected", t.On).OnClick(t.click).Text(t.Text)
}

func (t *keyTab) click(ctx app.Context, _ app.Event) { t.Go(ctx) }

func (k *keysView) drawTiles() app.UI {
	l, g := k.d.Lang, k.here()
	if g == nil || len(g.Keys) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("▦", l.T(i18n.KeysNone), l.T(i18n.KeysNoneHow)))
	}
	tiles := []app.UI{}
	for i, key := range g.Keys {
		name := key.Name.In(string(l))
		if key.Gone {
			name = l.T(i18n.KeysGone, "sku", string(key.SKU))
		}
		picture, colour := key.Picture, key.Colour
		if picture == "" {
			picture = key.Own
		}
		if colour == "" {
			colour = g.Colour
		}
		tiles = append(tiles, &keyTile{K: k, I: i, Name: name, Sign: kit.Sign(picture), Price: l.Money(key.Amount, k.d.Currency()), Colour: string(colour), On: i == k.key})
	}
	return app.Div().Class("tiles keys-tiles").Body(tiles...)
}

// keyTile is a key: pressed it is chosen; dragged, or with Alt and arrows, it moves.
type keyTile struct {
	app.Compo

	K                         *keysView
	I                         int
	Name, Sign, Price, Colour string
	On                        bool
}

// Render draws the key.
func (t *keyTile) Render() app.UI {
	class := "tile quick-cell"
	if t.On {
		class += " chosen"
	}
	return app.Button().Type("button").ID("key-%d", t.I).Class(class).DataSet("colour", t.Colour).Draggable(true).Aria("pressed", t.On).
		OnClick(t.click).OnKeyDown(t.key).OnDragStart(t.drag).OnDragOver(t.over).OnDrop(t.drop).Body(
		app.Span().Class("tile-sign").Aria("hidden", true).Text(t.Sign),
		app.Span().Class("tile-name").Text(t.Name),
		app.Span().Class("tile-price").Text(t.Price),
	)
}

func (t *keyTile) click(app.Context, app.Event) {
	t.K.d.On(func() {
		if t.K.key == t.I {
			t.K.key = -1
		} else {
			t.K.key = t.I
		}
		t.K.rev++
	})
}

// key moves the key by keyboard.
func (t *keyTile) key(_ app.Context, e app.Event) {
	if !e.Get("altKey").Bool() {
		return
	}
	step := map[string]int{"ArrowLeft": -1, "ArrowUp": -1, "ArrowRight": 1, "ArrowDown": 1}[e.Get("key").String()]
	if step != 0 {
		e.PreventDefault()
		t.K.d.On(func() { t.K.moveKey(t.I, t.I+step) })
	}
}

func (t *keyTile) drag(_ app.Context, e app.Event) {
	t.K.dragged = t.I
	e.Get("dataTransfer").Call("setData", "text/plain", t.Name) // some browsers drag nothing without data
}

func (t *keyTile) over(_ app.Context, e app.Event) { e.PreventDefault() }

func (t *keyTile) drop(_ app.Context, e app.Event) {
	e.PreventDefault()
	t.K.d.On(func() { t.K.moveKey(t.K.dragged, t.I) })
}

// drawAdd finds goods for a new key.
func (k *keysView) drawAdd() app.UI {
	l := k.d.Lang
	var rows []app.UI
	for _, row := range k.found {
		rows = append(rows, &ui.Button{ID: "keys-add-" + string(row.SKU), Label: kit.Sign(row.Picture) + " " + row.Name.In(string(l)), Kind: ui.Quiet, Class: "option", OnPress: k.d.Press(func() { k.add(row) })})
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(i18n.KeysAdd)),
		&ui.Field{ID: "keys-find", Example: l.T(i18n.GoodsFind), Mode: "search", Unit: "⌕", Value: k.text, Rev: k.rev,
			OnText: func(_ app.Context, text string) { k.d.Rev++; k.findGoods(text) }},
		app.Div().Class("options").Body(rows...),
	)
}

// drawKey changes the key that is chosen.
func (k *keysView) drawKey() app.UI {
	l, g := k.d.Lang, k.here()
	if g == nil || k.key < 0 || k.key >= len(g.Keys) {
		return app.Span().Hidden(true)
	}
	key := &g.Keys[k.key]
	var groups []app.UI
	for i, other := range k.grid.Groups {
		if i != k.group {
			groups = append(groups, k.d.Option("keys-to-"+strconv.Itoa(i), other.Name.In(string(l)), false, func() { k.d.Menu = ""; k.toGroup(i) }))
		}
	}
	return app.Section().Class("form-card").ID("key-form").Body(
		app.H2().Class("field-head").Text(key.Name.In(string(l))),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "key-left", Label: "←", Name: l.T(i18n.KeysLeft), Disabled: k.key == 0, OnPress: k.d.Press(func() { k.moveKey(k.key, k.key-1) })},
			&ui.Button{ID: "key-right", Label: "→", Name: l.T(i18n.KeysRight), Disabled: k.key == len(g.Keys)-1, OnPress: k.d.Press(func() { k.moveKey(k.key, k.key+1) })},
			k.d.FilterMenu("keys-to", l.T(i18n.KeysToGroup), "", func() app.UI { return app.Div().Class("options").Body(groups...) }),
		),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "key-drop", Label: l.T(i18n.KeysDrop), Kind: ui.Quiet, OnPress: k.d.Press(k.dropKey)},
		),
		&ui.Field{ID: "key-picture", Label: l.T(i18n.KeysPicture), Example: key.Own, Value: key.Picture, Rev: k.rev, Mode: "text",
			OnText: func(_ app.Context, text string) { key.Picture = text; k.d.Rev++ }},
		k.drawColours("key", key.Colour, func(c catalogue.Colour) { key.Colour = c }),
	)
}

// drawGroup changes the group of the moment.
func (k *keysView) drawGroup() app.UI {
	l, g := k.d.Lang, k.here()
	if g == nil {
		return app.Span().Hidden(true)
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(i18n.KeysGroup)),
		kit.Fields(
			&ui.Field{ID: "group-ru", Label: l.T(i18n.GoodsNameRU), Value: g.Name.RU, Rev: k.rev, Mode: "text", OnText: func(_ app.Context, text string) { g.Name.RU = text; k.d.Rev++ }},
			&ui.Field{ID: "group-en", Label: l.T(i18n.GoodsNameEN), Value: g.Name.EN, Rev: k.rev, Mode: "text", OnText: func(_ app.Context, text string) { g.Name.EN = text; k.d.Rev++ }},
		),
		k.drawColours("group", g.Colour, func(c catalogue.Colour) { g.Colour = c }),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "group-left", Label: "←", Name: l.T(i18n.KeysLeft), Disabled: k.group == 0, OnPress: k.d.Press(func() { k.moveGroup(-1) })},
			&ui.Button{ID: "group-right", Label: "→", Name: l.T(i18n.KeysRight), Disabled: k.group == len(k.grid.Groups)-1, OnPress: k.d.Press(func() { k.moveGroup(1) })},
			&ui.Button{ID: "group-drop", Label: l.T(i18n.KeysGroupDrop), Kind: ui.Quiet, OnPress: k.d.Press(k.dropGroup)},
		),
	)
}

// drawColours offers the colours of keys.
func (k *keysView) drawColours(id string, chosen catalogue.Colour, choose func(catalogue.Colour)) app.UI {
	swatches := []app.UI{}
	for _, c := range append([]catalogue.Colour{""}, catalogue.Colours...) {
		swatches = append(swatches, &swatch{ID: id + "-colour-" + string(c), Colour: string(c), On: c == chosen, Name: k.d.Lang.T(colourName[c]), Go: k.d.Press(func() { choose(c) })})
	}
	return app.Div().Class("swatches").Role("group").Aria("label", k.d.Lang.T(i18n.KeysColour)).Body(swatches...)
}

var colourName = map[catalogue.Colour]*i18n.Message{
	"": i18n.ColourNone, "red": i18n.ColourRed, "orange": i18n.ColourOrange, "yellow": i18n.ColourYellow, "green": i18n.ColourGreen,
	"blue": i18n.ColourBlue, "violet": i18n.ColourViolet, "brown": i18n.ColourBrown, "grey": i18n.ColourGrey,
}

// swatch is a colour to choose.
type swatch struct {
	app.Compo

	ID, Colour, Name string
	On               bool
	Go               ui.Press
}

// Render draws the colour.
func (s *swatch) Render() app.UI {
	return app.Button().Type("button").ID("%s", s.ID).Class("swatch").DataSet("colour", s.Colour).Aria("label", s.Name).Title(s.Name).Aria("pressed", s.On).OnClick(s.click)
}

func (s *swatch) click(ctx app.Context, _ app.Event) { s.Go(ctx) }
