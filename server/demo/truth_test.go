package demo

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write testdata/demo/TRUTH.md anew")

const truthFile = "../../testdata/demo/TRUTH.md"

// TestTruth measures the default chain, compares with what is planted and with
// TRUTH.md.
func TestTruth(t *testing.T) {
	m := measure(t, Options{Seed: 1, End: lastDay})
	var b strings.Builder
	m.writeReceipts(t, &b)
	m.writeSegments(t, &b)
	m.writePrices(t, &b)
	m.writePairs(t, &b)
	m.writeCampaigns(t, &b)
	m.writeSeasons(t, &b)
	m.writePeople(t, &b)
	if *update {
		if err := os.WriteFile(truthFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(truthFile)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s is out of date: run go test ./server/demo -run Truth -update", truthFile)
	}
}

// near reports a measured value that is further from the planted one than tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance || math.IsNaN(got) {
		t.Errorf("%s: measured %.3f, planted %.3f ± %.3f", what, got, want, tolerance)
	}
}

func (m *measured) writeReceipts(t *testing.T, b *strings.Builder) {
	n := float64(m.receipts)
	fmt.Fprintf(b, `# What the demo chain plants

Written by `+"`go test ./server/demo -run Truth -update`"+`; the same test fails when this text or the generator
drifts from the other. "Planted" is what server/demo/plant.go says, "measured" is counted in the facts of the
default chain (seed 1, 5 stores, 24 months to %s, 12 000 articles, 400 000 lines asked for). Another seed
gives other measured numbers around the same planted ones.

## Receipts

| what | planted | measured |
|---|---|---|
| paid sales | | %d |
| lines of them | %d | %d |
| mean lines | %.1f | %.2f |
| with a loyalty card | %.2f | %.3f |
| paid by card | by segment | %.3f |
| voided lines by line | %.4f | %.4f |
| cancelled by receipt | %.4f | %.4f |
| returns by receipt | %.4f at most | %.4f |

`, lastDay, m.receipts, defaultLines, m.lines, meanLines, float64(m.lines)/n, cardShare, float64(m.carded)/n, float64(m.byCard)/n,
		voidShare, float64(m.voided)/float64(m.lines), cancelShare, float64(m.cancels)/n, returnShare, float64(m.returns)/n)
	near(t, "lines", float64(m.lines), defaultLines, 0.03*defaultLines)
	near(t, "mean lines", float64(m.lines)/n, meanLines, 0.2)
	near(t, "with card", float64(m.carded)/n, cardShare, 0.02)
	near(t, "paid by card", float64(m.byCard)/n, 0.70, 0.04)
	near(t, "voided", float64(m.voided)/float64(m.lines), voidShare, 0.001)
	near(t, "cancelled", float64(m.cancels)/n, cancelShare, 0.002)
	near(t, "returned", float64(m.returns)/n, returnShare, 0.002)
}

func (m *measured) writeSegments(t *testing.T, b *strings.Builder) {
	fmt.Fprintf(b, `## Segments of customers

%.0f %% of the customers are enrolled before the first day, the others on a day drawn evenly. A customer
leaves for good after an exponential time; while there he comes at gamma-distributed intervals (the shape says how
regular) around a pace of his own (lognormal, sigma %.2f, around the segment's). The first visit of who enrols in
the period is the day of enrolment. Lines are before all are scaled to the mean of %.0f.

| segment | share | days between visits | shape | lines | leave a month | pays by card | uplift | customers | receipts | lines a receipt |
|---|---|---|---|---|---|---|---|---|---|---|
`, existingShare*100, paceSpread, meanLines)
	for n := range m.bought {
		m.segment(m.g.shoppers[n].segment)[0]++
	}
	var customers int
	for i, s := range segments[:passerBy] {
		got := m.segment(uint8(i))
		customers += got[0]
		fmt.Fprintf(b, "| %s | %.2f | %.0f | %.1f | %.1f | %.3f | %.2f | %.2f | %d | %d | %.1f |\n",
			s.name, s.share, s.interval, s.shape, s.lines, s.churn, s.card, s.uplift, got[0], got[1], float64(got[2])/float64(got[1]))
		near(t, s.name+" lines", float64(got[2])/float64(got[1]), 1+(s.lines-1)*m.g.scale, 0.1*s.lines)
	}
	if customers < 1000 {
		t.Errorf("%d customers", customers)
	}
	churn, exposure := m.churn()
	b.WriteString("\nLeavers: customers whose last day lies within the period, by 30 days that customers were there (the\ngenerator's own knowledge, in facts they just do not come any more).\n\n| segment | planted a month | counted |\n|---|---|---|\n")
	for i, s := range segments[:passerBy] {
		rate := 1 - math.Exp(-churn[i]/exposure[i]*30)
		fmt.Fprintf(b, "| %s | %.3f | %.3f |\n", s.name, s.churn, rate)
		near(t, s.name+" churn", rate, s.churn, 0.004+0.3*s.churn)
	}
	b.WriteString("\nPersonal staples: up to four kinds a customer, each bought again when a period of his own is over (lognormal, sigma\n0.25, around the kind's; spread 0.15 from one to the next; at the next visit then).\n\n| kind | days |\n|---|---|\n")
	for _, s := range staples {
		fmt.Fprintf(b, "| %s | %.0f |\n", s.name, s.period)
	}
	b.WriteString("\n")
}

// churn counts who left, and the days that customers were there.
func (m *measured) churn() (left, days [passerBy]float64) {
	for n := range m.g.shoppers {
		sh := &m.g.shoppers[n]
		end := min(int(sh.to), m.g.days)
		days[sh.segment] += float64(end - int(sh.from))
		if int(sh.to) < m.g.days {
			left[sh.segment]++
		}
	}
	return left, days
}

func (m *measured) writePrices(t *testing.T, b *strings.Builder) {
	fmt.Fprintf(b, `## Prices

Shelf prices follow a trend of %.1f %% a month; each changes every %d weeks on average to the trend times a
lognormal noise of %.2f. Promotions last a week, on Mondays new ones, as often and as deep as the kind was in the
Complete Journey data (a quarter of that often). What is chosen of an article goes as (price to pay / trend price)
to the power of its category's elasticity, and %.2f times that in the leaflet (%.0f %% of promotions). Measured: Poisson
regression of lines by article and week with article effects, ± standard error.

| category | planted | measured | ± |
|---|---|---|---|
`, inflation*100, priceEvery, priceNoise, leafletLift, leafletShare*100)
	fits := m.elasticities()
	var off, all float64
	for _, c := range m.g.m.categories {
		fit, ok := fits[c.ID]
		if !ok {
			continue
		}
		fmt.Fprintf(b, "| %s | %.1f | %.2f | %.2f |\n", c.ID, c.elasticity, fit[0], fit[1])
		if fit[1] < 0.5 {
			near(t, "elasticity of "+c.ID, fit[0], c.elasticity, 0.3+3*fit[1])
			off += (fit[0] - c.elasticity) / fit[1] / fit[1]
			all += 1 / fit[1] / fit[1]
		}
	}
	fmt.Fprintf(b, "\nMean difference, weighted: %+.3f.\n\n", off/all)
	near(t, "elasticities on average", off/all, 0, 0.1)
}

func (m *measured) writePairs(t *testing.T, b *strings.Builder) {
	b.WriteString(`## Bought together

Who takes the first takes the second in the same receipt with the added probability, if there is room in the
basket, besides what chance does. Lift: share of both over the product of the shares.

| first | second | added | receipts with both | confidence | lift |
|---|---|---|---|---|---|
`)
	for _, p := range couples {
		first, second := m.g.kinds[p.first], m.g.kinds[p.second]
		both := m.together[[2]int{first, second}]
		lift := m.lift(first, second)
		fmt.Fprintf(b, "| %s | %s | %.2f | %d | %.3f | %.1f |\n", p.first, p.second, p.added, both, float64(both)/float64(m.kinds[first]), lift)
		if both < 30 || lift < 2 {
			t.Errorf("%s and %s: %d times, lift %.2f", p.first, p.second, both, lift)
		}
	}
	b.WriteString(`
## Bought later

A customer who took the first plans the second with the added probability, so many days later, and takes it at his
first visit from then on. Measured: visits after which the second was bought within those days and 14 more, after a
visit with the first and after any visit.

| first | second | days | added | after the first | after any | ratio |
|---|---|---|---|---|---|---|
`)
	for _, s := range sequences {
		after, anyway := m.follows(s)
		fmt.Fprintf(b, "| %s | %s | %d–%d | %.2f | %.3f | %.3f | %.1f |\n", s.first, s.second, s.from, s.to, s.added, after, anyway, after/anyway)
		if after < 1.5*anyway {
			t.Errorf("%s then %s: %.3f after the first, %.3f anyway", s.first, s.second, after, anyway)
		}
	}
	b.WriteString("\n")
}

func (m *measured) writeCampaigns(t *testing.T, b *strings.Builder) {
	b.WriteString(`## Campaigns

A coin splits all customers into treated and control (generator.treated: a hash of seed, customer and campaign). While
a campaign runs, a treated customer buys of its kind at a visit with his segment's added probability, with the discount
on it (rule C01… in the receipt). Nothing else differs.

| campaign | kind | from | days | discount |
|---|---|---|---|---|
`)
	for _, c := range campaigns {
		from := m.g.date(int(c.startDay * float64(m.g.days))).Format(time.DateOnly)
		fmt.Fprintf(b, "| %s | %s | %s | %d | %.0f %% |\n", c.name, c.kind, from, c.days, float64(c.discount)/100)
	}
	b.WriteString("\n| segment | planted uplift | visits treated | bought | visits control | bought | measured uplift |\n|---|---|---|---|---|---|---|\n")
	for _, s := range segments[:passerBy] {
		u := m.uplift[s.name]
		control := float64(u[0][1]) / float64(u[0][0])
		got := float64(u[1][1])/float64(u[1][0]) - control
		fmt.Fprintf(b, "| %s | %.2f | %d | %.3f | %d | %.3f | %.3f |\n", s.name, s.uplift, u[1][0], control+got, u[0][0], control, got)
		noise := math.Sqrt(s.uplift * (1 - s.uplift) / float64(u[1][0]))
		near(t, "uplift of "+s.name, got, s.uplift*(1-control), 0.01+3*noise)
	}
	b.WriteString("\n")
}

func (m *measured) writeSeasons(t *testing.T, b *strings.Builder) {
	b.WriteString(`## Seasons, weekdays, hours

Categories (testdata/demo/categories.tsv names each one's season) are chosen by month times:

| season | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
`)
	for _, name := range []string{"flat", "summer", "summer_light", "winter", "grill", "beer", "newyear", "holiday", "citrus", "bake", "easter", "gift", "garden", "spring"} {
		fmt.Fprintf(b, "| %s |", name)
		for _, factor := range seasons[name] {
			fmt.Fprintf(b, " %.2f |", factor)
		}
		b.WriteString("\n")
	}
	b.WriteString("| receipts without a card |")
	for _, factor := range traffic {
		fmt.Fprintf(b, " %.2f |", factor)
	}
	summer, winter := m.monthShare("ice_cream", time.July), m.monthShare("ice_cream", time.January)
	garden := m.monthShare("garden", time.April) / m.monthShare("garden", time.October)
	fmt.Fprintf(b, "\n\nShare of all lines, July over January: ice cream planted %.2f, measured %.2f. April over October: garden planted %.1f, measured %.1f.\n\n",
		seasons["summer"][6]/seasons["summer"][0], summer/winter, seasons["garden"][3]/seasons["garden"][9], garden)
	near(t, "ice cream July over January", summer/winter, seasons["summer"][6]/seasons["summer"][0], 0.7)
	if garden < 4 {
		t.Errorf("garden April over October %.1f", garden)
	}
	b.WriteString("Days that change the number of receipts (without a card; customers with one move theirs by a day):\n\n")
	for month := 1; month <= 12; month++ {
		for d := 1; d <= 31; d++ {
			if factor, ok := holidays[fmt.Sprintf("%02d-%02d", month, d)]; ok {
				fmt.Fprintf(b, "%02d-%02d ×%.2f; ", month, d, factor)
			}
		}
	}
	b.WriteString("\n\nHours come from the Complete Journey's time stamps (hours.tsv), bent by segment. Share of receipts without a card:\n\n| hour | planted | measured |\n|---|---|---|\n")
	want, total := m.plannedHours()
	n := m.receipts - m.carded
	for h := openHour; h < closeHour; h++ {
		got := float64(m.hours[h]) / float64(n)
		fmt.Fprintf(b, "| %d | %.3f | %.3f |\n", h, want[h]/total, got)
		near(t, fmt.Sprint("hour ", h), got, want[h]/total, 0.012)
	}
	b.WriteString("\n")
}

// monthShare is a category's share of the lines of a month.
func (m *measured) monthShare(category string, month time.Month) float64 {
	total := 0
	for _, months := range m.month {
		total += months[month]
	}
	return float64(m.month[category][month]) / float64(total)
}

// plannedHours is the profile of passers-by over the days of the period.
func (m *measured) plannedHours() (hours [24]float64, total float64) {
	for d := range m.g.days {
		date := m.g.date(d)
		factor := dayFactor(date)
		row := m.g.m.hours[(date.Weekday()+6)%7]
		var sum float64
		var bent [24]float64
		for h := openHour; h < closeHour; h++ {
			bend := segments[passerBy].hours[2]
			if h < 12 {
				bend = segments[passerBy].hours[0]
			} else if h < 17 {
				bend = segments[passerBy].hours[1]
			}
			bent[h] = row[h] * bend
			sum += bent[h]
		}
		for h := range bent {
			hours[h] += factor * bent[h] / sum
		}
		total += factor
	}
	return hours, total
}

func (m *measured) writePeople(t *testing.T, b *strings.Builder) {
	b.WriteString("## Stores and cashiers\n\n| store | city | area, m² | traffic | basket | kind | dearer |\n|---|---|---|---|---|---|---|\n")
	for i := range m.g.stores {
		s := &m.g.stores[i]
		fmt.Fprintf(b, "| %s | %s | %d | %.2f | %.2f | %s | %.0f %% on %d %% of articles |\n",
			s.ID, m.g.m.places[i].city.EN, s.Area, s.traffic, s.basket, s.profile, float64(s.premium)/100, s.premiumShare)
	}
	b.WriteString("\nSeconds from scan to scan. The drawer of the one marked is short by 50 to 500 roubles in every sixth pair of shifts.\n\n| cashier | planted | measured |\n|---|---|---|\n")
	for i := range m.g.stores {
		for _, w := range m.g.stores[i].cashiers {
			got := m.seconds[w.ID][0] / m.seconds[w.ID][1]
			mark := ""
			if w.short {
				mark = ", short"
			}
			fmt.Fprintf(b, "| %s%s | %.2f | %.2f |\n", w.ID, mark, w.perLine, got)
			near(t, "speed of "+w.ID, got, w.perLine, 0.25*w.perLine)
		}
	}
}
