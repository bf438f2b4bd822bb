package desk

import (
	"encoding/json"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/syncproto"
)

// drawKeep is the menu of what is kept: filters and reports under names, and the
// link to what is shown.
func (d *desk) drawKeep() app.UI {
	l := d.lang
	return app.Div().Class("export keep").Body(
		&ui.Button{ID: "link", Label: "⧉", Name: l.T(i18n.KeepLink), Kind: ui.Quiet, Class: "head-act", OnPress: d.press(d.copyLink)},
		&ui.Button{ID: "keep", Label: "☆", Name: l.T(i18n.KeepMenu), Kind: ui.Quiet, Class: "head-act", Toggle: true, Pressed: d.menu == "keep",
			OnPress: d.press(func() { d.name(""); d.toggleMenu("keep") })},
		app.If(d.menu == "keep", func() app.UI { return app.Div().Class("menu menu-end menu-keep").Body(d.keepItems()...) }),
	)
}

func (d *desk) keepItems() []app.UI {
	l := d.lang
	items := []app.UI{
		&ui.Field{ID: "keep-name", Label: l.T(i18n.KeepAs), Example: l.T(d.page.name), Value: d.naming.text, Rev: d.naming.rev, Focus: true,
			OnText: func(_ app.Context, text string) { d.naming.text = text }, OnEnter: d.press(d.keepReport)},
		app.Div().Class("menu-acts").Body(
			&ui.Button{ID: "keep-report", Label: l.T(i18n.KeepReport), Kind: ui.Primary, OnPress: d.press(d.keepReport)},
			&ui.Button{ID: "keep-filter", Label: l.T(i18n.KeepFilter), OnPress: d.press(d.keepFilter)},
		),
	}
	items = append(items, d.keptList(keptReport, i18n.KeptReports, d.openReport)...)
	return append(items, d.keptList(keptFilter, i18n.KeptFilters, d.openFilter)...)
}

// keptList lists what is kept of a kind; the person's own can be shared and
// removed.
func (d *desk) keptList(kind string, title *i18n.Message, open func(syncproto.DeskItem)) []app.UI {
	l := d.lang
	list := d.kept(kind)
	if len(list) == 0 {
		return nil
	}
	rows := []app.UI{app.P().Class("menu-label").Text(l.T(title))}
	for _, item := range list {
		name := item.Name
		acts := []app.UI{}
		if d.mine(item) {
			label, sign := i18n.KeptShare, "⇪"
			if item.Shared {
				label, sign = i18n.KeptUnshare, "⇩"
			}
			acts = append(acts,
				&ui.Button{ID: "share-" + item.ID, Label: sign, Name: l.T(label) + ": " + name, Kind: ui.Quiet, Toggle: true, Pressed: item.Shared, OnPress: d.press(func() { d.share(item) })},
				&ui.Button{ID: "drop-" + item.ID, Label: "✕", Name: l.T(i18n.KeptDrop) + ": " + name, Kind: ui.Quiet, OnPress: d.press(func() { d.drop(item) })})
		} else {
			name += " · " + item.Owner
		}
		rows = append(rows, app.Div().Class("kept").Body(append([]app.UI{
			&ui.Button{ID: "open-" + item.ID, Label: name, Kind: ui.Quiet, Class: "option plain", OnPress: d.press(func() { d.menu = ""; open(item) })},
		}, acts...)...))
	}
	return rows
}

// keptName is the name that was typed, or what stands for it.
func (d *desk) keptName() string {
	if d.naming.text != "" {
		return d.naming.text
	}
	return d.lang.T(d.page.name) + ", " + d.periodName()
}

func (d *desk) keepFilter() {
	item := d.putBody(keptFilter, uuid.NewString(), d.keptName(), d.filter)
	d.keptSaid(item)
}

func (d *desk) keepReport() {
	report := savedReport{Path: d.page.path, Filter: d.filter, Grids: d.grids, Tables: d.tables}
	if b, ok := d.views[d.page.path].(*board); ok {
		report.Board = b.id
	}
	d.keptSaid(d.putBody(keptReport, uuid.NewString(), d.keptName(), report))
}

func (d *desk) keptSaid(item syncproto.DeskItem) {
	d.menu = ""
	d.say(ui.Good, d.lang.T(i18n.KeepDone, "name", item.Name))
}

func (d *desk) openFilter(item syncproto.DeskItem) {
	var f filter
	if err := json.Unmarshal(item.Body, &f); err == nil {
		d.setFilter(func(now *filter) { *now = f })
		d.loadNames()
	}
}

// openReport opens the page of a report with its filter and tables.
func (d *desk) openReport(item syncproto.DeskItem) {
	var r savedReport
	if err := json.Unmarshal(item.Body, &r); err != nil {
		return
	}
	for id, state := range r.Grids {
		d.grids[id] = state
	}
	for id, table := range r.Tables {
		d.tables[id] = table
	}
	values := r.Filter.values()
	if r.Board != "" && r.Board != homeBoard {
		values.Set(inBoard, r.Board)
	}
	d.ctx.Navigate(pageAt(r.Path).path + "?" + values.Encode())
}

// copyLink puts the address of what is shown on the clipboard.
func (d *desk) copyLink() {
	address := *d.ctx.Page().URL()
	address.Fragment = ""
	ui.Copy(address.String())
	d.say(ui.Good, d.lang.T(i18n.KeepCopied))
}
