package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
	wire "tillsight/shared/wire/office"
)

const (
	// restEvery is how long an answer is computed before others get a turn.
	restEvery = 25 * time.Millisecond
	// progressEvery is how often a long answer says how far it is.
	progressEvery = 200 * time.Millisecond
	dimsUsual     = 1000
)

// Query answers q. Months that are not here yet are fetched; without the
// server that fails with errcode.NoData, since a part would be a wrong number.
func (a *Archive) Query(ctx context.Context, q cube.Query) (*cube.Result, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	if beyond, err := a.beyond(ctx, q); err != nil {
		return nil, err
	} else if beyond {
		return elsewhere(ctx, a, wire.Query, q)
	}
	c, err := a.cubeFor(ctx, q)
	if err != nil {
		return nil, err
	}
	return c.Run(a.watched(ctx), q, nil)
}

// watched has work under ctx tell how far it is, and let others have their turn:
// a cancelled request is heard of in no other way.
func (a *Archive) watched(ctx context.Context) context.Context {
	rested, told := a.opt.Now(), a.opt.Now()
	return cube.Watched(ctx, func(done, total int) {
		now := a.opt.Now()
		if now.Sub(told) >= progressEvery {
			told = now
			a.opt.Progress(bridge.Progress{Task: "query", Done: int64(done), Total: int64(total)})
		}
		if now.Sub(rested) >= restEvery {
			a.opt.Rest()
			rested = a.opt.Now()
		}
	})
}

// List answers d with the receipts behind a number.
func (a *Archive) List(ctx context.Context, d cube.Drill) (*cube.Listing, error) {
	span := cube.Query{From: d.From, To: d.To}
	if beyond, err := a.beyond(ctx, span); err != nil {
		return nil, err
	} else if beyond {
		return elsewhere(ctx, a, wire.List, d)
	}
	c, err := a.cubeFor(ctx, span)
	if err != nil {
		return nil, err
	}
	return c.List(a.watched(ctx), d)
}

// cubeFor returns a cube that holds at least the months that q looks at.
func (a *Archive) cubeFor(ctx context.Context, q cube.Query) (*cube.Cube, error) {
	if err := a.wait(ctx); err != nil {
		return nil, err
	}
	a.loading.Lock()
	defer a.loading.Unlock()
	for {
		a.mu.Lock()
		m := a.manifest
		a.mu.Unlock()
		if m.Hash == "" {
			if err := a.first(ctx); err != nil {
				return nil, err
			}
			continue
		}
		if err := a.load(ctx, m, q); err != nil {
			return nil, err
		}
		a.mu.Lock()
		if a.manifest.Hash != m.Hash { // another came meanwhile
			a.mu.Unlock()
			continue
		}
		made, err := a.cube()
		a.mu.Unlock()
		return made, err
	}
}

// first waits until the first manifest is in force: the newest month is enough,
// the others may still be on their way.
func (a *Archive) first(ctx context.Context) error {
	a.mu.Lock()
	ready := a.ready
	a.mu.Unlock()
	synced := make(chan error, 1)
	go func() { synced <- a.Sync(ctx) }()
	select {
	case <-ready:
		return nil
	case err := <-synced:
		return noData(err)
	}
}

// noData turns the lack of a connection into what it means here.
func noData(err error) error {
	if errcode.Of(err) == errcode.Offline {
		return errcode.New(errcode.NoData, "archive.Query", err)
	}
	return err
}

// cube returns the cube over the sales in memory.
func (a *Archive) cube() (*cube.Cube, error) {
	if a.made != nil {
		return a.made, nil
	}
	// Ages are those at the end of all data, whichever months are in memory.
	data := cube.Data{Dims: a.dims, Today: cube.EpochDay(a.manifest.Freshness.UpTo / (24 * time.Hour).Milliseconds())}
	for _, ref := range a.manifest.Segments {
		if s, ok := a.sales[ref.Hash]; ok {
			data.Sales = append(data.Sales, s)
		}
	}
	made, err := cube.New(data)
	a.made = made
	return made, err
}

// load brings the months that q looks at into memory.
func (a *Archive) load(ctx context.Context, m segment.Manifest, q cube.Query) error {
	wanted := a.unloaded(m, q)
	if len(wanted) == 0 {
		return nil
	}
	missing, err := a.loadKept(wanted)
	if err != nil {
		return err
	}
	for _, ref := range missing {
		s, err := a.salesOf(ctx, ref)
		if err != nil {
			return err
		}
		a.loaded(ref, s)
	}
	a.count()
	return nil
}

// unloaded returns the files that q looks at and that are not in memory.
func (a *Archive) unloaded(m segment.Manifest, q cube.Query) (wanted []segment.Ref) {
	first, last := q.Months()
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, ref := range m.Segments {
		if _, ok := a.sales[ref.Hash]; !ok && first <= ref.Month && ref.Month <= last {
			wanted = append(wanted, ref)
		}
	}
	return wanted
}

// loadKept takes what is sound on the device and returns the others.
func (a *Archive) loadKept(wanted []segment.Ref) (missing []segment.Ref, err error) {
	if err := a.store.hold(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.store.release()) }()
	for _, ref := range wanted {
		b, err := a.store.read(ref.Hash)
		if err == nil {
			var s *segment.Sales
			if s, err = decodeSales(b); err == nil {
				a.loaded(ref, s)
				continue
			}
		}
		if errcode.Of(err) != errcode.NotFound {
			a.opt.Log("read "+ref.Hash, err)
			a.store.forget(ref.Hash)
		}
		missing = append(missing, ref)
	}
	return missing, nil
}

func (a *Archive) loaded(ref segment.Ref, s *segment.Sales) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sales[ref.Hash], a.made = s, nil
}

func decodeSales(b []byte) (*segment.Sales, error) {
	file, err := segment.Decode(b)
	if err != nil {
		return nil, err
	}
	return segment.SalesOf(file)
}

// salesOf fetches a file of sales that is not on the device.
func (a *Archive) salesOf(ctx context.Context, ref segment.Ref) (*segment.Sales, error) {
	if err := a.fetch(ctx, ref); err != nil {
		return nil, noData(err)
	}
	b, err := a.store.read(ref.Hash)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ref.Hash, err)
	}
	return decodeSales(b)
}

// Dims lists the keys of a dimension for filters, in their natural order.
func (a *Archive) Dims(ctx context.Context, r bridge.DimsRequest) ([]bridge.DimValue, error) {
	if err := a.wait(ctx); err != nil {
		return nil, err
	}
	if _, ok := cube.DimOf(r.Dim); !ok {
		return nil, errcode.New(errcode.BadQuery, "archive.Dims", nil).With("field", "dim").With("value", string(r.Dim))
	}
	a.mu.Lock()
	dims := a.dims
	a.mu.Unlock()
	text := strings.ToLower(r.Text)
	list := []bridge.DimValue{}
	for _, v := range dimValues(dims, r.Dim) {
		if v.Key == "" || r.Parent != "" && v.Parent != r.Parent || !matches(v, text) || len(r.Keys) > 0 && !slices.Contains(r.Keys, v.Key) {
			continue
		}
		list = append(list, v)
	}
	slices.SortFunc(list, func(x, y bridge.DimValue) int { return cube.Natural(x.Key, y.Key) })
	list = slices.CompactFunc(list, func(x, y bridge.DimValue) bool { return x.Key == y.Key })
	limit := r.Limit
	if limit <= 0 {
		limit = dimsUsual
	}
	return list[:min(limit, len(list))], nil
}

func matches(v bridge.DimValue, text string) bool {
	return text == "" || strings.Contains(strings.ToLower(v.Key), text) ||
		strings.Contains(strings.ToLower(v.Name.RU), text) || strings.Contains(strings.ToLower(v.Name.EN), text)
}

func dimValues(d *segment.Dims, id cube.DimID) (list []bridge.DimValue) {
	add := func(key string, name catalogue.Text, parent string) {
		list = append(list, bridge.DimValue{Key: key, Name: name, Parent: parent})
	}
	switch id {
	case cube.Store:
		for _, s := range d.Stores {
			add(s.ID, s.Name, s.Region)
		}
	case cube.Region:
		for _, s := range d.Stores {
			add(s.Region, catalogue.Text{}, "")
		}
	case cube.Till:
		for _, t := range d.Tills {
			add(t.ID, catalogue.Text{}, t.Store)
		}
	case cube.Cashier:
		for _, c := range d.Cashiers {
			add(c.ID, catalogue.Text{RU: c.Name}, c.Store)
		}
	case cube.Product:
		for _, p := range d.Products {
			parent := ""
			if p.Category >= 0 && int(p.Category) < len(d.Categories) {
				parent = d.Categories[p.Category].ID
			}
			add(p.SKU, p.Name, parent)
		}
	case cube.Department, cube.Group, cube.Category:
		return categoryValues(d, id)
	case cube.HomeStore:
		return dimValues(d, cube.Store)
	case cube.Age:
		for _, band := range cube.AgeBands {
			add(band.Key, catalogue.Text{}, "")
		}
	case cube.Segment:
		for _, s := range d.Segments {
			add(s.ID, s.Name, "")
		}
	case cube.Weekday:
		for day := range 7 {
			add(fmt.Sprint(day+1), catalogue.Text{}, "")
		}
	case cube.Hour:
		for hour := range 24 {
			add(fmt.Sprintf("%02d", hour), catalogue.Text{}, "")
		}
	case cube.Kind:
		add(cube.KindSale, catalogue.Text{}, "")
		add(cube.KindReturn, catalogue.Text{}, "")
	default:
		return customerValues(d, id)
	}
	return list
}

// customerValues lists what customers have of a dimension, each once.
func customerValues(d *segment.Dims, id cube.DimID) (list []bridge.DimValue) {
	read := cube.ReadCustomer(id)
	if read == nil {
		return nil
	}
	seen := map[string]bool{}
	for key, c := range d.Customers {
		v := read(c)
		if seen[v] {
			continue
		}
		seen[v] = true
		value := bridge.DimValue{Key: v}
		switch {
		case id == cube.Customer && key < len(d.People):
			value.Name = catalogue.Text{RU: d.People[key].Name}
		case id == cube.City:
			value.Parent = c.Region
		}
		list = append(list, value)
	}
	return list
}

// categoryValues lists the categories that are keys of a level, as package cube
// computes them: one that is not as deep stands for itself.
func categoryValues(d *segment.Dims, id cube.DimID) (list []bridge.DimValue) {
	for c := range d.Categories {
		path := cube.CategoryPath(d.Categories, c)
		parent := ""
		switch id {
		case cube.Department:
			c = path[0]
		case cube.Group:
			c = path[min(1, len(path)-1)]
			parent = d.Categories[path[0]].ID
		default:
			parent = d.Categories[path[min(1, len(path)-1)]].ID
		}
		list = append(list, bridge.DimValue{Key: d.Categories[c].ID, Name: d.Categories[c].Name, Parent: parent})
	}
	return list
}

// valued is ask for the page, which takes answers by value.
func valued[Q, A any](ask func(context.Context, Q) (*A, error)) func(context.Context, Q) (A, error) {
	return func(ctx context.Context, q Q) (answer A, err error) {
		found, err := ask(ctx, q)
		if found != nil {
			answer = *found
		}
		return answer, err
	}
}
