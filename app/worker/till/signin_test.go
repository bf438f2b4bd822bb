package till

import (
	"errors"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/staff"
)

func TestSignIn(t *testing.T) {
	p := newShop(t)
	state := must(t)(p.SignIn(t.Context(), bridge.SignIn{PIN: "2222"}))
	if state.Cashier == nil || state.Cashier.ID != "petr" || len(state.Cashier.Rights) != 6 || state.Phase != bridge.PhaseNoShift {
		t.Errorf("signed in: %+v, phase %s", state.Cashier, state.Phase)
	}
	state = must(t)(p.Lock(t.Context(), struct{}{}))
	if state.Cashier != nil || state.Phase != bridge.PhaseSignedOut {
		t.Errorf("after lock: %+v", state)
	}
	for _, pin := range []string{"", "123", "abcd", "123456789", "12 4"} {
		if _, err := p.SignIn(t.Context(), bridge.SignIn{PIN: pin}); errcode.Of(err) != errcode.Invalid {
			t.Errorf("PIN %q: %v, want invalid", pin, err)
		}
	}
	if n, _, err := p.db.Failures(""); n != 0 || err != nil {
		t.Errorf("what is no PIN counted as %d failures, %v", n, err)
	}
}

// TestRealHash signs in with the real hash, once, among people with salts of their own.
func TestRealHash(t *testing.T) {
	p := newShop(t)
	p.opt.HashPIN = staff.HashPIN
	p.book.staff = nil
	for _, person := range []struct{ id, pin string }{{"a", "4711"}, {"b", "0815"}} {
		own := []byte("salt of " + person.id + " 01234567")
		p.book.staff = append(p.book.staff, staff.Employee{ID: person.id, PINSalt: own, PINHash: staff.HashPIN(person.pin, own)})
	}
	state := must(t)(p.SignIn(t.Context(), bridge.SignIn{PIN: "0815"}))
	if state.Cashier.ID != "b" {
		t.Errorf("signed in as %s, want b", state.Cashier.ID)
	}
}

func TestNobodySignedIn(t *testing.T) {
	p := newShop(t)
	if _, err := p.OpenShift(t.Context(), bridge.Float{}); errcode.Of(err) != errcode.Unauthorised {
		t.Errorf("shift: %v", err)
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: milk}); errcode.Of(err) != errcode.Unauthorised {
		t.Errorf("scan: %v", err)
	}
	p.signIn("1111")
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: milk}); errcode.Of(err) != errcode.NoShift {
		t.Errorf("scan without a shift: %v", err)
	}
	if _, err := p.OpenShift(t.Context(), bridge.Float{Amount: -1}); errcode.Of(err) != errcode.BadAmount {
		t.Errorf("negative float: %v", err)
	}
	must(t)(p.OpenShift(t.Context(), bridge.Float{}))
	if _, err := p.OpenShift(t.Context(), bridge.Float{}); errcode.Of(err) != errcode.ShiftOpen {
		t.Errorf("second shift: %v", err)
	}
}

// TestWrongPINWaits checks the growing delay, the lock, and that early attempts
// neither pass nor count.
func TestWrongPINWaits(t *testing.T) {
	p := newShop(t)
	try := func(pin string) error {
		_, err := p.SignIn(t.Context(), bridge.SignIn{PIN: pin})
		return err
	}
	wait := func(err error) string {
		var e *errcode.Error
		if !errors.As(err, &e) {
			return ""
		}
		return e.Data["seconds"]
	}
	for i, seconds := range []string{"1", "2", "4", "8"} {
		err := try("9999")
		if errcode.Of(err) != errcode.WrongPIN || wait(err) != seconds {
			t.Errorf("failure %d: %v, wait %q, want %q", i+1, err, wait(err), seconds)
		}
		if err := try("1111"); errcode.Of(err) != errcode.PINLocked {
			t.Errorf("right PIN before the wait is over: %v", err)
		}
		p.at = p.at.Add(time.Duration(1<<i) * time.Second)
	}
	if err := try("9999"); errcode.Of(err) != errcode.PINLocked || wait(err) != "300" {
		t.Errorf("fifth failure: %v, wait %q", err, wait(err))
	}
	p.restart()
	p.at = p.at.Add(lockTime - time.Second)
	if err := try("1111"); errcode.Of(err) != errcode.PINLocked || wait(err) != "1" {
		t.Errorf("a restart opened the lock: %v, wait %q", err, wait(err))
	}
	p.at = p.at.Add(time.Second)
	if err := try("1111"); err != nil {
		t.Errorf("after the lock: %v", err)
	}
	must(t)(p.Lock(t.Context(), struct{}{}))
	if err := try("9999"); wait(err) != "300" {
		t.Errorf("a right PIN took failures back: wait %q", wait(err))
	}
	refused := 0
	for _, f := range p.facts() {
		if f.Kind == fact.SignInRefused {
			refused++
		}
	}
	if refused != 6 {
		t.Errorf("%d refusals in the journal, want 6", refused)
	}
}

// TestAttemptCountsBeforeCheck pulls the plug right after the count was made.
func TestAttemptCountsBeforeCheck(t *testing.T) {
	p := newShop(t)
	for range 4 {
		n, err := p.db.CountFailure("", p.at.UnixMilli()) // all that has happened when the plug is pulled
		if err != nil || n == 0 {
			t.Fatal(err)
		}
		p.restart()
	}
	if _, err := p.SignIn(t.Context(), bridge.SignIn{PIN: "1111"}); errcode.Of(err) != errcode.PINLocked {
		t.Errorf("after four interrupted attempts: %v, want pin.locked", err)
	}
}

// TestClockSetBack must not lock a register until yesterday comes again.
func TestClockSetBack(t *testing.T) {
	p := newShop(t)
	if _, err := p.SignIn(t.Context(), bridge.SignIn{PIN: "9999"}); errcode.Of(err) != errcode.WrongPIN {
		t.Fatal(err)
	}
	p.at, p.set = p.at.Add(-24*time.Hour), p.set-24*time.Hour
	_, err := p.SignIn(t.Context(), bridge.SignIn{PIN: "1111"})
	var e *errcode.Error
	if !errors.As(err, &e) || e.Data["seconds"] != "1" {
		t.Errorf("wait %v, want 1 s", e)
	}
}

// A person's own PIN takes back nobody's failures, and neither does the clock.
func TestOwnPINAndClockSkipNoWait(t *testing.T) {
	p := newShop(t)
	try := func(pin string) errcode.Code {
		_, err := p.SignIn(t.Context(), bridge.SignIn{PIN: pin})
		return errcode.Of(err)
	}
	for n := range failuresMax {
		want := errcode.WrongPIN
		if n == failuresMax-1 {
			want = errcode.PINLocked
		}
		if got := try("9999"); got != want {
			t.Fatalf("failure %d: %s, want %s", n+1, got, want)
		}
		if n < failuresMax-1 {
			p.at = p.at.Add(10 * time.Second)
			if got := try("1111"); got != "" {
				t.Fatalf("own PIN: %s", got)
			}
		}
	}
	p.at, p.set = p.at.Add(24*time.Hour), p.set+24*time.Hour
	if got := try("1111"); got != errcode.PINLocked {
		t.Errorf("after the clock was set forward: %s", got)
	}
	p.restart()
	if got := try("1111"); got != errcode.PINLocked {
		t.Errorf("after a restart: %s", got)
	}
	p.at = p.at.Add(lockTime)
	if got := try("1111"); got != "" {
		t.Errorf("after the wait: %s", got)
	}
	p.at = p.at.Add(failuresMax * forgiveAfter)
	try("9999")
	if n, _, err := p.db.Failures(""); n != 1 || err != nil {
		t.Errorf("time forgives: %d failures left, %v", n, err)
	}
}
