package settings

import (
	"testing"
	"time"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			office.GetTills.Path: []office.TillPlace{{Store: "2", Name: "North", Till: 1}, {Store: "1", Name: "South", Till: 1, Device: "a"}},
			office.GetDevices.Path: []office.Device{
				{ID: "a", Name: "Counter", Store: "1", Till: 1, LastSeen: kittest.Sunday.Add(-5 * time.Minute).UnixMilli(), Acked: 1200},
				{ID: "b", Name: "Old counter", Store: "1", Till: 1, Revoked: true}},
			office.GetAside.Path: office.Aside{Waiting: 3, More: true,
				Facts: []office.AsideFact{
					{Pos: 7, Kind: string(fact.SaleRegistered), Reason: string(errcode.UnknownFact), Store: "1", Till: 2, Number: "1-2-77", Total: 120_00},
					{Pos: 5, Kind: "Unheard", Reason: string(errcode.ClockWrong), Left: &office.Left{By: "boss", Note: "a test"}},
				},
				Branches: []office.AsideBranch{{Device: "d", Name: "Window till", Store: "1", Till: 2, Epoch: 1, From: 40, Waiting: 2, Receipts: 1, Total: 90_00},
					{Device: "e", Epoch: 1, From: 3, Adopted: 4, Aside: 1}},
			},
		},
		Shows: map[string]string{"/admin": "silent, 5 minutes ago", "/admin/aside": "Sale 1-2-77"},
	})
}

func TestEveryKindHasAName(t *testing.T) {
	for _, kind := range fact.Kinds() {
		if kindName(kind) == kindOther {
			t.Errorf("%s has no name", kind)
		}
	}
	if kindName("Unheard") != kindOther {
		t.Error("what is unknown has a name")
	}
}
