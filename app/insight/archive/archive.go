// Package archive keeps the analytical data on a manager's device and answers
// queries over it: with the server away too, from the files downloaded before.
//
// The manifest that is in force changes only when every file that it replaces
// is here, so an answer is always of one moment. Months come newest first; a
// query waits for those that it needs and for no others. Where the browser has
// no private file system the data stays in memory, and the state says so.
package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/insight/pack"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

// Options are what an Archive works with.
type Options struct {
	// Dir opens the directory of the files; errcode.NoStorage means that there
	// is none and they stay in memory.
	Dir     func() (opfs.Dir, error)
	Network network.Network
	Base    string // origin of the server
	Now     func() time.Time
	Random  func() float64 // in [0, 1), spreads tries to connect
	// Tell and Progress send the page what changed and how a download goes.
	Tell     func(bridge.Insight)
	Progress func(bridge.Progress)
	Log      func(what string, err error)
	// Rest lets other work run in the middle of a long answer; a browser's
	// worker hears of a cancelled query in no other way.
	Rest func()
	// Budget is how many bytes of sales are kept at most; 0 means BudgetUsual.
	Budget int64
}

// BudgetUsual is some 40 million lines.
const BudgetUsual = 1 << 30

// Archive is the data on this device. It is safe for concurrent use.
type Archive struct {
	opt   Options
	store store

	syncing  sync.Mutex // one Sync at a time
	loading  sync.Mutex // one file is read or fetched at a time by queries
	wake     chan struct{}
	bytes    atomic.Int64 // of sales that are kept at most
	months   atomic.Int64 // newest months that are kept at most, 0: all
	mu       sync.Mutex
	manifest segment.Manifest // in force
	dims     *segment.Dims
	sales    map[string]*segment.Sales // in memory, by hash
	made     *cube.Cube                // over sales, nil when they changed
	state    bridge.Insight
	ready    chan struct{} // closed when a manifest is in force
	restored chan struct{} // closed when what is on the device was looked at
}

// New returns an Archive. Run makes it work.
func New(opt Options) *Archive {
	if opt.Budget == 0 {
		opt.Budget = BudgetUsual
	}
	a := &Archive{
		opt:      opt,
		wake:     make(chan struct{}, 1),
		dims:     &segment.Dims{},
		sales:    map[string]*segment.Sales{},
		ready:    make(chan struct{}),
		restored: make(chan struct{}),
		state:    bridge.Insight{Freshness: segment.Freshness{Behind: []segment.Behind{}}},
	}
	a.bytes.Store(opt.Budget)
	return a
}

// Serve answers the methods of the insight worker with a.
func Serve(s *bridge.Server, a *Archive) {
	bridge.HandleParallel(s, bridge.InsightState, func(ctx context.Context, _ struct{}) (bridge.Insight, error) {
		return a.State(ctx)
	})
	bridge.HandleParallel(s, bridge.InsightQuery, valued(a.Query))
	bridge.HandleParallel(s, bridge.InsightDims, a.Dims)
	bridge.HandleParallel(s, bridge.InsightList, valued(a.List))
	bridge.HandleParallel(s, bridge.InsightReport, func(ctx context.Context, q report.Request) (any, error) {
		return a.Report(ctx, q)
	})
	bridge.HandleParallel(s, bridge.InsightBudget, a.SetBudget)
	bridge.HandleParallel(s, bridge.InsightRefresh, func(ctx context.Context, _ struct{}) (bridge.Insight, error) {
		err := a.Sync(ctx)
		state, stateErr := a.State(ctx)
		return state, errors.Join(err, stateErr)
	})
	bridge.HandleParallel(s, bridge.InsightForget, func(ctx context.Context, _ struct{}) (bridge.Insight, error) {
		if err := a.Forget(ctx); err != nil {
			return bridge.Insight{}, err
		}
		return a.State(ctx)
	})
}

// State returns what is on the device, once that was looked at.
func (a *Archive) State(ctx context.Context) (bridge.Insight, error) {
	if err := a.wait(ctx); err != nil {
		return bridge.Insight{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.state, nil
}

// wait waits until the device's own files were looked at.
func (a *Archive) wait(ctx context.Context) error {
	select {
	case <-a.restored:
		return nil
	case <-ctx.Done():
		return errcode.New(errcode.Cancelled, "archive", ctx.Err())
	}
}

// change changes the state and tells the page when it is another than before.
func (a *Archive) change(edit func(*bridge.Insight)) {
	a.mu.Lock()
	before := a.state
	edit(&a.state)
	after := a.state
	a.mu.Unlock()
	if !same(before, after) {
		a.opt.Tell(after)
	}
}

// same compares states but for the moment of the last answer.
func same(a, b bridge.Insight) bool {
	fa, fb := a.Freshness, b.Freshness
	return a.Ready == b.Ready && a.Data == b.Data && a.From == b.From && a.To == b.To && a.Receipts == b.Receipts &&
		a.Lines == b.Lines && a.Bytes == b.Bytes && a.Missing == b.Missing && a.Tried == b.Tried && a.Online == b.Online && a.Live == b.Live &&
		a.InMemory == b.InMemory && a.Fault == b.Fault && fa.UpTo == fb.UpTo && fa.Devices == fb.Devices &&
		slices.Equal(fa.Behind, fb.Behind)
}

// restore takes what is on the device.
func (a *Archive) restore(ctx context.Context) (err error) {
	defer close(a.restored)
	dir, err := a.opt.Dir()
	switch {
	case errcode.Of(err) == errcode.NoStorage:
		a.store = &memoryStore{}
		a.change(func(s *bridge.Insight) { s.InMemory = true })
		return nil
	case err != nil:
		a.store = &memoryStore{}
		a.change(func(s *bridge.Insight) { s.InMemory, s.Fault = true, errcode.As(err) })
		return err
	}
	kept := &dirStore{dir: dir, files: pack.New(dir)}
	a.store = kept
	if err := kept.hold(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.release()) }()
	manifest, err := kept.open()
	if err != nil || manifest == nil {
		return err
	}
	dims, err := a.loadDims(ctx, manifest.Dims, kept.read)
	if err != nil {
		return fmt.Errorf("restore dimensions: %w", err)
	}
	a.adopt(*manifest, dims)
	return nil
}

// loadDims reads the dimension files of a manifest.
func (a *Archive) loadDims(ctx context.Context, refs []segment.Ref, read func(hash string) ([]byte, error)) (*segment.Dims, error) {
	dims := &segment.Dims{}
	for _, ref := range refs {
		b, err := read(ref.Hash)
		if err != nil {
			return nil, err
		}
		file, err := segment.Decode(b)
		if err == nil {
			err = dims.Add(file)
		}
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, errcode.New(errcode.Cancelled, "archive", ctx.Err())
		}
	}
	return dims, nil
}

// adopt puts a manifest in force. Sales that it does not list leave the memory.
func (a *Archive) adopt(m segment.Manifest, dims *segment.Dims) {
	a.mu.Lock()
	sales := map[string]*segment.Sales{}
	for _, ref := range m.Segments {
		if s, ok := a.sales[ref.Hash]; ok {
			sales[ref.Hash] = s
		}
	}
	before := a.manifest.Hash
	a.manifest, a.dims, a.sales, a.made = m, dims, sales, nil
	switch {
	case before == "" && m.Hash != "":
		close(a.ready)
	case before != "" && m.Hash == "":
		a.ready = make(chan struct{})
	}
	a.mu.Unlock()
	a.count()
}

// count brings the figures of the state up to date.
func (a *Archive) count() {
	a.mu.Lock()
	m, kept := a.manifest, a.kept(a.manifest)
	a.mu.Unlock()
	a.change(func(s *bridge.Insight) {
		s.Data, s.Freshness = m.Hash, m.Freshness
		s.Ready = m.Hash != ""
		s.Bytes, s.Lines, s.Missing, s.From, s.To, s.Elsewhere = 0, 0, 0, "", "", ""
		if len(kept) < len(m.Segments) {
			s.Elsewhere = newestBut(m.Segments, kept)
		}
		for _, ref := range m.Dims {
			s.Bytes += ref.Size
		}
		for _, ref := range kept {
			if !a.store.has(ref.Hash) {
				s.Missing++
				continue
			}
			s.Bytes += ref.Size
			s.Lines += ref.Rows
			if s.From == "" || ref.Month+"-01" < s.From {
				s.From = ref.Month + "-01"
			}
			if last := lastDay(ref.Month); last > s.To {
				s.To = last
			}
		}
		s.From, s.To, s.Receipts = a.exact(s.From, s.To)
	})
}

// newestBut returns the newest month of refs that is not among kept, of which
// each month is there whole.
func newestBut(refs, kept []segment.Ref) (month string) {
	here := map[string]bool{}
	for _, ref := range kept {
		here[ref.Month] = true
	}
	for _, ref := range refs {
		if !here[ref.Month] {
			month = max(month, ref.Month)
		}
	}
	return month
}

// exact narrows from and to to the days with sales where the files of the first
// and last month are in memory, and counts the receipts in memory.
func (a *Archive) exact(from, to string) (string, string, int) {
	first, last, receipts := "", "", 0
	for _, s := range a.sales {
		if s.Receipts() == 0 {
			continue
		}
		receipts += s.Receipts()
		if day := cube.EpochDay(s.Bounds.FirstDay).String(); first == "" || day < first {
			first = day
		}
		last = max(last, cube.EpochDay(s.Bounds.LastDay).String())
	}
	if first != "" && first[:7] == from[:min(7, len(from))] {
		from = first
	}
	if last != "" && last[:7] == to[:min(7, len(to))] {
		to = last
	}
	return from, to, receipts
}

// lastDay returns the last date of a month.
func lastDay(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.AddDate(0, 1, -1).Format(time.DateOnly)
}

// kept lists the sales of m that the budget holds, newest first.
func (a *Archive) kept(m segment.Manifest) []segment.Ref {
	refs := slices.Clone(m.Segments)
	slices.SortStableFunc(refs, func(x, y segment.Ref) int {
		if x.Month != y.Month {
			if x.Month > y.Month {
				return -1
			}
			return 1
		}
		return 0
	})
	var sum, months int64
	for i, ref := range refs {
		if i == 0 || refs[i-1].Month != ref.Month {
			months++
		}
		limit := a.months.Load()
		if sum += ref.Size; sum > a.bytes.Load() || limit > 0 && months > limit {
			// A month is kept whole or not at all.
			for i > 0 && refs[i-1].Month == ref.Month {
				i--
			}
			return refs[:i]
		}
	}
	return refs
}

// Forget removes everything from this device.
func (a *Archive) Forget(ctx context.Context) error {
	if err := a.wait(ctx); err != nil {
		return err
	}
	a.syncing.Lock()
	defer a.syncing.Unlock()
	if err := a.store.clear(nil); err != nil {
		return fmt.Errorf("forget: %w", err)
	}
	a.adopt(segment.Manifest{Freshness: segment.Freshness{Behind: []segment.Behind{}}}, &segment.Dims{})
	return nil
}
