package httpapi

import (
	"net/http"
	"strconv"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
)

// made answers by h once the figures behind it are whole: while they are made
// anew, it would tell less than was sold.
func (s *Server) made(h routes.Handler) routes.Handler {
	return func(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
		if s.Making != nil {
			if done, total, making := s.Making(); making {
				return errcode.New(errcode.Preparing, "httpapi", nil).With("percent", strconv.FormatInt(done*100/max(total, 1), 10)).
					With("seconds", "5")
			}
		}
		return h(w, r, who)
	}
}
