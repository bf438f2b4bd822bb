package data

import (
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	wire "tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	figure := int64(1_250_000_00)
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			wire.GetPlans.Path: budget.Plans{
				Stores:  []budget.Store{{ID: "1", Name: "South"}},
				Figures: []budget.Figure{{Store: "1", Month: "2026-11", Measure: cube.Revenue, Value: &figure}}},
			wire.GetDictionary.Path: wire.Dictionary{Formats: []string{"csv"},
				Tables: []wire.DictionaryTable{{Table: "receipts", Title: wire.Words{RU: "Чеки", EN: "Receipts"}}}},
			wire.GetTokens.Path: []wire.Token{{ID: 1, Name: "Accounts", All: true, Used: kittest.Sunday.UnixMilli(), Uses: 3}},
		},
		Desk: func(d *kit.Desk) {
			d.Shelf.Items = []wire.DeskItem{{ID: "bill", Kind: kit.KeptMeasure, Owner: "anna", Name: "Bill",
				Body: []byte(`{"expr":"revenue / receipts"}`)}}
		},
		Query: func(q cube.Query) cube.Result {
			r := kittest.Nothing(q)
			r.Total.Values[0] = cube.Some(1234_00)
			return r
		},
		Shows: map[string]string{"/manager/plans": "1\u00a0250\u00a0000", "/manager/exports": "Accounts", "/manager/measures": "1,234.00"},
	})
}
