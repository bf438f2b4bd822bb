package httpapi

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// again enrols the tablet of register r anew and returns what it is then.
func (w *world) again(r *register, former wire.Former, status int, code errcode.Code) *register {
	w.Helper()
	body, err := json.Marshal(wire.EnrolRequest{Code: w.newCode(r.Store.ID, r.Till), Former: &former})
	w.must(err)
	a := w.ask(request{method: "POST", path: wire.Enrol.Path, header: map[string]string{"Content-Type": "application/json"},
		body: string(body), status: status, code: code})
	if status != http.StatusOK {
		return nil
	}
	return &register{Enrolment: decode[wire.Enrolment](w, a.Body)}
}

func former(r *register) wire.Former {
	return wire.Former{Device: r.Device, Epoch: r.Epoch, Token: r.Token, Store: r.Store.ID, Till: r.Till, Counter: r.Counter + r.seq, Shift: 3}
}

// A tablet that the server does not know, or does not answer any more, is
// enrolled anew and hands over what it sold. Its numbers are not given again.
func TestFormerHandsOver(t *testing.T) {
	for name, lose := range map[string]func(w *world, r *register){
		"revoked":  func(w *world, r *register) { w.must(w.server.Devices.Revoke(r.Device)) },
		"replaced": func(w *world, r *register) { w.enrol(r.Store.ID, r.Till) },
		"restored": func(w *world, r *register) {
			w.must(w.people.Exec(`DELETE FROM device WHERE id = ?`, r.Device))
			w.must(w.people.Exec(`DELETE FROM place`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			old := w.enrol("1", 1)
			bodies := []string{old.sell(t, 3), old.sell(t, 2)}
			lose(w, old)
			now := w.again(old, former(old), http.StatusOK, "")
			if now.Device == old.Device || now.Epoch <= old.Epoch || now.Counter < old.Counter+5 || now.Shift < 3 {
				t.Errorf("enrolled anew: %+v after %+v", now.Enrolment, old.Enrolment)
			}
			for _, body := range bodies {
				w.push(old, body)
			}
			w.push(now, now.sell(t, 1))
			if got := w.server.Journal.Position(); got != 6 {
				t.Errorf("%d facts, want 6", got)
			}
			for _, path := range []string{wire.Pull.Path, wire.GetSnapshot.Path, wire.Listen.Path} {
				w.ask(request{method: "GET", path: path, header: old.header(), status: http.StatusForbidden, code: errcode.Revoked})
			}
			w.must(w.server.Devices.Revoke(old.Device))
			w.ask(request{method: "POST", path: wire.Push.Path, header: old.header(), body: old.sell(t, 1), status: http.StatusForbidden})
		})
	}
}

func TestFormerIsChecked(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	good := former(r)
	for name, test := range map[string]struct {
		change func(f *wire.Former)
		status int
		code   errcode.Code
	}{
		"another's":     {func(f *wire.Former) { f.Token = strings.Repeat("0", 64) }, http.StatusForbidden, errcode.Forbidden},
		"no token":      {func(f *wire.Former) { f.Token = "" }, http.StatusBadRequest, errcode.Invalid},
		"no device":     {func(f *wire.Former) { f.Device = "" }, http.StatusBadRequest, errcode.Invalid},
		"long device":   {func(f *wire.Former) { f.Device = strings.Repeat("x", 65) }, http.StatusBadRequest, errcode.Invalid},
		"no epoch":      {func(f *wire.Former) { f.Epoch = 0 }, http.StatusBadRequest, errcode.Invalid},
		"no till":       {func(f *wire.Former) { f.Till = 0 }, http.StatusBadRequest, errcode.Invalid},
		"another store": {func(f *wire.Former) { f.Device, f.Store = "unknown", "2" }, http.StatusForbidden, errcode.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			w.pass(time.Hour) // refusals are slowed down
			f := good
			test.change(&f)
			w.again(r, f, test.status, test.code)
		})
	}
	w.pass(time.Hour)
	far := good
	far.Counter, far.Shift = 1<<60, 1<<40
	if now := w.again(r, far, http.StatusOK, ""); now.Counter > 2_000_000 || now.Shift > 2_000_000 {
		t.Errorf("words alone moved the numbers to %d, %d", now.Counter, now.Shift)
	}
}

// A byte that changed on the way is not taken for the register's own, so that
// the true facts can still come.
func TestGarbledPush(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	head, facts, _ := strings.Cut(r.sell(t, 2), "\n")
	var h wire.PushHeader
	w.must(json.Unmarshal([]byte(head), &h))
	h.Last = &r.prev
	marked, err := json.Marshal(h)
	w.must(err)
	for name, body := range map[string]string{
		"a letter":  strings.Replace(facts, `"shift"`, `"shifu"`, 1),
		"the last":  facts[:len(facts)-20] + strings.Replace(facts[len(facts)-20:], "}", " }", 1),
		"line ends": strings.ReplaceAll(facts, "\n", "\r\n"),
	} {
		a := w.ask(request{method: "POST", path: wire.Push.Path, header: r.header(), body: string(marked) + "\n" + body})
		if a.Code < 400 || w.server.Journal.Position() != 0 {
			t.Errorf("%s: status %d, %d facts", name, a.Code, w.server.Journal.Position())
		}
	}
	if ack := w.push(r, string(marked)+"\n"+facts); ack.Acked != 2 || ack.Chain != r.prev {
		t.Errorf("the true ones: %+v", ack)
	}
	if forked, _, err := w.server.Journal.Odd(); forked != 0 || err != nil {
		t.Errorf("%d forked facts, %v", forked, err)
	}
}
