// Package token knows the tokens with which other programs, such as Power BI or
// a notebook, read exports: made and revoked by administrators, each for some
// stores and with or without personal data. A token reads and does nothing else.
package token

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Prefix begins every token, so that scanners of source code find one that leaked.
const Prefix = "tillsight_"

const (
	tokenBytes = 32
	nameMax    = 80
	daysUsual  = 90 // until a token ends when nothing is said
	daysMax    = 3650
)

// Registry is the tokens in db. It is safe for concurrent use.
type Registry struct {
	db     *sqlite.DB
	now    func() time.Time
	random io.Reader
}

// Open returns the registry that is kept in db.
func Open(db *sqlite.DB, now func() time.Time, random io.Reader) (*Registry, error) {
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return nil, fmt.Errorf("open tokens: %w", err)
	}
	return &Registry{db: db, now: now, random: random}, nil
}

// Create makes a token and returns it in clear, this once.
func (r *Registry) Create(t wire.TokenRequest, by string) (wire.Token, string, error) {
	t.Name = strings.TrimSpace(t.Name)
	if t.Name == "" || utf8.RuneCountInString(t.Name) > nameMax || t.Days < 0 || t.Days > daysMax {
		return wire.Token{}, "", errcode.New(errcode.Invalid, "token.Create", fmt.Errorf("name %q, %d days", t.Name, t.Days)).With("field", "name")
	}
	if t.All == (len(t.Stores) > 0) { // nothing said is not everything
		return wire.Token{}, "", errcode.New(errcode.Invalid, "token.Create", fmt.Errorf("stores %q", t.Stores)).With("field", "store")
	}
	secret := make([]byte, tokenBytes)
	if _, err := io.ReadFull(r.random, secret); err != nil {
		return wire.Token{}, "", fmt.Errorf("make token: %w", err)
	}
	text := Prefix + base64.RawURLEncoding.EncodeToString(secret)
	now := r.now()
	made := wire.Token{Name: t.Name, All: t.All, Stores: t.Stores, Personal: t.Personal, By: by, Created: now.UnixMilli()}
	if !t.Forever {
		if t.Days == 0 {
			t.Days = daysUsual
		}
		made.Expires = now.AddDate(0, 0, t.Days).UnixMilli()
	}
	stores, err := json.Marshal(append([]string{}, t.Stores...))
	if err != nil {
		return made, "", fmt.Errorf("make token: %w", err)
	}
	err = r.db.Query(`INSERT INTO token (hash, name, whole, stores, personal, by, created, expires, revoked, used, uses)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
		RETURNING id`, func(row sqlite.Row) error {
		made.ID = row.Int64(0)
		return nil
	}, hashOf(text), made.Name, made.All, string(stores), made.Personal, by, made.Created, made.Expires)
	if err != nil {
		return made, "", fmt.Errorf("make token: %w", err)
	}
	return made, text, nil
}

func hashOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

const fields = `id, name, stores, personal, by, created, expires, revoked, used, uses, whole`

func scan(row sqlite.Row) (t wire.Token, err error) {
	t = wire.Token{
		ID: row.Int64(0), Name: row.Text(1), Personal: row.Bool(3), By: row.Text(4), Created: row.Int64(5), Expires: row.Int64(6),
		Revoked: row.Int64(7), Used: row.Int64(8), Uses: row.Int64(9), All: row.Bool(10),
	}
	return t, json.Unmarshal([]byte(row.Text(2)), &t.Stores)
}

// List returns all tokens, newest first, revoked ones too.
func (r *Registry) List() (list []wire.Token, err error) {
	list = []wire.Token{}
	err = r.db.Query(`SELECT `+fields+` FROM token ORDER BY id DESC`, func(row sqlite.Row) error {
		t, err := scan(row)
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return list, nil
}

// Revoke ends a token at once.
func (r *Registry) Revoke(id int64) error {
	found := false
	err := r.db.Query(`UPDATE token SET revoked = CASE revoked WHEN 0 THEN ? ELSE revoked END WHERE id = ? RETURNING id`,
		func(sqlite.Row) error {
			found = true
			return nil
		}, r.now().UnixMilli(), id)
	if err == nil && !found {
		err = errcode.New(errcode.NotFound, "token.Revoke", fmt.Errorf("token %d", id))
	}
	return err
}

// Authenticate returns the token in force that text is, and counts its use. It
// fails with errcode.Unauthorised.
func (r *Registry) Authenticate(text string) (t wire.Token, err error) {
	now := r.now().UnixMilli()
	found := false
	if strings.HasPrefix(text, Prefix) {
		err = r.db.Query(`UPDATE token SET used = ?1, uses = uses + 1
			WHERE hash = ?2 AND revoked = 0 AND (expires = 0 OR expires > ?1)
			RETURNING `+fields, func(row sqlite.Row) error {
			found = true
			t, err = scan(row)
			return err
		}, now, hashOf(text))
	}
	if err == nil && !found {
		err = errcode.New(errcode.Unauthorised, "token.Authenticate", errors.New("no such token in force"))
	}
	return t, err
}
