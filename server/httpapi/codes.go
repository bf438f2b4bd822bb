package httpapi

import (
	"errors"
	"net/http"

	"tillsight/server/user"
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// codeRoutes are those of the barcode lab.
func (s *Server) codeRoutes(mux *http.ServeMux) {
	s.handle(mux, "GET", syncproto.PathMasks, s.person(user.Manager, s.masks))
	s.handle(mux, "POST", syncproto.PathMasks, s.person(user.Manager, wholeChain(s.saveMask)))
	s.handle(mux, "POST", syncproto.PathSamples, s.person(user.Manager, wholeChain(s.saveSample)))
	s.handle(mux, "GET", syncproto.PathLook, s.person(user.Manager, s.lookCode))
}

func (s *Server) masks(w http.ResponseWriter, _ *http.Request, _ syncproto.User) error {
	masks, err := s.Feed.Masks()
	if err != nil {
		return err
	}
	return answer(w, masks)
}

func (s *Server) saveMask(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	request, err := readMessage[syncproto.SaveMask](r)
	if err != nil {
		return err
	}
	saved, err := s.Feed.SaveMask(request)
	if err != nil {
		return err
	}
	return answer(w, saved)
}

func (s *Server) saveSample(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	request, err := readMessage[syncproto.SaveSample](r)
	if err != nil {
		return err
	}
	masks, err := s.Feed.SaveSample(request)
	if err != nil {
		return err
	}
	return answer(w, masks)
}

func (s *Server) lookCode(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
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
