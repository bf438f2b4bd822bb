//go:build !js

package story

import (
	"fmt"
	"strings"
	"testing"
)

// onDisk runs a piece of JavaScript over a file of the till, on a page that has
// no till: file is its name, bytes its content, end where its zeros begin. What
// the piece returns is written, unless it is nothing.
const onDisk = `(async () => {
	const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle("till");
	const names = [];
	for await (const name of dir.keys()) if (/%s/.test(name)) names.push(name);
	const file = names.sort().pop();
	if (!file) throw new Error("no such file");
	const handle = await dir.getFileHandle(file);
	const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
	let end = bytes.length;
	while (end > 0 && bytes[end-1] === 0) end--;
	const view = new DataView(bytes.buffer);
	%s;
	const out = await handle.createWritable();
	await out.write(bytes);
	await out.close();
	return true;
})()`

// Harm done to files.
const (
	harmTail   = `bytes.fill(0, end-20, end)`                                                 // an unfinished write
	harmMiddle = `bytes[end-2500] ^= 1`                                                       // a sale before the last
	harmHead   = `bytes.fill(0x55, 0, 4096)`                                                  // a database without its first page
	harmSecond = `const second = 512 + 16 + view.getUint32(512, true); bytes[second+40] ^= 1` // a change of the open receipt
)

// harm leaves the till's page, damages files and comes back.
func harm(t *testing.T, w *world, tab *Tab, how string, files ...string) {
	t.Helper()
	must(t, tab.Open(w.URL+"/healthz"))
	for _, file := range files {
		harmFile(t, tab, file, how)
	}
	must(t, tab.Open(w.URL+"/till"))
}

func harmFile(t *testing.T, tab *Tab, file, how string) {
	t.Helper()
	// The worker of the page before may still hold the file for a moment.
	until(t, "the file "+file+" is free", func() bool {
		_, err := Eval[bool](tab, fmt.Sprintf(onDisk, file, how))
		if err != nil && !strings.Contains(err.Error(), "NoModificationAllowed") {
			t.Fatal(err)
		}
		return err == nil
	})
}

// sell sells two goods by card and returns the total.
func sell(t *testing.T, w *world, tab *Tab) int64 {
	t.Helper()
	if screen, err := Eval[string](tab, `document.querySelector("#till").dataset.screen`); err != nil {
		t.Fatal(err)
	} else if screen == "paid" {
		must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")))
	}
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`), tab.Scan(w.codes[1]), tab.See(`#lines .line[data-n="2"]`))
	total := tab.sum(t, "#total")
	byCard(t, tab)
	return total
}

// TestDamagedFiles damages each file of the till between two starts. The till
// says what it found, sells, and every paid sale reaches the server, once.
func TestDamagedFiles(t *testing.T) {
	w := startWorld(t, 500)
	way := stand(t, w)
	tab := w.browser(t, "till", counter).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	settled(t, tab)
	way.set(failing)
	var sold int64
	for _, d := range []struct {
		what, how, says string
		files           []string
	}{
		{"unfinished write", harmTail, "journal.torn", []string{"^journal-"}},
		{"byte in the journal", harmMiddle, "journal.damaged", []string{"^journal-"}},
		// The log beside the database may hold its first page, too.
		{"database", harmHead, "database.rebuilt", []string{"^local-\\d+\\.db$", "^local-\\d+\\.db-wal$"}},
	} {
		sold += sell(t, w, tab) + sell(t, w, tab)
		harm(t, w, tab, d.how, d.files...)
		must(t, tab.See(phase("signed-out")))
		notices, err := tab.Text(".gate-notices")
		must(t, err)
		if !strings.Contains(notices, d.says) {
			t.Errorf("%s: the start says %q, want %s", d.what, notices, d.says)
		}
		t.Logf("%s: %s", d.what, notices)
		w.signIn(t, tab)
	}

	// The open receipt: what was scanned before the damage is there.
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`), tab.Scan(w.codes[1]), tab.See(`#lines .line[data-n="2"]`),
		tab.Scan(w.codes[2]), tab.See(`#lines .line[data-n="3"]`))
	harm(t, w, tab, harmSecond, "^draft$")
	says(t, tab, ".gate-notices", "journal.damaged")
	w.signIn(t, tab)
	must(t, tab.See(`#lines .line[data-n="1"]`), tab.Until(`document.querySelectorAll("#lines .line").length === 1`))
	sold += tab.sum(t, "#total")
	byCard(t, tab)

	// The goods: without them nothing can be sold, so they come again by themselves.
	harm(t, w, tab, harmHead, "^reference-\\d+\\.db$")
	must(t, tab.See(phase("loading")))
	must(t, tab.See(".error"))
	way.set(clear)
	w.signIn(t, tab)
	sold += sell(t, w, tab)
	settled(t, tab)
	if got := receiptsIn(t, w.serverFacts(t, deviceOf(t, tab))); got != sold {
		t.Errorf("the server has %d, sold were %d", got, sold)
	}
	noViolations(t, tab)
}

// TestStorageFull starts a till with an open receipt on a device that has no room
// left, not even the reserve. It opens, says so, keeps the receipt, and goes on
// when there is room again.
func TestStorageFull(t *testing.T) {
	w := startWorld(t, 500)
	tab := w.browser(t, "till", counter).First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	sold := sell(t, w, tab)
	must(t, tab.Press("Enter", 13), tab.See(onScreen("sell")),
		tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`), tab.Scan(w.codes[1]), tab.See(`#lines .line[data-n="2"]`))
	total := tab.sum(t, "#total")

	must(t, tab.quota(w.URL, 1), tab.Open(w.URL+"/till"), tab.See(phase("signed-out")), tab.Keys(w.pin), tab.Enter())
	says(t, tab, ".problem", "storage of this device is full")
	must(t, tab.quota(w.URL, 0), tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	must(t, tab.See(`#lines .line[data-n="2"]`))
	if got := tab.sum(t, "#total"); got != total {
		t.Errorf("the open receipt is %d, was %d", got, total)
	}
	sold += total
	byCard(t, tab)
	sold += sell(t, w, tab)
	settled(t, tab)
	if got := receiptsIn(t, w.serverFacts(t, deviceOf(t, tab))); got != sold {
		t.Errorf("the server has %d, sold were %d", got, sold)
	}
	noViolations(t, tab)
}

// TestOneTabSells opens a till twice, and in a browser that keeps nothing.
func TestOneTabSells(t *testing.T) {
	w := startWorld(t, 500)
	way := stand(t, w)
	browser := w.browser(t, "till", counter)
	tab := browser.First()
	w.enrol(t, tab, "1", 1)
	w.signIn(t, tab)
	must(t, tab.Scan(w.codes[0]), tab.See(`#lines .line[data-n="1"]`))
	total := tab.sum(t, "#total")

	second, err := browser.NewTab(counter)
	must(t, err, second.Open(w.URL+"/till"), second.See(phase("elsewhere")))
	says(t, second, ".gate", "open in another tab")
	must(t, second.Click("#take-over"))
	w.signIn(t, second)
	if got := second.sum(t, "#total"); got != total {
		t.Errorf("the receipt taken over is %d, was %d", got, total)
	}
	must(t, tab.Until(`document.querySelector("#till").dataset.phase === "elsewhere"`))
	says(t, tab, ".gate", "open in another tab")
	byCard(t, second)
	settled(t, second)
	noViolations(t, tab, second)

	for _, missing := range []string{
		`delete StorageManager.prototype.getDirectory;`,
		`delete Navigator.prototype.locks; delete WorkerNavigator.prototype.locks;`,
		`delete FileSystemFileHandle.prototype.createSyncAccessHandle;`,
	} {
		way.setPrelude(`try { ` + strings.ReplaceAll(missing, "; ", "; } catch {} try { ") + ` } catch {}`)
		bare := w.browser(t, "bare"+fmt.Sprint(len(missing)), counter)
		bareTab := bare.First()
		must(t, bareTab.Open(w.URL+"/till"), bareTab.See(phase("refused")))
		says(t, bareTab, ".gate", "can’t sell now", "no safe storage", "storage.missing")
		bare.Close()
	}
}

// TestManagerOffline opens the dashboard with the server gone.
func TestManagerOffline(t *testing.T) {
	w := startWorld(t, 500)
	desk := w.browser(t, "desk", counter).First()
	must(t, desk.Open(w.URL+"/manager"), desk.Type("#login", "manager"), desk.Type("#password", w.manager), desk.Click("#log-in"),
		desk.Until(`document.querySelector("#card-revenue").dataset.value > 0`), desk.Until(kept))
	must(t, w.Stop())
	must(t, desk.Open(w.URL+"/manager"), desk.Until(`document.querySelector("#card-revenue").dataset.value > 0`))
	before, err := Eval[string](desk, `document.querySelector("#card-revenue").dataset.value`)
	must(t, err, desk.Click("#filter-stores"), desk.Until(`document.querySelectorAll(".options .option").length > 1`))
	_, err = Eval[bool](desk, `document.querySelectorAll(".options .option")[1].click(), true`)
	must(t, err, desk.Until(`document.querySelector("#card-revenue").dataset.value !== "`+before+`"`))
	says(t, desk, "main", "offline: shows what is on this device")
	noViolations(t, desk)
}
