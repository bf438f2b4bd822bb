package pricing_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

const golden = "../../testdata/pricing"

// TestGolden runs the cases of testdata/pricing. Their README.txt says how to
// read and write one.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(golden, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 120 {
		t.Fatalf("%d cases in %s", len(names), golden)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := sections(string(text))
			basket, err := readBasket(files["basket"])
			if err != nil {
				t.Fatal(err)
			}
			priced, verdicts := pricing.Explain(basket, readRules(t, files))
			if got, want := show(basket, priced), strings.TrimSpace(files["receipt"])+"\n"; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if again := pricing.Price(basket, readRules(t, files)); !reflect.DeepEqual(again, priced) {
				t.Errorf("explained %+v\npriced %+v", priced, again)
			}
			if got, want := showPrices(basket, readRules(t, files)), strings.TrimSpace(files["prices"])+"\n"; files["prices"] != "" && got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if got, want := showWhy(basket, verdicts), strings.TrimSpace(files["why"])+"\n"; files["why"] != "" && got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// categories below others that the cases know.
var categories = []catalogue.Category{
	{ID: "food"}, {ID: "dairy", Parent: "food"}, {ID: "cheese", Parent: "dairy"}, {ID: "drinks", Parent: "food"},
}

func readRules(t *testing.T, files map[string]string) *pricing.Rules {
	t.Helper()
	if files["rules"] == "" {
		return nil
	}
	set, err := pricing.Parse([]byte(files["rules"]))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := pricing.Compile(set, categories)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// sections splits a txtar archive into its files.
func sections(text string) map[string]string {
	files, name := map[string]string{}, ""
	for line := range strings.Lines(text) {
		if head := strings.TrimSpace(line); strings.HasPrefix(head, "-- ") && strings.HasSuffix(head, " --") {
			name = strings.TrimSpace(head[3 : len(head)-3])
			continue
		}
		files[name] += line
	}
	return files
}

// readBasket reads the section "basket".
func readBasket(text string) (pricing.Basket, error) {
	b := pricing.Basket{Date: "2026-11-22", Zone: 180, Store: "12", Used: map[string]int{}, Totals: map[string]int{}}
	clock, vat := "12:00", int64(2200)
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		var err error
		switch key, rest := words[0], append(words[1:], ""); key {
		case "#":
		case "receipt":
			err = readManual(&b.Manual, words[1:])
		case "at":
			b.Date, clock = rest[0], rest[1]
		case "vat":
			vat, err = percent(rest[0])
		case "card":
			b.Card = rest[0]
		case "group":
			b.Groups = append(b.Groups, rest[0])
		case "coupon":
			b.Coupons = append(b.Coupons, rest[0])
		case "store":
			b.Store = rest[0]
		case "used":
			b.Used[rest[0]]++
		case "all-used":
			b.Totals[rest[0]], err = strconv.Atoi(rest[1])
		default:
			var item pricing.Item
			item, err = readItem(words, vat)
			b.Items = append(b.Items, item)
		}
		if err != nil {
			return b, fmt.Errorf("%q: %w", line, err)
		}
	}
	at, err := time.Parse("2006-01-02 15:04 -0700", b.Date+" "+clock+" +0300")
	b.At = at.UnixMilli()
	return b, err
}

// readItem reads "milk dairy 2 pc 98.90" and the options behind it.
func readItem(words []string, vat int64) (pricing.Item, error) {
	var item pricing.Item
	if len(words) < 5 {
		return item, fmt.Errorf("want article, category, quantity, unit, price")
	}
	item.SKU, item.Category, item.Unit = catalogue.SKU(words[0]), words[1], quantity.Unit(words[3])
	item.Tax = tax.Rate{BP: vat}
	var err error
	if item.Quantity, err = quantity.Parse(words[2], item.Unit); err != nil {
		return item, err
	}
	if item.Price, err = money.Parse(words[4], money.RUB); err != nil {
		return item, err
	}
	for rest := words[5:]; len(rest) > 0; {
		n := 2
		switch rest[0] {
		case "min":
			item.MinPrice, err = money.Parse(rest[1], money.RUB)
		case "pack":
			item.PackMax, err = money.Parse(rest[1], money.RUB)
		case "label":
			item.LabelSum, err = money.Parse(rest[1], money.RUB)
		case "vat":
			item.Tax.BP, err = percent(rest[1])
		case "mark":
			item.Mark = rest[1]
		case "list":
			offer := pricing.Offer{List: rest[1]}
			price, least, _ := strings.Cut(rest[2], "/")
			offer.Price, err = money.Parse(price, money.RUB)
			if err == nil && least != "" {
				offer.Min, err = money.Parse(least, money.RUB)
			}
			item.Offers, n = append(item.Offers, offer), 3
		case "added":
			item.Tax.Exclusive, n = true, 1
		default:
			err = readManual(&item.Manual, rest[:2])
		}
		if err != nil {
			return item, err
		}
		rest = rest[n:]
	}
	return item, nil
}

// readManual reads "off 10%", "off 5.00" and "limit 15%".
func readManual(m *pricing.Manual, words []string) error {
	for ; len(words) >= 2; words = words[2:] {
		var err error
		switch {
		case words[0] == "limit":
			m.Limit, err = percent(words[1])
		case words[0] == "off" && strings.HasSuffix(words[1], "%"):
			m.BP, err = percent(words[1])
		case words[0] == "off":
			m.Amount, err = money.Parse(words[1], money.RUB)
		default:
			err = fmt.Errorf("what is %q", words[0])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func percent(text string) (int64, error) {
	return money.Decimal(strings.TrimSuffix(text, "%"), 2)
}

// show prints a priced basket as the section "receipt" has it.
func show(b pricing.Basket, priced []pricing.Priced) string {
	var text strings.Builder
	var total, saved, vat money.Amount
	for i, p := range priced {
		fmt.Fprintf(&text, "%s: %s", b.Items[i].SKU, rub(p.Gross))
		if p.List != "" {
			fmt.Fprintf(&text, " at %s %q", rub(p.Price), p.List)
		}
		if p.Regulated != "" {
			fmt.Fprintf(&text, " by %q", p.Regulated)
		}
		for _, a := range p.Applied {
			fmt.Fprintf(&text, " - %s %s", rub(a.Amount), strconv.Quote(a.Rule))
		}
		if b.Items[i].Tax.Exclusive {
			fmt.Fprintf(&text, " + %s VAT", rub(p.Tax))
		}
		fmt.Fprintf(&text, " = %s, VAT %s\n", rub(p.Net), rub(p.Tax))
		total, saved, vat = total+p.Net, saved+p.Discount, vat+p.Tax
	}
	fmt.Fprintf(&text, "total %s, saved %s, VAT %s\n", rub(total), rub(saved), rub(vat))
	return text.String()
}

// showPrices prints as the section "prices" has it what lists and regulations
// do to the price of every item.
func showPrices(b pricing.Basket, rules *pricing.Rules) string {
	var text strings.Builder
	for i := range b.Items {
		fmt.Fprintf(&text, "%s: shelf %s", b.Items[i].SKU, rub(b.Items[i].Price))
		for _, c := range rules.Choices(b, i) {
			if c.Regulation != nil {
				fmt.Fprintf(&text, "; %q", c.Regulation.ID)
				continue
			}
			fmt.Fprintf(&text, "; %q %s %s", c.List.ID, rub(c.Price), c.Why)
			if c.By != "" {
				fmt.Fprintf(&text, " to %q", c.By)
			}
		}
		if g, forbidden := rules.Forbids(b, b.Items[i]); forbidden {
			fmt.Fprintf(&text, "; not for sale below %s %q", rub(g.Min), g.ID)
		}
		text.WriteString("\n")
	}
	return text.String()
}

// showWhy prints verdicts as the section "why" has them.
func showWhy(b pricing.Basket, verdicts []pricing.Verdict) string {
	var text strings.Builder
	for _, v := range verdicts {
		fmt.Fprintf(&text, "%s: %s", v.Rule, v.Why)
		if v.By != "" {
			fmt.Fprintf(&text, " to %s", v.By)
		}
		if v.Amount != 0 {
			fmt.Fprintf(&text, ", saved %s on", rub(v.Amount))
			for _, i := range v.Items {
				fmt.Fprintf(&text, " %s", b.Items[i].SKU)
			}
		}
		if v.Missing != 0 {
			fmt.Fprintf(&text, ", missing %d", v.Missing)
		}
		text.WriteString("\n")
	}
	return text.String()
}

func rub(sum money.Amount) string { return sum.Format(money.RUB) }
