package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
)

// Route leads addresses that match a pattern to a page.
type Route struct {
	Pattern string
	New     func() app.Composer
}

// Routes lists the pages of a till's program. startTill starts the till's worker.
func Routes(startTill func() (bridge.Port, error)) []Route {
	link := &Link{Start: startTill}
	return []Route{
		{`^/$`, func() app.Composer { return &Start{} }},
		{`^/till$`, func() app.Composer { return &Till{Link: link} }},
		{`.*`, func() app.Composer { return &Lost{} }},
	}
}
