//go:build !js

package story

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// TestPricesForSomeCustomers gives goods other prices in every way there is and
// sells them: a price list that follows the card, a coupon that there is one of, a
// serial coupon, a markdown label and regulated prices. The server comes to the
// same sums.
func TestPricesForSomeCustomers(t *testing.T) {
	w := startWorld(t, 2000)
	sku, price := w.priceOf(t, w.codes[0])
	card := w.cardOf(t, "staff")
	desk := w.browser(t, "desk", upright).First()
	must(t, desk.Open(w.URL+"/manager/price-lists"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.See(`.item-rule[data-list="seniors-morning"]`))
	photo(t, desk, "lists")
	makeList(t, desk, sku, price)

	tab := w.browser(t, "till", tablet).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	capturePrints(t, tab)
	w.follow(t, tab)

	// The card comes after the goods, goes, and comes back.
	total := func(want int64) {
		t.Helper()
		must(t, tab.Until(fmt.Sprintf(`document.querySelector("#total").textContent.replace(/\D/g, "") === "%d"`, want)))
	}
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	total(price)
	must(t, tab.Scan(card), tab.See("#card-off"), tab.Until(`document.querySelector("#lines .line-note").textContent.includes("Story")`))
	total(price / 2)
	photo(t, tab, "till-list")
	must(t, tab.Click("#lines .line-why"), tab.See(`#sheet-why .why-won[data-list="Story"]`))
	photo(t, tab, "till-list-why")
	must(t, tab.Press("Escape", 27), tab.Gone("#sheet-why"), tab.Click("#card-off"), tab.Gone("#card-off"))
	total(price)
	must(t, tab.Scan(card), tab.See("#card-off"))
	total(price / 2)
	printed := payByCard(t, tab)
	paper, err := Eval[string](tab, `window.paper.textContent`)
	if must(t, err); !strings.Contains(paper, "Story") {
		t.Errorf("the paper does not name the list: %s", paper)
	}

	// A coupon of which there is one, and a code of its own.
	post(t, desk, wire.GetPromotions.Path, `{"rule":{"id":"one","name":{"ru":"Один"},"kind":"line","priority":90,"goods":{"skus":["`+sku+`"]},"off":{"bp":100},"coupon":{"code":"STORY"},"limit_total":1}}`)
	saved := post(t, desk, wire.GetPromotions.Path, `{"rule":{"id":"own","name":{"ru":"Свой"},"kind":"line","priority":80,"goods":{"skus":["`+sku+`"]},"off":{"bp":200},"coupon":{"prefix":"ST","length":12,"issued":9}}}`)
	var made wire.SavedPromotion
	must(t, json.Unmarshal([]byte(saved), &made))
	w.follow(t, tab)
	next := func(codes ...string) {
		t.Helper()
		must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")))
		for _, code := range codes {
			must(t, tab.Scan(code))
		}
	}
	next(w.codes[0], "STORY")
	total(price - percent(price, 1))
	printed += payByCard(t, tab)
	next(w.codes[0], "STORY")
	must(t, tab.See("#coupon-off-STORY"))
	total(price) // the till knows that it was the only one
	own := made.Promotion.Rule.Coupon.Serial(9)
	must(t, tab.Click("#coupon-off-STORY"), tab.Gone("#coupon-off-STORY"), tab.Scan(own), tab.See("#coupon-off-"+own))
	total(price - percent(price, 2))
	printed += payByCard(t, tab)
	next(w.codes[0], own)
	must(t, tab.Until(`document.querySelector("#strip").textContent.includes("`+own+`")`))
	photo(t, tab, "till-coupon-used")
	total(price)

	// A label, and what the state says.
	digits := "2520" + fmt.Sprintf("%08s", sku)
	must(t, tab.Scan(digits+string(barcode.CheckDigit(digits))), tab.See(`#lines .line[data-n="2"]`), tab.Until(`document.querySelector('#lines .line[data-n="2"] .line-note').textContent.includes("20")`))
	photo(t, tab, "till-label")
	printed += payByCard(t, tab)
	dear, dearPrice := w.priceOf(t, w.codes[5])
	cheap, cheapPrice := w.priceOf(t, w.codes[6])
	post(t, desk, wire.SaveRegulation.Path, fmt.Sprintf(`{"regulation":{"id":"most","name":{"ru":"Предел"},"goods":{"skus":["%s"]},"max":%d,"fixed":true}}`, dear, dearPrice-100))
	post(t, desk, wire.SaveRegulation.Path, fmt.Sprintf(`{"regulation":{"id":"least","name":{"ru":"Минимум"},"goods":{"skus":["%s"]},"min":%d}}`, cheap, cheapPrice+100))
	w.follow(t, tab)
	next(w.codes[5])
	must(t, tab.See(`#lines .line[data-n="1"]`))
	total(dearPrice - 100)
	must(t, tab.Scan(w.codes[6]), tab.Until(`document.querySelector("#strip").textContent.includes("Минимум")`))
	photo(t, tab, "till-law")
	must(t, tab.Click("#act-discount"), tab.Type("#discount-field", "5"), tab.Click("#set-discount"), tab.Until(`document.querySelector("#sheet-discount").textContent.includes("Предел")`), tab.Press("Escape", 27))
	printed += payByCard(t, tab)
	settled(t, tab)
	w.audited(t)
	if got := w.warehouse(t); got != printed {
		t.Errorf("the warehouse has %d, printed were %d", got, printed)
	}

	must(t, desk.Open(w.URL+"/manager/price-lists"), desk.See(`.item-rule[data-law="least"]`), desk.Until(`document.querySelector('.item-rule[data-law="least"] .law-against').textContent !== ""`),
		desk.Type("#when-skus", sku), desk.Click("#when-add-"+sku), desk.See("#when-table"),
		desk.Until(`document.querySelector('#when-table tr[data-group="staff"]').textContent.includes("Story")`))
	photo(t, desk, "lists-when")
}

// makeList makes a price list for the staff and halves the price of an article in it.
func makeList(t *testing.T, desk *Tab, sku string, price int64) {
	t.Helper()
	must(t, desk.Click("#list-new"), desk.See(`.form-problems li[data-path="name"]`), desk.Type("#list-ru", "Story"), desk.Type("#list-en", "Story"), desk.Click("#list-group-staff"))
	photo(t, desk, "list-form")
	must(t, desk.Click("#list-save"), desk.See(`.item-rule[data-list^="l"] [id^="list-prices-l"]`), desk.Click(`[id^="list-prices-l"]`), desk.Click("#list-change"), desk.See("#list-text"),
		desk.Type("#list-text", fmt.Sprintf("%s;%d.%02d", sku, price/200, price/2%100)), desk.Click("#list-preview"), desk.See("#list-sum"))
	photo(t, desk, "list-preview")
	must(t, desk.Click("#list-write"), desk.See(`.list-price[data-sku="`+sku+`"]`))
	photo(t, desk, "list-prices")
}

// post sends a message as the person who is logged in.
func post(t *testing.T, desk *Tab, path, body string) string {
	t.Helper()
	text, err := Eval[string](desk, fmt.Sprintf(`fetch(%q, {method: "POST", headers: {"X-Tillsight": "1", "Content-Type": "application/json"}, body: %q})
		.then(r => r.text().then(text => r.ok && !text.includes("problems") ? text : Promise.reject(text)))`, path, body))
	must(t, err)
	return text
}

// percent is a share of a sum, rounded half up.
func percent(sum, share int64) int64 { return (sum*share + 50) / 100 }

// follow waits until the till has the newest reference data.
func (w *world) follow(t *testing.T, tab *Tab) {
	t.Helper()
	must(t, tab.Until(fmt.Sprintf(`Number(document.querySelector("#till").dataset.data) >= %d`, w.version(t))))
}

// cardOf returns the card of a customer of a group, and of no other.
func (w *world) cardOf(t *testing.T, group string) (card string) {
	t.Helper()
	w.query(t, "reference.db", `SELECT card FROM customer_card WHERE groups = ? ORDER BY card LIMIT 1`, func(r sqlite.Row) error {
		card = r.Text(0)
		return nil
	}, `["`+group+`"]`)
	if card == "" {
		t.Fatalf("nobody is of group %q", group)
	}
	return card
}
