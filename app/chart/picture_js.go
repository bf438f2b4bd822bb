package chart

import (
	"encoding/base64"
	"strings"
	"syscall/js"

	"tillsight/shared/errcode"
)

// Picture draws d as a file: "svg", or "png" in twice the size. Width and height
// are CSS pixels. The library must have been loaded, as it is once a chart was
// shown.
func Picture(d *Drawing, kind string, width, height int, back string) (b []byte, err error) {
	library := js.Global().Get("echarts")
	if !library.Truthy() {
		return nil, errcode.New(errcode.NotFound, "chart.Picture", nil)
	}
	size := map[string]any{"width": width, "height": height, "renderer": "canvas"}
	place := js.Global().Get("document").Call("createElement", "div")
	if kind == "svg" {
		place = js.Null()
		size["renderer"], size["ssr"] = "svg", true
	}
	instance := library.Call("init", place, nil, size)
	p := plate{chart: instance}
	defer p.end()
	option := p.option(d)
	option.Set("animation", false)
	option.Set("backgroundColor", back)
	instance.Call("setOption", option)
	if kind == "svg" {
		return []byte(instance.Call("renderToSVGString").String()), nil
	}
	url := instance.Call("getDataURL", map[string]any{"type": "png", "pixelRatio": 2, "backgroundColor": back}).String()
	_, data, _ := strings.Cut(url, ",")
	if b, err = base64.StdEncoding.DecodeString(data); err != nil {
		return nil, errcode.New(errcode.Internal, "chart.Picture", err)
	}
	return b, nil
}
