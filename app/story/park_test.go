//go:build !js

package story

import (
	"encoding/json"
	"fmt"
	"testing"

	"tillsight/shared/sqlite"
)

// emptyReceipt is a condition: nothing is on the receipt.
const emptyReceipt = `document.querySelectorAll("#lines .line").length === 0`

// waits is a condition: so many receipts can be recalled.
func waits(n int) string {
	return fmt.Sprintf(`document.querySelector("#till").dataset.parked === "%d"`, n)
}

// TestParkedReceiptGoesOn parks at one till and goes on at it after the browser
// was killed, at another one through the server, and at another one from the
// codes of its slip with the server down, scanned under a Russian layout. What
// two tills sold from one slip is found out when the server is back.
func TestParkedReceiptGoesOn(t *testing.T) {
	w := startWorld(t, 500)
	first := w.browser(t, "till", tablet)
	one := first.First()
	w.enrol(t, one, "1", 1)
	w.signIn(t, one)
	two := w.browser(t, "other", upright).First()
	w.enrol(t, two, "1", 2)
	w.signIn(t, two)

	// Park, kill, recall.
	total := scanSome(t, one, w.codes[:3])
	must(t, one.Click("#act-park"), one.Until(emptyReceipt), one.See("#unpark"))
	photo(t, one, "parked")
	must(t, first.Kill())
	first = w.browser(t, "till", tablet)
	one = first.First()
	must(t, one.Open(w.URL+"/till"))
	w.signIn(t, one)
	must(t, one.Until(waits(1)), one.Click("#act-recall"), one.See(`#lines .line[data-n="3"]`))
	if got := one.sum(t, "#total"); got != total {
		t.Errorf("recalled %d, parked %d", got, total)
	}
	photo(t, one, "recalled")

	// Park again; the other till sees it and takes it.
	must(t, one.Click("#put-back"), one.Until(emptyReceipt), two.Until(waits(1)), two.Click("#act-recall"), two.See(`#lines .line[data-n="3"]`),
		one.Until(waits(0)))
	if got := two.sum(t, "#total"); got != total {
		t.Errorf("at the other till %d, parked %d", got, total)
	}
	paid := payByCard(t, printing(t, two))
	settled(t, two)

	// The server goes away: the slip is enough.
	_, err := Eval[bool](one, `new Promise(done => { window.reader = new Worker(tillsight.decoderURL()); window.reader.onmessage = () => done(true); })`)
	must(t, err, w.Stop(), one.Until(`document.querySelector("#light").textContent !== ""`))
	total = scanSome(t, one, w.codes[3:58])
	must(t, one.Click("#act-park"), one.Until(emptyReceipt), one.Click("#show-slip"), one.See("#sheet-slip .qr"))
	photo(t, one, "slip")
	parts, err := Eval[[]string](one, `[...document.querySelectorAll("#sheet-slip .qr")].map(c => c.dataset.text)`)
	must(t, err)
	if len(parts) < 2 {
		t.Fatalf("the slip has %d codes", len(parts))
	}
	for i, text := range readCodes(t, one, "#sheet-slip .qr") {
		if text != parts[i] {
			t.Errorf("code %d is read as %.40q, want %.40q", i+1, text, parts[i])
		}
	}
	must(t, one.Press("Escape", 27), one.Gone("#sheet-slip"))
	must(t, two.Press("Enter", 13), two.See(onScreen("sell")))
	for i := len(parts) - 1; i >= 0; i-- { // the last first
		must(t, two.Scan(parts[i]))
		if i > 0 {
			must(t, two.Until(fmt.Sprintf(`document.querySelector("#strip").textContent.includes("Part %d of %d")`, i+1, len(parts))))
		}
	}
	must(t, two.Until(`document.querySelector("#total").textContent.replace(/\D/g, "") === "`+fmt.Sprint(total)+`"`))
	photo(t, two, "slip-recalled")
	paid += payByCard(t, printing(t, two))
	must(t, two.Press("Enter", 13), two.See(onScreen("sell")), two.Scan(parts[0]), two.Scan(parts[1]))
	for _, part := range parts[2:] {
		must(t, two.Scan(part))
	}
	must(t, two.Until(`document.querySelector("#strip").textContent.includes("was recalled before")`))

	// Its own till can't know and sells it too: the server finds out.
	must(t, one.Click("#act-recall"), one.Until(`document.querySelector("#total").textContent.replace(/\D/g, "") === "`+fmt.Sprint(total)+`"`))
	paid += payByCard(t, printing(t, one))
	must(t, w.Start(t.Context()))
	for _, tab := range []*Tab{one, two} { // nobody waits for the next try by itself
		must(t, tab.Click("#light"), tab.Click("#sync-now"), tab.Press("Escape", 27), tab.Gone("#sheet-light"))
		settled(t, tab)
	}
	w.untilAlarm(t, "recall")
	if got := w.warehouse(t); got != paid {
		t.Errorf("the warehouse has %d, paid were %d", got, paid)
	}
}

// scanSome scans codes into an empty receipt and returns what it comes to.
func scanSome(t *testing.T, tab *Tab, codes []string) int64 {
	t.Helper()
	must(t, tab.Until(`document.querySelector("#till").dataset.screen !== "paid" || (document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", code: "Enter", bubbles: true})), false)`))
	for _, code := range codes {
		must(t, tab.Scan(code))
	}
	must(t, tab.Until(fmt.Sprintf(`document.querySelector(".receipt-count").textContent.startsWith("%d")`, len(codes))))
	return tab.sum(t, "#total")
}

func printing(t *testing.T, tab *Tab) *Tab {
	t.Helper()
	capturePrints(t, tab)
	return tab
}

// readCodes reads the pictures that css selects as a camera would, with the
// till's own reader.
func readCodes(t *testing.T, tab *Tab, css string) []string {
	t.Helper()
	selector, err := json.Marshal(css)
	must(t, err)
	texts, err := Eval[[]string](tab, `(async () => {
		const texts = [];
		for (const svg of document.querySelectorAll(`+string(selector)+`)) {
			const side = svg.viewBox.baseVal.width, canvas = new OffscreenCanvas(side * 4, side * 4), draw = canvas.getContext("2d");
			draw.fillStyle = "#fff";
			draw.fillRect(0, 0, side * 4, side * 4);
			draw.scale(4, 4);
			draw.fillStyle = "#000";
			draw.fill(new Path2D(svg.querySelector("path").getAttribute("d")));
			const picture = canvas.transferToImageBitmap();
			texts.push(await new Promise((resolve) => {
				reader.onmessage = ({data}) => { if (data.codes) resolve(data.codes.join("|")); else if (data.fault) resolve("fault " + data.fault); };
				reader.postMessage({id: 1, picture}, [picture]);
			}));
		}
		return texts;
	})()`)
	must(t, err)
	return texts
}

// untilAlarm waits until the server has raised an alarm for this reason.
func (w *world) untilAlarm(t *testing.T, reason string) {
	t.Helper()
	until(t, "the server has an alarm "+reason, func() bool {
		n := 0
		w.query(t, "reference.db", `SELECT count(*) FROM price_alarm WHERE reason = ?`, func(r sqlite.Row) error {
			n = r.Int(0)
			return nil
		}, reason)
		return n > 0
	})
}
