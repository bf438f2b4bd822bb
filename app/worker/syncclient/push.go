package syncclient

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	wire "tillsight/shared/wire/sync"
)

// Push sends one batch of facts that wait, if any, and reports whether more
// wait. Repeating it after any failure is safe: the server knows each fact by
// its number and hash.
func (c *Client) Push(ctx context.Context) (more bool, err error) {
	after := c.Outbox.Acked()
	c.mu.Lock()
	if c.resend > 0 {
		after = min(after, c.resend-1)
	}
	c.mu.Unlock()
	size := c.pushSize.take()
	batch, err := c.Outbox.Batch(after, wire.FactsMax, size)
	if err != nil || len(batch.Facts) == 0 {
		return false, err
	}
	body, err := Body(c.Device, batch)
	if err != nil {
		return false, err
	}
	sent := c.Now()
	ack, err := ask(ctx, c, wire.Push, wire.Facts{Lines: body})
	c.pushSize.learn(size, err)
	if err != nil {
		return false, err
	}
	if ack.Expected != ack.Acked+1 {
		return false, errcode.New(errcode.BadAnswer, "syncclient.Push", errBadAck)
	}
	c.seen(sent, ack.ServerTime)
	return c.acknowledged(batch, ack)
}

// acknowledged takes the server's word only if its chain is the till's own.
func (c *Client) acknowledged(batch Batch, ack wire.Ack) (more bool, err error) {
	last := batch.First + uint64(len(batch.Facts)) - 1
	if ack.Acked > last {
		// The server holds facts under this identity that this batch did not
		// bring: an earlier answer was lost, or another register sent them.
		if known, err := c.Outbox.Batch(last, 1, 1); err != nil {
			return false, err
		} else if len(known.Facts) == 0 {
			return false, errcode.New(errcode.Fork, "syncclient.Push",
				fmt.Errorf("server holds %d facts, this register has %d", ack.Acked, last))
		}
	}
	if err := c.Outbox.Ack(ack.Acked, ack.Chain); err != nil {
		return false, err
	}
	c.mu.Lock()
	c.resend = 0
	if ack.Expected <= last {
		c.resend = ack.Expected
	}
	behind := ack.Acked < batch.First
	c.mu.Unlock()
	c.outcome(loopPush, nil)
	c.change(func(s *Status) { s.LastAck = c.Now().UnixMilli() })
	if cursor, err := c.Feed.Cursor(); err == nil && ack.Version > cursor {
		c.pulling.up()
	}
	if behind && ack.Expected >= batch.First {
		return false, errcode.New(errcode.BadAnswer, "syncclient.Push", errBadAck)
	}
	next, err := c.Outbox.Batch(ack.Acked, 1, 1)
	return len(next.Facts) > 0, err
}

// Body is the body of a push: a header line, then one line for each fact. The
// export of a journal has the same form.
func Body(device string, batch Batch) ([]byte, error) {
	head, err := json.Marshal(HeadOf(device, batch))
	if err != nil {
		return nil, errcode.New(errcode.Internal, "syncclient.Body", err)
	}
	var b bytes.Buffer
	b.Write(head)
	b.WriteByte('\n')
	for _, line := range batch.Facts {
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// HeadOf is the header of a push of batch.
func HeadOf(device string, batch Batch) wire.PushHeader {
	last := batch.Prev
	for _, line := range batch.Facts {
		last = fact.Chain(last, line)
	}
	return wire.PushHeader{
		Proto:  wire.Version,
		Device: device,
		Epoch:  batch.Epoch,
		First:  batch.First,
		Prev:   batch.Prev,
		Count:  len(batch.Facts),
		Last:   &last,
	}
}

// pushLeast is the smallest batch in bytes: a fact or two get through any line.
const pushLeast = 4 << 10

// pushSize is how much a batch holds: half as much after each try that took too
// long, twice as much after one that did not, so that a slow line gets on.
type pushSize struct {
	mu    sync.Mutex
	bytes int // 0: the most
}

func (s *pushSize) take() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bytes == 0 {
		s.bytes = wire.BytesMax
	}
	return s.bytes
}

func (s *pushSize) learn(sent int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		s.bytes = min(2*sent, wire.BytesMax)
	case errcode.Of(err) == errcode.Offline:
		s.bytes = max(sent/2, pushLeast)
	}
}
