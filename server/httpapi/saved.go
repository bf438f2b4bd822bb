package httpapi

import (
	"net/http"

	"tillsight/server/routes"
	wire "tillsight/shared/wire/office"
)

// saved lists what the person keeps at the desk, and what colleagues share.
func (s *Server) saved(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	list, err := s.Users.Saved(who.User.Login)
	if err != nil {
		return err
	}
	return answer(w, list)
}

// save keeps something of the person's; of two edits the later one stays.
func (s *Server) save(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	item, err := readMessage[wire.DeskItem](r)
	if err != nil {
		return err
	}
	kept, err := s.Users.Save(who.User.Login, item)
	if err != nil {
		return err
	}
	return answer(w, kept)
}
