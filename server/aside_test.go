package main

import (
	"bytes"
	"testing"

	"tillsight/server/aside"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	wire "tillsight/shared/wire/office"
)

// TestAside: what is kept and not counted is listed with what can be told of it,
// waits for a person, and each decision is kept.
func TestAside(t *testing.T) {
	w := newPushWorld(t)
	facts := &aside.Facts{Journal: w.truth.journal, Warehouse: w.derived.warehouse, Devices: w.truth.devices}
	list := func() wire.Aside {
		t.Helper()
		a, err := facts.List(t.Context())
		w.must(err)
		return a
	}
	if a := list(); a.Waiting != 0 || len(a.Facts) != 0 || len(a.Branches) != 0 {
		t.Fatalf("nothing is aside: %+v", a)
	}
	const noon = int64(1_795_331_502_000)
	var sale []byte // the first that comes to something
	for _, body := range bodies(t)[fact.SaleRegistered] {
		if sale == nil && !bytes.Contains(body, []byte(`"total":0`)) {
			sale = bytes.ReplaceAll(body, []byte(`"store":"12"`), []byte(`"store":"1"`))
		}
	}

	early := *w.one // the tablet is copied here
	w.push(w.one, w.one.raw(fact.SaleRegistered, 9, noon, sale))
	w.settle()
	a := list()
	if a.Waiting != 1 || len(a.Facts) != 1 {
		t.Fatalf("a sale of an unknown version: %+v", a)
	}
	got := a.Facts[0]
	if got.Pos != 1 || got.Kind != string(fact.SaleRegistered) || got.Reason != string(errcode.UnknownFact) || got.At != noon ||
		got.Store != "1" || got.Till != 1 || got.Number == "" || got.Total == 0 || got.Received == 0 || got.Left != nil {
		t.Errorf("the fact %+v", got)
	}
	if _, err := facts.Release(t.Context(), wire.FactDecision{Pos: 1}); errcode.Of(err) != errcode.UnknownFact {
		t.Errorf("released without sense: %v", err)
	}
	if _, err := facts.Leave(t.Context(), "boss", wire.FactDecision{Pos: 7}); errcode.Of(err) != errcode.NotFound {
		t.Errorf("left what is not there: %v", err)
	}
	a, err := facts.Leave(t.Context(), "boss", wire.FactDecision{Pos: 1, Note: "a test"})
	if err != nil || a.Waiting != 0 || a.Facts[0].Left == nil || a.Facts[0].Left.By != "boss" || a.Facts[0].Left.Note != "a test" {
		t.Errorf("left aside: %+v, %v", a, err)
	}

	w.push(&early, early.raw(fact.SaleRegistered, 1, noon, sale)) // refused: its number is taken
	w.settle()
	a = list()
	if a.Waiting != 1 || len(a.Branches) != 1 {
		t.Fatalf("a copied tablet: %+v", a)
	}
	b := a.Branches[0]
	if b.Device != w.one.ID || b.Name != "till" || b.Store != "1" || b.Till != 1 || b.From != 1 || b.Waiting != 1 || b.Receipts != 1 ||
		b.Total != got.Total || b.Received == 0 {
		t.Errorf("the branch %+v", b)
	}
	this := wire.BranchDecision{Device: b.Device, Epoch: b.Epoch, Note: "the same"}
	if _, err := facts.LeaveBranch(t.Context(), "", this); errcode.Of(err) != errcode.Invalid {
		t.Errorf("left by nobody: %v", err)
	}
	a, err = facts.AdoptBranch(t.Context(), this)
	if err != nil || a.Waiting != 0 || a.Branches[0].Adopted != 1 || a.Branches[0].Receipts != 0 {
		t.Errorf("adopted: %+v, %v", a, err)
	}
	if _, err := facts.LeaveBranch(t.Context(), "boss", this); errcode.Of(err) != errcode.NotFound {
		t.Errorf("left what was adopted: %v", err)
	}
	w.settle()
	if a := list(); a.Waiting != 0 || len(a.Facts) != 1 {
		t.Errorf("the adopted sale makes sense: %+v", a)
	}
}
