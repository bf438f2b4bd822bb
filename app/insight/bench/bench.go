// Program bench measures the report worker's engine: two million receipt lines,
// six questions, in the browser or natively. Data, questions and checksums are
// those that the databases of the field were given.
package main

import (
	"fmt"
	"runtime"
	"time"

	"tillsight/shared/cube"
	"tillsight/shared/segment"
)

// Report is what a run measured. Times are milliseconds.
type Report struct {
	Lines    int                `json:"lines"`
	Load     float64            `json:"load"` // file bytes → ready for queries
	First    map[string]float64 `json:"first"`
	Warm     map[string]float64 `json:"warm"` // median
	Sums     map[string]string  `json:"sums"`
	HeapMB   float64            `json:"heap_mb"`
	FileMB   float64            `json:"file_mb"`
	FactsSum string             `json:"facts_sum"`
}

// measure makes the data, loads it from the form it has on a device and asks
// every question warm+1 times.
func measure(lines, warm int) (*Report, error) {
	files, sum, err := makeFiles(lines)
	if err != nil {
		return nil, err
	}
	r := &Report{Lines: lines, First: map[string]float64{}, Warm: map[string]float64{}, Sums: map[string]string{}, FactsSum: fmt.Sprintf("%08x", sum)}
	for _, b := range files {
		r.FileMB += float64(len(b)) / 1e6
	}
	tables := dims()
	runtime.GC()
	began := time.Now()
	c, err := load(tables, files)
	if err != nil {
		return nil, err
	}
	r.Load = since(began)
	for _, q := range queries {
		times := make([]float64, 0, warm)
		for n := range warm + 1 {
			runtime.GC()
			began := time.Now()
			rows, err := q.run(c)
			took := since(began)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", q.name, err)
			}
			if n == 0 {
				r.First[q.name], r.Sums[q.name] = took, checksum(rows)
			} else {
				times = append(times, took)
			}
		}
		r.Warm[q.name] = median(times)
	}
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	r.HeapMB = float64(stats.HeapAlloc) / 1e6
	runtime.KeepAlive(c)
	return r, nil
}

// makeFiles makes the data in the form that it has on a device.
func makeFiles(lines int) (files [][]byte, sum uint32, err error) {
	sales, sum, err := makeSales(lines, nil)
	if err != nil {
		return nil, 0, err
	}
	for i, s := range sales {
		b, err := segment.Encode(s.File())
		if err != nil {
			return nil, 0, err
		}
		files = append(files, b)
		sales[i] = nil
	}
	return files, sum, nil
}

func load(tables *segment.Dims, files [][]byte) (*cube.Cube, error) {
	data := cube.Data{Dims: tables}
	for _, b := range files {
		f, err := segment.Decode(b)
		if err != nil {
			return nil, err
		}
		s, err := segment.SalesOf(f)
		if err != nil {
			return nil, err
		}
		data.Sales = append(data.Sales, s)
	}
	return cube.New(data)
}

func cubeOf(sales []*segment.Sales) (*cube.Cube, error) {
	return cube.New(cube.Data{Dims: dims(), Sales: sales})
}

func since(t time.Time) float64 { return float64(time.Since(t).Microseconds()) / 1000 }

func median(times []float64) float64 {
	for i := range times {
		for k := i; k > 0 && times[k] < times[k-1]; k-- {
			times[k], times[k-1] = times[k-1], times[k]
		}
	}
	return times[len(times)/2]
}
