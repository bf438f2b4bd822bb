package httpapi

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// statusOf is the HTTP status of each class of failure that the interface
// answers; any other is the server's own fault.
var statusOf = map[errcode.Code]int{
	errcode.Invalid:      http.StatusBadRequest,
	errcode.BadAmount:    http.StatusUnprocessableEntity,
	errcode.BadQuery:     http.StatusBadRequest,
	errcode.DataLimit:    http.StatusUnprocessableEntity,
	errcode.Unauthorised: http.StatusUnauthorized,
	errcode.Forbidden:    http.StatusForbidden,
	errcode.Revoked:      http.StatusForbidden,
	errcode.NotFound:     http.StatusNotFound,
	errcode.CodeUnknown:  http.StatusNotFound,
	errcode.CodeUsed:     http.StatusConflict,
	errcode.Conflict:     http.StatusConflict,
	errcode.Fork:         http.StatusConflict,
	errcode.CodeExpired:  http.StatusGone,
	errcode.ParkedGone:   http.StatusConflict,
	errcode.Garbled:      http.StatusBadRequest,
	errcode.MustRefetch:  http.StatusGone,
	errcode.TooLarge:     http.StatusRequestEntityTooLarge,
	errcode.OldProtocol:  http.StatusUpgradeRequired,
	errcode.TooMany:      http.StatusTooManyRequests,
	errcode.Cancelled:    http.StatusServiceUnavailable,
	errcode.StorageFull:  http.StatusInsufficientStorage,
	errcode.StorageFault: http.StatusServiceUnavailable,
}

// fail answers with err's code and the values of its sentence. What went wrong
// inside stays in the log.
func fail(w http.ResponseWriter, err error) (status int) {
	e := errcode.As(err)
	status, known := statusOf[e.Code]
	if !known {
		status = http.StatusInternalServerError
	}
	if seconds := e.Data["seconds"]; seconds != "" {
		w.Header().Set("Retry-After", seconds)
	}
	h := w.Header()
	h.Del("Content-Encoding")
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	// A failure to write is the client's going away.
	_ = writeJSON(w, status, syncproto.Failure{Error: &errcode.Error{Code: e.Code, Data: e.Data}})
	return status
}

// answer sends v as JSON.
func answer(w http.ResponseWriter, v any) error { return writeJSON(w, http.StatusOK, v) }

func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		return errcode.New(errcode.Cancelled, "httpapi.answer", err)
	}
	return nil
}

// messageMax limits a JSON request other than a push.
const messageMax = 64 << 10

// readMessage decodes the JSON body of a request.
func readMessage[T any](r *http.Request) (T, error) { return readUpTo[T](r, messageMax) }

// readUpTo decodes the JSON body of a request of at most limit bytes.
func readUpTo[T any](r *http.Request, limit int64) (T, error) {
	var v T
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != "application/json" {
		return v, errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("content type %q", kind))
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	switch {
	case err != nil:
		return v, errcode.New(errcode.Cancelled, "httpapi", fmt.Errorf("read request: %w", err))
	case int64(len(body)) > limit:
		return v, errcode.New(errcode.TooLarge, "httpapi", fmt.Errorf("more than %d bytes", limit))
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return v, errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("read request: %w", err))
	}
	return v, nil
}
