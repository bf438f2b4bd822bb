package bridge

import (
	"fmt"
	"log"
	"runtime/debug"

	"tillsight/shared/errcode"
)

// Run is the frame of a worker's program: it answers the page that started it
// with what serve sets up, and tells the page why when serve fails or panics.
func Run(name string, serve func(*Server) error) (err error) {
	port, err := Parent()
	if err != nil {
		return err
	}
	server := NewServer(port)
	server.OnError = func(method string, err error) { log.Printf("%s: %v", method, err) }
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if err != nil {
			if told := server.Gone(errcode.New(errcode.Internal, name, err)); told != nil {
				log.Print(told)
			}
		}
	}()
	return serve(server)
}
