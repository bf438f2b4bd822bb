//go:build !js

package bridge

import (
	"errors"

	"tillsight/shared/errcode"
)

// StartWorker needs a browser.
func StartWorker(string) (Port, error) {
	return nil, errcode.New(errcode.Internal, "bridge.StartWorker", errors.New("no browser"))
}

// Parent needs a browser.
func Parent() (Port, error) {
	return nil, errcode.New(errcode.Internal, "bridge.Parent", errors.New("no browser"))
}
