//go:build !js

package ui

// SetTheme needs a browser.
func SetTheme(string) {}

// SetLang needs a browser.
func SetLang(string) {}

// Print needs a browser.
func Print(string, int) {}

// Download needs a browser.
func Download(string, []byte) {}
