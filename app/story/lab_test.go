//go:build !js

package story

import (
	"encoding/json"
	"fmt"
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
)

// TestLabMaskReachesTheTill makes a mask from two labels in the barcode lab,
// keeps a golden sample, sells by the mask at a till within seconds, and finds
// that a mask which would read the sample otherwise is not saved.
func TestLabMaskReachesTheTill(t *testing.T) {
	w := startWorld(t, 500)
	plu, price := w.weighed(t)
	prefix := w.freePrefix(t)
	label := func(grams int) string {
		digits := fmt.Sprintf("%s%05s%05d", prefix, plu, grams)
		return digits + string(barcode.CheckDigit(digits))
	}
	tab := w.browser(t, "till", tablet).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	must(t, tab.Scan(label(842)), tab.Until(`document.querySelector("#strip .bad") !== null`))

	desk := w.browser(t, "desk", upright).First()
	must(t, desk.Open(w.URL+"/manager/barcodes"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.See("#lab-masks .lab-item"),
		desk.Scan(label(842)), desk.Until(`document.querySelector("#code-rows .code-bad") !== null && document.querySelector("#lab-keys") !== null`))
	photo(t, desk, "lab-unknown")
	write(t, desk, "#lab-examples", label(842)+" "+plu+" 842\n"+label(12)+" 99999 12")
	must(t, desk.Click("#lab-propose"), desk.See("#lab-build .toast.warn")) // the second line is wrong
	write(t, desk, "#lab-examples", label(842)+" "+plu+" 842\n"+label(12350)+" "+plu+" 12350")
	must(t, desk.Click("#lab-propose"), desk.See("#lab-proposed .lab-item"))
	pattern, err := Eval[string](desk, `document.querySelector("#lab-proposed .lab-item").dataset.mask`)
	must(t, err)
	if want := prefix + "NNNNNQQQQQC"; pattern != want {
		t.Errorf("proposed is %s, want %s", pattern, want)
	}
	photo(t, desk, "lab-proposed")
	must(t, desk.Click("#lab-proposed .lab-item button"), desk.See("#page .toast.good"), desk.See(`#lab-masks [data-mask="`+pattern+`"]`),
		desk.Until(`document.querySelector("#code-rows .code-part-q") !== null`), desk.Click("#lab-keep"), desk.See("#lab-samples .lab-item"),
		desk.Click("#lab-run"), desk.See("#lab-samples .toast.good"))
	photo(t, desk, "lab-saved")

	must(t, tab.Until(fmt.Sprintf(`Number(document.querySelector("#till").dataset.data) >= %d`, w.version(t))),
		tab.Scan(label(842)), tab.See(`#lines .line[data-n="1"]`))
	if got, want := tab.sum(t, "#total"), (price*842+500)/1000; got > want || got < want/2 { // a promotion may take something off
		t.Errorf("842 g at %d are %d, want %d or a little less", price, got, want)
	}

	// The sheet at the till says the same and sells nothing.
	must(t, tab.Click("#menu"), tab.See("#sheet-menu"), tab.Press("Escape", 27), tab.Gone("#sheet-menu"))
	_, err = Eval[bool](tab, `document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "F11", code: "F11", shiftKey: true, bubbles: true, cancelable: true}))`)
	must(t, err, tab.See("#sheet-code"), tab.Scan(label(500)), tab.See("#sheet-code .code-part-q"),
		tab.Until(`document.querySelector("#sheet-code .code-good") !== null`))
	photo(t, tab, "till-code")
	must(t, tab.Press("Escape", 27), tab.Gone("#sheet-code"))
	if n, err := Eval[int](tab, `document.querySelectorAll("#lines .line").length`); err != nil || n != 1 {
		t.Errorf("%d lines, %v: asking what a code is has sold it", n, err)
	}

	// A mask that reads the sample otherwise: shown, not saved.
	masks, err := barcode.Guess(barcode.Weight, []barcode.Example{{Code: label(842), Article: plu, Value: 842}})
	must(t, err)
	other := ""
	for _, m := range masks {
		if s := barcode.SampleOf(label(842), []barcode.Mask{m}); m.Pattern != pattern && len(s.Article) < 5 {
			other = m.Pattern
			break
		}
	}
	if other == "" {
		t.Fatalf("no other mask among %v", masks)
	}
	write(t, desk, "#lab-examples", label(842)+" "+plu+" 842")
	must(t, desk.Click("#lab-propose"), desk.Click(`[id="lab-save-`+other+`"]`), desk.See("#lab-broken"))
	photo(t, desk, "lab-broken")
	if n, err := Eval[int](desk, `document.querySelectorAll('#lab-masks [data-mask="`+other+`"]').length`); err != nil || n != 0 {
		t.Errorf("the mask that breaks a sample is there: %v", err)
	}
}

// write puts text into a field that a person would paste into.
func write(t *testing.T, tab *Tab, css, text string) {
	t.Helper()
	quotedText, err := json.Marshal(text)
	must(t, err)
	_, err = Eval[bool](tab, fmt.Sprintf(`(() => { const f = document.querySelector(%q); f.value = %s; f.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, css, quotedText))
	must(t, err)
}

// weighed returns the PLU of goods sold by weight in store 1, and their price.
func (w *world) weighed(t *testing.T) (plu string, price int64) {
	t.Helper()
	w.query(t, "reference.db", `SELECT p.plu, x.amount FROM product p JOIN price x ON x.product = p.id
		WHERE p.unit = ? AND p.plu IS NOT NULL AND length(p.plu) <= 4 AND NOT p.stopped AND p.min_age = 0 AND x.store IN ('', '1')
		ORDER BY p.id DESC, x.store, x.from_ms LIMIT 1`, func(r sqlite.Row) error {
		plu, price = r.Text(0), r.Int64(1)
		return nil
	}, string(quantity.Kilogram))
	if plu == "" {
		t.Fatal("nothing is sold by weight")
	}
	return plu, price
}

// freePrefix is a prefix for own labels that no mask of the chain uses.
func (w *world) freePrefix(t *testing.T) string {
	t.Helper()
	used := map[string]bool{}
	w.query(t, "reference.db", `SELECT substr(key, 1, 2) FROM mask`, func(r sqlite.Row) error { used[r.Text(0)] = true; return nil })
	for n := 20; n < 30; n++ {
		if prefix := fmt.Sprint(n); !used[prefix] {
			return prefix
		}
	}
	t.Fatal("no prefix is free")
	return ""
}
