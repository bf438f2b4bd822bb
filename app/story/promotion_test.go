//go:build !js

package story

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tillsight/shared/sqlite"
)

// TestPromotionAllTheWay makes a promotion in the manager's page while a receipt
// is open at a till: that receipt keeps its prices, the next one has the
// promotion, on the line, in the explanation and on paper, and the server comes
// to the same sums.
func TestPromotionAllTheWay(t *testing.T) {
	w := startWorld(t, 2000)
	sku, price := w.priceOf(t, w.codes[0])
	tab := w.browser(t, "till", tablet).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	capturePrints(t, tab)
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	before := tab.sum(t, "#total")

	desk := w.browser(t, "desk", upright).First()
	must(t, desk.Open(w.URL+"/manager/promotions"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.See(`.item-rule[data-promo="yogurt-third"]`))
	photo(t, desk, "promotions-list")
	must(t, desk.Click("#promo-new"), desk.See(`.form-problems li[data-path="name"]`),
		desk.Type("#promo-ru", "Story"), desk.Type("#promo-skus", sku), desk.Enter(), desk.See("#promo-drop-"+sku), desk.Type("#promo-value", "0"), // 10 % and a nought: 100 %
		desk.Until(`document.querySelector("#try-saved").textContent.includes("200")`), // two at 100.00 in the example
		desk.Click("#promo-json"), desk.Until(`document.querySelector("#promo-text").value.includes('"bp": 10000')`))
	_, err := Eval[bool](desk, `(() => { const t = document.querySelector("#promo-text"); t.value = t.value.replace('"bp": 10000', '"bq": 3000'); t.dispatchEvent(new Event("input", {bubbles: true})); return true })()`)
	must(t, err, desk.See(`.form-problems li[data-path="off.bq"]`))
	photo(t, desk, "promotions-json-mistake")
	_, err = Eval[bool](desk, `(() => { const t = document.querySelector("#promo-text"); t.value = t.value.replace('"bq": 3000', '"bp": 3000').replace('"kind": "line",', '"kind": "line", "priority": 100,'); t.dispatchEvent(new Event("input", {bubbles: true})); return true })()`)
	must(t, err, desk.Until(`document.querySelectorAll(".form-problems li").length === 0`), desk.Click("#promo-form"),
		desk.Until(`document.querySelector("#promo-value").value === "30"`), desk.Click("#try-7"), desk.Until(`document.querySelector(".try-result").textContent !== ""`))
	photo(t, desk, "promotions-form")
	must(t, desk.Click("#promo-save"), desk.See("#promo-new"))
	w.follow(t, tab)

	// The open receipt keeps what the customer saw.
	must(t, tab.Scan(w.codes[0]), tab.Until(fmt.Sprintf(`document.querySelector("#total").textContent.replace(/\D/g, "") === "%d"`, 2*before)))
	printed := payByCard(t, tab)

	// The next one has the promotion.
	must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")), tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`),
		tab.Until(`document.querySelector("#lines .line-note").textContent.includes("Story")`))
	photo(t, tab, "till-promotion")
	if got, want := tab.sum(t, "#total"), price-(price*3000+5000)/10000; got != want {
		t.Errorf("with 30 %% off %d it is %d, want %d", price, got, want)
	}
	must(t, tab.Click("#lines .line-why"), tab.See("#sheet-why .why-won"))
	photo(t, tab, "till-why")
	must(t, tab.Press("Escape", 27), tab.Gone("#sheet-why"))
	printed += payByCard(t, tab)
	paper, err := Eval[string](tab, `window.paper.textContent`)
	if must(t, err); !strings.Contains(paper, "Story") {
		t.Errorf("the paper does not name the promotion: %s", paper)
	}
	settled(t, tab)
	w.audited(t)
	if got := w.warehouse(t); got != printed {
		t.Errorf("the warehouse has %d, printed were %d", got, printed)
	}

	// Stopped, it is gone from the next receipt.
	must(t, desk.Click(`.item-rule:has([id^="promo-stop-p"]) [id^="promo-stop-p"]`), desk.Until(`!document.querySelector('[id^="promo-stop-p"]')`),
		tab.Until(fmt.Sprintf(`Number(document.querySelector("#till").dataset.data) >= %d`, w.version(t))),
		tab.Press("Enter", 13), tab.See(onScreen("sell")), tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	if got := tab.sum(t, "#total"); got != before {
		t.Errorf("after the promotion it is %d, want %d", got, before)
	}
}

// photo keeps what a person should look at, where TILLSIGHT_PHOTOS says.
func photo(t *testing.T, tab *Tab, name string) {
	t.Helper()
	if dir := os.Getenv("TILLSIGHT_PHOTOS"); dir != "" {
		must(t, tab.Photo(filepath.Join(dir, name+".png")))
	}
}

// priceOf returns the article behind a code and its price in store 1.
func (w *world) priceOf(t *testing.T, code string) (sku string, price int64) {
	t.Helper()
	w.query(t, "reference.db", `SELECT b.product, x.amount FROM barcode b JOIN price x ON x.product = b.product
		WHERE b.code = CAST(? AS INTEGER) AND x.list = '' AND x.store IN ('', '1') ORDER BY x.store, x.from_ms`, func(r sqlite.Row) error {
		sku, price = r.Text(0), r.Int64(1)
		return nil
	}, code)
	return sku, price
}

// version is the newest version of the reference data.
func (w *world) version(t *testing.T) (version int64) {
	t.Helper()
	w.query(t, "reference.db", `SELECT value FROM meta WHERE name = 'cursor'`, func(r sqlite.Row) error {
		version = r.Int64(0)
		return nil
	})
	return version
}

// audited waits until the server has priced everything again, and fails on what
// it found different.
func (w *world) audited(t *testing.T) {
	t.Helper()
	var facts, looked, alarms int64
	until(t, "the server has looked at every fact", func() bool {
		w.query(t, "journal.db", `SELECT max(pos) FROM fact`, func(r sqlite.Row) error { facts = r.Int64(0); return nil })
		w.query(t, "reference.db", `SELECT (SELECT pos FROM follow_cursor WHERE name = 'audit'), (SELECT count(*) FROM price_alarm)`, func(r sqlite.Row) error {
			looked, alarms = r.Int64(0), r.Int64(1)
			return nil
		})
		return looked == facts
	})
	if alarms != 0 {
		t.Errorf("the server looked at %d facts and found %d wrong", facts, alarms)
	}
}
