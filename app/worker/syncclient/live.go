package syncclient

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// Listen hears the server's events until the connection or ctx ends. It returns
// the reason, never nil.
func (c *Client) Listen(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	silence := time.AfterFunc(LiveTimeout, cancel)
	defer silence.Stop()
	response, err := c.Network.Do(ctx, network.Request{
		Method: "GET",
		URL:    c.Base + wire.Listen.Path,
		Header: map[string]string{"Authorization": "Bearer " + c.Token, "Accept": "text/event-stream"},
	})
	if err != nil {
		return errcode.New(errcode.Offline, "syncclient.Listen", err)
	}
	defer response.Body.Close()
	if response.Status != 200 {
		body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
		if err != nil {
			return errcode.New(errcode.Offline, "syncclient.Listen", err)
		}
		return network.Failure(wire.Listen.Path, response.Status, body)
	}
	c.connected()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		silence.Reset(LiveTimeout)
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data:"))
		if !ok {
			continue // comments keep the line alive, other fields say nothing to us
		}
		if err := c.hear(data); err != nil {
			return err
		}
	}
	return errcode.New(errcode.Offline, "syncclient.Listen", fmt.Errorf("stream ended: %w", lines.Err()))
}

// connected tries everything that was waiting for the server to come back.
func (c *Client) connected() {
	if !c.stopped(loopPush) {
		c.pushing.reset()
	}
	if !c.stopped(loopPull) {
		c.pulling.reset()
	}
	if !c.stopped(loopParked) {
		c.parking.reset()
	}
}

func (c *Client) hear(data []byte) error {
	var event wire.Live
	if err := json.Unmarshal(data, &event); err != nil {
		return errcode.New(errcode.BadAnswer, "syncclient.Listen", err)
	}
	if event.Revoked {
		return errcode.New(errcode.Revoked, "syncclient.Listen", nil)
	}
	if event.Version > 0 {
		if cursor, err := c.Feed.Cursor(); err != nil || event.Version > cursor {
			c.pulling.up()
		}
	}
	c.heardParked(event.Parked)
	return nil
}
