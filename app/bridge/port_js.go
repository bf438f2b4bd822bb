package bridge

import (
	"fmt"
	"syscall/js"

	"tillsight/shared/errcode"
)

// StartWorker starts the dedicated worker of script url (for example
// "/static/worker.js?wasm=…") and returns the page's end of its channel. One
// that the page's loader has started ahead is taken over, once.
func StartWorker(url string) (port Port, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errcode.New(errcode.Internal, "bridge.StartWorker", fmt.Errorf("%v", r))
		}
	}()
	if ahead := js.Global().Get("workersAhead"); ahead.Truthy() && ahead.Get(url).Truthy() {
		taken := ahead.Get(url)
		ahead.Delete(url)
		return &jsPort{target: taken.Get("worker"), end: "terminate", said: taken.Get("said")}, nil
	}
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
	end    string   // method that ends the channel
	said   js.Value // what a worker started ahead said before anybody listened
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
	take := func(data js.Value) {
		if !data.InstanceOf(uint8Array) {
			return // not of this conversation
		}
		b := make([]byte, data.Get("byteLength").Int())
		js.CopyBytesToGo(b, data)
		receive(b)
	}
	message := js.FuncOf(func(_ js.Value, args []js.Value) any {
		take(args[0].Get("data"))
		return nil
	})
	p.funcs = append(p.funcs, message)
	p.target.Call("addEventListener", "message", message)
	if p.end != "terminate" {
		return
	}
	if p.said.Truthy() {
		p.target.Set("onmessage", nil)
		p.target.Set("onerror", nil)
		for i := range p.said.Length() {
			take(p.said.Index(i))
		}
		p.said = js.Undefined()
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
