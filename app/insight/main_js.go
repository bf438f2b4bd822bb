// Program insight is the report worker: it keeps the analytical data on a
// manager's device and answers queries over it. It runs in a dedicated worker
// and answers the page by package bridge. It has no SQLite: sums over many rows
// run over typed columns.
package main

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"syscall/js"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/insight/archive"
	"tillsight/app/opfs"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
)

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

func run() (err error) {
	port, err := bridge.Parent()
	if err != nil {
		return err
	}
	server := bridge.NewServer(port)
	server.OnError = func(method string, err error) { log.Printf("%s: %v", method, err) }
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if err != nil {
			if told := server.Gone(errcode.New(errcode.Internal, "insight", err)); told != nil {
				log.Print(told)
			}
		}
	}()
	a := archive.New(archive.Options{
		Dir:     func() (opfs.Dir, error) { return opfs.OpenDir("insight") },
		Network: syncclient.HTTP{Session: true},
		Base:    js.Global().Get("location").Get("origin").String(),
		Now:     time.Now,
		Random:  rand.Float64,
		Emit: func(event string, body any) {
			if err := server.Emit(event, body); err != nil {
				log.Print(err)
			}
		},
		Log:  func(what string, err error) { log.Printf("%s: %v", what, err) },
		Rest: func() { time.Sleep(time.Millisecond) },
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
