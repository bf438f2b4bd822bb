//go:build !js

package ui

// Beep needs a browser.
func Beep(int, int, bool) {}
