package syncclient

import (
	"context"
	"encoding/json"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
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
	var list syncproto.Parked
	err = c.ask(ctx, Request{Method: "GET", URL: syncproto.PathParked}, &list)
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
func (c *Client) Recall(ctx context.Context, id string) (answer syncproto.RecallAnswer, err error) {
	ctx, cancel := context.WithTimeout(ctx, recallPatience)
	defer cancel()
	body, err := json.Marshal(syncproto.RecallRequest{ID: id})
	if err != nil {
		return answer, errcode.New(errcode.Internal, "syncclient.Recall", err)
	}
	err = c.ask(ctx, Request{Method: "POST", URL: syncproto.PathRecall, Body: body,
		Header: map[string]string{"Content-Type": "application/json"}}, &answer)
	return answer, err
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
