package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// heartbeat is how often a silent stream gives a sign of life; at each the
// client's right to listen is looked at again.
const heartbeat = 20 * time.Second

// stream is an open answer of server-sent events.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func newStream(w http.ResponseWriter) (*stream, error) {
	s := &stream{w: w, control: http.NewResponseController(w)}
	if err := s.control.SetWriteDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, fmt.Errorf("live stream: %w", err)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events back
	w.WriteHeader(http.StatusOK)
	return s, s.write(": connected\n\n")
}

func (s *stream) write(text string) error {
	if _, err := s.w.Write([]byte(text)); err != nil {
		return errcode.New(errcode.Cancelled, "httpapi.live", err)
	}
	if err := s.control.Flush(); err != nil {
		return errcode.New(errcode.Cancelled, "httpapi.live", err)
	}
	return nil
}

func (s *stream) send(event wire.Live) error {
	body, err := json.Marshal(event)
	if err != nil {
		return fmt.Errorf("live stream: %w", err)
	}
	return s.write("data: " + string(body) + "\n\n")
}

// liveEvents is the stream of whoever listens.
func (s *Server) liveEvents(w http.ResponseWriter, r *http.Request, who routes.Caller, _ struct{}) error {
	if who.Device.ID != "" {
		return s.liveRegister(w, r, who)
	}
	return s.liveUser(w, r, who)
}

// liveRegister tells a register that there is newer reference data, that other
// receipts are parked in its store, or that it is no longer a register.
func (s *Server) liveRegister(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	moved, cancel := s.Feed.Subscribe()
	defer cancel()
	parkedAt := func() int64 { return 0 }
	if s.Parked != nil {
		parked, cancel := s.Parked.Subscribe()
		defer cancel()
		moved = eitherChange(r.Context(), moved, parked)
		parkedAt = func() int64 { return s.Parked.Revision(who.Device.Store) }
	}
	return s.stream(w, r, moved, func(out *stream) error {
		d, err := s.Devices.Authenticate(who.Secret)
		switch {
		case errcode.Of(err) == errcode.Revoked, err == nil && d.Replaced:
			return errors.Join(out.send(wire.Live{Revoked: true}), errDismissed)
		case err != nil:
			return err
		}
		return nil
	}, func() (wire.Live, error) {
		return wire.Live{Version: s.Feed.Version(), Parked: parkedAt()}, nil
	})
}

// liveUser tells a person that there are new sales or new reference data.
func (s *Server) liveUser(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	mayStay := func(*stream) error {
		_, err := s.Users.Session(who.Secret)
		return err
	}
	if s.Segments == nil {
		moved, cancel := s.Feed.Subscribe()
		defer cancel()
		return s.stream(w, r, moved, mayStay, func() (wire.Live, error) {
			return wire.Live{Version: s.Feed.Version()}, nil
		})
	}
	changed, cancel := s.Segments.Subscribe()
	defer cancel()
	return s.stream(w, r, changed, mayStay, func() (wire.Live, error) {
		m, err := s.Segments.Manifest(r.Context(), who.Scope)
		return wire.Live{Version: s.Feed.Version(), Data: m.Hash}, err
	})
}

// errDismissed ends a stream whose client has nothing more to hear.
var errDismissed = errors.New("dismissed")

// stream sends what now returns, at first and after each change that is
// another than the one before, until the client goes or may no longer stay.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, changed <-chan struct{},
	mayStay func(*stream) error, now func() (wire.Live, error)) error {
	revoked, cancel := s.Changed.Subscribe()
	defer cancel()
	out, err := newStream(w)
	if err != nil {
		return err
	}
	s.live.Add(1)
	defer s.live.Add(-1)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var told wire.Live
	for {
		event, err := now()
		if err != nil {
			return err
		}
		if event != told {
			if err := out.send(event); err != nil {
				return nil // the client went away
			}
			told = event
		}
		check := false
		select {
		case <-changed:
		case <-revoked:
			check = true
		case <-beat.C:
			check = true
			if err := out.write(":\n\n"); err != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		case <-s.Closing.Done():
			return nil
		}
		if check {
			if err := mayStay(out); errors.Is(err, errDismissed) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
}

// eitherChange receives after one of two things changed, until ctx ends.
func eitherChange(ctx context.Context, one, two <-chan struct{}) <-chan struct{} {
	both := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case <-one:
			case <-two:
			case <-ctx.Done():
				return
			}
			select {
			case both <- struct{}{}:
			default: // it has not looked yet
			}
		}
	}()
	return both
}
