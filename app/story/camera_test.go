//go:build !js

package story

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/boombuler/barcode"
	bars "github.com/boombuler/barcode/ean"
)

// film writes pictures of codes for a camera that sees each for a second, and
// nothing for a second after it.
func film(t *testing.T, name string, codes ...string) {
	t.Helper()
	const rate = 30 // pictures a second, as Chromium plays MJPEG
	var b bytes.Buffer
	for _, code := range codes {
		picture := image.NewGray(image.Rect(0, 0, 640, 480))
		draw.Draw(picture, picture.Bounds(), &image.Uniform{C: color.Gray{Y: 200}}, image.Point{}, draw.Src)
		lines, err := bars.Encode(code)
		must(t, err)
		large, err := barcode.Scale(lines, 380, 200)
		must(t, err)
		draw.Draw(picture, image.Rect(100, 110, 540, 370), image.White, image.Point{}, draw.Src)
		draw.Draw(picture, image.Rect(130, 140, 510, 340), large, image.Point{}, draw.Src)
		for range rate {
			must(t, jpeg.Encode(&b, picture, &jpeg.Options{Quality: 80}))
		}
		draw.Draw(picture, picture.Bounds(), &image.Uniform{C: color.Gray{Y: 120}}, image.Point{}, draw.Src)
		for range rate {
			must(t, jpeg.Encode(&b, picture, &jpeg.Options{Quality: 80}))
		}
	}
	must(t, os.WriteFile(name, b.Bytes(), 0o644))
}

// TestCameraSells opens the camera at a till: what it sees is sold, once while it
// stays in view, with the server down too once the reader was used. A till
// without a camera says so and scans on.
func TestCameraSells(t *testing.T) {
	w := startWorld(t, 500)
	reel := filepath.Join(w.dir, "film.mjpeg")
	film(t, reel, w.codes[0], w.codes[1])
	look := tablet
	look.Camera = reel
	tab := w.browser(t, "till", look).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	must(t, tab.Click("#camera-open"), tab.See(`#camera[data-state="on"]`),
		tab.See(`#lines .line[data-n="2"]`))
	photo(t, tab, "camera")
	// Each code is in view for one second of four. One more round is one
	// more of each: were it counted by pictures it would be dozens.
	must(t, tab.Until(`[...document.querySelectorAll("#lines .line")].every(l => parseInt(l.querySelector(".line-detail").textContent) >= 2)`))
	most, err := Eval[int](tab, `Math.max(...[...document.querySelectorAll("#lines .line")].map(l => parseInt(l.querySelector(".line-detail").textContent)))`)
	must(t, err)
	if most > 3 {
		t.Errorf("one of the codes was counted %d times while the other came twice", most)
	}
	must(t, tab.Click("#camera-close"), tab.Gone("#camera"))

	blind := w.browser(t, "blind", upright).First()
	w.enrol(t, blind, "1", 2)
	w.signIn(t, blind)
	must(t, blind.Click("#camera-open"), blind.See(`#camera[data-state="none"], #camera[data-state="denied"]`), blind.See("#camera-again"))
	photo(t, blind, "camera-none")
	must(t, blind.Scan(w.codes[0]), blind.See(`#lines .line[data-n="1"]`))

	// Without the server: the reader is on the device.
	must(t, tab.Until(`navigator.serviceWorker.controller && caches.match(new URL(tillsight.decoderURL(), location).pathname + new URL(tillsight.decoderURL(), location).search).then(Boolean)`))
	must(t, tab.Until(`(async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).filter(r => r.url.includes("zxing_reader")).length))).some(Boolean))()`))
	must(t, w.Stop(), tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	before := tab.sum(t, "#total")
	must(t, tab.Click("#camera-open"), tab.See(`#camera[data-state="on"]`),
		tab.Until(`parseInt(document.querySelector("#total").textContent.replace(/\D/g, "")) > `+strconv.FormatInt(before, 10)))
}
