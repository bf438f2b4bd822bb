//go:build !js

package story

import (
	"strings"
	"testing"

	"tillsight/shared/sqlite"
)

// casScale is a scale at a serial port that speaks as CAS scales do and shows
// window.scaleShows.
const casScale = `(() => {
	let out;
	const frame = () => {
		const data = new TextEncoder().encode(window.scaleShows);
		return Uint8Array.of(1, 2, ...data, data.reduce((sum, b) => sum ^ b, 0), 3, 4);
	};
	const port = {
		open: async () => {},
		close: async () => {},
		readable: new ReadableStream({ start(controller) { out = controller; } }),
		writable: new WritableStream({ write(asked) { out.enqueue(asked[0] === 5 ? Uint8Array.of(6) : frame()); } }),
	};
	window.scaleShows = "S 00.000kg";
	Object.defineProperty(navigator, "serial", { value: { requestPort: async () => port, getPorts: async () => [port] } });
})()`

func (t *Tab) scaleShows(text string) error {
	_, err := Eval[string](t, `window.scaleShows = "`+text+`"`)
	return err
}

// TestScaleSellsByWeight connects a scale and sells loose goods with it: once
// for each time that goods were put on it, and after a reload without asking for
// the port again.
func TestScaleSellsByWeight(t *testing.T) {
	w := startWorld(t, 2000)
	var plu string
	must(t, w.Query("reference.db", `SELECT plu FROM product WHERE unit = 'kg' AND plu IS NOT NULL AND NOT stopped
		AND EXISTS (SELECT 1 FROM price WHERE price.product = product.id) ORDER BY id LIMIT 1`, func(r sqlite.Row) error {
		plu = r.Text(0)
		return nil
	}))
	tab := w.browser(t, "till", tablet).First()
	must(t, tab.Before(casScale))
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	must(t, tab.Click("#menu"), tab.Click("#scale-cas"), tab.See("#scale-state"))
	photo(t, tab, "scale-menu")
	must(t, tab.Press("Escape", 27), tab.Keys(plu), tab.Enter(), tab.See("#sheet-weight #balance"))
	photo(t, tab, "scale-empty")
	must(t, tab.scaleShows("U 00.612kg"), tab.Until(`/0[.,]612/.test(document.querySelector("#balance").textContent)`),
		tab.scaleShows("S 00.842kg"), tab.See(`#lines .line[data-n="1"]`), tab.Gone("#sheet-weight"))
	line, err := tab.Text(`#lines .line[data-n="1"]`)
	must(t, err)
	if !strings.Contains(line, "0,842") && !strings.Contains(line, "0.842") {
		t.Errorf("the line says %q", line)
	}

	// The same goods are not sold twice.
	must(t, tab.Keys(plu), tab.Enter(), tab.See("#sheet-weight #balance"))
	photo(t, tab, "scale-same")
	must(t, tab.scaleShows("S 00.000kg"), tab.scaleShows("S 00.300kg"), tab.See(`#lines .line[data-n="2"]`))

	must(t, tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	must(t, tab.scaleShows("S 01.250kg"), tab.See(`#lines .line[data-n="2"]`), tab.Keys(plu), tab.Enter(), tab.See(`#lines .line[data-n="3"]`))
}
