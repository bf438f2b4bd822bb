//go:build !js

// Program insight is the report worker; it runs in a browser only.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "insight: runs in a browser: GOOS=js GOARCH=wasm go build ./app/insight")
	os.Exit(1)
}
