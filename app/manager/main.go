// Program manager is the page program of managers and administrators: it draws
// the desk, and leaves sums to the report worker and the rest to the server.
package main

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/firststart"
	"tillsight/app/desk/frame"
	"tillsight/app/desk/kit"
	"tillsight/app/network"
	"tillsight/app/office"
	"tillsight/app/shell"
)

func main() {
	connected := &kit.Office{
		StartInsight: func() (bridge.Port, error) { return bridge.StartWorker(shell.WorkerURL("insight")) },
		Server:       &office.Client{Base: origin(), Network: network.HTTP{Session: true}},
	}
	app.RouteWithRegexp(`^`+firststart.Path+`$`, func() app.Composer { return &firststart.Page{Server: connected.Server} })
	app.RouteWithRegexp(`.*`, func() app.Composer { return &frame.Desk{Office: connected, Pages: pages()} })
	app.RunWhenOnBrowser()
}

// origin is the server's address: the one that the page came from.
func origin() string {
	url := app.Window().URL()
	return url.Scheme + "://" + url.Host
}
