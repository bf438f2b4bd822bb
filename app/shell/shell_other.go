//go:build !js

package shell

// Version is "" outside a browser.
func Version() string { return "" }

// WorkerURL is "" outside a browser.
func WorkerURL(string) string { return "" }

// DecoderURL is "" outside a browser.
func DecoderURL() string { return "" }

// Busy does nothing outside a browser.
func Busy(bool) {}

// Healthy does nothing outside a browser.
func Healthy() {}

// Next is "" outside a browser.
func Next() string { return "" }

// Switch does nothing outside a browser.
func Switch() {}

// Keep does nothing outside a browser.
func Keep(string) {}
