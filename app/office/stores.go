package office

import (
	"context"

	"tillsight/shared/syncproto"
)

// StorePlaces lists where the person's stores stand.
func (c *Client) StorePlaces(ctx context.Context) ([]syncproto.StorePlace, error) {
	return call[[]syncproto.StorePlace](ctx, c, "GET", syncproto.PathStores, nil)
}

// PlaceStore says where a store stands.
func (c *Client) PlaceStore(ctx context.Context, place syncproto.StorePlace) (syncproto.StorePlace, error) {
	return call[syncproto.StorePlace](ctx, c, "POST", syncproto.PathStores, place)
}
