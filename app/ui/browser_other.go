//go:build !js

package ui

// SetTheme needs a browser.
func SetTheme(string) {}

// OnDeviceTheme needs a browser.
func OnDeviceTheme(func()) (stop func()) { return func() {} }

// SetLang needs a browser.
func SetLang(string) {}

// Print needs a browser.
func Print(string, int) {}

// Download needs a browser.
func Download(string, []byte) {}

// PrintPage needs a browser.
func PrintPage() {}

// Copy needs a browser.
func Copy(string) {}

// Back needs a browser.
func Back() {}

// Flash needs a browser.
func Flash(string, Tone) {}
