//go:build !js

package scale

import "tillsight/shared/errcode"

// Supported reports that only a browser has serial ports here.
func Supported() bool { return false }

// Choose fails outside a browser.
func Choose(Protocol) (Port, error) { return nil, errcode.New(errcode.ScaleGone, "scale", nil) }

// Reopen fails outside a browser.
func Reopen(Protocol) (Port, error) { return nil, errcode.New(errcode.ScaleGone, "scale", nil) }
