// Package errcode classifies failures once, where their meaning is known.
//
// A code is stable and travels between till, server and page; words for people
// are made from it in app/i18n only. The wrapped error is detail for the log.
package errcode

import "errors"

// Code is a machine-readable class of failure. Codes are sent between versions:
// add new ones, never rename or reuse one.
type Code string

// Error carries a Code, the operation that failed and what a sentence about it
// needs (Data, by placeholder name: "limit", "sku", "until"...). A value that has
// several languages is in Russian, and in others under "name.en".
type Error struct {
	Code Code              `json:"code"`
	Op   string            `json:"op,omitempty"`
	Data map[string]string `json:"data,omitempty"`
	Err  error             `json:"-"`
}

// New returns an error of class code raised by op; err may be nil.
func New(code Code, op string, err error) *Error {
	return &Error{Code: code, Op: op, Err: err}
}

// With adds a value that the sentence for the user names.
func (e *Error) With(name, value string) *Error {
	if e.Data == nil {
		e.Data = map[string]string{}
	}
	e.Data[name] = value
	return e
}

func (e *Error) Error() string {
	text := string(e.Code)
	if e.Op != "" {
		text = e.Op + ": " + text
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// Of returns the code of err: "" for nil, Internal when nobody classified it.
func Of(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// As returns err as an *Error, classifying it as Internal when nobody did.
// It returns nil for nil.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: Internal, Err: err}
}
