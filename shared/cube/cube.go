package cube

import (
	"context"
	"slices"
	"sync"

	"tillsight/shared/catalogue"
	"tillsight/shared/segment"
)

// Data is what a Cube is made over: the dimension tables and the sales that
// matter. Neither may change afterwards. Sales must have been checked
// (segment.Sales.Check), and their stores must be in Dims.
type Data struct {
	Dims  *segment.Dims
	Sales []*segment.Sales
	// Today is the day that ages are counted at; 0 is the latest of the sales.
	// Whoever holds only some months of the data says it.
	Today EpochDay
}

// Progress hears that done of total receipts have been looked at, every few
// thousand. It may let other goroutines run.
type Progress func(done, total int)

// watched is the key of the Progress in a context.
type watched struct{}

// Watched has every pass over the sales that is made under ctx tell progress how
// far it is: those of lists and reports too.
func Watched(ctx context.Context, progress Progress) context.Context {
	return context.WithValue(ctx, watched{}, progress)
}

// progressOf is the Progress that watches ctx, nil for none.
func progressOf(ctx context.Context) Progress {
	progress, _ := ctx.Value(watched{}).(Progress)
	return progress
}

// Cube answers queries over columns. It is safe for concurrent use.
type Cube struct {
	data   Data
	bounds segment.Bounds

	mu        sync.Mutex
	mappings  map[DimID]mapping // without a shift
	tables    map[DimID]map[string]catalogue.Text
	customers map[string]int32 // keys by ID
}

// New makes a Cube over data.
func New(data Data) (*Cube, error) {
	bounds, err := boundsOf(data)
	if err != nil {
		return nil, err
	}
	return &Cube{
		data:     data,
		bounds:   bounds,
		mappings: map[DimID]mapping{},
		tables:   map[DimID]map[string]catalogue.Text{},
	}, nil
}

// Run answers q. Progress may be nil: then what watches ctx hears it. A cancelled context ends it with
// errcode.Cancelled at the next call of progress.
func (c *Cube) Run(ctx context.Context, q Query, progress Progress) (*Result, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return answer(&columns{Cube: c, ctx: ctx, progress: progress}, q)
}

// Span returns the business dates that the sales cover, "" when there are none.
func (c *Cube) Span() (from, to string) {
	if !c.bounds.Checked {
		return "", ""
	}
	return EpochDay(c.bounds.FirstDay).String(), EpochDay(c.bounds.LastDay).String()
}

// Size returns how many receipts and lines the Cube holds.
func (c *Cube) Size() (receipts, lines int) {
	for _, s := range c.data.Sales {
		receipts += s.Receipts()
		lines += s.Lines()
	}
	return receipts, lines
}

// Name returns the name of a key of a dimension that has names.
func (c *Cube) Name(id DimID, key string) (catalogue.Text, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	table, ok := c.tables[id]
	if !ok {
		table = nameTable(c.data.Dims, id)
		c.tables[id] = table
	}
	name, ok := table[key]
	return name, ok
}

func nameTable(d *segment.Dims, id DimID) map[string]catalogue.Text {
	table := map[string]catalogue.Text{}
	switch id {
	case Store, HomeStore:
		for _, s := range d.Stores {
			table[s.ID] = s.Name
		}
	case Cashier:
		for _, c := range d.Cashiers {
			table[c.ID] = catalogue.Text{RU: c.Name}
		}
	case Product:
		for _, p := range d.Products {
			table[p.SKU] = p.Name
		}
	case Department, Group, Category:
		for _, c := range d.Categories {
			table[c.ID] = c.Name
		}
	case Segment:
		for _, s := range d.Segments {
			table[s.ID] = s.Name
		}
	}
	for key, name := range table {
		if key == "" || name == (catalogue.Text{}) {
			delete(table, key)
		}
	}
	return table
}

// mapping returns dimension id laid over its source, with time moved as w says.
func (c *Cube) mapping(id DimID, w window) mapping {
	m := mapper{dims: c.data.Dims, bounds: c.bounds, today: c.Today(), shift: w.shift, ahead: w.ahead, margin: w.margin}
	if dim, _ := DimOf(id); dim.Time {
		return m.make(id)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	have, ok := c.mappings[id]
	if !ok {
		have = m.make(id)
		c.mappings[id] = have
	}
	return have
}

// columns is the executor of one query over a Cube.
type columns struct {
	*Cube
	ctx      context.Context
	progress Progress
	cells    *plan // what cell numbers mean, the same in all passes
}

// span implements executor.
func (c *columns) span() (from, to EpochDay, ok bool) {
	return EpochDay(c.bounds.FirstDay), EpochDay(c.bounds.LastDay), c.bounds.Checked
}

// key implements executor.
func (c *columns) key(cell int64, dim int) string { return c.cells.key(cell, dim) }

// office implements executor.
func (c *columns) office() (Office, error) {
	o := Office{Plans: c.data.Dims.Plans, Regions: map[string]string{}, Employees: map[string]bool{}}
	for _, s := range c.data.Dims.Stores {
		o.Regions[s.ID] = s.Region
	}
	for _, e := range c.data.Dims.Cashiers {
		o.Employees[e.ID] = true
	}
	return o, nil
}

// expect implements executor: dimensions have all their keys anyhow.
func (c *columns) expect([][]string) {}

// cell implements executor.
func (c *columns) cell(keys []string) (cell int64) {
	for i, key := range keys {
		code, _ := slices.BinarySearchFunc(c.cells.by[i].keys, key, Natural)
		cell += int64(code) * c.cells.strides[i]
	}
	return cell
}

// ask implements executor.
func (c *columns) ask(q Query) (*Result, error) {
	return answer(&columns{Cube: c.Cube, ctx: c.ctx, progress: c.progress}, q)
}

// pass implements executor.
func (c *columns) pass(w window) (*pass, error) {
	p, err := compile(c.Cube, w)
	if err != nil {
		return nil, err
	}
	c.cells = p
	m := mapper{dims: c.data.Dims, bounds: c.bounds}
	x := newScan(c.ctx, p, c.data, m.customers(), c.progress)
	x.keep = w.keep
	if err := x.run(c.data); err != nil {
		return nil, err
	}
	return x.result(), nil
}
