package routes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"tillsight/shared/errcode"
	"tillsight/shared/wire"
)

// ErrCut marks an answer of which a part may have gone out: the connection must
// not end as if it were whole.
var ErrCut = errors.New("the answer was cut")

// ReadAll reads a body, of which the route said how large it may be.
func ReadAll(body io.Reader) ([]byte, error) {
	b, err := io.ReadAll(body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, errcode.New(errcode.TooLarge, "routes", err)
	case err != nil:
		return nil, errcode.New(errcode.Cancelled, "routes", fmt.Errorf("read request: %w", err))
	}
	return b, nil
}

// Answer sends what was answered.
func Answer(w http.ResponseWriter, v any) error {
	if _, empty := v.(wire.Nothing); empty {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return AnswerAs(w, http.StatusOK, v)
}

// AnswerAs sends v as JSON with a status.
func AnswerAs(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	w.Header().Set("Content-Type", wire.JSON)
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		return errcode.New(errcode.Cancelled, "routes", err)
	}
	return nil
}

// Attachment says that the answer is a file for a person.
func Attachment(w http.ResponseWriter, typ, name string) {
	w.Header().Set("Content-Type", typ)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}
