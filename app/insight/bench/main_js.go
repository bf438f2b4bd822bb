package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall/js"

	"tillsight/app/insight/pack"
	"tillsight/app/opfs"
	"tillsight/shared/cube"
	"tillsight/shared/segment"
)

// main runs in a dedicated worker: it offers the engine to JavaScript as the
// global object tillsight and calls tillsightReady.
func main() {
	e := &engine{}
	js.Global().Set("tillsight", map[string]any{
		"keep":    promised(func(args []js.Value) error { return e.keep(args[0].Int()) }),
		"open":    promised(func([]js.Value) error { return e.open() }),
		"ask":     js.FuncOf(func(_ js.Value, args []js.Value) any { return failure(e.ask(args[0].String())) }),
		"columns": js.FuncOf(func(js.Value, []js.Value) any { return e.columns() }),
	})
	js.Global().Call("tillsightReady")
	select {}
}

// engine is the report worker's engine over the recipe's data.
type engine struct {
	cube *cube.Cube
	rows func(add func(...int64)) // of the latest answer
}

// keep makes the files that a device has and stores them on this one.
func (e *engine) keep(lines int) error {
	dir, err := opfs.OpenDir("bench")
	if err != nil {
		return err
	}
	files, _, err := makeFiles(lines)
	if err != nil {
		return err
	}
	kept := pack.New(dir)
	err = kept.Hold()
	var names []string
	for _, b := range files {
		names = append(names, segment.Hash(b))
		if err == nil {
			err = kept.Write(names[len(names)-1], b)
		}
	}
	list := []byte(strings.Join(names, "\n"))
	return errors.Join(err, kept.Release(), opfs.WriteFile(dir, "list", list))
}

// open loads what keep stored.
func (e *engine) open() error {
	dir, err := opfs.OpenDir("bench")
	if err != nil {
		return err
	}
	list, err := opfs.ReadFile(dir, "list")
	if err != nil {
		return err
	}
	kept := pack.New(dir)
	if err := kept.Hold(); err != nil {
		return err
	}
	names := strings.Split(string(list), "\n")
	files := make([][]byte, len(names))
	for i, name := range names {
		if files[i], err = kept.Read(name); err != nil {
			return err
		}
	}
	if err := kept.Release(); err != nil {
		return err
	}
	e.cube, err = load(dims(), files)
	return err
}

// ask answers a question and keeps the rows.
func (e *engine) ask(name string) (err error) {
	for _, q := range queries {
		if q.name == name {
			e.rows, err = q.run(e.cube)
			return err
		}
	}
	return fmt.Errorf("no question %s", name)
}

// columns returns the latest rows as an array of columns.
func (e *engine) columns() any {
	var columns []any
	e.rows(func(values ...int64) {
		for i, v := range values {
			if i == len(columns) {
				columns = append(columns, js.Global().Get("Array").New())
			}
			columns[i].(js.Value).Call("push", v)
		}
	})
	return columns
}

// failure is err as JavaScript's, undefined when there is none.
func failure(err error) any {
	if err == nil {
		return js.Undefined()
	}
	return js.Global().Get("Error").New(err.Error())
}

// promised is a function that returns a promise: it may wait for the browser.
func promised(work func(args []js.Value) error) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		return js.Global().Get("Promise").New(js.FuncOf(func(_ js.Value, settle []js.Value) any {
			go func() { settle[0].Invoke(failure(work(args))) }()
			return nil
		}))
	})
}
