//go:build !js

package story

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
)

// kills is how often the browser is killed while it sells.
const kills = 25

// sellOn sells as fast as the page allows, for ever, and tells the test the
// number of each receipt when the screen says that it is paid.
const sellOn = `(async codes => {
	const till = document.querySelector("#till"), scan = ` + scanKeys + `;
	const frame = () => new Promise(requestAnimationFrame);
	const until = async condition => { while (!condition()) await frame(); };
	const press = name => document.body.dispatchEvent(new KeyboardEvent("keydown", {key: name, code: name, bubbles: true, cancelable: true}));
	const total = () => till.dataset.screen === "sell" ? document.querySelector("#total").textContent : "";
	for (let i = 0; ; i++) {
		for (const code of [codes[i % codes.length], codes[(i + 7) % codes.length]]) {
			const before = total(), counted = () => total() && total() !== before;
			for (let seen = false; !seen; ) { // a starved machine tears a code apart: it is scanned again
				scan(code);
				const patience = performance.now() + 5000;
				await until(() => counted() || performance.now() > patience);
				if (!(seen = counted())) press("Escape");
			}
		}
		press("F12");
		await until(() => till.dataset.screen === "pay" && till.dataset.settled === "true");
		press("F12");
		await until(() => till.dataset.screen === "paid");
		await window.shownAsPaid(document.querySelector(".paid-number").textContent);
	}
})`

// shown collects the numbers of receipts that a screen called paid.
type shown struct {
	mu      sync.Mutex
	numbers []string
}

func (s *shown) add(_ context.Context, number string) (chromedp.Void, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.numbers = append(s.numbers, number)
	return chromedp.Void{}, nil
}

func (s *shown) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.numbers)
}

// TestKilledBrowserLosesNothing kills all processes of the browser again and
// again while it sells at full speed, with the server there or not. Every sale
// that was shown as paid reaches the server, once, and no number is used again.
func TestKilledBrowserLosesNothing(t *testing.T) {
	w := startWorld(t, 500)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	paid := &shown{}

	b := w.browser(t, "till", tablet)
	w.enrol(t, b.First(), "1", 1)
	up := true
	for round := range kills {
		if up != (round%3 != 2) {
			up = !up
			if up {
				must(t, w.Start(t.Context()))
			} else {
				must(t, w.Stop())
			}
		}
		tab := b.First()
		if round > 0 {
			must(t, tab.Open(w.URL+"/till"))
		}
		w.signIn(t, tab)
		if round == 0 {
			must(t, tab.Until(kept)) // the program is on the device before the server goes
		}
		before := paid.count()
		must(t, tab.do("sell", chromedp.ExposeFunc("shownAsPaid", paid.add)))
		_, err := Eval[bool](tab, sellOn+fmt.Sprintf("(%s), true", quoted(w.codes[:40])))
		must(t, err)
		until(t, "a sale is shown as paid", func() bool { return paid.count() > before })
		pause(t.Context(), time.Duration(r.IntN(600))*time.Millisecond)
		must(t, b.Kill())
		b = w.browser(t, "till", tablet)
	}
	if !up {
		must(t, w.Start(t.Context()))
	}
	tab := b.First()
	must(t, tab.Open(w.URL+"/till"))
	w.signIn(t, tab)
	settled(t, tab)
	t.Logf("%d kills, %d sales shown as paid", kills, paid.count())
	checkAllThere(t, w, tab, paid)
}

func checkAllThere(t *testing.T, w *world, tab *Tab, paid *shown) {
	t.Helper()
	there := map[string]int{}
	var seq uint64
	for _, raw := range w.serverFacts(t, deviceOf(t, tab)) {
		f, err := fact.Decode(raw)
		must(t, err)
		if seq++; f.Seq != seq {
			t.Errorf("fact %d follows %d", f.Seq, seq-1)
		}
		if f.Kind != fact.SaleRegistered && f.Kind != fact.ReceiptCancelled {
			continue
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		must(t, err)
		there[r.Number]++
	}
	for number, times := range there {
		if times != 1 {
			t.Errorf("receipt %s is there %d times", number, times)
		}
	}
	seen := map[string]bool{}
	for _, text := range paid.numbers {
		number := receiptNumber(text)
		if seen[number] {
			t.Errorf("number %s was shown twice", number)
		}
		seen[number] = true
		if there[number] == 0 {
			t.Errorf("receipt %s was shown as paid and is lost", number)
		}
	}
}
