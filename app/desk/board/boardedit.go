package board

import (
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	wire "tillsight/shared/wire/office"
)

// keepLayout puts a changed dashboard in force and keeps it.
func (b *board) keepLayout(l layout) {
	b.layout = l.mended()
	item, ok := kit.KeptItem(b.D, kit.KeptBoard, b.id)
	name := item.Name
	if !ok {
		name = b.D.Lang.T(i18n.DeskOverview)
	}
	kit.PutBody(b.D, kit.KeptBoard, b.id, name, b.layout)
}

// change changes a widget and asks anew when it shows something else.
func (b *board) change(id string, edit func(*widget)) {
	list := slices.Clone(b.layout.Widgets)
	at := slices.IndexFunc(list, func(w widget) bool { return w.ID == id })
	if at < 0 {
		return
	}
	before := list[at]
	edit(&list[at])
	after := list[at]
	b.keepLayout(layout{Widgets: list})
	if before.Kind != after.Kind || before.Measure != after.Measure || before.By != after.By || before.Top != after.Top || !slices.EqualFunc(before.Where, after.Where, sameFilter) {
		b.StudyView.Refresh()
	}
}

func sameFilter(a, b cube.Filter) bool {
	return a.Dim == b.Dim && a.Not == b.Not && slices.Equal(a.In, b.In)
}

// move puts a widget some places further.
func (b *board) move(id string, by int) {
	at := slices.IndexFunc(b.layout.Widgets, func(w widget) bool { return w.ID == id })
	if at >= 0 && at+by >= 0 && at+by < len(b.layout.Widgets) {
		b.keepLayout(b.layout.moved(at, at+by))
	}
}

// drop puts the dragged widget in place of another.
func (b *board) drop(onto string) {
	from := slices.IndexFunc(b.layout.Widgets, func(w widget) bool { return w.ID == b.drag })
	to := slices.IndexFunc(b.layout.Widgets, func(w widget) bool { return w.ID == onto })
	b.drag = ""
	if from >= 0 && to >= 0 && from != to {
		b.keepLayout(b.layout.moved(from, to))
	}
}

// resize makes a widget wider and taller by columns and steps.
func (b *board) resize(id string, wide, tall int) {
	b.change(id, func(w *widget) {
		w.Wide = min(max(w.Wide+wide, wideMin), wideMax)
		if tall != 0 && w.Kind != widgetNumber && w.Kind != widgetText {
			if w.Tall == 0 {
				w.Tall = 300
			}
			w.Tall = min(max(w.Tall+tall*tallStep, tallMin), tallMax)
		}
	})
}

// remove takes a widget off; it can be taken back.
func (b *board) remove(id string) {
	before := b.layout
	list := slices.DeleteFunc(slices.Clone(before.Widgets), func(w widget) bool { return w.ID == id })
	if len(list) == len(before.Widgets) {
		return
	}
	b.draft = nil
	b.keepLayout(layout{Widgets: list})
	b.D.OfferUndo(ui.Good, b.D.Lang.T(boardRemoved), func() {
		b.keepLayout(before)
		b.StudyView.Refresh()
	})
}

// add begins a new widget.
func (b *board) add() {
	b.draft = &widget{ID: uuid.NewString()[:8], Kind: widgetBars, Measure: cube.Revenue, By: cube.Store, Top: 10, Wide: 6}
	b.fresh = true
	b.D.Ctx.Defer(func(app.Context) { ui.Focus("widget-kind-" + string(widgetBars)) })
}

// configure opens a widget's settings.
func (b *board) configure(id string) {
	for _, w := range b.layout.Widgets {
		if w.ID == id {
			b.draft, b.fresh = &w, false
		}
	}
}

// edit changes the draft, and its widget with it.
func (b *board) edit(change func(*widget)) {
	change(b.draft)
	if !b.fresh {
		draft := *b.draft
		b.change(draft.ID, func(w *widget) {
			draft.Wide, draft.Tall = w.Wide, w.Tall
			*w = draft
		})
	}
}

// place puts a new widget on the board.
func (b *board) place() {
	if b.draft.Kind == widgetNumber {
		b.draft.Wide = 3
	}
	b.keepLayout(layout{Widgets: append(slices.Clone(b.layout.Widgets), *b.draft)})
	id := b.draft.ID
	b.draft = nil
	b.StudyView.Refresh()
	b.D.Ctx.Defer(func(app.Context) { ui.Focus("handle-" + id) })
}

// HeadActs are what can be done with the dashboard.
func (b *board) HeadActs() []app.UI {
	d, l := b.D, b.D.Lang
	label := l.T(boardArrange)
	if b.editing {
		label = l.T(boardDone)
	}
	item, kept := kit.KeptItem(d, kit.KeptBoard, b.id)
	acts := []app.UI{b.drawBoards()}
	if b.known() && (!kept || kit.Mine(d, item)) {
		acts = append(acts, &ui.Button{ID: "board-edit", Label: label, Class: "board-act", Toggle: true, Pressed: b.editing,
			OnPress: d.Press(func() { b.editing, b.draft = !b.editing, nil })})
	}
	return append(acts, b.drawBoardMenu(item, kept))
}

// boardName is what a dashboard is called.
func (b *board) boardName(id string) string {
	if id == homeBoard {
		return b.D.Lang.T(i18n.DeskOverview)
	}
	if item, ok := kit.KeptItem(b.D, kit.KeptBoard, id); ok {
		return item.Name
	}
	return b.D.Lang.T(boardUnknown)
}

// drawBoards offers the dashboards.
func (b *board) drawBoards() app.UI {
	d := b.D
	list := []kit.Choice{{ID: homeBoard, Label: b.boardName(homeBoard)}}
	for _, item := range kit.Kept(d, kit.KeptBoard) {
		if item.ID == homeBoard && kit.Mine(d, item) {
			continue
		}
		name := item.Name
		if !kit.Mine(d, item) {
			name += " · " + item.Owner
		}
		list = append(list, kit.Choice{ID: item.ID, Label: name})
	}
	if len(list) == 1 {
		return app.Span().Hidden(true)
	}
	return kit.Chooser(d, "boards", d.Lang.T(boardNameText), b.id, list, b.open)
}

// open shows another dashboard.
func (b *board) open(id string) {
	b.id, b.editing, b.draft = id, false, nil
	b.D.Frame.ShowAddress()
	b.layout = layoutOf(b.D, id)
	b.StudyView.Refresh()
}

// drawBoardMenu is the menu of the dashboard: a new one, its name, sharing,
// starting anew.
func (b *board) drawBoardMenu(item wire.DeskItem, kept bool) app.UI {
	d, l := b.D, b.D.Lang
	option := func(id string, label *i18n.Message, do func()) app.UI {
		return &ui.Button{ID: "board-" + id, Label: l.T(label), Kind: ui.Quiet, Class: "option plain", OnPress: d.Press(func() { d.Menu = ""; do() })}
	}
	var items []app.UI
	items = append(items, &ui.Field{ID: "board-name", Label: l.T(boardNew), Example: l.T(i18n.KeptNameHow), Rev: d.Naming.Rev, Value: d.Naming.Text,
		OnText: func(_ app.Context, text string) { d.Naming.Text = text }},
		option("new", boardCreate, func() { b.create(d.Naming.Text, b.layout) }))
	if kept && kit.Mine(d, item) {
		if item.ID != homeBoard {
			items = append(items, option("rename", keptRename, func() {
				if d.Naming.Text != "" {
					item.Name = d.Naming.Text
					kit.PutItem(d, item)
				}
			}))
		}
		share := i18n.KeptShare
		if item.Shared {
			share = i18n.KeptUnshare
		}
		items = append(items, option("share", share, func() { kit.ShareItem(d, item) }))
		reset := i18n.KeptDrop
		if item.ID == homeBoard {
			reset = boardReset
		}
		items = append(items, option("reset", reset, func() { kit.DropItem(d, item); b.open(homeBoard) }))
	}
	return app.Div().Class("export").Body(
		&ui.Button{ID: "board-menu", Label: "⋯", Name: l.T(boardMenu), Class: "board-act", OnPress: d.Press(func() { d.Name(""); d.ToggleMenu("board") })},
		app.If(d.Menu == "board", func() app.UI { return app.Div().Class("menu menu-end").Body(items...) }),
	)
}

// create makes a dashboard that begins as another.
func (b *board) create(name string, l layout) {
	if name == "" {
		name = b.D.Lang.T(boardNew)
	}
	item := kit.PutBody(b.D, kit.KeptBoard, uuid.NewString(), name, l)
	b.open(item.ID)
	b.editing = true
}

// drawSettings is the panel of a widget's settings.
func (b *board) drawSettings() app.UI {
	d, l, w := b.D, b.D.Lang, b.draft
	var kinds []app.UI
	for _, k := range widgetKinds {
		kinds = append(kinds, d.Pick("widget-kind-"+string(k.kind), l.T(k.name), w.Kind == k.kind, func() { b.edit(func(w *widget) { w.Kind = k.kind }) }))
	}
	body := []app.UI{app.Div().Class("facet-tabs").Body(kinds...)}
	if w.Kind == widgetText {
		body = append(body, &ui.Field{ID: "widget-text", Label: l.T(widgetWords), Value: w.Text, Rev: d.Naming.Rev,
			OnText: func(_ app.Context, text string) { d.Rev++; b.edit(func(w *widget) { w.Text = text }) }})
	} else {
		body = append(body, b.measureChooser())
	}
	if w.Kind == widgetBars || w.Kind == widgetTable {
		body = append(body, kit.Chooser(d, "widget-by", l.T(i18n.SalesBy), string(w.By), kit.DimChoices(d, boardDims()...), func(id string) {
			b.edit(func(w *widget) { w.By = cube.DimID(id) })
		}), b.topChooser())
	}
	body = append(body, &ui.Field{ID: "widget-title", Label: l.T(widgetName), Example: widgetTitle(d, *w), Value: w.Title, Rev: d.Naming.Rev,
		OnText: func(_ app.Context, text string) { d.Rev++; b.edit(func(w *widget) { w.Title = text }) }})
	if w.Kind != widgetText {
		body = append(body, b.ownFilter())
	}
	acts := []app.UI{&ui.Button{ID: "widget-done", Label: l.T(boardDone), Kind: ui.Primary, OnPress: d.Press(func() { b.draft = nil })},
		&ui.Button{ID: "widget-remove", Label: l.T(boardRemove), OnPress: d.Press(func() { b.remove(w.ID) })}}
	if b.fresh {
		acts = []app.UI{&ui.Button{ID: "widget-place", Label: l.T(boardPlace), Kind: ui.Primary, OnPress: d.Press(b.place)}}
	}
	return app.Aside().ID("widget-settings").Class("drill widget-settings").Role("dialog").Aria("label", l.T(boardWidget)).Body(
		app.Header().Class("drill-head").Body(app.H2().Class("widget-title").Text(l.T(boardWidget)),
			&ui.Button{ID: "widget-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { b.draft = nil })}),
		app.Div().Class("widget-fields").Body(body...),
		app.Div().Class("drill-acts").Body(acts...),
	)
}

// boardDims are what bars and tables can be by.
func boardDims() []cube.DimID {
	var list []cube.DimID
	for _, dim := range cube.Dims() {
		if !dim.Many && i18n.DimNames[string(dim.ID)] != nil {
			list = append(list, dim.ID)
		}
	}
	return list
}

// measureChooser offers every measure, own ones first.
func (b *board) measureChooser() app.UI {
	return kit.Chooser(b.D, "widget-measure", b.D.Lang.T(i18n.SalesShow), string(b.draft.Measure), allMeasures(b.D), func(id string) {
		b.edit(func(w *widget) { w.Measure = cube.MeasureID(id) })
	})
}

// allMeasures offers every measure, own ones first.
func allMeasures(d *kit.Desk) []kit.Choice {
	var list []kit.Choice
	for _, own := range d.OwnMeasures() {
		list = append(list, kit.Choice{ID: string(own.ID), Label: d.MeasureWord(own.ID)})
	}
	for _, m := range cube.Measures() {
		list = append(list, kit.Choice{ID: string(m.ID), Label: d.MeasureWord(m.ID)})
	}
	return list
}

// topChooser says how many bars or rows there are at most.
func (b *board) topChooser() app.UI {
	list := []kit.Choice{{ID: "0", Label: b.D.Lang.T(i18n.FilterAll)}}
	for _, n := range []int{5, 10, 12, 20, 50} {
		list = append(list, kit.Choice{ID: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	return kit.Chooser(b.D, "widget-top", b.D.Lang.T(widgetTop), strconv.Itoa(b.draft.Top), list, func(id string) {
		if n, err := strconv.Atoi(id); err == nil {
			b.edit(func(w *widget) { w.Top = n })
		}
	})
}

// ownFilter gives the widget the conditions of the bar for its own.
func (b *board) ownFilter() app.UI {
	d, l, w := b.D, b.D.Lang, b.draft
	words := l.T(widgetAnyFilter)
	if len(w.Where) > 0 {
		words = ""
		for _, line := range d.InWordsOf(w.Where) {
			words += line + ". "
		}
	}
	return app.Div().Class("widget-own").Body(
		app.P().Class("menu-label").Text(l.T(widgetOwnFilter)),
		app.P().Text(words),
		&ui.Button{ID: "widget-take", Label: l.T(widgetTakeFilter), Disabled: !d.Filter.Narrowed(), OnPress: d.Press(func() { b.edit(func(w *widget) { w.Where = d.Filter.Conditions() }) })},
		app.If(len(w.Where) > 0, func() app.UI {
			return &ui.Button{ID: "widget-free", Label: l.T(i18n.FilterFree), Kind: ui.Quiet, OnPress: d.Press(func() { b.edit(func(w *widget) { w.Where = nil }) })}
		}),
	)
}
