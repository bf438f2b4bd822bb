package httpapi

import (
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
)

// statusOf is the HTTP status of each class of failure that the interface
// answers; any other is the server's own fault.
var statusOf = map[errcode.Code]int{
	errcode.Invalid:      http.StatusBadRequest,
	errcode.BadAmount:    http.StatusUnprocessableEntity,
	errcode.FileEmpty:    http.StatusUnprocessableEntity,
	errcode.FileColumn:   http.StatusUnprocessableEntity,
	errcode.FileTwice:    http.StatusUnprocessableEntity,
	errcode.FileHead:     http.StatusUnprocessableEntity,
	errcode.FileEncoding: http.StatusUnprocessableEntity,
	errcode.FileWorkbook: http.StatusUnprocessableEntity,
	errcode.FileRows:     http.StatusUnprocessableEntity,
	errcode.TwoRows:      http.StatusUnprocessableEntity,
	errcode.BadQuery:     http.StatusBadRequest,
	errcode.DataLimit:    http.StatusUnprocessableEntity,
	errcode.Unauthorised: http.StatusUnauthorized,
	errcode.Forbidden:    http.StatusForbidden,
	errcode.Revoked:      http.StatusForbidden,
	errcode.NotFound:     http.StatusNotFound,
	errcode.BadMethod:    http.StatusMethodNotAllowed,
	errcode.CodeUnknown:  http.StatusNotFound,
	errcode.CodeUsed:     http.StatusConflict,
	errcode.Conflict:     http.StatusConflict,
	errcode.LastAdmin:    http.StatusConflict,
	errcode.Fork:         http.StatusConflict,
	errcode.CodeExpired:  http.StatusGone,
	errcode.SetupLink:    http.StatusGone,
	errcode.ParkedGone:   http.StatusConflict,
	errcode.Garbled:      http.StatusBadRequest,
	errcode.MustRefetch:  http.StatusGone,
	errcode.TooLarge:     http.StatusRequestEntityTooLarge,
	errcode.OldProtocol:  http.StatusUpgradeRequired,
	errcode.TooMany:      http.StatusTooManyRequests,
	errcode.Cancelled:    http.StatusServiceUnavailable,
	errcode.Preparing:    http.StatusServiceUnavailable,
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
	_ = routes.AnswerAs(w, status, wire.Failure{Error: &errcode.Error{Code: e.Code, Data: e.Data}})
	return status
}
