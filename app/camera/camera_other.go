//go:build !js

package camera

// Camera reads codes; outside a browser there is none.
type Camera struct{ handler Handler }

// Open says that there is no camera.
func Open(_, _ string, h Handler) *Camera {
	c := &Camera{handler: h}
	h.Status(Status{State: None})
	return c
}

// Show does nothing outside a browser.
func (c *Camera) Show(string) {}

// Choose does nothing outside a browser.
func (c *Camera) Choose(string) {}

// Light does nothing outside a browser.
func (c *Camera) Light(bool) {}

// Close does nothing outside a browser.
func (c *Camera) Close() {}
