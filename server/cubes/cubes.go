// Package cubes answers queries and reports at the server, over the same column
// files and with the same code as a manager's device: for devices that do not
// hold the months that are asked about. Everybody is answered from the files
// that he would be sent, and so by his rights.
package cubes

import (
	"container/list"
	"context"
	"fmt"
	"os"
	"sync"

	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
)

// Files are the column files by right.
type Files interface {
	Manifest(ctx context.Context, who scope.Scope) (segment.Manifest, error)
	File(ctx context.Context, who scope.Scope, sha256 string) (path string, err error)
}

// Limits of what is kept in memory.
const (
	memoryMax = 1 << 30 // bytes of sales
	dimsMax   = 8       // sets of dimension tables
)

// Cubes answers. It is safe for concurrent use.
type Cubes struct {
	files Files

	loading sync.Mutex               // one file is read at a time
	sales   map[string]*list.Element // of kept, by hash
	kept    *list.List               // of *part, used last first
	bytes   int64
	dims    map[string]*segment.Dims // by the hashes of their files
	recent  []string                 // keys of dims, used last first
}

type part struct {
	hash  string
	size  int64
	sales *segment.Sales
}

// New returns Cubes over files.
func New(f Files) *Cubes {
	return &Cubes{files: f, sales: map[string]*list.Element{}, kept: list.New(), dims: map[string]*segment.Dims{}}
}

// Query answers q with what somebody with these rights may see.
func (c *Cubes) Query(ctx context.Context, who scope.Scope, q cube.Query) (*cube.Result, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	made, err := c.over(ctx, who, q)
	if err != nil {
		return nil, err
	}
	r, err := made.Run(ctx, q, nil)
	if err != nil {
		return nil, fmt.Errorf("answer query: %w", err)
	}
	return r, nil
}

// List answers d with the receipts behind a number.
func (c *Cubes) List(ctx context.Context, who scope.Scope, d cube.Drill) (*cube.Listing, error) {
	made, err := c.over(ctx, who, cube.Query{From: d.From, To: d.To})
	if err != nil {
		return nil, err
	}
	l, err := made.List(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("list receipts: %w", err)
	}
	return l, nil
}

// Report answers r.
func (c *Cubes) Report(ctx context.Context, who scope.Scope, r report.Request) (any, error) {
	answer, err := report.Answer(ctx, r, func(ctx context.Context, from, to string) (*cube.Cube, error) {
		return c.over(ctx, who, cube.Query{From: from, To: to})
	})
	if err != nil {
		return nil, fmt.Errorf("answer report %s: %w", r.Report, err)
	}
	return answer, nil
}

// over returns the cube over the months that q looks at.
func (c *Cubes) over(ctx context.Context, who scope.Scope, q cube.Query) (*cube.Cube, error) {
	m, err := c.files.Manifest(ctx, who)
	if err != nil {
		return nil, err
	}
	data := cube.Data{}
	if data.Dims, err = c.tables(ctx, who, m); err != nil {
		return nil, err
	}
	first, last := q.Months()
	for _, ref := range m.Segments {
		if ref.Month < first || ref.Month > last {
			continue
		}
		s, err := c.salesOf(ctx, who, ref)
		if err != nil {
			return nil, err
		}
		data.Sales = append(data.Sales, s)
	}
	return cube.New(data)
}

// tables returns the dimension tables of a manifest.
func (c *Cubes) tables(ctx context.Context, who scope.Scope, m segment.Manifest) (*segment.Dims, error) {
	c.loading.Lock()
	defer c.loading.Unlock()
	key := ""
	for _, ref := range m.Dims {
		key += ref.Hash
	}
	if dims, ok := c.dims[key]; ok {
		c.use(key)
		return dims, nil
	}
	dims := &segment.Dims{}
	for _, ref := range m.Dims {
		file, err := c.read(ctx, who, ref)
		if err == nil {
			err = dims.Add(file)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", ref.Table, ref.Store, err)
		}
	}
	c.dims[key] = dims
	c.use(key)
	return dims, nil
}

// use puts a set of tables first and lets go of the one used longest ago.
func (c *Cubes) use(key string) {
	recent := []string{key}
	for _, other := range c.recent {
		if other != key {
			recent = append(recent, other)
		}
	}
	for len(recent) > dimsMax {
		delete(c.dims, recent[len(recent)-1])
		recent = recent[:len(recent)-1]
	}
	c.recent = recent
}

// salesOf returns the sales of a file, from memory if they are there.
func (c *Cubes) salesOf(ctx context.Context, who scope.Scope, ref segment.Ref) (*segment.Sales, error) {
	c.loading.Lock()
	defer c.loading.Unlock()
	if e, ok := c.sales[ref.Hash]; ok {
		c.kept.MoveToFront(e)
		return e.Value.(*part).sales, nil
	}
	file, err := c.read(ctx, who, ref)
	if err != nil {
		return nil, fmt.Errorf("read sales of %s, %s: %w", ref.Store, ref.Month, err)
	}
	s, err := segment.SalesOf(file)
	if err != nil {
		return nil, fmt.Errorf("read sales of %s, %s: %w", ref.Store, ref.Month, err)
	}
	c.sales[ref.Hash] = c.kept.PushFront(&part{ref.Hash, ref.Size, s})
	c.bytes += ref.Size
	for c.bytes > memoryMax && c.kept.Len() > 1 {
		old := c.kept.Remove(c.kept.Back()).(*part)
		delete(c.sales, old.hash)
		c.bytes -= old.size
	}
	return s, nil
}

func (c *Cubes) read(ctx context.Context, who scope.Scope, ref segment.Ref) (segment.File, error) {
	path, err := c.files.File(ctx, who, ref.Hash)
	if err != nil {
		return segment.File{}, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return segment.File{}, err
	}
	return segment.Decode(b)
}
