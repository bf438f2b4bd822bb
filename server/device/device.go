// Package device knows the registers: which tablet stands at which till place,
// by what token it is recognised and how it came there.
//
// A tablet becomes a register by a one-time code. Enrolling another one at the
// same place replaces the first: it gets no more reference data, but what it
// sold is still taken. A revoked register is answered nothing at all.
package device

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// CodeLife is how long an enrolment code is good for.
const CodeLife = 10 * time.Minute

const (
	codeBytes  = 7 // 50 of its bits make a code
	codeLength = 10
	tokenBytes = 32
	nameMax    = 80
	idMax      = 64
)

// Crockford's alphabet has no letter that looks like a digit.
var alphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Registry is the table of registers in db. It is safe for concurrent use, and
// for use by another process that makes codes or revokes.
type Registry struct {
	db     *sqlite.DB
	now    func() time.Time
	random io.Reader

	mu   sync.Mutex
	seen map[string]int64 // not yet written
}

// Device is a register.
type Device struct {
	ID       string
	Name     string
	Store    string
	Till     int
	Epoch    uint32
	Enrolled int64 // unix ms
	Seen     int64 // unix ms
	Replaced bool
	Revoked  bool
}

// Open returns the registry that is kept in db.
func Open(db *sqlite.DB, now func() time.Time, random io.Reader) (*Registry, error) {
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return nil, fmt.Errorf("open device registry: %w", err)
	}
	return &Registry{db: db, now: now, random: random, seen: map[string]int64{}}, nil
}

// NewCode makes a one-time code for a till place.
func (r *Registry) NewCode(store string, till int) (office.Code, error) {
	if store == "" || till < 1 {
		return office.Code{}, errcode.New(errcode.Invalid, "device.NewCode", fmt.Errorf("place %q %d", store, till))
	}
	raw := make([]byte, codeBytes)
	if _, err := io.ReadFull(r.random, raw); err != nil {
		return office.Code{}, fmt.Errorf("make enrolment code: %w", err)
	}
	now := r.now()
	code := office.Code{
		Code:    alphabet.EncodeToString(raw)[:codeLength],
		Store:   store,
		Till:    till,
		Expires: now.Add(CodeLife).UnixMilli(),
	}
	hash := sha256.Sum256([]byte(code.Code))
	err := r.db.Write(func(tx *sqlite.Tx) error {
		// Old codes stay for a day, so that a late one is told what it is.
		err := tx.Exec(`DELETE FROM code WHERE expires < ?`, now.Add(-24*time.Hour).UnixMilli())
		if err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO code (hash, store, till, expires, used)
			VALUES (?, ?, ?, ?, 0)`, hash[:], store, till, code.Expires)
	})
	if err != nil {
		return office.Code{}, fmt.Errorf("make enrolment code: %w", err)
	}
	return code, nil
}

// normal undoes how people write codes: in small letters, with spaces or
// dashes, with O for 0.
func normal(code string) string {
	return strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
}

// Place returns the till place that code leads to, if it may still be used.
func (r *Registry) Place(code string) (store string, till int, err error) {
	err = r.db.Read(func(tx *sqlite.Tx) error {
		store, till, err = r.place(tx, code)
		return err
	})
	return store, till, err
}

func (r *Registry) place(tx *sqlite.Tx, code string) (store string, till int, err error) {
	hash := sha256.Sum256([]byte(normal(code)))
	var expires, used int64
	err = tx.Query(`SELECT store, till, expires, used
		FROM code
		WHERE hash = ?`, func(row sqlite.Row) error {
		store, till, expires, used = row.Text(0), row.Int(1), row.Int64(2), row.Int64(3)
		return nil
	}, hash[:])
	switch {
	case err != nil:
		return "", 0, fmt.Errorf("look up enrolment code: %w", err)
	case store == "":
		return "", 0, errcode.New(errcode.CodeUnknown, "device.Enrol", nil)
	case used != 0:
		return "", 0, errcode.New(errcode.CodeUsed, "device.Enrol", nil)
	case expires <= r.now().UnixMilli():
		return "", 0, errcode.New(errcode.CodeExpired, "device.Enrol", nil)
	}
	return store, till, nil
}

// Enrol exchanges code for a new register called name. Of two that come with
// one code one wins. The token is shown here and never again. former, if it is
// not nil, is what the tablet was before.
func (r *Registry) Enrol(code, name string, former *wiresync.Former) (d Device, token string, err error) {
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(r.random, raw); err != nil {
		return Device{}, "", fmt.Errorf("enrol: %w", err)
	}
	id, err := uuid.NewRandomFromReader(r.random)
	if err != nil {
		return Device{}, "", fmt.Errorf("enrol: %w", err)
	}
	token = hex.EncodeToString(raw)
	err = r.db.Write(func(tx *sqlite.Tx) error {
		store, till, err := r.place(tx, code)
		if err != nil {
			return err
		}
		now := r.now().UnixMilli()
		d = Device{ID: id.String(), Name: cleanName(name), Store: store, Till: till, Enrolled: now, Seen: now}
		used := sha256.Sum256([]byte(normal(code)))
		if err := tx.Exec(`UPDATE code SET used = ? WHERE hash = ?`, now, used[:]); err != nil {
			return err
		}
		if former != nil {
			if err := readmit(tx, *former, store, now); err != nil {
				return err
			}
		}
		return d.take(tx, tokenHash(token))
	})
	if err != nil {
		return Device{}, "", err
	}
	return d, token, nil
}

// readmit lets the register that a tablet was hand over what it sold: it counts
// as replaced from now on, even if it was revoked, since whoever gave the code
// wants the tablet back. One that is not known, as after a restore, is taken for a
// register of the store that the code leads to, and of no other.
func readmit(tx *sqlite.Tx, f wiresync.Former, store string, now int64) error {
	refused := func(code errcode.Code, format string, args ...any) error {
		return errcode.New(code, "device.Enrol", fmt.Errorf("former register: "+format, args...))
	}
	raw, err := hex.DecodeString(f.Token)
	if err != nil || len(raw) != tokenBytes || f.Device == "" || len(f.Device) > idMax || f.Epoch < 1 || f.Till < 1 {
		return refused(errcode.Invalid, "%q, epoch %d, till %d", f.Device, f.Epoch, f.Till)
	}
	known, same := false, false
	err = tx.Query(`SELECT token FROM device WHERE id = ?`, func(row sqlite.Row) error {
		known, same = true, bytes.Equal(row.Blob(0), tokenHash(f.Token))
		return nil
	}, f.Device)
	switch {
	case err != nil:
		return err
	case known && !same:
		return refused(errcode.Forbidden, "not the token of %q", f.Device)
	case known:
		return tx.Exec(`UPDATE device SET revoked = 0, replaced = CASE replaced WHEN 0 THEN ? ELSE replaced END WHERE id = ?`, now, f.Device)
	case f.Store != store:
		return refused(errcode.Forbidden, "%q of store %q at store %q", f.Device, f.Store, store)
	}
	return tx.Exec(`INSERT INTO device (id, name, store, till, epoch, token, enrolled, seen, replaced, revoked)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		f.Device, "", f.Store, f.Till, int64(f.Epoch), tokenHash(f.Token), now, now, now)
}

// Adopt puts a register at its place that has no token: it is known by what it
// reported and can't speak.
func (r *Registry) Adopt(d Device) error {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(r.random, token); err != nil {
		return fmt.Errorf("adopt register: %w", err)
	}
	return r.db.Write(func(tx *sqlite.Tx) error { return d.insert(tx, token) })
}

// take puts d at its place, in the place's next epoch.
func (d *Device) take(tx *sqlite.Tx, token []byte) error {
	err := tx.Query(`SELECT coalesce(max(epoch), 0) + 1
		FROM device
		WHERE store = ? AND till = ?`, func(row sqlite.Row) error {
		d.Epoch = uint32(row.Int64(0))
		return nil
	}, d.Store, d.Till)
	if err != nil {
		return err
	}
	err = tx.Exec(`UPDATE device SET replaced = ?
		WHERE store = ? AND till = ? AND replaced = 0`, d.Enrolled, d.Store, d.Till)
	if err != nil {
		return err
	}
	return d.insert(tx, token)
}

func (d *Device) insert(tx *sqlite.Tx, token []byte) error {
	replaced := int64(0)
	if d.Replaced {
		replaced = d.Enrolled
	}
	return tx.Exec(`INSERT INTO device (id, name, store, till, epoch, token, enrolled, seen, replaced, revoked)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		d.ID, d.Name, d.Store, d.Till, int64(d.Epoch), token, d.Enrolled, d.Seen, replaced)
}

// cleanName cuts what a tablet calls itself to a short line of text.
func cleanName(name string) string {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
	if runes := []rune(name); len(runes) > nameMax {
		name = string(runes[:nameMax])
	}
	return name
}

func tokenHash(token string) []byte {
	hash := sha256.Sum256([]byte(token))
	return hash[:]
}

const columns = `SELECT id, name, store, till, epoch, enrolled, seen, replaced, revoked FROM device `

func scan(row sqlite.Row) Device {
	return Device{
		ID:       row.Text(0),
		Name:     row.Text(1),
		Store:    row.Text(2),
		Till:     row.Int(3),
		Epoch:    uint32(row.Int64(4)),
		Enrolled: row.Int64(5),
		Seen:     row.Int64(6),
		Replaced: row.Int64(7) != 0,
		Revoked:  row.Int64(8) != 0,
	}
}

// Authenticate returns the register whose token this is and notes that it was
// seen. A revoked one is answered with errcode.Revoked; whether a replaced one
// may do what it wants is the caller's decision.
func (r *Registry) Authenticate(token string) (Device, error) {
	var d Device
	err := r.db.Query(columns+`WHERE token = ?`, func(row sqlite.Row) error {
		d = scan(row)
		return nil
	}, tokenHash(token))
	switch {
	case err != nil:
		return Device{}, fmt.Errorf("look up token: %w", err)
	case d.ID == "":
		return Device{}, errcode.New(errcode.Unauthorised, "device.Authenticate", errors.New("unknown token"))
	case d.Revoked:
		return Device{}, errcode.New(errcode.Revoked, "device.Authenticate", nil)
	}
	r.mu.Lock()
	r.seen[d.ID] = r.now().UnixMilli()
	r.mu.Unlock()
	return d, nil
}

// List returns all registers by store, till and epoch.
func (r *Registry) List() ([]Device, error) {
	var list []Device
	err := r.db.Query(columns+`ORDER BY store, till, epoch`, func(row sqlite.Row) error {
		list = append(list, scan(row))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range list {
		list[i].Seen = max(list[i].Seen, r.seen[list[i].ID])
	}
	return list, nil
}

// Revoke takes a register's rights away for good.
func (r *Registry) Revoke(id string) error {
	return r.db.Write(func(tx *sqlite.Tx) error {
		err := tx.Exec(`UPDATE device SET revoked = ? WHERE id = ? AND revoked = 0`, r.now().UnixMilli(), id)
		if err != nil || tx.Changes() > 0 {
			return err
		}
		known := false
		err = tx.Query(`SELECT 1 FROM device WHERE id = ?`, func(sqlite.Row) error {
			known = true
			return nil
		}, id)
		if err == nil && !known {
			err = errcode.New(errcode.NotFound, "device.Revoke", nil)
		}
		return err
	})
}

// Flush writes when registers were last seen. Losing it loses nothing else, so
// it is called now and then and before closing.
func (r *Registry) Flush() error {
	r.mu.Lock()
	seen := r.seen
	r.seen = map[string]int64{}
	r.mu.Unlock()
	if len(seen) == 0 {
		return nil
	}
	err := r.db.Write(func(tx *sqlite.Tx) error {
		for id, at := range seen {
			if err := tx.Exec(`UPDATE device SET seen = max(seen, ?) WHERE id = ?`, at, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write when devices were seen: %w", err)
	}
	return nil
}
