//go:build !js

package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"tillsight/app/story"
)

//go:embed measure.js
var measureJS string

// What the till shows when it waits for somebody.
const (
	enrolReady = `tillBench.ready("new", "#enrol-code")`
	pinReady   = `tillBench.ready("signed-out", "#pin")`
)

// enrolledProfile is the browser profile of the register that later parts use.
const enrolledProfile = "profile-enrolled"

// starts measures how soon a new tablet can be enrolled, how soon it can sell,
// and how soon it can sell again the next morning.
func starts(ctx context.Context, b *bench) error {
	const coldRuns, warmRuns = 3, 7
	c, err := b.theChain(ctx)
	if err != nil {
		return err
	}
	var cold, slow sample
	for i := range coldRuns {
		for _, run := range []struct {
			factor float64
			times  *sample
		}{{1, &cold}, {4, &slow}} {
			ms, err := b.coldStart(ctx, c, fmt.Sprintf("profile-cold-%d-%g", i, run.factor), run.factor)
			if err != nil {
				return err
			}
			*run.times = append(*run.times, ms)
		}
	}
	b.add("start_cold_ms", "ms", cold.median(), len(cold))
	b.add("start_cold_4x_ms", "ms", slow.median(), len(slow))

	var install sample
	for i, till := range []struct {
		store string
		till  int
	}{{"1", 1}, {"2", 1}, {"2", 3}} {
		profile := enrolledProfile
		if i > 0 {
			profile = fmt.Sprint("profile-snapshot-", i)
		}
		ms, err := b.enrol(ctx, c, profile, c.URL, till.store, till.till)
		if err != nil {
			return err
		}
		install = append(install, ms)
	}
	b.add("snapshot_100k_ms", "ms", install.median(), len(install))

	var warm sample
	for range warmRuns {
		ms, err := b.warmStart(ctx, c)
		if err != nil {
			return err
		}
		warm = append(warm, ms)
	}
	b.add("start_warm_ms", "ms", warm.median(), len(warm))
	return nil
}

// coldStart opens the till on a fresh profile.
func (b *bench) coldStart(ctx context.Context, c *chain, profile string, factor float64) (float64, error) {
	browser, tab, err := b.browser(ctx, profile)
	if err != nil {
		return 0, err
	}
	defer browser.Close()
	if factor != 1 {
		if err := tab.Throttle(factor); err != nil {
			return 0, err
		}
	}
	if err := tab.Open(c.URL + "/till"); err != nil {
		return 0, err
	}
	return story.Eval[float64](tab, enrolReady)
}

// enrol makes a register of a fresh profile and returns the milliseconds from
// the code to the PIN pad. It ends when the program is on the device.
func (b *bench) enrol(ctx context.Context, c *chain, profile, url, store string, till int) (float64, error) {
	browser, tab, err := b.browser(ctx, profile)
	if err != nil {
		return 0, err
	}
	defer browser.Close()
	return enrolTab(ctx, c, tab, url, store, till)
}

func enrolTab(ctx context.Context, c *chain, tab *story.Tab, url, store string, till int) (float64, error) {
	code, err := c.Code(ctx, store, till)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(tab.Open(url+"/till"), tab.Type("#enrol-code", code)); err != nil {
		return 0, err
	}
	if _, err := story.Eval[bool](tab, `tillBench.afterClick("#enrol", "signed-out"), true`); err != nil {
		return 0, err
	}
	if err := tab.Click("#enrol"); err != nil {
		return 0, err
	}
	ms, err := story.Eval[float64](tab, `tillBench.clicked`)
	if err != nil {
		return 0, err
	}
	return ms, tab.Until(`navigator.serviceWorker.getRegistration().then(r => r.active && !r.installing && !r.waiting)`)
}

// warmStart opens the register in a browser that was started anew.
func (b *bench) warmStart(ctx context.Context, c *chain) (float64, error) {
	browser, tab, err := b.browser(ctx, enrolledProfile)
	if err != nil {
		return 0, err
	}
	defer browser.Close()
	if err := tab.Open(c.URL + "/till"); err != nil {
		return 0, err
	}
	return story.Eval[float64](tab, pinReady)
}
