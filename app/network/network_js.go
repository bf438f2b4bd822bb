package network

import (
	"context"
	"fmt"
	"io"
	"syscall/js"
)

// HTTP is the platform's network: the browser's fetch.
type HTTP struct {
	// Session sends the cookie of the person who is logged in.
	Session bool
}

// Do implements Network.
func (n HTTP) Do(ctx context.Context, r Request) (Response, error) {
	abort := js.Global().Get("AbortController").New()
	headers := js.Global().Get("Object").New()
	for name, value := range r.Header {
		headers.Set(name, value)
	}
	options := js.Global().Get("Object").New()
	options.Set("method", r.Method)
	options.Set("headers", headers)
	options.Set("signal", abort.Get("signal"))
	options.Set("credentials", "omit")
	if n.Session {
		options.Set("credentials", "same-origin")
	}
	options.Set("redirect", "error")
	if len(r.Body) > 0 {
		body := js.Global().Get("Uint8Array").New(len(r.Body))
		js.CopyBytesToJS(body, r.Body)
		options.Set("body", body)
	}
	answer, err := await(ctx, js.Global().Call("fetch", r.URL, options), abort)
	if err != nil {
		return Response{}, fmt.Errorf("fetch %s: %w", r.URL, err)
	}
	response := Response{Status: answer.Get("status").Int(), Body: io.NopCloser(eof{})}
	if stream := answer.Get("body"); stream.Truthy() {
		response.Body = &body{ctx: ctx, reader: stream.Call("getReader"), abort: abort}
	}
	return response, nil
}

// body reads a ReadableStream chunk by chunk.
type body struct {
	ctx    context.Context
	reader js.Value
	abort  js.Value
	chunk  js.Value // Uint8Array not yet read, from offset on
	offset int
	length int
	done   bool
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for b.offset == b.length {
		if b.done {
			return 0, io.EOF
		}
		result, err := await(b.ctx, b.reader.Call("read"), b.abort)
		if err != nil {
			return 0, fmt.Errorf("read answer: %w", err)
		}
		if result.Get("done").Bool() {
			b.done = true
			return 0, io.EOF
		}
		b.chunk = result.Get("value")
		b.offset, b.length = 0, b.chunk.Get("byteLength").Int()
	}
	n := min(len(p), b.length-b.offset)
	js.CopyBytesToGo(p[:n], b.chunk.Call("subarray", b.offset, b.offset+n))
	b.offset += n
	return n, nil
}

// Close implements io.Closer.
func (b *body) Close() error {
	if !b.done {
		b.done = true
		b.offset, b.length = 0, 0
		b.abort.Call("abort")
	}
	return nil
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// settled is how a promise ended.
type settled struct {
	value js.Value
	err   error
}

// await waits for a promise. When ctx ends first the request is aborted, which
// rejects the promise, so that its functions are always released.
func await(ctx context.Context, promise, abort js.Value) (js.Value, error) {
	done := make(chan settled, 1)
	var resolve, reject js.Func
	release := func() {
		resolve.Release()
		reject.Release()
	}
	resolve = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		done <- settled{value: args[0]}
		return nil
	})
	reject = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		done <- settled{err: fmt.Errorf("%s", args[0].Call("toString").String())}
		return nil
	})
	promise.Call("then", resolve, reject)
	select {
	case s := <-done:
		return s.value, s.err
	case <-ctx.Done():
		abort.Call("abort")
		return js.Undefined(), ctx.Err()
	}
}
