// Package segment makes the files of analytical data (see shared/segment) from
// the warehouse and says who may have which.
//
// A file is made again only when rows behind it changed: months that are over
// stay as they are. Files lie in one directory, named by their hash, each with
// its compressed forms beside it.
package segment

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"

	"tillsight/server/device"
	"tillsight/server/follow"
	"tillsight/server/notice"
	"tillsight/server/packed"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

const (
	// brotliQuality gives most of the saving at 50 MB/s.
	brotliQuality = 4
	// grace is how long a file stays after a newer one took its place:
	// downloads of it may be under way.
	grace = 10 * time.Minute
	// silence of a register with an open shift after which it counts as behind.
	silence = 10 * time.Minute
)

// Devices are the registers that should report.
type Devices interface {
	List() ([]device.Device, error)
}

// Files keeps the files up with the warehouse. It is safe for concurrent use.
type Files struct {
	dir       string
	warehouse *warehouse.Warehouse
	devices   Devices
	now       func() time.Time

	building sync.Mutex // one Refresh at a time
	checker  packed.Checker

	mu    sync.Mutex
	made  made
	seen  []seen
	news  notice.Board
	views map[string]segment.Manifest // without freshness, by scope
}

// made is what the directory holds. It is stored beside the files.
type made struct {
	Format   int                 `json:"format"`
	Revision int64               `json:"revision"` // of the warehouse
	Dims     map[string]madeDims `json:"dims"`     // by group
	Sales    []madePart          `json:"sales"`
	Old      map[string]replaced `json:"old"` // by hash
}

type madeDims struct {
	Mark string        `json:"mark"`
	Refs []segment.Ref `json:"refs"`
}

type madePart struct {
	segment.Ref
	Mark string `json:"mark"`
}

// replaced is a file that a newer one took the place of.
type replaced struct {
	At    int64         `json:"at"` // unix ms
	Table segment.Table `json:"table"`
	Store string        `json:"store,omitempty"`
}

// seen is the latest fact of a register.
type seen struct {
	device, store string
	at            int64
	open          bool
}

const stateName = "made.json"

// fileFormat goes up when files of unchanged rows get other columns: then all
// are made again.
const fileFormat = 2

// Open takes over the files in dir, making it when there is none. Refresh has
// to be called before there is anything to see.
func Open(dir string, w *warehouse.Warehouse, devices Devices, now func() time.Time) (*Files, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open segments: %w", err)
	}
	f := &Files{dir: dir, warehouse: w, devices: devices, now: now, views: map[string]segment.Manifest{}}
	b, err := os.ReadFile(filepath.Join(dir, stateName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("open segments: %w", err)
	case !f.made.read(b):
		f.made = made{} // everything is made again
	case f.made.Format != fileFormat:
		f.made.forget()
	}
	return f, nil
}

// forget has every file made again; the old ones are retired then.
func (m *made) forget() {
	for name, dims := range m.Dims {
		dims.Mark = ""
		m.Dims[name] = dims
	}
	for i := range m.Sales {
		m.Sales[i].Mark = ""
	}
}

// Subscribe returns a channel that receives after the data changed.
func (f *Files) Subscribe() (changed <-chan struct{}, cancel func()) { return f.news.Subscribe() }

// Run refreshes the files whenever the warehouse changes, until ctx ends. failed
// hears what went wrong, which is tried again.
func (f *Files) Run(ctx context.Context, failed func(error)) {
	if err := f.Drop(ctx, failed); err != nil {
		failed(err)
	}
	changed, cancel := f.warehouse.Subscribe()
	defer cancel()
	var pulse follow.Pulse
	pulse.Begin(f.now)
	follow.Repeat(ctx, &pulse, func(ctx context.Context) (int, error) { return 0, f.Refresh(ctx) }, failed, changed)
}

// Refresh makes the files whose rows changed since the last time.
func (f *Files) Refresh(ctx context.Context) error {
	f.building.Lock()
	defer f.building.Unlock()
	f.mu.Lock()
	have := f.made
	f.mu.Unlock()
	fresh, list, latest, err := f.look(have)
	if err != nil {
		return fmt.Errorf("refresh segments: %w", err)
	}
	old := map[string]madePart{}
	if fresh.Revision >= have.Revision { // else: another warehouse, nothing can be compared
		for _, p := range have.Sales {
			old[p.Store+"/"+p.Month+"/"+p.Part] = p
		}
	}
	for _, p := range list {
		have, ok := old[p.store+"/"+p.month+"/"+p.name]
		if !ok || have.Mark != p.mark || !f.has(have.Hash) {
			if have, err = f.makeSales(p); err != nil {
				return fmt.Errorf("make sales of store %s, %s: %w", p.store, p.month, err)
			}
		}
		fresh.Sales = append(fresh.Sales, have)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	slices.SortStableFunc(fresh.Sales, func(a, b madePart) int { return strings.Compare(a.Month, b.Month) })
	if err := f.retire(have, &fresh); err != nil {
		return fmt.Errorf("refresh segments: %w", err)
	}
	f.mu.Lock()
	f.made, f.seen = fresh, latest
	f.views = map[string]segment.Manifest{}
	f.mu.Unlock()
	f.news.Post()
	return nil
}

// look reads what the warehouse holds now and makes the dimension tables that
// changed.
func (f *Files) look(have made) (fresh made, list []part, latest []seen, err error) {
	tables := map[string][]segment.File{}
	fresh.Format, fresh.Dims = fileFormat, map[string]madeDims{}
	err = f.warehouse.View(func(q warehouse.Querier) error {
		if fresh.Revision, err = warehouse.Revision(q); err != nil {
			return err
		}
		if list, err = parts(q); err != nil {
			return err
		}
		if latest, err = lastSeen(q); err != nil {
			return err
		}
		for _, g := range groups {
			mark, err := g.current(q)
			if err != nil {
				return err
			}
			old, ok := have.Dims[g.name]
			if ok && old.Mark == mark && fresh.Revision >= have.Revision && !slices.ContainsFunc(old.Refs, f.lost) {
				fresh.Dims[g.name] = old
				continue
			}
			fresh.Dims[g.name] = madeDims{Mark: mark}
			if tables[g.name], err = g.files(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fresh, nil, nil, err
	}
	for name, files := range tables {
		dims := fresh.Dims[name]
		for _, file := range files {
			ref, err := f.write(file)
			if err != nil {
				return fresh, nil, nil, err
			}
			dims.Refs = append(dims.Refs, ref)
		}
		fresh.Dims[name] = dims
	}
	return fresh, list, latest, nil
}

func lastSeen(q warehouse.Querier) (list []seen, err error) {
	err = q.Query(`SELECT device, store, at, shift FROM device_seen ORDER BY device`, func(r sqlite.Row) error {
		list = append(list, seen{r.Text(0), r.Text(1), r.Int64(2), r.Bool(3)})
		return nil
	})
	return list, err
}

func (f *Files) makeSales(p part) (madePart, error) {
	var file segment.File
	err := f.warehouse.View(func(q warehouse.Querier) error {
		s, err := sales(q, p)
		if err != nil {
			return err
		}
		file = s.File()
		return nil
	})
	if err != nil {
		return madePart{}, err
	}
	ref, err := f.write(file)
	ref.Part, ref.Rows = p.name, p.lines
	return madePart{ref, p.mark}, err
}

// write stores a file and its compressed forms under its hash.
func (f *Files) write(file segment.File) (segment.Ref, error) {
	b, err := segment.Encode(file)
	if err != nil {
		return segment.Ref{}, err
	}
	ref := segment.Ref{
		Hash: segment.Hash(b), Table: file.Table, Store: file.Store, Month: file.Month, Size: int64(len(b)),
		Rows: file.Rows(),
	}
	if f.has(ref.Hash) {
		return ref, nil
	}
	for _, form := range forms {
		var packed bytes.Buffer
		w := form.writer(&packed)
		_, err := w.Write(b)
		if err := errors.Join(err, w.Close()); err != nil {
			return ref, err
		}
		if err := f.put(ref.Hash+form.suffix, packed.Bytes()); err != nil {
			return ref, err
		}
	}
	return ref, f.put(ref.Hash, b)
}

// forms are the compressed forms of a file.
var forms = []struct {
	suffix string
	writer func(io.Writer) io.WriteCloser
}{
	{".br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotliQuality) }},
	{".gz", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }},
}

// put writes a file whole or not at all.
func (f *Files) put(name string, b []byte) error {
	path := filepath.Join(f.dir, name)
	if err := os.WriteFile(path+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func (f *Files) has(hash string) bool {
	_, err := os.Stat(filepath.Join(f.dir, hash))
	return err == nil
}

func (f *Files) lost(ref segment.Ref) bool { return !f.has(ref.Hash) }

// retire notes which files were replaced, removes those whose grace is over and
// stores the state.
func (f *Files) retire(have made, fresh *made) error {
	now := f.now().UnixMilli()
	used := map[string]bool{}
	for ref := range fresh.refs() {
		used[ref.Hash] = true
	}
	fresh.Old = map[string]replaced{}
	for hash, old := range have.Old {
		if !used[hash] {
			fresh.Old[hash] = old
		}
	}
	for ref := range have.refs() {
		if !used[ref.Hash] {
			fresh.Old[ref.Hash] = replaced{At: now, Table: ref.Table, Store: ref.Store}
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(fresh.Old)) {
		if now-fresh.Old[hash].At < grace.Milliseconds() {
			continue
		}
		if err := f.checker.Remove(filepath.Join(f.dir, hash)); err != nil {
			return err
		}
		delete(fresh.Old, hash)
	}
	b, err := fresh.bytes()
	if err != nil {
		return err
	}
	return f.put(stateName, b)
}

// refs yields all files that m lists, dimension tables first.
func (m *made) refs() iter.Seq[segment.Ref] {
	return func(yield func(segment.Ref) bool) {
		for _, g := range groups {
			for _, ref := range m.Dims[g.name].Refs {
				if !yield(ref) {
					return
				}
			}
		}
		for _, p := range m.Sales {
			if !yield(p.Ref) {
				return
			}
		}
	}
}

// store reports whether what belongs to a store may be seen; "" belongs to everybody.
func store(who scope.Scope, id string) bool { return id == "" && !who.Empty() || who.Sees(id) }

// file reports whether a file may be seen. Customers of no store are those of
// the chain: only who may see all of it may know who they are.
func file(who scope.Scope, table segment.Table, id string) bool {
	if table == segment.TablePerson && (!who.Personal() || !who.Sees(id)) {
		return false
	}
	if (table == segment.TableMember || table == segment.TableSegment) && !who.Whole() {
		return false // who is in a segment is the chain's to know
	}
	if table == segment.TableExpense && !who.Sees(id) {
		return false // what the chain as a whole spends
	}
	return store(who, id)
}

// Manifest lists the files of what who sees.
func (f *Files) Manifest(_ context.Context, who scope.Scope) (segment.Manifest, error) {
	registers, err := f.devices.List()
	if err != nil {
		return segment.Manifest{}, fmt.Errorf("manifest: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.view(who)
	m.Freshness.Devices, m.Freshness.Behind = f.behind(registers, who)
	m.Freshness.BuiltAt = f.now().UnixMilli()
	return m, nil
}

// view returns the sealed manifest for who.
func (f *Files) view(who scope.Scope) segment.Manifest {
	key := who.String()
	if m, ok := f.views[key]; ok {
		return m
	}
	m := segment.Manifest{Dims: []segment.Ref{}, Segments: []segment.Ref{}}
	for ref := range f.made.refs() {
		switch {
		case !file(who, ref.Table, ref.Store):
		case ref.Table == segment.TableSales:
			m.Segments = append(m.Segments, ref)
		default:
			m.Dims = append(m.Dims, ref)
		}
	}
	now := f.now().UnixMilli()
	for _, s := range f.seen {
		if store(who, s.store) { // a clock ahead of ours does not make data fresher
			m.Freshness.UpTo = max(m.Freshness.UpTo, min(s.at, now))
		}
	}
	m.Seal()
	f.views[key] = m
	return m
}

// behind returns how many registers are in use and those that have been silent
// with an open shift: they may be selling offline.
func (f *Files) behind(registers []device.Device, who scope.Scope) (int, []segment.Behind) {
	latest := map[string]seen{}
	for _, s := range f.seen {
		latest[s.device] = s
	}
	n, list := 0, []segment.Behind{}
	limit := f.now().Add(-silence).UnixMilli()
	for _, d := range registers {
		if d.Revoked || d.Replaced || !store(who, d.Store) {
			continue
		}
		n++
		if s := latest[d.ID]; s.open && d.Seen < limit {
			list = append(list, segment.Behind{Device: d.ID, Name: d.Name, Store: d.Store, Till: d.Till, UpTo: s.at})
		}
	}
	return n, list
}

// File returns the path of a file that such a manifest lists or listed within
// the time of grace; beside it lie its compressed forms. It fails with
// errcode.NotFound for any other. One that is not what it was is made anew first.
func (f *Files) File(ctx context.Context, who scope.Scope, sha256 string) (path string, err error) {
	if path, err = f.listed(who, sha256); err != nil {
		return "", err
	}
	return path, f.heal(ctx, path)
}

func (f *Files) listed(who scope.Scope, sha256 string) (path string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.view(who)
	listed := func(ref segment.Ref) bool { return ref.Hash == sha256 }
	old, wasListed := f.made.Old[sha256]
	if slices.ContainsFunc(m.Dims, listed) || slices.ContainsFunc(m.Segments, listed) || wasListed && file(who, old.Table, old.Store) {
		return filepath.Join(f.dir, sha256), nil
	}
	return "", errcode.New(errcode.NotFound, "segment.File", fmt.Errorf("%s is not listed", sha256))
}
