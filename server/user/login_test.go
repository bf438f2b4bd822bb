package user

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

const secret = "a good password"

// office is a registry with an administrator and two managers, and a clock.
type office struct {
	*Registry
	t   *testing.T
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	o.Registry = newRegistry(t, func() time.Time { return o.now })
	for _, u := range []wire.User{{Login: "boss", Role: Admin}, {Login: "anna", Role: Manager, Stores: []string{"2"}}, {Login: "ivan", Role: Manager, All: true}} {
		if err := o.Add(u, secret); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func (o *office) try(login, password string, from From) (Entry, errcode.Code) {
	o.t.Helper()
	e, err := o.LogIn(o.t.Context(), wire.Credentials{Login: login, Password: password}, from)
	return e, errcode.Of(err)
}

// Guesses at a login from elsewhere keep its owner out neither on a device nor
// at an address that is known.
func TestGuessesKeepNobodyOut(t *testing.T) {
	o := newOffice(t)
	home := From{Address: "10.0.0.1"}
	e, code := o.try("boss", secret, home)
	if code != "" {
		t.Fatal(code)
	}
	home.Device = e.Device
	guess := func(n int) {
		for i := range n {
			o.try("boss", "guess", From{Address: fmt.Sprintf("203.0.113.%d", i%250)})
		}
	}
	guess(20)
	if _, code := o.try("boss", secret, From{Address: "198.51.100.1"}); code != errcode.TooMany {
		t.Errorf("from nowhere: %q", code)
	}
	if _, code := o.try("boss", secret, home); code != "" {
		t.Errorf("on a known device: %q", code)
	}
	guess(20)
	if _, code := o.try("boss", secret, From{Address: "198.51.100.1", Device: e.Device}); code != "" {
		t.Errorf("on a known device at another place: %q", code)
	}
	guess(20)
	if _, code := o.try("boss", secret, From{Address: "10.0.0.1"}); code != "" {
		t.Errorf("at a known address: %q", code)
	}
	// A device that is known for one person is none for another.
	guess(20)
	if _, code := o.try("anna", "wrong", From{Address: "203.0.113.7", Device: e.Device}); code != errcode.Unauthorised {
		t.Errorf("another person: %q", code)
	}
}

// An address that is refused uses up nobody's tries.
func TestRefusedAddressIsNotCounted(t *testing.T) {
	o := newOffice(t)
	bad := From{Address: "203.0.113.9"}
	for range placeFree {
		o.try("nobody", "guess", bad)
	}
	for range 100 {
		if _, code := o.try("anna", "guess", bad); code != errcode.TooMany {
			t.Fatalf("the address is not refused: %q", code)
		}
	}
	if _, code := o.try("anna", secret, From{Address: "198.51.100.1"}); code != "" {
		t.Errorf("anna, from elsewhere: %q", code)
	}
}

// A log-in that is right hides no guesses before it, at a known address neither.
func TestGuessesBetweenRightLogIns(t *testing.T) {
	o := newOffice(t)
	from := From{Address: "10.0.0.1"}
	if _, code := o.try("boss", secret, from); code != "" {
		t.Fatal(code)
	}
	refused := 0
	for range 10 {
		if _, code := o.try("boss", "guess", from); code == errcode.TooMany {
			refused++
		}
		o.try("ivan", secret, from)
	}
	if refused < 5 {
		t.Errorf("%d of 10 guesses were refused", refused)
	}
	// All of an IPv6 network is one address.
	refused = 0
	for i := range 3 * placeFree {
		if _, code := o.try(fmt.Sprint("nobody", i), "guess", From{Address: fmt.Sprintf("2001:db8::%x", i)}); code == errcode.TooMany {
			refused++
		}
	}
	if refused < placeFree {
		t.Errorf("%d guesses of one network were refused", refused)
	}
}

func TestEndlessLogin(t *testing.T) {
	o := newOffice(t)
	for range 5 {
		if _, code := o.try(strings.Repeat("x", 1<<16), "guess", From{Address: "10.0.0.1"}); code != errcode.Unauthorised {
			t.Fatalf("%q", code)
		}
	}
}

func TestIdleSessionEnds(t *testing.T) {
	o := newOffice(t)
	e, _ := o.try("boss", secret, From{Address: "10.0.0.1"})
	for range 30 { // used now and then
		o.now = o.now.Add(10 * time.Hour)
		if _, err := o.Session(e.Token); err != nil {
			t.Fatal(err)
		}
	}
	o.now = o.now.Add(idleMax + time.Minute)
	if _, err := o.Session(e.Token); errcode.Of(err) != errcode.Unauthorised {
		t.Errorf("after half a day without use: %v", err)
	}
}

func TestPeople(t *testing.T) {
	o := newOffice(t)
	from := From{Address: "10.0.0.1"}
	boss, _ := o.try("boss", secret, from)
	anna, _ := o.try("anna", secret, from)
	list, err := o.List()
	if err != nil || len(list) != 3 || list[0].Login != "anna" || list[0].Seen == 0 || list[2].Seen != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	ended := func(token string) {
		t.Helper()
		if _, err := o.Session(token); errcode.Of(err) != errcode.Unauthorised {
			t.Errorf("the session goes on: %v", err)
		}
	}
	for name, test := range map[string]struct {
		err  error
		want errcode.Code
	}{
		"last administrator disabled": {o.Disable("boss", true), errcode.LastAdmin},
		"last administrator demoted":  {o.Change(wire.User{Login: "boss", Role: Manager, All: true}), errcode.LastAdmin},
		"nobody":                      {o.Disable("nobody", true), errcode.NotFound},
		"no stores":                   {o.Change(wire.User{Login: "anna", Role: Manager}), errcode.Invalid},
		"all and some":                {o.Change(wire.User{Login: "anna", Role: Manager, All: true, Stores: []string{"1"}}), errcode.Invalid},
		"no role":                     {o.Change(wire.User{Login: "anna", All: true}), errcode.Invalid},
	} {
		if got := errcode.Of(test.err); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if _, err := o.Session(boss.Token); err != nil {
		t.Errorf("what was refused ended a session: %v", err)
	}
	if err := o.Change(wire.User{Login: "anna", Role: Manager, Stores: []string{"1"}, Personal: true}); err != nil {
		t.Fatal(err)
	}
	ended(anna.Token)
	if anna, _ = o.try("anna", secret, from); Scope(anna.User).Sees("2") || !Scope(anna.User).Sees("1") {
		t.Errorf("anna sees %s", Scope(anna.User))
	}
	if err := o.Disable("anna", true); err != nil {
		t.Fatal(err)
	}
	ended(anna.Token)
	if _, code := o.try("anna", secret, from); code != errcode.Unauthorised {
		t.Errorf("who is disabled logs in: %q", code)
	}
	if err := o.Disable("anna", false); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	if _, code := o.try("anna", secret, from); code != "" {
		t.Errorf("who is let in again: %q", code)
	}
}

func TestActs(t *testing.T) {
	o := newOffice(t)
	for _, what := range []string{"a", "b"} {
		if err := o.Note(wire.Act{Login: "boss", Address: "10.0.0.1", What: what, Object: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	want := wire.Act{At: o.now.UnixMilli(), Login: "boss", Address: "10.0.0.1", What: "b", Object: "x"}
	if acts, err := o.Acts(1); err != nil || len(acts) != 1 || acts[0] != want {
		t.Errorf("%+v, %v", acts, err)
	}
}

// Who had all stores by having none keeps them, and says so from now on.
func TestRightsOfBefore(t *testing.T) {
	db, err := sqlite.Open(t.TempDir()+"/user.db", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	older := fstest.MapFS{}
	for _, name := range []string{"migration/0001_user.sql", "migration/0002_personal.sql", "migration/0003_saved.sql"} {
		text, err := Migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		older[name] = &fstest.MapFile{Data: text}
	}
	if err := db.Migrate(older, "migration"); err != nil {
		t.Fatal(err)
	}
	for login, row := range map[string][2]string{"boss": {"admin", "[]"}, "all": {"manager", "[]"}, "null": {"manager", "null"}, "two": {"manager", `["2"]`}} {
		err := db.Exec(`INSERT INTO user (login, name, role, stores, lang, password, created) VALUES (?, '', ?, ?, 'ru', '', 1)`, login, row[0], row[1])
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := Open(db, time.Now, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	list, err := r.List()
	if err != nil || len(list) != 4 {
		t.Fatalf("%v, %v", list, err)
	}
	for _, p := range list {
		s := Scope(p.User)
		if whole := p.Login != "two"; s.Whole() != whole || !s.Sees("2") {
			t.Errorf("%s sees %s", p.Login, s)
		}
	}
}
