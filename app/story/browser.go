//go:build !js

// Package story drives the whole product as its users do: the real server, a
// real Chromium on a real profile, keys and clicks. Its tests are the stories;
// package app/story/bench measures with the same hands.
package story

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// wait bounds one step: the wait for something to appear on a page. A slow
// machine may take long for each; the whole of a story has no limit.
const wait = 3 * time.Minute

// Look is how a page is shown.
type Look struct {
	Width, Height int64
	Lang          string // "ru", "en"
	Dark          bool

	// Camera is a file of pictures (MJPEG) that a camera shows again and again,
	// "" for a device without a camera.
	Camera string
}

// Browser is one Chromium on its own profile directory.
type Browser struct {
	ctx     context.Context
	cancel  context.CancelFunc
	process *os.Process
	clock   Clock
	time    *timekeeper // of the first tab
}

// StartBrowser starts Chromium with a clock on profile, a directory that is kept
// when the browser ends, so that it can be started again on what it stored.
func StartBrowser(ctx context.Context, clock Clock, profile string, look Look) (*Browser, error) {
	b := &Browser{clock: clock}
	options := []chromedp.ExecAllocatorOption{
		chromedp.UserDataDir(profile),
		chromedp.WindowSize(int(look.Width), int(look.Height)),
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", look.Lang),
		chromedp.Flag("accept-lang", look.Lang),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			// A group of its own, so that Kill reaches every process of the browser.
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		}),
	}
	if look.Camera != "" {
		options = append(options, chromedp.Flag("use-fake-device-for-media-stream", true),
			chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-file-for-fake-video-capture", look.Camera))
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(ctx, options...)
	tab, cancelTab := chromedp.NewContext(alloc)
	b.ctx = tab
	b.cancel = func() { cancelTab(); cancelAlloc() }
	err := chromedp.Do(tab, setLook(look), throttle())
	if err == nil {
		b.time, err = keepTime(tab, clock)
	}
	if err != nil {
		b.cancel()
		return nil, fmt.Errorf("start chromium: %w", err)
	}
	b.process = chromedp.FromContext(tab).Browser.Process()
	return b, nil
}

// Kill ends the browser as a power cut would: SIGKILL to all its processes.
func (b *Browser) Kill() error {
	err := syscall.Kill(-b.process.Pid, syscall.SIGKILL)
	b.cancel()
	return err
}

// Close ends the browser in order.
func (b *Browser) Close() { b.cancel() }

// Tab is one page of the browser.
type Tab struct {
	ctx    context.Context
	cancel context.CancelFunc
	time   *timekeeper

	broken bool // a step has failed: the ones after it would only wait

	mu     sync.Mutex
	faults []string
}

// First returns the tab that the browser started with.
func (b *Browser) First() *Tab { return watch(&Tab{ctx: b.ctx, cancel: func() {}, time: b.time}) }

// NewTab opens another tab.
func (b *Browser) NewTab(look Look) (*Tab, error) {
	ctx, cancel := chromedp.NewContext(b.ctx)
	err := chromedp.Do(ctx, setLook(look), throttle())
	var time *timekeeper
	if err == nil {
		time, err = keepTime(ctx, b.clock)
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("new tab: %w", err)
	}
	return watch(&Tab{ctx: ctx, cancel: cancel, time: time}), nil
}

// Close closes the tab.
func (t *Tab) Close() { t.cancel() }

func setLook(look Look) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		scheme := "light"
		if look.Dark {
			scheme = "dark"
		}
		if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := chromedp.EmulateViewport(look.Width, look.Height)(ctx, target)
		return chromedp.Void{}, err
	}
}

// Open navigates to url.
func (t *Tab) Open(url string) error {
	ctx, cancel := context.WithTimeout(t.ctx, wait)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.broken = true
		return fmt.Errorf("open %s: %w", url, err)
	}
	return nil
}

// See waits until css selects something visible.
func (t *Tab) See(css string) error {
	return t.do("see "+css, chromedp.WaitVisible(chromedp.CSS(css)))
}

// Gone waits until css selects nothing.
func (t *Tab) Gone(css string) error {
	return t.do("see the end of "+css, chromedp.WaitNotPresent(chromedp.CSS(css)))
}

// Click waits for css and clicks it.
func (t *Tab) Click(css string) error {
	if err := errors.Join(t.do("see "+css, chromedp.WaitVisible(chromedp.CSS(css))), t.settled()); err != nil {
		return err
	}
	return t.do("click "+css, chromedp.Click(chromedp.CSS(css)))
}

// settled waits as a person does who looks before they press: a till keeps what
// commits from being pressed in the first moment of a screen.
func (t *Tab) settled() error {
	return t.Until(`!document.querySelector('#till[data-settled="false"]')`)
}

// Type puts the keyboard's focus on css and types text at a person's pace: keys
// that come faster are a scanner's.
func (t *Tab) Type(css, text string) error {
	err := t.do("focus "+css, chromedp.WaitVisible(chromedp.CSS(css)), chromedp.Focus(chromedp.CSS(css)))
	if err != nil {
		return err
	}
	return t.Write(text)
}

// Write types text into whatever has the focus, at a person's pace.
func (t *Tab) Write(text string) error {
	return t.do("type "+text, func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		for _, key := range text {
			if _, err := chromedp.KeyEvent(string(key))(ctx, target); err != nil {
				return chromedp.Void{}, err
			}
			pause(ctx, humanPace)
		}
		return chromedp.Void{}, nil
	})
}

// Press presses one key given by its DOM name, "F12" or "Escape".
func (t *Tab) Press(key string, code int64) error {
	return errors.Join(t.settled(), t.do("press "+key, pressKey(key, key, "", code)))
}

// Keys types text with no field in focus, as on a keypad.
func (t *Tab) Keys(text string) error {
	return t.do("type "+text, func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		for _, key := range text {
			if _, err := pressKey(string(key), "Digit"+string(key), string(key), int64(key))(ctx, target); err != nil {
				return chromedp.Void{}, err
			}
			pause(ctx, humanPace)
		}
		return chromedp.Void{}, nil
	})
}

// humanPace is the time between the keys of a person, too slow for a scanner.
const humanPace = 120 * time.Millisecond

// Enter presses Enter.
func (t *Tab) Enter() error {
	return errors.Join(t.settled(), t.do("press Enter", pressKey("Enter", "Enter", "\r", 13)))
}

// scanKeys types code as a wedge scanner does: into whatever has the focus, all
// keys within a millisecond, Enter at the end. The keys are made inside the page,
// since a busy machine would put pauses between keys that come from outside.
// Letters come as a Russian layout makes them.
const scanKeys = `(code => {
	const press = (key, name, shiftKey) => {
		for (const type of ["keydown", "keyup"])
			(document.activeElement || document.body).dispatchEvent(new KeyboardEvent(type, {key, code: name, shiftKey: !!shiftKey, bubbles: true, cancelable: true, composed: true}));
	};
	const layout = "ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ"; // the keys A to Z on a Russian one
	for (const c of code) {
		if (c >= "A" && c <= "Z") press(layout[c.charCodeAt(0) - 65], "Key" + c, true);
		else press(c, "Digit" + c);
	}
	press("Enter", "Enter");
})`

// Scan types code as a wedge scanner does.
func (t *Tab) Scan(code string) error {
	return t.do("scan "+code, chromedp.Evaluate[chromedp.Void](scanKeys+"(\""+code+"\")"))
}

func pressKey(key, code, text string, virtual int64) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Code: code, Text: text, WindowsVirtualKeyCode: virtual}
		if text == "" {
			down.Type = input.DispatchKeyEventTypeRawKeyDown
		}
		if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, down); err != nil {
			return chromedp.Void{}, err
		}
		up := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key, Code: code, WindowsVirtualKeyCode: virtual}
		_, err := cdp.Call(ctx, target, input.DispatchKeyEvent, up)
		return chromedp.Void{}, err
	}
}

// do runs the steps of one sentence. After one that failed it does nothing, so
// that a story written as a list ends at its first failure.
func (t *Tab) do(what string, actions ...chromedp.Action[chromedp.Void]) error {
	if t.broken {
		return nil
	}
	ctx, cancel := context.WithTimeout(t.ctx, wait)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.broken = true
		return fmt.Errorf("%s: %w%s", what, err, t.scene())
	}
	return nil
}

// Text returns the text of the first element that css selects.
func (t *Tab) Text(css string) (string, error) {
	ctx, cancel := context.WithTimeout(t.ctx, wait)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS(css)))
	if err != nil {
		return "", fmt.Errorf("text of %s: %w", css, err)
	}
	return strings.TrimSpace(text), nil
}

// Eval runs a JavaScript expression, awaiting a promise.
func Eval[T any](t *Tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, wait)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		return value, fmt.Errorf("evaluate %.60q: %w", expression, err)
	}
	return value, nil
}

// Until waits for a JavaScript condition, or a promise of one. A condition that
// throws does not hold yet.
func (t *Tab) Until(condition string) error { return t.UntilIn(wait, condition) }

// UntilIn is Until with a limit of its own.
func (t *Tab) UntilIn(limit time.Duration, condition string) error {
	if t.broken {
		return nil
	}
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	safe := "(async () => { try { return !!await (" + condition + ") } catch { return false } })()"
	for ctx.Err() == nil {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](safe, chromedp.EvalAwaitPromise))
		if err == nil && holds {
			return nil
		}
		pause(ctx, 25*time.Millisecond)
	}
	t.broken = true
	return fmt.Errorf("until %.80q: %w%s", condition, ctx.Err(), t.scene())
}

// Photo writes a screenshot to the file name, making its directory.
func (t *Tab) Photo(name string) error {
	ctx, cancel := context.WithTimeout(t.ctx, wait)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, png, 0o644)
}

// scene says what the page showed when a step failed.
func (t *Tab) scene() string {
	text, err := Eval[string](&Tab{ctx: t.ctx}, `location.pathname + " | " + document.body.innerText.slice(0, 600)`)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("\npage: %s\nfaults: %s", text, strings.Join(t.Faults(), "\n"))
}
