package httpapi

import (
	"errors"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// codeRoutes are those of the barcode lab.
func (s *Server) codeRoutes(r *routes.Registry) {
	r.Add(routes.Route{Method: "GET", Path: wire.PathMasks, Who: routes.Manager, Shows: routes.Common, Handle: s.masks})
	r.Add(routes.Route{Method: "POST", Path: wire.PathMasks, Who: routes.Manager, Shows: routes.Whole, Limit: messageMax, Handle: s.saveMask})
	r.Add(routes.Route{Method: "POST", Path: wire.PathSamples, Who: routes.Manager, Shows: routes.Whole, Limit: messageMax, Handle: s.saveSample})
	r.Add(routes.Route{Method: "GET", Path: wire.PathLook, Who: routes.Manager, Shows: routes.Common, Handle: s.lookCode})
}

func (s *Server) masks(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	masks, err := s.Feed.Masks()
	if err != nil {
		return err
	}
	return answer(w, masks)
}

func (s *Server) saveMask(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	request, err := readMessage[wire.MaskChange](r)
	if err != nil {
		return err
	}
	saved, err := s.Feed.SaveMask(request)
	if err != nil {
		return err
	}
	return answer(w, saved)
}

func (s *Server) saveSample(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	request, err := readMessage[wire.SampleChange](r)
	if err != nil {
		return err
	}
	masks, err := s.Feed.SaveSample(request)
	if err != nil {
		return err
	}
	return answer(w, masks)
}

func (s *Server) lookCode(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	code := r.URL.Query().Get("code")
	if code == "" || len(code) > barcode.LengthMax {
		return errcode.New(errcode.Invalid, "httpapi.lookCode", errors.New("no code, or too long a one"))
	}
	looked, err := s.Feed.Look(code)
	if err != nil {
		return err
	}
	return answer(w, looked)
}
