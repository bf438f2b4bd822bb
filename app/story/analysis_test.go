//go:build !js

package story

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// TestAnalysis opens the reports on goods, people and money as a manager does,
// and holds their figures against each other: what is listed behind a number is
// the number, and what a number consists of adds up to it.
func TestAnalysis(t *testing.T) {
	w := startWorld(t, 400)
	tab := w.browser(t, "desk", Look{Width: 1280, Height: 1600, Lang: "en"}).First()
	must(t, tab.Open(w.URL+"/manager"), tab.Type("#login", "manager"), tab.Type("#password", w.manager), tab.Click("#log-in"),
		tab.Until(`document.querySelector("#card-revenue")?.dataset.value > 0`))
	d := &reader{t: t, tab: tab, url: w.URL}

	t.Run("why revenue changed", func(t *testing.T) { d.at(t).growth() })
	t.Run("the list behind a store", func(t *testing.T) { d.at(t).behindStore() })
	t.Run("receipts by sum", func(t *testing.T) { d.at(t).bySum() })
	t.Run("finance", func(t *testing.T) { d.at(t).finance() })
	t.Run("share and growth", func(t *testing.T) { d.at(t).quadrants() })
	t.Run("employees", func(t *testing.T) { d.at(t).people() })
	t.Run("the map, also offline", func(t *testing.T) { d.at(t).atlas(w) })
}

// reader reads the desk's tables.
type reader struct {
	t   *testing.T
	tab *Tab
	url string
}

func (d *reader) at(t *testing.T) *reader { return &reader{t, d.tab, d.url} }

// open opens a report and waits for its answer.
func (d *reader) open(page string) {
	d.t.Helper()
	must(d.t, d.tab.Open(d.url+"/manager/"+page))
	d.answered()
}

func (d *reader) answered() {
	d.t.Helper()
	must(d.t, d.tab.Until(`document.querySelector(".board[aria-busy=false] .widget")`))
}

// grid reads a table: its rows, the last one being the total.
func (d *reader) grid(id string) [][]string {
	d.t.Helper()
	must(d.t, d.tab.See("#grid-"+id))
	rows, err := Eval[[][]string](d.tab, fmt.Sprintf(`[...document.querySelectorAll("#grid-%s tbody tr, #grid-%s tfoot tr")].map(
		(row) => [...row.querySelectorAll("th, td")].map((cell) => (cell.querySelector("button, span > span") || cell).textContent))`, id, id))
	must(d.t, err)
	if len(rows) == 0 {
		d.t.Fatalf("the table %s is empty", id)
	}
	return rows
}

// plain reads a figure without its sign of the unit: minor units of sums, counts.
func plain(text string) int64 {
	n, err := strconv.ParseInt(digits(text), 10, 64)
	if err != nil {
		return 0
	}
	if strings.ContainsAny(text, "−-▼") {
		return -n
	}
	return n
}

// sumsUp fails when the rows of a column do not add up to the last one.
func (d *reader) sumsUp(rows [][]string, column int) {
	d.t.Helper()
	var sum int64
	for _, row := range rows[:len(rows)-1] {
		sum += plain(row[column])
	}
	if total := plain(rows[len(rows)-1][column]); sum != total {
		d.t.Errorf("column %d adds up to %d, the total is %d", column, sum, total)
	}
}

func (d *reader) growth() {
	d.open("sales")
	must(d.t, d.tab.See("#chart-growth canvas"), d.tab.See("#chart-drivers canvas"), d.tab.See("#chart-week-hours canvas"))
	must(d.t, d.tab.Click("#table-growth"), d.tab.Click("#table-drivers"))
	causes, drivers := d.grid("growth"), d.grid("drivers")
	d.sumsUp(causes, 1)
	for _, column := range []int{1, 2, 3} {
		d.sumsUp(drivers, column)
	}
	if got, want := plain(causes[len(causes)-1][1]), plain(drivers[len(drivers)-1][3]); got != want || len(causes) != 9 {
		d.t.Errorf("%d causes come to %d, the drivers to %d", len(causes)-1, got, want)
	}
}

func (d *reader) behindStore() {
	must(d.t, d.tab.Click("#sales-by"), d.tab.Click("#sales-by-store"))
	must(d.t, d.tab.Until(`document.querySelectorAll("#grid-sales tbody tr").length === 2`))
	rows := d.grid("sales")
	d.sumsUp(rows, 1)
	must(d.t, d.tab.Click("#grid-sales tbody tr:first-child button"), d.tab.Until(`/\d/.test(document.querySelector("#drill .widget-title")?.textContent || "")`))
	title, err := d.tab.Text("#drill .widget-title")
	must(d.t, err)
	if plain(title) != plain(rows[0][1]) {
		d.t.Errorf("behind %s lies %q", rows[0][1], title)
	}
	must(d.t, d.tab.Click("#drill-close"))
}

func (d *reader) bySum() {
	d.open("orders")
	must(d.t, d.tab.See("#chart-order-spread canvas"))
	chosen := d.grid("order-groups")
	d.sumsUp(chosen, 1)
	d.sumsUp(chosen, 3)
	must(d.t, d.tab.Type("#order-borders", "500 2000"), d.tab.Enter(), d.tab.Until(`document.querySelectorAll("#grid-order-groups tbody tr").length === 3`))
	rows := d.grid("order-groups")
	d.sumsUp(rows, 1)
	if rows[3][3] != chosen[len(chosen)-1][3] {
		d.t.Errorf("other borders, other sales: %s and %s", rows[3][3], chosen[len(chosen)-1][3])
	}
	must(d.t, d.tab.Click("#grid-order-groups tbody tr:first-child button"), d.tab.Until(`/\d/.test(document.querySelector("#drill .drill-count")?.textContent || "")`))
	count, err := d.tab.Text("#drill .drill-count")
	must(d.t, err)
	if n, _, _ := strings.Cut(count, "receipt"); plain(n) != plain(rows[0][1]) {
		d.t.Errorf("%s receipts in the group, behind it %q", rows[0][1], count)
	}
	must(d.t, d.tab.Click("#drill-close"))
}

func (d *reader) finance() {
	d.open("finance")
	rows := d.grid("account")
	running, level := int64(0), 0
	for _, row := range rows {
		sum := plain(row[1])
		if strings.HasPrefix(row[0], "–") {
			running += sum
			continue
		}
		if level++; level > 1 && running != sum {
			d.t.Errorf("%s is %d, the lines above come to %d", row[0], sum, running)
		}
		running = sum
	}
	if level < 5 {
		d.t.Errorf("only %d sums in the account", level)
	}
	d.sumsUp(d.grid("off"), 2)
	d.sumsUp(d.grid("profit"), 1)
}

func (d *reader) quadrants() {
	d.open("bcg")
	must(d.t, d.tab.See("#chart-bcg canvas"))
	for _, column := range []int{1, 3, 5} {
		d.sumsUp(d.grid("bcg-lists"), column)
	}
	must(d.t, d.tab.Type("#bcg-borders", "2 10"), d.tab.Enter(), d.tab.See("#bcg-median"))
	d.answered()
	d.sumsUp(d.grid("bcg-lists"), 3)
}

func (d *reader) people() {
	d.open("people")
	rows := d.grid("employees")
	for _, column := range []int{3, 4, 8} {
		d.sumsUp(rows, column)
	}
	fast, err := d.tab.Text("#report-employees .widget-reading")
	must(d.t, err)
	if !strings.Contains(fast, "positions a minute") && len(rows) > 3 {
		d.t.Errorf("nobody is quick: %q", fast)
	}
	must(d.t, d.tab.See("#report-weeks .multiple"))
}

// atlas draws the map, and again when the server is gone.
func (d *reader) atlas(w *world) {
	drawn := `document.querySelector("#chart-map canvas") && window.echarts?.getMap("russia")?.geoJSON?.features.length === 83`
	d.open("map")
	must(d.t, d.tab.Until(drawn))
	regions, stores := d.grid("map-regions"), d.grid("map-stores")
	d.sumsUp(regions, 2)
	d.sumsUp(stores, 2)
	must(d.t, d.tab.Until(`navigator.serviceWorker?.controller`))
	w.Quit(d.t.Context())
	d.open("map")
	must(d.t, d.tab.Until(drawn))
	if again := d.grid("map-stores"); len(again) != len(stores) || again[0][2] != stores[0][2] {
		d.t.Errorf("without the server the map says %v", again)
	}
}
