package scanner

import (
	"strings"
	"syscall/js"
	"time"
)

// listener joins a Reader with the document's keyboard events.
type listener struct {
	reader  Reader
	handler Handler
	timer   js.Value
	onKey   js.Func
	onTimer js.Func
	onIdle  js.Func
	onPress js.Func
	onTouch js.Func
	onInput js.Func
	verdict Verdict // on the last key
	swallow bool    // the last key went down unseen by the page

	burst, slow snapshot // fields before the first key of a burst, of a slow code
	method      snapshot // the field that an input method writes into
	announcing  bool     // what the page hears now is of our own making
	mute        []time.Duration
}

// snapshot is a field as it was.
type snapshot struct{ field, text, start, end js.Value }

func none() snapshot { return snapshot{field: js.Null()} }

func snapshotOf(field js.Value) snapshot {
	return snapshot{field, field.Get("value"), field.Get("selectionStart"), field.Get("selectionEnd")}
}

// Listen reads keys in the capture phase of the whole document until stop.
func Listen(h Handler) (stop func()) {
	l := &listener{handler: h, timer: js.Undefined(), burst: none(), slow: none(), method: none()}
	l.onKey = js.FuncOf(func(_ js.Value, args []js.Value) any {
		l.key(args[0])
		return nil
	})
	// After a stall a timer may fire before the keys that wait: let them pass first.
	l.onTimer = js.FuncOf(func(js.Value, []js.Value) any {
		l.timer = js.Global().Call("setTimeout", l.onIdle, 0)
		return nil
	})
	l.onIdle = js.FuncOf(func(js.Value, []js.Value) any {
		l.timer = js.Undefined()
		l.apply(l.reader.Idle(now()))
		return nil
	})
	// Remote desktops and test tools send the character as an event of its own.
	l.onPress = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if l.swallow {
			stopEvent(args[0])
		}
		return nil
	})
	l.onTouch = js.FuncOf(func(js.Value, []js.Value) any {
		l.apply(l.reader.Touched())
		return nil
	})
	l.onInput = js.FuncOf(func(_ js.Value, args []js.Value) any {
		l.input(args[0])
		return nil
	})
	document := js.Global().Get("document")
	document.Call("addEventListener", "input", l.onInput, true)
	document.Call("addEventListener", "pointerdown", l.onTouch, true)
	document.Call("addEventListener", "focusin", l.onTouch, true)
	document.Call("addEventListener", "keypress", l.onPress, true)
	document.Call("addEventListener", "keydown", l.onKey, true)
	document.Call("addEventListener", "keyup", l.onKey, true)
	return func() {
		document.Call("removeEventListener", "input", l.onInput, true)
		document.Call("removeEventListener", "pointerdown", l.onTouch, true)
		document.Call("removeEventListener", "focusin", l.onTouch, true)
		document.Call("removeEventListener", "keypress", l.onPress, true)
		document.Call("removeEventListener", "keydown", l.onKey, true)
		document.Call("removeEventListener", "keyup", l.onKey, true)
		l.stopTimer()
		l.onKey.Release()
		l.onTimer.Release()
		l.onIdle.Release()
		l.onPress.Release()
		l.onTouch.Release()
		l.onInput.Release()
	}
}

func milliseconds(v js.Value) time.Duration {
	return time.Duration(v.Float() * float64(time.Millisecond))
}

// now is the time of the browser's events.
func now() time.Duration { return milliseconds(js.Global().Get("performance").Call("now")) }

func (l *listener) key(event js.Value) {
	// Autofill sends keydown events that have no key at all.
	if event.Get("code").Type() != js.TypeString {
		return
	}
	if name := event.Get("key").String(); name == "Unidentified" || name == "Process" || event.Get("isComposing").Truthy() {
		if event.Get("type").String() == "keydown" {
			l.unreadable(milliseconds(event.Get("timeStamp")))
		}
		return
	}
	e := Event{
		Code:   event.Get("code").String(),
		Key:    event.Get("key").String(),
		Shift:  event.Get("shiftKey").Bool(),
		Ctrl:   event.Get("ctrlKey").Bool(),
		Alt:    event.Get("altKey").Bool(),
		Meta:   event.Get("metaKey").Bool(),
		Repeat: event.Get("repeat").Bool(),
		Up:     event.Get("type").String() == "keyup",
		At:     milliseconds(event.Get("timeStamp")),
	}
	if l.handler.Raw != nil {
		l.handler.Raw(e)
	}
	active := js.Global().Get("document").Get("activeElement")
	e.Field = isField(active)
	l.read(e, active)
	verdict := l.verdict
	swallow := verdict.Swallow || (!e.Up && l.pageKey(e))
	if !e.Up {
		l.swallow = swallow
	}
	if swallow {
		stopEvent(event)
	}
}

// read has the reader take a key that goes, or has gone, into active.
func (l *listener) read(e Event, active js.Value) {
	before := none()
	if e.Field && !e.Up {
		if before = snapshotOf(active); e.Input {
			before = l.method
		}
	}
	slow := l.reader.slow.begun()
	l.verdict = l.reader.Key(e)
	l.apply(l.verdict)
	if before.field.IsNull() {
		return
	}
	if l.reader.slow.begun() && !slow {
		l.slow = before
	}
	if l.verdict.Wait > 0 && (!l.verdict.Swallow && !e.Input || l.burst.field.IsNull()) {
		l.burst = before
	}
}

// unreadable takes a key of an input method, which says what it means only by
// what it writes. Without a field that is nothing at all.
func (l *listener) unreadable(at time.Duration) {
	l.swallow = false
	l.apply(l.reader.Unread())
	active := js.Global().Get("document").Get("activeElement")
	if isField(active) {
		l.method = snapshotOf(active)
		return
	}
	if n := len(l.mute); n > 0 && at-l.mute[n-1] > Gap {
		l.mute = nil
	}
	if l.mute = append(l.mute, at); len(l.mute) == CharsMin && l.handler.Mute != nil {
		l.handler.Mute()
	}
}

// input reads what an input method has written into a field.
func (l *listener) input(event js.Value) {
	if l.announcing || l.method.field.IsNull() || !l.method.field.Equal(event.Get("target")) {
		return
	}
	before := l.method.text.String()
	now := l.method.field.Get("value").String()
	if added, ok := strings.CutPrefix(now, before); ok {
		for _, c := range added {
			l.read(Event{Key: string(c), Field: true, Input: true, At: milliseconds(event.Get("timeStamp"))}, l.method.field)
		}
	}
	if !l.method.field.IsNull() {
		l.method = snapshotOf(l.method.field)
	}
}

func stopEvent(event js.Value) {
	event.Call("preventDefault")
	event.Call("stopImmediatePropagation")
}

// pageKey offers a key that is not text to the page.
func (l *listener) pageKey(e Event) bool {
	if what, _ := classify(e); l.handler.Key == nil || what == modifier || what == char {
		return false
	}
	name := e.Key
	if len(e.Code) == 4 && e.Code[:3] == "Key" {
		name = e.Code
	}
	return l.handler.Key(Key{Name: name, Shift: e.Shift, Ctrl: e.Ctrl, Alt: e.Alt, Field: e.Field, Repeat: e.Repeat, Age: now() - e.At})
}

func (l *listener) apply(v Verdict) {
	switch {
	case v.Slow:
		l.restore(l.slow)
	case v.Restore:
		l.restore(l.burst)
	}
	if v.Release != "" {
		l.release(v.Release)
	}
	if v.Scan != "" || v.Release != "" || v.Wait == 0 {
		l.burst = none() // it is over: the next begins where the focus is then
	}
	if v.Scan != "" {
		l.slow, l.method = none(), none()
		l.handler.Scan(Code{Text: v.Scan, Local: v.Local})
	}
	l.stopTimer()
	if v.Wait > 0 {
		l.timer = js.Global().Call("setTimeout", l.onTimer, int(v.Wait/time.Millisecond)+1)
	}
}

func (l *listener) stopTimer() {
	if !l.timer.IsUndefined() {
		js.Global().Call("clearTimeout", l.timer)
		l.timer = js.Undefined()
	}
}

// release types text where it was meant to go.
func (l *listener) release(text string) {
	active := l.burst.field // where the burst began, though the focus may have moved on
	if active.IsNull() || !active.Get("isConnected").Truthy() {
		active = js.Global().Get("document").Get("activeElement")
	}
	if !isField(active) {
		if l.handler.Typed != nil {
			l.handler.Typed(text)
		}
		return
	}
	if active.Get("selectionStart").Type() == js.TypeNumber {
		active.Call("setRangeText", text, active.Get("selectionStart"), active.Get("selectionEnd"), "end")
	} else {
		active.Set("value", active.Get("value").String()+text)
	}
	l.announce(active)
}

func (l *listener) restore(was snapshot) {
	if was.field.IsNull() {
		return
	}
	was.field.Set("value", was.text)
	if was.start.Type() == js.TypeNumber {
		was.field.Call("setSelectionRange", was.start, was.end)
	}
	l.announce(was.field)
}

// announce tells the page that a field's text is another one.
func (l *listener) announce(field js.Value) {
	l.announcing = true
	defer func() { l.announcing = false }()
	field.Call("dispatchEvent", js.Global().Get("Event").New("input", map[string]any{"bubbles": true}))
}

// isField reports whether keys typed at element become text.
func isField(element js.Value) bool {
	if element.IsNull() || element.IsUndefined() {
		return false
	}
	switch element.Get("tagName").String() {
	case "TEXTAREA":
		return true
	case "INPUT":
		switch element.Get("type").String() {
		case "checkbox", "radio", "button", "submit", "range", "color", "file":
			return false
		}
		return true
	}
	return element.Get("isContentEditable").Truthy()
}
