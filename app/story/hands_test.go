//go:build !js

package story

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestHands sells at a till of 100 000 articles by keyboard alone, by touch
// alone, by what people type, and with a thousand lines.
func TestHands(t *testing.T) {
	w := startWorld(t, 100_000)
	b := w.browser(t, "hands", Look{Width: 1280, Height: 800, Lang: "ru"})
	tab := b.First()
	w.enrol(t, tab, "1", 1)
	// In this order: touch opens the shift that the others sell in.
	for _, part := range []struct {
		name string
		do   func(*testing.T, *world, *Tab)
	}{
		{"touch alone", touchAlone},
		{"keyboard alone", keyboardAlone},
		{"search", searches},
		{"a thousand lines", thousandLines},
	} {
		if !t.Run(part.name, func(t *testing.T) { part.do(t, w, tab) }) {
			return
		}
	}
}

// touches clicks keys of the pad that css selects.
func touches(tab *Tab, css, keys string) error {
	var errs []error
	for _, key := range keys {
		errs = append(errs, tab.Click(fmt.Sprintf(`%s [data-key="%c"]`, css, key)))
	}
	return errors.Join(errs...)
}

func touchAlone(t *testing.T, w *world, tab *Tab) {
	must(t,
		touches(tab, ".pin-pad", w.pin), tab.Click("#sign-in"),
		tab.See("#float"), touches(tab, ".keypad", "1000"), tab.Click("#open-shift"), tab.See(phase("selling")),
		// A quick key, and a name written on the screen.
		tab.Click(".tile:not(.stopped)"), tab.See(`#lines .line[data-n="1"]`),
		tab.Click("#letters-open"), touches(tab, "#letters", "моло"), tab.See("#results"),
		tab.Click("#letters-close"), tab.See(".keypad"), tab.Click("#result-0"), tab.See(`#lines .line[data-n="2"]`),
		// Three of the next, by its barcode.
		touches(tab, ".keypad", "3"), tab.Click("#times"), tab.Until(`document.querySelector("#times").innerText.includes("3")`),
		touches(tab, ".keypad", w.codes[0]), tab.See("#result-0"), tab.Click("#result-0"),
		tab.Until(`document.querySelector('#lines .line[data-n="3"] .line-detail').textContent.startsWith("3 ")`),
		tab.Click("#act-void"), tab.See(`#lines .line[data-n="3"].voided`),
		tab.Click("#undo"), tab.Gone(`#lines .line.voided`),
		tab.Click("#pay"), tab.See(onScreen("pay")), tab.Click("#pay-exact"), tab.See(onScreen("paid")),
		tab.Click("#next-sale"), tab.See(onScreen("sell")))
	small, err := Eval[string](tab, `[...document.querySelectorAll("button")].filter(b => b.offsetParent && !b.closest(".line"))
		.map(b => [b, b.getBoundingClientRect()]).filter(([, r]) => r.height < 43.5 || r.width < 43.5)
		.map(([b, r]) => (b.id || b.className) + " " + r.width + "×" + r.height).join(", ")`)
	if must(t, err); small != "" {
		t.Errorf("too small for fingers: %s", small)
	}
}

// keyLine presses keys that need no field: "F12", or a character.
func keyLine(tab *Tab, keys ...string) error {
	codes := map[string]int64{"Enter": 13, "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}
	var errs []error
	for _, key := range keys {
		code, named := codes[key]
		switch {
		case named && key != "Enter":
			errs = append(errs, tab.Press(key, code))
		case key == "Enter":
			errs = append(errs, tab.Enter())
		case len(key) > 1 && key[0] == 'F':
			var n int64
			fmt.Sscan(key[1:], &n)
			errs = append(errs, tab.Press(key, 111+n))
		case key == "/":
			errs = append(errs, tab.Write(key), tab.Until(`document.activeElement?.id === "find" && !document.activeElement.value.startsWith("/")`))
		default:
			errs = append(errs, tab.Write(key))
		}
	}
	return errors.Join(errs...)
}

func keyboardAlone(t *testing.T, w *world, tab *Tab) {
	must(t,
		keyLine(tab, "F10"), tab.See(phase("signed-out")), tab.Keys(w.pin), tab.Enter(), tab.See(phase("selling")),
		keyLine(tab, "?"), tab.See("#sheet-keys"), keyLine(tab, "Escape"), tab.Gone("#sheet-keys"),
		// Find, choose the second, sell.
		keyLine(tab, "/", "сыр"), tab.See("#result-1"), keyLine(tab, "ArrowDown", "ArrowDown"), tab.See("#result-1.chosen"),
		keyLine(tab, "Escape"), tab.Gone("#results"),
		keyLine(tab, "/", "молоко"), tab.See("#result-0"), keyLine(tab, "Enter"), tab.See(`#lines .line[data-n="1"]`),
		// Two of a code; one more; five, by number and key.
		keyLine(tab, "/", "2*"), tab.Until(`document.querySelector("#times").innerText.includes("2")`),
		keyLine(tab, w.codes[1], "Enter"), tab.Until(detail(2, "2 ")),
		keyLine(tab, "Escape", "Escape", "+"), tab.Until(detail(2, "3 ")), tab.See("#undo-quantity"),
		keyLine(tab, "/", "5", "F3"), tab.Until(detail(2, "5 ")),
		keyLine(tab, "Escape", "ArrowUp", "F4"), tab.See(`#lines .line[data-n="1"].voided`), keyLine(tab, "F4"), tab.Gone("#lines .line.voided"),
		keyLine(tab, "F2"), tab.See("#strip .toast.busy"), keyLine(tab, "/", w.codes[2], "Enter"),
		tab.Until(`document.querySelector("#strip .toast.busy")?.textContent.includes("₽")`),
		keyLine(tab, "Escape", "Escape", "F12"), tab.See(onScreen("pay")), keyLine(tab, "F12"), tab.See(onScreen("paid")),
		keyLine(tab, "Enter"), tab.See(onScreen("sell")),
		keyLine(tab, "F7"), tab.See("#receipt-rows"), keyLine(tab, "ArrowDown"), tab.See(".receipt-row.chosen:nth-child(2)"),
		keyLine(tab, "Escape"), tab.See(onScreen("sell")))
}

// detail is the condition that line n says how much it is.
func detail(n int, begins string) string {
	return fmt.Sprintf(`document.querySelector('#lines .line[data-n="%d"] .line-detail').textContent.startsWith(%q)`, n, begins)
}

func searches(t *testing.T, _ *world, tab *Tab) {
	for _, c := range []struct{ why, typed, first string }{
		{"two beginnings in any order", "3,2 моло", "молоко"},
		{"another form", "сметаной", "сметан"},
		{"the other layout", "vjkjrj", "молоко"},
		{"Latin letters", "moloko", "молоко"},
		{"a letter missing", "шоклад", "шоколад"},
		{"two letters swapped", "йогрут", "йогурт"},
	} {
		must(t, keyLine(tab, "/", c.typed), tab.Until(fmt.Sprintf(
			`document.querySelector("#result-0 .found-name").textContent.toLowerCase().includes(%q)`, c.first)))
		marked, err := tab.Text("#result-0 .found-name mark")
		if must(t, err); marked == "" {
			t.Errorf("%s: %q marks nothing", c.why, c.typed)
		}
		must(t, keyLine(tab, "Escape", "Escape"), tab.Gone("#results"))
	}
	must(t, keyLine(tab, "/", "абракадабра"), tab.See(".goods .empty"), keyLine(tab, "Escape", "Escape"), tab.Gone(".goods .empty"))
}

func thousandLines(t *testing.T, w *world, tab *Tab) {
	const lines = 1000
	codes, err := w.Barcodes(lines)
	must(t, err)
	must(t, tab.do("scan a thousand codes", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`(async () => { for (const code of %s) { %s(code); await new Promise(r => setTimeout(r, 1)); } })(), undefined`, quoted(codes), scanKeys))),
		tab.Until(`document.querySelector("#receipt-count").textContent.replace(/\D/g, "") === "1000"`))
	drawn, err := Eval[int](tab, `document.querySelectorAll("#lines .line").length`)
	if must(t, err); drawn > 60 {
		t.Errorf("%d lines are in the document", drawn)
	}
	total := tab.sum(t, "#total")
	must(t,
		// By keyboard and by finger to any line.
		keyLine(tab, "Home"), tab.See(`#lines .line[data-n="1"].chosen`), keyLine(tab, "PageDown"), tab.Gone(`#lines .line[data-n="1"].chosen`),
		keyLine(tab, "End"), tab.See(`#lines .line[data-n="1000"]`),
		tab.Until(`(document.querySelector("#lines").scrollTop = 28000, document.querySelector('#lines .line[data-n="505"]'))`),
		// A part by card, and the page is loaded anew.
		keyLine(tab, "F12"), tab.See(onScreen("pay")), tab.Keys("100"), keyLine(tab, "F11"), tab.See("#card-back"),
		tab.Open(w.URL+"/till"), tab.SignIn(w.pin), tab.See(`#lines .line[data-n="1000"]`),
		keyLine(tab, "F12"), tab.See("#card-back"))
	if left := tab.sum(t, "#due"); left != total-100_00 {
		t.Errorf("left to pay %d, want %d", left, total-100_00)
	}
	must(t, keyLine(tab, "F12"), tab.See(onScreen("paid")))
}
