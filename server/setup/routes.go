package setup

import (
	"context"
	"strconv"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Routes are those of the first start: for whoever has the link.
func (s *Start) Routes(r *routes.Registry) {
	routes.Add(r, office.CheckSetup, routes.Anybody, routes.Nothing, func(_ context.Context, who routes.Caller, q office.SetupKey) (wire.Nothing, error) {
		return wire.Nothing{}, s.allow(who, q.Key)
	})
	routes.Add(r, office.SetUp, routes.Anybody, routes.Nothing, func(_ context.Context, who routes.Caller, q office.Setup) (office.SetupDone, error) {
		if err := s.allow(who, q.Key); err != nil {
			return office.SetupDone{}, err
		}
		return s.SetUp(q)
	})
}

// allow refuses a key that does not fit, which costs its address the next tries.
func (s *Start) allow(who routes.Caller, key string) error {
	if wait := s.Tries.Begin(who.Address); wait > 0 {
		return errcode.New(errcode.TooMany, "setup", nil).With("seconds", strconv.Itoa(int(wait/time.Second)+1))
	}
	if err := s.Check(key); err != nil {
		return err
	}
	s.Tries.Succeeded(who.Address)
	return nil
}
