package network

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/wire"
)

// Client asks the server at Base ("https://shop.example", "" for the page's own).
type Client struct {
	Network  Network
	Base     string
	Header   map[string]string // by which the server knows who asks
	Patience time.Duration     // for a whole answer; 0: until the context ends
	Max      int64             // bytes of an answer
}

// OwnPage are the headers of our page: the session's cookie is the browser's.
func OwnPage() map[string]string { return map[string]string{wire.OwnHeader: "1"} }

// Token are the headers of a register.
func Token(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}

// Call asks a question of an address.
func Call[Q, A any](ctx context.Context, c *Client, e wire.Endpoint[Q, A], question Q) (answer A, err error) {
	q, err := e.Ask(question)
	if err != nil {
		return answer, err
	}
	body, err := c.exchange(ctx, q)
	if err != nil {
		return answer, err
	}
	return e.Answer(body)
}

// Fetch fetches a path of the server whole.
func (c *Client) Fetch(ctx context.Context, path string) ([]byte, error) {
	return c.exchange(ctx, wire.Request{Method: "GET", Path: path})
}

// exchange sends a request and returns the bytes of a good answer.
func (c *Client) exchange(ctx context.Context, q wire.Request) ([]byte, error) {
	if c.Patience > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Patience)
		defer cancel()
	}
	r := Request{Method: q.Method, URL: c.Base + q.Path, Header: map[string]string{}, Body: q.Body}
	for name, value := range c.Header {
		r.Header[name] = value
	}
	if q.Type != "" {
		r.Header["Content-Type"] = q.Type
	}
	response, err := c.Network.Do(ctx, r)
	if err != nil {
		return nil, errcode.New(errcode.Offline, "network", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, c.Max+1))
	switch {
	case err != nil:
		return nil, errcode.New(errcode.Offline, "network", fmt.Errorf("%s: %w", r.URL, err))
	case int64(len(body)) > c.Max:
		return nil, errcode.New(errcode.BadAnswer, "network", fmt.Errorf("%s: more than %d bytes", r.URL, c.Max))
	case response.Status/100 != 2:
		return nil, Failure(r.URL, response.Status, body)
	}
	return body, nil
}

// Failure reads the error of an answer that is not 2xx. What is none of ours is a
// bad answer, as from a proxy or a hotel's log-in page. Trouble with the server's
// disk gets a code of its own, since that of the device is another matter.
func Failure(url string, status int, body []byte) error {
	var f wire.Failure
	if err := json.Unmarshal(body, &f); err == nil && f.Error != nil && f.Error.Code != "" {
		f.Error.Err = fmt.Errorf("%s: status %d", url, status)
		switch f.Error.Code {
		case errcode.StorageFull:
			f.Error.Code = errcode.ServerFull
		case errcode.StorageFault, errcode.DBDamaged:
			f.Error.Code = errcode.ServerFault
		}
		return f.Error
	}
	return errcode.New(errcode.BadAnswer, "network", fmt.Errorf("%s: status %d, %d bytes", url, status, len(body)))
}
