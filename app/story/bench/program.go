//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"tillsight/app/story"
)

// command runs a program at the top of the checkout and returns its output.
func command(ctx context.Context, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = story.Root()
	cmd.Env = append(os.Environ(), env...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w\n%s%s", name, args, err, out, complaint.Bytes())
	}
	return out, nil
}

var wasm = []string{"GOOS=js", "GOARCH=wasm"}

// inBrowser runs a js/wasm program in a worker of a Chromium on a real profile.
func (b *bench) inBrowser(ctx context.Context, program string, args ...string) ([]byte, error) {
	runner := filepath.Join(b.dir, "workertest")
	if _, err := command(ctx, nil, "go", "build", "-o", runner, "./app/worker/workertest"); err != nil {
		return nil, err
	}
	return command(ctx, []string{"WORKERTEST_FILES=" + filepath.Join(b.dir, "files")}, runner,
		append([]string{program}, args...)...)
}

// storage measures the till's storage: package app/worker/storebench.
func storage(ctx context.Context, b *bench) error {
	program := filepath.Join(b.dir, "storebench.wasm")
	_, err := command(ctx, wasm, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./app/worker/storebench")
	if err != nil {
		return err
	}
	if _, err = command(ctx, nil, "go", "run", "./app/worker/storebench", "-out", filepath.Join(b.dir, "files", "reference.db")); err != nil {
		return err
	}
	out, err := b.inBrowser(ctx, program)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(out) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("storebench said %q: %w", line, err)
		}
		r.Peers = map[string]float64{}
		b.rows = append(b.rows, r)
	}
	return nil
}

var pricingRows = map[string]string{"1000x2000": "pricing_1000x2000_ms", "30x2000": "pricing_scan_30_ms"}

var benchmarkLine = regexp.MustCompile(`(?m)^BenchmarkPrice/(\S+?)(?:-\d+)?\s+(\d+)\s+([0-9.]+) ns/op`)

// pricing measures 2 000 promotion rules in the browser; the floor is the same
// code as a native program.
func pricing(ctx context.Context, b *bench) error {
	times := func(out []byte) map[string][2]float64 {
		found := map[string][2]float64{}
		for _, m := range benchmarkLine.FindAllSubmatch(out, -1) {
			n, errN := strconv.ParseFloat(string(m[2]), 64)
			ns, errNs := strconv.ParseFloat(string(m[3]), 64)
			if errN == nil && errNs == nil {
				found[string(m[1])] = [2]float64{ns / 1e6, n}
			}
		}
		return found
	}
	which := []string{"-test.run=^$", "-test.bench=^BenchmarkPrice$/^(30|1000)x2000$"}
	program, native := filepath.Join(b.dir, "pricing.wasm"), filepath.Join(b.dir, "pricing")
	if _, err := command(ctx, wasm, "go", "test", "-c", "-o", program, "./shared/pricing"); err != nil {
		return err
	}
	if _, err := command(ctx, nil, "go", "test", "-c", "-o", native, "./shared/pricing"); err != nil {
		return err
	}
	out, err := b.inBrowser(ctx, program, which...)
	if err != nil {
		return err
	}
	plain, err := command(ctx, nil, native, which...)
	if err != nil {
		return err
	}
	ours, floor := times(out), times(plain)
	for _, size := range []string{"1000x2000", "30x2000"} {
		if ours[size][1] == 0 || floor[size][1] == 0 {
			return fmt.Errorf("no figure for %s in\n%s%s", size, out, plain)
		}
		b.addBeside(pricingRows[size], "ms", ours[size][0], floor[size][0], int(ours[size][1]))
	}
	return nil
}
