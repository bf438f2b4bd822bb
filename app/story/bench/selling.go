//go:build !js

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"tillsight/app/bridge"
	"tillsight/app/story"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/sqlite"
)

// times are milliseconds from the last key of a scan.
type times struct {
	Answered sample // to the worker's answer
	Changed  sample // to the changed document
	Shown    sample // to the frame that shows it
}

// selling measures scans at the page, a burst of them, and the memory of the
// till's worker after a busy day.
func selling(ctx context.Context, b *bench) error {
	c, err := b.theChain(ctx)
	if err != nil {
		return err
	}
	if _, err := os.Stat(b.dir + "/" + enrolledProfile); err != nil {
		if _, err := b.enrol(ctx, c, enrolledProfile, c.URL, "1", 1); err != nil {
			return err
		}
	}
	browser, tab, err := b.browser(ctx, enrolledProfile)
	if err != nil {
		return err
	}
	defer browser.Close()
	if err := tab.Open(c.URL + "/till"); err != nil {
		return err
	}
	if err := tab.SignIn(c.pin); err != nil {
		return err
	}
	for _, measure := range []func(*bench, *chain, *story.Tab) error{scans, longScans, finds, burst, day} {
		if err := measure(b, c, tab); err != nil {
			return err
		}
	}
	return nil
}

// sell scans receipts of so many lines and returns the times from line first
// on, in rounds, and beside them the floor: a page that appends a line itself.
func sell(c *chain, tab *story.Tab, rounds, receipts, lines, first int) (ours, floor times, err error) {
	codes, err := json.Marshal(c.codes)
	if err != nil {
		return ours, floor, err
	}
	for range rounds {
		t, err := long[times](tab, fmt.Sprintf(`tillBench.sell(%s, %d, %d, %d, 40)`, codes, receipts, lines, first))
		if err != nil {
			return ours, floor, err
		}
		ours.Answered = append(ours.Answered, t.Answered...)
		ours.Changed = append(ours.Changed, t.Changed...)
		ours.Shown = append(ours.Shown, t.Shown...)
		if t, err = long[times](tab, `tillBench.floor(80, 40)`); err != nil {
			return ours, floor, err
		}
		floor.Shown = append(floor.Shown, t.Shown...)
	}
	return ours, floor, nil
}

// scans measures 400 of them into receipts with 10 to 30 lines.
func scans(b *bench, c *chain, tab *story.Tab) error {
	ours, floor, err := sell(c, tab, 5, 4, 30, 11)
	if err != nil {
		return err
	}
	for _, q := range []struct {
		name string
		at   float64
	}{{"p50", .5}, {"p95", .95}, {"p99", .99}, {"30_p95", .95}} {
		b.addBeside("scan_to_line_"+q.name+"_ms", "ms", ours.Shown.at(q.at), floor.Shown.at(q.at), len(ours.Shown))
	}
	b.add("scan_to_answer_p50_ms", "ms", ours.Answered.at(.5), len(ours.Answered))
	b.add("scan_to_answer_p95_ms", "ms", ours.Answered.at(.95), len(ours.Answered))
	b.add("scan_to_dom_p50_ms", "ms", ours.Changed.at(.5), len(ours.Changed))
	b.add("scan_to_dom_p95_ms", "ms", ours.Changed.at(.95), len(ours.Changed))
	return nil
}

// longScans measures the last hundred scans into long receipts.
func longScans(b *bench, c *chain, tab *story.Tab) error {
	for _, lines := range []int{300, 1000} {
		ours, floor, err := sell(c, tab, 1, 1, lines, lines-99)
		if err != nil {
			return err
		}
		b.addBeside(fmt.Sprintf("scan_to_line_%d_p95_ms", lines), "ms", ours.Shown.at(.95), floor.Shown.at(.95), len(ours.Shown))
		b.add(fmt.Sprintf("scan_to_answer_%d_p95_ms", lines), "ms", ours.Answered.at(.95), len(ours.Answered))
	}
	return nil
}

// wanted is what people type: beginnings, several words, other forms, another
// layout and script, wrong keys, parts of numbers, nothing that there is.
var wanted = []string{
	"мол", "м", "сыр", "с", "молоко 3,2", "шок мол", "йогурт клубн", "колбаса варен 300", "хлеб черный", "чай зел",
	"молока", "сыром", "яблоки", "огурец", "конфет", "шоколадом", "пельменей", "томатный сок",
	"vjkjrj", "cfkfn", "rjkf", "moloko", "shokolad", "milk", "cheese 45", "ice cream", "chocolat",
	"молако", "смитана", "шоклад", "йогрут", "калбаса", "кеффир", "сыр плавленный", "печеньее", "мороженное",
	"100", "4600", "46012", "1002", "абракадабра", "zzzz", "молоко абракадабра",
}

// finds measures searches in the assortment, wrong keys among them.
func finds(b *bench, c *chain, tab *story.Tab) error {
	texts, err := json.Marshal(wanted)
	if err != nil {
		return err
	}
	var all times
	for range 3 {
		t, err := long[times](tab, fmt.Sprintf(`tillBench.find(%s, 40)`, texts))
		if err != nil {
			return err
		}
		all.Answered = append(all.Answered, t.Answered...)
		all.Shown = append(all.Shown, t.Shown...)
	}
	b.add("search_p50_ms", "ms", all.Answered.at(.5), len(all.Answered))
	b.add("search_p95_ms", "ms", all.Answered.at(.95), len(all.Answered))
	b.add("search_to_frame_p95_ms", "ms", all.Shown.at(.95), len(all.Shown))
	return nil
}

// long runs something in the page that takes longer than a step of a story.
func long[T any](tab *story.Tab, expression string) (T, error) {
	var none T
	_, err := story.Eval[bool](tab, `tillBench.done = undefined, `+expression+`.then(
		value => tillBench.done = {value}, e => tillBench.done = {error: String(e && e.stack || e)}), true`)
	if err != nil {
		return none, err
	}
	for range 20 { // each waits for a minute, less than a step may take
		var done struct {
			Value T
			Error string
		}
		if done, err = story.Eval[struct {
			Value T
			Error string
		}](tab, `new Promise(resolve => {
			const end = Date.now() + 50_000;
			const look = () => tillBench.done || Date.now() > end ? resolve(tillBench.done || {error: "late"}) : setTimeout(look, 50);
			look();
		})`); err != nil {
			return none, err
		}
		switch done.Error {
		case "":
			return done.Value, nil
		case "late":
		default:
			return none, fmt.Errorf("in the page: %s", done.Error)
		}
	}
	return none, fmt.Errorf("not done in time: %.60s", expression)
}

// burst scans far faster than people can and looks for every scan in the fact
// that reached the server.
func burst(b *bench, c *chain, tab *story.Tab) error {
	const perSecond, seconds = 20, 30
	codes, err := json.Marshal(c.codes[:100])
	if err != nil {
		return err
	}
	type scanned struct {
		Counts map[string]int64
		Late   float64
	}
	made, err := long[scanned](tab, fmt.Sprintf(`tillBench.burst(%s, %d, %d).then(async made => {
		await tillBench.taken(%d);
		await tillBench.pay();
		return made;
	})`, codes, perSecond, seconds, perSecond*seconds))
	if err != nil {
		return err
	}
	if err := tab.See("#light .light.good"); err != nil {
		return err
	}
	sold, err := lastSale(c)
	if err != nil {
		return err
	}
	got := map[string]int64{}
	for _, line := range sold.Lines {
		got[digits(line.Code)] += int64(line.Quantity) / 1000
	}
	wrong := int64(0)
	for code, n := range made.Counts {
		wrong += max(n-got[digits(code)], got[digits(code)]-n)
		delete(got, digits(code))
	}
	for _, n := range got {
		wrong += n
	}
	b.add("scans_lost", "1", float64(wrong), perSecond*seconds)
	if made.Late > 50 {
		fmt.Fprintf(os.Stderr, "a scan of the burst was %.0f ms late: the page was busy\n", made.Late)
	}
	return nil
}

// digits takes leading zeros off a code.
func digits(code string) string {
	for len(code) > 0 && code[0] == '0' {
		code = code[1:]
	}
	return code
}

// lastSale is the newest sale at the server.
func lastSale(c *chain) (receipt.Receipt, error) {
	var last receipt.Receipt
	err := c.Query("journal.db", `SELECT bytes FROM fact ORDER BY pos DESC LIMIT 10`, func(r sqlite.Row) error {
		f, err := fact.Decode(r.Blob(0))
		if err != nil || f.Kind != fact.SaleRegistered || last.ID != "" {
			return err
		}
		last, err = fact.BodyOf[receipt.Receipt](f)
		return err
	})
	if err == nil && last.ID == "" {
		err = fmt.Errorf("no sale among the newest facts")
	}
	return last, err
}

// day measures scans at the end of a day of 1 000 receipts, and the memory of
// the worker, which never shrinks.
func day(b *bench, c *chain, tab *story.Tab) error {
	const batches, each, lines = 20, 50, 8
	codes, err := json.Marshal(c.codes)
	if err != nil {
		return err
	}
	for range batches {
		if _, err := long[bool](tab, fmt.Sprintf(`tillBench.day(%s, %d, %d).then(() => true)`, codes, each, lines)); err != nil {
			return err
		}
	}
	ours, floor, err := sell(c, tab, 2, 4, 30, 11)
	if err != nil {
		return err
	}
	b.addBeside("scan_to_line_endofday_p95_ms", "ms", ours.Shown.at(.95), floor.Shown.at(.95), len(ours.Shown))
	state, err := story.Eval[bridge.State](tab, `tillBench.ask("`+string(bridge.TillState)+`")`)
	if err != nil {
		return err
	}
	b.add("heap_mb", "MB", float64(state.Storage.Heap)/1e6, 1)
	return nil
}
