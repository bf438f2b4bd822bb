// Package network sends requests of the programs in the browser and reads what
// the server answers: one client for all of them, with the addresses of
// shared/wire.
//
// Every failure has a code: errcode.Offline when there was no answer at all,
// errcode.BadAnswer when it was not the server's.
package network

import (
	"context"
	"io"
)

// Request is one HTTP request.
type Request struct {
	Method string
	URL    string
	Header map[string]string
	Body   []byte
}

// Response is the answer to a Request. Its Body must be closed.
type Response struct {
	Status int
	Body   io.ReadCloser
}

// Network sends requests. The package has its own small one, because net/http
// with its TLS would be a fifth of the worker's download and the browser has
// both already.
type Network interface {
	// Do sends r and returns when the head of the answer has come; the body is
	// read as it arrives. It fails when there is no answer at all. When ctx
	// ends, so do the request and the body.
	Do(ctx context.Context, r Request) (Response, error)
}
