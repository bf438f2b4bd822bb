package shell

import "syscall/js"

func loader() js.Value { return js.Global().Get("tillsight") }

// Version is the version that runs: the hash of all its files.
func Version() string { return text("version") }

func text(name string) string {
	if l := loader(); l.Truthy() && l.Get(name).Type() == js.TypeString {
		return l.Get(name).String()
	}
	return ""
}

func call(name string, args ...any) js.Value {
	if l := loader(); l.Truthy() {
		return l.Call(name, args...)
	}
	return js.Undefined()
}

// WorkerURL is where bridge.StartWorker starts a worker from: "till", "insight".
func WorkerURL(name string) string {
	if url := call("workerURL", name); url.Type() == js.TypeString {
		return url.String()
	}
	return ""
}

// DecoderURL is where the reader of a camera's pictures is started from, "" when
// it was not built.
func DecoderURL() string {
	if url := call("decoderURL"); url.Type() == js.TypeString {
		return url.String()
	}
	return ""
}

// Busy says whether a receipt is open: no other version is started meanwhile,
// not even when the page is closed and opened again.
func Busy(busy bool) { call("busy", busy) }

// Healthy says that this version has started well, so that the one before may
// be deleted. Without it a page that runs for some seconds counts as well.
func Healthy() { call("healthy") }

// Next is the version that is ready to be started, "" when there is none.
func Next() string {
	if next := call("next"); next.Type() == js.TypeString {
		return next.String()
	}
	return ""
}

// Switch starts the next version: the page is loaded anew, unless Busy.
func Switch() { call("switchNow") }

// Keep keeps another part of the program on this device for work without a
// network: "till", "manager", "camera".
func Keep(part string) { call("want", part) }
