package tender_test

import (
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/tender"
)

// Every step from every state: those that the paying of a receipt knows, and no
// others.
func TestSteps(t *testing.T) {
	states := []tender.State{"", tender.Asked, tender.Unknown, tender.Taken, tender.Refused, tender.Returning, tender.Returned}
	allowed := map[[2]tender.State]bool{
		{"", tender.Asked}: true, {"", tender.Taken}: true,
		{tender.Asked, tender.Taken}: true, {tender.Asked, tender.Refused}: true, {tender.Asked, tender.Unknown}: true,
		{tender.Unknown, tender.Taken}: true, {tender.Unknown, tender.Refused}: true, {tender.Unknown, tender.Returned}: true,
		{tender.Taken, tender.Returning}: true, {tender.Taken, tender.Returned}: true,
		{tender.Returning, tender.Returned}: true, {tender.Returning, tender.Taken}: true,
	}
	for _, from := range states {
		for _, to := range states[1:] {
			var ps tender.Payments
			if from != "" {
				ps = tender.Payments{{N: 1, Kind: tender.Card, Amount: 500, State: from}}
			}
			after, err := ps.Step(tender.Payment{N: 1, Kind: tender.Card, Amount: 500, State: to})
			if allowed[[2]tender.State{from, to}] != (err == nil) {
				t.Errorf("%q → %q: %v", from, to, err)
			}
			if err == nil && (len(after) != 1 || after[0].State != to) {
				t.Errorf("%q → %q gives %+v", from, to, after)
			}
			if err != nil && errcode.Of(err) != errcode.PaymentState {
				t.Errorf("%q → %q: %v", from, to, err)
			}
			if from != "" && ps[0].State != from {
				t.Errorf("%q → %q changed what was", from, to)
			}
		}
	}
}

// A payment keeps its kind and sum, and numbers have no gaps.
func TestStepsOfAnother(t *testing.T) {
	ps := tender.Payments{{N: 1, Kind: tender.Card, Amount: 500, State: tender.Asked}}
	for name, p := range map[string]tender.Payment{
		"another sum":  {N: 1, Kind: tender.Card, Amount: 501, State: tender.Taken},
		"another kind": {N: 1, Kind: tender.Cash, Amount: 500, State: tender.Taken},
		"a gap":        {N: 3, Kind: tender.Card, Amount: 500, State: tender.Asked},
		"nothing":      {N: 2, Kind: tender.Card, State: tender.Asked},
		"below":        {N: 2, Kind: tender.Card, Amount: -1, State: tender.Asked},
		"before":       {N: 0, Kind: tender.Card, Amount: 1, State: tender.Asked},
	} {
		if _, err := ps.Step(p); errcode.Of(err) != errcode.PaymentState {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSums(t *testing.T) {
	ps := tender.Payments{
		{N: 1, Kind: tender.Card, Amount: 1, State: tender.Asked}, {N: 2, Kind: tender.Card, Amount: 10, State: tender.Unknown},
		{N: 3, Kind: tender.Card, Amount: 100, State: tender.Taken}, {N: 4, Kind: tender.Cash, Amount: 1000, State: tender.Taken},
		{N: 5, Kind: tender.Card, Amount: 10_000, State: tender.Refused}, {N: 6, Kind: tender.Card, Amount: 100_000, State: tender.Returning},
		{N: 7, Kind: tender.Card, Amount: 1_000_000, State: tender.Returned},
	}
	for _, tt := range []struct {
		name      string
		got, want money.Amount
	}{
		{"taken", ps.Taken(), 1100}, {"taken by card", ps.TakenBy(tender.Card), 100}, {"held", ps.Held(), 101_111},
		{"waiting", money.Amount(len(ps.Waiting())), 3},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

// The table is complete: every kind has one row and a tag of its sum.
func TestKinds(t *testing.T) {
	seen := map[tender.Kind]bool{}
	for _, r := range tender.Kinds {
		if r.Kind == "" || r.Fiscal == 0 || seen[r.Kind] {
			t.Errorf("row %+v", r)
		}
		seen[r.Kind] = true
		if got, ok := tender.RulesOf(r.Kind); !ok || got != r {
			t.Errorf("RulesOf(%q) = %+v", r.Kind, got)
		}
	}
	if _, ok := tender.RulesOf("shells"); ok {
		t.Error("an unknown kind has rules")
	}
}
