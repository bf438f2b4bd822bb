// Tillsight's page program of a till: it draws, and leaves all work to its
// worker. Managers' pages are a program of their own, app/manager, so that a
// till does not load what it never shows.
package main

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/register"
	"tillsight/app/shell"
)

func main() {
	till := func() (bridge.Port, error) { return bridge.StartWorker(shell.WorkerURL("till")) }
	for _, route := range register.Routes(till) {
		app.RouteWithRegexp(route.Pattern, route.New)
	}
	app.RunWhenOnBrowser()
}
