//go:build !js

package story

import (
	"testing"
	"time"

	"tillsight/shared/fact"
)

// TestOneClock sells around the midnight before a leap day: page, worker, service
// worker and server all go by the story's clock, also after a reload.
func TestOneClock(t *testing.T) {
	t.Setenv("TILLSIGHT_TEST_CLOCK", "2028-02-28T23:59:00+03:00")
	w := startWorld(t, 400)
	tab := w.browser(t, "till", counter).First()
	w.enrol(t, tab, "1", 1)
	must(t, tab.Until(kept), tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	sell(t, w, tab)
	settled(t, tab)
	told := func(what string, ms int64) {
		t.Helper()
		if at := time.UnixMilli(ms); ms < w.began || at.After(w.clock.Now()) {
			t.Errorf("%s says %v, the clock began at %v and is at %v", what, at, time.UnixMilli(w.began), w.clock.Now())
		}
	}
	for what, expression := range map[string]string{
		"the page":           `Date.now()`,
		"a date of the page": `new Date().getTime()`,
		"a date's text":      `Date.parse(Date())`,
		"a class of dates":   `new (class extends Date {})().getTime()`,
	} {
		ms, err := Eval[int64](tab, expression)
		must(t, err)
		told(what, ms)
	}
	if is, err := Eval[bool](tab, `new Date() instanceof Date && new Date(5).getTime() === 5 && Date.UTC(1970, 0, 2) === 864e5 && new Date(Date.UTC(2020, 1, 29)).toISOString() === "2020-02-29T00:00:00.000Z"`); err != nil || !is {
		t.Errorf("dates are no dates: %v", err)
	}
	facts := w.serverFacts(t, deviceOf(t, tab))
	for _, raw := range facts {
		f, err := fact.Decode(raw)
		must(t, err)
		told("the worker in "+string(f.Kind), f.At)
	}
	if len(facts) < 3 {
		t.Errorf("only %d facts", len(facts))
	}
	noViolations(t, tab)
}
