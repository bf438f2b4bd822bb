package syncclient

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// Pull takes one page of changes and reports whether more wait. A register that
// was away too long, or whose copy does not agree with the server's check,
// takes a new snapshot.
func (c *Client) Pull(ctx context.Context) (more bool, err error) {
	cursor, err := c.Feed.Cursor()
	if errcode.Of(err) == errcode.MustRefetch {
		return false, c.refetch(ctx)
	} else if err != nil {
		return false, err
	}
	page, err := ask(ctx, c, wire.Pull, wire.Since{Version: cursor})
	if err == nil {
		c.outcome(loopPull, nil)
		if page.Cursor < cursor || page.More && page.Cursor == cursor {
			return false, errcode.New(errcode.BadAnswer, "syncclient.Pull",
				fmt.Errorf("cursor went from %d to %d", cursor, page.Cursor))
		}
		if page.Cursor == cursor && page.Check == nil {
			return false, nil
		}
		err = c.Feed.Apply(page)
	}
	if errcode.Of(err) == errcode.MustRefetch {
		return false, c.refetch(ctx)
	}
	if err == nil && page.Cursor != cursor && c.Changed != nil {
		c.Changed()
	}
	return page.More, err
}

// Snapshot asks which snapshot is to be taken now.
func (c *Client) Snapshot(ctx context.Context) (wire.Snapshot, error) {
	s, err := ask(ctx, c, wire.GetSnapshot, struct{}{})
	if err == nil && (s.URL == "" || s.SHA256 == "" || s.Size <= 0) {
		err = errcode.New(errcode.BadAnswer, "syncclient.Snapshot", fmt.Errorf("incomplete: %+v", s))
	}
	return s, err
}

func (c *Client) refetch(ctx context.Context) error {
	s, err := c.Snapshot(ctx)
	if err != nil {
		return err
	}
	file, err := c.Open(ctx, s)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := c.Feed.Replace(s, file); err != nil {
		return err
	}
	if c.Changed != nil {
		c.Changed()
	}
	return nil
}

// Enrol exchanges a one-time code for an identity.
func Enrol(ctx context.Context, n network.Network, base string, request wire.EnrolRequest) (wire.Enrolment, error) {
	e, err := network.Call(ctx, asker(n, base, nil), wire.Enrol, request)
	if err != nil {
		return e, err
	}
	if e.Device == "" || e.Token == "" || e.Epoch == 0 || e.Till <= 0 || e.Store.ID == "" || e.Snapshot.URL == "" {
		return wire.Enrolment{}, errcode.New(errcode.BadAnswer, "syncclient.Enrol", fmt.Errorf("incomplete identity"))
	}
	return e, nil
}

// Open begins to download a snapshot. The reader fails as Offline when nothing
// comes for AnswerTimeout; its bytes are not verified.
func (c *Client) Open(ctx context.Context, s wire.Snapshot) (io.ReadCloser, error) {
	url := s.URL
	if strings.HasPrefix(url, "/") {
		url = c.Base + url
	}
	ctx, cancel := context.WithCancel(ctx)
	idle := time.AfterFunc(AnswerTimeout, cancel)
	f := &file{cancel: cancel, idle: idle}
	response, err := c.Network.Do(ctx, network.Request{Method: "GET", URL: url, Header: network.Token(c.Token)})
	if err != nil {
		f.stop()
		return nil, errcode.New(errcode.Offline, "syncclient.Open", err)
	}
	f.body = response.Body
	if response.Status == 200 {
		return f, nil
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return nil, err
	}
	return nil, network.Failure(url, response.Status, body)
}

// file is a download that gives up when nothing comes any more.
type file struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	idle   *time.Timer
}

// Read implements io.Reader.
func (f *file) Read(b []byte) (int, error) {
	n, err := f.body.Read(b)
	f.idle.Reset(AnswerTimeout)
	if err != nil && err != io.EOF {
		err = errcode.New(errcode.Offline, "syncclient.Open", err)
	}
	return n, err
}

// Close implements io.Closer.
func (f *file) Close() error {
	f.stop()
	return f.body.Close()
}

func (f *file) stop() {
	f.idle.Stop()
	f.cancel()
}
