package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"tillsight/app/bridge"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// resultMax bounds an answer of the server to a question.
const resultMax = 256 << 20

// beyond reports whether q looks at months that the budget has no room for: the
// server answers it.
func (a *Archive) beyond(ctx context.Context, q cube.Query) (bool, error) {
	if err := a.wait(ctx); err != nil {
		return false, err
	}
	a.mu.Lock()
	m := a.manifest
	a.mu.Unlock()
	if m.Hash == "" {
		if err := a.first(ctx); err != nil {
			return false, err
		}
		a.mu.Lock()
		m = a.manifest
		a.mu.Unlock()
	}
	limit := newestBut(m.Segments, a.kept(m))
	first, last := q.Months()
	for _, ref := range m.Segments {
		if ref.Month >= first && ref.Month <= last && ref.Month <= limit {
			return true, nil
		}
	}
	return false, nil
}

// elsewhere asks the server. Without it there is no answer: a part of the months
// would be a wrong number. When ctx ends, so does the request, and the server's work.
func elsewhere[T any](ctx context.Context, a *Archive, path string, question any) (answer T, err error) {
	b, err := a.askServer(ctx, path, question)
	if err != nil {
		return answer, noData(err)
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		return answer, errcode.New(errcode.BadAnswer, "archive.elsewhere", err)
	}
	return answer, nil
}

func (a *Archive) askServer(ctx context.Context, path string, question any) ([]byte, error) {
	body, err := json.Marshal(question)
	if err != nil {
		return nil, fmt.Errorf("ask server: %w", err)
	}
	answer, err := a.opt.Network.Do(ctx, syncclient.Request{
		Method: "POST", URL: a.opt.Base + path, Body: body,
		Header: map[string]string{"Content-Type": "application/json", "X-Tillsight": "1"},
	})
	if err == nil {
		var b []byte
		b, err = io.ReadAll(io.LimitReader(answer.Body, resultMax))
		if err = errors.Join(err, answer.Body.Close()); err == nil {
			if answer.Status != 200 {
				return nil, failure(path, answer.Status, b)
			}
			return b, nil
		}
	}
	if ctx.Err() != nil {
		return nil, errcode.New(errcode.Cancelled, "archive.askServer", ctx.Err())
	}
	return nil, errcode.New(errcode.Offline, "archive.askServer", err)
}

// SetBudget changes how much is kept on this device: what is too much goes, and
// what has room comes.
func (a *Archive) SetBudget(ctx context.Context, b bridge.Budget) (bridge.Insight, error) {
	if b.Bytes <= 0 {
		b.Bytes = a.opt.Budget
	}
	changed := a.bytes.Swap(b.Bytes) != b.Bytes
	changed = a.months.Swap(int64(max(0, b.Months))) != int64(max(0, b.Months)) || changed
	if err := a.wait(ctx); err != nil {
		return bridge.Insight{}, err
	}
	a.mu.Lock()
	m := a.manifest
	a.mu.Unlock()
	if changed && m.Hash != "" {
		a.letGo(m)
		a.count()
		// What came of it, the state tells.
		go func() { _ = a.Sync(context.WithoutCancel(ctx)) }()
	}
	return a.State(ctx)
}

// letGo drops from memory what is no longer kept.
func (a *Archive) letGo(m segment.Manifest) {
	kept := map[string]bool{}
	for _, ref := range a.kept(m) {
		kept[ref.Hash] = true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for hash := range a.sales {
		if !kept[hash] {
			delete(a.sales, hash)
			a.made = nil
		}
	}
}
