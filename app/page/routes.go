package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
)

// Route leads addresses that match a pattern to a page.
type Route struct {
	Pattern string
	New     func() app.Composer
}

// Routes lists all pages. startTill starts the till's worker, office is what the
// pages of managers and administrators are connected to.
func Routes(startTill func() (bridge.Port, error), office *Office) []Route {
	link := &Link{Start: startTill}
	return []Route{
		{`^/$`, func() app.Composer { return &Start{} }},
		{`^/till$`, func() app.Composer { return &Till{Link: link} }},
		{`^/(manager|manager/prices|manager/rfm|manager/cohorts|manager/abc|manager/base|manager/promotions|admin)$`, func() app.Composer { return &Desk{Office: office} }},
		{`.*`, func() app.Composer { return &Lost{} }},
	}
}
