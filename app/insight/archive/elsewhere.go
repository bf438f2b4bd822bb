package archive

import (
	"context"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
	"tillsight/shared/wire"
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
func elsewhere[Q, A any](ctx context.Context, a *Archive, e wire.Endpoint[Q, A], question Q) (A, error) {
	answer, err := network.Call(ctx, a.server(resultMax), e, question)
	if err != nil && ctx.Err() != nil {
		return answer, errcode.New(errcode.Cancelled, "archive.elsewhere", ctx.Err())
	}
	return answer, noData(away(err))
}

// server is whom the archive asks, for answers of at most limit bytes.
func (a *Archive) server(limit int64) *network.Client {
	return &network.Client{Network: a.opt.Network, Base: a.opt.Base, Header: network.OwnPage(), Max: limit}
}

// away takes an answer that is not the server's for none: some proxy speaks for a
// server that is away.
func away(err error) error {
	if errcode.Of(err) == errcode.BadAnswer {
		return errcode.New(errcode.Offline, "archive", err)
	}
	return err
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
