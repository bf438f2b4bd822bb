//go:build !js

package journal

// effort is how much a test tries, see the browser's.
const effort = 20
