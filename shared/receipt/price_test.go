package receipt_test

import (
	"slices"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
)

const lists = `{"rules": [
  {"id": "bread", "name": {"en": "Bread"}, "kind": "line", "goods": {"skus": ["bread"]}, "off": {"bp": 1000}}
], "lists": [
  {"id": "morning", "version": 4, "name": {"en": "Seniors in the morning"}, "who": {"groups": ["seniors"]},
   "when": {"hours": [{"from": "08:00", "to": "12:00"}]}},
  {"id": "staff", "name": {"en": "Staff"}, "who": {"groups": ["staff"]}, "final": true}
], "regulations": [
  {"id": "tobacco", "name": {"en": "Tobacco"}, "goods": {"skus": ["cigarettes"]}, "fixed": true, "max": 18000},
  {"id": "vodka", "name": {"en": "Vodka"}, "goods": {"skus": ["vodka"]}, "min": 40900}
]}`

// inLists is a line with prices of lists beside the shelf's.
func inLists(sku string, shelf, morning, staff money.Amount) receipt.Line {
	l := piece(sku, shelf)
	l.Offers = []receipt.Offer{{Price: shelf}, {List: "morning", Price: morning}, {List: "staff", Price: staff}}
	return l
}

// at opens a receipt at an hour of 2026-11-22 in Moscow.
func at(t *testing.T, hour int64) *receipt.Receipt {
	t.Helper()
	const midnight = 1_795_294_800_000 // 2026-11-22 00:00 +03:00
	return receipt.New(receipt.Opening{ID: "i", Number: "1", Type: receipt.Sale, Date: "2026-11-22", Store: "12", Zone: 180,
		At: midnight + hour*3_600_000}, compile(t, lists))
}

// The card reprices what was scanned before and after it; without it the shelf's
// prices are back, whatever the catalogue says by then.
func TestListsFollowTheCard(t *testing.T) {
	r := at(t, 9)
	steps := []struct {
		name  string
		do    func() ([]int, error)
		lines []int
		total money.Amount
	}{
		{"milk", func() ([]int, error) { return r.AddLine(inLists("milk", 90_00, 80_00, 85_00)) }, []int{1}, 90_00},
		{"a senior's card", func() ([]int, error) { return r.SetCard("99", "c1", "seniors") }, []int{1}, 80_00},
		{"one more milk", func() ([]int, error) { return r.AddLine(inLists("milk", 90_00, 80_00, 85_00)) }, []int{1}, 160_00},
		{"milk at a new price is another line", func() ([]int, error) { return r.AddLine(inLists("milk", 95_00, 80_00, 85_00)) }, []int{2}, 240_00},
		{"bread, reduced for everybody", func() ([]int, error) { return r.AddLine(inLists("bread", 40_00, 30_00, 20_00)) }, []int{3}, 267_00},
		{"one of the staff", func() ([]int, error) { return r.SetCard("77", "c2", "staff") }, []int{1, 2, 3}, 275_00},
		{"no card", func() ([]int, error) { return r.SetCard("", "") }, []int{1, 2, 3}, 311_00},
		{"a void", func() ([]int, error) { return r.VoidLine(2) }, []int{2}, 216_00},
		{"a card again", func() ([]int, error) { return r.SetCard("99", "c1", "seniors") }, []int{1, 3}, 187_00},
	}
	for _, step := range steps {
		changed, err := step.do()
		if err != nil || !slices.Equal(changed, step.lines) || r.Total != step.total {
			t.Errorf("%s: lines %v, total %d, %v; want %v, %d", step.name, changed, r.Total, err, step.lines, step.total)
		}
		if err := r.Verify(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	want := []receipt.Source{{List: "morning", Version: 4, Name: r.Sources[0].Name}}
	if !slices.Equal(r.Sources, want) || r.Sources[0].Name.EN != "Seniors in the morning" || r.Lines[0].Shelf() != 90_00 {
		t.Errorf("sources %+v", r.Sources)
	}
	if wrong, _ := r.Check(compile(t, lists)); len(wrong) != 0 {
		t.Errorf("priced again: %+v", wrong)
	}
	cheat := *r
	cheat.Lines = slices.Clone(r.Lines)
	cheat.Lines[0].List, cheat.Lines[0].Price = "", 90_00
	if wrong, _ := cheat.Check(compile(t, lists)); len(wrong) != 1 {
		t.Errorf("another price is not found: %+v", wrong)
	}
}

func TestListsHaveTheirHours(t *testing.T) {
	r := at(t, 12)
	if _, err := r.SetCard("99", "c1", "seniors"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.AddLine(inLists("milk", 90_00, 80_00, 85_00)); err != nil || r.Total != 90_00 {
		t.Errorf("at noon milk is %d, %v", r.Total, err)
	}
	choices := r.Choices(1)
	if len(choices) != 2 || choices[0].Why != pricing.WhyTime || choices[1].Why != pricing.WhyCustomer {
		t.Errorf("choices %+v", choices)
	}
}

func TestRegulatedPrices(t *testing.T) {
	r := at(t, 9)
	if _, err := r.AddLine(piece("vodka", 390_00)); errcode.Of(err) != errcode.PriceTooLow || errcode.As(err).Data["min"] != "40900" {
		t.Errorf("vodka below its least price: %v", err)
	}
	if _, err := r.AddLine(piece("vodka", 420_00)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.SetDiscount(1, receipt.Manual{BP: 5000}); err != nil || r.Total != 409_00 {
		t.Errorf("half off vodka: %d, %v", r.Total, err)
	}
	if _, err := r.AddLine(piece("cigarettes", 199_00)); err != nil || r.Lines[1].Price != 180_00 || r.Lines[1].Shelf() != 199_00 {
		t.Errorf("cigarettes above the printed price: %+v, %v", r.Lines[1], err)
	}
	if _, err := r.SetDiscount(2, receipt.Manual{BP: 100}); errcode.Of(err) != errcode.PriceFixed {
		t.Errorf("a discount on cigarettes: %v", err)
	}
	if _, err := r.SetDiscount(0, receipt.Manual{BP: 5000}); err != nil || r.Lines[1].Net != 180_00 {
		t.Errorf("a discount on the receipt: %d, %v", r.Lines[1].Net, err)
	}
	if err := r.Verify(); err != nil {
		t.Error(err)
	}
	if wrong, _ := r.Check(compile(t, lists)); len(wrong) != 0 {
		t.Errorf("priced again: %+v", wrong)
	}
}

// A receipt whose changes are made again comes out as it was, discounts that only
// its list allowed included.
func TestReopened(t *testing.T) {
	r := at(t, 9)
	act := func(r *receipt.Receipt) {
		for _, do := range []func() ([]int, error){
			func() ([]int, error) { return r.AddLine(inLists("milk", 90_00, 80_00, 85_00)) },
			func() ([]int, error) { return r.AddLine(piece("vodka", 420_00)) },
			func() ([]int, error) { return r.SetDiscount(0, receipt.Manual{Amount: 100_00}) },
			func() ([]int, error) { return r.SetCard("99", "c1", "seniors") },
			func() ([]int, error) { return r.SetQuantity(1, 3000) },
			func() ([]int, error) { return r.VoidLine(2) },
			func() ([]int, error) { return r.RestoreLine(2) },
		} {
			if _, err := do(); err != nil {
				t.Fatal(err)
			}
		}
	}
	act(r)
	again := receipt.Reopen(receipt.Opening{ID: "i", Number: "1", Type: receipt.Sale, Date: "2026-11-22", Store: "12", Zone: 180, At: r.Opened})
	act(again)
	again.UseRules(compile(t, lists), nil)
	if got, want := string(again.AppendJSON(nil)), string(r.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
