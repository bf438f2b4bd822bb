package syncclient

import (
	"context"
	"time"

	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// recallPatience is how long a person waits to hear who recalled first. After
// it the register goes on as without a server.
const recallPatience = 2 * time.Second

// LookParked asks what is parked in the store and hands it over. It never says
// that more waits.
func (c *Client) LookParked(ctx context.Context) (more bool, err error) {
	if c.Parked == nil {
		return false, nil
	}
	list, err := ask(ctx, c, wire.GetParked, struct{}{})
	if errcode.Of(err) == errcode.NotFound {
		return false, nil // an older server knows nothing of parked receipts
	}
	if err != nil {
		return false, err
	}
	c.outcome(loopParked, nil)
	c.mu.Lock()
	c.parkedAt = list.Revision
	c.mu.Unlock()
	return false, c.Parked(list)
}

// Recall asks for a parked receipt. Any error but errcode.ParkedGone and
// errcode.NotFound means that the server could not be asked.
func (c *Client) Recall(ctx context.Context, id string) (answer wire.RecallAnswer, err error) {
	ctx, cancel := context.WithTimeout(ctx, recallPatience)
	defer cancel()
	return ask(ctx, c, wire.Recall, wire.RecallRequest{ID: id})
}

// heardParked wakes the loop when the store's list is another one.
func (c *Client) heardParked(revision int64) {
	c.mu.Lock()
	news := revision > 0 && revision != c.parkedAt
	c.mu.Unlock()
	if news {
		c.parking.up()
	}
}
