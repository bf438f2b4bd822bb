// Program worker is the till worker: it owns the register's journal, database
// and open receipt, and talks to the server. It runs in a dedicated worker and
// answers the page by package bridge.
package main

import (
	"context"
	"encoding/json"
	"log"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"runtime/debug"
	"strings"
	"syscall/js"
	"time"

	"github.com/google/uuid"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/app/worker/till"
	"tillsight/app/zone"
	"tillsight/shared/staff"
)

// Memory of a wasm program never shrinks: collecting at half the usual growth
// keeps a day's worth of garbage from becoming the night's size.
const collectAt = 50

func main() {
	debug.SetGCPercent(collectAt)
	log.SetFlags(0)
	if err := bridge.Run("worker", serve); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

func serve(server *bridge.Server) error {
	session := till.New(till.Options{
		Dir:      func() (opfs.Dir, error) { return opfs.OpenDir("till") },
		Storage:  storage,
		Election: till.BrowserElection(),
		Network:  network.HTTP{},
		Base:     js.Global().Get("location").Get("origin").String(),
		Now:      time.Now,
		Zone:     zone.Offset,
		Random:   rand.Float64,
		NewID:    func() string { return uuid.Must(uuid.NewV7()).String() },
		HashPIN:  staff.HashPIN,
		Tell:     bridge.Teller(server, bridge.EventState),
		Progress: bridge.Teller(server, bridge.EventProgress),
		Log:      func(what string, err error) { log.Printf("%s: %v", what, err) },
		Build:    build(),
	})
	till.Serve(server, session)
	retryOnline(session)
	if err := server.Serve(); err != nil {
		return err
	}
	session.Run(context.Background())
	return nil
}

// storage asks the browser to keep the till's files and says what it answered.
func storage() (opfs.Facts, error) {
	if _, err := opfs.Persist(); err != nil {
		log.Printf("ask for durable storage: %v", err)
	}
	return opfs.Storage()
}

// retryOnline tries again at once when the device gets a network.
func retryOnline(session *till.Session) {
	online := js.FuncOf(func(js.Value, []js.Value) any {
		go func() {
			if client := session.Sync(); client != nil {
				client.Retry()
			}
		}()
		return nil
	})
	js.Global().Call("addEventListener", "online", online)
}

// build is the file name of this program, which holds the hash of its content.
func build() string {
	var start struct{ Wasm string }
	hash, err := url.QueryUnescape(strings.TrimPrefix(js.Global().Get("location").Get("hash").String(), "#"))
	if err != nil || json.Unmarshal([]byte(hash), &start) != nil {
		return ""
	}
	name, _, _ := strings.Cut(path.Base(start.Wasm), "?")
	return name
}
