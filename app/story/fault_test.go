//go:build !js

package story

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"tillsight/server/feed"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

var counter = Look{Width: 1280, Height: 800, Lang: "en"}

// Goods that can't be sold, see priceless.
const (
	codeNoPrice  = "461111111111"
	codeTomorrow = "461111111112"
	codeUnknown  = "469999999999"
)

func ean(first string) string { return first + string(barcode.CheckDigit(first)) }

// TestBadInput enters what people, scanners and administrators get wrong. Each
// mistake is named on the screen, and the sale goes on.
func TestBadInput(t *testing.T) {
	w := startWorld(t, 500)
	w.priceless(t)
	tab := w.browser(t, "till", counter).First()
	t.Run("enrolment code", func(t *testing.T) { wrongCodes(t, w, tab) })
	t.Run("PIN", func(t *testing.T) { wrongPINs(t, w, tab) })
	t.Run("scan", func(t *testing.T) { wrongScans(t, w, tab) })
	t.Run("quantity", func(t *testing.T) { wrongQuantities(t, w, tab) })
	byCard(t, tab)
	settled(t, tab)
	noViolations(t, tab)
}

// byCard pays the open receipt.
func byCard(t *testing.T, tab *Tab) {
	t.Helper()
	must(t, tab.Press("F12", 123), tab.See(onScreen("pay")), tab.Press("F11", 122), tab.See(onScreen("paid")))
}

// priceless adds two products to the chain: one that has no price, and one whose
// price begins tomorrow.
func (w *world) priceless(t *testing.T) {
	t.Helper()
	must(t, w.Stop())
	f, err := feed.Open(filepath.Join(w.Data, "reference.db"), filepath.Join(w.Data, "snapshots"), w.clock.Now)
	must(t, err)
	var like catalogue.Product
	must(t, f.View(func(q refdata.Querier) error {
		item, _, err := refdata.ProductByCode(q, gtin(w.codes[0]), "1", w.clock.Now().UnixMilli())
		like = item.Product
		return err
	}))
	var rows []refdata.Row
	for i, code := range []string{codeNoPrice, codeTomorrow} {
		p := like
		p.SKU, p.PLU = catalogue.SKU(fmt.Sprintf("99000%d", i)), ""
		p.Name = catalogue.Text{RU: "Новинка " + fmt.Sprint(i), EN: "Novelty " + fmt.Sprint(i)}
		rows = append(rows, refdata.Row{Table: refdata.Products, Value: p},
			refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: gtin(ean(code)), SKU: p.SKU, Factor: quantity.One}})
		if code == codeTomorrow {
			rows = append(rows, refdata.Row{Table: refdata.Prices,
				Value: catalogue.Price{SKU: p.SKU, From: w.clock.Now().Add(24 * time.Hour).UnixMilli(), Amount: 9990}})
		}
	}
	_, err = f.Put(rows)
	must(t, err, f.Close(), w.Start(t.Context()))
}

func gtin(code string) string { return strings.Repeat("0", 14-len(code)) + code }

// says waits until css shows all the words.
func says(t *testing.T, tab *Tab, css string, words ...string) {
	t.Helper()
	for _, word := range words {
		quoted, err := json.Marshal(word)
		must(t, err, tab.Until(fmt.Sprintf(`document.querySelector(%q).textContent.includes(%s)`, css, quoted)))
	}
}

func wrongCodes(t *testing.T, w *world, tab *Tab) {
	used := w.code(t, "1", 1)
	body, err := json.Marshal(wire.EnrolRequest{Code: used})
	must(t, err)
	answer, err := http.Post(w.URL+wire.Enrol.Path, "application/json", bytes.NewReader(body))
	must(t, err, answer.Body.Close())
	expired := w.code(t, "1", 1)
	db, err := sqlite.Open(filepath.Join(w.Data, "journal.db"), sqlite.Options{})
	must(t, err)
	must(t, db.Write(func(tx *sqlite.Tx) error { return tx.Exec(`UPDATE code SET expires = 1 WHERE used = 0`) }), db.Close())

	must(t, tab.Open(w.URL+"/"), tab.Click("#start-till"), tab.See(phase("new")))
	for _, wrong := range []struct{ code, says string }{
		{"ABCD-EFGH", "no such code"},
		{used, "used already"},
		{expired, "has expired"},
	} {
		_, err := Eval[bool](tab, `document.querySelector("#enrol-code").select(), true`)
		must(t, err, tab.Type("#enrol-code", wrong.code), tab.Click("#enrol"))
		says(t, tab, ".problem", wrong.says)
	}
	_, err = Eval[bool](tab, `document.querySelector("#enrol-code").select(), true`)
	must(t, err, tab.Type("#enrol-code", w.code(t, "1", 1)), tab.Click("#enrol"), tab.See(phase("signed-out")))
}

// wrongPINs tries PINs of nobody: each costs a longer wait, also over a reload.
func wrongPINs(t *testing.T, w *world, tab *Tab) {
	_, err := Eval[bool](tab, watchProblems)
	must(t, err)
	for _, wait := range []string{"1 s", "2 s", "4 s", "8 s"} {
		must(t, tab.Keys("000000"), tab.Enter(),
			tab.Until(fmt.Sprintf(`problems.some(text => text.includes("Wrong PIN") && text.includes("in %s"))`, wait)))
		if wait != "8 s" {
			must(t, tab.Until(noProblem))
		}
	}

	// The right PIN does not help before its time, nor does loading the page again.
	must(t, tab.Open(w.URL+"/till"), tab.See(phase("signed-out")), tab.Keys(w.pin), tab.Enter())
	says(t, tab, ".problem", "Wait")
	must(t, tab.Until(noProblem))
	w.signIn(t, tab)
}

// watchProblems keeps every text of the page's problem: one that counts down
// may be gone when it is looked for.
const watchProblems = `globalThis.problems = [], new MutationObserver(() => {
	const problem = document.querySelector(".problem");
	if (problem) problems.push(problem.textContent);
}).observe(document.body, {subtree: true, childList: true, characterData: true}), true`

const noProblem = `!document.querySelector(".problem").textContent`

func wrongScans(t *testing.T, w *world, tab *Tab) {
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	good := ean(codeUnknown)
	bad := good[:12] + string('0'+(good[12]-'0'+1)%10)
	for _, wrong := range []struct{ code, says string }{
		{good, "not in the catalogue"},
		{bad, "check digit does not fit"},
		{ean(codeNoPrice), "Novelty 0 has no price"},
		{ean(codeTomorrow), "Novelty 1 has no price"},
	} {
		must(t, tab.Scan(wrong.code))
		says(t, tab, "#strip", wrong.says)
	}
	must(t, tab.Scan(w.codes[1]), tab.See(`#lines .line[data-n="2"]`), tab.Until(`document.querySelector("#strip").innerText === ""`))
}

func wrongQuantities(t *testing.T, w *world, tab *Tab) {
	total := tab.sum(t, "#total")
	for _, wrong := range []struct{ text, says string }{
		{"0", "must be between"},
		{"999999999", "must be between"},
		{"0.5", "whole number"},
		{"-1", "must be"},
		{"x", ""},
	} {
		must(t, tab.Press("F3", 114), tab.See("#sheet-quantity"), tab.Type("#quantity-field", wrong.text), tab.Click("#set-quantity"),
			tab.See("#sheet-quantity .error"))
		says(t, tab, "#sheet-quantity .problem", wrong.says)
		must(t, tab.Press("Escape", 27), tab.Gone("#sheet-quantity"))
	}
	if got := tab.sum(t, "#total"); got != total {
		t.Errorf("the total became %d, was %d", got, total)
	}
}

// noViolations fails on anything that the page's content security policy refused.
func noViolations(t *testing.T, tabs ...*Tab) {
	t.Helper()
	for _, tab := range tabs {
		for _, fault := range tab.Faults() {
			if strings.Contains(fault, "Content Security Policy") {
				t.Error(fault)
			}

		}
	}
}

// TestServerMisbehaves sells while the server answers 500, somebody else's page,
// or nothing, and while its clock is a day away. Everything arrives once.
func TestServerMisbehaves(t *testing.T) {
	w := startWorld(t, 500)
	way := stand(t, w)
	tab := w.browser(t, "till", counter).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	settled(t, tab)
	var sold int64
	for _, bad := range []weather{failing, garbage, silent} {
		way.set(bad)
		must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`), tab.Scan(w.codes[1]), tab.See(`#lines .line[data-n="2"]`))
		sold += tab.sum(t, "#total")
		byCard(t, tab)
		must(t, tab.See("#light .light.busy"))
		says(t, tab, "#light", "waiting since")
		must(t, tab.Click("#light"), tab.See("#sheet-light"))
		if bad != silent {
			says(t, tab, "#sheet-light", "no connection")
		}
		must(t, tab.Press("Escape", 27), tab.Gone("#sheet-light"), tab.Press("Enter", 13), tab.See(onScreen("sell")))
	}
	way.set(clear)
	settled(t, tab)

	way.setClock(-24 * time.Hour)
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	sold += tab.sum(t, "#total")
	byCard(t, tab)
	must(t, tab.See("#light .light.warn"), tab.Click("#light"), tab.See("#sheet-light"))
	says(t, tab, "#sheet-light", "The clock of this device is")
	way.setClock(0)
	must(t, tab.Press("Escape", 27), tab.Gone("#sheet-light"), tab.Press("Enter", 13), tab.See(onScreen("sell")),
		tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	sold += tab.sum(t, "#total")
	byCard(t, tab)
	settled(t, tab)
	if got := receiptsIn(t, w.serverFacts(t, deviceOf(t, tab))); got != sold {
		t.Errorf("the server has %d, sold were %d", got, sold)
	}
	noViolations(t, tab)
}

// quota limits the storage of the tab's origin to bytes; 0 lifts the limit.
func (t *Tab) quota(origin string, bytes float64) error {
	return t.do("set the quota", func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		q := storage.OverrideQuotaForOriginParams{Origin: origin}
		if bytes > 0 {
			q.QuotaSize = &bytes
		}
		_, err := cdp.Call(ctx, target, storage.OverrideQuotaForOrigin, q)
		return chromedp.Void{}, err
	})
}
