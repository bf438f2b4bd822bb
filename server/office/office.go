// Package office keeps what the office decides: documents of all kinds, each with
// its versions. Whose a document is, that nobody overwrites what they have not
// seen, its history, undoing and the notice to tills are here, once for all kinds.
//
// Documents that tills need too stand in a table of the reference data, and their
// versions in the same database: one transaction writes both. What was written
// there by something else, before there were versions or by a set-up, counts as a
// version of nobody's, and becomes one when the next is written.
package office

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/document"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Limits of what is kept.
const (
	versionsMax = 50 // of a document
	keyMax      = 64 // bytes
	keysMax     = 10_000
)

// Base is the database that documents are kept in.
type Base interface {
	View(queries func(q refdata.Querier) error) error
	// Change calls put in a transaction; put returns the newest version of the
	// reference data, 0 when it changed none.
	Change(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
	Migrate(files embed.FS) error
}

// Own is a database of documents that no till needs.
type Own struct{ *sqlite.DB }

// View implements Base.
func (o Own) View(queries func(q refdata.Querier) error) error {
	return o.Read(func(tx *sqlite.Tx) error { return queries(tx) })
}

// Change implements Base.
func (o Own) Change(put func(tx *sqlite.Tx) (int64, error)) (version int64, err error) {
	err = o.Write(func(tx *sqlite.Tx) error {
		version, err = put(tx)
		return err
	})
	return version, err
}

// Migrate implements Base.
func (o Own) Migrate(files embed.FS) error { return o.DB.Migrate(files, "migration") }

// Store is the documents of a kind.
type Store[T any] struct {
	Kind  document.Kind[T]
	Table string                                // of the reference data where tills have it, "": they do not
	Fits  func(q refdata.Querier, body T) error // what it names is there; nil: it names nothing
	base  Base
	now   func() time.Time
}

// Open makes s keep its documents in base.
func (s Store[T]) Open(base Base, now func() time.Time) (*Store[T], error) {
	if err := base.Migrate(Migrations); err != nil {
		return nil, fmt.Errorf("open documents: %w", err)
	}
	s.base, s.now = base, now
	return &s, nil
}

func (s *Store[T]) op(what string) string { return "office." + s.Kind.Name + "." + what }

func (s *Store[T]) stores(body T) []string {
	if s.Kind.Stores == nil {
		return nil
	}
	return s.Kind.Stores(body)
}

// List returns the documents that who sees, by key.
func (s *Store[T]) List(who routes.Caller) (list []document.Document[T], err error) {
	list = []document.Document[T]{}
	err = s.base.View(func(q refdata.Querier) error {
		keys, err := s.keys(q)
		for _, key := range keys {
			if err != nil {
				return err
			}
			var d document.Document[T]
			if d, _, err = s.state(q, key); err == nil && !d.Gone && who.Reads(s.stores(d.Body)) {
				list = append(list, d)
			}
		}
		return err
	})
	return list, err
}

// keys are those of all documents that there are or were.
func (s *Store[T]) keys(q refdata.Querier) (keys []string, err error) {
	err = q.Query(`SELECT DISTINCT key FROM office_document WHERE kind = ?`, func(r sqlite.Row) error {
		keys = append(keys, r.Text(0))
		return nil
	}, s.Kind.Name)
	if err != nil || s.Table == "" {
		return keys, err
	}
	rows, err := refdata.Documents[T](q, s.Table)
	for _, body := range rows {
		keys = append(keys, s.Kind.Key(body))
	}
	slices.Sort(keys)
	return slices.Compact(keys), err
}

// newest is the last version that was written of a document, the zero one for none.
func (s *Store[T]) newest(q refdata.Querier, key string) (d document.Document[T], err error) {
	list, err := s.versions(q, key, 1)
	if len(list) > 0 {
		return list[0], err
	}
	return document.Document[T]{Key: key, Gone: true}, err
}

func (s *Store[T]) versions(q refdata.Querier, key string, limit int) (list []document.Document[T], err error) {
	err = q.Query(`SELECT version, gone, body, by, at
		FROM office_document
		WHERE kind = ? AND key = ?
		ORDER BY version DESC
		LIMIT ?`, func(r sqlite.Row) error {
		d := document.Document[T]{Key: key, Version: r.Int(0), Gone: r.Int(1) != 0, By: r.Text(3), At: r.Int64(4)}
		err := json.Unmarshal([]byte(r.Text(2)), &d.Body)
		list = append(list, d)
		return err
	}, s.Kind.Name, key, limit)
	return list, err
}

// state is what holds of a document; foreign says that it was not written here.
func (s *Store[T]) state(q refdata.Querier, key string) (d document.Document[T], foreign bool, err error) {
	d, err = s.newest(q, key)
	if err != nil || s.Table == "" {
		return d, false, err
	}
	body, found, err := refdata.DocumentByKey[T](q, s.Table, key)
	switch {
	case err != nil:
		return d, false, err
	case found == !d.Gone && (!found || same(body, d.Body)):
		return d, false, nil
	case found:
		return document.Document[T]{Key: key, Version: d.Version + 1, Body: body}, true, nil
	}
	return document.Document[T]{Key: key, Version: d.Version + 1, Gone: true, Body: d.Body}, true, nil
}

// same reports whether two bodies say the same.
func same[T any](a, b T) bool {
	x, e1 := json.Marshal(a)
	y, e2 := json.Marshal(b)
	return e1 == nil && e2 == nil && string(x) == string(y)
}

// Save writes the version after the one that was seen, or says what is wrong.
// Saying again what holds changes nothing.
func (s *Store[T]) Save(who routes.Caller, q document.Put[T]) (saved document.Saved[T], err error) {
	if !q.Gone {
		if err := s.check(q); err != nil {
			saved.Problems, err = problemsOf(err)
			return saved, err
		}
	}
	_, err = s.base.Change(func(tx *sqlite.Tx) (int64, error) {
		held, foreign, err := s.state(tx, q.Key)
		if err != nil {
			return 0, err
		}
		if err := s.allow(who, held, q); err != nil {
			return 0, err
		}
		saved.Document = &held
		if held.Gone && q.Gone || !held.Gone && !q.Gone && same(held.Body, q.Body) {
			return 0, nil
		}
		if held.Version != q.Seen {
			return 0, errcode.New(errcode.Conflict, s.op("Save"), fmt.Errorf("%s has version %d, seen was %d", q.Key, held.Version, q.Seen))
		}
		next := document.Document[T]{Key: q.Key, Version: held.Version + 1, Gone: q.Gone, By: who.Name(), At: s.now().UnixMilli(), Body: q.Body}
		if q.Gone {
			next.Body = held.Body
		} else if s.Fits != nil {
			if err := s.Fits(tx, q.Body); err != nil {
				return 0, err
			}
		}
		if foreign {
			if err := s.write(tx, held); err != nil {
				return 0, err
			}
		}
		saved.Document = &next
		if err := s.write(tx, next); err != nil {
			return 0, err
		}
		return s.tell(tx, next)
	})
	if err != nil {
		saved.Document = nil
		saved.Problems, err = problemsOf(err)
	}
	return saved, err
}

func (s *Store[T]) check(q document.Put[T]) error {
	if err := s.Kind.Check(q.Body); err != nil {
		return err
	}
	if s.Kind.Key(q.Body) != q.Key || q.Key == "" || len(q.Key) > keyMax || strings.ContainsAny(q.Key, "/\x00\n") {
		return errcode.New(errcode.Invalid, s.op("Save"), fmt.Errorf("key %q", q.Key))
	}
	return nil
}

// allow refuses who may not change what there is, or what it is to become.
func (s *Store[T]) allow(who routes.Caller, held document.Document[T], q document.Put[T]) error {
	if !q.Gone {
		if err := who.Must(s.op("Save"), s.stores(q.Body)...); err != nil {
			return err
		}
	}
	if held.Version == 0 {
		return nil
	}
	return who.Must(s.op("Save"), s.stores(held.Body)...)
}

// write adds a version; of those before, the newest are kept.
func (s *Store[T]) write(tx *sqlite.Tx, d document.Document[T]) error {
	body, err := json.Marshal(d.Body)
	if err != nil {
		return err
	}
	var keys int64
	err = tx.Query(`SELECT count(DISTINCT key) FROM office_document WHERE kind = ? AND key <> ?`, func(r sqlite.Row) error {
		keys = r.Int64(0)
		return nil
	}, s.Kind.Name, d.Key)
	if err != nil {
		return err
	}
	if keys >= keysMax {
		return errcode.New(errcode.TooLarge, s.op("Save"), fmt.Errorf("%d documents", keys))
	}
	gone := 0
	if d.Gone {
		gone = 1
	}
	err = tx.Exec(`INSERT INTO office_document (kind, key, version, gone, body, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.Kind.Name, d.Key, d.Version, gone, string(body), d.By, d.At)
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM office_document WHERE kind = ? AND key = ? AND version <= ?`, s.Kind.Name, d.Key, d.Version-versionsMax)
}

// tell has tills hear of a document.
func (s *Store[T]) tell(tx *sqlite.Tx, d document.Document[T]) (int64, error) {
	switch {
	case s.Table == "":
		return 0, nil
	case d.Gone:
		return refdata.Put(tx, []refdata.Row{{Table: s.Table, Key: d.Key}})
	}
	return refdata.Put(tx, []refdata.Row{{Table: s.Table, Value: d.Body}})
}

// History returns the versions of a document that who sees, the newest first.
func (s *Store[T]) History(who routes.Caller, key string) (list []document.Document[T], err error) {
	list = []document.Document[T]{}
	err = s.base.View(func(q refdata.Querier) error {
		held, foreign, err := s.state(q, key)
		if err != nil {
			return err
		}
		if foreign {
			list = append(list, held)
		}
		written, err := s.versions(q, key, versionsMax)
		list = append(list, written...)
		return err
	})
	list = slices.DeleteFunc(list, func(d document.Document[T]) bool { return !who.Reads(s.stores(d.Body)) })
	if err == nil && len(list) == 0 {
		err = errcode.New(errcode.NotFound, s.op("History"), fmt.Errorf("%q", key))
	}
	return list, err
}

// Undo writes a version of before again.
func (s *Store[T]) Undo(who routes.Caller, q document.Back) (document.Saved[T], error) {
	list, err := s.History(who, q.Key)
	if err != nil {
		return document.Saved[T]{}, err
	}
	i := slices.IndexFunc(list, func(d document.Document[T]) bool { return d.Version == q.To })
	if i < 0 {
		return document.Saved[T]{}, errcode.New(errcode.NotFound, s.op("Undo"), fmt.Errorf("version %d of %q", q.To, q.Key))
	}
	return s.Save(who, document.Put[T]{Key: q.Key, Seen: q.Seen, Gone: list[i].Gone, Body: list[i].Body})
}

// problemsOf is what an error says of fields; one that says nothing of them stays.
func problemsOf(err error) ([]document.Problem, error) {
	var rules pricing.Problems
	if errors.As(err, &rules) {
		list := make([]document.Problem, len(rules))
		for i, p := range rules {
			list[i] = document.Problem{Field: p.Path, Code: p.Code, Line: p.Line, Column: p.Column}
		}
		return list, nil
	}
	if e := errcode.As(err); e.Code == errcode.Invalid && e.Data["field"] != "" {
		return []document.Problem{{Field: e.Data["field"], Code: string(e.Code), Value: e.Data["value"]}}, nil
	}
	return nil, err
}
