package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"syscall/js"

	"tillsight/shared/cube"
	"tillsight/shared/segment"
)

// main runs in Node with lines and warm runs as arguments and prints the
// report; in a worker it offers the engine to JavaScript as the global object
// tillsight and calls tillsightReady.
func main() {
	if len(os.Args) == 3 {
		printReport(int(number(os.Args[1])), int(number(os.Args[2])))
		return
	}
	offer()
	js.Global().Call("tillsightReady")
	select {}
}

func printReport(lines, warm int) {
	report, err := measure(lines, warm)
	if err != nil {
		panic(err)
	}
	b, err := json.Marshal(report)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(b))
}

// offer sets the functions: prepare(lines) makes the files that a device has,
// load() opens them, query(name) answers a question and keeps the rows,
// columns() returns those as arrays, heapMB() what is in use.
func offer() {
	var (
		files  [][]byte
		tables *segment.Dims
		c      *cube.Cube
		rows   func(add func(...int64))
	)
	function := func(f func(args []js.Value) (any, error)) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			value, err := f(args)
			if err != nil {
				return js.Global().Get("Error").New(err.Error())
			}
			return value
		})
	}
	js.Global().Set("tillsight", map[string]any{
		"prepare": function(func(args []js.Value) (any, error) {
			var err error
			files, _, err = makeFiles(args[0].Int())
			tables = dims()
			return nil, err
		}),
		"load": function(func([]js.Value) (any, error) {
			var err error
			c, err = load(tables, files)
			return nil, err
		}),
		"query": function(func(args []js.Value) (any, error) {
			for _, q := range queries {
				if q.name == args[0].String() {
					var err error
					rows, err = q.run(c)
					return nil, err
				}
			}
			return nil, fmt.Errorf("no question %s", args[0])
		}),
		"columns": function(func([]js.Value) (any, error) {
			var columns []any
			rows(func(values ...int64) {
				for i, v := range values {
					if i == len(columns) {
						columns = append(columns, js.Global().Get("Array").New())
					}
					columns[i].(js.Value).Call("push", v)
				}
			})
			return columns, nil
		}),
		"heapMB": function(func([]js.Value) (any, error) {
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			return float64(stats.HeapAlloc) / 1e6, nil
		}),
	})
}
