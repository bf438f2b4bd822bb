// Package user knows the people who log in at the server, their rights and
// their sessions. Cashiers are not among them: they sign in at a till by PIN.
package user

import (
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"tillsight/server/attempt"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Roles.
const (
	Admin   = "admin"   // everything
	Manager = "manager" // reports and prices of the stores that are said
)

const (
	// SessionLife is how long a log-in lasts at most.
	SessionLife = 14 * 24 * time.Hour
	// DeviceLife is how long a device is known on which somebody logged in.
	DeviceLife = 365 * 24 * time.Hour

	idleMax  = 12 * time.Hour  // a log-in that nobody uses ends
	seenStep = 5 * time.Minute // how exactly its use is written down

	passwordMin  = 8 // characters
	passwordMax  = 200
	sessionBytes = 32
)

// Registry is the table of users in db. It is safe for concurrent use, and
// beside another process that changes users.
type Registry struct {
	db     *sqlite.DB
	now    func() time.Time
	random io.Reader
	tries  attempt.Limiter // by login and device
	places attempt.Limiter // by address, which many may share
	hashes chan struct{}   // one place for each password that may be hashed at once
}

// Open returns the registry that is kept in db.
func Open(db *sqlite.DB, now func() time.Time, random io.Reader) (*Registry, error) {
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return nil, fmt.Errorf("open users: %w", err)
	}
	return &Registry{
		db:     db,
		now:    now,
		random: random,
		tries:  attempt.Limiter{Now: now},
		places: attempt.Limiter{Now: now, Free: placeFree},
		hashes: make(chan struct{}, 2),
	}, nil
}

// Scope is what u may see.
func Scope(u wire.User) scope.Scope {
	if u.Role == Admin || u.Role == Manager && u.All {
		return scope.All().WithPersonal(u.Personal || u.Role == Admin)
	}
	return scope.Of(u.Stores...).WithPersonal(u.Personal)
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

func (r *Registry) hash(password string) (string, error) {
	if err := longEnough(password); err != nil {
		return "", err
	}
	return hashPassword(password, r.random)
}

func longEnough(password string) error {
	if n := utf8.RuneCountInString(password); n < passwordMin || len(password) > passwordMax {
		return errcode.New(errcode.Invalid, "user.Password", fmt.Errorf("a password has at least %d characters, this has %d", passwordMin, n)).
			With("field", "password").With("min", strconv.Itoa(passwordMin))
	}
	return nil
}

// Count returns the number of users.
func (r *Registry) Count() (n int, err error) {
	err = r.db.Query(`SELECT count(*) FROM user`, func(row sqlite.Row) error {
		n = row.Int(0)
		return nil
	})
	return n, err
}

const columns = `SELECT login, name, role, stores, lang, personal, whole, password, disabled FROM user `

func scan(row sqlite.Row) (u wire.User, password string, err error) {
	u = wire.User{Login: row.Text(0), Name: row.Text(1), Role: row.Text(2), Lang: row.Text(4)}
	u.Personal, u.All = row.Bool(5) || u.Role == Admin, row.Bool(6) || u.Role == Admin
	if err := json.Unmarshal([]byte(row.Text(3)), &u.Stores); err != nil {
		return u, "", fmt.Errorf("stores of %s: %w", u.Login, err)
	}
	return u, row.Text(7), nil
}
