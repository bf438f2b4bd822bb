package selling

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	wire "tillsight/shared/wire/office"
)

// Head names the page, with what saves the arrangement or takes changes back.
func (k *keysView) Head() kit.Head {
	d, l := k.d, k.d.Lang
	return kit.Head{Title: l.T(deskKeys), Acts: []app.UI{app.Div().Class("head-end").Body(
		&ui.Button{ID: "keys-undo", Label: l.T(keysUndo), Disabled: !k.changed(), OnPress: d.Press(func() { k.take(*k.kept.Value()) })},
		&ui.Button{ID: "keys-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: !k.changed() || k.grid.Busy(),
			OnPress: d.Press(k.save)},
	)}}
}

// Draw draws the keys as the till has them, and beside them what changes them.
func (k *keysView) Draw() app.UI {
	l := k.d.Lang
	var strip app.UI = app.P().Class("muted").Text(l.T(keysHow))
	switch {
	case k.grid.Fault() != nil:
		strip = k.d.ErrorBox(k.grid.Fault())
	case k.changed():
		strip = ui.Toast(ui.Warn, l.T(keysChanged), app.Span().Hidden(true))
	case k.said != "":
		strip = ui.Toast(ui.Good, k.said, app.Span().Hidden(true))
	}
	return app.Div().Class("list-page keys-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(strip),
		k.kept.Draw(k.d, func(*wire.QuickKeys) app.UI {
			return app.Div().Class("form-columns").Body(
				app.Div().Class("keys-screen").Aria("label", l.T(keysPreview)).Body(k.drawGroups(), k.drawTiles()),
				app.Div().Class("form-side").Body(k.drawAdd(), k.drawKey(), k.drawGroup()),
			)
		}),
	)
}

// drawGroups draws the till's tabs.
func (k *keysView) drawGroups() app.UI {
	l := k.d.Lang
	tabs := []app.UI{}
	for i, g := range k.grid.Draft.Groups {
		tabs = append(tabs, &keyTab{Text: g.Name.In(string(l)), Colour: string(g.Colour), On: i == k.group, ID: "keys-group-" + strconv.Itoa(i),
			Go: k.d.Press(func() { k.group, k.key = i, -1; k.grid.Rev++ })})
	}
	tabs = append(tabs, &ui.Button{ID: "keys-group-add", Label: "+", Name: l.T(keysGroupAdd), Kind: ui.Quiet,
		OnPress: k.d.Press(k.addGroup)})
	return app.Div().Class("tabs").Role("tablist").Body(tabs...)
}

func (k *keysView) drawTiles() app.UI {
	l, g := k.d.Lang, k.here()
	if g == nil || len(g.Keys) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("▦", l.T(keysNone), l.T(keysNoneHow)))
	}
	tiles := []app.UI{}
	for i, key := range g.Keys {
		name := key.Name.In(string(l))
		if key.Gone {
			name = l.T(keysGone, "sku", string(key.SKU))
		}
		picture, colour := key.Picture, key.Colour
		if picture == "" {
			picture = key.Own
		}
		if colour == "" {
			colour = g.Colour
		}
		tiles = append(tiles, &keyTile{K: k, I: i, Name: name, Sign: kit.Sign(picture), Price: l.Money(key.Amount, k.d.Currency()),
			Colour: string(colour), On: i == k.key})
	}
	return app.Div().Class("tiles keys-tiles").Body(tiles...)
}

// drawAdd finds goods for a new key.
func (k *keysView) drawAdd() app.UI {
	l := k.d.Lang
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(keysAdd)),
		&ui.Field{ID: "keys-find", Example: l.T(i18n.GoodsFind), Mode: "search", Unit: "⌕", Value: k.text, Rev: k.grid.Rev,
			OnText: func(_ app.Context, text string) { k.d.Rev++; k.findGoods(text) }},
		app.If(k.text != "", func() app.UI { return k.found.Draw(k.d, k.drawFound) }),
	)
}

// drawFound offers what the search found.
func (k *keysView) drawFound(goods *catalogue.Goods) app.UI {
	var rows []app.UI
	for _, row := range goods.Rows {
		rows = append(rows, &ui.Button{ID: "keys-add-" + string(row.SKU), Label: kit.Sign(row.Picture) + " " + row.Name.In(string(k.d.Lang)),
			Kind: ui.Quiet, Class: "option", OnPress: k.d.Press(func() { k.add(row) })})
	}
	return app.Div().Class("options").Body(rows...)
}

// drawKey changes the key that is chosen.
func (k *keysView) drawKey() app.UI {
	l, g := k.d.Lang, k.here()
	if g == nil || k.key < 0 || k.key >= len(g.Keys) {
		return app.Span().Hidden(true)
	}
	key := &g.Keys[k.key]
	var groups []app.UI
	for i, other := range k.grid.Draft.Groups {
		if i != k.group {
			groups = append(groups, k.d.Option("keys-to-"+strconv.Itoa(i), other.Name.In(string(l)), false, func() { k.d.Menu = ""; k.toGroup(i) }))
		}
	}
	return app.Section().Class("form-card").ID("key-form").Body(
		app.H2().Class("field-head").Text(key.Name.In(string(l))),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "key-left", Label: "←", Name: l.T(keysLeft), Disabled: k.key == 0,
				OnPress: k.d.Press(func() { k.moveKey(k.key, k.key-1) })},
			&ui.Button{ID: "key-right", Label: "→", Name: l.T(keysRight), Disabled: k.key == len(g.Keys)-1,
				OnPress: k.d.Press(func() { k.moveKey(k.key, k.key+1) })},
			k.d.FilterMenu("keys-to", l.T(keysToGroup), "", func() app.UI { return app.Div().Class("options").Body(groups...) }),
		),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "key-drop", Label: l.T(keysDrop), Kind: ui.Quiet, OnPress: k.d.Press(k.dropKey)},
		),
		&ui.Field{ID: "key-picture", Label: l.T(keysPicture), Example: key.Own, Value: key.Picture, Rev: k.grid.Rev, Mode: "text",
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
		app.H2().Class("field-head").Text(l.T(keysGroup)),
		kit.Fields(
			&ui.Field{ID: "group-ru", Label: l.T(i18n.GoodsNameRU), Value: g.Name.RU, Rev: k.grid.Rev, Mode: "text",
				OnText: func(_ app.Context, text string) { g.Name.RU = text; k.d.Rev++ }},
			&ui.Field{ID: "group-en", Label: l.T(i18n.GoodsNameEN), Value: g.Name.EN, Rev: k.grid.Rev, Mode: "text",
				OnText: func(_ app.Context, text string) { g.Name.EN = text; k.d.Rev++ }},
		),
		k.drawColours("group", g.Colour, func(c catalogue.Colour) { g.Colour = c }),
		app.Div().Class("choices-row").Body(
			&ui.Button{ID: "group-left", Label: "←", Name: l.T(keysLeft), Disabled: k.group == 0,
				OnPress: k.d.Press(func() { k.moveGroup(-1) })},
			&ui.Button{ID: "group-right", Label: "→", Name: l.T(keysRight), Disabled: k.group == len(k.grid.Draft.Groups)-1,
				OnPress: k.d.Press(func() { k.moveGroup(1) })},
			&ui.Button{ID: "group-drop", Label: l.T(keysGroupDrop), Kind: ui.Quiet, OnPress: k.d.Press(k.dropGroup)},
		),
	)
}

// drawColours offers the colours of keys.
func (k *keysView) drawColours(id string, chosen catalogue.Colour, choose func(catalogue.Colour)) app.UI {
	swatches := []app.UI{}
	for _, c := range append([]catalogue.Colour{""}, catalogue.Colours...) {
		swatches = append(swatches, &swatch{ID: id + "-colour-" + string(c), Colour: string(c), On: c == chosen, Name: k.d.Lang.T(colourName[c]),
			Go: k.d.Press(func() { choose(c) })})
	}
	return app.Div().Class("swatches").Role("group").Aria("label", k.d.Lang.T(keysColour)).Body(swatches...)
}

var colourName = map[catalogue.Colour]*i18n.Message{
	"": colourNone, "red": colourRed, "orange": colourOrange, "yellow": colourYellow, "green": colourGreen,
	"blue": colourBlue, "violet": colourViolet, "brown": colourBrown, "grey": colourGrey,
}
