package till

import (
	"context"
	"errors"
	"syscall/js"
	"time"

	"tillsight/shared/errcode"
)

// BrowserElection elects by a Web Lock, which the browser takes back when the
// tab ends, however it ends.
func BrowserElection() Election { return &browserElection{} }

type browserElection struct {
	channel js.Value
	asked   js.Func
	release js.Value // resolves the promise that holds the lock; undefined: not held
}

// Acquire implements Election.
func (e *browserElection) Acquire(ctx context.Context, patience time.Duration) (bool, error) {
	locks := js.Global().Get("navigator").Get("locks")
	if locks.IsUndefined() {
		return false, errcode.New(errcode.NoStorage, "till.Acquire", errors.New("no navigator.locks"))
	}
	if !e.release.IsUndefined() {
		return true, nil
	}
	abort := js.Global().Get("AbortController").New()
	granted := make(chan js.Value, 1)
	ended := make(chan struct{})
	hold := js.FuncOf(func(_ js.Value, args []js.Value) any {
		granted <- args[0]
		return nil
	})
	held := js.FuncOf(func(js.Value, []js.Value) any {
		return js.Global().Get("Promise").New(hold)
	})
	over := js.FuncOf(func(js.Value, []js.Value) any {
		close(ended)
		return nil
	})
	options := map[string]any{"signal": abort.Get("signal")}
	locks.Call("request", lockName, options, held).Call("then", over, over)
	go func() { // the functions are needed for as long as the lock is held
		<-ended
		hold.Release()
		held.Release()
		over.Release()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case e.release = <-granted:
		return true, nil
	case <-ended:
		return false, errcode.New(errcode.NoStorage, "till.Acquire", errors.New("the lock was refused"))
	case <-ctx.Done():
	case <-timer.C:
	}
	abort.Call("abort")
	select {
	case e.release = <-granted: // just now
		return true, nil
	default:
		return false, nil
	}
}

// Release implements Election.
func (e *browserElection) Release() {
	if !e.release.IsUndefined() {
		e.release.Invoke()
		e.release = js.Undefined()
	}
}

func (e *browserElection) open() error {
	if !e.channel.IsUndefined() {
		return nil
	}
	class := js.Global().Get("BroadcastChannel")
	if class.IsUndefined() {
		return errcode.New(errcode.NoStorage, "till.Election", errors.New("no BroadcastChannel"))
	}
	e.channel = class.New(channelName)
	return nil
}

// AskOthers implements Election. A channel does not hear itself.
func (e *browserElection) AskOthers() error {
	if err := e.open(); err != nil {
		return err
	}
	e.channel.Call("postMessage", letGo)
	return nil
}

// OnAsked implements Election.
func (e *browserElection) OnAsked(do func()) error {
	if err := e.open(); err != nil {
		return err
	}
	e.asked = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if data := args[0].Get("data"); data.Type() == js.TypeString && data.String() == letGo {
			go do()
		}
		return nil
	})
	e.channel.Set("onmessage", e.asked)
	return nil
}
