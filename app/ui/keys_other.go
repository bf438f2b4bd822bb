//go:build !js

package ui

// OnKeys needs a browser.
func OnKeys(func(Key) bool) (stop func()) { return func() {} }
