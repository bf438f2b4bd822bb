package office

import (
	"context"
	"net/url"

	"tillsight/shared/syncproto"
)

// Masks lists what tills read labels by, and the samples.
func (c *Client) Masks(ctx context.Context) (syncproto.Masks, error) {
	return call[syncproto.Masks](ctx, c, "GET", syncproto.PathMasks, nil)
}

// SaveMask writes or drops a mask; samples that it would break keep it out.
func (c *Client) SaveMask(ctx context.Context, s syncproto.SaveMask) (syncproto.SavedMask, error) {
	return call[syncproto.SavedMask](ctx, c, "POST", syncproto.PathMasks, s)
}

// SaveSample keeps how a code is to be read, or forgets it.
func (c *Client) SaveSample(ctx context.Context, s syncproto.SaveSample) (syncproto.Masks, error) {
	return call[syncproto.Masks](ctx, c, "POST", syncproto.PathSamples, s)
}

// LookCode asks what a code stands for in the chain.
func (c *Client) LookCode(ctx context.Context, code string) (syncproto.Looked, error) {
	return call[syncproto.Looked](ctx, c, "GET", syncproto.PathLook+"?"+url.Values{"code": {code}}.Encode(), nil)
}
