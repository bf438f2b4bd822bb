//go:build !js

package story

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"tillsight/shared/sqlite"
)

// TestRulesOfSale sells what asks for an age, what is past its date, what is
// banned at this hour and what is stopped meanwhile, counts the shelf and arranges
// a quick key: what a manager changes at the desk is at the till within seconds.
func TestRulesOfSale(t *testing.T) {
	w := startWorld(t, 2000)
	tab := w.browser(t, "till", tablet).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	capturePrints(t, tab)
	desk := w.browser(t, "desk", upright).First()
	must(t, desk.Open(w.URL+"/manager/rules"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.See(`.item[data-ban="alcohol-night"]`))
	photo(t, desk, "rules-list")
	r := &ruled{world: w, T: t, tab: tab, desk: desk}
	r.asksForAge()
	r.readsDates()
	r.bansByTheHour()
	r.stopsAtOnce()
	r.countsTheShelf()
	r.arrangesKeys()
	settled(t, tab)
	w.audited(t)
}

// ruled is a till beside the desk that rules it.
type ruled struct {
	*world
	*testing.T
	tab, desk *Tab
}

// lines waits until the receipt has n positions.
func (r *ruled) lines(n int) {
	r.Helper()
	must(r.T, r.tab.Until(fmt.Sprintf(`document.querySelectorAll("#lines .line:not(.voided)").length === %d`, n)))
}

// says waits until the message beside the input says something.
func (r *ruled) says(words string) {
	r.Helper()
	must(r.T, r.tab.Until(fmt.Sprintf(`document.querySelector("#strip").textContent.includes(%q)`, words)))
}

// heard waits until the till has what the server has.
func (r *ruled) heard() {
	r.Helper()
	r.follow(r.T, r.tab)
}

// asksForAge sells cigarettes: scanning goes on, paying waits for the answer.
func (r *ruled) asksForAge() {
	var code string
	r.query(r.T, "reference.db", `SELECT b.code FROM barcode b JOIN product p ON p.id = b.product
		WHERE p.category = 'cigarettes' AND NOT p.stopped AND b.factor = 1000 ORDER BY b.code LIMIT 1`, func(row sqlite.Row) error {
		code = row.Text(0)
		return nil
	})
	must(r.T, r.tab.Scan(code), r.tab.See("#age"), r.tab.Scan(r.codes[0]))
	r.lines(2)
	photo(r.T, r.tab, "till-age")
	must(r.T, r.tab.Press("F12", 123))
	r.says("18")
	must(r.T, r.tab.See(onScreen("sell")), r.tab.Click("#age-yes"), r.tab.Gone("#age"))
	payByCard(r.T, r.tab)
	settled(r.T, r.tab)
	confirmed := 0
	r.query(r.T, "journal.db", `SELECT count(*) FROM fact WHERE instr(CAST(bytes AS TEXT), '"age":{"years":18,"by":"102"') > 0`, func(row sqlite.Row) error {
		confirmed = row.Int(0)
		return nil
	})
	if confirmed != 1 {
		r.Errorf("%d facts say who confirmed the age", confirmed)
	}
	must(r.T, r.tab.Press("Enter", 13), r.tab.See(onScreen("sell")), r.tab.Scan(code), r.tab.See("#age"), r.tab.Scan(r.codes[0]))
	r.lines(2)
	must(r.T, r.tab.Click("#age-no"), r.tab.Gone("#age"))
	r.lines(1)
	photo(r.T, r.tab, "till-too-young")
}

// readsDates scans GS1 codes: past the date, and with a batch that is still good.
func (r *ruled) readsDates() {
	gtin := fmt.Sprintf("%014s", r.codes[1])
	must(r.T, r.tab.Scan("01"+gtin+"17260101"))
	r.says("01.01.2026")
	r.lines(1)
	photo(r.T, r.tab, "till-expired")
	good := r.clock.Now().AddDate(1, 0, 0)
	must(r.T, r.tab.Scan("01"+gtin+"17"+good.Format("060102")+"10LOT7"))
	r.lines(2)
	must(r.T, r.tab.Until(`document.querySelector("#lines .line.newest .line-detail").textContent.includes("LOT7")`))
}

// bansByTheHour makes a ban around this hour while its goods are on the receipt.
func (r *ruled) bansByTheHour() {
	zone, err := time.LoadLocation("Europe/Moscow")
	must(r.T, err)
	now := r.clock.Now().In(zone)
	sku, _ := r.priceOf(r.T, r.codes[1])
	must(r.T, r.desk.Click("#ban-new"), r.desk.Type("#ban-ru", "час тишины"), r.desk.Type("#ban-en", "an hour of silence"), r.desk.Type("#ban-skus", sku),
		r.desk.Type("#ban-from", now.Add(-2*time.Hour).Format("15:04")), r.desk.Type("#ban-to", now.Add(2*time.Hour).Format("15:04")))
	photo(r.T, r.desk, "rules-ban")
	must(r.T, r.desk.Click("#ban-save"), r.desk.See(".rules-page .toast.good"))
	r.heard()
	must(r.T, r.tab.Scan(r.codes[1]))
	r.says(now.Add(2 * time.Hour).Format("15:04"))
	r.lines(2)
	photo(r.T, r.tab, "till-banned")
	must(r.T, r.tab.Press("F12", 123), r.tab.See(onScreen("pay")), r.tab.See("#ban-off"))
	photo(r.T, r.tab, "till-banned-at-payment")
	must(r.T, r.tab.Click("#ban-off"), r.tab.Gone("#ban-off"))
	must(r.T, r.tab.Press("F11", 122), r.tab.See(onScreen("paid")), r.tab.Press("Enter", 13), r.tab.See(onScreen("sell")))
}

// stopsAtOnce puts an article on the stop list from the list of goods.
func (r *ruled) stopsAtOnce() {
	sku, _ := r.priceOf(r.T, r.codes[2])
	must(r.T, r.desk.Click("#tab-goods"), r.desk.See(".goods-row"))
	photo(r.T, r.desk, "goods-list")
	must(r.T, r.desk.Type("#goods-find", sku), r.desk.Until(`document.querySelectorAll(".goods-row").length === 1`),
		r.desk.Click(`.goods-row[data-sku="`+sku+`"] input`), r.desk.Click("#goods-stop"), r.desk.See(`.goods-row[data-sku="`+sku+`"].goods-stopped`))
	r.heard()
	must(r.T, r.tab.Scan(r.codes[2]))
	r.says("стоп")
	photo(r.T, r.tab, "till-stopped")
	must(r.T, r.desk.Click(`.goods-row[data-sku="`+sku+`"] .goods-name`), r.desk.See("#good-ru"))
	photo(r.T, r.desk, "goods-card")
}

// countsTheShelf writes down at the desk what is left; the till says so, without
// what lies on its counter.
func (r *ruled) countsTheShelf() {
	sku, _ := r.priceOf(r.T, r.codes[4])
	must(r.T, r.desk.Click("#good-back"), r.desk.Click("#goods-stock"), r.desk.Click("#filter-stock-store"), r.desk.Click("#stock-store-1"),
		r.desk.Gone(".backdrop"), r.desk.Click("#stock-count"), r.desk.See(`#stock-count[aria-pressed="true"], #stock-count[aria-pressed=""]`), r.desk.Type("#stock-lines", sku+"; 3"), r.desk.Until(`!document.querySelector("#stock-save").disabled`),
		r.desk.Click("#stock-save"), r.desk.See(".goods-page .toast.good"))
	r.heard()
	left := func(n int) {
		r.Helper()
		must(r.T, r.tab.Type("#find", sku), r.tab.Until(fmt.Sprintf(`document.querySelector(".found-code").textContent.includes("≈ %d")`, n)), r.tab.Press("Escape", 27))
	}
	left(3)
	must(r.T, r.tab.Scan(r.codes[4]))
	r.lines(1)
	left(2)
	payByCard(r.T, r.tab)
	must(r.T, r.tab.Press("Enter", 13), r.tab.See(onScreen("sell")))
}

// arrangesKeys puts a product on the first quick key's page and moves it there.
func (r *ruled) arrangesKeys() {
	sku, _ := r.priceOf(r.T, r.codes[3])
	must(r.T, r.desk.Click("#tab-quick-keys"), r.desk.See("#key-0"))
	count, err := Eval[int](r.desk, `document.querySelectorAll(".keys-tiles .tile").length`)
	must(r.T, err)
	must(r.T, r.desk.Type("#keys-find", sku), r.desk.Click("#keys-add-"+sku), r.desk.See("#key-"+strconv.Itoa(count)),
		r.desk.Type("#key-picture", "⭐"), r.desk.Click("#key-colour-red"), r.desk.Click("#key-left"))
	photo(r.T, r.desk, "quick-keys")
	must(r.T, r.desk.Click("#keys-save"), r.desk.Until(`document.querySelector(".keys-page .toast.good") !== null`))
	r.heard()
	must(r.T, r.tab.Until(`document.querySelector('.tile[data-sku="`+sku+`"]') !== null`))
	place, err := Eval[string](r.tab, `document.querySelector('.tile[data-sku="`+sku+`"]').dataset.i + document.querySelector('.tile[data-sku="`+sku+`"]').dataset.colour`)
	if must(r.T, err); place != strconv.Itoa(count-1)+"red" {
		r.Errorf("the key is at %s of %d", place, count)
	}
	sign, err := r.tab.Text(`.tile[data-sku="` + sku + `"] .tile-sign`)
	if must(r.T, err); !strings.Contains(sign, "⭐") {
		r.Errorf("the key shows %q", sign)
	}
	photo(r.T, r.tab, "till-keys")
	must(r.T, r.tab.Click(`.tile[data-sku="`+sku+`"]`))
	r.lines(1)
	payByCard(r.T, r.tab)
}
