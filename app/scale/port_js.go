package scale

import (
	"errors"
	"sync"
	"syscall/js"
	"time"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// choiceMax is how long a person may look for his scale in the browser's list.
const choiceMax = 5 * time.Minute

func serial() js.Value { return js.Global().Get("navigator").Get("serial") }

// Supported reports whether this browser can talk to serial ports.
func Supported() bool { return serial().Truthy() }

// Choose lets the person choose the scale's port and opens it. It has to follow
// a press.
func Choose(p Protocol) (Port, error) {
	port, err := opfs.Await(serial().Call("requestPort"), choiceMax)
	if err != nil {
		return nil, gone(err)
	}
	return open(port, p)
}

// Reopen opens the port that was chosen before on this device. It fails with
// errcode.ScaleGone when there is none.
func Reopen(p Protocol) (Port, error) {
	if !Supported() {
		return nil, gone(nil)
	}
	ports, err := opfs.Await(serial().Call("getPorts"), answerMax*10)
	if err != nil || ports.Length() == 0 {
		return nil, gone(err)
	}
	return open(ports.Index(0), p)
}

func open(port js.Value, p Protocol) (Port, error) {
	if _, err := opfs.Await(port.Call("open", map[string]any{"baudRate": p.Baud}), answerMax*10); err != nil {
		return nil, gone(err)
	}
	s := &stream{port: port, reader: port.Get("readable").Call("getReader"), writer: port.Get("writable").Call("getWriter"), news: make(chan struct{}, 1)}
	s.take = js.FuncOf(s.taken)
	s.fail = js.FuncOf(func(js.Value, []js.Value) any { s.end(); return nil })
	s.next()
	return s, nil
}

func gone(err error) error { return errcode.New(errcode.ScaleGone, "scale", err) }

// stream reads ahead: a read of a serial port ends only when bytes come.
type stream struct {
	port, reader, writer js.Value
	take, fail           js.Func
	news                 chan struct{}

	mu    sync.Mutex
	got   []byte
	ended bool
}

func (s *stream) next() { s.reader.Call("read").Call("then", s.take, s.fail) }

func (s *stream) taken(_ js.Value, args []js.Value) any {
	if args[0].Get("done").Bool() {
		s.end()
		return nil
	}
	value := args[0].Get("value")
	b := make([]byte, value.Length())
	js.CopyBytesToGo(b, value)
	s.mu.Lock()
	s.got = append(s.got, b...)
	s.mu.Unlock()
	s.tell()
	s.next()
	return nil
}

func (s *stream) end() {
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.tell()
}

func (s *stream) tell() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// Write drops what came before: it answers nothing that is asked now.
func (s *stream) Write(b []byte) error {
	s.mu.Lock()
	s.got = nil
	s.mu.Unlock()
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	if _, err := opfs.Await(s.writer.Call("write", array), answerMax*10); err != nil {
		return gone(err)
	}
	return nil
}

func (s *stream) Read(wait time.Duration) ([]byte, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		s.mu.Lock()
		b, ended := s.got, s.ended
		s.got = nil
		s.mu.Unlock()
		if len(b) > 0 {
			return b, nil
		}
		if ended {
			return nil, gone(errors.New("unplugged"))
		}
		select {
		case <-s.news:
		case <-timer.C:
			return nil, nil
		}
	}
}

// Close lets the port go. The callbacks stay for a read that is still waiting.
func (s *stream) Close() error {
	var errs []error
	for _, promise := range []js.Value{s.reader.Call("cancel"), s.writer.Call("close")} {
		_, err := opfs.Await(promise, answerMax*10)
		errs = append(errs, err)
	}
	s.reader.Call("releaseLock")
	s.writer.Call("releaseLock")
	_, err := opfs.Await(s.port.Call("close"), answerMax*10)
	return errors.Join(append(errs, err)...)
}
