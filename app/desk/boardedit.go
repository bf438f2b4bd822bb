package desk

import (
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/syncproto"
)

// keepLayout puts a changed dashboard in force and keeps it.
func (b *board) keepLayout(l layout) {
	b.layout = l.mended()
	item, ok := b.d.keptItem(keptBoard, b.id)
	name := item.Name
	if !ok {
		name = b.d.lang.T(i18n.DeskOverview)
	}
	b.d.putBody(keptBoard, b.id, name, b.layout)
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
		b.studyView.refresh()
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
	b.d.offerUndo(ui.Good, b.d.lang.T(i18n.BoardRemoved), func() {
		b.keepLayout(before)
		b.studyView.refresh()
	})
}

// add begins a new widget.
func (b *board) add() {
	b.draft = &widget{ID: uuid.NewString()[:8], Kind: widgetBars, Measure: cube.Revenue, By: cube.Store, Top: 10, Wide: 6}
	b.fresh = true
	b.d.ctx.Defer(func(app.Context) { ui.Focus("widget-kind-" + string(widgetBars)) })
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
	b.studyView.refresh()
	b.d.ctx.Defer(func(app.Context) { ui.Focus("handle-" + id) })
}

// headActs are what can be done with the dashboard.
func (b *board) headActs() []app.UI {
	d, l := b.d, b.d.lang
	label := l.T(i18n.BoardArrange)
	if b.editing {
		label = l.T(i18n.BoardDone)
	}
	item, kept := d.keptItem(keptBoard, b.id)
	acts := []app.UI{b.drawBoards()}
	if b.known() && (!kept || d.mine(item)) {
		acts = append(acts, &ui.Button{ID: "board-edit", Label: label, Class: "board-act", Toggle: true, Pressed: b.editing,
			OnPress: d.press(func() { b.editing, b.draft = !b.editing, nil })})
	}
	return append(acts, b.drawBoardMenu(item, kept))
}

// boardName is what a dashboard is called.
func (b *board) boardName(id string) string {
	if id == homeBoard {
		return b.d.lang.T(i18n.DeskOverview)
	}
	if item, ok := b.d.keptItem(keptBoard, id); ok {
		return item.Name
	}
	return b.d.lang.T(i18n.BoardUnknown)
}

// drawBoards offers the dashboards.
func (b *board) drawBoards() app.UI {
	d := b.d
	list := []choice{{homeBoard, b.boardName(homeBoard)}}
	for _, item := range d.kept(keptBoard) {
		if item.ID == homeBoard && d.mine(item) {
			continue
		}
		name := item.Name
		if !d.mine(item) {
			name += " · " + item.Owner
		}
		list = append(list, choice{item.ID, name})
	}
	if len(list) == 1 {
		return app.Span().Hidden(true)
	}
	return d.chooser("boards", d.lang.T(i18n.BoardName), b.id, list, b.open)
}

// open shows another dashboard.
func (b *board) open(id string) {
	b.id, b.editing, b.draft = id, false, nil
	b.d.showAddress()
	b.layout = b.d.layoutOf(id)
	b.studyView.refresh()
}

// drawBoardMenu is the menu of the dashboard: a new one, its name, sharing,
// starting anew.
func (b *board) drawBoardMenu(item syncproto.DeskItem, kept bool) app.UI {
	d, l := b.d, b.d.lang
	option := func(id string, label *i18n.Message, do func()) app.UI {
		return &ui.Button{ID: "board-" + id, Label: l.T(label), Kind: ui.Quiet, Class: "option plain", OnPress: d.press(func() { d.menu = ""; do() })}
	}
	var items []app.UI
	items = append(items, &ui.Field{ID: "board-name", Label: l.T(i18n.BoardNew), Example: l.T(i18n.KeptNameHow), Rev: d.naming.rev, Value: d.naming.text,
		OnText: func(_ app.Context, text string) { d.naming.text = text }},
		option("new", i18n.BoardCreate, func() { b.create(d.naming.text, b.layout) }))
	if kept && d.mine(item) {
		if item.ID != homeBoard {
			items = append(items, option("rename", i18n.KeptRename, func() {
				if d.naming.text != "" {
					item.Name = d.naming.text
					d.put(item)
				}
			}))
		}
		share := i18n.KeptShare
		if item.Shared {
			share = i18n.KeptUnshare
		}
		items = append(items, option("share", share, func() { d.share(item) }))
		reset := i18n.KeptDrop
		if item.ID == homeBoard {
			reset = i18n.BoardReset
		}
		items = append(items, option("reset", reset, func() { d.drop(item); b.open(homeBoard) }))
	}
	return app.Div().Class("export").Body(
		&ui.Button{ID: "board-menu", Label: "⋯", Name: l.T(i18n.BoardMenu), Class: "board-act", OnPress: d.press(func() { d.name(""); d.toggleMenu("board") })},
		app.If(d.menu == "board", func() app.UI { return app.Div().Class("menu menu-end").Body(items...) }),
	)
}

// create makes a dashboard that begins as another.
func (b *board) create(name string, l layout) {
	if name == "" {
		name = b.d.lang.T(i18n.BoardNew)
	}
	item := b.d.putBody(keptBoard, uuid.NewString(), name, l)
	b.open(item.ID)
	b.editing = true
}

// drawSettings is the panel of a widget's settings.
func (b *board) drawSettings() app.UI {
	d, l, w := b.d, b.d.lang, b.draft
	var kinds []app.UI
	for _, k := range widgetKinds {
		kinds = append(kinds, d.pick("widget-kind-"+string(k.kind), l.T(k.name), w.Kind == k.kind, func() { b.edit(func(w *widget) { w.Kind = k.kind }) }))
	}
	body := []app.UI{app.Div().Class("facet-tabs").Body(kinds...)}
	if w.Kind == widgetText {
		body = append(body, &ui.Field{ID: "widget-text", Label: l.T(i18n.WidgetWords), Value: w.Text, Rev: d.naming.rev,
			OnText: func(_ app.Context, text string) { d.rev++; b.edit(func(w *widget) { w.Text = text }) }})
	} else {
		body = append(body, b.measureChooser())
	}
	if w.Kind == widgetBars || w.Kind == widgetTable {
		body = append(body, d.chooser("widget-by", l.T(i18n.SalesBy), string(w.By), d.dimChoices(boardDims()...), func(id string) {
			b.edit(func(w *widget) { w.By = cube.DimID(id) })
		}), b.topChooser())
	}
	body = append(body, &ui.Field{ID: "widget-title", Label: l.T(i18n.WidgetName), Example: d.widgetTitle(*w), Value: w.Title, Rev: d.naming.rev,
		OnText: func(_ app.Context, text string) { d.rev++; b.edit(func(w *widget) { w.Title = text }) }})
	if w.Kind != widgetText {
		body = append(body, b.ownFilter())
	}
	acts := []app.UI{&ui.Button{ID: "widget-done", Label: l.T(i18n.BoardDone), Kind: ui.Primary, OnPress: d.press(func() { b.draft = nil })},
		&ui.Button{ID: "widget-remove", Label: l.T(i18n.BoardRemove), OnPress: d.press(func() { b.remove(w.ID) })}}
	if b.fresh {
		acts = []app.UI{&ui.Button{ID: "widget-place", Label: l.T(i18n.BoardPlace), Kind: ui.Primary, OnPress: d.press(b.place)}}
	}
	return app.Aside().ID("widget-settings").Class("drill widget-settings").Role("dialog").Aria("label", l.T(i18n.BoardWidget)).Body(
		app.Header().Class("drill-head").Body(app.H2().Class("widget-title").Text(l.T(i18n.BoardWidget)),
			&ui.Button{ID: "widget-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.press(func() { b.draft = nil })}),
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
	return b.d.chooser("widget-measure", b.d.lang.T(i18n.SalesShow), string(b.draft.Measure), b.d.allMeasures(), func(id string) {
		b.edit(func(w *widget) { w.Measure = cube.MeasureID(id) })
	})
}

// allMeasures offers every measure, own ones first.
func (d *desk) allMeasures() []choice {
	var list []choice
	for _, own := range d.ownMeasures() {
		list = append(list, choice{string(own.ID), d.measureWord(own.ID)})
	}
	for _, m := range cube.Measures() {
		list = append(list, choice{string(m.ID), d.measureWord(m.ID)})
	}
	return list
}

// topChooser says how many bars or rows there are at most.
func (b *board) topChooser() app.UI {
	list := []choice{{"0", b.d.lang.T(i18n.FilterAll)}}
	for _, n := range []int{5, 10, 12, 20, 50} {
		list = append(list, choice{strconv.Itoa(n), strconv.Itoa(n)})
	}
	return b.d.chooser("widget-top", b.d.lang.T(i18n.WidgetTop), strconv.Itoa(b.draft.Top), list, func(id string) {
		if n, err := strconv.Atoi(id); err == nil {
			b.edit(func(w *widget) { w.Top = n })
		}
	})
}

// ownFilter gives the widget the conditions of the bar for its own.
func (b *board) ownFilter() app.UI {
	d, l, w := b.d, b.d.lang, b.draft
	words := l.T(i18n.WidgetAnyFilter)
	if len(w.Where) > 0 {
		words = ""
		for _, line := range d.inWordsOf(w.Where) {
			words += line + ". "
		}
	}
	return app.Div().Class("widget-own").Body(
		app.P().Class("menu-label").Text(l.T(i18n.WidgetOwnFilter)),
		app.P().Text(words),
		&ui.Button{ID: "widget-take", Label: l.T(i18n.WidgetTakeFilter), Disabled: !d.filter.narrowed(), OnPress: d.press(func() { b.edit(func(w *widget) { w.Where = d.filter.where() }) })},
		app.If(len(w.Where) > 0, func() app.UI {
			return &ui.Button{ID: "widget-free", Label: l.T(i18n.FilterFree), Kind: ui.Quiet, OnPress: d.press(func() { b.edit(func(w *widget) { w.Where = nil }) })}
		}),
	)
}
