package selling

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	wire "tillsight/shared/wire/office"
)

// keysView is the page on which a manager arranges the till's quick keys. What it
// shows is drawn as the till draws it.
type keysView struct {
	d    *kit.Desk
	kept kit.Remote[wire.QuickKeys]               // as the server has it
	grid kit.Form[wire.QuickKeys, wire.QuickKeys] // as it is being arranged
	said string

	group, key int // chosen; key −1: none
	dragged    int

	text  string // of the search for goods to add
	found kit.Remote[catalogue.Goods]
}

func newKeys(d *kit.Desk) kit.View {
	return &keysView{d: d, key: -1, dragged: -1, found: kit.Remote[catalogue.Goods]{Again: "keys-find-again"}}
}

// Refresh gets the keys. What is being changed is not taken away.
func (k *keysView) Refresh() {
	if !k.changed() {
		k.kept.Load(k.d, office.Asking(k.d.Office.Server, wire.GetQuickKeys, struct{}{}), func(grid *wire.QuickKeys) { k.take(*grid) })
	}
}

// Redraw has nothing to do: the page draws no charts.
func (k *keysView) Redraw() {}

// take makes grid what is arranged.
func (k *keysView) take(grid wire.QuickKeys) {
	if kept := k.kept.Value(); kept != nil {
		*kept = grid
	}
	k.grid.Set(func(draft *wire.QuickKeys) { *draft = cloneGrid(grid) })
	k.group, k.key = max(0, min(k.group, len(grid.Groups)-1)), -1
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
	kept := k.kept.Value()
	return kept != nil && !slices.EqualFunc(k.grid.Draft.Groups, kept.Groups, func(a, b wire.KeyGroup) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Colour == b.Colour && slices.Equal(a.Keys, b.Keys)
	})
}

// here returns the group of the moment, nil when there is none.
func (k *keysView) here() *wire.KeyGroup {
	if k.group >= len(k.grid.Draft.Groups) {
		return nil
	}
	return &k.grid.Draft.Groups[k.group]
}

// save sends the whole arrangement; tills have it in seconds.
func (k *keysView) save() {
	k.said = ""
	k.grid.Save(k.d, office.Asking(k.d.Office.Server, wire.SaveQuickKeys, k.grid.Draft), func(grid wire.QuickKeys) []kit.Problem {
		k.take(grid)
		k.said = k.d.Lang.T(keysSaved)
		return nil
	})
}

func (k *keysView) addGroup() {
	id := "g" + strconv.FormatInt(k.d.Now().UnixMilli(), 36)
	k.grid.Draft.Groups = append(k.grid.Draft.Groups,
		wire.KeyGroup{ID: id, Name: catalogue.Text{RU: k.d.Lang.T(keysNewGroup)}, Keys: []wire.Key{}})
	k.group, k.key = len(k.grid.Draft.Groups)-1, -1
	k.grid.Rev++
}

func (k *keysView) dropGroup() {
	k.grid.Draft.Groups = slices.Delete(k.grid.Draft.Groups, k.group, k.group+1)
	k.group, k.key = max(0, k.group-1), -1
	k.grid.Rev++
}

// moveGroup moves the group of the moment among the others.
func (k *keysView) moveGroup(step int) {
	to := k.group + step
	if to < 0 || to >= len(k.grid.Draft.Groups) {
		return
	}
	k.grid.Draft.Groups[k.group], k.grid.Draft.Groups[to] = k.grid.Draft.Groups[to], k.grid.Draft.Groups[k.group]
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
	k.grid.Draft.Groups[group].Keys = append(k.grid.Draft.Groups[group].Keys, key)
	k.group, k.key = group, len(k.grid.Draft.Groups[group].Keys)-1
	k.grid.Rev++
}

func (k *keysView) dropKey() {
	if g := k.here(); g != nil && k.key >= 0 && k.key < len(g.Keys) {
		g.Keys = slices.Delete(g.Keys, k.key, k.key+1)
		k.key = -1
	}
}

// findGoods looks for goods to put on a key.
func (k *keysView) findGoods(text string) {
	if k.text = text; text != "" {
		query := catalogue.GoodsQuery{Text: text, Limit: 8, Lang: string(k.d.Lang)}
		k.found.Load(k.d, office.Asking(k.d.Office.Server, wire.GetGoods, query), nil)
	}
}

// add puts goods on a new key behind the others.
func (k *keysView) add(row catalogue.GoodRow) {
	if len(k.grid.Draft.Groups) == 0 {
		k.addGroup()
	}
	g := k.here()
	key := wire.Key{SKU: row.SKU, Name: row.Name, Own: row.Picture}
	if row.Price != nil {
		key.Amount = row.Price.Amount
	}
	g.Keys = append(g.Keys, key)
	k.key, k.text = len(g.Keys)-1, ""
	k.grid.Rev++
}
