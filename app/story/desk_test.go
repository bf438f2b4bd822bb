//go:build !js

package story

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestDesk is a manager's morning: filter, compare, look behind a number, take
// files along, arrange the dashboard, make a measure, send a link, go offline.
func TestDesk(t *testing.T) {
	w := startWorld(t, 500)
	b := w.browser(t, "desk", counter)
	desk := b.First()
	w.logIn(t, desk, "manager", w.manager)
	catchFiles(t, desk)
	t.Run("filter, compare, drill, export", func(t *testing.T) { filterAndExport(t, desk) })
	t.Run("the same on customers", func(t *testing.T) { customersBehind(t, desk) })
	t.Run("arrange", func(t *testing.T) { arrange(t, desk) })
	t.Run("own measure", func(t *testing.T) { ownMeasure(t, desk) })
	t.Run("keys", func(t *testing.T) { deskKeys(t, desk) })
	t.Run("other device", func(t *testing.T) {
		phone := w.browser(t, "phone", Look{Width: 390, Height: 844, Lang: "ru"}).First()
		w.logIn(t, phone, "manager", w.manager)
		must(t, phone.Until(`document.querySelectorAll(".slot").length === 10`), phone.See(`[id^="card-own"]`))
		noViolations(t, phone)
	})
	t.Run("link for fewer rights", func(t *testing.T) { linkForFewerRights(t, w) })
	t.Run("offline", func(t *testing.T) {
		must(t, w.Stop())
		must(t, desk.Open(w.URL+"/manager"), desk.Until(cardHas), desk.Until(`document.querySelector("#freshness").textContent.includes("offline")`),
			desk.Click("#nav-customers"), desk.See("#grid-rfm-table .linked"))
	})
	noViolations(t, desk)
}

// cardHas is the condition that the overview shows revenue.
const cardHas = `document.querySelector("#card-revenue").dataset.value > 0`

// logIn opens the overview as somebody.
func (w *world) logIn(t *testing.T, tab *Tab, login, password string) {
	t.Helper()
	must(t, tab.Open(w.URL+"/manager"), tab.See("#login"), tab.Until(fill("#login", login)), tab.Until(fill("#password", password)), tab.Click("#log-in"), tab.Until(cardHas))
}

// fill puts a text into a field at once.
func fill(css, text string) string {
	return fmt.Sprintf(`(f => { f.focus(); f.value = %q; f.dispatchEvent(new Event("input", {bubbles: true})); return true; })(document.querySelector(%q))`, text, css)
}

// catchFiles keeps what the page saves.
func catchFiles(t *testing.T, tab *Tab) {
	t.Helper()
	_, err := Eval[bool](tab, `(() => {
		window.files = {};
		let last;
		const make = URL.createObjectURL;
		URL.createObjectURL = blob => { last = blob; return make.call(URL, blob); };
		HTMLAnchorElement.prototype.click = function () { if (this.download) window.files[this.download.split(".").pop()] = last; };
		return true;
	})()`)
	must(t, err)
}

// file waits for a saved file of a kind and takes it.
func file(t *testing.T, tab *Tab, kind string) []byte {
	t.Helper()
	must(t, tab.Until(`window.files["`+kind+`"]`))
	text, err := Eval[string](tab, `(async () => {
		const bytes = new Uint8Array(await window.files["`+kind+`"].arrayBuffer());
		delete window.files["`+kind+`"];
		let text = "";
		for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
		return btoa(text);
	})()`)
	must(t, err)
	content, err := base64.StdEncoding.DecodeString(text)
	must(t, err)
	return content
}

func revenueShown(t *testing.T, tab *Tab) int64 {
	t.Helper()
	text, err := Eval[string](tab, `document.querySelector("#card-revenue").dataset.value`)
	must(t, err)
	n, err := strconv.ParseInt(text, 10, 64)
	must(t, err)
	return n
}

func filterAndExport(t *testing.T, desk *Tab) {
	all := revenueShown(t, desk)
	must(t, desk.Click("#filter-stores"), desk.Click("#pick-1"), desk.Press("Escape", 27), desk.See("#chip-store-1"),
		desk.Until(fmt.Sprintf(`document.querySelector("#card-revenue").dataset.value !== "%d"`, all)),
		desk.Click("#filter-compare"), desk.Click("#compare-last_year"),
		desk.Until(`location.search.includes("compare=last_year") && location.search.includes("store=1")`),
		desk.Until(`!document.querySelector('#board[aria-busy="true"]')`))
	one := revenueShown(t, desk)
	if one <= 0 || one >= all {
		t.Errorf("store 1 sold %d of %d", one, all)
	}
	must(t, desk.Click("#card-revenue"), desk.See("#drill .drill-receipt"), desk.Until(`location.hash === "#behind"`))
	title, err := desk.Text("#drill .widget-title")
	must(t, err)
	if got := minor(t, title); got != one {
		t.Errorf("behind %d there is %d", one, got)
	}
	_, err = Eval[bool](desk, `history.back(), true`)
	must(t, err, desk.Gone("#drill"), desk.Click("#export-groups"), desk.Click("#xlsx-groups"))
	if sum := sumOf(t, file(t, desk, "xlsx")); sum != one {
		t.Errorf("the file's departments come to %d, the card says %d", sum, one)
	}
	must(t, desk.Click("#export-course"), desk.Click("#png-course"))
	if png := file(t, desk, "png"); !bytes.HasPrefix(png, []byte("\x89PNG")) || len(png) < 10_000 {
		t.Errorf("a picture of %d bytes", len(png))
	}
	must(t, desk.Click("#export-course"), desk.Click("#svg-course"))
	if svg := string(file(t, desk, "svg")); !strings.HasPrefix(svg, "<svg") || !strings.Contains(svg, "<path") {
		t.Errorf("a drawing %.80q", svg)
	}
}

// sumOf adds the second column of a workbook's table up, in minor units; its
// last row is the total.
func sumOf(t *testing.T, content []byte) (sum int64) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	must(t, err)
	defer f.Close()
	sheets := f.GetSheetList()
	rows, err := f.GetRows(sheets[0], excelize.Options{RawCellValue: true})
	must(t, err)
	for _, row := range rows[1 : len(rows)-1] {
		v, err := strconv.ParseFloat(row[1], 64)
		must(t, err)
		sum += int64(v*100 + 0.5)
	}
	about, err := f.GetRows(sheets[1])
	must(t, err)
	if text := fmt.Sprint(about); !strings.Contains(text, "Store") || !strings.Contains(text, "Period") {
		t.Errorf("the workbook does not say its filter: %s", text)
	}
	return sum
}

// drillStill is the condition that the panel has what it asked for.
const drillStill = `document.querySelector('#drill[aria-busy="false"], #drill:not([aria-busy])')`

func customersBehind(t *testing.T, desk *Tab) {
	must(t, desk.Click("#nav-customers"), desk.See("#chip-store-1"), desk.See("#grid-rfm-table .linked"), desk.Until(`!document.querySelector('.board[aria-busy="true"]')`),
		desk.Click("#grid-rfm-table .linked"), desk.See("#drill .figures .linked"), desk.Until(drillStill),
		desk.Click("#drill .figures .linked"), desk.See("#drill-back"),
		desk.Until(drillStill), desk.Click("#drill-back"), desk.Gone("#drill-back"), desk.See("#drill .figures .linked"), desk.Until(drillStill),
		desk.Click("#drill-close"), desk.Gone("#drill"),
		desk.Click("#export-rfm-table"), desk.Click("#csv-rfm-table"))
	if csv := string(file(t, desk, "csv")); !strings.HasPrefix(csv, "\ufeff") || strings.Count(csv, "\r\n") < 12 {
		t.Errorf("a file %.200q", csv)
	}
	must(t, desk.Click("#clear"), desk.Click("#nav-overview"), desk.Until(cardHas))
}

const slots = `[...document.querySelectorAll(".slot")].map(s => s.id)`

// pressOn presses a key with the focus on an element.
func pressOn(css, key string, shift bool) string {
	return fmt.Sprintf(`(e => { e.focus(); return e.dispatchEvent(new KeyboardEvent("keydown", {key: %q, shiftKey: %v, bubbles: true, cancelable: true})); })(document.querySelector(%q)), true`, key, shift, css)
}

func arrange(t *testing.T, desk *Tab) {
	must(t, desk.Click("#board-edit"), desk.Click("#widget-add"), desk.Click("#widget-kind-table"), desk.Click("#widget-place"),
		desk.Until(`document.querySelectorAll(".slot").length === 10`))
	last, err := Eval[string](desk, slots+`[9]`)
	must(t, err)
	handle := "#handle-" + strings.TrimPrefix(last, "slot-")
	_, err = Eval[bool](desk, pressOn(handle, "ArrowLeft", false))
	must(t, err, desk.Until(slots+`[8] === "`+last+`"`))
	_, err = Eval[bool](desk, pressOn(handle, "ArrowRight", true))
	must(t, err, desk.Until(`document.querySelector("#`+last+`").classList.contains("span-7")`))
	// By drag: the last one onto the first.
	_, err = Eval[bool](desk, fmt.Sprintf(`(() => {
		const data = new DataTransfer(), [from, to] = [document.querySelector(%q), document.querySelector("#slot-revenue")];
		const fire = (e, type) => e.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data}));
		fire(from, "dragstart"); fire(to, "dragover"); fire(to, "drop"); fire(from, "dragend");
		return true;
	})()`, handle))
	must(t, err, desk.Until(slots+`[0] === "`+last+`"`), desk.Click("#remove-heat"), desk.Until(`document.querySelectorAll(".slot").length === 9`),
		desk.Click("#undo"), desk.Until(`document.querySelectorAll(".slot").length === 10`), desk.Click("#board-edit"), desk.Gone(".slot-bar"))
}

func ownMeasure(t *testing.T, desk *Tab) {
	must(t, desk.Click("#nav-data"), desk.Click("#tab-measures"), desk.See("#measure-expr"), desk.Until(fill("#measure-name", "Margin a receipt")), desk.Until(fill("#measure-expr", "margin / profits")),
		desk.Until(`document.querySelector("#measure-verdict").textContent.includes("profits")`),
		desk.Until(`document.querySelector("#measure-save").disabled`))
	must(t, desk.Until(fill("#measure-expr", "margin / receipts")), desk.Until(`/Now: [0-9]/.test(document.querySelector("#measure-verdict").textContent)`),
		desk.Click("#measure-save"), desk.Until(`document.querySelector(".measure-row .measure-name").textContent === "Margin a receipt"`),
		desk.Click("#nav-overview"), desk.Until(cardHas), desk.Click("#board-edit"), desk.Click("#configure-items"), desk.Click("#widget-measure"),
		desk.Click(`[id^="widget-measure-own"]`), desk.Until(`document.querySelector('[id^="card-own"]').dataset.value > 0`), desk.Click("#widget-done"), desk.Click("#board-edit"),
		desk.Until(`JSON.parse(localStorage.getItem("desk.kept")).dirty.length === 0`))
}

func deskKeys(t *testing.T, desk *Tab) {
	must(t, desk.Press("/", 191), desk.See("#palette"), desk.Until(fill("#palette-text", "retent")), desk.See(`[id="page-/manager/cohorts"].palette-on`), desk.Enter(), desk.Until(`location.pathname === "/manager/cohorts"`),
		desk.Until(`document.activeElement.blur(), true`), desk.Press("?", 191), desk.See("#keys"), desk.Press("Escape", 27), desk.Gone("#keys"))
}

// linkForFewerRights opens links about both stores as somebody who may see one.
func linkForFewerRights(t *testing.T, w *world) {
	out, err := w.Run(t.Context(), "user", "add", "--login", "anna", "--store", "1", "--lang", "en", "--generate")
	must(t, err)
	anna := w.browser(t, "anna", counter).First()
	w.logIn(t, anna, "anna", strings.TrimSpace(out))
	must(t, anna.Open(w.URL+"/manager?period=30&compare=none&store=1&store=2"), anna.Until(cardHas),
		anna.Until(`document.querySelector(".filter-notes").textContent.includes("may not see")`), anna.See("#chip-store-1"), anna.Gone("#chip-store-2"),
		anna.Open(w.URL+"/manager?period=30&compare=none&store=2"), anna.Until(`document.querySelector("#card-revenue").dataset.value === "0"`),
		anna.Until(`document.querySelector(".filter-notes").textContent.includes("may not see")`))
	noViolations(t, anna)
}
