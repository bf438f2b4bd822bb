package syncclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
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
	var page syncproto.Changes
	err = c.ask(ctx, Request{Method: "GET", URL: syncproto.PathPull + "?since=" + strconv.FormatInt(cursor, 10)}, &page)
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
func (c *Client) Snapshot(ctx context.Context) (syncproto.Snapshot, error) {
	var s syncproto.Snapshot
	err := c.ask(ctx, Request{Method: "GET", URL: syncproto.PathSnapshot}, &s)
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
func Enrol(ctx context.Context, network Network, base string, request syncproto.EnrolRequest) (syncproto.Enrolment, error) {
	var e syncproto.Enrolment
	body, err := json.Marshal(request)
	if err != nil {
		return e, errcode.New(errcode.Internal, "syncclient.Enrol", err)
	}
	r := Request{Method: "POST", URL: base + syncproto.PathEnrol, Body: body, Header: map[string]string{"Content-Type": "application/json"}}
	if err := ask(ctx, network, r, &e); err != nil {
		return e, err
	}
	if e.Device == "" || e.Token == "" || e.Epoch == 0 || e.Till <= 0 || e.Store.ID == "" || e.Snapshot.URL == "" {
		return syncproto.Enrolment{}, errcode.New(errcode.BadAnswer, "syncclient.Enrol", fmt.Errorf("incomplete identity"))
	}
	return e, nil
}

// Open begins to download a snapshot. The reader fails as Offline when nothing
// comes for AnswerTimeout; its bytes are not verified.
func (c *Client) Open(ctx context.Context, s syncproto.Snapshot) (io.ReadCloser, error) {
	url := s.URL
	if strings.HasPrefix(url, "/") {
		url = c.Base + url
	}
	ctx, cancel := context.WithCancel(ctx)
	idle := time.AfterFunc(AnswerTimeout, cancel)
	f := &file{cancel: cancel, idle: idle}
	response, err := c.Network.Do(ctx, Request{Method: "GET", URL: url, Header: map[string]string{"Authorization": "Bearer " + c.Token}})
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
	return nil, failure(url, response.Status, body)
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
