package till

import (
	"sync"

	"tillsight/app/bridge"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
	"tillsight/shared/shift"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/sync"
)

// core is what every part of a register stands on: its lock, who may do what,
// the time, and what everybody at it is to see.
type core struct {
	opt Options

	mu      sync.Mutex
	phase   bridge.Phase   // PhaseSignedOut once it can sell; see currentPhase
	fault   *errcode.Error // why it can't
	cashier *staff.Employee
	shift   shift.Shift
	alarms

	identity wire.Enrolment
	client   *syncclient.Client
	clock    clock

	news chan struct{} // the state has changed
	idle chan struct{} // there is something to prepare
}

func (s *core) log(what string, err error) {
	if s.opt.Log != nil {
		s.opt.Log(what, err)
	}
}

// ready refuses what needs an open register.
func (s *core) ready(op string) error {
	switch s.phase {
	case bridge.PhaseSignedOut:
		return nil
	case bridge.PhaseElsewhere:
		return errcode.New(errcode.OtherTab, op, nil)
	case bridge.PhaseNew, bridge.PhaseLoading:
		return errcode.New(errcode.NotEnrolled, op, nil)
	}
	if s.fault != nil {
		return s.fault
	}
	return errcode.New(errcode.NoStorage, op, nil)
}

// signedIn refuses what needs a person with right; "" is any person.
func (s *core) signedIn(op string, right staff.Right) error {
	if err := s.ready(op); err != nil {
		return err
	}
	if s.cashier == nil {
		return errcode.New(errcode.Unauthorised, op, nil)
	}
	if right != "" && !s.cashier.May(right) {
		return errcode.New(errcode.Forbidden, op, nil).With("right", string(right))
	}
	return nil
}

// selling refuses what needs a person, a right and an open shift.
func (s *core) selling(op string, right staff.Right) error {
	if err := s.signedIn(op, right); err != nil {
		return err
	}
	if !s.shift.IsOpen() {
		return errcode.New(errcode.NoShift, op, nil)
	}
	return nil
}

func (s *core) currentPhase() bridge.Phase {
	switch {
	case s.phase != bridge.PhaseSignedOut || s.cashier == nil:
		return s.phase
	case !s.shift.IsOpen():
		return bridge.PhaseNoShift
	}
	return bridge.PhaseSelling
}

// announce has the state sent to the page, soon.
func (s *core) announce() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}
