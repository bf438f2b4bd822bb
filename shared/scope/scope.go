// Package scope says whose data somebody may see: of which stores, and whether
// who the customers are. It is made once, where it is known who asks, and what
// is read or changed is filtered or refused by it alone. The zero value sees
// nothing, so that a right that got lost opens no door.
package scope

import (
	"fmt"
	"slices"

	"tillsight/shared/errcode"
)

// Scope is what somebody may see. The zero value is nothing.
type Scope struct {
	whole    bool
	stores   []string // ascending, each once
	personal bool
}

// All is every store and the chain as a whole.
func All() Scope { return Scope{whole: true} }

// Of is these stores; of none it is nothing.
func Of(stores ...string) Scope {
	list := slices.DeleteFunc(slices.Clone(stores), func(store string) bool { return store == "" })
	slices.Sort(list)
	return Scope{stores: slices.Compact(list)}
}

// WithPersonal is s with who the customers are, when personal says so.
func (s Scope) WithPersonal(personal bool) Scope {
	s.personal = personal && !s.Empty()
	return s
}

// Whole reports whether s is every store and the chain itself.
func (s Scope) Whole() bool { return s.whole }

// Empty reports whether s sees nothing.
func (s Scope) Empty() bool { return !s.whole && len(s.stores) == 0 }

// Personal reports whether s sees who the customers of its stores are.
func (s Scope) Personal() bool { return s.personal }

// Stores returns the stores of s, none when it is the whole chain or nothing.
func (s Scope) Stores() []string { return slices.Clone(s.stores) }

// Sees reports whether s sees a store; "" is the chain as a whole, which only
// who sees all of it does.
func (s Scope) Sees(store string) bool {
	return s.whole || store != "" && slices.Contains(s.stores, store)
}

// Reads reports whether s sees what is made for these stores: one of them is
// its own. What is made for none in particular concerns everybody who has one.
func (s Scope) Reads(stores []string) bool {
	return len(stores) == 0 && !s.Empty() || slices.ContainsFunc(stores, s.Sees)
}

// Changes reports whether s may change what is made for these stores: all of
// them are its own. What is made for none in particular is the whole chain's.
func (s Scope) Changes(stores []string) bool {
	if len(stores) == 0 {
		return s.whole
	}
	for _, store := range stores {
		if !s.Sees(store) {
			return false
		}
	}
	return true
}

// Must fails with errcode.Forbidden when s may not change what is made for these
// stores; op names the place.
func (s Scope) Must(op string, stores ...string) error {
	if s.Changes(stores) {
		return nil
	}
	return errcode.New(errcode.Forbidden, op, fmt.Errorf("stores %q are not of %s", stores, s))
}

// String names s, the same for the same rights and another for any other.
func (s Scope) String() string {
	text := "all stores"
	if !s.whole {
		text = fmt.Sprintf("%q", s.stores)
	}
	if s.personal {
		text += " with customers' names"
	}
	return text
}
