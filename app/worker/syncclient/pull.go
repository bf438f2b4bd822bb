package syncclient

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	if err != nil {
		return false, err
	}
	var page syncproto.Changes
	err = c.ask(ctx, Request{Method: "GET", URL: syncproto.PathPull + "?since=" + strconv.FormatInt(cursor, 10)}, &page)
	if err == nil {
		c.outcome("pull", nil)
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

func (c *Client) refetch(ctx context.Context) error {
	var s syncproto.Snapshot
	if err := c.ask(ctx, Request{Method: "GET", URL: syncproto.PathSnapshot}, &s); err != nil {
		return err
	}
	err := c.Feed.Replace(ctx, s, func(w io.Writer) error {
		return Download(ctx, c.Network, c.Base, c.Token, s, w, nil)
	})
	if err == nil && c.Changed != nil {
		c.Changed()
	}
	return err
}

// Enrol exchanges a one-time code for an identity.
func Enrol(ctx context.Context, network Network, base string, request Request) (syncproto.Enrolment, error) {
	var e syncproto.Enrolment
	request.Method, request.URL = "POST", base+syncproto.PathEnrol
	if err := ask(ctx, network, request, &e); err != nil {
		return e, err
	}
	if e.Device == "" || e.Token == "" || e.Epoch == 0 || e.Till <= 0 || e.Store.ID == "" || e.Snapshot.URL == "" {
		return syncproto.Enrolment{}, errcode.New(errcode.BadAnswer, "syncclient.Enrol", fmt.Errorf("incomplete identity"))
	}
	return e, nil
}

// Download writes a snapshot file to w, telling progress (nil for nobody) how
// many bytes have come. What was written counts only when Download returns nil:
// then size and SHA-256 are those that the server announced.
func Download(ctx context.Context, network Network, base, token string, s syncproto.Snapshot, w io.Writer, progress func(done int64)) error {
	url := s.URL
	if strings.HasPrefix(url, "/") {
		url = base + url
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	idle := time.AfterFunc(AnswerTimeout, cancel)
	defer idle.Stop()
	response, err := network.Do(ctx, Request{Method: "GET", URL: url, Header: map[string]string{"Authorization": "Bearer " + token}})
	if err != nil {
		return errcode.New(errcode.Offline, "syncclient.Download", err)
	}
	defer response.Body.Close()
	if response.Status != 200 {
		body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
		if err != nil {
			return errcode.New(errcode.Offline, "syncclient.Download", err)
		}
		return failure(url, response.Status, body)
	}
	return receive(response.Body, s, w, func(done int64) {
		idle.Reset(AnswerTimeout)
		if progress != nil {
			progress(done)
		}
	})
}

func receive(body io.Reader, s syncproto.Snapshot, w io.Writer, progress func(int64)) error {
	hash := sha256.New()
	buffer := make([]byte, 256<<10)
	var done int64
	for {
		n, err := io.ReadFull(body, buffer)
		hash.Write(buffer[:n])
		if _, err := w.Write(buffer[:n]); err != nil {
			return fmt.Errorf("write snapshot: %w", err)
		}
		done += int64(n)
		progress(done)
		if done > s.Size {
			return errcode.New(errcode.BadAnswer, "syncclient.Download", fmt.Errorf("more than the announced %d bytes", s.Size))
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF && done == s.Size {
			break
		}
		if err != nil {
			return errcode.New(errcode.Offline, "syncclient.Download", fmt.Errorf("after %d of %d bytes: %w", done, s.Size, err))
		}
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != s.SHA256 || done != s.Size {
		return errcode.New(errcode.BadAnswer, "syncclient.Download",
			fmt.Errorf("%d bytes with hash %s, announced %d with %s", done, got, s.Size, s.SHA256))
	}
	return nil
}
