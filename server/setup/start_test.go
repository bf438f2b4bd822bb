package setup

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tillsight/server/attempt"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// fakeUsers are people in memory.
type fakeUsers struct {
	list []wire.User
	bad  error
}

func (f *fakeUsers) Count() (int, error) { return len(f.list), nil }

func (f *fakeUsers) Check(u wire.User, password string) error {
	if password == "" {
		return errcode.New(errcode.Invalid, "users", nil).With("field", "password")
	}
	return nil
}

func (f *fakeUsers) Add(u wire.User, password string) error {
	if f.bad == nil {
		f.list = append(f.list, u)
	}
	return f.bad
}

func newStart(t *testing.T) (s *Start, users *fakeUsers, clock *time.Time) {
	t.Helper()
	users, clock = &fakeUsers{}, new(time.Time)
	*clock = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	s = &Start{Writer: *newWriter(t), Users: users, Now: func() time.Time { return *clock }, Tries: &attempt.Limiter{Now: func() time.Time { return *clock }},
		Sample: func(classes []tax.Class, from time.Time) ([]refdata.Row, error) {
			if !slices.Equal(classes, []tax.Class{tax.Standard}) || !from.Equal(*clock) {
				return nil, errors.New("another sample was asked for")
			}
			return nil, nil
		}}
	return s, users, clock
}

// question is a set-up that lacks nothing.
func question(key string) wire.Setup {
	return wire.Setup{SetupKey: wire.SetupKey{Key: key}, Owner: wire.User{Login: "boss", Name: "Boss", Role: "manager"}, Password: "correct horse",
		Sample: true, Chain: chain.Chain{
			Company:   chain.Company{Name: "ООО", Country: "RU"},
			Taxes:     []chain.Rate{{Class: tax.Standard, From: "2026-01-01", Percent: 2200}},
			Stores:    []chain.Store{{ID: "1", Name: chain.Words{RU: "Первый"}, Tills: []chain.Number{1}}},
			Employees: []chain.Employee{{ID: "1", Name: "Анна", Role: staff.Manager, PIN: "1234"}},
		}}
}

// TestLink: the link is good once, for an hour, for who has it, while nobody can log
// in otherwise.
func TestLink(t *testing.T) {
	s, users, clock := newStart(t)
	refused := func(why, key string) {
		t.Helper()
		_, err := s.SetUp(question(key))
		if errcode.Of(s.Check(key)) != errcode.SetupLink || errcode.Of(err) != errcode.SetupLink {
			t.Errorf("%s: %v", why, err)
		}
	}
	refused("before there is a link", "")
	old, err := s.Link()
	if err != nil || len(old) < 20 {
		t.Fatalf("link %q, %v", old, err)
	}
	key, err := s.Link()
	if err != nil || key == old {
		t.Fatalf("link %q, %v", key, err)
	}
	refused("the one before", old)
	refused("another", key+"A")
	refused("none", "")
	*clock = clock.Add(LinkLife)
	refused("after an hour", key)
	*clock = clock.Add(-time.Millisecond)
	if err := s.Check(key); err != nil {
		t.Errorf("within the hour: %v", err)
	}
	users.list = []wire.User{{Login: "other"}}
	refused("somebody can log in", key)
	if key, err := s.Link(); key != "" || err != nil {
		t.Errorf("a link although somebody can log in: %q, %v", key, err)
	}
	users.list = nil
	if done, err := s.SetUp(question(key)); err != nil || len(done.Problems) > 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if u := users.list[0]; u.Login != "boss" || u.Role != "admin" || !u.All || !u.Personal {
		t.Errorf("the owner is %+v", u)
	}
	users.list = nil
	refused("a second time", key)
}

// TestSetUpLacks: what a till can't sell without is told, nothing is written and the
// link stays good; after the first mistake it goes on.
func TestSetUpLacks(t *testing.T) {
	s, users, _ := newStart(t)
	key, err := s.Link()
	if err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*wire.Setup){
		"company.name":     func(q *wire.Setup) { q.Chain.Company.Name = "" },
		"company.tax_id":   func(q *wire.Setup) { q.Chain.Company.TaxID = "12" },
		"taxes":            func(q *wire.Setup) { q.Chain.Taxes = nil },
		"stores":           func(q *wire.Setup) { q.Chain.Stores = nil },
		"stores[0].tills":  func(q *wire.Setup) { q.Chain.Stores[0].Tills = nil },
		"employees":        func(q *wire.Setup) { q.Chain.Employees = nil },
		"employees[0].pin": func(q *wire.Setup) { q.Chain.Employees[0].PIN = "" },
	} {
		q := question(key)
		change(&q)
		done, err := s.SetUp(q)
		if err != nil || len(done.Problems) != 1 || done.Problems[0].Field != field {
			t.Errorf("%s: %+v, %v", field, done, err)
		}
	}
	q := question(key)
	q.Password = ""
	if _, err := s.SetUp(q); errcode.Of(err) != errcode.Invalid {
		t.Errorf("without a password: %v", err)
	}
	if c := s.mustRead(t); len(c.Stores) > 0 || len(users.list) > 0 {
		t.Errorf("written: %+v, %+v", c, users.list)
	}
	users.bad = errors.New("disk")
	if _, err := s.SetUp(question(key)); err == nil {
		t.Error("the owner was not made, and nobody hears of it")
	}
	users.bad = nil
	if done, err := s.SetUp(question(key)); err != nil || len(done.Problems) > 0 || len(users.list) != 1 {
		t.Errorf("%+v, %v, %+v", done, err, users.list)
	}
}
