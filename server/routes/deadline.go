package routes

import (
	"errors"
	"net/http"
	"time"
)

// Allow gives an answer so much time from now on. Sockets go by the machine's
// clock, whatever time the program was told.
func Allow(w http.ResponseWriter, limit time.Duration) error {
	err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit))
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
