package user

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

func newRegistry(t *testing.T, now func() time.Time) *Registry {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "user.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	r, err := Open(db, now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The first vector is from test.c of the Argon2 reference implementation
// (github.com/P-H-C/phc-winner-argon2).
func TestCheckPassword(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	ours, err := hashPassword("correct horse", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	again, err := hashPassword("correct horse", rand.Reader)
	if err != nil || again == ours {
		t.Errorf("two hashes of a password are the same, %v", err)
	}
	tests := []struct {
		name, hash, password string
		want                 bool
	}{
		{"reference", reference, "password", true},
		{"reference, other password", reference, "Password", false},
		{"ours", ours, "correct horse", true},
		{"ours, other password", ours, "correct horse ", false},
		{"empty", "", "", false},
		{"decoy", decoy, "", false},
		{"other algorithm", strings.Replace(reference, "argon2id", "argon2i", 1), "password", false},
		{"no key", "$argon2id$v=19$m=65536,t=2,p=1$c29tc2FsdA$", "password", false},
		{"no passes", "$argon2id$v=19$m=65536,t=0,p=1$c29tc2FsdA$CTFh", "password", false},
		{"garbage", "$argon2id$v=19$x$c29tc2FsdA$CTFh", "password", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := checkPassword(test.hash, test.password); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestAdd(t *testing.T) {
	r := newRegistry(t, time.Now)
	good := wire.User{Login: "Anna.K", Name: "Anna", Role: Manager, Stores: []string{"1", "2"}, Lang: "ru"}
	with := func(change func(*wire.User)) wire.User {
		u := good
		change(&u)
		return u
	}
	tests := []struct {
		name     string
		user     wire.User
		password string
		want     errcode.Code
	}{
		{"good", good, "long enough", ""},
		{"again, in other letters", with(func(u *wire.User) { u.Login = "anna.k" }), "long enough", errcode.Conflict},
		{"no login", with(func(u *wire.User) { u.Login = "" }), "long enough", errcode.Invalid},
		{"login with a space", with(func(u *wire.User) { u.Login = "a b" }), "long enough", errcode.Invalid},
		{"no role", with(func(u *wire.User) { u.Login, u.Role = "x1", "" }), "long enough", errcode.Invalid},
		{"short password", with(func(u *wire.User) { u.Login = "x2" }), "семьбук", errcode.Invalid},
		{"eight letters", with(func(u *wire.User) { u.Login = "x3" }), "восьмибу", ""},
		{"endless password", with(func(u *wire.User) { u.Login = "x4" }), strings.Repeat("x", 201), errcode.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := errcode.Of(r.Add(test.user, test.password)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	e, err := r.LogIn(t.Context(), wire.Credentials{Login: "ANNA.K", Password: "long enough"}, From{Address: "10.0.0.1"})
	u, token := e.User, e.Token
	if err != nil || u.Login != "anna.k" || len(u.Stores) != 2 {
		t.Fatalf("log-in: %+v, %v", u, err)
	}
	if again, err := r.Session(token); err != nil || again.Login != u.Login || again.Role != Manager {
		t.Errorf("session: %+v, %v", again, err)
	}
	if n, err := r.Sessions(); err != nil || n != 1 {
		t.Errorf("%d sessions, %v", n, err)
	}
}

func TestScope(t *testing.T) {
	tests := map[string]struct {
		user                   wire.User
		two, three, all, names bool
	}{
		"two":           {wire.User{Role: Manager, Stores: []string{"2"}}, true, false, false, false},
		"two, names":    {wire.User{Role: Manager, Stores: []string{"2"}, Personal: true}, true, false, false, true},
		"lost stores":   {wire.User{Role: Manager, Personal: true}, false, false, false, false},
		"lost role":     {wire.User{All: true, Personal: true}, false, false, false, false},
		"all":           {wire.User{Role: Manager, All: true}, true, true, true, false},
		"administrator": {wire.User{Role: Admin, Stores: []string{"2"}}, true, true, true, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := Scope(test.user)
			if s.Sees("2") != test.two || s.Sees("3") != test.three || s.Whole() != test.all || s.Personal() != test.names {
				t.Errorf("%s", s)
			}
		})
	}
}
