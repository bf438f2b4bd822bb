//go:build !js

package opfs

import (
	"fmt"

	"tillsight/shared/errcode"
)

// OpenDir fails with NoStorage: only a browser has a private file system.
func OpenDir(path string) (Dir, error) {
	return nil, errcode.New(errcode.NoStorage, "opfs.OpenDir", fmt.Errorf("%s: not a browser", path))
}

// Persist fails with NoStorage outside a browser.
func Persist() (bool, error) {
	return false, errcode.New(errcode.NoStorage, "opfs.Persist", nil)
}

// Storage fails with NoStorage outside a browser.
func Storage() (Facts, error) {
	return Facts{}, errcode.New(errcode.NoStorage, "opfs.Storage", nil)
}
