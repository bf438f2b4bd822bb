//go:build !js

package zone

import (
	"fmt"
	"time"
)

// Offset returns how many minutes east of UTC an IANA zone is at a moment.
func Offset(zone string, at time.Time) (minutes int, err error) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return 0, fmt.Errorf("zone %q: %w", zone, err)
	}
	_, east := at.In(location).Zone()
	return east / 60, nil
}
