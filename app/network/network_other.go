//go:build !js

package network

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// HTTP is the platform's network.
type HTTP struct {
	Client *http.Client
	// Session is the browser's matter: here Client has a cookie jar or none.
	Session bool
}

// Do implements Network.
func (n HTTP) Do(ctx context.Context, r Request) (Response, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return Response{}, fmt.Errorf("request %s: %w", r.URL, err)
	}
	for name, value := range r.Header {
		request.Header.Set(name, value)
	}
	client := n.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(request)
	if err != nil {
		return Response{}, fmt.Errorf("fetch %s: %w", r.URL, err)
	}
	return Response{Status: answer.StatusCode, Body: answer.Body}, nil
}
