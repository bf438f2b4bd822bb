package user

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

const (
	nameMax   = 100 // characters
	storesMax = 1000
	actsKept  = 100_000
)

// check returns what keeps a person from being written as said.
func check(u wire.User) error {
	wrong := func(field string) error {
		return errcode.New(errcode.Invalid, "user.check", fmt.Errorf("%s of %q", field, u.Login)).With("field", field)
	}
	switch {
	case !loginForm.MatchString(u.Login):
		return wrong("login")
	case u.Role != Admin && u.Role != Manager:
		return wrong("role")
	case u.Role == Manager && u.All == (len(u.Stores) > 0), len(u.Stores) > storesMax: // nothing said is not everything
		return wrong("store")
	case utf8.RuneCountInString(u.Name) > nameMax || !utf8.ValidString(u.Name):
		return wrong("name")
	}
	return nil
}

// Check returns what would keep Add from making a user.
func (r *Registry) Check(u wire.User, password string) error {
	u.Login = strings.ToLower(u.Login)
	if err := check(u); err != nil {
		return err
	}
	return longEnough(password)
}

// Add makes a user.
func (r *Registry) Add(u wire.User, password string) error {
	u.Login = strings.ToLower(u.Login)
	if err := check(u); err != nil {
		return err
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

// List returns all people, those who may no longer log in too.
func (r *Registry) List() ([]wire.Person, error) {
	list := []wire.Person{}
	err := r.db.Query(`SELECT login, name, role, stores, lang, personal, whole, '', disabled,
			coalesce((SELECT max(seen) FROM session WHERE session.login = user.login), 0)
		FROM user ORDER BY login`, func(row sqlite.Row) error {
		u, _, err := scan(row)
		list = append(list, wire.Person{User: u, Disabled: row.Int64(8), Seen: row.Int64(9)})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return list, nil
}

// Change gives a person other rights, and ends the sessions that had the old
// ones. It fails with errcode.Conflict rather than leave nobody to administer.
func (r *Registry) Change(u wire.User) error {
	u.Login = strings.ToLower(u.Login)
	if err := check(u); err != nil {
		return err
	}
	if u.Role == Admin {
		u.All, u.Stores = true, nil
	}
	stores, err := json.Marshal(append([]string{}, u.Stores...))
	if err != nil {
		return fmt.Errorf("change user: %w", err)
	}
	return r.edit("user.Change", u.Login, `UPDATE user SET name = ?, role = ?, whole = ?, stores = ?, lang = ?, personal = ? WHERE login = ?`,
		u.Name, u.Role, u.All, string(stores), u.Lang, u.Personal, u.Login)
}

// Disable keeps a person out at once, or lets them in again. It fails with
// errcode.Conflict rather than leave nobody to administer.
func (r *Registry) Disable(login string, disabled bool) error {
	login = strings.ToLower(login)
	since := int64(0)
	if disabled {
		since = r.now().UnixMilli()
	}
	return r.edit("user.Disable", login, `UPDATE user SET disabled = ? WHERE login = ?`, since, login)
}

// SetPassword gives a user another password and ends the sessions.
func (r *Registry) SetPassword(login, password string) error {
	login = strings.ToLower(login)
	hash, err := r.hash(password)
	if err != nil {
		return err
	}
	return r.edit("user.SetPassword", login, `UPDATE user SET password = ? WHERE login = ?`, hash, login)
}

// edit changes one person, ends their sessions, forgets their devices, and sees
// to it that an administrator is left.
func (r *Registry) edit(op, login, statement string, args ...any) error {
	return r.db.Write(func(tx *sqlite.Tx) error {
		before, err := administrators(tx)
		if err != nil {
			return err
		}
		if err := tx.Exec(statement, args...); err != nil {
			return err
		}
		if tx.Changes() == 0 {
			return errcode.New(errcode.NotFound, op, fmt.Errorf("nobody is %q", login))
		}
		after, err := administrators(tx)
		if err != nil {
			return err
		}
		if before > 0 && after == 0 {
			return errcode.New(errcode.LastAdmin, op, errors.New("nobody would be left to administer"))
		}
		if err := tx.Exec(`DELETE FROM familiar WHERE login = ?`, login); err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM session WHERE login = ?`, login)
	})
}

func administrators(tx *sqlite.Tx) (n int, err error) {
	err = tx.Query(`SELECT count(*) FROM user WHERE role = 'admin' AND disabled = 0`, func(row sqlite.Row) error {
		n = row.Int(0)
		return nil
	})
	return n, err
}

// Note writes down what somebody did. The oldest acts go when there are very many.
func (r *Registry) Note(a wire.Act) error {
	a.At = r.now().UnixMilli()
	err := r.db.Write(func(tx *sqlite.Tx) error {
		err := tx.Exec(`INSERT INTO act (at, login, address, what, object) VALUES (?, ?, ?, ?, ?)`, a.At, a.Login, a.Address, a.What, a.Object)
		if err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM act WHERE id <= (SELECT max(id) FROM act) - ?`, actsKept)
	})
	if err != nil {
		return fmt.Errorf("note act: %w", err)
	}
	return nil
}

// Acts returns the newest acts, newest first.
func (r *Registry) Acts(limit int) ([]wire.Act, error) {
	list := []wire.Act{}
	err := r.db.Query(`SELECT at, login, address, what, object FROM act ORDER BY id DESC LIMIT ?`, func(row sqlite.Row) error {
		list = append(list, wire.Act{At: row.Int64(0), Login: row.Text(1), Address: row.Text(2), What: row.Text(3), Object: row.Text(4)})
		return nil
	}, limit)
	if err != nil {
		return nil, fmt.Errorf("list acts: %w", err)
	}
	return list, nil
}
