package scope

import (
	"testing"

	"tillsight/shared/errcode"
)

func TestScope(t *testing.T) {
	tests := []struct {
		name                 string
		scope                Scope
		one, two, chain      bool // Sees
		free, oneOrTwo, ones bool // Reads what is for nobody in particular, for stores 1 and 2, for store 1
		whole, both          bool // Changes what is the chain's, what is for stores 1 and 2
	}{
		{name: "nothing"},
		{name: "no stores", scope: Of()},
		{name: "no store's name", scope: Of("")},
		{name: "personal of nothing", scope: Scope{}.WithPersonal(true)},
		{name: "one", scope: Of("1"), one: true, free: true, oneOrTwo: true, ones: true},
		{name: "two", scope: Of("2"), two: true, free: true, oneOrTwo: true},
		{name: "both", scope: Of("2", "1", "2"), one: true, two: true, free: true, oneOrTwo: true, ones: true, both: true},
		{name: "all", scope: All(), one: true, two: true, chain: true, free: true, oneOrTwo: true, ones: true, whole: true, both: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := test.scope
			for what, got := range map[string][2]bool{
				"sees 1": {s.Sees("1"), test.one}, "sees 2": {s.Sees("2"), test.two}, "sees the chain": {s.Sees(""), test.chain},
				"reads what is for all": {s.Reads(nil), test.free}, "reads 1 and 2": {s.Reads([]string{"1", "2"}), test.oneOrTwo},
				"reads 1": {s.Reads([]string{"1"}), test.ones}, "changes the chain's": {s.Changes(nil), test.whole},
				"changes what names no store": {s.Changes([]string{""}), test.whole}, "changes 1 and 2": {s.Changes([]string{"1", "2"}), test.both},
				"must": {s.Must("x", "1", "2") == nil, test.both}, "must for the chain": {s.Must("x", "") == nil, test.whole},
			} {
				if got[0] != got[1] {
					t.Errorf("%s: %v, want %v", what, got[0], got[1])
				}
			}
			if s.Empty() && s.Personal() {
				t.Error("who sees nothing sees persons")
			}
		})
	}
	if errcode.Of(Of("1").Must("x", "2")) != errcode.Forbidden {
		t.Error("refused with another code")
	}
}

// Two scopes have one name only when they are the same.
func TestString(t *testing.T) {
	seen := map[string]int{}
	for i, s := range []Scope{{}, All(), All().WithPersonal(true), Of("1"), Of("1").WithPersonal(true), Of("1", "2"), Of(`1" "2`), Of("12")} {
		if other, found := seen[s.String()]; found {
			t.Errorf("%d and %d are both %s", i, other, s)
		}
		seen[s.String()] = i
	}
	if Of("2", "1").String() != Of("1", "2", "1").String() {
		t.Error("the order of stores makes another scope")
	}
}
