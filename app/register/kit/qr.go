package kit

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// quiet is the white border that a QR code needs, in modules (ISO/IEC 18004).
const quiet = 4

// qrPath draws text as the dark modules of a QR code, side modules wide with
// its border. Text of digits and capital letters takes the least room.
func qrPath(text string) (path string, side int, err error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", 0, fmt.Errorf("draw a code of %d characters: %w", len(text), err)
	}
	width := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	var b strings.Builder
	for y := range width {
		for x := 0; x < width; {
			run := x
			for run < width && dark(run, y) {
				run++
			}
			if run > x {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run-x, run-x)
			}
			x = max(run, x+1)
		}
	}
	return b.String(), width + 2*quiet, nil
}

// DrawQR draws text as a QR code, as wide as its place. What can't be drawn is
// left out: the words around it say what to do without.
func DrawQR(text, label string) app.UI {
	path, side, err := qrPath(text)
	if err != nil {
		app.Log(err)
		return app.Span().Hidden(true)
	}
	return app.Elem("svg").XMLNS("http://www.w3.org/2000/svg").Class("qr").Attr("viewBox", fmt.Sprintf("0 0 %d %d", side, side)).
		Attr("shape-rendering", "crispEdges").Attr("role", "img").Aria("label", label).DataSet("text", text).Body(
		app.Elem("rect").XMLNS("http://www.w3.org/2000/svg").Attr("width", side).Attr("height", side).Attr("fill", "#fff"),
		app.Elem("path").XMLNS("http://www.w3.org/2000/svg").Attr("d", path).Attr("fill", "#000"),
	)
}
