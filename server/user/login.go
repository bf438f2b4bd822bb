package user

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tillsight/server/attempt"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

const (
	loginMax    = 64 // bytes
	placeFree   = 10 // wrong tries of an address without delay: a shop has one
	familiarMax = 20 // devices and addresses of a person that are known
)

// From is where somebody logs in.
type From struct {
	Address string
	Device  string // the secret by which a browser is known again, "" for none
}

// Entry is a log-in that succeeded.
type Entry struct {
	User   wire.User
	Token  string // of the session
	Device string // the browser's secret from now on
}

// LogIn checks credentials and begins a session. Whether the login or the
// password was wrong is not told. After a few failures the next try has to wait:
// the address's first, which is not counted for the login when it is refused,
// then the login's, but not on devices and at addresses where its owner has
// logged in before, so that guesses from elsewhere keep nobody out.
func (r *Registry) LogIn(ctx context.Context, c wire.Credentials, from From) (Entry, error) {
	login, address := strings.ToLower(c.Login), attempt.Network(from.Address)
	known := len(login) <= loginMax
	wrong := errcode.New(errcode.Unauthorised, "user.LogIn", errors.New("login or password is wrong"))
	if from.Device == "" || !known || !r.familiar(login, "device "+from.Device) {
		if wait := r.places.Begin(address); wait > 0 {
			return Entry{}, tooMany(wait)
		}
		defer func() {
			if wrong == nil {
				r.places.Forgive(address)
			}
		}()
		from.Device = ""
	}
	if !known {
		return Entry{}, wrong
	}
	keys := []string{"login " + login}
	switch {
	case from.Device != "":
		keys = []string{"device " + from.Device}
	case r.familiar(login, "address "+address):
		keys = []string{"login " + login + " at " + address}
	}
	for _, key := range keys {
		if wait := r.tries.Begin(key); wait > 0 {
			return Entry{}, tooMany(wait)
		}
	}
	u, err := r.check(ctx, login, c.Password)
	if err != nil {
		return Entry{}, err
	}
	if u.Login == "" {
		return Entry{}, wrong
	}
	wrong = nil
	for _, key := range keys {
		r.tries.Succeeded(key)
	}
	return r.begin(u, address, from.Device)
}

// check returns the user of these credentials, none when they are wrong.
func (r *Registry) check(ctx context.Context, login, secret string) (u wire.User, err error) {
	select { // hashing takes 19 MiB each
	case r.hashes <- struct{}{}:
		defer func() { <-r.hashes }()
	case <-ctx.Done():
		return u, errcode.New(errcode.Cancelled, "user.LogIn", ctx.Err())
	}
	password, disabled := decoy, false
	err = r.db.Query(columns+`WHERE login = ?`, func(row sqlite.Row) (err error) {
		disabled = row.Int64(8) != 0
		u, password, err = scan(row)
		return err
	}, login)
	if err != nil {
		return wire.User{}, fmt.Errorf("look up user: %w", err)
	}
	if len(secret) > passwordMax || !checkPassword(password, secret) || disabled {
		return wire.User{}, nil
	}
	return u, nil
}

func tooMany(wait time.Duration) error {
	seconds := int(wait/time.Second) + 1
	return errcode.New(errcode.TooMany, "user.LogIn", nil).With("seconds", strconv.Itoa(seconds))
}

// familiar reports whether somebody has logged in by this mark before. What can't
// be looked up is not.
func (r *Registry) familiar(login, mark string) (found bool) {
	err := r.db.Query(`SELECT 1 FROM familiar WHERE login = ? AND mark = ? AND seen > ?`, func(sqlite.Row) error {
		found = true
		return nil
	}, login, hashOf(mark), r.now().Add(-DeviceLife).UnixMilli())
	return found && err == nil
}

// begin begins a session and remembers where.
func (r *Registry) begin(u wire.User, address, device string) (e Entry, err error) {
	e = Entry{User: u, Device: device}
	if e.Token, err = r.secret(); err == nil && device == "" {
		e.Device, err = r.secret()
	}
	if err != nil {
		return Entry{}, err
	}
	now := r.now().UnixMilli()
	err = r.db.Write(func(tx *sqlite.Tx) error {
		if err := tx.Exec(`DELETE FROM session WHERE expires <= ?1 OR seen <= ?2`, now, now-idleMax.Milliseconds()); err != nil {
			return err
		}
		err := tx.Exec(`INSERT INTO session (token, login, expires, seen) VALUES (?, ?, ?, ?)`,
			hashOf(e.Token), u.Login, now+SessionLife.Milliseconds(), now)
		for _, mark := range []string{"device " + e.Device, "address " + address} {
			if err == nil {
				err = tx.Exec(`INSERT INTO familiar (login, mark, seen) VALUES (?, ?, ?)
					ON CONFLICT (login, mark) DO UPDATE SET seen = excluded.seen`, u.Login, hashOf(mark), now)
			}
		}
		if err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM familiar WHERE login = ?1 AND mark NOT IN
			(SELECT mark FROM familiar WHERE login = ?1 ORDER BY seen DESC LIMIT ?2)`, u.Login, familiarMax)
	})
	if err != nil {
		return Entry{}, fmt.Errorf("begin session: %w", err)
	}
	return e, nil
}

func (r *Registry) secret() (string, error) {
	raw := make([]byte, sessionBytes)
	if _, err := io.ReadFull(r.random, raw); err != nil {
		return "", fmt.Errorf("begin session: %w", err)
	}
	return hex.EncodeToString(raw), nil
}

func hashOf(secret string) []byte {
	hash := sha256.Sum256([]byte(secret))
	return hash[:]
}

// Session returns the user of a session.
func (r *Registry) Session(token string) (u wire.User, err error) {
	now, seen := r.now().UnixMilli(), int64(0)
	err = r.db.Query(`SELECT user.login, name, role, stores, lang, personal, whole, password, disabled, session.seen FROM user
		JOIN session USING (login)
		WHERE token = ? AND expires > ? AND session.seen > ? AND disabled = 0`, func(row sqlite.Row) (err error) {
		seen = row.Int64(9)
		u, _, err = scan(row)
		return err
	}, hashOf(token), now, now-idleMax.Milliseconds())
	if err != nil {
		return wire.User{}, fmt.Errorf("look up session: %w", err)
	}
	if u.Login == "" {
		return u, errcode.New(errcode.Unauthorised, "user.Session", errors.New("no such session"))
	}
	if now-seen >= seenStep.Milliseconds() {
		if err := r.db.Exec(`UPDATE session SET seen = ? WHERE token = ?`, now, hashOf(token)); err != nil {
			return wire.User{}, fmt.Errorf("keep session: %w", err)
		}
	}
	return u, nil
}

// LogOut ends a session.
func (r *Registry) LogOut(token string) error {
	if err := r.db.Exec(`DELETE FROM session WHERE token = ?`, hashOf(token)); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Sessions returns the number of sessions in force.
func (r *Registry) Sessions() (n int, err error) {
	now := r.now().UnixMilli()
	err = r.db.Query(`SELECT count(*) FROM session WHERE expires > ? AND seen > ?`, func(row sqlite.Row) error {
		n = row.Int(0)
		return nil
	}, now, now-idleMax.Milliseconds())
	return n, err
}
