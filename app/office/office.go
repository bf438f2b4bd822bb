// Package office is the desk's conversation with the server; package
// shared/wire/office has its addresses. Tills use syncclient.
package office

import (
	"context"
	"time"

	"tillsight/app/network"
	"tillsight/shared/wire"
)

const (
	patience  = 20 * time.Second // for an answer
	answerMax = 16 << 20         // bytes of one
)

// Client talks to the server at Base ("https://shop.example") with the
// browser's session cookie.
type Client struct {
	Base    string
	Network network.Network
}

// Call asks a question of an address.
func Call[Q, A any](ctx context.Context, c *Client, e wire.Endpoint[Q, A], question Q) (A, error) {
	return network.Call(ctx, &network.Client{
		Network: c.Network, Base: c.Base, Header: network.OwnPage(), Patience: patience, Max: answerMax,
	}, e, question)
}

// Asking returns a function that asks a question when it is called.
func Asking[Q, A any](c *Client, e wire.Endpoint[Q, A], question Q) func(context.Context) (A, error) {
	return func(ctx context.Context) (A, error) { return Call(ctx, c, e, question) }
}
