//go:build !js

// Program worker is the till worker; it runs in a browser only.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "worker: runs in a browser: GOOS=js GOARCH=wasm go build ./app/worker")
	os.Exit(1)
}
