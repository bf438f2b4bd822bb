//go:build !js

package story

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

var (
	tablet  = Look{Width: 1280, Height: 800, Lang: "ru"}
	upright = Look{Width: 820, Height: 1180, Lang: "en"}
)

// TestOneSaleAllTheWay follows sales from the scanner to the manager's screen,
// with the server down and the browser killed on the way, and finds the same
// total in the printed receipts, the till's journal, the server's journal, the
// warehouse and the dashboard.
func TestOneSaleAllTheWay(t *testing.T) {
	w := startWorld(t, 2000)
	till := w.browser(t, "till", tablet)
	tab := till.First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	capturePrints(t, tab)

	var printed int64
	printed += sellForCash(t, w, tab)
	settled(t, tab)

	// The server goes away with a receipt open; the page is loaded again.
	must(t, w.Stop())
	must(t, tab.Scan(w.codes[3]), tab.See(`#lines .line[data-n="1"]`), tab.Scan(w.codes[4]), tab.See(`#lines .line[data-n="2"]`))
	open := tab.sum(t, "#total")
	must(t, tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	must(t, tab.See(`#lines .line[data-n="2"]`))
	if got := tab.sum(t, "#total"); got != open {
		t.Errorf("after a reload the open receipt is %d, want %d", got, open)
	}
	capturePrints(t, tab)
	printed += payByCard(t, tab)

	// The browser is killed with another receipt open.
	must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")), tab.Scan(w.codes[5]), tab.See(`#lines .line[data-n="1"]`))
	must(t, till.Kill())
	till = w.browser(t, "till", tablet)
	tab = till.First()
	must(t, tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	must(t, tab.See(`#lines .line[data-n="1"]`), tab.Until(`/\d/.test(document.querySelector("#light").innerText)`))
	capturePrints(t, tab)
	printed += payByCard(t, tab)

	// The server is back: everything arrives by itself.
	must(t, w.Start(t.Context()))
	settled(t, tab)

	desk := w.browser(t, "desk", upright).First()
	w.openDesk(t, desk)
	must(t, desk.Until(cardShows("revenue", printed)))

	// A sale appears on the open dashboard without reloading it.
	must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")))
	printed += sellForCash(t, w, tab)
	must(t, desk.Until(cardShows("revenue", printed)), desk.Until(cardShows("receipts", 4)))

	paper := closeShift(t, tab)
	if !strings.Contains(digits(paper), fmt.Sprint(printed)) {
		t.Errorf("the Z report does not say %d:\n%s", printed, paper)
	}
	settled(t, tab)
	for place, got := range map[string]int64{
		"till's journal":   receiptsIn(t, tillFacts(t, tab)),
		"server's journal": receiptsIn(t, w.serverFacts(t, deviceOf(t, tab))),
		"warehouse":        w.warehouse(t),
	} {
		if got != printed {
			t.Errorf("%s: %d, printed were %d", place, got, printed)
		}
	}
	if out, err := w.Run(t.Context(), "verify"); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
	if faults := tab.Faults(); len(faults) > 0 {
		t.Logf("the till's page said: %q", faults)
	}
}

// sellForCash scans three goods, one of them twice, takes one back, changes a
// quantity and takes cash; it returns the total that was printed.
func sellForCash(t *testing.T, w *world, tab *Tab) int64 {
	t.Helper()
	must(t,
		tab.Scan(w.codes[0]), tab.Scan(w.codes[1]), tab.Scan(w.codes[0]), tab.Scan(w.codes[2]),
		tab.See(`#lines .line[data-n="3"]`),
		tab.Until(`document.querySelectorAll("#lines .line").length === 3`),
		tab.Click(`#lines .line[data-n="2"]`), tab.Click("#act-void"),
		tab.See(`#lines .line.voided[data-n="2"]`))
	total := tab.sum(t, "#total")
	must(t, tab.Press("F12", 123), tab.See(onScreen("pay")))
	if due := tab.sum(t, "#due"); due != total {
		t.Errorf("to pay is %d, the receipt says %d", due, total)
	}
	must(t, tab.Keys("99999"), tab.Press("F12", 123))
	says(t, tab, "#pay-problem", "Проверьте полученную сумму") // so much change wants a second press
	must(t, tab.Press("F12", 123), tab.See(onScreen("paid")))
	if change := tab.sum(t, "#change"); change != 9999900-total {
		t.Errorf("change is %d, want %d", change, 9999900-total)
	}
	return printedTotal(t, tab)
}

func payByCard(t *testing.T, tab *Tab) int64 {
	t.Helper()
	must(t, tab.Press("F12", 123), tab.See(onScreen("pay")), tab.Press("F11", 122), tab.See(onScreen("paid")))
	return printedTotal(t, tab)
}

// capturePrints keeps what the page sends to the printer.
func capturePrints(t *testing.T, tab *Tab) {
	t.Helper()
	_, err := Eval[bool](tab, `window.print = () => { window.paper = document.querySelector(".slip .paper").cloneNode(true); }, true`)
	must(t, err)
}

func printedTotal(t *testing.T, tab *Tab) int64 {
	t.Helper()
	_, err := Eval[bool](tab, `window.paper = undefined, true`)
	must(t, err, tab.Press("F6", 117), tab.Until(`window.paper !== undefined`))
	text, err := Eval[string](tab, `window.paper.querySelector(".paper-total :last-child").textContent`)
	must(t, err)
	return minor(t, text)
}

// settled waits until nothing waits to be sent.
func settled(t *testing.T, tab *Tab) {
	t.Helper()
	must(t, tab.See("#light .light.good"))
}

func closeShift(t *testing.T, tab *Tab) string {
	t.Helper()
	must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")), tab.Click("#menu"), tab.Click("#act-close"),
		tab.Click("#close-shift"), tab.See(onScreen("report")))
	text, err := tab.Text("#report .paper")
	must(t, err)
	return text
}

// openDesk logs the manager in and shows the day on which the world began and the
// next: a story may go on over midnight.
func (w *world) openDesk(t *testing.T, desk *Tab) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	must(t, err)
	first := time.UnixMilli(w.began).In(zone)
	days := url.Values{"period": {"own"}, "from": {first.Format(time.DateOnly)}, "to": {first.AddDate(0, 0, 1).Format(time.DateOnly)}, "compare": {"none"}}
	must(t, desk.Open(w.URL+"/manager"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.See("#card-revenue"), desk.Open(w.URL+"/manager?"+days.Encode()))
}

// cardShows is the condition that a number of the dashboard has a value.
func cardShows(card string, value int64) string {
	return fmt.Sprintf(`document.querySelector("#card-%s").dataset.value === "%d"`, card, value)
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// receiptsIn sums the paid receipts among facts and fails on one that is there twice.
func receiptsIn(t *testing.T, facts [][]byte) int64 {
	t.Helper()
	var sum int64
	numbers := map[string]bool{}
	for _, raw := range facts {
		f, err := fact.Decode(raw)
		must(t, err)
		if f.Kind != fact.SaleRegistered {
			continue
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		must(t, err)
		if numbers[r.Number] || numbers[r.ID] {
			t.Errorf("receipt %s is there twice", r.Number)
		}
		numbers[r.Number], numbers[r.ID] = true, true
		sum += int64(r.Total)
	}
	return sum
}

const tillFiles = `(async () => {
	const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle("till");
	const files = {};
	for await (const [name, handle] of dir.entries()) {
		if (!name.startsWith("journal") && name !== "identity") continue;
		const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
		let text = "";
		for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
		files[name] = btoa(text);
	}
	return JSON.stringify(files);
})()`

// tillDisk copies the till's journal out of the browser.
func tillDisk(t *testing.T, tab *Tab) (*opfs.Memory, wire.Enrolment) {
	t.Helper()
	text, err := Eval[string](tab, tillFiles)
	must(t, err)
	var files map[string]string
	must(t, json.Unmarshal([]byte(text), &files))
	disk := opfs.NewMemory()
	var id wire.Enrolment
	for name, content := range files {
		bytes, err := base64.StdEncoding.DecodeString(content)
		must(t, err)
		file, err := disk.Open(name, true)
		must(t, err)
		_, err = file.WriteAt(bytes, 0)
		must(t, err, file.Flush(), file.Close())
		if name == "identity" {
			must(t, json.Unmarshal(bytes[len("checksum\n"):], &id))
		}
	}
	return disk, id
}

func tillFacts(t *testing.T, tab *Tab) [][]byte {
	t.Helper()
	disk, id := tillDisk(t, tab)
	j, report, err := journal.Open(disk, journal.Identity{Device: id.Device, Epoch: id.Epoch, Store: id.Store.ID, Till: id.Till})
	must(t, err)
	if len(report.Damages) > 0 {
		t.Errorf("the till's journal is damaged: %+v", report)
	}
	var facts [][]byte
	must(t, j.Each(0, func(_ uint64, raw []byte) error {
		facts = append(facts, append([]byte{}, raw...))
		return nil
	}))
	return facts
}

func deviceOf(t *testing.T, tab *Tab) string {
	t.Helper()
	_, id := tillDisk(t, tab)
	return id.Device
}

func (w *world) serverFacts(t *testing.T, device string) [][]byte {
	t.Helper()
	var facts [][]byte
	w.query(t, "journal.db", `SELECT fact.bytes
		FROM fact JOIN chain ON chain.id = fact.chain
		WHERE chain.device = ?
		ORDER BY fact.pos`, func(r sqlite.Row) error {
		facts = append(facts, r.Blob(0))
		return nil
	}, device)
	return facts
}

// warehouse sums what the warehouse knows of the time since the world began: the
// demo chain itself ends yesterday.
func (w *world) warehouse(t *testing.T) int64 {
	t.Helper()
	var sum int64
	w.query(t, "warehouse.db", `SELECT coalesce(sum(net), 0) FROM receipt WHERE at >= ?`, func(r sqlite.Row) error {
		sum = r.Int64(0)
		return nil
	}, w.began)
	return sum
}
