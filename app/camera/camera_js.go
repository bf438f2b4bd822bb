package camera

import (
	"sync"
	"syscall/js"
	"time"
)

// frameEvery is the least time between two pictures that are looked at: a reader
// that is quick must not take the whole device.
const frameEvery = 60 * time.Millisecond

// Camera reads codes with one of the device's cameras until Close.
type Camera struct {
	handler Handler
	url     string // of the worker that reads pictures

	mu     sync.Mutex
	status Status
	want   string // ID of the chosen camera
	stream js.Value
	video  js.Value
	worker js.Value
	view   View
	run    int // rises with every stream: what belongs to an earlier one is dropped
	closed bool
	funcs  []js.Func
}

// Open asks for the camera with this ID ("" is the one at the back), and reads
// codes with the worker at url. It returns at once; h.Status says what became of it.
func Open(url, device string, h Handler) *Camera {
	c := &Camera{handler: h, url: url, want: device, stream: js.Null(), video: js.Null(), worker: js.Null()}
	go c.start()
	return c
}

// change edits the status and tells of it.
func (c *Camera) change(edit func(*Status)) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	edit(&c.status)
	now := c.status
	c.mu.Unlock()
	c.handler.Status(now)
}

// start opens the chosen camera.
func (c *Camera) start() {
	media := js.Global().Get("navigator").Get("mediaDevices")
	if !media.Truthy() || c.url == "" {
		c.change(func(s *Status) { s.State = Blocked })
		return
	}
	c.mu.Lock()
	c.run++
	run, want := c.run, c.want
	c.mu.Unlock()
	c.stop()
	c.change(func(s *Status) { s.State, s.Detail = Asking, "" })
	video := map[string]any{"width": map[string]any{"ideal": 1280}, "height": map[string]any{"ideal": 720}}
	if want != "" {
		video["deviceId"] = map[string]any{"ideal": want}
	} else {
		video["facingMode"] = map[string]any{"ideal": "environment"}
	}
	stream, fault := await(media.Call("getUserMedia", map[string]any{"video": video, "audio": false}))
	c.mu.Lock()
	stale := c.closed || c.run != run
	if fault.IsUndefined() && !stale {
		c.stream = stream
	}
	c.mu.Unlock()
	switch {
	case stale && fault.IsUndefined():
		stopTracks(stream)
	case stale:
	case !fault.IsUndefined():
		c.change(func(s *Status) { s.State, s.Detail = stateOf(fault), text(fault, "message") })
	default:
		c.opened(stream, run)
	}
}

// stateOf says what an exception of getUserMedia means (W3C Media Capture and
// Streams, section 10).
func stateOf(fault js.Value) State {
	switch text(fault, "name") {
	case "NotAllowedError", "SecurityError":
		return Denied
	case "NotFoundError", "OverconstrainedError":
		return None
	case "NotReadableError", "AbortError":
		return Taken
	}
	return Broken
}

// opened shows the stream and begins to look at it.
func (c *Camera) opened(stream js.Value, run int) {
	track := stream.Call("getVideoTracks").Index(0)
	ended := c.keep(func(js.Value, []js.Value) any {
		if c.current(run) {
			c.change(func(s *Status) { s.State, s.Detail = Taken, "ended" })
		}
		return nil
	})
	track.Call("addEventListener", "ended", ended)
	device := text(track.Call("getSettings"), "deviceId")
	torch := false
	if track.Get("getCapabilities").Truthy() {
		torch = track.Call("getCapabilities").Get("torch").Truthy()
	}
	c.change(func(s *Status) {
		s.State, s.Device, s.Torch, s.Lit, s.Devices = Loading, device, torch, false, devices()
	})
	c.attach()
	c.startWorker(run)
}

// devices lists the cameras; their names are known once one was allowed.
func devices() []Device {
	list, fault := await(js.Global().Get("navigator").Get("mediaDevices").Call("enumerateDevices"))
	if !fault.IsUndefined() {
		return nil
	}
	var found []Device
	for i := range list.Length() {
		if d := list.Index(i); text(d, "kind") == "videoinput" {
			found = append(found, Device{ID: text(d, "deviceId"), Label: text(d, "label")})
		}
	}
	return found
}

// Show puts the picture into the video element with this id, as soon as there
// is one.
func (c *Camera) Show(id string) {
	video := js.Global().Get("document").Call("getElementById", id)
	c.mu.Lock()
	c.video = video
	c.mu.Unlock()
	c.attach()
}

func (c *Camera) attach() {
	c.mu.Lock()
	video, stream := c.video, c.stream
	c.mu.Unlock()
	if video.Truthy() && stream.Truthy() && !video.Get("srcObject").Equal(stream) {
		video.Set("srcObject", stream)
		video.Call("play").Call("catch", ignored)
	}
}

// ignored takes the refusal of a play that a newer one has replaced.
var ignored = js.FuncOf(func(js.Value, []js.Value) any { return nil })

// startWorker starts the reader of pictures.
func (c *Camera) startWorker(run int) {
	worker := js.Global().Get("Worker").New(c.url)
	c.mu.Lock()
	c.worker, c.view = worker, View{}
	c.mu.Unlock()
	fail := func(detail string) {
		if c.current(run) {
			c.change(func(s *Status) { s.State, s.Detail = Broken, detail })
		}
	}
	worker.Set("onerror", c.keep(func(_ js.Value, args []js.Value) any {
		fail(text(args[0], "message"))
		return nil
	}))
	worker.Set("onmessage", c.keep(func(_ js.Value, args []js.Value) any {
		answer := args[0].Get("data")
		switch {
		case !c.current(run):
		case answer.Get("ready").Truthy():
			c.change(func(s *Status) { s.State = On })
			go c.frame(run)
		case answer.Get("id").IsUndefined():
			fail(text(answer, "fault"))
		default:
			go c.answered(run, answer)
		}
		return nil
	}))
}

// frame sends the next picture to the reader.
func (c *Camera) frame(run int) {
	began := time.Now()
	for c.current(run) {
		c.mu.Lock()
		video, worker := c.video, c.worker
		c.mu.Unlock()
		if video.Truthy() && video.Get("isConnected").Truthy() && video.Get("readyState").Int() >= 2 {
			picture, fault := await(js.Global().Call("createImageBitmap", video))
			if fault.IsUndefined() {
				worker.Call("postMessage", map[string]any{"id": began.UnixMilli(), "picture": picture}, []any{picture})
				return // its answer asks for the next one
			}
		}
		time.Sleep(frameEvery)
	}
}

// answered takes what was found in a picture.
func (c *Camera) answered(run int, answer js.Value) {
	var codes []string
	if list := answer.Get("codes"); list.Truthy() {
		for i := range list.Length() {
			codes = append(codes, list.Index(i).String())
		}
	}
	at := time.Duration(js.Global().Get("performance").Call("now").Float() * float64(time.Millisecond))
	c.mu.Lock()
	scans := c.view.Look(codes, at)
	c.mu.Unlock()
	if !c.current(run) {
		return
	}
	for _, code := range scans {
		c.handler.Scan(code)
	}
	time.Sleep(frameEvery)
	c.frame(run)
}

func (c *Camera) current(run int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.closed && c.run == run
}

// Choose takes another camera.
func (c *Camera) Choose(device string) {
	c.mu.Lock()
	c.want = device
	c.mu.Unlock()
	go c.start()
}

// Light switches the camera's light.
func (c *Camera) Light(on bool) {
	c.mu.Lock()
	stream := c.stream
	c.mu.Unlock()
	if !stream.Truthy() {
		return
	}
	go func() {
		track := stream.Call("getVideoTracks").Index(0)
		_, fault := await(track.Call("applyConstraints", map[string]any{"advanced": []any{map[string]any{"torch": on}}}))
		if fault.IsUndefined() {
			c.change(func(s *Status) { s.Lit = on })
		}
	}()
}

// stop ends the stream and the reader.
func (c *Camera) stop() {
	c.mu.Lock()
	stream, worker, video, funcs := c.stream, c.worker, c.video, c.funcs
	c.stream, c.worker, c.funcs = js.Null(), js.Null(), nil
	c.mu.Unlock()
	if stream.Truthy() {
		stopTracks(stream)
	}
	if worker.Truthy() {
		worker.Call("terminate")
	}
	if video.Truthy() {
		video.Set("srcObject", js.Null())
	}
	for _, f := range funcs {
		f.Release()
	}
}

func stopTracks(stream js.Value) {
	tracks := stream.Call("getTracks")
	for i := range tracks.Length() {
		tracks.Index(i).Call("stop")
	}
}

// Close lets the camera go.
func (c *Camera) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.stop()
}

// keep makes a callback that is released with the stream.
func (c *Camera) keep(f func(js.Value, []js.Value) any) js.Func {
	callback := js.FuncOf(f)
	c.mu.Lock()
	c.funcs = append(c.funcs, callback)
	c.mu.Unlock()
	return callback
}

// await waits for a promise. fault is undefined when it was kept.
func await(promise js.Value) (value, fault js.Value) {
	type outcome struct{ value, fault js.Value }
	settled := make(chan outcome, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any {
		settled <- outcome{first(args), js.Undefined()}
		return nil
	})
	broken := js.FuncOf(func(_ js.Value, args []js.Value) any {
		settled <- outcome{js.Undefined(), first(args)}
		return nil
	})
	promise.Call("then", kept, broken)
	o := <-settled
	kept.Release()
	broken.Release()
	if !o.fault.IsUndefined() && !o.fault.Truthy() {
		o.fault = js.ValueOf("refused")
	}
	return o.value, o.fault
}

func first(args []js.Value) js.Value {
	if len(args) == 0 {
		return js.Undefined()
	}
	return args[0]
}

func text(v js.Value, name string) string {
	if v.Type() == js.TypeObject && v.Get(name).Type() == js.TypeString {
		return v.Get(name).String()
	}
	return ""
}
