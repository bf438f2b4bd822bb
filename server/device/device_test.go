package device

import (
	"crypto/rand"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// desk is a registry with a clock to turn.
type desk struct {
	*Registry
	at time.Time
}

func newDesk(t *testing.T, path string) *desk {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	if d.Registry, err = Open(db, func() time.Time { return d.at }, rand.Reader); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCodes(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "d.db"))
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{10}$`)
	known := map[string]bool{}
	for range 200 {
		code, err := d.NewCode("1", 1)
		if err != nil || !form.MatchString(code.Code) || known[code.Code] {
			t.Fatalf("code %+v, %v", code, err)
		}
		known[code.Code] = true
	}
	for _, place := range []struct {
		store string
		till  int
	}{{"", 1}, {"1", 0}, {"1", -1}} {
		if _, err := d.NewCode(place.store, place.till); errcode.Of(err) != errcode.Invalid {
			t.Errorf("code for %+v: %v", place, err)
		}
	}
	code, err := d.NewCode("7", 3)
	if err != nil {
		t.Fatal(err)
	}
	written := strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(code.Code[:3] + " " + code.Code[3:7] + "-" + code.Code[7:]))
	for _, text := range []string{code.Code, written, " " + code.Code + " "} {
		if store, till, err := d.Place(text); err != nil || store != "7" || till != 3 {
			t.Errorf("%q leads to %s/%d, %v", text, store, till, err)
		}
	}
	d.at = d.at.Add(CodeLife - time.Millisecond)
	if _, _, err := d.Place(code.Code); err != nil {
		t.Errorf("in the last moment: %v", err)
	}
	d.at = d.at.Add(time.Millisecond)
	if _, _, err := d.Enrol(code.Code, "", nil); errcode.Of(err) != errcode.CodeExpired {
		t.Errorf("after it: %v", err)
	}
	d.at = d.at.Add(25 * time.Hour)
	if _, err := d.NewCode("1", 1); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Enrol(code.Code, "", nil); errcode.Of(err) != errcode.CodeUnknown {
		t.Errorf("a day later: %v", err)
	}
}

// Nothing that lies in the database opens the server.
func TestSecretsAreHashed(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "d.db"))
	code, err := d.NewCode("1", 1)
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := d.Enrol(code.Code, "x", nil)
	if err != nil {
		t.Fatal(err)
	}
	var all string
	for _, query := range []string{`SELECT quote(hash) || store FROM code`, `SELECT quote(token) || id FROM device`} {
		err := d.db.Query(query, func(r sqlite.Row) error {
			all += strings.ToLower(r.Text(0))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(all, strings.ToLower(code.Code)) || strings.Contains(all, token) {
		t.Error("a secret is stored in clear")
	}
}

func TestEpochsOfAPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.db")
	d := newDesk(t, path)
	if err := d.Adopt(Device{ID: "before", Store: "1", Till: 1, Epoch: 1}); err != nil {
		t.Fatal(err)
	}
	enrol := func(store string, till int) (Device, string) {
		t.Helper()
		code, err := d.NewCode(store, till)
		if err != nil {
			t.Fatal(err)
		}
		device, token, err := d.Enrol(code.Code, "tablet", nil)
		if err != nil {
			t.Fatal(err)
		}
		return device, token
	}
	first, firstToken := enrol("1", 1)
	second, secondToken := enrol("1", 1)
	other, _ := enrol("1", 2)
	if first.Epoch != 2 || second.Epoch != 3 || other.Epoch != 1 || first.ID == second.ID {
		t.Errorf("epochs %d, %d, %d", first.Epoch, second.Epoch, other.Epoch)
	}
	if got, err := d.Authenticate(firstToken); err != nil || !got.Replaced {
		t.Errorf("the one before: %+v, %v", got, err)
	}
	d.at = d.at.Add(time.Hour)
	if got, err := d.Authenticate(secondToken); err != nil || got.Replaced {
		t.Errorf("the one now: %+v, %v", got, err)
	}
	for _, token := range []string{"", "x", firstToken + "0", first.ID} {
		if _, err := d.Authenticate(token); errcode.Of(err) != errcode.Unauthorised {
			t.Errorf("token %q: %v", token, err)
		}
	}
	if err := d.Revoke(second.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Authenticate(secondToken); errcode.Of(err) != errcode.Revoked {
		t.Errorf("revoked: %v", err)
	}
	if err := d.Revoke("nobody"); errcode.Of(err) != errcode.NotFound {
		t.Errorf("revoke nobody: %v", err)
	}
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	list, err := newDesk(t, path).List()
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	if got := list[2]; got.ID != second.ID || !got.Revoked || got.Seen != d.at.UnixMilli() {
		t.Errorf("after a restart: %+v", got)
	}
}
