package selling

import (
	"strings"
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	wire "tillsight/shared/wire/office"
)

// openKeys opens the page of quick keys with two groups.
func openKeys(t *testing.T) (*kittest.Opened, *keysView) {
	t.Helper()
	o := kittest.Open(t, Pages()[0], i18n.EN, kittest.Answers{Server: map[string]any{
		"GET " + wire.GetQuickKeys.Path: wire.QuickKeys{Tag: "a", Groups: []wire.KeyGroup{
			{ID: "bread", Name: catalogue.Text{EN: "Bread"},
				Keys: []wire.Key{{SKU: "1", Name: catalogue.Text{EN: "Loaf"}}, {SKU: "2"}, {SKU: "3", Gone: true}}},
			{ID: "milk", Name: catalogue.Text{EN: "Milk"}, Keys: []wire.Key{}}}},
		wire.GetQuickKeys.Path: wire.QuickKeys{Tag: "b", Groups: []wire.KeyGroup{{ID: "milk", Name: catalogue.Text{EN: "Milk"}, Keys: []wire.Key{}}}},
		wire.GetGoods.Path:     catalogue.Goods{Rows: []catalogue.GoodRow{{Product: catalogue.Product{SKU: "9", Name: catalogue.Text{EN: "Bun"}}}}},
	}})
	return o, o.View.(*keysView)
}

// skus are the keys of a group, in their order.
func skus(k *keysView, group int) string {
	var list []string
	for _, key := range k.grid.Draft.Groups[group].Keys {
		list = append(list, string(key.SKU))
	}
	return strings.Join(list, " ")
}

// TestKeysAreArranged: moved, moved to another group, dropped; nothing of it
// touches what the server has.
func TestKeysAreArranged(t *testing.T) {
	o, k := openKeys(t)
	for _, step := range []struct {
		name string
		do   func()
		want string // keys of the groups
	}{
		{"right", func() { k.moveKey(0, 2) }, "2 3 1|"},
		{"out of the row", func() { k.moveKey(0, 3); k.moveKey(-1, 0) }, "2 3 1|"},
		{"to the other group", func() { k.toGroup(1) }, "2 3|1"},
		{"dropped", k.dropKey, "2 3|"},
		{"nothing chosen", k.dropKey, "2 3|"},
		{"groups change places", func() { k.moveGroup(-1) }, "|2 3"},
		{"no further", func() { k.moveGroup(-1) }, "|2 3"},
	} {
		step.do()
		if got := skus(k, 0) + "|" + skus(k, 1); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
	if !k.changed() || len(k.kept.Value().Groups[0].Keys) != 3 {
		t.Errorf("changed %v, kept %+v", k.changed(), k.kept.Value().Groups)
	}
	k.Refresh() // newer keys do not take away what is being changed
	o.Settle()
	if !k.changed() {
		t.Error("the arrangement is gone")
	}
	if k.take(*k.kept.Value()); k.changed() || skus(k, 0) != "1 2 3" {
		t.Errorf("taken back it is %s", skus(k, 0))
	}
}

// TestKeysAreAdded from what the search finds, and saved.
func TestKeysAreAdded(t *testing.T) {
	o, k := openKeys(t)
	k.findGoods("bun")
	o.Settle()
	sees(t, o, "keys-add-9")
	k.add(k.found.Value().Rows[0])
	if skus(k, 0) != "1 2 3 9" || k.key != 3 {
		t.Errorf("%s, chosen %d", skus(k, 0), k.key)
	}
	if html := o.HTML(); strings.Contains(html, "keys-add-9") || !strings.Contains(html, "key-form") {
		t.Error("the search is open still, or the new key is not chosen")
	}
	k.save()
	o.Settle()
	if k.changed() || k.kept.Value().Tag != "b" || k.grid.Draft.Tag != "b" {
		t.Errorf("kept %+v", k.kept.Value())
	}
	sees(t, o, i18n.EN.T(keysSaved))
}

// TestFirstGroup: a key makes a group when there is none.
func TestFirstGroup(t *testing.T) {
	_, k := openKeys(t)
	k.dropGroup()
	k.dropGroup()
	if k.here() != nil {
		t.Fatal("a group is left")
	}
	k.dropKey()
	k.toGroup(0)
	k.add(catalogue.GoodRow{Product: catalogue.Product{SKU: "9"}})
	if skus(k, 0) != "9" {
		t.Errorf("%s", skus(k, 0))
	}
}
