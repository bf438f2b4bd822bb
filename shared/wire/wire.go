// Package wire is a conversation by HTTP whose addresses know their types: an
// Endpoint says method, path, what is asked and what is answered, once for the
// program that asks and for the server. Fields of a question travel in its path,
// in its query, or in its body as JSON.
package wire

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"tillsight/shared/errcode"
)

// Endpoint is one address with the types of its question and answer. Of a
// question, a field with the tag `path:"name"` stands in the path for {name}, one
// with `query:"name"` behind it unless it is no text or untrue, and one of type File is the
// body as it is; all others are the body as JSON. Path and query are texts,
// numbers that are not negative, and truths.
type Endpoint[Q, A any] struct {
	Method string
	Path   string
	Limit  int64 // bytes of a body; 0: MessageMax
}

// MessageMax limits the body of most questions.
const MessageMax = 64 << 10

// OwnHeader is sent by our page with every request: no other site can make a
// browser send it.
const OwnHeader = "X-Tillsight"

// Types of bodies.
const (
	JSON = "application/json"
	CSV  = "text/csv"
)

// Nothing is a question without words, or an answer without.
type Nothing = struct{}

// File is a body that is no message: a question's, or an answer's.
type File []byte

// Request is a question made ready to send.
type Request struct {
	Method string
	Path   string // with its query
	Type   string // of the body, "" when there is none
	Body   []byte
}

// HasBody reports whether a question is more than its address.
func (e Endpoint[Q, A]) HasBody() bool { return e.Method == "POST" || e.Method == "PUT" }

// Max is how many bytes of a body there may be.
func (e Endpoint[Q, A]) Max() int64 {
	switch {
	case !e.HasBody():
		return 0
	case e.Limit == 0:
		return MessageMax
	}
	return e.Limit
}

// At is the address with values in place of the names in its path, in their order.
func (e Endpoint[Q, A]) At(values ...string) string {
	path := e.Path
	for _, value := range values {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + url.PathEscape(value) + after
	}
	return path
}

// Raw is an endpoint whose question is read by who answers it: the places of its
// problems are those of the text that was sent.
func Raw[Q, A any](e Endpoint[Q, A]) Endpoint[json.RawMessage, A] {
	return Endpoint[json.RawMessage, A]{Method: e.Method, Path: e.Path, Limit: e.Limit}
}

// Ask makes a request of a question.
func (e Endpoint[Q, A]) Ask(question Q) (Request, error) {
	r := Request{Method: e.Method, Path: e.Path}
	query := url.Values{}
	err := eachField(reflect.ValueOf(question), func(where, name string, field reflect.Value) error {
		text := textOf(field)
		switch {
		case where == "path":
			r.Path = strings.Replace(r.Path, "{"+name+"}", url.PathEscape(text), 1)
		case where == "query" && (field.CanInt() || !field.IsZero()):
			query.Set(name, text)
		case where == "body":
			r.Type, r.Body = name, field.Bytes()
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	if len(query) > 0 {
		r.Path += "?" + query.Encode()
	}
	if !e.HasBody() || r.Type != "" {
		return r, nil
	}
	body, err := json.Marshal(question)
	if err != nil {
		return r, errcode.New(errcode.Internal, "wire", fmt.Errorf("%s %s: %w", e.Method, e.Path, err))
	}
	r.Type, r.Body = JSON, body
	return r, nil
}

// Read is Ask's other side: the question of an address and a body of a type. It
// fails with errcode.Invalid.
func (e Endpoint[Q, A]) Read(path func(name string) string, query url.Values, typ string, body []byte) (question Q, err error) {
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "wire", fmt.Errorf("%s: %w", e.Path, err)) }
	file := false
	err = eachField(reflect.ValueOf(&question).Elem(), func(where, name string, _ reflect.Value) error {
		file = file || where == "body"
		return nil
	})
	if err == nil && e.HasBody() && !file {
		if kind, _, _ := strings.Cut(typ, ";"); strings.TrimSpace(kind) != JSON {
			return question, invalid(fmt.Errorf("content type %q", typ))
		}
		if err := json.Unmarshal(body, &question); err != nil {
			return question, invalid(err)
		}
	}
	err = eachField(reflect.ValueOf(&question).Elem(), func(where, name string, field reflect.Value) error {
		switch where {
		case "path":
			return read(field, path(name))
		case "query":
			if err := read(field, query.Get(name)); err != nil {
				return fmt.Errorf("%s is %w", name, err)
			}
		case "body":
			field.SetBytes(body)
		}
		return nil
	})
	if err != nil {
		return question, invalid(err)
	}
	return question, nil
}

// Answer reads what was answered. It fails with errcode.BadAnswer.
func (e Endpoint[Q, A]) Answer(body []byte) (answer A, err error) {
	switch to := any(&answer).(type) {
	case *Nothing:
		return answer, nil
	case *File:
		*to = body
		return answer, nil
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return answer, errcode.New(errcode.BadAnswer, "wire", fmt.Errorf("%s: %w", e.Path, err))
	}
	return answer, nil
}

// eachField calls with the fields of a question that are not in its JSON.
func eachField(v reflect.Value, call func(where, name string, field reflect.Value) error) error {
	if v.Kind() != reflect.Struct {
		return nil
	}
	for i := range v.NumField() {
		for _, where := range []string{"path", "query", "body"} {
			if name, tagged := v.Type().Field(i).Tag.Lookup(where); tagged {
				if err := call(where, name, v.Field(i)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func textOf(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		if v.Bool() {
			return "1"
		}
	}
	return ""
}

// read sets a field to what a text says; none is its zero.
func read(v reflect.Value, text string) error {
	wrong := fmt.Errorf("%q", text)
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || v.OverflowInt(n) {
			return wrong
		}
		v.SetInt(n)
	case reflect.Bool:
		if text != "" && text != "0" && text != "1" {
			return wrong
		}
		v.SetBool(text == "1")
	}
	return nil
}

// Failure is the body of every answer that is not 2xx.
type Failure struct {
	Error *errcode.Error `json:"error"`
}
