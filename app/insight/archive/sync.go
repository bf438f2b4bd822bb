package archive

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

const (
	// parallel downloads: as many as a browser has connections for one server.
	parallel = 6
	// answerMax limits what is read of an answer that is no file.
	answerMax = 16 << 20
	// fileMax limits a file: half a million lines.
	fileMax = 256 << 20
	// silenceMax ends a live stream that says nothing; the server gives a sign
	// every 20 seconds.
	silenceMax = 70 * time.Second
	retryFirst = time.Second
	retryLast  = time.Minute
)

// Run keeps the archive up with the server until ctx ends.
func (a *Archive) Run(ctx context.Context) {
	if err := a.restore(ctx); err != nil {
		a.opt.Log("restore", err)
	}
	failures := 0
	for ctx.Err() == nil {
		err := a.Sync(ctx)
		if err == nil {
			failures = 0
			err = a.listen(ctx)
		}
		if ctx.Err() != nil {
			return
		}
		a.opt.Log("sync", err)
		failures++
		a.change(func(s *bridge.Insight) { s.Live = false })
		a.pause(ctx, a.delay(failures, err))
	}
}

// delay returns how long to wait before the next try. Who is not logged in
// waits for a Refresh.
func (a *Archive) delay(failures int, err error) time.Duration {
	switch errcode.Of(err) {
	case errcode.Unauthorised, errcode.Forbidden:
		return time.Hour
	}
	limit := min(retryFirst<<min(failures, 8), retryLast)
	return time.Duration((0.5 + a.opt.Random()/2) * float64(limit))
}

func (a *Archive) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-a.wake:
	case <-ctx.Done():
	}
}

// Retry tries at once what waits for the server: the device came online, or
// somebody logged in.
func (a *Archive) Retry() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// Sync asks the server what there is and downloads what is missing. What is
// new is in force as soon as all that it replaces is here; older months follow.
func (a *Archive) Sync(ctx context.Context) error {
	if err := a.wait(ctx); err != nil {
		return err
	}
	a.syncing.Lock()
	defer a.syncing.Unlock()
	err := a.sync(ctx)
	if ctx.Err() != nil {
		return errcode.New(errcode.Cancelled, "archive.Sync", ctx.Err())
	}
	a.change(func(s *bridge.Insight) {
		s.Tried = true
		s.Online = err == nil || errcode.Of(err) != errcode.Offline
		s.Fault = nil
		if err != nil && errcode.Of(err) != errcode.Offline {
			s.Fault = errcode.As(err)
		}
		if s.Online {
			s.Checked = a.opt.Now().UnixMilli()
		}
	})
	if err == nil {
		a.Retry() // the live stream may be waiting
	}
	return err
}

func (a *Archive) sync(ctx context.Context) error {
	b, err := a.get(ctx, office.GetManifest.Path, answerMax)
	if err != nil {
		return err
	}
	var fresh segment.Manifest
	if err := json.Unmarshal(b, &fresh); err != nil || fresh.Hash == "" {
		return errcode.New(errcode.BadAnswer, "archive.Sync", fmt.Errorf("manifest: %w", errors.Join(err)))
	}
	a.mu.Lock()
	have := a.manifest
	a.mu.Unlock()
	if fresh.Hash != have.Hash {
		if err := a.replace(ctx, have, fresh); err != nil {
			return err
		}
	} else {
		a.mu.Lock()
		a.manifest.Freshness = fresh.Freshness
		a.mu.Unlock()
		a.count()
	}
	if err := a.download(ctx, a.kept(fresh)); err != nil {
		return err
	}
	used := map[string]bool{}
	for _, ref := range append(fresh.Dims, a.kept(fresh)...) {
		used[ref.Hash] = true
	}
	return a.store.clear(used)
}

// replace downloads what must be there before fresh can be in force: the
// dimensions, and the files of months that have one now. With nothing there
// yet the newest month is enough.
func (a *Archive) replace(ctx context.Context, have, fresh segment.Manifest) error {
	here := map[string]bool{}
	for _, ref := range have.Segments {
		if a.store.has(ref.Hash) {
			here[ref.Month] = true
		}
	}
	need := append([]segment.Ref{}, fresh.Dims...)
	kept := a.kept(fresh)
	for _, ref := range kept {
		if here[ref.Month] || len(here) == 0 && ref.Month == kept[0].Month {
			need = append(need, ref)
		}
	}
	if err := a.download(ctx, need); err != nil {
		return err
	}
	dims, err := a.loadDims(ctx, fresh.Dims, a.store.read)
	if err != nil {
		return err
	}
	if err := a.store.keep(fresh); err != nil {
		return a.full(err)
	}
	a.adopt(fresh, dims)
	return nil
}

// full lets the archive go on in memory when the device takes no more.
func (a *Archive) full(err error) error {
	if code := errcode.Of(err); code != errcode.StorageFull && code != errcode.StorageFault {
		return err
	}
	a.opt.Log("keep files", err)
	return err
}

// download fetches the files that are not here, some at a time, in order.
func (a *Archive) download(ctx context.Context, refs []segment.Ref) error {
	var missing []segment.Ref
	var total int64
	for _, ref := range refs {
		if !a.store.has(ref.Hash) {
			missing = append(missing, ref)
			total += ref.Size
		}
	}
	if len(missing) == 0 {
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var (
		mu    sync.Mutex
		done  int64
		first error
		wait  sync.WaitGroup
		queue = make(chan segment.Ref)
	)
	for range min(parallel, len(missing)) {
		wait.Go(func() {
			for ref := range queue {
				err := a.fetch(ctx, ref)
				mu.Lock()
				if err != nil && first == nil {
					first = err
					stop()
				}
				done += ref.Size
				progress := bridge.Progress{Task: "segments", Done: done, Total: total}
				mu.Unlock()
				if err == nil {
					a.opt.Progress(progress)
				}
			}
		})
	}
	for _, ref := range missing {
		if ctx.Err() != nil {
			break
		}
		queue <- ref
	}
	close(queue)
	wait.Wait()
	a.count()
	return first
}

// fetch downloads one file and checks that it is the one named.
func (a *Archive) fetch(ctx context.Context, ref segment.Ref) error {
	if a.store.has(ref.Hash) {
		return nil
	}
	b, err := a.get(ctx, wiresync.GetFile.At(ref.Hash), fileMax)
	if err != nil {
		return err
	}
	if segment.Hash(b) != ref.Hash {
		return errcode.New(errcode.BadAnswer, "archive.fetch", fmt.Errorf("%d bytes with another hash than %s", len(b), ref.Hash))
	}
	if err := a.store.write(ref.Hash, b); err != nil {
		return a.full(fmt.Errorf("keep %s: %w", ref.Hash, err))
	}
	return nil
}

// get fetches a path of the server whole.
func (a *Archive) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	b, err := a.server(limit).Fetch(ctx, path)
	return b, away(err)
}

// listen hears of new data and fetches it, until the stream ends. It returns
// the reason, never nil.
func (a *Archive) listen(ctx context.Context) error {
	streamCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	silence := time.AfterFunc(silenceMax, cancel)
	defer silence.Stop()
	answer, err := a.opt.Network.Do(streamCtx, network.Request{
		Method: "GET", URL: a.opt.Base + wiresync.Listen.Path, Header: map[string]string{"Accept": "text/event-stream"},
	})
	if err != nil {
		return errcode.New(errcode.Offline, "archive.listen", err)
	}
	defer answer.Body.Close()
	if answer.Status != 200 {
		b, err := io.ReadAll(io.LimitReader(answer.Body, answerMax))
		if err != nil {
			return errcode.New(errcode.Offline, "archive.listen", err)
		}
		return away(network.Failure(wiresync.Listen.Path, answer.Status, b))
	}
	a.change(func(s *bridge.Insight) { s.Live, s.Online, s.Tried = true, true, true })
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		silence.Reset(silenceMax)
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data:"))
		if !ok {
			continue
		}
		var event wiresync.Live
		if err := json.Unmarshal(data, &event); err != nil {
			return errcode.New(errcode.BadAnswer, "archive.listen", err)
		}
		a.mu.Lock()
		known := event.Data == "" || event.Data == a.manifest.Hash
		a.mu.Unlock()
		if known {
			continue
		}
		if err := a.Sync(ctx); err != nil {
			return err
		}
	}
	return errcode.New(errcode.Offline, "archive.listen", fmt.Errorf("stream ended: %w", errors.Join(lines.Err())))
}
