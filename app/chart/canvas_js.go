package chart

import (
	"strings"
	"syscall/js"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// plate is the ECharts instance of a Canvas.
type plate struct {
	canvas   *Canvas
	ctx      app.Context
	chart    js.Value
	funcs    []js.Func // for as long as the instance lives
	drawing  *Drawing
	observer js.Value
	ended    bool

	tipFunc, valueFunc, acrossFunc *js.Func
}

func (p *plate) keep(f func(args []js.Value) any) js.Func {
	made := js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
	p.funcs = append(p.funcs, made)
	return made
}

// mount loads the library and makes the instance.
func (p *plate) mount(ctx app.Context, c *Canvas) {
	p.canvas, p.ctx = c, ctx
	loader := js.Global().Get("tillsight")
	if !loader.Truthy() || p.ended {
		return
	}
	// The promise settles once, maybe after the canvas has gone: the functions
	// live until then.
	var loaded, failed js.Func
	settle := func(then func()) func(js.Value, []js.Value) any {
		return func(js.Value, []js.Value) any {
			loaded.Release()
			failed.Release()
			then()
			return nil
		}
	}
	loaded = js.FuncOf(settle(func() { ctx.Dispatch(func(app.Context) { p.begin() }) }))
	failed = js.FuncOf(settle(func() {})) // the table beside the chart says the same
	loader.Call("script", "echarts").Call("then", loaded, failed)
}

func (p *plate) begin() {
	place := js.Global().Get("document").Call("getElementById", p.canvas.ID)
	if p.ended || p.chart.Truthy() || !place.Truthy() {
		return
	}
	p.chart = js.Global().Get("echarts").Call("init", place, nil, map[string]any{"renderer": "canvas"})
	p.chart.Call("on", "click", p.keep(func(args []js.Value) any {
		point := p.point(args[0])
		p.ctx.Dispatch(func(ctx app.Context) {
			if p.canvas.OnPick != nil && point >= 0 {
				p.canvas.OnPick(ctx, point)
			}
		})
		return nil
	}))
	p.observer = js.Global().Get("ResizeObserver").New(p.keep(func([]js.Value) any {
		if p.chart.Truthy() {
			p.chart.Call("resize")
		}
		return nil
	}))
	p.observer.Call("observe", place)
	p.canvas.show()
}

// point finds the number of the point that an event of ECharts is about.
func (p *plate) point(event js.Value) int {
	index := event.Get("dataIndex")
	if index.Type() != js.TypeNumber {
		return -1
	}
	if p.drawing != nil && p.drawing.Columns > 0 {
		cell := event.Get("value")
		return cell.Index(1).Int()*p.drawing.Columns + cell.Index(0).Int()
	}
	if p.drawing != nil && p.drawing.Series != nil {
		series := event.Get("seriesIndex")
		if series.Type() != js.TypeNumber || series.Int() >= len(p.drawing.Series) || index.Int() < 0 {
			return -1
		}
		return p.drawing.Series[series.Int()] + index.Int()
	}
	return index.Int()
}

// show hands a drawing over. What an earlier one had and this one has not goes;
// what both have moves to its new place.
func (p *plate) show(d *Drawing) {
	p.drawing = d
	if d.Map != "" && p.chart.Truthy() && !js.Global().Get("echarts").Call("getMap", d.Map).Truthy() {
		p.fetch(d)
		return
	}
	if p.chart.Truthy() {
		p.chart.Call("setOption", p.option(d), map[string]any{"replaceMerge": replaced})
	}
}

// fetch gets the map that a drawing needs, then shows the drawing of the moment.
func (p *plate) fetch(d *Drawing) {
	url := js.Global().Get("tillsight").Call("fileURL", d.Map)
	steps := make([]js.Func, 0, 3)
	step := func(f func(args []js.Value) any) js.Func {
		made := js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
		steps = append(steps, made)
		return made
	}
	done := func() {
		for _, f := range steps {
			f.Release()
		}
	}
	failed := step(func([]js.Value) any { // the table beside the map says the same
		done()
		return nil
	})
	read := step(func(args []js.Value) any { return args[0].Call("json") })
	loaded := step(func(args []js.Value) any {
		js.Global().Get("echarts").Call("registerMap", d.Map, args[0])
		p.ctx.Dispatch(func(app.Context) {
			if !p.ended && p.drawing != nil {
				p.show(p.drawing)
			}
		})
		done()
		return nil
	})
	js.Global().Call("fetch", url).Call("then", read).Call("then", loaded, failed)
}

// replaced are the parts of an option that are exchanged as a whole.
var replaced = []any{"series", "xAxis", "yAxis", "grid", "visualMap", "dataZoom", "graphic", "geo"}

// option is the drawing's option with its functions.
func (p *plate) option(d *Drawing) js.Value {
	p.drawing = d
	option := js.Global().Get("JSON").Call("parse", d.Option)
	if d.Tip != nil {
		option.Get("tooltip").Set("formatter", p.tip())
	}
	if d.Value != nil {
		for _, name := range []string{"xAxis", "yAxis"} {
			if axis := option.Get(name); axis.Truthy() && axis.Index(0).Get("type").Equal(js.ValueOf("value")) {
				axis.Index(0).Get("axisLabel").Set("formatter", p.value())
			}
		}
	}
	if d.Across != nil {
		option.Get("xAxis").Index(0).Get("axisLabel").Set("formatter", p.across())
	}
	return option
}

// tip and value are made once and read the drawing of the moment.
func (p *plate) tip() js.Func {
	return p.once(&p.tipFunc, func(args []js.Value) any {
		event := args[0]
		if event.InstanceOf(js.Global().Get("Array")) {
			event = event.Index(0)
		}
		point := p.point(event)
		if p.drawing == nil || point < 0 || point >= p.drawing.Points {
			return ""
		}
		return strings.Join(p.drawing.Tip(point), "\n")
	})
}

func (p *plate) value() js.Func {
	return p.once(&p.valueFunc, func(args []js.Value) any { return p.drawing.Value(args[0].Float()) })
}

func (p *plate) across() js.Func {
	return p.once(&p.acrossFunc, func(args []js.Value) any { return p.drawing.Across(args[0].Float()) })
}

func (p *plate) once(made **js.Func, f func(args []js.Value) any) js.Func {
	if *made == nil {
		made0 := p.keep(f)
		*made = &made0
	}
	return **made
}

// end disposes of the instance and all functions.
func (p *plate) end() {
	p.ended = true
	if p.observer.Truthy() {
		p.observer.Call("disconnect")
	}
	if p.chart.Truthy() {
		p.chart.Call("dispose")
		p.chart = js.Undefined()
	}
	for _, f := range p.funcs {
		f.Release()
	}
	p.funcs = nil
}

// styleColour reads a custom property of the page.
func styleColour(name, otherwise string) string {
	root := js.Global().Get("document").Get("documentElement")
	value := js.Global().Call("getComputedStyle", root).Call("getPropertyValue", name).String()
	if value = strings.TrimSpace(value); value != "" {
		return value
	}
	return otherwise
}
