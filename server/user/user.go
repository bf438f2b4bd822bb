// Package user knows the people who log in at the server, their rights and
// their sessions. Cashiers are not among them: they sign in at a till by PIN.
package user

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/server/attempt"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
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
	// SessionLife is how long a log-in lasts.
	SessionLife = 14 * 24 * time.Hour

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
	tries  attempt.Limiter
	hashes chan struct{} // one place for each password that may be hashed at once
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
		hashes: make(chan struct{}, 2),
	}, nil
}

// Scope is what u may see.
func Scope(u syncproto.User) scope.Scope {
	if u.Role == Admin || u.Role == Manager && u.All {
		return scope.All().WithPersonal(u.Personal || u.Role == Admin)
	}
	return scope.Of(u.Stores...).WithPersonal(u.Personal)
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// Add makes a user.
func (r *Registry) Add(u syncproto.User, password string) error {
	u.Login = strings.ToLower(u.Login)
	if !loginForm.MatchString(u.Login) || u.Role != Admin && u.Role != Manager {
		return errcode.New(errcode.Invalid, "user.Add", fmt.Errorf("login %q, role %q", u.Login, u.Role))
	}
	if u.Role == Manager && u.All == (len(u.Stores) > 0) { // nothing said is not everything
		return errcode.New(errcode.Invalid, "user.Add", errors.New("say which stores, or all")).With("field", "store")
	}
	hash, err := r.hash(password)
	if err != nil {
		return err
	}
	stores, err := json.Marshal(append([]string{}, u.Stores...))
	if err != nil {
		return fmt.Errorf("add user: %w", err)
	}
	return r.db.Write(func(tx *sqlite.Tx) error {
		err := tx.Exec(`INSERT INTO user (login, name, role, whole, stores, lang, personal, password, created)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`,
			u.Login, u.Name, u.Role, u.All, string(stores), u.Lang, u.Personal, hash, r.now().UnixMilli())
		if err == nil && tx.Changes() == 0 {
			err = errcode.New(errcode.Conflict, "user.Add", fmt.Errorf("%s exists", u.Login))
		}
		return err
	})
}

// SetPassword gives a user another password and ends the sessions.
func (r *Registry) SetPassword(login, password string) error {
	login = strings.ToLower(login)
	hash, err := r.hash(password)
	if err != nil {
		return err
	}
	return r.db.Write(func(tx *sqlite.Tx) error {
		if err := tx.Exec(`UPDATE user SET password = ? WHERE login = ?`, hash, login); err != nil {
			return err
		}
		if tx.Changes() == 0 {
			return errcode.New(errcode.NotFound, "user.SetPassword", nil)
		}
		return tx.Exec(`DELETE FROM session WHERE login = ?`, login)
	})
}

func (r *Registry) hash(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < passwordMin || len(password) > passwordMax {
		return "", errcode.New(errcode.Invalid, "user.Password", fmt.Errorf("a password has at least %d characters, this has %d", passwordMin, n)).
			With("min", strconv.Itoa(passwordMin))
	}
	return hashPassword(password, r.random)
}

// Count returns the number of users.
func (r *Registry) Count() (n int, err error) {
	err = r.db.Query(`SELECT count(*) FROM user`, func(row sqlite.Row) error {
		n = row.Int(0)
		return nil
	})
	return n, err
}

const columns = `SELECT login, name, role, stores, lang, personal, whole, password FROM user `

func scan(row sqlite.Row) (u syncproto.User, password string, err error) {
	u = syncproto.User{Login: row.Text(0), Name: row.Text(1), Role: row.Text(2), Lang: row.Text(4)}
	u.Personal, u.All = row.Bool(5) || u.Role == Admin, row.Bool(6) || u.Role == Admin
	if err := json.Unmarshal([]byte(row.Text(3)), &u.Stores); err != nil {
		return u, "", fmt.Errorf("stores of %s: %w", u.Login, err)
	}
	return u, row.Text(7), nil
}

// LogIn checks credentials that came from address and begins a session. After
// a few failures of the login or the address the next try has to wait; whether
// the login or the password was wrong is not told.
func (r *Registry) LogIn(ctx context.Context, c syncproto.Credentials, address string) (u syncproto.User, token string, err error) {
	login := strings.ToLower(c.Login)
	for _, key := range []string{"login " + login, "address " + address} {
		if wait := r.tries.Begin(key); wait > 0 {
			return u, "", tooMany(wait)
		}
	}
	select { // hashing takes 19 MiB each
	case r.hashes <- struct{}{}:
		defer func() { <-r.hashes }()
	case <-ctx.Done():
		return u, "", errcode.New(errcode.Cancelled, "user.LogIn", ctx.Err())
	}
	password := decoy
	err = r.db.Query(columns+`WHERE login = ?`, func(row sqlite.Row) (err error) {
		u, password, err = scan(row)
		return err
	}, login)
	if err != nil {
		return syncproto.User{}, "", fmt.Errorf("look up user: %w", err)
	}
	if len(c.Password) > passwordMax || !checkPassword(password, c.Password) || u.Login == "" {
		return syncproto.User{}, "", errcode.New(errcode.Unauthorised, "user.LogIn", errors.New("login or password is wrong"))
	}
	r.tries.Succeeded("login " + login)
	r.tries.Succeeded("address " + address)
	token, err = r.begin(login)
	return u, token, err
}

func tooMany(wait time.Duration) error {
	seconds := int(wait/time.Second) + 1
	return errcode.New(errcode.TooMany, "user.LogIn", nil).With("seconds", strconv.Itoa(seconds))
}

func (r *Registry) begin(login string) (token string, err error) {
	raw := make([]byte, sessionBytes)
	if _, err := io.ReadFull(r.random, raw); err != nil {
		return "", fmt.Errorf("begin session: %w", err)
	}
	token = hex.EncodeToString(raw)
	now := r.now()
	err = r.db.Write(func(tx *sqlite.Tx) error {
		if err := tx.Exec(`DELETE FROM session WHERE expires <= ?`, now.UnixMilli()); err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO session (token, login, expires)
			VALUES (?, ?, ?)`, tokenHash(token), login, now.Add(SessionLife).UnixMilli())
	})
	if err != nil {
		return "", fmt.Errorf("begin session: %w", err)
	}
	return token, nil
}

func tokenHash(token string) []byte {
	hash := sha256.Sum256([]byte(token))
	return hash[:]
}

// Session returns the user of a session.
func (r *Registry) Session(token string) (u syncproto.User, err error) {
	err = r.db.Query(columns+`
		JOIN session USING (login)
		WHERE token = ? AND expires > ?`, func(row sqlite.Row) (err error) {
		u, _, err = scan(row)
		return err
	}, tokenHash(token), r.now().UnixMilli())
	if err != nil {
		return syncproto.User{}, fmt.Errorf("look up session: %w", err)
	}
	if u.Login == "" {
		return u, errcode.New(errcode.Unauthorised, "user.Session", errors.New("no such session"))
	}
	return u, nil
}

// LogOut ends a session.
func (r *Registry) LogOut(token string) error {
	if err := r.db.Exec(`DELETE FROM session WHERE token = ?`, tokenHash(token)); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Sessions returns the number of sessions in force.
func (r *Registry) Sessions() (n int, err error) {
	err = r.db.Query(`SELECT count(*) FROM session WHERE expires > ?`, func(row sqlite.Row) error {
		n = row.Int(0)
		return nil
	}, r.now().UnixMilli())
	return n, err
}
