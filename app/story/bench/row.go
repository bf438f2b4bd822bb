//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/tabwriter"
)

// row is one figure. Names live long: rows are added, never renamed.
type row struct {
	Name  string             `json:"name"`
	Unit  string             `json:"unit"`
	Ours  float64            `json:"ours"`
	Floor *float64           `json:"floor"` // the same work with nothing of ours in between
	Peers map[string]float64 `json:"peers"`
	N     int                `json:"n"` // measurements behind the figure
}

// goals are the highest figures that the design allows, the lowest for rates.
var goals = map[string]float64{
	"scan_to_line_p95_ms": 16, "scan_to_line_p99_ms": 50, "scans_lost": 0,
	"scan_to_line_30_p95_ms": 16, "scan_to_line_300_p95_ms": 16, "scan_to_line_1000_p95_ms": 16, "scan_to_line_endofday_p95_ms": 16,
	"search_p95_ms":    50,
	"start_cold_4x_ms": 5000, "start_warm_ms": 1000, "download_kb": 5 << 10, "snapshot_100k_ms": 5000,
	"lookup_p50_us": 15, "lookup_p99_us": 55, "push_per_s": 20_000,
	"pricing_1000x2000_ms": 20, "pricing_scan_30_ms": 2,
}

// floorGoals are the highest multiples of the floor that the design allows.
var floorGoals = map[string]float64{"commit_p50_ms": 1.25, "commit_p99_ms": 1.25}

// duckdbGoal is how many times ours has to be ahead of duckdb-wasm at least.
func duckdbGoal(name string) float64 {
	switch {
	case strings.HasPrefix(name, "first_answer"):
		return 3
	case strings.HasPrefix(name, growth):
		return 1
	case strings.HasPrefix(name, "q") && strings.Contains(name, "_warm"):
		return 2
	}
	return 0
}

// missed says which goal a row misses, or nothing.
func (r row) missed() string {
	goal, limited := goals[r.Name]
	switch {
	case limited && strings.HasSuffix(r.Name, "_per_s") && r.Ours < goal:
		return fmt.Sprintf("below %g", goal)
	case limited && !strings.HasSuffix(r.Name, "_per_s") && r.Ours > goal:
		return fmt.Sprintf("above %g", goal)
	}
	if times, ok := floorGoals[r.Name]; ok && r.Floor != nil && r.Ours > times**r.Floor {
		return fmt.Sprintf("above %gx floor", times)
	}
	if peer, times := r.Peers["duckdb"], duckdbGoal(r.Name); peer > 0 && r.Ours*times > peer {
		return fmt.Sprintf("less than %gx ahead of duckdb", times)
	}
	return ""
}

// printTable writes the rows for people.
func printTable(w io.Writer, rows []row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "name\tours\tunit\tfloor\tratio\tduckdb\tsqlite\tn\tgoal")
	for _, r := range rows {
		floor, ratio := "", ""
		if r.Floor != nil {
			floor = figure(*r.Floor)
			if *r.Floor > 0 {
				ratio = fmt.Sprintf("%.2f", r.Ours / *r.Floor)
			}
		}
		verdict := r.missed()
		if _, limited := goals[r.Name]; verdict == "" && (limited || floorGoals[r.Name] > 0 || r.Peers["duckdb"] > 0 && duckdbGoal(r.Name) > 0) {
			verdict = "ok"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", r.Name, figure(r.Ours), r.Unit, floor, ratio, r.peer("duckdb"), r.peer("sqlite"), r.N, verdict)
	}
	return t.Flush()
}

// peer is an engine's figure and how many times ours is ahead of it.
func (r row) peer(engine string) string {
	value, ok := r.Peers[engine]
	if !ok || r.Ours == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%.1fx)", figure(value), value/r.Ours)
}

func figure(x float64) string {
	switch {
	case x >= 100 || x == 0:
		return fmt.Sprintf("%.0f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.4f", x)
}

// writeJSON writes the rows for programs.
func writeJSON(name string, rows []row) error {
	b, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, append(b, '\n'), 0o644)
}

// sample is a set of measurements.
type sample []float64

// at returns a quantile between 0 and 1.
func (s sample) at(quantile float64) float64 {
	sorted := append(sample(nil), s...)
	sort.Float64s(sorted)
	return sorted[min(len(sorted)-1, int(quantile*float64(len(sorted))))]
}

func (s sample) median() float64 { return s.at(.5) }
