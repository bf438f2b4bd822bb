//go:build !js

package story

import (
	"fmt"
	"testing"
)

// numberAt is the number in the text of what css finds, as JavaScript.
func numberAt(css string) string {
	return fmt.Sprintf(`Number((document.querySelector(%q)?.textContent ?? "").replace(/\D/g, "") || "-1")`, css)
}

// listed presses the mark or cell that css finds and waits for the list behind
// it: as many rows as the number said.
func listed(t *testing.T, tab *Tab, css string) {
	t.Helper()
	must(t, tab.See(css))
	n, err := Eval[int](tab, fmt.Sprintf(`(() => { const n = %s; document.querySelector(%q).click(); return n })()`, numberAt(css), css))
	must(t, err, tab.Until(fmt.Sprintf(`%s === %d`, numberAt("#drill .drill-count"), n)))
}

// TestCustomerReports goes through the reports on customers: behind every number
// are as many people, behind each of them his card and receipts; a filter holds
// everywhere; without the server everything is there; names are only for who may
// know them.
func TestCustomerReports(t *testing.T) {
	w := startWorld(t, 600)
	tab := w.browser(t, "desk", upright).First()
	must(t, tab.Open(w.URL+"/manager/base"), tab.Type("#login", "manager"), tab.Type("#password", w.manager), tab.Click("#log-in"))

	listed(t, tab, "#grid-base tbody tr:nth-child(2) td:nth-child(2) .linked") // active customers of a month
	must(t, tab.Click("#drill tbody .linked"), tab.Until(`(document.querySelector(".card-name")?.textContent ?? "…") !== "…"`))
	photo(t, tab, "customer-card")
	must(t, tab.Click("#card-receipts"), tab.See(".drill-receipt"), tab.Click("#drill-back"), tab.See(".card-name"),
		tab.Click("#drill-back"), tab.See("#grid-drill"), tab.Click("#drill-close"), tab.Gone("#drill"))

	must(t, tab.Click("#tab-due"), tab.See("#grid-due-states"))
	must(t, tab.Click("#tab-life"), tab.See("#chart-life"), tab.Click("#table-life-moves"))
	listed(t, tab, "#grid-life-moves tbody td .linked")
	must(t, tab.Click("#drill-close"), tab.Gone("#drill"), tab.Click("#tab-cohorts"), tab.See("#chart-cohorts"), tab.Click("#cohort-counts"),
		tab.Until(`document.querySelector("#grid-cohorts tbody td:nth-child(3)")?.textContent.includes("%") === false`))
	listed(t, tab, "#grid-cohorts tbody tr:nth-child(1) td:nth-child(3) .linked")
	photo(t, tab, "cohort-people")
	must(t, tab.Click("#drill-close"), tab.Gone("#drill"), tab.Click("#cohort-week"), tab.Click("#cohort-signup"), tab.See("#chart-cohort-curves"))
	must(t, tab.Click("#tab-rfm"), tab.See("#chart-rfm-grid"))
	listed(t, tab, "#grid-rfm-moves tbody td .linked")
	must(t, tab.Click("#drill-close"), tab.Gone("#drill"), tab.Click("#rfm-own"), tab.Type("#border-0-0", "0"), tab.Click("#rfm-keep"), // 0 behind what was there
		tab.See(".borders-wrong"), tab.Click("#rfm-quintiles"), tab.Gone(".borders-wrong"))
	must(t, tab.Click("#tab-profit"), tab.Click("#profit-sex"), tab.See("#chart-profit-lorenz"),
		tab.Until(`document.querySelectorAll("#grid-profit-parts tbody tr").length <= 3`))
	must(t, tab.Open(w.URL+"/manager/profile?period=90&compare=none&sex=f"), tab.Click("#table-profile-pyramid"),
		tab.Until(`[...document.querySelectorAll("#grid-profile-pyramid tbody td:nth-child(3)")].every(cell => cell.textContent === "0")`))
	photo(t, tab, "profile-of-women")

	must(t, w.Stop())
	must(t, tab.Open(w.URL+"/manager/profit?period=90&compare=none"), tab.See("#chart-profit-lorenz"), tab.See("#grid-profit-parts tbody tr"))
	must(t, w.Start(t.Context()))

	other := w.browser(t, "other", upright).First()
	must(t, other.Open(w.URL+"/manager/rfm"), other.Type("#login", "manager2"), other.Type("#password", w.manager), other.Click("#log-in"),
		other.Click("#grid-rfm-table tbody .linked"), other.See("#grid-drill tbody th"),
		other.Until(`[...document.querySelectorAll("#grid-drill tbody tr:not(.spacer) th")].every(cell => cell.textContent.startsWith("…"))`))
}
