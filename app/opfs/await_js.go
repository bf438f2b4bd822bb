package opfs

import (
	"fmt"
	"syscall/js"
	"time"

	"tillsight/shared/errcode"
)

// awaitMax is how long the browser may take to open, remove or list a file.
const awaitMax = 30 * time.Second

// Await waits for a promise and returns what it resolved to. A rejection comes
// back classified, see the package comment; so does a promise that has not
// settled after timeout. It must not be called inside a js.FuncOf callback:
// the promise could never settle.
func Await(promise js.Value, timeout time.Duration) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	settled := make(chan outcome, 1)
	var resolve, reject js.Func
	release := func() { resolve.Release(); reject.Release() }
	resolve = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		settled <- outcome{value: first(args)}
		return nil
	})
	reject = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		settled <- outcome{err: classify("await", first(args))}
		return nil
	})
	promise.Call("then", resolve, reject)
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case o := <-settled:
		return o.value, o.err
	case <-timer.C:
		// The callbacks stay for a late answer, which releases them.
		return js.Undefined(), errcode.New(errcode.StorageFault, "opfs.Await", fmt.Errorf("no answer in %v", timeout))
	}
}

func first(args []js.Value) js.Value {
	if len(args) == 0 {
		return js.Undefined()
	}
	return args[0]
}

// classify makes an error with a code of a thrown or rejected JavaScript value.
func classify(op string, thrown js.Value) error {
	name, text := "", thrown.String()
	if thrown.Type() == js.TypeObject {
		name = thrown.Get("name").String()
		text = name + ": " + thrown.Get("message").String()
	}
	code := errcode.StorageFault
	switch name {
	case "QuotaExceededError":
		code = errcode.StorageFull
	case "NotFoundError":
		code = errcode.NotFound
	case "NoModificationAllowedError":
		code = errcode.OtherTab
	case "SecurityError":
		code = errcode.NoStorage
	}
	return errcode.New(code, "opfs "+op, fmt.Errorf("%s", text))
}

// try runs call and returns what it throws as an error.
func try(op string, call func()) (err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			err = classify(op, thrown.Value)
		default:
			panic(thrown)
		}
	}()
	call()
	return nil
}
