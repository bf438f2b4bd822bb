package segment_test

import (
	"slices"
	"testing"
	"time"

	"tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/scope"
	shared "tillsight/shared/segment"
)

// TestPersonalRights: who customers are is sent to those who may know it, and
// only of the stores that they see.
func TestPersonalRights(t *testing.T) {
	c := newChain(t)
	enrol := func(at int, id, store string, keep bool) {
		c.tills[at].Write(fact.CustomerEnrolled, 1, customer.Customer{
			ID: id, Card: "card-" + id, Name: "Name " + id, Phone: "+7 " + id, Store: store, Birth: "1984-05-17", Sex: "f",
			Consent: customer.Consent{Data: keep},
		})
	}
	for _, till := range c.tills {
		till.OpenShift()
	}
	enrol(0, "a", "1", true)
	enrol(0, "b", "2", true)
	enrol(0, "secret", "1", false)
	enrol(0, "nowhere", "", true)
	for _, id := range []string{"a", "b", "secret", "nowhere"} {
		c.tills[0].Sell(id, "")
	}
	c.refresh()
	cases := map[string]struct {
		rights scope.Scope
		want   []string
	}{
		"all":            {scope.All().WithPersonal(true), []string{"Name a", "Name b", "Name nowhere"}},
		"one store":      {scope.Of("1").WithPersonal(true), []string{"Name a"}},
		"no right":       {scope.All(), nil},
		"store, no more": {scope.Of("1"), nil},
	}
	old := map[string]shared.Ref{}
	for what, test := range cases {
		m, err := c.files.Manifest(t.Context(), test.rights)
		if err != nil {
			t.Fatal(err)
		}
		dims := &shared.Dims{}
		for _, ref := range m.Dims {
			if ref.Table == shared.TablePerson || ref.Table == shared.TableCustomer {
				if err := dims.Add(c.read(ref, nil, true)); err != nil {
					t.Fatal(err)
				}
			}
			if ref.Table == shared.TablePerson {
				old[ref.Hash] = ref
			}
		}
		var names []string
		for _, p := range dims.People {
			if p.Name != "" {
				names = append(names, p.Name)
			}
		}
		if slices.Sort(names); !slices.Equal(names, test.want) {
			t.Errorf("%s: sent %q, want %q", what, names, test.want)
		}
		if at := slices.IndexFunc(dims.Customers, func(c shared.Customer) bool { return c.ID == "a" }); at < 0 || dims.Customers[at].Birth != 1984 || !dims.Customers[at].Known {
			t.Errorf("%s: what the customer is like is missing: %+v", what, dims.Customers)
		}
	}
	enrol(0, "c", "1", true) // another version of the files takes the place of the old
	c.now = c.now.Add(time.Minute)
	c.refresh()
	for hash, ref := range old {
		if _, err := c.files.File(t.Context(), scope.All(), hash); errcode.Of(err) != errcode.NotFound {
			t.Errorf("people of store %q are given to somebody without the right: %v", ref.Store, err)
		}
	}
}
