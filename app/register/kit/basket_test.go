package kit

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

func line(n int, net money.Amount) receipt.Line {
	return receipt.Line{N: n, Name: catalogue.Text{RU: fmt.Sprint("Товар ", n), EN: fmt.Sprint("Item ", n)},
		Unit: quantity.Piece, Quantity: quantity.One, Price: net, Gross: net, Net: net}
}

func TestBasketApply(t *testing.T) {
	change := func(id string, lines ...receipt.Line) bridge.Delta {
		return bridge.Delta{ID: id, State: receipt.Open, Lines: lines}
	}
	full := func(d bridge.Delta) bridge.Delta { d.Full = true; return d }
	voided := line(1, 100)
	voided.Voided = true
	tests := []struct {
		name    string
		changes []bridge.Delta
		want    []int
		open    bool
	}{
		{"first line opens", []bridge.Delta{change("a", line(1, 100))}, []int{1}, true},
		{"lines are added", []bridge.Delta{change("a", line(1, 100)), change("a", line(2, 100))}, []int{1, 2}, true},
		{"a line is replaced", []bridge.Delta{change("a", line(1, 100)), change("a", voided)}, []int{1}, true},
		{"a gap is filled in order", []bridge.Delta{change("a", line(1, 100), line(3, 1)), change("a", line(2, 1))}, []int{1, 2, 3}, true},
		{"another receipt replaces all", []bridge.Delta{change("a", line(1, 100), line(2, 1)), change("b", line(1, 5))}, []int{1}, true},
		{"full replaces all", []bridge.Delta{change("a", line(1, 1), line(2, 1)), full(change("a", line(2, 1)))}, []int{2}, true},
		{"cancelled is gone", []bridge.Delta{change("a", line(1, 1)), {ID: "a", State: receipt.Cancelled}}, nil, false},
		{"no receipt", []bridge.Delta{change("a", line(1, 1)), {}}, nil, false},
		{"change without lines keeps them", []bridge.Delta{change("a", line(1, 1)), change("a")}, []int{1}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := NewBasket(&Words{Lang: i18n.EN})
			for _, d := range tt.changes {
				b.Apply(d)
			}
			var got []int
			for i, l := range b.lines {
				got = append(got, l.N)
				if b.rows[i].N != l.N || b.rows[i].Voided != l.Voided {
					t.Errorf("row %d is not line %d", b.rows[i].N, l.N)
				}
			}
			if !slices.Equal(got, tt.want) || b.Open() != tt.open {
				t.Errorf("lines %v open %v, want %v %v", got, b.Open(), tt.want, tt.open)
			}
		})
	}
}

func TestDrawRow(t *testing.T) {
	weighed := line(3, 10938)
	weighed.Unit, weighed.Quantity, weighed.Price = quantity.Kilogram, 842, 12990
	cheaper := line(12, 17592)
	cheaper.Price, cheaper.Discount, cheaper.Manual.BP = 21990, 4398, 2000
	promoted := line(4, 9000)
	promoted.Quantity, promoted.Price, promoted.Discount = 2*quantity.One, 5000, 1000
	promoted.Applied = []receipt.Applied{{Rule: "r", Amount: 1000}}
	gold := line(5, 16000)
	gold.Quantity, gold.Price, gold.List = 2*quantity.One, 8000, "gold"
	gold.Offers = []receipt.Offer{{Price: 9000}, {List: "gold", Price: 8000}}
	tests := []struct {
		lang i18n.Lang
		line receipt.Line
		want Row
	}{
		{i18n.EN, gold, Row{N: 5, Name: "Item 5", Detail: "2 × 80.00 instead of 90.00", Note: "Gold", Sum: "160.00"}},
		{i18n.RU, weighed, Row{N: 3, Name: "Товар 3", Detail: "0,842\u00a0кг × 129,90", Sum: "109,38"}},
		{i18n.EN, cheaper, Row{N: 12, Name: "Item 12", Detail: "1 × 219.90", Note: "−43.98 (−20\u00a0%)", Sum: "175.92"}},
		{i18n.RU, promoted, Row{N: 4, Name: "Товар 4", Detail: "2 × 50,00", Note: "−10,00 · Акция", Sum: "90,00"}},
	}
	for _, tt := range tests {
		if got := drawRow(tt.line, &bridge.Delta{Saved: []receipt.Saved{{Rule: "r", Name: catalogue.Text{RU: "Акция", EN: "Offer"}}}, Sources: []receipt.Source{{List: "gold", Name: catalogue.Text{RU: "Золото", EN: "Gold"}}}}, nil, tt.lang, money.RUB); got != tt.want {
			t.Errorf("%+v\nwant %+v", got, tt.want)
		}
	}
}

func TestNextLine(t *testing.T) {
	b := NewBasket(&Words{Lang: i18n.EN})
	b.Apply(bridge.Delta{ID: "a", State: receipt.Open, Lines: []receipt.Line{line(1, 1), line(2, 1), line(5, 1)}})
	for _, tt := range []struct{ n, step, want int }{
		{0, 0, 5}, {0, -1, 2}, {5, -1, 2}, {2, -1, 1}, {1, -1, 1}, {5, 1, 5}, {1, 1, 2}, {9, 0, 5},
	} {
		if got := b.Next(tt.n, tt.step); got != tt.want {
			t.Errorf("next(%d, %d) = %d, want %d", tt.n, tt.step, got, tt.want)
		}
	}
}

// Every visible row is drawn, and no more than a screenful with its margins.
func TestWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(0, 2000).Draw(t, "total")
		height := rapid.IntRange(1, 2000).Draw(t, "height")
		top := rapid.IntRange(-50, 200_000).Draw(t, "top")
		from, to := window(total, top, height)
		if from < 0 || to > total || from > to {
			t.Fatalf("[%d, %d) of %d", from, to, total)
		}
		if most := height/RowHeight + 3 + 2*overscan + step; to-from > most {
			t.Fatalf("%d rows drawn, at most %d are needed", to-from, most)
		}
		top = max(0, min(top, total*RowHeight-height))
		if first := top / RowHeight; total > 0 && first < from {
			t.Fatalf("row %d is visible and not drawn", first)
		}
		if last := min(total-1, (top+height-1)/RowHeight); last >= to {
			t.Fatalf("row %d is visible and not drawn", last)
		}
	})
}

func TestLikelySums(t *testing.T) {
	tests := []struct {
		total money.Amount
		want  []money.Amount
	}{
		{123456, []money.Amount{125000, 130000, 150000, 200000}},
		{8750, []money.Amount{10000, 50000, 100000, 200000}},
		{1200, []money.Amount{5000, 10000, 50000, 100000}},
		{50000, []money.Amount{55000, 60000, 100000, 200000}},
		{499900, []money.Amount{500000, 600000, 1000000, 1500000}},
		{43469_94, []money.Amount{43500_00, 44000_00, 45000_00, 50000_00}},
		{0, []money.Amount{5000, 10000, 50000, 100000}},
	}
	for _, tt := range tests {
		if got := LikelySums(tt.total, money.RUB); !slices.Equal(got, tt.want) {
			t.Errorf("%d: %v, want %v", tt.total, got, tt.want)
		}
	}
}

func TestLikelySumsAreAboveTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := money.Amount(rapid.Int64Range(0, 10_000_000_00).Draw(t, "total"))
		sums := LikelySums(total, money.RUB)
		if len(sums) != 4 || !slices.IsSorted(sums) || sums[0] <= total || len(slices.Compact(slices.Clone(sums))) != 4 {
			t.Fatalf("%d: %v", total, sums)
		}
	})
}

func TestLight(t *testing.T) {
	const hour = 3600 * 1000
	now := int64(1795332720000) // 2026-11-22 07:32 UTC
	waiting := bridge.Sync{Waiting: 3, Oldest: now - hour}
	tests := []struct {
		name  string
		state bridge.State
		tone  ui.Tone
		text  string
	}{
		{"all sent", bridge.State{Sync: bridge.Sync{Online: true}}, ui.Good, "stored · all sent"},
		{"nothing waits and nobody answers", bridge.State{}, "", "stored · no connection: selling goes on"},
		{"waiting", bridge.State{Sync: waiting}, ui.Busy, "stored · 3 waiting since 06:32"},
		{"fork", bridge.State{Sync: bridge.Sync{Online: true, Fault: errcode.New(errcode.Fork, "", nil)}}, ui.Warn, "stored · all sent · needs attention"},
		{"waiting for two days", bridge.State{Sync: bridge.Sync{Waiting: 1, Oldest: now - 48*hour}}, ui.Warn, "stored · 1 waiting since 07:32 · needs attention"},
		{"nearly full", bridge.State{Sync: bridge.Sync{Online: true}, Storage: bridge.Storage{Quota: 100, Usage: 95}}, ui.Warn, "stored · all sent · needs attention"},
		{"refused", bridge.State{Phase: bridge.PhaseRefused}, ui.Bad, "can’t sell"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.state.Store.Zone = "UTC"
			if tone, text := Light(tt.state, i18n.EN, now); tone != tt.tone || text != tt.text {
				t.Errorf("%s %q, want %s %q", tone, text, tt.tone, tt.text)
			}
		})
	}
}
