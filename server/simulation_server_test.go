package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"tillsight/app/network"
	"tillsight/server/attempt"
	"tillsight/server/device"
	"tillsight/server/feed"
	"tillsight/server/httpapi"
	"tillsight/server/journal"
	"tillsight/server/routes"
	"tillsight/server/user"
	"tillsight/server/warehouse"
	"tillsight/shared/sqlite"
)

// simServer is the server's program on the data that there is.
type simServer struct {
	db        *sqlite.DB
	journal   *journal.Journal
	devices   *device.Registry
	feed      *feed.Feed
	warehouse *warehouse.Warehouse
	handler   http.Handler
}

func (w *simWorld) startServer() *simServer {
	w.t.Helper()
	now := func() time.Time { return w.now }
	path := func(name string) string { return filepath.Join(w.dir, name) }
	s := &simServer{}
	var users *user.Registry
	var err error
	check := func(what string) {
		if err != nil {
			w.fatalf("start server: %s: %v", what, err)
		}
	}
	s.journal, err = journal.Open(path(journalFile), now)
	check("journal")
	s.db, err = sqlite.Open(path(journalFile), sqlite.Options{})
	check("people")
	s.devices, err = device.Open(s.db, now, rand.Reader)
	check("devices")
	users, err = user.Open(s.db, now, rand.Reader)
	check("users")
	s.feed, err = feed.Open(path(referenceFile), path(snapshotsDir), now)
	check("feed")
	s.warehouse, err = warehouse.Open(path(warehouseFile))
	check("warehouse")
	log := slog.New(slog.DiscardHandler)
	s.handler = httpapi.New(httpapi.Options{
		Journal: s.journal, Devices: s.devices, Users: users, Feed: s.feed,
		Log: log, Now: now, Closing: w.t.Context(),
		Routes: []routes.Part{
			journal.NewDoor(s.journal, s.feed.Version, now).Routes,
			device.Desk{Registry: s.devices, Journal: s.journal, Reference: s.feed, Tries: &attempt.Limiter{Now: now},
				Changed: func() {}, Log: log}.Routes,
			feed.Desk{Feed: s.feed}.Routes,
		},
	})
	return s
}

func (s *simServer) stop(t *testing.T) {
	t.Helper()
	err := errors.Join(s.devices.Flush(), s.warehouse.Close(), s.feed.Close(), s.db.Close(), s.journal.Close())
	if err != nil {
		t.Errorf("stop server: %v", err)
	}
}

// simLate is a request that was given up and arrives all the same.
type simLate struct{ request network.Request }

// simNetwork loses, repeats and delays what tills send.
type simNetwork struct{ w *simWorld }

var errSimNetwork = errors.New("the network failed")

// Do implements network.Network.
func (n simNetwork) Do(ctx context.Context, r network.Request) (network.Response, error) {
	w := n.w
	if !w.faults {
		return w.serve(ctx, r)
	}
	switch p := w.random.IntN(100); {
	case p < 10: // lost
		return network.Response{}, errSimNetwork
	case p < 25: // answer lost
		response, err := w.serve(ctx, r)
		if err != nil {
			return response, err
		}
		return network.Response{}, errors.Join(errSimNetwork, response.Body.Close())
	case p < 35: // late: after others that were sent later
		w.late = append(w.late, simLate{r})
		return network.Response{}, errSimNetwork
	case p < 45: // twice
		response, err := w.serve(ctx, r)
		if err != nil {
			return response, err
		}
		if err := response.Body.Close(); err != nil {
			return response, err
		}
	case p < 48: // somebody else answers
		return network.Response{Status: 200, Body: io.NopCloser(bytes.NewReader([]byte("<html>Log in to the Wi-Fi</html>")))}, nil
	case p < 50: // the answer ends in the middle
		response, err := w.serve(ctx, r)
		if err != nil {
			return response, err
		}
		half, err := io.ReadAll(response.Body)
		response.Body = io.NopCloser(bytes.NewReader(half[:len(half)/2]))
		return response, err
	}
	return w.serve(ctx, r)
}

// serve is the server's answer.
func (w *simWorld) serve(ctx context.Context, r network.Request) (network.Response, error) {
	request := httptest.NewRequestWithContext(ctx, r.Method, "http://tillsight.test"+r.URL, bytes.NewReader(r.Body))
	for name, value := range r.Header {
		request.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	w.server.handler.ServeHTTP(answer, request)
	return network.Response{Status: answer.Code, Body: io.NopCloser(answer.Body)}, nil
}

// deliverLate lets one of the delayed requests arrive.
func (w *simWorld) deliverLate() {
	if len(w.late) == 0 {
		return
	}
	i := w.random.IntN(len(w.late))
	late := w.late[i]
	w.late = append(w.late[:i], w.late[i+1:]...)
	response, err := w.serve(w.t.Context(), late.request)
	if err == nil {
		err = response.Body.Close()
	}
	if err != nil || response.Status >= 500 {
		w.fatalf("late request: status %d, %v", response.Status, fmt.Errorf("%s: %w", late.request.URL, err))
	}
}
