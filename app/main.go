// Tillsight's page program: it draws, and leaves all work to its workers.
package main

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/office"
	"tillsight/app/page"
	"tillsight/app/shell"
	"tillsight/app/worker/syncclient"
)

func main() {
	start := func(program string) func() (bridge.Port, error) {
		return func() (bridge.Port, error) { return bridge.StartWorker(shell.WorkerURL(program)) }
	}
	desk := &page.Office{
		Insight: page.Link{Start: start("insight")},
		Server:  &office.Client{Base: origin(), Network: syncclient.HTTP{Session: true}},
	}
	for _, route := range page.Routes(start("till"), desk) {
		app.RouteWithRegexp(route.Pattern, route.New)
	}
	app.RunWhenOnBrowser()
}

// origin is the server's address: the one that the page came from.
func origin() string {
	url := app.Window().URL()
	return url.Scheme + "://" + url.Host
}
