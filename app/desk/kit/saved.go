package kit

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// Kinds of what is kept.
const (
	KeptFilter  = "filter"  // body: filter
	KeptReport  = "report"  // body: savedReport
	KeptBoard   = "board"   // body: layout
	KeptMeasure = "measure" // body: cube.Own
)

// KeptKey is where this browser keeps them.
const KeptKey = "desk.kept"

// Shelf is what the person keeps: in this browser, so that it is there without a
// network, and at the server, so that other devices have it.
type Shelf struct {
	Items []wire.DeskItem `json:"items"`
	Dirty []string        `json:"dirty"` // IDs of edits that the server has not

	busy bool
}

// Kept lists what is kept of a kind: the person's own by name, then what
// colleagues share.
func Kept(d *Desk, kind string) []wire.DeskItem {
	var list []wire.DeskItem
	for _, item := range d.Shelf.Items {
		if item.Kind == kind && !item.Gone {
			list = append(list, item)
		}
	}
	slices.SortStableFunc(list, func(a, b wire.DeskItem) int {
		if mine := Mine(d, a); mine != Mine(d, b) {
			if mine {
				return -1
			}
			return 1
		}
		return cube.Natural(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

// Mine reports whether the person may change an item.
func Mine(d *Desk, item wire.DeskItem) bool {
	return item.Owner == "" || d.User != nil && item.Owner == d.User.Login
}

// KeptItem finds an item: the person's own before a colleague's.
func KeptItem(d *Desk, kind, id string) (item wire.DeskItem, ok bool) {
	for _, item := range Kept(d, kind) {
		if item.ID == id {
			return item, true
		}
	}
	return item, false
}

// PutItem keeps an item, new or changed.
func PutItem(d *Desk, item wire.DeskItem) wire.DeskItem {
	if item.ID == "" {
		item.ID = uuid.NewString()
	}
	item.Owner = d.User.Login
	item.At = d.Now().UnixMilli()
	at := slices.IndexFunc(d.Shelf.Items, func(have wire.DeskItem) bool { return have.ID == item.ID && Mine(d, have) })
	if at < 0 {
		d.Shelf.Items = append(d.Shelf.Items, item)
	} else {
		item.At = max(item.At, d.Shelf.Items[at].At+1)
		d.Shelf.Items[at] = item
	}
	if !slices.Contains(d.Shelf.Dirty, item.ID) {
		d.Shelf.Dirty = append(d.Shelf.Dirty, item.ID)
	}
	d.Keep(KeptKey, d.Shelf)
	SyncKept(d)
	return item
}

// PutBody keeps a body under a name.
func PutBody(d *Desk, kind, id, name string, body any) wire.DeskItem {
	text, err := json.Marshal(body)
	if err != nil {
		d.Say(ui.Bad, d.Lang.Error(errcode.As(err)))
		return wire.DeskItem{}
	}
	item, _ := KeptItem(d, kind, id)
	return PutItem(d, wire.DeskItem{ID: id, Kind: kind, Name: name, Body: text, Shared: item.Shared && Mine(d, item)})
}

// DropItem removes an item; it can be taken back.
func DropItem(d *Desk, item wire.DeskItem) {
	gone := item
	gone.Gone, gone.Body = true, json.RawMessage("null")
	PutItem(d, gone)
	d.OfferUndo(ui.Good, d.Lang.T(i18n.KeptGone, "name", item.Name), func() {
		PutItem(d, item)
		d.RefreshPage()
	})
}

// ShareItem lets colleagues see an item, or no longer.
func ShareItem(d *Desk, item wire.DeskItem) {
	item.Shared = !item.Shared
	PutItem(d, item)
}

// SyncKept sends edits to the server and takes those of other devices.
func SyncKept(d *Desk) {
	if d.User == nil || d.Shelf.busy || d.Office == nil {
		return
	}
	d.Shelf.busy = true
	var edits []wire.DeskItem
	for _, item := range d.Shelf.Items {
		if Mine(d, item) && slices.Contains(d.Shelf.Dirty, item.ID) {
			edits = append(edits, item)
		}
	}
	Call(d, func(ctx context.Context) ([]wire.DeskItem, error) {
		for _, item := range edits {
			if _, err := office.Call(ctx, d.Office.Server, wire.Save, item); err != nil {
				return nil, err
			}
		}
		return office.Call(ctx, d.Office.Server, wire.GetSaved, struct{}{})
	}, func(list []wire.DeskItem, e *errcode.Error) {
		d.Shelf.busy = false
		if e != nil {
			if e.Code != errcode.Offline && e.Code != errcode.Unauthorised {
				d.Say(ui.Bad, d.Lang.Error(e))
			}
			return
		}
		takeKept(d, edits, list)
	})
}

// takeKept puts what the server has in place, and draws anew what it changed.
func takeKept(d *Desk, sent, list []wire.DeskItem) {
	before := slices.Clone(d.Shelf.Items)
	mergeKept(d, sent, list)
	d.Keep(KeptKey, d.Shelf)
	same := slices.EqualFunc(before, d.Shelf.Items, func(a, b wire.DeskItem) bool {
		return a.ID == b.ID && a.At == b.At && a.Shared == b.Shared && a.Owner == b.Owner
	})
	if !same {
		d.Frame.RefreshReports()
	}
	if len(d.Shelf.Dirty) > 0 {
		SyncKept(d)
	}
}

// mergeKept puts what the server has in place of ours, but for edits made since
// ours were sent.
func mergeKept(d *Desk, sent, list []wire.DeskItem) {
	for _, item := range sent {
		for _, have := range d.Shelf.Items {
			if have.ID == item.ID && Mine(d, have) && have.At == item.At {
				d.Shelf.Dirty = slices.DeleteFunc(d.Shelf.Dirty, func(id string) bool { return id == item.ID })
			}
		}
	}
	var items []wire.DeskItem
	for _, have := range d.Shelf.Items {
		if Mine(d, have) && slices.Contains(d.Shelf.Dirty, have.ID) {
			items = append(items, have)
		}
	}
	for _, item := range list {
		if !Mine(d, item) || !slices.Contains(d.Shelf.Dirty, item.ID) {
			items = append(items, item)
		}
	}
	d.Shelf.Items = items
}

// OwnMeasures are the measures that the person can use: own ones and those that
// colleagues share.
func (d *Desk) OwnMeasures() []cube.Own {
	var list []cube.Own
	for _, item := range Kept(d, KeptMeasure) {
		var own cube.Own
		if err := json.Unmarshal(item.Body, &own); err == nil {
			own.ID = cube.MeasureID(cube.OwnPrefix + item.ID)
			list = append(list, own)
		}
	}
	return list
}

// MeasureOf finds a measure by its ID, own ones too.
func (d *Desk) MeasureOf(id cube.MeasureID) (cube.Measure, bool) {
	if m, ok := cube.MeasureOf(id); ok {
		return m, true
	}
	for _, own := range d.OwnMeasures() {
		if own.ID == id {
			m, err := own.MeasureOf()
			return m, err == nil
		}
	}
	return cube.Measure{ID: id}, false
}

// OwnOf are the own measures among those asked for.
func OwnOf(d *Desk, measures ...cube.MeasureID) []cube.Own {
	var list []cube.Own
	for _, own := range d.OwnMeasures() {
		if slices.Contains(measures, own.ID) {
			list = append(list, own)
		}
	}
	return list
}
