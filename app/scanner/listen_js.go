package scanner

import (
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
	swallow bool // the last key went down unseen by the page

	// The field as it was before the first key of a burst.
	field, text, start, end js.Value
}

// Listen reads keys in the capture phase of the whole document until stop.
func Listen(h Handler) (stop func()) {
	l := &listener{handler: h, timer: js.Undefined(), field: js.Null()}
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
	document := js.Global().Get("document")
	document.Call("addEventListener", "pointerdown", l.onTouch, true)
	document.Call("addEventListener", "focusin", l.onTouch, true)
	document.Call("addEventListener", "keypress", l.onPress, true)
	document.Call("addEventListener", "keydown", l.onKey, true)
	document.Call("addEventListener", "keyup", l.onKey, true)
	return func() {
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
	}
}

func milliseconds(v js.Value) time.Duration {
	return time.Duration(v.Float() * float64(time.Millisecond))
}

// now is the time of the browser's events.
func now() time.Duration { return milliseconds(js.Global().Get("performance").Call("now")) }

func (l *listener) key(event js.Value) {
	// Autofill sends keydown events that have no key at all.
	if event.Get("code").Type() != js.TypeString || event.Get("isComposing").Truthy() {
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
	verdict := l.reader.Key(e)
	l.apply(verdict)
	if !verdict.Swallow && !e.Up && e.Field && verdict.Wait > 0 {
		l.remember(active)
	}
	swallow := verdict.Swallow || (!e.Up && l.pageKey(e))
	if !e.Up {
		l.swallow = swallow
	}
	if swallow {
		stopEvent(event)
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
	if v.Restore && !l.field.IsNull() {
		l.restore()
	}
	if v.Release != "" {
		l.release(v.Release)
	}
	if v.Scan != "" || v.Release != "" || v.Wait == 0 {
		l.field = js.Null() // the burst is over: the next begins where the focus is then
	}
	if v.Scan != "" {
		l.handler.Scan(v.Scan)
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
	active := l.field // where the burst began, though the focus may have moved on
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
	announce(active)
}

func (l *listener) remember(field js.Value) {
	l.field, l.text = field, field.Get("value")
	l.start, l.end = field.Get("selectionStart"), field.Get("selectionEnd")
}

func (l *listener) restore() {
	l.field.Set("value", l.text)
	if l.start.Type() == js.TypeNumber {
		l.field.Call("setSelectionRange", l.start, l.end)
	}
	announce(l.field)
}

// announce tells the page that a field's text is another one.
func announce(field js.Value) {
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
