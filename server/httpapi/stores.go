package httpapi

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// storeRoutes are those of the stores' places.
func (s *Server) storeRoutes(r *routes.Registry) {
	r.Add(routes.Route{Method: "GET", Path: wire.PathStores, Who: routes.Manager, Shows: routes.Stores, Handle: s.storePlaces})
	r.Add(routes.Route{Method: "POST", Path: wire.PathStores, Who: routes.Manager, Shows: routes.Stores, Limit: messageMax, Handle: s.placeStore})
}

// storePlaces lists the stores that the person sees, in the order of their IDs.
func (s *Server) storePlaces(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	list := []wire.StorePlace{}
	err := s.Feed.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		for _, store := range stores {
			if who.Sees(store.ID) {
				list = append(list, placeOf(store))
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b wire.StorePlace) int { return cube.Natural(a.Store, b.Store) })
	return answer(w, list)
}

func placeOf(s catalogue.Store) wire.StorePlace {
	return wire.StorePlace{Store: s.ID, Name: s.Name, Region: s.Region, Lat: s.Lat, Lon: s.Lon}
}

// Limits of a place.
const (
	latMost   = 90_000_000
	lonMost   = 180_000_000
	regionMax = 100 // bytes
)

// placeStore says where a store stands.
func (s *Server) placeStore(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	place, err := readMessage[wire.StorePlace](r)
	if err != nil {
		return err
	}
	if err := who.Must("httpapi.placeStore", place.Store); err != nil {
		return err
	}
	place.Region = strings.TrimSpace(place.Region)
	if place.Lat < -latMost || place.Lat > latMost || place.Lon < -lonMost || place.Lon > lonMost || len(place.Region) > regionMax {
		return errcode.New(errcode.Invalid, "httpapi.placeStore", errors.New("no place on earth"))
	}
	var saved catalogue.Store
	_, err = s.Feed.Change(func(tx *sqlite.Tx) (int64, error) {
		store, found, err := refdata.Store(tx, place.Store)
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, errcode.New(errcode.NotFound, "httpapi.placeStore", nil).With("store", place.Store)
		}
		store.Region, store.Lat, store.Lon = place.Region, place.Lat, place.Lon
		saved = store
		return refdata.Put(tx, []refdata.Row{{Table: refdata.Stores, Value: store}})
	})
	if err != nil {
		return err
	}
	return answer(w, placeOf(saved))
}
