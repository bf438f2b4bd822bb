// Package camera reads codes with the device's camera.
//
// Pictures are decoded in a worker, by the platform's detector or a vendored
// one, so that the page goes on drawing. View decides which of what is seen is
// a scan: a code counts once while it stays before the camera.
package camera

import "time"

// State is what became of the camera.
type State string

// States.
const (
	Off     State = "off"
	Asking  State = "asking"  // the person is asked for permission
	Loading State = "loading" // the reader of pictures is on its way
	On      State = "on"
	Denied  State = "denied"  // permission was refused
	None    State = "none"    // the device has no camera
	Taken   State = "taken"   // another program has it
	Blocked State = "blocked" // no camera for pages that are not on HTTPS, or this browser has none
	Broken  State = "broken"  // the reader could not be loaded, or the camera stopped
)

// Device is a camera to choose from.
type Device struct {
	ID    string
	Label string
}

// Status is all that a page shows of the camera.
type Status struct {
	State   State
	Devices []Device
	Device  string // ID of the one in use
	Torch   bool   // it has a light
	Lit     bool   // the light is on
	Detail  string // of Broken, for support
}

// Handler receives what the camera gives.
type Handler struct {
	Scan   func(code string)
	Status func(Status)
}

// Times of View.
const (
	leaves     = 600 * time.Millisecond // unseen for so long a code has left the view,
	leavesLook = 3                      // if so many pictures were looked at meanwhile
)

// View is what the camera sees. Its zero value is ready.
type View struct {
	seen map[string]*sight
}

// sight is a code that was seen.
type sight struct {
	last   time.Duration
	missed int // pictures since
}

// Look takes the codes of one picture and returns those that are a scan: not
// seen since they left the view. One that trembles out of focus has not left.
func (v *View) Look(codes []string, at time.Duration) (scans []string) {
	if v.seen == nil {
		v.seen = map[string]*sight{}
	}
	for _, s := range v.seen {
		s.missed++
	}
	for _, code := range codes {
		if code == "" {
			continue
		}
		s := v.seen[code]
		if s == nil || at-s.last >= leaves && s.missed > leavesLook {
			scans = append(scans, code)
			s = &sight{}
			v.seen[code] = s
		}
		s.last, s.missed = at, 0
	}
	for code, s := range v.seen {
		if at-s.last >= leaves && s.missed > leavesLook {
			delete(v.seen, code)
		}
	}
	return scans
}
