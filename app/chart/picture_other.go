//go:build !js

package chart

import "tillsight/shared/errcode"

// Picture needs a browser.
func Picture(*Drawing, string, int, int, string) ([]byte, error) {
	return nil, errcode.New(errcode.NotFound, "chart.Picture", nil)
}
