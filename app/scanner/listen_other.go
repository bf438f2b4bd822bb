//go:build !js

package scanner

// Listen needs a browser; elsewhere there is no keyboard and it does nothing.
func Listen(Handler) (stop func()) { return func() {} }
