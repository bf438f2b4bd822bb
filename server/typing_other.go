//go:build !linux

package main

import "io"

// hideTyping is not known for terminals of this system.
func hideTyping(io.Reader) (show func(), err error) { return func() {}, nil }
