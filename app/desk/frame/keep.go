package frame

import (
	"encoding/json"
	"net/url"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	wire "tillsight/shared/wire/office"
)

// drawKeep is the menu of what is kept: filters and reports under names, and the
// link to what is shown.
func drawKeep(d *frame) app.UI {
	l := d.Lang
	return app.Div().Class("export keep").Body(
		&ui.Button{ID: "link", Label: "⧉", Name: l.T(i18n.KeepLink), Kind: ui.Quiet, Class: "head-act", OnPress: d.Press(d.copyLink)},
		&ui.Button{ID: "keep", Label: "☆", Name: l.T(i18n.KeepMenu), Kind: ui.Quiet, Class: "head-act", Toggle: true, Pressed: d.Menu == "keep",
			OnPress: d.Press(func() { d.Name(""); d.ToggleMenu("keep") })},
		app.If(d.Menu == "keep", func() app.UI { return app.Div().Class("menu menu-end menu-keep").Body(keepItems(d)...) }),
	)
}

func keepItems(d *frame) []app.UI {
	l := d.Lang
	items := []app.UI{
		&ui.Field{ID: "keep-name", Label: l.T(i18n.KeepAs), Example: l.T(d.page.Name), Value: d.Naming.Text, Rev: d.Naming.Rev, Focus: true,
			OnText: func(_ app.Context, text string) { d.Naming.Text = text }, OnEnter: d.Press(d.keepReport)},
		app.Div().Class("menu-acts").Body(
			&ui.Button{ID: "keep-report", Label: l.T(i18n.KeepReport), Kind: ui.Primary, OnPress: d.Press(d.keepReport)},
			&ui.Button{ID: "keep-filter", Label: l.T(i18n.KeepFilter), OnPress: d.Press(d.keepFilter)},
		),
	}
	items = append(items, keptList(d, kit.KeptReport, i18n.KeptReports, d.openReport)...)
	return append(items, keptList(d, kit.KeptFilter, i18n.KeptFilters, d.openFilter)...)
}

// keptList lists what is kept of a kind; the person's own can be shared and
// removed.
func keptList(d *frame, kind string, title *i18n.Message, open func(wire.DeskItem)) []app.UI {
	l := d.Lang
	list := kit.Kept(d.Desk, kind)
	if len(list) == 0 {
		return nil
	}
	rows := []app.UI{app.P().Class("menu-label").Text(l.T(title))}
	for _, item := range list {
		name := item.Name
		acts := []app.UI{}
		if kit.Mine(d.Desk, item) {
			label, sign := i18n.KeptShare, "⇪"
			if item.Shared {
				label, sign = i18n.KeptUnshare, "⇩"
			}
			acts = append(acts,
				&ui.Button{ID: "share-" + item.ID, Label: sign, Name: l.T(label) + ": " + name, Kind: ui.Quiet, Toggle: true, Pressed: item.Shared, OnPress: d.Press(func() { kit.ShareItem(d.Desk, item) })},
				&ui.Button{ID: "drop-" + item.ID, Label: "✕", Name: l.T(i18n.KeptDrop) + ": " + name, Kind: ui.Quiet, OnPress: d.Press(func() { kit.DropItem(d.Desk, item) })})
		} else {
			name += " · " + item.Owner
		}
		rows = append(rows, app.Div().Class("kept").Body(append([]app.UI{
			&ui.Button{ID: "open-" + item.ID, Label: name, Kind: ui.Quiet, Class: "option plain", OnPress: d.Press(func() { d.Menu = ""; open(item) })},
		}, acts...)...))
	}
	return rows
}

// keptName is the name that was typed, or what stands for it.
func (d *frame) keptName() string {
	if d.Naming.Text != "" {
		return d.Naming.Text
	}
	return d.Lang.T(d.page.Name) + ", " + d.periodName()
}

func (d *frame) keepFilter() {
	item := kit.PutBody(d.Desk, kit.KeptFilter, uuid.NewString(), d.keptName(), d.Filter)
	d.keptSaid(item)
}

func (d *frame) keepReport() {
	report := savedReport{Path: d.page.Path, Filter: d.Filter, Grids: d.Grids, Tables: d.Tables}
	own := url.Values{}
	if v, ok := d.views[d.page.Path].(kit.Addressed); ok {
		v.Address(own)
	}
	report.Board = own.Get(kit.InBoard)
	d.keptSaid(kit.PutBody(d.Desk, kit.KeptReport, uuid.NewString(), d.keptName(), report))
}

func (d *frame) keptSaid(item wire.DeskItem) {
	d.Menu = ""
	d.Say(ui.Good, d.Lang.T(i18n.KeepDone, "name", item.Name))
}

func (d *frame) openFilter(item wire.DeskItem) {
	var f kit.Filter
	if err := json.Unmarshal(item.Body, &f); err == nil {
		d.SetFilter(func(now *kit.Filter) { *now = f })
		d.loadNames()
	}
}

// openReport opens the page of a report with its filter and tables.
func (d *frame) openReport(item wire.DeskItem) {
	var r savedReport
	if err := json.Unmarshal(item.Body, &r); err != nil {
		return
	}
	for id, state := range r.Grids {
		d.Grids[id] = state
	}
	for id, table := range r.Tables {
		d.Tables[id] = table
	}
	values := r.Filter.Values()
	if r.Board != "" {
		values.Set(kit.InBoard, r.Board)
	}
	d.Ctx.Navigate(d.pageAt(r.Path).Path + "?" + values.Encode())
}

// copyLink puts the address of what is shown on the clipboard.
func (d *frame) copyLink() {
	address := *d.Ctx.Page().URL()
	address.Fragment = ""
	ui.Copy(address.String())
	d.Say(ui.Good, d.Lang.T(i18n.KeepCopied))
}

// savedReport is a page with its filter and the state of its tables.
type savedReport struct {
	Path   string                   `json:"path"`
	Filter kit.Filter               `json:"filter"`
	Grids  map[string]kit.GridState `json:"grids,omitempty"`
	Tables map[string]bool          `json:"tables,omitempty"`
	Board  string                   `json:"board,omitempty"` // of the overview
}
