// Program insight is the report worker: it keeps the analytical data on a
// manager's device and answers queries over it. It runs in a dedicated worker
// and answers the page by package bridge. It has no SQLite: sums over many rows
// run over typed columns.
package main

import (
	"context"
	"log"
	"math/rand/v2"
	"os"
	"syscall/js"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/insight/archive"
	"tillsight/app/network"
	"tillsight/app/opfs"
)

func main() {
	log.SetFlags(0)
	if err := bridge.Run("insight", serve); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

func serve(server *bridge.Server) error {
	a := archive.New(archive.Options{
		Dir:      func() (opfs.Dir, error) { return opfs.OpenDir("insight") },
		Network:  network.HTTP{Session: true},
		Base:     js.Global().Get("location").Get("origin").String(),
		Now:      time.Now,
		Random:   rand.Float64,
		Tell:     bridge.Teller(server, bridge.EventInsight),
		Progress: bridge.Teller(server, bridge.EventProgress),
		Log:      func(what string, err error) { log.Printf("%s: %v", what, err) },
		Rest:     func() { time.Sleep(time.Millisecond) },
	})
	archive.Serve(server, a)
	retryOnline(a)
	if err := server.Serve(); err != nil {
		return err
	}
	a.Run(context.Background())
	return nil
}

// retryOnline tries again at once when the device gets a network.
func retryOnline(a *archive.Archive) {
	online := js.FuncOf(func(js.Value, []js.Value) any {
		a.Retry()
		return nil
	})
	js.Global().Call("addEventListener", "online", online)
}
