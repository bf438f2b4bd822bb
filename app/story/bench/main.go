//go:build !js

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"tillsight/app/story"
)

// part is a group of figures measured together.
type part struct {
	name    string
	measure func(context.Context, *bench) error
}

var parts = []part{
	{"storage", storage},
	{"start", starts},
	{"download", download},
	{"scan", selling},
	{"push", push},
	{"pricing", pricing},
	{"query", queries},
	{"more", queriesOfMore},
}

// bench is one run.
type bench struct {
	dir   string // scratch, removed at the end
	clock story.Clock
	chain *chain // made when first wanted
	rows  []row
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	out := flags.String("out", filepath.Join(story.Root(), "build", "bench.json"), "file for the rows")
	only := flags.String("only", "", "regular expression of the parts to measure: storage start download scan push pricing query more")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	b := &bench{}
	if b.clock, err = story.NewClock(); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "tillsight-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close(ctx)) }()
	var failed error
	for _, p := range parts {
		if !wanted.MatchString(p.name) {
			continue
		}
		began := time.Now()
		before := load()
		if err := p.measure(ctx, b); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", p.name, err))
		}
		fmt.Fprintf(os.Stderr, "%-10s %4.0f s, load of the machine %s → %s\n", p.name, time.Since(began).Seconds(), before, load())
	}
	return errors.Join(failed, printTable(os.Stdout, b.rows), writeJSON(*out, b.rows))
}

// add records a figure without a floor.
func (b *bench) add(name, unit string, ours float64, n int) {
	b.rows = append(b.rows, row{Name: name, Unit: unit, Ours: ours, Peers: map[string]float64{}, N: n})
}

// addBeside records a figure beside its floor.
func (b *bench) addBeside(name, unit string, ours, floor float64, n int) {
	b.rows = append(b.rows, row{Name: name, Unit: unit, Ours: ours, Floor: &floor, Peers: map[string]float64{}, N: n})
}

// addBesidePeers records the medians of the measurements of ours, called
// columns, and of its peers.
func (b *bench) addBesidePeers(name, unit string, measured map[string][]float64) {
	r := row{Name: name, Unit: unit, Peers: map[string]float64{}}
	for engine, values := range measured {
		if engine == ours {
			r.Ours, r.N = sample(values).median(), len(values)
		} else {
			r.Peers[engine] = sample(values).median()
		}
	}
	b.rows = append(b.rows, r)
}

func (b *bench) close(ctx context.Context) error {
	if b.chain != nil {
		b.chain.Quit(ctx)
	}
	return os.RemoveAll(b.dir)
}

// load is how many processes wanted a processor in the last minute.
func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	average, _, _ := strings.Cut(string(raw), " ")
	return average
}
