package till

import (
	"context"
	"strconv"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/staff"
)

// A wrong PIN costs one second, the next two, four, eight; from the fifth on
// the register is locked for five minutes each, from the tenth on for fifteen.
// Nobody says whose PIN they try, so the count is the register's: a right PIN
// takes back no failure before it, time does, one in a quarter of an hour.
const (
	failuresMax  = 5
	failuresMany = 10
	lockTime     = 5 * time.Minute
	lockLong     = 15 * time.Minute
	forgiveAfter = 15 * time.Minute
)

// gate is the waiting between PINs. It goes by the time that has passed, not by
// the clock on the wall: that can be set.
type gate struct {
	open     time.Duration // nobody may try before
	forgiven time.Duration // when time last took back a failure
}

// penalty is how long nobody may try after a number of failures.
func penalty(failures int) time.Duration {
	switch {
	case failures <= 0:
		return 0
	case failures >= failuresMany:
		return lockLong
	case failures >= failuresMax:
		return lockTime
	}
	return time.Second << (failures - 1)
}

// SignIn lets the person with this PIN work. The attempt is counted, durably,
// before the PIN is looked at, so that pulling the plug is no way to try more.
func (s *Session) SignIn(_ context.Context, q bridge.SignIn) (bridge.State, error) {
	const op = "till.SignIn"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(op); err != nil {
		return bridge.State{}, err
	}
	if err := staff.CheckPIN(q.PIN); err != nil {
		return bridge.State{}, err
	}
	if err := s.withReserve(s.settle); err != nil {
		return bridge.State{}, err
	}
	if err := s.mayTry(op); err != nil {
		return bridge.State{}, err
	}
	var failures int
	if err := s.withReserve(func() (err error) {
		failures, err = s.db.CountFailure("", s.opt.Now().UnixMilli())
		return err
	}); err != nil {
		return bridge.State{}, err
	}
	employee, ok := s.whose(q.PIN)
	if !ok {
		return bridge.State{}, s.refused(op, failures)
	}
	if err := s.register(fact.SignedIn, fact.SignIn{Employee: employee.ID}); err != nil {
		return bridge.State{}, err
	}
	if err := s.withReserve(s.settle); err != nil { // takes the attempt back: it was no failure
		return bridge.State{}, err
	}
	s.cashier = &employee
	return s.state(), nil
}

// shut begins the waiting anew at a start.
func (s *Session) shut() error {
	failures, _, err := s.db.Failures("")
	now := s.opt.Passed()
	s.gate = gate{open: now + penalty(failures), forgiven: now}
	return err
}

// mayTry refuses an attempt that comes too early; it is not counted. What was
// waited for before the program started does not count.
func (s *Session) mayTry(op string) error {
	now := s.opt.Passed()
	if n := int((now - s.gate.forgiven) / forgiveAfter); n > 0 {
		s.gate.forgiven += time.Duration(n) * forgiveAfter
		if err := s.withReserve(func() error { return s.db.Forgive(n) }); err != nil {
			return err
		}
	}
	if now >= s.gate.open {
		return nil
	}
	return errcode.New(errcode.PINLocked, op, nil).With("seconds", seconds(s.gate.open-now))
}

func (s *Session) refused(op string, failures int) error {
	s.gate.open = s.opt.Passed() + penalty(failures)
	if err := s.register(fact.SignInRefused, fact.SignIn{Failures: failures}); err != nil {
		return err
	}
	code := errcode.WrongPIN
	if failures >= failuresMax {
		code = errcode.PINLocked
	}
	return errcode.New(code, op, nil).With("seconds", seconds(penalty(failures)))
}

func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}

// Lock signs the person out. The open receipt stays for the next one.
func (s *Session) Lock(context.Context, struct{}) (bridge.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.Lock"); err != nil {
		return bridge.State{}, err
	}
	if err := s.dropEmpty(); err != nil {
		return bridge.State{}, err
	}
	s.cashier = nil
	return s.state(), nil
}
