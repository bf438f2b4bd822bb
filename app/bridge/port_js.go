package bridge

import (
	"fmt"
	"syscall/js"

	"tillsight/shared/errcode"
)

// StartWorker starts the dedicated worker of script url (for example
// "/static/worker.js?wasm=…") and returns the page's end of its channel.
func StartWorker(url string) (port Port, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errcode.New(errcode.Internal, "bridge.StartWorker", fmt.Errorf("%v", r))
		}
	}()
	worker := js.Global().Get("Worker").New(url)
	return &jsPort{target: worker, end: "terminate"}, nil
}

// Parent returns the worker's end of the channel to the page that started it.
func Parent() (Port, error) {
	return &jsPort{target: js.Global(), end: "close"}, nil
}

// jsPort is a Worker, or a worker's global scope: both send with postMessage
// and receive with "message" events.
type jsPort struct {
	target js.Value
	end    string // method that ends the channel
	funcs  []js.Func
}

var uint8Array = js.Global().Get("Uint8Array")

// Send implements Port. The array is transferred, not copied.
func (p *jsPort) Send(b []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errcode.New(errcode.Internal, "bridge.Send", fmt.Errorf("%v", r))
		}
	}()
	array := uint8Array.New(len(b))
	js.CopyBytesToJS(array, b)
	p.target.Call("postMessage", array, []any{array.Get("buffer")})
	return nil
}

// Listen implements Port. A worker that can't be loaded, or whose script
// throws, is reported as gone.
func (p *jsPort) Listen(receive func([]byte)) {
	message := js.FuncOf(func(_ js.Value, args []js.Value) any {
		data := args[0].Get("data")
		if !data.InstanceOf(uint8Array) {
			return nil // not of this conversation
		}
		b := make([]byte, data.Get("byteLength").Int())
		js.CopyBytesToGo(b, data)
		receive(b)
		return nil
	})
	p.funcs = append(p.funcs, message)
	p.target.Call("addEventListener", "message", message)
	if p.end != "terminate" {
		return
	}
	failure := js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := "worker failed"
		if m := args[0].Get("message"); m.Type() == js.TypeString {
			text = m.String()
		}
		receive(goneFrame(errcode.New(errcode.Internal, "worker", nil).With("text", text)))
		return nil
	})
	p.funcs = append(p.funcs, failure)
	p.target.Call("addEventListener", "error", failure)
}

// Close implements Port.
func (p *jsPort) Close() {
	p.target.Call(p.end)
	for _, f := range p.funcs {
		f.Release()
	}
	p.funcs = nil
}
