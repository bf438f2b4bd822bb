//go:build !js

package story

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Clock is the time of a story. Its server, its pages and their workers all go
// by it, so that no story depends on when it is told.
type Clock struct{ ahead time.Duration } // of the machine's

// NewClock returns a clock that begins now: at noon of a Monday in Moscow, or at
// what TILLSIGHT_TEST_CLOCK says in the form of RFC 3339.
func NewClock() (Clock, error) {
	begin, err := time.Parse(time.RFC3339, cmp.Or(os.Getenv("TILLSIGHT_TEST_CLOCK"), "2026-11-30T12:00:00+03:00"))
	if err != nil {
		return Clock{}, fmt.Errorf("TILLSIGHT_TEST_CLOCK: %w", err)
	}
	return Clock{time.Until(begin).Round(time.Millisecond)}, nil
}

// Now is the time of the story.
func (c Clock) Now() time.Time { return time.Now().Add(c.ahead) }

// environment is what tells the server's program the time.
func (c Clock) environment() []string {
	return append(os.Environ(), "TILLSIGHT_CLOCK_AHEAD="+c.ahead.String())
}

// clockJS sets the clock of a page or a worker, before its first script or at
// any time later. What takes how long (performance) stays true.
const clockJS = `(setting => {
	if (globalThis.storyClock) return Object.assign(storyClock, setting);
	const Machine = Date, clock = globalThis.storyClock = setting;
	const now = () => Machine.now() + clock.ahead;
	globalThis.Date = new Proxy(Machine, {
		construct: (_, args, made) => Reflect.construct(Machine, args.length ? args : [now()], made),
		apply: () => new Machine(now()).toString(),
		get: (_, key) => key === "now" ? now : Reflect.get(Machine, key),
	});
})({ahead: %d})`

// timekeeper gives a tab's pages and workers their clock. Workers wait at their
// start until they have it.
type timekeeper struct {
	tab     *chromedp.Target
	clock   Clock
	mu      sync.Mutex
	workers map[target.SessionID]bool
	last    int // number of the last message to a worker
	answers map[int]chan error
}

// keepTime sets the clock of a tab, whose pages and workers are still to come.
func keepTime(ctx context.Context, clock Clock) (*timekeeper, error) {
	k := &timekeeper{tab: chromedp.FromContext(ctx).Target, clock: clock,
		workers: map[target.SessionID]bool{}, answers: map[int]chan error{}}
	attached, detached := cdp.Events(ctx, k.tab, target.AttachedToTarget), cdp.Events(ctx, k.tab, target.DetachedFromTarget)
	answered := cdp.Events(ctx, k.tab, target.ReceivedMessageFromTarget)
	go func() {
		for e, err := range attached {
			if err != nil {
				return
			}
			go k.begin(ctx, e.SessionID)
		}
	}()
	go func() {
		for e, err := range detached {
			if err != nil {
				return
			}
			k.end(e.SessionID)
		}
	}()
	go func() {
		for e, err := range answered {
			if err != nil {
				return
			}
			k.answered(e.Message)
		}
	}()
	nested := false
	_, err := cdp.Call(ctx, k.tab, target.SetAutoAttach,
		target.SetAutoAttachParams{AutoAttach: true, WaitForDebuggerOnStart: true, Flatten: &nested})
	return k, errors.Join(err, k.set(ctx))
}

// script is clockJS with the present setting.
func (k *timekeeper) script() string {
	return fmt.Sprintf(clockJS, k.clock.ahead.Milliseconds())
}

// begin gives a worker its clock and lets it run. A worker that has ended
// meanwhile needs neither.
func (k *timekeeper) begin(ctx context.Context, worker target.SessionID) {
	k.mu.Lock()
	k.workers[worker] = true
	script := k.script()
	k.mu.Unlock()
	err := k.ask(ctx, worker, runtime.Evaluate.Method, runtime.EvaluateParams{Expression: script})
	if err == nil {
		err = k.ask(ctx, worker, runtime.RunIfWaitingForDebugger.Method, cdp.Empty{})
	}
	if err != nil {
		k.end(worker)
	}
}

func (k *timekeeper) end(worker target.SessionID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.workers, worker)
}

// ask sends a command to a worker and waits for its answer.
func (k *timekeeper) ask(ctx context.Context, worker target.SessionID, method string, params any) error {
	answer := make(chan error, 1)
	k.mu.Lock()
	k.last++
	n := k.last
	k.answers[n] = answer
	k.mu.Unlock()
	defer func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.answers, n)
	}()
	message, err := json.Marshal(map[string]any{"id": n, "method": method, "params": params})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	err = k.tab.Call(ctx, "Target.sendMessageToTarget", map[string]string{"sessionId": worker.String(), "message": string(message)}, nil)
	if err != nil {
		return err
	}
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *timekeeper) answered(message string) {
	var answer struct {
		ID     int
		Error  *struct{ Message string }
		Result struct{ ExceptionDetails *struct{ Text string } }
	}
	var err error
	switch {
	case json.Unmarshal([]byte(message), &answer) != nil || answer.ID == 0:
		return // an event of the worker
	case answer.Error != nil:
		err = errors.New(answer.Error.Message)
	case answer.Result.ExceptionDetails != nil:
		err = errors.New(answer.Result.ExceptionDetails.Text)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if waiting := k.answers[answer.ID]; waiting != nil {
		waiting <- err
	}
}

// set gives the present setting to the page, to all that follow and to all
// workers that there are.
func (k *timekeeper) set(ctx context.Context) error {
	k.mu.Lock()
	script := k.script()
	var workers []target.SessionID
	for worker := range k.workers {
		workers = append(workers, worker)
	}
	k.mu.Unlock()
	now := true
	_, err := cdp.Call(ctx, k.tab, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: script, RunImmediately: &now})
	for _, worker := range workers {
		err = errors.Join(err, k.ask(ctx, worker, runtime.Evaluate.Method, runtime.EvaluateParams{Expression: script}))
	}
	return err
}
