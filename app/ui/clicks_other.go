//go:build !js

package ui

import "time"

// OnClicks does nothing outside of a browser.
func OnClicks(func(age time.Duration, commits bool) bool) (stop func()) { return func() {} }
