//go:build !js

package story

import (
	"encoding/csv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestOffice is what an office decides: plans, access for a program, a segment
// of customers.
func TestOffice(t *testing.T) {
	w := startWorld(t, 500)
	desk := w.browser(t, "office", counter).First()
	w.logIn(t, desk, "admin", adminPassword)
	t.Run("plans", func(t *testing.T) { plans(t, w, desk) })
	t.Run("expenses", func(t *testing.T) { expenses(t, w, desk) })
	t.Run("token", func(t *testing.T) { exportWithToken(t, w, desk) })
	t.Run("segment", func(t *testing.T) { makeSegment(t, w, desk) })
	t.Run("server answers", func(t *testing.T) { serverAnswers(t, w, desk) })
	noViolations(t, desk)
}

// plans types a figure, takes it back, and fills a year from the one before.
func plans(t *testing.T, w *world, desk *Tab) {
	must(t, desk.Open(w.URL+"/manager/plans"), desk.See(".plan-table"), desk.Until(`document.querySelectorAll(".cell-field").length >= 12`))
	must(t, desk.Click("#plans-next"), desk.Until(`[...document.querySelectorAll(".cell-field")].every(c => c.value === "" || c.closest("td").cellIndex === 1)`))
	cell := `document.querySelectorAll(".plan-table tbody tr")[0].cells[3].querySelector("input")`
	_, err := Eval[bool](desk, `(() => { const c = `+cell+`; c.focus(); c.value = "1 250 000"; c.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	must(t, err, desk.Until(`document.querySelector("#plan-total").textContent.replace(/\D/g, "").includes("1250000")`))
	must(t, desk.Click("#undo"), desk.Until(cell+`.value === ""`))
	must(t, desk.Click("#plan-copy"), desk.Until(`[...document.querySelectorAll(".plan-table tbody tr:first-child input")].filter(c => c.value !== "").length >= 2`))
}

func expenses(t *testing.T, w *world, desk *Tab) {
	must(t, desk.Click("#plans-back"), desk.Click("#plans-costs"), desk.See(".office-cost"))
	must(t, desk.Type("#cost-amount", "12 345,50"), desk.Type("#cost-text", "Замок"), desk.Click("#cost-save"),
		desk.Until(`[...document.querySelectorAll(".office-text")].some(e => e.textContent === "Замок")`))
	must(t, desk.Click("#plans-changes"), desk.Until(`document.querySelector(".office-change").textContent.includes("admin")`))
}

// exportWithToken makes a token, reads a table with it, and revokes it.
func exportWithToken(t *testing.T, w *world, desk *Tab) {
	must(t, desk.Open(w.URL+"/manager/exports"), desk.See(`#export-receipts-csv`))
	must(t, desk.Click("#export-columns-receipts"), desk.See(".dictionary"))
	must(t, desk.Type("#token-name", "Power BI"), desk.Click("#token-make"), desk.See("#token-secret"))
	secret, err := Eval[string](desk, `document.querySelector("#token-secret").textContent`)
	must(t, err)
	read := func() (int, string) {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+"/v1/export/receipts.csv", nil)
		must(t, err)
		q.Header.Set("Authorization", "Bearer "+secret)
		a, err := http.DefaultClient.Do(q)
		must(t, err)
		defer a.Body.Close()
		text, err := io.ReadAll(a.Body)
		must(t, err)
		return a.StatusCode, string(text)
	}
	status, text := read()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if must(t, err); status != http.StatusOK || len(rows) < 100 || rows[0][0] != "receipt_id" {
		t.Fatalf("status %d, %d rows", status, len(rows))
	}
	must(t, desk.Click("#token-close"), desk.Gone("#sheet-token"), desk.Click("#token-revoke-1"), desk.Click("#token-revoke"), desk.Until(`!document.querySelector("#token-revoke-1")`))
	if status, _ := read(); status != http.StatusUnauthorized {
		t.Errorf("a revoked token is answered with %d", status)
	}
}

// makeSegment builds a segment, watching the count, and looks who is in it.
func makeSegment(t *testing.T, w *world, desk *Tab) {
	must(t, desk.Open(w.URL+"/manager/segments"), desk.Click("#segment-new"), desk.See("#segment-count"),
		desk.Until(`/\d/.test(document.querySelector("#segment-count").textContent)`))
	before, err := Eval[string](desk, `document.querySelector("#segment-count").textContent`)
	must(t, err, desk.Type("#segment-name", "Недавно были"), desk.Click("#filter-leaf-op-0"), desk.Click(`[id="leaf-op-0-<="]`))
	must(t, desk.Until(`/\d/.test(document.querySelector("#segment-count").textContent) && document.querySelector("#segment-count").textContent !== `+strconv.Quote(before)))
	must(t, desk.Click("#segment-add"), desk.Click("#filter-leaf-field-1"), desk.Click("#leaf-1-revenue"), desk.Type("#leaf-n-1", "500"), desk.Type("#leaf-days-1", "365"))
	must(t, desk.Until(`document.querySelector("#segment-save:not([disabled])")`))
	must(t, desk.Click("#segment-save"), desk.See(`[data-segment="s1"]`))
	must(t, desk.Click("#segment-members-s1"), desk.See(".segment-member"))
	must(t, desk.Click(".segment-member"), desk.See("#customer-bought"))
	must(t, desk.Click("#customer-close"))
}

// serverAnswers lets the device keep one month: what goes further back is counted
// by the server, and said to be.
func serverAnswers(t *testing.T, w *world, desk *Tab) {
	counted := `document.querySelector("#freshness").textContent.includes("counted by the server")`
	must(t, desk.Open(w.URL+"/manager/rfm"), desk.See("#grid-rfm-table .linked"), desk.Until("!"+counted))
	here, err := desk.Text("#grid-rfm-table")
	must(t, err, desk.Open(w.URL+"/manager/exports"), desk.Click("#filter-device-months"), desk.Click("#device-months-1"),
		desk.Until(`document.querySelector("#device-rest").textContent.includes("2026-") || document.querySelector("#device-rest").textContent.includes("server")`))
	must(t, desk.Open(w.URL+"/manager/rfm"), desk.See("#grid-rfm-table .linked"), desk.Until(counted))
	if there, err := desk.Text("#grid-rfm-table"); err != nil || there != here {
		t.Errorf("the server says %.300s\nthe device said %.300s (%v)", there, here, err)
	}
}
