package report_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
)

func value(list []report.Person) (sum int64) {
	for _, p := range list {
		sum += p.Value
	}
	return sum
}

func must[T any](t *rapid.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestBaseLists: behind every number of the base stand as many people, and those
// who were active brought the month's revenue.
func TestBaseLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		r := report.BaseRequest{To: rapid.SampledFrom([]string{"2026-03-31", "2026-04-20"}).Draw(t, "to"), Where: filters(t)}
		base := must[*report.Base](t)(report.BaseOf(t.Context(), c, r))
		for _, m := range base.Months {
			for move, want := range map[report.BaseMove]int{
				report.MoveActive: m.Active, report.MoveKept: m.Kept, report.MoveNew: m.New, report.MoveReturned: m.Returned, report.MoveLost: m.Lost,
			} {
				list := must[[]report.Person](t)(report.BasePeople(t.Context(), c, report.BasePeopleRequest{BaseRequest: r, Month: m.Month, Move: move}))
				if len(list) != want {
					t.Fatalf("%s %s: %d listed, %d counted", m.Month, move, len(list), want)
				}
				if move == report.MoveNew && value(list) != m.NewRevenue {
					t.Fatalf("%s: new customers brought %d, list %d", m.Month, m.NewRevenue, value(list))
				}
			}
			if m.Repeated > m.Active || m.Active > m.Receipts {
				t.Fatalf("%+v", m)
			}
		}
		n := 0
		for _, gaps := range base.Course {
			n += gaps
		}
		if n != base.Gaps || base.Low > base.Gap || base.Gap > base.High {
			t.Fatalf("%d gaps in the course of %d; quartiles %d %d %d", n, base.Gaps, base.Low, base.Gap, base.High)
		}
	})
}

// TestCohortLists: behind every cell stand its people and their money.
func TestCohortLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		r := report.CohortRequest{
			To: "2026-04-20", Where: filters(t), Limit: 60,
			Grain: rapid.SampledFrom([]cube.DimID{cube.Week, cube.Month, cube.Quarter}).Draw(t, "grain"),
			By:    rapid.SampledFrom([]report.Beginning{report.ByPurchase, report.BySignUp}).Draw(t, "by"),
		}
		out := must[*report.Cohorts](t)(report.CohortsOf(t.Context(), c, r))
		for _, row := range out.Rows {
			people := func(age int, money bool) []report.Person {
				return must[[]report.Person](t)(report.CohortPeople(t.Context(), c,
					report.CohortPeopleRequest{CohortRequest: r, Period: row.Period, Age: age, Money: money}))
			}
			whole := people(-1, true)
			if len(whole) != row.Size || r.By == report.ByPurchase && row.Counts[0] != row.Size {
				t.Fatalf("%s: %d listed, size %d, %d at first", row.Period, len(whole), row.Size, row.Counts[0])
			}
			var revenue int64
			for age, n := range row.Counts {
				if buyers, paid := people(age, false), people(age, true); len(buyers) != n || value(paid) != row.Revenue[age] {
					t.Fatalf("%s after %d: %d listed of %d; %d of %d", row.Period, age, len(buyers), n, value(paid), row.Revenue[age])
				}
				revenue += row.Revenue[age]
				sofar := must[[]report.Person](t)(report.CohortPeople(t.Context(), c,
					report.CohortPeopleRequest{CohortRequest: r, Period: row.Period, Age: age, UpTo: true}))
				if len(sofar) != row.Size || value(sofar) != revenue {
					t.Fatalf("%s up to %d: %d listed of %d; %d of %d", row.Period, age, len(sofar), row.Size, value(sofar), revenue)
				}
			}
			if revenue != value(whole) {
				t.Fatalf("%s: cells %d, whole %d", row.Period, revenue, value(whole))
			}
		}
	})
}

// TestDueAddsUp: every customer is in one state, and the lists say so.
func TestDueAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, where := chain(t), filters(t)
		out := must[*report.Due](t)(report.DueOf(t.Context(), c, report.DueRequest{To: "2026-04-20", Where: where}))
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Customers}, From: out.From, To: out.To, Where: where}).Total.Values[0].N
		n, gaps, pressing := out.Few, out.Few, 0
		for _, count := range out.Gaps {
			gaps += count
		}
		for _, s := range out.States {
			n += s.Customers
			if s.ID == cycle.Now || s.ID == cycle.Overdue {
				pressing += s.Customers
			}
			list := must[*report.Due](t)(report.DueOf(t.Context(), c, report.DueRequest{To: "2026-04-20", Where: where, State: s.ID})).Rows
			if len(list) != s.Customers || value(list) != s.Revenue {
				t.Fatalf("%s: %d of %d, %d of %d", s.ID, len(list), s.Customers, value(list), s.Revenue)
			}
			for _, p := range list {
				if p.Due != s.ID || p.Gaps < cycle.GapsMin || p.Shorter > p.Gaps || p.Name == "" {
					t.Fatalf("%+v is listed as %s", p, s.ID)
				}
			}
		}
		if int64(out.Customers) != want || n != out.Customers || gaps != out.Customers || len(out.Rows) != pressing {
			t.Fatalf("%d customers, cube %d, in states %d, with gaps %d; %d listed of %d", out.Customers, want, n, gaps, len(out.Rows), pressing)
		}
	})
}

// TestLifeAddsUp: stages, moves and lists count the same customers.
func TestLifeAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		r := report.StageRequest{To: "2026-04-20", Before: "2026-03-05", Where: filters(t), Window: rapid.IntRange(7, 60).Draw(t, "window")}
		out := must[*report.Life](t)(report.LifeOf(t.Context(), c, r))
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Customers}, To: r.To, Where: r.Where}).Total.Values[0].N
		n := 0
		for i, s := range out.Stages {
			n += s.Customers
			list := must[[]report.Person](t)(report.StagePeople(t.Context(), c, report.StagePeopleRequest{StageRequest: r, Stage: s.ID}))
			if len(list) != s.Customers || value(list) != s.Revenue {
				t.Fatalf("%s: %d of %d, %d of %d", s.ID, len(list), s.Customers, value(list), s.Revenue)
			}
			arrived := 0
			for from, row := range out.Before.Moves {
				arrived += row[i]
				came := report.StagePeopleRequest{StageRequest: r, Stage: s.ID, Move: true}
				if from < len(cycle.Stages) {
					came.From = cycle.Stages[from]
				}
				if list := must[[]report.Person](t)(report.StagePeople(t.Context(), c, came)); len(list) != row[i] {
					t.Fatalf("%s → %s: %d of %d", came.From, s.ID, len(list), row[i])
				}
			}
			if arrived != s.Customers {
				t.Fatalf("%s: %d arrived of %d", s.ID, arrived, s.Customers)
			}
		}
		for i, was := range out.Before.Stages {
			left := 0
			for _, n := range out.Before.Moves[i] {
				left += n
			}
			if left != was {
				t.Fatalf("%s: %d went somewhere, %d were there", cycle.Stages[i], left, was)
			}
		}
		if int64(n) != want || n != out.Customers {
			t.Fatalf("%d in stages, %d customers, cube %d", n, out.Customers, want)
		}
	})
}

// TestRFMMoves: behind every cell of the migration stand as many people.
func TestRFMMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		r := report.RFMRequest{To: "2026-04-20", Before: "2026-02-25", Where: filters(t)}
		if rapid.Bool().Draw(t, "fixed") {
			r.Borders = &report.RFMBorders{Recency: []float64{7, 14, 30, 60}, Frequency: []float64{1, 2, 3, 5}, Money: []float64{500, 1000, 3000, 9000}}
		}
		out := must[*report.RFM](t)(report.RFMOf(t.Context(), c, r))
		names := append(slices.Clone(rfm.Segments), report.RFMNobody)
		for i, row := range out.Before.Moves {
			for j, n := range row {
				list := must[[]report.Person](t)(report.People(t.Context(), c, report.PeopleRequest{RFMRequest: r, Move: true, From: names[i], Segment: names[j]}))
				if len(list) != n {
					t.Fatalf("%s → %s: %d listed of %d", names[i], names[j], len(list), n)
				}
			}
		}
		if r.Borders != nil && (!out.Fixed || !slices.Equal(out.Money, r.Borders.Money)) {
			t.Fatalf("borders are %v", out.Money)
		}
	})
}

// TestProfitAddsUp: parts and lists add up to the whole, and the whole is the cube's.
func TestProfitAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		by := rapid.SampledFrom([]cube.DimID{"", report.ByRFM, cube.Sex, cube.Age, cube.City, cube.Segment}).Draw(t, "by")
		s := cube.Slice{From: "2026-01-10", To: "2026-04-20", Where: filters(t)}
		r := report.ProfitRequest{Slice: s, By: by}
		out := must[*report.Profit](t)(report.ProfitOf(t.Context(), c, r))
		known := append(slices.Clone(s.Where), cube.Filter{Dim: cube.Customer, In: []string{""}, Not: true})
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Revenue, cube.Margin, cube.Receipts, cube.Discount}, From: s.From, To: s.To, Where: known}).Total.Values
		if out.All.Revenue != want[0].N || out.All.Margin != want[1].N || int64(out.All.Receipts) != want[2].N || out.All.Discount != want[3].N {
			t.Fatalf("%+v, cube %v", out.All, want)
		}
		var sum report.ProfitPart
		for _, p := range out.Parts {
			list := must[[]report.Person](t)(report.ProfitPeople(t.Context(), c, report.ProfitPeopleRequest{ProfitRequest: r, Key: p.Key}))
			if len(list) != p.Customers || value(list) != p.Margin {
				t.Fatalf("%s: %d of %d, %d of %d", p.Key, len(list), p.Customers, value(list), p.Margin)
			}
			sum.Customers, sum.Margin = sum.Customers+p.Customers, sum.Margin+p.Margin
		}
		if !out.Overlap && (sum.Customers != out.All.Customers || sum.Margin != out.All.Margin) {
			t.Fatalf("%d customers bring %d, all %d bring %d", sum.Customers, sum.Margin, out.All.Customers, out.All.Margin)
		}
		losing := must[[]report.Person](t)(report.ProfitPeople(t.Context(), c, report.ProfitPeopleRequest{ProfitRequest: r, All: true, Losing: true}))
		if len(losing) != out.Losing || value(losing) != -out.Loss {
			t.Fatalf("%d lose %d, listed %d, %d", out.Losing, out.Loss, len(losing), value(losing))
		}
	})
}

// TestProfileHidesTheFew: no group of fewer than ten is told, and what is told
// adds up to at most the customers there are.
func TestProfileHidesTheFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, where := chain(t), filters(t)
		s := cube.Slice{From: "2026-01-01", To: "2026-04-20", Where: where}
		out := must[*report.Profile](t)(report.ProfileOf(t.Context(), c, report.ProfileRequest{Slice: s}))
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Customers}, From: s.From, To: s.To, Where: where}).Total.Values[0].N
		if int64(out.Customers) != want || out.All < out.Customers || !out.Chosen && out.All != out.Customers {
			t.Fatalf("%d customers of %d, cube %d", out.Customers, out.All, want)
		}
		for _, trait := range out.Traits {
			n := 0
			for _, p := range trait.Parts {
				n += p.Customers
				if p.Small && (p.Customers != 0 || p.Revenue != 0 || p.Index != -1) || !p.Small && p.Customers < report.ProfileFew {
					t.Fatalf("%s tells of %+v", trait.Dim, p)
				}
			}
			if n > out.Customers {
				t.Fatalf("%s: %d of %d", trait.Dim, n, out.Customers)
			}
		}
		for _, row := range out.Pyramid {
			for _, n := range []int{row.Women, row.Men, row.Unsaid} {
				if n > 0 && n < report.ProfileFew {
					t.Fatalf("pyramid tells of %+v", row)
				}
			}
		}
		receipts := 0
		for _, day := range out.Hours {
			for _, cell := range day {
				receipts += cell.Receipts
			}
		}
		if receipts != out.Habits.Receipts {
			t.Fatalf("%d receipts by hour of %d", receipts, out.Habits.Receipts)
		}
	})
}

// TestCard: the card's figures are those of the customer's rows.
func TestCard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		const to = "2026-04-20"
		card := must[*report.Card](t)(report.CardOf(t.Context(), c, report.CardRequest{To: to, ID: "c1"}))
		own := []cube.Filter{{Dim: cube.Customer, In: []string{"c1"}}}
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Revenue, cube.Receipts, cube.Margin, cube.Discount}, To: to, Where: own}).Total.Values
		if card.Revenue != want[0].N || int64(card.Receipts) != want[1].N || card.Margin != want[2].N || card.Discount != want[3].N {
			t.Fatalf("%+v, cube %v", card, want)
		}
		var revenue int64
		receipts := 0
		for _, m := range card.Months {
			revenue, receipts = revenue+m.Revenue, receipts+m.Receipts
		}
		if revenue != card.Revenue || receipts != card.Receipts || card.Name != "Name 1" || !card.Named || (card.First == "") != (card.Receipts == 0) {
			t.Fatalf("%+v", card)
		}
		people := must[[]report.Person](t)(report.People(t.Context(), c, report.PeopleRequest{RFMRequest: report.RFMRequest{To: to}}))
		for _, p := range people {
			if p.ID == "c1" && (p.Segment != card.Segment || p.Recency != card.Recency || p.Frequency != card.Frequency || p.Money != card.Money) {
				t.Fatalf("%+v on the card, %+v in the list", card.Person, p)
			}
		}
		for _, m := range card.Months {
			to := map[string]string{"2026-01": "2026-01-31", "2026-02": "2026-02-28", "2026-03": "2026-03-31", "2026-04": to}[m.Month]
			stage, segment := "", report.RFMNobody
			for _, p := range must[[]report.Person](t)(report.StagePeople(t.Context(), c, report.StagePeopleRequest{StageRequest: report.StageRequest{To: to}})) {
				if p.ID == "c1" {
					stage = string(p.Stage)
				}
			}
			for _, p := range must[[]report.Person](t)(report.People(t.Context(), c, report.PeopleRequest{RFMRequest: report.RFMRequest{To: to}})) {
				if p.ID == "c1" {
					segment = p.Segment
				}
			}
			if string(m.Stage) != stage || m.Segment != segment {
				t.Fatalf("%s: %s, %s on the card; %s, %s in the lists", m.Month, m.Stage, m.Segment, stage, segment)
			}
		}
		if _, err := report.CardOf(t.Context(), c, report.CardRequest{To: to, ID: "nobody"}); errcode.Of(err) != errcode.NotFound {
			t.Fatalf("card of nobody: %v", err)
		}
	})
}
