package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"syscall/js"
	"time"

	"tillsight/app/opfs"
)

// row is one result. Floor is plain JavaScript at the same work, where there is such.
type row struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Ours  float64 `json:"ours"`
	Floor float64 `json:"floor,omitempty"`
	N     int     `json:"n"`
}

func report(r row) error { return json.NewEncoder(os.Stdout).Encode(r) }

func main() {
	for _, measure := range []func() error{commits, snapshot, projection} {
		if err := measure(); err != nil {
			fmt.Fprintln(os.Stderr, "storebench:", err)
			os.Exit(1)
		}
	}
}

// fresh opens a directory that nothing was written to.
func fresh(name string) (opfs.Dir, error) {
	return opfs.OpenDir(fmt.Sprintf("storebench/%s-%d", name, time.Now().UnixNano()))
}

// sample is a set of durations.
type sample []time.Duration

func (s sample) at(quantile float64) time.Duration {
	sorted := append(sample(nil), s...)
	sort.Slice(sorted, func(i, k int) bool { return sorted[i] < sorted[k] })
	return sorted[min(len(sorted)-1, int(quantile*float64(len(sorted))))]
}

func (s sample) perSecond() float64 {
	sum := time.Duration(0)
	for _, d := range s {
		sum += d
	}
	return float64(len(s)) / sum.Seconds()
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func us(d time.Duration) float64 { return float64(d) / 1e3 }

// floorJS appends bytes to a growing file n times, one write and one flush
// each, and returns the milliseconds of each.
const floorJS = `return (async () => {
	const root = await navigator.storage.getDirectory();
	const file = await root.getFileHandle('floor-' + performance.now(), {create: true});
	const h = await file.createSyncAccessHandle();
	const out = new Float64Array(n);
	let at = 0;
	for (let i = 0; i < n; i++) {
		const t = performance.now();
		h.write(bytes, {at});
		h.flush();
		out[i] = performance.now() - t;
		at += bytes.length;
	}
	h.close();
	return out;
})()`

// floor measures plain JavaScript writing b n times.
func floor(b []byte, n int) (sample, error) {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	run := js.Global().Get("Function").New("bytes", "n", floorJS)
	out, err := opfs.Await(run.Invoke(array, n), 5*time.Minute)
	if err != nil {
		return nil, err
	}
	s := make(sample, n)
	for i := range s {
		s[i] = time.Duration(out.Index(i).Float() * 1e6)
	}
	return s, nil
}
