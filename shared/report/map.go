package report

import (
	"context"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

// MapRequest asks how a measure spreads over the country.
type MapRequest struct {
	cube.Slice
	Against
	Measure cube.MeasureID `json:"measure"`
}

// Span implements the period that must be at hand.
func (r MapRequest) Span() (from, to string) { return r.spanOf(r.Slice) }

// Map is a measure by store and region.
type Map struct {
	Total   MapValue    `json:"total"`
	Stores  []MapStore  `json:"stores"`  // in the order of their keys
	Regions []MapRegion `json:"regions"` // in the order of their names
}

// MapValue is a value and what it was in the compared period.
type MapValue struct {
	Now      cube.Value `json:"now"`
	Then     cube.Value `json:"then"`
	Receipts int64      `json:"receipts"`
}

// MapStore is a store.
type MapStore struct {
	Key    string         `json:"key"`
	Name   catalogue.Text `json:"name,omitzero"`
	Region string         `json:"region"`
	Lat    int32          `json:"lat"` // millionths of degrees; both 0: unknown
	Lon    int32          `json:"lon"`
	MapValue
}

// MapRegion is a region with stores.
type MapRegion struct {
	Key    string `json:"key"`
	Stores int    `json:"stores"`
	MapValue
}

// NameMap is what MapOf is asked for by.
var NameMap = define("map", MapOf)

// MapOf answers r.
func MapOf(ctx context.Context, c *cube.Cube, r MapRequest) (*Map, error) {
	run := func(by cube.DimID) (*cube.Result, error) {
		return c.Run(ctx, r.query(r.Slice, []cube.MeasureID{r.Measure, cube.Receipts}, by), nil)
	}
	stores, err := run(cube.Store)
	if err != nil {
		return nil, err
	}
	regions, err := run(cube.Region)
	if err != nil {
		return nil, err
	}
	out := &Map{Total: mapValue(stores.Total), Stores: []MapStore{}, Regions: []MapRegion{}}
	count := map[string]int{}
	for _, row := range stores.Rows {
		s := MapStore{Key: row.Keys[0], MapValue: mapValue(row)}
		for _, store := range c.Stores() {
			if store.ID == s.Key {
				s.Name, s.Region, s.Lat, s.Lon = store.Name, store.Region, store.Lat, store.Lon
			}
		}
		count[s.Region]++
		out.Stores = append(out.Stores, s)
	}
	for _, row := range regions.Rows {
		out.Regions = append(out.Regions, MapRegion{Key: row.Keys[0], Stores: count[row.Keys[0]], MapValue: mapValue(row)})
	}
	return out, nil
}

func mapValue(row cube.Row) MapValue {
	v := MapValue{Now: row.Values[0], Receipts: row.Values[1].N}
	if len(row.Before) > 0 {
		v.Then = row.Before[0]
	}
	return v
}
