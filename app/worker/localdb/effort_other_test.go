//go:build !js

package localdb

// effort is how much a test tries, see the browser's.
const effort = 20
