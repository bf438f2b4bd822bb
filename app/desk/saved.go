package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// Kinds of what is kept.
const (
	keptFilter  = "filter"  // body: filter
	keptReport  = "report"  // body: savedReport
	keptBoard   = "board"   // body: layout
	keptMeasure = "measure" // body: cube.Own
)

// keptKey is where this browser keeps them.
const keptKey = "desk.kept"

// shelf is what the person keeps: in this browser, so that it is there without a
// network, and at the server, so that other devices have it.
type shelf struct {
	Items []syncproto.DeskItem `json:"items"`
	Dirty []string             `json:"dirty"` // IDs of edits that the server has not

	busy bool
}

// savedReport is a page with its filter and the state of its tables.
type savedReport struct {
	Path   string               `json:"path"`
	Filter filter               `json:"filter"`
	Grids  map[string]gridState `json:"grids,omitempty"`
	Tables map[string]bool      `json:"tables,omitempty"`
	Board  string               `json:"board,omitempty"` // of the overview
}

// kept lists what is kept of a kind: the person's own by name, then what
// colleagues share.
func (d *desk) kept(kind string) []syncproto.DeskItem {
	var list []syncproto.DeskItem
	for _, item := range d.shelf.Items {
		if item.Kind == kind && !item.Gone {
			list = append(list, item)
		}
	}
	slices.SortStableFunc(list, func(a, b syncproto.DeskItem) int {
		if mine := d.mine(a); mine != d.mine(b) {
			if mine {
				return -1
			}
			return 1
		}
		return cube.Natural(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

// mine reports whether the person may change an item.
func (d *desk) mine(item syncproto.DeskItem) bool {
	return item.Owner == "" || d.user != nil && item.Owner == d.user.Login
}

// keptItem finds an item: the person's own before a colleague's.
func (d *desk) keptItem(kind, id string) (item syncproto.DeskItem, ok bool) {
	for _, item := range d.kept(kind) {
		if item.ID == id {
			return item, true
		}
	}
	return item, false
}

// put keeps an item, new or changed.
func (d *desk) put(item syncproto.DeskItem) syncproto.DeskItem {
	if item.ID == "" {
		item.ID = uuid.NewString()
	}
	item.Owner = d.user.Login
	item.At = d.now().UnixMilli()
	at := slices.IndexFunc(d.shelf.Items, func(have syncproto.DeskItem) bool { return have.ID == item.ID && d.mine(have) })
	if at < 0 {
		d.shelf.Items = append(d.shelf.Items, item)
	} else {
		item.At = max(item.At, d.shelf.Items[at].At+1)
		d.shelf.Items[at] = item
	}
	if !slices.Contains(d.shelf.Dirty, item.ID) {
		d.shelf.Dirty = append(d.shelf.Dirty, item.ID)
	}
	d.keep(keptKey, d.shelf)
	d.syncKept()
	return item
}

// putBody keeps a body under a name.
func (d *desk) putBody(kind, id, name string, body any) syncproto.DeskItem {
	text, err := json.Marshal(body)
	if err != nil {
		d.say(ui.Bad, d.lang.Error(errcode.As(err)))
		return syncproto.DeskItem{}
	}
	item, _ := d.keptItem(kind, id)
	return d.put(syncproto.DeskItem{ID: id, Kind: kind, Name: name, Body: text, Shared: item.Shared && d.mine(item)})
}

// drop removes an item; it can be taken back.
func (d *desk) drop(item syncproto.DeskItem) {
	gone := item
	gone.Gone, gone.Body = true, json.RawMessage("null")
	d.put(gone)
	d.offerUndo(ui.Good, d.lang.T(i18n.KeptGone, "name", item.Name), func() {
		d.put(item)
		d.refreshPage()
	})
}

// share lets colleagues see an item, or no longer.
func (d *desk) share(item syncproto.DeskItem) {
	item.Shared = !item.Shared
	d.put(item)
}

// syncKept sends edits to the server and takes those of other devices.
func (d *desk) syncKept() {
	if d.user == nil || d.shelf.busy || d.office == nil {
		return
	}
	d.shelf.busy = true
	var edits []syncproto.DeskItem
	for _, item := range d.shelf.Items {
		if d.mine(item) && slices.Contains(d.shelf.Dirty, item.ID) {
			edits = append(edits, item)
		}
	}
	call(d, func(ctx context.Context) ([]syncproto.DeskItem, error) {
		for _, item := range edits {
			if _, err := d.office.Server.Save(ctx, item); err != nil {
				return nil, err
			}
		}
		return d.office.Server.Saved(ctx)
	}, func(list []syncproto.DeskItem, e *errcode.Error) {
		d.shelf.busy = false
		if e != nil {
			if e.Code != errcode.Offline && e.Code != errcode.Unauthorised {
				d.say(ui.Bad, d.lang.Error(e))
			}
			return
		}
		d.takeKept(edits, list)
	})
}

// takeKept puts what the server has in place, and draws anew what it changed.
func (d *desk) takeKept(sent, list []syncproto.DeskItem) {
	before := slices.Clone(d.shelf.Items)
	d.mergeKept(sent, list)
	d.keep(keptKey, d.shelf)
	same := slices.EqualFunc(before, d.shelf.Items, func(a, b syncproto.DeskItem) bool {
		return a.ID == b.ID && a.At == b.At && a.Shared == b.Shared && a.Owner == b.Owner
	})
	if !same && d.page.uses != usesNothing {
		d.refreshPage()
	}
	if len(d.shelf.Dirty) > 0 {
		d.syncKept()
	}
}

// mergeKept puts what the server has in place of ours, but for edits made since
// ours were sent.
func (d *desk) mergeKept(sent, list []syncproto.DeskItem) {
	for _, item := range sent {
		for _, have := range d.shelf.Items {
			if have.ID == item.ID && d.mine(have) && have.At == item.At {
				d.shelf.Dirty = slices.DeleteFunc(d.shelf.Dirty, func(id string) bool { return id == item.ID })
			}
		}
	}
	var items []syncproto.DeskItem
	for _, have := range d.shelf.Items {
		if d.mine(have) && slices.Contains(d.shelf.Dirty, have.ID) {
			items = append(items, have)
		}
	}
	for _, item := range list {
		if !d.mine(item) || !slices.Contains(d.shelf.Dirty, item.ID) {
			items = append(items, item)
		}
	}
	d.shelf.Items = items
}

// ownMeasures are the measures that the person can use: own ones and those that
// colleagues share.
func (d *desk) ownMeasures() []cube.Own {
	var list []cube.Own
	for _, item := range d.kept(keptMeasure) {
		var own cube.Own
		if err := json.Unmarshal(item.Body, &own); err == nil {
			own.ID = cube.MeasureID(cube.OwnPrefix + item.ID)
			list = append(list, own)
		}
	}
	return list
}

// measureOf finds a measure by its ID, own ones too.
func (d *desk) measureOf(id cube.MeasureID) (cube.Measure, bool) {
	if m, ok := cube.MeasureOf(id); ok {
		return m, true
	}
	for _, own := range d.ownMeasures() {
		if own.ID == id {
			m, err := own.MeasureOf()
			return m, err == nil
		}
	}
	return cube.Measure{ID: id}, false
}

// ownOf are the own measures among those asked for.
func (d *desk) ownOf(measures ...cube.MeasureID) []cube.Own {
	var list []cube.Own
	for _, own := range d.ownMeasures() {
		if slices.Contains(measures, own.ID) {
			list = append(list, own)
		}
	}
	return list
}
