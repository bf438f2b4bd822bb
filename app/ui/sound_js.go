package ui

import "syscall/js"

// speaker makes short tones. The browser allows sound only after somebody has
// touched or typed, which a cashier has done by then.
var speaker = js.Undefined()

// Beep plays a tone of hertz for ms milliseconds. A device without sound stays
// silent: the screen says the same.
func Beep(hertz, ms int, harsh bool) {
	defer func() { _ = recover() != nil }()
	if speaker.IsUndefined() {
		speaker = js.Global().Get("AudioContext").New()
	}
	if speaker.Get("state").String() == "suspended" {
		speaker.Call("resume")
	}
	now := speaker.Get("currentTime").Float()
	end := now + float64(ms)/1000
	tone, gain := speaker.Call("createOscillator"), speaker.Call("createGain")
	if harsh {
		tone.Set("type", "square")
	}
	tone.Get("frequency").Set("value", hertz)
	gain.Get("gain").Call("setValueAtTime", 0.08, now)
	gain.Get("gain").Call("exponentialRampToValueAtTime", 0.001, end)
	tone.Call("connect", gain)
	gain.Call("connect", speaker.Get("destination"))
	tone.Call("start", now)
	tone.Call("stop", end)
}
