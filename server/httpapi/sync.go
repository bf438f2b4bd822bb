package httpapi

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"tillsight/server/journal"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// enrol makes a tablet a register. The snapshot is made first: a code that was
// taken for nothing would have to be asked for again.
func (s *Server) enrol(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.EnrolRequest](r)
	if err != nil {
		return err
	}
	if wait := s.tries.Begin(who.Address); wait > 0 {
		return errcode.New(errcode.TooMany, "httpapi.enrol", nil).
			With("seconds", strconv.Itoa(int(wait/time.Second)+1))
	}
	storeID, till, err := s.Devices.Place(request.Code)
	if err != nil {
		return err
	}
	e := wire.Enrolment{Till: till}
	if e.Snapshot, err = s.Feed.Snapshot(storeID); err != nil {
		return err
	}
	err = s.Feed.View(func(q refdata.Querier) error {
		store, _, err := refdata.Store(q, storeID)
		e.Store = store
		return err
	})
	if err != nil {
		return err
	}
	// What may fail comes before the code is used up.
	if err := s.Feed.SealSlips(storeID, false, rand.Reader); err != nil {
		return err
	}
	if f := request.Former; f != nil && f.Store == storeID {
		if err := s.Journal.Raise(r.Context(), f.Store, f.Till, f.Counter, f.Shift); err != nil {
			return err
		}
	}
	d, token, err := s.Devices.Enrol(request.Code, request.Name, request.Former)
	if err != nil {
		return err
	}
	if d.Epoch > 1 {
		if err := s.Feed.SealSlips(storeID, true, rand.Reader); err != nil {
			s.Log.Error("the store's slips keep their key", slog.String("store", storeID), slog.Any("error", err))
		}
	}
	s.tries.Succeeded(who.Address)
	s.revoked.Post() // whoever stood there is told
	noteCaller(r, routes.Caller{Device: d})
	e.Device, e.Epoch, e.Token = d.ID, d.Epoch, token
	// Read after the device before was replaced, so that the numbers it
	// reported until then are not given again.
	if e.Counter, e.Shift, err = s.Journal.Highest(d.Store, d.Till); err != nil {
		return err
	}
	return answer(w, e)
}

// push takes facts into the journal. They are durable when the answer goes out.
func (s *Server) push(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	began := s.Now()
	body, err := readBody(r)
	if err != nil {
		return err
	}
	header, facts, err := parsePush(body)
	if err != nil {
		return err
	}
	if header.Device != who.Device.ID || header.Epoch != who.Device.Epoch {
		return errcode.New(errcode.Forbidden, "httpapi.push",
			fmt.Errorf("facts of %s/%d from %s/%d", header.Device, header.Epoch, who.Device.ID, who.Device.Epoch))
	}
	before := s.Journal.Position()
	ack, err := s.Journal.Append(r.Context(), journal.Place{Store: who.Device.Store, Till: who.Device.Till}, header, facts)
	if err != nil {
		s.metrics.refused(errcode.Of(err))
		return err
	}
	s.metrics.pushed(header.Count, s.Now().Sub(began), s.Journal.Position() > before)
	ack.Version = s.Feed.Version()
	return answer(w, ack)
}

// parsePush splits the body of a push: the header in the first line, then one
// fact a line. The last line break may be missing.
func parsePush(body []byte) (header wire.PushHeader, facts [][]byte, err error) {
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "httpapi.push", err) }
	head, rest, _ := bytes.Cut(body, []byte("\n"))
	if err := json.Unmarshal(head, &header); err != nil {
		return header, nil, invalid(fmt.Errorf("header: %w", err))
	}
	switch {
	case header.Proto < wire.Version-1 || header.Proto < 1:
		return header, nil, errcode.New(errcode.OldProtocol, "httpapi.push", fmt.Errorf("version %d", header.Proto))
	case header.Proto > wire.Version:
		return header, nil, invalid(fmt.Errorf("version %d is not known yet", header.Proto))
	case header.Count < 0:
		return header, nil, invalid(fmt.Errorf("%d facts", header.Count))
	case header.Count > wire.FactsMax:
		return header, nil, errcode.New(errcode.TooLarge, "httpapi.push", fmt.Errorf("%d facts", header.Count))
	}
	rest = bytes.TrimSuffix(rest, []byte("\n"))
	if len(rest) == 0 {
		rest = nil
	}
	facts = make([][]byte, 0, header.Count)
	for rest != nil {
		line, next, more := bytes.Cut(rest, []byte("\n"))
		if len(facts) == header.Count || len(line) == 0 {
			return header, nil, invalid(fmt.Errorf("%d facts announced, others came", header.Count))
		}
		if len(line) > fact.BytesMax {
			return header, nil, errcode.New(errcode.TooLarge, "httpapi.push", fmt.Errorf("fact of %d bytes", len(line)))
		}
		facts = append(facts, line)
		if rest = next; !more {
			rest = nil
		}
	}
	if len(facts) != header.Count {
		return header, nil, invalid(fmt.Errorf("%d facts announced, %d came", header.Count, len(facts)))
	}
	return header, facts, nil
}

// pull sends what changed in the reference data since the till's version.
func (s *Server) pull(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	since, err := number(r, "since", 0)
	if err != nil {
		return err
	}
	limit, err := number(r, "limit", 0)
	if err != nil {
		return err
	}
	page, err := s.Feed.Pull(who.Device.Store, since, int(min(limit, 1<<20)))
	if err != nil {
		return err
	}
	return answer(w, page)
}

// number reads a parameter of the address that must not be negative.
func number(r *http.Request, name string, otherwise int64) (int64, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("%s is %q", name, text))
	}
	return n, nil
}

// snapshot names the file with which a till begins anew.
func (s *Server) snapshot(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	named, err := s.Feed.Snapshot(who.Device.Store)
	if err != nil {
		return err
	}
	return answer(w, named)
}
