package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"

	"tillsight/server/device"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// Parked is what waits in the stores, set aside at their tills.
type Parked interface {
	// List returns what d may recall, and what others took of its own.
	List(d device.Device) (wire.Parked, error)
	// Recall gives a parked receipt to the first that asks, errcode.ParkedGone to others.
	Recall(ctx context.Context, d device.Device, id string) (wire.RecallAnswer, error)
	// Revision says which state of its list a store's tills should have.
	Revision(store string) int64
	// Subscribe returns a channel that receives after a list changed.
	Subscribe() (changed <-chan struct{}, cancel func())
}

// parkedRoutes are those about parked receipts.
func (s *Server) parkedRoutes(r *routes.Registry) {
	if s.Parked == nil {
		return
	}
	r.Add(routes.Route{Method: "GET", Path: wire.PathParked, Who: routes.Current, Shows: routes.Stores, Handle: s.parked})
	r.Add(routes.Route{Method: "POST", Path: wire.PathRecall, Who: routes.Current, Shows: routes.Stores, Limit: messageMax, Handle: s.recall})
}

func (s *Server) parked(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	list, err := s.Parked.List(who.Device)
	if err != nil {
		return err
	}
	return answer(w, list)
}

// parkingMax is the longest ID of a parking.
const parkingMax = 64

func (s *Server) recall(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.RecallRequest](r)
	if err != nil {
		return err
	}
	if request.ID == "" || len(request.ID) > parkingMax {
		return errcode.New(errcode.Invalid, "httpapi.recall", nil)
	}
	given, err := s.Parked.Recall(r.Context(), who.Device, request.ID)
	if err != nil {
		return err
	}
	return answer(w, given)
}

// sealAnew gives the registers of a lost one's store another key for their
// slips.
func (s *Server) sealAnew(id string) error {
	list, err := s.Devices.List()
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.ID == id {
			return s.Feed.SealSlips(d.Store, true, rand.Reader)
		}
	}
	return nil
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
