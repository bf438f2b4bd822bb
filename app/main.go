// Tillsight's page program: it draws, and leaves all work to its workers.
package main

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/page"
	"tillsight/app/shell"
)

func main() {
	startTill := func() (bridge.Port, error) { return bridge.StartWorker(shell.WorkerURL("till")) }
	for _, route := range page.Routes(startTill) {
		app.RouteWithRegexp(route.Pattern, route.New)
	}
	app.RunWhenOnBrowser()
}
