package receipt_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// many has a rule of every kind about the goods that drawLine draws.
const many = `{"rules": [
  {"id": "2+1", "version": 2, "name": {"en": "2+1"}, "kind": "multi", "goods": {"skus": ["p0", "p1", "p2"]}, "buy": 2, "get": 1, "priority": 3},
  {"id": "pair", "name": {"en": "pair"}, "kind": "bundle", "parts": [{"goods": {"skus": ["p1"]}, "count": 1}, {"goods": {"skus": ["p3", "p5"]}, "count": 1}], "off": {"amount": 5000}, "priority": 3},
  {"id": "gold", "name": {"en": "gold"}, "kind": "line", "goods": {"all": true}, "off": {"bp": 700}, "who": {"groups": ["gold"]}, "stack": true},
  {"id": "coupon", "name": {"en": "coupon"}, "kind": "line", "goods": {"skus": ["p4"]}, "off": {"price": 100000}, "coupon": {"prefix": "A", "length": 2}, "stack": true},
  {"id": "sum", "name": {"en": "sum"}, "kind": "receipt", "goods": {"all": true}, "steps": [{"from": 500000, "off": {"bp": 300}}], "stack": true},
  {"id": "gift", "name": {"en": "gift"}, "kind": "gift", "goods": {"all": true}, "from": 300000, "gift": {"skus": ["p1"]}, "count": 1}
], "lists": [
  {"id": "gold", "name": {"en": "gold prices"}, "who": {"groups": ["gold"]}},
  {"id": "silver", "name": {"en": "silver prices"}, "who": {"groups": ["silver"]}, "priority": 1, "final": true}
], "regulations": [
  {"id": "fixed", "name": {"en": "fixed"}, "goods": {"skus": ["p2"]}, "fixed": true, "max": 60000},
  {"id": "least", "name": {"en": "least"}, "goods": {"skus": ["p1", "p4"]}, "min": 7000}
]}`

func compile(t rapid.TB, text string) *pricing.Rules {
	t.Helper()
	set, err := pricing.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := pricing.Compile(set, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// drawLine draws a line of a small assortment, often enough the same product
// twice, sometimes one that is refused.
func drawLine(t *rapid.T) receipt.Line {
	n := rapid.IntRange(0, 5).Draw(t, "product")
	l := piece(fmt.Sprintf("p%d", n), money.Amount(n*n*n*77_13))
	l.MinPrice = l.Price * money.Amount(n) / 5
	l.TaxBP = []int64{2200, 1000, 0}[n%3]
	l.TaxAdded = n == 4
	l.Quantity = quantity.One * quantity.Milli(rapid.IntRange(0, 3).Draw(t, "pieces"))
	if n != 0 && n != 5 {
		l.Offers = []receipt.Offer{{Price: l.Price, Min: l.MinPrice}, {List: "gold", Price: l.Price * 9 / 10}, {List: "silver", Price: l.Price * 11 / 10, Min: l.Price}}
	}
	if n >= 3 {
		l.Unit = quantity.Kilogram
		l.Quantity = quantity.Milli(rapid.IntRange(-1, 5000).Draw(t, "grams"))
		l.Single = n == 5
		if n == 3 && rapid.Bool().Draw(t, "label") {
			l.LabelSum = money.Amount(rapid.IntRange(1, 500_00).Draw(t, "sum"))
		}
	}
	return l
}

func drawManual(t *rapid.T) receipt.Manual {
	m := receipt.Manual{Limit: rapid.SampledFrom([]int64{0, 0, 500, 3000}).Draw(t, "limit")}
	if rapid.Bool().Draw(t, "percent") {
		m.BP = rapid.Int64Range(-10, 10010).Draw(t, "bp")
	} else {
		m.Amount = money.Amount(rapid.Int64Range(-10, 2000_00).Draw(t, "amount"))
	}
	return m
}

// Whatever a cashier does, the document agrees with itself, a refused action
// changes nothing, and the lines that are reported as changed are the ones that did.
func TestAnySequenceKeepsSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SampledFrom([]*pricing.Rules{nil, compile(t, many)}).Draw(t, "rules")
		r := open()
		r.UseRules(rules, nil)
		act := func(t *rapid.T, name string, do func() ([]int, error)) {
			before, lines := snapshot(t, r), linesOf(t, r)
			changed, err := do()
			if err != nil {
				if after := snapshot(t, r); after != before {
					t.Fatalf("%s was refused (%v) and changed the receipt\n%s\n%s", name, err, before, after)
				}
				return
			}
			if err := r.Verify(); err != nil {
				t.Fatalf("after %s: %v", name, err)
			}
			for n, text := range linesOf(t, r) {
				if text != lines[n] && !slices.Contains(changed, n) {
					t.Fatalf("%s changed line %d, reported %v", name, n, changed)
				}
			}
			for i := range r.Lines {
				if l := &r.Lines[i]; !l.Voided && l.Net < 0 {
					t.Fatalf("line %d costs %d", l.N, l.Net)
				}
			}
		}
		number := func(t *rapid.T) int { return rapid.IntRange(0, len(r.Lines)+1).Draw(t, "line") }
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				l := drawLine(t)
				act(t, "add", func() ([]int, error) { return r.AddLine(l) })
			},
			"quantity": func(t *rapid.T) {
				n, q := number(t), quantity.Milli(rapid.SampledFrom([]int{-1000, 0, 500, 1000, 7000, 1 << 40}).Draw(t, "q"))
				act(t, "quantity", func() ([]int, error) { return r.SetQuantity(n, q) })
			},
			"void":    func(t *rapid.T) { n := number(t); act(t, "void", func() ([]int, error) { return r.VoidLine(n) }) },
			"restore": func(t *rapid.T) { n := number(t); act(t, "restore", func() ([]int, error) { return r.RestoreLine(n) }) },
			"discount": func(t *rapid.T) {
				n, m := number(t), drawManual(t)
				act(t, "discount", func() ([]int, error) { return r.SetDiscount(n, m) })
			},
			"card": func(t *rapid.T) {
				group := rapid.SampledFrom([]string{"gold", "silver", ""}).Draw(t, "group")
				act(t, "card", func() ([]int, error) {
					if group == "" {
						return r.SetCard("", "")
					}
					return r.SetCard("99", "c", group)
				})
			},
			"coupon": func(t *rapid.T) {
				code := rapid.SampledFrom([]string{"A1", "A2", "", "B"}).Draw(t, "code")
				act(t, "coupon", func() ([]int, error) { return r.AddCoupon(code) })
			},
			"read back": func(t *rapid.T) {
				var again receipt.Receipt
				if err := json.Unmarshal([]byte(snapshot(t, r)), &again); err != nil {
					t.Fatal(err)
				}
				if snapshot(t, &again) != snapshot(t, r) {
					t.Fatal("another document after reading it back")
				}
				r = &again
				r.UseRules(rules, nil)
			},
		})
		tenders := []receipt.Tender{
			{Kind: receipt.Card, Amount: money.Amount(rapid.Int64Range(0, 100_00).Draw(t, "card"))},
			{Kind: receipt.Cash, Amount: r.Total + money.Amount(rapid.Int64Range(-100_00, 100_00).Draw(t, "cash"))},
		}
		act(t, "pay", func() ([]int, error) { return nil, r.Pay(tenders, 1) })
		if r.State == receipt.Paid {
			if given := tenders[0].Amount + tenders[1].Amount; given-r.Change != r.Total {
				t.Fatalf("given %d, change %d, total %d", given, r.Change, r.Total)
			}
		}
	})
}

func linesOf(t *rapid.T, r *receipt.Receipt) map[int]string {
	lines := map[int]string{}
	for i := range r.Lines {
		b, err := json.Marshal(&r.Lines[i])
		if err != nil {
			t.Fatal(err)
		}
		lines[r.Lines[i].N] = string(b)
	}
	return lines
}

// The order of scanning does not change what the customer pays.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []receipt.Line
		for range rapid.IntRange(1, 12).Draw(t, "count") {
			l := drawLine(t)
			l.Quantity = max(l.Quantity, quantity.One)
			l.TaxAdded = false // it is rounded by line after the spread: a kopeck may move
			lines = append(lines, l)
		}
		m := receipt.Manual{BP: rapid.Int64Range(0, 10000).Draw(t, "bp")}
		total := func(order []receipt.Line) (money.Amount, money.Amount) {
			r := open()
			for _, l := range order {
				if _, err := r.AddLine(l); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := r.SetDiscount(0, m); err != nil {
				t.Fatal(err)
			}
			return r.Total, r.Discount
		}
		total1, discount1 := total(lines)
		total2, discount2 := total(rapid.Permutation(lines).Draw(t, "order"))
		if total1 != total2 || discount1 != discount2 {
			t.Fatalf("%d and %d, discounts %d and %d", total1, total2, discount1, discount2)
		}
	})
}

func BenchmarkScanIntoReceipt(b *testing.B) {
	for _, n := range []int{30, 300, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := open()
			for i := range n {
				if _, err := r.AddLine(piece(fmt.Sprintf("p%d", i), 99_90)); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := r.SetDiscount(0, receipt.Manual{BP: 700}); err != nil {
				b.Fatal(err)
			}
			q := quantity.One
			for b.Loop() {
				q = 3*quantity.One - q
				if _, err := r.SetQuantity(1, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
